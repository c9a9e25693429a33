// Building blocks of the page. Text enters as text nodes only; no string is ever read as markup.
function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const text = (words) => el("bdi", null, words);

function follow(url, words) {
  // Checked when the file was written and again here: only web addresses become links.
  if (!/^https?:\/\//i.test(url || "")) return null;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, words);
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

// A piece of line as the map draws it.
function sample(family, { arrow = false, width = 2.5, pale = false, ghost = false } = {}) {
  const dash = ghost ? GHOST_DASH : DRAWING.dashes[family];
  const opacity = pale ? 0.62 : 1;
  return svg("svg", { width: 40, height: 10, viewBox: "0 0 40 10", class: `sample ${family}`.trim(), "aria-hidden": "true" },
    svg("line", { x1: 1, x2: arrow ? 32 : 39, y1: 5, y2: 5, stroke: "currentColor", "stroke-width": ghost ? 1.6 : width, opacity,
      ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}) }),
    ...(arrow ? [svg("path", { d: "M31 1 L39 5 L31 9 Z", fill: "currentColor", opacity })] : []));
}

function mark(kind, words) {
  return el("mark", { class: kind, title: kind }, words);
}

// A paraphrase is our words: it is labelled so, and the outlet is named only as what it is based on.
function citation(document) {
  const whole = ({ publisher, title, date }) => [publisher, title && `“${title}”`, date].filter(Boolean).join(", ");
  if (!document.original) return whole(document) || document.id;
  return `${document.publisher || "kg brief"}, paraphrase based on: ${whole(document.original) || "an original not named"}`;
}

function quoteCard(line, relation, quote) {
  const document = DATA.documents[quote.document];
  const words = quote.parts.map(([words, role]) => (role ? mark(role, words) : words));
  const address = document.original ? document.original.url || document.url : document.url;
  const copy = el("button", { type: "button", onclick: (event) => copyText(citedQuote(line, relation, quote), event.target) }, "Copy citation");
  const named = quote.source !== nameOf(line.source) || quote.target !== nameOf(line.target);
  const facts = [
    quote.date && `Date ${quote.date}`,
    quote.attributed ? `according to ${quote.attributed}` : null,
    quote.group === "negated" ? `negated${quote.status && quote.status !== "actual" ? `, ${quote.status}` : ""}` : `status ${quote.group}`,
    quote.background ? "mentioned as background" : null,
    `confidence ${quote.confidence.toFixed(2)}`,
    quote.about ? `about ${quote.about.join(", ")}` : null,
  ];
  return el("article", { class: "quote", "data-quote": quote.id },
    document.original
      ? [el("span", { class: "badge" }, "Paraphrase, not the outlet’s words"), el("p", { class: "paraphrase", dir: "auto" }, words)]
      : el("blockquote", { dir: "auto" }, words),
    el("cite", null, text(citation(document))),
    el("p", { class: "meta" }, text(facts.filter(Boolean).join(" · "))),
    named ? el("p", { class: "meta" }, "Named: ", text(`${quote.source} ${verb(relation.id)} ${quote.target}`)) : null,
    el("div", { class: "row" }, follow(address, document.original ? "Open the original" : "Open the article"),
      el("span", { class: "meta" }, "document ", text(document.id)), copy));
}

function citedQuote(line, relation, quote) {
  const document = DATA.documents[quote.document];
  const words = quote.parts.map(([words]) => words).join("");
  const address = document.original ? document.original.url || document.url : document.url;
  const body = document.original ? `${words} [paraphrase]` : `“${words}”`;
  return `${body} (${citation(document)}${address ? `, ${address}` : ""}). ${nameOf(line.source)} ${verb(relation.id)} ${nameOf(line.target)}; status: ${quote.group}. ${NOTICE}`;
}

async function copyText(words, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // Some browsers give no clipboard to a page from disk.
    const area = el("textarea", { class: "hidden" });
    area.value = words;
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = done ? "Copied" : "Could not copy";
  setTimeout(() => { button.textContent = before; }, 1500);
}

function lineButton(line, actor, relations) {
  const other = actor === null ? sentenceOf(line) : nameOf(otherEnd(line, actor));
  const words = actor === null ? null : text(relations.map((relation) => verb(relation.id)).join(", "));
  const documents = actor === null ? line.documents : Math.max(...relations.map((relation) => relation.documents), 0);
  return el("li", null, el("button", { type: "button", "data-line": line.number, onclick: () => choose("line", line.number) },
    el("b", null, text(other)), words && el("span", null, words),
    el("span", { class: "n" }, documents ? articles(documents) : "no fact")));
}
