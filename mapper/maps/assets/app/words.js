// The words of the page from one table (see words.json), and dates, counts and precision put into words.

const LANGUAGES = { en: "English", ar: "العربية", fr: "Français", es: "Español" };
const LOCALES = { en: "en-GB", ar: "ar-u-nu-latn", fr: "fr", es: "es" };
const LOW_CONFIDENCE = 0.5;
const HIGH_CONFIDENCE = 0.75;
let tongue = { words: {}, lang: "en" };

/** The language to speak: the one asked for, else the first of the browser's that the table has. */
function pickLanguage(asked, browser) {
  const known = [...asked, ...browser].map((tag) => String(tag || "").toLowerCase().split("-")[0]);
  return known.find((tag) => Object.hasOwn(LANGUAGES, tag)) || "en";
}

function speak(words, lang) {
  const locale = LOCALES[lang];
  const day = (month) => new Intl.DateTimeFormat(locale, { day: "numeric", month, year: "numeric", timeZone: "UTC" });
  tongue = {
    words, lang,
    plural: new Intl.PluralRules(locale),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    metres: new Intl.NumberFormat(locale, { style: "unit", unit: "meter", maximumFractionDigits: 1 }),
    kilometres: new Intl.NumberFormat(locale, { style: "unit", unit: "kilometer", maximumFractionDigits: 1 }),
    share: new Intl.NumberFormat(locale, { style: "percent" }),
    long: day("long"),
    short: day("short"),
    month: new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }),
    year: new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" }),
  };
}

const known = (key) => Object.hasOwn(tongue.words, key);
const number = (value) => tongue.number.format(value);

/** The words of a key. Of a key with plural forms, the first number among the values decides. */
function t(key, ...values) {
  let text = tongue.words[key][tongue.lang];
  if (typeof text !== "string") text = text[tongue.plural.select(values.find((value) => typeof value === "number"))] || text.other;
  return text.replace(/\{(\d)\}/g, (_, k) => (typeof values[k] === "number" ? number(values[k]) : values[k]));
}

/** Words of a value that the table may not know: its own name then. */
const either = (prefix, value) => (known(`${prefix}_${value}`) ? t(`${prefix}_${value}`) : String(value).replaceAll("_", " "));
const typeWords = (key) => (key ? either("type", key) : t("type_unknown"));
const STATUSES = ["accomplished", "attempted", "threatened", "planned", "denied"];
const statusWords = (key) => (STATUSES.includes(key) ? t(key) : key);
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

const isoDay = (day) => (day === null ? "" : new Date(day * 864e5).toISOString().slice(0, 10));
const dayWords = (day, short) => tongue[short ? "short" : "long"].format(day * 864e5);

/** When an incident was, as exactly as it is known and no more. */
function whenWords(from, to, precision, short) {
  if (from === null && to === null) return t("no_date");
  if (from === null) return t("on_or_before", dayWords(to, short));
  if (to === null) return t("on_or_after", dayWords(from, short));
  for (const unit of ["month", "year"]) {
    const words = tongue[unit].format(from * 864e5);
    if (precision === unit && words === tongue[unit].format(to * 864e5)) return short ? words : t("some_time_in", words);
  }
  if (from === to) return dayWords(from, short);
  const span = `${dayWords(from, short)} – ${dayWords(to, short)}`;
  if (short || precision === "range") return span;
  if (precision === "week") return t("some_time_week", span);
  return t("some_time_between", dayWords(from), dayWords(to));
}

/** A place and how well it is known: [words, kind]. A name that tells where ("between A and B") stands as it is. */
function placeWords(name, precision) {
  const shown = name || t("unnamed_place");
  const kind = known(`prec_${precision}`) ? precision : "unknown";
  let words = shown;
  if (kind === "near") words = /^\p{Ll}|\d/u.test(shown) ? shown : t("near_place", shown);
  else if (kind === "water") words = t("on_water", shown);
  else if (kind !== "site" && kind !== "unknown") words = t("in_place", shown);
  return [capital(words), t(`prec_${kind}`)];
}

function distanceWords(metres) {
  if (metres === null) return null;
  if (metres < 950) return tongue.metres.format(Math.max(10, Math.round(metres / 10) * 10));
  const km = metres / 1000;
  return tongue.kilometres.format(km < 10 ? km : Math.round(km));
}

/** "3", "3 (2 to 5)", "at least 12", or null where nothing is said. */
function countWords(low, best, high) {
  if (low === null && best === null && high === null) return null;
  if (low !== null && low === high) return number(low);
  if (best === 0 && !low && high === null) return number(0); // none are known; "at least 0" says nothing
  let bounds = "";
  if (low !== null && high !== null) bounds = t("between_counts", low, high);
  else if (low !== null) bounds = t("at_least", low);
  else if (high !== null) bounds = t("at_most", high);
  if (best === null || (best === low && high === null) || (best === high && low === null)) return bounds || number(best);
  return bounds ? t("best_count", best, bounds) : number(best);
}

function confidenceWords(value) {
  if (value === null) return t("not_rated");
  return t(value < LOW_CONFIDENCE ? "conf_low" : value < HIGH_CONFIDENCE ? "conf_medium" : "conf_high", tongue.share.format(value));
}
