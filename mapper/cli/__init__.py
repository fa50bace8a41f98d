"""The command line: one module a command, each imported only when it is called.

``mapper --help`` imports click and nothing else of weight: the table below has what it prints. Whatever goes wrong ends
here as one line on standard error and an exit code (see `mapper.errors`); a traceback only with ``--debug``.
"""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

import mapper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["COMMANDS", "main", "program"]

COMMANDS = {
    "map": "Map reports: a page to open in a browser, and the GIS files.",
    "extract": "List the incidents that reports tell of.",
    "geoparse": "List the places that reports mention, with coordinates.",
    "geocode": "Look up places by name, the likeliest first.",
    "compare": "Compare two sets of incidents: which are the same, which only one of them has.",
    "export": "Write an earlier result in another format.",
    "stats": "Count what an earlier result holds: by type, month, country, source, failures.",
    "gazetteer": "Look into the gazetteer, or build it.",
    "evaluate": "Measure places or incidents against a corpus with gold.",
    "doctor": "Check what is installed, and say what mends what is missing.",
}
"""Every command with its line of help; the module of the same name holds it as ``command``."""

_INTERNAL = 70
_INTERRUPTED = 130
_PIPE_CLOSED = 141


class _Commands(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"mapper.cli.{cmd_name}").command
        # The docstrings are raw, for ruff and for people: click's mark for "do not wrap" is the character itself.
        for each in (command, *getattr(command, "commands", {}).values()):
            each.help = (each.help or "").replace("\\b\n", "\b\n")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mapper.__version__, prog_name="mapper")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.option("--quiet", is_flag=True, help="No progress and no summary on standard error.")
@click.pass_context
def program(ctx: click.Context, *, debug: bool, quiet: bool) -> None:
    r"""News reports in, incidents on a map out: each with the words that put it there.

    \b
    Example:
      mapper map report.txt --published 2024-02-08 -o out
      open out/map.html in a browser

    Data goes to standard output; progress and messages to standard error.

    Exit codes: 0 done, 1 done but some inputs failed, 2 wrong usage, 3 gazetteer, 4 online service, 5 output cannot be
    written, 6 a part is not installed, 7 model, 8 workers.
    """
    ctx.obj = {"debug": debug, "quiet": quiet}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code.

    Parameters
    ----------
    arguments
        Without the program's name; default: those of the process.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_guarded(given))


def _guarded(arguments: list[str]) -> int:
    """Run, and turn every exception into one line and an exit code."""
    from mapper.errors import MapperError

    try:
        return _run(arguments)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()  # all that was asked for is how to ask
        return error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "mapper"
        return _say(f"{error.format_message().rstrip('.')}; see {path} --help", error.exit_code)
    except BrokenPipeError:
        # Whoever read us has gone (`mapper extract ... | head`): say nothing, and keep Python from flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except (click.Abort, KeyboardInterrupt):
        left = "files of an earlier run were left as they were, and with -o the same command goes on from here"
        return _say(f"interrupted; {left}", _INTERRUPTED)
    except MapperError as error:
        if "--debug" in arguments:
            raise
        return _say(f"{error.message}; {error.hint}" if error.hint else error.message, error.exit_code)
    except MemoryError:
        if "--debug" in arguments:
            raise
        return _say("out of memory; give fewer or smaller reports at a time", _INTERNAL)
    except Exception as error:
        if "--debug" in arguments:
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _say(f"internal error ({what}); run again with --debug for the traceback and report it", _INTERNAL)


def _run(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names in any script must not fail on a terminal whose encoding lacks them; a pipe or file gets UTF-8.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    # Not program.main(): it turns a closed pipe into exit code 1, which here means that an input failed.
    try:
        with program.make_context("mapper", arguments) as context:
            program.invoke(context)
            sys.stdout.flush()
    except click.exceptions.Exit as left:
        return left.exit_code
    return 0


def _say(line: str, code: int) -> int:
    from mapper.cli.terminal import printable

    click.echo(f"mapper: {printable(line)}", err=True)
    return code
