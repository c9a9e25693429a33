// All that a user can change, in one object: undo, redo, reset and the address of the view follow from it.
const isNarrow = () => window.matchMedia("(max-width: 820px)").matches;

function startAmount() {
  // A phone shows the strongest part of the start view.
  if (!isNarrow()) return DATA.start;
  const seen = new Set();
  for (const line of RANKED.slice(0, DATA.start)) {
    seen.add(line.source).add(line.target);
    if (seen.size > 24 || line.rank >= 60) return Math.max(1, line.rank);
  }
  return DATA.start;
}

const blank = () => ({ much: startAmount(), off: [], least: 1, since: "", until: "", size: "linked", ask: null, open: [], chosen: null });
let state = blank();
let past = [];
let future = [];
const listeners = [];

const clone = (value) => JSON.parse(JSON.stringify(value));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function change(patch, { quiet = false } = {}) {
  const next = { ...state, ...clone(patch) };
  if (same(next, state)) return;
  if (!quiet) {
    past.push(state);
    if (past.length > 200) past.shift();
    future = [];
  }
  moveTo(next);
}

function moveTo(next) {
  const before = state;
  state = next;
  const address = writeAddress();
  if (location.hash.slice(1) !== address) history.replaceState(null, "", `#${address}`);
  listeners.forEach((listener) => listener(state, before));
}

function undo() {
  if (past.length) { future.push(state); moveTo(past.pop()); }
}
function redo() {
  if (future.length) { past.push(state); moveTo(future.pop()); }
}
const reset = () => change(blank());

// The address names actors and links by their ids, so that it still fits when the map is written anew.
const pack = (...words) => words.map((word) => encodeURIComponent(word)).join("~");
const unpack = (text) => text.split("~").map(decodeURIComponent);

function writeAddress() {
  const start = blank();
  const parts = [];
  for (const name of ["much", "least", "since", "until", "size"]) {
    if (state[name] !== start[name]) parts.push(`${name}=${encodeURIComponent(state[name])}`);
  }
  if (state.off.length) parts.push(`off=${pack(...state.off)}`);
  if (state.open.length) parts.push(`open=${pack(...state.open.map((actor) => ACTORS[actor].key))}`);
  if (state.ask) parts.push(`ask=${pack(state.ask.kind, ...state.ask.actors.map((actor) => ACTORS[actor].key), ...state.ask.rest.map(String))}`);
  if (state.chosen) {
    const { kind, number } = state.chosen;
    parts.push(kind === "actor" ? `actor=${pack(ACTORS[number].key)}` : `link=${pack(...LINES[number].key)}`);
  }
  return parts.join("&");
}

function readAddress() {
  const next = blank();
  for (const part of location.hash.slice(1).split("&")) {
    try {
      readPart(next, part);
    } catch (error) {
      if (!(error instanceof URIError)) throw error; // a broken address: that part is passed over
    }
  }
  return next;
}

function readPart(next, part) {
  const cut = part.indexOf("=");
  const name = part.slice(0, cut);
  const words = unpack(part.slice(cut + 1));
  const actors = (list) => list.map((key) => actorByKey.get(key)).filter((number) => number !== undefined);
  if (name === "much" && Number(words[0]) >= 1) next.much = Math.min(Math.floor(Number(words[0])), RANKED.length || 1);
  if (name === "least" && ["1", "2", "3", "5", "10"].includes(words[0])) next.least = Number(words[0]);
  if ((name === "since" || name === "until") && /^\d{4}-\d\d-\d\d$/.test(words[0])) next[name] = words[0];
  if (name === "size" && ["linked", "backed", "opposed", "reported"].includes(words[0])) next.size = words[0];
  if (name === "off") next.off = words.filter((word) => DATA.families.includes(word));
  if (name === "open") next.open = actors(words);
  if (name === "actor" && actors(words).length) next.chosen = { kind: "actor", number: actors(words)[0] };
  if (name === "link" && lineByKey.has(words.join("\n"))) next.chosen = { kind: "line", number: lineByKey.get(words.join("\n")) };
  if (name === "ask") {
    const [kind, ...rest] = words;
    const needed = kind === "path" ? 2 : 1;
    const found = actors(rest.slice(0, needed));
    const hops = Number(rest[1]);
    if (found.length !== needed) return;
    if (kind === "ego" && [1, 2, 3].includes(hops)) next.ask = { kind, actors: found, rest: [hops] };
    if (["backers", "opponents", "path"].includes(kind)) next.ask = { kind, actors: found, rest: [] };
  }
}
