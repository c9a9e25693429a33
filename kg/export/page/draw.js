// The picture: state -> vis-network. Positions come from the file; physics stays off.
const BOX = DRAWING.box;
const BLOC_COLOURS = ["#77aadd", "#eedd88", "#ee8866", "#99ddff", "#44bb99", "#ffaabb", "#bbcc33"];
const NO_BLOC = "#dddddd";
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const prefersStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const nodeOf = new Map(DRAWING.nodes.map((node) => [node.id, node]));
const edgeOf = new Map(DRAWING.edges.map((edge) => [edge.id, edge]));
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const moved = new Map();
let shown = look(state);
let network = null;

// Room for labels, buttons and discs beside the outermost actors.
const margin = () => (byId("network").clientWidth < 600 ? { x: 80, y: 104 } : { x: 140, y: 104 });

function roomScale() {
  // The start view fills the screen it has: one canvas unit is one pixel when all of it is seen.
  const { clientWidth: width, clientHeight: height } = byId("network");
  return {
    ...{ x: Math.max(width - margin().x, 200) / BOX.width, y: Math.max(height - margin().y, 200) / BOX.height },
    size: Math.min(1, Math.max(0.6, Math.sqrt(width * height) / 700)),
  };
}

function drawnNode(number, size, most) {
  const room = roomScale();
  const { x, y, shape } = nodeOf.get(number);
  const own = moved.get(number) || { x: x * room.x, y: y * room.y };
  const fill = ACTORS[number].bloc === null ? NO_BLOC : BLOC_COLOURS[ACTORS[number].bloc] || NO_BLOC;
  const faded = isFaded({ actor: number });
  const border = colour("border");
  const paint = { background: fill, border };
  return {
    id: number, shape, ...own, opacity: faded ? 0.3 : 1,
    size: (8 + 14 * Math.sqrt(most ? size / most : 0)) * room.size * (shape === "dot" ? 1 : 0.9),
    color: { ...paint, highlight: paint, hover: paint },
  };
}

function drawnEdge(number) {
  const { from, to, arrows, dashes, smooth } = edgeOf.get(number);
  const line = LINES[number];
  const paint = colour(line.family);
  const chosen = state.chosen && state.chosen.kind === "line" && state.chosen.number === number;
  const documents = shown.documents.get(number) || line.documents;
  const width = (1.3 + 1.1 * Math.log2(documents)) * roomScale().size * (chosen ? 1.6 : 1) + (chosen ? 1.5 : 0);
  return {
    id: number, from, to, dashes, smooth,
    arrows: { to: { enabled: arrows === "to", scaleFactor: 1.7 / (2 + width) } }, // vis grows arrows with the line
    width,
    color: { color: paint, highlight: paint, hover: paint, inherit: false, opacity: isFaded({ line }) ? 0.1 : chosen ? 1 : line.single ? 0.6 : 0.95 },
  };
}

function isFaded({ actor, line }) {
  const { kind, number } = state.chosen || {};
  if (kind === "actor") {
    if (line) return line.source !== number && line.target !== number;
    return actor !== number && !linesOf[number].some((each) => shown.lines.has(each.number) && otherEnd(each, number) === actor);
  }
  if (kind === "line" && LINES[number].rank !== null) {
    return line ? line.number !== number : actor !== LINES[number].source && actor !== LINES[number].target;
  }
  return false;
}

function paint() {
  shown = look(state);
  const sizes = sizesOf(shown, state);
  const most = Math.max(1, ...sizes.values());
  nodeSet.remove(nodeSet.getIds().filter((id) => !shown.actors.has(id)));
  edgeSet.remove(edgeSet.getIds().filter((id) => !shown.lines.has(id)));
  nodeSet.update([...shown.actors].map((number) => drawnNode(number, sizes.get(number), most)));
  edgeSet.update([...shown.lines].map(drawnEdge));
  byId("nothing").hidden = shown.actors.size > 0;
  forgetLabels();
}

function fit(animated = true) {
  if (!shown.actors.size) return;
  const still = !animated || prefersStill();
  const { clientWidth: width, clientHeight: height } = byId("network");
  const points = [...shown.actors].map((number) => network.getPosition(number));
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const span = { x: Math.max(...xs) - Math.min(...xs), y: Math.max(...ys) - Math.min(...ys) };
  const scale = Math.min(1.35, (width - margin().x) / (span.x || 1), (height - margin().y) / (span.y || 1));
  network.moveTo({
    position: { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 + 18 / scale },
    scale, animation: still ? false : { duration: 250, easingFunction: "easeInOutQuad" },
  });
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: prefersStill() ? false : { duration: 120, easingFunction: "linear" } });
}

function choose(kind, number) {
  change({ chosen: kind ? { kind, number } : null });
}

function showTip(text, at) {
  const tip = byId("tip");
  tip.textContent = text;
  tip.hidden = false;
  const { clientWidth: width, clientHeight: height } = byId("network");
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, width - tip.offsetWidth - 6))}px`;
  tip.style.top = `${Math.max(4, Math.min(at.y + 14, height - tip.offsetHeight - 6))}px`;
}

function startDrawing() {
  const container = byId("network");
  network = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, JSON.parse(DRAWING.options));
  network.on("afterDrawing", drawLabels);
  network.on("click", ({ nodes, edges, pointer }) => {
    const label = labelAt(pointer.canvas);
    if (nodes.length) choose("actor", nodes[0]);
    else if (label !== null) choose("actor", label);
    else if (edges.length) choose("line", edges[0]);
    else choose(null);
  });
  network.on("doubleClick", ({ nodes }) => {
    if (nodes.length) change({ open: [...new Set([...state.open, nodes[0]])] });
  });
  network.on("dragEnd", ({ nodes }) => nodes.forEach((id) => moved.set(id, network.getPosition(id))));
  network.on("dragging", () => { forgetLabels(); hideTip(); });
  network.on("zoom", hideTip);
  network.on("hoverNode", ({ node, pointer }) => showTip(`${nameOf(node)} · ${ACTORS[node].kind} · ${count(ACTORS[node].degree, "actor")} linked`, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => showTip(`${sentenceOf(LINES[edge])} · ${articles(LINES[edge].documents)}`, pointer.DOM));
  network.on("blurNode", hideTip);
  network.on("blurEdge", hideTip);
  const frame = container.querySelector(".vis-network");
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Map of actors and links. Arrow keys move it, plus and minus zoom. The table beside it holds the same links.");
  frame.addEventListener("keydown", moveByKey);
  let width = container.clientWidth;
  new ResizeObserver(() => {
    // A turned phone or a resized window: fill the new room, but leave what the user moved.
    if (Math.abs(container.clientWidth - width) > 40) { width = container.clientWidth; paint(); fit(false); }
    forgetLabels();
  }).observe(container);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { paint(); network.redraw(); });
  paint();
  fit(false);
}
const hideTip = () => { byId("tip").hidden = true; };

function moveByKey(event) {
  const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (step) {
    const at = network.getViewPosition();
    network.moveTo({ position: { x: at.x + step[0] / network.getScale(), y: at.y + step[1] / network.getScale() } });
  } else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}
