"""When: date expressions of news text as inclusive intervals of days, counted from the day of publication.

`rules` is the table of expressions, `absolute` and `relative` read them, `words` and `days` are what they share, and
`finding` walks over a text.
"""

from __future__ import annotations

from mapper.incidents.dates.finding import DateMention, find_dates

__all__ = ["DateMention", "find_dates"]
