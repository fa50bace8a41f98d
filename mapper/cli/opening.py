"""Files of incidents that commands are given: an earlier result, or what others have coded, with what is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import api, formats, steps
from mapper.cli.terminal import note, report_failure
from mapper.errors import SourceError
from mapper.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mapper.cli.options import Common
    from mapper.frames import Coded, Layers

__all__ = ["Opened"]


class Opened:
    """Files as they are opened; afterwards `failed` counts the files and rows that could not be used."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self.failed = 0

    def layers(self, path: str) -> Layers:
        """Read the layers of an earlier result, or of a file that others have coded.

        Raises
        ------
        MapperError
            It cannot be read at all.
        """
        if formats.scheme_of(path) is None:
            return api.layers(path)
        for item in steps.coded([path], self._common.settings):
            if isinstance(item, Failure):
                raise SourceError(f"{item.source} {item.reason}", hint=item.hint)
            return self._told(item).layers
        return api.layers(path)

    def coded(self, paths: Iterable[str | Path]) -> Iterator[Coded]:
        """Read files that others have coded; notes and what could not be used are said on standard error."""
        given = list(paths)
        for item in steps.coded(given, self._common.settings) if given else ():
            if isinstance(item, Failure):
                self._report(item)
            else:
                yield self._told(item)

    def _told(self, file: Coded) -> Coded:
        for failure in file.failures:
            self._report(failure)
        for line in file.notes:
            note(line, quiet=self._common.quiet)
        return file

    def _report(self, failure: Failure) -> None:
        self.failed += 1
        report_failure(failure)
