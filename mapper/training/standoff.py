"""Labels of this project's own on texts of others, kept apart from the texts: offsets here, the words in their corpus.

Each line of ``annotations/NAME.jsonl`` names a row of a corpus of the evidence folder, how many characters of it were
read, their digest, and the labels as `mapper.training.markup` has them. So the texts never enter the repository, and a
corpus that has changed is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.training.markup import Dispatch, Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["SOURCES", "annotated", "detokenised", "normalised", "unlabelled"]

SOURCES = {
    "ecbplus": ("events/ecbplus_docs.train.jsonl", "doc_id", "context"),
    "trnews": ("geoparsing/trnews.train.jsonl", "id", "text"),
    "wikievents": ("events/wikievents.dev.jsonl", "id", "text"),
    "event_location": ("events/event_location.train.jsonl", "id", "text"),
    "btc_g": ("ner/btc_g.jsonl", "id", "text"),
    "wikigold": ("ner/wikigold.jsonl", "id", "text"),
    "ewt_dev": ("ner/uner_ewt.dev.jsonl", "id", "text"),
    "ewt_test": ("ner/uner_ewt.test.jsonl", "id", "text"),
    "idrisi": ("geoparsing/idrisi_r_en.train.jsonl", "id", "text"),
}
"""Of each file of annotations: the corpus it speaks of, and the fields that hold a row's id and text."""


def annotated(annotations: Path, folder: Path) -> Iterator[Dispatch]:
    """Put labels and texts together.

    Parameters
    ----------
    annotations
        The folder of the ``.jsonl`` files of labels.
    folder
        The evidence folder that holds the corpora.

    Raises
    ------
    SourceError
        When a text is missing or is not the one that was labelled.
    """
    for name in SOURCES:
        texts = _texts(name, folder)
        for line in _lines(name, annotations):
            yield _dispatch(line, texts.get(line["id"], "")[: line["chars"]], name)


def unlabelled(annotations: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Give (id, text) of the news of ECB+ of which nothing was labelled; parameters as `annotated` has them."""
    labelled = {line["id"] for line in _lines("ecbplus", annotations)}
    yield from ((f"ecbplus-{id_}", text) for id_, text in _texts("ecbplus", folder).items() if id_ not in labelled)


def _texts(name: str, folder: Path) -> dict[str, str]:
    path, key, field = SOURCES[name]
    with (folder / path).open(encoding="utf-8") as rows:
        return {str(row[key]): normalised(row[field], tokens=name == "ecbplus") for row in map(json.loads, rows)}


def _lines(name: str, annotations: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (annotations / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _dispatch(line: dict[str, Any], text: str, name: str) -> Dispatch:
    if hashlib.sha256(text.encode()).hexdigest()[:16] != line["sha256"]:
        message = f"{name}: {line['id']} is not the text that was labelled"
        raise SourceError(message, hint="use the corpus of the model card")
    labels = tuple(Label(*fields) for fields in line["labels"])
    return Dispatch(f"{name}-{line['id']}", "agency", "en", line["tells"], text, labels)


def normalised(text: str, *, tokens: bool) -> str:
    """Give a corpus text as it was labelled: no blanks at its ends or at those of its lines."""
    return re.sub(r"[ \t]+\n", "\n", (detokenised(text) if tokens else text).strip())


def detokenised(text: str) -> str:
    """Put a text of tokens with blanks between them back into running text, by rule."""
    text = text.replace(" ``", " “").replace("`` ", "“").replace("``", "“").replace(" ''", "”").replace("''", "”")
    text = re.sub(r" ([.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$£€#]) ", r"\1", text)
    text = re.sub(r" ('(?:s|re|ve|ll|d|m)\b|n't\b|'(?= ))", r"\1", text)
    return " ".join(text.replace("“ ", "“").split())
