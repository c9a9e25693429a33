// Everything by keyboard: keys that hold everywhere, and those of the map when it has the focus.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function startKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range";
    const command = event.ctrlKey || event.metaKey;
    if (byId("help").open || typing) return;
    if (command && event.key.toLowerCase() === "z") (event.shiftKey ? redo : undo)();
    else if (command && event.key.toLowerCase() === "y") redo();
    else if (command || event.altKey) return;
    else if (event.key === "/") byId("search").focus();
    else if (event.key === "?") openHelp();
    else if (event.key === "f") openTab("filters");
    else if (event.key === "t") openTab("table");
    else if (event.key === "Escape") {
      if (byId("share").open) { byId("share").open = false; byId("share").querySelector("summary").focus(); } else choose(null);
    } else return;
    event.preventDefault();
  });
  byId("help-open").addEventListener("click", openHelp);
  byId("help").addEventListener("click", (event) => { if (event.target === byId("help")) byId("help").close(); });
}

function openHelp() {
  byId("help").showModal();
}

function openTab(name) {
  showSheet("half");
  change({ tab: name }, { quiet: true });
  byId(`${name}-tab`).focus();
}

function startMapKeys(frame) {
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Map of actors and links. Arrow keys move it, with Shift they go from actor to actor; a question mark tells all keys. The table holds the same links.");
  frame.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || (event.altKey && !step)) return;
    if (step && event.shiftKey) chooseNear(step);
    else if (step && event.altKey) moveActor(step);
    else if (step) moveMap(step);
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else if (event.key === "[" || event.key === "]") chooseLink(event.key === "]" ? 1 : -1);
    else if (event.key === "Enter" && state.chosen) readChosen();
    else if (event.key === "e" && chosenActor() !== null) expand(chosenActor());
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

const chosenActor = () => (state.chosen && state.chosen.kind === "actor" ? state.chosen.number : null);

function readChosen() {
  showSheet("half");
  byId("panel").querySelector("h2").focus();
}

function moveMap([x, y]) {
  const at = network.getViewPosition();
  network.moveTo({ position: { x: at.x + (60 * x) / network.getScale(), y: at.y + (60 * y) / network.getScale() } });
}

function moveActor([x, y]) {
  const actor = chosenActor();
  if (actor === null) return;
  const at = network.getPosition(actor);
  network.moveNode(actor, at.x + 20 * x, at.y + 20 * y);
  keepPlaces([actor]);
}

// The nearest actor that way: distance along the arrow counts once, beside it twice.
function chooseNear([x, y]) {
  const from = chosenActor();
  const at = from === null ? network.getViewPosition() : network.getPosition(from);
  let best = null;
  for (const number of shown.actors) {
    const place = network.getPosition(number);
    const along = (place.x - at.x) * x + (place.y - at.y) * y;
    const beside = Math.abs((place.x - at.x) * y) + Math.abs((place.y - at.y) * x);
    if (number === from || along <= 1) continue;
    if (best === null || along + 2 * beside < best.far) best = { number, far: along + 2 * beside };
  }
  if (best) choose("actor", best.number);
}

// Through the links of the actor chosen, or of the first actor of the link chosen.
let walking = null;
function chooseLink(step) {
  if (chosenActor() !== null) walking = chosenActor();
  if (walking === null && state.chosen) walking = LINES[state.chosen.number].source;
  const links = shownLines().filter((line) => walking === null || line.source === walking || line.target === walking);
  if (!links.length) return;
  const at = state.chosen && state.chosen.kind === "line" ? links.findIndex((line) => line.number === state.chosen.number) : -1;
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : (at + step + links.length) % links.length;
  choose("line", links[next].number);
}
