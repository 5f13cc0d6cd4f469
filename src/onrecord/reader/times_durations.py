"""Matched durations and sets -> values: "19-month", "three weeks ago", "two days earlier", "every Friday"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_amounts import GRAINS, SUB_DAY, duration_value, quantity
from onrecord.reader.times_calendar import Period
from onrecord.reader.times_parts import unit_of
from onrecord.reader.times_story import Found, Story, unknown
from onrecord.reader.times_words import FREQUENCIES, MONTHS, PLURAL_UNITS, WEEKDAYS

if TYPE_CHECKING:
    from onrecord.reader.times_match import Match

_BARE_LEADS = frozenset(
    "for in of within after took take takes taken spent spend just only mere lasted last lasting lasts and or are were "
    "is was be over during before as to the with by than even about from until into more been through every if many "
    "despite following follows waited wait waiting on these those".split()
)
"""Words after which a bare plural is a stretch of time ("for weeks"); after others it may name days of a kind."""

_BEFORE_A_DAY = frozenset("for in within than about nearly almost only just every after least over".split())
_HAVE_AGE = frozenset(
    "war conflict truce ceasefire cease offensive siege blockade uprising revolt rebellion insurgency crisis dispute "
    "agreement deal accord standoff stalemate embargo protest strike occupation campaign rule government regime "
    "civil border".split()
)
"""What a "two-year-old" thing lasts; with people it is an age."""

_ADJECTIVE = ("y", "al", "ous", "ing", "ful", "ive", "ent", "ant", "se")
_PAPERS = frozenset("newspaper newspapers paper papers newsletter magazine tabloid life news".split())


def read_duration(match: Match, story: Story) -> Found | None:
    """19-month, two years, half an hour, three weeks ago, two days earlier, years."""
    codes, unit = match.codes(), match.unit()
    if unit is None or (not match.loose and _is_no_duration(match, unit)) or _is_no_count(match, unit):
        return None
    amount = _amount(match)
    if codes[-1] in "gE" or "-g" in codes or "-E" in codes:
        word = "ago" if "g" in codes else "later" if "later" in match.lows() else "earlier"
        return _point(amount, unit, word, story)
    grain = GRAINS[unit] if amount is not None else "vague"
    return Found("DURATION", unknown(duration_value(amount, unit), grain), None, "explicit")


def _is_bare(codes: str) -> bool:
    return codes[0] == "u" or codes[:2] == "tu"


def _is_no_count(match: Match, unit: str) -> bool:
    """Shapes that do not count units: "three quarters of", "seven a year", "a weekend", "the week"."""
    codes = match.codes()
    if "." in codes:  # "two bloody weeks", but not "the two met weeks later"
        return not (match.lexed.low(match.end - 2).endswith(_ADJECTIVE) and match.lows()[-1] in PLURAL_UNITS)
    if codes.endswith("-y"):
        return match.after() not in _HAVE_AGE
    if unit == "Q" and (codes in ("au", "nu", "n-u") or match.after() == "of"):
        return True
    if codes[:2] == "au" and match.lows("u")[0] in PLURAL_UNITS:  # "a months-long siege"
        return True
    singular_year = "Y" in codes and match.lows("u")[0] not in PLURAL_UNITS
    if singular_year and 1900 <= int(match.lows("Y")[0]) <= 2100:  # "the 1988 quarter"
        return True
    if (unit == "WE" and codes == "au") or ("na" in codes and match.lows()[0] != "half"):
        return True
    singular = _is_bare(codes) and match.lows("u")[0] not in PLURAL_UNITS
    return singular and codes != "u-w" and "-g" not in codes and "-E" not in codes and codes not in ("u-g", "u-E")


def _amount(match: Match) -> float | None:
    """How many units: none named is one ("year-long", "year-ago") or, in the plural, a vague number ("years ago")."""
    codes = match.codes()
    lows = match.lows("nqDNY&-z")
    if _is_bare(codes):
        return None if match.lows("u")[0] in PLURAL_UNITS else 1.0
    amount = quantity(lows)
    if amount == 0.5 and codes[0] == "a" and codes.rindex("n") > codes.index("u"):
        return 1.5  # a year and a half
    return amount


def _point(amount: float | None, unit: str, word: str, story: Story) -> Found:
    """A point so far before the report (ago), or before or after the day reached (earlier, later)."""
    sign = 1 if word == "later" else -1
    if unit == "Y" and amount == 1 and sign < 0 and story.quarter is not None:  # results are compared by quarters
        return Found("DATE", cal.part_of_year(story.quarter[0] - 1, "Q", story.quarter[1], 3), None, "previous")
    day, basis = (story.anchor, "anchor") if word == "ago" else story.day()
    if word != "ago" and story.last is not None and story.last.precision in ("month", "year", "season", "decade"):
        day, basis = story.last.begin, "previous"
        if unit in ("D", "W") and not story.chronicle:
            day, basis = story.day()
        elif unit in ("D", "W", "M") and amount is not None and day and not (unit == "M" and day.month > 1):
            return Found(
                "DATE", Period(f"{day.year:04d}-XX-XX"[: 7 if unit == "M" else 10], day, None, "vague"), None, basis
            )
    if amount is None or day is None:
        value = "FUTURE_REF" if sign > 0 else "PAST_REF"
        return Found("DATE", Period(value, day if sign > 0 else None, day if sign < 0 else None, "vague"), None, basis)
    if unit in SUB_DAY:
        return Found("TIME", Period(day.isoformat(), day, day, "hour"), "APPROX", basis)
    return Found("DATE", cal.move(day, unit, sign * amount), None, basis)


def _is_no_duration(match: Match, unit: str) -> bool:
    """Ages, seconds of a kind, calendar days: what has a number and a unit but is no stretch of time."""
    codes, after, second = match.codes(), match.after(), match.after(1)
    if after == "old" or (after, second) in (("-", "old"), ("-", "olds"), ("of", "age")):
        return True
    if match.before() in ("aged", "age") or (codes == "u" and (after, second) == ("-", "to")):
        return True
    if unit == "S" and codes[0] in "au":
        return True
    if codes[0] == "u" and codes[-1] == "u":
        lead = match.before()
        open_lead = lead in _BARE_LEADS or lead.endswith(("ed", "ly"))
        return unit in ("WE", "FN") or (lead.isalpha() and not open_lead)
    return codes in ("au", "aw") and unit == "D" and match.before() not in _BEFORE_A_DAY


def read_often(match: Match, _story: Story) -> Found | None:
    """Daily, every two years, each Thursday, Sundays, once a week."""
    codes, tokens = match.codes(), match.tokens()
    last = tokens[-1]
    if codes == "F":
        return _frequency(match)
    if codes.endswith("au") and "T" not in codes and tokens[0].low not in ("once", "twice"):
        return None
    if codes in ("V", "WP", "jW", "jWP"):
        return _weekday_set(match) if codes != "WP" or last.low.endswith("s") else None
    if last.code == "M":
        return Found("SET", unknown(f"XXXX-{MONTHS[last.low]:02d}", "month"), None, "explicit")
    unit = unit_of(last.low)
    if unit is None:
        part = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}.get(last.low)
        return Found("SET", unknown(f"XXXX-XX-XX{part}", "day"), None, "explicit") if part else None
    amount = quantity([t.low for t in tokens[1:-1]]) if codes[0] == "j" else 1.0
    return Found("SET", unknown(duration_value(amount, unit), GRAINS[unit]), None, "explicit")


def _weekday_set(match: Match) -> Found:
    name = match.lows("VW")[0]
    number = WEEKDAYS.get(name, WEEKDAYS.get(name.removesuffix("s"), 0)) + 1
    return Found("SET", unknown(f"XXXX-WXX-{number}", "day"), None, "explicit")


def _frequency(match: Match) -> Found | None:
    """Daily, annual; not in names ("the Daily Herald") and "a daily newspaper"."""
    named = match.lexed.raw(match.end)[:1].isupper()  # "the daily Courier"
    title = named or (match.lexed.raw(match.start)[:1].isupper() and match.lexed.code(match.start - 1) != "|")
    if not match.loose and (title or match.after() in _PAPERS):
        return None
    value = FREQUENCIES[match.lows()[0]]
    grain = "hour" if "T" in value else GRAINS.get(re.sub(r"[P\d]", "", value), "day")
    return Found("SET", unknown(value, grain), None, "explicit")
