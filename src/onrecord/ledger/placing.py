"""A row's place in a list as one number: its kind, its first day, how long it lasts, and the order of learning.

Lists are in the order of these numbers, and the index of words keeps its hits in it, so that the first fifty of a
million need neither a sort nor a look at the rest.  From the highest bit down: kind (3 bits), first day (20),
further days (6), whether the day is only that of the report (1), a running number (33).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

KINDS = ("reports", "statements", "events", "figures", "positions", "talks", "agreements", "actors")

_EPOCH = date(1000, 1, 1).toordinal() - 1
_DAYS = 20
_LENGTH = 6
_RUNNING = 33
_KIND_AT = _DAYS + _LENGTH + 1 + _RUNNING
_DAY_AT = _LENGTH + 1 + _RUNNING
UNKNOWN = (1 << _DAYS) - 1
"""The code of a day that is not known: after all others."""
_LONGEST = (1 << _LENGTH) - 1


_LARGEST = (1 << 63) - 1
"""What fits into a database's column; no row has it, for days end before their codes do."""


@lru_cache(maxsize=20_000)
def day_code(day: str | None) -> int:
    """An ISO day as a number; days before the year 1000 count as its first, unknown ones as the last."""
    if day is None:
        return UNKNOWN
    try:
        return min(max(date.fromisoformat(day[:10]).toordinal() - _EPOCH, 0), UNKNOWN - 1)
    except ValueError:  # a record's day may be anything that a text said
        return UNKNOWN


def place(kind: str, first: str | None, last: str | None, stands_in: bool, order: int) -> int:
    """The number of a row: `first` and `last` are its days, `stands_in` when they are the report's own;
    `order` its running number."""
    begin = day_code(first)
    length = min(max(day_code(last) - begin, 0), _LONGEST) if begin != UNKNOWN else 0
    when = ((begin << _LENGTH | length) << 1 | stands_in) << _RUNNING
    return KINDS.index(kind) << _KIND_AT | when | order


def bounds(kind: str, since: str | None = None, until: str | None = None) -> tuple[int, int]:
    """The first number that a row of a kind can have, and one more than the last, when it begins in these days.

    With a bound, rows without a day are left out.
    """
    base = KINDS.index(kind) << _KIND_AT
    first = day_code(since) if since is not None else 0
    last = day_code(until) if until is not None else UNKNOWN - 1 if since is not None else UNKNOWN
    return base | first << _DAY_AT, min(base + ((last + 1) << _DAY_AT), _LARGEST)


def running(number: int) -> int:
    """The running number in a row's number."""
    return number & ((1 << _RUNNING) - 1)


def in_time(number: int) -> int:
    """The number without its kind: to merge lists of several kinds."""
    return number & ((1 << _KIND_AT) - 1)
