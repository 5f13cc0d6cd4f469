"""Questions -> series of figures.

Where only so many series are wanted, the keys with most figures are built first, and no more of them than it takes: a
series has at most as many figures as its key.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from onrecord.collate import tables as t
from onrecord.collate.facts import SERIES
from onrecord.collate.facts_asked import Facts, Question, asked_for, moved, named_in, reports_of, within_days
from onrecord.collate.moments import Moment
from onrecord.collate.series import CHANGES, Series, order, rank, series, weight
from onrecord.collate.series_facts import FigureFact, series_key
from onrecord.collate.series_pruning import pruned
from onrecord.errors import UsageError
from onrecord.ledger.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from onrecord.ledger import Ledger

_TOLL_DAYS = 60
"""Days around those asked for in which the figures of one event may stand; those of running totals may stand anywhere."""
_AT_ONCE = 40
"""Keys that are built together where only so many series are wanted."""


def ask_series(ledger: Ledger, change: str | None = None, **given: Any) -> Question:
    """Series of figures: filters `measure place source since until text limit as_known_on`, and `change`.

    Without `change`, the tolls of single events are shown where more than one source or value is told.

    Raises:
        UsageError: OR-U02 a kind of change that there is none of; see `Filters` for the rest.
    """
    if change is not None and change not in CHANGES:
        raise UsageError("OR-U02", f"{change!r} is no kind of change; one of: {' '.join(CHANGES)}")
    filters = Filters(**given)
    members = named_in(filters, ledger.figures)

    def question(connection: Connection) -> list[Series]:
        maker = _Maker(Facts(connection, Moment(filters.as_known_on)), filters, change, members)
        found: list[Series] = []
        for keys, most in maker.parts():
            found += maker.made(keys)
            if filters.limit is not None and _enough(found, most, filters.limit):
                break
        return sorted(found, key=order)[: filters.limit]

    return question


class _Maker:
    """The series of one question, key by key."""

    def __init__(self, facts: Facts, filters: Filters, change: str | None, members: frozenset[str] | None) -> None:
        self._facts, self._filters, self._change, self._members = facts, filters, change, members
        first, last = filters.since, filters.until
        named = asked_for(SERIES, filters, ("measure", "place", "source"))
        self._counts = facts.keys(SERIES, named & within_days(first, last))
        if members is not None:
            held = [f for f in facts.of_reports(FigureFact, SERIES, reports_of(members)) if f.id in members]
            there = {series_key(f) for f in held}
            self._counts = {k: n for k, n in self._counts.items() if k in there}
            first, last = _narrowed(first, last, [f.as_of for f in held])
        self._near = within_days(moved(first, -_TOLL_DAYS), moved(last, _TOLL_DAYS))

    def parts(self) -> Iterator[tuple[list[str], tuple[tuple[int, ...], int] | None]]:
        """Keys to build next; the rank of what comes after them and how many figures a series of it has at most."""
        parts = list(_parts(self._counts, self._change))
        for n, keys in enumerate(parts):
            following = parts[n + 1][0] if n + 1 < len(parts) else None
            yield keys, (_rank(following), self._counts[following]) if following is not None else None

    def made(self, keys: Sequence[str]) -> list[Series]:
        """The series of some keys, whole, then pruned to what was asked for."""
        tolls = [k for k in keys if _change_of(k) == "event"]
        found = self._facts.under(FigureFact, SERIES, [k for k in keys if k not in tolls])
        found += self._facts.under(FigureFact, SERIES, tolls, self._near)
        events = self._facts.happenings({f.event for f in found if f.event is not None and f.change == "event"})
        whole = series(found, self._facts.origin, events)
        asked = self._filters
        told = pruned(whole, since=asked.since, until=asked.until, source=asked.source, members=self._members)
        return [s for s in told if self._change is not None or s.change != "event" or _tells(s)]


def _parts(counts: Mapping[str, int], change: str | None) -> Iterator[list[str]]:
    """Keys a few at a time, those of a better rank first, then those with more figures."""
    wanted = [k for k in counts if change is None or _change_of(k) == change]
    for _, alike in groupby(sorted(wanted, key=lambda k: (_rank(k), -counts[k], k)), key=_rank):
        keys = list(alike)
        for start in range(0, len(keys), _AT_ONCE):
            yield keys[start : start + _AT_ONCE]


def _change_of(key: str) -> str:
    return key.split("|")[1]


def _rank(key: str) -> tuple[int, ...]:
    return rank(_change_of(key), key.split("|")[3])


def _enough(found: Sequence[Series], most: tuple[tuple[int, ...], int] | None, limit: int) -> bool:
    """Does no series that is still to be built come before the last of those wanted?"""
    if most is None:
        return True
    following, count = most
    sure = (s for s in found if (rank(s.change, s.area), -weight(s)) < (following, -count))
    return sum(1 for _ in sure) >= limit


def _tells(s: Series) -> bool:
    """Does a toll tell more than one report does: a value that changed, or two sources?"""
    return sum(len(line.points) for line in s.lines) > 1


def _narrowed(first: str | None, last: str | None, days: Sequence[str | None]) -> tuple[str | None, str | None]:
    """The days that were asked for, no further than some facts reach; all where one of those has no day."""
    known = [d for d in days if d is not None]
    if not known or len(known) < len(days):
        return first, last
    return max(first or "", min(known)), min(last or t.NO_DAY, max(known))
