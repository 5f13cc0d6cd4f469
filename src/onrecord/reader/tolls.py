"""Running counts: the measure of a count that ends right before a number (`toll`)."""

from __future__ import annotations

import re

_TOLL = re.compile(
    r".*\b(?P<what>disappear\w*|death|deaths|dead|killed|fatalit\w+|casualt\w+|injur\w+|wounded|arrest\w*|detain\w+|hostages|captives|"
    r"prisoners|missing|displaced|refugees|infect\w+|troops|votes|cases|crowd|turnout|victims|toll)\b"
    r"(?:\s+toll|\s+count|\s+total)?[^.;:]{0,100}?"
    r"\b(?:to|at|of|reach\w*|was|were|is|are|stands?|stood|exceed\w*|surpass\w*|crept|pass\w*|top\w*|hit|number\w*|total\w*"
    r"|climbed|from|includ\w+)"
    r"\s+(?:now\s+|already\s+|least\s+|\w+ly\s+)?$",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"\b(?:to|at|of|is|was|were|are|from|hit|[a-z]{4,9})\s+(?:now\s+|already\s+|least\s+|\w+ly\s+)?$", re.IGNORECASE
)
"""A cheap look before the search proper."""
_TOLL_MEASURE = (
    ("death|dead|killed|fatal|victim|toll", "killed"), ("casualt", "casualties"), ("injur|wound", "injured"),
    ("arrest|detain", "detained"), ("hostage|captive|prisoner", "held"), ("missing|disappear", "missing"),
    ("displac|refugee", "displaced"), ("infect", "sick"), ("troops", "troops"), ("votes", "votes"),
    ("cases", "incidents"), ("crowd|turnout", "participants"),
)  # fmt: skip


def toll(text: str) -> str | None:
    """The measure of a running count that ends right before a number: "the death toll has reached"."""
    match = _TOLL.search(text) if _LINKED.search(text[-32:]) else None
    if not match:
        return None
    what = match["what"].lower()
    return next(m for stems, m in _TOLL_MEASURE if re.match(stems, what))
