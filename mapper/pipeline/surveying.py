"""Before a run: read ahead, and learn from what is read where the outlets of the reports are at home."""

from __future__ import annotations

import dataclasses
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from mapper.geocoder import learn_homes
from mapper.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.pipeline.recipe import Recipe

__all__ = ["surveyed"]

_READ_AHEAD = 20_000_000
"""Characters of reports that are learnt from, and held until their turn comes."""


def surveyed(items: Iterable[Document | Failure], recipe: Recipe) -> tuple[Recipe, Iterator[Document | Failure]]:
    """Learn where outlets are at home (see `mapper.geocoder.learn_homes`).

    Parameters
    ----------
    items
        Documents, and failures of reading.
    recipe
        What they are to be read with.

    Returns
    -------
    tuple[Recipe, Iterator[Document | Failure]]
        The recipe with what was learnt, and the same items.
    """
    rest, held, size = iter(items), deque[Document | Failure](), 0
    for item in rest:
        held.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if size > _READ_AHEAD:
            break
    found = [item for item in held if isinstance(item, Document) and item.url]
    if found:
        homes = learn_homes(found, recipe.open_gazetteer(), spans=recipe.spans)
        recipe = dataclasses.replace(recipe, homes=homes)
    return recipe, chain(_drained(held), rest)


def _drained(held: deque[Document | Failure]) -> Iterator[Document | Failure]:
    while held:
        yield held.popleft()
