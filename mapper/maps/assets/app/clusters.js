// Points that lie close together as one circle. Found for one zoom at a time, when it is first looked at: a library that
// prepares every zoom beforehand takes seconds for a hundred thousand points, after each change of a filter again.

/** Rows of places that are points, with their world coordinates. */
function pointsOf(at, rows) {
  const [x, y] = [Float64Array.from(rows, (row) => worldX(at.lon[row] / 1e5)), Float64Array.from(rows, (row) => worldY(at.lat[row] / 1e5))];
  return { rows, x, y, levels: {} };
}

const CLUSTER_REACH = 28; // pixels: two small circles side by side
const MOST_KEPT = 300000; // points; of more, only the last zoom stays in memory
const BUCKETS = 1 << 16;
const bucketOf = (cx, cy) => (Math.imul(cx, 73856093) ^ Math.imul(cy, 19349663)) & (BUCKETS - 1);

/** Clusters of points (world coordinates x, y) at a whole zoom: middle, count and first point of each, and the cluster of each point. */
function clustersAt(points, zoom) {
  if (points.x.length > MOST_KEPT && !points.levels[zoom]) points.levels = {};
  return (points.levels[zoom] ??= findClusters(points, CLUSTER_REACH / (256 * 2 ** zoom)));
}

/** Gathers until no two middles lie within reach of each other: circles do not cover one another. */
function findClusters({ x, y }, reach) {
  let level = gather({ x, y, count: new Int32Array(x.length).fill(1) }, reach);
  for (;;) {
    const { n, owner, first } = level;
    const merged = gather(level, reach);
    if (merged.n === n) return level;
    level = { ...merged, owner: owner.map((id) => merged.owner[id]), first: merged.first.map((id) => first[id]) };
  }
}

/** Each point in turn, where it is not taken yet, takes all free points within reach; the middle is the mean of all they stand for. */
function gather({ x, y, count: weight }, reach) {
  const n = x.length;
  const owner = new Int32Array(n).fill(-1);
  const [midX, midY, count, first] = [new Float64Array(n), new Float64Array(n), new Int32Array(n), new Int32Array(n)];
  const [head, next] = [new Int32Array(BUCKETS).fill(-1), new Int32Array(n)]; // points by cell, as chains
  for (let k = n - 1; k >= 0; k--) {
    const bucket = bucketOf(Math.floor(x[k] / reach), Math.floor(y[k] / reach));
    next[k] = head[bucket];
    head[bucket] = k;
  }
  let found = 0;
  for (let k = 0; k < n; k++) {
    if (owner[k] >= 0) continue;
    const [cx, cy] = [Math.floor(x[k] / reach), Math.floor(y[k] / reach)];
    for (let cell = 0; cell < 9; cell++) {
      const bucket = bucketOf(cx + (cell % 3) - 1, cy + Math.floor(cell / 3) - 1);
      for (let j = head[bucket], before = -1; j >= 0; j = next[j]) {
        if (owner[j] < 0 && (x[j] - x[k]) ** 2 + (y[j] - y[k]) ** 2 <= reach * reach) {
          owner[j] = found;
          midX[found] += x[j] * weight[j];
          midY[found] += y[j] * weight[j];
          count[found] += weight[j];
        }
        if (owner[j] < 0) before = j;
        else if (before < 0) head[bucket] = next[j]; // taken: out of the chain
        else next[before] = next[j];
      }
    }
    first[found] = k;
    midX[found] /= count[found];
    midY[found] /= count[found];
    found++;
  }
  const cut = (values) => values.slice(0, found);
  return { n: found, x: cut(midX), y: cut(midY), count: cut(count), first: cut(first), owner };
}

/** Points of one cluster. */
function membersOf(level, cluster) {
  const members = [];
  level.owner.forEach((one, k) => one === cluster && members.push(k));
  return members;
}

/** The first zoom at which these points are surely no longer one cluster; Infinity where they are at one spot. */
function splitZoom({ x, y }, members) {
  const spread = (of) => members.reduce((most, k) => Math.max(most, of[k]), -Infinity) - members.reduce((least, k) => Math.min(least, of[k]), Infinity);
  return Math.ceil(Math.log2((2 * CLUSTER_REACH) / (256 * Math.max(spread(x), spread(y)))));
}
