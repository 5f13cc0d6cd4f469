"""A reading and its accounts -> tellings: one source's word on one happening, with the words and values it gives.

A telling is a function of one reading alone.  Whose word the report's own voice is (its agency, else its publisher,
or those of the report that it copies) is settled when tellings are compared: see `onrecord.collate.standing.Word`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from onrecord.collate.accounts import report_day, tellers
from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from onrecord.collate.accounts import Account, Teller
    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known
    from onrecord.records import Event, Figure, Reading, Span, Statement

_DAY = 10
_NOT_SO = frozenset(("denied", "not_occurred"))
"""Statuses of an event that say that it did not happen."""
_SO = frozenset(("occurred", "ongoing"))
_UNNAMED = frozenset(("anonymous", "none"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure that a telling gives: what is counted, between which bounds, as of when, in which words."""

    record: str
    measure: str
    low: float | None
    high: float | None
    relation: str
    unit: str | None
    change: str
    as_of: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One source's word on one event of one report.

    `record` is the statement's id in the reading ("s3"), or the event's where the report tells it in its own voice;
    `source` is the identity of the source at the root of the chain, "" for the report's own voice, "?" for one that
    nobody could tell from another ("a source"); `denies` whether it says that the thing did not happen; `said` the
    day of saying.
    """

    report: str
    seq: int
    event: str
    record: str
    source: str
    name: str
    kind: str
    naming: str
    side: str | None
    links: int
    said: str | None
    denies: bool
    act: str
    quotation: str
    start: int
    end: int
    text: str
    values: tuple[Value, ...]

    @property
    def own_voice(self) -> bool:
        """Is it the report's own word?"""
        return self.record == self.event

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return given | {"values": [{f.name: getattr(v, f.name) for f in fields(v)} for v in self.values]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Telling:
        """The telling that `to_json` wrote."""
        return cls(**{**data, "values": tuple(Value(**v) for v in data["values"])})


def tellings(known: Known, who: Mapping[str, Identity], account: Account) -> list[Telling]:
    """Everyone's word on one event of a reading: those it rests on, those who give its figures, those who deny it.

    A figure counts where it stands in a sentence that names the event: further off, it may be that of another.
    Where nothing attributes the event itself but a statement about its figures holds its words, that statement is
    taken for its source.
    """
    reading = known.reading
    event = next(e for e in reading.events if account.id == f"{known.key}:{e.id}")
    said = {s.id: s for s in reading.statements}
    figures = [f for f in reading.figures if f.id in event.figures and _beside(reading, event, f)]
    denying = dict.fromkeys(t.statement for t in account.denied_by)
    telling = dict.fromkeys((*event.according_to, *(i for f in figures for i in f.according_to), *denying))
    telling = _without_messengers([said[i] for i in telling if i in said], who, figures, denying)
    found = [
        t for i in telling if i in said for t in _attributed(known, who, event, said[i], _of(figures, i), i in denying)
    ]
    open_ = event.status not in _SO  # denied, and the report does not settle it
    held = any(_over(said[i], event) for i in telling if i in said and (i not in denying or open_))
    if not event.according_to and not held:
        found.append(_own_voice(known, event, [f for f in figures if not f.according_to]))
    return found


def _without_messengers(
    told: list[Statement], who: Mapping[str, Identity], figures: Iterable[Figure], denying: Collection[str]
) -> dict[str, None]:
    """The statements without those of one who in another of them passes on the word of somebody else.

    He says it once, and the claim counts at the root of its chain.  Who gives a figure that the other does not, or
    denies what the other says, speaks for himself.
    """
    sources = {s.id: _persons(s.source.actors, who) for s in told}
    passed_on = {s.id: _persons((a for link in s.chain for a in link.actors), who) - sources[s.id] for s in told}
    given = {s.id: {f.id for f in figures if s.id in f.according_to} for s in told}

    def is_messenger(one: str, other: str) -> bool:
        alike = (one in denying) == (other in denying) and given[one] <= given[other]
        return alike and bool(sources[one]) and sources[one] <= passed_on[other]

    return dict.fromkeys(s.id for s in told if not any(is_messenger(s.id, other.id) for other in told))


def _persons(actors: Iterable[str], who: Mapping[str, Identity]) -> set[str]:
    return {who[a].id for a in actors if a in who}


def _beside(reading: Reading, event: Event, figure: Figure) -> bool:
    marks = [m.start for m in (event.trigger, *event.mentions)]
    sentence = next(((a, b) for a, b in reading.sentences if a <= figure.span.start < b), None)
    return sentence is None or any(sentence[0] <= m < sentence[1] for m in marks)


def _over(s: Statement, event: Event) -> bool:
    """Do the words of a statement hold those that name the event?"""
    return any(c.start <= event.trigger.start and event.trigger.end <= c.end for c in s.content)


def _of(figures: Iterable[Figure], statement: str) -> list[Figure]:
    return [f for f in figures if statement in f.according_to]


def _attributed(
    known: Known, who: Mapping[str, Identity], event: Event, s: Statement, figures: list[Figure], denies: bool
) -> list[Telling]:
    words = s.content[0] if s.content else event.text or event.trigger
    over = next((c for c in s.content if c.start <= event.trigger.start < c.end), words)
    return [
        _telling(
            known, event, figures, over, record=s.id, source=source_of(t), name=t.name, kind=t.kind, naming=t.naming,
            side=t.side, links=t.links, said=said_on(known, s), act=s.act, quotation=s.quotation,
            denies=denies or event.status in _NOT_SO,
        )
        for t in tellers([s], who)
    ]  # fmt: skip


def _own_voice(known: Known, event: Event, figures: list[Figure]) -> Telling:
    return _telling(
        known, event, figures, event.text or event.trigger, record=event.id, source="", name="", kind="media",
        naming="named", side=None, links=0, said=report_day(known), act="report", quotation="indirect",
        denies=event.status in _NOT_SO,
    )  # fmt: skip


def _telling(known: Known, event: Event, figures: list[Figure], words: Span, **told: Any) -> Telling:
    return Telling(
        report=known.key, seq=known.seq, event=event.id, start=words.start, end=words.end, text=words.text,
        values=tuple(value(f) for f in figures), **told,
    )  # fmt: skip


def value(f: Figure) -> Value:
    """A figure as a value that can be compared."""
    as_of = f.as_of or (f.period.until if f.period is not None else None)
    return Value(
        record=f.id, measure=f.measure, low=f.low, high=f.high, relation=f.relation, unit=f.unit, change=f.change,
        as_of=as_of[:_DAY] if as_of else None, start=f.span.start, end=f.span.end, text=f.span.text,
    )  # fmt: skip


def source_of(t: Teller) -> str:
    """The key under which a source is one source: its identity; the folded words of one without a name; "?"."""
    if t.naming in _UNNAMED and (t.id is None or t.id.startswith("c:")):
        return "?"
    return t.id or (f"x:{folded(t.name)}" if folded(t.name) else "?")


def said_on(known: Known, s: Statement) -> str | None:
    """The day on which something was said: the stated one, else the report's."""
    times = {t.id: t for t in known.reading.times}
    time = times.get(s.said) if s.said is not None else None
    day = (time.begin or time.until) if time is not None else None
    return day[:_DAY] if day else report_day(known)


def sentence_at(reading: Reading, start: int) -> str:
    """The sentence that a place of the text stands in, on one line."""
    text = reading.report.text
    first, last = next(((a, b) for a, b in reading.sentences if a <= start < b), (start, start))
    return " ".join(text[first:last].split())
