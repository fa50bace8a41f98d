"""Mentions of one event gathered over documents: pairwise and B-cubed figures of predicted clusters.

B-cubed (Bagga and Baldwin 1998): for each mention, the share of its predicted cluster that is of its gold chain is its
precision, the share of its gold chain that is in its predicted cluster its recall; averaged over mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from mapper.errors import SourceError
from mapper.evaluation.figures import of_counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from mapper.evaluation.figures import Figures
    from mapper.evaluation.reading import Row

__all__ = ["ChainedMention", "chained_mention", "cluster_of", "score_clusters"]


@dataclass(frozen=True, slots=True)
class ChainedMention:
    """A mention of the corpus: the chain it belongs to, the document it stands in; its topic and lemma where told."""

    chain: str
    document: str
    topic: str = ""
    lemma: str = ""


def chained_mention(row: Row) -> ChainedMention:
    """Make the gold of a line `{"mention_id", "doc_id", "chain"}`."""
    chain, document = row.get("chain"), row.get("doc_id")
    if chain is None or document is None:
        raise SourceError('the line has no "chain" or no "doc_id"', hint='a line is {"mention_id", "doc_id", "chain"}')
    return ChainedMention(str(chain), str(document), str(row.get("topic_id") or ""), str(row.get("lemma") or ""))


def cluster_of(row: Row) -> str:
    """Give the cluster of a line `{"mention_id", "cluster"}`."""
    if row.get("cluster") is None:
        raise SourceError('the line has no "cluster"', hint='a line of predictions is {"mention_id", "cluster"}')
    return str(row["cluster"])


def score_clusters(gold: Mapping[str, ChainedMention], answers: Mapping[str, str]) -> Figures:
    """Score clusters of mentions; a mention without an answer is a cluster of its own.

    Returns
    -------
    dict
        `b_cubed`; `pairwise`, and `pairwise_across_documents` over pairs of mentions in different documents, each with
        P, R, F1; how many `mentions`, `gold_clusters` and `pred_clusters` there are.
    """
    given = {name: ("given", answers[name]) if name in answers else ("alone", name) for name in gold}
    chains = _gathered((mention.chain, name) for name, mention in gold.items())
    clusters = _gathered((given[name], name) for name in gold)
    shared = _gathered(((mention.chain, given[name]), name) for name, mention in gold.items())
    found: Figures = {"b_cubed": _b_cubed(gold, given, chains, clusters, shared)}
    for name, across in (("pairwise", False), ("pairwise_across_documents", True)):
        counted = (_pairs(sets.values(), gold, across=across) for sets in (shared, chains, clusters))
        found[name] = of_counts(*counted)
    return found | {"mentions": len(gold), "gold_clusters": len(chains), "pred_clusters": len(clusters)}


def _gathered(items: Iterable[tuple[Hashable, str]]) -> dict[Hashable, list[str]]:
    sets: dict[Hashable, list[str]] = defaultdict(list)
    for key, name in items:
        sets[key].append(name)
    return sets


def _b_cubed(
    gold: Mapping[str, ChainedMention],
    given: Mapping[str, Hashable],
    chains: Mapping[Hashable, list[str]],
    clusters: Mapping[Hashable, list[str]],
    shared: Mapping[Hashable, list[str]],
) -> Figures:
    precision = recall = 0.0
    for name, mention in gold.items():
        common = len(shared[mention.chain, given[name]])
        precision += common / len(clusters[given[name]]) / len(gold)
        recall += common / len(chains[mention.chain]) / len(gold)
    both = precision + recall
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / both if both else 0.0}


def _pairs(sets: Iterable[list[str]], gold: Mapping[str, ChainedMention], *, across: bool) -> int:
    total = 0
    for names in sets:
        total += comb(len(names), 2)
        if across:
            total -= sum(comb(count, 2) for count in Counter(gold[name].document for name in names).values())
    return total
