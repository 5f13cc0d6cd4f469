"""Which version of a story answers, and from which day to which: pure, from what the ledger has learned.

A provider's story has a `guid`; its versions are texts, each with a version number.  The highest version wins,
whenever it came; a withdrawal wins over its own version and all lower ones.  The result depends on what is known by a
day, never on the order within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from onrecord.ledger.known import REPLACED, SUPERSEDED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DAY = len("2025-05-22")
Rank = tuple[int, int, str]
_NONE: Rank = (0, 0, "")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story: the report that holds it, or None for a withdrawal."""

    added_at: str
    rank: Rank
    report_id: str | None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """The days on which a reading answers: from `since` up to, not including, `until`; `ended` says why no longer."""

    seq: int
    since: str
    until: str | None
    ended: str | None


def rank(version: str | None) -> Rank:
    """What versions are compared by: none, then numbers, then times and other words."""
    if version is None or not version.strip():
        return _NONE
    version = version.strip()
    if version.isdecimal():
        return (1, int(version), "")
    try:
        moment = datetime.fromisoformat(version)
    except ValueError:
        return (2, 0, version)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (2, 0, aware.astimezone(UTC).isoformat())


def answer(versions: Iterable[Version]) -> tuple[str | None, bool]:
    """The report that answers for a story, and whether it was withdrawn."""
    known = list(versions)
    top = max((v.rank for v in known), default=_NONE)
    # a withdrawal without a version means all that was known by then
    ranked = [(top if v.withdrawn and v.rank == _NONE else v.rank, v.withdrawn, v.added_at, v.report_id) for v in known]
    if not ranked:
        return None, False
    _, withdrawn, _, report_id = max(ranked, key=lambda r: (r[0], r[1], r[2], r[3] or ""))
    return (None, True) if withdrawn else (report_id, False)


def state(report_id: str, stories: Sequence[Sequence[Version]]) -> str | None:
    """Why a report does not answer (superseded, withdrawn), or None when it does.

    `stories` are the versions of every story that the report is a version of.  A report that is a version of none
    answers; of several, one that it still is the latest version of is enough.
    """
    verdicts = []
    for versions in stories:
        winner, withdrawn = answer(versions)
        if winner == report_id:
            return None
        verdicts.append(WITHDRAWN if withdrawn else SUPERSEDED)
    if not verdicts:
        return None
    return WITHDRAWN if WITHDRAWN in verdicts else SUPERSEDED


def intervals(
    report_id: str, readings: Sequence[tuple[int, str]], stories: Mapping[str, Sequence[Version]]
) -> list[Interval]:
    """The days on which each of a report's readings answers.

    Args:
        report_id: the report.
        readings: its readings as (seq, added_at).
        stories: guid -> everything known of the stories that it is a version of.
    """
    moments = sorted({added[:DAY] for _, added in readings} | {v.added_at[:DAY] for s in stories.values() for v in s})
    days = {day: _on(day, report_id, readings, stories) for day in moments}
    found = []
    for seq, added in sorted(readings):
        found.extend(_runs(seq, added[:DAY], days))
    return found


def _on(
    day: str, report_id: str, readings: Sequence[tuple[int, str]], stories: Mapping[str, Sequence[Version]]
) -> tuple[int | None, str | None]:
    """At the end of a day: the seq of the last reading, and why the report does not answer."""
    last = max((seq for seq, added in readings if added[:DAY] <= day), default=None)
    known = [[v for v in versions if v.added_at[:DAY] <= day] for versions in stories.values()]
    mine = [versions for versions in known if any(v.report_id == report_id for v in versions)]
    return last, state(report_id, mine)


def _runs(seq: int, learned: str, days: Mapping[str, tuple[int | None, str | None]]) -> list[Interval]:
    """A reading's intervals, out of the state at the end of each day on which something was learned."""
    found: list[Interval] = []
    since: str | None = None
    for day, (last, why) in days.items():
        if day < learned:
            continue
        ended = why if why is not None else None if last == seq else REPLACED
        if ended is None and since is None:
            since = day
        elif ended is not None and since is not None:
            found.append(Interval(seq, since, day, ended))
            since = None
        elif ended is not None and not found:
            found.append(Interval(seq, day, day, ended))  # it never answered
    if since is not None:
        found.append(Interval(seq, since, None, None))
    return found
