"""What a place name is used for: the place itself, its government, its people, a part of another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import ACTION_VERBS, COMPASS, FACILITY, GENERIC, LOCATIVE, ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.geocoder.evidence import NameEvidence
    from mapper.geocoder.pieces import Piece
    from mapper.records import ToponymKind

__all__ = ["FUNCTION_WORDS", "usage"]

_SEATS = frozenset(
    "washington moscow beijing brussels london paris tehran ankara kyiv kiev berlin tokyo delhi riyadh".split()
)
_ATTRIBUTED = frozenset(
    "backed led based made born bound funded sponsored allied owned supported aligned trained style run".split()
)
_HAPPENS_THERE = frozenset(
    """earthquake quake flood floods flooding wildfire wildfires fire fires cyclone tornado landslide landslides tsunami
    drought blast bombing bombings explosion shooting shootings massacre siege famine protests riots crash
    outbreak""".split()
)
_OBJECT_VERBS = frozenset("joins joined told urged accused warned blamed asked supports backs joining urging".split())
_CURSES = tuple(
    phrase.split()
    for phrase in "death to|down with|enemies of|enemy of|friend of|friends of|war against|war on|revenge on".split("|")
)
_COPULAS = frozenset("is was are were remains remained has".split())
_JUDGED = frozenset("responsible guilty behind ready willing determined committed wrong right afraid weak".split())
_PERSONS = frozenset(
    """devil satan enemy enemies friend friends ally allies partner partners aggressor aggressors sponsor sponsors
    supporter backer terrorist terrorists threat liar murderer killer criminal culprit broker mediator
    superpower loser winner victim bully tyrant""".split()
)
_SAINTS = frozenset("saint st sainte ste san santa santo sant são sao".split())
_HALLOWED = frozenset("church cathedral basilica chapel shrine monastery convent abbey feast statue icon".split())
_IN_PLACE = (LOCATIVE | {"from", "to", "of"}) - {"between"}
_WHERE = GENERIC | COMPASS
_HEADS = ORGANISATION | FACILITY
_BESIDE_ACTOR = frozenset("by with against between".split())


def usage(pieces: Sequence[Piece], i: int, j: int, *, evidence: NameEvidence) -> ToponymKind:
    """Say what a place name is used for, from the words next to it."""
    if evidence.demonym:
        return "demonym"
    after = pieces[j] if j < len(pieces) else None
    before = pieces[i - 1] if i > 0 and pieces[i].gap in {" ", "-", " “"} else None
    possessive = pieces[j - 1].possessive
    if _is_embedded(pieces, i, j):
        return "embedded"
    if not (evidence.country or evidence.capital or evidence.abbreviation or pieces[i].lower in _SEATS):
        return "literal"
    if before and pieces[i].gap == "-" and before.lower in {"pro", "anti", "non", "ex"}:
        return "metonymic"
    if after and after.gap == "-" and (after.lower in _ATTRIBUTED or evidence.country):
        return "metonymic"
    if before and before.lower in LOCATIVE and before.lower != "between":
        return "literal"
    if (
        i > 0
        and pieces[i].gap == ", "
        and (pieces[i - 1].cap or pieces[i - 1].lower in GENERIC)
        and not pieces[i - 1].first
    ):
        return "literal"  # "Gorkha district, Nepal"
    if _is_addressed(pieces, i, j):
        return "metonymic"
    if evidence.country and _acts_with(pieces, j):
        return "metonymic"
    if before and before.lower in {"and", "or"} and _named_with_place(pieces, i - 1):
        return "literal"
    if before and before.lower in _OBJECT_VERBS and (evidence.country or evidence.abbreviation):
        return "metonymic"
    if _is_actor(before, after, evidence, possessive=possessive):
        return "metonymic"
    return "literal"


def _acts_with(pieces: Sequence[Piece], j: int) -> bool:
    """Say whether a country acts together with another: "... and Peru must act"."""
    if j + 2 >= len(pieces) or pieces[j].lower != "and" or pieces[j].gap != " " or not pieces[j + 1].cap:
        return False
    return pieces[j + 2].lower in ACTION_VERBS and pieces[j + 2].gap == " "


def _is_addressed(pieces: Sequence[Piece], i: int, j: int) -> bool:
    """Say whether a country is spoken to or of as a person is: "Death to ...", "... is the biggest enemy"."""
    before = [p.lower for p in pieces[max(0, i - 2) : i]]
    if before in _CURSES or before[-1:] in (["hate"], ["hates"], ["curse"], ["thank"]):
        return True
    if j >= len(pieces) or pieces[j].gap != " " or pieces[j].lower not in _COPULAS:
        return False
    said = [p.lower for p in pieces[j + 1 : j + 7]]
    return bool(said) and (said[0] in _JUDGED or bool(_PERSONS.intersection(said)))


def _named_with_place(pieces: Sequence[Piece], conjunction: int) -> bool:
    """Say whether what stands before a conjunction is a place that something is in ("across Iraq and ...")."""
    at = conjunction - 1
    while at >= 0 and pieces[at].cap:
        at -= 1
    return 0 <= at < conjunction - 1 and pieces[at].lower in _IN_PLACE


def _is_actor(before: Piece | None, after: Piece | None, evidence: NameEvidence, *, possessive: bool) -> bool:
    beside_actor = before is not None and before.lower in _BESIDE_ACTOR and (evidence.country or evidence.abbreviation)
    if after is None or after.gap not in {" ", "-", "] "}:
        return beside_actor
    if after.lower in ACTION_VERBS:
        return True
    if possessive:
        return not after.cap and after.lower not in _WHERE
    if evidence.country and not after.cap and after.lower.isalpha() and after.lower not in FUNCTION_WORDS:
        there = after.lower in GENERIC or (after.lower in _HAPPENS_THERE and not evidence.abbreviation)
        return not there
    return beside_actor


FUNCTION_WORDS = frozenset(
    """in on at to from of for and or but nor as by with without against over under after before since until while when
    where which that who whom whose is are was were be been being had has have do does did not if than then so because
    although though during between among near around about into onto through across along amid via also too now still
    only even just already yesterday today tomorrow last next this these those the a an its his her their our my your he
    she it they we you i there here itself alone again ago per days weeks months
    years hours minutes killing wounding injuring leaving""".split()
)


def _is_unit(pieces: Sequence[Piece], k: int) -> bool:
    """Whether a word is a kind of province ("Petén Department"), not an office ("Chicago Department of Health")."""
    after = pieces[k + 1] if k + 1 < len(pieces) else None
    return pieces[k].lower == "department" and (after is None or after.lower != "of" or after.gap != " ")


def _is_dedication(pieces: Sequence[Piece], i: int, j: int) -> bool:
    """Whether a saint is whom a church is named for: "the church of St. Peter", "St. Peter and St. Paul Church"."""
    if pieces[i].lower not in _SAINTS or j - i < 2:
        return False
    first, last = i, j
    if i > 1 and pieces[i - 1].lower == "and":  # the second of two: look from the first
        first = max((k for k in range(max(0, i - 4), i) if pieces[k].lower in _SAINTS), default=i)
    elif j + 1 < len(pieces) and pieces[j].lower == "and" and pieces[j + 1].lower in _SAINTS:
        last = next((k for k in range(j + 2, len(pieces)) if not pieces[k].cap), len(pieces))
    if first > 1 and pieces[first - 1].lower == "of" and pieces[first - 2].lower in _HALLOWED:
        return True
    return last > j and bool(_HEADS.intersection(p.lower for p in pieces[j:last]))


def _is_embedded(pieces: Sequence[Piece], i: int, j: int) -> bool:
    """Whether the name stands inside the name of an organisation ("University of Basra", "Chicago Bulls")."""
    if _is_dedication(pieces, i, j):
        return True
    if j < len(pieces) and pieces[j].cap and pieces[j].gap in {" ", "-"} and not pieces[j - 1].possessive:
        for k in range(j, min(j + 4, len(pieces))):
            if not pieces[k].cap or pieces[k].gap not in {" ", "-"}:
                break
            if pieces[k].lower in _HEADS and not _is_unit(pieces, k):
                return True
    if i > 1 and pieces[i - 1].lower in {"of", "for"} and pieces[i].gap == " ":
        head = pieces[i - 2]
        return head.cap and head.lower in _HEADS and head.lower != "united" and pieces[i - 1].gap == " "
    left = pieces[i - 1] if i > 0 and pieces[i].gap == " " else None
    return (
        left is not None and left.cap and left.lower in {"fc", "real", "sporting", "radio", "deutsche", "bank", "hotel"}
    )
