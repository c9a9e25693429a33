// The state in the address, after "#". It names actors and links by their ids, so that it fits a map written anew.
const pack = (...words) => words.map((word) => encodeURIComponent(word).replaceAll("~", "%7E")).join("~");
const unpack = (text) => text.split("~").map(decodeURIComponent);
const SIZES = ["linked", "backed", "opposed", "reported", "between"];
const SORTS = ["source", "relation", "target", "documents", "last"];
const isDay = (word) => /^\d{4}-\d\d-\d\d$/.test(word) && !Number.isNaN(Date.parse(word));
const within01 = (word) => word !== "" && Number(word) >= 0 && Number(word) <= 0.95;

function writeAddress() {
  const start = blank();
  const parts = [];
  const add = (name, ...words) => parts.push(`${name}=${pack(...words)}`);
  for (const name of ["much", "least", "outlets", "confidence", "since", "until", "size", "tab"]) {
    if (state[name] !== start[name]) add(name, state[name]);
  }
  for (const name of ["off", "without", "silent"]) if (state[name].length) add(name, ...state[name]);
  if (!same(state.groups, start.groups)) add("groups", ...state.groups);
  if (!same(state.sort, start.sort)) add("sort", state.sort.by, state.sort.down ? "down" : "up");
  if (state.open.length) add("open", ...state.open.map((actor) => ACTORS[actor].key));
  if (state.ask) add("ask", state.ask.kind, ...state.ask.actors.map((actor) => ACTORS[actor].key), ...state.ask.rest.map(String));
  const moved = Object.entries(state.moved);
  if (moved.length) add("at", ...moved.flatMap(([actor, [x, y]]) => [ACTORS[actor].key, x, y]));
  if (state.chosen) {
    const { kind, number } = state.chosen;
    if (kind === "actor") add("actor", ACTORS[number].key);
    else add("link", ...LINES[number].key);
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
  const words = unpack(part.slice(cut + 1));
  const [word] = words;
  const actors = (list) => list.map((key) => actorByKey.get(key)).filter((number) => number !== undefined);
  const oneOf = (list) => list.includes(word);
  const readers = {
    much: () => Number(word) >= 1 && { much: Math.min(Math.floor(Number(word)), RANKED.length || 1) },
    least: () => oneOf(["1", "2", "3", "5", "10"]) && { least: Number(word) },
    outlets: () => oneOf(["1", "2", "3", "5"]) && { outlets: Number(word) },
    confidence: () => within01(word) && { confidence: Number(word) },
    since: () => isDay(word) && { since: word },
    until: () => isDay(word) && { until: word },
    size: () => oneOf(SIZES) && { size: word },
    tab: () => oneOf(["panel", "table", "filters"]) && { tab: word },
    off: () => ({ off: words.filter((each) => DATA.families.includes(each)) }),
    without: () => ({ without: words.filter((each) => RELATIONS.includes(each)) }),
    silent: () => ({ silent: words.filter((each) => OUTLETS.some(([name]) => name === each)) }),
    groups: () => ({ groups: words.filter((each) => GROUPS.includes(each)) }),
    sort: () => oneOf(SORTS) && { sort: { by: word, down: words[1] !== "up" } },
    open: () => ({ open: actors(words) }),
    at: () => ({ moved: readPlaces(words) }),
    actor: () => actors(words).length && { chosen: { kind: "actor", number: actors(words)[0] } },
    link: () => lineByKey.has(words.join("\n")) && { chosen: { kind: "line", number: lineByKey.get(words.join("\n")) } },
    ask: () => readAsk(words, actors),
  };
  const name = part.slice(0, cut);
  if (Object.hasOwn(readers, name)) Object.assign(next, readers[name]() || {});
}

function readPlaces(words) {
  const moved = {};
  for (let n = 0; n + 2 < words.length; n += 3) {
    const [key, x, y] = words.slice(n, n + 3);
    if (actorByKey.has(key) && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) moved[actorByKey.get(key)] = [Number(x), Number(y)];
  }
  return moved;
}

function readAsk([kind, ...rest], actors) {
  const needed = kind === "path" ? 2 : 1;
  const found = actors(rest.slice(0, needed));
  const hops = Number(rest[1]);
  if (found.length !== needed) return null;
  if (kind === "ego") return [1, 2, 3].includes(hops) ? { ask: { kind, actors: found, rest: [hops] } } : null;
  return ASKS.includes(kind) ? { ask: { kind, actors: found, rest: [] } } : null;
}
