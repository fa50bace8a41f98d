// The list beside the map with its search and filters.

const LIST_STEP = 400; // rows put into the document at a time; the next ones follow as the end comes near

function makeSidebar(model, actions) {
  const count = element("p", { "data-count": "", role: "status", "aria-live": "polite" });
  const search = element("input", {
    type: "search", "data-search": "", id: "search", placeholder: "Search places, actors, words of the reports", "aria-label": "Search incidents", autocomplete: "off",
  });
  const list = element("ul", { class: "rows", id: "rows", "aria-label": "Incidents" });
  const filters = makeFilters(model, actions);
  const order = element(
    "select", { id: "order", "aria-label": "Order of the list" },
    ...[["newest", "Newest first"], ["oldest", "Oldest first"], ["killed", "Most killed first"], ["type", "By type"], ["report", "As reported"]].map(([value, words]) => element("option", { value, text: words })),
  );
  search.addEventListener("input", () => actions.later({ search: search.value }));
  order.addEventListener("change", () => actions.sort(order.value));
  const file = (kind, words) => element("button", { type: "button", "data-download": kind, text: words, title: `Download the incidents shown as ${words}`, onclick: () => actions.download(kind) });
  const share = element("button", { type: "button", text: "Copy link", title: "Copy the address of this view", onclick: () => actions.share(share) });
  const side = element(
    "aside", { class: "side", "aria-label": "Incidents" },
    element("header", {}, said("h1", model.data.title), count),
    element("div", { class: "tools" }, search, filters.box),
    element("div", { class: "order" }, order),
    element("div", { class: "scroll", id: "scroll" }, list),
    element("footer", {}, element("span", { text: "Download" }), file("geojson", "GeoJSON"), file("csv", "CSV"), share, element("button", { type: "button", text: "Print", onclick: () => window.print() })),
  );
  return { side, count, search, list, order, filters, rest: [], model, actions };
}

/** Show the filtered incidents, all of them: the first rows now, the others as one scrolls. */
function fillList(sidebar, shown, open) {
  const { model, list, count } = sidebar;
  const total = model.n;
  count.textContent = total === 0 ? "No incidents found" : shown.length === total ? plural(total, "incident", "incidents") : `${shown.length.toLocaleString("en")} of ${plural(total, "incident", "incidents")}`;
  const unplaced = shown.filter((i) => !isPlaced(model, i)).length;
  if (unplaced) count.append(element("span", { class: "fine", text: ` · ${unplaced.toLocaleString("en")} not on the map` }));
  sidebar.rest = shown.slice();
  list.replaceChildren();
  sidebar.side.querySelector(".nothing")?.remove();
  if (!shown.length) list.before(nothing(total));
  growList(sidebar);
  markRow(sidebar, open);
}

const nothing = (total) =>
  total
    ? element("p", { class: "nothing", text: "Nothing passes the filters. Widen the dates, switch types on, or empty the search." })
    : element("p", { class: "nothing", text: "No incidents were found in these reports. Places they mention, if any, can be shown with the switch on the map." });

function growList(sidebar, all = false) {
  const next = sidebar.rest.splice(0, all ? sidebar.rest.length : LIST_STEP);
  const rows = next.map((i) => element("li", {}, rowButton(sidebar.model, i, () => sidebar.actions.open(i, true))));
  sidebar.list.append(...rows);
}

/** Add rows when the end of the list comes near, and all of them before printing. */
function watchList(sidebar) {
  const scroll = sidebar.side.querySelector(".scroll");
  const near = () => {
    const box = matchMedia("(max-width: 760px)").matches ? document.scrollingElement : scroll;
    while (sidebar.rest.length && box.scrollTop + 2.5 * box.clientHeight > box.scrollHeight) growList(sidebar);
  };
  scroll.addEventListener("scroll", near, { passive: true });
  window.addEventListener("scroll", near, { passive: true });
  window.addEventListener("beforeprint", () => growList(sidebar, true));
}

function markRow(sidebar, open) {
  for (const row of sidebar.list.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  if (open === null) return;
  const id = sidebar.model.incidents.incident_id[open];
  for (const row of sidebar.list.querySelectorAll("[data-incident-id]")) {
    if (row.dataset.incidentId !== id) continue;
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
  }
}

// Filters ----------------------------------------------------------------------------------------------------------

function makeFilters(model, actions) {
  const counts = new Map(model.types.map((type) => [type, 0]));
  for (const type of model.incidents.event_type) counts.set(type, counts.get(type) + 1);
  const boxes = new Map();
  const types = element("fieldset", { class: "types" }, element("legend", { text: "Types" }));
  for (const type of model.types) {
    const box = element("input", { type: "checkbox", checked: true, onchange: () => actions.toggleType(type, box.checked) });
    boxes.set(type, box);
    types.append(element("label", {}, box, glyphPicture(type, {}, 20), said("span", typeWords(type)), element("span", { class: "n", text: counts.get(type).toLocaleString("en") })));
  }
  const all = (on) => element("button", { type: "button", class: "quiet", text: on ? "All" : "None", "aria-label": on ? "Show all types" : "Hide all types", onclick: () => actions.allTypes(on) });
  if (model.types.length > 1) types.append(element("p", { class: "pair" }, all(true), all(false)));
  const dates = model.dated && model.last > model.first ? makeDates(model, actions) : null;
  const hasUndated = model.incidents.date_start.some((day, i) => day === null && model.incidents.date_end[i] === null);
  const undated = element("input", { type: "checkbox", checked: true, onchange: () => actions.later({ undated: undated.checked }) });
  const hasFaint = model.incidents.confidence.some((value) => value !== null && value < LOW_CONFIDENCE);
  const confident = element("input", { type: "checkbox", onchange: () => actions.later({ confident: confident.checked }) });
  const box = element(
    "details", { class: "filters" },
    element("summary", {}, "Filters and symbols"),
    dates ? dates.box : null,
    dates && hasUndated ? element("label", {}, undated, element("span", { text: "Include incidents without a date" })) : null,
    hasFaint ? element("label", {}, confident, element("span", { text: "Hide low confidence" })) : null,
    types,
  );
  return { box, boxes, dates, undated, confident };
}

function makeDates(model, actions) {
  const range = (name) => element("input", { type: "range", min: model.first, max: model.last, step: 1, "aria-label": name });
  const from = range("From date");
  const to = range("To date");
  const words = element("p", { class: "span" });
  const bars = element("canvas", { class: "bars", "aria-hidden": "true" });
  from.addEventListener("input", () => actions.later({ from: Math.min(+from.value, +to.value) }));
  to.addEventListener("input", () => actions.later({ to: Math.max(+from.value, +to.value) }));
  return { box: element("fieldset", { class: "dates" }, element("legend", { text: "Dates" }), bars, from, to, words), from, to, words, bars };
}

/** Put the controls where the state says, and draw the bars: all incidents pale, those shown dark. */
function syncFilters(sidebar, filters, shown) {
  const { boxes, dates, undated, confident } = sidebar.filters;
  for (const [type, box] of boxes) box.checked = !filters.off.has(type);
  undated.checked = filters.undated;
  confident.checked = filters.confident;
  if (sidebar.search.value !== filters.search) sidebar.search.value = filters.search;
  if (!dates) return;
  dates.from.value = filters.from;
  dates.to.value = filters.to;
  dates.from.setAttribute("aria-valuetext", dayWords(filters.from));
  dates.to.setAttribute("aria-valuetext", dayWords(filters.to));
  dates.words.textContent = `${dayWords(filters.from, true)} – ${dayWords(filters.to, true)}`;
  drawBars(sidebar, shown);
}

function drawBars(sidebar, shown) {
  const { model, filters: { dates: { bars } } } = sidebar;
  const width = bars.clientWidth || 320;
  const height = 44;
  const ratio = window.devicePixelRatio || 1;
  bars.width = width * ratio;
  bars.height = height * ratio;
  const g = bars.getContext("2d");
  g.scale(ratio, ratio);
  const n = Math.min(60, model.last - model.first + 1);
  const count = (rows) => {
    const sums = new Array(n).fill(0);
    for (const i of rows) {
      const day = model.incidents.date_start[i] ?? model.incidents.date_end[i];
      if (day !== null) sums[Math.min(n - 1, Math.floor(((day - model.first) / (model.last - model.first + 1)) * n))]++;
    }
    return sums;
  };
  const all = count(model.incidents.event_type.keys());
  const most = Math.max(1, ...all);
  const draw = (sums, colour) => {
    g.fillStyle = colour;
    sums.forEach((sum, k) => sum && g.fillRect((k * width) / n, height - Math.max(2, (sum / most) * height), Math.max(1, width / n - 1), height));
  };
  draw(all, paint("--bar"));
  draw(count(shown), paint("--accent"));
}
