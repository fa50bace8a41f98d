// Incidents that are points: symbols, rings of uncertainty, clusters, and the open incident.

const POINT_RADIUS = 7.5;

/** Clusters and single points of the view, each with its place on the canvas. */
function placeSymbols(view, scene) {
  const { points, at } = scene;
  const level = clustersAt(points, Math.round(view.zoom));
  const out = [];
  const clusters = new Map();
  for (let id = 0; id < level.n; id++) {
    for (const { x, y, turn } of spotsOf(view, [level.x[id], level.y[id]], 40)) {
      const count = level.count[id];
      const cluster = count > 1;
      const row = points.rows[level.first[id]];
      const r = cluster ? 13 + Math.min(14, 2.6 * Math.log2(count)) : POINT_RADIUS;
      if (cluster && !clusters.has(id)) clusters.set(id, { types: new Map(), first: level.first[id], row });
      const [lon, lat] = [(level.x[id] + turn - 0.5) * 360, latitude(level.y[id])];
      out.push({ x, y, r, lon, lat, cluster, count, id, level, row, i: at.incident[row], about: clusters.get(id) });
    }
  }
  lookInto(scene, level, clusters);
  return out.sort((a, b) => a.count - b.count);
}

/** What the clusters in view hold: how many of each type, and the least well known place where all are at one spot. */
function lookInto({ points, at, model }, level, clusters) {
  if (!clusters.size) return;
  const { x, y, rows } = points;
  level.owner.forEach((id, k) => {
    const about = clusters.get(id);
    if (!about) return;
    const { types, first, row } = about;
    const type = model.incidents.event_type[at.incident[rows[k]]];
    types.set(type, (types.get(type) || 0) + 1);
    about.apart ||= x[k] !== x[first] || y[k] !== y[first];
    if (at.uncertainty_m[rows[k]] > at.uncertainty_m[row]) about.row = rows[k];
  });
}
const latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

function ringPixels(view, scene, row, lat) {
  const metres = scene.at.uncertainty_m[row];
  if (!metres) return 0;
  return (metres / (EARTH_METRES * Math.cos((lat * Math.PI) / 180))) * view.scale;
}

/** The place lies somewhere within this ring. A cluster has one where its incidents are at one spot: no zoom parts them. */
function drawRing(g, view, scene, { x, y, row, lat, r: size = POINT_RADIUS, about }) {
  const place = about ? about.row : row;
  const r = ringPixels(view, scene, place, lat);
  if (about?.apart || r < size + 4 || r > 4 * Math.max(view.width, view.height)) return;
  const colour = about ? paint("--mixed") : typeLook(scene.model.incidents.event_type[scene.at.incident[place]])[0];
  ink(g, disc(x, y, r), { fill: colour, alpha: 0.09 }, { stroke: colour, width: 1.3, dash: [5, 4], alpha: 0.85 });
}

function drawSymbol(g, scene, { x, y, i }) {
  const { model } = scene;
  drawGlyph(g, model.incidents.event_type[i], x, y, POINT_RADIUS, { faint: isFaint(model, i), hollow: isHollow(model, i) });
}

/** A cluster: how many, and a rim that tells of which types. */
function drawCluster(g, scene, { x, y, r, count, about }) {
  g.save();
  Object.assign(g, { shadowColor: "rgba(0,0,0,.28)", shadowBlur: 5, shadowOffsetY: 1 });
  ink(g, disc(x, y, r + 1.5), { fill: paint("--panel") });
  g.restore();
  let from = -Math.PI / 2;
  for (const type of scene.model.types.filter((one) => about.types.has(one))) {
    const to = from + (about.types.get(type) / count) * 2 * Math.PI;
    const rim = new Path2D();
    rim.arc(x, y, r - 1.5, from, to);
    ink(g, rim, { stroke: typeLook(type)[0], width: 4.5 });
    from = to;
  }
  const text = count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
  letter(g, text, x, y + 0.5, { font: `600 ${count > 999 ? 11 : 12.5}px`, colour: paint("--ink"), align: "center" });
}

/** The open incident stands out even inside a cluster; its other places (origin, destination) are tied to it. */
function drawOpen(g, view, scene) {
  const { model, at, open } = scene;
  const accent = paint("--accent");
  const spots = placesOf(model, open).flatMap((row) => {
    const where = spotOf(scene, row);
    return where ? spotsOf(view, where, Infinity).map((spot) => ({ ...spot, row, happened: onMap(at.place_role[row]) })) : [];
  });
  for (const { x, y, row } of spots.filter((spot) => spot.happened && at.area[spot.row] === null)) {
    drawRing(g, view, scene, { x, y, row, lat: at.lat[row] / 1e5 });
    ink(g, disc(x, y, POINT_RADIUS + 6), { stroke: accent, width: 3 });
    drawSymbol(g, scene, { x, y, i: open });
  }
  for (const { x, y, turn } of spots.filter((spot) => !spot.happened)) {
    const main = spots.find((spot) => spot.turn === turn && spot.happened);
    if (main) ink(g, straight(main.x, main.y, x, y), { stroke: accent, width: 1.6, dash: [2, 5] });
    ink(g, disc(x, y, 4.5), { fill: paint("--panel"), stroke: accent, width: 2 });
  }
}

/** Where a place is drawn, in world coordinates: the point itself, or the label of its area; null where neither is known. */
function spotOf(scene, row) {
  const { at } = scene;
  if (at.lon[row] !== null) return [worldX(at.lon[row] / 1e5), worldY(at.lat[row] / 1e5)];
  return at.area[row] === null ? null : scene.areas[at.area[row]].label;
}
