// Two views of many incidents: heat, and how many lie in each province.

const HEAT_CELL = 8; // pixels
const HEAT_REACH = 26; // pixels
const RAMP = ["#fde725", "#7ad151", "#22a884", "#2a788e", "#414487", "#440154"]; // viridis, light to dark
const STEPS = ["#b9d4ee", "#86b4de", "#4f8cc6", "#2665a5", "#123c73"];

/** Points counted in cells of the canvas, each cell a soft spot; what adds up is then coloured. */
function drawHeat(g, view, scene) {
  const cells = new Map();
  const across = Math.ceil(view.width / HEAT_CELL);
  const { points } = scene;
  for (let k = 0; k < points.x.length; k++) {
    for (const turn of view.turns) {
      const x = Math.floor(((points.x[k] + turn - view.left) * view.scale) / HEAT_CELL);
      const y = Math.floor(((points.y[k] - view.top) * view.scale) / HEAT_CELL);
      if (x < 0 || y < 0 || x >= across || y * HEAT_CELL > view.height) continue;
      cells.set(y * across + x, (cells.get(y * across + x) || 0) + 1);
    }
  }
  let most = 1;
  for (const count of cells.values()) most = Math.max(most, count);
  const half = document.createElement("canvas");
  [half.width, half.height] = [Math.ceil(view.width / 2), Math.ceil(view.height / 2)];
  const h = half.getContext("2d", { willReadFrequently: true });
  for (const [cell, count] of cells) {
    const [x, y] = [((cell % across) + 0.5) * (HEAT_CELL / 2), (Math.floor(cell / across) + 0.5) * (HEAT_CELL / 2)];
    const spot = h.createRadialGradient(x, y, 0, x, y, HEAT_REACH / 2);
    spot.addColorStop(0, `rgb(0 0 0 / ${0.05 + 0.27 * (count / most)})`);
    spot.addColorStop(1, "transparent");
    h.fillStyle = spot;
    h.fillRect(x - HEAT_REACH / 2, y - HEAT_REACH / 2, HEAT_REACH, HEAT_REACH);
  }
  const image = h.getImageData(0, 0, half.width, half.height);
  const ramp = rampBytes();
  for (let k = 3; k < image.data.length; k += 4) {
    const alpha = image.data[k];
    if (!alpha) continue;
    for (let c = 0; c < 3; c++) image.data[k - 3 + c] = ramp[alpha * 4 + c];
    image.data[k] = Math.min(225, 70 + alpha);
    if (alpha < 20) image.data[k] = alpha * 4;
  }
  h.putImageData(image, 0, 0);
  g.drawImage(half, 0, 0, view.width, view.height);
}

function rampBytes() {
  const strip = document.createElement("canvas");
  [strip.width, strip.height] = [256, 1];
  const s = strip.getContext("2d", { willReadFrequently: true });
  const colours = s.createLinearGradient(0, 0, 256, 0);
  RAMP.forEach((colour, k) => colours.addColorStop(k / (RAMP.length - 1), colour));
  s.fillStyle = colours;
  s.fillRect(0, 0, 256, 1);
  return s.getImageData(0, 0, 256, 1).data;
}

/** How many of the shown incidents lie in each province, and in none; one that has several places there counts once. */
function provincesOf(scene) {
  const { model, at } = scene;
  if (scene.provinces) return scene.provinces;
  const counts = new Array(model.data.provinces.name.length).fill(0);
  let outside = 0;
  for (const i of scene.shown) {
    const own = new Set(placesOf(model, i).map((row) => at.province[row]).filter((province) => province !== null));
    own.forEach((province) => counts[province]++);
    outside += own.size === 0;
  }
  return (scene.provinces = { counts, outside, most: Math.max(1, ...counts) });
}

const stepOf = (count, most) => Math.min(STEPS.length - 1, Math.floor((Math.log(count) / Math.log(most + 1)) * STEPS.length));

function drawProvinces(g, view, scene) {
  const { counts, most } = provincesOf(scene);
  scene.model.data.provinces.area.forEach((area, k) => {
    if (counts[k]) ink(g, areaPath(view, scene.areas[area]), { fill: STEPS[stepOf(counts[k], most)], alpha: 0.85 }, { stroke: STEPS.at(-1), width: 0.8 });
  });
}

/** The counts, the highest first where two would touch; gives their boxes. */
function placeCounts(view, scene) {
  const { counts } = provincesOf(scene);
  const spots = [];
  for (const k of [...counts.keys()].filter((j) => counts[j]).sort((a, b) => counts[b] - counts[a])) {
    for (const { x, y } of spotsOf(view, scene.areas[scene.model.data.provinces.area[k]].label, 0)) {
      if (!spots.some((spot) => Math.abs(spot.x - x) < 30 && Math.abs(spot.y - y) < 16)) spots.push({ x, y, text: number(counts[k]), box: [x - 14, y - 9, x + 14, y + 9] });
    }
  }
  return spots;
}

/** What the colours of the view mean and what they leave out, for the box on the map; null in the view with symbols. */
function densityKey(scene) {
  if (scene.mode === "symbols") return null;
  if (scene.mode === "heat") {
    const counted = new Set(Array.from(scene.points.rows, (row) => scene.at.incident[row])).size;
    const out = scene.shown.length - counted;
    return { colours: RAMP, from: t("few"), to: t("many"), note: out ? t("not_in_heat", out) : "" };
  }
  const { most, outside, counts } = provincesOf(scene);
  const any = counts.some(Boolean);
  return { colours: STEPS, from: number(any ? 1 : 0), to: number(any ? most : 0), note: outside ? t("not_counted", outside) : "" };
}
