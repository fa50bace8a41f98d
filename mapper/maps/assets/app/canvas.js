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

/** Add lines to the current path, without points closer than a pixel; true when any lies in view. */
function tracePath(g, view, line, turn, close) {
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
    if (i) g.lineTo(x, y);
    else g.moveTo(x, y);
    lastX = x;
    lastY = y;
  }
  if (close) g.closePath();
  return true;
}

/** A colour of the style sheet. Asked of the browser once a drawing: it works out the whole style for each question. */
const paint = (name) => {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return colours.get(name);
};
const colours = new Map();
