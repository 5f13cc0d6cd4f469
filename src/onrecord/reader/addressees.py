"""Phrases that a cue may be spoken to -> those that are: "told Orl", "in an interview with the Lake Post, he said"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range

_SPOKEN_TO = re.compile(
    r"\b(?:interview\w*|conversation|call|letter|message|e-?mail|note|briefing|speaking|speech|address|remarks?|comments?|statement|"
    r"testimony|reply|response)\s+(?:\w+\s+){0,2}?(?:with|to|before)\s+(?:\w+\s+){0,3}$|\b(?:telling|addressing|told|tells?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NEAR = 60


def is_addressed(document: Document, cue: Range, r: Range, contents: list[Range], *, quiet: bool) -> bool:
    """Is the phrase at `r` spoken to by the words at `cue`?

    Who is spoken to stands in the cue's own sentence: behind the cue, and not within what is said unless that opens
    with it ("ordered the troops to leave"); before the cue where he is its passive subject (`quiet`) or the words say so.
    """
    home = document.sentence_at(cue[0])
    if document.sentence_at(r[0]) != home:
        return False
    if any(s + 1 < r[0] and r[1] <= e for s, e in contents):
        return False
    if r[0] >= cue[0] or quiet:
        return True
    return _SPOKEN_TO.search(document.text, max(document.sentences[home][0], r[0] - _NEAR), r[0]) is not None
