// The panel of one incident, or of the incidents of one cluster or area.

/** Heading of an incident: what, and where. */
function heading(model, i) {
  const names = placeNames(model, i);
  return { type: typeWords(model.incidents.event_type[i]), place: names.length ? names.join(", ") : "Place not known" };
}

function placeNames(model, i) {
  const at = model.data.places;
  const rows = model.places[i].filter((row) => onMap(at.place_role[row]));
  const shown = rows.length ? rows : [];
  return [...new Set(shown.map((row) => at.place_name[row]).filter(Boolean))];
}

const isPlaced = (model, i) => {
  const at = model.data.places;
  return model.places[i].some((row) => onMap(at.place_role[row]) && (at.lon[row] !== null || at.area[row] !== null));
};

function incidentCard(model, i, { close }) {
  const of = model.incidents;
  const { type, place } = heading(model, i);
  const status = Object.hasOwn(STATUS_WORDS, of.status[i] || "") ? STATUS_WORDS[of.status[i]] : null;
  const title = element("h2", { id: "panel-title", tabindex: "-1" }, said("span", type), " ", said("small", place));
  return element(
    "div", { class: "card" },
    element("div", { class: "card-head" }, glyphPicture(of.event_type[i], looks(model, i), 30), title, closeButton(close)),
    tags(model, i, status),
    facts(model, i),
    quotesOf(model, i),
    sourcesOf(model, i),
    element("p", { class: "fine" }, "Incident ", said("code", of.incident_id[i])),
  );
}

const looks = (model, i) => ({ faint: isFaint(model, i), hollow: isHollow(model, i) });
const closeButton = (close) => element("button", { type: "button", class: "icon", "aria-label": "Close", onclick: close, text: "×" });

function tags(model, i, status) {
  const list = element("p", { class: "tags" });
  if (status) list.append(element("span", { class: "tag strong", text: status }));
  if (isFaint(model, i)) list.append(element("span", { class: "tag dashed", text: "Low confidence" }));
  if (!isPlaced(model, i)) list.append(element("span", { class: "tag", text: "Not on the map" }));
  return list.childElementCount ? list : null;
}

function facts(model, i) {
  const of = model.incidents;
  const list = element("dl");
  const row = (name, ...parts) => {
    const kept = parts.filter((part) => part !== null && part !== undefined && part !== "");
    if (kept.length) list.append(element("dt", { text: name }), element("dd", { dir: "auto" }, ...kept));
  };
  row("When", said("span", whenWords(of.date_start[i], of.date_end[i], of.date_precision[i], false)), dateNote(model, i));
  for (const place of placeRows(model, i)) row(place.name, ...place.parts);
  if (!model.places[i].length) row("Where", "The report names no place for it.");
  row("Killed", countWords(of.killed_low[i], of.killed_best[i], of.killed_high[i]));
  row("Injured", countWords(of.injured_low[i], of.injured_best[i], of.injured_high[i]));
  row("Missing", countWords(of.missing_low[i], of.missing_best[i], of.missing_high[i]));
  row("Abducted", countWords(of.abducted_low[i], of.abducted_best[i], of.abducted_high[i]));
  row("Arrested", countWords(of.arrested_low[i], of.arrested_best[i], of.arrested_high[i]));
  row("Displaced", countWords(of.displaced_low[i], of.displaced_best[i], of.displaced_high[i]));
  const accused = new Set(of.blamed[i] || []);
  const claimed = new Set(of.claimed_by[i] || []);
  row("By", (of.perpetrators[i] || []).filter((name) => !accused.has(name) && !claimed.has(name)).join(", "));
  row("Claimed by", [...claimed].join(", "));
  row("Blamed on", [...accused].join(", "));
  row("Denied by", (of.denied_by[i] || []).join(", "));
  row("Against", (of.targets[i] || []).join(", "));
  row("Weapon", of.weapon[i]);
  row("Kind", of.event_subtype[i] ? of.event_subtype[i].replaceAll("_", " ") : null);
  row("Said by", (of.sources[i] || []).join(", "));
  row("Confidence", confidenceWords(of.confidence[i]));
  row("Review", of.review_status[i] && of.review_status[i] !== "unreviewed" ? of.review_status[i] : null);
  return list;
}

function dateNote(model, i) {
  const of = model.incidents;
  const known = Object.hasOwn(DATE_PRECISION_WORDS, of.date_precision[i] || "") ? DATE_PRECISION_WORDS[of.date_precision[i]] : null;
  const note = element("small");
  if (known) note.append(known);
  if (of.date_text[i]) note.append(known ? "; written " : "Written ", said("q", of.date_text[i]));
  return note.childNodes.length ? note : null;
}

function placeRows(model, i) {
  const at = model.data.places;
  return model.places[i].map((row) => {
    const role = at.place_role[row];
    const [words, kind] = placeWords(at.place_name[row], at.precision[row]);
    const around = [...new Set([at.admin1[row], at.country[row]])].filter((name) => name && name !== at.place_name[row]);
    const distance = distanceWords(at.uncertainty_m[row]);
    const isPoint = at.lon[row] !== null;
    const drawn = isPoint || at.area[row] !== null;
    const note = [kind];
    if (isPoint && distance) note.push(`within about ${distance} of the point`);
    if (!drawn) note.push("not drawn: no outline or position is known");
    const name = onMap(role) ? "Where" : Object.hasOwn(ROLE_WORDS, role) ? ROLE_WORDS[role] : role.replaceAll("_", " ");
    return { name, parts: [said("span", [words, ...around].join(", ")), element("small", { text: note.join("; ") })] };
  });
}

function quotesOf(model, i) {
  const of = model.incidents;
  const box = element("section", { class: "quotes", "aria-label": "Evidence" });
  const words = [...placeNames(model, i), of.date_text[i], of.weapon[i]];
  for (const [quote, doc] of of.quotes[i]) {
    const report = model.reportById.get(doc);
    const title = report === undefined ? null : model.data.reports.title[report];
    const url = report === undefined ? of.links[i][0] : model.data.reports.url[report] || of.links[i][0];
    const published = report === undefined ? of.published[i] : model.data.reports.published[report] ?? of.published[i];
    const credit = element("p", { class: "credit" }, "— ", link(url, title || doc || "the report"));
    if (published !== null && published !== undefined) credit.append(`, ${dayWords(published, true)}`);
    box.append(marked(quote, words), credit);
  }
  return of.quotes[i].length ? box : null;
}

/** Reports that tell of the incident and are not named under a quote already. */
function sourcesOf(model, i) {
  const of = model.incidents;
  const quoted = new Set(of.quotes[i].map((quote) => quote[1]));
  const titles = of.documents[i].filter((id) => !quoted.has(id)).map((id) => {
    const report = model.reportById.get(id);
    return report === undefined ? [null, id] : [model.data.reports.url[report], model.data.reports.title[report] || id];
  });
  const shown = new Set(of.documents[i].map((id) => model.data.reports.url[model.reportById.get(id)]));
  const links = of.links[i].filter((address, k) => !shown.has(address) && !(k === 0 && of.quotes[i].length)).map((address) => [address, address]);
  const all = [...titles, ...links];
  const box = element("section", { class: "sources" });
  if ((of.n_reports[i] || 0) > 1) box.append(element("p", { class: "fine", text: `Told in ${of.n_reports[i]} reports.` }));
  if (all.length) box.append(element("h3", { text: "Reports" }), element("ul", {}, ...all.map(([url, words]) => element("li", {}, link(url, words)))));
  return box.childElementCount ? box : null;
}

/** Several incidents at one spot or in one area. */
function groupCard(model, title, note, incidents, { close, choose }) {
  return element(
    "div", { class: "card" },
    element("div", { class: "card-head" }, element("h2", { id: "panel-title", tabindex: "-1" }, said("span", title), " ", element("small", { text: note })), closeButton(close)),
    element("ul", { class: "rows" }, ...incidents.map((i) => element("li", {}, rowButton(model, i, () => choose(i), false)))),
  );
}

/** One incident in a list. */
function rowButton(model, i, choose, named = true) {
  const of = model.incidents;
  const { type, place } = heading(model, i);
  const killed = countWords(of.killed_low[i], of.killed_best[i], of.killed_high[i]);
  const status = Object.hasOwn(STATUS_WORDS, of.status[i] || "") ? STATUS_WORDS[of.status[i]] : null;
  const meta = element("span", { class: "meta" }, element("time", { text: whenWords(of.date_start[i], of.date_end[i], of.date_precision[i], true) }));
  if (killed !== null && killed !== "0") meta.append(element("span", { class: "toll", text: `${killed} killed` }));
  if (status) meta.append(element("span", { class: "tag", text: status }));
  if (isFaint(model, i)) meta.append(element("span", { class: "tag dashed", text: "Low confidence" }));
  if (!isPlaced(model, i)) meta.append(element("span", { class: "tag", text: "Not on the map" }));
  return element(
    "button", { type: "button", class: "row", "data-incident-id": named ? of.incident_id[i] : null, onclick: choose },
    glyphPicture(of.event_type[i], looks(model, i), 22),
    element("span", { class: "row-text" }, said("strong", place), said("span", type, { class: "kind" }), meta),
  );
}
