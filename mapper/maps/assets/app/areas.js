// Incidents that are areas: shaded and outside the clusters, each with a label that is no pin.

function traceArea(g, view, area) {
  let any = false;
  g.beginPath();
  for (const turn of view.turns) {
    for (const rings of area.polygons) for (const ring of rings) any = tracePath(g, view, ring, turn, true) || any;
  }
  return any;
}

function drawArea(g, view, scene, group) {
  if (!traceArea(g, view, scene.areas[group.area])) return;
  const { colour, faint, open } = groupLook(scene, group);
  // From close by, an area that fills the view is said quietly: what lies in it has to be read.
  const close = scene.areas[group.area].width * view.scale > 1.2 * view.width;
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

const PILL_STEPS = [0, -26, 26, -52, 52, -78, 78];
const PILL_ASIDE = [[0, -34], [34, 0], [-34, 0], [0, 34], [30, -30], [-30, -30], [30, 30], [-30, 30], [0, -64], [64, 0], [-64, 0], [0, 64]];

/**
 * Labels of areas: name and count. A label is no pin: it has a box and no tip. It may move aside for symbols, but only
 * within its area; where the name finds no room there, the symbol and the count stand alone. Beside an area that is
 * too small to see, the label is tied to it by a line.
 */
function placePills(g, view, scene, taken) {
  const boxes = taken.slice();
  const free = (b) => !boxes.some((o) => o[0] < b[2] && o[2] > b[0] && o[1] < b[3] && o[3] > b[1]);
  const pills = [];
  g.font = `600 12px ${FONT}`;
  for (const group of scene.groups.slice().reverse()) {
    const area = scene.areas[group.area];
    const name = scene.at.place_name[group.rows[0]] || t("area");
    const many = group.incidents.size > 1 ? number(group.incidents.size) : "";
    for (const turn of view.turns) {
      const { x, y } = onCanvas(view, area.label, turn);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
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
  const found = (wide > 34 && find(many ? `${short} · ${many}` : short)) || find(many);
  if (found || wide >= 24) return found;
  const aside = PILL_ASIDE.map(([dx, dy]) => boxAt(many, dx, dy)).find(free);
  return aside ? { text: many, box: aside, tied: true } : null;
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

function drawPill(g, pill) {
  const [left, top, right, bottom] = pill.box;
  g.save();
  if (pill.tied) {
    g.beginPath();
    g.moveTo(pill.x, pill.y);
    g.lineTo((left + right) / 2, (top + bottom) / 2);
    g.strokeStyle = pill.colour;
    g.stroke();
  }
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
