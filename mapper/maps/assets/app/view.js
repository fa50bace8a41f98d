// Where the map looks: at first, and when an incident is opened.

const SOUTH_OF_INTEREST = -58; // degrees: what the map shows below it is mostly the coast of Antarctica
const SMALL_AREA = 80; // pixels: an area that is opened is shown larger

/** Where the incidents are; the world where nothing has a place. */
function firstView(map, bounds) {
  if (!bounds) {
    map.setView([22, 15], map.getSize().x > 900 ? 2.25 : 1, { animate: false });
    return;
  }
  const [west, south, east, north] = bounds;
  const pad = Math.round(Math.min(48, map.getSize().x / 10));
  // The box of the layers covers the side where a text ends; on a wide screen there is room beside it.
  const box = map.getSize().x > 800 ? 170 : 0;
  const [left, right] = document.documentElement.dir === "rtl" ? [box, 0] : [0, box];
  map.fitBounds([[Math.max(-75, south), west], [Math.min(80, north), east]], { paddingTopLeft: [pad + left, pad], paddingBottomRight: [pad + right, pad], maxZoom: 9, animate: false });
  keepNorth(map, south);
}

/** Move a view of the world up, away from the empty far south, as far as there is world above it. */
function keepNorth(map, south) {
  const scale = 256 * 2 ** map.getZoom();
  const half = map.getSize().y / 2 / scale;
  const centre = worldY(map.getCenter().lat);
  const lowest = worldY(Math.min(SOUTH_OF_INTEREST, south));
  const wanted = Math.max(Math.min(centre, lowest - half), Math.min(centre, half));
  if (centre - wanted > 0.5 / scale) map.setView([latitude(wanted), map.getCenter().lng], map.getZoom(), { animate: false });
}

/** Bring an open incident into the part of the map that the panel leaves free; true when the map moved. */
function lookAt(map, scene, i) {
  const { model, at } = scene;
  const rows = shownPlaces(model, i);
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
  const panel = window.innerWidth > 760 ? Math.min(400, size.x * 0.55) : 30;
  const [left, right] = document.documentElement.dir === "rtl" ? [60, panel] : [panel, 60];
  const free = L.bounds([left, 40], [size.x - right, size.y - 40]);
  const inView = (latLng) => free.contains(map.latLngToContainerPoint(latLng));
  // One point: near enough for its ring to be seen, not so near that the outlines have nothing left to say.
  const ring = Math.max(...rows.map((row) => at.uncertainty_m[row] || 0), 2000);
  const close = Math.max(6, Math.min(8, Math.floor(Math.log2((EARTH_METRES * 20) / (256 * ring)))));
  const zoom = points.length === 1 && !boxes.length ? Math.max(map.getZoom(), close) : map.getZoom();
  const across = L.bounds([bounds.getSouthWest(), bounds.getNorthEast()].map((corner) => map.latLngToContainerPoint(corner))).getSize();
  const small = boxes.length && Math.max(across.x, across.y) < SMALL_AREA;
  if ([bounds.getSouthWest(), bounds.getNorthEast()].every(inView) && zoom === map.getZoom() && !small) return false;
  map.fitBounds(bounds, { paddingTopLeft: [left, 40], paddingBottomRight: [right, 40], maxZoom: boxes.length ? 9 : zoom, animate: false });
  return true;
}
