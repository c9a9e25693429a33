// All that a user can change, in one object: undo, redo, reset and the address of the view follow from it.
const isNarrow = () => window.matchMedia("screen and (max-width: 820px)").matches;

function startAmount() {
  // A phone shows the strongest part of the start view.
  if (!isNarrow()) return Math.max(1, DATA.start);
  const seen = new Set();
  for (const line of RANKED.slice(0, DATA.start)) {
    seen.add(line.source).add(line.target);
    if (seen.size > 22 || line.rank >= 45) return Math.max(1, line.rank);
  }
  return Math.max(1, DATA.start);
}

// What each filter is when it filters nothing.
const UNFILTERED = { off: [], without: [], groups: ["actual"], least: 1, outlets: 1, confidence: 0, silent: [], since: "", until: "" };
const blank = () => ({
  much: startAmount(), ...clone(UNFILTERED), size: "linked", ask: null, open: [], chosen: null, moved: {},
  sort: { by: "documents", down: true }, tab: "panel",
});
const clone = (value) => JSON.parse(JSON.stringify(value));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
let state = blank();
let past = [];
let future = [];
const listeners = [];

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

// Which tab lies open is where the reader looks, not something done: going back leaves it.
function undo() {
  if (past.length) { future.push(state); moveTo({ ...past.pop(), tab: state.tab }); }
}
function redo() {
  if (future.length) { past.push(state); moveTo({ ...future.pop(), tab: state.tab }); }
}
const reset = () => change({ ...blank(), tab: state.tab });
const choose = (kind, number) => change({ chosen: kind ? { kind, number } : null, ...(kind ? { tab: "panel" } : {}) });

// A change that goes on for a while (a slider, a drag, a play) is one step: what follows soon, with nothing else between.
function steady(pause = 700) {
  let last = null;
  let timer = null;
  return (patch) => {
    change(patch, { quiet: state === last });
    last = state;
    clearTimeout(timer);
    if (pause) timer = setTimeout(() => { last = null; }, pause);
  };
}
