"""The table of date expressions: which words may begin one, its pattern, and the function that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.incidents.dates.absolute import (
    QUARTERS,
    bare_month,
    bare_year,
    chinese,
    day_of_month,
    day_range,
    decade,
    foreign,
    iso,
    month_span,
    month_year,
    nth,
    quarter,
    season,
    slashes,
    year_span,
)
from mapper.incidents.dates.relative import (
    before_last,
    calendar_unit,
    feast,
    later,
    near_day,
    numbered_weekday,
    overnight,
    pointing_back,
    since_then,
    units_ago,
    weekday,
    weekday_span,
    weekend,
    window,
)
from mapper.incidents.dates.words import (
    COUNT_WORDS,
    FULL_WEEKDAYS,
    MONTH_WORDS,
    PART_WORDS,
    SEASON_WORDS,
    WEEKDAY_WORDS,
    make_rule,
)

if TYPE_CHECKING:
    from mapper.incidents.dates.words import Rule

__all__ = ["RULES"]


# --- the table

_SAID = r"(?:,? (?:of )?(?P<y><YY>)|,? (?P<said>(?:of )?(?:last|this|next) year|last))?"
_FIGURE = frozenset({"#"})
_RANGE_OPENERS = frozenset({"between", "from"})

_TABLE: tuple[Rule, ...] = (
    # 28 January - 2 February 2024; 2-3 February; from 3 to 5 March; between 16 and 18 January
    make_rule(
        _FIGURE | _RANGE_OPENERS,
        r"(?:between |from )?(?:the )?(?P<d><D>)(?: (?P<mon><MON>)(?:,? (?P<y1><Y>))?)?(?:<TO>| and )(?:the )?"
        r"(?P<d2><D>)"
        r"(?: of)? (?P<mon2><MON>)(?:,? (?P<y><YY>))?",
        day_range,
        may_be_future=True,
    ),
    # Jan. 28-30, 2024; January 28 to February 2
    make_rule(
        MONTH_WORDS | _RANGE_OPENERS,
        r"(?:between |from )?(?P<mon><MON>) (?P<d><D>)(?:,? (?P<y1><Y>))?<TO>(?:(?P<mon2><MON>) )?(?P<d2><D>)"
        r"(?:,? (?P<y><Y>))?",
        day_range,
        may_be_future=True,
    ),
    make_rule(
        _RANGE_OPENERS,
        r"between (?P<mon><MON>) (?P<d><D>)(?P<y1>(?!))?(?:,? (?:1[5-9]|20)[0-9]{2})? and (?:(?P<mon2><MON>) )?"
        r"(?P<d2><D>)(?:,? (?P<y><Y>))?",
        day_range,
        may_be_future=True,
    ),
    # Thursday, 1 February 2024; 7 Feb 24; 27 NOV 89; 5th of March last year
    make_rule(
        _FIGURE | WEEKDAY_WORDS,
        r"(?:<WDA>,? (?:<TOD> )?\(?(?:the )?)?(?P<d><D>)(?: of|-)?[ -]?(?P<mon><MON>)"
        + _SAID.replace(",? (?:of )?", ",?(?: |-)(?:of )?", 1),
        day_of_month,
        may_be_future=True,
    ),
    # Thursday, Feb. 1, 2024; January 28th
    make_rule(
        MONTH_WORDS | WEEKDAY_WORDS,
        r"(?:<WDA>,? (?:<TOD> )?\(?)?(?P<mon><MON>) (?:the )?(?P<d><D>)(?:,? (?:of )?(?P<y><Y>)|,? (?P<said>"
        r"(?:of )?(?:last|this|next) year|last(?! (?:week|month|night))))?",
        day_of_month,
        may_be_future=True,
    ),
    make_rule(
        frozenset({"the"}),
        r"the (?P<d>(?:[12]?[0-9]|3[01])(?:st|nd|rd|th))(?: (?P<said>of (?:this|last) month)"
        r"|(?=\s{0,2}[.,;:!?)]|\s{0,4}$| (?:and|when|but|at|after|that|as|while) ))",
        nth,
    ),
    make_rule(
        _FIGURE,
        r"(?P<y>(?:1[5-9]|20)[0-9]{2})(?P<sep>[-/.])(?P<m>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])(?=T?[0-9]{2}:"
        r"|[^0-9]|$)(?:T[0-9:.]{4,12}Z?)?",
        iso,
    ),
    make_rule(
        _FIGURE,
        r"(?P<a>[0-3]?[0-9])(?P<sep>[-/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>(?:19|20)?[0-9]{2})(?![-/.]?[0-9])",
        slashes,
    ),
    make_rule(
        _FIGURE,
        r"(?P<d>[0-9]{1,2})(?:er|\.|º|°|ro)?(?: de)? (?P<mon>[^\W\d_]{3,10}(?: (?:الثاني|الأول))?)\.?(?: del?"
        r"|,)? (?P<y>[0-9]{4})",
        foreign,
    ),
    make_rule(_FIGURE, r"(?P<y>(?:19|20)[0-9]{2})\s?年\s?(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?日?", chinese),
    # months, years, seasons
    make_rule(MONTH_WORDS | PART_WORDS, r"(?P<part><PART>)?(?P<mon><MON>),? (?:of )?(?P<y><YY>)", month_year),
    make_rule(
        MONTH_WORDS | PART_WORDS | {"last", "this", "next"},
        r"(?P<part><PART>)?(?:(?P<lead>last|this|next) )?(?P<mon><MONTH>)",
        bare_month,
        may_be_future=True,
    ),
    make_rule(
        MONTH_WORDS | _RANGE_OPENERS,
        r"(?:between (?=\S{3,12} and )|from )?(?P<mon><MON>)(?:<TO>| and (?=\S{3,12} [0-9]{4}))(?P<mon2><MON>)"
        r"(?:,? (?P<y><Y>))",
        month_span,
    ),
    make_rule(
        _RANGE_OPENERS,
        r"(?:between|from) (?P<mon><MONTH>) (?:and|to) (?P<mon2><MONTH>)(?P<y>(?!))?(?! [0-9])",
        month_span,
    ),
    make_rule(_FIGURE | _RANGE_OPENERS, r"(?:between |from )(?P<y><Y>)(?: and |<TO>)(?P<y2><Y>)", year_span),
    make_rule(_FIGURE, r"(?P<y><Y>)\s?[-–—/]\s?(?P<y2><Y>|[0-9]{2}(?![0-9]|[-/.:][0-9]))", year_span),
    make_rule(_FIGURE | PART_WORDS, r"(?P<part><PART>)?(?P<y><Y>)", bare_year),
    make_rule(
        _FIGURE | PART_WORDS, r"(?P<part>(?:early|mid|late)[ -])?(?:the )?(?P<y>(?:1[5-9]|20)[0-9]0)['’]?s", decade
    ),
    make_rule(
        SEASON_WORDS | PART_WORDS | {"last", "this", "next"},
        r"(?:(?P<lead>last|this|next) )?(?P<season>spring|summer|autumn|fall|winter)(?:,? (?:of )?(?P<y><Y>))?",
        season,
    ),
    make_rule(
        frozenset({*QUARTERS, "q1", "q2", "q3", "q4"}),
        r"(?:(?P<nth>first|second|third|fourth|last|final) quarter|(?P<half>first|second) half|q(?P<q>[1-4]))"
        r"(?:(?: of)? (?P<y><Y>)| (?P<said>of (?:this|last) year)|(?= ?[.,;)]))",
        quarter,
    ),
    # weekdays
    make_rule(
        FULL_WEEKDAYS | _RANGE_OPENERS | {"overnight", "night"},
        r"(?:overnight |night of )?(?:from |between )?(?P<wd><WD>)(?: <TOD>)?(?:<TO>| into | and into |(?<=day) "
        r"and (?=\S{6,9} (?:night)))(?P<wd2><WD>)(?: <TOD>)?",
        weekday_span,
        may_be_future=True,
    ),
    make_rule(
        _RANGE_OPENERS | {"overnight"},
        r"(?:overnight )?between (?P<wd><WD>)(?: <TOD>)? and (?P<wd2><WD>)(?: <TOD>)?",
        weekday_span,
        may_be_future=True,
    ),
    make_rule(frozenset({"overnight"}), r"overnight(?: (?:on |(?P<into>into |to ))?(?P<wd><WD>))?", overnight),
    make_rule(
        FULL_WEEKDAYS | PART_WORDS | {"last", "this", "next", "past", "coming"},
        r"(?:(?:early|late|earlier|later|mid)(?: on)?[ -])?(?:(?P<lead>last|this coming|this past|this last|this"
        r"|next|past|coming) )?"
        r"(?P<wd><WD>)(?: <TOD>)?(?: (?P<week>(?:of )?(?:the )?(?:last|this|next|previous|following) week))?",
        weekday,
        may_be_future=True,
    ),
    make_rule(
        WEEKDAY_WORDS,
        # Behind it a digest goes on with its item, a sentence with a word that is no noun counted by the figure.
        r"(?P<wd><WDA>),? (?P<d><D>)(?=\s{0,2}[:;)\u2013\u2014-]|,|\.(?:\s|$)|\s{0,4}$|\s{0,2}\n)",
        numbered_weekday,
    ),
    make_rule(
        frozenset({"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"}),
        r"(?P<lead>(?!))?(?P<week>(?!))?(?<=\bon\s)(?-i:(?P<wd>Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun))(?:\.|(?= ?[,;]))",
        weekday,
        may_be_future=True,
    ),
    make_rule(
        frozenset({"christmas", "boxing", "new", "palm", "good", "easter"}),
        r"(?P<feast>christmas (?:day|eve)|boxing day|new year['’]?s (?:day|eve)|palm sunday|good friday|easter "
        r"(?:sunday|monday|saturday))"
        r"(?:,? (?:of )?(?P<y><Y>))?",
        feast,
    ),
    # counted from publication
    make_rule(
        frozenset({"today", "tonight", "yesterday", "tomorrow", "last", "this", "the", *PART_WORDS}),
        r"(?:(?:early|earlier|late|later) )?(?P<word>today|tonight|yesterday(?: <TOD>)?|tomorrow(?: <TOD>)?"
        r"|last (?:night|evening)"
        r"|this (?:morning|afternoon|evening)|the day before yesterday|the night before last|the day after tomorrow)",
        near_day,
    ),
    make_rule(
        frozenset({"the", "this", "last", "next"}),
        r"(?P<lead>the coming|the|this coming|this|last|next)(?: past| last)? weekend",
        weekend,
        may_be_future=True,
    ),
    make_rule(
        frozenset({"last", "this", "next", "the", *PART_WORDS}),
        r"(?P<part><PART>)?(?P<lead>last|this|next|the current) (?P<unit>week|month|year)",
        calendar_unit,
        may_be_future=True,
    ),
    make_rule(
        COUNT_WORDS | {"minutes", "hours", "days", "weeks", "months", "years", "decades", "couple", "few"},
        r"(?:(?P<n><N>)[ -])?(?P<unit>minute|hour|day|week|fortnight|month|year|decade)s? "
        r"(?P<way>ago|earlier|previously|before(?=\s{0,2}[.,;:]|\s{0,4}$))",
        units_ago,
    ),
    make_rule(
        frozenset({"the", "this", "past", "last", "recent", "these"}),
        r"(?P<lead>the past|the last|this past|these past|past|last|(?:the )?(?:most )?recent) (?:(?P<n><N>) )?"
        r"(?P<unit>hour|day|week|fortnight|month|year|decade)(?P<s>s)?",
        window,
    ),
    make_rule(frozenset({"the"}), r"the (?P<unit>week|weekend|month|year) before last", before_last),
    make_rule(
        frozenset({"since"}),
        r"since (?:noon|midday|dawn|daybreak|sunrise|first light|the (?:early )?morning)(?! (?:on|of) )",
        since_then,
    ),
    # pointing back
    make_rule(
        frozenset({"the", "that"}),
        r"(?:the|that|this) (?:very )?(?P<way>same|next|following|previous|preceding) (?:day|date|night|morning"
        r"|afternoon|evening)",
        pointing_back,
    ),
    make_rule(
        frozenset({"that"}),
        r"(?P<way>that) (?:day|night|morning|afternoon|evening)(?! (?:is|was|will|that))",
        pointing_back,
    ),
    make_rule(
        frozenset({"the"}), r"the (?:day|night) (?P<way>before|after|earlier)(?=\s{0,2}[.,;:]|\s{0,4}$)", pointing_back
    ),
    make_rule(
        COUNT_WORDS | {"hours"},
        r"(?:(?P<n><N>) )?(?P<unit>hour|day|week)s? (?:later|afterwards?)",
        later,
    ),
)


def _by_first_word(table: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    words = sorted({word for rule in table for word in rule.first})
    return {word: tuple(rule for rule in table if word in rule.first) for word in words}


RULES: dict[str, tuple[Rule, ...]] = _by_first_word(_TABLE)
"""The rules that may begin with a word in lower case; "#" stands for any figure."""
