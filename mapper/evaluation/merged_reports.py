"""Incidents of several reports that are one: what merging makes of them, beside the chains of ECB+.

ECB+ (Cybulska and Vossen 2014) marks mentions of events in news reports, and which mentions over all reports are one
event: its chains. The protocol:

- every report is read by the pipeline, without a publication date, as the corpus has none;
- each incident is labelled with a chain: of the mentions that its words of evidence hold on a trigger of its own family
  of types, the one whose chain has most mentions in the corpus; of violence and accidents also on a word of harm, where
  there is no other: an arrest over a death is not the death. Shot, killed and wounded are three chains of ECB+ and one
  incident; the largest chain stands for it in every report;
- incidents whose words no annotator marked are left out, and counted;
- all are merged at once, over all topics, and B-cubed is that of incidents, by the chains.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from mapper import incidents
from mapper.evaluation.chains import ChainedMention
from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.incidents.scheme import GENERIC, family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.evaluation.reading import Row
    from mapper.records import Incident, Report

__all__ = ["apart", "average_link", "chained_incidents", "merged", "one_a_topic"]

_CUT: Final = 0.125
"""Cosine down to which average linkage joins; the best of .05, .075, ... .3 on the training part of ECB+."""


_HARMFUL: Final = frozenset({"violence", "accident", "piracy", "natural_disaster"})
"""Families of types whose incidents a word of harm alone may tell of."""


def chained_incidents(
    reports: Iterable[Report], mentions: Sequence[Row]
) -> tuple[dict[str, ChainedMention], list[Incident], int]:
    """Label the incidents of reports with the chains of the corpus.

    Parameters
    ----------
    reports
        Of the corpus, as the pipeline gives them; each text is tokens parted by single spaces.
    mentions
        Rows `{"doc_id", "topic_id", "chain", "token_numbers_in_sent"}`; the numbers count the tokens of the text.

    Returns
    -------
    tuple
        The gold, by id of the incident; the labelled incidents; how many more there are without a label.
    """
    size = Counter(row["chain"] for row in mentions)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in mentions:
        rows[row["doc_id"]].append(row)
    gold: dict[str, ChainedMention] = {}
    labelled: list[Incident] = []
    others = 0
    for report in reports:
        own = rows[report.document.id]
        marks = _marks(report.document.text, own)
        topic = own[0]["topic_id"] if own else ""
        for incident in report.incidents:
            chains = _chains(incident, marks)
            if not chains:
                others += 1
                continue
            chain = max(chains, key=lambda name: (size[name], name))
            gold[incident.incident_id] = ChainedMention(chain, report.document.id, topic)
            labelled.append(incident)
    return gold, labelled, others


def _marks(text: str, rows: Iterable[Row]) -> list[tuple[int, int, str]]:
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    found = []
    for row in rows:
        numbers = [number for number in row["token_numbers_in_sent"] if number < len(tokens)]
        if numbers:
            found.append((tokens[numbers[0]][0], tokens[numbers[-1]][1], row["chain"]))
    return found


def _chains(incident: Incident, marks: Iterable[tuple[int, int, str]]) -> list[str]:
    own: list[str] = []
    harm: list[str] = []
    for said in incident.evidence:
        if said.field != "incident":
            continue
        for trigger in find_triggers(tokenize(said.text)):
            start, end = said.start + trigger.start, said.start + trigger.end
            touched = [chain for a, b, chain in marks if a < end and start < b]
            if trigger.event_type == GENERIC:
                harm += touched
            elif family(trigger.event_type) == family(incident.event_type):
                own += touched
    return own or (harm if family(incident.event_type) in _HARMFUL else [])


def merged(labelled: Iterable[Incident]) -> dict[str, str]:
    """Put each incident where merging puts it."""
    groups = incidents.group(incidents.telling(incident) for incident in labelled)
    return {told.incident_id: members[0].incident_id for members in groups for told in members}


def apart(labelled: Iterable[Incident]) -> dict[str, str]:
    """Leave each incident alone."""
    return {incident.incident_id: incident.incident_id for incident in labelled}


def one_a_topic(gold: Mapping[str, ChainedMention]) -> dict[str, str]:
    """Put all incidents of a topic, which the corpus gives, into one."""
    return {name: mention.topic for name, mention in gold.items()}


def average_link(labelled: Sequence[Incident], cut: float = _CUT) -> dict[str, str]:
    """Join incidents by TF-IDF of their words of evidence alone, average linkage down to a cosine."""
    bags = [
        Counter(re.findall(r"\w+", " ".join(e.text for e in one.evidence if e.field == "incident").lower()))
        for one in labelled
    ]
    held = Counter(word for bag in bags for word in bag)
    index = {word: number for number, word in enumerate(held)}
    vectors = np.zeros((len(bags), len(index)))
    for row, bag in enumerate(bags):
        for word, count in bag.items():
            vectors[row, index[word]] = (1 + math.log(count)) * math.log((1 + len(bags)) / held[word])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    sums = vectors @ vectors.T  # of the cosines between the members of two clusters
    members = [[row] for row in range(len(bags))]
    while len(members) > 1:
        sizes = np.array([len(cluster) for cluster in members], dtype=float)
        means = sums / np.outer(sizes, sizes)
        np.fill_diagonal(means, -1.0)
        one, other = divmod(int(means.argmax()), len(members))
        if means[one, other] < cut:
            break
        one, other = sorted((one, other))
        members[one] += members.pop(other)
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sums = np.delete(np.delete(sums, other, 0), other, 1)
    return {labelled[row].incident_id: str(number) for number, cluster in enumerate(members) for row in cluster}
