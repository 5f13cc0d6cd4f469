"""Encoder scores -> who is reported to say what (`Attribution`), as character spans, before actors are known.

Each cue is decoded by itself (source, content, addressee given the cue); quotations are kept whole, cues of
one content are joined, nested reporting becomes a chain, quotations that go on without a cue are added to
the statement they continue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.addressees import is_addressed
from onrecord.reader.carriers import carried
from onrecord.reader.chains import carry_on, cited_sources, join_cues, lend_sources, nest, outer_sources
from onrecord.reader.contents import inside_any, share_out, speaks_of, trim, whole
from onrecord.reader.cues import AUXILIARIES, candidate_acts, unsaid
from onrecord.reader.labels import ACTS
from onrecord.reader.voices import may_speak, no_source, owned, shared_subject, silent, spoken_of, whole_subject

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores, Span

MIN_CONTENT_SCORE = 0.45
"""Mean label probability below which a content span is not believed.  These bars were swept on twelve coded reports
held out of training; between .3 and .5 they move statements by half a point."""
MIN_CUE_SCORE = 0.5
OUTSIDE_BIAS = 0.05
SOURCE_BIAS = 0.2
MIN_SOURCE_SCORE = 0.1
BESIDE_CUE = 0.6
"""What a source gains by standing right before its cue ("Varda insisted")."""
CONTENT_SWITCH = 1.0
"""Cost of starting or ending a content span, in log-odds."""
_NAMELESS = re.compile(
    r"(?:the |on )?(?:condition of )?anonymity\b|(?:that )?(?:his|her|their) names? |not to be (?:named|identified|quoted)\b",
    re.IGNORECASE,
)
"""What a source asks for itself is no content: it tells how the source is named."""
_PUT_AT = re.compile(
    r"\b(whose (?:total )?(?:number|strength|toll)s?)\s+((?:(?!are\b|were\b|is\b|was\b|has\b|have\b)[\w.'’-]+\s+){0,6}?[\w.'’-]+)"
    r"\s+((?:have |has |had )?puts?)\s+(at\s+[^,;.\n]*\d(?:[\d,.]*\d)?)"
)
_NOBODY = re.compile(r"(?:no|none|neither|nobody|no-one)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"\s+(?:anonymity|not to be (?:named|identified|quoted))\b", re.IGNORECASE)
_DECLINE = re.compile(
    r"\b(?:comment|confirm|respond|reply|reached|answer|say|elaborate|identify|discuss)\w*\b", re.IGNORECASE
)


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
    hearsay: bool = False
    """Is it put in words that name nobody ("reportedly", "he was warned that")?"""

    def start(self) -> int:
        """Where it begins: its content, else its cue."""
        return min((s for s, _ in self.contents), default=self.cues[0][0] if self.cues else 0)


def attribute(document: Document, scores: Scores) -> list[Attribution]:
    """All statements of a document, in text order."""
    mentions = scores.spans("mention")
    found_sources = _uncut(scores.spans("source", bias=SOURCE_BIAS), mentions)
    seen = [(a, b) for a, b in found_sources if speaks_of(document, a, b)]
    cues = _whole_cues(document, _cues(scores))
    starts, taken = {c[0] for c in cues}, {i for a, b in seen for i in range(a, b)}
    subjects = [(m.first, m.last) for m in mentions if m.last in starts and m.first not in taken]
    marked = [chars(document, *s) for s in seen]
    seen = sorted({*seen, *subjects})
    found = [a for cue in cues if (a := _decode(document, scores, cue, seen))]
    found += put_at(document, found)
    lend_sources(document, found)
    found = join_cues(document, found)
    share_out(document, found)
    cited_sources(document, found, marked)
    outer_sources(document, found, marked)
    carried(document, found)
    nest(found)
    carry_on(document, scores, found)
    return sorted(found, key=lambda a: (a.start(), a.cues[:1]))


def put_at(document: Document, found: list[Attribution]) -> list[Attribution]:
    """ "…, whose number rights groups put at more than 600": the statements that no cue was seen of, and theirs alone."""
    cues = [c for a in found for c in a.cues]
    new: list[Attribution] = []
    for m in _PUT_AT.finditer(document.text):
        if any(s < m.end(3) and m.start(3) < e for s, e in cues):
            continue
        new.append(Attribution([m.span(3)], [m.span(1), m.span(4)], [m.span(2)], act="estimate"))
        for a in found:
            cut = [trim(document.text, s, min(e, m.start())) if s < m.start() < e else (s, e) for s, e in a.contents]
            a.contents = [r for r in cut if not (m.start() <= r[0] and r[1] <= m.end())] or a.contents
    return new


def _uncut(sources: list[Span], mentions: list[Span]) -> list[Range]:
    """Sources as word ranges; one that ends within a name goes on to the name's end, and a part that begins there is
    dropped ("Prime" + "Minister Ana Orl")."""
    ends = {i: m.last for m in mentions if m.label == "name" for i in range(m.first, m.last)}
    found: list[Range] = []
    for s in sources:
        if found and s.first < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], s.last))
        else:
            found.append((s.first, max(s.last, ends.get(s.last - 1, s.last))))
    return found


def _cues(scores: Scores) -> list[tuple[int, int, float]]:
    return [(c.first, c.last, c.score) for c in scores.spans("cue", bias=OUTSIDE_BIAS) if c.score >= MIN_CUE_SCORE]


def _whole_cues(document: Document, cues: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Cues; one that holds nothing but auxiliaries goes on to its verb, if that is one of saying ("had" + "advised") and
    no cue by itself."""
    taken = {i for first, last, _ in cues for i in range(first, last)}
    whole = []
    for first, last, score in cues:
        stop = last
        if all(document.word(i).lower() in AUXILIARIES for i in range(first, last)):
            home = document.sentence_words[document.sentence_at(document.words[first][0])]
            for i in range(last, min(last + 3, home[1])):
                word = document.word(i).lower()
                if i in taken or (word not in AUXILIARIES and not word.endswith("ly") and not candidate_acts(word)):
                    break
                if candidate_acts(word):
                    stop = i + 1
                    break
        whole.append((first, stop, score))
    return whole


def chars(document: Document, first: int, last: int) -> Range:
    """Words [first, last) as a character range."""
    return document.words[first][0], document.words[last - 1][1]


def _decode(document: Document, scores: Scores, cue: tuple[int, int, float], seen: list[Range]) -> Attribution | None:
    first, last, score = cue
    span = chars(document, first, last)
    if _UNNAMED.match(document.text, span[1]) or unsaid(document.text[slice(*span)]):
        return None  # asking for namelessness makes nothing known, nor does silence
    said = [
        chars(document, a.first, a.last)
        for a in scores.stretches("attribution", first, "content", switch=CONTENT_SWITCH)
        if a.score >= MIN_CONTENT_SCORE
    ]
    contents = [
        r
        for r in whole(document, said, span)
        if not _NAMELESS.match(document.text[slice(*r)])
        and _says_something(document, r)
        and not spoken_of(document, span, r)
    ]
    quiet = silent(document, span)
    source = _source(document, scores, first, span, contents, seen, quiet)
    act = _act(document, scores, first, last, document.text[span[0] : span[1]])
    if act == "decline":
        contents = []
    elif not contents or (source and _NOBODY.match(document.text, *source)):
        return None
    addressees = [
        r
        for a in scores.arguments("attribution", first)
        if a.label == "addressee" and a.score >= MIN_CONTENT_SCORE and speaks_of(document, a.first, a.last)
        if is_addressed(document, span, r := chars(document, a.first, a.last), contents, quiet=quiet)
    ]
    return Attribution([span], contents, [source] if source else [], addressees, act=act, score=score, hearsay=quiet)


def _says_something(document: Document, r: Range) -> bool:
    words = document.words_in(*r)
    return len(words) > 0 and speaks_of(document, words.start, words.stop)


def _source(
    document: Document, scores: Scores, at: int, cue: Range, contents: list[Range], seen: list[Range], quiet: bool
) -> Range | None:
    """The source of one cue: of the spans that the source head sees (`seen`), the one that the pair head prefers."""
    probabilities, low = scores.pair("attribution", at)
    inside = probabilities[:, 1:3].sum(axis=1)
    high = low + len(inside)
    rated: list[tuple[float, Range]] = []
    for first, last in seen[bisect_left(seen, (low, 0)) : bisect_left(seen, (high, 0))]:
        value = float(inside[first - low : min(last, high) - low].mean())
        value += BESIDE_CUE if last == at else 0.0
        if value >= MIN_SOURCE_SCORE:
            rated.append((value, chars(document, first, last)))
    rated = [x for x in rated if _may_be(document, x[1], cue, contents, quiet)]
    if not rated:
        rated = [
            (a.score, r)
            for a in scores.stretches("attribution", at, "source", switch=0.5)
            if a.score >= 0.5
            and speaks_of(document, a.first, a.last)
            and _may_be(document, r := chars(document, a.first, a.last), cue, contents, quiet)
        ]
    if not rated:
        return shared_subject(document, cue) if not quiet else None
    start, end = trim(document.text, *whole_subject(document, owned(document, max(rated)[1], cue), cue))
    return (start, end) if start < end else None


def _may_be(document: Document, r: Range, cue: Range, contents: list[Range], quiet: bool) -> bool:
    if inside_any(r, contents) or no_source(document.text[slice(*r)]):
        return False
    return not quiet or may_speak(document, cue, r)


def _act(document: Document, scores: Scores, first: int, last: int, text: str) -> str:
    listed = candidate_acts(text)
    around = document.text[document.words[first][0] : document.words[last - 1][1] + 40]
    if re.search(
        r"\b(?:declin|refus|(?:did|could|w(?:ould|ill)) not|didn['’]t|wouldn['’]t|won['’]t|yet to|unavailable)",
        text,
        re.IGNORECASE,
    ) and _DECLINE.search(around):
        return "decline"
    if len(listed) == 1:
        return listed[0] if listed[0] != "decline" else "say"
    mean = scores.tokens["act"][first:last].mean(axis=0)
    pool = listed or ACTS
    return max(pool, key=lambda a: float(mean[ACTS.index(a)]))
