"""Places scored: given spans resolved, spans found, and both together.

The protocol. *Resolution*: the gold spans were handed out; every gold toponym with coordinates counts, and one without
an answer costs half the girth of the Earth. *Recognition*: the spans alone, paired one to one, the largest
overlap first. *End to end*: the span was found and its place is right; a gold toponym without coordinates is neither
right nor wrong when it is hit, and no miss when it is not. "Right" is within 161 km, or the same GeoNames id (countries
have no one point). Without demonyms, gold ones are silent zones and predicted ones are dropped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapper.errors import SourceError
from mapper.evaluation import countries
from mapper.evaluation.figures import FARTHEST_KM, NEAR_KM, distance_figures, distance_km, fractions
from mapper.evaluation.reading import Row, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.evaluation.figures import Figures

__all__ = [
    "GROUPS",
    "GoldText",
    "Group",
    "Match",
    "Mention",
    "SortedOut",
    "answers_of",
    "end_to_end",
    "gold_text",
    "is_right",
    "pair_mentions",
    "recognition",
    "resolution",
    "sort_out",
]

Match = Literal["exact", "overlap"]
Group = Literal["all", "country", "other"]
GROUPS: tuple[Group, ...] = ("all", "country", "other")

_DEMONYM_KINDS = {"demonym", "adjective", "adjectival", "nationality", "norp", "language"}
_NO_COUNTRY_TYPES = {"City/town", "State", "County", "CITY", "UNIT"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym, gold or predicted: its span, where it was put, and which groups it belongs to."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    geonameid: str = ""
    is_country: bool = False
    is_demonym: bool = False

    @property
    def point(self) -> tuple[float, float] | None:
        """(lat, lon) in degrees, or None when either is not known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    def is_in(self, group: Group) -> bool:
        """Tell whether it counts in a group."""
        return group == "all" or self.is_country == (group == "country")


@dataclass(frozen=True, slots=True)
class GoldText:
    """A document of the corpus with its toponyms; `row` is the line as it was read."""

    text: str
    mentions: tuple[Mention, ...]
    row: Row


# Reading -------------------------------------------------------------------------------------------------------------


def gold_text(row: Row) -> GoldText:
    """Make the gold of a line `{"text", "toponyms": [{"start", "end", "lat", "lon", "geonameid", ...}]}`."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise SourceError('the line has no "text"', hint='a corpus line is {"id", "text", "toponyms"}')
    return GoldText(text, tuple(_gold_mention(item, text) for item in _toponyms(row)), row)


def answers_of(row: Row, gold: GoldText) -> tuple[Mention, ...]:
    """Make the answers of a line as `mapper geoparse --format jsonl` prints it."""
    return tuple(_answer(item, gold.text) for item in _toponyms(row))


def _toponyms(row: Row) -> list[Row]:
    items = row.get("toponyms", [])
    if not isinstance(items, list):
        raise SourceError('"toponyms" is not a list', hint='a toponym is {"start", "end", "lat", "lon", "geonameid"}')
    return items


def _gold_mention(item: Row, text: str) -> Mention:
    start, end = span_of(item, len(text))
    surface, kind = text[start:end], item.get("type")
    demonym = item.get("modifier") == "Adjective" or kind in ("Demonym", "Language") or countries.is_demonym(surface)
    return Mention(
        start, end, _degrees(item.get("lat")), _degrees(item.get("lon")), _id(item),
        is_country=_gold_is_country(item, surface), is_demonym=demonym,
    )  # fmt: skip


def _gold_is_country(item: Row, surface: str) -> bool:
    code, kind, geonameid = str(item.get("fcode") or ""), str(item.get("type") or ""), _id(item)
    if code.startswith("PCL") or kind.upper() in ("COUNTRY", "CTRY"):
        return True
    if geonameid:
        return countries.is_country_id(geonameid)
    if code or kind in _NO_COUNTRY_TYPES:
        return False
    page = str(item.get("wikipedia") or "").rsplit("/", 1)[-1]
    return countries.names_country(page or surface)


def _answer(item: Row, text: str) -> Mention:
    start, end = span_of(item)  # one beyond the end of the text is an invented span, as any other wrong one
    surface = text[start:end] or str(item.get("text") or "")
    kind = str(item.get("kind") or "").lower()
    return Mention(
        start, end, _degrees(item.get("lat")), _degrees(item.get("lon")), _id(item),
        is_country=kind == "country" or countries.speaks_of_country(surface),
        is_demonym=kind in _DEMONYM_KINDS or countries.is_demonym(surface),
    )  # fmt: skip


def _id(item: Row) -> str:
    return str(item.get("geonameid") or "")


def _degrees(value: object) -> float | None:
    """Read a coordinate; NaN, infinity and what is no number are "not known"."""
    try:
        degrees = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return degrees if math.isfinite(degrees) else None


# Comparing -----------------------------------------------------------------------------------------------------------


def error_km(gold: Mention, answer: Mention | None) -> float:
    """Give how far an answer lies from the gold; `FARTHEST_KM` where one of them has no point."""
    here, there = gold.point, answer.point if answer is not None else None
    return distance_km(*here, *there) if here is not None and there is not None else FARTHEST_KM


def same_id(gold: Mention, answer: Mention | None) -> bool:
    """Tell whether both have the same GeoNames id."""
    return answer is not None and gold.geonameid != "" and gold.geonameid == answer.geonameid


def is_right(gold: Mention, answer: Mention | None) -> bool:
    """Tell whether an answer lies within 161 km or has the same GeoNames id."""
    return error_km(gold, answer) <= NEAR_KM or same_id(gold, answer)


def pair_mentions(gold: Sequence[Mention], answers: Sequence[Mention], match: Match) -> dict[int, int]:
    """Pair spans one to one, the largest overlap first: index of the gold -> index of the answer."""
    overlaps = []
    for i, wanted in enumerate(gold):
        for j, given in enumerate(answers):
            shared = min(wanted.end, given.end) - max(wanted.start, given.start)
            same = (wanted.start, wanted.end) == (given.start, given.end)
            if same or (match == "overlap" and shared > 0):
                overlaps.append((-shared, i, j))
    pairs: dict[int, int] = {}
    taken = set[int]()
    for _, i, j in sorted(overlaps):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


# Scoring -------------------------------------------------------------------------------------------------------------


def resolution(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    *,
    demonyms: bool = True,
    group: Group = "all",
) -> Figures:
    """Score the places of given spans.

    Returns
    -------
    dict
        As `distance_figures`, and `unanswered`; `acc161_or_id`, the share within 161 km or with the same GeoNames id;
        `id_accuracy` over the `id_n` gold toponyms that have one.
    """
    asked = list(_asked(gold, answers, demonyms=demonyms, group=group))
    found = distance_figures([error_km(wanted, given) for wanted, given in asked])
    found["unanswered"] = sum(given is None or given.point is None for _, given in asked)
    if asked:
        found["acc161_or_id"] = sum(is_right(wanted, given) for wanted, given in asked) / len(asked)
    if by_id := [same_id(wanted, given) for wanted, given in asked if wanted.geonameid]:
        found |= {"id_accuracy": sum(by_id) / len(by_id), "id_n": len(by_id)}
    return found


def _asked(
    gold: Mapping[str, GoldText], answers: Mapping[str, Sequence[Mention]], *, demonyms: bool, group: Group
) -> Iterator[tuple[Mention, Mention | None]]:
    for key, document in gold.items():
        by_span = {(given.start, given.end): given for given in answers.get(key, ())}
        for wanted in document.mentions:
            if wanted.point is not None and wanted.is_in(group) and (demonyms or not wanted.is_demonym):
                yield wanted, by_span.get((wanted.start, wanted.end))


@dataclass(slots=True)
class _Tally:
    """What became of the spans of a corpus: how many there were, and the pairs of those that were found."""

    pairs: list[tuple[Mention, Mention]] = field(default_factory=list)
    missed: int = 0
    invented: int = 0
    neither: int = 0

    def spans(self) -> Figures:
        hits = len(self.pairs)
        precision, recall, f1 = self.fractions(hits)
        counts = {"tp": hits, "fp": self.invented, "fn": self.missed, "neither": self.neither}
        return {"P": precision, "R": recall, "F1": f1, **counts}

    def fractions(self, hits: int) -> tuple[float, float, float]:
        return fractions(hits, len(self.pairs) + self.invented, len(self.pairs) + self.missed)


def recognition(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    *,
    match: Match = "exact",
    demonyms: bool = True,
    group: Group = "all",
) -> Figures:
    """Score the spans alone; gold toponyms without coordinates count too.

    Returns
    -------
    dict
        `P`, `R`, `F1` and the counts: `tp` found, `fp` invented, `fn` missed, `neither` right nor wrong.
    """
    return _tally(gold, answers, match=match, demonyms=demonyms, group=group, unlocated=True).spans()


def end_to_end(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    *,
    match: Match = "exact",
    demonyms: bool = True,
    group: Group = "all",
) -> Figures:
    """Score spans and their places together, over gold toponyms with coordinates.

    Returns
    -------
    dict
        As `recognition`, and: `e2e161_P/R/F1`, found and within 161 km; `e2e_id_R/F1`, found with the same GeoNames id;
        `e2e_or_id_F1`, either; `on_found`, the distances of those that were found.
    """
    tally = _tally(gold, answers, match=match, demonyms=demonyms, group=group, unlocated=False)
    errors = [error_km(wanted, given) for wanted, given in tally.pairs]
    near = tally.fractions(sum(error <= NEAR_KM for error in errors))
    by_id = tally.fractions(sum(same_id(wanted, given) for wanted, given in tally.pairs))
    either = tally.fractions(sum(is_right(wanted, given) for wanted, given in tally.pairs))
    return tally.spans() | {
        "e2e161_P": near[0],
        "e2e161_R": near[1],
        "e2e161_F1": near[2],
        "e2e_id_R": by_id[1],
        "e2e_id_F1": by_id[2],
        "e2e_or_id_F1": either[2],
        "on_found": distance_figures(errors),
    }


def _tally(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    *,
    match: Match,
    demonyms: bool,
    group: Group,
    unlocated: bool,
) -> _Tally:
    tally = _Tally()
    for key, document in gold.items():
        sorted_out = sort_out(document, answers.get(key, ()), match=match, demonyms=demonyms, unlocated=unlocated)
        tally.pairs += [pair for pair in sorted_out.found if pair[0].is_in(group)]
        tally.missed += sum(wanted.is_in(group) for wanted in sorted_out.missed)
        # A false alarm has no gold to say which group it is of: its own text does.
        tally.invented += sum(answer.is_in(group) for answer in sorted_out.invented)
        tally.neither += sorted_out.neither
    return tally


class SortedOut(NamedTuple):
    """The spans of one document: found ones with their gold, missed, invented; and how many are neither."""

    found: list[tuple[Mention, Mention]]
    missed: list[Mention]
    invented: list[Mention]
    neither: int


def sort_out(
    document: GoldText, answers: Sequence[Mention], *, match: Match, demonyms: bool, unlocated: bool = False
) -> SortedOut:
    """Sort the spans of one document into found, missed, invented and neither.

    Parameters
    ----------
    document
        With the gold.
    answers
        What was predicted for it.
    match
        Whether spans must be the same, or overlap.
    demonyms
        False: gold ones are neither right nor wrong, and so is what touches them or is one itself.
    unlocated
        Whether gold toponyms without coordinates count.
    """
    pairs = pair_mentions(document.mentions, answers, match)
    sorted_out = SortedOut([], [], [], 0)
    neither = 0
    for i, wanted in enumerate(document.mentions):
        if (wanted.point is None and not unlocated) or (wanted.is_demonym and not demonyms):
            neither += i in pairs
        elif i in pairs:
            sorted_out.found.append((wanted, answers[pairs[i]]))
        else:
            sorted_out.missed.append(wanted)
    silent = [] if demonyms else [wanted for wanted in document.mentions if wanted.is_demonym]
    taken = set(pairs.values())
    for j, answer in enumerate(answers):
        if j in taken:
            continue
        if not demonyms and (answer.is_demonym or _touches(answer, silent)):
            neither += 1
        else:
            sorted_out.invented.append(answer)
    return sorted_out._replace(neither=neither)


def _touches(answer: Mention, zones: Iterable[Mention]) -> bool:
    return any(answer.start < zone.end and zone.start < answer.end for zone in zones)
