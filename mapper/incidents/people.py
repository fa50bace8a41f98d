"""Whom an incident befell: an arrest of one man is not an arrest of another.

Only an incident of one person is known by a name: of several dead each report may name another.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from mapper.gazetteer import loose
from mapper.records import HARMS

if TYPE_CHECKING:
    from mapper.records import Incident, Span

__all__ = ["are_others", "who"]

_TAKEN: Final = frozenset({"arrest", "abduction"})
"""Types of events of which the target is whoever was taken."""
_ALIKE: Final = 0.75
"""Likeness from which two spellings are one name ("Mohammed", "Muhammad")."""


def who(incident: Incident) -> tuple[str, ...]:
    """Give the words of the names, as they are compared, of the one person whom an incident befell.

    Returns
    -------
    tuple of str
        In order; empty where nobody is named, or more than one was harmed or taken.
    """
    tolls = [getattr(incident, harm) for harm in HARMS]
    total = sum(toll.best or 0 for toll in tolls)
    taken = incident.event_type in _TAKEN
    if total > 1 or (total == 0 and not taken):
        return ()
    counted = [count.span for toll in tolls for count in toll.counts if count.best == 1]
    named = [actor for actor in incident.targets if actor.person]
    # A gunman may aim at a minister and kill his guard: who is counted is meant, or else who was taken.
    meant = [actor for actor in named if actor.span and any(_meet(actor.span, span) for span in counted)]
    words = {loose(word) for actor in meant or (named[:1] if taken else ()) for word in actor.person.split()}
    return tuple(sorted(word for word in words if len(word) > 1))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=4096)  # of a report on every newspaper's front page the same two are compared again and again
def are_others(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether names (from `who`) are those of different people; not where one of them is not known."""
    return bool(some and others) and not any(_is_spelled_alike(a, b) for a, b in product(some, others))


def _is_spelled_alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
