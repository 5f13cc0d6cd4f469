"""Small rules that turn words and positions into codebook values: quotation, certainty, modes, contexts, times."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader.contexts import Story
from onrecord.reader.event_places import event_places
from onrecord.reader.event_times import event_time, frame_of
from onrecord.reader.figure_events import figure_owners
from onrecord.reader.go_betweens import mediating, third_parties
from onrecord.reader.modes import best_mode, takes_ground, zones

if TYPE_CHECKING:
    from onrecord import records as R
    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

__all__ = [
    "Story",
    "certainty",
    "event_modes",
    "event_places",
    "event_time",
    "figure_owners",
    "frame_of",
    "inherit",
    "mediating",
    "quotation",
    "third_parties",
]  # fmt: skip
"""The rules by name; those of some size live in modules of their own."""

_PROBABLE = re.compile(
    r"\b(?:belie\w+|think|thinks|thought|suspect\w*|fear\w*|expect\w*|estimat\w+|hope[sd]?|hinted|suggest\w*|likely|probabl\w+|appear\w*)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:may|might|possib\w+|could|allegedly|reportedly|rumou?r\w*|unconfirmed)\b", re.IGNORECASE)


def quotation(document: Document, contents: list[Range]) -> str:
    """`direct` where all content stands in quotation marks, `mixed` where some of it does."""
    if not contents:
        return "indirect"
    quoted = sum(max(0, min(e, qe) - max(s, qs)) for s, e in contents for qs, qe in document.quotes)
    total = sum(e - s for s, e in contents)
    if quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted > 0 else "indirect"


def certainty(cue: str, act: str) -> str:
    """Of the source towards the content, from the cue."""
    if _POSSIBLE.search(cue):
        return "possible" if not re.search(r"reportedly|allegedly", cue, re.IGNORECASE) else "unknown"
    if act in ("believe", "estimate") or _PROBABLE.search(cue):
        return "probable"
    return "certain"


def inherit(statements: list[R.Statement], document: Document) -> list[R.Statement]:
    """ "The diplomat said" in the next sentence keeps the broadcaster that cited him in its chain."""
    carried: dict[tuple[str, ...], tuple[int, tuple[R.ChainLink, ...]]] = {}
    found = []
    for told in statements:
        s = told
        at = min((c.start for c in (*s.cue, *s.content)), default=0)
        home = document.sentence_at(at)
        key = s.source.actors
        if len(s.chain) > 1 and s.within is None and key:
            carried[key] = (home, s.chain[:-1])
        elif len(s.chain) == 1 and key in carried and 0 < home - carried[key][0] <= 2:
            outer = tuple(replace(x, inherited=True) for x in carried[key][1])
            s = replace(s, chain=(*outer, *s.chain))
            carried[key] = (home, outer)
        found.append(s)
    return found


def event_modes(document: Document, e: EventDraft) -> tuple[str, ...]:
    """PLOVER modes of an event."""
    without = frozenset({"abduct"}) if takes_ground(document, e) else frozenset()
    return best_mode(e.type, zones(document, e), without)
