// What leaves the page carries its marks: status, paraphrase, read by machine.
function save(name, type, content) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const url = URL.createObjectURL(blob);
  const anchor = el("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function cell(value) {
  // A cell that begins like a formula would be run by a spreadsheet.
  const words = String(value ?? "");
  return `"${(/^[=+\-@\t\r]/.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`;
}

function quotesAsCsv() {
  const rows = [["source", "relation", "target", "family", "status", "date", "attributed_to", "confidence", "quote", "paraphrase", "publisher", "title",
    "published", "url", "based_on", "document", "assertion", "notice"]];
  for (const line of RANKED.filter((each) => shown.lines.has(each.number))) {
    for (const relation of line.relations) {
      for (const quote of relation.quotes) {
        const document = DATA.documents[quote.document];
        rows.push([nameOf(line.source), relation.id, nameOf(line.target), line.family, quote.group, quote.date, quote.attributed, quote.confidence,
          quote.parts.map(([words]) => words).join(""), document.original ? "yes" : "no", document.publisher, document.title, document.date, document.url,
          document.original ? citation(document) : "", document.id, quote.id, NOTICE]);
      }
    }
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function linksAsJson() {
  const links = RANKED.filter((line) => shown.lines.has(line.number)).map((line) => ({
    source: ACTORS[line.source].key, target: ACTORS[line.target].key, family: line.family, symmetric: line.symmetric,
    documents: line.documents, outlets: line.outlets, single_source: line.single,
    relations: line.relations.map((relation) => ({ ...relation, quotes: relation.quotes.map((quote) => ({
      ...quote, document: DATA.documents[quote.document].id, paraphrase: Boolean(DATA.documents[quote.document].original) })) })),
  }));
  const documents = new Set(links.flatMap((link) => link.relations.flatMap((relation) => relation.quotes.map((quote) => quote.document))));
  return JSON.stringify({
    title: DATA.title, notice: NOTICE, view: location.hash.slice(1), totals: DATA.totals,
    actors: [...shown.actors].sort((a, b) => a - b).map((number) => ACTORS[number]), links,
    documents: DATA.documents.filter((document) => documents.has(document.id)),
  }, null, 1);
}

function picture() {
  const from = byId("network").querySelector("canvas");
  const ratio = from.width / byId("network").clientWidth;
  const canvas = document.createElement("canvas");
  const families = DATA.families.filter((family) => [...shown.lines].some((number) => LINES[number].family === family));
  const foot = 64 * ratio;
  canvas.width = from.width;
  canvas.height = from.height + foot;
  const context = canvas.getContext("2d");
  context.fillStyle = colour("map");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(from, 0, 0);
  context.scale(ratio, ratio);
  const bottom = from.height / ratio;
  context.textBaseline = "middle";
  context.font = `600 13px ${FONT}`;
  context.fillStyle = colour("ink");
  context.fillText(`${DATA.title} · ${byId("summary").textContent}`, 12, bottom + 10, canvas.width / ratio - 24);
  context.font = `12px ${FONT}`;
  let x = 12;
  for (const family of families) {
    context.strokeStyle = colour(family);
    context.lineWidth = 2.5;
    context.setLineDash(DRAWING.dashes[family] || []);
    context.beginPath();
    context.moveTo(x, bottom + 31);
    context.lineTo(x + 36, bottom + 31);
    context.stroke();
    context.fillText(family, x + 42, bottom + 31);
    x += 56 + context.measureText(family).width;
  }
  context.fillText(`${byId("basis").textContent} ${NOTICE} Only affirmed, actual acts are drawn.`, 12, bottom + 51, canvas.width / ratio - 24);
  return canvas;
}

function startSharing() {
  byId("save-csv").addEventListener("click", () => save("map-quotes.csv", "text/csv;charset=utf-8", quotesAsCsv()));
  byId("save-json").addEventListener("click", () => save("map-links.json", "application/json", linksAsJson()));
  byId("save-png").addEventListener("click", () => picture().toBlob((blob) => save("map.png", "image/png", blob)));
  byId("copy-link").addEventListener("click", (event) => copyText(location.href, event.target));
}
