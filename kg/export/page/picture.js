// The current view as a drawing of its own (SVG), and as pixels (PNG) made from it. Both carry their marks below.
const CAPTION_FONT = `12px ${FONT}`;
const number1 = (value) => String(Math.round(value * 10) / 10);

function wrapWords(words, width) {
  const context = document.createElement("canvas").getContext("2d");
  const lines = [""];
  for (const word of words.split(/\s+/)) {
    const longer = lines[lines.length - 1] ? `${lines[lines.length - 1]} ${word}` : word;
    if (textWidth(context, longer, CAPTION_FONT) > width && lines[lines.length - 1]) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const SHAPE_POINTS = {
  square: (r) => [[-r, -r], [r, -r], [r, r], [-r, r]],
  diamond: (r) => [[0, r], [r, 0], [0, -r], [-r, 0]],
  triangle: (r) => [[0, -1.05 * r], [1.15 * r, 0.98 * r], [-1.15 * r, 0.98 * r]],
  hexagon: (r) => [0, 1, 2, 3, 4, 5].map((n) => [r * Math.cos((n * Math.PI) / 3), r * Math.sin((n * Math.PI) / 3)]),
  star: (r) => [...Array(10).keys()].map((n) => { const far = 0.82 * r * (n % 2 ? 0.5 : 1.3); return [far * Math.sin((n * Math.PI) / 5), 0.08 * r - far * Math.cos((n * Math.PI) / 5)]; }),
};
const asPoints = (points) => points.map(([x, y]) => `${number1(x)},${number1(y)}`).join(" ");

// Points of a line from rim to rim, on the screen.
function course(number) {
  const { from, to, edgeType } = network.body.edges[number];
  const scale = network.getScale();
  const via = (edgeType.getViaNode && edgeType.getViaNode()) || { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }; // a straight line has none
  const ends = [from, to].map((node) => ({ node, reach: (nodeSet.get(node.id).size + 2) * scale, ...network.canvasToDOM(node) }));
  const bend = network.canvasToDOM(via);
  const points = [...Array(49).keys()].map((n) => {
    const t = n / 48;
    return ["x", "y"].map((axis) => (1 - t) ** 2 * ends[0][axis] + 2 * t * (1 - t) * bend[axis] + t ** 2 * ends[1][axis]);
  });
  return points.filter(([x, y]) => ends.every((end) => Math.hypot(x - end.x, y - end.y) >= end.reach));
}

function drawnCourse(number) {
  const points = course(number);
  if (points.length < 2) return [];
  const edge = edgeSet.get(number);
  const line = LINES[number];
  const scale = network.getScale();
  const width = edge.width * scale;
  const look = { stroke: palette[line.family], "stroke-width": number1(width), "stroke-opacity": edge.color.opacity, fill: "none" };
  if (edge.dashes) look["stroke-dasharray"] = edge.dashes.map((part) => number1(part * scale)).join(" ");
  const told = svg("title", {}, tellLine(number));
  if (line.symmetric) return [svg("polyline", { points: asPoints(points), ...look }, told)];
  const [tip, tail] = [points[points.length - 1], points[Math.max(0, points.length - 4)]];
  const angle = Math.atan2(tip[1] - tail[1], tip[0] - tail[0]);
  const head = 6 + 1.6 * width;
  const corner = (turn, far) => [tip[0] - far * Math.cos(angle + turn), tip[1] - far * Math.sin(angle + turn)];
  return [
    svg("polyline", { points: asPoints([...points.slice(0, -1), corner(0, head * 0.7)]), ...look }, told),
    svg("polygon", { points: asPoints([tip, corner(0.42, head), corner(-0.42, head)]), fill: palette[line.family], "fill-opacity": edge.color.opacity }),
  ];
}

function drawnShape(number) {
  const { size, shape, opacity } = nodeSet.get(number);
  const { x, y } = network.canvasToDOM(network.getPosition(number));
  const scale = network.getScale();
  const radius = size * scale;
  const look = { fill: blocColour(number), stroke: palette.border, "stroke-width": number1(1.5 * scale), opacity };
  const told = svg("title", {}, `${nameOf(number)}, ${ACTORS[number].kind}`);
  const points = SHAPE_POINTS[shape];
  const outline = points ? svg("polygon", { points: asPoints(points(radius).map(([a, b]) => [a + x, b + y])), ...look }, told)
    : svg("circle", { cx: number1(x), cy: number1(y), r: number1(radius), ...look }, told);
  const code = codeOf(number, radius);
  return [outline, ...(code ? [svg("text", { x: number1(x), y: number1(y + code.size * 0.36), "text-anchor": "middle", "font-size": number1(code.size), "font-weight": 600, fill: "#1b1f24", opacity }, code.text)] : [])];
}

function drawnLabels() {
  const scale = network.getScale();
  const context = byId("network").querySelector("canvas").getContext("2d");
  const { x: left, y: top } = network.canvasToDOM({ x: 0, y: 0 });
  return currentLabels(context, scale).map((box) => svg("text", {
    x: number1((box.left + box.right) / 2 + left), y: number1((box.top + box.bottom) / 2 + top + labelSize() * 0.36), "text-anchor": "middle", "font-size": labelSize(),
    "font-weight": box.font.slice(0, 3), fill: palette.ink, stroke: palette.halo, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
    opacity: isFaded({ actor: box.number }) ? 0.35 : 1,
  }, box.text));
}

function drawnCaption(width, top) {
  const families = DATA.families.filter((family) => [...shown.lines].some((number) => LINES[number].family === family));
  const [title, ...rest] = marks();
  const lines = rest.flatMap((words) => wrapWords(`${words}.`, width - 24));
  const parts = [svg("text", { x: 12, y: top + 20, "font-size": 14, "font-weight": 650, fill: palette.ink }, title)];
  let x = 12;
  for (const family of families) {
    const dash = DRAWING.dashes[family];
    parts.push(svg("line", { x1: x, x2: x + 34, y1: top + 36, y2: top + 36, stroke: palette[family], "stroke-width": 2.5, ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}) }),
      svg("text", { x: x + 40, y: top + 40, "font-size": 12, fill: palette.ink }, family));
    x += 56 + 7 * family.length;
  }
  lines.forEach((words, n) => parts.push(svg("text", { x: 12, y: top + 58 + 16 * n, "font-size": 12, fill: palette.ink }, words)));
  return { parts, height: 58 + 16 * lines.length };
}

function picture() {
  const { clientWidth: width, clientHeight: height } = byId("network");
  const caption = drawnCaption(width, height);
  const all = height + caption.height;
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: all, viewBox: `0 0 ${width} ${all}`, "font-family": FONT.replaceAll("'", ""), role: "img" },
    svg("title", {}, DATA.title), svg("desc", {}, marks().join(". ")),
    svg("clipPath", { id: "view" }, svg("rect", { width, height })),
    svg("rect", { width, height: all, fill: palette.halo }),
    svg("g", { "clip-path": "url(#view)" },
      ...[...shown.lines].flatMap(drawnCourse), ...[...shown.actors].flatMap(drawnShape), ...drawnLabels()),
    ...caption.parts);
}

// Paper gets the drawing in place of the canvas: sharp, and light whatever the screen is.
function drawForPaper() {
  document.documentElement.dataset.paper = "";
  takePalette();
  byId("printed").replaceChildren(picture());
  delete document.documentElement.dataset.paper;
  takePalette();
}

const pictureAsSvg = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture())}\n`;

async function pictureAsPng() {
  const drawing = picture();
  const url = URL.createObjectURL(new Blob([pictureAsSvg()], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  URL.revokeObjectURL(url);
  const canvas = document.createElement("canvas");
  canvas.width = 2 * Number(drawing.getAttribute("width"));
  canvas.height = 2 * Number(drawing.getAttribute("height"));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}
