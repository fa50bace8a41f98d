"""What the words around a trigger make of it: status, and whether it tells of an event at all.

Rules of the project's own, each a cue phrase near the trigger. They are meant to err towards saying nothing: a film, a
final, a drill, an anniversary, a war of ten years or a risk is no incident.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from mapper.incidents.cues import WHAT_FOR
from mapper.incidents.lexicon import tokenize
from mapper.incidents.patterns import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.lexicon import Trigger
    from mapper.records import Sentence

__all__ = [
    "STOPPED",
    "in_a_title",
    "is_background",
    "is_by_a_score",
    "is_no_event",
    "is_pastime",
    "points_back",
    "status_of",
    "told_as_ground",
]

_PASTIMES: Final = ("sport", "arts", "markets", "machines", "home", "history")
_DIFFERENT: Final = 5
_SHARE: Final = 0.045
_DENIAL_REACH: Final = 14  # words: "denied on Wednesday that one of its drones had struck"

_QUOTED: Final = re.compile(r"[\"\u201c\u2018']([^\"\u201c\u201d\u2018\u2019']{3,60})[\"\u201d\u2019']")
_SCORE: Final = re.compile(r"\s+(?:by\s+)?(?P<ours>[0-9]{1,3})[-\u2013](?P<theirs>[0-9]{1,3})(?![\w-])")

Status = Literal["accomplished", "attempted", "threatened", "planned", "denied", "none"]


@cache
def _cue(name: str) -> re.Pattern[str]:
    """Compile one section of the cue file into a pattern of whole words."""
    sections: dict[str, list[str]] = {}
    for line in (files("mapper.incidents") / "data" / "cues.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and "]" in line and line[1 : line.index("]")].isidentifier():
            current = sections.setdefault(line[1 : line.index("]")], [])
        elif line.strip() and not line.startswith("#"):
            current.append(line)
    return re.compile(r"\b(?:" + "|".join(sections[name]) + r")\b", re.IGNORECASE)


_DEFINITE: Final = re.compile(
    r"\b(?:the|this|that|these|those|its|their|his|her)\s+"
    r"(?:(?!(?:in|at|on|of|during|after|from|by|with|between)\s)\w+['\u2019]?s?\s+){0,3}$"
    r"|\b\w+day(?:\s+night|\s+morning)?['\u2019]s\s+(?:\w+\s+){0,2}$"
    r"|\b(?:called|described|denounced|branded|labelled|considered)\s+(?:it|this|that)\s+(?:as\s+)?an?\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_OF_THE_TOLL: Final = re.compile(r"\b(?:of the (?:victims|dead|injured|wounded|missing)|the others)\b", re.IGNORECASE)
"""Some of those harmed, of whom was told before: "four of the victims died when"."""
_VERB: Final = re.compile(
    r"(?:[a-z]+ed|ran|shot|struck|sank|sunk|fell|fought|blew|broke|took|went|came|left|caught|burnt|held|fled|overran)\b",
    re.IGNORECASE,
)
"""In "the bus overturned" the bus is known, not that it did."""
STOPPED: Final = frozenset({"shot down", "intercepted", "brought down", "bring down", "downed", "downing"})
"""What is done to drones and missiles before they strike."""
_TRIED: Final = frozenset({"suspicious approach", "suspicious approaches"})
"""Words that say themselves that nothing came of it."""
_DUD: Final = re.compile(
    r"\b(?:(?:was|were|been|being)\s+(?:\w+\s+)?(?:defused|disarmed|deactivated|neutrali[sz]ed|dismantled|made safe)"
    r"|(?:did not|didn['\u2019]t|failed to|without)\s+(?:explod|detonat|go(?:ing)? off))",
    re.IGNORECASE,
)
"""Behind a bomb: it never went off."""
_KNOWN: Final = re.compile(
    r"\b(?:the|this|that|these|those|(?P<day>\w+day(?:\s+\w+)?['\u2019]s))\s+(?P<rest>(?:[\w'\u2019-]+\s+){0,3})$",
    re.IGNORECASE,
)
"""Before an event that is spoken of as known."""
_TAKES_FOR_GRANTED: Final = re.compile(
    r"\b"
    + any_of(r"""
    comment(?:ed)?_on confirm\w* verif\w+ investigat\w+ investigation_into inquiry_into probe_into caus\w+ cause_of
    victims?_of survivors?_of behind responsib\w+_(?:for|of) revenge_for condemn\w* mourn\w* aftermath_of scene_of
    footage_of videos?_of details_of reports?_(?:of|on) (?:killed|hurt|injured|wounded|died|dead|missing|involved)_in
    identify\w*
    """)
    + r"\s+$",
    re.IGNORECASE,
)
"""Straight before "the attack": who says so takes it for granted that there was one."""
_HARMED: Final = re.compile(
    r"[^.;]*?,?\s(?:that|which|who|where|in which)\s+(?:(?!would|could|might|may|will|should|can)\w+\s+){0,3}"
    r"(?:killed|wounded|injured|left|claimed|died|destroyed|struck|hit)\b",
    re.IGNORECASE,
)
"""Behind "the attack": whom it harmed, told as a fact."""
_ASIDE: Final = re.compile(r",[^,;]{3,80},\s*$")
_SUBORDINATE: Final = re.compile(r"\b(?:where|who|whose|which|that|after|when|because)\b", re.IGNORECASE)
_MODAL: Final = re.compile(
    r"\b(?:would|will|could|might|may|should|can|must|to|if|whether|plan\w*|threat\w*|attempt\w*|intend\w*)\b",
    re.IGNORECASE,
)
_BEFALLEN: Final = re.compile(
    r"\b(?:was|were|(?:has|have|had) been)\s+(?:\w+ly\s+|also\s+|later\s+|then\s+)?$", re.IGNORECASE
)
"""Before a verb: what was done, whatever was meant to come of it else."""
_IF: Final = re.compile(r"\b(?:if|whether|unless|once|until|should|would|could|that)\b[^,;]*$", re.IGNORECASE)
_OFFENCE: Final = re.compile(r"\b(?:of|for|with|over|about)\s+(?:attempted\s+)?$", re.IGNORECASE)
_THREAT: Final = re.compile(r"[\s-]+(?:threats?|hoax(?:es)?|scares?|alerts?|warnings?)\b", re.IGNORECASE)
"""Behind an event: it was only spoken of."""
_FLIES: Final = frozenset({"air_drone_strike", "shelling_missile"})


def status_of(clause: str, trigger: Trigger) -> Status:
    """Tell the status of a trigger from the words of its clause before it.

    Parameters
    ----------
    clause
        Text of the clause.
    trigger
        With offsets into `clause`.

    Returns
    -------
    str
        A status of the scheme, or "none" where the words say that there was no such event (negated, hypothetical).
    """
    if trigger.text.lower() in STOPPED and trigger.event_type in _FLIES:
        return "attempted"  # a drone that is shot down has struck nothing
    if trigger.text.lower() in _TRIED:
        return "attempted"
    if trigger.event_type == "explosion_ied" and _DUD.search(clause, trigger.end):
        return "attempted"
    if _THREAT.match(clause, trigger.end):
        return "threatened"
    before = clause[max(0, trigger.start - 110) : trigger.start]
    if _cue("denied").search(" ".join(before.split()[-_DENIAL_REACH:])):
        return "denied"
    if _ends_with(_cue("negated"), " ".join(before.split()[-5:])):
        return "none"
    before = _governing(before, clause[trigger.end :])
    near = " ".join(before.split()[-7:])
    if _BEFALLEN.search(before) and not _IF.search(before):
        return "accomplished"  # "men suspected of planning attacks were arrested", "a convoy heading for Kano was hit"
    hypothetical = _cue("hypothetical").search(near)
    if hypothetical and not _cue("not_hypothetical").search(near + " " + trigger.text):
        return "none"
    if _cue("attempted").search(near):
        return "attempted"
    if _cue("threatened").search(near):
        return "threatened"
    # "Of the Ayacucho Campaign Plan": a name is no intention.
    if _cue("planned").search(" ".join(word for word in before.split()[-10:] if word.rstrip(",") != "Plan")):
        return "planned"
    return "accomplished"


def _governing(before: str, behind: str) -> str:
    """Give the words before a trigger that may doubt it: "a visit is planned to Kano, where a bomb" doubts no bomb.

    Nor do the words before an event that they take for granted: "could not say what caused the explosion".
    """
    known = _KNOWN.search(before)
    if known is not None and (
        known["day"] or _TAKES_FOR_GRANTED.search(before, 0, known.start()) or _HARMED.match(behind)
    ):
        return known["rest"]
    aside = _ASIDE.search(before)
    before = before[: aside.start()] if aside else before  # "the boat, trying to reach Italy, sank"
    told = None
    for told in _SUBORDINATE.finditer(before):  # noqa: B007
        pass
    return before if told is None or _MODAL.search(before, told.end()) else before[told.end() :]


def _ends_with(pattern: re.Pattern[str], words: str) -> bool:
    """Tell whether a cue is close enough to govern the trigger: at the end of the words, or one word before."""
    last = None
    for last in pattern.finditer(words):  # noqa: B007
        pass
    return last is not None and len(words[last.end() :].split()) <= 1


def is_no_event(sentence: str, *, has_toll: bool, has_day: bool) -> bool:
    """Tell whether a sentence speaks of fiction, drills, memory or statistics rather than of an event.

    Parameters
    ----------
    has_toll, has_day
        Whether the sentence gives people harmed, and an exact day: a statistic with a day may hold an event, and an
        anniversary is an event's memory whatever else it gives.
    """
    if _cue("fiction").search(sentence) and not (has_toll and has_day):
        return True
    if _cue("drill").search(sentence) or _cue("memory").search(sentence):
        return True
    return bool(_cue("statistic").search(sentence)) and not has_day


def is_background(sentence: str) -> bool:
    """Tell whether a sentence is about a court's view of an event: the event is past and needs a date of its own."""
    return bool(_cue("court").search(sentence))


def is_pastime(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a report is about sport, the arts, markets, machines, the home or the past, by the share of words.

    Five different words of one of them, and 45 or more in a thousand: such reports are full of bombs, raids and shots
    that nobody fired, so an incident in them has to say where it was and how many were harmed.
    """
    words = [token.low for sentence in sentences for token in tokenize(sentence.text)]
    # Word by word, and pair by pair: each is looked at once in a run, where a search over the text tries every cue
    # at every letter.
    different, times = Counter[str](), Counter[str]()
    for phrase, count in (Counter(words) + Counter(f"{one} {two}" for one, two in pairwise(words))).items():
        for name in _pastimes_of(phrase):
            different[name] += 1
            times[name] += count
    return any(different[name] >= _DIFFERENT and times[name] >= _SHARE * len(words) for name in _PASTIMES)


@lru_cache(maxsize=30_000)  # texts repeat most of their words; two hundred thousand were 60 MB
def _pastimes_of(phrase: str) -> tuple[str, ...]:
    if _any_pastime().fullmatch(phrase) is None:
        return ()
    return tuple(name for name in _PASTIMES if _cue(name).fullmatch(phrase))


@cache
def _any_pastime() -> re.Pattern[str]:
    return re.compile("|".join(_cue(name).pattern for name in _PASTIMES), re.IGNORECASE)


def in_a_title(text: str, trigger: Trigger) -> bool:
    """Tell whether a trigger stands in the quoted title of a work: quotes around words in title case."""
    for match in _QUOTED.finditer(text):
        words = [word for word in match.group(1).split() if len(word) > 3]
        inside = match.start() < trigger.start and trigger.end < match.end()
        alone = match.group(1) == text[trigger.start : trigger.end]
        if inside and (len(words) > 1 or alone) and not text.isupper() and all(word[0].isupper() for word in words):
            return True
    return False


_GROUND: Final = re.compile(
    r"\b(?:on suspicion of|suspected of|in connection with|on (?:\w+ )?charges? of|charged with|accused of|wanted for"
    r"|questioned (?:over|about))\s+(?:[\w'\u2019-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Before what somebody was arrested for."""


def is_ground(text: str, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Tell whether a trigger only says what somebody was arrested for: "held in Hull on suspicion of murder"."""
    if trigger.event_type == "arrest" or not any(
        t.event_type == "arrest" and t.start < trigger.start for t in triggers
    ):
        return False
    return _GROUND.search(text, max(0, trigger.start - 60), trigger.start) is not None


def is_mere_ground(text: str, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Tell whether a trigger is but the name of an offence: "held on suspicion of murder in Thornton Heath"."""
    return is_ground(text, trigger, triggers) and _OFFENCE.search(text, 0, trigger.start) is not None


def told_as_ground(text: str, trigger: Trigger, triggers: Sequence[Trigger]) -> int | None:
    """Give where the words begin that tell of a deed as what arrests were made for; None where it is told by itself."""
    arrests = [t for t in triggers if t.event_type == "arrest" and t.end <= trigger.start]
    if trigger.event_type == "arrest" or not arrests:
        return None
    found = list(WHAT_FOR.finditer(text, arrests[-1].end, trigger.start))
    return found[-1].start() if found else None


_ANOTHER: Final = re.compile(
    r"\s*(?:separately|elsewhere|in (?:another|an? (?:separate|unrelated|different|second)) (?:[\w-]+ )?"
    r"(?:incident|case|attack|event|accident|episode))\b",
    re.IGNORECASE,
)


def opens_another(text: str) -> bool:
    """Tell whether a sentence begins another story: "Separately, ...", "In an unrelated case, ..."."""
    return _ANOTHER.match(text) is not None


def is_by_a_score(text: str, trigger: Trigger) -> bool:
    """Tell whether a score stands behind a trigger: "ambushed 3-0". Of a range of people the first is the lower."""
    found = _SCORE.match(text, trigger.end)
    return found is not None and int(found["ours"]) >= int(found["theirs"])


def points_back(before: str, trigger: Trigger) -> bool:
    """Tell by the words before a trigger in its clause whether it speaks of an event that was told: "the attack"."""
    told = _VERB.match(trigger.text) or (" " in trigger.text and _VERB.fullmatch(trigger.text.split()[-1]))
    known = _DEFINITE.search(before) is not None and not told
    return known or _OF_THE_TOLL.search(before) is not None
