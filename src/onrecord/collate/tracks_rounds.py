"""Talks and delegations of one track -> its rounds, with every account of how each ended, and who came and went."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from onrecord.collate.facts_parties import Party  # noqa: TC001 - the codec looks annotations up when it runs
from onrecord.collate.facts_voices import Voice, heard
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.collate.series import Origin
    from onrecord.collate.tracks_facts import TrackFact

_ONE_ROUND = 4
"""Days between two reports of talks up to which they may be one round."""
_OPEN = 20
"""Rounds, and comings and goings, that may be told of side by side, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """How talks went, according to some sources: `members` the records that say so."""

    outcome: str
    day: str | None
    voices: tuple[Voice, ...]
    members: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Record):
    """A round of talks: its days, places, who takes part and mediates, and every account of its outcome, in order."""

    begin: str | None
    until: str | None
    places: tuple[str, ...]
    parties: tuple[Party, ...]
    mediators: tuple[Party, ...]
    form: str
    level: str
    stories: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Record):
    """A delegation that comes or leaves."""

    day: str | None
    status: str
    parties: tuple[Party, ...]
    places: tuple[str, ...]
    voices: tuple[Voice, ...]
    members: tuple[str, ...]
    stories: int
    sentence: str


def heard_in(facts: Iterable[TrackFact], origin: Callable[[int], Origin]) -> tuple[Voice, ...]:
    """Who says what some facts hold, each source once."""
    told: dict[str, Voice] = {}
    for fact in facts:
        of = origin(fact.seq)
        for v in (heard(v, of.voice, of.outlet) for v in fact.voices):
            told.setdefault(v.source, v)
    return tuple(told[s] for s in sorted(told))


def stories(facts: Iterable[TrackFact], origin: Callable[[int], Origin]) -> int:
    """Reports among some facts of which none is a copy of another."""
    return len({origin(f.seq).story for f in facts})


def rounds(facts: Sequence[TrackFact], origin: Callable[[int], Origin]) -> list[Round]:
    """The rounds that accounts of talks tell of, in order: near in time, not in two different countries."""
    found: list[list[TrackFact]] = []
    for fact in sorted(facts, key=lambda f: (f.begin or "9999", f.id)):
        same = next((r for r in reversed(found[-_OPEN:]) if _one(r, fact)), None)
        if same is not None:
            same.append(fact)
        else:
            found.append([fact])
    return [_round(r, origin) for r in found]


def _one(accounts: Sequence[TrackFact], fact: TrackFact) -> bool:
    gap = min(abs(days(a.begin, fact.begin)) for a in accounts)
    places = {c for a in accounts for c in a.countries}
    ours, theirs = {p.id for a in accounts for p in a.parties}, {p.id for p in fact.parties}
    if not (ours <= theirs or theirs <= ours):
        return False
    return gap <= _ONE_ROUND and (not places or not fact.countries or bool(places & set(fact.countries)))


def days(a: str | None, b: str | None) -> int:
    """Days from one day to another; 0 where one is unknown."""
    return (date.fromisoformat(b) - date.fromisoformat(a)).days if a and b else 0


def _round(accounts: Sequence[TrackFact], origin: Callable[[int], Origin]) -> Round:
    outcomes: dict[str, list[TrackFact]] = defaultdict(list)
    for a in accounts:
        outcomes[a.status].append(a)
    told = [
        Outcome(
            outcome=status, day=some[0].begin, voices=heard_in(some, origin), members=tuple(f.id for f in some),
            sentence=some[0].sentence,
        )
        for status, some in outcomes.items()
    ]  # fmt: skip
    between = union(a.mediators for a in accounts)
    return Round(
        begin=accounts[0].begin, until=max(a.until or a.begin or "" for a in accounts) or None,
        places=tuple(dict.fromkeys(p for a in accounts for p in a.places)),
        parties=tuple(p for p in union(a.parties for a in accounts) if p not in between), mediators=between,
        form=_said(a.form for a in accounts), level=_said(a.level for a in accounts),
        stories=stories(accounts, origin), outcomes=tuple(sorted(told, key=lambda o: (o.day or "9999", o.outcome))),
    )  # fmt: skip


def _said(values: Iterable[str]) -> str:
    """What is said, where all who say something agree."""
    known = {v for v in values if v != "unknown"}
    return known.pop() if len(known) == 1 else "unknown"


def union(found: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    """Parties, each once, by id."""
    every: dict[str, Party] = {}
    for some in found:
        for p in some:
            every.setdefault(p.id, p)
    return tuple(every[i] for i in sorted(every))


def moves(facts: Sequence[TrackFact], origin: Callable[[int], Origin]) -> list[Move]:
    """Delegations that come and go, in order; what several reports tell of one party within days is one."""
    found: list[list[TrackFact]] = []
    for fact in sorted(facts, key=lambda f: (f.begin or "9999", f.id)):
        same = next((m for m in reversed(found[-_OPEN:]) if _one_move(m[0], fact)), None)
        if same is not None:
            same.append(fact)
        else:
            found.append([fact])
    return [
        Move(
            day=m[0].begin, status=m[0].status, parties=union(f.parties for f in m),
            places=tuple(dict.fromkeys(p for f in m for p in f.places)), voices=heard_in(m, origin),
            members=tuple(f.id for f in m), stories=stories(m, origin), sentence=m[0].sentence,
        )
        for m in found
    ]  # fmt: skip


def _one_move(a: TrackFact, b: TrackFact) -> bool:
    return a.status == b.status and a.parties == b.parties and abs(days(a.begin, b.begin)) <= _ONE_ROUND
