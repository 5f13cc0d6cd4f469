"""Statements and the report's times -> when each was said, where the report tells.

A time dates the words that it stands beside: one within what somebody says, within a clause about the source ("Cuba,
which hosted them in May, said …") or beyond another clause's beginning dates something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord import records as R
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range

WIDE = 70
"""More letters than these between a cue and a time hold another thought."""
NEXT = 12
"""Within so many letters behind a source a time dates all that it goes on to do ("The union on Friday condemned …")."""
_BOUND = re.compile(
    r"\b(?:since|until|till|by|before|after|from|for|than|between|during)\s+(?:the\s+|about\s+|at least\s+)?$",
    re.IGNORECASE,
)
"""What opens a stretch up to a day, or away from it, or an event to measure by: no day on which something is said."""
_OWNED = re.compile(r"\b(?:the|an?|this|that|its|his|her|their|whose)\s+$|['’]s\s+$", re.IGNORECASE)
_UTTERANCE = re.compile(
    r"(?:[\w.’'-]*\s+){0,4}?(?:statements?|reports?|releases?|letter|speech|interview|briefing|conference|address|posts?|article|"
    r"note|memo|survey|poll|tweet|sermon|broadcast|edition|communiqu[eé])\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:which|who|whom|whose|where|when|while|after|before|since|until|as|if|because|although|though|but|that|amid|"
    r"following|despite|ahead of)\b|[;:—–]|--",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\s*(?:speaking|talking|writing|testifying|addressing|briefing|appearing|asked|quoted|interviewed)\b"
)
_OCCASION = re.compile(
    r"(?:But |And )?(?:In|At|During|Through|On|Speaking|Announcing|Addressing|Asked|Writing|Testifying)\b"
)
"""How a sentence opens that tells first where its source spoke ("In an interview aired on Sunday, the envoy …")."""
_ACCORDING = re.compile(r"\b(?:according to|per)\b", re.IGNORECASE)
_HEDGE = re.compile(r"\w+ly$", re.IGNORECASE)
"""Words that attribute to nobody ("reportedly"): a time beside them is that of what happened."""


def said_times(
    document: Document,
    statements: Sequence[Attribution],
    times: Sequence[R.Time],
    anchor: str | None = None,
) -> Mapping[int, str]:
    """The id of the time at which a statement was made, by `id` of the statement.

    Args:
        document: the report's text.
        statements: its statements, in text order.
        times: its time expressions, in text order.
        anchor: the day that it counts from; nothing has been said after it.
    """
    latest = (anchor or "9999")[:10]
    days = [
        t
        for t in times
        if t.type in ("DATE", "TIME") and not t.value.endswith("_REF") and (t.begin or "")[:10] <= latest
    ]
    lines: dict[int, list[Attribution]] = {}
    for s in statements:
        if s.cues:
            lines.setdefault(document.sentence_at(s.cues[0][0]), []).append(s)
    found: dict[int, str] = {}
    for line, group in lines.items():
        if line < 0:
            continue
        for s in group:
            at = s.cues[0]
            own = [t for t in _of_line(document, line, days) if _dates(document, s, t, group)]
            if own:
                found[id(s)] = min(own, key=lambda t: max(at[0] - t.end, t.start - at[1])).id
        _share(document, group, found)
    return found


def _of_line(document: Document, line: int, days: Sequence[R.Time]) -> Iterator[R.Time]:
    start, end = document.sentences[line]
    for t in days[bisect_left(days, start, key=lambda t: t.start) :]:
        if t.start >= end:
            return
        yield t


def _dates(document: Document, s: Attribution, t: R.Time, group: Sequence[Attribution]) -> bool:
    """Does a time of its sentence date a statement?"""
    finite = [c for c in s.cues if not document.text[slice(*c)].lower().endswith("ing")]
    if not finite or _told(t, s, group) or _measures(document, t):
        return False
    near = min(finite, key=lambda c: abs(c[0] - t.start))
    cue = document.text[slice(*near)]
    if any(a <= t.start < b and _CLAUSE.search(document.text, a, t.start) for a, b in s.sources):
        return False
    if near[0] <= t.start < near[1]:
        return True
    if _HEDGE.match(cue) or (_ACCORDING.search(cue) and t.end <= near[0]):
        return False
    return _after(document, s, near, t, group) if t.start >= near[1] else _before(document, s, near, t, group)


def _told(t: R.Time, s: Attribution, group: Sequence[Attribution]) -> bool:
    """Does it stand within what is said, by this source or another that does not tell of this statement, too?"""
    cue = s.cues[0][0]
    return any(
        a <= t.start < b and not (x is not s and any(c <= cue < d for c, d in x.contents))
        for x in group
        for a, b in x.contents
    )


def _measures(document: Document, t: R.Time) -> bool:
    """Is it the end of a stretch ("since May"), or part of a name of something else ("the May meeting")?"""
    before, after = document.text[max(0, t.start - 24) : t.start], document.text[t.end : t.end + 40]
    if _BOUND.search(before):
        return True
    if after[:2] in ("'s", "’s"):
        return not _UTTERANCE.match(after[2:].lstrip())
    return bool(_OWNED.search(before) and re.match(r"\s+\w", after) and not _UTTERANCE.match(after.lstrip()))


def _after(document: Document, s: Attribution, cue: Range, t: R.Time, group: Sequence[Attribution]) -> bool:
    """A time behind its cue: nothing but whom it is said to, where and what may stand between."""
    if any(x is not s and any(cue[1] <= c[0] < t.start for c in x.cues) for x in group):
        return False
    between = _without(document, (cue[1], t.start), [*s.contents, *s.addressees, *s.sources])
    return len(between) <= WIDE and not _CLAUSE.search(between)


def _before(document: Document, s: Attribution, cue: Range, t: R.Time, group: Sequence[Attribution]) -> bool:
    """A time before its cue: one that opens the sentence, or that stands between source and cue, in no aside."""
    others = [x for x in group if x is not s and any(t.end <= c[0] < cue[0] for c in x.cues)]
    if any(x.sources[:1] != s.sources[:1] and not _inside(cue, x.contents) for x in others):
        return False
    between = _without(document, (t.end, cue[0]), [*s.contents, *(r for x in others for r in x.contents)])
    start = document.sentences[document.sentence_at(cue[0])][0]
    source, end = max((r for r in s.sources if r[0] < cue[0]), default=(start, start))
    if t.start < source:
        front = document.text[max(start, t.start - 40) : t.start]
        if re.search(r"(?:^|[.,;:—–-]\s+|\b(?:and|but)\s+)(?:\w+\s+){0,2}$", front):
            return len(between) <= 2 * WIDE or "," in between[:3]
        lead = document.text[start : t.start]
        return bool(_OCCASION.match(lead)) and len(lead) <= 2 * WIDE and not _CLAUSE.search(lead)
    lead = document.text[source : t.start]
    aside = lead.rpartition(",")[2] if "," in lead else ""
    if "," in lead and "," in document.text[t.end : cue[0]]:
        return bool(_SPEAKING.match(aside))
    return not _CLAUSE.search(lead) and (len(between) <= 2 or t.start - end <= NEXT)


def _inside(r: Range, ranges: Sequence[Range]) -> bool:
    return any(a <= r[0] < b for a, b in ranges)


def _without(document: Document, stretch: Range, cut: Sequence[Range]) -> str:
    """The words of a stretch that lie in none of some ranges."""
    at, words = stretch[0], []
    for a, b in sorted(r for r in cut if r[0] < stretch[1] and r[1] > stretch[0]):
        words.append(document.text[at : max(at, a)])
        at = max(at, b)
    return " ".join([*words, document.text[at : stretch[1]]]).strip()


def _share(document: Document, group: Sequence[Attribution], found: dict[int, str]) -> None:
    """ "She said on Friday …, adding …": a participle is as old as what its source said just before."""
    for before, s in pairwise(group):
        cue = document.text[slice(*s.cues[0])].lower()
        if id(before) in found and cue.endswith("ing") and before.sources[:1] == s.sources[:1]:
            found.setdefault(id(s), found[id(before)])
