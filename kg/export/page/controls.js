// The buttons and sliders round the map, and the words that say what is shown.
function startControls() {
  const much = byId("much");
  const sliding = steady();
  much.max = String(Math.max(RANKED.length, 1));
  much.addEventListener("input", () => sliding({ much: Number(much.value) }));
  byId("size").addEventListener("change", (event) => change({ size: event.target.value }));
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("reset").addEventListener("click", resetAll);
  byId("nothing-reset").addEventListener("click", resetAll);
  byId("untangle").addEventListener("click", untangle);
  byId("ask-clear").addEventListener("click", () => change({ ask: null }));
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit());
}

function resetAll() {
  reset();
  fit();
}

const ASK_WORDS = {
  backers: ([actor]) => `Who backs ${nameOf(actor)}`,
  opponents: ([actor]) => `Who opposes or fights ${nameOf(actor)}`,
  backed: ([actor]) => `Whom ${nameOf(actor)} backs`,
  opposed: ([actor]) => `Whom ${nameOf(actor)} opposes or fights`,
  ego: ([actor], [hops]) => `Within ${count(hops, "step")} of ${nameOf(actor)}`,
  path: ([actor, goal]) => `Shortest ways from ${nameOf(actor)} to ${nameOf(goal)}`,
};
const askWords = () => ASK_WORDS[state.ask.kind](state.ask.actors, state.ask.rest);

// The filters that are set, in words: they travel with every picture and file.
function filterWords() {
  const words = [];
  if (state.off.length) words.push(`without ${state.off.join(", ")}`);
  if (state.without.length) words.push(`without ${state.without.map(verb).join(", ")}`);
  if (!same(state.groups, UNFILTERED.groups)) words.push(`status ${state.groups.join(", ") || "none"}`);
  if (state.since || state.until) words.push(state.since && state.until ? `${state.since} to ${state.until}` : state.since ? `since ${state.since}` : `until ${state.until}`);
  if (state.least > 1) words.push(`at least ${articles(state.least)}`);
  if (state.outlets > 1) words.push(`at least ${count(state.outlets, "outlet")}`);
  if (state.confidence) words.push(`confidence at least ${state.confidence.toFixed(2)}`);
  if (state.silent.length) words.push(`without ${count(state.silent.length, "outlet")}`);
  return words;
}

function showControls() {
  byId("much").value = String(state.much);
  byId("much").disabled = RANKED.length < 2 || Boolean(state.ask);
  byId("much-note").textContent = state.much >= RANKED.length ? "all in this file" : `${state.much.toLocaleString("en")} of ${count(RANKED.length, "link")}`;
  byId("much").setAttribute("aria-valuetext", byId("much-note").textContent);
  byId("size").value = state.size;
  byId("undo").disabled = !past.length;
  byId("redo").disabled = !future.length;
  const ask = byId("ask-clear");
  ask.hidden = !state.ask;
  if (state.ask) {
    ask.textContent = `${askWords()} ✕`;
    ask.setAttribute("aria-label", `${askWords()}: show the whole map again`);
  }
  const set = filterWords().length;
  byId("filter-note").textContent = set ? String(set) : "";
  byId("filters-open").setAttribute("aria-label", set ? `Filters, ${set} set` : "Filters");
  byId("filters-tab").textContent = set ? `Filters (${set})` : "Filters";
  byId("summary").textContent = summary().join(" · ");
}

function summary() {
  const { actors, links } = DATA.totals;
  const ghosts = [...shown.lines].filter((number) => shown.ghosts.has(number)).length;
  const words = [`${shown.actors.size.toLocaleString("en")} of ${count(actors, "actor")}, ${(shown.lines.size - ghosts).toLocaleString("en")} of ${count(links, "link")}`];
  if (ghosts) words.push(`${count(ghosts, "link")} without a fact`);
  if (links > RANKED.length) words.push(`${count(RANKED.length, "link")} in this file`);
  if (state.ask) words.push(askWords() + (shown.lines.size ? "" : ": nothing found"));
  return words;
}

function showBasis() {
  const { documents, outlets, first, last } = DATA.totals;
  const retold = DATA.documents.filter((document) => document.original).length;
  const paraphrases = retold ? ` (${retold.toLocaleString("en")} of those quoted here: paraphrases of another outlet’s article)` : "";
  FOOTER.querySelector("#basis").textContent = `${articles(documents)} from ${count(outlets, "outlet")}${paraphrases}, ${first ? period(first, last) : "undated"}; ${
    DATA.level === "state" ? "acts of leaders, ministries and armies count for their state" : "actors as named"}. ${
    DATA.bounds.length ? `In this file: ${DATA.bounds.join("; ")}. ` : ""}${CUT}`.trim();
}
