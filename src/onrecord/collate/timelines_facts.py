"""A reading -> the days that it speaks of, and the one on which it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.collate.accounts import report_day
from onrecord.collate.tellings import sentence_at
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from onrecord.ledger.known import Known
    from onrecord.records import Reading

_EXACT = frozenset(("day", "hour", "minute"))
_DAY = 10
_LONGEST = 400
"""Characters of a sentence that are kept: a line, not a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """A day that a report speaks of: how often, and the first sentence that does."""

    day: str
    times: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFact(Record):
    """The days of one report: `published` the day that it belongs to, `lead` its first sentence."""

    id: str
    seq: int
    report: str
    published: str | None
    lead: str
    mentions: tuple[Mention, ...] = ()


def date_fact(known: Known) -> DateFact:
    """The days that a reading speaks of."""
    reading = known.reading
    header = reading.report.dateline.span.end if reading.report.dateline is not None else 0
    found: dict[str, list[int]] = {}
    for t in reading.times:
        day = t.begin[:_DAY] if t.begin else None
        if day is not None and t.precision in _EXACT and (t.until or t.begin or "")[:_DAY] == day and t.end > header:
            found.setdefault(day, []).append(t.start)
    mentions = tuple(
        Mention(day=day, times=len(starts), sentence=_short(sentence_at(reading, starts[0])))
        for day, starts in sorted(found.items())
    )
    return DateFact(
        id=known.key, seq=known.seq, report=known.key, published=report_day(known), lead=_short(_lead(reading, header)),
        mentions=mentions,
    )  # fmt: skip


def _lead(reading: Reading, header: int) -> str:
    """The first sentence of the story, without its dateline."""
    text = reading.report.text
    start, end = next(((max(a, header), b) for a, b in reading.sentences if b > header), (0, 0))
    return " ".join(text[start:end].split()).lstrip("-–—: ")


def _short(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[: sentence.rfind(" ", 0, _LONGEST)] + " …"
