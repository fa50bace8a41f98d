"""UCDP GED's rows in our columns.

Source: "UCDP Georeferenced Event Dataset Codebook", 23.1 and later. date_prec: 1 the day, 2 two to six days, 3 a week,
4 a month, 5 a year, between date_start and date_end. where_prec: see `mapper.frames.schema.WHERE_PREC`; from 3 on the
coordinates are those of a middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.formats.schemes.reading.cells import as_days, counts, first_url, names, numbers, texts
from mapper.formats.schemes.reading.kinds import kinds_of
from mapper.formats.schemes.reading.told import Told, Where

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mapper.formats.schemes.reading.table import Table

__all__ = ["READS", "tell"]

READS: Final = (
    "id type_of_violence side_a side_b number_of_sources source_article source_office source_date source_headline "
    "source_original where_prec where_coordinates adm_1 adm_2 latitude longitude country date_prec date_start "
    "date_end best high low"
).split()
"""The columns that are read."""

_PRECISION: Final = {
    "1": "settlement", "2": "near", "3": "adm2", "4": "adm1", "5": "region", "6": "country", "7": "water",
}  # fmt: skip
_PERIODS: Final = {"1": "day", "2": "range", "3": "week", "4": "month", "5": "year"}


def tell(table: Table) -> Told:
    """Say what each row of the dataset tells."""
    kinds = kinds_of("ucdp")
    starts, ends, precisions = _periods(table)
    tolls = {}
    for bound in ("low", "best", "high"):
        tolls[f"killed_{bound}"], bad = counts(table.column(bound))
        table.complain(f"{bound} is no whole number: kept without it", bad)
    reports, _ = counts(table.column("number_of_sources"))
    articles = table.column("source_article")
    urls = [first_url(article) for article in articles]
    headlines = texts(table.column("source_headline"))
    said = [
        headline or (article[len(url) :] if url and article.startswith(url) else article).lstrip("; ") or None
        for headline, article, url in zip(headlines, articles, urls, strict=True)
    ]
    dated, _ = as_days([cell.split(";")[0].strip() for cell in table.column("source_date")])
    violence = table.column("type_of_violence")
    return Told(
        ids=table.column("id"),
        # A row that does not tell who fought is still violence with a death: of that, a clash says least.
        kinds=[kinds.get(code) if code else ("armed_clash", "") for code in violence],
        start=starts,
        end=ends,
        date_precision=precisions,
        where=_where(table),
        columns={
            **tolls,
            "perpetrators": names(table.column("side_a")),
            "targets": names(table.column("side_b")),
            "sources": names(table.column("source_original"), table.column("source_office")),
            "n_reports": [count or 1 for count in reports],
            "evidence": said,
            "source_url": urls,
            "published": dated,
        },
        notes=["UCDP's two sides have no direction: side_a stands in perpetrators, side_b in targets"],
    )


def _periods(table: Table) -> tuple[list[dt.date | None], list[dt.date | None], list[str]]:
    starts, bad_starts = as_days(table.column("date_start"))
    ends, bad_ends = as_days(table.column("date_end"))
    table.complain("date_start or date_end is no day that can be read", sorted({*bad_starts, *bad_ends}))
    told: list[str] = []
    turned = []
    for row, code in enumerate(table.column("date_prec")):
        start, end = starts[row], ends[row]
        if start is not None and end is not None and end < start:
            turned.append(row)
            start = end = starts[row] = ends[row] = None
        told.append(_precision(code, start, end))
    table.complain("date_end lies before date_start: kept without a date", turned)
    return starts, ends, told


def _precision(code: str, start: dt.date | None, end: dt.date | None) -> str:
    if start is None and end is None:
        return "unknown"
    precision = _PERIODS.get(code, "range")
    return "range" if precision == "day" and start != end else precision


def _where(table: Table) -> Where:
    lats, bad_lats = numbers(table.column("latitude"))
    lons, bad_lons = numbers(table.column("longitude"))
    table.complain("latitude or longitude is no number: kept without a point", sorted({*bad_lats, *bad_lons}))
    units, named = texts(table.column("adm_1")), texts(table.column("where_coordinates"))
    districts, countries = texts(table.column("adm_2")), texts(table.column("country"))
    finer: Sequence[Sequence[str | None]] = (named, districts, units, countries)
    return Where(
        precision=[_PRECISION.get(code, "unknown") for code in table.column("where_prec")],
        country=countries,
        admin1=units,
        admin2=districts,
        name=[next((name for name in row if name), None) for row in zip(*finer, strict=True)],
        lat=lats,
        lon=lons,
    )
