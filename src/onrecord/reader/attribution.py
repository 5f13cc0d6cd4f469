"""Encoder scores -> who is reported to say what (`Attribution`), as character spans, before actors are known.

Each cue is decoded by itself (source, content, addressee given the cue); quotations are kept whole, cues of
one content are joined, nested reporting becomes a chain, quotations that go on without a cue are added to
the statement they continue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.cues import candidate_acts

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores

MIN_CONTENT_SCORE = 0.45
"""Mean label probability below which a content span is not believed (swept .30-.60 on the learn part)."""
MIN_CUE_SCORE = 0.5
OUTSIDE_BIAS = 0.05
SOURCE_BIAS = 0.2
MIN_SOURCE_SCORE = 0.25
CONTENT_SWITCH = 1.0
"""Cost of starting or ending a content span, in log-odds."""
_CITING = re.compile(r"\b(?:cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing)|as saying|told)\b", re.IGNORECASE)
_OUTER = re.compile(r"\b(?:according to|reported|reports?|reporting|per|relay\w*|broadcast|carried)\b", re.IGNORECASE)
_DECLINE = re.compile(r"\b(?:comment|respond|reply|reached|answer|say|elaborate|identify|discuss)\w*\b", re.IGNORECASE)
_TRIM = " \t\n,;:—–-"
_OPEN = '"“«‘'
_CLOSE = '"”»’'


@dataclass(slots=True)
class Attribution:
    """One statement in the making; spans are character ranges in text order."""

    cues: list[Range]
    contents: list[Range]
    sources: list[Range] = field(default_factory=list)
    addressees: list[Range] = field(default_factory=list)
    outer: list[Range] = field(default_factory=list)
    """Sources outside the origin, outermost first."""
    within: Attribution | None = None
    act: str = "say"
    score: float = 1.0

    def start(self) -> int:
        """Where it begins: its content, else its cue."""
        return min((s for s, _ in self.contents), default=self.cues[0][0] if self.cues else 0)


def attribute(document: Document, scores: Scores) -> list[Attribution]:
    """All statements of a document, in text order."""
    found = [a for cue in _cues(scores) if (a := _decode(document, scores, cue))]
    _lend(document, found)
    found = _join(document, found)
    _nest(found)
    _continue(document, scores, found)
    return sorted(found, key=lambda a: (a.start(), a.cues[:1]))


def _cues(scores: Scores) -> list[tuple[int, int, float]]:
    return [(c.first, c.last, c.score) for c in scores.spans("cue", bias=OUTSIDE_BIAS) if c.score >= MIN_CUE_SCORE]


def chars(document: Document, first: int, last: int) -> Range:
    """Words [first, last) as a character range."""
    return document.words[first][0], document.words[last - 1][1]


def _decode(document: Document, scores: Scores, cue: tuple[int, int, float]) -> Attribution | None:
    first, last, score = cue
    span = chars(document, first, last)
    addressees = [
        chars(document, a.first, a.last)
        for a in scores.arguments("attribution", first)
        if a.label == "addressee" and a.score >= MIN_CONTENT_SCORE
    ]
    said = [
        chars(document, a.first, a.last)
        for a in scores.stretches("attribution", first, "content", switch=CONTENT_SWITCH)
        if a.score >= MIN_CONTENT_SCORE
    ]
    contents = _whole(document, said, span)
    source = _source(document, scores, first, contents)
    act = _act(document, scores, first, last, document.text[span[0] : span[1]])
    if act == "decline":
        contents = []
    elif not contents:
        return None
    return Attribution([span], contents, [source] if source else [], addressees, act=act, score=score)


def _source(document: Document, scores: Scores, at: int, contents: list[Range]) -> Range | None:
    """The source of one cue: of the spans that the source head sees, the one that the pair head prefers."""
    probabilities, offset = scores.pair("attribution", at)
    inside = probabilities[:, 1:3].sum(axis=1)
    best: tuple[float, Range] | None = None
    low, high = offset, offset + len(inside)
    for s in scores.spans("source", bias=SOURCE_BIAS):
        if s.first >= low and s.last <= high:
            value = float(inside[s.first - low : s.last - low].mean())
            r = chars(document, s.first, s.last)
            if value >= MIN_SOURCE_SCORE and not _inside(r, contents) and (best is None or value > best[0]):
                best = value, r
    if best is None:
        for a in scores.stretches("attribution", at, "source", switch=0.5):
            r = chars(document, a.first, a.last)
            if a.score >= 0.5 and not _inside(r, contents) and (best is None or a.score > best[0]):
                best = a.score, r
    return best[1] if best else None


def _act(document: Document, scores: Scores, first: int, last: int, text: str) -> str:
    listed = candidate_acts(text)
    around = document.text[document.words[first][0] : document.words[last - 1][1] + 40]
    if re.search(
        r"\b(?:declin|refus|did not|didn['’]t|could not|unavailable)", text, re.IGNORECASE
    ) and _DECLINE.search(around):
        return "decline"
    if len(listed) == 1:
        return listed[0] if listed[0] != "decline" else "say"
    mean = scores.tokens["act"][first:last].mean(axis=0)
    from onrecord.reader.labels import ACTS

    pool = listed or ACTS
    return max(pool, key=lambda a: float(mean[ACTS.index(a)]))


def _lend(document: Document, found: list[Attribution]) -> None:
    """ "…, saying that": a participle without a source of its own has that of the cue before it in the sentence."""
    last: Attribution | None = None
    for a in sorted(found, key=lambda x: x.cues[0]):
        word = document.text[slice(*a.cues[0])].lower()
        if not a.sources and last is not None and word.split()[0].endswith("ing"):
            if document.sentence_at(last.cues[0][0]) == document.sentence_at(a.cues[0][0]):
                a.sources = list(last.sources)
        if a.sources:
            last = a


def _inside(r: Range, ranges: list[Range]) -> bool:
    return any(s <= r[0] and r[1] <= e for s, e in ranges)


def _whole(document: Document, ranges: list[Range], cue: Range) -> list[Range]:
    """Join pieces that only punctuation parts, take quotations whole, trim."""
    text = document.text
    grown: list[Range] = []
    for r in sorted(ranges):
        start, end = _trim(text, *_own_sentence(document, *_quoted(document, r, cue), cue))
        if start >= end:
            continue
        if grown and start - grown[-1][1] <= 2 and not (grown[-1][1] <= cue[0] < start):
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
        elif not grown or start >= grown[-1][1]:
            grown.append((start, end))
        else:
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
    return [p for r in grown for p in _without(r, cue, text)]


def _quoted(document: Document, r: Range, cue: Range) -> Range:
    """Stretch a range over the quotations that it lies in or mostly covers."""
    start, end = r
    for qs, qe in document.quotes:
        overlap = min(end, qe) - max(start, qs)
        if overlap <= 0 or (qs <= cue[0] < qe):
            continue
        if overlap >= 0.5 * (qe - qs) or start > qs or (end < qe and overlap > 0.5 * (end - start)):
            start, end = min(start, qs), max(end, qe)
    return start, end


def _own_sentence(document: Document, start: int, end: int, cue: Range) -> Range:
    """What is not quoted does not run over a sentence's end: keep the side of the cue."""
    for i in range(max(0, document.sentence_at(start)), len(document.sentences)):
        stop = document.sentences[i][1]
        if stop >= end:
            break
        if not any(qs < stop < qe for qs, qe in document.quotes):
            return (start, stop) if cue[0] < stop else (document.sentences[i + 1][0], end)
    return start, end


def _without(r: Range, cue: Range, text: str) -> list[Range]:
    """A content never holds its own cue."""
    if not (r[0] < cue[1] and cue[0] < r[1]):
        return [r]
    sides = (_trim(text, r[0], cue[0]), _trim(text, cue[1], r[1]))
    return [s for s in sides if s[1] - s[0] > 3]


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    if end > start and text[end - 1] == "." and text[start] not in _OPEN and text[end - 3 : end - 2] != ".":
        end -= 1  # a sentence's stop is no part of an indirect content
    return start, end


def _iou(a: list[Range], b: list[Range]) -> float:
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    all_ = sum(e - s for s, e in a) + sum(f - t for t, f in b) - both
    return both / all_ if all_ else 0.0


def _join(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Statements of (nearly) one content become one: more cues of one source, or a chain of sources."""
    kept: list[Attribution] = []
    for a in sorted(found, key=lambda x: (x.cues[0], x.start())):
        for b in kept:
            same_home = document.sentence_at(a.cues[0][0]) == document.sentence_at(b.cues[0][0])
            if same_home and a.contents and b.contents and _iou(a.contents, b.contents) >= 0.6:
                _merge(document, b, a)
                break
        else:
            kept.append(a)
    return kept


def _merge(document: Document, b: Attribution, a: Attribution) -> None:
    """Put the later statement `a` into `b`, which has the same content."""
    text = document.text
    if (
        a.sources
        and b.sources
        and a.sources != b.sources
        and not _inside(a.sources[0], b.sources)
        and not _inside(b.sources[0], a.sources)
    ):
        cited = [bool(_CITING.search(text[slice(*x.cues[0])])) for x in (b, a)]
        outward = [bool(_OUTER.search(text[slice(*x.cues[0])])) for x in (b, a)]
        a_is_outer = (cited[0] and not cited[1]) or (outward[1] and not outward[0])
        inner, outer = (b, a) if a_is_outer else (a, b)
        b.outer, b.sources, b.act = (
            [*outer.outer, outer.sources[0]],
            inner.sources,
            (inner.act if not cited[inner is a] else outer.act),
        )
    elif not b.sources:
        b.sources, b.act = a.sources, a.act
    b.cues = sorted({*b.cues, *a.cues})
    b.contents = max(a.contents, b.contents, key=lambda c: sum(e - s for s, e in c))
    b.contents = [p for r in b.contents for p in _split(r, b.cues + b.sources, text)]
    b.addressees = b.addressees or a.addressees


def _split(r: Range, holes: list[Range], text: str) -> list[Range]:
    pieces = [r]
    for h in holes:
        pieces = [p for q in pieces for p in (_without(q, h, text) if q[0] < h[1] and h[0] < q[1] else [q])]
    return pieces or [r]


def _nest(found: list[Attribution]) -> None:
    """A statement whose cue lies in another's content is told within it."""
    for a in found:
        holders = [
            b
            for b in found
            if b is not a and a.cues and any(s <= a.cues[0][0] and a.cues[0][1] <= e for s, e in b.contents)
        ]
        if holders:
            a.within = min(holders, key=lambda b: sum(e - s for s, e in b.contents))
    for a in found:  # no rings: two statements cannot hold each other
        seen, b = {id(a)}, a.within
        while b is not None:
            if id(b) in seen:
                a.within = None
                break
            seen.add(id(b))
            b = b.within


def _continue(document: Document, scores: Scores, found: list[Attribution]) -> None:
    """Quotations without a cue of their own go on with the statement before them."""
    flat = scores.tokens["content"][:, 1:].sum(axis=1) if len(document.words) else None
    for qs, qe in document.quotes:
        words = document.words_in(qs, qe)
        if len(words) < 5 or flat is None or any(_iou_part((qs, qe), a.contents) for a in found):
            continue
        if float(flat[words.start : words.stop].mean()) < 0.4:
            continue
        before = [a for a in found if a.contents and a.start() < qs and any(s[1] <= qs for s in [*a.contents, *a.cues])]
        if not before:
            continue
        last = max(before, key=lambda a: max(e for _, e in [*a.contents, *a.cues] if e <= qs))
        end = max(e for _, e in [*last.contents, *last.cues, *last.sources] if e <= qs)
        if document.sentence_at(qs) - document.sentence_at(max(end - 1, 0)) <= 1 and last.within is None:
            last.contents = sorted([*last.contents, (qs, qe)])


def _iou_part(q: Range, contents: list[Range]) -> bool:
    return any(min(q[1], e) - max(q[0], s) > 0.3 * (q[1] - q[0]) for s, e in contents)
