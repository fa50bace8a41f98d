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

/** Outlines around a middle; 1 is the radius of the symbol. */
const SHAPES = {
  circle: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
  up: "M0-1.15L1.13 .8H-1.13Z",
  down: "M0 1.15L1.13-.8H-1.13Z",
  square: "M-.92-.92H.92V.92H-.92Z",
  diamond: "M0-1.3L1.3 0L0 1.3L-1.3 0Z",
  pentagon: "M0-1.15L1.09-.36L.68 .93H-.68L-1.09-.36Z",
  hexagon: "M1.12 0L.56 .97H-.56L-1.12 0L-.56-.97H.56Z",
  plus: "M-.38-1.1H.38V-.38H1.1V.38H.38V1.1H-.38V.38H-1.1V-.38H-.38Z",
  cross: "M.51-1.05L1.05-.51L.54 0L1.05 .51L.51 1.05L0 .54L-.51 1.05L-1.05 .51L-.54 0L-1.05-.51L-.51-1.05L0-.54Z",
  burst: "M0-1.35L.28-.67L.95-.95L.67-.28L1.35 0L.67 .28L.95 .95L.28 .67L0 1.35L-.28 .67L-.95 .95L-.67 .28L-1.35 0L-.67-.28L-.95-.95L-.28-.67Z",
  half: "M1.25-.45A1.25 1.25 0 0 1-1.25-.45Z",
  drop: "M0-1.5C.5-.6 1-.2 1 .25A1 1 0 0 1-1 .25C-1-.2-.5-.6 0-1.5Z",
  ring: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0ZM.45 0A.45 .45 0 1 1-.45 0A.45 .45 0 1 1 .45 0Z",
};

function shapeAt(shape, x, y, r) {
  const path = new Path2D();
  path.addPath(new Path2D(SHAPES[shape]), new DOMMatrix([r, 0, 0, r, x, y]));
  return path;
}

/** Draw the symbol of a type. Pale and dashed: little confidence. Hollow: it did not happen (attempted, planned, denied). */
function drawGlyph(g, type, x, y, r, { faint = false, hollow = false, rim = paint("--panel") } = {}) {
  const [colour, shape] = typeLook(type);
  const ground = hollow ? rim : faint ? `${colour}59` : colour;
  const edge = hollow || faint ? { stroke: colour, width: 1.6, dash: faint ? [2.5, 2] : [] } : {};
  ink(g, shapeAt(shape, x, y, r), { stroke: rim, width: 3.4 }, { fill: ground, ...edge });
}

/** A small picture of a symbol for lists and legends. Drawn once: a canvas of its own for each row of a list is slow. */
function glyphPicture(type, options, size = 20) {
  const key = JSON.stringify([type, options, size, dark.matches, window.devicePixelRatio]);
  if (!pictures.has(key)) {
    const canvas = element("canvas");
    drawGlyph(sharpCanvas(canvas, size, size), type, size / 2, size / 2, size * 0.31, { ...options });
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
  const key = `${gap} ${colour} ${ratio}`;
  if (!hatchTiles.has(key)) {
    const tile = element("canvas");
    tile.width = tile.height = Math.round(gap * ratio);
    const t = tile.getContext("2d");
    t.fillStyle = colour;
    t.fillRect(0, 0, tile.width, ratio);
    hatchTiles.set(key, tile);
  }
  const pattern = g.createPattern(hatchTiles.get(key), "repeat");
  pattern.setTransform(new DOMMatrix().rotate(-angle).scale(1 / ratio));
  return pattern;
}
