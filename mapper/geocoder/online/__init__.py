"""Online geocoders through geopy, asked politely; nothing is sent anywhere unless one of them is named.

`PROVIDERS` has the services with their terms, `Service` asks one of them: in its turn, which holds across processes,
remembering answers where the terms allow it, and leaving a service alone that refuses or fails. `search` is the same
for one name, and `Fallback` asks for the names of reports that the gazetteer lacks. Answers come back as the
`Candidate` of the gazetteer, with the provider as ``place.gazetteer``.
"""

from __future__ import annotations

from mapper.geocoder.online.fallback import Fallback, fallback_of
from mapper.geocoder.online.providers import PROVIDERS, Provider
from mapper.geocoder.online.service import Patience, Service, search

__all__ = ["PROVIDERS", "Fallback", "Patience", "Provider", "Service", "fallback_of", "search"]
