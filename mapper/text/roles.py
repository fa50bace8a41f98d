"""What a paragraph is for: the report's own text, its headline, a line on its origin, a link to another report."""

from __future__ import annotations

import re

__all__ = ["TeaserBlock", "is_dateline", "is_title"]

_HEADINGS = (
    r"latest (?:developments?|news|updates?|headlines|stories)",
    r"(?:read|see|find out|learn) more(?: (?:on this|about this))?",
    r"more (?:on this(?: story)?|stories|news|headlines|coverage|from)",
    r"related(?: (?:stor(?:y|ies)|articles?|news|content|coverage|topics?|posts?|reading|links))?",
    r"(?:also|must|further|recommended|suggested) read(?:ing|s)?",
    r"(?:read|see|watch|listen)(?: also| next| now)",
    r"recommended(?: (?:for you|stories|articles|reading))?",
    r"you (?:may|might)(?: also)? (?:like|be interested in)",
    r"(?:most|best) (?:read|popular|viewed|shared)",
    r"(?:top|other|popular|trending|featured) (?:stories|news|headlines|articles|posts)",
    r"trending(?: now)?|don['’]t miss|in other news|up next|what to read next|in case you missed it",
    r"editor['’]?s['’]? (?:picks?|choice)|elsewhere on the (?:web|site)|in (?:pictures|video)",
)
_HEADING = "|".join(_HEADINGS)
_ALONE = re.compile(rf"\W{{0,4}}(?:{_HEADING})\b[^.!?\n]{{0,25}}[:»>…]?\s*", re.IGNORECASE)
_INLINE = re.compile(rf"\W{{0,4}}(?:{_HEADING})\s*(?:[:|»>]|\s[-–—]\s)\s*\S", re.IGNORECASE)
_STOP = re.compile(r"(?:(?<!\.)[.]|[!?…]|\.{3}|[。！？؟۔।])[\"'”’»)\]]*\s*\Z")
_LONGEST_HEADING = 60
_MOST_TEASERS = 12

_PLACE_AGENCY = re.compile(
    r"[A-Z][^\W\d_]*[\w .,’'/-]{0,60}?(?:\((?:[A-Z][\w.&/-]*\s?){1,4}\)\s*[-–—]*|\s*(?:--|[–—]))\s*"
)
_BY_LINE = re.compile(
    r"(?:by|from|(?:story|reporting|written) by|published|posted|(?:last )?(?:updated|modified)"
    r"|date|dateline|source|photo|image)\b"
    r"(?:\s*:|\s+(?:on|at)\b|\s+(?=[A-Z\d])).{1,120}",
    re.IGNORECASE,
)
_DATE_ALONE = re.compile(
    r"(?:\w{3,9}[.,]*\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}|[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d{2}-\d{2})"
    r"(?:\W{1,4}.{0,30})?"
)
_LONGEST_DATELINE = 140


class TeaserBlock:
    """Follows the paragraphs of one report and tells which are links to other reports.

    A heading such as "LATEST DEVELOPMENTS:" opens a block, and paragraphs without a final stop (headlines) stay in it;
    the first one that ends as a sentence does closes it, because sites put their own text right behind. A paragraph of
    two or more headlines glued together without a stop, and one that begins with "Read more:", are teasers wherever
    they stand.
    """

    def __init__(self) -> None:
        self._left = 0

    def covers(self, paragraph: str, *, glued: int) -> bool:
        """Tell whether the next paragraph is a teaser; `glued` counts its seams without a stop."""
        tail = paragraph[-60:]
        if len(paragraph) <= _LONGEST_HEADING and _ALONE.fullmatch(paragraph):
            self._left = _MOST_TEASERS
            return True
        headline = _STOP.search(tail) is None
        if _INLINE.match(paragraph[:200]) and len(paragraph) <= 300:
            return True
        if self._left and headline:
            self._left -= 1
            return True
        self._left = 0
        return headline and glued > 0 and not _has_inner_stop(paragraph)


def is_title(sentence: str, title: str | None, *, glued: bool, alone: bool) -> bool:
    """Tell whether the first sentence of a report is its headline.

    It is when it says what the title says, or when it has no final stop and is glued to the text. Without a known title
    a short first paragraph without a final stop counts as one.
    """
    if title and _key(sentence) == _key(title):
        return True
    if _STOP.search(sentence[-60:]):
        return False
    return glued or (
        title is None and alone and 8 <= len(sentence) <= 200 and " " in sentence and not sentence.endswith((":", ","))
    )


def is_dateline(paragraph: str) -> bool:
    """Tell whether a paragraph is only about where a report comes from: place and agency, author, publication date."""
    if len(paragraph) > _LONGEST_DATELINE or _STOP.search(paragraph[-60:]):
        return False
    return any(form.fullmatch(paragraph) for form in (_PLACE_AGENCY, _BY_LINE, _DATE_ALONE))


def _has_inner_stop(paragraph: str) -> bool:
    return re.search(r"[a-z]{2}[.!?][\"”’]?(?:\s|(?=[A-Z]))", paragraph) is not None


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
