"""Years before Christ -> TIMEX3 values ("480 BC" BC0480); the calendar here has no days for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader.times_parts import Parts, unit_of
from onrecord.reader.times_story import Found, Story, unknown

if TYPE_CHECKING:
    from onrecord.reader.times_match import Match


def read_ancient(match: Match, story: Story) -> Found | None:
    """480 BC, April 480 BC, the spring of 480 BC, the 470s BC, the 4th century BC, and the 264 of "264-241 BC"."""
    parts, tokens = match.parts(), match.tokens()
    ordinal = parts.ordinal
    if ordinal is not None:
        return _found(f"BC{max(ordinal - 1, 0):02d}", "year", parts) if unit_of(tokens[-2].low) == "CE" else None
    years = [t for t in tokens if t.code in "NDY"]
    if not years:
        decade = next((t.low for t in tokens if t.code == "X"), "")
        return _found(f"BC{int(decade[:-2]):03d}", "decade", parts) if decade[:-2].isdigit() else None
    if not years[-1].low.isdigit() or len(years[-1].low) > 4:
        return None
    value, grain = f"BC{int(years[-1].low):04d}", "year"
    story.ancient = value
    if parts.month is not None:
        value, grain = f"{value}-{parts.month:02d}", "month"
    elif parts.season is not None:
        value, grain = f"{value}-{parts.season}", "season"
    return _found(value, grain, parts)


def _found(value: str, grain: str, parts: Parts) -> Found:
    return Found("DATE", unknown(value, grain), parts.edge, "explicit")


def in_ancient_year(parts: Parts, story: Story) -> Found | None:
    """A bare month or season that follows a year before Christ belongs to that year."""
    if not story.ancient or parts.year is not None or parts.direction is not None:
        return None
    if parts.month is not None:
        day = parts.day if parts.day is not None else parts.ordinal
        value = f"{story.ancient}-{parts.month:02d}" + (f"-{day:02d}" if day else "")
        return replace(_found(value, "day" if day else "month", parts), basis="previous")
    if parts.season is not None:
        return replace(_found(f"{story.ancient}-{parts.season}", "season", parts), basis="previous")
    return None
