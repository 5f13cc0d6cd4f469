"""Statements of one content joined, nested reporting made chains, quotations carried on: between statements."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from typing import TYPE_CHECKING

from onrecord.reader.contents import inside_any, overlap_share, parted, trim
from onrecord.reader.nominals import noun_phrase
from onrecord.reader.stand_party import opening, subject

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores

SAME_CONTENT = 0.6
"""Overlap from which two cues of one sentence are taken to attribute one content."""
_ANSWERS = frozenset({"deny", "reject"})
LOOK_BACK = 60
"""Statements before an offset that are looked at for one that holds it: contents do not nest deeper."""
MAX_GAP_TO_CUE = 25
"""Characters between a cue and the outer source that goes with it ("according to state television")."""
_CITING = re.compile(r"\b(?:cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing)|as saying|told)\b", re.IGNORECASE)
_BEFORE_DOING = re.compile(
    r"[\s,]*\b(?:after|before|while|when|by|without)\s+(?:also\s+|first\s+|publicly\s+|falsely\s+)?", re.IGNORECASE
)
_NO_DEED = re.compile(
    r"[\s,]*(?:would|will|could|can|may|might|should|must|(?:has |have |had )?(?:been|is|are|was|were))\b"
)
_CITING_ONLY = re.compile(r"\b(?:cit|quot)(?:e|es|ed|ing)\b|\bas saying\b", re.IGNORECASE)
_CITES = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!is )(?<!also )\b(?:[Cc]iting|[Qq]uoting|cited|quoted)\b(?! (?:as|in|by)\b)"
)
_PHRASE = re.compile(
    r"\s+((?:an? |the |its |one |two |some |unnamed |unidentified )?[A-Za-z][^,;.:()\n]{2,70}?)(?=,|\.|;| as saying\b| on condition\b| who\b|\s*$)"
)
_ACCORDING = re.compile(r"according to\s+", re.IGNORECASE)
_OUTER = re.compile(r"\b(?:according to|reported|reports?|reporting|per|relay\w*|broadcast|carried)\b", re.IGNORECASE)


def lend_sources(document: Document, found: list[Attribution]) -> None:
    """ "…, saying that": a participle has the source of the cue before it in the sentence, unless its own stands nearer."""
    last: Attribution | None = None
    for a in sorted(found, key=lambda x: x.cues[0]):
        word = document.text[slice(*a.cues[0])].lower().split()[0]
        if word.endswith("ing") and last is not None and (doer := _doer(document, a, last)):
            a.sources = [doer]
            last.contents[-1] = (last.contents[-1][0], a.contents[-1][1])
        elif word.endswith("ing") and last is not None and _same_sentence(document, a, last):
            if not a.sources or (last.cues[0][0] > a.sources[0][0] and a.sources[0][1] <= a.cues[0][0]):
                a.sources = list(last.sources)
        elif a.sources and not (last and inside_any(a.cues[0], last.contents)):
            last = a


def _doer(document: Document, a: Attribution, last: Attribution) -> Range | None:
    """ "Orl reported that gunmen had shot two men after accusing them": the subject of the clause that the participle
    belongs to, where that clause is what somebody said; None where the clause is passive or tells what would be."""
    text = document.text
    if not (a.contents and last.contents and _same_sentence(document, a, last)):
        return None
    start, end = last.contents[-1]
    if not (last.cues[-1][1] <= start and end <= a.cues[0][0]) or not _BEFORE_DOING.fullmatch(text, end, a.cues[0][0]):
        return None
    who = opening(text, start, end)
    if who is None or _NO_DEED.match(text, who[1]) or noun_phrase(text[slice(*who)]).kind in ("unknown", "document"):
        return None
    return who


def _same_sentence(document: Document, a: Attribution, b: Attribution) -> bool:
    return document.sentence_at(a.cues[0][0]) == document.sentence_at(b.cues[0][0])


def join_cues(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Statements of (nearly) one content become one: more cues of one source, or a chain of sources."""
    kept: list[Attribution] = []
    for a in sorted(found, key=lambda x: (x.cues[0], x.start())):
        for b in reversed(kept[-8:]):
            if (
                _same_sentence(document, a, b)
                and a.contents
                and b.contents
                and (not inside_any(a.cues[0], b.contents) or _hedges(a))
                and (not inside_any(b.cues[0], a.contents) or _hedges(b))
                and overlap_share(a.contents, b.contents) >= SAME_CONTENT
                and not _answers(a, b)
            ):
                if not _told_of(document, b, a):
                    _merge(document, b, a)
                    break
                b.contents = [(min(a.sources[0][0], b.contents[0][0]), max(e for _, e in (*a.contents, *b.contents)))]
        else:
            kept.append(a)
    return kept


def _hedges(a: Attribution) -> bool:
    """A hearsay ("reportedly", "are reported to") that names nobody: beside "according to …" it is one more cue."""
    return a.hearsay and not a.sources and a.act == "report"


def _answers(a: Attribution, b: Attribution) -> bool:
    """ "The army accused …, which the militia denies": does one source deny or reject what the other asserts?"""
    return (a.act in _ANSWERS) != (b.act in _ANSWERS) and bool(a.sources) and bool(b.sources) and a.sources != b.sources


def _told_of(document: Document, outer: Attribution, inner: Attribution) -> bool:
    """ "Orl said Desta had assured him that …": does the later cue, with a source of its own, stand between the first and
    what it attributes?  Then it is part of what the first says."""
    if not outer.sources or not inner.sources or outer.sources == inner.sources or outer.cues[0] >= inner.cues[0]:
        return False
    text = document.text
    if any(_CITING_ONLY.search(text[slice(*c)]) or _OUTER.search(text[slice(*c)]) for c in (*outer.cues, *inner.cues)):
        return False
    at = min(s for s, _ in inner.contents)
    return outer.cues[0][1] <= inner.sources[0][0] < inner.cues[0][0] and inner.cues[-1][1] <= at


def _merge(document: Document, b: Attribution, a: Attribution) -> None:
    """Put the later statement `a` into `b`, which has the same content."""
    text = document.text
    if (
        a.sources
        and b.sources
        and a.sources != b.sources
        and not inside_any(a.sources[0], b.sources)
        and not inside_any(b.sources[0], a.sources)
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
    b.contents = [p for r in b.contents for p in parted(r, b.cues + b.sources, text)]
    b.addressees = b.addressees or a.addressees


def cited_sources(document: Document, found: list[Attribution], seen: list[Range]) -> None:
    """ "…, citing a diplomat", "quoted the general as saying": the cited one is the origin, who cites him the outer link."""
    _drop_citing(document, found)
    starts = [r[0] for r in seen]
    cues = sorted((a.cues[0], n) for n, a in enumerate(found) if a.contents)
    for m in _CITES.finditer(document.text):
        i = document.sentence_at(m.start())
        home = document.sentences[i]
        near = [found[n] for _, n in cues[bisect_left(cues, ((home[0], 0), 0)) : bisect_left(cues, ((home[1], 0), 0))]]
        near = [a for a in near if not inside_any(m.span(), a.contents)]
        if not near:
            continue
        a = min(near, key=lambda x: min(abs(c[0] - m.start()) for c in x.cues))
        at = bisect_left(starts, m.end())
        cited: Range | None = seen[at] if at < len(seen) and seen[at][0] - m.end() <= 5 else None
        if cited is None and (phrase := _PHRASE.match(document.text, m.end(), home[1])):
            cited = phrase.span(1)
            if inside_any(m.span(), a.cues) and noun_phrase(phrase[1]).kind == "unknown":
                continue  # "has cited security concerns": a ground, nobody who speaks
        if cited is None or inside_any(cited, a.contents):
            continue
        cited = trim(document.text, *cited)
        if cited[0] >= cited[1]:
            continue
        if a.sources and not (a.sources[0][0] < cited[1] and cited[0] < a.sources[0][1]) and not a.outer:
            a.outer, a.sources = [a.sources[0]], [cited]
        elif not a.sources:
            a.sources = [cited]
        elif not a.outer and (who := subject(document.text, home[0], m.start())):
            if told := _ACCORDING.match(document.text, *who):
                who = told.end(), who[1]
            a.outer = [who] if who[1] <= m.start() and not inside_any(who, a.contents) else []
        a.cues = sorted({*a.cues, m.span()} if not any(c[0] <= m.start() < c[1] for c in a.cues) else a.cues)


def _drop_citing(document: Document, found: list[Attribution]) -> None:
    """ "citing two drivers" beside another cue tells where that statement is from and states nothing by itself."""
    told = Counter(document.sentence_at(a.cues[0][0]) for a in found)
    kept: list[Attribution] = []
    for a in found:
        home = document.sentence_at(a.cues[0][0])
        words = document.text[slice(*a.cues[0])].lower()
        if len(a.cues) == 1 and words in ("citing", "quoting") and told[home] > 1:
            told[home] -= 1
        else:
            kept.append(a)
    found[:] = kept


def outer_sources(document: Document, found: list[Attribution], seen: list[Range]) -> None:
    """ "Citing a diplomat, Kan TV reported": a source beside a statement's second cue that no statement has is the
    outer link of its chain.  `seen` are all spans that the source head marks, in text order."""
    used = sorted(r for a in found for r in [*a.sources, *a.outer, *a.addressees])
    starts = [r[0] for r in seen]
    for a in found:
        if len(a.cues) < 2 or not a.sources or a.outer:
            continue
        home = document.sentences[document.sentence_at(a.cues[0][0])]
        for r in seen[bisect_right(starts, home[0] - 1) :]:
            if r[0] >= home[1]:
                break
            free = not any(u[0] < r[1] and r[0] < u[1] for u in used) and not inside_any(r, a.contents)
            if free and min(max(c[0] - r[1], r[0] - c[1]) for c in a.cues) <= MAX_GAP_TO_CUE:
                a.outer.append(r)


class Telling:
    """Which statement tells what stands at an offset: an index over content ranges."""

    def __init__(self, statements: list[Attribution]) -> None:
        self._ranges = sorted(((s, e, n) for n, a in enumerate(statements) for s, e in a.contents))
        self._starts = [r[0] for r in self._ranges]
        self._statements = statements

    def holders(self, start: int, end: int) -> list[Attribution]:
        """Statements one of whose content spans holds [start, end)."""
        at = bisect_right(self._starts, start)
        near = self._ranges[max(0, at - LOOK_BACK) : at]
        return [self._statements[n] for s, e, n in near if s <= start and end <= e]

    def innermost(self, offset: int) -> Attribution | None:
        """The statement with the shortest content that holds the offset."""
        return min(self.holders(offset, offset + 1), key=_length, default=None)


def _length(a: Attribution) -> int:
    return sum(e - s for s, e in a.contents)


def nest(found: list[Attribution]) -> None:
    """A statement whose cue lies in another's content is told within it."""
    telling = Telling(found)
    for a in found:
        holders = [b for b in telling.holders(*a.cues[0]) if b is not a] if a.cues else []
        a.within = min(holders, key=_length, default=None)
    for a in found:  # no rings: two statements cannot hold each other
        seen, b = {id(a)}, a.within
        while b is not None:
            if id(b) in seen:
                a.within = None
                break
            seen.add(id(b))
            b = b.within


def carry_on(document: Document, scores: Scores, found: list[Attribution]) -> None:
    """Quotations without a cue of their own go on with the statement before them."""
    if not found or not document.words:
        return
    flat = scores.tokens["content"][:, 1:].sum(axis=1)
    contents = sorted(r for a in found for r in a.contents)
    ends = sorted((r[1], n) for n, a in enumerate(found) for r in [*a.contents, *a.cues, *a.sources])
    for quote in document.quotes:
        words = document.words_in(*quote)
        if len(words) < 5 or _covered(quote, contents) or float(flat[words.start : words.stop].mean()) < 0.4:
            continue
        at = bisect_right(ends, (quote[0], len(found)))
        if not at:
            continue
        end, n = ends[at - 1]
        a = found[n]
        apart = document.sentence_at(quote[0]) - document.sentence_at(max(end - 1, 0))
        if a.contents and a.within is None and apart <= 1:
            a.contents = sorted([*a.contents, quote])
            insort(contents, quote)
            insort(ends, (quote[1], n))


def _covered(quote: Range, contents: list[Range]) -> bool:
    """Does some content hold nearly a third of the quotation?"""
    at = bisect_right(contents, (quote[1], 0))
    near = contents[max(0, at - LOOK_BACK) : at]
    return any(min(quote[1], e) - max(quote[0], s) > 0.3 * (quote[1] - quote[0]) for s, e in near)
