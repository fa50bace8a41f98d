// Incidents that are points: symbols, rings of uncertainty, clusters, and the open incident.

const POINT_RADIUS = 7.5;

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
  for (const [key, n] of Object.entries(types || { [-1]: count })) {
    const to = from + (n / count) * 2 * Math.PI;
    g.beginPath();
    g.arc(x, y, r - 1.5, from, to);
    g.strokeStyle = types ? typeLook(scene.model.types[key])[0] : paint("--mixed");
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
