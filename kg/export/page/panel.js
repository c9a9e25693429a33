// The evidence behind a link, the profile of an actor, or where to begin.
function showPanel() {
  const panel = byId("panel");
  const { kind, number } = state.chosen || {};
  panel.replaceChildren(...(kind === "line" ? linePanel(LINES[number]) : kind === "actor" ? actorPanel(number) : introPanel()).filter(Boolean));
  panel.scrollTop = 0;
}

const heading = (level, ...children) => el(`h${level}`, { tabindex: level === 2 ? "-1" : null }, ...children);

function linePanel(line) {
  const facts = line.relations.filter(isFact);
  const actorButton = (number) => el("button", { type: "button", onclick: () => choose("actor", number) }, text(nameOf(number)));
  return [
    heading(2, text(nameOf(line.source)), line.symmetric ? " – " : " → ", text(nameOf(line.target))),
    el("p", { class: "lead" }, sample(line.family, { arrow: !line.symmetric }), ` ${line.family}`,
      line.documents ? ` · ${articles(line.documents)}, ${count(line.outlets, "outlet")} ` : " · no fact, so not drawn ",
      line.documents && line.single ? el("span", { class: "badge" }, "single source") : null),
    el("div", { class: "ends" }, actorButton(line.source), actorButton(line.target)),
    el("p", { class: "marks" }, "Marked: ", mark("source", "source"), " ", mark("trigger", "what it does"), " ", mark("target", "target")),
    ...facts.flatMap((relation) => factSection(line, relation)),
    nonFacts(line),
  ];
}

function factSection(line, relation) {
  const quotes = relation.quotes.filter((quote) => quote.group === "actual");
  const more = relation.more.actual;
  return [
    heading(3, text(`${nameOf(line.source)} ${verb(relation.id)} ${nameOf(line.target)}`)),
    el("p", { class: "facts" }, [articles(relation.documents), count(relation.outlets, "outlet"), period(relation.first, relation.last)].join(" · ")),
    ...quotes.map((quote) => quoteCard(line, relation, quote)),
    more ? el("p", { class: "facts" }, `${count(more, "more quote")} in the store, not in this file.`) : null,
  ];
}

function nonFacts(line) {
  const groups = DATA.groups.slice(1).filter((group) => line.relations.some((relation) => relation.counts[group]));
  if (!groups.length) return null;
  return el("section", { class: "apart", "aria-label": "Not facts" },
    heading(3, "Not facts: never counted in the link"),
    groups.flatMap((group) => [
      heading(4, GROUP_WORDS[group]),
      ...line.relations.flatMap((relation) => {
        const quotes = relation.quotes.filter((quote) => quote.group === group);
        const more = relation.more[group];
        if (!relation.counts[group]) return [];
        return [
          el("p", { class: "facts" }, text(`${nameOf(line.source)} ${verb(relation.id)} ${nameOf(line.target)}: ${GROUP_WORDS[group].toLowerCase()}`)),
          ...quotes.map((quote) => quoteCard(line, relation, quote)),
          more ? el("p", { class: "facts" }, `${count(more, "more quote")} in the store, not in this file.`) : null,
        ];
      }),
    ]));
}

function actorPanel(number) {
  const actor = ACTORS[number];
  const facts = linesOf[number].filter((line) => line.rank !== null);
  const rest = linesOf[number].filter((line) => line.rank === null && line.source !== line.target);
  const asking = (kind, ...values) => state.ask && state.ask.kind === kind && state.ask.actors[0] === number && same(state.ask.rest, values);
  const ask = (words, kind, ...values) => el("button", {
    type: "button", "data-ask": [kind, ...values].join("-"), "aria-pressed": String(Boolean(asking(kind, ...values))),
    onclick: () => change({ ask: asking(kind, ...values) ? null : { kind, actors: [number], rest: values } }),
  }, words);
  const opened = state.open.includes(number);
  return [
    heading(2, text(actor.name)),
    el("p", { class: "lead" }, [actor.kind, actor.sector, actor.iso3, `${count(actor.degree, "actor")} linked`].filter(Boolean).join(" · ")),
    actor.names.length ? el("p", { class: "lead" }, "Also: ", text(actor.names.slice(0, 12).join(", "))) : null,
    el("div", { class: "buttons" },
      ask("Who backs it", "backers"), ask("Who opposes it", "opponents"),
      ask("1 step", "ego", 1), ask("2 steps", "ego", 2), ask("3 steps", "ego", 3),
      el("button", { type: "button", "aria-pressed": String(opened), "data-ask": "expand",
        onclick: () => change({ open: opened ? state.open.filter((each) => each !== number) : [...state.open, number] }) }, "All its links")),
    pathForm(number),
    ...DATA.families.flatMap((family) => familySections(number, facts.filter((line) => line.family === family), family)),
    rest.length ? el("section", { class: "apart", "aria-label": "Not facts" },
      heading(3, "Only planned, alleged, ended or denied: not drawn"),
      el("ul", { class: "list" }, rest.map((line) => lineButton(line, null, line.relations)))) : null,
    facts.length || rest.length ? null : el("p", { class: "facts" }, "No link of it is in this file."),
  ];
}

function pathForm(number) {
  const pick = el("select", { id: "path-to", "aria-label": "Path to", onchange: (event) => {
    if (event.target.value !== "") change({ ask: { kind: "path", actors: [number, Number(event.target.value)], rest: [] } });
  } }, el("option", { value: "" }, "Path to …"),
  ACTORS.map((actor, other) => [actor.name, other]).filter(([, other]) => other !== number)
    .sort((a, b) => a[0].localeCompare(b[0], "en")).map(([name, other]) => el("option", { value: other }, name)));
  if (state.ask && state.ask.kind === "path" && state.ask.actors[0] === number) pick.value = String(state.ask.actors[1]);
  return el("div", { class: "buttons" }, pick);
}

function familySections(number, lines, family) {
  const [does, suffers, shares] = SIDES[family];
  const sides = [
    [suffers, lines.filter((line) => !line.symmetric && line.target === number)],
    [does, lines.filter((line) => !line.symmetric && line.source === number)],
    [shares, lines.filter((line) => line.symmetric)],
  ];
  return sides.flatMap(([words, members]) => {
    // Support, ties and signals are never one sum: each tier has its own heading.
    const tiers = family === "backing" ? Object.keys(TIERS) : [null];
    return tiers.flatMap((tier) => {
      const items = members
        .map((line) => [line, line.relations.filter((each) => isFact(each) && (tier === null || DATA.relations[each.id].tier === tier))])
        .filter(([, relations]) => relations.length)
        .sort(([a, r], [b, s]) => Math.max(...s.map((each) => each.documents)) - Math.max(...r.map((each) => each.documents)) || a.rank - b.rank);
      if (!items.length) return [];
      return [
        heading(3, sample(family, { arrow: words !== shares }), `${words}${tier ? `: ${TIERS[tier]}` : ""} (${items.length})`),
        el("ul", { class: "list" }, items.map(([line, relations]) => lineButton(line, number, relations))),
      ];
    });
  });
}

function introPanel() {
  const drawn = RANKED.filter((line) => shown.lines.has(line.number));
  const strongest = (family) => drawn.filter((line) => line.family === family).sort((a, b) => b.documents - a.documents || a.rank - b.rank).slice(0, 5);
  const most = [...shown.actors].sort((a, b) => ACTORS[b].degree - ACTORS[a].degree || a - b).slice(0, 6);
  return [
    heading(2, "Who backs whom"),
    el("p", { class: "lead" }, "Click a line to read the sentences behind it, or an actor for its profile. Double-click an actor to bring in all its links."),
    most.length ? heading(3, "Most linked") : null,
    el("ul", { class: "list" }, most.map((number) => el("li", null, el("button", { type: "button", onclick: () => choose("actor", number) },
      el("b", null, text(nameOf(number))), el("span", { class: "n" }, `${count(ACTORS[number].degree, "actor")} linked`))))),
    ...["backing", "opposing", "fighting"].flatMap((family) => {
      const lines = strongest(family);
      if (!lines.length) return [];
      return [heading(3, sample(family, { arrow: true }), { backing: "Strongest backing", opposing: "Strongest opposition", fighting: "Most reported fighting" }[family]),
        el("ul", { class: "list" }, lines.map((line) => lineButton(line, null, line.relations.filter(isFact))))];
    }),
  ];
}
