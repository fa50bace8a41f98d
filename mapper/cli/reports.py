"""The walk that `extract` and `geoparse` share: reports one by one, each input that failed named as it comes."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from mapper import steps
from mapper.cli.terminal import note, progress, report_failure
from mapper.records import Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from mapper.cli.options import Common
    from mapper.pipeline import Progress, Spans
    from mapper.records import Report

__all__ = ["Walk"]


class Walk:
    """Reports as they are processed; afterwards `exit_code` says whether some inputs failed.

    Used as a context, around the writing of a file, it keeps a journal beside that file until it is written.
    """

    def __init__(
        self,
        sources: Sequence[str | Path],
        common: Common,
        *,
        published: dt.date | None = None,
        spans: Spans = "found",
        watched: bool = True,
        beside: str | None = None,
        fresh: bool = False,
    ) -> None:
        self._sources, self._common = sources, common
        self._published, self._spans = published, spans
        self._watched, self._beside, self._fresh = watched, beside, fresh
        self._keeping = ExitStack()
        self._items: Iterator[Report | Failure] | None = None
        self.failed = 0
        self.done = 0

    def __enter__(self) -> Self:
        # All reports are read before the file is begun: what is killed meanwhile leaves its journal, and nothing else.
        if self._beside is not None:
            with progress(quiet=self._common.quiet) as tell:
                self._items = self._keeping.enter_context(
                    steps.collected(
                        self._sources,
                        Path(self._beside),
                        settings=self._common.settings,
                        published=self._published,
                        fresh=self._fresh,
                        progress=tell,
                        notify=lambda line: note(line, quiet=self._common.quiet),
                        debug=self._common.debug,
                    )
                )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._keeping.__exit__(kind, error, trace)

    def __iter__(self) -> Iterator[Report]:
        with progress(quiet=self._common.quiet or not self._watched or self._items is not None) as tell:
            for item in self._items or self._streamed(tell):
                if isinstance(item, Failure):
                    self.failed += 1
                    report_failure(item)
                else:
                    self.done += 1
                    yield item

    def _streamed(self, tell: Progress | None) -> Iterator[Report | Failure]:
        return steps.stream(
            self._sources,
            settings=self._common.settings,
            published=self._published,
            spans=self._spans,
            progress=tell,
            debug=self._common.debug,
        )

    @property
    def exit_code(self) -> int:
        """0, or 1 when some inputs failed."""
        if self.failed:
            note(f"{self.done} reports done, {self.failed} inputs failed", quiet=self._common.quiet)
        return 1 if self.failed else 0
