"""Mentions of agreements in one track -> deals: what each is called, its status over time, its stages over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.collate.facts_voices import Voice  # noqa: TC001 - the codec looks annotations up when it runs
from onrecord.collate.tracks_rounds import days, heard_in, stories
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.collate.series import Origin
    from onrecord.collate.tracks_facts import StageFact, TrackFact

_ONE_DEAL = 60
"""Days between two mentions of an agreement of one kind up to which they speak of the same."""
_TRUCE = frozenset(("ceasefire", "exchange"))
"""Kinds that one deal usually joins: fire ceases, captives are exchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Record):
    """A status that an agreement, or one stage of it, is said to have from a day on."""

    day: str | None
    status: str
    voices: tuple[Voice, ...]
    members: tuple[str, ...]
    text: str | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageHistory(Record):
    """A stage of an agreement and its status over time."""

    ordinal: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Record):
    """An agreement: its names, kinds, in how many reports it is mentioned, status over time, stages."""

    name: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    begin: str | None
    until: str | None
    stories: int
    members: tuple[str, ...]
    steps: tuple[Step, ...]
    stages: tuple[StageHistory, ...]


def deals(facts: Sequence[TrackFact], origin: Callable[[int], Origin]) -> list[Deal]:
    """The agreements that some mentions speak of, in order: of one kind, and without a long gap between them."""
    found: list[list[TrackFact]] = []
    for fact in sorted(facts, key=lambda f: (f.reported or f.begin or "9999", f.id)):
        same = next((d for d in reversed(found) if _one(d, fact)), None)
        if same is not None:
            same.append(fact)
        else:
            found.append([fact])
    return [_deal(d, origin) for d in found]


def _one(mentions: Sequence[TrackFact], fact: TrackFact) -> bool:
    last = mentions[-1]
    if days(last.reported or last.begin, fact.reported or fact.begin) > _ONE_DEAL:
        return False
    kinds = {k for m in mentions for k in m.kinds}
    return bool(kinds & set(fact.kinds)) or bool(kinds & _TRUCE and _TRUCE & set(fact.kinds))


def _deal(mentions: Sequence[TrackFact], origin: Callable[[int], Origin]) -> Deal:
    names = Counter(" ".join(m.name.split()) for m in mentions if m.name)
    ranked = sorted(names, key=lambda n: (-names[n] * (1 + len(n.split()) / 4), n))
    staged: dict[int, list[tuple[TrackFact, StageFact]]] = defaultdict(list)
    for m in mentions:
        for s in m.stages:
            staged[s.ordinal].append((m, s))
    return Deal(
        name=ranked[0] if ranked else mentions[0].text, names=tuple(ranked),
        kinds=tuple(sorted({k for m in mentions for k in m.kinds})), begin=mentions[0].begin,
        until=max(m.reported or m.begin or "" for m in mentions) or None, stories=stories(mentions, origin), members=tuple(m.id for m in mentions),
        steps=tuple(_steps(((m, m.status, m.text) for m in mentions), origin)),
        stages=tuple(
            StageHistory(ordinal=n, steps=tuple(_steps(((m, s.status, s.text) for m, s in staged[n]), origin)))
            for n in sorted(staged)
        ),
    )  # fmt: skip


def _steps(told: Iterable[tuple[TrackFact, str, str | None]], origin: Callable[[int], Origin]) -> list[Step]:
    """Statuses in order of time, each as long as the next is another; what nobody tells the status of is left out."""
    runs: list[list[tuple[TrackFact, str, str | None]]] = []
    for entry in sorted(told, key=lambda e: (e[0].begin or "9999", e[0].reported or "9999", e[0].id)):
        if entry[1] == "unknown":
            continue
        if runs and runs[-1][0][1] == entry[1]:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [
        Step(
            day=run[0][0].begin, status=run[0][1], voices=heard_in((f for f, _, _ in run), origin),
            members=tuple(f.id for f, _, _ in run), text=run[0][2], sentence=run[0][0].sentence,
        )
        for run in runs
    ]  # fmt: skip
