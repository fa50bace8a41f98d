"""The words of harm, and the words around them that decide whether they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mapper.records import Harm

__all__ = [
    "ABOUT_THEM",
    "AFTER_VERB",
    "BEYOND",
    "BOUND",
    "DEAD_THINGS",
    "FAMILIES",
    "FEARED",
    "FEW",
    "FIGURE_BEFORE",
    "GUESSING",
    "HARM_NOUNS",
    "HURT",
    "LEAN",
    "LEAVING",
    "LIVES_VERBS",
    "MODALS",
    "NAMED_NOUNS",
    "NOT",
    "NOT_NAMES",
    "NOUNS",
    "NUMBER_OF",
    "OUT",
    "POLICE",
    "PREPOSITIONS",
    "RELATIVE",
    "SUSPECTS",
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
        "dead died dies perished drowned deceased lost_their_lives lost_his_life lost_her_life dying die suffocated "
        "succumbed",
    ),
    **_forms("injured", "both", "injured wounded hurt maimed harmed treated"),
    **_forms("injured", "active", "injuring wounding injures wounds hurting maiming"),
    **_forms("injured", "base", "injure wound"),
    **_forms(
        "injured",
        "state",
        "hospitalized hospitalised sustained_injuries suffered_injuries suffered_wounds sustained_wounds "
        "taken_to_hospital rushed_to_hospital brought_to_hospital airlifted_to_hospital admitted_to_hospital "
        "badly_burned seriously_burned severely_burned badly_burnt",
    ),
    **_forms("missing", "state", "missing unaccounted"),
    **_forms("abducted", "both", "kidnapped abducted kidnaped carried_off seized snatched"),
    **_forms("abducted", "active", "kidnapping abducting kidnaps abducts kidnaping seizing snatching"),
    **_forms("abducted", "base", "kidnap abduct"),
    **_forms("abducted", "state", "hostage taken_hostage held_hostage taken_captive taken_prisoner held_captive"),
    **_forms("arrested", "both", "arrested detained apprehended rounded_up jailed imprisoned"),
    **_forms("arrested", "active", "arresting detaining arrests detains"),
    **_forms("arrested", "base", "arrest detain"),
    **_forms("arrested", "active", "held"),
    **_forms("arrested", "state", "taken_into_custody in_custody held_over held_on_suspicion held_for_questioning"),
    **_forms("displaced", "both", "displaced uprooted evacuated"),
    **_forms("displaced", "active", "displacing displaces uprooting evacuating forced forcing drove driving"),
    **_forms("displaced", "base", "displace"),
    **_forms(
        "displaced",
        "state",
        "homeless fled fled_their_homes forced_to_flee forced_to_leave forced_from driven_from forced_out driven_out",
    ),
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
    "seriously badly slightly critically severely gravely fatally brutally killed shot "
    "trapped crushed robbed seized surrounded feared initially subsequently "
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

GUESSING = frozenset({"perhaps", "maybe", "possibly", "probably"})

# Before a noun of harm they say that it has not happened.
UNREAL_NOUNS = frozenset(
    "threatened threat threats attempted prevent prevented plot avoid averted risk attempt".split()
)

# A figure before these is no toll.
TOLL_UNITS = frozenset("% percent days hours years months weeks am pm : -".split())

# "Dead Sea", "dead bodies", "missing link": no state of people.
DEAD_THINGS = frozenset("sea body bodies zone line animals birds fish end heat link out".split())

# Who stands before "seized" or "held" in the name of the law.
POLICE = frozenset(
    "police officers officer policemen authorities agents detectives gendarmes troopers customs guards".split()
)
SUSPECTS = frozenset("suspect suspects protester protesters demonstrator demonstrators".split())

# "Forced 15,000 people from their homes" and not "forced them to sign".
OUT = frozenset({"from", "out", "into"})
LEAVING = frozenset({"flee", "leave", "evacuate", "abandon"})

FEW = 10
HURT = frozenset(
    "hospital wounded injured casualties patients helicopter building buildings hotel office offices plane aircraft "
    "train ship ferry school mall station airport theatre theater stadium embassy inside".split()
)
"""Beside "evacuated": they are taken to be treated, or out of a building, and not out of their homes."""

# May follow a verb of harm that has its people before it.
AFTER_VERB = frozenset("according police officials what".split())

# Verbs between "toll" and a figure that it has gone beyond.
BEYOND = frozenset({"passes", "passed", "tops", "topped", "exceeds", "exceeded", "surpasses", "surpassed"})

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
