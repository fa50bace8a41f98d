// The outline map: land, provinces, borders, and the names that find room between the incidents.

function makeBase(source) {
  const lines = (texts) => texts.map((text) => projectLine(decodeLine(text, source.decimals)));
  return {
    land: lines(source.land),
    borders: lines(source.borders),
    admin1: lines(source.admin1),
    disputed: lines(source.disputed),
    labels: labelRows(source),
  };
}

function labelRows(source) {
  const rows = [];
  for (const [kind, group] of [["country", source.countries], ["sea", source.seas], ["city", source.cities]]) {
    group.name.forEach((name, i) => name && rows.push({ name, kind, zoom: group.zoom[i], spot: [worldX(group.lon[i]), worldY(group.lat[i])] }));
  }
  return rows.sort((a, b) => a.zoom - b.zoom + LABEL_STYLES[a.kind].later - LABEL_STYLES[b.kind].later);
}

function drawBase(g, view, base) {
  g.fillStyle = paint("--sea");
  g.fillRect(0, 0, view.width, view.height);
  const border = { stroke: paint("--border"), width: view.zoom >= 5 ? 1.3 : 0.9 };
  ink(g, pathOf(view, base.land, true), { fill: paint("--land"), stroke: paint("--shore"), width: 0.8 });
  if (view.zoom >= 4.5) ink(g, pathOf(view, base.admin1), { stroke: paint("--province"), width: 0.8 });
  ink(g, pathOf(view, base.borders), border);
  if (view.zoom >= 4) ink(g, pathOf(view, base.disputed), { ...border, width: 0.9, dash: [4, 4] });
}

const LABEL_STYLES = {
  country: { font: "600 12px", spacing: "0.06em", later: 0 },
  sea: { font: "italic 400 12px", spacing: "0.04em", later: 0.25 },
  city: { font: "400 11.5px", spacing: "0px", later: 0.5 },
};

/** Names, drawn after the boxes in `taken` are known: none of them covers a symbol or another name, or says again what `said` says. */
function drawLabels(g, view, base, taken, said) {
  const boxes = taken.slice();
  const free = freeAmong(boxes);
  g.save();
  for (const { name, kind, zoom, spot } of base.labels) {
    if (zoom > view.zoom + 0.25 || said.has(name) || (kind === "country" && view.zoom > zoom + 4)) continue;
    for (const { x, y } of spotsOf(view, spot, 0)) {
      const { font, spacing } = LABEL_STYLES[kind];
      g.font = `${font} ${FONT}`;
      g.letterSpacing = spacing;
      const { width } = g.measureText(name);
      const city = kind === "city";
      if (city && !free([x - 3, y - 3, x + 3, y + 3])) continue;
      const at = (city ? [x + 6, x - 6 - width] : [x - width / 2]).find((left) => free([left - 2, y - 8, left + width + 2, y + 8]));
      if (at === undefined) continue;
      boxes.push([Math.min(at, x - 3) - 3, y - 8, Math.max(at + width, x + 3) + 3, y + 8]);
      const [colour, rim] = [paint(`--label-${kind}`), paint(kind === "sea" ? "--sea" : "--halo")];
      letter(g, name, at, y, { font, colour, rim });
      if (city) ink(g, disc(x, y, 2.1), { stroke: rim, width: 2 }, { fill: colour });
    }
  }
  g.restore();
}

/** Whether a box (left, top, right, bottom) covers none of these; boxes may be added to them. */
const freeAmong = (boxes) => (box) => !boxes.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]);
