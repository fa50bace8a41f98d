"""How the incidents of one report stand to each other, by the words between them.

"X in retaliation for Y", "X after Y" and "X as part of Y" relate X to Y; "X before Y" and "X, followed by Y" say that Y
follows X. "In retaliation, ..." and "hours later, ..." at the head of a sentence look back to the incident told last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapper.records import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.incidents.grouping import Draft
    from mapper.incidents.mention import Mention

__all__ = ["relations"]

_KINDS: Final = frozenset({"in_retaliation_for", "follows", "part_of"})
_IN_TURN: Final = re.compile(
    r"\W*(?:in|as)\s+(?:an?\s+)?(?:apparent\s+|direct\s+)?(?:retaliation|revenge|reprisal|response|retribution)\b"
    r"(?!\s+(?:for|to|against)\b)",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\W*(?:[\w-]+\s+){0,4}?(?:minutes?|hours?|days?|weeks?|months?)\s+(?P<way>later|earlier|afterwards?)\b",
    re.IGNORECASE,
)


def relations(drafts: Sequence[Draft], ids: dict[int, str]) -> dict[int, tuple[Relation, ...]]:
    """Read the relations of a report's incidents.

    Parameters
    ----------
    drafts
        In the order in which the report comes to them.
    ids
        Of their incidents, by `id` of the draft.

    Returns
    -------
    dict
        By `id` of the draft.
    """
    told = sorted(
        ((m.sentence.start, m.clause.start, n, d, m) for n, d in enumerate(drafts) for m in d.mentions),
        key=lambda item: item[:3],
    )
    pairs = [(draft, mention) for _, _, _, draft, mention in told]
    found: dict[int, dict[Relation, None]] = {id(draft): {} for draft in drafts}
    for one, kind, other in [*_within_sentences(pairs), *_across_sentences(pairs)]:
        found[id(one)][Relation(kind, ids[id(other)])] = None
    return {draft: tuple(kinds) for draft, kinds in found.items()}


def _within_sentences(pairs: list[tuple[Draft, Mention]]) -> Iterator[tuple[Draft, str, Draft]]:
    by_sentence: dict[int, list[tuple[Draft, Mention]]] = {}
    for draft, mention in pairs:
        by_sentence.setdefault(mention.sentence.start, []).append((draft, mention))
    for beside in by_sentence.values():
        for i, (first, earlier) in enumerate(beside):
            for second, later in beside[i + 1 :]:
                if first is second or earlier.clause.start == later.clause.start:
                    continue
                fronted = later.relation == "main"  # "after a bomb exploded, riots broke out"
                one, other = (second, first) if fronted else (first, second)
                kind = earlier.relation if fronted else later.relation
                if kind in _KINDS:
                    yield one, kind, other
                elif kind == "precedes":
                    yield other, "follows", one


def _across_sentences(pairs: list[tuple[Draft, Mention]]) -> Iterator[tuple[Draft, str, Draft]]:
    for i, (draft, mention) in enumerate(pairs):
        start = mention.sentence.start
        is_new = all(m.sentence.start >= start or m.sentence.role == "title" for m in draft.mentions)
        before = next(
            (d for d, m in reversed(pairs[:i]) if m.sentence.start < start and m.sentence.role != "title"), None
        )
        if not is_new or before is None or before is draft:
            continue
        text = mention.sentence.text
        later = _LATER.match(text)
        if _IN_TURN.match(text):
            yield draft, "in_retaliation_for", before
        elif later and later.group("way").lower() == "earlier":
            yield before, "follows", draft
        elif later:
            yield draft, "follows", before
