// Puts the page together: one state, one way from a change to what is drawn.

let started = false;

async function start(map) {
  if (started) return;
  started = true;
  try {
    await run(map);
  } catch (error) {
    const old = typeof DecompressionStream === "undefined";
    const words = old ? "This browser is too old for this map. Any browser of 2023 or later shows it." : "This map could not be drawn.";
    document.body.prepend(element("p", { role: "alert", class: "nothing", text: words }));
    throw error;
  }
}

async function run(map) {
  const [data, outlines] = await Promise.all([unpack("mapper-data"), unpack("mapper-basemap")]);
  const model = makeModel(data);
  const base = makeBase(outlines);
  const state = { ...fromHash(location.hash, model), group: null };
  const scene = makeScene(map, model, base);
  fillScene(scene, []);
  let timer = 0;
  let quiet = true;

  const actions = {
    later(change) {
      Object.assign(state.filters, change);
      clearTimeout(timer);
      timer = setTimeout(refresh, 90);
    },
    toggleType(type, on) {
      state.filters.off[on ? "delete" : "add"](type);
      refresh();
    },
    allTypes(on) {
      state.filters.off = new Set(on ? [] : model.types);
      refresh();
    },
    sort(by) {
      state.sort = by;
      refresh();
    },
    open: openIncident,
    download(kind) {
      const name = model.n ? "incidents" : "no-incidents";
      if (kind === "csv") offer(`${name}.csv`, "text/csv;charset=utf-8", csvText(model, shownNow));
      else offer(`${name}.geojson`, "application/geo+json", geojsonText(model, shownNow));
    },
    async share(button) {
      writeHash();
      try {
        await navigator.clipboard.writeText(location.href);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Copy it from the address bar";
      }
      setTimeout(() => (button.textContent = "Copy link"), 2500);
    },
  };

  const sidebar = makeSidebar(model, actions);
  const panel = element("section", { class: "panel", "data-panel": "", role: "dialog", "aria-labelledby": "panel-title", hidden: true });
  let shownNow = [];
  const container = map.getContainer();
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", "Map of incidents. The list holds the same incidents.");
  document.body.classList.add("mapper");
  document.body.prepend(sidebar.side);
  document.body.append(panel);
  map.invalidateSize({ animate: false });

  if (state.view) map.setView([state.view[0], state.view[1]], state.view[2], { animate: false });
  else firstView(map, data.bounds);
  addLayers(map, scene, model);
  sidebar.order.value = state.sort;
  sidebar.filters.box.open = window.innerWidth > 760 && window.innerHeight > 640 && model.types.length > 1 && model.types.length <= 4;

  function refresh() {
    shownNow = sorted(model, filtered(model, state.filters), state.sort);
    fillScene(scene, shownNow);
    fillList(sidebar, shownNow, state.open);
    syncFilters(sidebar, state.filters, shownNow);
    scene.top.redraw();
    document.documentElement.dataset.shown = shownNow.length;
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
    showPanel(incidentCard(model, i, { close: closePanel }));
    markRow(sidebar, i);
    if (!move || !lookAt(map, scene, i)) scene.top.redraw(); // a move draws by itself
    writeHash();
  }

  function openGroup(title, note, incidents) {
    state.open = scene.open = null;
    showPanel(groupCard(model, title, note, incidents, { close: closePanel, choose: (i) => openIncident(i, false) }));
    scene.top.redraw();
    writeHash();
  }

  function showPanel(card) {
    panel.replaceChildren(card);
    panel.hidden = false;
    panel.scrollTop = 0;
    document.body.classList.add("open");
    panel.querySelector("h2").focus({ preventScroll: true });
  }

  function closePanel() {
    const id = state.open === null ? null : model.incidents.incident_id[state.open];
    state.open = scene.open = null;
    panel.hidden = true;
    panel.replaceChildren();
    document.body.classList.remove("open");
    scene.top.redraw();
    writeHash();
    const row = [...sidebar.list.querySelectorAll("[data-incident-id]")].find((one) => one.dataset.incidentId === id);
    markRow(sidebar, null);
    row?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) closePanel();
  });
  listen(map, scene, { openIncident, openGroup });
  watchList(sidebar);

  map.on("moveend", writeHash);
  refresh();
  quiet = false;
  if (state.open !== null) openIncident(state.open, !state.view);
  dark.addEventListener("change", () => {
    scene.ground?.redraw();
    scene.top.redraw();
    fillList(sidebar, shownNow, state.open);
  });
  matchMedia("print").addEventListener("change", (event) => {
    const [centre, zoom] = [map.getCenter(), map.getZoom()];
    map.invalidateSize({ animate: false, pan: false });
    // The strip on paper is about half as high as a screen: one zoom out keeps what was in view.
    map.setView(centre, zoom + (event.matches ? -1 : 1), { animate: false, reset: true });
    scene.ground?.redraw();
    scene.top.redraw();
  });
  sidebar.filters.box.addEventListener("toggle", () => syncFilters(sidebar, state.filters, shownNow));
  document.documentElement.dataset.ready = "true";
}

/** Outlines or tiles below, incidents above; what a user adds with folium lies between them. */
function addLayers(map, scene, model) {
  map.createPane("outlines").style.zIndex = 150;
  const pane = map.createPane("incidents");
  pane.style.zIndex = 450;
  pane.style.pointerEvents = "none";
  map.attributionControl.setPrefix(false);
  const escape = (text) => element("span", { text }).innerHTML;
  const tiles = model.data.tiles;
  if (tiles) {
    L.tileLayer(tiles.url, { maxZoom: tiles.max_zoom, subdomains: tiles.subdomains, attribution: escape(tiles.credit), referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
  } else {
    scene.ground = new CanvasLayer((g, view) => drawBase(g, view, scene.base), "outlines").addTo(map);
    map.attributionControl.addAttribution("Natural Earth · GeoNames · Leaflet");
  }
  scene.top = new CanvasLayer((g, view) => {
    scene.pad = view.pad;
    drawScene(g, view, scene);
  }, "incidents").addTo(map);
  L.control.zoom({ position: "topright" }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false }).addTo(map);
  addControls(map, scene, model);
}

function addControls(map, scene, model) {
  const control = (position, node) => {
    const made = L.control({ position });
    made.onAdd = () => {
      L.DomEvent.disableClickPropagation(node);
      L.DomEvent.disableScrollPropagation(node);
      return node;
    };
    made.addTo(map);
  };
  const layer = (key, words) => {
    const box = element("input", { type: "checkbox", checked: scene.layers[key], onchange: () => { scene.layers[key] = box.checked; scene.top.redraw(); } });
    return element("label", {}, box, element("span", { text: words }));
  };
  const mentions = model.data.mentions.lon.length;
  const narrow = window.innerWidth <= 760;
  control("topright", element(
    "details", { class: "box", open: !narrow }, element("summary", { text: "Layers" }),
    layer("points", "Incidents"), layer("areas", "Areas"), mentions ? layer("mentions", `Places mentioned (${mentions})`) : null,
  ));
  control("bottomright", element("details", { class: "box legend" }, element("summary", { text: "How to read this map" }), legend()));
}

function legend() {
  const line = (picture, words) => element("p", {}, picture, element("span", { text: words }));
  const sample = (draw) => {
    const canvas = element("canvas", { width: 72, height: 48, class: "sample", "aria-hidden": "true" });
    const g = canvas.getContext("2d");
    g.scale(2, 2);
    draw(g);
    return canvas;
  };
  const area = (precision) => sample((g) => {
    g.strokeStyle = paint("--mixed");
    g.fillStyle = hatch(g, precision, paint("--mixed"));
    g.fillRect(3, 3, 30, 18);
    g.strokeRect(3.5, 3.5, 29, 17);
  });
  const ring = sample((g) => {
    g.strokeStyle = paint("--mixed");
    g.setLineDash([4, 3]);
    g.beginPath();
    g.arc(18, 12, 10.5, 0, 7);
    g.stroke();
    drawGlyph(g, "protest", 18, 12, 5, { rim: paint("--panel") });
  });
  const symbol = (options) => sample((g) => drawGlyph(g, "protest", 18, 12, 7, { rim: paint("--panel"), ...options }));
  return element(
    "div", {},
    line(ring, "A point, and the ring within which the place lies"),
    line(area("adm2"), "Somewhere in this district or province (dense lines)"),
    line(area("country"), "Somewhere in this country, sea or region (wide lines)"),
    line(symbol({ faint: true }), "Low confidence: pale and dashed"),
    line(symbol({ hollow: true }), "Attempted, threatened, planned or denied: hollow"),
    element("p", { class: "fine", text: "Outlines: Natural Earth, which draws borders as they are held, not as they are claimed; disputed ones are dashed. They are no statement on sovereignty. City names: GeoNames (CC BY 4.0)." }),
  );
}

/** Where the incidents are; the world where nothing has a place. */
function firstView(map, bounds) {
  if (!bounds) {
    map.setView([22, 15], map.getSize().x > 900 ? 2.4 : 1, { animate: false });
    return;
  }
  const [west, south, east, north] = bounds;
  const pad = Math.round(Math.min(48, map.getSize().x / 10));
  map.fitBounds([[Math.max(-75, south), west], [Math.min(80, north), east]], { padding: [pad, pad], maxZoom: 9, animate: false });
}

/** Bring an open incident into the part of the map that the panel leaves free; true when the map moved. */
function lookAt(map, scene, i) {
  const { model, at } = scene;
  const rows = model.places[i].filter((row) => onMap(at.place_role[row]));
  const centre = map.getCenter().lng;
  const near = (lon) => lon + 360 * Math.round((centre - lon) / 360);
  const points = rows.filter((row) => at.lon[row] !== null).map((row) => [at.lat[row] / 1e5, near(at.lon[row] / 1e5)]);
  const boxes = rows.filter((row) => at.area[row] !== null).map((row) => model.data.areas[at.area[row]].box);
  if (!points.length && !boxes.length) return false;
  const bounds = L.latLngBounds(points);
  for (const [west, south, east, north] of boxes) {
    const turn = near((west + east) / 2) - (west + east) / 2;
    bounds.extend([Math.max(-80, south), west + turn]).extend([Math.min(82, north), east + turn]);
  }
  const size = map.getSize();
  const wide = window.innerWidth > 760;
  const left = wide ? Math.min(400, size.x * 0.55) : 30;
  const free = L.bounds([left, 40], [size.x - 60, size.y - 40]);
  const inView = (latLng) => free.contains(map.latLngToContainerPoint(latLng));
  const corners = [bounds.getSouthWest(), bounds.getNorthEast()];
  // One point: near enough for its ring to be seen, not so near that the outlines have nothing left to say.
  const ring = Math.max(...rows.map((row) => at.uncertainty_m[row] || 0), 500);
  const close = Math.max(7, Math.min(10, Math.floor(Math.log2((EARTH_METRES * 40) / (256 * ring)))));
  const zoom = points.length === 1 && !boxes.length ? Math.max(map.getZoom(), close) : map.getZoom();
  if (corners.every(inView) && zoom === map.getZoom()) return false;
  map.fitBounds(bounds, { paddingTopLeft: [left, 40], paddingBottomRight: [60, 40], maxZoom: boxes.length ? 9 : zoom, animate: false });
  return true;
}

function listen(map, scene, { openIncident, openGroup }) {
  const { model } = scene;
  const under = (event) => hitTest(scene, event.containerPoint, scene.pad);
  const tip = L.tooltip({ direction: "top", offset: [0, -10], opacity: 1, className: "tip" });
  map.on("click", (event) => {
    const hit = under(event);
    if (!hit || hit.kind === "mention") return;
    if (hit.kind === "point") openIncident(hit.i, false);
    else if (hit.kind === "area") openArea(hit.group);
    else openCluster(hit);
  });
  map.on("mousemove", (event) => {
    const hit = under(event);
    map.getContainer().classList.toggle("over", Boolean(hit && hit.kind !== "mention"));
    if (!hit || hit.kind === "area") {
      map.closeTooltip(tip);
      return;
    }
    tip.setLatLng([hit.lat, hit.lon]).setContent(said("span", tipWords(hit)));
    map.openTooltip(tip);
  });
  map.on("mouseout movestart", () => map.closeTooltip(tip));

  function tipWords(hit) {
    if (hit.kind === "cluster") return plural(hit.count, "incident", "incidents");
    if (hit.kind === "mention") return `${model.data.mentions.name[hit.k]}: mentioned ${plural(model.data.mentions.count[hit.k], "time", "times")}`;
    const { type, place } = heading(model, hit.i);
    const of = model.incidents;
    return `${type}: ${place}, ${whenWords(of.date_start[hit.i], of.date_end[hit.i], of.date_precision[hit.i], true)}`;
  }

  function openArea(group) {
    const incidents = scene.shown.filter((i) => group.incidents.has(i));
    if (incidents.length === 1) return openIncident(incidents[0], false);
    const [words, kind] = placeWords(scene.at.place_name[group.rows[0]], scene.at.precision[group.rows[0]]);
    return openGroup(words, `${kind}: ${plural(incidents.length, "incident", "incidents")}`, incidents);
  }

  function openCluster(hit) {
    const zoom = scene.index.getClusterExpansionZoom(hit.id);
    if (zoom <= map.getMaxZoom()) return map.setView([hit.lat, hit.lon], zoom, { animate: false });
    const found = new Set(scene.index.getLeaves(hit.id, Infinity).map((leaf) => leaf.properties.i));
    return openGroup(plural(found.size, "incident", "incidents"), "at this spot", scene.shown.filter((i) => found.has(i)));
  }
}

window.mapper = Object.freeze({ start });
