// A user's own layers: outlines, lines and points in a colour of their own, and what their file says of each.

const OWN_COLOURS = ["#7b3294", "#1b7837", "#b35806", "#01665e", "#c51b7d", "#4d4d4d"];
const OWN_DECIMALS = 5;
const ownColour = (k) => (dark.matches ? lighter(OWN_COLOURS[k % OWN_COLOURS.length]) : OWN_COLOURS[k % OWN_COLOURS.length]);

function makeOverlay({ name, features }) {
  const line = (text) => projectLine(decodeLine(text, OWN_DECIMALS));
  return {
    name,
    features: features.map(({ rings = [], lines = [], points = [], properties }) => ({
      polygons: rings.map((polygon) => polygon.map(line)), lines: lines.map(line), points: points.map(line), properties,
    })),
  };
}

function drawOverlay(g, view, scene, overlay, number_) {
  const colour = ownColour(number_);
  const line = { stroke: colour, width: 1.8 };
  for (const feature of overlay.features) {
    ink(g, areaPath(view, feature), { fill: colour, alpha: 0.12 }, line);
    ink(g, pathOf(view, feature.lines), line);
    for (const { points } of feature.points) {
      for (const { x, y } of spotsOf(view, points, 9)) {
        ink(g, shapeAt("diamond", x, y, 4.2), { fill: colour });
        scene.hits.push({ kind: "feature", x, y, r: 5, feature, overlay });
      }
    }
  }
}

/** The feature under a spot of the world: a line close by, else the last outline around it. */
function featureUnder(scene, wx, wy) {
  const reach = 6 / (256 * 2 ** scene.map.getZoom());
  let found = null;
  scene.overlays.forEach((overlay, k) => {
    if (!scene.layers[`own${k}`]) return;
    for (const feature of overlay.features) {
      const x = wx - Math.floor(wx);
      if (feature.lines.some((line) => nearLine(line.points, x, wy, reach))) found = { feature, overlay };
      else if (feature.polygons.length && inside(feature, x, wy)) found ??= { feature, overlay };
    }
  });
  return found;
}

function nearLine(points, x, y, reach) {
  for (let k = 0; k + 3 < points.length; k += 2) {
    const [dx, dy] = [points[k + 2] - points[k], points[k + 3] - points[k + 1]];
    const share = Math.max(0, Math.min(1, ((x - points[k]) * dx + (y - points[k + 1]) * dy) / (dx * dx + dy * dy || 1)));
    if (Math.hypot(points[k] + share * dx - x, points[k + 1] + share * dy - y) < reach) return true;
  }
  return false;
}
