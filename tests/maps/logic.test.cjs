// The logic of the page: filters, order, address, timeline, words. Run by test_maps_logic.py, or by hand:
//     deno test --allow-read tests/maps/logic.test.cjs        # or: node --test tests/maps/logic.test.cjs
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");

const app = path.join(__dirname, "..", "..", "mapper", "maps", "assets");
const source = ["codec", "words", "dom", "state", "timeline", "panel", "clusters"].map((name) => fs.readFileSync(path.join(app, "app", `${name}.js`), "utf8")).join("\n");
const names = `pickLanguage speak t whenWords placeWords countWords confidenceWords distanceWords makeModel filtered sorted toHash fromHash
  newFilters placesOf histogram nextSpan expand safeLink hitsOf decodeLine pointsOf clustersAt membersOf splitZoom`.split(/\s+/);
const page = new Function(`"use strict";${source}\nreturn { ${names} };`)();
const words = JSON.parse(fs.readFileSync(path.join(app, "words.json"), "utf8"));
page.speak(words, "en");

const day = (text) => Date.parse(text) / 864e5;
const column = (value, n) => new Array(n).fill(value);
function model(rows) {
  const n = rows.length;
  const take = (name, other = null) => rows.map((row) => (name in row ? row[name] : other));
  return page.makeModel({
    harms: ["killed"],
    incidents: {
      incident_id: rows.map((row, i) => row.id || `i${i}`), event_type: take("type", "protest"), event_subtype: column(null, n), status: take("status", "accomplished"),
      date_start: take("from"), date_end: rows.map((row) => row.to ?? row.from ?? null), weapon: column(null, n), date_text: column(null, n),
      killed_low: take("killed"), killed_best: take("killed"), killed_high: column(null, n), confidence: take("confidence", 0.9),
      perpetrators: column(null, n), targets: column(null, n), sources: take("sources"), quotes: rows.map((row) => [[row.quote || "", 0]]),
      documents: column([0], n), links: column(null, n), relations: take("relations"),
    },
    places: { incident: rows.map((_, i) => i), place_name: take("place", "Mosul"), admin1: column(null, n), country: column("Iraq", n) },
    reports: { doc_id: ["r1"], title: ["A report"], url: ["https://example.org/1"], published: [null] },
  });
}
const three = () => model([
  { from: day("2024-01-01"), killed: 3, quote: "Fire in Medellín", sources: ["the police"] },
  { from: day("2024-01-05"), to: day("2024-01-09"), type: "riot", status: "denied", confidence: 0.4 },
  { type: "unheard_of" },
]);
const pass = (m, change) => page.filtered(m, { ...page.newFilters(m), ...change });

test("a span of days passes when it touches the chosen span", () => {
  const m = three();
  assert.deepEqual(pass(m, { from: day("2024-01-08"), to: day("2024-01-08"), undated: false }), [1]);
  assert.deepEqual(pass(m, { from: day("2024-01-02"), to: day("2024-01-04"), undated: false }), []);
});
test("what has no date passes only where it is wanted", () => assert.deepEqual(pass(three(), { undated: false }), [0, 1]));
test("an unknown toll is not at least one", () => assert.deepEqual(pass(three(), { killed: 1 }), [0]));
test("status, type and confidence filter", () => {
  assert.deepEqual(pass(three(), { offStatus: new Set(["denied"]) }), [0, 2]);
  assert.deepEqual(pass(three(), { off: new Set(["riot", "protest"]) }), [2]);
  assert.deepEqual(pass(three(), { confidence: 0.5 }), [0, 2]);
});
test("the source is whom a report cites, or the report", () => {
  assert.deepEqual(pass(three(), { source: "POLICE" }), [0]);
  assert.deepEqual(pass(three(), { source: "a report" }), [0, 1, 2]);
});
test("the search knows no accents and wants every word", () => {
  assert.deepEqual(pass(three(), { search: "medellin FIRE" }), [0]);
  assert.deepEqual(pass(three(), { search: "medellin flood" }), []);
});
test("what is not known stands at the end of every order", () => {
  const m = three();
  assert.deepEqual(page.sorted(m, [0, 1, 2], "newest"), [1, 0, 2]);
  assert.deepEqual(page.sorted(m, [0, 1, 2], "oldest"), [0, 1, 2]);
  assert.deepEqual(page.sorted(m, [2, 1, 0], "killed"), [0, 1, 2]);
});
test("an address brings every part of the state back", () => {
  const m = three();
  const state = {
    filters: { ...page.newFilters(m), search: "a b&c=#", off: new Set(["riot"]), offStatus: new Set(["denied"]), from: day("2024-01-02"), to: day("2024-01-05"), undated: false, confidence: 0.75, killed: 4, source: "x/y" },
    open: 1, view: [12.5, -7.25, 4.5], sort: "killed", mode: "heat", layers: { points: false, mentions: true, own0: true }, language: "fr", step: null,
  };
  const hash = page.toHash(state, m);
  const back = page.fromHash(hash, m, ["points", "mentions", "own0"]);
  assert.deepEqual(back, state);
  assert.equal(page.toHash(back, m), hash);
});
test("a broken address is the beginning", () => {
  const m = three();
  const fresh = page.fromHash("", m, ["points"]);
  for (const hash of ["#v=a/b/c&t=x/y&c=7&k=-3&s=z&m=__proto__&l=__proto__&lang=constructor&y=9&i=no", "#%E0%A4%A", "#v=1/2"]) {
    assert.deepEqual(page.fromHash(hash, m, ["points"]), fresh);
  }
});
test("the bars hold every dated incident once", () => {
  const m = three();
  assert.deepEqual(page.histogram(m, [0, 1, 2], 9), [1, 0, 0, 0, 1, 0, 0, 0, 0]);
});
test("play goes through the whole time, part by part, and ends", () => {
  const all = { first: 0, last: 99 };
  let span = { from: 0, to: 99 };
  const seen = [];
  while ((span = page.nextSpan(span, all))) seen.push(span);
  assert.equal(seen[0].from, 0);
  assert.equal(seen.at(-1).to, 99);
  seen.slice(1).forEach((next, k) => assert.equal(next.from, seen[k].to + 1));
});
test("a shortened column is the column", () => {
  assert.deepEqual(page.expand({ a: { all: "x", n: 2 }, b: { of: ["p", null], at: [1, 0, 1] }, c: [1] }), { a: ["x", "x"], b: [null, "p", null], c: [1] });
});
test("relations are known from both ends", () => {
  const m = model([{ relations: [["in_retaliation_for", 1]] }, {}]);
  assert.deepEqual(m.answers.get(1), [["in_retaliation_for", 0]]);
});
test("the language asked for comes before the browser's", () => {
  assert.equal(page.pickLanguage(["ar", null], ["fr-CA"]), "ar");
  assert.equal(page.pickLanguage([null, null], ["de", "es-MX"]), "es");
  assert.equal(page.pickLanguage(["xx", null], ["constructor"]), "en");
});
test("counts say no more than is known", () => {
  assert.equal(page.countWords(3, 3, 3), "3");
  assert.equal(page.countWords(12, 12, null), "at least 12");
  assert.equal(page.countWords(2, 3, 5), "3 (2 to 5)");
  assert.equal(page.countWords(null, null, 4), "at most 4");
  assert.equal(page.countWords(null, null, null), null);
});
test("dates and plurals follow the language", () => {
  const whole = [day("2024-02-01"), day("2024-02-29"), "month", false];
  assert.equal(page.whenWords(...whole), "Some time in February 2024");
  page.speak(words, "fr");
  assert.equal(page.whenWords(...whole), "À un moment de février 2024");
  page.speak(words, "ar");
  assert.equal(page.t("n_incidents", 2), "حادثتان");
  assert.equal(page.t("n_incidents", 11), "11 حادثة");
  page.speak(words, "en");
});
test("a place that tells where is not said to be near itself", () => {
  assert.equal(page.placeWords("between A and B", "near")[0], "Between A and B");
  assert.equal(page.placeWords("Kirkuk", "near")[0], "Near Kirkuk");
  assert.equal(page.placeWords("Iraq", "country")[0], "Somewhere in Iraq");
});
test("only whole web addresses become links", () => {
  for (const address of ["javascript:1", "//a.b/c", "https://u:p@a.b/", "data:x", "", null]) assert.equal(page.safeLink(address), null);
  assert.equal(page.safeLink("https://a.b/c"), "https://a.b/c");
});
test("marks do not overlap", () => assert.deepEqual(page.hitsOf("three men on Monday", ["men", "three men", "Monday"]), [[0, 9], [13, 19]]));

// Towns of many points each, in the order of a table: the same numbers each time.
function towns(n) {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const centres = Array.from({ length: 9 }, () => [random() * 40e5, random() * 40e5]);
  const spot = (axis) => Array.from({ length: n }, (_, k) => Math.round(centres[k % 9][axis] + (k % 3 ? random() * 2e4 : 0)));
  return page.pointsOf({ lon: spot(0), lat: spot(1) }, Int32Array.from({ length: n }, (_, k) => k));
}
test("every point is in one cluster, near its middle, at every zoom", () => {
  const points = towns(600);
  for (let zoom = 1; zoom <= 14; zoom++) {
    const level = page.clustersAt(points, zoom);
    assert.equal(level.count.reduce((a, b) => a + b), 600);
    points.x.forEach((x, k) => {
      const id = level.owner[k];
      assert.ok(Math.hypot(x - level.x[id], points.y[k] - level.y[id]) * 256 * 2 ** zoom <= 84, `point ${k} at zoom ${zoom}`);
    });
  }
});
test("no two circles cover each other's middle", () => {
  for (const zoom of [2, 5, 8]) {
    const { x, y, n } = page.clustersAt(towns(400), zoom);
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) assert.ok(Math.hypot(x[a] - x[b], y[a] - y[b]) * 256 * 2 ** zoom > 28);
  }
});
test("a cluster is split at the zoom that is given for it, and one at a single spot never", () => {
  const points = towns(600);
  const level = page.clustersAt(points, 3);
  const members = page.membersOf(level, level.owner[1]);
  const zoom = page.splitZoom(points, members);
  assert.ok(new Set(members.map((k) => page.clustersAt(points, zoom).owner[k])).size > 1);
  assert.equal(page.splitZoom({ x: [0.5, 0.5], y: [0.4, 0.4] }, [0, 1]), Infinity);
});
