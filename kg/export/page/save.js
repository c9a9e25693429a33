// What leaves the page carries its marks: status, paraphrase, the filters set, read by machine.
function save(name, type, content) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const url = URL.createObjectURL(blob);
  const anchor = el("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// What is selected: the reports that pass the filters, of the links drawn.
function selected(line, relation) {
  const found = standing(line);
  if (!found || !found.relations.has(relation.id)) return [];
  const groups = isGhost(line) ? found.groups : state.groups;
  return relation.quotes.filter((quote) => {
    const day = quote.date || DATA.documents[quote.document].date;
    const report = { relation: relation.id, confidence: quote.confidence, outlet: DATA.documents[quote.document].origin, day };
    return groups.includes(quote.group) && passes(report, state);
  });
}

function cell(value) {
  // A cell that begins like a formula would be run by a spreadsheet.
  const words = String(value ?? "");
  return `"${(/^\s*[=+\-@\t\r]/.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`;
}

function quotesAsCsv() {
  const rows = [["source", "relation", "target", "family", "status", "date", "attributed_to", "confidence", "quote", "paraphrase", "publisher", "title",
    "published", "url", "based_on", "document", "assertion", "notice"]];
  for (const line of shownLines()) {
    for (const relation of line.relations) {
      for (const quote of selected(line, relation)) {
        const document = DATA.documents[quote.document];
        rows.push([nameOf(line.source), relation.id, nameOf(line.target), line.family, quote.group, quote.date, quote.attributed, quote.confidence,
          quote.parts.map(([words]) => words).join(""), document.original ? "yes" : "no", document.publisher, document.title, document.date, document.url,
          document.original ? citation(document) : "", document.id, quote.id, `${NOTICE} ${CUT}`.trim()]);
      }
    }
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function linksAsJson() {
  const links = shownLines().map((line) => ({
    source: ACTORS[line.source].key, target: ACTORS[line.target].key, family: line.family, symmetric: line.symmetric, fact: !isGhost(line),
    documents: isGhost(line) ? 0 : standing(line).documents, outlets: isGhost(line) ? 0 : standing(line).outlets, single_source: line.single,
    relations: line.relations.filter(({ id }) => standing(line).relations.has(id)).map((relation) => ({
      relation: relation.id, documents: relation.documents, outlets: relation.outlets, first: relation.first, last: relation.last,
      verdict: relation.verdict || null, counts: relation.counts,
      quotes: selected(line, relation).map((quote) => ({ ...quote, document: DATA.documents[quote.document].id, paraphrase: Boolean(DATA.documents[quote.document].original) })) })),
  }));
  const documents = new Set(links.flatMap((link) => link.relations.flatMap((relation) => relation.quotes.map((quote) => quote.document))));
  return `${JSON.stringify({
    title: DATA.title, notice: NOTICE, quotes: DATA.quotes, view: location.hash.slice(1), filters: filterWords(), totals: DATA.totals,
    actors: [...shown.actors].sort((a, b) => a - b).map((number) => ACTORS[number]), links,
    documents: DATA.documents.filter((document) => documents.has(document.id)),
  }, null, 1)}\n`;
}

const NODE_FIELDS = ["kind", "sector", "iso3", "group"];
const EDGE_FIELDS = [["relation", "string"], ["family", "string"], ["status", "string"], ["symmetric", "boolean"], ["documents", "integer"], ["outlets", "integer"],
  ["single_source", "boolean"], ["paraphrased", "boolean"], ["first", "string"], ["last", "string"]];

// GEXF 1.2, which Gephi, Gephi Lite and NetworkX read. Built as a document, so that no text can become markup.
function graphAsGexf() {
  const space = "http://www.gexf.net/1.2draft";
  const file = document.implementation.createDocument(space, "gexf");
  const add = (parent, name, attributes = {}, words = null, place = space) => {
    const element = file.createElementNS(place, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, String(value)));
    if (words !== null) element.textContent = words;
    parent.append(element);
    return element;
  };
  const viz = (parent, name, attributes) => add(parent, `viz:${name}`, attributes, null, `${space}/viz`);
  const root = file.documentElement;
  root.setAttribute("version", "1.2");
  const meta = add(root, "meta");
  add(meta, "creator", {}, "kg");
  add(meta, "description", {}, marks().join(". "));
  const graph = add(root, "graph", { defaultedgetype: "directed", mode: "static" });
  const fields = (name, list) => {
    const attributes = add(graph, "attributes", { class: name });
    list.forEach(([title, type], id) => add(attributes, "attribute", { id: `${name}-${id}`, title, type }));
  };
  fields("node", NODE_FIELDS.map((name) => [name, "string"]));
  fields("edge", EDGE_FIELDS);
  const values = (parent, name, list) => {
    const home = add(parent, "attvalues");
    list.forEach((value, id) => { if (value !== null && value !== undefined && value !== "") add(home, "attvalue", { for: `${name}-${id}`, value }); });
  };
  const nodes = add(graph, "nodes");
  for (const number of [...shown.actors].sort((a, b) => a - b)) {
    const actor = ACTORS[number];
    const node = add(nodes, "node", { id: actor.key, label: actor.name });
    values(node, "node", [actor.kind, actor.sector, actor.iso3, actor.bloc === null ? "" : `around ${nameOf(blocHead(actor.bloc))}`]);
    const { x, y } = network.getPosition(number);
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(blocColour(number).slice(at, at + 2), 16));
    viz(node, "color", { r, g, b });
    viz(node, "size", { value: nodeSet.get(number).size.toFixed(1) });
    viz(node, "position", { x: x.toFixed(1), y: (-y).toFixed(1), z: 0 });
  }
  const edges = add(graph, "edges");
  for (const [line, relation, status, number] of statements()) {
    const fact = status === "actual";
    const documents = relation.quotes.filter((quote) => quote.group === status).map((quote) => DATA.documents[quote.document]);
    const edge = add(edges, "edge", { id: `${line.number}-${relation.id}-${status}`, source: ACTORS[line.source].key, target: ACTORS[line.target].key,
      label: fact ? verb(relation.id) : `${verb(relation.id)} (${status})`, weight: fact ? Math.max(1, number) : 0 });
    values(edge, "edge", [relation.id, line.family, status, line.symmetric, number, fact ? relation.outlets : "", line.single, documents.some((each) => each.original),
      fact ? relation.first : "", fact ? relation.last : ""]);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}

// Each relation of each link drawn, once for each status that is asked for: [line, relation, status, documents].
function statements() {
  return shownLines().flatMap((line) => line.relations.flatMap((relation) => {
    const groups = isGhost(line) ? standing(line).groups : state.groups;
    return groups.map((group) => {
      const reports = line.reports.filter((report) => report.relation === relation.id && report.group === group && passes(report, state));
      const found = new Set(reports.map((report) => report.document)).size;
      return [line, relation, group, group === "actual" && !isBounded(state) ? relation.documents : found];
    }).filter(([, , , number]) => number > 0);
  }));
}

// The head of a group: the member with the most links, of all in the file.
const blocHead = (bloc) => ACTORS.reduce((best, actor, number) => (actor.bloc === bloc && (best === null || actor.degree > ACTORS[best].degree) ? number : best), null);

// What a picture or a file of this view must say of itself.
const marks = () => [DATA.title, [...summary(), ...filterWords()].join(" · "), FOOTER.querySelector("#basis").textContent, NOTICE,
  shown.lines.size && [...shown.lines].some((number) => shown.ghosts.has(number)) ? "Thin dotted threads are no facts" : "Only affirmed, actual acts are drawn"]
  .map((words) => words.replace(/[.\s]+$/, ""));

function startSaving() {
  const on = (id, work) => byId(id).addEventListener("click", () => { byId("share").open = false; work(); });
  on("save-csv", () => save("map-quotes.csv", "text/csv;charset=utf-8", quotesAsCsv()));
  on("save-json", () => save("map-links.json", "application/json", linksAsJson()));
  on("save-gexf", () => save("map.gexf", "application/xml", graphAsGexf()));
  on("save-svg", () => save("map.svg", "image/svg+xml", pictureAsSvg()));
  on("save-png", () => pictureAsPng().then((blob) => save("map.png", "image/png", blob)));
  on("print", () => window.print());
  window.addEventListener("beforeprint", drawForPaper);
  byId("copy-link").addEventListener("click", (event) => copyText(location.href, event.target));
  document.addEventListener("pointerdown", (event) => { if (!byId("share").contains(event.target)) byId("share").open = false; });
}
