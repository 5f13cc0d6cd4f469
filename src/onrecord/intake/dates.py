"""Dates that come with an input, checked and brought to one form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_CHARS = len("2025-05-22")


def is_date(value: str) -> bool:
    """Is this an ISO 8601 date or date-time ("2025-05-22", "2025-05-22T10:00:00Z") that the calendar has?"""
    if not _DAY.match(value):
        return False
    try:
        if len(value) == _DAY_CHARS:
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def moment(value: object) -> str | None:
    """An ISO date or date-time out of what feeds and wires write: ISO forms, or RFC 822 dates; None for others."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if is_date(text):
        return text
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def later_than(value: str, now: datetime) -> bool:
    """Does this ISO date or date-time lie after `now`?  One without a zone is taken as UTC, a day from its start."""
    when = datetime.fromisoformat(value)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)) > now
