// Puts the page together: one state, one way from a change to what is drawn.

let started = false;

async function start(map) {
  if (started) return;
  started = true;
  const old = typeof DecompressionStream === "undefined";
  try {
    await run(map);
  } catch (error) {
    const plain = old ? "This browser is too old for this map. Any browser of 2023 or later shows it." : "This map could not be drawn.";
    const words = !known("failed") ? plain : t(old ? "old_browser" : "failed");
    document.body.prepend(element("p.nothing", { role: "alert" }, words));
    throw error;
  }
}

async function run(map) {
  const [data, outlines, table] = await Promise.all(["mapper-data", "mapper-basemap", "mapper-words"].map(unpack));
  const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
  speak(table, pickLanguage([asked, data.language], navigator.languages));
  const model = makeModel(data);
  const keys = ["points", "areas", "links", "zones", "mentions", ...data.overlays.map((_, k) => `own${k}`)];
  const state = fromHash(location.hash, model, keys);
  const scene = makeScene(map, model, makeBase(outlines), state);
  fillScene(scene, []);
  document.body.classList.add("mapper");
  const container = map.getContainer();
  container.setAttribute("role", "main");
  let [sidebar, panel, story, controls, timer, shownNow, quiet] = [null, null, null, null, 0, [], true];

  const actions = {
    change(change) {
      Object.assign(state.filters, change);
      refresh();
    },
    later(change) {
      Object.assign(state.filters, change);
      clearTimeout(timer);
      timer = setTimeout(refresh, 90);
    },
    toggle(group, value, on) {
      state.filters[group][on ? "delete" : "add"](value);
      refresh();
    },
    allTypes: (on) => actions.change({ off: new Set(on ? [] : model.types) }),
    reset: () => actions.change(newFilters(model)),
    sort(by) {
      state.sort = by;
      refresh();
    },
    mode(mode) {
      state.mode = scene.mode = mode;
      redraw();
    },
    layer(key, on) {
      state.layers[key] = on;
      redraw();
    },
    language(lang) {
      state.language = lang;
      speak(table, lang);
      model.texts = [];
      mount();
      document.querySelector("#language").focus();
    },
    step(to, relative) {
      state.step = relative ? state.step + to : to;
      takeStep();
    },
    open: openIncident,
    download(kind) {
      const name = model.n ? "incidents" : "no-incidents";
      if (kind === "csv") offer(`${name}.csv`, "text/csv;charset=utf-8", csvText(model, shownNow));
      else offer(`${name}.geojson`, "application/geo+json", geojsonText(model, shownNow));
    },
    async share(button_) {
      writeHash();
      const done = await navigator.clipboard.writeText(location.href).then(() => true, () => false);
      button_.textContent = t(done ? "copied" : "copy_by_hand");
      setTimeout(() => (button_.textContent = t("copy_link")), 2500);
    },
  };

  /** Build everything that has words; done again when another language is chosen. */
  function mount() {
    document.documentElement.lang = tongue.lang;
    document.documentElement.dir = tongue.lang === "ar" ? "rtl" : "ltr";
    document.title = titleOf(model);
    for (const old of [sidebar?.side, panel, story?.box]) old?.remove();
    sidebar?.filters.timeline?.stop();
    controls?.remove();
    container.setAttribute("aria-label", t("map_label"));
    sidebar = makeSidebar(model, actions);
    panel = element("section.panel", { "data-panel": "", role: "dialog", "aria-labelledby": "panel-title", hidden: true });
    story = makeStory(model, actions);
    document.body.prepend(sidebar.side);
    document.body.append(panel);
    if (story) document.body.append(story.box);
    map.invalidateSize({ animate: false });
    if (!scene.top) {
      if (state.view) map.setView([state.view[0], state.view[1]], state.view[2], { animate: false });
      else firstView(map, data.bounds);
      addLayers(map, scene, model);
    }
    controls = addControls(map, scene, model, actions);
    sidebar.filters.box.open = window.innerWidth > 760 && window.innerHeight > 640 && model.types.length > 1 && model.types.length <= 4;
    refresh();
    if (story) showStep(story, state.step);
    if (state.open !== null) openIncident(state.open, false);
  }

  function refresh() {
    clearTimeout(timer);
    shownNow = sorted(model, filtered(model, state.filters), state.sort);
    fillScene(scene, shownNow);
    fillSidebar(sidebar, shownNow, state);
    document.documentElement.dataset.shown = shownNow.length;
    redraw();
  }

  function redraw() {
    scene.top.redraw();
    syncKey(controls.key, scene);
    writeHash();
  }

  function writeHash() {
    if (quiet) return;
    const centre = map.getCenter();
    const hash = toHash({ ...state, view: [centre.lat, centre.lng, map.getZoom()] }, model);
    try {
      history.replaceState(null, "", hash);
    } catch {
      // A page inside a notebook has no address of its own.
    }
  }

  function openIncident(i, move) {
    state.open = scene.open = i;
    showPanel(incidentCard(model, i, { close: closePanel, choose: (j) => openIncident(j, true) }));
    markRow(sidebar.list, i);
    if (!move || !lookAt(map, scene, i)) scene.top.redraw(); // a move draws by itself
    writeHash();
  }

  function openCard(card) {
    state.open = scene.open = null;
    showPanel(card);
    markRow(sidebar.list, null);
    scene.top.redraw();
    writeHash();
  }
  const openGroup = (title, note, incidents) => openCard(groupCard(model, title, note, incidents, { close: closePanel, choose: (i) => openIncident(i, false) }));
  const openFeature = ({ feature, overlay }) => openCard(featureCard(overlay.name, feature, closePanel));

  function showPanel(card) {
    panel.replaceChildren(card);
    panel.hidden = false;
    panel.scrollTop = 0;
    document.body.classList.add("open");
    panel.querySelector("h2").focus({ preventScroll: true });
  }

  function closePanel() {
    const was = state.open;
    state.open = scene.open = null;
    panel.hidden = true;
    panel.replaceChildren();
    document.body.classList.remove("open");
    scene.top.redraw();
    writeHash();
    markRow(sidebar.list, null);
    const back = (was !== null && rowOf(sidebar.list, was)) || container;
    back.focus({ preventScroll: true });
  }

  function takeStep() {
    const step = showStep(story, state.step);
    const i = step?.incident ? model.incidents.incident_id.indexOf(step.incident) : -1;
    if (step?.view) map.setView([step.view[0], step.view[1]], step.view[2], { animate: false });
    if (i >= 0) openIncident(i, !step.view);
    else if (!panel.hidden) closePanel();
    writeHash();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) closePanel();
  });
  listen(map, scene, { openIncident, openGroup, openFeature });
  map.on("moveend", writeHash);
  const moved = state.view === null;
  mount();
  quiet = false;
  if (state.open !== null && moved) openIncident(state.open, true);
  dark.addEventListener("change", () => {
    scene.ground?.redraw();
    refresh();
  });
  watchPaper(map, scene, () => sidebar, refresh);
  document.documentElement.dataset.ready = "true";
}

/** Paper: the map in a strip as wide as the page, and the beginning of the list below it. */
function watchPaper(map, scene, sidebar, refresh) {
  let screen = 0;
  matchMedia("print").addEventListener("change", ({ matches }) => {
    const centre = map.getCenter();
    // The strip on paper is about half as high as a screen: one zoom out keeps what was in view.
    if (matches) screen = map.getZoom();
    const zoom = matches ? Math.max(map.getMinZoom(), screen - 1) : screen;
    // No wider than the world, so that nothing stands on it twice.
    map.getContainer().style.maxWidth = matches ? `${256 * 2 ** zoom}px` : "";
    map.invalidateSize({ animate: false, pan: false });
    map.setView(centre, zoom, { animate: false, reset: true });
    scene.ground?.redraw();
    const { list } = sidebar();
    if (!matches) return refresh();
    scene.top.redraw();
    const printed = fillForPrint(list);
    if (printed < list.shown.length) list.node.before(element("p.nothing", t("printed_part", printed)));
    return undefined;
  });
}

window.mapper = Object.freeze({ start });
