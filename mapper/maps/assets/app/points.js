// Incidents that are points: symbols, rings of uncertainty, clusters, and the open incident.

const POINT_RADIUS = 7.5;

/** Clusters and single points of the view, each with its place on the canvas. */
function placeSymbols(view, scene) {
  const { points, at } = scene;
  const level = clustersAt(points, Math.round(view.zoom));
  const out = [];
  const clusters = new Map();
  for (let id = 0; id < level.n; id++) {
    for (const turn of view.turns) {
      const { x, y } = onCanvas(view, [level.x[id], level.y[id]], turn);
      if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) continue;
      const count = level.count[id];
      const cluster = count > 1;
      const row = cluster ? null : points.rows[level.first[id]];
      const r = cluster ? 13 + Math.min(14, 2.6 * Math.log2(count)) : POINT_RADIUS;
      if (cluster && !clusters.has(id)) clusters.set(id, new Map());
      const [lon, lat] = [(level.x[id] + turn - 0.5) * 360, latitude(level.y[id])];
      out.push({ x, y, r, lon, lat, cluster, count, id, level, row, i: cluster ? null : at.incident[row], types: clusters.get(id) });
    }
  }
  countTypes(scene, level, clusters);
  return out.sort((a, b) => a.count - b.count);
}

/** How many of each type the clusters in view hold. */
function countTypes({ points, at, model }, level, clusters) {
  if (!clusters.size) return;
  level.owner.forEach((id, k) => {
    const types = clusters.get(id);
    if (!types) return;
    const type = model.incidents.event_type[at.incident[points.rows[k]]];
    types.set(type, (types.get(type) || 0) + 1);
  });
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
  for (const type of scene.model.types.filter((one) => types.has(one))) {
    const to = from + (types.get(type) / count) * 2 * Math.PI;
    g.beginPath();
    g.arc(x, y, r - 1.5, from, to);
    g.strokeStyle = typeLook(type)[0];
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
  for (const row of placesOf(model, open)) {
    const where = spotOf(scene, row);
    if (!where) continue;
    for (const turn of view.turns) spots.push({ ...onCanvas(view, where, turn), turn, row, area: at.area[row] });
  }
  g.save();
  for (const spot of spots.filter((s) => onMap(at.place_role[s.row]) && s.area === null)) {
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

/** Where a place is drawn, in world coordinates: the point itself, or the label of its area; null where neither is known. */
function spotOf(scene, row) {
  const { at } = scene;
  if (at.lon[row] !== null) return [worldX(at.lon[row] / 1e5), worldY(at.lat[row] / 1e5)];
  return at.area[row] === null ? null : scene.areas[at.area[row]].label;
}
const onCanvas = (view, [wx, wy], turn) => ({ x: (wx + turn - view.left) * view.scale, y: (wy - view.top) * view.scale });
