"""Whose the rows of each scheme are, and on which terms their publishers give them (as of 2026; theirs count)."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["TERMS", "Terms"]


class Terms(NamedTuple):
    """A publisher, and its terms in a sentence."""

    publisher: str
    terms: str


TERMS: Final = {
    "acled": Terms(
        "ACLED (acleddata.com)",
        "credit ACLED where its data are shown; its terms forbid to pass them on, and these results hold them",
    ),
    "ucdp": Terms(
        "Uppsala Conflict Data Program, Georeferenced Event Dataset (ucdp.uu.se)",
        "CC BY 4.0: credit UCDP and cite the version",
    ),
    "gtd": Terms(
        "START, University of Maryland, Global Terrorism Database (start.umd.edu/gtd)",
        "credit START where its data are shown; its terms forbid to pass them on, and these results hold them",
    ),
    "gdelt": Terms(
        "The GDELT Project (gdeltproject.org)",
        "free to use and to pass on, with a citation of the GDELT Project and a link to it",
    ),
}
