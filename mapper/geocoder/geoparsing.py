"""From a document to its resolved places: recognise, rank in context, and put each on the map with its uncertainty."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapper.geocoder.answering import Ranked, rank
from mapper.geocoder.areas import extent_of, precision_of
from mapper.geocoder.coreference import RECALLED, in_full
from mapper.geocoder.evidence import NameEvidence
from mapper.geocoder.geodesy import azimuth_m
from mapper.geocoder.inferring import inferred
from mapper.geocoder.misplaced import without_misplaced
from mapper.geocoder.phrases import own_sector, phrase_of
from mapper.geocoder.pieces import capitalised, is_shouting, pieces_of, recased
from mapper.geocoder.positions import with_positions
from mapper.geocoder.recognition import used_as
from mapper.geocoder.respelling import respelt
from mapper.geocoder.spatial import locate
from mapper.geocoder.straying import without_strays
from mapper.geocoder.toponyms import find_toponyms
from mapper.geocoder.uses import usage
from mapper.records import Candidate, Resolution, Span, Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.homes import Homes
    from mapper.geocoder.online import Fallback
    from mapper.geocoder.phrases import Phrase
    from mapper.geocoder.pieces import Piece
    from mapper.language import Tags
    from mapper.records import Document, Place, Sentence, ToponymKind

__all__ = ["geoparse", "given_toponyms"]

_BASES = ("AIRB", "MILB", "INSM", "FT")
_BASE_WORDS = frozenset("base bases airbase outpost garrison barracks".split())
_AIR = frozenset({"AIRP", "AIRB", "AIRF"})
_AIRPORT_NAMES = {
    "airport": ("airport", "international airport"), "airports": ("airport", "international airport"),
    "airfield": ("airport", "airfield", "air base"), "airbase": ("air base", "airport"),
}  # fmt: skip
AIRPORT_M = 60_000.0
"""A town's airport lies within this of its middle."""

_start_of, _end_of = attrgetter("start"), attrgetter("end")

KEPT = 5
NEARBY = 20
"""How many mentions on either side can say on which side of a border the text is."""


def geoparse(
    document: Document,
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    *,
    tags: Tags | None = None,
    spans: Literal["found", "given"] = "found",
    homes: Homes | None = None,
    fallback: Fallback | None = None,
) -> list[Resolution]:
    """Find (or take as given) the place names of a document and say which place each means.

    Parameters
    ----------
    document
        The report; with ``spans="given"`` its `toponyms` are resolved, one answer for each.
    sentences
        Its sentences, in order.
    gazetteer
        Where places come from.
    tags
        What a recogniser said of the text; None where none was asked.
    spans
        "found" recognises place names; "given" keeps to the spans of the document.
    homes
        Where outlets are at home (see `mapper.geocoder.learn_homes`); None ranks the report by itself.
    fallback
        An online service that is asked for names that the gazetteer lacks; None asks nobody.

    Returns
    -------
    list[Resolution]
        In text order. `place` is None for a name that the gazetteer lacks; where the text names a sure place beside it,
        its surroundings are given as `inferred`.
    """
    given = spans == "given"
    if given:
        toponyms = given_toponyms(document, sentences, gazetteer, tags)
    else:
        toponyms = find_toponyms(sentences, gazetteer, tags)
    neighbours = homes.around(document) if homes else None
    ranked = rank(document.text, toponyms, gazetteer, reach=3 if given else 2, neighbours=neighbours)
    places = [r.candidates[0].place if r.candidates else None for r in ranked]
    mentioned = _Mentioned(document.text, toponyms, places)
    resolved = [_resolution(mentioned, index, answer, gazetteer) for index, answer in enumerate(ranked)]
    answers = without_strays(without_misplaced(document.text, resolved))
    for index, full in list(in_full(answers)):
        places[index] = full.place
        answers[index] = _resolution(mentioned, index, _short_for(full, ranked[index]), gazetteer)
    answers = respelt(answers, gazetteer)
    answers = fallback.filled(answers, gazetteer) if fallback is not None else answers
    return inferred(answers if given else with_positions(document.text, answers, gazetteer))


def _short_for(full: Resolution, ranked: Ranked) -> Ranked:
    """Give a name that the gazetteer lacks the place of the longer name that the report has for it."""
    place, score = full.place, round(RECALLED * full.score, 4)
    assert place is not None
    why = f"short for “{full.toponym.text}”, which the report has as well"
    known = Candidate(place=place, match="id", name=place.name, score=score)
    return Ranked((known,), score, score, (*ranked.reasons, why))


class _Mentioned(NamedTuple):
    """A text, its toponyms, and the place that each was taken for."""

    text: str
    toponyms: list[Toponym]
    places: list[Place | None]


def _resolution(mentioned: _Mentioned, index: int, ranked: Ranked, gazetteer: Gazetteer) -> Resolution:
    """Put the place of one toponym on the map, moved as its spatial phrase says."""
    text, toponyms, places = mentioned
    toponym, place = toponyms[index], places[index]
    phrase = phrase_of(text, toponyms, index)
    span = phrase.span if phrase else None
    if span is None or phrase is None or phrase.kind == "contained":
        span = _neighbourhood_span(text, toponyms, places, index) or span
    if toponym.kind == "demonym" and (phrase is None or phrase.kind not in {"border", "coast"}):
        phrase = span = None
    if toponym.kind == "embedded" and phrase is not None and phrase.kind == "facility":
        phrase = span = None  # "the church of St. Peter" is a name, and describes no church of a town
    if place is None:
        return Resolution(replace(toponym, phrase=span), reasons=("not in the gazetteer",))
    plain = phrase is None or phrase.kind in {"facility", "contained"}
    if plain and (sector := own_sector(toponym, place.name)) and _is_called(place, sector.rest, gazetteer):
        phrase = sector.phrase
    if phrase is not None and phrase.kind == "beside" and (airport := _airport_of(place, phrase, gazetteer)):
        return _at_airport(replace(toponym, phrase=span), airport, ranked, gazetteer)
    other = places[phrase.other] if phrase is not None and phrase.other is not None else None
    nearby = _nearby(toponyms, places, index) if phrase is not None and phrase.kind == "border" else []
    located = locate(place, phrase, gazetteer, other=other, nearby=nearby)
    candidates = ranked.candidates
    if (
        phrase is not None
        and phrase.kind == "facility"
        and phrase.head in _BASE_WORDS
        and located.extent.precision == "country"
    ):
        candidates = _with_bases(candidates, place, gazetteer)
    return Resolution(
        toponym=replace(toponym, kind=_kind(toponym.kind, relative=located.relative), phrase=span),
        place=place,
        geometry=located.extent.geometry,
        precision=located.extent.precision,
        uncertainty_m=round(located.extent.uncertainty_m, 1),
        score=ranked.score,
        margin=ranked.margin,
        candidates=candidates,
        reasons=ranked.reasons + ((located.reason,) if located.reason else ()),
    )


def _kind(kind: ToponymKind, *, relative: bool) -> ToponymKind:
    # A demonym or an actor in a phrase of place ("off the Yemeni coast") speaks of the place after all.
    return "relative" if relative else kind


def _is_called(place: Place, name: str, gazetteer: Gazetteer) -> bool:
    """Whether a place has a name: "Congo" is one, and Eastern Congo a part of it; "Timor" is none of East Timor's."""
    return any(candidate.place == place for candidate in gazetteer.lookup(name))


def _airport_of(town: Place, phrase: Phrase, gazetteer: Gazetteer) -> Place | None:
    """Give the airport or air base that the gazetteer knows by the name of a town, where the text speaks of it."""
    head = (phrase.head or "").replace(" ", "")
    names = _AIRPORT_NAMES.get(head)
    if names is None or precision_of(town) != "settlement":
        return None
    for name in names:
        for candidate in gazetteer.lookup(f"{town.name} {name}", countries={town.country_code}, feature_classes=_AIR):
            there = candidate.place
            metres = azimuth_m(lat=town.lat, lon=town.lon, to_lat=there.lat, to_lon=there.lon)[1]
            if metres <= AIRPORT_M:
                return there
    return None


def _at_airport(toponym: Toponym, airport: Place, ranked: Ranked, gazetteer: Gazetteer) -> Resolution:
    extent = extent_of(airport, gazetteer)
    score = round(0.9 * ranked.score, 4)
    chosen = Candidate(place=airport, match="loose", name=airport.name, score=score)
    return Resolution(
        toponym=toponym,
        place=airport,
        geometry=extent.geometry,
        precision=extent.precision,
        uncertainty_m=extent.uncertainty_m,
        score=score,
        margin=ranked.margin,
        candidates=(chosen, *ranked.candidates[: KEPT - 1]),
        reasons=(*ranked.reasons, f"the text speaks of the airport: {airport.name}"),
    )


def _neighbourhood_span(text: str, toponyms: list[Toponym], places: list[Place | None], index: int) -> Span | None:
    """Give the words that say where a place lies: "Mashtal, in the east of Baghdad", "Bangor, Maine"."""
    from mapper.geocoder.containment import contains_gap  # noqa: PLC0415

    if index + 1 >= len(toponyms):
        return None
    start, end = toponyms[index].start, toponyms[index].end
    at = index + 1
    while at < len(toponyms) and at - index <= 3:
        if toponyms[at].kind != "demonym":
            gap = text[end : toponyms[at].start]
            if toponyms[at - 1].kind == "demonym" and at - 1 > index:
                gap = text[end : toponyms[at - 1].start] + text[toponyms[at - 1].end : toponyms[at].start].lstrip()
            if not contains_gap(gap) or not _may_hold(places[at], places[index]):
                break
            end = toponyms[at].end
        at += 1
    return Span(start, end, text[start:end]) if end > toponyms[index].end else None


def _may_hold(container: Place | None, place: Place | None) -> bool:
    """Say whether one place may lie in another: in a list of countries ("Kuwait, Panama") none lies in the next."""
    if container is None or place is None:
        return True
    return precision_of(place) != "country" and (
        not container.country_code or not place.country_code or container.country_code == place.country_code
    )


def _nearby(toponyms: list[Toponym], places: list[Place | None], index: int) -> list[str]:
    """Country codes of the other places, the nearest in the text first."""
    here = toponyms[index].start
    window = range(max(0, index - NEARBY), min(len(toponyms), index + NEARBY + 1))
    order = sorted((abs(toponyms[i].start - here), i) for i in window if i != index)
    codes = [p.country_code for _, i in order if (p := places[i]) is not None and p.country_code]
    return list(dict.fromkeys(codes))


def _with_bases(candidates: tuple[Candidate, ...], country: Place, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Known bases of the country as further candidates: the text names none, so none is the answer."""
    sites = gazetteer.sites(country.country_code, _BASES)[: KEPT - 1]
    return (candidates[0], *(Candidate(place=s, match="id", name=s.name, score=0.0) for s in sites))


def given_toponyms(
    document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer, tags: Tags | None = None
) -> list[Toponym]:
    """Give the document's own spans with the kind of use that the words around them say."""
    starts = [sentence.start for sentence in sentences]
    cut: dict[int, tuple[list[Piece], bool]] = {}
    toponyms = []
    for span in sorted(document.toponyms, key=lambda s: (s.start, s.end)):
        at = bisect_right(starts, span.start) - 1
        if at not in cut:
            inside = at >= 0 and span.start < sentences[at].end
            pieces = pieces_of(sentences[at]) if inside else []
            shouting = is_shouting(pieces)
            cut[at] = recased(pieces) if shouting else pieces, shouting
        pieces, shouting = cut[at]
        kind = used_as(tags, span.start, span.end, _usage_of(span, pieces, gazetteer, shouting=shouting))
        toponyms.append(Toponym(span.start, span.end, span.text, kind))
    return toponyms


def _usage_of(span: Span, pieces: list[Piece], gazetteer: Gazetteer, *, shouting: bool) -> ToponymKind:
    i = bisect_right(pieces, span.start, key=_end_of)
    j = bisect_left(pieces, span.end, key=_start_of)
    if i >= j:
        return "literal"
    evidence = NameEvidence.of(capitalised(span.text) if shouting else span.text, pieces[i:j], gazetteer, set())
    return usage(pieces, i, j, evidence=evidence)
