// A canvas over the whole map that is redrawn after each move and scaled while a zoom runs.

const MARGIN = 0.3; // share of the view drawn beyond each edge, so that dragging does not show a blank

const CanvasLayer = L.Layer.extend({
  initialize(draw, pane) {
    this._paint = draw;
    L.setOptions(this, { pane });
  },
  onAdd(map) {
    this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", this.getPane());
    this._canvas.setAttribute("aria-hidden", "true");
    this._canvas.dir = "ltr"; // places on it are counted from the left, whatever the language of the page
    map.on("moveend resize viewreset", this.redraw, this);
    map.on("zoomanim", this._animate, this);
    this.redraw();
  },
  onRemove(map) {
    this._canvas.remove();
    map.off("moveend resize viewreset", this.redraw, this);
    map.off("zoomanim", this._animate, this);
  },
  _animate(event) {
    const scale = this._map.getZoomScale(event.zoom, this._zoom);
    const centre = this._map._latLngToNewLayerPoint(this._centre, event.zoom, event.center);
    const origin = centre.add(this._toCorner.multiplyBy(scale));
    L.DomUtil.setTransform(this._canvas, origin, scale);
  },
  redraw() {
    const map = this._map;
    if (!map) return;
    colours.clear();
    const size = map.getSize();
    const pad = size.multiplyBy(MARGIN).round();
    const g = sharpCanvas(this._canvas, size.x + 2 * pad.x, size.y + 2 * pad.y);
    const topLeft = map.containerPointToLayerPoint(pad.multiplyBy(-1));
    L.DomUtil.setPosition(this._canvas, topLeft);
    this._zoom = map.getZoom();
    // Measured from the centre: a corner above the edge of the world has no latitude.
    this._centre = map.getCenter();
    this._toCorner = topLeft.subtract(map.latLngToLayerPoint(this._centre));
    this._paint(g, makeView(map, pad, size));
  },
});

/** World coordinates (see projectLine) to pixels of a canvas. */
function makeView(map, pad, size) {
  const zoom = map.getZoom();
  const scale = 256 * 2 ** zoom;
  const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).add(map.getPixelOrigin());
  const width = size.x + 2 * pad.x;
  const height = size.y + 2 * pad.y;
  const left = corner.x / scale;
  const top = corner.y / scale;
  const turns = []; // copies of the world in view: 0, and 1 or -1 near the antimeridian
  for (let k = Math.floor(left); k <= Math.floor(left + width / scale); k++) turns.push(k);
  return { zoom, scale, left, top, right: left + width / scale, bottom: top + height / scale, width, height, turns, pad };
}

/** Where a place (world coordinates) is on the canvas: once for each copy of the world that has it in view, or less than `margin` pixels beyond. */
function spotsOf(view, [wx, wy], margin) {
  const spots = [];
  const y = (wy - view.top) * view.scale;
  if (y < -margin || y > view.height + margin) return spots;
  for (const turn of view.turns) {
    const x = (wx + turn - view.left) * view.scale;
    if (x >= -margin && x <= view.width + margin) spots.push({ x, y, turn });
  }
  return spots;
}

/** Lines as one path on the canvas; null where none lies in view. */
function pathOf(view, lines, close) {
  const path = new Path2D();
  let any = false;
  for (const turn of view.turns) for (const line of lines) any = traceLine(path, view, line, turn, close) || any;
  return any ? path : null;
}

/** Add a line to a path, without points closer than a pixel; true when it lies in view. */
function traceLine(path, view, line, turn, close) {
  const { points, box } = line;
  if (box[2] + turn < view.left || box[0] + turn > view.right || box[3] < view.top || box[1] > view.bottom) return false;
  // Smaller than half a pixel: nothing to see, and there are thousands of islands.
  if (close && (box[2] - box[0]) * view.scale < 0.5 && (box[3] - box[1]) * view.scale < 0.5) return false;
  const { left, top, scale } = view;
  let lastX = Infinity;
  let lastY = Infinity;
  const end = points.length - 2;
  for (let i = 0; i <= end; i += 2) {
    const x = (points[i] + turn - left) * scale;
    const y = (points[i + 1] - top) * scale;
    if (i && i < end && Math.abs(x - lastX) + Math.abs(y - lastY) < 1) continue;
    path[i ? "lineTo" : "moveTo"](x, y);
    lastX = x;
    lastY = y;
  }
  // Not closePath: browsers measure the whole path at each, which takes longer than to draw a world of islands.
  if (close) path.lineTo((points[0] + turn - left) * scale, (points[1] - top) * scale);
  return true;
}

function disc(x, y, r) {
  const path = new Path2D();
  path.arc(x, y, r, 0, 7);
  return path;
}

const straight = (x, y, toX, toY) => new Path2D(`M${x} ${y}L${toX} ${toY}`);

/** Fill and stroke a path, one look after the other. Nothing of them stays on the canvas' context. */
function ink(g, path, ...looks) {
  if (!path) return;
  g.save();
  g.lineJoin = "round";
  for (const { fill, stroke, width = 1, dash = [], alpha = 1 } of looks) {
    g.globalAlpha = alpha;
    if (fill) {
      g.fillStyle = fill;
      g.fill(path, "evenodd");
    }
    if (stroke) {
      g.strokeStyle = stroke;
      g.lineWidth = width;
      g.setLineDash(dash);
      g.stroke(path);
    }
  }
  g.restore();
}

/** Words at a height, from x on or with x in their middle, with a rim around them where `rim` is a colour. */
function letter(g, text, x, y, { font, colour, rim, align = "start" }) {
  g.save();
  Object.assign(g, { font: `${font} ${FONT}`, textAlign: align, textBaseline: "middle", lineJoin: "round", lineWidth: 3, fillStyle: colour });
  if (rim) {
    g.strokeStyle = rim;
    g.strokeText(text, x, y);
  }
  g.fillText(text, x, y);
  g.restore();
}
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';

/** A colour of the style sheet. Asked of the browser once a drawing: it works out the whole style for each question. */
const paint = (name) => {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return colours.get(name);
};
const colours = new Map();
