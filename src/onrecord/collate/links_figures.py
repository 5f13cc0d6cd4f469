"""Figures of one series and day -> links between them: who contradicts whom, and who updates or repeats himself.

Tolls of single events are compared where the accounts of the event are (`onrecord.collate.links`); here stand running
totals and levels, which no event holds together.
"""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from onrecord.collate.facts_voices import heard
from onrecord.collate.links import End, Link
from onrecord.collate.links_fields import within_reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.collate.series_facts import FigureFact
    from onrecord.collate.standing import Told

LINKED = ("total", "level")
"""Kinds of change whose figures are linked here."""
_ORIGINS = 12
"""Sources of one series and day that are set against each other, the earliest ones."""


class Given(NamedTuple):
    """A figure as one source gives it."""

    fact: FigureFact
    told: Told
    origin: str
    party: str
    name: str

    @property
    def order(self) -> tuple[str, str, str]:
        """Earliest report first; ties by content."""
        return self.told.published or "9999", self.fact.report, self.fact.id


def linked(key: str) -> bool:
    """Are the figures of a series (by its key) linked here?"""
    return key.split("|")[1] in LINKED


def group_of(key: str, day: str) -> str:
    """The name of the links of a series on a day: "s" and a hash."""
    return "s" + hashlib.sha256(f"{key}|{day}".encode()).hexdigest()[:12]


def about(fact: FigureFact) -> str:
    """What a series counts, for people: "killed: people, Hadrun (total)"."""
    counted = ", ".join(filter(None, (fact.what or fact.head, fact.place)))
    return f"{fact.measure}: {counted} ({fact.change})" if counted else f"{fact.measure} ({fact.change})"


def given(facts: Iterable[FigureFact], told: Mapping[int, Told]) -> list[Given]:
    """Figures by source, earliest first.  Copies, withdrawn reports and sources that nobody can tell are left out."""
    found = []
    for fact in facts:
        report = told[fact.seq]
        if not report.first or report.withdrawn is not None:
            continue
        for voice in fact.voices:
            v = heard(voice, report.voice, report.agency or report.publisher or "the report")
            if v.source != "?":
                found.append(Given(fact, report, v.source, f"side:{v.side}" if v.side else v.source, v.name))
    return sorted(found, key=lambda g: (*g.order, g.origin))


def figure_links(today: Sequence[Given], before: Sequence[Given]) -> list[Link]:
    """The links of a series on one day.

    Args:
        today: the figures that hold for the day, in order.
        before: those of earlier days, in order of the days: each source's last one counts.
    """
    first: dict[str, Given] = {}
    for g in today:
        first.setdefault(g.origin, g)
    last = {g.origin: g for g in before}
    found = []
    for origin, g in first.items():
        old = last.get(origin)
        if old is not None and old.fact.report != g.fact.report:
            differ = _apart(g, old)
            found.append(_link("updates" if differ else "repeats", "value" if differ else None, g, old))
    for a, b in combinations(list(first.values())[:_ORIGINS], 2):
        if a.party != b.party and _apart(a, b):
            found.append(_link("contradicts", "value", b, a))
    return found


def _apart(a: Given, b: Given) -> bool:
    x, y = a.fact, b.fact
    (low, high), (other_low, other_high) = (
        within_reach(x.low, x.high, x.relation),
        within_reach(y.low, y.high, y.relation),
    )
    return high < other_low or other_high < low


def _link(kind: str, what: str | None, a: Given, b: Given) -> Link:
    return Link(kind=kind, field=what, a=_end(a), b=_end(b))


def _end(g: Given) -> End:
    f = g.fact
    return End(
        id=f.id, report=f.report, seq=f.seq, source=g.name, origin=g.origin,
        outlet=g.told.publisher or g.told.agency, said=f.reported, start=f.start, end=f.end, text=f.text,
    )  # fmt: skip
