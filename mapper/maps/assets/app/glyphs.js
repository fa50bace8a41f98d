// One colour and one shape for each type, so that no one has to tell them apart by colour alone.
// Colours: Paul Tol's "muted" and "bright" schemes (made for colour-blind readers), on a white rim.

const TYPE_LOOKS = {
  air_drone_strike: ["#c2410c", "down"],
  shelling_missile: ["#cc6677", "up"],
  explosion_ied: ["#882255", "burst"],
  armed_clash: ["#332288", "cross"],
  attack_on_civilians: ["#aa3377", "diamond"],
  abduction: ["#6b4f2a", "pentagon"],
  protest: ["#0077bb", "circle"],
  riot: ["#3a86c8", "hexagon"],
  arrest: ["#44618f", "square"],
  piracy: ["#117733", "half"],
  natural_disaster: ["#00836c", "drop"],
  accident: ["#8a7a12", "plus"],
  other_strategic: ["#66707a", "ring"],
};
const OTHER_LOOK = ["#66707a", "circle"];

/** Colour and shape of a type; on a dark ground the colour is mixed with white. */
function typeLook(key) {
  const [colour, shape] = Object.hasOwn(TYPE_LOOKS, key || "") ? TYPE_LOOKS[key] : OTHER_LOOK;
  return [dark.matches ? lighter(colour) : colour, shape];
}
const dark = matchMedia("screen and (prefers-color-scheme: dark)");
const lighter = (colour) =>
  "#" + [1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.62 + 255 * 0.38).toString(16).padStart(2, "0")).join("");

function polygon(g, x, y, r, corners, turn = -Math.PI / 2) {
  for (let i = 0; i < corners; i++) {
    const a = turn + (i * 2 * Math.PI) / corners;
    g[i ? "lineTo" : "moveTo"](x + r * Math.cos(a), y + r * Math.sin(a));
  }
  g.closePath();
}

function fromPoints(g, x, y, r, points) {
  points.forEach(([dx, dy], i) => g[i ? "lineTo" : "moveTo"](x + r * dx, y + r * dy));
  g.closePath();
}

const W = 0.38; // half the width of an arm of a cross
const PLUS = [[-W, -1.1], [W, -1.1], [W, -W], [1.1, -W], [1.1, W], [W, W], [W, 1.1], [-W, 1.1], [-W, W], [-1.1, W], [-1.1, -W], [-W, -W]];

const SHAPES = {
  circle: (g, x, y, r) => g.arc(x, y, r, 0, 7),
  up: (g, x, y, r) => polygon(g, x, y + r * 0.15, r * 1.3, 3),
  down: (g, x, y, r) => polygon(g, x, y - r * 0.15, r * 1.3, 3, Math.PI / 2),
  square: (g, x, y, r) => g.rect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84),
  diamond: (g, x, y, r) => polygon(g, x, y, r * 1.3, 4),
  pentagon: (g, x, y, r) => polygon(g, x, y, r * 1.15, 5),
  hexagon: (g, x, y, r) => polygon(g, x, y, r * 1.12, 6, 0),
  plus: (g, x, y, r) => fromPoints(g, x, y, r, PLUS),
  cross: (g, x, y, r) => fromPoints(g, x, y, r, PLUS.map(([a, b]) => [(a - b) * 0.7071, (a + b) * 0.7071])),
  burst: (g, x, y, r) => {
    for (let i = 0; i < 16; i++) {
      const a = (i * Math.PI) / 8;
      const k = i % 2 ? 0.72 : 1.35;
      g[i ? "lineTo" : "moveTo"](x + r * k * Math.sin(a), y - r * k * Math.cos(a));
    }
    g.closePath();
  },
  half: (g, x, y, r) => {
    g.arc(x, y - r * 0.45, r * 1.25, 0, Math.PI);
    g.closePath();
  },
  drop: (g, x, y, r) => {
    g.moveTo(x, y - r * 1.5);
    g.bezierCurveTo(x + r * 0.5, y - r * 0.6, x + r, y - r * 0.2, x + r, y + r * 0.25);
    g.arc(x, y + r * 0.25, r, 0, Math.PI);
    g.bezierCurveTo(x - r, y - r * 0.2, x - r * 0.5, y - r * 0.6, x, y - r * 1.5);
    g.closePath();
  },
  ring: (g, x, y, r) => {
    g.arc(x, y, r, 0, 7);
    g.moveTo(x + r * 0.45, y);
    g.arc(x, y, r * 0.45, 0, 7, true);
  },
};

/** Draw the symbol of a type. Pale and dashed: little confidence. Hollow: it did not happen (attempted, planned, denied). */
function drawGlyph(g, type, x, y, r, { faint = false, hollow = false, rim = paint("--panel") } = {}) {
  const [colour, shape] = typeLook(type);
  g.save();
  g.lineJoin = "round";
  g.beginPath();
  SHAPES[shape](g, x, y, r);
  g.lineWidth = 3.4;
  g.strokeStyle = rim;
  g.stroke();
  if (hollow || faint) {
    g.fillStyle = faint && !hollow ? blend(colour) : rim;
    g.fill("evenodd");
    if (faint) g.setLineDash([2.5, 2]);
    g.lineWidth = 1.6;
    g.strokeStyle = colour;
    g.stroke();
  } else {
    g.fillStyle = colour;
    g.fill("evenodd");
  }
  g.restore();
}
const blend = (colour) => colour + "59";

/** A small picture of a symbol for lists and legends. Drawn once: a canvas of its own for each row of a list is slow. */
function glyphPicture(type, options, size = 20) {
  const key = JSON.stringify([type, options, size, dark.matches, window.devicePixelRatio]);
  if (!pictures.has(key)) {
    const canvas = element("canvas");
    drawGlyph(sharpCanvas(canvas, size, size), type, size / 2, size / 2, size * 0.31, { rim: paint("--panel"), ...options });
    pictures.set(key, `url(${canvas.toDataURL()})`);
  }
  const picture = element("span", { "aria-hidden": "true", class: "glyph" });
  Object.assign(picture.style, { width: `${size}px`, height: `${size}px`, backgroundImage: pictures.get(key) });
  return picture;
}
const pictures = new Map();

/** Hatching tells how wide an area is known: dense for a district, wide for a country or a sea. */
const HATCHES = { adm2: [5, 45], adm1: [8, 45], region: [8, 135], country: [12, 45], water: [10, 0], macro_region: [18, 135] };

const hatchTiles = new Map();

function hatch(g, precision, colour) {
  const ratio = window.devicePixelRatio || 1;
  const [gap, angle] = Object.hasOwn(HATCHES, precision || "") ? HATCHES[precision] : HATCHES.region;
  const key = `${gap} ${angle} ${colour} ${ratio}`;
  if (!hatchTiles.has(key)) hatchTiles.set(key, hatchTile(gap, angle, colour, ratio));
  const pattern = g.createPattern(hatchTiles.get(key), "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

function hatchTile(gap, angle, colour, ratio) {
  const tile = document.createElement("canvas");
  const side = Math.round(gap * (angle % 90 ? Math.SQRT2 : 1) * ratio);
  tile.width = tile.height = Math.max(2, side);
  const t = tile.getContext("2d");
  t.strokeStyle = colour;
  t.lineWidth = ratio;
  t.beginPath();
  if (angle === 0) {
    t.moveTo(0, side / 2);
    t.lineTo(side, side / 2);
  } else {
    const flip = angle === 135;
    for (const shift of [-side, 0, side]) {
      t.moveTo(shift, flip ? 0 : side);
      t.lineTo(shift + side, flip ? side : 0);
    }
  }
  t.stroke();
  return tile;
}
