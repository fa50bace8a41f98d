"""Who did it, to whom, with what, and who says so: names as the text has them.

`phrases` reads the nouns of a clause, with the names that a recogniser found; `roles` tells by where they stand who did
it and to whom, `stances` who claims, is blamed or denies, `citing` the weapon and who says so; `words` lists the words.
"""

from __future__ import annotations

from mapper.incidents.actors.citing import attributions, weapon
from mapper.incidents.actors.phrases import Names, Text
from mapper.incidents.actors.reading import Parties, parties
from mapper.incidents.actors.stances import find_stances

__all__ = ["Names", "Parties", "Text", "attributions", "find_stances", "parties", "weapon"]
