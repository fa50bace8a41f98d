// The panel of one incident, of the incidents of one cluster or area, or of a feature of a user's own layer.

/** Heading of an incident: what, and where. */
function heading(model, i) {
  const names = placeNames(model, i);
  return { type: typeWords(model.incidents.event_type[i]), place: names.length ? names.join(", ") : t("place_unknown") };
}

const shownPlaces = (model, i) => placesOf(model, i).filter((row) => onMap(model.data.places.place_role[row]));
const placeNames = (model, i) => [...new Set(shownPlaces(model, i).map((row) => model.data.places.place_name[row]).filter(Boolean))];

function isPlaced(model, i) {
  const at = model.data.places;
  for (let k = model.starts[i]; k < model.starts[i + 1]; k++) {
    const row = model.rows[k];
    if (onMap(at.place_role[row]) && (at.lon[row] !== null || at.area[row] !== null)) return true;
  }
  return false;
}

function cardHead(title, note, close, picture = null) {
  const words = element("h2", { id: "panel-title", tabindex: "-1" }, said("span", title), " ", said("small", note));
  return element("div.card-head", picture, words, button("×", close, { class: "icon", "aria-label": t("close") }));
}

function incidentCard(model, i, { close, choose }) {
  const of = model.incidents;
  const { type, place } = heading(model, i);
  return element("div.card",
    cardHead(type, place, close, glyphPicture(of.event_type[i], looks(model, i), 30)),
    element("p.tags", ...tags(model, i)),
    facts(model, i),
    figures(model, i),
    related(model, i, choose),
    quotesOf(model, i),
    sourcesOf(model, i),
    element("p.fine", `${t("incident_id")} `, said("code", of.incident_id[i])),
  );
}

const looks = (model, i) => ({ faint: isFaint(model, i), hollow: isHollow(model, i) });

function tags(model, i) {
  const tag = (words, look = "") => element(`span.tag${look}`, words);
  return [
    isHollow(model, i) ? tag(statusWords(model.incidents.status[i]), ".strong") : null,
    isFaint(model, i) ? tag(t("low_confidence"), ".dashed") : null,
    isPlaced(model, i) ? null : tag(t("not_on_map")),
  ].filter(Boolean);
}

const harmWords = (harm) => either("harm", harm);
/** A figure of families is none of people, and says so. */
const unitWords = (unit, figure) => (known(`unit_${unit}`) ? t(`unit_${unit}`, figure) : figure);
const tollWords = (model, harm, i) => countWords(...["low", "best", "high"].map((bound) => model.incidents[`${harm}_${bound}`]?.[i] ?? null));

function facts(model, i) {
  const of = model.incidents;
  const list = element("dl");
  const row = (name, ...parts) => {
    const kept = parts.filter((part) => part !== null && part !== undefined && part !== "");
    if (kept.length) list.append(element("dt", name), element("dd", { dir: "auto" }, ...kept));
  };
  row(t("when"), said("span", whenWords(of.date_start[i], of.date_end[i], of.date_precision[i], false)), dateNote(model, i));
  for (const place of placesOf(model, i)) row(...placeRow(model, place));
  if (!placesOf(model, i).length) row(t("where"), t("no_place"));
  for (const harm of model.data.harms) row(harmWords(harm), tollWords(model, harm, i));
  for (const [word, names] of actorsOf(of, i)) row(t(word), names.join(", "));
  row(t("against"), (of.targets[i] || []).join(", "));
  row(t("weapon"), of.weapon[i]);
  row(t("kind"), of.event_subtype[i] && of.event_subtype[i].replaceAll("_", " "));
  row(t("said_by"), (of.sources[i] || []).join(", "));
  row(t("confidence"), confidenceWords(of.confidence[i]));
  row(t("review"), of.review_status[i] !== "unreviewed" ? of.review_status[i] : null);
  return list;
}

/** Who did it, as the report tells it; who only claims it, is accused of it or denies it stands apart. */
function actorsOf(of, i) {
  const [told, claimed, blamed, denied] = ["perpetrators", "claimed_by", "blamed", "denied_by"].map((name) => of[name][i] || []);
  const apart = new Set([...claimed, ...blamed]);
  return [["by", told.filter((name) => !apart.has(name))], ["claimed_by", claimed], ["blamed", blamed], ["denied_by", denied]];
}

function dateNote(model, i) {
  const of = model.incidents;
  const how = known(`date_${of.date_precision[i]}`) ? t(`date_${of.date_precision[i]}`) : null;
  const note = element("small");
  if (how) note.append(how);
  if (of.date_text[i]) note.append(how ? t("and_also") : "", t("written"), " ", said("q", of.date_text[i]));
  return note.childNodes.length ? note : null;
}

function placeRow(model, row) {
  const at = model.data.places;
  const role = at.place_role[row];
  const [words, kind] = placeWords(at.place_name[row], at.precision[row]);
  const around = [...new Set([at.admin1[row], at.country[row]])].filter((name) => name && name !== at.place_name[row]);
  const distance = distanceWords(at.uncertainty_m[row]);
  const isPoint = at.lon[row] !== null;
  const note = [kind];
  if (isPoint && distance) note.push(t("within", distance));
  if (!isPoint && at.area[row] === null) note.push(t("not_drawn"));
  return [onMap(role) ? t("where") : either("role", role), said("span", [words, ...around].join(", ")), element("small", note.join(t("and_also")))];
}

/** Who gives which figure, where more than one does for one harm, or where it is none of people. */
function figures(model, i) {
  const all = model.incidents.counts[i] || [];
  const counts = all.filter(([harm, , , , , , unit]) => known(`unit_${unit}`) || all.filter((other) => other[0] === harm).length > 1);
  if (!counts.length) return null;
  const rows = counts.map(([harm, low, best, high, source, doc, unit]) => {
    const report = numberOf(model, doc);
    const title = report === undefined ? doc : reportOf(model, report).title;
    const who = source || t("the_report");
    const where = model.incidents.documents[i].length > 1 && title ? [" (", said("span", title), ")"] : [];
    return element("li", `${harmWords(harm)}: ${unitWords(unit, countWords(low, best, high))} — `, said("span", who), ...where);
  });
  return element("section.sources", element("h3", t("who_counts")), element("ul", ...rows));
}

function numberOf(model, id) {
  model.reportNumbers ??= new Map(model.data.reports.doc_id.map((known, k) => [known, k]));
  return model.reportNumbers.get(id);
}

/** Incidents that this one answers or follows, and those that answer it, each to be opened. */
function related(model, i, choose) {
  const to = (prefix) => ([kind, j]) => element("div.relation", said("h4", either(prefix, kind || "related")), rowButton(model, j, () => choose(j), false));
  const links = [...(model.incidents.relations[i] || []).map(to("rel")), ...(model.answers.get(i) || []).map(to("rev"))];
  return links.length ? element("section.sources.rows", element("h3", t("related")), ...links) : null;
}

function quotesOf(model, i) {
  const of = model.incidents;
  if (!of.quotes[i].length) return null;
  const box = element("section.quotes", { "aria-label": t("evidence") });
  const words = [...(of.marks[i] || []), ...placeNames(model, i), of.date_text[i], of.weapon[i]];
  for (const [quote, doc] of of.quotes[i]) {
    const report = reportOf(model, doc);
    const published = report.published ?? of.published[i];
    const credit = element("p.credit", "— ", link(report.url || (of.links[i] || [])[0], report.title || t("the_source")));
    if (published !== null) credit.append(", ", dayWords(published, true));
    box.append(marked(quote, words), credit);
  }
  return box;
}

/** Reports that tell of the incident and are not named under a quote already. */
function sourcesOf(model, i) {
  const of = model.incidents;
  const quoted = new Set(of.quotes[i].map((quote) => quote[1]));
  const reports = of.documents[i].filter((doc) => !quoted.has(doc)).map((doc) => reportOf(model, doc));
  const others = (of.links[i] || []).slice(of.quotes[i].length ? 1 : 0);
  const all = [...reports.map(({ url, title }) => link(url, title)), ...others.map((address) => link(address, address))];
  const box = element("section.sources");
  if ((of.n_reports[i] || 0) > 1) box.append(element("p.fine", t("told_in", of.n_reports[i])));
  if (all.length) box.append(element("h3", t("reports")), element("ul", ...all.map((one) => element("li", one))));
  return box.childElementCount ? box : null;
}

/** Several incidents at one spot or in one area. */
function groupCard(model, title, note, incidents, { close, choose }) {
  const rows = incidents.slice(0, 500).map((i) => element("div", { role: "listitem" }, rowButton(model, i, () => choose(i), false)));
  return element("div.card", cardHead(title, note, close), element("div.rows", { role: "list" }, ...rows));
}

/** A feature of a user's own layer: what its file says of it, as text. */
function featureCard(name, feature, close) {
  const list = element("dl");
  for (const [key, value] of feature.properties) list.append(said("dt", key), said("dd", value));
  return element("div.card", cardHead(name, "", close), list);
}

/** One incident in a list. */
function rowButton(model, i, choose, named = true) {
  const of = model.incidents;
  const { type, place } = heading(model, i);
  const meta = element("span.meta", element("time", whenWords(of.date_start[i], of.date_end[i], of.date_precision[i], true)));
  const killed = tollWords(model, "killed", i);
  if (killed !== null && killed !== "0") meta.append(element("span.toll", t("n_killed", killed, killedOf(of, i))));
  meta.append(...tags(model, i));
  return element(
    "button", { type: "button", class: "row", "data-incident-id": named ? of.incident_id[i] : null, onclick: choose },
    glyphPicture(of.event_type[i], looks(model, i), 22),
    element("span.row-text", said("strong", place), said("span", type, { class: "kind" }), meta),
  );
}
