// Wiring: every change of state redraws what depends on it, in this order.
state = readAddress();
startSheet();
startControls();
startSearch();
startFilters();
startTimeline();
startSaving();
startKeys();
startDrawing();

function showAll(now, before) {
  const actors = shown.actors;
  paint();
  const selection = now.chosen && now.chosen.kind === "actor" ? { nodes: [now.chosen.number], edges: [] } : { nodes: [], edges: [] };
  network.setSelection(selection, { highlightEdges: false });
  const grown = [...shown.actors].some((actor) => !actors.has(actor));
  const asked = !same(now.ask, before.ask) || now.much !== before.much || !same(now.open, before.open);
  if ((grown || asked) && !playing) fit();
  showParts(before);
  if (same(now.chosen, before.chosen)) return;
  if (!now.chosen || sheetNow() === "peek") showSheet(now.chosen ? "half" : "peek");
  if (now.chosen) reveal(now.chosen);
}

function showParts(before = null) {
  showControls();
  showLegend();
  showFilters();
  showTimeline();
  // The evidence of what is chosen stays as it was scrolled while filters change round it.
  if (!before || !state.chosen || !same(state.chosen, before.chosen) || state.ask !== before.ask || state.open !== before.open) showPanel();
  showTable();
  showTab(state.tab);
}
listeners.push(showAll);
window.addEventListener("hashchange", () => {
  const next = readAddress();
  if (!same(next, state)) change(next);
});
showBasis();
showParts();
if (state.chosen) { showSheet("half"); reveal(state.chosen); }
// For tests and for the curious: what is drawn, and where.
window.kgMap = {
  network,
  data: DATA,
  get state() { return clone(state); },
  get shown() { return { actors: [...shown.actors], lines: [...shown.lines], ghosts: [...shown.lines].filter((number) => shown.ghosts.has(number)) }; },
  labels: () => currentLabels(byId("network").querySelector("canvas").getContext("2d"), network.getScale()).map(({ number, left, top, right, bottom }) => ({ number, left, top, right, bottom })),
};
