// The profile of an actor: what it may be asked, and all its links, each family and tier under its own heading.
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
    el("div", { class: "buttons asks" },
      ask("Who backs it", "backers"), ask("Whom it backs", "backed"), ask("Who opposes it", "opponents"), ask("Whom it opposes", "opposed")),
    el("div", { class: "buttons" },
      el("span", { class: "group", role: "group", "aria-label": "All within so many steps" },
        ask("1 step", "ego", 1), ask("2 steps", "ego", 2), ask("3 steps", "ego", 3)),
      el("button", { type: "button", "aria-pressed": String(opened), "data-ask": "expand", onclick: () => expand(number) }, "All its links"),
      pathForm(number)),
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
  ACTORS.map((actor, other) => [actor.name, other]).filter(([, other]) => other !== number && ACTORS[other].degree)
    .sort((a, b) => a[0].localeCompare(b[0], "en")).map(([name, other]) => el("option", { value: other }, name)));
  if (state.ask && state.ask.kind === "path" && state.ask.actors[0] === number) pick.value = String(state.ask.actors[1]);
  return pick;
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
