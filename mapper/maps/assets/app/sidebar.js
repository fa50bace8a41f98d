// What stands beside the map: title and count, search, filters, the list, and what can be taken away from it.

/** Heading of the page: as it was given, or else in the language of the page. */
const titleOf = (model) => (model.data.own_title ? model.data.title : t("title"));

function makeSidebar(model, actions) {
  const count = element("p", { "data-count": "", role: "status", "aria-live": "polite" });
  const search = element("input", { type: "search", "data-search": "", id: "search", placeholder: t("search_hint"), "aria-label": t("search"), autocomplete: "off" });
  search.addEventListener("input", () => actions.later({ search: search.value }));
  const filters = makeFilters(model, actions);
  const sorts = { newest: "newest", oldest: "oldest", killed: "killed_order", type: "by_type", report: "as_reported" };
  const order = choice("order", t("order"), Object.entries(sorts).map(([value, key]) => [value, t(key)]), actions.sort);
  const language = choice("language", t("language"), Object.entries(LANGUAGES), actions.language);
  language.value = tongue.lang;
  const list = makeList(model, (i) => actions.open(i, true));
  const file = (kind, words) => button(words, () => actions.download(kind), { "data-download": kind, title: t("download_as", words) });
  const share = button(t("copy_link"), () => actions.share(share));
  const story = model.data.story;
  const side = element("aside.side", { "aria-label": t("incidents") },
    element("header", said("h1", titleOf(model)), count, model.data.text_left_out ? element("p.fine", t("text_left_out")) : null),
    element("div.tools", story ? button(story.title || t("start_story"), () => actions.step(0), { class: "quiet story-start", dir: "auto" }) : null, search, filters.timeline?.box, filters.box),
    element("div.order", order, language),
    element("div.scroll", { id: "scroll" }, list.node),
    element("footer", element("span", t("download")), file("geojson", "GeoJSON"), file("csv", "CSV"), share, button(t("print"), () => window.print())),
  );
  return { side, count, search, list, order, filters, model };
}

function choice(id, name, options, change) {
  const select = element("select", { id, "aria-label": name }, ...options.map(([value, words]) => element("option", { value }, words)));
  select.addEventListener("change", () => change(select.value));
  return select;
}

/** Say how many incidents are shown and how many of these are not on the map, and list them. */
function fillSidebar(sidebar, shown, state) {
  const { model, list, count } = sidebar;
  const all = t("n_incidents", model.n);
  count.textContent = model.n === 0 ? t("none_found") : shown.length === model.n ? all : t("n_of", number(shown.length), all);
  const unplaced = shown.filter((i) => !isPlaced(model, i)).length;
  if (unplaced) count.append(element("span.fine", ` · ${t("n_unplaced", unplaced)}`));
  sidebar.side.querySelector(".nothing")?.remove();
  if (!shown.length) list.node.before(element("p.nothing", t(model.n ? "none_pass" : "no_incidents_long")));
  fillList(list, shown, state.open);
  sidebar.order.value = state.sort;
  if (sidebar.search.value !== state.filters.search) sidebar.search.value = state.filters.search;
  syncFilters(sidebar.filters, model, state.filters, shown);
}
