"""The small encoder: one pass over a text that says, word by word, what is a place, a person, an organisation, an event.

    sentences -> words -> windows of wordpieces -> encoder -> probabilities of each word -> spans

`Reader` holds the model and makes a `Tagging` of a document's sentences; everything else is how it does so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.language.reader import Reader as Reader
    from mapper.language.reader import default_reader as default_reader
    from mapper.language.tagging import Entity as Entity
    from mapper.language.tagging import Tagging as Tagging

__all__ = ["Entity", "Reader", "Tagging", "default_reader"]

_HOMES = {"Entity": "tagging", "Reader": "reader", "Tagging": "tagging", "default_reader": "reader"}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415  onnxruntime is slow to import: only when it is asked for

    if name not in _HOMES:
        raise AttributeError(f"module 'mapper.language' has no attribute {name!r}")
    return getattr(import_module(f"mapper.language.{_HOMES[name]}"), name)
