"""The words of harm, and the words around them that decide whether they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mapper.records import Harm

__all__ = [
    "ABOUT_THEM",
    "BOUND",
    "DEAD_THINGS",
    "FAMILIES",
    "FEARED",
    "FIGURE_BEFORE",
    "HARM_NOUNS",
    "LEAN",
    "LIVES_VERBS",
    "MODALS",
    "NAMED_NOUNS",
    "NOT",
    "NOT_NAMES",
    "NOUNS",
    "NUMBER_OF",
    "PREPOSITIONS",
    "RELATIVE",
    "TOLL_UNITS",
    "TRIGGERS",
    "TRIGGER_FIRST",
    "UNREAL_NOUNS",
    "Form",
]

# Forms: "both" may be active or passive, "active" only has its people to the right, "state" only to the left,
# "base" is a bare verb, which after "to" or "could" has not happened.
Form = Literal["both", "active", "state", "base"]


def _forms(harm: Harm, form: Form, phrases: str) -> dict[tuple[str, ...], tuple[Harm, Form]]:
    return {tuple(phrase.split("_")): (harm, form) for phrase in phrases.split()}


TRIGGERS: dict[tuple[str, ...], tuple[Harm, Form]] = {
    **_forms(
        "killed",
        "both",
        "killed murdered slain assassinated executed massacred beheaded lynched slaughtered "
        "shot_dead "
        "shot_to_death gunned_down stabbed_to_death beaten_to_death hacked_to_death burned_to_death "
        "burnt_to_death "
        "crushed_to_death clubbed_to_death shot_and_killed electrocuted martyred hanged",
    ),
    **_forms(
        "killed",
        "active",
        "killing kills drowning murdering assassinating executing massacring slaying murders shooting_dead",
    ),
    **_forms("killed", "base", "kill murder assassinate massacre"),
    **_forms(
        "killed",
        "state",
        "dead died dies perished drowned deceased lost_their_lives lost_his_life lost_her_life dying die suffocated",
    ),
    **_forms("injured", "both", "injured wounded hurt maimed"),
    **_forms("injured", "active", "injuring wounding injures wounds hurting maiming"),
    **_forms("injured", "base", "injure wound"),
    **_forms(
        "injured",
        "state",
        "hospitalized hospitalised sustained_injuries suffered_injuries suffered_wounds sustained_wounds "
        "treated_for badly_burned seriously_burned severely_burned badly_burnt",
    ),
    **_forms("missing", "state", "missing unaccounted"),
    **_forms("abducted", "both", "kidnapped abducted kidnaped"),
    **_forms("abducted", "active", "kidnapping abducting kidnaps abducts kidnaping"),
    **_forms("abducted", "base", "kidnap abduct"),
    **_forms("abducted", "state", "hostage taken_hostage held_hostage"),
    **_forms("arrested", "both", "arrested detained apprehended rounded_up jailed imprisoned"),
    **_forms("arrested", "active", "arresting detaining arrests detains"),
    **_forms("arrested", "base", "arrest detain"),
    **_forms("arrested", "state", "taken_into_custody in_custody"),
    **_forms("displaced", "both", "displaced uprooted"),
    **_forms("displaced", "active", "displacing displaces uprooting"),
    **_forms("displaced", "base", "displace"),
    **_forms("displaced", "state", "homeless fled_their_homes forced_to_flee forced_to_leave"),
}
TRIGGER_FIRST = frozenset(words[0] for words in TRIGGERS)

# Nouns of harm: a figure before them ("41 deaths"), or people after "of" ("the death of a soldier").
NOUNS: dict[str, Harm] = {
    "deaths": "killed",
    "fatalities": "killed",
    "death": "killed",
    "fatality": "killed",
    "killings": "killed",
    "killing": "killed",
    "murder": "killed",
    "murders": "killed",
    "assassination": "killed",
    "assassinations": "killed",
    "slaying": "killed",
    "execution": "killed",
    "executions": "killed",
    "massacre": "killed",
    "bodies": "killed",
    "body": "killed",
    "corpses": "killed",
    "corpse": "killed",
    "lives": "killed",
    "beheading": "killed",
    "injuries": "injured",
    "injury": "injured",
    "wounding": "injured",
    "abduction": "abducted",
    "abductions": "abducted",
    "kidnapping": "abducted",
    "kidnappings": "abducted",
    "kidnaping": "abducted",
    "arrest": "arrested",
    "arrests": "arrested",
    "detention": "arrested",
    "disappearance": "missing",
    "displacement": "displaced",
    "hostages": "abducted",
}
FIGURE_BEFORE = frozenset(
    {
        "deaths",
        "fatalities",
        "killings",
        "murders",
        "executions",
        "injuries",
        "abductions",
        "kidnappings",
        "arrests",
        "bodies",
        "corpses",
        "assassinations",
        "death",
        "fatality",
    }
)
NAMED_NOUNS = frozenset(
    {
        "murder",
        "assassination",
        "execution",
        "kidnapping",
        "kidnaping",
        "abduction",
        "slaying",
        "arrest",
        "beheading",
        "killing",
    }
)
LIVES_VERBS = frozenset(
    {"claimed", "claiming", "claims", "claim", "cost", "costing", "took", "taking", "taken", "lost"}
)
HARM_NOUNS: dict[str, tuple[Harm, ...]] = {
    "casualties": ("killed", "injured"),
    "victims": ("killed", "injured"),
    "deaths": ("killed",),
    "fatalities": ("killed",),
    "injuries": ("injured",),
    "casualty": ("killed", "injured"),
    "wounded": ("injured",),
    "arrests": ("arrested",),
    "injured": ("injured",),
    "dead": ("killed",),
    "fatality": ("killed",),
}

MODALS = frozenset(
    "could would may might will should can cannot must shall would've if unless 'll couldn't wouldn't can't".split()
)
NOT = frozenset(
    "not never nor n't wasn't weren't isn't aren't hasn't haven't hadn't didn't doesn't nearly almost without".split()
)
LEAN = frozenset(
    "also later instantly reportedly then since all both each immediately allegedly confirmed reported "
    "believed found left "
    "pronounced declared listed still remain remains remained went gone presumed apparently either already just either "
    "seriously badly slightly critically severely gravely fatally brutally killed shot feared initially subsequently "
    "themselves himself herself recently previously accidentally deliberately so far now and or wounded "
    "injured kidnapped "
    "tortured stabbed beaten captured arrested ambushed attacked summarily publicly eventually to".split()
)
RELATIVE = frozenset({"who", "that", "whom"})
FEARED = frozenset({"feared", "presumed", "believed"})

# The subject of a passive is not looked for beyond these.
BOUND = frozenset(
    "said says told added when after because while where which but ; : because that if left leaving leaves "
    "leave killed "
    "killing wounded wounding injured injuring was were took taking seized holding held kept has had reported "
    "announced stated "
    "claimed confirmed saying so though although before as until with".split()
)
PREPOSITIONS = frozenset(
    "of in on at near from with by to into against for inside outside aboard around between among over under "
    "across including "
    "include includes included like plus behind beside".split()
)

ABOUT_THEM = frozenset({"armed", "aged", "identified", "known", "named", "wounded", "trapped", "suspected", "accused"})
NOT_NAMES = frozenset("it this that there what the a an no none its his her their these those".split())

# Before a noun of harm they say that it has not happened.
UNREAL_NOUNS = frozenset(
    "threatened threat threats attempted prevent prevented plot avoid averted risk attempt".split()
)

# A figure before these is no toll.
TOLL_UNITS = frozenset("% percent days hours years months weeks am pm : -".split())

# "Dead Sea", "dead bodies", "missing link": no state of people.
DEAD_THINGS = frozenset("sea body bodies zone line animals birds fish end heat link out".split())

FAMILIES = frozenset({"families", "households"})

# "The number of X rose to": whose number it is.
NUMBER_OF: dict[str, Harm] = {
    "dead": "killed",
    "deaths": "killed",
    "victims": "killed",
    "killed": "killed",
    "fatalities": "killed",
    "injured": "injured",
    "wounded": "injured",
    "injuries": "injured",
    "missing": "missing",
    "displaced": "displaced",
    "arrests": "arrested",
    "detainees": "arrested",
}
