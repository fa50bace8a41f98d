"""The record of a mention: one clause that tells of one event, and what it says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.incidents.scheme import family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.incidents.clauses import Clause
    from mapper.incidents.counts import CountMention
    from mapper.incidents.dates import DateMention
    from mapper.incidents.lexicon import Trigger
    from mapper.language import Arguments
    from mapper.records import Actor, IncidentPlace, Resolution, Sentence

__all__ = ["Mention"]


@dataclass(slots=True)
class Mention:
    """One clause that tells of one event. Offsets of spans are the document's.

    Attributes
    ----------
    trigger, triggers
        The main trigger, and all that tell of this event in the clause, with offsets into the sentence.
    harm
        Words of harm in the clause.
    strength
        Of the strongest trigger; 1 is harm without a cause ("three people died").
    definite, fresh, several, habitual
        "the attack" points back; "another attack" and "85 attacks" do not; bare "attacks" may be no event at all.
    relation
        To the mention before it in the sentence.
    scene
        Its place is that of the event before ("at the scene").
    same_time
        Its day is told by another one ("that night", "days after", "at the scene").
    bygone
        Told of years ago.
    ongoing
        Told in the present ("are marching"): it happens on the day of the report.
    told
        What the model says of the words around it; None where it says nothing.
    heard
        The type that the model takes the trigger for, and its probability.
    asked
        The chance of each type when it is asked about the trigger alone, and has read what is around it.
    reached
        Which of "place" and "date" come from beyond the clause, by the model's word: they contradict nothing.
    beside
        Told as what was at the same time as the event before ("rallies were also held").
    back
        The words that point back to the day of another event ("hours later").
    ground
        Where the words begin, in the document, that tell of it as what arrests were made for; 0 where it is news.
    entry
        Number of the entry in which it stands, where the report is a list of them (see `entries`).
    """

    sentence: Sentence
    clause: Clause
    trigger: Trigger
    triggers: tuple[Trigger, ...]
    harm: tuple[Trigger, ...]
    event_type: str
    subtype: str
    strength: int
    status: str
    relation: str = ""
    definite: bool = False
    fresh: bool = False
    several: bool = False
    habitual: bool = False
    background: bool = False
    scene: bool = False
    bygone: bool = False
    ongoing: bool = False
    same_time: bool = False
    places: tuple[IncidentPlace, ...] = ()
    dates: list[DateMention] = field(default_factory=list)
    counts: list[CountMention] = field(default_factory=list)
    perpetrators: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    sources: list[Actor] = field(default_factory=list)
    weapon: str | None = None
    told: Arguments | None = None
    heard: tuple[str, float] = ("O", 0.0)
    asked: Mapping[str, float] = field(default_factory=dict)
    reached: frozenset[str] = frozenset()
    beside: bool = False
    back: DateMention | None = None
    entry: int = 0
    ground: int = 0

    @property
    def happened(self) -> list[Resolution]:
        """Where it happened, by this clause."""
        return [place.resolution for place in self.places if place.role == "happened"]

    @property
    def family(self) -> str:
        """Family of the type."""
        return family(self.event_type)
