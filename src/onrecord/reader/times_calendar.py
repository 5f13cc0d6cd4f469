"""Calendar arithmetic on TIMEX3 values: periods with their first and last day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

FIRST_REPORT, LAST_REPORT = 1000, 9000
"""Years in which a report can be dated; outside them its date is an error and arithmetic on it would overflow."""

_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
FIRST_YEAR, LAST_YEAR = 2, 9998
"""Years kept clear of `date`'s limits, so that no arithmetic on a malformed number can overflow."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its TIMEX3 value, first and last day (None: open or unknown) and grain."""

    value: str
    begin: date | None
    until: date | None
    precision: str


def shift(day: date, days: int) -> date:
    """The date so many days on, kept inside the supported years."""
    number = min(max(day.toordinal() + days, date(FIRST_YEAR, 1, 1).toordinal()), date(LAST_YEAR, 12, 31).toordinal())
    return date.fromordinal(number)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none such."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def day(of: date) -> Period:
    """The day itself."""
    return Period(of.isoformat(), of, of, "day")


def week(of: date) -> Period:
    """The ISO week that holds the date."""
    year, number, weekday = of.isocalendar()
    monday = shift(of, 1 - weekday)
    return Period(f"{year:04d}-W{number:02d}", monday, shift(monday, 6), "week")


def weekend(of: date) -> Period:
    """Saturday and Sunday of the ISO week that holds the date."""
    whole = week(of)
    assert whole.until is not None
    return Period(whole.value + "-WE", shift(whole.until, -1), whole.until, "day")


def month(year: int, number: int) -> Period:
    """A calendar month; its number may run over (13 is next January)."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    last = calendar.monthrange(year, number)[1]
    return Period(f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, last), "month")


def year(number: int) -> Period:
    """A calendar year."""
    number = min(max(number, FIRST_YEAR), LAST_YEAR)
    return Period(f"{number:04d}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(tens: int) -> Period:
    """The ten years whose numbers begin with `tens` (198: the 1980s)."""
    first = min(max(tens * 10, FIRST_YEAR), LAST_YEAR - 9)
    return Period(str(tens), date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century(number: int) -> Period:
    """The n-th century (20: 1900-1999, as TIMEX3 writes it)."""
    first = min(max((number - 1) * 100, FIRST_YEAR), LAST_YEAR - 99)
    return Period(f"{number - 1:02d}", date(first, 1, 1), date(first + 99, 12, 31), "year")


def season(of_year: int, code: str) -> Period:
    """A season of the northern year; winter begins in December of the year it is named by."""
    first = month(of_year, _SEASON_MONTHS[code])
    last = month(of_year, _SEASON_MONTHS[code] + 2)
    return Period(f"{of_year:04d}-{code}", first.begin, last.until, "season")


def part_of_year(of_year: int, letter: str, number: int, months: int) -> Period:
    """A quarter (`Q`, 3 months) or half (`H`, 6 months) of a year."""
    first, last = month(of_year, (number - 1) * months + 1), month(of_year, number * months)
    return Period(f"{of_year:04d}-{letter}{number}", first.begin, last.until, "season")


def quarter_of(day_in: date) -> Period:
    """The quarter that holds the date."""
    return part_of_year(day_in.year, "Q", (day_in.month - 1) // 3 + 1, 3)


def spanning(unit: str, of: date, steps: int) -> Period:
    """The calendar unit that holds the date, moved on by so many units ("last week": week, -1)."""
    if unit == "D":
        return day(shift(of, steps))
    if unit in ("W", "FN"):
        return week(shift(of, 7 * steps))
    if unit == "WE":
        return weekend(shift(of, 7 * steps))
    if unit == "M":
        return month(of.year, of.month + steps)
    if unit == "Q":
        return quarter_of(month(of.year, of.month + 3 * steps).begin or of)
    if unit == "DE":
        return decade(of.year // 10 + steps)
    if unit == "CE":
        return century(of.year // 100 + 1 + steps)
    return year(of.year + steps)


def move(of: date, unit: str, amount: float) -> Period:
    """The point so many units away: to the day for days and weeks, to the month or year for longer units."""
    whole = int(amount) if abs(amount) < 1e6 else 0
    if unit == "D":
        return day(shift(of, whole))
    if unit in ("W", "FN"):
        return day(shift(of, round(amount * (14 if unit == "FN" else 7))))
    if unit in ("M", "Q"):
        return month(of.year, of.month + round(amount * (3 if unit == "Q" else 1)))
    if unit == "Y" and amount != whole:
        return month(of.year, of.month + round(amount * 12))
    if unit == "DE":
        return year(of.year + round(amount * 10))
    if unit == "CE":
        return year(of.year + round(amount * 100))
    return year(of.year + whole)


def third(period: Period, modifier: str | None) -> Period:
    """The first, middle or last third of a period of more than a day; other modifiers leave it whole."""
    if modifier not in ("START", "MID", "END") or period.begin is None or period.until is None:
        return period
    days = (period.until - period.begin).days + 1
    if days < 3:
        return period
    if period.precision == "month":  # 1-10, 11-20, 21-end
        first, second = 10, 20
    elif period.precision == "year":  # four months each
        first = (date(period.begin.year, 5, 1) - period.begin).days
        second = (date(period.begin.year, 9, 1) - period.begin).days
    else:
        first, second = days // 3, days - days // 3
    low, high = {"START": (0, first), "MID": (first, second), "END": (second, days)}[modifier]
    return replace(period, begin=shift(period.begin, low), until=shift(period.begin, high - 1))


def nearest_weekday(of: date, weekday: int, ahead: bool) -> date:
    """The day itself where it is that weekday, else the last such day before it or the first one after it."""
    back = (of.weekday() - weekday) % 7
    return shift(of, (7 - back) % 7 if ahead else -back)


def nearest_year(of: date, number: int, day_of_month: int | None, ahead: bool | None) -> int:
    """The year of a date without one: the nearest, the past preferred unless the words point ahead.

    A date up to half again as far back as the coming one still counts as past; `ahead` True or False is
    what the tense says.
    """
    here = (of.year * 12 + of.month) * 31 + of.day
    in_month = day_of_month if day_of_month is not None else of.day
    there = (of.year * 12 + number) * 31 + in_month
    if there == here:
        return of.year
    back = of.year if there < here else of.year - 1
    distance_back = here - ((back * 12 + number) * 31 + in_month)
    distance_ahead = 12 * 31 - distance_back
    weight = {None: 1.5, True: 0.25, False: 3.0}[ahead]
    return back if distance_back <= weight * distance_ahead else back + 1


def thanksgiving(of_year: int) -> date:
    """The fourth Thursday of November."""
    first = date(of_year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
