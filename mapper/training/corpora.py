"""Labelled texts from open corpora and from this project's own dispatches, brought to one label policy.

Only corpora whose licence allows weights to be shipped are known here; the model card names each with its licence. A
corpus that says nothing of a head leaves it open (`known`), and no loss is taken there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.training.markup import COUNTS, EVENT_TYPES, Dispatch, read
from mapper.training.standoff import annotated, unlabelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mapper.gazetteer import Gazetteer

__all__ = ["CORPORA", "Example", "Mark", "annotated_corpora", "dispatches", "open_corpora", "silent_corpora"]

ENTITIES = ("place", "person", "organisation")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of one head on a stretch of text; `incident` numbers what belongs together within the text."""

    start: int
    end: int
    head: str
    value: str
    incident: int | None = None


@dataclass(slots=True)
class Example:
    """A text with its marks.

    Attributes
    ----------
    known
        Heads that the labels speak of; of all others nothing is known here.
    blank
        (head, start, end): stretches of which a known head is silent.
    weight
        How often the text is shown in an epoch; a fraction is a chance.
    settled
        A real report labelled by hand on every head: no teacher is asked about it.
    """

    id: str
    text: str
    marks: list[Mark]
    known: frozenset[str]
    blank: list[tuple[str, int, int]] = field(default_factory=list)
    weight: float = 1.0
    own: bool = False
    language: str = "en"
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of the evidence folder: how it is read and how often it is shown."""

    path: str
    reader: str
    weight: float


CORPORA = (
    Corpus("ner/wikigold.jsonl", "entities", 1.0),
    Corpus("ner/wnut17.train.jsonl", "entities", 0.5),
    Corpus("ner/wnut17.dev.jsonl", "entities", 0.5),
    Corpus("ner/btc_a.jsonl", "entities", 0.5),
    Corpus("ner/btc_b.jsonl", "entities", 0.5),
    Corpus("ner/btc_e.jsonl", "entities", 1.0),
    Corpus("ner/btc_f.jsonl", "entities", 0.5),
    Corpus("ner/btc_g.jsonl", "entities", 1.0),
    Corpus("ner/btc_h.jsonl", "entities", 0.5),
    Corpus("ner/uner_ewt.dev.jsonl", "entities", 1.0),
    Corpus("ner/uner_ewt.test.jsonl", "entities", 1.0),
    Corpus("geoparsing/trnews.train.jsonl", "toponyms", 2.0),
    Corpus("geoparsing/idrisi_r_en.train.jsonl", "tweets", 0.12),
    Corpus("events/event_location.train.jsonl", "locations", 0.3),
)
"""Every file that the shipped weights are trained on, besides the project's own dispatches."""

_UNCODED = "Masdar_RA"
"""A source of event_location whose coders left out nearly every place (88% of its rows have none)."""


def open_corpora(folder: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """Read every corpus of `CORPORA` from the evidence folder.

    Parameters
    ----------
    folder
        Holds ``ner/``, ``geoparsing/`` and ``events/``.
    gazetteer
        Tells demonyms, which the corpora label as places or not at all.
    """
    readers = {"entities": _entities, "toponyms": _toponyms, "tweets": _tweets, "locations": _locations}
    for corpus in CORPORA:
        with (folder / corpus.path).open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                example = readers[corpus.reader](row, gazetteer)
                if example is not None:
                    example.weight = corpus.weight
                    yield example


def _entities(row: dict[str, Any], gazetteer: Gazetteer) -> Example:
    """People, organisations and places of Wikipedia, tweets and the web.

    Places inside an organisation's name are not labelled in these corpora, and a town's team or government is an
    organisation or a place as the annotator pleased: the place head is left alone there.
    """
    names = {"LOC": "place", "PER": "person", "ORG": "organisation"}
    marks, blank = [], []
    for e in row["entities"]:
        value = names[e["label"]]
        if value == "place" and _is_demonym(e["text"], gazetteer):
            value = "demonym"
        marks.append(Mark(e["start"], e["end"], value, value))
        if value == "organisation":
            blank.append(("place", e["start"], e["end"]))
    blank += [(head, o["start"], o["end"]) for o in row.get("other", ()) for head in ENTITIES]
    # A text without any word of the lexicon tells of no incident: real sentences for the trigger head to be silent on.
    known = ENTITIES if find_triggers(tokenize(row["text"])) else (*ENTITIES, "trigger")
    return Example(str(row["id"]), row["text"], marks, frozenset(known), blank)


def _toponyms(row: dict[str, Any], gazetteer: Gazetteer) -> Example:
    """Place names alone, demonyms among them."""
    marks = []
    for t in row["toponyms"]:
        value = "demonym" if _is_demonym(t["text"], gazetteer) else "place"
        marks.append(Mark(t["start"], t["end"], value, value))
    return Example(str(row["id"]), row["text"], marks, frozenset({"place", "demonym"}))


def _tweets(row: dict[str, Any], gazetteer: Gazetteer) -> Example:
    """Place names alone, no demonyms."""
    return replace(_toponyms(row, gazetteer), known=frozenset({"place"}))


def _locations(row: dict[str, Any], gazetteer: Gazetteer) -> Example | None:
    """One event and where it happened."""
    del gazetteer
    if row.get("source") == _UNCODED:
        return None
    marks = [Mark(event["start"], event["end"], "link", "event", 1) for event in row["event"]]
    marks += [Mark(place["start"], place["end"], "link", "place", 1) for place in row["locations"]]
    return Example(str(row["id"]), row["text"], marks, frozenset({"link"}))


def _is_demonym(name: str, gazetteer: Gazetteer) -> bool:
    found = gazetteer.lookup(name, limit=1)
    return bool(found) and found[0].match == "demonym"


def dispatches(paths: Sequence[Path]) -> Iterator[Example]:
    """Read the project's own dispatches: every head is known, of Arabic and the like too."""
    for dispatch in read(paths):
        yield _of_dispatch(dispatch)


def annotated_corpora(annotations: Path, folder: Path) -> Iterator[Example]:
    """Read the texts of open corpora that this project labelled with every head."""
    for dispatch in annotated(annotations, folder):
        yield replace(_of_dispatch(dispatch), settled=True)


def silent_corpora(annotations: Path, folder: Path) -> Iterator[Example]:
    """Read news texts of an open corpus that nobody labelled: a teacher may say what it makes of them."""
    for id_, text in unlabelled(annotations, folder):
        yield Example(id_, text, [], frozenset())


_KINDS = {"place": "literal", "place.line": "literal", "place.met": "metonymic", "place.emb": "embedded"}
_ROLES = {"perp": "perpetrator", "target": "target", "weapon": "weapon", "when": "date"}
OWN = frozenset({*ENTITIES, "demonym", "kind", "trigger", "status", "role", "count", "link"})


def _of_dispatch(dispatch: Dispatch) -> Example:
    marks: list[Mark] = []
    for label in dispatch.labels:
        span = (label.start, label.end)
        if label.tag in _KINDS:
            marks += [Mark(*span, "place", "place"), Mark(*span, "kind", _KINDS[label.tag])]
        elif label.tag in {"place.dem", "person", "org"}:
            head = {"place.dem": "demonym", "org": "organisation"}.get(label.tag, label.tag)
            marks.append(Mark(*span, head, head))
        elif label.tag in EVENT_TYPES:
            marks.append(Mark(*span, "trigger", label.tag, label.incident))
            marks.append(Mark(*span, "status", label.status or "accomplished", label.incident))
            marks.append(Mark(*span, "link", "event", label.incident))
        elif label.tag in _ROLES:
            marks.append(Mark(*span, "role", _ROLES[label.tag], label.incident))
        elif label.tag in COUNTS:
            marks.append(Mark(*span, "count", label.tag, label.incident))
        if label.incident is not None and label.tag not in EVENT_TYPES:
            value = "place" if label.tag in _KINDS or label.tag == "back" else "part"
            if label.tag != "place.rel":
                marks.append(Mark(*span, "link", value, label.incident))
    return Example(dispatch.id, dispatch.text, marks, OWN, own=True, language=dispatch.language)
