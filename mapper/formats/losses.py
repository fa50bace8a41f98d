"""What a format cannot hold is said, once a file, in one line."""

from __future__ import annotations

import warnings

__all__ = ["LossWarning", "warn_loss"]


class LossWarning(UserWarning):
    """A file was written whole, but its format could not hold all of the layer."""


def warn_loss(message: str) -> None:
    """Warn that something of a layer is not in the file; `message` names what, how much, and where it is kept."""
    warnings.warn(message, LossWarning, stacklevel=2)
