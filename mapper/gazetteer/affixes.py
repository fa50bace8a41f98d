"""The words around a name that say what it is or where in it: "Anbar province", "northern Syria", "City of York"."""

from __future__ import annotations

import re

from mapper.gazetteer.folding import fold

__all__ = ["bare_forms", "is_generic", "without_function_words"]

_GENERIC = {
    "county": "A", "counties": "A", "province": "A", "provinces": "A", "governorate": "A", "state": "A",
    "district": "A",
    "region": "ALHT", "prefecture": "A", "oblast": "A", "krai": "A", "municipality": "AP", "parish": "A", "canton": "A",
    "department": "A", "division": "A", "voivodeship": "A", "territory": "A", "republic": "A", "subdistrict": "A",
    "city": "PA", "town": "PA", "village": "PA", "township": "PA", "borough": "PA", "suburb": "P", "neighborhood": "PA",
    "neighbourhood": "PA", "area": "PALT", "camp": "PSL", "refugee camp": "PSL", "valley": "TLHPA", "island": "TAPL",
    "islands": "TAPL", "mountains": "TL", "peninsula": "TLA", "river": "H", "lake": "H", "desert": "TL",
    "plateau": "TL",
    "sea": "H", "gulf": "H", "strait": "H", "airport": "S", "international airport": "S", "air base": "S",
    "airbase": "S",
    "base": "SL", "military base": "SL", "airfield": "S", "crossing": "S", "border crossing": "S", "port": "PSH",
    "metropolitan area": "PA", "metro area": "PA",
}  # fmt: skip
_SUFFIX = re.compile(rf"^(.+) ({'|'.join(sorted(_GENERIC, key=len, reverse=True))})$")
_OF = {
    "city": "PA", "town": "PA", "village": "P", "port": "P", "state": "A", "province": "A", "governorate": "A",
    "county": "A", "district": "AP", "republic": "A", "kingdom": "A", "island": "TAL", "islands": "TAL",
    "region": "ALT",
    "municipality": "AP", "gulf": "H", "sea": "H", "strait": "H", "commonwealth": "A", "emirate": "A", "area": "PALT",
    "suburb": "P", "neighborhood": "P", "neighbourhood": "P", "mount": "T",
}  # fmt: skip
_PREFIX = re.compile(rf"^(?:the )?({'|'.join(_OF)}) of (?:the )?(.+)$")
_COMPASS = "north|south|east|west|northern|southern|eastern|western|central|northeast|northwest|southeast|southwest"
_QUALIFIER = re.compile(
    rf"^(?:the )?(?:(?:{_COMPASS}|northeastern|northwestern|southeastern|southwestern|mid|inner|upper|lower|greater|"
    r"downtown|mainland|metropolitan|rural|occupied|suburban|coastal|far|old|central|neighbou?ring|nearby) ?)+ (.+)$"
)
_PREFIX_H = re.compile(r"^(lake|river|mount|island|isle|gulf|sea|cape|camp|port|fort) (?:of )?(.+)$")
_PREFIX_CLASSES = {
    "lake": "H", "river": "H", "mount": "T", "island": "TAL", "isle": "TAL", "gulf": "H", "sea": "H", "cape": "T",
    "camp": "PSL", "port": "PS", "fort": "SL",
}  # fmt: skip
_WRITTEN_SHORT = (
    (re.compile(r"\bTwp\b\.?$", re.IGNORECASE), "Township"),
    (re.compile(r"\bCo\.$", re.IGNORECASE), "County"),
    (re.compile(r"\bIs\.$"), "Islands"),
    (re.compile(r"\bMts\b\.?$"), "Mountains"),
    (re.compile(r"^N\. ?(?=\w{3})"), "North "),
    (re.compile(r"^S\. ?(?=\w{3})"), "South "),
    (re.compile(r"^E\. ?(?=\w{3})"), "East "),
    (re.compile(r"^W\. ?(?=\w{3})"), "West "),
)

_TOO_GENERAL = frozenset(
    (
        "university school street river road creek county national park hospital church international airport "
        "saint north south east west high college central lake state city town valley mountain avenue highway "
        "route center centre forest house district island bridge royal first supreme court museum club union "
        "memorial general public port bay beach point police army bank hotel square tower hall gate station "
        "market prison institute academy ministry embassy council congress senate parliament commerce federal "
        "trust trial capitol complex "
    ).split()
)


def is_generic(key: str) -> bool:
    """Say whether an exact key has none but generic words ("state university", "regional court")."""
    return all(word in _TOO_GENERAL for word in key.split())


def bare_forms(key: str) -> list[tuple[str, str]]:
    """Give (name, GeoNames classes) of what an exact key may be without its generic words; no classes: any.

    One word is taken away first, then another of what is left: "greater Toronto area", "northern Anbar province".
    """
    forms = _without_one(key)
    return forms + [(bare, of or classes) for form, of in forms for bare, classes in _without_one(form)]


def _without_one(key: str) -> list[tuple[str, str]]:
    forms: list[tuple[str, str]] = []
    if found := _SUFFIX.match(key):
        forms.append((found[1], _GENERIC[found[2]]))
    if found := _PREFIX.match(key):
        forms.append((found[2], _OF[found[1]]))
    if found := _PREFIX_H.match(key):
        forms.append((found[2], _PREFIX_CLASSES[found[1]]))
    if found := _QUALIFIER.match(key):
        # "Lower Gwelo" is another village than Gwelo; a lower river or a lower region is a part of it.
        forms.append((found[1], "AHTL" if key.startswith(("lower ", "upper ", "old ")) else ""))
    return forms


def without_function_words(name: str, key: str) -> str:
    """Give the exact key of a name without "the", a possessive, and short forms of generic words ("Twp.")."""
    stripped = re.sub(r"['’]s$|(?<=s)['’]$", "", name.strip())
    for written, meant in _WRITTEN_SHORT:
        stripped = written.sub(meant, stripped)
    key = fold(stripped) if stripped != name.strip() else key
    return key.removeprefix("the ")
