"""Which texts of this project's own no model is trained on."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HELD", "is_held_back", "is_unseen"]

HELD = 10
"""One in so many of the project's own texts is never trained on: temperatures and figures come from those."""

_TRAINED_ON = "dispatches"
"""The folder of the texts that models are trained on."""


def is_held_back(name: str) -> bool:
    """Tell whether a text of this name is held back."""
    return zlib.crc32(name.encode()) % HELD == 0


def is_unseen(path: Path, name: str) -> bool:
    """Tell whether no model has seen a dispatch: one that is held back, or that lies in another folder."""
    return path.parent.name != _TRAINED_ON or is_held_back(name)
