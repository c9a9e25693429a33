// The same links as rows, for those who read rather than look, and for the keyboard.
let sorting = { by: "documents", down: true };
const COLUMNS = [
  ["source", "From", (line) => nameOf(line.source)],
  ["relation", "Relation", (line) => `${DATA.families.indexOf(line.family)} ${verbs(line)}`],
  ["target", "To", (line) => nameOf(line.target)],
  ["documents", "Art.", (line) => shown.documents.get(line.number) || line.documents],
  ["last", "Last", (line) => line.last],
];

function sorted(lines) {
  const value = COLUMNS.find(([key]) => key === sorting.by)[2];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
  return [...lines].sort((a, b) => (sorting.down ? -1 : 1) * compare(value(a), value(b)) || a.rank - b.rank);
}

function showTable() {
  const lines = sorted(RANKED.filter((line) => shown.lines.has(line.number)));
  const chosen = state.chosen && state.chosen.kind === "line" ? state.chosen.number : null;
  const stop = lines.some((line) => line.number === chosen) ? chosen : lines.length ? lines[0].number : null;
  const head = el("tr", null, COLUMNS.map(([key, words]) => el("th", {
    scope: "col", "aria-sort": sorting.by === key ? (sorting.down ? "descending" : "ascending") : "none",
  }, el("button", { type: "button", "data-sort": key, onclick: () => sortBy(key) }, `${words}${sorting.by === key ? (sorting.down ? " ↓" : " ↑") : ""}`))));
  const body = el("tbody", null, lines.map((line) => tableRow(line, line.number === chosen, line.number === stop)));
  body.addEventListener("keydown", walkRows);
  const focused = document.activeElement && document.activeElement.closest("#table [data-sort], #table tr[data-line]");
  const place = focused && (focused.dataset.sort ? `[data-sort="${focused.dataset.sort}"]` : `tr[data-line="${focused.dataset.line}"] button`);
  byId("table").replaceChildren(el("table", null,
    el("caption", null, `${count(lines.length, "link")} drawn. Enter on a row shows its quotes; a circle marks a single source.`),
    el("thead", null, head), body));
  if (place) (byId("table").querySelector(place) || byId("table")).focus({ preventScroll: true });
}

function tableRow(line, chosen, stop) {
  const open = () => { choose("line", line.number); showTab("panel"); };
  const between = line.symmetric ? "–" : "→";
  return el("tr", { "data-line": line.number, class: chosen ? "chosen" : null, onclick: open },
    el("td", null, text(nameOf(line.source))),
    el("td", null, el("button", {
      type: "button", tabindex: stop ? "0" : "-1", "aria-label": `${sentenceOf(line)}, ${articles(line.documents)}${line.single ? ", single source" : ""}: show quotes`,
      onclick: (event) => { event.stopPropagation(); open(); byId("panel").querySelector("h2").focus(); },
    }, text(verbs(line)), sample(line.family, { arrow: !line.symmetric, pale: line.single }))),
    el("td", null, text(nameOf(line.target))),
    el("td", null, String(shown.documents.get(line.number) || line.documents), line.single ? el("span", { class: "single", title: "single source" }, " ○") : null),
    el("td", null, line.last || "undated"));
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
  sorting = { by: key, down: sorting.by === key ? !sorting.down : key === "documents" || key === "last" };
  showTable();
}

function showTab(name) {
  for (const each of ["panel", "table"]) {
    byId(each).hidden = each !== name;
    byId(`${each}-tab`).setAttribute("aria-selected", String(each === name));
    byId(`${each}-tab`).tabIndex = each === name ? 0 : -1;
  }
}

function startTabs() {
  for (const name of ["panel", "table"]) {
    byId(`${name}-tab`).addEventListener("click", () => showTab(name));
    byId(`${name}-tab`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = name === "panel" ? "table" : "panel";
      showTab(other);
      byId(`${other}-tab`).focus();
    });
  }
  byId("panel").addEventListener("keydown", (event) => {
    // Back from the quotes to the row they came from.
    if (event.key !== "Escape" || !state.chosen || state.chosen.kind !== "line") return;
    event.stopPropagation();
    showTab("table");
    const row = byId("table").querySelector(`tr[data-line="${state.chosen.number}"] button`);
    (row || byId("table-tab")).focus();
  });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); showTab("table"); byId("table-tab").focus(); });
}
