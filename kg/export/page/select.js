// Which links and actors a state shows. Pure: everything drawn, listed or saved asks here.
const ASK_CAP = 200;

// Dates may be years or months: one is inside as soon as some day of it can be.
const inPeriod = (day, { since, until }) =>
  day !== "" && (!since || day >= since.slice(0, day.length)) && (!until || day.slice(0, until.length) <= until);

function documentsOf(line, view) {
  if (!view.since && !view.until) return line.documents;
  return new Set(line.facts.filter(([day]) => inPeriod(day, view)).map(([, document]) => document)).size;
}

function passing(view) {
  const documents = new Map();
  for (const line of RANKED) {
    if (view.off.includes(line.family)) continue;
    const found = documentsOf(line, view);
    if (found >= view.least) documents.set(line.number, found);
  }
  return documents;
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

function answer(ask, lines) {
  const [actor, goal] = ask.actors;
  const ranked = RANKED.filter((line) => lines.has(line.number));
  if (ask.kind === "ego") {
    const near = within(actor, ask.rest[0], lines);
    const kept = ranked.filter((line) => near.has(line.source) && near.has(line.target));
    const own = (line) => Number(line.source === actor || line.target === actor);
    const reaching = (line) => Number(near.get(line.source) !== near.get(line.target));
    return kept.sort((a, b) => own(b) - own(a) || reaching(b) - reaching(a) || a.rank - b.rank).slice(0, ASK_CAP);
  }
  if (ask.kind === "path") {
    const there = within(actor, ACTORS.length, lines);
    const back = within(goal, ACTORS.length, lines);
    const length = there.get(goal);
    if (length === undefined) return [];
    const onPath = (a, b) => there.has(a) && back.has(b) && there.get(a) + 1 + back.get(b) === length;
    return ranked.filter((line) => onPath(line.source, line.target) || onPath(line.target, line.source)).slice(0, ASK_CAP);
  }
  const families = ask.kind === "backers" ? ["backing"] : ["opposing", "fighting"];
  return ranked.filter((line) => families.includes(line.family) && (line.target === actor || (line.symmetric && line.source === actor)));
}

function look(view) {
  const documents = passing(view);
  const lines = new Set();
  if (view.ask) {
    answer(view.ask, documents).forEach((line) => lines.add(line.number));
  } else {
    for (const line of RANKED) {
      if (lines.size >= view.much) break;
      if (documents.has(line.number)) lines.add(line.number);
    }
  }
  for (const actor of view.open) {
    linesOf[actor].filter((line) => documents.has(line.number)).forEach((line) => lines.add(line.number));
  }
  // What is looked at is always drawn, if it is a fact at all.
  const { kind, number } = view.chosen || {};
  if (kind === "line" && LINES[number].rank !== null) lines.add(number);
  const actors = new Set();
  lines.forEach((each) => actors.add(LINES[each].source).add(LINES[each].target));
  if (kind === "actor") actors.add(number);
  if (view.ask) view.ask.actors.forEach((actor) => actors.add(actor));
  return { lines, actors, documents, passing: documents.size };
}

function sizesOf(shown, view) {
  // Facts only, and only those that pass the filters; "actors linked" counts the whole store.
  if (view.size === "linked") return new Map([...shown.actors].map((actor) => [actor, ACTORS[actor].degree]));
  const sizes = new Map([...shown.actors].map((actor) => [actor, 0]));
  for (const actor of shown.actors) {
    const found = new Set();
    let reported = 0;
    for (const line of linesOf[actor]) {
      const documents = shown.documents.get(line.number) || 0;
      if (!documents) continue;
      reported += documents;
      const aimed = line.target === actor || line.symmetric;
      const wanted = view.size === "backed" ? line.family === "backing" : line.family === "opposing" || line.family === "fighting";
      if (aimed && wanted) found.add(otherEnd(line, actor));
    }
    sizes.set(actor, view.size === "reported" ? reported : found.size);
  }
  return sizes;
}
