"""What a report has dated so far, and how a date-like expression is resolved against it (`resolve`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_calendar import Period

if TYPE_CHECKING:
    from datetime import date

    from onrecord.reader.times_parts import Parts

TURN, LEAP, FAR_YEARS = 6, 9, 10
"""Months back that mean the next year, months on that mean the year before; years that are no step of a telling."""

REPORTED_DAYS = 45
"""Results come out in the first half of the next quarter: until then "the quarter" is the one before."""

SPEECH_WINDOW = 10
"""Days before the report within which a day just named can be the day on which a quotation was spoken."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value for an expression: TIMEX3 type, period, modifier and what the value rests on."""

    type: str
    period: Period
    modifier: str | None = None
    basis: str = "anchor"


@dataclass(slots=True)
class Story:
    """The report's date and what its text has named last."""

    anchor: date | None
    last: Period | None = None
    last_day: date | None = None
    """The last day named that does not lie ahead of the report."""
    year: int | None = None
    reached: date | None = None
    """The last day or month named: where the telling stands within its year."""
    duration: Found | None = None
    dated: int = 0
    anchored: int = 0
    loose: Period | None = None
    """A month or year named last in the paragraph, which a clock time then belongs to."""

    chronicle: bool = False
    """Is this a history: many years, hardly anything told from the day of writing?  Then a bare month or season
    belongs to the year that the telling has reached."""
    far: int | None = None
    """A year named by itself far from the telling; a second one in a row moves the telling there."""
    ancient: str = ""
    """The year before Christ that the telling has reached, as TIMEX3 writes it."""
    quarter: tuple[int, int] | None = None
    """Year and number of the business quarter named last."""
    ahead_year: int | None = None
    """The year that is named just after a bare month ("from March to May 1994")."""

    coming: date | None = None
    """A day named just after a bare clock time ("at 5 p.m. (1600 GMT) on Friday")."""

    def day(self, *, ahead: bool | None = None) -> tuple[date | None, str]:
        """The day that the telling has reached, with the basis to record; one still to come only if it points ahead."""
        if self.coming is not None:
            return self.coming, "previous"
        last = self.last
        if last is not None and last.precision == "day" and last.begin is not None:
            if self.anchor is None or last.begin <= self.anchor or ahead or self.last_day is None:
                return last.begin, "previous"
            return self.last_day, "previous"
        return self.anchor, "anchor"

    def point(self, unit: str) -> date | None:
        """Where "the following month" counts from: the last date named, to the day only for days and weeks."""
        if unit in ("D", "W") or self.last is None or self.last.begin is None:
            return self.day()[0]
        return self.last.begin

    def counts_by_years(self) -> bool:
        """Is this a chronicle: dates with years, and nothing told from the day of writing?"""
        return self.anchor is None or self.chronicle or (self.dated > 2 and 4 * self.anchored < self.dated)

    def now(self) -> date | None:
        """What "the year" and "the month" lie in: the report's day; in a history the date named last."""
        return self.last.begin if self.chronicle and self.last is not None else self.anchor

    def told_year(self, number: int | None = None) -> int | None:
        """The year that the telling has reached; of a month (`number`) the one that keeps it near the last date.

        Histories go forward: a month much earlier in the year than the last one belongs to the next year.
        """
        reached = self.reached
        if self.year is None or number is None or reached is None or reached.year != self.year:
            return self.year
        passed = number - reached.month
        return self.year + (1 if passed < -TURN else -1 if passed > LEAP else 0)

    def _report(self, quarter: Period) -> None:
        """Note the quarter that a story is about: the one reported on at its date, else the first that it names."""
        due = cal.quarter_of(cal.shift(self.anchor, -REPORTED_DAYS)).value if self.anchor else None
        if self.quarter is None or quarter.value == due:
            self.quarter = (int(quarter.value[:4]), int(quarter.value[6]))

    def _move(self, period: Period, leading: bool) -> None:
        """Let the telling reach a year, unless it is a year by itself in passing, or one that leaps far out of it."""
        assert period.begin is not None
        year = period.begin.year
        if period.precision == "year" and self.chronicle and not leading and self.year is not None:
            return
        if period.precision == "year" and self.year is not None and abs(year - self.year) > FAR_YEARS:
            if self.far is None or abs(year - self.far) > FAR_YEARS:
                self.far = year
                return
        self.year, self.far = year, None

    def speech_day(self, quoted: bool) -> tuple[date | None, str]:
        """The day that "today" means: the day of speaking inside a quotation, the report's own day outside."""
        day = self.last_day
        if quoted and day and self.anchor and 0 <= (self.anchor - day).days <= SPEECH_WINDOW:
            return day, "previous"
        return self.anchor, "anchor"

    def new_paragraph(self) -> None:
        """What a paragraph has named loosely does not carry over to the next."""
        self.loose = None

    def note(self, found: Found, *, told_from_now: bool = False, leading: bool = True) -> None:
        """Remember a dated expression for those that count from it; `leading` tells that it opens its sentence."""
        if found.type in ("DATE", "TIME") and found.period.begin and "_REF" not in found.period.value:
            base = found.period
            if base.value[4:6] == "-Q" and found.basis != "previous":
                self._report(base)
            if found.type == "TIME":
                base = cal.day(found.period.begin) if base.begin == base.until else base
            self.last = base
            if base.precision == "day" and base.begin and (self.anchor is None or base.begin <= self.anchor):
                self.last_day = base.begin
            if base.precision in ("day", "month", "week"):
                self.reached = base.begin
            self.loose = base if base.precision in ("month", "year") else None
            if found.basis == "explicit":
                self._move(found.period, leading)
                self.ancient = ""
                self.dated += 1
            elif (
                found.basis == "previous"
                and self.year is not None
                and base.begin is not None
                and base.begin.year - self.year in (-1, 1)
            ):
                self.year = base.begin.year
            self.anchored += told_from_now
        elif found.type == "DURATION":
            if found.period.value in ("P9M", "P6M", "P1Y"):  # what follows compares more than a quarter
                self.quarter = None
            self.duration = found


def unknown(value: str, precision: str) -> Period:
    """A value without a place in the calendar."""
    return Period(value, None, None, precision)


def resolve(parts: Parts, story: Story, *, ahead: bool | None, quoted: bool) -> Found | None:
    """Give a date-like expression its value: first its calendar base, then clock and part of the day on top."""
    based = _base(parts, story, ahead, quoted)
    if based is None:
        return None
    base, basis = based
    if parts.clock or parts.part:
        return _with_time(parts, base, basis)
    modifier = parts.edge
    if modifier == "END" and base.precision == "day" and parts.edge_word not in ("late", "later"):
        modifier = None
    return Found("DATE", clip(cal.third(base, modifier), parts, story), modifier, basis)


def clip(period: Period, parts: Parts, story: Story) -> Period:
    """End "earlier this week" with the report, and begin "later this week" with it."""
    anchor, begin, until = story.anchor, period.begin, period.until
    if anchor is None or begin is None or until is None or parts.edge_word not in ("earlier", "later"):
        return period
    whole = cal.spanning({"week": "W", "month": "M", "year": "Y"}.get(period.precision, "D"), anchor, 0)
    if whole.begin is None or whole.until is None or not whole.begin <= begin <= whole.until:
        return period
    if parts.edge_word == "earlier":
        return replace(period, begin=whole.begin, until=max(whole.begin, anchor))
    return replace(period, begin=min(anchor, whole.until), until=whole.until)


def _base(parts: Parts, story: Story, ahead: bool | None, quoted: bool) -> tuple[Period, str] | None:
    if parts.month is not None:
        return _month_base(parts, story, ahead)
    if parts.deictic is not None:
        day, basis = story.speech_day(quoted)
        return (cal.day(cal.shift(day, parts.deictic)), basis) if day else (unknown("XXXX-XX-XX", "day"), "document")
    if parts.weekday is not None:
        return _weekday_base(parts, story, ahead)
    return _open_base(parts, story, ahead, quoted)


def _open_base(parts: Parts, story: Story, ahead: bool | None, quoted: bool) -> tuple[Period, str] | None:
    """A bare clock time or part of the day: "this morning", "last night", "at dawn", "the same evening"."""
    if parts.part_word == "overnight" and not parts.this:  # the night that led to the report's day
        day, basis = story.speech_day(quoted)
        step = -1
    elif parts.this or parts.direction is not None:
        day, basis = story.speech_day(quoted)
        if parts.from_story or parts.direction == 1:
            day, basis = story.day()
        step = parts.direction or 0
    else:
        day, basis = story.day(ahead=ahead)
        step = 0
        if story.loose is not None and story.coming is None:
            return story.loose, "previous"
    if day is None:
        return unknown("XXXX-XX-XX", "day"), "document"
    return cal.day(cal.shift(day, step)), basis


def _month_base(parts: Parts, story: Story, ahead: bool | None) -> tuple[Period, str] | None:
    assert parts.month is not None
    number, day = parts.month, parts.day if parts.day is not None else parts.ordinal
    year, basis = _year_for(parts, story, number, day, ahead)
    if year is None:
        value = f"XXXX-{number:02d}" + (f"-{day:02d}" if day else "")
        return unknown(value, "day" if day else "month"), "document"
    if day is None:
        return cal.month(year, number), basis
    exact = cal.make_date(year, number, day)
    return (cal.day(exact), basis) if exact else None


def _year_for(parts: Parts, story: Story, number: int, day: int | None, ahead: bool | None) -> tuple[int | None, str]:
    """The year of a month or day that may name none, and what it rests on."""
    anchor = story.anchor
    if parts.year is not None:
        return parts.year, "explicit"
    if story.ahead_year is not None:
        return story.ahead_year, "explicit"
    if parts.unit == "Y" and (parts.same or parts.that):
        point = story.point("Y")
        return (point.year if point else None), "previous"
    if anchor is None:
        return story.told_year(number), "previous"
    if parts.unit == "Y" and (parts.direction is not None or parts.this):
        return anchor.year + (parts.direction or 0), "anchor"
    if parts.weekday is not None and day is not None:
        years = sorted((anchor.year, anchor.year - 1, anchor.year + 1), key=lambda y: abs(y - anchor.year))
        for year in years:
            exact = cal.make_date(year, number, day)
            if exact and exact.weekday() == parts.weekday and abs((exact - anchor).days) < 300:
                return year, "anchor"
    if story.chronicle and story.year is not None and parts.weekday is None and parts.direction is None:
        return story.told_year(number), "previous"
    here = story.now() or anchor
    if parts.direction == -1:
        return here.year - (number >= here.month), "anchor"
    if parts.direction == 1:
        return here.year + (number <= here.month), "anchor"
    if parts.this:
        return anchor.year, "anchor"
    if story.year is not None and story.year < anchor.year - 1 and story.counts_by_years():
        return story.told_year(number), "previous"
    return cal.nearest_year(anchor, number, day, ahead), "anchor"


def _weekday_base(parts: Parts, story: Story, ahead: bool | None) -> tuple[Period, str]:
    assert parts.weekday is not None
    of, basis = story.day() if parts.from_story else (story.anchor, "anchor")
    if of is None:
        return unknown(f"XXXX-WXX-{parts.weekday + 1}", "day"), "document"
    if parts.unit == "W":  # Monday last week
        monday = cal.spanning("W", of, parts.direction or 0).begin or of
        return cal.day(cal.shift(monday, parts.weekday)), basis
    if parts.direction == 1:
        return cal.day(cal.nearest_weekday(cal.shift(of, 1), parts.weekday, ahead=True)), basis
    if parts.direction == -1 and not parts.this:
        return cal.day(cal.nearest_weekday(cal.shift(of, -1), parts.weekday, ahead=False)), basis
    return cal.day(cal.nearest_weekday(of, parts.weekday, ahead=ahead is True)), basis


_EDGE_WORDS = {"early": "START", "late": "END", "mid": "MID", "earlier": "START", "later": "END"}


def _with_time(parts: Parts, base: Period, basis: str) -> Found:
    """Put a clock time or a part of the day on a base."""
    day = base.value.split("T")[0].removesuffix("-WE")
    if base.precision == "month":
        day += "-XX"
    elif base.precision in ("year", "season", "week", "decade"):
        day = f"{day[:4]:X<4}-XX-XX"
    if parts.clock:
        value = day + parts.clock + parts.zone
        precision = "minute" if parts.minutes else "hour"
    else:
        value = day + (parts.part or "")
        precision = "hour"
    modifier = _EDGE_WORDS.get(parts.edge_word)
    if parts.year is not None and parts.month is not None:
        basis = "explicit"
    return Found("TIME", Period(value, base.begin, base.until, precision), modifier, basis)
