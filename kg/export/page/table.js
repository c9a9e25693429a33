// The same links as rows, for those who read rather than look, and for the keyboard.
const COLUMNS = [
  ["source", "From", (line) => nameOf(line.source)],
  ["relation", "Relation", (line) => `${DATA.families.indexOf(line.family)} ${verbsShown(line)}`],
  ["target", "To", (line) => nameOf(line.target)],
  ["documents", "Art.", (line) => (isGhost(line) ? 0 : standing(line).documents)],
  ["last", "Last", (line) => line.last],
];

function sorted(lines) {
  const value = COLUMNS.find(([key]) => key === state.sort.by)[2];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
  return [...lines].sort((a, b) => (state.sort.down ? -1 : 1) * compare(value(a), value(b)) || (a.rank ?? a.number) - (b.rank ?? b.number));
}

function showTable() {
  const lines = sorted(shownLines());
  const chosen = state.chosen && state.chosen.kind === "line" ? state.chosen.number : null;
  const stop = lines.some((line) => line.number === chosen) ? chosen : lines.length ? lines[0].number : null;
  const head = el("tr", null, COLUMNS.map(([key, words]) => el("th", {
    scope: "col", "aria-sort": state.sort.by === key ? (state.sort.down ? "descending" : "ascending") : "none",
  }, el("button", { type: "button", "data-sort": key, onclick: () => sortBy(key) }, `${words}${state.sort.by === key ? (state.sort.down ? " ↓" : " ↑") : ""}`))));
  const body = el("tbody", null, lines.map((line) => tableRow(line, line.number === chosen, line.number === stop)));
  body.addEventListener("keydown", walkRows);
  const focused = document.activeElement && document.activeElement.closest("#table [data-sort], #table tr[data-line]");
  const place = focused && (focused.dataset.sort ? `[data-sort="${focused.dataset.sort}"]` : `tr[data-line="${focused.dataset.line}"] button`);
  byId("table").replaceChildren(el("table", null,
    el("caption", null, `${count(lines.length, "link")} drawn. Enter on a row shows its quotes; a circle marks a single source.${lines.some(isGhost) ? " A status in place of a number: no fact." : ""}`),
    el("colgroup", null, COLUMNS.map(() => el("col"))), el("thead", null, head), body));
  if (place) (byId("table").querySelector(place) || byId("table")).focus({ preventScroll: true });
}

function tableRow(line, chosen, stop) {
  const open = () => { showSheet("half"); choose("line", line.number); };
  const ghost = isGhost(line);
  const single = !ghost && line.single;
  const said = ghost ? `no fact, ${standing(line).groups.join(", ")}` : `${articles(standing(line).documents)}${single ? ", single source" : ""}`;
  return el("tr", { "data-line": line.number, class: [chosen ? "chosen" : "", ghost ? "ghost" : ""].join(" ").trim() || null, onclick: open },
    el("td", null, text(nameOf(line.source))),
    el("td", null, el("button", {
      type: "button", tabindex: stop ? "0" : "-1", "aria-label": `${nameOf(line.source)} ${verbsShown(line)} ${nameOf(line.target)}, ${said}: show quotes`,
      onclick: (event) => { event.stopPropagation(); open(); byId("panel").querySelector("h2").focus(); },
    }, text(verbsShown(line)), sample(line.family, { arrow: !line.symmetric, pale: single, ghost }))),
    el("td", null, text(nameOf(line.target))),
    el("td", null, ghost ? text(standing(line).groups.join(", ")) : String(standing(line).documents), single ? el("span", { class: "single", title: "single source" }, " ○") : null),
    el("td", null, line.last || (ghost ? "" : "undated")));
}

function walkRows(event) {
  const rows = [...event.currentTarget.querySelectorAll("tr button")];
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at < 0 || to === undefined || !rows[to]) return;
  event.preventDefault();
  rows[at].tabIndex = -1;
  rows[to].tabIndex = 0;
  rows[to].focus();
}

function sortBy(key) {
  change({ sort: { by: key, down: state.sort.by === key ? !state.sort.down : key === "documents" || key === "last" } });
}
