// What is filtered, what is open, and the address that says so. No drawing here.

/** Columns to lookups: the places of each incident, the incidents that name it, its types and days. */
function makeModel(data) {
  for (const name of ["incidents", "places", "reports"]) data[name] = expand(data[name]);
  const incidents = data.incidents;
  const n = incidents.incident_id.length;
  const types = [...new Set(incidents.event_type)];
  const order = Object.keys(tongue.words);
  const rank = (type) => (order.indexOf(`type_${type}`) + order.length + 1) % (order.length + 1);
  types.sort((a, b) => rank(a) - rank(b) || (String(a) < String(b) ? -1 : 1));
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const [from, to] = daysOf(incidents, i);
    if (from === null) continue;
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
  const model = { data, incidents, n, ...placeLists(data.places.incident, n), types, first, last, dated: first <= last, texts: [], sources: [], answers: new Map() };
  model.statuses = [...new Set(incidents.status)].sort((a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b));
  incidents.relations.forEach((links, i) => {
    for (const [kind, j] of links || []) model.answers.set(j, [...(model.answers.get(j) || []), [kind, i]]);
  });
  return model;
}

const daysOf = (of, i) => [of.date_start[i] ?? of.date_end[i], of.date_end[i] ?? of.date_start[i]];

/** Rows of the places by incident, in two plain arrays: lists of a million incidents would fill the memory. */
function placeLists(incident, n) {
  const starts = new Int32Array(n + 1);
  for (const i of incident) starts[i + 1]++;
  for (let i = 0; i < n; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const rows = new Int32Array(incident.length);
  incident.forEach((i, row) => (rows[next[i]++] = row));
  return { starts, rows };
}
const placesOf = (model, i) => Array.from(model.rows.subarray(model.starts[i], model.starts[i + 1]));

/** Report of a document: its title, address and day; of one that is not in the page, its id. */
function reportOf(model, doc) {
  const all = model.data.reports;
  if (typeof doc !== "number") return { title: doc, url: null, published: null };
  return { title: all.title[doc] || all.doc_id[doc], url: all.url[doc], published: all.published[doc], id: all.doc_id[doc] };
}

/** All that is said of an incident, in small letters, for the search. Made when first needed. */
function searchText(model, i) {
  const of = model.incidents;
  const at = model.data.places;
  return (model.texts[i] ??= fold(
    [
      typeWords(of.event_type[i]), of.event_subtype[i], of.weapon[i], of.date_text[i],
      ...(of.perpetrators[i] || []), ...(of.denied_by?.[i] || []), ...(of.targets[i] || []), ...(of.sources[i] || []),
      ...of.quotes[i].map((quote) => quote[0]),
      ...placesOf(model, i).flatMap((row) => [at.place_name[row], at.admin1[row], at.country[row]]),
      ...of.documents[i].map((doc) => reportOf(model, doc).title),
      of.incident_id[i],
    ].filter(Boolean).join("\n"),
  ));
}

/** Whom the reports cite, and the reports: what the filter for sources looks at. */
function sourceText(model, i) {
  const of = model.incidents;
  const reports = of.documents[i].map((doc) => reportOf(model, doc));
  return (model.sources[i] ??= fold(
    [...(of.sources[i] || []), ...reports.flatMap(({ title, url }) => [title, url]), ...(of.links[i] || [])].filter(Boolean).join("\n"),
  ));
}
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const newFilters = (model) => ({
  search: "", off: new Set(), offStatus: new Set(), from: model.first, to: model.last, undated: true, confidence: 0, killed: 0, source: "",
});

const killedOf = (of, i) => of.killed_best[i] ?? of.killed_low[i] ?? of.killed_high[i];

/** Indices of the incidents that pass every filter. A span of days passes when it touches the chosen span. */
function filtered(model, filters) {
  const of = model.incidents;
  const words = fold(filters.search).split(/\s+/).filter(Boolean);
  const source = fold(filters.source.trim());
  const out = [];
  for (let i = 0; i < model.n; i++) {
    if (filters.off.has(of.event_type[i]) || filters.offStatus.has(of.status[i])) continue;
    const [from, to] = daysOf(of, i);
    if (from === null ? !filters.undated : from > filters.to || to < filters.from) continue;
    if (filters.confidence && (of.confidence[i] ?? 0) < filters.confidence) continue;
    if (filters.killed && (killedOf(of, i) ?? 0) < filters.killed) continue;
    if (source && !sourceText(model, i).includes(source)) continue;
    if (words.length && !words.every((word) => searchText(model, i).includes(word))) continue;
    out.push(i);
  }
  return out;
}

/** The newest first; what has no date, and no count of killed, stands at the end. */
function sorted(model, shown, by) {
  const of = model.incidents;
  const day = (i) => daysOf(of, i)[0];
  const keys = {
    newest: (i) => -(day(i) ?? -Infinity),
    oldest: (i) => day(i) ?? Infinity,
    killed: (i) => -(killedOf(of, i) ?? -1),
    type: (i) => model.types.indexOf(of.event_type[i]),
    report: (i) => i,
  };
  const key = new Float64Array(model.n);
  for (const i of shown) key[i] = keys[by](i);
  return shown.slice().sort((a, b) => key[a] - key[b] || a - b); // two without a day: no number, so in the order of the reports
}
const SORTS = ["newest", "oldest", "killed", "type", "report"];
const MODES = ["symbols", "heat", "provinces"];

/** State to the part of the address after "#", and back. Types go by name, so that a link outlives a change of the data. */
function toHash({ filters, open, view, sort, mode, layers, language, step }, model) {
  const p = new URLSearchParams();
  if (view) p.set("v", view.map((value, i) => value.toFixed(i < 2 ? 4 : 2)).join("/"));
  if (filters.from !== model.first || filters.to !== model.last) p.set("t", `${isoDay(filters.from)}/${isoDay(filters.to)}`);
  filters.off.forEach((type) => p.append("x", type ?? ""));
  filters.offStatus.forEach((status) => p.append("z", status ?? ""));
  if (!filters.undated) p.set("u", "0");
  if (filters.confidence) p.set("c", filters.confidence);
  if (filters.killed) p.set("k", filters.killed);
  if (filters.source) p.set("w", filters.source);
  if (filters.search) p.set("q", filters.search);
  if (sort !== "newest") p.set("s", sort);
  if (mode !== "symbols") p.set("m", mode);
  for (const [key, on] of Object.entries(layers)) if (on !== LAYERS_ON(key)) p.append("l", `${on ? "" : "-"}${key}`);
  if (language) p.set("lang", language);
  if (step !== null) p.set("y", step + 1);
  if (open !== null) p.set("i", model.incidents.incident_id[open]);
  return `#${p}`;
}
const LAYERS_ON = (key) => key !== "mentions";

function fromHash(hash, model, layerKeys) {
  const p = new URLSearchParams(hash.replace(/^#/, ""));
  const filters = newFilters(model);
  const view = (p.get("v") || "").split("/").map(Number);
  const times = (p.get("t") || "").split("/").map((text) => Math.round(Date.parse(text) / 864e5));
  if (times.length === 2 && times.every(Number.isFinite)) {
    filters.from = Math.min(Math.max(times[0], model.first), model.last);
    filters.to = Math.max(Math.min(times[1], model.last), filters.from);
  }
  const restore = (set, values, known) => {
    for (const value of values) {
      const found = known.find((one) => (one ?? "") === value);
      if (found !== undefined) set.add(found);
    }
  };
  restore(filters.off, p.getAll("x"), model.types);
  restore(filters.offStatus, p.getAll("z"), model.statuses);
  filters.undated = p.get("u") !== "0";
  filters.confidence = [0.5, 0.75, 0.9].find((share) => share === Number(p.get("c"))) || 0;
  filters.killed = Math.max(0, Math.floor(Number(p.get("k"))) || 0);
  filters.source = p.get("w") || "";
  filters.search = p.get("q") || "";
  const open = p.has("i") ? model.incidents.incident_id.indexOf(p.get("i")) : -1;
  const sane = view.length === 3 && view.every(Number.isFinite) && Math.abs(view[0]) <= 90;
  const choice = (key, among) => (among.includes(p.get(key)) ? p.get(key) : among[0]);
  const layers = Object.fromEntries(layerKeys.map((key) => [key, LAYERS_ON(key)]));
  for (const word of p.getAll("l")) {
    const key = word.replace(/^-/, "");
    if (Object.hasOwn(layers, key)) layers[key] = word === key;
  }
  const steps = model.data.story ? model.data.story.steps.length : 0;
  const step = Number(p.get("y")) >= 1 && Number(p.get("y")) <= steps ? Math.floor(Number(p.get("y"))) - 1 : null;
  return {
    filters, view: sane ? view : null, open: open >= 0 ? open : null, step, layers,
    sort: choice("s", SORTS), mode: choice("m", MODES), language: Object.hasOwn(LANGUAGES, p.get("lang") || "") ? p.get("lang") : null,
  };
}
