// The legend says what is drawn now, and nothing else; its boxes are the filter for families.
function showLegend() {
  const all = [...shown.lines].map((number) => LINES[number]);
  const drawn = all.filter((line) => !isGhost(line));
  const families = DATA.families.filter((family) => LINES.some((line) => line.family === family && (line.rank !== null || isGhost(line))));
  const rows = families.map((family) => {
    const members = drawn.filter((line) => line.family === family);
    const box = el("input", { type: "checkbox", "data-family": family, onchange: (event) => change({
      off: event.target.checked ? state.off.filter((each) => each !== family) : [...state.off, family] }) });
    box.checked = !state.off.includes(family);
    const arrow = members.some((line) => !line.symmetric) || !members.length;
    return el("li", { class: members.length ? null : "absent" }, el("label", null, box, sample(family, { arrow }), el("span", null, `${family}`), el("span", { class: "n" }, String(members.length))));
  });
  const blocs = new Map();
  for (const number of shown.actors) {
    const { bloc, degree } = ACTORS[number];
    const best = blocs.get(bloc);
    if (best === undefined || degree > ACTORS[best].degree) blocs.set(bloc, number);
  }
  const blocRows = [...blocs].filter(([bloc]) => bloc !== null).sort(([a], [b]) => a - b)
    .map(([bloc, number]) => el("li", null, el("span", { class: `swatch bloc-${bloc}` }), el("span", null, "around ", text(nameOf(number)))));
  if (blocs.has(null)) blocRows.push(el("li", null, el("span", { class: "swatch bloc-none" }), "no bloc"));
  const shapes = new Map();
  for (const number of shown.actors) {
    const shape = DRAWING.shapes[ACTORS[number].kind];
    shapes.set(shape, (shapes.get(shape) || new Set()).add(ACTORS[number].kind));
  }
  const glyphs = { dot: "●", square: "■", diamond: "◆", triangle: "▲", hexagon: "⬢", star: "★" };
  const notes = [];
  if (all.some((line) => line.symmetric)) notes.push("No arrow: both ways.");
  if (drawn.length) notes.push("Wider: more articles.");
  if (drawn.some((line) => line.single)) notes.push("Pale: a single source.");
  const sizes = { linked: "more actors linked", backed: "more backers", opposed: "more opponents", reported: "more articles", between: "more often between two others" };
  notes.push(`Larger: ${sizes[state.size]}.`);
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.family : null;
  byId("legend-body").replaceChildren(
    el("ul", null, rows),
    blocRows.length > 1 ? el("ul", { "aria-label": "Blocs: who back one another" }, blocRows) : "",
    el("p", { class: "note" }, shapes.size > 1 ? [...shapes].map(([shape, kinds]) => `${glyphs[shape]} ${[...kinds].join(", ")}`).join("  ") + ". " : "", notes.join(" ")));
  if (all.length > drawn.length) {
    const groups = GROUPS.filter((group) => all.some((line) => isGhost(line) && standing(line).groups.includes(group)));
    byId("legend-body").querySelector("ul").append(el("li", { class: "thread" }, sample("", { ghost: true }), el("span", null, `thread: only ${groups.join(", ")}`), el("span", { class: "n" }, String(all.length - drawn.length))));
  }
  if (focused) byId("legend-body").querySelector(`[data-family="${focused}"]`).focus();
}
