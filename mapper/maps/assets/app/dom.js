// Elements, made one way only: text becomes text nodes, and handlers are functions.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text of a report: isolated, in its own direction. */
const said = (tag, text, attributes = {}) => element(tag, { dir: "auto", text, ...attributes });

/** A link where the address may be one, else plain text. */
function link(address, words) {
  const href = safeLink(address);
  if (!href) return said("span", words || address || "");
  return said("a", words || address, { href, target: "_blank", rel: "noopener noreferrer" });
}

/** A quote in which the first place where each of the given words stands is marked. */
function marked(quote, words) {
  const node = element("blockquote", { dir: "auto" });
  const hits = [];
  for (const word of words) {
    const at = word ? quote.indexOf(word) : -1;
    if (at >= 0 && !hits.some(([a, b]) => at < b && at + word.length > a)) hits.push([at, at + word.length]);
  }
  hits.sort((a, b) => a[0] - b[0]);
  let done = 0;
  for (const [from, to] of hits) {
    node.append(quote.slice(done, from), element("mark", { text: quote.slice(from, to) }));
    done = to;
  }
  node.append(quote.slice(done));
  return node;
}
