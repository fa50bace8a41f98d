"""The kind of event that a snippet tells of: the labels of CASE 2021 task 2 beside the thirteen types.

The labels (Haneczok, Jacquet, Piskorski and Stefanovitch 2021) are the sub-event types of ACLED and five more; the
table says which of the thirteen types each is. What is no incident (diplomacy, an attribution alone, anything else) is
`NONE`. Two have no class of their own among the thirteen and are not scored: chemical weapons, which the scheme types
by how they came, and organised crime.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mapper.incidents.classing import kind_of
from mapper.incidents.grouping import Draft
from mapper.incidents.mentions import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.evaluation.figures import Figures
    from mapper.incidents.mention import Mention
    from mapper.language import Tags
    from mapper.records import Sentence

__all__ = ["NONE", "TYPE_OF_LABEL", "score_types", "type_told"]

NONE: Final = "none"

TYPE_OF_LABEL: Final = {
    "AIR_STRIKE": "air_drone_strike",
    "ART_MISS_ATTACK": "shelling_missile",
    "GRENADE": "explosion_ied",
    "REM_EXPLOS": "explosion_ied",
    "SUIC_BOMB": "explosion_ied",
    "ARMED_CLASH": "armed_clash",
    "GOV_REGAINS_TERIT": "armed_clash",
    "NON_STATE_ACTOR_OVERTAKES_TER": "armed_clash",
    "ATTACK": "attack_on_civilians",
    "SEX_VIOL": "attack_on_civilians",
    "ABDUCT_DISSAP": "abduction",
    "PEACE_PROTEST": "protest",
    "PROTEST_WITH_INTER": "protest",
    "FORCE_AGAINST_PROTEST": "protest",
    "VIOL_DEMONSTR": "riot",
    "MOB_VIOL": "riot",
    "ARREST": "arrest",
    "NATURAL_DISASTER": "natural_disaster",
    "MAN_MADE_DISASTER": "accident",
    "PROPERTY_DISTRUCT": "other_strategic",
    "DISR_WEAP": "other_strategic",
    "CHANGE_TO_GROUP_ACT": "other_strategic",
    "AGREEMENT": "other_strategic",
    "HQ_ESTABLISHED": "other_strategic",
    "NON_VIOL_TERRIT_TRANSFER": "other_strategic",
    "DIPLO": NONE,
    "ATTRIB": NONE,
    "OTHER": NONE,
}
"""As the corpus spells its labels."""


def type_told(sentences: Iterable[Sentence], tags: Tags | None) -> str:
    """Give the type that the lexicon and the recogniser give a snippet, as the mentions of an incident are given one.

    Places and dates are not asked for: a snippet seldom has both. Of several families of types the one told most
    surely is taken.
    """
    mentions = [m for sentence in sentences for m in find_mentions(sentence, [], anchor=None, tags=tags)]
    families: dict[str, list[Mention]] = {}
    for mention in mentions:
        families.setdefault(mention.family, []).append(mention)
    if len(families) > 1:
        families.pop("harm", None)  # "three died": of what the other says
    if not families:
        return NONE
    draft = Draft()
    for mention in max(
        families.values(), key=lambda told: sum(m.strength for m in told) + 0.5 * (told[0] is mentions[0])
    ):
        draft.add(mention)
    return kind_of(draft)[0]


def score_types(gold: Sequence[str], told: Sequence[str]) -> Figures:
    """Score one type a snippet.

    Returns
    -------
    dict
        `weighted_F1`, the mean F1 of the gold types by how often each is; `accuracy`; `by_type`, with F1 and n.
    """
    wanted, given = Counter(gold), Counter(told)
    hit = Counter(a for a, b in zip(gold, told, strict=True) if a == b)
    f1 = {name: 2 * hit[name] / (of + given[name]) for name, of in wanted.items()}
    return {
        "weighted_F1": sum(f1[name] * of for name, of in wanted.items()) / len(gold),
        "accuracy": sum(hit.values()) / len(gold),
        "by_type": {name: {"F1": f1[name], "n": of} for name, of in sorted(wanted.items())},
    }
