// Wiring: every change of state redraws what depends on it, in this order.
state = readAddress();
startTabs();
startControls();
startSharing();
startDrawing();

function showAll(now, before) {
  const actors = shown.actors;
  paint();
  const selection = now.chosen && now.chosen.kind === "actor" ? { nodes: [now.chosen.number], edges: [] } : { nodes: [], edges: [] };
  network.setSelection(selection, { highlightEdges: false });
  const grown = [...shown.actors].some((actor) => !actors.has(actor));
  const asked = !same(now.ask, before.ask) || now.much !== before.much || !same(now.open, before.open);
  if (grown || asked) fit();
  showControls();
  showLegend();
  showPanel();
  showTable();
  if (now.chosen && !same(now.chosen, before.chosen)) showTab("panel");
}
listeners.push(showAll);
window.addEventListener("hashchange", () => {
  const next = readAddress();
  if (!same(next, state)) change(next);
});
showBasis();
showControls();
showLegend();
showPanel();
showTable();
// For tests and for the curious: what is drawn, and where.
window.kgMap = {
  network,
  data: DATA,
  get state() { return clone(state); },
  get shown() { return { actors: [...shown.actors], lines: [...shown.lines] }; },
  labels: () => currentLabels(byId("network").querySelector("canvas").getContext("2d"), network.getScale()).map(({ number, left, top, right, bottom }) => ({ number, left, top, right, bottom })),
};
