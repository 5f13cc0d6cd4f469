"""Figures and happenings -> which happening a figure sizes: its toll, its crowd, its sum, its length.

A figure belongs to one happening at most, one that its sentence names.  What speaks for one (`signs`) is weighed with
weights fitted on coded reports by `training/fit_figure_events.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from onrecord.reader.word_table import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord import records as R
    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

Named = tuple[int, "Range"]
"""The number of a happening and a span that names it."""
_OWN_WORDS = {
    "killed": r"kill|dead|death|die|shot|murder|massacre|slain|execut",
    "injured": r"wound|injur|hurt|maim",
    "released": r"free|releas|swap|exchang|let |hand|return",
    "detained": r"arrest|detain|custody|held|round|jail",
    "abducted": r"abduct|kidnap|seiz|taken|took|captur",
    "held": r"hostage|captive|held|hold|captur|seiz|abduct",
    "displaced": r"displac|fle[de]|uproot|driv|force|exodus",
    "participants": r"protest|march|rall|demonstrat|gather|crowd|walk|strike",
    "troops": r"deploy|sen[dt]|mass|troop|withdr|pull",
    "weapons": r"fir|launch|drone|rocket|missile|shell|explo|destroy",
    "money": r"pay|paid|pledg|promis|fine|ransom|offer|aid|loan|fund",
    "aid": r"aid|deliver|convoy|truck|reach|enter",
}
_OWN = {measure: re.compile(pattern, re.IGNORECASE) for measure, pattern in _OWN_WORDS.items()}
_BREAK = re.compile(
    r"[,;:–—]|--|\b(?:and|but|while|after|before|when|since|as|who|which|that|where|said)\b", re.IGNORECASE
)


def figure_owners(document: Document, figures: Sequence[R.Figure], events: Sequence[EventDraft]) -> dict[str, int]:
    """Figure id -> the number of its event, for the figures that have one."""
    named: dict[int, list[Named]] = defaultdict(list)
    for n, e in enumerate(events):
        for naming in [e.trigger, *e.mentions]:
            named[document.sentence_at(naming[0])].append((n, naming))
    found = {}
    for f in figures:
        top, best = 0.0, -1
        for n, signs in options(document, f, named, events):
            value = sum(_weights().get(s, 0.0) for s in signs)
            if value > top:
                top, best = value, n
        if best >= 0:
            found[f.id] = best
    return found


def options(
    document: Document, f: R.Figure, named: Mapping[int, Sequence[Named]], events: Sequence[EventDraft]
) -> Iterator[tuple[int, list[str]]]:
    """The happenings that the figure's sentence names, each with its signs at its nearest naming."""
    start, end = f.span.start, f.span.end
    nearest: dict[int, tuple[int, Range]] = {}
    for n, naming in named.get(document.sentence_at(start), ()):
        away = max(naming[0] - end, start - naming[1], 0)
        if n not in nearest or away < nearest[n][0]:
            nearest[n] = away, naming
    order = sorted(nearest, key=lambda n: nearest[n][0])
    for rank, n in enumerate(order):
        yield n, list(_signs(document, f, events[n], nearest[n], rank, len(order)))


def _signs(
    document: Document, f: R.Figure, e: EventDraft, near: tuple[int, Range], rank: int, rivals: int
) -> Iterator[str]:
    away, naming = near
    start, end = f.span.start, f.span.end
    yield e.type
    yield f.measure
    yield f"{e.type} {f.measure}"
    yield f"{f.measure} {f.change}"
    yield f"change {f.change}"
    yield f"rank {min(rank, 3)}"
    yield f"{f.measure} rank {min(rank, 2)}"
    yield f"of {min(rivals, 4)}"
    yield f"named {min(len(e.mentions), 3)}"
    yield "touching" if away < 4 else "close" if away < 20 else "mid" if away < 50 else "wide" if away < 100 else "far"
    left = naming[1] <= start
    between = document.text[naming[1] : start] if left else document.text[end : naming[0]]
    side = "after" if left else "before"
    yield side
    yield f"{side} {min(len(_BREAK.findall(between)), 3)}"
    if e.clause[0] <= start < e.clause[1]:
        yield "in clause"
    if any(a <= start < b for a, b in [*e.actors, *e.recipients]):
        yield "in argument"
        yield f"in argument {f.measure}"
    own = _OWN.get(f.measure)
    if own is not None:
        said = own.search(document.text[slice(*naming)]) is not None
        yield f"own word {said}"
        yield f"{f.measure} own word {said}"


@cache
def _weights() -> Mapping[str, float]:
    return weights("figure_event_weights.tsv")
