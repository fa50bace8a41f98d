"""Words for those who act and for what they act upon, and the words that part the phrases of a sentence."""

from __future__ import annotations

from typing import Final

from mapper.incidents.counts.people_words import is_person

__all__ = [
    "ADJECTIVES", "ADVERBS", "CALENDAR", "CARRIERS", "DEMONYMS", "DETERMINERS", "GENERIC_PEOPLE", "GROUPS", "HEDGES",
    "MEMBERS", "PREPOSITIONS", "STOPS", "acts", "is_target",
]  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COLLECTIVES: Final = _words(
    """army navy military police force forces troops militia militias gang gangs mob crowd crowds group groups cartel
    coalition government regime state insurgency air-force coastguard guard guards authorities paramilitaries squad
    squads commando commandos patrol unit units faction factions movement front wing tribe tribes clan clans militiamen
    jihadis jihadi bomber bombers hijackers hijacker rebels rebel militants militant separatist separatists extremists
    extremist insurgent guerrilla guerrillas gunman gunmen bandit bandits assailants attackers settlers herders mafia
    column columns vigilantes looters arsonists hitmen hitman killers killer murderer murderers shooter shooters suspect
    suspects traffickers smugglers pirates terrorists terrorist youths protesters demonstrators rioters strikers
    marchers students workers farmers residents villagers teachers nurses miners drivers kidnappers"""
)
"""Beside the words for single people: who acts together, and roles that only act."""

CARRIERS: Final = _words(
    """warplane warplanes plane planes jet jets aircraft helicopter helicopters gunship gunships gunboat gunboats
    warship warships drone drones missile missiles rocket rockets shell shells mortar mortars artillery tank tanks bomb
    bombs bombers strike strikes airstrike airstrikes fire gunfire shelling bombardment raid raids attack attacks
    assault assaults offensive bombing bombings ambush sniper snipers shot shots bullet bullets mine mines grenade
    grenades blast blasts explosion explosions"""
) - {"bombers", "sniper", "snipers"}
"""What strikes and is nobody: who is behind it stands before it ("Israeli warplanes")."""

ADJECTIVES: Final = _words(
    """air drone rocket missile mortar artillery ground naval aerial suicide car truck roadside bomb gun knife arson
    cruise ballistic heavy deadly deadliest fatal major massive large big fresh new another separate recent latest
    similar previous surprise coordinated armed pre-dawn dawn overnight night daylight retaliatory cross-border border
    terrorist terror military combat fighter attack kamikaze precision punitive brazen brutal bloody daring alleged
    suspected reported apparent failed attempted foiled joint wave series string of more two three several many
    revenge targeted mass violent attack's long-range short-range anti-ship intense indiscriminate renewed further"""
)
"""Between the one who acts and the word for the act: "Russian cruise missile attack"."""

GROUPS: Final = _words(
    """taliban hamas hezbollah hizbollah hizbullah houthi houthis al-shabaab shabaab al-qaeda al-qaida isis isil daesh
    pkk ypg farc eln ltte fatah fmln eta ira rsf m23 adf lra iswap jnim aqap aqim pij naxalites maoists maoist
    janjaweed wagner mossad idf nato irgc peshmerga contras sandinistas unita renamo frelimo tplf fano ttp jemaah
    naxalite zapatistas mungiki anti-balaka seleka boko haram"""
)
"""Armed groups and forces whose names are often written without a word that says what they are."""

DEMONYMS: Final = _words(
    """us u.s. u.s american british uk french german italian spanish portuguese dutch belgian swiss austrian polish
    czech hungarian romanian bulgarian greek turkish russian soviet ukrainian belarusian georgian armenian azerbaijani
    azeri chechen kazakh uzbek tajik kyrgyz turkmen iranian iraqi syrian lebanese israeli palestinian jordanian
    egyptian libyan tunisian algerian moroccan sudanese ethiopian eritrean somali kenyan ugandan rwandan burundian
    tanzanian congolese nigerian nigerien malian burkinabe chadian cameroonian ghanaian ivorian senegalese angolan
    mozambican zimbabwean zambian south-african afghan pakistani indian kashmiri bangladeshi burmese thai vietnamese
    cambodian malaysian indonesian filipino philippine chinese japanese korean taiwanese mongolian saudi yemeni omani
    emirati qatari kuwaiti bahraini kurdish serbian serb croatian bosnian albanian kosovar macedonian mexican
    guatemalan salvadoran honduran nicaraguan colombian venezuelan ecuadorean peruvian bolivian chilean argentine
    brazilian cuban haitian dominican canadian australian arab jewish islamist shiite sunni hutu tutsi tamil
    saudi-led us-led nato-led us-backed iran-backed russian-backed"""
)
"""Adjectives of states and peoples; a recogniser knows more."""

ADVERBS: Final = _words(
    "alone also then later again still already reportedly allegedly apparently too even now once twice both"
)
"""They may stand between who acts and what they do."""

HEDGES: Final = _words("suspected alleged apparent presumed")
"""Before a name they say that somebody thinks so."""

MEMBERS: Final = _words(
    """member members fighter fighters soldier soldiers troops forces force leader leaders commander commanders militant
    militants supporter supporters follower followers faction wing branch unit units elements gunmen group men rebels
    officer officers commando column columns cell"""
)
"""They go on with the name of what they belong to: "members of the ELN"."""

DETERMINERS: Final = _words(
    """a an the this that these those some its his her their our another several many few dozens dozen hundreds
    thousands scores about around nearly almost least most up more less than at over between both all each every no
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty hundred thousand couple pair least other others certain same"""
) - {"at", "over", "between", "than", "others"}

PREPOSITIONS: Final = _words(
    """in on at by of to from with without near inside outside into onto over under against across around between among
    during after before since until through towards toward along behind beside amid for as about off per via upon
    beneath within throughout following"""
)

CALENDAR: Final = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tonight tomorrow week month year day night morning evening
    afternoon weekend noon midnight dawn christmas easter ramadan city country nation region world town capital"""
)

STOPS: Final = (
    _words(
        """is are was were be been being am has have had having do does did will would could may might can should must
        shall who whom whose which that when where while because if but and or nor so than then there here it he she
        they we you i him them us me himself themselves itself said says say saying told reported reports according
        also later earlier still just only not never no nobody none left leaving leave killed killing dead wounded
        injured hurt including early late overnight ago soon immediately allegedly reportedly neither both such what
        how claimed claims blamed blames accused accuses denied denies took takes set carried launched opened fired hit
        struck blew up out down began lasted shocked condemned visited near broke came went ran fell fled fought shot
        threw drove rose held holds hold met won lost sent put kept stood found got made gave saw stole swept blames
        suspect suspects responsible"""
    )
    | PREPOSITIONS
)
"""No phrase of nouns goes across these."""

GENERIC_PEOPLE: Final = _words("people person persons others other dead lives bodies victims casualties body him them")
"""Harmed, and nobody in particular."""

_THINGS: Final = _words(
    """vehicle convoy base bus market school hospital church mosque temple synagogue hotel checkpoint ship vessel tanker
    carrier train patrol post outpost station camp village town settlement headquarters office building block bridge
    pipeline depot airport port embassy consulate mission home house restaurant bar cafe shop store mall bank plant
    refinery warehouse factory barracks garrison prison jail court ministry parliament palace residence car truck lorry
    taxi van minibus motorcade plane aircraft helicopter jet airliner boat ferry freighter trawler wedding funeral
    rally procession ceremony facility installation substation dam tower clinic university college kindergarten shelter
    neighbourhood neighborhood compound positions position site target farm field shrine club stadium theatre theater
    museum monument statue library newspaper party group force army police militia military government crowd crew
    civilians stalls businesses properties stores posts"""
)


def acts(word: str) -> bool:
    """Tell whether a word in lower case is somebody who can do a deed."""
    return word in _COLLECTIVES or bool(is_person(word))


def is_target(word: str) -> bool:
    """Tell whether a word in lower case is somebody or something that a deed can be done to."""
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    other = word.removesuffix("es")
    return acts(word) or any(form in _THINGS for form in (word, singular, other))
