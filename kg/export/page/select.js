// Which links and actors a state shows. Pure: everything drawn, listed or saved asks here.
const ASK_CAP = 200;
const ASKS = ["backers", "opponents", "backed", "opposed", "path"];
const HOSTILE = ["opposing", "fighting"];

// Dates may be years or months: one is inside as soon as some day of it can be.
const inPeriod = (day, { since, until }) =>
  day !== "" && (!since || day >= since.slice(0, day.length)) && (!until || day.slice(0, until.length) <= until);

const passes = (report, view) => !view.without.includes(report.relation) && report.confidence >= view.confidence
  && !view.silent.includes(report.outlet) && ((!view.since && !view.until) || inPeriod(report.day, view));
const isBounded = (view) => Boolean(view.since || view.until || view.confidence || view.silent.length || view.without.length);

// What is left of a line under the filters: documents, outlets and relations, of the groups asked for only.
function left(line, groups, view) {
  const reports = line.reports.filter((report) => groups.includes(report.group) && passes(report, view));
  return {
    documents: new Set(reports.map((report) => report.document)).size,
    outlets: new Set(reports.map((report) => report.outlet)).size,
    relations: new Set(reports.map((report) => report.relation)),
    groups: [...new Set(reports.map((report) => report.group))],
  };
}

function passing(view) {
  const facts = new Map();
  if (!view.groups.includes("actual")) return facts;
  for (const line of RANKED) {
    if (view.off.includes(line.family)) continue;
    // Without bounds the store's own counts hold: it may know more reports than travel in the file.
    const found = isBounded(view) ? left(line, ["actual"], view)
      : { documents: line.documents, outlets: line.outlets, relations: new Set(line.relations.filter(isFact).map(({ id }) => id)), groups: ["actual"] };
    if (found.documents >= view.least && found.outlets >= view.outlets) facts.set(line.number, found);
  }
  return facts;
}

// Links that rest on no fact that passes, but on something of the groups asked for. They are drawn thin and count for nothing.
function ghostly(view, facts) {
  const wanted = view.groups.filter((group) => group !== "actual");
  const ghosts = new Map();
  if (!wanted.length) return ghosts;
  for (const line of LINES) {
    if (facts.has(line.number) || view.off.includes(line.family) || line.source === line.target) continue;
    const found = left(line, wanted, view);
    if (found.documents >= view.least && found.outlets >= view.outlets) ghosts.set(line.number, found);
  }
  return ghosts;
}

function within(start, hops, lines) {
  const distance = new Map([[start, 0]]);
  let edge = [start];
  for (let hop = 1; hop <= hops && edge.length; hop += 1) {
    const next = [];
    for (const actor of edge) {
      for (const line of linesOf[actor]) {
        const other = otherEnd(line, actor);
        if (lines.has(line.number) && !distance.has(other)) { distance.set(other, hop); next.push(other); }
      }
    }
    edge = next;
  }
  return distance;
}

function answer(ask, facts, ghosts) {
  const [actor, goal] = ask.actors;
  const ranked = RANKED.filter((line) => facts.has(line.number));
  if (ask.kind === "ego") {
    const near = within(actor, ask.rest[0], facts);
    const kept = ranked.filter((line) => near.has(line.source) && near.has(line.target));
    const own = (line) => Number(line.source === actor || line.target === actor);
    const reaching = (line) => Number(near.get(line.source) !== near.get(line.target));
    return kept.sort((a, b) => own(b) - own(a) || reaching(b) - reaching(a) || a.rank - b.rank).slice(0, ASK_CAP);
  }
  if (ask.kind === "path") {
    // Facts alone connect.
    const there = within(actor, ACTORS.length, facts);
    const back = within(goal, ACTORS.length, facts);
    const length = there.get(goal);
    if (length === undefined) return [];
    const onPath = (a, b) => there.has(a) && back.has(b) && there.get(a) + 1 + back.get(b) === length;
    return ranked.filter((line) => onPath(line.source, line.target) || onPath(line.target, line.source)).slice(0, ASK_CAP);
  }
  const families = ask.kind === "backers" || ask.kind === "backed" ? ["backing"] : HOSTILE;
  const [near, far] = ask.kind === "backers" || ask.kind === "opponents" ? ["target", "source"] : ["source", "target"];
  return [...ranked, ...LINES.filter((line) => ghosts.has(line.number))]
    .filter((line) => families.includes(line.family) && (line[near] === actor || (line.symmetric && line[far] === actor)));
}

function look(view) {
  const facts = passing(view);
  const ghosts = ghostly(view, facts);
  const lines = new Set();
  if (view.ask) {
    answer(view.ask, facts, ghosts).forEach((line) => lines.add(line.number));
  } else {
    for (const line of RANKED) {
      if (lines.size >= view.much) break;
      if (facts.has(line.number)) lines.add(line.number);
    }
  }
  for (const actor of view.open) {
    linesOf[actor].filter((line) => facts.has(line.number) || ghosts.has(line.number)).forEach((line) => lines.add(line.number));
  }
  // What is looked at is always drawn, if it is a fact at all.
  const { kind, number } = view.chosen || {};
  if (kind === "line" && (facts.has(number) || ghosts.has(number))) lines.add(number);
  if (kind === "actor" && !view.ask && !linesOf[number].some((line) => lines.has(line.number))) {
    linesOf[number].filter((line) => facts.has(line.number)).sort((a, b) => a.rank - b.rank).slice(0, 12).forEach((line) => lines.add(line.number));
  }
  const ends = () => new Set([...lines].flatMap((line) => [LINES[line].source, LINES[line].target]));
  if (!view.ask) addGhosts(view, ghosts, lines, ends());
  const actors = ends();
  if (kind === "actor") actors.add(number);
  if (view.ask) view.ask.actors.forEach((actor) => actors.add(actor));
  return { lines, actors, facts, ghosts, passing: facts.size };
}

// All between actors that are drawn anyway, and the strongest that lead from them to others; where no fact is asked
// for, as many as "how much" says.
function addGhosts(view, ghosts, lines, actors) {
  const alone = !view.groups.includes("actual");
  const strongest = [...ghosts].sort((a, b) => b[1].documents - a[1].documents || a[0] - b[0]).map(([number]) => LINES[number]);
  const known = (line) => Number(actors.has(line.source)) + Number(actors.has(line.target));
  const wanted = alone ? strongest.slice(0, Math.max(view.much, 60))
    : [...strongest.filter((line) => known(line) === 2), ...strongest.filter((line) => known(line) === 1).slice(0, 30)];
  wanted.forEach((line) => lines.add(line.number));
}

// The links shown, facts first, each group by rank.
const shownLines = () => [...shown.lines].map((number) => LINES[number])
  .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.number - b.number || 0);
const isGhost = (line) => shown.ghosts.has(line.number);
const standing = (line) => shown.facts.get(line.number) || shown.ghosts.get(line.number);
const verbsShown = (line) => {
  const found = standing(line);
  return found ? line.relations.filter(({ id }) => found.relations.has(id)).map(({ id }) => verb(id)).join(", ") : verbs(line);
};
