"""Natural Earth's outlines for the build: attach each to its place, and add the seas and regions that have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mapper.gazetteer.folding import fold
from mapper.gazetteer.polygons import Outlines, bounds_of, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.gazetteer.entries import Collection, Entry

__all__ = ["add_outlines", "label_points", "place_in_provinces"]

_MARINE = {
    "ocean": "OCN", "sea": "SEA", "gulf": "GULF", "bay": "BAY", "strait": "STRT", "sound": "SD", "channel": "CHN",
    "generic": "SEA", "lagoon": "LGN", "fjord": "FJD", "river": "STM", "reef": "RF", "inlet": "INLT",
}  # fmt: skip
_REGION = {
    "Island": "T.ISL", "Range/mtn": "T.MTS", "Island group": "T.ISLS", "Plateau": "T.PLAT", "Desert": "T.DSRT",
    "Pen/cape": "T.PEN", "Geoarea": "L.RGN", "Coast": "L.CST", "Plain": "T.PLN", "Delta": "T.DLTA",
    "Peninsula": "T.PEN",
    "Basin": "L.BSN", "Valley": "T.VAL", "Lowland": "T.PLN", "Tundra": "V.TUND", "Isthmus": "T.ISTH",
    "Wetlands": "H.WTLD", "Gorge": "T.GRGE", "Foothills": "T.HLLS", "Lake": "H.LK", "Depression": "T.DPR",
}  # fmt: skip
_SHORT = (
    (r"\bMts\b\.?", "Mountains"), (r"\bRa\b\.?", "Range"), (r"\bIs\b\.", "Islands"), (r"\bI\b\.", "Island"),
    (r"\bPen\b\.", "Peninsula"), (r"\bPlat\b\.", "Plateau"), (r"\bArch\b\.", "Archipelago"), (r"\bCord\b\.",
    "Cordillera"),
)  # fmt: skip
_DEPENDENT = ("Dependency", "Lease")


def label_points(features: Iterable[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Give (lat, lon) of a point inside each country, fit for a label, by ISO code."""
    points: dict[str, tuple[float, float]] = {}
    for feature in features:
        properties = feature["properties"]
        if feature["layer"] == "countries" and len(properties["iso_a2_eh"]) == 2:
            points.setdefault(properties["iso_a2_eh"], (properties["label_y"], properties["label_x"]))
    # Territories that Natural Earth draws with their state; figures from GeoNames.
    extra = {"BQ": (12.17823, -68.23853), "BV": (-54.42316, 3.40813), "CC": (-12.16667, 96.83333),
             "CX": (-10.5, 105.66667), "GF": (4.0, -53.0), "GP": (16.25, -61.58333), "MQ": (14.66667, -61.0),
             "RE": (-21.1, 55.6), "YT": (-12.83333, 45.16667), "SJ": (78.0, 20.0), "TK": (-9.0, -172.0),
             "UM": (5.87492, -162.06178)}  # fmt: skip
    return {**extra, **points}


def add_outlines(found: Collection, features: Iterable[dict[str, Any]]) -> None:
    """Give countries, provinces, seas and regions their outlines, and keep the disputed areas."""
    import shapely  # noqa: PLC0415

    by_name = _waters_and_lands(found)
    countries: list[tuple[str, bytes]] = []
    for feature in features:
        shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        if shape.geom_type == "GeometryCollection":
            shape = shapely.union_all([g for g in shapely.get_parts(shape) if g.area > 0])
        layer, properties = feature["layer"], feature["properties"]
        if layer == "countries":
            code = properties["iso_a2_eh"]
            entry = found.countries.get(code)
            if entry is None:
                continue
            if properties["type"] in _DEPENDENT:
                entry.code = "PCLD"
            entry.call(properties.get("name_ar", ""), factor=0.97)
            entry.call(properties["name_long"], factor=0.99)
            _keep(found, "country", entry, code, shape)
            countries.append((code, found.outlines[-1][4]))
        elif layer == "admin1":
            _add_province(found, properties, shape)
        elif layer == "disputed":
            note = properties.get("note_brk") or properties.get("note_adm0") or ""
            area = properties.get("brk_name") or properties["name"]
            found.outlines.append(("disputed", None, f"{area}: {note}" if note else area, note, encode(shape)))
        else:
            _add_feature(found, layer, properties, shape, by_name)
    _dissolve_provinces(found)
    _give_single_country(found, countries)


def _keep(found: Collection, layer: str, entry: Entry, code: str, shape: Any) -> None:
    entry.bounds = bounds_of(shape)
    found.outlines.append((layer, entry.no, code, "", encode(shape)))


def _add_province(found: Collection, properties: dict[str, Any], shape: Any) -> None:
    keys = {fold(properties[key]) for key in ("name", "name_en", "name_ar") if properties.get(key)}
    number = int(properties.get("gn_id") or -1)
    entry = found.entries.get(number)
    if entry is None or not entry.code.startswith("ADM"):
        # Codes have changed hands in reforms (France 2016), so the unit must also have the name.
        entry = found.admin1.get(properties.get("gn_a1_code", ""))
        if entry is None or not keys & entry.names.keys():
            return
    code = f"{entry.cc}.{entry.a1}" if entry.a1 else ""
    if entry.bounds is None:
        for key in ("name", "name_en", "name_ar"):
            if properties.get(key):
                entry.call(properties[key], "exact" if key == "name_en" else "alternate", factor=0.98)
    if entry.source == "admin-codes":  # its point is only the mean of its towns
        middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        entry.lat, entry.lon = middle.y, middle.x
    _keep(found, "admin1", entry, code, shape)


def _dissolve_provinces(found: Collection) -> None:
    """Make the outline of a first-level unit from its parts, where only those are drawn (England, French regions)."""
    import shapely  # noqa: PLC0415

    parts: dict[str, list[Any]] = {}
    for layer, no, code, _, blob in found.outlines:
        if layer == "admin1" and code and found.entries[no or 0] is not found.admin1.get(code):
            parts.setdefault(code, []).append(decode(blob))
    for code, shapes in sorted(parts.items()):
        entry = found.admin1.get(code)
        if entry is not None and entry.bounds is None:
            whole = shapely.set_precision(shapely.union_all(shapely.buffer(shapes, 0)), 0.001)
            _keep(found, "admin1-whole", entry, code, whole)


def _waters_and_lands(found: Collection) -> dict[tuple[str, str], Entry]:
    waters = {"OCN", "SEA", "GULF", "STRT", "BAY", "CHN"}
    lands = {"RGN", "ISL", "ISLS", "MTS", "DSRT", "PEN", "AREA", "CST", "CONT"}
    table: dict[tuple[str, str], Entry] = {}
    for entry in found.entries.values():
        kind = "marine" if entry.code in waters else "regions" if entry.code in lands else ""
        for key in entry.names if kind else ():
            table.setdefault((kind, key), entry)
    return table


def _readable(name: str) -> str:
    text = re.sub(r"\s+", " ", name.strip())
    if text.isupper():
        text = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)
        text = re.sub(r"\b(Of|De|Del|The|And|Des)\b", lambda word: word[0].lower(), text)
    for short, long in _SHORT:
        text = re.sub(short, long, text)
    return text[:1].upper() + text[1:]


def _add_feature(
    found: Collection, layer: str, properties: dict[str, Any], shape: Any, by_name: dict[tuple[str, str], Entry]
) -> None:
    if not properties.get("name") or properties["featurecla"] == "Dragons-be-here":
        return
    name = _readable(properties["name"])
    entry = by_name.get((layer, fold(name)))
    if entry is None and properties["featurecla"] != "Continent":
        code = _MARINE.get(properties["featurecla"]) if layer == "marine" else _REGION.get(properties["featurecla"])
        if code is None:
            return
        feature_class, _, code = ("H." + code if layer == "marine" else code).partition(".")
        point = shape.representative_point()
        slug = re.sub(r"\W+", "-", fold(name))
        gid = next(g for g in (f"ne-{slug}", *(f"ne-{slug}-{i}" for i in range(2, 99))) if g not in found.by_gid)
        # Natural Earth's scale rank: 0 is drawn on every map, 10 only on the largest.
        rank = 0.62 - 0.03 * min(float(properties.get("scalerank") or 6), 8)
        entry = found.add_foreign(
            gid, name=name, lat=point.y, lon=point.x, code=code, feature_class=feature_class, source="natural-earth"
        )
        entry.rank = rank
        if code in ("ISL", "PEN", "MTS", "DSRT", "PLAT"):
            bare = re.sub(r" (Island|Islands|Peninsula|Mountains|Range|Desert|Plateau)$", "", name)
            entry.call(bare, factor=0.97)
    if entry is None or (entry.bounds is not None and entry.source != "natural-earth"):
        return
    if properties.get("namealt"):
        entry.call(_readable(properties["namealt"]))
    _keep(found, layer, entry, "", shape)


def _give_single_country(found: Collection, countries: list[tuple[str, bytes]]) -> None:
    """Give a sea's or region's country where its outline lies in one alone."""
    import shapely  # noqa: PLC0415

    shapes = [decode(blob) for _, blob in countries]
    tree = shapely.STRtree(shapes)
    for layer, no, _, _, blob in found.outlines:
        entry = found.entries[no] if layer == "regions" and no is not None else None
        if entry is not None and not entry.cc and entry.source == "natural-earth":
            codes = {countries[i][0] for i in tree.query(shapely.buffer(decode(blob), 0), predicate="intersects")}
            if len(codes) == 1:
                entry.cc = codes.pop()


def place_in_provinces(found: Collection) -> None:
    """Give places without an admin1 code that of the province that they lie in, when it is of their country."""
    rows = [(code, shape) for layer, _, code, _, shape in found.outlines if layer == "admin1" and code]
    if not rows:
        return
    outlines = Outlines([code for code, _ in rows], [shape for _, shape in rows])
    lost = [e for e in found.entries.values() if e.cc and not e.a1 and e.code not in ("PCLI", "PCLD", "PCLS", "TERR")]
    codes = outlines.codes_at([e.lon for e in lost], [e.lat for e in lost])
    for entry, code in zip(lost, codes, strict=True):
        cc, _, a1 = code.partition(".")
        if cc == entry.cc:
            entry.a1 = a1
