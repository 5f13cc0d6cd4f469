"""A happening and the report's places -> where it was: the head's place arguments, else what its clause names.

In its clause a place belongs to the happening beside it: what stands beyond another happening's trigger or within
another clause ("called for talks in Orl", "after talks in Orl") is that one's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from onrecord.reader.event_times import NO_FRAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord import records as R
    from onrecord.reader.document import Document
    from onrecord.reader.event_times import Frame
    from onrecord.reader.events import EventDraft

MOST = 2
"""So many places of a happening are kept ("strikes in Orl and Keshet")."""
_PLACED = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "AID", "CONSULT", "RETREAT", "SANCTION"})
"""Types that have a place more often than not where one stands in their clause; acts of speech seldom have one."""
_AWAY = re.compile(
    r"\b(?:after|before|since|when|while|until|who|which|whose|because|if|ahead of|said|says|told|according)\b|;",
    re.IGNORECASE,
)
"""What begins another clause between a happening and a place."""


def event_places(
    document: Document, e: EventDraft, places: Sequence[R.Place], frame: Frame = NO_FRAME
) -> tuple[str, ...]:
    """Ids of where it happened, at most `MOST`; `places` are those of the report's own text, in order."""
    given = [p for span in e.places for p in _between(places, *span)]
    if not given and e.type in _PLACED:
        given = [p for p in _between(places, *e.clause) if not _elsewhere(document, e, p, frame)]
    literal = sorted((p for p in given if p.use == "literal"), key=lambda p: (p.start, p.id))
    found = dict.fromkeys(p.id for p in literal)
    return tuple(found)[:MOST]


def _elsewhere(document: Document, e: EventDraft, p: R.Place, frame: Frame) -> bool:
    """Does a place of the clause belong to something else?"""
    low, high = min(p.end, e.trigger[1]), max(p.start, e.trigger[0])
    own = {e.trigger, *e.mentions}
    if any((a, b) not in own for a, b, _ in frame.inside(low, high)):
        return True
    return bool(_AWAY.search(document.text, low, high))


def _between(places: Sequence[R.Place], start: int, end: int) -> Sequence[R.Place]:
    first = bisect_left(places, start, key=lambda p: p.start)
    return places[first : bisect_left(places, end, lo=first, key=lambda p: p.start)]
