// Incidents on the map: areas shaded and outside the clusters, points as symbols with a ring of their uncertainty.

const POINT_RADIUS = 7.5;
const EARTH_METRES = 40075016.7;
const onMap = (role) => role === null || role === "happened";

/** Everything that can be drawn, and what was drawn last (for the pointer). */
function makeScene(map, model, base) {
  const at = model.data.places;
  const areas = model.data.areas.map((area) => ({
    polygons: area.rings.map((rings) => rings.map((ring) => projectLine(decodeLine(ring, model.data.area_decimals)))),
    label: [worldX(area.label[0]), worldY(area.label[1])],
    size: area.size,
    width: (area.box[2] - area.box[0]) / 360,
    box: [worldX(area.box[0]), worldY(area.box[3]), worldX(area.box[2]), worldY(area.box[1])],
  }));
  return {
    map, model, base, areas, at,
    layers: { points: true, areas: true, mentions: false },
    shown: [], index: null, groups: [], open: null, hits: [], counts: { points: 0, areas: 0 },
  };
}

/** Take the filtered incidents: an index of the points, and the incidents of each area. */
function fillScene(scene, shown) {
  const { model, at } = scene;
  const features = [];
  const groups = new Map();
  for (const i of shown) {
    for (const row of model.places[i]) {
      if (!onMap(at.place_role[row])) continue;
      if (at.lon[row] !== null) {
        const coordinates = [at.lon[row] / 1e5, at.lat[row] / 1e5];
        features.push({ type: "Feature", properties: { i, row }, geometry: { type: "Point", coordinates } });
      } else if (at.area[row] !== null) {
        const area = at.area[row];
        if (!groups.has(area)) groups.set(area, { area, rows: [], incidents: new Set() });
        groups.get(area).rows.push(row);
        groups.get(area).incidents.add(i);
      }
    }
  }
  const types = model.incidents.event_type;
  scene.index = new Supercluster({
    radius: 46,
    maxZoom: 16,
    minPoints: 2,
    map: ({ i }) => ({ types: { [model.types.indexOf(types[i])]: 1 } }),
    reduce: (sum, one) => {
      const merged = { ...sum.types };
      for (const key in one.types) merged[key] = (merged[key] || 0) + one.types[key];
      sum.types = merged;
    },
  }).load(features);
  scene.groups = [...groups.values()].sort((a, b) => scene.areas[b.area].size - scene.areas[a.area].size);
  scene.shown = shown;
  scene.counts.points = features.length;
}

const isFaint = (model, i) => model.incidents.confidence[i] !== null && model.incidents.confidence[i] < LOW_CONFIDENCE;
const isHollow = (model, i) => Object.hasOwn(STATUS_WORDS, model.incidents.status[i] || "");

function drawScene(g, view, scene) {
  scene.hits = [];
  const taken = [];
  if (scene.layers.areas) {
    drawZones(g, view, scene);
    for (const group of scene.groups) drawArea(g, view, scene, group);
  }
  if (scene.layers.mentions) drawMentions(g, view, scene);
  const symbols = scene.layers.points ? placeSymbols(view, scene) : [];
  for (const symbol of symbols) if (!symbol.cluster) drawRing(g, view, scene, symbol);
  for (const { x, y, r } of symbols) taken.push([x - r - 3, y - r - 3, x + r + 3, y + r + 3]);
  const pills = scene.layers.areas ? placePills(g, view, scene, taken) : [];
  for (const pill of pills) taken.push(pill.box);
  if (!scene.model.data.tiles) drawLabels(g, view, scene.base, taken, new Set(pills.map((pill) => pill.name)));
  for (const symbol of symbols) (symbol.cluster ? drawCluster : drawSymbol)(g, scene, symbol);
  for (const pill of pills) drawPill(g, pill);
  if (scene.open !== null) drawOpen(g, view, scene);
  scene.hits.push(...symbols.map((symbol) => ({ ...symbol, kind: symbol.cluster ? "cluster" : "point" })).reverse());
  scene.hits.unshift(...pills.map((pill) => ({ ...pill, kind: "area" })));
}

// Areas ------------------------------------------------------------------------------------------------------------

function traceArea(g, view, area) {
  let any = false;
  g.beginPath();
  for (const turn of view.turns) {
    for (const rings of area.polygons) for (const ring of rings) any = tracePath(g, view, ring, turn, true) || any;
  }
  return any;
}

/** One colour where all incidents of the area are of one type, else a neutral one. */
function groupColour(scene, group) {
  const types = new Set([...group.incidents].map((i) => scene.model.incidents.event_type[i]));
  return types.size === 1 ? typeLook([...types][0])[0] : paint("--mixed");
}

function drawArea(g, view, scene, group) {
  if (!traceArea(g, view, scene.areas[group.area])) return;
  const colour = groupColour(scene, group);
  const faint = [...group.incidents].every((i) => isFaint(scene.model, i));
  // From close by, an area that fills the view is said quietly: what lies in it has to be read.
  const close = scene.areas[group.area].width * view.scale > 1.2 * view.width;
  const open = scene.open !== null && group.incidents.has(scene.open);
  g.save();
  g.globalAlpha = (open ? 0.22 : 0.1) * (close ? 0.5 : 1);
  g.fillStyle = colour;
  g.fill("evenodd");
  g.globalAlpha = (faint ? 0.3 : open ? 0.7 : 0.5) * (close ? 0.4 : 1);
  g.fillStyle = hatch(g, scene.at.precision[group.rows[0]], colour);
  g.fill("evenodd");
  g.globalAlpha = faint ? 0.6 : 0.9;
  g.lineJoin = "round";
  g.strokeStyle = colour;
  g.lineWidth = open ? 2.4 : 1.3;
  g.setLineDash(faint ? [3, 4] : []);
  g.stroke();
  g.restore();
}

/** Areas of the layer `zones` that no incident names: outlines only. */
function drawZones(g, view, scene) {
  const zones = scene.model.data.zones;
  g.save();
  g.strokeStyle = paint("--mixed");
  g.setLineDash([6, 4]);
  g.globalAlpha = 0.7;
  for (const area of zones.area) if (traceArea(g, view, scene.areas[area])) g.stroke();
  g.restore();
}

/**
 * Labels of areas: name and count. A label is no pin: it has a box and no tip. It may move aside for symbols, but only
 * within its area; where the name finds no room there, the symbol and the count stand alone.
 */
function placePills(g, view, scene, taken) {
  const boxes = taken.slice();
  const free = (b) => !boxes.some((o) => o[0] < b[2] && o[2] > b[0] && o[1] < b[3] && o[3] > b[1]);
  const pills = [];
  g.font = `600 12px ${FONT}`;
  for (const group of scene.groups.slice().reverse()) {
    const area = scene.areas[group.area];
    const incidents = [...group.incidents];
    const types = new Set(incidents.map((i) => scene.model.incidents.event_type[i]));
    const name = scene.at.place_name[group.rows[0]] || "Area";
    const short = name.length > 28 ? `${name.slice(0, 27)}…` : name;
    const many = incidents.length > 1 ? String(incidents.length) : "";
    const wide = view.scale * area.width;
    for (const turn of view.turns) {
      const x = (area.label[0] + turn - view.left) * view.scale;
      const y = (area.label[1] - view.top) * view.scale;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const within = (dy) => dy === 0 || inside(area, area.label[0], area.label[1] + dy / view.scale);
      const find = (text) => {
        const half = (text ? g.measureText(text).width + 34 : 26) / 2;
        for (const dy of [0, -26, 26, -52, 52, -78, 78]) {
          const box = [x - half, y - 12 + dy, x + half, y + 12 + dy];
          if (within(dy) && free(box)) return { text, box };
        }
        return null;
      };
      const named = wide > 34 ? find(many ? `${short} · ${many}` : short) : null;
      const found = named || find(many) || (wide < 12 && { text: "", box: [x - 13, y - 12, x + 13, y + 12] });
      if (!found) continue; // the shading itself still says it, and opens it
      const { box } = found;
      boxes.push([box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3]);
      pills.push({
        ...found, group, name, colour: groupColour(scene, group), type: types.size === 1 ? [...types][0] : undefined,
        faint: incidents.every((i) => isFaint(scene.model, i)),
        hollow: incidents.every((i) => isHollow(scene.model, i)),
        open: scene.open !== null && group.incidents.has(scene.open),
      });
    }
  }
  scene.counts.areas = scene.groups.length;
  return pills;
}

function drawPill(g, pill) {
  const [left, top, right, bottom] = pill.box;
  g.save();
  g.beginPath();
  g.roundRect(left, top, right - left, bottom - top, 5);
  g.fillStyle = paint("--panel");
  g.globalAlpha = 0.95;
  g.fill();
  g.globalAlpha = 1;
  g.strokeStyle = pill.colour;
  g.lineWidth = pill.open ? 2.5 : 1.4;
  g.setLineDash(pill.faint ? [3, 3] : []);
  g.stroke();
  g.setLineDash([]);
  if (pill.type !== undefined) {
    drawGlyph(g, pill.type, left + 14, (top + bottom) / 2, 5.5, { faint: pill.faint, hollow: pill.hollow, rim: paint("--panel") });
  } else {
    g.fillStyle = hatch(g, "adm1", pill.colour);
    g.fillRect(left + 8, top + 6, 12, bottom - top - 12);
    g.lineWidth = 1;
    g.strokeRect(left + 8.5, top + 6.5, 11, bottom - top - 13);
  }
  g.font = `600 12px ${FONT}`;
  g.textBaseline = "middle";
  g.fillStyle = paint("--ink");
  g.fillText(pill.text, left + 26, (top + bottom) / 2 + 0.5);
  g.restore();
}

// Points -----------------------------------------------------------------------------------------------------------

/** Clusters and single points of the view, each with its place on the canvas. */
function placeSymbols(view, scene) {
  const world = view.turns.length > 1 || view.right - view.left >= 1;
  const south = latitude(Math.min(1, view.bottom));
  const north = latitude(Math.max(0, view.top));
  const turn0 = view.turns.length === 1 ? view.turns[0] : 0;
  const box = world ? [-180, south, 180, north] : [(view.left - turn0 - 0.5) * 360, south, (view.right - turn0 - 0.5) * 360, north];
  const out = [];
  for (const feature of scene.index.getClusters(box, Math.round(view.zoom))) {
    const [lon, lat] = feature.geometry.coordinates;
    for (const turn of view.turns) {
      const x = (worldX(lon) + turn - view.left) * view.scale;
      const y = (worldY(lat) - view.top) * view.scale;
      if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) continue;
      const { cluster, point_count: count, cluster_id: id, types, i, row } = feature.properties;
      const r = cluster ? 13 + Math.min(14, 2.6 * Math.log2(count)) : POINT_RADIUS;
      out.push({ x, y, r, lon: lon + 360 * turn, lat, cluster, count, id, types, i, row });
    }
  }
  return out.sort((a, b) => (a.count || 1) - (b.count || 1));
}
const latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

function ringPixels(view, scene, row, lat) {
  const metres = scene.at.uncertainty_m[row];
  if (!metres) return 0;
  return (metres / (EARTH_METRES * Math.cos((lat * Math.PI) / 180))) * view.scale;
}

/** The place lies somewhere within this ring. */
function drawRing(g, view, scene, { x, y, i, row, lat }) {
  const r = ringPixels(view, scene, row, lat);
  if (r < POINT_RADIUS + 4 || r > 4 * Math.max(view.width, view.height)) return;
  const [colour] = typeLook(scene.model.incidents.event_type[i]);
  g.save();
  g.beginPath();
  g.arc(x, y, r, 0, 7);
  g.globalAlpha = 0.09;
  g.fillStyle = colour;
  g.fill();
  g.globalAlpha = 0.85;
  g.setLineDash([5, 4]);
  g.lineWidth = 1.3;
  g.strokeStyle = colour;
  g.stroke();
  g.restore();
}

function drawSymbol(g, scene, { x, y, i }) {
  const { model } = scene;
  drawGlyph(g, model.incidents.event_type[i], x, y, POINT_RADIUS, { faint: isFaint(model, i), hollow: isHollow(model, i) });
}

/** A cluster: how many, and a rim that tells of which types. */
function drawCluster(g, scene, { x, y, r, count, types }) {
  g.save();
  g.beginPath();
  g.arc(x, y, r + 1.5, 0, 7);
  g.fillStyle = paint("--panel");
  g.shadowColor = "rgba(0,0,0,.28)";
  g.shadowBlur = 5;
  g.shadowOffsetY = 1;
  g.fill();
  g.shadowColor = "transparent";
  let from = -Math.PI / 2;
  for (const [key, n] of Object.entries(types)) {
    const to = from + (n / count) * 2 * Math.PI;
    g.beginPath();
    g.arc(x, y, r - 1.5, from, to);
    g.strokeStyle = typeLook(scene.model.types[key])[0];
    g.lineWidth = 4.5;
    g.stroke();
    from = to;
  }
  g.fillStyle = paint("--ink");
  g.font = `600 ${count > 999 ? 11 : 12.5}px ${FONT}`;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillText(count > 9999 ? `${Math.round(count / 1000)}k` : String(count), x, y + 0.5);
  g.restore();
}

/** The open incident stands out even inside a cluster; its other places (origin, destination) are tied to it. */
function drawOpen(g, view, scene) {
  const { model, at, open } = scene;
  const spots = [];
  for (const row of model.places[open]) {
    const area = at.area[row] === null ? null : scene.areas[at.area[row]];
    if (at.lon[row] === null && !area) continue;
    const [wx, wy] = area ? area.label : [worldX(at.lon[row] / 1e5), worldY(at.lat[row] / 1e5)];
    for (const turn of view.turns) {
      spots.push({ x: (wx + turn - view.left) * view.scale, y: (wy - view.top) * view.scale, turn, row, area });
    }
  }
  g.save();
  for (const spot of spots.filter((s) => onMap(at.place_role[s.row]) && !s.area)) {
    drawRing(g, view, scene, { x: spot.x, y: spot.y, i: open, row: spot.row, lat: at.lat[spot.row] / 1e5 });
    g.beginPath();
    g.arc(spot.x, spot.y, POINT_RADIUS + 6, 0, 7);
    g.lineWidth = 3;
    g.strokeStyle = paint("--accent");
    g.stroke();
    drawSymbol(g, scene, { x: spot.x, y: spot.y, i: open });
  }
  for (const spot of spots.filter((s) => !onMap(at.place_role[s.row]))) {
    const main = spots.find((s) => s.turn === spot.turn && onMap(at.place_role[s.row]));
    g.strokeStyle = g.fillStyle = paint("--accent");
    if (main) {
      g.beginPath();
      g.moveTo(main.x, main.y);
      g.lineTo(spot.x, spot.y);
      g.setLineDash([2, 5]);
      g.lineWidth = 1.6;
      g.stroke();
      g.setLineDash([]);
    }
    g.beginPath();
    g.arc(spot.x, spot.y, 4.5, 0, 7);
    g.fillStyle = paint("--panel");
    g.fill();
    g.lineWidth = 2;
    g.stroke();
  }
  g.restore();
}

function drawMentions(g, view, scene) {
  const m = scene.model.data.mentions;
  g.save();
  g.fillStyle = paint("--mention");
  g.strokeStyle = paint("--panel");
  g.lineWidth = 1.2;
  for (const turn of view.turns) {
    m.lon.forEach((lon, k) => {
      const x = (worldX(lon / 1e5) + turn - view.left) * view.scale;
      const y = (worldY(m.lat[k] / 1e5) - view.top) * view.scale;
      if (x < 0 || y < 0 || x > view.width || y > view.height) return;
      const r = 3 + Math.min(4, Math.log2(m.count[k]));
      g.beginPath();
      g.rect(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6);
      g.fill();
      g.stroke();
      scene.hits.push({ kind: "mention", x, y, r, k, lon: lon / 1e5 + 360 * turn, lat: m.lat[k] / 1e5 });
    });
  }
  g.restore();
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
  if (!scene.layers.areas) return null;
  const at = scene.map.containerPointToLatLng(point);
  const wx = worldX(at.lng);
  const wy = worldY(at.lat);
  for (const group of scene.groups.slice().reverse()) {
    for (const turn of [Math.floor(wx), 0]) {
      if (inside(scene.areas[group.area], wx - turn, wy)) return { kind: "area", group };
    }
  }
  return null;
}

function inside(area, x, y) {
  for (const rings of area.polygons) {
    let odd = false;
    for (const { points, box } of rings) {
      if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
      for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
        const crosses = points[i + 1] > y !== points[j + 1] > y;
        if (crosses && x < ((points[j] - points[i]) * (y - points[i + 1])) / (points[j + 1] - points[i + 1]) + points[i]) odd = !odd;
      }
    }
    if (odd) return true;
  }
  return false;
}
