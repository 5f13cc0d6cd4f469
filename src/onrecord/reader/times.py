"""A report's text and date -> its time expressions, with TIMEX3 values (`find_times`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.reader import times_calendar as cal
from onrecord.reader.document import Document, Range
from onrecord.reader.times_grammar import CLOCK, DAY_MONTH, PHRASE_LEAD, PHRASES, RULES, STARTS, WEEKDAY
from onrecord.reader.times_lexer import Lexed, lex
from onrecord.reader.times_readers import (
    Match,
    read_date,
    read_day_range,
    read_decade,
    read_iso,
    read_ordinal_unit,
    read_season,
    read_slashed,
    read_year,
)
from onrecord.reader.times_spans import read_duration, read_often, read_unit, read_vague, read_window, ref_period
from onrecord.reader.times_story import Found, Story, resolve, unknown
from onrecord.reader.times_words import HOLIDAYS


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One time expression, in the codebook's fields; `begin` and `until` are inclusive ISO dates or None."""

    start: int
    end: int
    type: str
    value: str
    begin: str | None
    until: str | None
    precision: str
    modifier: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A found expression: its character range and value."""

    start: int
    end: int
    found: Found


_READERS: dict[str, Callable[[Match, Story], Found | None]] = {
    "iso": read_iso,
    "slashed": read_slashed,
    "date": read_date,
    "day_range": read_day_range,
    "year": read_year,
    "decade": read_decade,
    "ordinal_unit": read_ordinal_unit,
    "season": read_season,
    "unit": read_unit,
    "window": read_window,
    "duration": read_duration,
    "often": read_often,
    "vague": read_vague,
}
_COMING_DAY = re.compile(rf"[^|]{{0,8}}?i({WEEKDAY}?{DAY_MONTH}|W)")
_DAYLESS = re.compile(rf"t?e?-?P|{CLOCK}")


def find_times(
    document: Document,
    anchor: date | None,
    *,
    candidates: Sequence[Range] = (),
    exclude: Sequence[Range] = (),
) -> list[TimeMention]:
    """Find and resolve the times of a report, in text order and without overlaps.

    `anchor` is the date that relative times count from.  `candidates` are character ranges that a tagger
    proposes: one that the grammar can value is kept and may widen a span found here, any other is dropped.
    Nothing is found inside the ranges of `exclude`.
    """
    scan = _Scan(document, anchor, sorted(candidates), sorted(exclude))
    return [_mention(hit) for hit in scan.run()]


class _Scan:
    """One pass over a report, left to right, since later times count from earlier ones."""

    def __init__(
        self, document: Document, anchor: date | None, candidates: list[Range], exclude: list[Range]
    ) -> None:
        self.document, self.candidates, self.exclude = document, candidates, exclude
        self.lexed = lex(document)
        self.story = Story(anchor)
        self.hits: list[_Hit] = []
        self.phrases = {m.start(): m for m in PHRASES.finditer(document.text)}
        self.paragraph_starts = {start for start, _ in document.paragraphs}
        self.quoted = _Ranges(document.quotes)
        self.excluded = _Ranges(exclude)
        self.proposed = _Ranges(candidates)

    def run(self) -> list[_Hit]:
        lexed = self.lexed
        i, offset = 0, 0
        for start in self._starts():
            if start < i:
                continue
            token = lexed.tokens[start]
            for paragraph in range(offset, token.start + 1):
                if paragraph in self.paragraph_starts:
                    self.story.new_paragraph()
            offset = token.start + 1
            i = max(self._read_at(start), start + 1)
        return self.hits

    def _starts(self) -> list[int]:
        """Tokens at which a time may begin, by class, by phrase or by the tagger's word."""
        starts = {m.start() for m in STARTS.finditer(self.lexed.codes)}
        for offset in [*self.phrases, *(c[0] for c in self.candidates)]:
            starts.add(self.lexed.between(offset, offset + 1)[0])
        return sorted(s for s in starts if s < len(self.lexed.tokens))

    def _read_at(self, start: int) -> int:
        """Read the longest time that begins at a token; gives the token after it, or `start`."""
        token = self.lexed.tokens[start]
        if self.excluded.holding(token.start) is not None:
            return start
        loose = self.proposed.holding(token.start)
        quoted = self.quoted.holding(token.start) is not None
        for name, end in self._shapes(start):
            if name == "phrase":
                return self._phrase(start, end)
            match = Match(self.lexed, start, end, quoted, loose is not None and self.lexed.tokens[end - 1].end <= loose[1])
            self.story.coming = self._coming(match) if name == "date" else None
            found = _READERS[name](match, self.story)
            self.story.coming = None
            if found is not None:
                return self._keep(start, end, found, loose)
        return start

    def _shapes(self, start: int) -> list[tuple[str, int]]:
        """Names and ends of the shapes that match at a token, the longest first."""
        shapes = []
        for order, rule in enumerate(RULES):
            matched = rule.pattern.match(self.lexed.codes, start)
            if matched and matched.end() > start:
                shapes.append((-matched.end(), order, rule.reader))
        phrase = self.phrases.get(self.lexed.tokens[start].start)
        if phrase is not None:
            shapes.append((-self.lexed.between(0, phrase.end())[1], -1, "phrase"))
        return [(name, -end) for end, _, name in sorted(shapes)]

    def _coming(self, match: Match) -> date | None:
        """The day that follows a clock time at a short distance: "at 8:30 p.m. (1930 GMT) on August 27"."""
        if not _DAYLESS.fullmatch(match.codes()):
            return None
        ahead = _COMING_DAY.match(self.lexed.codes, match.end)
        if ahead is None:
            return None
        dated = Match(self.lexed, ahead.start(1), ahead.end(1))
        found = resolve(dated.parts(), self.story, ahead=dated.ahead(), quoted=False)
        return found.period.begin if found and found.period.precision == "day" else None

    def _phrase(self, start: int, end: int) -> int:
        phrase = self.phrases[self.lexed.tokens[start].start]
        lead = PHRASE_LEAD.match(phrase.group())
        kind = phrase.lastgroup or ""
        offset = phrase.start() + (lead.end() if lead else 0)
        found = _phrase_value(kind, phrase.group().lower(), self.story)
        if found is not None:
            self.hits.append(_Hit(offset, phrase.end(), found))
        return end

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """Leave out closing punctuation, and the article of the noun that a compound stands before."""
        while end - start > 1 and self.lexed.code(end - 1) in ",p-Q":
            end -= 1
        codes = self.lexed.codes[start:end]
        compound = "-" in codes[2:] or codes[-1] == "-" or (codes[-1] == "u" and self._singular_count(start, end))
        if len(codes) > 2 and codes[0] in "ta" and compound and (codes[-1] not in "gEP" or codes[-2] == "-") and not re.search("[MYB]", codes):
            start += 1
        return start, end

    def _singular_count(self, start: int, end: int) -> bool:
        """"A thirty hour stretch": a number before a unit in the singular belongs to the noun that follows."""
        counted = self.lexed.code(end - 2) in "nDNq" and self.lexed.low(end - 2) not in ("one", "1", "half", "first")
        return counted and not self.lexed.low(end - 1).endswith("s")

    def _keep(self, start: int, end: int, found: Found, loose: Range | None) -> int:
        deictic = found.basis == "anchor" and re.search("[Wdlhg]", self.lexed.codes[start:end]) is not None
        self.story.note(found, told_from_now=deictic)
        start, end = self._trim(start, end)
        first, last, modifier = widen(self.lexed, start, end, found)
        if modifier == "AFTER" and found.period.value.endswith("T24:00"):  # midnight as the start of a day
            found = replace(found, period=replace(found.period, value=found.period.value[:-5] + "00:00"))
        begin, until = self.lexed.tokens[first].start, self.lexed.tokens[last - 1].end
        if self.hits and begin < self.hits[-1].end:
            begin = self.lexed.tokens[start].start
        if loose is not None and loose[0] <= begin and until <= loose[1] and loose[1] - loose[0] <= 80:
            begin, until = max(loose[0], self.hits[-1].end if self.hits else 0), loose[1]
        self.hits.append(_Hit(begin, until, replace(found, modifier=modifier)))
        return max(last, self.lexed.between(0, until)[1])


class _Ranges:
    """Sorted, disjoint ranges that are asked from left to right."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self.ranges, self.next = ranges, 0

    def holding(self, offset: int) -> Range | None:
        """The range that holds the offset; offsets must not fall by more than a range."""
        while self.next < len(self.ranges) and self.ranges[self.next][1] <= offset:
            self.next += 1
        if self.next < len(self.ranges) and self.ranges[self.next][0] <= offset:
            return self.ranges[self.next]
        return None


def _feast(low: str, story: Story) -> Found | None:
    """Christmas, New Year's Eve: the nearest one, or the last or next where the words say so."""
    words = re.findall(r"[a-z]+|['’]s", low)
    direction = {"last": -1, "next": 1, "this": 0}.get(words[0])
    month, day = HOLIDAYS[tuple("'s" if w == "’s" else w for w in words if w not in ("last", "next", "this"))]
    if story.anchor is None:
        return Found("DATE", unknown(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), "day"), None, "document")
    year = story.anchor.year
    if direction != 0:
        year = cal.nearest_year(story.anchor, month, day or 24, {1: True, -1: False}.get(direction or 0))
    exact = cal.make_date(year, month, day) if day else cal.thanksgiving(year)
    return Found("DATE", cal.day(exact), None, "anchor") if exact else None


def _phrase_value(kind: str, low: str, story: Story) -> Found | None:
    """What a set phrase comes to."""
    if kind == "present":
        return Found("DATE", ref_period("PRESENT_REF", story))
    if kind in ("future", "after"):
        return Found("DATE", ref_period("FUTURE_REF", story))
    if kind == "past":
        return Found("DATE", ref_period("PAST_REF", story))
    if kind == "feast":
        return _feast(low, story)
    if kind == "span":
        return Found("DURATION", unknown("PXX", "vague"), None, "document")
    if "period" in low and story.duration is not None:
        return replace(story.duration, basis="previous")
    if story.last is None:
        return Found("DATE", unknown("PAST_REF", "vague"), None, "document") if "then" in low else None
    return Found("DATE", story.last, None, "previous")


_APPROXIMATE = frozenset("about around approximately roughly circa".split())
_BARELY = frozenset("nearly almost".split())
_BEFORE_OVER = frozenset("for in after of just well lasted took spent with within every at been".split())
"""Words after which "over" is "more than"; elsewhere it is "in the course of"."""

_COUNTED = re.compile(r"[aqnDNY]|t?[nq]")


def widen(lexed: Lexed, start: int, end: int, found: Found) -> tuple[int, int, str | None]:
    """Take in the words that qualify an expression; gives its token range and modifier."""
    modifier = found.modifier
    one, two = lexed.low(start - 1), lexed.low(start - 2)
    counted = found.type == "DURATION" or lexed.code(end - 1) in "gE"
    ago = lexed.code(end - 1) == "g"
    if found.period.value.endswith("_REF") and not counted:
        return start, end, modifier
    if lexed.code(end) == "~":
        return widen(lexed, start, end + 1, replace(found, modifier="APPROX"))
    if lexed.low(end) == "or" and lexed.low(end + 1) in ("so", "more", "less", "later", "longer"):
        modifier = {"so": "APPROX", "less": "EQUAL_OR_LESS"}.get(lexed.low(end + 1), "EQUAL_OR_MORE")
        end += 2
    if one in _APPROXIMATE and lexed.codes[start:end] != "W":  # "to get around Monday's ruling"
        return start - 1, end, modifier or "APPROX"
    if found.type == "TIME" and one in ("before", "after") and two in ("shortly", "just", "right", "soon", "well"):
        return start - 2, end, one.upper()
    if one in _BARELY:
        return start - 1, end, modifier or "LESS_THAN"
    if counted and _COUNTED.match(lexed.code(start)):
        return _compared(lexed, start, end, modifier, one, two, ago)
    if one == "very" and lexed.code(start) in "e":
        return start - 1, end, modifier
    return start, end, modifier


def _compared(
    lexed: Lexed, start: int, end: int, modifier: str | None, one: str, two: str, ago: bool
) -> tuple[int, int, str | None]:
    """More than, at least, up to, over and their like before a counted duration."""
    if one == "than" and two in ("more", "longer"):
        if lexed.low(start - 3) == "no":
            return start - 3, end, "EQUAL_OR_LESS"
        return start - 2, end, "BEFORE" if ago else "MORE_THAN"
    if one == "than" and two in ("less", "fewer"):
        return start - 2, end, "AFTER" if ago else "LESS_THAN"
    if two == "at" and one in ("least", "most"):
        return start - 2, end, "EQUAL_OR_MORE" if one == "least" else "EQUAL_OR_LESS"
    if two == "up" and one == "to":
        return start - 2, end, "EQUAL_OR_LESS"
    if one == "under" or (one == "over" and (two in _BEFORE_OVER or not two.isalpha())):
        return start - 1, end, "MORE_THAN" if one == "over" else "LESS_THAN"
    return start, end, modifier


def _mention(hit: _Hit) -> TimeMention:
    found, period = hit.found, hit.found.period
    return TimeMention(
        start=hit.start,
        end=hit.end,
        type=found.type,
        value=period.value,
        begin=period.begin.isoformat() if period.begin else None,
        until=period.until.isoformat() if period.until else None,
        precision=period.precision,
        modifier=found.modifier,
        basis=found.basis,
    )
