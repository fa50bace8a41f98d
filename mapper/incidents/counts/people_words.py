"""Words for people, what is counted beside them, and the words that end a run of nouns."""

from __future__ import annotations

__all__ = [
    "BE",
    "DETERMINERS",
    "HAVE",
    "ORGANISATION",
    "PARTICIPLES",
    "POSSESSIVE",
    "PRONOUNS",
    "STOP",
    "THINGS",
    "UNITS_AFTER",
    "is_person",
    "is_thing",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _words("is are was were be been being isn't aren't wasn't weren't got gets get getting")
HAVE = _words("has have had having hasn't haven't hadn't")

PARTICIPLES = _words(
    "killed wounded injured hurt murdered slain arrested detained kidnapped abducted missing dead died dies "
    "die executed "
    "assassinated massacred displaced homeless shot stabbed hospitalized hospitalised taken found left rescued "
    "evacuated "
    "burned burnt beheaded lynched perished drowned captured released sentenced trapped hanged tortured gunned "
    "beaten buried "
    "lost remained remain remains remaining suffered sustained feared reported confirmed believed presumed "
    "attacked ambushed"
)

# No run of nouns goes across these.
STOP = (
    _words(
        "in on at by of to from with without near inside outside aboard during after before since until till "
        "for as into "
        "onto over under against across around along between among amid because while when where who whom "
        "whose which that "
        "if unless although though but or and nor so than then there here it he she they we you i him them us "
        "including "
        "included includes cannot said says told added reported reporting according also only even still just "
        "not never no all "
        "will would could may might can should must shall do does did doesn't didn't don't won't via per plus despite "
        "following outside throughout within toward towards upon yesterday today tonight tomorrow monday "
        "tuesday wednesday "
        "thursday friday saturday sunday overnight early late earlier later ago instantly immediately dead "
        "alive . , ; : ! ? ( ) "
        '" “ ” [ ] – — / ‘ …'
    )
    | BE
    | HAVE
    | (PARTICIPLES - {"missing", "captured", "trapped", "displaced"})
)

_SINGULAR = _words(
    "person man woman child boy girl baby infant toddler teenager teen youth youngster adult civilian soldier troop "
    "trooper serviceman servicewoman policeman policewoman officer cop constable guard gendarme marine sailor "
    "airman pilot "
    "copilot crewman crewmember captain colonel general major lieutenant sergeant corporal private admiral "
    "commander commandant "
    "fighter militant militiaman insurgent rebel guerrilla gunman attacker assailant bomber terrorist "
    "extremist jihadist "
    "suspect mercenary paramilitary combatant leader chief head deputy boss ringleader president minister "
    "premier governor mayor "
    "senator congressman congresswoman deputy lawmaker legislator councillor councilman councilor mp judge "
    "magistrate prosecutor "
    "lawyer attorney official diplomat ambassador consul envoy attache attaché representative secretary "
    "director manager executive "
    "candidate politician activist organizer organiser unionist leader member employee worker laborer labourer "
    "farmer peasant "
    "fisherman miner driver passenger commuter pedestrian motorist cyclist biker bystander passerby shopper "
    "shopkeeper vendor "
    "trader merchant businessman businesswoman industrialist banker landowner rancher engineer technician "
    "doctor physician "
    "surgeon nurse medic paramedic patient teacher professor student pupil schoolboy schoolgirl schoolchild "
    "academic scientist "
    "researcher journalist reporter correspondent photographer cameraman editor broadcaster writer author "
    "actor singer musician "
    "artist player footballer coach referee athlete fan spectator worshipper worshiper priest father nun "
    "sister bishop archbishop "
    "cardinal pastor preacher cleric imam sheikh rabbi monk missionary jesuit pilgrim "
    "migrant refugee villager resident local settler inhabitant citizen national foreigner tourist visitor "
    "traveler traveller "
    "guest host neighbor neighbour friend relative parent mother son daughter brother husband wife widow "
    "spouse fiancé fiancée "
    "cousin uncle aunt nephew niece grandmother grandfather grandson granddaughter grandchild sibling twin bride groom "
    "victim casualty survivor hostage captive detainee prisoner inmate convict protester demonstrator rioter "
    "marcher striker "
    "volunteer contractor subcontractor aide adviser advisor bodyguard escort watchman spokesman spokeswoman "
    "spokesperson interpreter "
    "translator chauffeur maid cook waiter builder firefighter fireman rescuer lifeguard peacekeeper observer "
    "inspector monitor "
    "agent spy detective investigator sheriff ranger warden patrolman conscript recruit cadet veteran reservist sniper "
    "american briton frenchman german iraqi syrian israeli palestinian iranian afghan pakistani indian russian "
    "ukrainian "
    "colombian salvadoran peruvian guatemalan chilean honduran nicaraguan mexican bolivian turk kurd arab "
    "african nigerian "
    "egyptian lebanese yemeni saudi jordanian somali kenyan ethiopian sudanese chinese japanese korean "
    "filipino thai spaniard "
    "italian greek canadian australian dutchman muslim christian hindu sikh jew shiite sunni druze lad "
    "pensioner elder grandma "
    "individual human somebody someone newborn fetus trafficker dealer smuggler robber thief burglar criminal "
    "gangster mobster "
    "kidnapper abductor hijacker pirate seaman mariner skipper stevedore docker cabdriver trucker taxista "
    "rider jogger hiker "
    "climber skier swimmer diver camper motorcyclist crew chairman chairwoman chairperson founder cofounder "
    "negotiator mediator "
    "mullah ayatollah caliph emir king queen prince princess sultan chieftain counselor counsellor clerk "
    "accountant economist "
    "co-pilot stewardess steward attendant conductor mechanic carpenter electrician plumber baker butcher "
    "barber tailor "
    "mr mrs ms miss dr sir lady lord col lt gen capt sgt maj cpl pvt adm rev fr sen rep gov prof pres"
)
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "kids": "child",
    "police": "officer",
    "policemen": "policeman",
    "policewomen": "policewoman",
    "servicemen": "serviceman",
    "fishermen": "fisherman",
    "gunmen": "gunman",
    "crewmen": "crewman",
    "businessmen": "businessman",
    "firemen": "fireman",
    "schoolchildren": "child",
    "passersby": "passerby",
    "passers-by": "passerby",
    "wives": "wife",
    "babies": "baby",
    "casualties": "casualty",
    "grandchildren": "grandchild",
    "airmen": "airman",
    "militiamen": "militiaman",
    "watchmen": "watchman",
    "kid": "child",
    "personnel": "person",
    "troops": "soldier",
    "others": "person",
    "other": "person",
    "elderly": "person",
    "dead": "person",
    "tribesmen": "man",
    "tribesman": "man",
    "congressmen": "congressman",
    "seamen": "seaman",
    "patrolmen": "patrolman",
    "cameramen": "cameraman",
    "spokesmen": "spokesman",
    "gis": "soldier",
    "pows": "prisoner",
    "mps": "mp",
    "youths": "youth",
    "clergymen": "priest",
    "clergyman": "priest",
    "noncommissioned": "officer",
    "persons": "person",
    "folk": "person",
    "souls": "person",
    "lives": "person",
    "bodies": "person",
    "corpses": "person",
    "victims": "victim",
}
_PLURAL_ONLY = frozenset(word for word in _IRREGULAR if word not in {"kid", "other", "clergyman", "tribesman"})
# Nationalities and roles that are the same in the plural, or far more often a describing word.
_NOT_PLURAL_WITH_S = _words("chinese japanese lebanese sudanese crew")

# What is counted in the same breath as people and is not people.
THINGS = _words(
    "percent % per cent percentage km kilometre kilometer kilometres kilometers mile miles metre metres meter "
    "meters feet foot "
    "yards inches kg kilogram kilograms kilos kilo tons ton tonnes tonne pounds pound litres liters gallons "
    "barrels degrees "
    "dollar dollars euro euros pesos rupees yen $ € £ cents bn usd "
    "second seconds minute minutes hour hours day days night nights week weeks month months year years decade "
    "decades century "
    "time times occasion occasions am pm "
    "house houses home homes building buildings apartment apartments shop shops store stores school schools "
    "church churches "
    "mosque mosques hospital hospitals vehicle vehicles car cars truck trucks bus buses tank tanks train "
    "trains plane planes "
    "aircraft helicopter helicopters drone drones ship ships boat boats vessel vessels jet jets motorcycle "
    "motorcycles bridge "
    "bridges village villages town towns city cities district districts province provinces country countries "
    "state states "
    "airstrike airstrikes strike strikes attack attacks raid raids bombing bombings explosion explosions blast "
    "blasts rocket "
    "rockets missile missiles shell shells bomb bombs grenade grenades bullet bullets shot shots round rounds "
    "mine mines rifle "
    "rifles gun guns weapon weapons target targets site sites position positions post posts incident incidents "
    "case cases "
    "operation operations clash clashes battle battles protest protests earthquake earthquakes flood floods "
    "animal animals cattle cow cows sheep goat goats horse horses dog dogs cat cats bird birds fish chicken "
    "chickens pig pigs "
    "livestock camel camels elephant elephants whale whales tree trees job jobs project projects bill bills "
    "law laws plan plans "
    "hope hopes deal deals idea talks appetite pain momentum election elections party parties organization "
    "organizations "
    "organisation organisations group groups gang gangs company companies bank banks factory factories street "
    "streets road "
    "roads area areas place places station stations checkpoint checkpoints base bases camp camps pipeline tower towers "
    "part parts piece pieces point points page pages item items question questions line lines hectares hectare "
    "acres acre "
    "number numbers figure figures total majority minority count counts charge charges th nd rd st"
)
UNITS_AFTER = _words(
    "percent % per km kilometres kilometers miles metres meters year years month months day days hour hours am pm ° th"
)

POSSESSIVE = _words("his her its their my our your whose")
DETERMINERS = _words("a an the one another this that these those each every some") | POSSESSIVE
PRONOUNS = {
    "he": 1,
    "she": 1,
    "him": 1,
    "her": 1,
    "i": 1,
    "me": 1,
    "someone": 1,
    "somebody": 1,
    "they": 2,
    "them": 2,
    "we": 2,
    "us": 2,
    "both": 2,
}
ORGANISATION = _words(
    "inc ltd corp corporation consulting security holdings airlines hamas hezbollah isis isil taliban fmln "
    "farc eln nato army navy military government ministry party front "
    "group forces "
    "force council union league movement university bank company state states kingdom republic nations city "
    "court agency"
)


def is_person(word: str) -> int:
    """Tell whether a word in lower case is a person (1), people (2), or neither (0)."""
    if word.endswith("'s"):
        return 0
    if word in _PLURAL_ONLY:
        return 2
    if (
        word in _SINGULAR
        or word in _IRREGULAR
        or (len(word) > 5 and word.endswith(("man", "woman")) and word not in {"german", "human"})
    ):
        return 1
    if word.endswith(("men", "women")) and len(word) > 5 and word not in {"specimen", "regimen", "abdomen"}:
        return 2
    if word.endswith("s") and not word.endswith("ss"):
        stem = word[:-1]
        if stem in _SINGULAR and stem not in _NOT_PLURAL_WITH_S:
            return 2
        if word.endswith("ies") and f"{word[:-3]}y" in _SINGULAR:
            return 2
    return 0


def is_thing(word: str) -> bool:
    """Tell whether a word in lower case is counted beside people and is not people."""
    return word in THINGS or word in ORGANISATION
