// The filter form. Every field is a part of the state, and shows it.
function startFilters() {
  for (const name of ["least", "outlets"]) byId(name).addEventListener("change", (event) => change({ [name]: Number(event.target.value) }));
  for (const name of ["since", "until"]) byId(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
  const sliding = steady();
  byId("confidence").addEventListener("input", (event) => sliding({ confidence: Number(event.target.value) }));
  byId("filters-clear").addEventListener("click", () => change(UNFILTERED));
  byId("filter-form").addEventListener("submit", (event) => event.preventDefault());
  byId("filter-relations").append(el("div", { class: "relations" }, DATA.families.filter((family) => LINES.some((line) => line.family === family)).map(familyBoxes)));
  byId("filter-groups").append(
    el("p", { class: "note" }, "Only facts make widths, sizes and groups. The others are drawn as thin threads."),
    el("ul", null, GROUPS.map((group) => el("li", null, box("group", group, GROUP_WORDS[group], tally((report) => report.group === group), (on) =>
      change({ groups: GROUPS.filter((each) => (each === group ? on : state.groups.includes(each))) }))))));
  byId("filter-outlets").append(
    el("p", { class: "buttons" }, el("button", { type: "button", "data-all": "outlets", onclick: () => change({ silent: [] }) }, "All"),
      el("button", { type: "button", "data-none": "outlets", onclick: () => change({ silent: OUTLETS.map(([name]) => name) }) }, "None")),
    el("ul", { class: "scroll" }, OUTLETS.map(([name, reports]) => el("li", null, box("outlet", name, name, reports, (on) =>
      change({ silent: on ? state.silent.filter((each) => each !== name) : [...state.silent, name] }))))));
}

const tally = (wanted) => LINES.reduce((sum, line) => sum + line.reports.filter(wanted).length, 0);

function box(kind, value, words, number, turn) {
  const input = el("input", { type: "checkbox", [`data-${kind}`]: value, onchange: (event) => turn(event.target.checked) });
  return el("label", null, input, el("span", null, text(words)), el("span", { class: "n" }, number.toLocaleString("en")));
}

function familyBoxes(family) {
  const relations = RELATIONS.filter((id) => DATA.relations[id].family === family);
  return el("div", { class: "family" },
    el("label", { class: "whole" }, el("input", { type: "checkbox", "data-all-of": family, onchange: (event) => turnFamily(family, event.target.checked) }),
      sample(family, { arrow: true }), el("span", null, family)),
    el("ul", null, relations.map((id) => el("li", null, box("relation", id, verb(id), tally((report) => report.relation === id && report.group === "actual"), (on) =>
      change({ without: on ? state.without.filter((each) => each !== id) : [...state.without, id], off: on ? state.off.filter((each) => each !== family) : state.off }))))));
}

function turnFamily(family, on) {
  const own = RELATIONS.filter((id) => DATA.relations[id].family === family);
  change({
    off: on ? state.off.filter((each) => each !== family) : [...state.off, family],
    without: on ? state.without.filter((id) => !own.includes(id)) : state.without,
  });
}

function showFilters() {
  for (const name of ["least", "outlets", "since", "until"]) byId(name).value = String(state[name]);
  byId("confidence").value = String(state.confidence);
  byId("confidence-note").textContent = state.confidence ? `at least ${state.confidence.toFixed(2)}` : "any";
  byId("confidence").setAttribute("aria-valuetext", byId("confidence-note").textContent);
  for (const input of byId("filter-form").querySelectorAll("[type=checkbox]")) {
    const { group, relation, outlet, allOf } = input.dataset;
    if (group !== undefined) input.checked = state.groups.includes(group);
    if (outlet !== undefined) input.checked = !state.silent.includes(outlet);
    if (relation !== undefined) input.checked = !state.without.includes(relation) && !state.off.includes(DATA.relations[relation].family);
    if (allOf !== undefined) {
      const own = RELATIONS.filter((id) => DATA.relations[id].family === allOf);
      input.checked = !state.off.includes(allOf);
      input.indeterminate = input.checked && own.some((id) => state.without.includes(id));
    }
  }
  byId("filters-clear").disabled = !filterWords().length;
}
