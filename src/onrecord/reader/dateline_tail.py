"""The foot of a report -> where its boilerplate begins: contributor lines, links, newsletters, copyright."""

from __future__ import annotations

import re

from onrecord.reader import dateline_shapes as shapes

FOOT = 4000
"""Characters at the end that are looked at."""
LINKS_FROM = 0.6
"""A heading such as "Read more" ends the report only beyond this share of the text."""

_UNIT = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?=\s)|\)(?=\s+[A-Z])|(?=\n)|$)")
_HEADING = re.compile(
    r"(?:read (?:more|next|also)|related|more on this|more from|see also|also read)\b[^\n.!?]{0,60}(?:\n|:|$)",
    re.IGNORECASE,
)


def find_tail(text: str, body_start: int) -> int | None:
    """Offset at which boilerplate begins and nothing but boilerplate follows, or None.

    Units (lines and sentences) are judged from the end upward.  A line without a full stop below boilerplate, or
    at the very end below a line of it, goes with it: such lines are links, captions and slogans.
    """
    start = max(body_start, len(text) - FOOT)
    units = [(m.start(), m.end()) for m in _UNIT.finditer(text, start) if m.group().strip()]
    tail: int | None = None
    pending: int | None = None
    for first, last in reversed(units):
        unit = text[first:last].strip()
        begin = first + len(text[first:last]) - len(text[first:last].lstrip())
        if shapes.BOILERPLATE.match(unit) or (tail is None and shapes.credit_pattern().fullmatch(unit)):
            tail, pending = begin, None
        elif unit[-1] not in ".!?\"”’'" and pending is None:
            pending = begin
        else:
            break
    found = [x for x in (tail, _links(text, body_start)) if x is not None]
    return min(found, default=None)


def _links(text: str, body_start: int) -> int | None:
    """A heading of links on a line of its own in the last part of the text; all below it is theirs."""
    floor = max(body_start, int(len(text) * LINKS_FROM), len(text) - FOOT)
    newline = text.find("\n", floor)
    while newline >= 0:
        if _HEADING.match(text, newline + 1):
            return newline + 1
        newline = text.find("\n", newline + 1)
    return None
