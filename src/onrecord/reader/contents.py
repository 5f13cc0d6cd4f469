"""Content spans put right: quotations whole, one sentence each unless quoted, never over their own cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range

_TRIM = " \t\n,;:—–-"
MOSTLY = 0.8
"""Share of a piece of content that another statement's content must hold to have a claim to it."""
_OPEN = '"“«‘'


def whole(document: Document, ranges: list[Range], cue: Range) -> list[Range]:
    """Join pieces that only punctuation parts, take quotations whole, trim."""
    text = document.text
    grown: list[Range] = []
    for r in sorted(ranges):
        start, end = trim(text, *own_sentence(document, *quoted(document, r, cue), cue))
        if start >= end:
            continue
        if grown and start - grown[-1][1] <= 2 and not (grown[-1][1] <= cue[0] < start):
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
        elif not grown or start >= grown[-1][1]:
            grown.append((start, end))
        else:
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
    return [p for r in grown for p in without(r, cue, text)]


def quoted(document: Document, r: Range, cue: Range) -> Range:
    """Stretch a range over the quotations that it lies in or mostly covers."""
    start, end = r
    for qs, qe in document.quotes_in(start, end):
        overlap = min(end, qe) - max(start, qs)
        if overlap <= 0 or (qs <= cue[0] < qe):
            continue
        if overlap >= 0.5 * (qe - qs) or start > qs or (end < qe and overlap > 0.5 * (end - start)):
            start, end = min(start, qs), max(end, qe)
    return start, end


def own_sentence(document: Document, start: int, end: int, cue: Range) -> Range:
    """What is not quoted does not run over a sentence's end: keep the side of the cue."""
    for i in range(max(0, document.sentence_at(start)), len(document.sentences)):
        stop = document.sentences[i][1]
        if stop >= end:
            break
        if not any(qs < stop < qe for qs, qe in document.quotes_in(stop - 1, stop + 1)):
            return (start, stop) if cue[0] < stop else (document.sentences[i + 1][0], end)
    return start, end


def without(r: Range, cue: Range, text: str) -> list[Range]:
    """A content never holds its own cue."""
    if not (r[0] < cue[1] and cue[0] < r[1]):
        return [r]
    sides = (trim(text, r[0], cue[0]), trim(text, cue[1], r[1]))
    return [s for s in sides if s[1] - s[0] > 3]


def trim(text: str, start: int, end: int) -> Range:
    """Without blanks and punctuation at either end; a sentence's stop is no part of an indirect content."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    if end > start and text[end - 1] == "." and text[start] not in _OPEN and text[end - 3 : end - 2] != ".":
        end -= 1
    return start, end


def parted(r: Range, holes: list[Range], text: str) -> list[Range]:
    """A range without the holes in it (cues and sources that stand inside a content)."""
    pieces = [r]
    for h in holes:
        pieces = [p for q in pieces for p in (without(q, h, text) if q[0] < h[1] and h[0] < q[1] else [q])]
    return pieces or [r]


def overlap_share(a: list[Range], b: list[Range]) -> float:
    """Intersection over union of two lists of ranges, in characters."""
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    union = sum(e - s for s, e in a) + sum(f - t for t, f in b) - both
    return both / union if union else 0.0


def share_out(document: Document, found: list[Attribution]) -> None:
    """Take from a statement the pieces of content that another cue has a better claim to: the one in the piece's own
    sentence, the one that stands between ("denied it, calling it “false”"); none that a quoted cue has in other quotations."""
    by_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        for i in {document.sentence_at(c[0]) for c in a.cues}:
            by_sentence.setdefault(i, []).append(a)
    for a in found:
        if len(a.contents) > 1:
            kept = [r for r in a.contents if not _claimed(document, a, r, by_sentence)]
            a.contents = kept or a.contents


def _claimed(document: Document, a: Attribution, r: Range, by_sentence: dict[int, list[Attribution]]) -> bool:
    here, at = document.sentence_at(r[0]), a.cues[0]
    elsewhere = here != document.sentence_at(at[0])
    if elsewhere and any(qs < at[0] < qe and r[0] >= qe for qs, qe in document.quotes_in(*at)):
        return True
    for b in by_sentence.get(here, ()):
        if b is a or inside_any(b.cues[0], [r]) or not _covers(b.contents, r):
            continue
        if elsewhere or (at[1] <= b.cues[0][0] < r[0] and not inside_any(b.cues[0], a.contents)):
            return True
    return False


def _covers(ranges: list[Range], r: Range) -> bool:
    return sum(max(0, min(r[1], e) - max(r[0], s)) for s, e in ranges) >= MOSTLY * (r[1] - r[0])


def inside_any(r: Range, ranges: list[Range]) -> bool:
    """Does a range lie wholly in one of the others?"""
    return any(s <= r[0] and r[1] <= e for s, e in ranges)


_EMPTY = frozenset(
    "a an the of to in on at for from by with and or but not as that this these those it's 's ’s n't , . - -- its their his "
    "her our my such so than then there here up out off over said says".split()
)


def speaks_of(document: Document, first: int, last: int) -> bool:
    """Do the words [first, last) hold more than articles, particles and marks (a pronoun will do)?"""
    words = [document.word(i).lower() for i in range(first, last)]
    return any(w[:1].isalnum() and w not in _EMPTY for w in words) or (
        last - first == 1 and words[0] in ("his", "her", "its", "their", "our", "my")
    )
