"""The whole way of incidents: what the corpus holds says what is scored; who answers in, figures out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from mapper.errors import SourceError, UsageError
from mapper.evaluation import answers, chains, event_places, incidents, naive
from mapper.evaluation.figures import Evaluation, rounded
from mapper.evaluation.muc_key import GoldIncident, gold_incidents
from mapper.evaluation.reading import first_row, read_gold, read_predictions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mapper.evaluation.figures import Figures
    from mapper.evaluation.reading import Row
    from mapper.pipeline import Progress
    from mapper.settings import Settings

__all__ = ["evaluate_incidents"]

Task = Literal["incidents", "event-place", "clusters"]

_KEYS_OF_TASK: Final[dict[Task, frozenset[str]]] = {
    "incidents": frozenset({"incidents"}),
    "event-place": frozenset({"event", "locations"}),
    "clusters": frozenset({"mention_id", "chain"}),
}
"""What a line of the corpus must hold to be scored so."""


def evaluate_incidents(
    corpus: str | Path,
    *,
    settings: Settings,
    predictions: str | Path | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> Evaluation:
    """Score incidents, the places of single events, or clusters of mentions, by what the corpus holds.

    Parameters
    ----------
    corpus
        JSON Lines, one of: `{"id", "text", "incidents"}` in the form of the MUC-4 key; `{"id", "text", "event",
        "locations"}`, one event a line; `{"mention_id", "doc_id", "chain"}`, one mention a line.
    settings
        Which gazetteer and recogniser, and how sure an incident must be.
    predictions
        What was predicted, to be scored instead of running the pipeline: the lines of `mapper extract --format jsonl`;
        `{"id", "locations"}`; `{"mention_id", "cluster"}` (clusters are scored from a file only).
    progress
        Told how many documents are done.
    debug
        Let exceptions of the pipeline through.

    Returns
    -------
    Evaluation
        `task`, and `figures` by system: "mapper", or "predictions", the baseline of `naive`, and for places of
        events what the model answers that is told the event. See `mapper.evaluation.incidents`, `event_places` and
        `chains`.

    Raises
    ------
    SourceError
        When the corpus or the predictions cannot be used.
    UsageError
        For clusters without a file of predictions, and a corpus that nothing can be scored on.
    """
    beginning = first_row(corpus)
    task = next((task for task, keys in _KEYS_OF_TASK.items() if keys <= beginning.keys()), None)
    match task:
        case "incidents":
            evaluation = _keyed(corpus, settings, predictions, progress=progress, debug=debug)
        case "event-place":
            evaluation = _placed(corpus, settings, predictions, progress=progress, debug=debug)
        case "clusters":
            evaluation = _clustered(corpus, predictions)
        case None:
            hint = "give incidents (the MUC-4 key), events with their locations, or mentions with their chains"
            raise UsageError(f"{corpus} holds nothing that incidents are scored on", hint=hint)
    heading = {"task": task, "corpus": str(corpus), "predictions": None if predictions is None else str(predictions)}
    return Evaluation(rounded(heading | evaluation.figures), evaluation.failures)


_MAPPER: Final = "mapper"
_ASKED: Final = "asked of the event"
"""The model, told which words are the event: whether `mapper extract` would tell of it is another question."""
_GIVEN: Final = "predictions"


@dataclass(frozen=True, slots=True)
class _KeyedText:
    row: Row
    incidents: tuple[GoldIncident, ...]


def _keyed_text(row: Row) -> _KeyedText:
    if not isinstance(row.get("text"), str):
        raise SourceError('the line has no "text"', hint='a corpus line is {"id", "text", "incidents"}')
    return _KeyedText(row, gold_incidents(row))


def _keyed(
    corpus: str | Path, settings: Settings, predictions: str | Path | None, *, progress: Progress | None, debug: bool
) -> Evaluation:
    gold, failures = read_gold(corpus, _keyed_text)
    told: dict[str, Sequence[answers.Answer]]
    if predictions is None:
        from mapper.evaluation.running import Runner, document_of  # noqa: PLC0415  slow to import

        runner = Runner(settings, progress=progress, debug=debug)
        rows = runner.extracted([document_of(key, text.row, source=corpus) for key, text in gold.items()])
        told = {key: answers.answers_of(row) for key, row in rows.items()}
        versions: Figures | None = runner.versions()
        failures += runner.failures
    else:
        read = read_predictions(predictions, gold, lambda row, _: (row, answers.answers_of(row)))
        rows = {key: row for key, (row, _) in read.items()}
        told = {key: answered for key, (_, answered) in read.items()}
        versions = None
    key_of = {key: text.incidents for key, text in gold.items()}
    baseline = {key: answers.answers_of(naive.one_a_report(text.row)) for key, text in gold.items()}
    name = _GIVEN if predictions is not None else _MAPPER
    systems: dict[str, Mapping[str, Sequence[answers.Answer]]] = {name: told, naive.ONE_A_REPORT: baseline}
    figures = {
        "versions": versions,
        "documents": len(gold),
        # Incidents of types that the key does not know, and denied ones.
        "not_compared": sum(len(row.get("incidents") or []) - len(told[key]) for key, row in rows.items()),
        "figures": {name: incidents.score_incidents(key_of, answered) for name, answered in systems.items()},
    }
    return Evaluation(figures, tuple(failures))


def _placed(
    corpus: str | Path, settings: Settings, predictions: str | Path | None, *, progress: Progress | None, debug: bool
) -> Evaluation:
    gold, failures = read_gold(corpus, event_places.event_row)
    if predictions is None:
        from mapper.evaluation.running import Runner, document_of  # noqa: PLC0415  slow to import

        runner = Runner(settings, progress=progress, debug=debug)
        documents = [document_of(key, row.row, source=corpus) for key, row in gold.items()]
        systems: dict[str, dict[str, event_places.Spans]] = {_MAPPER: {}, _ASKED: {}, naive.NEAREST_PLACE: {}}
        for report, tags, mentions in runner.mentions(documents):
            key, toponyms = report.document.id, [found.toponym for found in report.resolutions]
            asked = event_places.places_asked(tags, gold[key], report.resolutions)
            if asked is not None:
                systems[_ASKED][key] = asked
            systems[_MAPPER][key] = event_places.places_told(mentions, gold[key].event)
            spans = [(toponym.start, toponym.end) for toponym in toponyms]
            systems[naive.NEAREST_PLACE][key] = naive.nearest_place(spans, gold[key].event)
        if not systems[_ASKED]:
            del systems[_ASKED]
        versions: Figures | None = runner.versions()
        failures += runner.failures
    else:
        systems = {_GIVEN: read_predictions(predictions, gold, lambda row, _: event_places.told_places(row))}
        versions = None
    figures = {name: event_places.score_event_places(gold, told) for name, told in systems.items()}
    return Evaluation({"versions": versions, "figures": figures}, tuple(failures))


def _clustered(corpus: str | Path, predictions: str | Path | None) -> Evaluation:
    if predictions is None:
        hint = 'give --predictions FILE with lines {"mention_id", "cluster"}'
        raise UsageError("clusters of mentions are scored from a file", hint=hint)
    gold, failures = read_gold(corpus, chains.chained_mention, key="mention_id")
    told = read_predictions(predictions, gold, lambda row, _: chains.cluster_of(row), key="mention_id")
    systems = {_GIVEN: told, naive.SAME_LEMMA: naive.same_lemma(gold)}
    figures = {name: chains.score_clusters(gold, clusters) for name, clusters in systems.items()}
    return Evaluation({"figures": figures}, tuple(failures))
