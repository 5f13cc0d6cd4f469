"""Matched shapes -> values: one reader for each rule of the grammar that names a date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_ancient import in_ancient_year
from onrecord.reader.times_calendar import Period
from onrecord.reader.times_parts import Parts, gather, unit_of
from onrecord.reader.times_story import Found, Story, resolve, unknown
from onrecord.reader.times_words import EDGE_PARTS

if TYPE_CHECKING:
    from onrecord.reader.times_match import Match


def read_iso(match: Match, _story: Story) -> Found | None:
    """2025-05-22, 2011-02-01T18:00."""
    low = match.lexed.low(match.start).upper().replace(" ", "T")
    day = cal.make_date(int(low[:4]), int(low[5:7]), int(low[8:10]))
    if day is None:
        return None
    if "T" not in low:
        return Found("DATE", cal.day(day), None, "explicit")
    return Found("TIME", Period(low, day, day, "minute"), None, "explicit")


def read_slashed(match: Match, _story: Story) -> Found | None:
    """22/5/2025 and 5/22/2025; where both readings exist the day comes first unless that is no date."""
    low = match.lexed.low(match.start)
    if low == "9/11":
        return Found("DATE", cal.day(date(2001, 9, 11)), None, "explicit")
    first, second, year = (int(x) for x in re.split(r"[/.]", low))
    if year < 100:
        year += 2000 if year < 70 else 1900
    american = ("/" in low and second > 12) or (second <= 12 and first <= 12 and "/" in low)
    day = cal.make_date(year, first, second) if american else cal.make_date(year, second, first)
    day = day or cal.make_date(year, second, first) or cal.make_date(year, first, second)
    return Found("DATE", cal.day(day), None, "explicit") if day else None


def read_date(match: Match, story: Story) -> Found | None:
    """Dates, months, weekdays, today and the like, parts of the day and clock times."""
    parts = match.parts()
    if not match.loose and _is_no_date(match, parts):
        return None
    found = in_ancient_year(parts, story)
    if found is not None:
        return found
    if parts.part and re.fullmatch(r"\w+s", parts.part_word) and parts.weekday is not None:
        return Found("SET", unknown(f"XXXX-WXX-{parts.weekday + 1}{parts.part}", "day"), None, "explicit")
    if parts.month is not None and parts.day is None and "&" in match.codes():
        return _month_pair(match, parts, story)
    found = resolve(parts, story, ahead=match.ahead(), quoted=match.quoted)
    if found is not None and match.codes().startswith("tuf") and parts.unit == "W" and found.period.begin:
        return replace(found, period=cal.week(found.period.begin))
    if found is not None and parts.tonight and not parts.clock:
        value = found.period.value.split("T")[0] + "TNI"
        found = replace(found, type="TIME", period=replace(found.period, value=value, precision="hour"))
    return found


def _is_no_date(match: Match, parts: Parts) -> bool:
    """Look-alikes: "Bloody Sunday", a bare "night", "the morning paper", a moment of the day without a preposition."""
    codes = match.codes()
    if parts.clock and parts.part is None and codes in ("C", "Cp"):
        return match.after() in ("%", "percent", "to") or match.before() in ("$", "chapter", "verse", "ratio", "score")
    if parts.month is None and parts.weekday is None and parts.deictic is None and parts.part:
        return _is_bare_part(match, parts)
    if codes.startswith("tuf") and parts.unit not in ("W", "H", "TM"):
        return True
    if codes == "W":
        capital = match.lexed.raw(match.start - 1)
        name = capital.lower() in ("bloody", "black", "good", "super", "palm", "ash", "red", "cyber")
        return name and capital[:1].isupper()
    return False


def _is_bare_part(match: Match, parts: Parts) -> bool:
    word, codes = parts.part_word, match.codes()
    if word.endswith("s") or (match.after() == "-" and match.after(1) in ("time", "long", "shift")):
        return True
    determined = any(c in codes for c in "hlHr") or (codes != "tP" and any(c in codes for c in "eEBuCc"))
    if word in EDGE_PARTS:
        return not determined and match.before() not in (
            "at", "before", "by", "until", "since", "after", "around", "from", "till", "about", "toward", "towards",
        )  # fmt: skip
    if word == "night":
        later = match.after() in ("of", "before", "after", "that", "when", "in", ",", ".") or match.before() == "from"
        return not determined and not (codes == "tP" and (later or match.lexed.raw(match.end)[:1].isupper()))
    if match.lexed.raw(match.start)[:1].isupper() and codes == "P" and word != "overnight":
        return True
    return match.before() == "good"


def _month_pair(match: Match, parts: Parts, story: Story) -> Found | None:
    """Read "last December and January" as one stretch, from the first month to the second."""
    second = gather(match.lexed, match.end - 1 - ("Y" in match.codes()[-1:]), match.end)
    last = resolve(replace(second, direction=parts.direction), story, ahead=match.ahead(), quoted=False)
    if last is None or last.period.begin is None or parts.month is None:
        return None
    year = last.period.begin.year - (parts.month > last.period.begin.month)
    first = cal.month(year, parts.month)
    whole = Period(f"{first.value}/{last.period.value}", first.begin, last.period.until, "month")
    return Found("DATE", whole, None, last.basis)


def read_first_day(match: Match, story: Story) -> Found | None:
    """The 5 of "5-7 May": a day of the month that the second day names."""
    codes, lexed = match.codes(), match.lexed
    begin = match.end + 1
    second = gather(lexed, begin, begin + (lexed.code(begin) == "t") + 1)
    month = next(i for i in range(begin, begin + 5) if lexed.code(i) == "M")
    first = match.parts()
    number, last = first.day or first.ordinal, second.day or second.ordinal
    if number is None or last is None or number >= last or (codes[0] == "D" and lexed.code(match.start - 1) in "MDN"):
        return None
    whole = replace(gather(lexed, month, month + 1), day=number)
    return resolve(whole, story, ahead=match.ahead(), quoted=match.quoted)


def read_last_day(match: Match, story: Story) -> Found | None:
    """The 7 of "May 5-7"."""
    last, parts = story.last, match.parts()
    number = parts.day or parts.ordinal
    named = "M" in match.lexed.codes[max(match.start - 4, 0) : match.start - 1]
    if not named or last is None or last.precision != "day" or last.begin is None or number is None:
        return None
    day = cal.make_date(parts.year or last.begin.year, last.begin.month, number)
    return Found("DATE", cal.day(day), None, "previous") if day and number > last.begin.day else None


_COUNTED = re.compile(
    r"(?:people|troops|soldiers|men|women|children|police|officers|prisoners|detainees|members|families|homes|houses|points|"
    r"feet|met(?:re|er)s|miles|kilomet(?:re|er)s|km|mw|tons|tonnes|dollars|euros|pounds|jobs|workers|refugees|civilians|"
    r"others|times|square|vehicles|tanks|rockets|protesters|fighters|dead|wounded|rpm|calories|seats|votes|more|acres|"
    r"hectares|barrels|employees|students|voters|personnel|militants|rebels|marines|residents|immigrants|megawatts)"
)
_YEAR_LEADS = frozenset(
    "in of since by until till from to during early late mid after before between around the a and or through for "
    "to, fiscal year that this its his her their on back".split()
)
_NUMBERED = frozenset(
    "resolution article no number flight chapter act page room channel section route highway order unit bill model "
    "boeing airbus agenda vision euro".split()
)


def read_year(match: Match, _story: Story) -> Found | None:
    """2016, the year 2000, early 1991, fiscal 1989, 1999-2000."""
    codes, lexed = match.codes(), match.lexed
    first = match.start + codes.index("Y")
    if not match.loose and _is_count(match, first):
        return None
    if codes.count("Y") == 2 or (codes[0] == "Y" and codes[-1] in "DN" and len(codes) == 3):
        return _year_range(match) if match.before() in ("in", "during") else None
    number = int(lexed.low(first))
    edge = match.parts().edge
    return Found("DATE", cal.third(cal.year(number), edge), edge, "explicit")


def _year_range(match: Match) -> Found | None:
    low, high = match.lexed.low(match.start), match.lexed.low(match.end - 1)
    begin = int(low)
    until = int(low[:2] + high) if len(high) == 2 else int(high)
    if not begin < until <= begin + 200:
        return None
    first, last = cal.year(begin), cal.year(until)
    return Found("DURATION", Period(f"P{until - begin + 1}Y", first.begin, last.until, "year"), None, "explicit")


def read_short_year(match: Match, _story: Story) -> Found | None:
    """The 17 of "1915-17"."""
    low, first = match.lexed.low(match.start), match.lexed.low(match.start - 2)
    if len(low) != 2 or not int(first[2:]) < int(low):
        return None
    return Found("DATE", cal.year(int(first[:2] + low)), None, "explicit")


def _is_count(match: Match, i: int) -> bool:
    """Is the four-digit number at token i something other than a year: a count, a price, a resolution's number?"""
    lexed = match.lexed
    number, before, after = int(lexed.low(i)), lexed.low(i - 1), lexed.low(i + 1)
    raw_before = lexed.raw(i - 1)
    if _COUNTED.fullmatch(after) or before in ("$", "£", "€", "#", "than", "nearly", "almost", "over", "least", "some"):
        return True
    if before in _NUMBERED or (before == "-" and lexed.low(i - 2).isalpha() and not match.parts().edge):
        return True
    if after in ("-", "/") and lexed.code(i + 2) not in "DNYw.":
        return True
    if before in _YEAR_LEADS or match.start < i:
        return number < 1500 and before not in ("in", "since", "of", "year")
    if raw_before[:1].isupper() and lexed.code(i - 1) == ".":  # "Resolution 1973", "Tokyo 2020"
        return True
    return not 1900 <= number <= 2099


def read_decade(match: Match, _story: Story) -> Found | None:
    """The 1980s, the early nineties; a bare number word in the plural is an age ("in his forties")."""
    parts = match.parts()
    if parts.decade is None:
        return None
    if "x" in match.codes() and not parts.the:
        return None
    if parts.decade < 100 or parts.decade > 210:
        return None
    modifier = parts.edge
    return Found("DATE", cal.third(cal.decade(parts.decade), modifier), modifier, "explicit")


def read_ordinal_unit(match: Match, story: Story) -> Found | None:
    """The third quarter of 2019, the 19th century, the eleventh week."""
    parts, anchor = match.parts(), story.anchor
    number = parts.ordinal
    if number is None:
        return None
    if parts.edge is None and match.codes().startswith("e"):
        parts.edge = "MID"
    following = match.codes().find("u", match.codes().find("O"))
    unit = unit_of(match.lows()[following]) if following >= 0 else None
    if "n" in match.codes():  # the first half of the year
        return _half(parts, number, anchor) if "half" in match.lows() else None
    if unit == "CE":
        whole = cal.third(cal.century(min(number, 99)), parts.edge)
        return Found("DATE", whole, parts.edge, "explicit")
    if unit == "Q" and number <= 4:
        return _quarter(parts, number, anchor, of_a_year="year" in match.lows("u"))
    if unit not in ("D", "W", "M", "Y") or anchor is None or not (parts.the or match.loose):
        return None
    if unit == "D":
        day, basis = story.day()
        return Found("DATE", cal.day(day), None, basis) if day else None
    return Found("DATE", cal.spanning(unit, cal.shift(anchor, -1), 0), None, "anchor")


def _half(parts: Parts, number: int, anchor: date | None) -> Found | None:
    if number > 2 or (parts.year is None and (anchor is None or parts.unit != "Y")):
        return None
    year = parts.year if parts.year is not None or anchor is None else anchor.year + (parts.direction or 0)
    if year is None:
        return None
    return Found("DATE", cal.part_of_year(year, "H", number, 6), None, "explicit" if parts.year else "anchor")


def _quarter(parts: Parts, number: int, anchor: date | None, *, of_a_year: bool) -> Found | None:
    if parts.year is not None:
        return Found("DATE", cal.part_of_year(parts.year, "Q", number, 3), parts.edge, "explicit")
    if anchor is None:
        return Found("DATE", unknown(f"XXXX-Q{number}", "season"), None, "document")
    year = anchor.year
    if of_a_year:
        year += parts.direction or 0
    elif number - ((anchor.month - 1) // 3 + 1) > 1:  # the next quarter is spoken of as coming, later ones as gone
        year -= 1
    return Found("DATE", cal.part_of_year(year, "Q", number, 3), parts.edge, "anchor")


_SEASON_LEADS = frozenset("in during since by until throughout over spent into through".split())


def read_season(match: Match, story: Story) -> Found | None:
    """Last summer, the winter of 1994; "fall" and "spring" only where a determiner or year makes them one."""
    parts, anchor, codes = match.parts(), story.anchor, match.codes()
    if parts.season is None:
        return None
    word = match.lexed.low(match.start + codes.index("s"))
    capital = match.lexed.raw(match.start + codes.index("s"))[:1].isupper()
    determined = parts.year is not None or parts.this or parts.direction is not None or parts.edge is not None
    in_the = codes == "ts" and match.before() in _SEASON_LEADS and match.after() != "of"
    if word == "fall" and match.after() == "of" and parts.year is None and codes[-1] != "u":  # the fall of a city
        return None
    if not determined and not in_the and (word in ("fall", "spring") or capital) and not match.loose:
        return None
    if parts.year is not None:
        return Found("DATE", cal.season(parts.year, parts.season), parts.edge, "explicit")
    if story.ancient:
        return in_ancient_year(parts, story)
    if parts.unit == "Y" and anchor is not None and codes.endswith("u"):
        return Found("DATE", cal.season(anchor.year + (parts.direction or 0), parts.season), parts.edge, "anchor")
    point = story.point("Y")
    if story.chronicle and story.last is not None and point is not None and not parts.this:
        step = 1 if parts.direction == 1 else 0
        return Found("DATE", cal.third(cal.season(point.year + step, parts.season), parts.edge), parts.edge, "previous")
    if anchor is None:
        return Found("DATE", unknown(f"XXXX-{parts.season}", "season"), None, "document")
    return Found("DATE", cal.third(_season(match, parts, anchor), parts.edge), parts.edge, "anchor")


def _season(match: Match, parts: Parts, anchor: date) -> Period:
    """The season of this name that is meant: this year's, the last that is over, the next or the nearest."""
    assert parts.season is not None
    if parts.this:
        return cal.season(anchor.year, parts.season)
    ahead = match.ahead() if parts.direction is None else parts.direction > 0
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 13}[parts.season]  # winter is named by the year that it begins in
    of_year = cal.nearest_year(anchor, (middle - 1) % 12 + 1, 1, ahead) - (middle > 12)
    period = cal.season(of_year, parts.season)
    if parts.direction == -1 and period.until is not None and period.until >= anchor:
        return cal.season(of_year - 1, parts.season)
    return period
