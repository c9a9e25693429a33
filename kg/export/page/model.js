// What the file holds, and the words for it. Nothing here changes after load.
const readBlock = (id) => JSON.parse(document.getElementById(id).textContent);
const DATA = readBlock("data");
const DRAWING = readBlock("drawing");
const byId = (id) => document.getElementById(id);

const ACTORS = DATA.actors;
const LINES = DATA.lines;
const GROUPS = DATA.groups; // "actual", which alone counts, comes first
const linesOf = ACTORS.map(() => []);
LINES.forEach((line, number) => {
  line.number = number;
  line.key = [ACTORS[line.source].key, ACTORS[line.target].key, line.family, line.symmetric ? "both" : "one"];
  line.last = line.relations.reduce((last, each) => (each.last && each.last > last ? each.last : last), "");
  // Every report behind a line, quoted in the file or not: what filters count.
  line.reports = line.relations.flatMap((relation) => relation.said.map(([group, document, confidence, day]) => ({
    relation: relation.id, group: GROUPS[group], document, outlet: DATA.documents[document].origin, confidence: confidence / 100,
    day: day === undefined ? DATA.documents[document].date : day,
  })));
  linesOf[line.source].push(line);
  if (line.target !== line.source) linesOf[line.target].push(line);
});
const RANKED = LINES.filter((line) => line.rank !== null).sort((a, b) => a.rank - b.rank);
const actorByKey = new Map(ACTORS.map((actor, number) => [actor.key, number]));
const lineByKey = new Map(LINES.map((line) => [line.key.join("\n"), line.number]));
const RELATIONS = Object.keys(DATA.relations).filter((id) => LINES.some((line) => line.relations.some((each) => each.id === id)));
const OUTLETS = [...LINES.flatMap((line) => line.reports).reduce((seen, { outlet }) => seen.set(outlet, (seen.get(outlet) || 0) + 1), new Map())]
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;
const articles = (n) => count(n, "article");
// A symmetric relation reads the same from either end: "is allied with" rather than its id.
const verb = (relation) => (DATA.relations[relation].symmetric ? DATA.relations[relation].inverse : relation.replaceAll("_", " "));
const isFact = (relation) => Boolean(relation.counts.actual);
const verbs = (line) => (line.relations.filter(isFact).length ? line.relations.filter(isFact) : line.relations).map((r) => verb(r.id)).join(", ");
const nameOf = (number) => ACTORS[number].name;
const sentenceOf = (line) => `${nameOf(line.source)} ${verbs(line)} ${nameOf(line.target)}`;
const otherEnd = (line, actor) => (line.source === actor ? line.target : line.source);
const period = (first, last) => (!first ? "undated" : first === last || !last ? first : `${first} to ${last}`);

const GROUP_WORDS = {
  actual: "Reported as fact",
  planned: "Planned or promised, not done",
  alleged: "Alleged by one side",
  hypothetical: "Hypothetical",
  ended: "Ended",
  negated: "Denied or negated",
};
// What an actor does, what is done to it, what it shares: the headings of a profile.
const SIDES = {
  backing: ["Backs", "Backed by", "Stands with"],
  engaging: ["Turns to", "Approached by", "Deals with"],
  opposing: ["Opposes", "Opposed by", "At odds with"],
  fighting: ["Attacks", "Attacked by", "Fights with"],
  structure: ["Belongs to, governs or claims", "Its parts, members and offices", "Borders"],
};
const TIERS = { strong: "support, aid, arms", tie: "ally, friend, partner", signal: "recognition, praise, investment" };
const NOTICE = "Read by machine from quoted sentences; check each against its article.";
const CUT = { short: "Sentences are shortened to about 30 words in this file. ", none: "This file holds the marked words of each sentence only. ", full: "" }[DATA.quotes];
