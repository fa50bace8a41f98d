// Everything on the map above the outlines: what there is to draw, in which order, and what lies under the pointer.

const EARTH_METRES = 40075016.7;
const onMap = (role) => role === null || role === "happened";
const isFaint = (model, i) => model.incidents.confidence[i] !== null && model.incidents.confidence[i] < LOW_CONFIDENCE;
const isHollow = (model, i) => STATUSES.indexOf(model.incidents.status[i]) > 0;

/** Everything that can be drawn, and what was drawn last (for the pointer). */
function makeScene(map, model, base, { layers, mode }) {
  const areas = model.data.areas.map((area) => ({
    polygons: area.rings.map((rings) => rings.map((ring) => projectLine(decodeLine(ring, model.data.area_decimals)))),
    label: [worldX(area.label[0]), worldY(area.label[1])],
    size: area.size,
    width: (area.box[2] - area.box[0]) / 360,
  }));
  const overlays = model.data.overlays.map(makeOverlay);
  return { map, model, base, areas, overlays, at: model.data.places, layers, mode, shown: [], groups: [], open: null, hits: [] };
}

/** Take the filtered incidents: the points among their places, and the incidents of each area. */
function fillScene(scene, shown) {
  const { model, at } = scene;
  const rows = [];
  const groups = new Map();
  for (const i of shown) {
    for (let k = model.starts[i]; k < model.starts[i + 1]; k++) {
      const row = model.rows[k];
      if (!onMap(at.place_role[row])) continue;
      if (at.lon[row] !== null) rows.push(row);
      else if (at.area[row] !== null) {
        const area = at.area[row];
        if (!groups.has(area)) groups.set(area, { area, rows: [], incidents: new Set() });
        groups.get(area).rows.push(row);
        groups.get(area).incidents.add(i);
      }
    }
  }
  // In the order of the data: how the list is sorted changes nothing on the map.
  scene.points = pointsOf(at, Int32Array.from(rows).sort());
  scene.groups = [...groups.values()].sort((a, b) => scene.areas[b.area].size - scene.areas[a.area].size);
  scene.shown = shown;
  scene.provinces = null;
}

function drawScene(g, view, scene) {
  const { layers, mode } = scene;
  scene.hits = [];
  scene.drawn = { points: mode === "symbols" && layers.points, areas: mode === "symbols" && layers.areas };
  const { drawn } = scene;
  if (layers.zones) drawZones(g, view, scene);
  if (mode === "provinces") drawProvinces(g, view, scene);
  if (drawn.areas) for (const group of scene.groups) drawArea(g, view, scene, group);
  scene.overlays.forEach((overlay, k) => layers[`own${k}`] && drawOverlay(g, view, scene, overlay, k));
  if (mode === "heat") drawHeat(g, view, scene);
  if (layers.mentions) drawMentions(g, view, scene);
  const symbols = drawn.points ? placeSymbols(view, scene) : [];
  for (const symbol of symbols) drawRing(g, view, scene, symbol);
  if (layers.links && mode === "symbols") drawLinks(g, view, scene);
  const taken = symbols.map(({ x, y, r }) => [x - r - 3, y - r - 3, x + r + 3, y + r + 3]).concat(boxesOver(scene.map, view));
  const pills = drawn.areas ? placePills(g, view, scene, taken) : [];
  const counts = mode === "provinces" ? placeCounts(view, scene) : [];
  for (const { box } of [...pills, ...counts]) taken.push(box);
  if (!scene.model.data.tiles) drawLabels(g, view, scene.base, taken, new Set(pills.map((pill) => pill.name)));
  for (const { text, x, y } of counts) letter(g, text, x, y, { font: "700 13px", colour: "#000", rim: "#ffffffd9", align: "center" });
  for (const draw of [drawTie, drawPill]) for (const pill of pills) draw(g, pill);
  for (const symbol of symbols) (symbol.cluster ? drawCluster : drawSymbol)(g, scene, symbol);
  if (scene.open !== null) drawOpen(g, view, scene);
  scene.hits.push(...symbols.map((symbol) => ({ ...symbol, kind: symbol.cluster ? "cluster" : "point" })).reverse());
  scene.hits.unshift(...pills.map((pill) => ({ ...pill, kind: "area" })));
}

/** Boxes of the controls that lie over the map: no name stands under one. */
function boxesOver(map, { pad }) {
  const ground = map.getContainer().getBoundingClientRect();
  const rects = Array.from(map.getContainer().querySelectorAll(".leaflet-control"), (one) => one.getBoundingClientRect());
  const [x, y] = [pad.x - ground.left, pad.y - ground.top];
  return rects.filter(({ width }) => width).map(({ left, top, right, bottom }) => [left + x, top + y, right + x, bottom + y]);
}

/** Areas of the layer `zones` that no incident names: outlines only. */
function drawZones(g, view, scene) {
  const look = { stroke: paint("--mixed"), dash: [6, 4], alpha: 0.7 };
  for (const area of scene.model.data.zones.area) ink(g, areaPath(view, scene.areas[area]), look);
}

function drawMentions(g, view, scene) {
  const m = scene.model.data.mentions;
  m.lon.forEach((e5, k) => {
    const [lon, lat] = [e5 / 1e5, m.lat[k] / 1e5];
    for (const { x, y, turn } of spotsOf(view, [worldX(lon), worldY(lat)], 0)) {
      const r = 3 + Math.min(4, Math.log2(m.count[k]));
      ink(g, shapeAt("square", x, y, r * 0.87), { fill: paint("--mention"), stroke: paint("--panel"), width: 1.2 });
      scene.hits.push({ kind: "mention", x, y, r, k, lon: lon + 360 * turn, lat });
    }
  });
}

// Under the pointer ------------------------------------------------------------------------------------------------

/** What lies under a point of the map's container: a label, a symbol, or the smallest area around it. */
function hitTest(scene, point, pad) {
  const x = point.x + pad.x;
  const y = point.y + pad.y;
  for (const hit of scene.hits) {
    if (hit.box && x >= hit.box[0] && x <= hit.box[2] && y >= hit.box[1] && y <= hit.box[3]) return hit;
    if (!hit.box && Math.hypot(hit.x - x, hit.y - y) <= hit.r + 4) return hit;
  }
  const at = scene.map.containerPointToLatLng(point);
  const wx = worldX(at.lng);
  const wy = worldY(at.lat);
  const within = (area) => [Math.floor(wx), 0].some((turn) => inside(area, wx - turn, wy));
  const group = scene.drawn.areas && scene.groups.findLast(({ area }) => within(scene.areas[area]));
  if (group) return { kind: "area", group };
  const feature = featureUnder(scene, wx, wy);
  if (feature) return { kind: "feature", ...feature };
  const province = scene.mode === "provinces" ? scene.model.data.provinces.area.findIndex((area, k) => provincesOf(scene).counts[k] && within(scene.areas[area])) : -1;
  return province < 0 ? null : { kind: "province", province };
}
