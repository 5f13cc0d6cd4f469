"""The quarters that business stories count in -> values: "the quarter ended Sept. 30", "the year-ago period"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_parts import gather
from onrecord.reader.times_story import REPORTED_DAYS, Found, Story, resolve, unknown

if TYPE_CHECKING:
    from datetime import date

    from onrecord.reader.times_match import Match

_CLOSING = re.compile(r"[^|](?=Mp?[DO])")


def read_quarter(match: Match, story: Story) -> Found | None:
    """The quarter: the one whose last day follows, the one named last, or the one last reported on."""
    parts = match.parts()
    if match.after() == "of" or (match.after() == "-" and not match.loose):
        return None
    closing = _closing_day(match, story)  # a business quarter may end before the calendar's
    if closing is not None:
        return Found("DATE", cal.quarter_of(cal.shift(closing, -REPORTED_DAYS)), parts.edge, "anchor")
    if story.quarter is not None and story.quarter[0]:
        return Found("DATE", cal.part_of_year(*_spread(story.quarter)), parts.edge, "previous")
    if story.anchor is None:
        return Found("DATE", unknown("XXXX-QX", "season"), parts.edge, "document")
    return Found("DATE", cal.third(reported(story.anchor), parts.edge), parts.edge, "anchor")


def reported(day: date) -> cal.Period:
    """The quarter that is reported on at a date."""
    return cal.quarter_of(cal.shift(day, -REPORTED_DAYS))


def _closing_day(match: Match, story: Story) -> date | None:
    """The day in "the quarter ended Sept. 30"."""
    if match.after() not in ("ended", "ending", "to", "through"):
        return None
    ahead = _CLOSING.match(match.lexed.codes, match.end)
    if ahead is None:
        return None
    begin = ahead.end()
    until = begin + 2 + (match.lexed.code(begin + 1) == "p")
    found = resolve(gather(match.lexed, begin, until), story, ahead=match.after() == "ending", quoted=False)
    return found.period.begin if found else None


def _spread(quarter: tuple[int, int], back: int = 0) -> tuple[int, str, int, int]:
    return quarter[0] - back, "Q", quarter[1], 3


def read_reported(match: Match, story: Story) -> Found | None:
    """The latest quarter, the year-earlier period, the comparable year-ago quarter, the 1988 period."""
    parts, codes = match.parts(), match.codes()
    if parts.unit not in (None, "Q", "Y") or ("U" not in codes and "quarter" not in match.lows("u")):
        return None
    named = story.quarter if story.quarter and story.quarter[0] else None
    if "Y" in codes and parts.year is not None:
        if named is None:
            return Found("DATE", cal.year(parts.year), None, "explicit") if "U" in codes else None
        return Found("DATE", cal.part_of_year(parts.year, "Q", named[1], 3), None, "explicit")
    if parts.ordinal is not None and story.anchor is not None and 1 <= parts.ordinal <= 4:
        return Found("DATE", cal.part_of_year(story.anchor.year - 1, "Q", parts.ordinal, 3), None, "previous")
    if named is None and story.anchor is not None and ("U" not in codes or match.loose):
        begin = cal.spanning("Q", story.anchor, -1).begin
        named = (begin.year, (begin.month + 2) // 3) if begin else None
    if named is None:
        return None
    back = 1 if "-" in codes or parts.direction == -1 else 0
    return Found("DATE", cal.part_of_year(*_spread(named, back)), None, "previous")
