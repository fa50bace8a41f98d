// The days under the filters: bars of how many, the chosen span, and its way through time when played.

const PLAY_MS = 900;
const PLAY_STEPS = 12;

/** How many of the incidents began in each of `n` equal parts of the time that the page covers. */
function histogram(model, rows, n) {
  const sums = new Array(n).fill(0);
  const days = model.last - model.first + 1;
  for (const i of rows) {
    const [day] = daysOf(model.incidents, i);
    if (day !== null) sums[Math.min(n - 1, Math.floor(((day - model.first) / days) * n))]++;
  }
  return sums;
}

/** The span after this one, of the same width; the first part of the whole; null after the last. */
function nextSpan({ from, to }, { first, last }) {
  const whole = from === first && to === last;
  const width = whole ? Math.max(1, Math.ceil((last - first + 1) / PLAY_STEPS)) : to - from + 1;
  const start = whole ? first : to + 1;
  return start > last ? null : { from: start, to: Math.min(last, start + width - 1) };
}

function makeTimeline(model, actions) {
  const range = (key, change) => {
    const slide = () => {
      stop();
      actions.later(change());
    };
    return element("input", { type: "range", min: model.first, max: model.last, "aria-label": t(key), oninput: slide });
  };
  const from = range("from_date", () => ({ from: Math.min(+from.value, +to.value) }));
  const to = range("to_date", () => ({ to: Math.max(+from.value, +to.value) }));
  const words = element("span.span");
  const bars = element("canvas.bars", { "aria-hidden": "true" });
  let timer = 0;
  const say = (playing) => {
    play.textContent = t(playing ? "pause" : "play");
    play.setAttribute("aria-pressed", playing);
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    say(false);
  };
  const advance = () => {
    const span = nextSpan({ from: +from.value, to: +to.value }, model);
    if (span) actions.change(span);
    else stop();
  };
  const play = button("", () => {
    if (timer) return stop();
    if (+to.value >= model.last) actions.change({ from: model.first, to: model.last });
    say(true);
    timer = setInterval(advance, PLAY_MS);
    return advance();
  }, { class: "quiet" });
  say(false);
  const box = element("fieldset.dates", element("legend", t("dates")), bars, from, to, element("p.pair", words, play));
  return { box, from, to, words, bars, stop, all: histogram(model, Array(model.n).keys(), barCount(model)) };
}
const barCount = (model) => Math.min(60, model.last - model.first + 1);

/** Put the sliders where the filters say, and draw the bars: all incidents pale, those shown dark. */
function syncTimeline(timeline, model, filters, shown) {
  const { from, to, words, bars, all } = timeline;
  for (const [input, day] of [[from, filters.from], [to, filters.to]]) {
    input.value = day;
    input.setAttribute("aria-valuetext", dayWords(day));
  }
  // Both stand on one line: where they meet at its end, the first has to be in reach.
  from.style.zIndex = filters.from - model.first > model.last - filters.from ? 1 : 0;
  words.textContent = `${dayWords(filters.from, true)} – ${dayWords(filters.to, true)}`;
  const width = bars.clientWidth || 320;
  const height = 38;
  const g = sharpCanvas(bars, width, height);
  if (document.documentElement.dir === "rtl") g.setTransform(-g.getTransform().a, 0, 0, g.getTransform().d, bars.width, 0);
  const n = all.length;
  const most = Math.max(1, ...all);
  const draw = (sums, colour) => {
    g.fillStyle = colour;
    sums.forEach((sum, k) => sum && g.fillRect((k * width) / n, height - Math.max(2, (sum / most) * height), Math.max(1, width / n - 1), height));
  };
  draw(all, paint("--bar"));
  draw(histogram(model, shown, n), paint("--accent"));
}
