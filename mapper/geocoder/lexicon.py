"""Closed word lists of news English that speak for or against a place name. Data only, no rules."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = [
    "ACTION_VERBS",
    "AFTER_PLACE",
    "COMPASS",
    "DESCRIBED",
    "DWELLERS",
    "FACILITY",
    "GENERIC",
    "GIVEN_NAMES",
    "INNER",
    "LOCATIVE",
    "NEVER_PLACES",
    "ORGANISATION",
    "PARTS",
    "PERSON_PARTICLES",
    "SPEECH",
    "TIME_WORDS",
    "TITLES",
    "WEAK_LOCATIVE",
    "common_words",
    "given_names",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LOCATIVE = _words(
    """in near outside inside across around throughout within toward towards into through between beyond nearby
    surrounding downtown onto via amid upstate enroute"""
)
"""Words that go before a place much more often than before anything else."""

WEAK_LOCATIVE = _words(
    """at from to of off on over against leaving left attacked raided stormed bombed shelled seized captured retook
    visit visited reached entered crossed hit struck rocked"""
)
"""Words that go before a place, and often before something else."""

TITLES = _words(
    """mr mrs ms miss dr prof professor sir dame lord lady gen general maj major col colonel lt lieutenant capt captain
    sgt sergeant cpl adm admiral commander cmdr brig brigadier marshal president vice-president premier chancellor
    minister secretary ambassador senator sen rep representative congressman congresswoman congressperson mp gov
    governor mayor councillor councilman councilwoman alderman judge justice chief sheriff deputy officer constable
    detective inspector superintendent pope cardinal archbishop bishop rev reverend fr father pastor imam sheikh shaikh
    sheik mullah ayatollah rabbi king queen prince princess duke duchess emir sultan sultana crown chairman chairwoman
    chair chairperson ceo spokesman spokeswoman spokesperson director coach manager author actor actress singer
    journalist lawyer attorney activist analyst leader teacher student engineer doctor hajji haji ustad maulana mawlawi
    comrade businessman businesswoman warlord driver pilot striker midfielder defender goalkeeper quarterback pitcher
    uncle aunt brother sister named called señor don doña monsieur madame herr frau ex-president warden trooper
    principal presenter reporter dj hurricane typhoon cyclone"""
)
"""Words before a person's (or a storm's) name: a capitalised run right after them is no place."""

PERSON_PARTICLES = _words(
    "abu umm bin bint ibn ben abd abdul abdel abdallah van von der de da dos della di du mac mc bar st"
)
"""Parts that often begin or join a person's name."""

SPEECH = _words(
    """said says say told tells added adds explained noted replied recalled insisted testified tweeted wrote argued who
    whose whom himself herself aged joked pleaded admitted smiled laughed married starred scored sang"""
)
"""Words right after a person (or after a country that stands for its government)."""

ACTION_VERBS = _words(
    """said says has had have wants wanted warned warns vowed vows denied denies accused accuses blamed blames condemned
    condemns imposed imposes announced announces agreed agrees signed signs refused refuses rejected rejects recalled
    urged urges called calls backed backs supports supported threatened threatens launched launches deployed deploys
    sent sends attacked attacks bombed bombs invaded invades kills killed strikes struck seeks sought insists insisted
    believes considers claimed claims hopes expects demanded demands declared declares responded responds joined joins
    withdrew withdraws plans planned voted votes won beat defeated faces prepares conducted carried fired shelled
    pledged supplied supplies sanctioned expelled expels summoned must should will would could may might can did does"""
)
"""What a government does: right after a country or capital the name is the actor (metonymy)."""

ORGANISATION = _words(
    """university college school academy institute bank ministry department agency authority council commission
    committee corporation company co corp inc ltd llc group association federation union league club society foundation
    trust times post herald tribune gazette news journal telegraph guardian chronicle daily star mail press observer
    dispatch independent sentinel examiner register courier review bulletin mirror express echo argus television radio
    tv network police army navy force forces guard court parliament senate congress assembly party front movement
    brigade brigades battalion division regiment command bureau service services office board fund exchange airlines
    airways railways united city-council fc rovers wanderers albion hotspur athletic bulls bears cubs lakers rangers
    giants eagles lions hawks dolphins patriots yankees raptors oilers canucks flames jets leafs canadiens senators mets
    knicks warriors cowboys texans steelers ravens broncos chiefs packers vikings saints falcons panthers redskins
    cardinals dodgers angels padres astros orioles phillies pirates braves marlins nationals royals twins tigers indians
    reds rockies philharmonic orchestra symphony opera ballet theatre theater festival marathon grand-prix open cup
    championship championships games olympics summit conference agreement treaty accord accords declaration convention
    protocol act plan initiative process embassy consulate mission government administration legislature cabinet
    coalition resistance observatory centre center laboratory laboratories hospital clinic museum gallery library church
    cathedral mosque temple synagogue diocese archdiocese sheriff sheriff's fire supreme high superior district-court
    metropolitan state-university energy oil gas petroleum steel motors electric insurance capital partners holdings
    chamber"""
)
"""Head words of organisations and named things: a place right before or in them is embedded in another name."""

FACILITY = _words(
    """airport airfield base camp prison jail hospital station port harbour harbor dam bridge tunnel stadium arena hotel
    square street road avenue highway motorway boulevard lane drive park garden gardens palace castle tower market mall
    checkpoint crossing refinery plant pipeline mine field museum church cathedral mosque university college school
    airbase barracks garrison outpost
    zoo beach pier terminal cemetery monastery temple court courthouse library center centre hall"""
)
"""Head words of facilities: "Erbil airport" lies in Erbil."""

GENERIC = _words(
    """city town village county province governorate district state region republic territory prefecture oblast parish
    municipality township borough island islands river lake valley peninsula mountains mountain gulf bay strait sea
    ocean desert coast delta area neighbourhood neighborhood suburb suburbs canton department subdistrict quarter camp
    strip creek falls hills heights highlands plateau basin division voivodeship krai raion commune emirate sultanate
    kingdom metropolitan metro shire bank border frontier capital outskirts countryside mainland cities towns villages
    counties provinces governorates districts states regions territories rivers lakes suburbs"""
)
"""Kinds of places that stand beside the name of a place."""

AFTER_PLACE = _words(
    """mayor governor gov police president prime minister foreign defence defense interior health officials authorities
    residents resident native-born based-in man woman men women couple teen boy girl county city officials sheriff
    senator rep sen attorney secretary ambassador"""
)
"""Words after a place name that do not turn it into a person ("Baghdad Mayor ...")."""

DWELLERS = _words(
    """man men woman women teen teens teenager teenagers resident residents native couple couples boy boys girl girls
    motorist motorists pensioner homeowner homeowners businessman businesswoman settler settlers mother father
    grandmother grandfather parents"""
)
"""People told apart by where they live: "a Concord resident", "the Elkhart man"."""

INNER = _words(
    """of the de del de' la las los le les el al ez es en et sur sous au aux à da do dos das di du della e y and an ar
    as ash ad at az upon on in am an der aan den ter bei im zu zum ob por na nad pod w ul ud uz bin ibn abu umm bani
    beni wa-al op van"""
)
"""Lower-case words that may stand inside the name of a place ("Rio de Janeiro", "Ain al-Asad", "Strait of Hormuz")."""

TIME_WORDS = _words(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun ramadan eid christmas easter today yesterday tomorrow tonight"""
)

COMPASS = _words(
    """north south east west northern southern eastern western northeast northwest southeast southwest northeastern
    northwestern southeastern southwestern north-east north-west south-east south-west north-eastern north-western
    south-eastern south-western central upper lower greater mid inner downtown old new"""
)

PARTS = COMPASS | {"side", "sides"}
"""Words of which no name is made: "South-East Nigeria" speaks of no South-East elsewhere, nor "the West Side"."""

NEVER_PLACES = _words(
    """islam islamic muslim christian jewish catholic hamas hezbollah hizbollah hizbullah houthi houthis taliban daesh
    isis isil boko haram shabaab kataib fatah pkk ypg nato un who unicef unhcr bbc cnn afp reuters xinhua anadolu
    twitter facebook google instagram youtube tiktok amazon apple microsoft boeing airbus toyota ford tesla chevrolet
    mercedes god lord allah jesus christ bible quran koran covid coronavirus ebola zika internet web wikipedia english
    arabic democrat democrats republican republicans labour tory tories conservative liberal allied kurd sunni shia
    shiite shi'ite marine marines scud shahed hellfire apache predator patriot tomahawk kalashnikov opec eta fbi cia mi5
    mi6 fsb kgb olympic olympics commonwealth university college world molotov ballon lakes pentagon internet earth
    parliament congress senate church cathedral state nation union sputnik unesco fifa uefa nba nfl nhl mlb ufc espn hbo
    nbc cbs abc fox msnbc npr pbs cbc itv ceo cfo gdp usd eur gbp ied am pm gmt utc est edt pst pdt bst ap dpa upi tass
    rfe iran-backed king queen pope emir sultan facebook's brexit mass"""
)
"""Names that gazetteers know as some hamlet and that news uses otherwise: militias, agencies, brands, languages."""

DESCRIBED = _words(
    """base bases embassy consulate airport airfield airbase prison hospital refinery mosque church school university
    barracks outpost garrison checkpoint camp port harbour harbor compound site facility headquarters mission village
    town district city neighbourhood neighborhood market hotel plant pipeline factory warehouse bank border area
    region"""
)
"""Head nouns of facilities that a text describes without naming them ("the American base in Jordan")."""

GIVEN_NAMES = _words(
    """mohammed mohammad muhammad muhammed mohamed mohamad ahmed ahmad mahmoud mahmud ali hassan hasan hussein husain
    hossein ibrahim ismail yusuf yousef youssef omar umar osama usama khaled khalid abdullah abdul abdel abdelaziz
    abdulaziz abdulrahman abdelrahman saddam bashar hafez muammar moammar saif hamid hamed karim nouri haider haidar
    qassem qasem qasim ayman anwar yasser yasir mustafa mostafa tariq tarek faisal fahd salman turki nasser nassir jamal
    jamil samir fatima aisha khadija zainab zeinab layla leila mariam maryam noor nour recep tayyip mehmet murat hakan
    emre cem kemal ahmet binali vladimir dmitry dmitri sergei sergey alexei alexey mikhail nikolai igor oleg yuri andrei
    viktor volodymyr petro xi hu wen li wang zhang liu chen yang zhao mao jiang deng kim lee park moon shinzo junichiro
    taro narendra rahul sonia manmohan atal rajiv indira arvind amit imran nawaz benazir pervez asif hamza shahbaz
    ashraf hamid nicolas françois francois emmanuel jacques jean jean-claude jean-marie marine angela gerhard helmut
    klaus silvio matteo luigi mariano josé jose juan luis carlos fidel raul raúl hugo nicolás evo rafael gustavo alvaro
    álvaro jair dilma lula enrique felipe andrés andres miguel jorge pedro pablo javier fernando diego ricardo alberto
    roberto sergio mario marco paolo kofi nelson jacob thabo cyril robert uhuru raila yoweri paul kwame goodluck
    olusegun muhammadu umaru yahya ellen laurent joseph pierre idriss omar-al salva riek abiy meles haile isaias barack
    donald hillary mitt newt boris theresa nigel jeremy gordon tony david benjamin bibi ehud ariel shimon yitzhak golda
    naftali yair mahmoud ismail aung suu thein min than ho nguyen tran le pham rodrigo benigno gloria corazon joko
    susilo megawati mahathir anwar najib lee goh hun prayuth yingluck thaksin bhumibol"""
)
"""Given names that the census of one country lacks: frequent in news from elsewhere."""


@cache
def common_words() -> frozenset[str]:
    """English words that news writes in lower case; `data/common_words.txt` says what they were counted in."""
    return _read("common_words.txt")


@cache
def given_names() -> frozenset[str]:
    """Given names, lower case; `data/given_names.txt` says where they are from."""
    return _read("given_names.txt") | GIVEN_NAMES


def _read(name: str) -> frozenset[str]:
    lines = files("mapper.geocoder").joinpath("data", name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
