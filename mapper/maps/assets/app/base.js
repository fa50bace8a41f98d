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
  const add = (group, kind) => {
    group.name.forEach((name, i) => {
      if (name) rows.push({ name, kind, zoom: group.zoom[i], x: worldX(group.lon[i]), y: worldY(group.lat[i]) });
    });
  };
  add(source.countries, "country");
  add(source.cities, "city");
  add(source.seas, "sea");
  const order = { country: 0, city: 0.5, sea: 0.25 };
  return rows.sort((a, b) => a.zoom + order[a.kind] - b.zoom - order[b.kind]);
}

function drawBase(g, view, base) {
  g.fillStyle = paint("--sea");
  g.fillRect(0, 0, view.width, view.height);
  g.lineJoin = "round";
  const stroke = (lines, colour, width, dash = []) => {
    g.beginPath();
    for (const turn of view.turns) for (const line of lines) tracePath(g, view, line, turn, false);
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.setLineDash(dash);
    g.stroke();
    g.setLineDash([]);
  };
  g.beginPath();
  for (const turn of view.turns) for (const ring of base.land) tracePath(g, view, ring, turn, true);
  g.fillStyle = paint("--land");
  g.fill("evenodd");
  g.strokeStyle = paint("--shore");
  g.lineWidth = 0.8;
  g.stroke();
  if (view.zoom >= 4.5) stroke(base.admin1, paint("--province"), 0.8);
  stroke(base.borders, paint("--border"), view.zoom >= 5 ? 1.3 : 0.9);
  if (view.zoom >= 4) stroke(base.disputed, paint("--border"), 0.9, [4, 4]);
}

const LABEL_STYLES = {
  country: { font: "600 12px", colour: "--label-country", spacing: "0.06em" },
  city: { font: "400 11.5px", colour: "--label-city", spacing: "0px" },
  sea: { font: "italic 400 12px", colour: "--label-sea", spacing: "0.04em" },
};

/** Names, drawn after the boxes in `taken` are known: none of them covers a symbol or another name, or says again what `said` says. */
function drawLabels(g, view, base, taken, said) {
  const boxes = taken.slice();
  const free = (box) => !boxes.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]);
  g.save();
  g.textBaseline = "middle";
  g.lineJoin = "round";
  const halo = paint("--halo");
  for (const label of base.labels) {
    if (label.zoom > view.zoom + 0.25) continue;
    if (said.has(label.name)) continue;
    if (label.kind === "country" && view.zoom > label.zoom + 4) continue;
    for (const turn of view.turns) {
      const x = (label.x + turn - view.left) * view.scale;
      const y = (label.y - view.top) * view.scale;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const style = LABEL_STYLES[label.kind];
      g.font = `${style.font} ${FONT}`;
      g.letterSpacing = style.spacing;
      const width = g.measureText(label.name).width;
      const city = label.kind === "city";
      const spots = city ? [x + 6, x - 6 - width] : [x - width / 2];
      if (city && !free([x - 3, y - 3, x + 3, y + 3])) continue;
      const at = spots.find((left) => free([left - 2, y - 8, left + width + 2, y + 8]));
      if (at === undefined) continue;
      boxes.push([Math.min(at, x - 3) - 3, y - 8, Math.max(at + width, x + 3) + 3, y + 8]);
      g.strokeStyle = label.kind === "sea" ? paint("--sea") : halo;
      g.lineWidth = 3;
      g.fillStyle = paint(style.colour);
      g.strokeText(label.name, at, y);
      g.fillText(label.name, at, y);
      if (city) {
        g.beginPath();
        g.arc(x, y, 2.1, 0, 7);
        g.lineWidth = 2;
        g.stroke();
        g.fill();
      }
    }
  }
  g.restore();
}
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';
