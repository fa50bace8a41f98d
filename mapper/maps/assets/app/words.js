// Every word that the page says, and dates, counts and precision put into words.

const TYPE_WORDS = {
  air_drone_strike: "Air or drone strike",
  shelling_missile: "Shelling or missile",
  explosion_ied: "Explosion or IED",
  armed_clash: "Armed clash",
  attack_on_civilians: "Attack on civilians",
  abduction: "Abduction",
  protest: "Protest",
  riot: "Riot",
  arrest: "Arrest",
  piracy: "Piracy",
  natural_disaster: "Natural disaster",
  accident: "Accident",
  other_strategic: "Other strategic event",
};

const STATUS_WORDS = { attempted: "Attempted", threatened: "Threatened", planned: "Planned", denied: "Denied" };

const ROLE_WORDS = { origin: "Came from", destination: "Headed for", home: "Home of those targeted" };

const PRECISION_WORDS = {
  site: (n) => [n, "exact site"],
  settlement: (n) => [`somewhere in ${n}`, "town, city or quarter"],
  near: (n) => [`near ${n}`, "not the place itself"],
  adm2: (n) => [`somewhere in ${n}`, "district"],
  adm1: (n) => [`somewhere in ${n}`, "province"],
  region: (n) => [`somewhere in ${n}`, "region"],
  country: (n) => [`somewhere in ${n}`, "country"],
  water: (n) => [`somewhere on ${n}`, "water"],
  macro_region: (n) => [`somewhere in ${n}`, "part of the world"],
  unknown: (n) => [n, "precision not known"],
};

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

const typeWords = (key) => {
  if (Object.hasOwn(TYPE_WORDS, key)) return TYPE_WORDS[key];
  return key ? key.replaceAll("_", " ") : "Type not known";
};
const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

const isoDay = (day) => (day === null ? "" : new Date(day * 864e5).toISOString().slice(0, 10));
function dayWords(day, short) {
  const d = new Date(day * 864e5);
  const month = MONTHS[d.getUTCMonth()];
  return `${d.getUTCDate()} ${short ? month.slice(0, 3) : month} ${d.getUTCFullYear()}`;
}
const monthWords = (day) => {
  const d = new Date(day * 864e5);
  return `${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
};

/** When an incident was, as exactly as it is known and no more. */
function whenWords(from, to, precision, short) {
  if (from === null && to === null) return "Date not known";
  if (from === null) return `On or before ${dayWords(to, short)}`;
  if (to === null) return `On or after ${dayWords(from, short)}`;
  if (precision === "month" && monthWords(from) === monthWords(to)) return short ? monthWords(from) : `Some time in ${monthWords(from)}`;
  if (precision === "year" && isoDay(from).slice(0, 4) === isoDay(to).slice(0, 4)) {
    const year = isoDay(from).slice(0, 4);
    return short ? year : `Some time in ${year}`;
  }
  if (from === to) return dayWords(from, short);
  const span = `${dayWords(from, short)} – ${dayWords(to, short)}`;
  if (short || precision === "range") return span;
  if (precision === "week") return `Some time in the week ${span}`;
  return `Some time between ${dayWords(from)} and ${dayWords(to)}`;
}

/** How exactly the date is known, for the panel. */
const DATE_PRECISION_WORDS = {
  day: "known to the day",
  range: "lasted several days",
  week: "known to the week",
  month: "known to the month",
  year: "known to the year",
  vague: "counted from a vague expression",
  unknown: "not dated in the report",
};

/** A place and how well it is known: [words, kind]. */
function placeWords(name, precision) {
  const shown = name || "an unnamed place";
  const known = Object.hasOwn(PRECISION_WORDS, precision || "") ? PRECISION_WORDS[precision] : PRECISION_WORDS.unknown;
  const [words, kind] = known(shown);
  return [words.charAt(0).toUpperCase() + words.slice(1), kind];
}

function distanceWords(metres) {
  if (metres === null) return null;
  if (metres < 950) return `${Math.max(10, Math.round(metres / 10) * 10)} m`;
  const km = metres / 1000;
  return `${(km < 10 ? Math.round(km * 10) / 10 : Math.round(km)).toLocaleString("en")} km`;
}

/** "3", "3 (2 to 5)", "at least 12", or null where nothing is said. */
function countWords(low, best, high) {
  if (low === null && best === null && high === null) return null;
  if (low !== null && low === high) return `${low}`;
  if (best === 0 && !low && high === null) return "0"; // none are known; "at least 0" says nothing
  const bounds = low !== null && high !== null ? `${low} to ${high}` : low !== null ? `at least ${low}` : high !== null ? `at most ${high}` : "";
  if (best === null || (best === low && high === null) || (best === high && low === null)) return bounds || `${best}`;
  return bounds ? `${best} (${bounds})` : `${best}`;
}

function confidenceWords(value) {
  if (value === null) return "not rated";
  return `${value < LOW_CONFIDENCE ? "low" : value < 0.75 ? "medium" : "high"} (${Math.round(value * 100)}%)`;
}
const LOW_CONFIDENCE = 0.5;
