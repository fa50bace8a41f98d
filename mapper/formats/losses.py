"""What a format cannot hold, and what of a file could not be used, is said once a file, in one line."""

from __future__ import annotations

import warnings

__all__ = ["LossWarning", "RowWarning", "warn_loss", "warn_rows"]


class LossWarning(UserWarning):
    """A file was written whole, but its format could not hold all of the layer."""


class RowWarning(UserWarning):
    """A file was read, but not all of its rows could be used, or not in full."""


def warn_loss(message: str) -> None:
    """Warn that something of a layer is not in the file; `message` names what, how much, and where it is kept."""
    warnings.warn(message, LossWarning, stacklevel=2)


def warn_rows(message: str) -> None:
    """Warn that rows of a file could not be used; `message` names how many, the first of them, and the reason."""
    warnings.warn(message, RowWarning, stacklevel=2)
