// Search, filters and the buttons above the map.
const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");
const searchable = ACTORS.map((actor) => [actor.name, ...actor.names].map(fold));
let found = [];
let active = -1;

function find(words) {
  const wanted = fold(words.trim());
  if (!wanted) return [];
  const score = (name) => (name === wanted ? 4 : name.startsWith(wanted) ? 3 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 1 : 0);
  return searchable
    .map((names, number) => [Math.max(...names.map(score)), number, names.findIndex((name) => score(name) > 0)])
    .filter(([value]) => value > 0)
    .sort((a, b) => b[0] - a[0] || ACTORS[b[1]].degree - ACTORS[a[1]].degree || a[1] - b[1])
    .slice(0, 8);
}

function showFound() {
  const list = byId("found");
  found = find(byId("search").value);
  active = found.length ? 0 : -1;
  const nothing = byId("search").value.trim() && !found.length;
  list.replaceChildren(...found.map(([, number, name], place) => el("li", {
    role: "option", id: `found-${place}`, "aria-selected": String(place === active), onpointerdown: (event) => { event.preventDefault(); take(place); },
  }, text(nameOf(number)), el("small", null, text(name > 0 ? ACTORS[number].names[name - 1] : ACTORS[number].kind)))),
  ...(nothing ? [el("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, "No actor of that name in this file")] : []));
  list.hidden = !found.length && !nothing;
  markActive();
}

function markActive() {
  byId("search").setAttribute("aria-expanded", String(!byId("found").hidden));
  [...byId("found").children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) byId("search").setAttribute("aria-activedescendant", `found-${active}`);
  else byId("search").removeAttribute("aria-activedescendant");
}

function take(place) {
  const number = found[place][1];
  const drawn = shown.actors.has(number);
  byId("search").value = "";
  showFound();
  // An actor outside the picture comes in with its links.
  change({ chosen: { kind: "actor", number }, open: drawn ? state.open : [...state.open, number] });
  showTab("panel");
}

function startSearch() {
  const box = byId("search");
  box.addEventListener("input", showFound);
  box.addEventListener("blur", () => { byId("found").hidden = true; markActive(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      markActive();
    } else if (event.key === "Enter" && active >= 0) {
      take(active);
    } else if (event.key === "Escape") {
      box.value = "";
      showFound();
    } else return;
    event.preventDefault();
  });
}

function startControls() {
  startSearch();
  const much = byId("much");
  much.max = String(Math.max(RANKED.length, 1));
  much.disabled = RANKED.length < 2;
  let sliding = false;
  much.addEventListener("input", () => { change({ much: Number(much.value) }, { quiet: sliding }); sliding = true; });
  much.addEventListener("change", () => { sliding = false; });
  byId("least").addEventListener("change", (event) => change({ least: Number(event.target.value) }));
  byId("size").addEventListener("change", (event) => change({ size: event.target.value }));
  for (const name of ["since", "until"]) byId(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("reset").addEventListener("click", resetAll);
  byId("nothing-reset").addEventListener("click", resetAll);
  byId("ask-clear").addEventListener("click", () => change({ ask: null }));
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit());
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      if (event.shiftKey) redo(); else undo();
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape" && !typing) {
      byId("share").open = false;
      choose(null);
    }
  });
  if (isNarrow()) { byId("filters").open = false; byId("legend").open = false; }
}

function resetAll() {
  moved.clear();
  reset();
  paint();
  fit();
}

const ASK_WORDS = {
  backers: ([actor]) => `Who backs ${nameOf(actor)}`,
  opponents: ([actor]) => `Who opposes or fights ${nameOf(actor)}`,
  ego: ([actor], [hops]) => `Within ${count(hops, "step")} of ${nameOf(actor)}`,
  path: ([actor, goal]) => `Shortest ways from ${nameOf(actor)} to ${nameOf(goal)}`,
};

function showControls() {
  byId("much").value = String(state.much);
  byId("much").disabled = RANKED.length < 2 || Boolean(state.ask);
  byId("much-note").textContent = state.much >= RANKED.length ? "all in this file" : `${state.much.toLocaleString("en")} of ${count(RANKED.length, "link")}`;
  for (const name of ["least", "since", "until", "size"]) byId(name).value = String(state[name]);
  byId("undo").disabled = !past.length;
  byId("redo").disabled = !future.length;
  const ask = byId("ask-clear");
  ask.hidden = !state.ask;
  if (state.ask) ask.textContent = `${ASK_WORDS[state.ask.kind](state.ask.actors, state.ask.rest)} ✕`;
  const active = [state.off.length, state.least > 1, state.since || state.until, state.ask].filter(Boolean).length;
  byId("filter-note").textContent = active ? `(${active} set)` : "";
  const { actors, links } = DATA.totals;
  const words = [`${shown.actors.size.toLocaleString("en")} of ${count(actors, "actor")}, ${shown.lines.size.toLocaleString("en")} of ${count(links, "link")}`];
  if (links > RANKED.length) words.push(`${count(RANKED.length, "link")} in this file`);
  if (state.ask) words.push(ASK_WORDS[state.ask.kind](state.ask.actors, state.ask.rest) + (shown.lines.size ? "" : ": nothing found"));
  byId("summary").textContent = words.join(" · ");
}

function showBasis() {
  const { documents, outlets, first, last } = DATA.totals;
  const retold = DATA.documents.filter((document) => document.original).length;
  const paraphrases = retold ? ` (${retold.toLocaleString("en")} of those quoted here: paraphrases of another outlet’s article)` : "";
  byId("basis").textContent = `${articles(documents)} from ${count(outlets, "outlet")}${paraphrases}, ${first ? period(first, last) : "undated"}; ${
    DATA.level === "state" ? "acts of leaders, ministries and armies count for their state" : "actors as named"}.`;
}
