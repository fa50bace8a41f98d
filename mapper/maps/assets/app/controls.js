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
    control(`top${far}`, button("", toggle, { class: "box full", title: t("full_screen"), "aria-label": t("full_screen") }));
  }
  const key = element("div.box.key", { hidden: true });
  const layers = layersBox(scene, model, actions);
  control(`top${far}`, layers);
  control(`bottom${near}`, key);
  control(`bottom${far}`, element("details.box.legend", element("summary", t("legend")), legend(model)));
  made.forEach((one) => one.addTo(map));
  return { key: { box: key, layers }, remove: () => made.forEach((one) => one.remove()) };
}

function layersBox(scene, model, actions) {
  const { data } = model;
  const mode = (value, words) => element("label", element("input", { type: "radio", name: "mode", value, checked: scene.mode === value, onchange: () => actions.mode(value) }), element("span", words));
  const layer = (key, words) => tick(words, scene.layers[key], (on) => actions.layer(key, on));
  return element(
    "details.box.layers", { open: scene.map.getSize().x > 800 }, element("summary", t("layers")),
    mode("symbols", t("incidents")), mode("heat", t("heat")), data.provinces.name.length ? mode("provinces", t("provinces")) : null,
    element("hr"),
    element("fieldset", layer("points", t("points")), layer("areas", t("areas")), model.answers.size ? layer("links", t("links")) : null),
    data.zones.area.length ? layer("zones", t("zones")) : null,
    data.mentions.lon.length ? layer("mentions", t("mentions", data.mentions.lon.length)) : null,
    ...data.overlays.map(({ name }, k) => layer(`own${k}`, name || t("own_layer", k + 1))),
  );
}

/** The colours of the heat and province views, from few to many; the layers of symbols are for the view with symbols. */
function syncKey({ box, layers }, scene) {
  const shown = densityKey(scene);
  layers.querySelector("fieldset").disabled = shown !== null;
  box.hidden = shown === null;
  if (!shown) return;
  const strip = element("canvas", { "aria-hidden": "true" });
  const g = sharpCanvas(strip, 120, 10);
  shown.colours.forEach((colour, k) => {
    g.fillStyle = colour;
    g.fillRect((k * 120) / shown.colours.length, 0, 120 / shown.colours.length + 1, 10);
  });
  box.replaceChildren(element("p", { dir: "ltr" }, element("span", shown.from), strip, element("span", shown.to)));
  if (shown.note) box.append(element("p.fine", shown.note));
}

function legend(model) {
  const line = (key, draw) => {
    const canvas = element("canvas.sample", { "aria-hidden": "true" });
    draw(sharpCanvas(canvas, 36, 24), { stroke: paint("--mixed") });
    return element("p", canvas, element("span", t(key)));
  };
  const area = (precision) => (g, look) => ink(g, shapeAt("square", 18, 12, 11), { ...look, fill: hatch(g, precision, look.stroke) });
  const symbol = (options) => (g) => drawGlyph(g, "protest", 18, 12, 7, options);
  return element(
    "div",
    line("legend_cluster", (g, { stroke }) => {
      ink(g, disc(18, 12, 9), { stroke, width: 3.5 });
      letter(g, "2", 18, 12.5, { font: "600 11px", colour: paint("--ink"), align: "center" });
    }),
    line("legend_ring", (g, look) => {
      ink(g, disc(18, 12, 10.5), { ...look, dash: [4, 3] });
      drawGlyph(g, "protest", 18, 12, 5);
    }),
    line("legend_near", area("adm2")), line("legend_wide", area("country")),
    line("legend_faint", symbol({ faint: true })), line("legend_hollow", symbol({ hollow: true })),
    model.answers.size ? line("legend_arc", (g) => drawArc(g, { x: 3, y: 20 }, { x: 43, y: 14 })) : null,
    element("p.fine", t("borders_policy")),
  );
}
