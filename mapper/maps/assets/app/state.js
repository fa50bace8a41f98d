// What is filtered, what is open, and the address that says so. No drawing here.

/** Columns to lookups: the text to search, the places of each incident, and the reports by id. */
function makeModel(data) {
  const incidents = data.incidents;
  const n = incidents.incident_id.length;
  const places = Array.from({ length: n }, () => []);
  data.places.incident.forEach((i, row) => places[i].push(row));
  const reportById = new Map(data.reports.doc_id.map((id, row) => [id, row]));
  const types = [...new Set(incidents.event_type)];
  const known = Object.keys(TYPE_WORDS);
  const rank = (type) => (known.indexOf(type) + known.length + 1) % (known.length + 1);
  types.sort((a, b) => rank(a) - rank(b) || (typeWords(a) < typeWords(b) ? -1 : 1));
  const days = incidents.date_start.map((day, i) => day ?? incidents.date_end[i]).filter((day) => day !== null);
  const ends = incidents.date_end.filter((day) => day !== null);
  const first = days.reduce((a, b) => Math.min(a, b), Infinity);
  const last = days.concat(ends).reduce((a, b) => Math.max(a, b), -Infinity);
  return { data, incidents, n, places, reportById, types, first, last, dated: days.length > 0, texts: new Array(n) };
}

/** All that is said of an incident, in small letters, for the search. Made when first needed. */
function searchText(model, i) {
  if (model.texts[i] === undefined) {
    const of = model.incidents;
    const rows = model.places[i];
    const at = model.data.places;
    model.texts[i] = fold(
      [
        typeWords(of.event_type[i]), of.event_subtype[i], of.weapon[i], of.date_text[i],
        ...(of.perpetrators[i] || []), ...(of.targets[i] || []), ...(of.sources[i] || []),
        ...of.quotes[i].map((quote) => quote[0]),
        ...rows.flatMap((row) => [at.place_name[row], at.admin1[row], at.country[row]]),
        ...of.documents[i].map((id) => model.data.reports.title[model.reportById.get(id)]),
        of.incident_id[i],
      ].filter(Boolean).join("\n"),
    );
  }
  return model.texts[i];
}
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const newFilters = (model) => ({
  search: "", off: new Set(), from: model.first, to: model.last, undated: true, confident: false,
});

/** Indices of the incidents that pass every filter. A span of days passes when it touches the chosen span. */
function filtered(model, filters) {
  const of = model.incidents;
  const words = fold(filters.search).split(/\s+/).filter(Boolean);
  const out = [];
  for (let i = 0; i < model.n; i++) {
    if (filters.off.has(of.event_type[i])) continue;
    const from = of.date_start[i] ?? of.date_end[i];
    const to = of.date_end[i] ?? of.date_start[i];
    if (from === null ? !filters.undated : from > filters.to || to < filters.from) continue;
    if (filters.confident && (of.confidence[i] ?? 0) < LOW_CONFIDENCE) continue;
    if (words.length) {
      const text = searchText(model, i);
      if (!words.every((word) => text.includes(word))) continue;
    }
    out.push(i);
  }
  return out;
}

/** The newest first; what has no date stands at the end. */
function sorted(model, shown, by) {
  const of = model.incidents;
  const day = (i) => of.date_start[i] ?? of.date_end[i];
  const keys = {
    newest: (a, b) => (day(b) ?? -Infinity) - (day(a) ?? -Infinity) || a - b,
    oldest: (a, b) => (day(a) ?? Infinity) - (day(b) ?? Infinity) || a - b,
    killed: (a, b) => (of.killed_best[b] ?? of.killed_low[b] ?? -1) - (of.killed_best[a] ?? of.killed_low[a] ?? -1) || a - b,
    type: (a, b) => model.types.indexOf(of.event_type[a]) - model.types.indexOf(of.event_type[b]) || a - b,
    report: (a, b) => a - b,
  };
  return shown.slice().sort((a, b) => keys[by](a, b) || 0);
}

/** State to the part of the address after "#", and back. Types go by name, so that a link outlives a change of the data. */
function toHash({ filters, open, view, sort }, model) {
  const p = new URLSearchParams();
  if (view) p.set("v", view.map((value, i) => value.toFixed(i < 2 ? 4 : 1)).join("/"));
  if (filters.from !== model.first || filters.to !== model.last) p.set("t", `${isoDay(filters.from)}/${isoDay(filters.to)}`);
  filters.off.forEach((type) => p.append("x", type ?? ""));
  if (!filters.undated) p.set("u", "0");
  if (filters.confident) p.set("c", "1");
  if (filters.search) p.set("q", filters.search);
  if (sort !== "newest") p.set("s", sort);
  if (open !== null) p.set("i", model.incidents.incident_id[open]);
  return `#${p}`;
}

function fromHash(hash, model) {
  const p = new URLSearchParams(hash.replace(/^#/, ""));
  const filters = newFilters(model);
  const view = (p.get("v") || "").split("/").map(Number);
  const times = (p.get("t") || "").split("/").map((text) => Math.round(Date.parse(text) / 864e5));
  if (times.length === 2 && times.every(Number.isFinite)) {
    filters.from = Math.min(Math.max(times[0], model.first), model.last);
    filters.to = Math.max(Math.min(times[1], model.last), filters.from);
  }
  for (const type of p.getAll("x")) {
    const known = model.types.find((t) => (t ?? "") === type);
    if (known !== undefined) filters.off.add(known);
  }
  filters.undated = p.get("u") !== "0";
  filters.confident = p.get("c") === "1";
  filters.search = p.get("q") || "";
  const open = p.has("i") ? model.incidents.incident_id.indexOf(p.get("i")) : -1;
  const sane = view.length === 3 && view.every(Number.isFinite) && Math.abs(view[0]) <= 90;
  const sort = ["newest", "oldest", "killed", "type", "report"].includes(p.get("s")) ? p.get("s") : "newest";
  return { filters, view: sane ? view : null, open: open >= 0 ? open : null, sort };
}
