"""Learn where outlets are at home, from the reports of one run.

A few reports of each outlet are read ahead, by the rules alone (a model would change little of where a paper is at
home, and cost most of the run), and ranked in rounds: first each by itself, then each with what the others of its
outlet were taken for. A town in the host's own name ("columbuslocalnews.com") has a voice as well. Which reports are
read depends on their content, not on their order, so a run repeats whatever the order.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from typing import TYPE_CHECKING, Literal

from mapper.geocoder.geoparsing import given_toponyms
from mapper.geocoder.homes import Home, Homes, Voice, outlet_of
from mapper.geocoder.mentions import IS_LOCAL, KINDS, kind_of
from mapper.geocoder.ranking import Ranking, tables_of
from mapper.geocoder.toponyms import find_toponyms
from mapper.records import Toponym
from mapper.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.mentions import Mentions
    from mapper.records import Document

__all__ = ["learn_homes"]

REPORTS, ALL_REPORTS = 15, 900
"""Reports of an outlet that are read, and of all outlets: half a minute at most. The largest outlets come first."""

ROUNDS = 2
"""How often an outlet's reports are ranked again with what the others were taken for."""

LIKELY = 0.05
"""Chance from which a place has a voice."""

LONGEST = 20_000
"""Characters of a report that are read."""


_PAPERS = re.compile(
    r"(?:\b|(?<=-))(?:the|my|this-?is|in|go|get|visit)?-?(?P<town>[a-z-]{5,}?)-?"
    r"(?:and[a-z]{4,}|(?:daily|evening|morning|sunday|weekly|free|local|city|county|online|live|citizen|news|times|herald|"
    r"tribune|gazette|post|press|sun|star|journal|chronicle|courier|examiner|observer|leader|record|register|mercury|"
    r"telegraph|dispatch|bee|echo|mail|paper|today|now|info|tv|radio|fm|web|world)+)?$"
)
"""What may stand around a town in the host of its paper."""

_TOWNS = frozenset(KINDS.index(kind) for kind in ("ADM1", "ADM2", "PPLC", "PPLA", "PPL"))

KNOWN = 20_000
"""People that a place has to have for a host to be named after it."""


def learn_homes(
    documents: Iterable[Document], gazetteer: Gazetteer, *, spans: Literal["found", "given"] = "found"
) -> Homes:
    """Learn the homes of outlets.

    Parameters
    ----------
    documents
        All reports of a run, in any order; their outlets are the hosts of their addresses.
    gazetteer
        Where names are looked up.
    spans
        "given" takes the toponyms that the documents carry.

    Returns
    -------
    Homes
        Of outlets with two reports or more, or with a town in their name.
    """
    homes = {}
    for outlet, few in sorted(_chosen(documents).items()):
        tables = _named_after(outlet, gazetteer)
        if len(few) > 1:
            tables += [(d.id, table) for d in few for table in _tables(d, gazetteer, spans)]
        if tables:
            homes[outlet] = _home(tables, gazetteer)
    return Homes(homes)


def _chosen(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """Pick some reports of each outlet by the digests of their texts: the same ones in whatever order they come."""
    kept: dict[str, list[tuple[int, str, Document]]] = {}
    counts: dict[str, int] = {}
    for document in documents:
        outlet = outlet_of(document)
        if outlet is None:
            continue
        counts[outlet] = counts.get(outlet, 0) + 1
        digest = hashlib.sha256(f"{document.id}\0{document.text}".encode("utf-8", "surrogatepass"))
        entry = (-int.from_bytes(digest.digest()[:12]), document.id, document)
        few = kept.setdefault(outlet, [])
        if len(few) < REPORTS:
            heapq.heappush(few, entry)
        elif entry[:2] > few[0][:2]:
            heapq.heapreplace(few, entry)
    chosen: dict[str, list[Document]] = {}
    left = ALL_REPORTS
    for outlet in sorted(kept, key=lambda o: (-counts[o], o)):
        reports = [document for _, _, document in sorted(kept[outlet], reverse=True)][:left]
        left -= len(reports)
        if reports:
            chosen[outlet] = reports
    return chosen


def _named_after(outlet: str, gazetteer: Gazetteer) -> list[tuple[str, Mentions]]:
    """Give the town that a host is named after as a report of its own, without an id, that names nothing else."""
    for label in outlet.split(".")[:-1]:
        found = _PAPERS.fullmatch(label)
        name = found["town"].replace("-", " ").title() if found else ""
        known = [c.place for c in gazetteer.lookup(name, limit=5) if c.match == "exact"]
        # A paper named after a country ("chinapost") is at home in it or writes about it: that says nothing of towns.
        if known and kind_of(known[0]) in _TOWNS and known[0].population >= KNOWN:
            return [("", t) for t in tables_of(name, [Toponym(0, len(name), name)], gazetteer, reach=0)]
    return []


def _home(tables: list[tuple[str, Mentions]], gazetteer: Gazetteer) -> Home:
    home = Home()
    for _ in range(1 + ROUNDS):
        after = Home()
        for report, table in tables:
            _, belief = Ranking(table, gazetteer, home.without(report)).scores()
            for name, written in enumerate(table.written):
                rows = table.rows_of(name)
                spoken = tuple(
                    Voice.of(
                        table.rows[r].place, local=bool(IS_LOCAL[table.kind[r]]), chance=round(float(belief[r]), 4)
                    )
                    for r in range(rows.start, rows.stop)
                    if belief[r] > LIKELY
                )
                if spoken:
                    after.add(report, written, spoken)
        home = after
    return home


def _tables(document: Document, gazetteer: Gazetteer, spans: Literal["found", "given"]) -> list[Mentions]:
    cut = [s for s in sentences(document) if s.start < LONGEST]
    given = spans == "given"
    toponyms = given_toponyms(document, cut, gazetteer) if given else find_toponyms(cut, gazetteer, None)
    return list(tables_of(document.text, toponyms, gazetteer, reach=3 if given else 2))
