// What stands on the map: zoom, scale, full screen, the choice of view and layers, the key and the legend.

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
}

/** Put the controls on the map; gives a function that takes them off again. */
function addControls(map, scene, model, actions) {
  const ltr = document.documentElement.dir !== "rtl";
  const [near, far] = ltr ? ["left", "right"] : ["right", "left"];
  const made = [
    L.control.zoom({ position: `top${far}`, zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }),
    L.control.scale({ position: `bottom${far}`, imperial: false }),
  ];
  const control = (position, node) => {
    const one = L.control({ position });
    one.onAdd = () => {
      L.DomEvent.disableClickPropagation(node);
      L.DomEvent.disableScrollPropagation(node);
      return node;
    };
    made.push(one);
  };
  if (document.fullscreenEnabled) {
    const toggle = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    control(`top${far}`, button("⛶", toggle, { class: "box full", title: t("full_screen"), "aria-label": t("full_screen") }));
  }
  const key = element("div", { class: "box key", hidden: true });
  control(`top${far}`, layersBox(scene, model, actions));
  control(`bottom${near}`, key);
  control(`bottom${far}`, element("details", { class: "box legend" }, element("summary", { text: t("legend") }), legend(model)));
  made.forEach((one) => one.addTo(map));
  return { key, remove: () => made.forEach((one) => one.remove()) };
}

function layersBox(scene, model, actions) {
  const { data } = model;
  const mode = (value, words) => element("label", {}, element("input", { type: "radio", name: "mode", value, checked: scene.mode === value, onchange: () => actions.mode(value) }), element("span", { text: words }));
  const layer = (key, words) => tick(words, scene.layers[key], (on) => actions.layer(key, on));
  const when = (some, made) => (some ? made() : null);
  const links = model.answers.size;
  return element(
    "details", { class: "box layers", open: scene.map.getSize().x > 800 }, element("summary", { text: t("layers") }),
    mode("symbols", t("incidents")), mode("heat", t("heat")), when(data.provinces.name.length, () => mode("provinces", t("provinces"))),
    element("hr"),
    layer("points", t("points")), layer("areas", t("areas")),
    when(links, () => layer("links", t("links"))),
    when(data.zones.area.length, () => layer("zones", t("zones"))),
    when(data.mentions.lon.length, () => layer("mentions", t("mentions", data.mentions.lon.length))),
    ...data.overlays.map(({ name }, k) => layer(`own${k}`, name || t("own_layer", k + 1))),
  );
}

/** The colours of the heat and province views, from few to many. */
function syncKey(box, scene) {
  const shown = densityKey(scene);
  box.hidden = shown === null;
  if (!shown) return;
  const strip = element("canvas", { "aria-hidden": "true" });
  const g = sharpCanvas(strip, 120, 10);
  shown.colours.forEach((colour, k) => {
    g.fillStyle = colour;
    g.fillRect((k * 120) / shown.colours.length, 0, 120 / shown.colours.length + 1, 10);
  });
  box.replaceChildren(element("p", { dir: "ltr" }, element("span", { text: shown.from }), strip, element("span", { text: shown.to })));
  if (shown.note) box.append(element("p", { class: "fine", text: shown.note }));
}

function legend(model) {
  const line = (picture, key) => element("p", {}, picture, element("span", { text: t(key) }));
  const sample = (draw) => {
    const canvas = element("canvas", { class: "sample", "aria-hidden": "true" });
    draw(sharpCanvas(canvas, 36, 24));
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
    drawGlyph(g, "protest", 18, 12, 5);
  });
  const symbol = (options) => sample((g) => drawGlyph(g, "protest", 18, 12, 7, options));
  return element(
    "div", {},
    line(ring, "legend_ring"), line(area("adm2"), "legend_near"), line(area("country"), "legend_wide"),
    line(symbol({ faint: true }), "legend_faint"), line(symbol({ hollow: true }), "legend_hollow"),
    model.answers.size ? line(sample((g) => drawArc(g, { x: 3, y: 20 }, { x: 43, y: 14 })), "legend_arc") : null,
    element("p", { class: "fine", text: t("borders_policy") }),
  );
}
