"""``mapper doctor``: what is installed, and what mends what is missing."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mapper.cli.options import Common, common

if TYPE_CHECKING:
    from mapper.diagnosis import Check

__all__ = ["command"]


@click.command("doctor")
@common
@click.pass_context
def command(ctx: click.Context, *, common: Common) -> None:
    r"""Check what is installed, and say what mends what is missing.

    \b
    Example:
      mapper doctor
    """
    from mapper import diagnosis
    from mapper.cli.terminal import note, show_table
    from mapper.errors import GazetteerError, MissingExtraError, ModelError

    checks = diagnosis.diagnose(common.settings.gazetteer, common.settings.recogniser)
    show_table(
        ("check", "found", "state"),
        [(check.name, check.found, _state(check)) for check in checks],
    )
    wrong = [check.name for check in checks if check.mend and not check.optional]
    if not wrong:
        note("all is well", quiet=common.quiet)
        return
    note(f"mapper: to mend: {', '.join(wrong)}; the commands stand in the last column")
    codes = {"gazetteer": GazetteerError.exit_code, "model": ModelError.exit_code}
    ctx.exit(next((code for name, code in codes.items() if name in wrong), MissingExtraError.exit_code))


def _state(check: Check) -> str:
    if not check.mend:
        return "ok"
    return f"optional: {check.mend}" if check.optional else f"mend: {check.mend}"
