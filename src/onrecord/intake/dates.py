"""Dates that come with an input, checked and brought to one form."""

from __future__ import annotations

import re
from datetime import date, datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_date(value: str) -> bool:
    """Is this an ISO 8601 date or date-time ("2025-05-22", "2025-05-22T10:00:00Z") that the calendar has?"""
    if not _DAY.match(value):
        return False
    try:
        if len(value) == len("2025-05-22"):
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
