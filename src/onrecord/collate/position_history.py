"""Positions across reports -> a party's stances on one issue in order, with what changed and who says so.

Like the series of figures, a history is a function of the set of its facts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from onrecord.collate.facts_parties import Party
from onrecord.collate.facts_voices import Voice, heard
from onrecord.collate.position_facts import Gift, PositionFact, position_key
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.collate.series import Origin

_SILENCE = 60
"""Days after which a stance that is told again is an entry of its own."""
_AGAINST = frozenset(("refuse", "oppose"))
"""Stances against the thing; whoever takes one up or leaves it has gone over to the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """What is different from the entry before: the field (stance, extent, gives, toward) and both values.

    `turn` is set where the stance went over to the other side: from refusing to accepting, from demanding to refusing.
    """

    field: str
    before: str
    after: str
    turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand(Record):
    """An entry of a history: a stance held from `day`, last told on `last`.

    `voices` are those who say so, `told_by` says for whom they speak: "own" (the party itself), "other" (another
    party), "report" (the reports' own voices, or sources of no party).
    """

    day: str | None
    last: str | None
    dated_by: str
    stance: str
    extent: tuple[str, ...]
    gives: tuple[Gift, ...]
    toward: tuple[Party, ...]
    guarantors: tuple[Party, ...]
    past: bool
    voices: tuple[Voice, ...]
    told_by: str
    members: tuple[str, ...]
    stories: int
    text: str
    sentence: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History(Record):
    """One party's stances on one issue, in order."""

    party: Party
    issue: str
    begin: str | None
    until: str | None
    stands: tuple[Stand, ...]


def histories(facts: Iterable[PositionFact], origin: Callable[[int], Origin]) -> list[History]:
    """The histories that some positions make up, those with most entries first.

    Args:
        facts: all positions of the keys asked for (see `position_key`).
        origin: a report, by its seq, as one of a group of copies.
    """
    keyed: dict[str, list[PositionFact]] = defaultdict(list)
    for fact in facts:
        keyed[position_key(fact)].append(fact)
    found = [_history(alike, origin) for alike in keyed.values()]
    return sorted(found, key=lambda h: (-len(h.stands), h.party.name, h.issue, h.party.id))


def _history(facts: Sequence[PositionFact], origin: Callable[[int], Origin]) -> History:
    ordered = sorted(facts, key=lambda f: (f.day or "9999", not f.past, f.id))
    runs: list[list[PositionFact]] = []
    for fact in ordered:
        open_ = next((run for run in reversed(runs) if _same(run[-1], fact) and _still(run, runs, fact)), None)
        if open_ is not None:
            open_.append(fact)
        else:
            runs.append([fact])
    stands: list[Stand] = []
    for run in runs:
        stand = _stand(run, origin)
        stands.append(_compared(stand, stands[-1]) if stands else stand)
    names = sorted(f.party.name for f in facts)
    return History(
        party=Party(id=ordered[0].party.id, name=names[0]), issue=ordered[0].issue, begin=stands[0].day,
        until=stands[-1].last, stands=tuple(stands),
    )  # fmt: skip


def _same(a: PositionFact, b: PositionFact) -> bool:
    """Are they one stance?  How much, and what for, need not be told again; after a long silence it is told anew."""
    return (
        a.stance == b.stance
        and a.past == b.past
        and (not a.extent or not b.extent or a.extent == b.extent)
        and (not a.gives or not b.gives or _given(a) == _given(b))
        and (not a.day or not b.day or (date.fromisoformat(b.day) - date.fromisoformat(a.day)).days <= _SILENCE)
    )


def _given(fact: PositionFact) -> set[tuple[str, tuple[str, ...]]]:
    return {(g.issue, g.extent) for g in fact.gives}


def _still(run: list[PositionFact], runs: Sequence[list[PositionFact]], fact: PositionFact) -> bool:
    """Is the run the last, or do those after it begin on the same day as the fact (sources that differ)?"""
    place = next(n for n, other in enumerate(runs) if other is run)
    return all(later[0].day == fact.day for later in runs[place + 1 :])


def _stand(run: Sequence[PositionFact], origin: Callable[[int], Origin]) -> Stand:
    first = run[0]
    origins = [origin(f.seq) for f in run]
    told = {
        v.source: v
        for f, of in zip(reversed(run), reversed(origins), strict=True)
        for v in (heard(v, of.voice, of.outlet) for v in f.voices)
    }
    return Stand(
        day=first.day, last=run[-1].day, dated_by=first.dated_by, stance=first.stance, extent=next((f.extent for f in run if f.extent), ()),
        gives=next((f.gives for f in run if f.gives), ()), toward=_union(f.toward for f in run), guarantors=_union(f.guarantors for f in run),
        past=first.past, voices=tuple(told[s] for s in sorted(told)), told_by=_told_by(told.values(), first.party.id),
        members=tuple(f.id for f in run), stories=len({of.story for of in origins}), text=first.text,
        sentence=first.sentence,
    )  # fmt: skip


def _union(found: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    every = {p.id: p for some in found for p in some}
    return tuple(every[i] for i in sorted(every))


def _told_by(told: Iterable[Voice], party: str) -> str:
    sides = {v.side for v in told if v.side is not None}
    return "own" if party in sides else "other" if sides else "report"


def _compared(stand: Stand, before: Stand) -> Stand:
    """A stand with what is different from the one before it."""
    pairs = (
        ("stance", before.stance, stand.stance),
        ("extent", ", ".join(before.extent), ", ".join(stand.extent)),
        ("gives", _gifts(before), _gifts(stand)),
        ("toward", ", ".join(p.name for p in before.toward), ", ".join(p.name for p in stand.toward)),
    )
    changes = tuple(
        Change(field=name, before=a, after=b, turn=name == "stance" and (a in _AGAINST) != (b in _AGAINST))
        for name, a, b in pairs
        if a != b and b and (a or name == "gives")  # what is not told again has not changed
    )
    return Stand(**{name: getattr(stand, name) for name in Stand.__slots__} | {"changes": changes})


def _gifts(stand: Stand) -> str:
    return ", ".join(" ".join((*g.extent, g.issue)) for g in sorted(stand.gives, key=lambda g: (g.issue, g.extent)))
