"""The positions of a reading -> facts that can be put into a history: which party, on what, since when, who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.collate.accounts import report_day
from onrecord.collate.facts_parties import Party, parties
from onrecord.collate.facts_voices import Voice, voices
from onrecord.collate.tellings import sentence_at
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known
    from onrecord.records import Position

_DAY = 10
_EXTENTS = (
    ("all", r"\ball\b|\bevery\b|\bfull(?:y)?\b|\bcomplete(?:ly)?\b|\bentire\b|\btotal\b"),
    ("some", r"\bsome\b|\bpart(?:ial|ially)?\b|\bseveral\b|\blimited\b|\bfirst (?:phase|stage)\b"),
    ("half", r"\bhalf\b"),
    (
        "permanent",
        r"\bpermanent(?:ly)?\b|\blasting\b|\bfor good\b|\bend(?:ing|s)? (?:of|to) (?:the|all) (?:war|hostilit)",
    ),
    ("temporary", r"\btemporary\b|\btemporarily\b|\binterim\b|\bpause\b"),
)
"""Words that say how much of a thing is wanted or given."""
_LONG = re.compile(r"\b(\d+|two|three|four|five|six|seven|ten|twelve)[- ](day|week|month|year)s?\b", re.IGNORECASE)
_SOME = re.compile(r"\b(\d[\d,]*)\b(?![-\s](?:day|week|month|year|point|phase|stage))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift(Record):
    """What a party would give."""

    issue: str
    extent: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFact(Record):
    """One party's position in one report.  `extent` is how much of the thing it is about ("all", "some", "60 day")."""

    id: str
    seq: int
    report: str
    party: Party
    issue: str
    stance: str
    extent: tuple[str, ...] = ()
    gives: tuple[Gift, ...] = ()
    toward: tuple[Party, ...] = ()
    guarantors: tuple[Party, ...] = ()
    day: str | None = None
    dated_by: str = "none"
    past: bool = False
    voices: tuple[Voice, ...] = ()
    start: int = 0
    end: int = 0
    text: str = ""
    sentence: str = ""


def position_facts(known: Known, who: Mapping[str, Identity]) -> list[PositionFact]:
    """The positions of a reading, one fact per party."""
    found: list[PositionFact] = []
    for p in known.reading.positions:
        if told := voices(known, who, p.according_to):
            found.extend(_fact(known, who, p, party, told) for party in parties(p.parties, who))
    return found


def position_key(fact: PositionFact) -> str:
    """What positions must share to stand in one history: party and issue."""
    return f"{fact.party.id}|{fact.issue}"


def _fact(
    known: Known, who: Mapping[str, Identity], p: Position, party: Party, told: tuple[Voice, ...]
) -> PositionFact:
    times = {t.id: t for t in known.reading.times}
    time = times.get(p.time) if p.time is not None else None
    stated = (time.begin or time.until) if time is not None and time.precision in ("day", "hour", "minute") else None
    reported = report_day(known)
    # a date in the future is that of what is wanted, not of the wish
    day = stated[:_DAY] if stated and (reported is None or stated[:_DAY] <= reported) else reported
    return PositionFact(
        id=f"{known.key}:{p.id}", seq=known.seq, report=known.key, party=party, issue=p.issue, stance=p.stance,
        extent=extent(p.span.text),
        gives=tuple(Gift(issue=g.issue, extent=extent(g.span.text), text=g.span.text) for g in p.gives),
        toward=tuple(t for t in parties(p.toward, who, people=False) if t.id != party.id),
        guarantors=parties(p.guarantors, who), day=day,
        dated_by="stated" if stated and day == stated[:_DAY] else "report" if day else "none",
        past=p.status == "past", voices=told, start=p.span.start, end=p.span.end, text=p.span.text,
        sentence=sentence_at(known.reading, p.span.start),
    )  # fmt: skip


def extent(words: str) -> tuple[str, ...]:
    """How much some words speak of: "all hostages" → ("all",); "a 60-day truce" → ("60 day",)."""
    found = [name for name, shape in _EXTENTS if re.search(shape, words, re.IGNORECASE)]
    found += [f"{m[1].lower()} {m[2].lower()}" for m in _LONG.finditer(words)]
    found += [m[1].replace(",", "") for m in _SOME.finditer(words) if not 1900 <= int(m[1].replace(",", "")) <= 2100]
    return tuple(dict.fromkeys(found))
