"""The one place where the stages meet: a document in, a report out; a set of sources in, a folder of results out.

::

    sources -> documents -> engine: process, one by one -> journal -> merged incidents -> layers, part by part -> files

`stages` has the whole way of one document; `recipe` says what it is made with, so that workers can open the same;
`packing` turns a report into bytes and back; `journal` keeps what a run has done so far; `collecting` leads documents
through an engine; `gathering` merges what several reports tell and lays it out; `others` has the incidents that others
have coded, which stand beside them; `workplace` is where files are made before they are put in place; `running` does a
whole run, and `account` is what it says of itself.
"""

from __future__ import annotations

from mapper.pipeline.collecting import Notify, Progress, documents, walk
from mapper.pipeline.gathering import merged, merged_layers, sure
from mapper.pipeline.packing import key_of
from mapper.pipeline.recipe import LIBRARIES, Recipe, library_versions, versions
from mapper.pipeline.running import RunSummary, Writer, collected, run
from mapper.pipeline.stages import Spans, process, stream

__all__ = [
    "LIBRARIES",
    "Notify",
    "Progress",
    "Recipe",
    "RunSummary",
    "Spans",
    "Writer",
    "collected",
    "documents",
    "key_of",
    "library_versions",
    "merged",
    "merged_layers",
    "process",
    "run",
    "stream",
    "sure",
    "versions",
    "walk",
]
