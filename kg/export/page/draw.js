// The picture: state -> vis-network. Positions come from the file; physics stays off until asked for.
const BOX = DRAWING.box;
const BLOC_COLOURS = ["#77aadd", "#eedd88", "#ee8866", "#99ddff", "#44bb99", "#ffaabb", "#bbcc33"];
const NO_BLOC = "#dddddd";
const GHOST_DASH = [1.5, 8];
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const prefersStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const blocColour = (number) => (ACTORS[number].bloc === null ? NO_BLOC : BLOC_COLOURS[ACTORS[number].bloc] || NO_BLOC);

const nodeOf = new Map(DRAWING.nodes.map((node) => [node.id, node]));
const edgeOf = new Map(DRAWING.edges.map((edge) => [edge.id, edge]));
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let palette = {};
let shown = look(state);
let network = null;

// Room for labels, buttons and discs beside the outermost actors.
const margin = () => (byId("network").clientWidth < 600 ? { x: 84, y: 92 } : { x: 150, y: 88 });

function roomScale() {
  // The start view fills the screen it has: one canvas unit is one pixel when all of it is seen.
  const { clientWidth: width, clientHeight: height } = byId("network");
  return {
    ...{ x: Math.max(width - margin().x, 200) / BOX.width, y: Math.max(height - margin().y, 200) / BOX.height },
    size: Math.min(1, Math.max(0.6, Math.sqrt(width * height) / 700)),
  };
}

const toFile = ({ x, y }) => { const room = roomScale(); return [Math.round(x / room.x), Math.round(y / room.y)]; };

function drawnNode(number, size, most, room) {
  const { x, y, shape } = nodeOf.get(number);
  const [ownX, ownY] = state.moved[number] || [x, y];
  const paint = { background: blocColour(number), border: palette.border };
  return {
    id: number, shape, x: ownX * room.x, y: ownY * room.y, opacity: isFaded({ actor: number }) ? 0.25 : 1,
    size: (8 + 14 * Math.sqrt(most ? size / most : 0)) * room.size * (shape === "dot" ? 1 : 0.9),
    color: { ...paint, highlight: paint, hover: paint },
  };
}

function drawnEdge(number, room) {
  const { from, to, arrows, dashes, smooth } = edgeOf.get(number);
  const line = LINES[number];
  const paint = palette[line.family];
  const chosen = Boolean(state.chosen && state.chosen.kind === "line" && state.chosen.number === number);
  const ghost = isGhost(line);
  // Only facts have a width. What is planned, alleged, ended or denied is a thread, whatever its number.
  const documents = ghost ? 0 : (shown.facts.get(number) || line).documents;
  const width = (ghost ? 1.6 : (1.2 + 0.62 * Math.log2(Math.max(1, documents))) * room.size) + (chosen ? 2 : 0);
  const opacity = isFaded({ line }) ? 0.08 : chosen ? 1 : ghost ? 0.9 : line.single ? 0.62 : 0.85;
  return {
    id: number, from, to, dashes: ghost ? GHOST_DASH : dashes, smooth, width,
    arrows: { to: { enabled: arrows === "to", type: ghost ? "vee" : "arrow", scaleFactor: 1.5 / (1.8 + width) } }, // vis grows arrows with the line
    color: { color: paint, highlight: paint, hover: paint, inherit: false, opacity },
  };
}

function isFaded({ actor, line }) {
  const { kind, number } = state.chosen || {};
  if (kind === "actor") {
    if (line) return line.source !== number && line.target !== number;
    return actor !== number && !linesOf[number].some((each) => shown.lines.has(each.number) && otherEnd(each, number) === actor);
  }
  if (kind === "line" && shown.lines.has(number)) {
    return line ? line.number !== number : actor !== LINES[number].source && actor !== LINES[number].target;
  }
  return false;
}

function takePalette() {
  palette = Object.fromEntries(["border", "ink", "halo", ...DATA.families].map((name) => [name, colour(name)]));
}

function paint() {
  shown = look(state);
  takePalette();
  const room = roomScale();
  const sizes = sizesOf(state);
  const most = Math.max(1, ...sizes.values());
  // In this order: vis may draw after each step, and whatever is shown must be there by then.
  nodeSet.update([...shown.actors].map((number) => drawnNode(number, sizes.get(number), most, room)));
  edgeSet.remove(edgeSet.getIds().filter((id) => !shown.lines.has(id)));
  edgeSet.update([...shown.lines].map((number) => drawnEdge(number, room)));
  nodeSet.remove(nodeSet.getIds().filter((id) => !shown.actors.has(id)));
  byId("nothing").hidden = shown.actors.size > 0;
  forgetLabels();
}

// The part of the map that no sheet covers, in pixels.
function openRoom() {
  const { clientWidth: width, clientHeight: height } = byId("network");
  return { width, height: height - covered() };
}

function fit(animated = true) {
  const { width, height } = openRoom();
  if (!shown.actors.size || width < 20) return;
  const points = [...shown.actors].map((number) => network.getPosition(number));
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const span = { x: Math.max(...xs) - Math.min(...xs), y: Math.max(...ys) - Math.min(...ys) };
  const scale = Math.min(1.35, (width - margin().x) / (span.x || 1), Math.max(height - margin().y, 120) / (span.y || 1));
  const position = { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 + (10 + covered() / 2) / scale };
  network.moveTo({ position, scale, animation: moveGently(animated) });
}

const moveGently = (animated = true, duration = 250) => (animated && !prefersStill() ? { duration, easingFunction: "easeInOutQuad" } : false);

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: moveGently(true, 120) });
}

// What was chosen in a list or under a sheet comes into sight.
function reveal({ kind, number }) {
  const ends = kind === "actor" ? [number] : [LINES[number].source, LINES[number].target];
  if (!ends.every((end) => shown.actors.has(end))) return;
  const { width, height } = openRoom();
  const seen = ends.map((end) => network.canvasToDOM(network.getPosition(end)));
  if (seen.every(({ x, y }) => x > 20 && x < width - 20 && y > 20 && y < height - 30)) return;
  const points = ends.map((end) => network.getPosition(end));
  const middle = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const across = Math.max(...points.map(({ x }) => x)) - Math.min(...points.map(({ x }) => x));
  const down = Math.max(...points.map(({ y }) => y)) - Math.min(...points.map(({ y }) => y));
  const scale = Math.min(network.getScale(), (width - margin().x) / (across || 1), Math.max(height - margin().y, 80) / (down || 1));
  network.moveTo({ position: { x: middle("x"), y: middle("y") + covered() / 2 / scale }, scale, animation: moveGently() });
}

function showTip(words, at) {
  const tip = byId("tip");
  tip.textContent = words;
  tip.hidden = false;
  const { clientWidth: width, clientHeight: height } = byId("network");
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, width - tip.offsetWidth - 6))}px`;
  tip.style.top = `${Math.max(4, Math.min(at.y + 14, height - tip.offsetHeight - 6))}px`;
}
const hideTip = () => { byId("tip").hidden = true; };

function tellLine(number) {
  const line = LINES[number];
  const ghost = isGhost(line);
  const words = `${nameOf(line.source)} ${verbsShown(line)} ${nameOf(line.target)}`;
  return ghost ? `${words} · no fact: ${shown.ghosts.get(number).groups.join(", ")}` : `${words} · ${articles((shown.facts.get(number) || line).documents)}${line.single ? ", single source" : ""}`;
}

function keepPlaces(numbers) {
  change({ moved: { ...state.moved, ...Object.fromEntries(numbers.map((number) => [number, toFile(network.getPosition(number))])) } });
}

// Forces for a moment, when asked: the actors drawn find their places anew, as one step that can be undone.
function untangle() {
  const rounds = 220;
  byId("untangle").disabled = true;
  network.setOptions({ physics: { enabled: true, solver: "forceAtlas2Based", forceAtlas2Based: {
    gravitationalConstant: -70, centralGravity: 0.012, springLength: 110, springConstant: 0.06, avoidOverlap: 0.6 }, stabilization: false } });
  const rest = () => {
    network.setOptions({ physics: { enabled: false } });
    byId("untangle").disabled = false;
    keepPlaces([...shown.actors]);
    fit();
  };
  if (prefersStill()) {
    network.once("stabilized", rest);
    network.stabilize(rounds);
  } else {
    setTimeout(rest, 2500);
  }
}

function startDrawing() {
  const container = byId("network");
  network = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, JSON.parse(DRAWING.options));
  network.on("afterDrawing", drawLabels);
  network.on("beforeDrawing", () => { if (byId("untangle").disabled) forgetLabels(); });
  network.on("click", ({ nodes, edges, pointer }) => {
    const label = labelAt(pointer.canvas);
    if (nodes.length) choose("actor", nodes[0]);
    else if (label !== null) choose("actor", label);
    else if (edges.length) choose("line", edges[0]);
    else choose(null);
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length) expand(nodes[0], true); });
  network.on("dragEnd", ({ nodes }) => { if (nodes.length) keepPlaces(nodes); });
  network.on("dragging", () => { forgetLabels(); hideTip(); });
  network.on("zoom", hideTip);
  network.on("hoverNode", ({ node, pointer }) => showTip(`${nameOf(node)} · ${ACTORS[node].kind} · ${count(ACTORS[node].degree, "actor")} linked`, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => showTip(tellLine(edge), pointer.DOM));
  network.on("blurNode", hideTip);
  network.on("blurEdge", hideTip);
  startMapKeys(container.querySelector(".vis-network"));
  let { clientWidth: width, clientHeight: height } = container;
  new ResizeObserver(() => {
    if (!container.clientWidth) return; // printed: the drawing stands in its place
    // A turned phone or a resized window: fill the new room, but leave what the user moved.
    if (Math.abs(container.clientWidth - width) > 40 || Math.abs(container.clientHeight - height) > 40) {
      ({ clientWidth: width, clientHeight: height } = container);
      paint();
      fit(false);
    }
    forgetLabels();
  }).observe(container);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { paint(); network.redraw(); });
  paint();
  fit(false);
}

function expand(number, wanted = !state.open.includes(number)) {
  change({ open: wanted ? [...new Set([...state.open, number])] : state.open.filter((each) => each !== number) });
}
