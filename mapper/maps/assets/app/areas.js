// Incidents that are areas: shaded and outside the clusters, each with a label that is no pin.

const areaPath = (view, { polygons }) => pathOf(view, polygons.flat(), true);

function drawArea(g, view, scene, group) {
  const path = areaPath(view, scene.areas[group.area]);
  const { colour, faint, open } = groupLook(scene, group);
  // From close by, an area that fills the view is said quietly: what lies in it has to be read.
  const close = scene.areas[group.area].width * view.scale > 1.2 * view.width;
  ink(
    g, path,
    { fill: colour, alpha: (open ? 0.22 : 0.1) * (close ? 0.5 : 1) },
    { fill: hatch(g, scene.at.precision[group.rows[0]], colour), alpha: (faint ? 0.3 : open ? 0.7 : 0.5) * (close ? 0.4 : 1) },
    { stroke: colour, width: open ? 2.4 : 1.3, dash: faint ? [3, 4] : [], alpha: faint ? 0.6 : 0.9 },
  );
}

const PILL_STEPS = [0, -26, 26, -52, 52, -78, 78];
const PILL_ASIDE = [34, 64, 94].flatMap((far) => [[0, -far], [far, 0], [-far, 0], [0, far], [far, -far], [-far, -far], [far, far], [-far, far]]);

/**
 * Labels of areas: name and count. A label is no pin: it has a box and no tip. It may move aside for symbols, but only
 * within its area; where the name finds no room there, the symbol and the count stand alone. Beside an area that is
 * too small to see, the label is tied to it by a line and has its name: it stands on other ground.
 */
function placePills(g, view, scene, taken) {
  const boxes = taken.slice();
  const free = freeAmong(boxes);
  const pills = [];
  g.font = `600 12px ${FONT}`;
  for (const group of scene.groups.slice().reverse()) {
    const area = scene.areas[group.area];
    const name = scene.at.place_name[group.rows[0]] || t("area");
    const many = group.incidents.size > 1 ? number(group.incidents.size) : "";
    for (const { x, y } of spotsOf(view, area.label, 0)) {
      const found = pillSpot(g, view, area, { x, y, name, many, free });
      if (!found) continue; // the shading itself still says it, and opens it
      const { box } = found;
      boxes.push([box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3]);
      pills.push({ ...found, group, name, x, y, ...groupLook(scene, group) });
    }
  }
  return pills;
}

function pillSpot(g, view, area, { x, y, name, many, free }) {
  const wide = view.scale * area.width;
  const boxAt = (text, dx, dy) => {
    const half = (text ? g.measureText(text).width + 34 : 26) / 2;
    return [x - half + dx, y - 12 + dy, x + half + dx, y + 12 + dy];
  };
  const find = (text) => {
    for (const dy of PILL_STEPS) {
      const box = boxAt(text, 0, dy);
      if ((dy === 0 || inside(area, area.label[0], area.label[1] + dy / view.scale)) && free(box)) return { text, box };
    }
    return null;
  };
  const short = name.length > 28 ? `${name.slice(0, 27)}…` : name;
  const label = many ? `${short} · ${many}` : short;
  const found = (wide > 34 && find(label)) || find(many);
  if (found || wide >= 24) return found;
  const { pad, width, height } = view;
  const onScreen = (b) => b[0] > pad.x && b[1] > pad.y && b[2] < width - pad.x && b[3] < height - pad.y;
  for (const text of [label, many]) {
    const more = boxAt(text, 0, 0)[2] - x - 13; // a wide box begins as near to its area as a narrow one
    const boxes = PILL_ASIDE.map(([dx, dy]) => boxAt(text, dx + more * Math.sign(dx), dy)).filter(free);
    const box = boxes.find(onScreen) || (onScreen([x, y, x, y]) ? null : boxes[0]);
    if (box) return { text, box, tied: true };
  }
  return null;
}

/** How the label and the shading of an area look: colour, symbol, faint, hollow, open. */
function groupLook(scene, group) {
  const { model, open } = scene;
  const incidents = [...group.incidents];
  const types = new Set(incidents.map((i) => model.incidents.event_type[i]));
  return {
    // One colour where all incidents of the area are of one type, else a neutral one.
    colour: types.size === 1 ? typeLook([...types][0])[0] : paint("--mixed"),
    type: types.size === 1 ? [...types][0] : undefined,
    faint: incidents.every((i) => isFaint(model, i)),
    hollow: incidents.every((i) => isHollow(model, i)),
    open: open !== null && group.incidents.has(open),
  };
}

function drawTie(g, { box: [left, top, right, bottom], tied, x, y, colour }) {
  if (!tied) return;
  ink(g, straight(x, y, (left + right) / 2, (top + bottom) / 2), { stroke: colour });
  ink(g, disc(x, y, 2.5), { fill: colour });
}

function drawPill(g, { box: [left, top, right, bottom], colour, open, faint, hollow, type, text }) {
  const middle = (top + bottom) / 2;
  const frame = new Path2D();
  frame.roundRect(left, top, right - left, bottom - top, 5);
  ink(g, frame, { fill: paint("--panel"), alpha: 0.95 }, { stroke: colour, width: open ? 2.5 : 1.4, dash: faint ? [3, 3] : [] });
  if (type !== undefined) drawGlyph(g, type, left + 14, middle, 5.5, { faint, hollow });
  else ink(g, shapeAt("square", left + 14, middle, 6.5), { fill: hatch(g, "adm1", colour), stroke: colour });
  letter(g, text, left + 26, middle + 0.5, { font: "600 12px", colour: paint("--ink") });
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
