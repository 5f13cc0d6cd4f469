"""The days that many reports speak of -> a timeline of the most important ones, a line for each.

Which days matter is decided by what the reports of all days do: a day is important when many reports speak of it or
are of that day, when reports of many different days do, and when reports look back on it (the features of the date
ranking of Gholipour Ghalandari and Ifrim, "Examining the State-of-the-Art in News Timeline Summarization", ACL 2020).
The logarithms of the three counts are added with equal weight: none is fitted to any data.  `evaluation/timelines.py`
scores them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from onrecord.ledger.words import folded
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from onrecord.collate.timelines_facts import DateFact

_LATER = 2
"""Days after a day from which on a report that speaks of it looks back."""
_SHORT, _LONG = 5, 60
"""Words of a line: fewer say nothing, more say too much."""
STOP = frozenset(
    "the a an of in on at to for and or but with by from as that this it its is are was were be been has have had he she "
    "they his her their who which will would could can may not no said says say after before during over into than also "
    "more about up out one two".split()
)
"""Words that say nothing of what a text is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Record):
    """A day with what speaks for it: `reports` speak of it or are of that day, they are of `days` different days, and
    `later` of them look back on it."""

    day: str
    score: float
    reports: int
    days: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry(Record):
    """A day of a timeline and the sentence that says best what many reports say of it, with its report."""

    day: str
    score: float
    reports: int
    later: int
    report: str
    line: str


def ranked(facts: Iterable[DateFact], since: str | None = None, until: str | None = None) -> list[Day]:
    """Every day that reports speak of or were published on, the most important first.

    Args:
        facts: one per report; of copies give one.
        since, until: days outside are left out, reports published outside are not.
    """
    told: dict[str, list[str | None]] = defaultdict(list)
    for fact in facts:
        for day in {fact.published, *(m.day for m in fact.mentions)} - {None}:
            told[str(day)].append(fact.published)
    found = []
    for day, published in told.items():
        if (since is not None and day < since) or (until is not None and day > until):
            continue
        later = sum(p is not None and _days(day, p) >= _LATER for p in published)
        days = len(set(published))
        score = math.log1p(len(published)) + math.log1p(days) + math.log1p(later)
        found.append(Day(day=day, score=round(score, 4), reports=len(published), days=days, later=later))
    return sorted(found, key=lambda d: (-d.score, d.day))


def _days(a: str, b: str) -> int:
    return (date.fromisoformat(b) - date.fromisoformat(a)).days


def timeline(
    facts: Iterable[DateFact],
    top: int,
    words: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> list[TimelineEntry]:
    """The `top` most important days in order of time, each with a line.

    Args:
        facts: one per report; of copies give one.
        top: how many days.
        words: folded words that were asked for; lines that hold them are preferred.
        since, until: as for `ranked`.
    """
    every = sorted(facts, key=lambda f: f.id)
    chosen = ranked(every, since, until)[:top]
    lines = _lines(every, {d.day for d in chosen})
    made = []
    for d in sorted(chosen, key=lambda d: d.day):
        best = _best(lines.get(d.day, ()), words)
        if best is not None:
            made.append(
                TimelineEntry(day=d.day, score=d.score, reports=d.reports, later=d.later, report=best[0], line=best[1])
            )
    return made


def one_per_story(facts: Iterable[DateFact], story: Callable[[DateFact], str]) -> list[DateFact]:
    """Of reports that are copies of one another, the first."""
    found: dict[str, DateFact] = {}
    for fact in sorted(facts, key=lambda f: (f.published or "9999", f.id)):
        found.setdefault(story(fact), fact)
    return list(found.values())


def _lines(facts: Iterable[DateFact], days: set[str]) -> Mapping[str, list[tuple[str, str]]]:
    """Day → the sentences that speak of it and the first sentences of its own reports, each with its report."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact in facts:
        for m in fact.mentions:
            if m.day in days:
                found[m.day].append((fact.report, m.sentence))
        if fact.published in days:
            found[str(fact.published)].append((fact.report, fact.lead))
    return found


def _best(lines: Sequence[tuple[str, str]], words: Sequence[str]) -> tuple[str, str] | None:
    """The line whose words most of the others share."""
    bags = [(report, text, _bag(text)) for report, text in lines if text]
    held = [(r, t, b) for r, t, b in bags if any(w in b for w in words)]
    fitting = [(r, t, b) for r, t, b in held or bags if _SHORT <= len(t.split()) <= _LONG] or held or bags
    if not fitting:
        return None
    shared = Counter(w for _, _, bag in bags for w in bag)
    asked = set(words)

    def weight(bag: frozenset[str]) -> float:
        return sum(shared[w] - 1 for w in bag) / (8 + len(bag)) + len(asked & bag) * math.sqrt(len(bags))

    report, text, _ = max(fitting, key=lambda e: (weight(e[2]), -len(e[1]), e[0]))
    return report, text


def _bag(text: str) -> frozenset[str]:
    return frozenset(w for w in folded(text).split() if w not in STOP and len(w) > 2)
