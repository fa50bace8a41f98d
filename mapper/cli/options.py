"""Options that several commands share, and what is made of them."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    import datetime as dt

    from mapper.settings import Settings

__all__ = ["Common", "common", "corpora", "engine", "fallback", "fresh", "latlon", "published", "recogniser", "sources"]

_COLUMNS = ("text", "date", "id", "title", "url")
_SETTINGS = {
    "engine", "fallback", "fallback_domain", "recogniser", "scheduler", "tiles", "user_agent", "workers",
    "allow_private", "date_order",
    *(f"{name}_column" for name in _COLUMNS),
}  # fmt: skip
"""Options of single commands that are settings too: a command finds them in ``common.settings``."""

_HELD = {"text": "text", "date": "publication date", "id": "id", "title": "title", "url": "address"}

F = TypeVar("F", bound=Callable[..., Any])


class Common(NamedTuple):
    """What every command knows: the settings, and how much to say."""

    settings: Settings
    debug: bool
    quiet: bool


def common(command: F) -> F:
    """Add ``--gazetteer``, ``--quiet`` and ``--debug``; the command gets one `Common` as ``common``."""
    from functools import update_wrapper

    def wrapped(*arguments: Any, gazetteer: str | None, quiet: bool, debug: bool, **options: Any) -> Any:
        from mapper.settings import load

        above = click.get_current_context().find_object(dict) or {}
        overrides = {"gazetteer": gazetteer} | {name: options.pop(name) for name in _SETTINGS & options.keys()}
        options["common"] = Common(
            load(overrides), debug or bool(above.get("debug")), quiet or bool(above.get("quiet"))
        )
        _show_log(quiet=options["common"].quiet)
        return command(*arguments, **options)

    decorated: Any = update_wrapper(wrapped, command)
    for decorate in (
        click.option("--debug", is_flag=True, help="Show tracebacks."),
        click.option("--quiet", is_flag=True, help="No progress and no summary on standard error."),
        click.option(
            "--gazetteer", metavar="FILE", help="Use this gazetteer instead of the one that ships with mapper."
        ),
    ):
        decorated = decorate(decorated)
    return decorated  # type: ignore[no-any-return]


def _show_log(*, quiet: bool) -> None:
    """Show what the rooms have to say (which columns they guessed) on standard error."""
    import logging

    from mapper.cli.terminal import note

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            note(f"mapper: {record.getMessage()}", quiet=quiet)

    logger = logging.getLogger("mapper")
    logger.handlers = [handler for handler in logger.handlers if type(handler).__name__ != Notes.__name__]
    logger.addHandler(Notes(logging.INFO))
    logger.setLevel(logging.INFO)


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dt.date | None:
    if value is None:
        return None
    from mapper.errors import UsageError
    from mapper.sources import parse_date

    try:
        return parse_date(value)
    except UsageError as error:
        raise click.BadParameter(f"{error.message}; {error.hint}") from error


def _point(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[float, float] | None:
    if value is None:
        return None
    try:
        lat, lon = (float(part) for part in value.split(","))
    except ValueError:
        lat, lon = float("nan"), float("nan")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise click.BadParameter(f"{value!r} is no LAT,LON: write degrees such as 33.31,44.37")
    return lat, lon


def published(command: F) -> F:
    """Add ``--published DATE``."""
    option = click.option(
        "--published",
        metavar="DATE",
        callback=_day,
        help="Publication date of every report (YYYY-MM-DD), whatever it says itself; weekdays count from it.",
    )
    return option(command)


def recogniser(command: F) -> F:
    """Add ``--recogniser NAME``."""
    option = click.option(
        "--recogniser",
        metavar="NAME",
        help="What reads the texts: encoder (the model that comes with mapper), fast (half of it), rules (no model) "
        "or spacy:PIPELINE.",
    )
    return option(command)


def fallback(command: F) -> F:
    """Add ``--fallback NAME``, ``--fallback-domain HOST`` and ``--user-agent TEXT``."""
    for option in (
        click.option("--user-agent", metavar="TEXT", help="Who asks that service: a name, best with an address."),
        click.option("--fallback-domain", metavar="HOST", help="A server of your own instead of its public one."),
        click.option(
            "--fallback",
            metavar="NAME",
            help="Ask an online service (nominatim, photon, ...) for place names that the gazetteer lacks. They, and "
            "nothing else of the reports, are sent to it.",
        ),
    ):
        command = option(command)
    return command


def engine(command: F) -> F:
    """Add ``--engine NAME``, ``--workers N`` and ``--scheduler ADDRESS``."""
    for option in (
        click.option("--scheduler", metavar="ADDRESS", help="Dask's scheduler, such as tcp://host:8786."),
        click.option("--workers", metavar="N", type=int, help="How many processes; default: one a processor."),
        click.option(
            "--engine",
            metavar="NAME",
            help="Where the work is done: auto (the default), inline (this process), processes, or dask (a cluster). "
            "The results are the same.",
        ),
    ):
        command = option(command)
    return command


def corpora(command: F) -> F:
    """Add ``--text-column`` and its like, and ``--allow-private``."""
    command = click.option(
        "--allow-private",
        is_flag=True,
        default=None,
        help="Read addresses of this machine and of private networks too.",
    )(command)
    command = click.option(
        "--date-order",
        metavar="ORDER",
        help="How dates such as 02/08/2024 in that column are meant: dmy or mdy; default: such reports are undated.",
    )(command)
    for name in reversed(_COLUMNS):
        option = click.option(
            f"--{name}-column",
            metavar="NAME",
            help=f"Column or JSON key of a corpus with the {_HELD[name]} of each report; default: by its name.",
        )
        command = option(command)
    return command


def fresh(command: F) -> F:
    """Add ``--fresh``."""
    return click.option("--fresh", is_flag=True, help="Begin anew; do not go on with an interrupted run.")(command)


def latlon(command: F) -> F:
    """Add ``--near LAT,LON``."""
    return click.option("--near", metavar="LAT,LON", callback=_point, help="Closer places come first; degrees.")(
        command
    )


def sources(command: F) -> F:
    """Add the argument ``SOURCE...``."""
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)(command)
