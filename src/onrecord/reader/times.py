"""A report's text and date -> its time expressions, with TIMEX3 values (`find_times`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_ancient import read_ancient
from onrecord.reader.times_business import read_reported
from onrecord.reader.times_durations import read_duration, read_often
from onrecord.reader.times_extent import trim, widen
from onrecord.reader.times_grammar import CLOCK, DAY_MONTH, PHRASE_LEAD, PHRASES, RULES, STARTS, WEEKDAY
from onrecord.reader.times_lexer import Lexed, lex
from onrecord.reader.times_match import Match
from onrecord.reader.times_readers import (
    read_date,
    read_decade,
    read_first_day,
    read_iso,
    read_last_day,
    read_ordinal_unit,
    read_season,
    read_short_year,
    read_slashed,
    read_year,
)
from onrecord.reader.times_story import Found, Story, resolve
from onrecord.reader.times_units import read_unit, read_window
from onrecord.reader.times_vague import read_phrase, read_vague

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from onrecord.reader.document import Document, Range


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
    "ancient": read_ancient,
    "first_day": read_first_day,
    "last_day": read_last_day,
    "year": read_year,
    "short_year": read_short_year,
    "reported": read_reported,
    "decade": read_decade,
    "ordinal_unit": read_ordinal_unit,
    "season": read_season,
    "unit": read_unit,
    "window": read_window,
    "duration": read_duration,
    "often": read_often,
    "vague": read_vague,
}
LEAD = 5
"""Tokens within which a year opens its sentence ("By early 1942")."""
HISTORY_YEARS = 6
"""So many past years make a history of a text without todays and Tuesdays."""
_TOLD_FROM_NOW = re.compile("[dWg]|(?<!t)lu")

ALWAYS_TIMES = frozenset("recent recently previously currently".split())
"""Vague words that are a time wherever they stand; "later", "soon" or "once" are so only in some uses."""

MAX_SPAN = 80
"""A tagger's span longer than this many characters does not widen one found here."""

_COMING_DAY = re.compile(rf"[^|]{{0,8}}?i({WEEKDAY}?{DAY_MONTH}|W)")
_YEARLESS = re.compile("Mp?t?[DO]?$|^t?[DO](?:f?Mp?)?$")
_YEAR_AHEAD = re.compile(rf"(?:-|,?[z&]|,)i?((?:{DAY_MONTH}|e?-?Mp?,?Y|[DO],?Y))(?<=Y)")
_DAYLESS = re.compile(rf"t?e?-?P|{CLOCK}")


def find_times(
    document: Document,
    anchor: date | None,
    *,
    candidates: Sequence[Range] | None = None,
    exclude: Sequence[Range] = (),
) -> list[TimeMention]:
    """Find and resolve the times of a report, in text order and without overlaps.

    `anchor` is the date that relative times count from.  `candidates` are character ranges that a tagger
    proposes: one that the grammar can value is kept and may widen a span found here, any other is dropped.
    Whether "later" or "annual" is a time depends on more than these rules see: where there is a tagger, such
    words need its word; without one (None) the rules decide alone.  Nothing is found inside the ranges of `exclude`.
    """
    if anchor is not None and not cal.FIRST_REPORT <= anchor.year <= cal.LAST_REPORT:
        anchor = None
    scan = _Scan(document, anchor, sorted(candidates or ()), sorted(exclude), tagged=candidates is not None)
    return [_mention(hit) for hit in scan.run()]


class _Scan:
    """One pass over a report, left to right, since later times count from earlier ones."""

    def __init__(
        self,
        document: Document,
        anchor: date | None,
        candidates: Sequence[Range],
        exclude: Sequence[Range],
        *,
        tagged: bool,
    ) -> None:
        self.tagged = tagged
        self.candidates = candidates
        self.lexed = lex(document, candidates)
        self.story = Story(anchor, chronicle=_is_chronicle(self.lexed, anchor))
        self.hits: list[_Hit] = []
        self.phrases = {m.start(): m for m in PHRASES.finditer(document.text)}
        self.paragraphs = _Ranges(document.paragraphs)
        self.quoted = _Ranges(document.quotes)
        self.excluded = _Ranges(exclude)
        self.proposed = _Ranges(candidates)

    def run(self) -> list[_Hit]:
        """All hits in text order."""
        after, paragraph = 0, None
        for start in self._starts():
            if start < after:
                continue
            here = self.paragraphs.holding(self.lexed.tokens[start].start)
            if here != paragraph:
                self.story.new_paragraph()
                paragraph = here
            after = max(self._read_at(start), start + 1)
        return self._widened()

    def _starts(self) -> list[int]:
        """Tokens at which a time may begin, by class, by phrase or by the tagger's word."""
        starts = {m.start() for m in STARTS.finditer(self.lexed.codes)}
        starts.update(self.lexed.between(0, offset)[1] for offset in self.phrases)
        starts.update(self.lexed.between(0, candidate[0])[1] for candidate in self.candidates)
        return sorted(s for s in starts if self.lexed.code(s) != "|")

    def _read_at(self, start: int) -> int:
        """Read the longest time that begins at a token; gives the token after it, or `start`."""
        tokens = self.lexed.tokens
        offset = tokens[start].start
        vouched = self.proposed.holding(offset)
        quoted = self.quoted.holding(offset) is not None
        for name, end in self._shapes(start):
            if self.excluded.touching(offset, tokens[end - 1].end):
                continue
            if self._doubtful(start, end, name) and not self.proposed.meeting(offset, tokens[end - 1].end):
                continue
            if name == "phrase":
                return self._phrase(start, end)
            match = Match(self.lexed, start, end, quoted, vouched is not None and tokens[end - 1].end <= vouched[1])
            self.story.coming = self._coming(match) if name == "date" else None
            self.story.ahead_year = self._ahead_year(match) if name in ("date", "first_day") else None
            found = _READERS[name](match, self.story)
            self.story.coming = self.story.ahead_year = None
            if found is not None:
                return self._keep(start, end, found)
        return start

    def _doubtful(self, start: int, end: int, name: str) -> bool:
        """Does a shape need the tagger's word: is it an adverb that is a time only in some of its uses?"""
        if not self.tagged or name not in ("vague", "often"):
            return False
        if name == "often":
            return self.lexed.codes[start:end] == "F" and self.lexed.low(start) != "daily"
        return not any(token.low in ALWAYS_TIMES for token in self.lexed.tokens[start:end])

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
        """The day that follows a clock time at a short distance: "at 6 p.m. (1500 GMT) on June 3"."""
        if not _DAYLESS.fullmatch(match.codes()):
            return None
        ahead = _COMING_DAY.match(self.lexed.codes, match.end)
        if ahead is None:
            return None
        dated = Match(self.lexed, ahead.start(1), ahead.end(1))
        found = resolve(dated.parts(), self.story, ahead=dated.ahead(), quoted=False)
        return found.period.begin if found and found.period.precision == "day" else None

    def _ahead_year(self, match: Match) -> int | None:
        """The year that closes a pair of months or days: "from March to May 1994", "26 June - 4 August 1952"."""
        if not _YEARLESS.search(match.codes()):
            return None
        ahead = _YEAR_AHEAD.match(self.lexed.codes, match.end)
        if ahead is None:
            return None
        second = Match(self.lexed, ahead.start(1), ahead.end(1)).parts()
        first = match.parts().month or second.month
        if first is None or second.year is None:
            return None
        return second.year - (second.month is not None and first > second.month)

    def _phrase(self, start: int, end: int) -> int:
        """Keep a set phrase, without the preposition before it; gives the token after it."""
        phrase = self.phrases[self.lexed.tokens[start].start]
        lead = PHRASE_LEAD.match(phrase.group())
        found = read_phrase(phrase.lastgroup or "", phrase.group().lower(), self.story)
        if found is not None:
            self.hits.append(_Hit(phrase.start() + (lead.end() if lead else 0), phrase.end(), found))
        return end

    def _keep(self, start: int, end: int, found: Found) -> int:
        deictic = found.basis == "anchor" and re.search("[Wdlhg]", self.lexed.codes[start:end]) is not None
        leading = start < LEAD or "|" in self.lexed.codes[start - LEAD : start]
        self.story.note(found, told_from_now=deictic, leading=leading)
        start, end = trim(self.lexed, start, end)
        first, last, modifier = widen(self.lexed, start, end, found)
        if modifier == "AFTER" and found.period.value.endswith("T24:00"):  # midnight as the start of a day
            found = replace(found, period=replace(found.period, value=found.period.value[:-5] + "00:00"))
        begin, until = self.lexed.tokens[first].start, self.lexed.tokens[last - 1].end
        if (self.hits and begin < self.hits[-1].end) or self.excluded.touching(begin, until):
            begin, until = self.lexed.tokens[start].start, self.lexed.tokens[end - 1].end
        self.hits.append(_Hit(begin, until, replace(found, modifier=modifier)))
        return last

    def _widened(self) -> list[_Hit]:
        """The hits, each with the span of the one candidate that holds it and nothing else."""
        hits = self.hits
        starts = [hit.start for hit in hits]
        for begin, until in self.candidates:
            i = bisect_left(starts, begin)
            inside = i < len(hits) and hits[i].end <= until
            alone = (i + 1 >= len(hits) or hits[i + 1].start >= until) and (i == 0 or hits[i - 1].end <= begin)
            small = until - begin <= MAX_SPAN and not self.excluded_before(begin, until)
            if inside and alone and small and "|" not in self.lexed.codes[slice(*self.lexed.between(begin, until))]:
                first, last = self._closed(begin, until, hits[i])
                hits[i] = replace(hits[i], start=first, end=last)
        return hits

    def _closed(self, begin: int, until: int, hit: _Hit) -> Range:
        """A candidate's range without the prepositions, conjunctions and marks at its edges."""
        tokens = self.lexed.tokens
        first, last = self.lexed.between(begin, until)
        while tokens[last - 1].end > hit.end and (
            tokens[last - 1].code in "fi&z-,." and _is_edge(tokens[last - 1].low)
        ):
            last -= 1
        while tokens[first].start < hit.start and (tokens[first].code in "fi@z-,." and _is_edge(tokens[first].low)):
            first += 1
        return max(begin, tokens[first].start), min(until, tokens[last - 1].end) if last > first else until

    def excluded_before(self, begin: int, until: int) -> bool:
        """Does an excluded range touch this one?  Unlike `touching`, asked in any order."""
        return any(a < until and begin < b for a, b in self.excluded.ranges)


def _is_edge(low: str) -> bool:
    return low in ("of", "in", "on", "at", "and", "or", "to", "than", "by", "for", "from") or not low[:1].isalnum()


def _is_chronicle(lexed: Lexed, anchor: date | None) -> bool:
    """Is the text a history: years gone by, and hardly a day told from the day of writing?"""
    if anchor is None:
        return False
    gone = sum(t.code == "G" or (t.code == "Y" and int(t.low) < anchor.year) for t in lexed.tokens if t.code in "GY")
    return gone >= HISTORY_YEARS and len(_TOLD_FROM_NOW.findall(lexed.codes)) * 4 <= gone


class _Ranges:
    """Sorted ranges, asked for offsets that do not fall."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self.ranges, self.next = ranges, 0

    def holding(self, offset: int) -> Range | None:
        """The range that holds the offset."""
        while self.next < len(self.ranges) and self.ranges[self.next][1] <= offset:
            self.next += 1
        if self.next < len(self.ranges) and self.ranges[self.next][0] <= offset:
            return self.ranges[self.next]
        return None

    def meeting(self, start: int, end: int) -> bool:
        """Does one of the ranges, in any order asked, share a character with [start, end)?"""
        i = bisect_left(self.ranges, (end, 0)) - 1
        return i >= 0 and self.ranges[i][1] > start

    def touching(self, start: int, end: int) -> bool:
        """Does one of the ranges share a character with [start, end)?"""
        if self.holding(start) is not None:
            return True
        return self.next < len(self.ranges) and self.ranges[self.next][0] < end


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
