"""Matched shapes -> values: units ("last week"), durations, sets and vague references."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_calendar import Period
from onrecord.reader.times_parts import number, unit_of
from onrecord.reader.times_readers import Match
from onrecord.reader.times_story import Found, Story, clip, unknown
from onrecord.reader.times_words import (
    FREQUENCIES,
    MONTHS,
    PLURAL_UNITS,
    REFERENCES,
    VAGUE_QUANTITIES,
    WEEKDAYS,
)

_GRAIN = {"S": "minute", "TM": "minute", "H": "hour", "D": "day", "W": "week", "WE": "day", "FN": "week",
          "M": "month", "Q": "season", "Y": "year", "DE": "decade", "CE": "decade"}  # fmt: skip
_SUB_DAY = ("S", "TM", "H")
LONG_WORDS = {f"{u}long": v for u, v in (("day", "P1D"), ("week", "P1W"), ("month", "P1M"), ("year", "P1Y"), ("hour", "PT1H"), ("decade", "P1DE"))}


def duration_value(amount: float | None, unit: str) -> str:
    """TIMEX3 value of so many units; None is a vague number: P19M, PXW, PT30H, P2Y6M."""
    if amount is None:
        return {"S": "PTXS", "TM": "PTXM", "H": "PTXH", "FN": "PXW"}.get(unit, f"PX{unit}")
    scale = {"FN": (2, "W"), "TM": (1, "M")}.get(unit, (1, unit))
    amount, letter = amount * scale[0], scale[1]
    time = "T" if unit in _SUB_DAY else ""
    if amount != int(amount):
        amount, time, letter, rest = _split_half(amount, unit, time, letter)
    else:
        rest = ""
    whole = f"{int(amount)}{letter}" if amount or not rest else ""
    return f"P{time}{whole}{rest}" if amount == int(amount) else f"P{time}{amount:g}{letter}"


def _split_half(amount: float, unit: str, time: str, letter: str) -> tuple[float, str, str, str]:
    """Whole units and the rest in the next smaller one, where a half of the unit has a whole number of those."""
    smaller = {"Y": (12, "M"), "DE": (10, "Y"), "CE": (100, "Y"), "D": (24, "H"), "H": (60, "M"), "TM": (60, "S")}
    if unit not in smaller:
        return amount, time, letter, ""
    ratio, part = smaller[unit]
    whole, rest = int(amount), (amount - int(amount)) * ratio
    if rest != int(rest):
        return amount, time, letter, ""
    if unit in ("DE", "CE"):
        return amount * ratio, time, "Y", ""
    sign = "T" if unit == "D" else ""
    return float(whole), time, letter, f"{sign}{int(rest)}{part}"


def quantity(lows: list[str]) -> float | None:
    """Value of a quantity's words: "two and a half" 2.5, "two or three" 2, "a couple of" 2; None where vague."""
    if any(low in VAGUE_QUANTITIES for low in lows) and not any(low.replace(",", "").isdigit() for low in lows):
        return None
    if "couple" in lows or "pair" in lows:
        return 2.0
    total: float | None = None
    joined = True
    for low in lows:
        value = number(low)
        if value is None:
            joined = joined and low not in ("or", "to", "-", "–")
            if low in ("or", "to"):
                return total
            continue
        if total is None:
            total = value
        elif value in (100, 1000, 1e6, 12):
            total *= value
        elif value < 1 or (total % 10 == 0 and value < 10) or total >= 100:
            total += value
        else:
            return total  # "10-15": the lower bound, as in TIMEX3
    return 1.0 if total is None else total


def read_unit(match: Match, story: Story) -> Found | None:
    """Last week, this year, the same day, the end of the month, the weekend, year-end."""
    parts, codes = match.parts(), match.codes()
    unit = parts.unit
    last_word = match.lexed.low(match.start + codes.rindex("u"))
    if unit is None or unit in _SUB_DAY and parts.direction != -1:
        return None
    plural = last_word in PLURAL_UNITS
    anchor = story.anchor
    if "R" in codes:
        parts.direction = 0 if "current" in (match.lexed.low(match.start), match.lexed.low(match.start + 1)) else None
        parts.this = parts.direction == 0
        parts.direction = None
        if not parts.this or plural:
            return None
    if plural:
        return _vague_units(parts.direction) if parts.direction is not None and unit not in _SUB_DAY else None
    raw = match.lexed.raw(match.start + codes.rindex("u"))
    if raw[:1].isupper() and not match.loose:  # a title: "This Week", "The Year"
        return None
    if codes.startswith("u") and codes.endswith("B"):  # year-end
        return _spanned(unit, anchor, 0, match, story, "END") if last_word in ("year", "month", "week") else None
    if parts.same or parts.that:
        day = story.point(unit)
        return Found("DATE", cal.spanning(unit, day, 0), None, "previous") if day else None
    if parts.direction is not None:
        return _moved(match, story, unit)
    if parts.this or unit == "WE":
        return _this(match, story, unit)
    if codes == "u":
        return None
    bare_edge = codes[0] in "eE" and not parts.the
    if unit in ("W", "M", "Y", "Q", "DE", "CE") and parts.the and not bare_edge and not _is_no_unit(match):
        return _spanned(unit, anchor, 0, match, story, parts.edge)
    return None


def _is_no_unit(match: Match) -> bool:
    """"Person of the year", "the week-long", "the year of the flood"."""
    if match.after() in ("-", "of", "he", "she", "they", "when", "that") and "B" not in match.codes():
        return True
    return match.lexed.low(match.start - 1) == "of" and match.lexed.code(match.start - 2) == "." and match.codes() == "tu"


def _spanned(unit: str, of: date | None, steps: int, match: Match, story: Story, edge: str | None) -> Found | None:
    if of is None:
        return Found("DATE", unknown("XXXX", _GRAIN[unit]), edge, "document")
    period = cal.spanning(unit, of, steps)
    if match.parts().edge_word in ("earlier", "later"):
        period = clip(period, match.parts(), story)
    else:
        period = cal.third(period, edge)
    return Found("DATE", period, edge, "anchor")


def _vague_units(direction: int) -> Found:
    return Found("DATE", unknown("FUTURE_REF" if direction > 0 else "PAST_REF" if direction < 0 else "PRESENT_REF", "vague"))


def _this(match: Match, story: Story, unit: str) -> Found | None:
    parts, anchor = match.parts(), story.anchor
    if unit == "WE":
        if anchor is None:
            return Found("DATE", unknown("XXXX-WXX-WE", "day"), None, "document")
        # From Monday to Wednesday "the weekend" is the one gone by, unless the clause points ahead.
        back = anchor.weekday() < 3 and match.ahead() is not True or (not parts.this and match.ahead() is False and anchor.weekday() < 5)
        return Found("DATE", cal.weekend(cal.shift(anchor, -7) if back else anchor), parts.edge, "anchor")
    return _spanned(unit, anchor, 0, match, story, parts.edge)


def _moved(match: Match, story: Story, unit: str) -> Found | None:
    parts = match.parts()
    direction = parts.direction or 0
    word = next((t.low for t in match.lexed.tokens[match.start : match.end] if t.code == "l"), "")
    if word == "past" or (word == "last" and parts.the and parts.edge is None):
        if not parts.this and unit != "WE":
            return _window(1.0, unit, -1, story.anchor) if unit != "D" or word == "past" else None
        if unit in _SUB_DAY:
            return None
    if unit in _SUB_DAY:
        return None
    if unit == "D":
        day, basis = story.day()
        if word == "last" or day is None:
            return None
        return Found("DATE", cal.day(cal.shift(day, direction)), None, basis)
    if parts.from_story:
        found = _spanned(unit, story.point(unit), direction, match, story, parts.edge)
        return replace(found, basis="previous") if found and story.last else found
    return _spanned(unit, story.anchor, direction, match, story, parts.edge)


def _window(amount: float | None, unit: str, direction: int, anchor: date | None) -> Found:
    """A stretch that ends or begins with the report: "the past two days", "the next three weeks"."""
    value = duration_value(amount, unit)
    if amount is None and direction > 0:
        return Found("DATE", Period("FUTURE_REF", anchor, None, "vague"))
    begin = until = None
    if anchor is not None and amount is not None and unit not in _SUB_DAY:
        other = cal.move(anchor, unit, direction * amount)
        edge = cal.shift(anchor, -int(amount)) if unit == "D" and direction < 0 else other.begin
        if unit in ("M", "Q", "Y", "DE") and other.begin is not None:
            months = {"M": 1, "Q": 3, "Y": 12, "DE": 120}[unit]
            edge = _same_day(anchor, round(direction * amount * months))
        begin, until = (edge, anchor) if direction < 0 else (anchor, edge)
    elif anchor is not None:
        begin, until = (None, anchor) if direction < 0 else (anchor, None)
    return Found("DURATION", Period(value, begin, until, _GRAIN[unit]))


def _same_day(of: date, months: int) -> date:
    """The same day of a month so many months away, or that month's last day."""
    period = cal.month(of.year, of.month + months)
    assert period.begin is not None and period.until is not None
    return period.begin.replace(day=min(of.day, period.until.day))


def read_window(match: Match, story: Story) -> Found | None:
    """The past two days, the next few weeks, the last several years."""
    parts, unit = match.parts(), _unit(match)
    if unit is None:
        return None
    if parts.direction is None:  # "the first nine months"
        return _counted(match, unit) if "O" in match.codes() else None
    lows = [t.low for t in match.lexed.tokens[match.start : match.end] if t.code in "anqDNY&-z"]
    return _window(quantity([low for low in lows if low not in ("a", "an")]), unit, parts.direction or -1, story.anchor)


def _counted(match: Match, unit: str) -> Found | None:
    lows = [t.low for t in match.lexed.tokens[match.start : match.end] if t.code in "nqDNY&-z"]
    return Found("DURATION", unknown(duration_value(quantity(lows), unit), _GRAIN[unit]), None, "explicit") if lows else None


def _unit(match: Match) -> str | None:
    position = match.codes().find("u")
    return unit_of(match.lexed.low(match.start + position)) if position >= 0 else None


def read_duration(match: Match, story: Story) -> Found | None:
    """19-month, two years, half an hour, three weeks ago, two days earlier, years."""
    codes, lexed = match.codes(), match.lexed
    unit = _unit(match)
    if unit is None or (not match.loose and _is_no_duration(match, unit)):
        return None
    at = codes.index("u")
    lows = [t.low for i, t in enumerate(lexed.tokens[match.start : match.end]) if t.code in "nqDNY&-z" and i != at]
    if unit == "Q" and (codes in ("au", "nu", "n-u") or match.after() == "of"):
        return None
    if unit == "WE" and codes == "au" or ("na" in codes and lows[:1] != ["half"]):
        return None
    bare = codes[0] == "u" and not any(c in codes for c in "nqDNYa")
    if bare and lexed.low(match.start) not in PLURAL_UNITS and codes not in ("u-w", "u-g", "u-E") and "-g" not in codes and "-E" not in codes:
        return None
    amount = _amount(match, lows, bare)
    if codes.endswith("-y") and match.after() not in _HAVE_AGE:
        return None
    if codes[-1] in "gE" or re.search("-[gE]", codes):
        return _point(amount, unit, "ago" if "g" in codes else "later" if lexed.low(match.end - 1) == "later" else "earlier", story)
    return Found("DURATION", unknown(duration_value(amount, unit), _GRAIN[unit] if amount is not None else "vague"), None, "explicit")


def _amount(match: Match, lows: list[str], bare: bool) -> float | None:
    """How many units: none named is one ("year-long", "year-ago") or, in the plural, a vague number ("years ago")."""
    if bare:
        return None if match.lexed.low(match.start) in PLURAL_UNITS else 1.0
    amount = quantity(lows)
    if amount == 0.5 and match.codes()[0] == "a" and match.codes().rindex("n") > match.codes().index("u"):
        return 1.5  # a year and a half
    return amount


def _point(amount: float | None, unit: str, word: str, story: Story) -> Found | None:
    """A point so far before or after the report (ago) or the day reached (earlier, later)."""
    sign = 1 if word == "later" else -1
    day, basis = (story.anchor, "anchor") if word == "ago" else story.day()
    if amount is None:
        value = "FUTURE_REF" if sign > 0 else "PAST_REF"
        return Found("DATE", Period(value, day if sign > 0 else None, day if sign < 0 else None, "vague"), None, basis)
    if day is None:
        return Found("DATE", unknown("FUTURE_REF" if sign > 0 else "PAST_REF", "vague"), None, "document")
    if unit in _SUB_DAY:
        return Found("TIME", Period(day.isoformat(), day, day, "hour"), "APPROX", basis)
    return Found("DATE", cal.move(day, unit, sign * amount), None, basis)


_BARE_LEADS = frozenset(
    "for in of within after took take takes taken spent spend just only mere lasted last lasting lasts and or are were is "
    "was be over during , before as to the with by than even about from until into more - been through every - if – — : ; "
    "( \" “ ' many despite, despite following waited wait waiting on these those".split()
)


_HAVE_AGE = frozenset(
    "war conflict truce ceasefire cease offensive siege blockade uprising revolt rebellion insurgency crisis dispute "
    "agreement deal accord standoff stalemate embargo protest strike occupation campaign rule government regime "
    "civil border".split()
)
"""What a "two-year-old" thing lasts; with people it is an age."""


def _is_no_duration(match: Match, unit: str) -> bool:
    """Ages, film titles, calendar days: what has a number and a unit but is no stretch of time."""
    after, codes = match.after(), match.codes()
    if after == "old" or (after == "-" and match.after(1) in ("old", "olds")) or (after == "of" and match.after(1) == "age"):
        return True
    if after == "-" and match.after(1) == "to" and codes == "u" or match.before() in ("aged", "age"):
        return True
    if unit == "S" and codes[0] in "au":
        return True
    if codes[0] == "u" and codes[-1] == "u":
        if match.after() in ("old",) or unit in ("WE", "FN"):
            return True
        lead = match.before()
        return bool(lead) and lead.isalpha() and lead not in _BARE_LEADS and not lead.endswith(("ed", "ly"))
    if codes in ("au", "aw") and unit == "D":
        return match.before() not in ("for", "in", "within", "than", "about", "nearly", "almost", "only", "just", "every", "after", "least", "over")
    return False


def read_often(match: Match, story: Story) -> Found | None:
    """Daily, every two years, each Thursday, Sundays, once a week."""
    codes, lexed = match.codes(), match.lexed
    tokens = lexed.tokens[match.start : match.end]
    last = tokens[-1]
    if codes == "F":
        return _frequency(match)
    if codes.endswith("au") and "T" not in codes and tokens[0].low not in ("once", "twice"):
        return None
    if codes in ("V", "WP", "jW", "jWP"):
        name = next(t.low for t in tokens if t.code in "VW").rstrip("s")
        if codes == "WP" and not last.low.endswith("s"):
            return None
        weekday = next(i for w, i in WEEKDAYS.items() if w == name or w.rstrip("s") == name)
        return Found("SET", unknown(f"XXXX-WXX-{weekday + 1}", "day"), None, "explicit")
    if last.code == "M":
        return Found("SET", unknown(f"XXXX-{MONTHS[last.low]:02d}", "month"), None, "explicit")
    unit = unit_of(last.low)
    if unit is None:
        part = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}.get(last.low)
        return Found("SET", unknown(f"XXXX-XX-XX{part}", "day"), None, "explicit") if part else None
    amount = quantity([t.low for t in tokens[1:-1]]) if codes[0] == "j" else 1.0
    return Found("SET", unknown(duration_value(amount, unit), _GRAIN[unit]), None, "explicit")


def _frequency(match: Match) -> Found | None:
    word = match.lexed.low(match.start)
    raw = match.lexed.raw(match.start)
    paper = match.after() in ("newspaper", "newspapers", "paper", "papers", "newsletter", "magazine", "tabloid", "life", "news")
    if not match.loose and (paper or (raw[:1].isupper() and match.lexed.code(match.start - 1) != "|")):
        return None
    value = FREQUENCIES[word]
    return Found("SET", unknown(value, _GRAIN.get(value[-1], "day") if "T" not in value else "hour"), None, "explicit")


def read_vague(match: Match, story: Story) -> Found | None:
    """Now, recently, recent weeks, later, the past."""
    codes, word = match.codes(), match.lexed.low(match.start)
    if "u" in codes:
        return _vague_unit(match, story)
    if codes == "tl":
        lead = match.before() in ("in", "from", "of", "with", "to") and match.after() in ("", ",", ".", "and", "but", "to", "he", "she", "it", "they", "for", ";", "”", '"', "have", "had", "has", "as", "when", "that", "is", "was", ")")
        return Found("DATE", unknown("PAST_REF", "vague")) if match.lexed.low(match.end - 1) == "past" and lead else None
    if codes == "E":
        return _bare_comparative(match, story)
    value = REFERENCES.get(word)
    if value is None or (not match.loose and not _is_reference(match, word)):
        return None
    return Found("DATE", ref_period(value, story))


def ref_period(value: str, story: Story) -> Period:
    """A vague reference with the side that the report's date closes."""
    anchor = story.anchor
    begin = anchor if value in ("PRESENT_REF", "FUTURE_REF") else None
    until = anchor if value in ("PRESENT_REF", "PAST_REF") else None
    return Period(value, begin, until, "vague")


def _vague_unit(match: Match, story: Story) -> Found | None:
    words = {t.low for t in match.lexed.tokens[match.start : match.end]}
    if "recent" in words:
        return Found("DATE", ref_period("PAST_REF", story))
    if "future" in words or {"coming", "upcoming"} & words:
        return Found("DATE", ref_period("FUTURE_REF", story))
    return None


def _is_reference(match: Match, word: str) -> bool:
    """Keep out "once the vote is held", "as soon as", "shortly before", "future" before a noun, "Now, Voyager"."""
    after, before = match.after(), match.before()
    if word == "once":
        return before in ("was", "were", "is", "had", "who", "which") or (before == "," and match.lexed.code(match.end) == "." and match.after(1) == "-")
    if word == "soon":
        return before != "as" and after not in ("as",)
    if word == "shortly":
        return after not in ("before", "after")
    if word == "future":
        return before in ("the", "in", "near", "foreseeable", "distant")
    if word == "now":
        return before not in ("by",) or True
    return True


def _bare_comparative(match: Match, story: Story) -> Found | None:
    """"Later" and "earlier" as adverbs; before a noun or "than" they compare."""
    word, after = match.lexed.low(match.start), match.after()
    before, code = match.before(), match.lexed.code(match.end)
    if match.loose:
        return Found("DATE", ref_period("FUTURE_REF" if word == "later" else "PAST_REF", story))
    if after in ("than", "on", "in") or after.endswith("ing") or before in ("the", "a", "an", "or", "no", "much", "sooner", "in", "of"):
        return None
    if word == "later":
        day, basis = story.day()
        if day is None or story.anchor is None:
            return Found("DATE", unknown("FUTURE_REF", "vague"), None, "document")
        return Found("DATE", Period("FUTURE_REF", min(day, story.anchor), None if match.ahead() else story.anchor, "vague"), None, basis)
    closed = code in ",p|" or after in ('"', "”", ";", ":")
    spoken = before in ("had", "have", "said", "was", "were", "has", "reported", "announced") or re.fullmatch(r"\w+ed", before)
    return Found("DATE", ref_period("PAST_REF", story)) if closed or (spoken and after.endswith(("ed", "d", "t"))) else None
