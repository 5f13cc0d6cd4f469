"""Matched units -> values: "last week", "the same day", "the end of the month", "the past two days"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_amounts import GRAINS, SUB_DAY, duration_value, quantity
from onrecord.reader.times_business import read_quarter
from onrecord.reader.times_calendar import Period
from onrecord.reader.times_story import Found, Story, clip, unknown
from onrecord.reader.times_words import PLURAL_UNITS

if TYPE_CHECKING:
    from datetime import date

    from onrecord.reader.times_match import Match
    from onrecord.reader.times_parts import Parts

_WHOLE_UNITS = ("W", "M", "Y", "Q", "DE", "CE")
"""Units that "the" alone can point at: "the year" is this one, "the day" can be any."""


def read_unit(match: Match, story: Story) -> Found | None:
    """Last week, this year, the same day, the end of the month, the weekend, year-end."""
    parts, codes = match.parts(), match.codes()
    unit, at = parts.unit, match.start + codes.rindex("u")
    if unit is None or (unit in SUB_DAY and parts.direction != -1):
        return None
    plural = match.lexed.low(at) in PLURAL_UNITS
    if "R" in codes:  # "the current week", but not "recent weeks"
        if plural or "current" not in match.lows():
            return None
        parts.this = True
    if plural:
        return _some_units(parts.direction) if parts.direction is not None and unit not in SUB_DAY else None
    if match.lexed.raw(at)[:1].isupper() and not match.loose:  # a title: "This Week", "The Year"
        return None
    if codes.startswith("u") and codes.endswith("B"):
        return _unit_end(parts, unit, story) if unit in ("Y", "M", "W") else None
    if (
        unit == "Y"
        and parts.the
        and parts.direction is None
        and codes[0] == "t"
        and match.after() in ("ended", "ending")
    ):
        return Found("DURATION", unknown("P1Y", "year"), None, "explicit")
    if unit == "Q" and parts.the and parts.direction is None and not (parts.same or parts.that):
        return read_quarter(match, story)
    if parts.same or parts.that:
        day = story.day(ahead=match.ahead())[0] if unit == "D" else story.point(unit)
        return Found("DATE", cal.spanning(unit, day, 0), None, "previous") if day else None
    if parts.direction is not None:
        return _moved(match, parts, unit, story)
    if unit == "WE":
        return _weekend(match, parts, story)
    pointed = parts.the and codes[0] != "e" and unit in _WHOLE_UNITS and not _is_no_unit(match)
    return _spanned(parts, unit, story.now(), 0, story) if parts.this or pointed else None


def _unit_end(parts: Parts, unit: str, story: Story) -> Found:
    """The month's end, year-end."""
    found = _spanned(replace(parts, edge="END"), unit, story.now(), 0, story)
    if unit != "Y" or found.period.until is None:
        return found
    return replace(found, period=cal.day(found.period.until), modifier=None)


def _is_no_unit(match: Match) -> bool:
    """Keep out "person of the year", "the week-long", "the year of the flood"."""
    if match.after() in ("-", "of", "he", "she", "they", "when", "that") and "B" not in match.codes():
        return True
    return match.codes() == "tu" and match.before() == "of" and match.lexed.code(match.start - 2) == "."


def _some_units(direction: int) -> Found:
    """Units in the plural without a number: "coming weeks"."""
    value = "FUTURE_REF" if direction > 0 else "PAST_REF" if direction < 0 else "PRESENT_REF"
    return Found("DATE", unknown(value, "vague"))


def _spanned(parts: Parts, unit: str, of: date | None, steps: int, story: Story) -> Found:
    """The unit that holds a date, moved by so many, or the third of it that the words pick out."""
    if of is None:
        return Found("DATE", unknown("XXXX", GRAINS[unit]), parts.edge, "document")
    period = cal.spanning(unit, of, steps)
    period = clip(period, parts, story) if parts.edge_word in ("earlier", "later") else cal.third(period, parts.edge)
    return Found("DATE", period, parts.edge, "anchor")


def _weekend(match: Match, parts: Parts, story: Story) -> Found:
    anchor = story.anchor
    if anchor is None:
        return Found("DATE", unknown("XXXX-WXX-WE", "day"), None, "document")
    ahead = match.ahead()
    # From Monday to Wednesday "the weekend" is the one gone by, unless the clause points ahead.
    gone = ahead is not True if anchor.weekday() < 3 else ahead is False and not parts.this and anchor.weekday() < 5
    return Found("DATE", cal.weekend(cal.shift(anchor, -7) if gone else anchor), parts.edge, "anchor")


def _moved(match: Match, parts: Parts, unit: str, story: Story) -> Found | None:
    """Last, next, past, following and so on before one unit."""
    direction = parts.direction or 0
    word = next((t.low for t in match.tokens() if t.code == "l"), "")
    stretch = word == "past" or (word == "last" and parts.the and parts.edge is None)
    if stretch and not parts.this and unit != "WE" and (unit != "D" or word == "past"):
        return window(1.0, unit, -1, story.anchor)
    if unit in SUB_DAY:
        return None
    if unit == "D":
        day, basis = story.day()
        return Found("DATE", cal.day(cal.shift(day, direction)), None, basis) if day and word != "last" else None
    if parts.from_story:
        found = _spanned(parts, unit, story.point(unit), direction, story)
        return replace(found, basis="previous") if story.last else found
    counted_on = direction == 1 and word == "next" and parts.the
    return _spanned(parts, unit, story.now() if counted_on else story.anchor, direction, story)


def window(amount: float | None, unit: str, direction: int, anchor: date | None) -> Found:
    """A stretch that ends or begins with the report: "the past two days", "the next three weeks"."""
    other = None
    if anchor is not None and amount is not None and amount < 10_000:
        months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
        days = {"D": 1, "W": 7, "FN": 14, "WE": 7}.get(unit)
        if months is not None:
            other = _same_day(anchor, round(direction * amount * months))
        elif days is not None:
            other = cal.shift(anchor, round(direction * amount * days))
    begin, until = (other, anchor) if direction < 0 else (anchor, other)
    return Found("DURATION", Period(duration_value(amount, unit), begin, until, GRAINS[unit]))


def _same_day(of: date, months: int) -> date:
    """The same day of a month so many months away, or that month's last day."""
    period = cal.month(of.year, of.month + months)
    assert period.begin is not None
    assert period.until is not None
    return period.begin.replace(day=min(of.day, period.until.day))


def read_window(match: Match, story: Story) -> Found | None:
    """The past two days, the next few weeks, the last several years, the first nine months."""
    parts, unit = match.parts(), match.unit()
    if unit is None:
        return None
    lows = match.lows("nqDNY&-z")
    if parts.direction is not None:
        return window(quantity(lows), unit, parts.direction or -1, story.anchor)
    if not lows:
        return None
    return Found("DURATION", unknown(duration_value(quantity(lows), unit), GRAINS[unit]), None, "explicit")
