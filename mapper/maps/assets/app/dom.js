// Elements, made one way only: text becomes text nodes, and handlers are functions.

/** An element of a tag and classes ("p.fine"), with attributes, where the first of the rest is a plain object, and children. */
function element(kind, ...rest) {
  const [tag, ...classes] = kind.split(".");
  const node = document.createElement(tag);
  const attributes = Object.getPrototypeOf(rest[0] ?? "") === Object.prototype ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.classList.add(...classes);
  node.append(...rest.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text of a report: isolated, in its own direction. */
const said = (tag, text, attributes = {}) => element(tag, { dir: "auto", ...attributes }, text);
const button = (text, onclick, attributes = {}) => element("button", { type: "button", onclick, ...attributes }, text);
const labelled = (words, control) => element("label", element("span", words), control);

/** A box to tick, with its words beside it. */
function tick(words, checked, change) {
  const box = element("input", { type: "checkbox", checked, onchange: () => change(box.checked) });
  return element("label", box, said("span", words));
}

/** A link where the address may be one, else plain text. */
function link(address, words) {
  const href = safeLink(address);
  if (!href) return said("span", words || address || "");
  return said("a", words || address, { href, target: "_blank", rel: "noopener noreferrer" });
}

/** Where each of the words first stands in a text, the longest first and without overlaps: [from, to], in order. */
function hitsOf(text, words) {
  const hits = [];
  for (const word of words.filter(Boolean).sort((a, b) => b.length - a.length)) {
    const at = text.indexOf(word);
    if (at >= 0 && !hits.some(([a, b]) => at < b && at + word.length > a)) hits.push([at, at + word.length]);
  }
  return hits.sort((a, b) => a[0] - b[0]);
}

/** A quote in which the first place where each of the given words stands is marked. */
function marked(quote, words) {
  const node = element("blockquote", { dir: "auto" });
  let done = 0;
  for (const [from, to] of hitsOf(quote, words)) {
    node.append(quote.slice(done, from), element("mark", quote.slice(from, to)));
    done = to;
  }
  node.append(quote.slice(done));
  return node;
}

/** Size a canvas for the screen's density; gives its context, in CSS pixels. */
function sharpCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  return g;
}
