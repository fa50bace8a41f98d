// Links between incidents ("in retaliation for"), drawn as arcs from the answer to what it answers.

const MOST_LINKS = 2000;
const SYMBOL_GAP = POINT_RADIUS + 4; // pixels between the tip and the middle of a symbol, or of the label of an area
const LABEL_GAP = 40;

function drawLinks(g, view, scene) {
  const { model, open } = scene;
  const shown = new Set(scene.shown);
  let left = MOST_LINKS;
  for (const i of scene.shown) {
    for (const [, j] of model.incidents.relations[i] || []) {
      if (!shown.has(j) || left-- <= 0) continue;
      const [from, to] = [mainSpot(scene, i), mainSpot(scene, j)];
      if (!from || !to) continue;
      const ends = spotsOf(view, to.spot, Infinity);
      spotsOf(view, from.spot, Infinity).forEach((begin, k) => drawArc(g, begin, ends[k], { strong: i === open || j === open, gap: to.gap }));
    }
  }
}

function mainSpot(scene, i) {
  for (const row of shownPlaces(scene.model, i)) {
    const spot = spotOf(scene, row);
    if (spot) return { spot, gap: scene.at.lon[row] === null ? LABEL_GAP : SYMBOL_GAP };
  }
  return null;
}

/** A bow from one spot to another with a tip at its end, which stops short of the symbol there. */
function drawArc(g, from, to, { strong = false, gap = SYMBOL_GAP } = {}) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length < 2 * gap) return;
  const middle = { x: (from.x + to.x) / 2 + dy * 0.22, y: (from.y + to.y) / 2 - dx * 0.22 };
  const angle = Math.atan2(to.y - middle.y, to.x - middle.x);
  const end = { x: to.x - Math.cos(angle) * gap, y: to.y - Math.sin(angle) * gap };
  const path = new Path2D();
  path.moveTo(from.x, from.y);
  path.quadraticCurveTo(middle.x, middle.y, end.x, end.y);
  for (const side of [-0.45, 0.45]) {
    path.moveTo(end.x, end.y);
    path.lineTo(end.x - 10 * Math.cos(angle + side), end.y - 10 * Math.sin(angle + side));
  }
  ink(g, path, { stroke: paint("--panel"), width: 4.5 }, { stroke: paint(strong ? "--accent" : "--mixed"), width: strong ? 2.4 : 1.6 });
}
