// The filtered rows as files: one row an incident and place, in the columns of the layer `incidents`.

const DAY_COLUMNS = new Set(["date_start", "date_end", "published"]);

function tableRows(model, shown) {
  const { incidents: of, places: at } = model.data;
  const { columns } = model.data;
  const rows = [];
  for (const i of shown) {
    const reports = of.documents[i].map((doc) => reportOf(model, doc));
    const addresses = [...new Set([...reports.map(({ url }) => url), ...(of.links[i] || [])])].filter(Boolean);
    const own = {
      evidence: of.quotes[i].map((quote) => quote[0]).join("\n") || null,
      doc_id: reports.map(({ id, title }) => id ?? title).join("; ") || null,
      source_url: addresses.join("; ") || null,
    };
    const places = placesOf(model, i);
    for (const place of places.length ? places : [null]) {
      const row = {};
      for (const name of columns) {
        if (Object.hasOwn(own, name)) row[name] = own[name];
        else if (Object.hasOwn(of, name)) row[name] = DAY_COLUMNS.has(name) ? isoDay(of[name][i]) || null : of[name][i];
        else row[name] = place === null ? null : (at[name]?.[place] ?? null);
      }
      rows.push([row, place]);
    }
  }
  return rows;
}

function geometryOf(model, place) {
  const { places: at, areas, area_decimals: decimals } = model.data;
  if (place === null) return null;
  if (at.lon[place] !== null) return { type: "Point", coordinates: [at.lon[place] / 1e5, at.lat[place] / 1e5] };
  if (at.area[place] === null) return null;
  const round = (value) => Math.round(value * 10 ** decimals) / 10 ** decimals;
  const polygons = areas[at.area[place]].rings.map((rings) =>
    rings.map((text) => {
      const flat = decodeLine(text, decimals);
      const ring = [];
      for (let k = 0; k < flat.length; k += 2) ring.push([round(flat[k]), round(flat[k + 1])]);
      return ring;
    }),
  );
  return { type: "MultiPolygon", coordinates: polygons };
}

function geojsonText(model, shown) {
  const features = tableRows(model, shown).map(([row, place]) => ({ type: "Feature", properties: row, geometry: geometryOf(model, place) }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

/** A cell that no spreadsheet takes for a formula; numbers stay numbers. */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  let text = Array.isArray(value) ? value.join("; ") : String(value);
  if (/^\s*[=+\-@＝＋－＠|]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return `"${text.replaceAll('"', '""')}"`;
}

function csvText(model, shown) {
  const { columns } = model.data;
  const lines = [[...columns, "lat", "lon"].join(",")];
  for (const [row, place] of tableRows(model, shown)) {
    const at = model.data.places;
    const point = place !== null && at.lon[place] !== null;
    const cells = columns.map((name) => csvCell(row[name]));
    lines.push([...cells, point ? at.lat[place] / 1e5 : "", point ? at.lon[place] / 1e5 : ""].join(","));
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function offer(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const a = element("a", { href: address, download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
