"""The walk that `extract` and `geoparse` share: reports one by one, each input that failed named as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import api
from mapper.cli.terminal import note, progress, report_failure
from mapper.records import Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mapper.cli.options import Common
    from mapper.pipeline import Spans
    from mapper.records import Report

__all__ = ["Walk"]


class Walk:
    """Reports as they are processed; afterwards `exit_code` says whether some inputs failed."""

    def __init__(
        self,
        sources: Sequence[str | Path],
        common: Common,
        *,
        published: dt.date | None = None,
        spans: Spans = "found",
        watched: bool = True,
    ) -> None:
        self._sources, self._common = sources, common
        self._published, self._spans = published, spans
        self._watched = watched
        self.failed = 0
        self.done = 0

    def __iter__(self) -> Iterator[Report]:
        with progress(quiet=self._common.quiet or not self._watched) as tell:
            for item in api.stream(
                self._sources,
                settings=self._common.settings,
                published=self._published,
                spans=self._spans,
                progress=tell,
                debug=self._common.debug,
            ):
                if isinstance(item, Failure):
                    self.failed += 1
                    report_failure(item)
                else:
                    self.done += 1
                    yield item

    @property
    def exit_code(self) -> int:
        """0, or 1 when some inputs failed."""
        if self.failed:
            note(f"{self.done} reports done, {self.failed} inputs failed", quiet=self._common.quiet)
        return 1 if self.failed else 0
