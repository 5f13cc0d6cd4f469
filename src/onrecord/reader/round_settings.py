"""A round of talks or an agreement and its sentences -> where and when it is said to be (`place_of`, `time_of`).

What a statement holds and what frames it are kept apart: "Talks will resume in Doha, a spokesman said in Washington on
Friday" places no talks in Washington, and dates none on that Friday.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord import records as R
    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range

_AT = re.compile(
    r"\b(?:in|at|near|outside)\s+(?:(?:the|an?|its)\s+)?(?:(?:[\w-]+\s+){0,3}(?:capital|city|town|resort|port|village|suburb)"
    r"(?:\s+of|,)?\s+)?$",
    re.IGNORECASE,
)
"""What stands before the place where something is held."""
_HELD = re.compile(
    r"\b(?:talks|negotiat\w+|meet\w*|met|gather\w*|arriv\w+|host\w*|held|round|delegations?|summit|session|conven\w+)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What another sentence says before the place where the round is held."""
_HERE = re.compile(r"(?<!\bare )(?<!\bis )\bhere\b(?! is| are)")
_DATELINE = 60
"""Characters before the report's own text in which its dateline stands."""
_LARGE = frozenset(("country", "area", "region", "district"))
_VENUE_REACH = 45
"""Characters after a naming within which a whole country can be its place ("talks due to resume in Norway")."""
_ITS_OWN = re.compile(r"\s+(?:[\w-]+\s+)?(?:deal|accord|agreement|treaty|pact|truce|ceasefire|cease-fire|war|round)\b")
"""What follows a time that belongs to something else that is named in passing ("the 2015 accord")."""
_SAID = re.compile(r"\b(?:said|says|told|announced|added|reported)\b[^.;,]{0,30}$", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(
    r"[;:]|,\s+(?:which|who|where|whose|while|after|but|a day|hours|days|weeks)\b|\bbefore\b", re.IGNORECASE
)


def place_of(cast: Cast, namings: Sequence[Range], sentences: Iterable[int]) -> str | None:
    """The place of a round: one that words of place bind to it in the sentence of a naming, else in others on it."""
    text = cast.document.text
    for span in namings:
        home = cast.document.sentences[cast.document.sentence_at(span[0])]
        found = _near(cast, span, home)
        if found is None and _HERE.search(text, *home):
            found = _filed_from(cast)
        if found is not None:
            return found.id
    last = cast.document.sentence_at(namings[0][0]) + 1
    for i in dict.fromkeys((*sentences, min(last, len(cast.document.sentences) - 1))):
        start, end = cast.document.sentences[i]
        for p in _places(cast, start, end):
            small = p.precision not in _LARGE
            if small and _AT.search(text, max(start, p.start - 60), p.start) and _HELD.search(text, start, p.start):
                return p.id
    return None


def _near(cast: Cast, span: Range, home: Range) -> R.Place | None:
    text = cast.document.text
    told = _told(cast, span[0])
    fits = [
        p
        for p in _places(cast, *home)
        if _told(cast, p.start) == told
        and _AT.search(text, max(home[0], p.start - 60), p.start)
        and (p.precision not in _LARGE or 0 <= p.start - span[1] <= _VENUE_REACH)
    ]
    after = [p for p in fits if p.start >= span[1] and not _OTHER_CLAUSE.search(text, span[1], p.start)]
    before = [p for p in fits if p.end <= span[0]]
    return next(iter(after or before[::-1]), None)


def _filed_from(cast: Cast) -> R.Place | None:
    """The place of the dateline: where "here" is."""
    heads = [p for p in cast.drafts.places if not cast.in_body(p.start)]
    body = next((s for s, _ in cast.document.words if cast.in_body(s)), 0)
    return next((p for p in heads if 0 <= body - p.start <= _DATELINE), None)


def _places(cast: Cast, start: int, end: int) -> list[R.Place]:
    return [
        p
        for p in cast.drafts.places
        if start <= p.start < end and p.use == "literal" and p.form == "name" and cast.in_body(p.start)
    ]


def time_of(cast: Cast, span: Range) -> str | None:
    """The time of what a naming names, in its sentence: the next one after it in its clause, else the nearest before."""
    text = cast.document.text
    start, end = cast.document.sentences[cast.document.sentence_at(span[0])]
    told = _told(cast, span[0])
    here = [
        t
        for t in cast.drafts.times
        if start <= t.start < end
        and t.value[:1].isdigit()
        and cast.in_body(t.start)
        and _told(cast, t.start) == told
        and not _SAID.search(text, start, t.start)
        and (t.end <= span[1] or not _ITS_OWN.match(text, t.end))
    ]
    own = [t for t in here if span[0] <= t.start < span[1]]
    after = [t for t in here if t.start >= span[1]]
    before = [t for t in here if t.end <= span[0] and not _ITS_OWN.match(text, t.end)]
    near = [t for t in after if not _OTHER_CLAUSE.search(text, span[1], t.start)]
    best = own or near or before[::-1] or after
    return best[0].id if best else None


def _told(cast: Cast, offset: int) -> int:
    inner = cast.telling.innermost(offset)
    return id(inner) if inner is not None else 0
