"""A story: incidents or views in a set order, each with a note, from a small JSON file.

{"title": "One week in February",
"steps": [{"incident": "2db8a925876e", "title": "The strike", "note": "What set it off."},
{"view": [33.3, 44.4, 7], "note": "The wider picture."}]}
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.maps import cells

if TYPE_CHECKING:
    import os

__all__ = ["read_story"]

_HINT = 'write {"title": ..., "steps": [{"incident": ID, "note": ...}, {"view": [lat, lon, zoom], "note": ...}]}'
_MOST_STEPS = 500


def read_story(source: str | os.PathLike[str] | dict[str, Any]) -> dict[str, Any]:
    """Read a story from a file, or check one that is given; texts are cleaned.

    Raises
    ------
    SourceError
        The file is missing or no JSON, has no steps, or a step has neither an incident nor a view of latitude (-90 to
        90), longitude (-180 to 180) and zoom (1 to 19).
    """
    found = source if isinstance(source, dict) else _load(Path(source))
    steps = found.get("steps")
    if not isinstance(steps, list) or not 0 < len(steps) <= _MOST_STEPS:
        raise SourceError(f"a story has a list of 1 to {_MOST_STEPS} steps", hint=_HINT)
    return {"title": cells.text(found.get("title")), "steps": [_step(step, n) for n, step in enumerate(steps, 1)]}


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no JSON"
        raise SourceError(f"cannot read the story {path}: {reason}", hint=_HINT) from error
    if not isinstance(found, dict):
        raise SourceError(f"the story {path} is no object", hint=_HINT)
    return found


def _step(step: Any, number: int) -> dict[str, Any]:
    incident = cells.text(step.get("incident")) if isinstance(step, dict) else None
    view = _view(step.get("view")) if isinstance(step, dict) else None
    if incident is None and view is None:
        raise SourceError(f"step {number} of the story has neither an incident nor a view", hint=_HINT)
    return {"incident": incident, "view": view, **{k: cells.text(step.get(k)) for k in ("title", "note")}}


def _view(value: Any) -> list[float] | None:
    if not isinstance(value, list | tuple) or len(value) != 3:
        return None
    lat, lon, zoom = (cells.number(part) for part in value)
    if lat is None or lon is None or zoom is None:
        return None
    return [lat, lon, zoom] if abs(lat) <= 90 and abs(lon) <= 180 and 1 <= zoom <= 19 else None
