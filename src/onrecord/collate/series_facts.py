"""The figures of a reading -> facts that can be put into series: what is counted, where, as of when, who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.collate.accounts import report_day
from onrecord.collate.facts_voices import Voice, voices
from onrecord.collate.series_populations import population
from onrecord.collate.tellings import sentence_at
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known
    from onrecord.records import Event, Figure, Place, Reading

_PART = re.compile(r"\b(?:including|among (?:them|whom|those)|of (?:them|whom))\b", re.IGNORECASE)
"""Words between two numbers of which the second is a part of the first."""
_WINDOW = re.compile(r"\b(?:past|last|previous)\s+(?:\w+\s+)?(?:hours?|day|night|week)\b|\bovernight\b", re.IGNORECASE)
_RUNNING = re.compile(
    r"\b(?:since|total|toll|so far|bring(?:s|ing)?|brought|to date|ris(?:e|es|en|ing)|reach\w*)\b", re.IGNORECASE
)
"""A count of the last hours is an addition, whatever it is called, unless the sentence speaks of a running total."""
UNPLACED = "-"
"""The area of a figure of which nobody says where it is counted."""
PART = " (part)"
"""Ends the population of a part of a larger figure: it must not stand in one line with the whole."""
_DAY = 10
_NOT_SO = frozenset(("denied", "not_occurred", "planned", "proposed", "ordered", "conditional"))
"""Statuses of an event whose figures are no counts: 33 hostages that are to be released have not been released."""
_WIDEST = ("country", "area", "region", "district", "city", "point")
"""Precisions of places, the widest first: a figure for "Gaza City, in the Gaza Strip" is the Strip's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFact(Record):
    """One figure of one report, with all who give it.

    `head` and `qualifiers` are what is counted (see `Population`), `what` the report's words for it.  `area` is the
    country and its first-level division ("PSE/Gaza Strip"), the country alone, or "-"; `place` its name.  `as_of` is
    the day that the figure holds for: the stated one, else the report's (`dated_by` "stated" or "report"); `since`
    the first day of the period that a running total counts from, where it is stated.  `event` is the id of the event
    that the figure belongs to.
    """

    id: str
    seq: int
    report: str
    measure: str
    change: str
    head: str
    qualifiers: tuple[str, ...] = ()
    what: str | None = None
    area: str = UNPLACED
    place: str | None = None
    places: tuple[str, ...] = ()
    low: int | float | None = None
    high: int | float | None = None
    relation: str = "exactly"
    unit: str | None = None
    as_of: str | None = None
    dated_by: str = "none"
    since: str | None = None
    reported: str | None = None
    event: str | None = None
    voices: tuple[Voice, ...] = ()
    start: int = 0
    end: int = 0
    text: str = ""
    sentence: str = ""


def figure_facts(known: Known, who: Mapping[str, Identity]) -> list[FigureFact]:
    """The figures of a reading that count something somebody vouches for: no denied ones, no plans, no durations.

    A part of a larger figure ("91 people, including 20 children") is counted as that is: a toll's part is a toll.
    """
    reading = known.reading
    events = {f: e for e in reading.events for f in e.figures}
    found = []
    for n, f in enumerate(reading.figures):
        event = events.get(f.id)
        if f.change == "none" or (f.low is None and f.high is None) or (event and event.status in _NOT_SO):
            continue
        if told := voices(known, who, f.according_to):
            found.append(_fact(known, f, event, told, _whole(reading, n)))
    return found


def _whole(reading: Reading, n: int) -> Figure | None:
    """The figure that one is a part of."""
    f = reading.figures[n]
    for other in reversed(reading.figures[:n]):
        if not any(a <= other.span.start < f.span.start < b for a, b in reading.sentences):
            return None
        between = reading.report.text[other.span.end : f.span.start]
        if (
            other.change != "none"
            and other.measure == f.measure
            and _PART.search(between)
            and _least(f) <= _least(other)
        ):
            return other
    return None


def _least(f: Figure) -> float:
    return float(f.low if f.low is not None else f.high or 0)


def series_key(fact: FigureFact) -> str:
    """What figures must share to stand in one series: measure, kind of change, head of the population, area."""
    return "|".join((fact.measure, fact.change, fact.head, fact.area))


def _fact(known: Known, f: Figure, event: Event | None, told: tuple[Voice, ...], whole: Figure | None) -> FigureFact:
    reading, reported = known.reading, report_day(known)
    scene = _scene(reading, f, event)
    area, place = _area(scene)
    counted = population(
        f.measure, f.unit, f.population.text if f.population else None, scene.country if scene else None
    )
    change = _change(known, whole or f)
    begun = _begun(known, f)
    as_of, dated_by = (reported, "report") if begun else _as_of(f, reported)
    since = begun or (f.period.begin if f.period is not None else None)
    return FigureFact(
        id=f"{known.key}:{f.id}", seq=known.seq, report=known.key, measure=f.measure, change=change,
        head=counted.head + (PART if whole is not None else ""), qualifiers=counted.qualifiers, what=f.unit or (f.population.text if f.population else None),
        area=area, place=place, places=_names(reading, f, event), low=f.low, high=f.high, relation=f.relation,
        unit=f.unit if f.measure in ("money", "aid", "duration") else None, as_of=as_of, dated_by=dated_by,
        since=_day(since) if change == "total" else None, reported=reported,
        event=f"{known.key}:{event.id}" if event is not None else None, voices=told, start=f.span.start,
        end=f.span.end, text=f.span.text, sentence=sentence_at(reading, f.span.start),
    )  # fmt: skip


def _change(known: Known, f: Figure) -> str:
    """The figure's kind of change.  A "running total" of a single day or of the last hours is none."""
    if f.change != "total":
        return f.change
    if f.period is not None and f.period.begin and f.period.begin == f.period.until:
        return "event"
    sentence = sentence_at(known.reading, f.span.start)
    return "increment" if _WINDOW.search(sentence) and not _RUNNING.search(sentence) else f.change


def _begun(known: Known, f: Figure) -> str | None:
    """The day that a count began on, where the figure's own day is really that ("since the truce of January 19")."""
    day, reported = _day(f.as_of), report_day(known)
    if f.change != "total" or day is None or reported is None or f.as_of_basis != "stated" or day >= reported:
        return None
    text = known.reading.report.text
    starts = [t.start for t in known.reading.times if _day(t.begin) == day]
    return day if any(re.search(r"\bsince\b", text[max(0, s - 60) : s], re.IGNORECASE) for s in starts) else None


def _as_of(f: Figure, reported: str | None) -> tuple[str | None, str]:
    stated = f.as_of or (f.period.until if f.period is not None else None)
    if stated and (f.as_of is None or f.as_of_basis == "stated"):
        return _day(stated), "stated"
    return (_day(f.as_of) or reported), "report" if f.as_of or reported else "none"


def _day(moment: str | None) -> str | None:
    return moment[:_DAY] if moment else None


def _placed(reading: Reading, f: Figure, event: Event | None) -> list[Place]:
    places = {p.id: p for p in reading.places}
    own = [places[i] for i in f.places if i in places]
    return own or [places[i] for i in (event.places if event is not None else ()) if i in places]


def _scene(reading: Reading, f: Figure, event: Event | None) -> Place | None:
    """The widest place of a figure, else of its event, that is known to lie in a country."""
    found = [p for p in _placed(reading, f, event) if p.country]
    return min(found, key=lambda p: (_WIDEST.index(p.precision or "point"), p.start), default=None)


def _area(scene: Place | None) -> tuple[str, str | None]:
    if scene is None:
        return UNPLACED, None
    if scene.admin1 and scene.precision != "country":
        return f"{scene.country}/{scene.admin1}", scene.admin1
    return str(scene.country), scene.name or scene.text


def _names(reading: Reading, f: Figure, event: Event | None) -> tuple[str, ...]:
    placed = _placed(reading, f, event)
    return tuple(sorted({n for p in placed for n in (p.name, p.text, p.admin1, p.country) if n}))
