// The controls that filter, and their places after the filters were changed elsewhere.

const MOST_SUGGESTED = 300; // sources offered while one types

function makeFilters(model, actions) {
  const of = model.incidents;
  const timeline = model.dated && model.last > model.first ? makeTimeline(model, actions) : null;
  const types = ticks("types", t("types"), model.types, of.event_type, (type) => [glyphPicture(type, {}, 20), said("span", typeWords(type))], (type, on) => actions.toggle("off", type, on));
  if (model.types.length > 1) {
    const all = (on) => button(t(on ? "all" : "none"), () => actions.allTypes(on), { class: "quiet", "aria-label": t(on ? "all_types" : "no_types") });
    types.node.append(element("p.pair", all(true), all(false)));
  }
  const statuses = ticks("types", t("status"), model.statuses, of.status, (status) => [said("span", status ? statusWords(status) : "?")], (status, on) => actions.toggle("offStatus", status, on));
  const undated = element("input", { type: "checkbox", onchange: () => actions.change({ undated: undated.checked }) });
  const hasUndated = of.date_start.some((day, i) => day === null && of.date_end[i] === null);
  const killed = element("input", { type: "number", min: 0, step: 1, inputmode: "numeric", oninput: () => actions.later({ killed: Math.max(0, Math.floor(+killed.value) || 0) }) });
  const confidence = element(
    "select", { onchange: () => actions.change({ confidence: +confidence.value }) },
    element("option", { value: 0 }, t("any")),
    ...[LOW_CONFIDENCE, HIGH_CONFIDENCE, 0.9].map((share) => element("option", { value: share }, tongue.share.format(share))),
  );
  const source = element("input", { type: "text", list: "sources", autocomplete: "off", oninput: () => actions.later({ source: source.value }) });
  const box = element("details.filters", { ontoggle: () => box.open && suggest(model, box) },
    element("summary", t("filters")),
    types.node,
    model.statuses.length > 1 ? statuses.node : null,
    element("fieldset.more",
      labelled(t("min_killed"), killed), labelled(t("min_confidence"), confidence), labelled(t("source_filter"), source),
      element("datalist", { id: "sources" }),
      timeline && hasUndated ? element("label.one", undated, element("span", t("undated"))) : null,
    ),
    element("p.pair", button(t("reset"), actions.reset, { class: "quiet" })),
  );
  return { box, types, statuses, timeline, undated, killed, confidence, source };
}

/** A group of boxes, one for each value of a column, with how often it stands there. */
function ticks(name, title, values, column, words, change) {
  const counts = new Map();
  for (const value of column) counts.set(value, (counts.get(value) || 0) + 1);
  const boxes = new Map();
  const node = element("fieldset", { class: name }, element("legend", title));
  for (const value of values) {
    const box = element("input", { type: "checkbox", onchange: () => change(value, box.checked) });
    boxes.set(value, box);
    node.append(element("label", box, ...words(value), element("span.n", number(counts.get(value)))));
  }
  return { node, boxes };
}

/** The sources most often cited and the reports, offered while one types; gathered when the filters are first opened. */
function suggest(model, box) {
  const list = box.querySelector("datalist");
  if (list.childElementCount) return;
  const counts = new Map();
  const add = (name) => name && counts.set(name, (counts.get(name) || 0) + 1);
  for (let i = 0; i < model.n; i++) {
    (model.incidents.sources[i] || []).forEach(add);
    model.incidents.documents[i].forEach((doc) => add(reportOf(model, doc).title));
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_SUGGESTED);
  list.append(...most.map(([value]) => element("option", { value })));
}

function syncFilters(controls, model, filters, shown) {
  const { types, statuses, timeline, undated, killed, confidence, source } = controls;
  for (const [type, box] of types.boxes) box.checked = !filters.off.has(type);
  for (const [status, box] of statuses.boxes) box.checked = !filters.offStatus.has(status);
  undated.checked = filters.undated;
  confidence.value = filters.confidence;
  if (+killed.value !== filters.killed) killed.value = filters.killed || "";
  if (source.value !== filters.source) source.value = filters.source;
  if (timeline) syncTimeline(timeline, model, filters, shown);
}
