"""Incidents that others have coded, as layers: ACLED, UCDP GED, GTD and GDELT as their users download them.

::

    scheme_of("2024.csv") -> "acled"                    # by its header, whatever it is called
    read_scheme("2024.csv", gazetteer) -> Coded         # layers, rows that failed, what to say of it

The rows keep the publisher's ids. One that cannot be used costs itself, and is named.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import MapperError
from mapper.formats.schemes.reading import acled, gdelt, gtd, ucdp
from mapper.formats.schemes.reading.placing import place
from mapper.formats.schemes.reading.table import read_table, scheme_of
from mapper.formats.schemes.reading.terms import TERMS
from mapper.frames import Coded, assembled
from mapper.records import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from mapper.formats.schemes.reading.placing import Placed
    from mapper.formats.schemes.reading.table import Table
    from mapper.formats.schemes.reading.told import Told
    from mapper.gazetteer import Gazetteer

__all__ = ["read_scheme", "read_schemes", "scheme_of"]

_NAMES: Final = {"acled": "ACLED", "ucdp": "UCDP GED", "gtd": "GTD", "gdelt": "GDELT"}
_TELLERS: Final[dict[str, Callable[[Table], Told]]] = {
    "acled": acled.tell,
    "ucdp": ucdp.tell,
    "gtd": gtd.tell,
    "gdelt": gdelt.tell,
}
_READS: Final = {"acled": acled.READS, "ucdp": ucdp.READS, "gtd": gtd.READS, "gdelt": gdelt.READS}
_NAMED_ROWS = 5
"""Rows that are named for one reason; the rest are counted: a broken file of 100,000 rows says it in six lines."""

_NOT_ID = re.compile(r"[^\w.-]+")
_HINT = "correct the row, or leave it out; all other rows were read"


def read_scheme(path: str | Path, gazetteer: Gazetteer, *, scheme: str | None = None) -> Coded:
    """Read a file of incidents in one of the schemes.

    Parameters
    ----------
    path
        As downloaded: .csv, .tsv or .txt in any usual encoding and with any usual delimiter, GDELT's files without a
        header, or .xlsx.
    gazetteer
        Gives countries their codes, and outlines to what is known only as an area.
    scheme
        "acled", "ucdp", "gtd" or "gdelt"; by default the header tells.

    Returns
    -------
    Coded
        Layers in EPSG:4326, a row an event. What its publisher knows no better than a province or a country is an
        area, or without geometry; never a point.

    Raises
    ------
    SourceError
        The file cannot be read, or is in none of the schemes.
    MissingExtraError
        It is a workbook, and openpyxl is not installed.
    """
    path = Path(path)
    table = read_table(path, _READS, scheme)
    told = _TELLERS[table.scheme](table)
    kept = _kept(table, told)
    placed = place(told.where, gazetteer)
    for reason, rows in placed.problems.items():
        table.complain(reason, [row for row in rows if kept[row]])
    doc_id = f"{_stem(path.name)}-{table.sha256[:8]}"
    layers = assembled(_incidents(told, placed, kept, doc_id), _report(table, path, doc_id, sum(kept)))
    return Coded(
        source=str(path),
        scheme=_NAMES[table.scheme],
        layers=layers,
        sha256=table.sha256,
        failures=tuple(_failures(path, table.problems)),
        notes=tuple(_notes(path, table, told, placed, kept)),
    )


def read_schemes(paths: Iterable[str | Path], gazetteer: Gazetteer) -> Iterator[Coded | Failure]:
    """Read several files, one after the other; see `read_scheme`.

    Downloads overlap: an event that stands in an earlier file of the same scheme is left out of the later one, and
    said. An id that another scheme has too gets the scheme's name before it.

    Yields
    ------
    Coded or Failure
        One a file; a `Failure` for a file that cannot be read at all.
    """
    taken: dict[str, str] = {}
    for path in paths:
        try:
            coded = read_scheme(path, gazetteer)
        except MapperError as error:
            yield Failure(str(path), error.message.removeprefix(f"{path} "), error.hint)
            continue
        yield _once(coded, taken)


def _once(coded: Coded, taken: dict[str, str]) -> Coded:
    """Leave out the events that an earlier file has, and tell apart those of two schemes that share an id."""
    told = coded.layers.incidents
    ids = told["incident_id"].tolist()
    repeated = [taken.get(identity) == coded.scheme for identity in ids]
    unique = [
        f"{coded.scheme.lower().replace(' ', '-')}-{identity}" if identity in taken else identity for identity in ids
    ]
    for identity in ids:
        taken.setdefault(identity, coded.scheme)
    if unique == ids:
        return coded
    told = told.assign(incident_id=unique)[[not again for again in repeated]]
    notes = coded.notes
    if any(repeated):
        notes = (
            *notes,
            f"{Path(coded.source).name}: {sum(repeated):,} incidents stand in an earlier file, and once here",
        )
    reports = coded.layers.reports.assign(n_incidents=len(told))
    return dataclasses.replace(coded, layers=assembled(told, reports), notes=notes)


def _kept(table: Table, told: Told) -> list[bool]:
    """Tell which rows are incidents that we hold, each id once."""
    kept = [kind is not None for kind in told.kinds]
    if told.unknown_kind:
        table.complain(told.unknown_kind, [row for row, keep in enumerate(kept) if not keep])
    seen: set[str] = set()
    nameless, repeated = [], []
    for row, identity in enumerate(told.ids):
        if not kept[row]:
            continue
        if not identity:
            nameless.append(row)
        elif identity in seen:
            repeated.append(row)
        else:
            seen.add(identity)
            continue
        kept[row] = False
    table.complain("the row has no id", nameless)
    table.complain("its id stands in an earlier row, which is kept", repeated)
    return kept


def _incidents(told: Told, placed: Placed, kept: Sequence[bool], doc_id: str) -> pd.DataFrame:
    import numpy as np  # noqa: PLC0415  (slow imports, only when such a file is read)
    import pandas as pd  # noqa: PLC0415

    count = len(kept)
    columns: dict[str, Sequence[Any]] = {
        "incident_id": told.ids,
        "event_type": [kind and kind[0] for kind in told.kinds],
        "event_subtype": [kind and kind[1] for kind in told.kinds],
        "status": ["accomplished"] * count,
        "date_start": told.start,
        "date_end": told.end,
        "date_precision": told.date_precision,
        "confidence": [told.confidence] * count,
        "perpetrators": [[]] * count,
        "targets": [[]] * count,
        "sources": [[]] * count,
        "n_reports": [1] * count,
        "doc_id": [doc_id] * count,
        "review_status": ["unreviewed"] * count,
        **told.columns,
        **placed.columns,
    }
    chosen = np.flatnonzero(kept)
    series = {name: _objects(values)[chosen] for name, values in columns.items()}
    return pd.DataFrame(series | {"geometry": placed.geometry[chosen]}, dtype=object)


def _objects(values: Sequence[Any]) -> Any:
    import numpy as np  # noqa: PLC0415

    column = np.empty(len(values), dtype=object)  # lists stay lists, whatever their lengths
    for row, value in enumerate(values):
        column[row] = value
    return column


def _report(table: Table, path: Path, doc_id: str, kept: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    row = {
        "doc_id": doc_id,
        "title": f"{_NAMES[table.scheme]}: {path.name}",
        "source": str(path),
        "sha256": table.sha256,
        "language": "und",
        "n_incidents": kept,
    }
    return pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in row.items()})


def _failures(path: Path, problems: dict[str, list[int]]) -> list[Failure]:
    found = []
    for reason, lines in problems.items():
        found += [Failure(f"{path}:{line}", reason, _HINT) for line in sorted(lines)[:_NAMED_ROWS]]
        more = len(lines) - _NAMED_ROWS
        if more > 0:
            found.append(Failure(str(path), f"{more:,} more rows: {reason}", _HINT))
    return found


def _notes(path: Path, table: Table, told: Told, placed: Placed, kept: Sequence[bool]) -> list[str]:
    terms, name = TERMS[table.scheme], _NAMES[table.scheme]
    notes = [f"{path.name}: {sum(kept):,} incidents in the form of {terms.publisher}: {terms.terms}"]
    notes += [f"{path.name}: {note}" for note in told.notes]
    left_out = len(kept) - sum(kept)
    if left_out and not told.unknown_kind:
        notes.append(f"{path.name}: {left_out:,} of {len(kept):,} rows are left out: {name} tells of no incident there")
    lost = {level: count for level, rows in placed.without.items() if (count := sum(kept[row] for row in rows))}
    unsaid = lost.pop("unknown", 0)
    if unsaid:
        notes.append(
            f"{path.name}: {unsaid:,} do not say how well their place is known: in the tables, not on the map"
            " (a point may stand for a whole province)"
        )
    if lost:
        said = ", ".join(f"{count:,} known as {level}" for level, count in sorted(lost.items()))
        notes.append(
            f"{path.name}: {said}, for which the gazetteer has no outline: in the tables, not on the map"
            " (the publisher's points are only stand-ins)"
        )
    return notes


def _stem(name: str) -> str:
    return _NOT_ID.sub("_", Path(name).stem).strip("._-")[:60] or "incidents"
