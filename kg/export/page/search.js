// The search box: all names of all actors in the file, without regard to case or accents.
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
  byId("search").value = "";
  showFound();
  showSheet("half");
  // An actor outside the picture comes in with its links.
  change({ chosen: { kind: "actor", number }, tab: "panel", open: shown.actors.has(number) ? state.open : [...state.open, number] });
}

function startSearch() {
  const box = byId("search");
  box.addEventListener("input", showFound);
  box.addEventListener("focus", showFound);
  box.addEventListener("blur", () => { byId("found").hidden = true; markActive(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      markActive();
    } else if (event.key === "Enter" && active >= 0) {
      take(active);
    } else if (event.key === "Escape") {
      if (!box.value) byId("network").querySelector(".vis-network").focus();
      box.value = "";
      showFound();
    } else return;
    event.preventDefault();
  });
}
