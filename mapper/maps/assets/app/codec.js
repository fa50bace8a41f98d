// From the bytes of the page to plain values. Nothing here ever becomes markup or script.

/** Read one of the page's data elements: base64 of gzip of JSON. */
async function unpack(id) {
  const text = document.getElementById(id).textContent.trim();
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : bytesOf(atob(text));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function bytesOf(binary) {
  const bytes = new Uint8Array(binary.length);
  for (let k = 0; k < binary.length; k++) bytes[k] = binary.charCodeAt(k);
  return bytes;
}

/** Columns as they were before payload.py shortened them. */
function expand(columns) {
  const full = (column) => {
    if (Array.isArray(column)) return column;
    if ("count" in column) return Array.from({ length: column.count }, (_, k) => k);
    return column.at ? column.at.map((k) => column.of[k]) : new Array(column.n).fill(column.all);
  };
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, full(column)]));
}

/** Decode a line (see polyline.py) to a flat array: lon, lat, lon, lat, ... in degrees. */
function decodeLine(text, decimals) {
  const scale = 10 ** decimals;
  const out = new Float64Array(text.length); // one number takes at least one character
  let n = 0;
  let lon = 0;
  let lat = 0;
  let value = 0;
  let shift = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 63;
    value += (code & 31) * shift;
    if (code >= 32) {
      shift *= 32;
      continue;
    }
    const delta = value % 2 ? -(value + 1) / 2 : value / 2;
    if (n % 2) out[n++] = (lat += delta) / scale;
    else out[n++] = (lon += delta) / scale;
    value = 0;
    shift = 1;
  }
  return out.slice(0, n);
}

/** A line ready to draw: Mercator world coordinates (0 to 1 across 360 degrees) and their box. */
function projectLine(flat) {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  const points = flat;
  for (let i = 0; i < flat.length; i += 2) {
    const x = worldX(flat[i]);
    const y = worldY(flat[i + 1]);
    points[i] = x;
    points[i + 1] = y;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { points, box: [left, top, right, bottom] };
}

function worldX(lon) {
  return lon / 360 + 0.5;
}
function worldY(lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** The address if it is one that may become a link: http or https, written in full, without a password. */
function safeLink(text) {
  if (!/^https?:\/\//i.test(text || "")) return null;
  try {
    const url = new URL(text);
    const web = url.protocol === "http:" || url.protocol === "https:";
    return web && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}
