// The evidence behind a link, the profile of an actor, or where to begin.
function showPanel() {
  const panel = byId("panel");
  const { kind, number } = state.chosen || {};
  panel.replaceChildren(...(kind === "line" ? linePanel(LINES[number]) : kind === "actor" ? actorPanel(number) : introPanel()).filter(Boolean));
  if (isNarrow()) panel.append(FOOTER);
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
    CUT ? el("p", { class: "lead" }, CUT) : null,
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
    el("p", { class: "facts" }, [articles(relation.documents), count(relation.outlets, "outlet"), period(relation.first, relation.last), relation.verdict].filter(Boolean).join(" · ")),
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

function introPanel() {
  const drawn = RANKED.filter((line) => shown.lines.has(line.number));
  const strongest = (family) => drawn.filter((line) => line.family === family).sort((a, b) => b.documents - a.documents || a.rank - b.rank).slice(0, 5);
  const most = [...shown.actors].sort((a, b) => ACTORS[b].degree - ACTORS[a].degree || a - b).slice(0, 6);
  return [
    heading(2, state.ask ? text(askWords()) : "What stands out"),
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
