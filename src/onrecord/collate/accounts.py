"""The events of a reading -> its accounts of happenings: what each says, ready to be compared across reports.

An `Account` holds everything that `onrecord.collate.happening_scorer` looks at, so that an account can be kept and
compared later without its report.  It is a function of one reading alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from onrecord.collate.happening_words import Content, content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known
    from onrecord.records import ChainLink, Event, Place, Reading, Source, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A place of an account; nothing but `name` and `precision` is known of an unresolved one."""

    geonameid: int | None
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    precision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A source that an account rests on: who, how named, for which side; `links` is the length of its chain."""

    id: str | None
    name: str
    kind: str
    naming: str
    side: str | None
    statement: str
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One report's account of one happening.

    `id` is "KEY:RECORD"; `day` the report's day; `dated_by` is "stated", "report" (the report's day stands in) or
    "none"; `actors`, `recipients`, `others` are identity ids, `sides` those of the parties
    of its actors (None: of one that belongs to none); `figures` are (measure, low, high); `words` the content
    words (stems) of its sentences; `names` the proper names in them; `about` the report's own most telling words and
    names, `about_weights` how much each counts, `named` those of them that are names.  `sources` is empty where the report tells it in its own voice;
    `denied_by` are those who deny it in the same report.
    """

    id: str
    seq: int
    report: str
    day: str | None
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    status: str
    begin: str | None
    until: str | None
    dated_by: str
    places: tuple[Scene, ...]
    actors: tuple[str, ...]
    sides: tuple[str | None, ...]
    recipients: tuple[str, ...]
    others: tuple[str, ...]
    figures: tuple[tuple[str, float | None, float | None], ...]
    trigger: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    about: tuple[str, ...]
    about_weights: tuple[int, ...]
    named: tuple[str, ...]
    sources: tuple[Teller, ...]
    denied_by: tuple[Teller, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        given = {name: getattr(self, name) for name in _ACCOUNT}
        listed = {name: list(value) for name, value in given.items() if isinstance(value, tuple)}
        told = {name: [_named(x, _TELLER) for x in given[name]] for name in ("sources", "denied_by")}
        figures = [list(x) for x in self.figures]
        return given | listed | told | {"places": [_named(x, _SCENE) for x in self.places], "figures": figures}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Account:
        """The account that `to_json` wrote."""
        given: dict[str, Any] = {}
        for name in _ACCOUNT:
            value = data[name]
            if name == "places":
                given[name] = tuple(Scene(**x) for x in value)
            elif name in ("sources", "denied_by"):
                given[name] = tuple(Teller(**x) for x in value)
            elif name == "figures":
                given[name] = tuple((m, low, high) for m, low, high in value)
            else:
                given[name] = tuple(value) if isinstance(value, list) else value
        return cls(**given)


_ACCOUNT, _SCENE, _TELLER = (tuple(f.name for f in fields(cls)) for cls in (Account, Scene, Teller))


def _named(record: Scene | Teller, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def accounts(known: Known, who: Mapping[str, Identity]) -> list[Account]:
    """The accounts of a reading, one per event, in its order; `who` is what `identities` made of its actors."""
    reading = known.reading
    content = content_of(reading)
    return [_account(known, e, who, content) for e in reading.events]


def _account(known: Known, e: Event, who: Mapping[str, Identity], content: Content) -> Account:
    reading = known.reading
    begin, until, dated_by = _time(e)
    local = content.near(e)
    told = [s for s in reading.statements if s.id in e.according_to]
    return Account(
        id=f"{known.key}:{e.id}",
        seq=known.seq,
        report=known.key,
        day=report_day(known),
        type=e.type,
        modes=e.modes,
        contexts=e.contexts,
        status=e.status,
        begin=begin,
        until=until,
        dated_by=dated_by,
        places=_scenes(reading, e),
        actors=_ids(e.actors, who),
        sides=tuple(dict.fromkeys(who[r].side for r in e.actors if r in who)),
        recipients=_ids(e.recipients, who),
        others=_ids(e.third_parties, who),
        figures=tuple((f.measure, f.low, f.high) for f in reading.figures if f.id in e.figures),
        trigger=content.trigger(e),
        words=local.words,
        names=local.names,
        numbers=local.numbers,
        about=content.about,
        about_weights=content.about_weights,
        named=content.named,
        sources=tellers(told, who),
        denied_by=tellers(_denials(reading, e), who),
    )


def report_day(known: Known) -> str | None:
    """The day that a report belongs to: the one it counts from, else that of its publication, else of its earliest
    appearance, else None.

    Appearances learned later than the reading do not count: all that is derived from the reading would change with
    each, and an earlier day could not be shown as it was.
    """
    report = known.reading.report
    days = [d[:10] for d in (report.anchor, report.published) if d]
    days += sorted(a.published[:10] for a in known.appearances if a.published and a.added_at <= known.added_at)
    return days[0] if days else None


def _time(e: Event) -> tuple[str | None, str | None, str]:
    begin, until = e.time.begin or e.time.until, e.time.until or e.time.begin
    if begin and until:
        by = "report" if e.time.basis == "anchor" else "stated"
        return begin[:10], until[:10], by
    return None, None, "none"


def _ids(records: Iterable[str], who: Mapping[str, Identity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(who[r].id for r in records if r in who))


def _scenes(reading: Reading, e: Event) -> tuple[Scene, ...]:
    places: dict[str, Place] = {p.id: p for p in reading.places}
    found = [places[i] for i in e.places if i in places]
    return tuple(
        dict.fromkeys(
            Scene(
                geonameid=p.geonameid, name=p.name or p.text, latitude=p.latitude, longitude=p.longitude,
                country=p.country, admin1=p.admin1, precision=p.precision,
            )
            for p in found
        )
    )  # fmt: skip


def tellers(statements: Iterable[Statement], who: Mapping[str, Identity]) -> tuple[Teller, ...]:
    """The sources of some statements, each source of each statement once."""
    found = []
    for s in statements:
        links = max(1, len(s.chain))
        for actor in s.source.actors or ("",):
            identity = who.get(actor)
            found.append(
                Teller(
                    id=identity.id if identity is not None else None,
                    name=identity.name if identity is not None else _words(s.source),
                    kind=s.source.kind,
                    naming=s.source.naming,
                    side=identity.side if identity is not None else None,
                    statement=s.id,
                    links=links,
                )
            )
    return tuple(found)


def _words(source: Source | ChainLink) -> str:
    return source.span.text if source.span is not None else ""


def _denials(reading: Reading, e: Event) -> list[Statement]:
    """Statements that deny the event: negative, and over its trigger or a further mention of it."""
    marks = [e.trigger, *e.mentions]
    return [
        s
        for s in reading.statements
        if (s.polarity == "negative" or s.act == "deny")
        and any(c.start <= m.start and m.end <= c.end for c in s.content for m in marks)
    ]
