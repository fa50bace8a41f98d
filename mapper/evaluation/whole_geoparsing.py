"""The whole way of places: a gold corpus and who answers in, figures out, beside the baseline of the same run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from mapper.evaluation import geoparsing
from mapper.evaluation.causes import Names, causes_end_to_end, causes_of_given
from mapper.evaluation.countries import fold
from mapper.evaluation.figures import Evaluation, rounded
from mapper.evaluation.reading import read_gold, read_predictions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mapper.evaluation.figures import Figures
    from mapper.evaluation.geoparsing import GoldText, Group, Mention
    from mapper.evaluation.reading import Row
    from mapper.evaluation.running import Runner
    from mapper.pipeline import Progress
    from mapper.settings import Settings

__all__ = ["BASELINE", "evaluate_geoparsing"]

BASELINE: Final = "largest place"
"""Every toponym is the most populous place of its name: what knowing no context gives."""

_WITH_DEMONYMS: Final = "with_demonyms"
_MATCHES: Final[tuple[geoparsing.Match, ...]] = ("overlap", "exact")


class _System(NamedTuple):
    """Who answers: for given spans, and with spans found."""

    given: Mapping[str, Sequence[Mention]]
    found: Mapping[str, Sequence[Mention]]


def evaluate_geoparsing(
    corpus: str | Path,
    *,
    settings: Settings,
    predictions: str | Path | None = None,
    by_country: bool = False,
    seen: str | Path | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> Evaluation:
    """Score the places of a corpus: resolution of given spans, recognition, both together, and errors by cause.

    Parameters
    ----------
    corpus
        JSON Lines: `{"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonameid"?, ...}]}`.
    settings
        Which gazetteer and which recogniser.
    predictions
        What `mapper geoparse --format jsonl` printed for the corpus, to be scored instead of running the pipeline. Its
        spans answer for given and for found ones alike.
    by_country
        Also score countries and the rest apart.
    seen
        A corpus that something was trained on: given spans are also scored apart by whether it has the name.
    progress
        Told how many documents are done.
    debug
        Let exceptions of the pipeline through.

    Returns
    -------
    Evaluation
        `resolution` by system, demonyms and group; `recognition` by match, demonyms and group; `end_to_end` by system,
        match, demonyms and group (see `mapper.evaluation.geoparsing`); `errors` by system (see `causes`). The systems
        are "mapper", or "predictions", and `BASELINE`, which answers for the same spans.

    Raises
    ------
    SourceError
        When the corpus or the predictions cannot be used.
    """
    gold, failures = read_gold(corpus, geoparsing.gold_text)
    if predictions is None:
        from mapper.evaluation.running import Runner  # noqa: PLC0415  slow to import

        runner = Runner(settings, progress=progress, debug=debug)
        name, versions, system = "mapper", runner.versions(), _run(runner, corpus, gold)
        failures += runner.failures
        names = Names(runner.gazetteer)
    else:
        from mapper.gazetteer import open_gazetteer  # noqa: PLC0415  slow to import

        given = read_predictions(predictions, gold, geoparsing.answers_of)
        name, versions, system = "predictions", None, _System(given, given)
        names = Names(open_gazetteer(settings.gazetteer))
    systems = {name: system, BASELINE: _baseline(gold, system, names)}
    groups = geoparsing.GROUPS if by_country else geoparsing.GROUPS[:1]
    parts = _by_name(gold, seen) if seen is not None else {}
    figures = {
        "task": "geoparsing",
        "corpus": str(corpus),
        "predictions": None if predictions is None else str(predictions),
        "versions": versions,
        "documents": len(gold),
        "toponyms": sum(len(document.mentions) for document in gold.values()),
        "resolution": {name: _resolution(gold, system.given, groups, parts) for name, system in systems.items()},
        "recognition": {match: _recognition(gold, system.found, match, groups) for match in _MATCHES},
        "end_to_end": {
            name: {match: _end_to_end(gold, system.found, match, groups) for match in _MATCHES}
            for name, system in systems.items()
        },
        "errors": {
            name: {
                "given_spans": causes_of_given(gold, system.given, names),
                "end_to_end": causes_end_to_end(gold, system.found, names),
            }
            for name, system in systems.items()
        },
    }
    return Evaluation(rounded(figures), tuple(failures))


def _run(runner: Runner, corpus: str | Path, gold: Mapping[str, GoldText]) -> _System:
    from mapper.evaluation.running import document_of  # noqa: PLC0415  slow to import

    documents = [
        document_of(key, document.row, source=corpus, spans=[(m.start, m.end) for m in document.mentions])
        for key, document in gold.items()
    ]

    def answers(rows: Mapping[str, Row]) -> dict[str, tuple[Mention, ...]]:
        return {key: geoparsing.answers_of(row, gold[key]) for key, row in rows.items()}

    given, found = runner.geoparsed(documents)
    return _System(answers(given), answers(found))


def _baseline(gold: Mapping[str, GoldText], beside: _System, names: Names) -> _System:
    """Answer for the gold spans, and for the spans that the system beside it found."""
    return _System(
        {key: [names.largest(document.text, span) for span in document.mentions] for key, document in gold.items()},
        {key: [names.largest(gold[key].text, span) for span in spans] for key, spans in beside.found.items()},
    )


# Every figure with and without demonyms, by group --------------------------------------------------------------------


def _split(groups: Sequence[Group], score: Callable[[bool, Group], Figures]) -> Figures:
    return {
        label: {group: score(demonyms, group) for group in groups}
        for label, demonyms in ((_WITH_DEMONYMS, True), ("without_demonyms", False))
    }


def _resolution(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    groups: Sequence[Group],
    parts: Mapping[str, Mapping[str, GoldText]],
) -> Figures:
    split = _split(groups, lambda demonyms, group: geoparsing.resolution(gold, answers, demonyms=demonyms, group=group))
    for part, texts in parts.items():
        for label, found in split.items():
            found[part] = geoparsing.resolution(texts, answers, demonyms=label == _WITH_DEMONYMS)
    return split


def _by_name(gold: Mapping[str, GoldText], seen: str | Path) -> dict[str, dict[str, GoldText]]:
    """Part the toponyms of a corpus into those whose name another corpus has, and those that are new."""
    known, _ = read_gold(seen, geoparsing.gold_text)
    names = {_name(text, mention) for text in known.values() for mention in text.mentions}

    def only(text: GoldText, *, has: bool) -> GoldText:
        return replace(text, mentions=tuple(m for m in text.mentions if (_name(text, m) in names) == has))

    return {
        "seen": {key: only(text, has=True) for key, text in gold.items()},
        "unseen": {key: only(text, has=False) for key, text in gold.items()},
    }


def _name(text: GoldText, mention: Mention) -> str:
    return fold(text.text[mention.start : mention.end])


def _recognition(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    match: geoparsing.Match,
    groups: Sequence[Group],
) -> Figures:
    def score(demonyms: bool, group: Group) -> Figures:  # noqa: FBT001  a figure's own two coordinates
        return geoparsing.recognition(gold, answers, match=match, demonyms=demonyms, group=group)

    return _split(groups, score)


def _end_to_end(
    gold: Mapping[str, GoldText],
    answers: Mapping[str, Sequence[Mention]],
    match: geoparsing.Match,
    groups: Sequence[Group],
) -> Figures:
    def score(demonyms: bool, group: Group) -> Figures:  # noqa: FBT001  a figure's own two coordinates
        return geoparsing.end_to_end(gold, answers, match=match, demonyms=demonyms, group=group)

    return _split(groups, score)
