// Labels keep their size on the screen whatever the zoom, and none ever lies on another: where there is no room, the
// actor with more links keeps its label; zooming in brings the others.
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif";
const widths = new Map();
let labels = null;
let labelScale = 0;

const forgetLabels = () => { labels = null; };
const labelSize = () => (byId("network").clientWidth < 600 ? 11 : 12.5);
function labelText(number, longest) {
  const letters = [...nameOf(number)];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join("").trimEnd()}…` : nameOf(number);
}

function textWidth(context, text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) { context.font = font; widths.set(key, context.measureText(text).width); }
  return widths.get(key);
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// Where a label may stand, best first: below, above, beside, at the corners, and a little farther off.
function spotsRound(disc, width, height, low, high) {
  const middle = Math.max(low, Math.min(disc.x - width / 2, high - width));
  const beside = disc.y - height / 2;
  return [
    [middle, disc.bottom], [middle, disc.top - height], [disc.right, beside], [disc.left - width, beside],
    [disc.x, disc.bottom - 3], [disc.x - width, disc.bottom - 3], [disc.x, disc.top - height + 3], [disc.x - width, disc.top - height + 3],
    [disc.right - 2, beside + 9], [disc.right - 2, beside - 9], [disc.left - width + 2, beside + 9], [disc.left - width + 2, beside - 9],
    [middle, disc.bottom + 8], [middle, disc.top - height - 8],
  ];
}

function layLabels(context, scale) {
  const size = labelSize();
  const important = (number) => {
    const { kind, number: chosen } = state.chosen || {};
    if (kind === "actor" && chosen === number) return 2;
    return kind && !isFaded({ actor: number }) ? 1 : 0;
  };
  const order = [...shown.actors].sort((a, b) => important(b) - important(a) || ACTORS[b].degree - ACTORS[a].degree || a - b);
  // The most linked eighth, so that the eye finds them.
  const most = new Set([...shown.actors].sort((a, b) => ACTORS[b].degree - ACTORS[a].degree || a - b).slice(0, Math.ceil(shown.actors.size / 8)));
  const discs = order.map((number) => {
    const { x, y } = network.getPosition(number);
    const radius = (nodeSet.get(number).size + 2) * scale;
    return { number, x: x * scale, y: y * scale, radius, left: x * scale - radius, right: x * scale + radius, top: y * scale - radius, bottom: y * scale + radius };
  });
  // Names of the outermost actors lean inwards, so that the edge of the screen does not cut them.
  const low = Math.min(...discs.map((disc) => disc.x)) - margin().x / 2 + 4;
  const high = Math.max(...discs.map((disc) => disc.x)) + margin().x / 2 - 4;
  const placed = [];
  const isFree = (box, disc) => box.left >= low - 1 && box.right <= high + 1 && !placed.some((other) => overlap(box, other))
    && !discs.some((other) => other !== disc && overlap(box, other));
  for (const disc of discs) {
    const bold = important(disc.number) === 2 || most.has(disc.number);
    const font = `${bold ? 650 : 500} ${size}px ${FONT}`;
    // The whole name where there is room for it, else its beginning.
    for (const longest of [30, 15]) {
      const text = labelText(disc.number, longest);
      const width = textWidth(context, text, font) + 4;
      const free = spotsRound(disc, width, size + 4, low, high)
        .map(([left, top]) => ({ number: disc.number, text, font, left, top, right: left + width, bottom: top + size + 4 })).find((box) => isFree(box, disc));
      if (free) { placed.push(free); break; }
    }
  }
  return placed;
}

function currentLabels(context, scale) {
  if (!labels || Math.abs(scale - labelScale) > 1e-6) { labels = layLabels(context, scale); labelScale = scale; }
  return labels;
}

// The country code of a state, where its disc is large enough on the screen to hold it.
function codeOf(number, radius) {
  if (!ACTORS[number].iso3 || nodeSet.get(number).shape !== "dot" || radius < 10) return null;
  return { text: [...ACTORS[number].iso3].slice(0, 3).join(""), size: Math.min(13, radius * 0.78) };
}

function drawLabels(context) {
  const scale = network.getScale();
  currentLabels(context, scale);
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  const { ink, halo } = palette;
  for (const box of labels) {
    context.globalAlpha = isFaded({ actor: box.number }) ? 0.35 : 1;
    context.font = box.font;
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    context.strokeStyle = halo;
    context.lineWidth = 3.5;
    context.strokeText(box.text, x, y);
    context.fillStyle = ink;
    context.fillText(box.text, x, y);
  }
  context.fillStyle = "#1b1f24";
  for (const number of shown.actors) {
    const code = codeOf(number, nodeSet.get(number).size * scale);
    if (!code) continue;
    const { x, y } = network.getPosition(number);
    context.globalAlpha = isFaded({ actor: number }) ? 0.35 : 1;
    context.font = `600 ${code.size}px ${FONT}`;
    context.fillText(code.text, x * scale, y * scale + 0.5);
  }
  context.restore();
}

function labelAt(point) {
  const x = point.x * labelScale;
  const y = point.y * labelScale;
  const hit = (labels || []).find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  return hit ? hit.number : null;
}
