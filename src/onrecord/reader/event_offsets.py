"""Happenings told by how long after another they came -> their days ("…, two days after rockets hit the port").

What follows "two days after" lies so long before what the sentence tells beside it, and the other way round for
"before".  Days are counted; weeks, months and years give the week, month or year; after some hours it was the same
day or the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord import records as R

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.event_times import Frame
    from onrecord.reader.events import EventDraft

REACH = 140
"""Within so many letters the happening that is counted from is named."""
_SIDE = re.compile(r"\s*\b(after|before)$|^\s+(after|before)\b", re.IGNORECASE)
_LENGTH = re.compile(r"P(?:T(?P<hours>[\dX]+)H|(?P<number>\d{1,3})(?P<unit>[DWMY]))")
_FOR = re.compile(r"\b(?:for|within|in|of|lasted|than)\s+(?:at least\s+|about\s+)?$", re.IGNORECASE)
"""Before these a length is how long something went on ("jailed for four years after the riots")."""
_STOP = re.compile(r"[;.!?:]|[”\"“]")


def offset_times(
    document: Document,
    drafts: Sequence[EventDraft],
    times: Sequence[R.Time],
    found: Sequence[R.EventTime],
    frame: Frame,
) -> list[R.EventTime]:
    """The times of the happenings, those told by an offset put right.

    Args:
        document: the report's text.
        drafts: its happenings.
        times: its time expressions, in text order.
        found: the time of each happening so far.
        frame: what stands around the happenings.
    """
    fixed = list(found)
    by_id = {t.id: t for t in times}
    owner = {r: n for n, e in enumerate(drafts) for r in (e.trigger, *e.mentions)}
    for t, forward in _offsets(document, times):
        base = _counted_from(document, t, owner, frame)
        if base is None or _own(document, by_id.get(fixed[base].ref or ""), t):
            continue
        main = _told(document, t, owner, frame)
        if main == base:
            continue
        if days := _days(t, fixed[main] if main is not None else _day_before(document, t, times), forward):
            begin, until, precision = days
            fixed[base] = R.EventTime(
                ref=t.id, begin=begin.isoformat(), until=until.isoformat(), precision=precision, basis="context"
            )
        elif fixed[base].ref is not None:
            fixed[base] = R.EventTime()  # what dates the one dates not the other
    return fixed


def _offsets(document: Document, times: Sequence[R.Time]) -> Iterator[tuple[R.Time, bool]]:
    """The lengths that "after" or "before" follows, and whether it is "after"."""
    for t in times:
        if t.type != "DURATION" or not _LENGTH.fullmatch(t.value):
            continue
        m = _SIDE.search(t.text) or _SIDE.match(document.text[t.end : t.end + 8])
        if m and not _FOR.search(document.text[max(0, t.start - 16) : t.start]):
            yield t, (m[1] or m[2]).lower() == "after"


def _counted_from(document: Document, t: R.Time, owner: Mapping[Range, int], frame: Frame) -> int | None:
    """The number of the happening that follows an offset."""
    end = document.sentences[max(0, document.sentence_at(t.start))][1]
    for x in frame.inside(t.end, min(end, t.end + REACH)):
        return None if _STOP.search(document.text, t.end, x[0]) else owner[x[0], x[1]]
    return None


def _told(document: Document, t: R.Time, owner: Mapping[Range, int], frame: Frame) -> int | None:
    """The number of the happening told beside an offset: before it, or, where it opens the sentence, behind a comma."""
    start, end = document.sentences[max(0, document.sentence_at(t.start))]
    before = frame.inside(start, t.start)
    if before:
        return owner[before[-1][0], before[-1][1]]
    comma = document.text.find(",", t.end, end)
    if document.text[start : t.start].strip() or comma < 0:
        return None
    behind = frame.inside(comma, end)
    return owner[behind[0][0], behind[0][1]] if behind else None


def _day_before(document: Document, t: R.Time, times: Sequence[R.Time]) -> R.EventTime:
    """The day that the sentence names before an offset, where it tells no happening there."""
    start = document.sentences[max(0, document.sentence_at(t.start))][0]
    first = bisect_left(times, start, key=lambda x: x.start)
    near = times[first : bisect_left(times, t.start, lo=first, key=lambda x: x.start)]
    days = [x for x in near if x.precision == "day" and x.begin == x.until]
    return R.EventTime(begin=days[-1].begin, until=days[-1].until) if days else R.EventTime()


def _own(document: Document, ref: R.Time | None, t: R.Time) -> bool:
    """Has a happening a time that the words before the offset do not lend it?"""
    if ref is None:
        return False
    return not (ref.start < t.start and document.sentence_at(ref.start) == document.sentence_at(t.start))


def _days(t: R.Time, known: R.EventTime, forward: bool) -> tuple[date, date, str] | None:
    """First and last day and precision, counted from a known time."""
    m = _LENGTH.fullmatch(t.value)
    if m is None or not known.begin or not known.until:
        return None
    first, last = date.fromisoformat(known.begin[:10]), date.fromisoformat(known.until[:10])
    sign = -1 if forward else 1
    if m["hours"]:
        if first != last:
            return None
        return (first - timedelta(1), first, "day") if forward else (first, first + timedelta(1), "day")
    number, unit = int(m["number"]), m["unit"]
    if unit in "DW":
        if first != last:
            return None
        day = first + timedelta(sign * number * (7 if unit == "W" else 1))
        if unit == "D":
            return day, day, "day"
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(6), "week"
    if unit == "Y":
        year = first.year + sign * number
        return (date(year, 1, 1), date(year, 12, 31), "year") if first.year == last.year and year > 0 else None
    if (first.year, first.month) != (last.year, last.month):
        return None
    return _month(first.year * 12 + first.month - 1 + sign * number)


def _month(count: int) -> tuple[date, date, str]:
    begin = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return begin, following - timedelta(1), "month"
