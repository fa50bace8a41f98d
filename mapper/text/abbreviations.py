"""What ends in a full stop without ending a sentence: lists for English news, small on purpose."""

from __future__ import annotations

__all__ = ["ALWAYS_GO_ON", "GO_ON_BEFORE_NUMBER", "MAY_END", "MONTHS", "SAYING", "STARTERS", "STRONG_STARTERS"]

ALWAYS_GO_ON = frozenset(
    """
    mr mrs ms mx dr prof rev fr msgr hon st ste mt ft pt gen lt col sgt maj capt cpl adm cmdr cdr comdr
    brig pvt pfc spc supt insp det const amb atty gov sen rep pres sec-gen messrs mlle mme vs v viz cf eg ie
    e.g i.e approx ca al-gen lieut dep asst assoc adj vice-adm rear-adm maj-gen lt-gen lt-col brig-gen
    undersec
    """.split()
)
"""Titles and the like: a name or a word follows."""

MAY_END = frozenset(
    """
    inc ltd corp co llc plc bros jr sr esq etc ave blvd rd sq dept govt est ph.d b.a m.a al ala ariz ark calif
    colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va
    vt wash wis wyo kans
    """.split()
)
"""Abbreviations that a sentence may end with: it does when a word that begins sentences follows."""

GO_ON_BEFORE_NUMBER = frozenset("no nos p pp vol art fig sec para bldg apt rte hwy ext tel op".split())
"""A number follows: No. 5, p. 12."""

MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())

STARTERS = frozenset(
    """
    the a an this that these those it its he his she her they their there we our i you in on at by for from to
    with but and so yet or as if when while where after before since until although though because despite
    during meanwhile however moreover also earlier later last one two three several some many most more no not
    all both each what who why how according among officials police witnesses authorities
    """.split()
)
"""Words that begin sentences often and names seldom; after an abbreviation they say that the sentence has ended."""

STRONG_STARTERS = frozenset(
    """
    the this these those he she they there but when while after although meanwhile however according despite
    officials police witnesses authorities earlier it's it
    """.split()
)
"""Those that hardly end a brand name, so that they show two sentences glued together ("SyriaThe")."""

SAYING = frozenset(
    "said says told asked added wrote shouted cried replied warned insisted explained declared continued".split()
)
"""Verbs after a quotation that ends in ! or ?, which the sentence goes on from."""
