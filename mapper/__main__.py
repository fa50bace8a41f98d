"""``python -m mapper`` is the command `mapper`."""

from __future__ import annotations

from mapper.cli import main

if __name__ == "__main__":
    main()
