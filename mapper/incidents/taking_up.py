"""Sentences that name no event and take up one told before: its toll, who claims it, where and when it was.

"A charity reports 13." "No one but the rebels could have done it." "It happened shortly before five in Brooklyn."
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.incidents import linking
from mapper.incidents.clauses import Clause
from mapper.incidents.counts import CountMention, find_leaning_figure
from mapper.incidents.nearby import dates_told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mapper.incidents.grouping import Draft
    from mapper.incidents.mention import Mention
    from mapper.records import Actor, Resolution, Sentence

__all__ = ["take_up_figure", "take_up_place", "take_up_stances"]

_STANCE_REACH: Final = 600  # characters between an event and who claims it
_FIGURE_REACH: Final = 200  # characters between a toll and a figure that leans on it
_PLACE_REACH: Final = 120  # characters between an event and "it happened"

_IT_HAPPENED: Final = re.compile(
    r"\s*(?:(?:it|this|that)|the\s+(?:fatal\s+|deadly\s+|tragic\s+)?(?:incident|accident|tragedy|attack|event))\s+(?:all\s+)?"
    r"(?P<verb>happened|occurred|took place|unfolded)\b",
    re.IGNORECASE,
)


def take_up_figure(sentence: Sentence, told: Sequence[Mention], drafts: Sequence[Draft]) -> None:
    """Give a bare figure ("A charity reports 13") to the toll of the event spoken of here, or else spoken of last.

    Parameters
    ----------
    sentence
        One sentence of the report.
    told
        The mentions that it has.
    drafts
        What was told up to here, the draft spoken of last at the end; one of them is added to, in place.
    """
    figure = find_leaning_figure(sentence.text) if sentence.role == "body" and drafts else None
    if figure is None:
        return
    draft = next((d for d in drafts for m in told if m in d.mentions), drafts[-1])
    counted = next((m for m in reversed(draft.mentions) if m.counts), None)
    near = counted is not None and 0 <= sentence.start - counted.sentence.end < _FIGURE_REACH
    harm = figure.harm or (counted.counts[0].harm if counted and near else None)
    if harm is None or any(m.counts for m in told if m in draft.mentions):
        return
    count = CountMention(
        figure.start, figure.end, sentence.text[figure.start : figure.end], harm, figure.low, figure.best, figure.high,
        modifier=None, source=figure.source, trigger_start=figure.start, trigger_end=figure.end, who=None,
    )  # fmt: skip
    model = draft.mentions[-1]
    draft.add(replace(model, sentence=sentence, counts=[count], places=(), dates=[], definite=True))


def take_up_stances(sentence: Sentence, stances: list[Actor], drafts: Sequence[Draft]) -> None:
    """Give a claim, blame or denial that names no deed ("No one but the rebels ...") to the event spoken of last.

    Parameters
    ----------
    sentence
        One sentence of the report, without a mention of its own.
    stances
        What it says of who did it.
    drafts
        As for `take_up_figure`; the last one is added to, in place.
    """
    draft = drafts[-1]
    model = draft.mentions[-1]
    if 0 <= sentence.start - model.sentence.end < _STANCE_REACH:
        draft.add(
            replace(
                model, sentence=sentence, clause=Clause(0, len(sentence.text)), relation="", counts=[], places=(),
                dates=[], targets=[], perpetrators=stances, weapon=None, definite=True,
            )
        )  # fmt: skip


def take_up_place(
    sentence: Sentence, resolutions: Sequence[Resolution], drafts: Sequence[Draft], anchor: dt.date | None
) -> None:
    """Give where and when "it happened" to the event that the sentences right before told without a place of its own.

    Parameters
    ----------
    sentence
        One sentence of the report, without a mention of its own.
    resolutions
        Resolved toponyms that lie in it, in text order.
    drafts
        As for `take_up_figure`; the last one is added to, in place.
    anchor
        Publication date, for relative dates.
    """
    found = _IT_HAPPENED.match(sentence.text)
    draft = drafts[-1]
    model = draft.mentions[-1]
    near = 0 <= sentence.start - model.sentence.end < _PLACE_REACH
    if found is None or not near or draft.placed or model.several:
        return
    start, end = found.span("verb")
    trigger = replace(model.trigger, start=start, end=end, text=found["verb"])
    mention = replace(
        model, sentence=sentence, clause=Clause(0, len(sentence.text)), relation="", trigger=trigger,
        triggers=(trigger,), harm=(), counts=[], perpetrators=[], targets=[], weapon=None, definite=True, told=None,
        places=linking.link(sentence.text, sentence.start, trigger, resolutions),
        dates=dates_told(sentence.text, anchor), reached=frozenset(),
    )  # fmt: skip
    if mention.places or mention.dates:
        draft.add(mention)
