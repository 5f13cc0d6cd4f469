"""The talks, agreements and delegations of a reading -> facts that can be put into the track of a negotiation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.collate.accounts import report_day
from onrecord.collate.facts_parties import Party, parties
from onrecord.collate.facts_voices import Voice, voices
from onrecord.collate.tellings import sentence_at
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known
    from onrecord.records import Agreement, Event, Reading, Span, Talks

ROUND, AGREEMENT, DELEGATION = "round", "agreement", "delegation"
_DAY = 10
_EXACT = frozenset(("day", "hour", "minute"))
_AHEAD, _BACK = 120, 400
"""Days after and before its report on which something may lie that the report tells as part of the present talks."""
_ENVOYS = re.compile(
    r"\b(?:delegations?|negotiat(?:ing|ion) teams?|negotiators?|envoys?|emissar(?:y|ies)|peace teams?)\b", re.IGNORECASE
)
_NEGOTIATING = re.compile(
    r"\b(?:talks?|negotiat\w*|ceasefire|cease-fire|truce|deal|agreement|mediat\w+|summit|peace|hostages?)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:recall\w*|withdr[ae]w\w*|walk(?:s|ed)? out|pull(?:s|ed)? out|call(?:s|ed)? back|brings? home|"
    r"leav(?:e|es|ing)(?! for)|left(?! for)|quits?|return(?:s|ed)? (?:home|from))\b",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\b(?:arriv\w+|sends?|sending|sent|dispatch\w*|travel\w*|head(?:s|ed|ing)?|fl(?:y|ies|ew|ying)|approv\w+|"
    r"(?:leav(?:e|es|ing)|left|depart\w*) for|visit\w*|return(?:s|ed)? to|joins?|joined|go(?:es|ing)? to|went to)\b",
    re.IGNORECASE,
)
_MOVES = frozenset("CONSULT AGREE SANCTION MOBILIZE RETREAT REJECT COOPERATE CONCEDE".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFact(Record):
    """One stage of an agreement, as one report tells it."""

    ordinal: int
    status: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFact(Record):
    """A round of talks, an agreement or the coming and going of a delegation, in one report.

    `status` is the outcome of talks, the status of an agreement, "comes" or "leaves" of a delegation.  `begin` and
    `until` are its days: those stated, else the report's (`dated_by`).
    """

    id: str
    seq: int
    report: str
    kind: str
    parties: tuple[Party, ...]
    mediators: tuple[Party, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    begin: str | None = None
    until: str | None = None
    dated_by: str = "none"
    reported: str | None = None
    status: str = "unknown"
    form: str = "unknown"
    level: str = "unknown"
    name: str | None = None
    kinds: tuple[str, ...] = ()
    stages: tuple[StageFact, ...] = ()
    voices: tuple[Voice, ...] = ()
    start: int = 0
    end: int = 0
    text: str = ""
    sentence: str = ""


def track_facts(known: Known, who: Mapping[str, Identity]) -> list[TrackFact]:
    """What a reading tells of negotiations; what nobody known takes part in is left out."""
    facts = (*_rounds(known, who), *_agreements(known, who), *_delegations(known, who))
    return [f for f in facts if f.voices and (f.parties or f.mediators)]


def track_keys(fact: TrackFact) -> list[str]:
    """The parties under which a fact is found."""
    return sorted({p.id for p in (*fact.parties, *fact.mediators)})


def clashes(known: Known, who: Mapping[str, Identity]) -> list[tuple[tuple[str, str], str]]:
    """The pairs of sides of which one attacks the other, each once with its day: those who fight negotiate."""
    found: dict[tuple[str, str], str] = {}
    reported = report_day(known)
    for e in known.reading.events:
        if e.type == "ASSAULT" and e.status in ("occurred", "ongoing"):
            ours, theirs = (_sides(ids, who) for ids in (e.actors, e.recipients))
            day = (e.time.begin or "")[:_DAY] or reported
            for a in ours:
                for b in theirs - {a}:
                    if day is not None:
                        found.setdefault((min(a, b), max(a, b)), day)
    return sorted(found.items())


def _sides(ids: Iterable[str], who: Mapping[str, Identity]) -> set[str]:
    return {s for i in ids if i in who and (s := who[i].side) is not None and not s.startswith("c:")}


def _rounds(known: Known, who: Mapping[str, Identity]) -> Iterator[TrackFact]:
    for k in known.reading.talks:
        yield _fact(
            known, who, k, ROUND, k.span, mediators=k.mediators, places=k.places, time=k.time, status=k.outcome,
            form=k.form, level=k.level,
        )  # fmt: skip


def _agreements(known: Known, who: Mapping[str, Identity]) -> Iterator[TrackFact]:
    for g in known.reading.agreements:
        stages = tuple(
            StageFact(ordinal=s.ordinal, status=s.status, text=s.span.text if s.span else None) for s in g.stages
        )
        yield _fact(
            known, who, g, AGREEMENT, g.span, mediators=g.mediators, places=(), time=g.time, status=g.status,
            name=g.name, kinds=g.kinds, stages=stages,
        )  # fmt: skip


def _delegations(known: Known, who: Mapping[str, Identity]) -> Iterator[TrackFact]:
    """Events in which a delegation sets out, arrives, leaves or is recalled, in a sentence that speaks of talks."""
    for e in known.reading.events:
        sentence = sentence_at(known.reading, e.trigger.start)
        words = (e.text or e.trigger).text
        if e.type not in _MOVES or not _sent(known.reading, e, words) or not _NEGOTIATING.search(sentence):
            continue
        leaves = _LEAVES.search(words) or ("withdraw" in e.modes and e.type == "SANCTION")
        if e.status in ("denied", "not_occurred") or not (leaves or _COMES.search(words)):
            continue
        yield _fact(
            known, who, e, DELEGATION, e.text or e.trigger, parties_=e.actors, mediators=(), places=e.places,
            time=e.time.ref, status="leaves" if leaves else "comes",
        )  # fmt: skip


def _sent(reading: Reading, e: Event, words: str) -> bool:
    actors = {a.id: a for a in reading.actors}
    return bool(_ENVOYS.search(words)) or any(
        _ENVOYS.search(m.text) for a in (*e.actors, *e.recipients) if a in actors for m in actors[a].mentions
    )


def _fact(
    known: Known,
    who: Mapping[str, Identity],
    record: Talks | Agreement | Event,
    kind: str,
    span: Span,
    *,
    mediators: Iterable[str],
    places: Iterable[str],
    time: str | None,
    parties_: Iterable[str] | None = None,
    **more: Any,
) -> TrackFact:
    reading, reported = known.reading, report_day(known)
    begin, until, dated_by = _when(reading, time, reported)
    found = {p.id: p for p in reading.places}
    placed = [found[i] for i in places if i in found]
    between = parties(mediators, who)
    own = parties(parties_ if parties_ is not None else getattr(record, "parties", ()), who)
    return TrackFact(
        id=f"{known.key}:{record.id}", seq=known.seq, report=known.key, kind=kind,
        parties=tuple(p for p in own if p not in between), mediators=between,
        places=tuple(dict.fromkeys(p.name or p.text for p in placed)),
        countries=tuple(sorted({p.country for p in placed if p.country})), begin=begin, until=until, dated_by=dated_by,
        reported=reported, voices=voices(known, who, record.according_to), start=span.start, end=span.end,
        text=span.text, sentence=sentence_at(reading, span.start), **more,
    )  # fmt: skip


def _when(reading: Reading, time: str | None, reported: str | None) -> tuple[str | None, str | None, str]:
    """The days of a record: those of its time where they are days near its report's, else the report's own."""
    t = next((t for t in reading.times if t.id == time), None)
    if t is not None and t.begin and t.until and t.precision in (*_EXACT, "week"):
        begin, until = t.begin[:_DAY], t.until[:_DAY]
        if reported is None or -_BACK <= _days(reported, begin) <= _AHEAD:
            return begin, until, "stated"
    return reported, reported, "report" if reported else "none"


def _days(a: str, b: str) -> int:
    return (date.fromisoformat(b) - date.fromisoformat(a)).days
