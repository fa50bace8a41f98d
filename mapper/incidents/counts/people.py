"""Groups of people in a sentence: "at least nine people", "a woman and her two children", "the leader of ...".

A group is read from left to right out of tokens, without a parser: a figure or a determiner, a run of nouns and names
up to a word that ends every such run (preposition, verb form of the list, mark), and a check of what the run is about.
Groups joined by "and" are added up; what follows "including" is part of the group and is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.incidents.counts.numbers import modifier_at, number_at, quantity_at
from mapper.incidents.counts.people_words import (
    BE,
    DETERMINERS,
    HAVE,
    ORGANISATION,
    PARTICIPLES,
    POSSESSIVE,
    PRONOUNS,
    STOP,
    THINGS,
    UNITS_AFTER,
    is_person,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.counts.numbers import Quantity, Token

__all__ = ["Group", "read_group", "read_item"]


_VERBAL = ("ing", "ed", "ible", "able")
_RUN = 9  # tokens in a run of nouns at most
_PARTS = 6  # groups in a coordination at most
_FIGURES_OF_AGE = 4  # fewer digits than a year has


_OF_AGE = ["-", "year", "-", "old"]
_SOMEBODY = frozenset(
    "man woman boy girl child youth teenager pensioner lad student farmer driver resident mother father parent parents "
    "grandmother grandfather grandparent grandparents".split()
)
"""Before "of" and a figure: somebody of that age, or with so many children."""


@dataclass(frozen=True, slots=True)
class Group:
    """People counted in one stretch: token indexes (end exclusive), bounds, and where the words for who they are begin.

    `counted`: a figure stands there; else it was one person named or described, or a bare plural. `partitive`: "six of
    them", a part of a group told before.
    """

    begin: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    who: int
    modifier: str | None = None
    additional: bool = False
    counted: bool = True
    partitive: bool = False
    noun: bool = True


def _run_end(tokens: Sequence[Token], words: Sequence[str], i: int, limit: int) -> int:
    """Give the end of the run of nouns, names and describing words that begins at `i`."""
    j = i
    while j < min(limit, i + _RUN):
        word = words[j]
        if word in {"-", "‑", "'", "’"} and i < j < limit - 1 and tokens[j].start == tokens[j - 1].end:
            j += 1  # a 17-year-old, Franco-German
            continue
        if (
            word == "."
            and j > i
            and len(words[j - 1]) <= 3
            and tokens[j].start == tokens[j - 1].end
            and j + 1 < limit
            and (tokens[j + 1].text[:1].isupper() or len(words[j - 1]) == 1)
        ):
            j += 1  # Gen. Qassem, the U.S. soldier
            continue
        if word in STOP or word in {"-", "‑"} or (j > i and (word in DETERMINERS or _begins_figure(words, j, limit))):
            break
        if j > i and modifier_at(words, j) is not None:
            break  # "on 25 June more than 60 people": what bends the next figure
        if j > i and word.endswith("ing") and len(word) > 4 and words[j - 1].endswith("s"):
            break  # "12 Houthis firing rockets"
        j += 1
    return j


def _begins_figure(words: Sequence[str], j: int, limit: int) -> bool:
    """Whether a figure of its own stands at `j`: "a minister's two children", and not "a local 18-year-old"."""
    found = number_at(words, j)
    return found is not None and not (found[0] < limit and words[found[0]] in {"-", "‑"})


def _cut(tokens: Sequence[Token], words: Sequence[str], start: int, end: int, *, shouting: bool) -> int | None:
    """Cut a run after its first person and the names there; None when the person only describes a thing."""
    head = next((k for k in range(start, end) if is_person(words[k])), None)
    if head is None:
        return end
    k = head + 1
    while k < end:
        word = words[k]
        if word in THINGS or word in ORGANISATION or words[k - 1].endswith("'s"):
            return None  # the police station, two soldiers' homes
        named = tokens[k].text[:1].isupper() and not shouting
        if not (is_person(word) or named or word in {"-", "‑", "'", "’", "."}) and (
            not shouting or word.endswith(_VERBAL)
        ):
            break
        if word in {"'", "’"} and k + 1 < end:
            return None
        k += 1
    while words[k - 1] in {"-", "‑", "'", "’", "."}:
        k -= 1  # a closing quote, not a possessive
    return k


def _of_them(words: Sequence[str], i: int) -> int | None:
    """Give the end of "of them", "of whom" at `i`."""
    if (
        tuple(words[i : i + 1]) == ("of",)
        and i + 1 < len(words)
        and words[i + 1] in {"them", "whom", "us", "these", "those"}
    ):
        return i + 2
    return None


def _figured(tokens: Sequence[Token], words: Sequence[str], i: int, limit: int, *, shouting: bool) -> Group | None:
    """Read a group that begins with a figure."""
    if words[i] in {"no", "none", "nobody", "neither"} and words[i + 1 : i + 2] not in (["more"], ["less"], ["fewer"]):
        return _nobody(tokens, words, i, limit)
    quantity: Quantity | None = quantity_at(words, i + 1 if words[i] in POSSESSIVE else i)
    if quantity is None or quantity.end > limit:
        return None
    before = words[i - 1] if i else ""
    if before in {
        "$",
        "€",
        "£",
        "no",
        "aged",
        "age",
        "ages",
        "flight",
        "highway",
        "route",
        "section",
        "article",
        "chapter",
        "number",
        "#",
    }:
        return None
    if before == "of" and words[i - 2] in _SOMEBODY:
        return Group(
            i, quantity.end, 1, 1, 1, i, counted=False
        )  # "a boy of 12 and his uncle", "mother of 13 shot dead"
    j = quantity.end
    group = Group(
        i, j, quantity.low, quantity.best, quantity.high, j, quantity.modifier, quantity.additional, noun=False
    )
    following = words[j] if j < len(words) else ""
    if following in UNITS_AFTER or (following in {"-", "‑", "th"} and tokens[j].start == tokens[j - 1].end):
        return None  # 5 %, 17-year-old
    partitive = _of_them(words, j)
    if partitive is not None:
        return replace(group, end=partitive, partitive=True)
    if words[j : j + 2] == ["of", "the"] or (following == "of" and j + 1 < len(words) and words[j + 1] in POSSESSIVE):
        inner = _run_end(tokens, words, j + 2, limit)
        if inner == j + 2 or not any(is_person(w) for w in words[j + 2 : inner]):
            return None  # one of the sources
        return replace(group, end=inner, who=j + 2, noun=True)
    # "In 2024 more than 60 people": what bends the next figure is no noun of this one.
    behind = j if modifier_at(words, j) is not None else _run_end(tokens, words, j, limit)
    end = _cut(tokens, words, j, behind, shouting=shouting)
    if end is None:
        return None
    run = words[j:end]
    if any(word in THINGS for word in run) and not is_person(run[-1]):
        return None
    plain_digits = tokens[j - 1].text
    if not run and plain_digits.isdecimal() and len(plain_digits) == 4 and 1900 <= int(plain_digits) < 2100:
        return None  # a year
    if words[j - 1] == "one" and run and not any(is_person(w) for w in run):
        return None
    end = _family(words, end, limit)
    return replace(group, end=end, noun=bool(run))


def _family(words: Sequence[str], end: int, limit: int) -> int:
    """Take in "of the same family" and the like, which says who and not how many."""
    if words[end : end + 2] == ["of", "the"] and end + 4 <= limit and words[end + 2 : end + 4] == ["same", "family"]:
        return end + 4
    return end


def _nobody(tokens: Sequence[Token], words: Sequence[str], i: int, limit: int) -> Group | None:
    """Read "no one", "none of the passengers", "no soldiers"."""
    zero = Group(i, i + 1, 0, 0, 0, i + 1)
    if words[i] == "nobody":
        return replace(zero, noun=True)
    if words[i] == "no" and words[i + 1 : i + 2] == ["one"]:
        return replace(zero, end=i + 2, who=i + 2)
    start = i + 1
    if words[i] != "no":
        if words[start : start + 1] != ["of"]:
            return zero
        start += 2 if words[start + 1 : start + 2] in (["the"], ["them"], ["his"], ["her"], ["their"]) else 1
    end = _run_end(tokens, words, start, limit)
    if words[i] == "no" and not any(is_person(w) for w in words[start:end]):
        return None
    return replace(zero, end=max(end, start), who=start)


def _described(tokens: Sequence[Token], words: Sequence[str], i: int, limit: int, *, shouting: bool) -> Group | None:
    """Read a group without a figure: one person named or described, or a bare plural."""
    if words[i] in PRONOUNS and (words[i] != "her" or i + 1 >= limit or words[i + 1] in STOP):
        one = PRONOUNS[words[i]] == 1
        return Group(
            i,
            i + 1,
            1 if one else 2,
            1 if one else None,
            1 if one else None,
            i,
            None if one else "plural",
            counted=False,
        )
    start = i + 1 if words[i] in DETERMINERS else i
    whole = _run_end(tokens, words, start, limit)
    if start >= whole:
        return None
    if words[i] in {"a", "the", "one", "an"} and words[whole - 1] == "family" and words[whole : whole + 1] == ["of"]:
        inside = quantity_at(words, whole + 1)
        if inside is not None and inside.end <= limit:
            return Group(i, inside.end, inside.low, inside.best, inside.high, start, inside.modifier)
        return None
    end = _cut(tokens, words, start, whole, shouting=shouting)
    if end is None:
        return None
    kinds = [is_person(word) for word in words[start:end]]
    if not any(kinds) and start > i and list(words[end - 4 : end]) == _OF_AGE:
        return Group(i, end, 1, 1, 1, start, counted=False)  # "shot dead a 17-year-old in Sebastia"
    if not any(kinds):
        return _named(tokens, i, start, end, words[start:end], shouting=shouting)
    if [kind for kind in kinds if kind][-1] == 2:
        named = [token.text[:1].isupper() for token in tokens[start:end]][len(kinds) - kinds[::-1].index(2) :]
        if len(named) > 1 and all(named) and not shouting:  # "brothers Ali Omar and Said Omar"
            return Group(i, end, 1, 1, 1, start, counted=False)
        return Group(i, end, 2, None, None, start, "plural", counted=False)
    return Group(i, end, 1, 1, 1, start, counted=False)


def _named(
    tokens: Sequence[Token], i: int, start: int, end: int, run: Sequence[str], *, shouting: bool
) -> Group | None:
    """Read two or more capitalised words as one person, where case tells names from other words."""
    if shouting or start != i or not 2 <= len(run) <= 5:
        return None
    if any(word in ORGANISATION or word in THINGS for word in run):
        return None
    letters = [t for t in tokens[start:end] if t.text[:1].isalpha()]
    if len(letters) < 2 or not (letters[0].text[0].isupper() and letters[-1].text[0].isupper()):
        return None
    particles = {"al", "el", "bin", "ibn", "de", "la", "van", "der", "von", "abu", "da", "dos", "del"}
    if not all(t.text[0].isupper() or t.low in particles for t in letters) or all(t.text.isupper() for t in letters):
        return None
    return Group(i, end, 1, 1, 1, start, counted=False)


def read_item(tokens: Sequence[Token], words: Sequence[str], i: int, limit: int, *, shouting: bool) -> Group | None:
    """Read one group at token `i`, not beyond `limit`; `shouting` is a text in capitals, where case says nothing."""
    if i >= limit:
        return None
    figured = _figured(tokens, words, i, limit, shouting=shouting)
    if figured is not None:
        return figured
    if words[i] in STOP and words[i] not in PRONOUNS and words[i] not in DETERMINERS:
        return None
    return _described(tokens, words, i, limit, shouting=shouting)


def read_group(tokens: Sequence[Token], words: Sequence[str], i: int, limit: int, *, shouting: bool) -> Group | None:
    """Read groups joined by commas and "and" at token `i` as one, added up.

    A part that is the subject of a clause of its own ("killed two soldiers and three were captured") is left out.
    """
    total = read_item(tokens, words, i, limit, shouting=shouting)
    if total is None:
        return None
    for _ in range(_PARTS):
        j = _behind_age(words, total.end, limit) if total.best == 1 or not total.counted else total.end
        joint = j
        if joint < limit and words[joint] == ",":
            joint += 1
        if joint < limit and words[joint] in {"and", "&"}:
            joint += 1
        elif tuple(words[joint : joint + 3]) == ("as", "well", "as") and joint + 3 < limit:
            joint += 3
        elif tuple(words[joint : joint + 2]) in {("along", "with"), ("together", "with")} and joint + 2 < limit:
            joint += 2
        elif words[joint - 1] != "," or not _goes_on(words, joint, limit):
            break
        part = read_item(tokens, words, joint, limit, shouting=shouting)
        if part is None or part.partitive or part.best == 0 or total.best == 0:
            break
        if _is_apposed(tokens, words, total, joint, part):
            total = replace(total, end=part.end)
            continue
        if part.modifier == "plural" and (total.counted or total.best == 1) and part.who == part.begin:
            break  # "two soldiers and civilians": the figure does not cover them
        if not part.noun or (part.end < limit and _begins_clause(words, part.end)):
            break
        total = _joined(total, part)
    return total


def _behind_age(words: Sequence[str], i: int, limit: int) -> int:
    """Give where a list goes on behind somebody's age, which may stand at token `i`: "Ann Ray, 23, and ..."."""
    if i + 2 < limit and words[i] in {",", "("} and words[i + 1].isdecimal() and len(words[i + 1]) < _FIGURES_OF_AGE:
        return i + 3 if words[i + 2] in {",", ")"} else i + 2
    return i


def _is_apposed(tokens: Sequence[Token], words: Sequence[str], named: Group, i: int, part: Group) -> bool:
    """Whether a group at `i` only says who somebody named before it is: "Anas al-Sharif, a correspondent, and four"."""
    one = named.best == part.best == 1 and not (named.counted or part.counted)
    name = tokens[named.begin].text[:1].isupper() and words[named.begin] not in DETERMINERS
    commas = words[i - 1] == "," and words[part.end : part.end + 1] == [","]  # not "the mayor, a driver and two guards"
    return one and name and commas and words[i] in {"a", "an", "the"}


def _goes_on(words: Sequence[str], i: int, limit: int) -> bool:
    """Whether a comma at `i` - 1 is one of a list: an "and" comes within a few words."""
    window = words[i : min(limit, i + 8)]
    for k, word in enumerate(window):
        if word == "and":
            return k > 0
        if word in STOP and word not in {",", "(", ")"}:
            return False
    return False


def _begins_clause(words: Sequence[str], i: int) -> bool:
    """Whether a verb follows a group, so that the group is a subject of its own."""
    return i < len(words) and (
        words[i] in BE
        or words[i] in HAVE
        or words[i] in PARTICIPLES - {"dead", "missing"}
        or words[i] in {"died", "missing", "dead"}
    )


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def _joined(a: Group, b: Group) -> Group:
    """Add two groups; what is certain of one of them is certain of both."""
    certain = [low for low in (a.low, b.low) if low is not None]
    return replace(
        a,
        end=b.end,
        low=sum(certain) if certain else None,
        best=_plus(a.best, b.best),
        high=_plus(a.high, b.high),
        modifier=a.modifier or b.modifier,
        counted=a.counted or b.counted,
    )
