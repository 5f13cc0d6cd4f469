"""A text broken into lines of about equal length -> the same text with one line per paragraph, character for character.

Wires, mailing lists and old archives break lines at a fixed width; the line breaks say nothing, but a reader that takes
each line for a paragraph cuts every sentence.  A break becomes a space where the line was full, or ends no sentence, and
the next one goes on; breaks before indented or empty lines and bullets stay.
"""

from __future__ import annotations

import re
from itertools import pairwise

LEAST_LINES = 4
"""Fewer lines show no width."""
WIDTHS = (40, 100)
"""Columns that texts are wrapped at."""
FULL_SHARE = 0.7
"""Where fewer lines than this go on at the full width, the line breaks mean something."""
CLOSED_SHARE = 0.5
"""Where more lines than this end a sentence, each is a paragraph of its own."""
SLACK = 16
"""A full line is shorter than the longest by less than a long word."""
_STOPS = (".", "!", "?", ":", '."', '?"', '!"')
_GOES_ON = re.compile(r"[^\W_]|[\"'“‘(\[$€£]")


def is_hard_wrapped(text: str) -> bool:
    """Are the lines of a text cut at a fixed width?"""
    lines = [line.rstrip() for line in text.split("\n")]
    if sum(map(bool, lines)) < LEAST_LINES:
        return False
    width = max(map(len, lines))
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        return False
    inner = [one for one, two in pairwise(lines) if one and _GOES_ON.match(two)]
    full = sum(len(i) >= width - SLACK for i in inner)
    closed = sum(i.endswith(_STOPS) for i in inner)
    return len(inner) >= LEAST_LINES - 1 and full >= FULL_SHARE * len(inner) and closed <= CLOSED_SHARE * len(inner)


def unwrapped(text: str) -> str:
    """The text with the line breaks inside its paragraphs made spaces."""
    lines = [m.span() for m in re.finditer(r"[^\n]+|(?<=\n)(?=\n)", text)]
    width = max((len(text[a:b].rstrip()) for a, b in lines), default=0)
    out = list(text)
    for (start, end), (after, _) in pairwise(lines):
        line = text[start:end].rstrip()
        open_ended = len(line) >= width - SLACK or not line.endswith(_STOPS)
        if after == end + 1 and line and open_ended and _GOES_ON.match(text, after):
            out[end] = " "
    return "".join(out)
