"""The records of the codebook, as frozen dataclasses in the codebook's order of fields.

Spans index `report.text` by code points, end exclusive.  Lists are tuples here and arrays in JSON; an empty
tuple means "none found", `None` "not stated or not known".  Equal records compare equal; nothing is checked
on construction (see `onrecord.records.check`), so that a wrong reading can still be looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping  # noqa: TC003 - the codec looks the annotations up when it runs
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self

from onrecord.errors import RecordError
from onrecord.records import values as v
from onrecord.records.codec import Among, Day, Record, Ref
from onrecord.records.lines import one_line

Number = int | float
Date = Annotated[str, Day()]
DateTime = Annotated[str, Day(time=True)]

ActorId = Annotated[str, Ref(("actors",))]
PlaceId = Annotated[str, Ref(("places",))]
TimeId = Annotated[str, Ref(("times",))]
StatementId = Annotated[str, Ref(("statements",))]
FigureId = Annotated[str, Ref(("figures",))]
TermId = Annotated[str, Ref(("events", "figures", "positions"))]

DateBasis = Annotated[str, Among("date_basis", v.DATE_BASES)]
SourceKind = Annotated[str, Among("source_kind", v.SOURCE_KINDS)]
Naming = Annotated[str, Among("naming", v.NAMINGS)]
TimePrecision = Annotated[str, Among("time_precision", v.TIME_PRECISIONS)]
Issue = Annotated[str, Among("issue", v.ISSUES)]


@dataclass(frozen=True, slots=True)
class Span(Record):
    """Words of the text: `report.text[start:end] == text`."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of `text` between two offsets."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline(Record):
    """The place and date that a wire story opens with."""

    span: Span
    place: PlaceId | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One published text and what is known of its publication."""

    id: str
    source_id: str | None = None
    text: str
    title: str | None = None
    language: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    published: DateTime | None = None
    published_basis: DateBasis = "unknown"
    anchor: DateTime | None = None
    anchor_basis: DateBasis = "unknown"


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """Words that name, describe or stand for an actor."""

    form: Annotated[str, Among("mention_form", v.MENTION_FORMS)] = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Record):
    """A person, organisation, state, armed group or population group, once per report."""

    id: str
    name: str
    kind: Annotated[str, Among("actor_kind", v.ACTOR_KINDS)] = "unknown"
    description: str | None = None
    country: str | None = None
    sector: Annotated[str, Among("sector", v.SECTORS)] | None = None
    member_of: tuple[ActorId, ...] = ()
    wikidata: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Span):
    """A place name, demonym or description in the text and what it resolves to."""

    id: str
    form: Annotated[str, Among("place_form", v.PLACE_FORMS)] = "name"
    use: Annotated[str, Among("place_use", v.PLACE_USES)] = "literal"
    name: str | None = None
    geonameid: int | None = None
    latitude: Number | None = None
    longitude: Number | None = None
    country: str | None = None
    admin1: str | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    precision: Annotated[str, Among("place_precision", v.PLACE_PRECISIONS)] | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Span):
    """A time expression with its TIMEX3 value and the days that it covers (inclusive)."""

    id: str
    type: Annotated[str, Among("time_type", v.TIME_TYPES)]
    value: str
    begin: DateTime | None = None
    until: DateTime | None = None
    precision: TimePrecision = "vague"
    modifier: Annotated[str, Among("time_modifier", v.TIME_MODIFIERS)] | None = None
    basis: Annotated[str, Among("time_basis", v.TIME_BASES)] = "explicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Who made a statement, and how far the report names them."""

    span: Span | None = None
    actors: tuple[ActorId, ...] = ()
    kind: SourceKind = "unknown"
    naming: Naming = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink(Record):
    """One source on the way from the outermost to the origin; `inherited` from an earlier sentence."""

    actors: tuple[ActorId, ...] = ()
    span: Span | None = None
    kind: SourceKind = "unknown"
    naming: Naming = "none"
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """An act of making known, with the words that attribute it."""

    id: str
    source: Source
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    act: Annotated[str, Among("act", v.ACTS)] = "say"
    quotation: Annotated[str, Among("quotation", v.QUOTATIONS)] = "indirect"
    chain: tuple[ChainLink, ...] = ()
    within: StatementId | None = None
    addressee: tuple[ActorId, ...] = ()
    said: TimeId | None = None
    venue: Span | None = None
    certainty: Annotated[str, Among("certainty", v.CERTAINTIES)] = "unknown"
    polarity: Annotated[str, Among("polarity", v.POLARITIES)] = "positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTime(Record):
    """When an event is reported to happen, and how that is known."""

    ref: TimeId | None = None
    begin: DateTime | None = None
    until: DateTime | None = None
    precision: TimePrecision | None = None
    basis: Annotated[str, Among("event_time_basis", v.EVENT_TIME_BASES)] = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One happening, coded in PLOVER 2.0; `according_to` empty means the report's own voice."""

    id: str
    type: Annotated[str, Among("event_type", v.EVENT_TYPES)]
    modes: tuple[Annotated[str, Among("event_mode", v.ALL_MODES)], ...] = ()
    contexts: tuple[Annotated[str, Among("event_context", v.CONTEXTS)], ...] = ()
    trigger: Span
    mentions: tuple[Span, ...] = ()
    text: Span | None = None
    actors: tuple[ActorId, ...] = ()
    recipients: tuple[ActorId, ...] = ()
    third_parties: tuple[ActorId, ...] = ()
    time: EventTime = field(default_factory=EventTime)
    places: tuple[PlaceId, ...] = ()
    status: Annotated[str, Among("event_status", v.EVENT_STATUSES)] = "unknown"
    according_to: tuple[StatementId, ...] = ()
    figures: tuple[FigureId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """The days that a figure covers (inclusive)."""

    begin: DateTime | None = None
    until: DateTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number that the report gives: what is counted, between which bounds, as of when, according to whom."""

    id: str
    span: Span
    measure: Annotated[str, Among("measure", v.MEASURES)]
    low: Number | None = None
    high: Number | None = None
    relation: Annotated[str, Among("relation", v.RELATIONS)] = "exactly"
    unit: str | None = None
    population: Span | None = None
    population_actors: tuple[ActorId, ...] = ()
    change: Annotated[str, Among("change", v.CHANGES)] = "none"
    period: Period | None = None
    as_of: DateTime | None = None
    as_of_basis: Annotated[str, Among("as_of_basis", v.AS_OF_BASES)] | None = None
    places: tuple[PlaceId, ...] = ()
    according_to: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Give(Record):
    """What a party would give for what it wants."""

    span: Span
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """What a party wants, offers, accepts or refuses in a dispute."""

    id: str
    parties: tuple[ActorId, ...] = ()
    stance: Annotated[str, Among("stance", v.STANCES)]
    issue: Issue
    span: Span
    gives: tuple[Give, ...] = ()
    toward: tuple[ActorId, ...] = ()
    guarantors: tuple[ActorId, ...] = ()
    time: TimeId | None = None
    status: Annotated[str, Among("position_status", v.POSITION_STATUSES)] = "current"
    according_to: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks(Record):
    """One round of talks, or one account of how it ended."""

    id: str
    span: Span
    parties: tuple[ActorId, ...] = ()
    mediators: tuple[ActorId, ...] = ()
    places: tuple[PlaceId, ...] = ()
    time: TimeId | None = None
    form: Annotated[str, Among("talks_form", v.TALKS_FORMS)] = "unknown"
    level: Annotated[str, Among("talks_level", v.TALKS_LEVELS)] = "unknown"
    outcome: Annotated[str, Among("talks_outcome", v.TALKS_OUTCOMES)] = "unknown"
    according_to: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Record):
    """One stage of an agreement; a stage that is counted but not told has no span."""

    ordinal: int
    span: Span | None = None
    status: Annotated[str, Among("stage_status", v.STAGE_STATUSES)] = "unknown"
    time: TimeId | None = None
    terms: tuple[TermId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """An agreement between parties, proposed or made, with its stages."""

    id: str
    span: Span
    name: str | None = None
    kinds: tuple[Annotated[str, Among("agreement_kind", v.AGREEMENT_KINDS)], ...] = ()
    parties: tuple[ActorId, ...] = ()
    mediators: tuple[ActorId, ...] = ()
    time: TimeId | None = None
    status: Annotated[str, Among("agreement_status", v.AGREEMENT_STATUSES)] = "unknown"
    stages: tuple[Stage, ...] = ()
    according_to: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderInfo(Record):
    """Which reader made a reading: its version and the version or hash of each model."""

    version: str = "unknown"
    models: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """What could not be read, or was read with reserve; `code` is stable."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """Everything that was found in one report."""

    schema: Literal["onrecord-reading/1"] = v.SCHEMA
    report: Report
    sentences: tuple[tuple[int, int], ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    positions: tuple[Position, ...] = ()
    talks: tuple[Talks, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    reader: ReaderInfo = field(default_factory=ReaderInfo)
    notes: tuple[Note, ...] = ()

    def dumps(self) -> str:
        """This reading as one line of compact JSON, the same bytes for equal readings.

        Raises:
            ValueError: a number is not finite; JSON has no word for it.
        """
        return one_line(self.to_json())

    @classmethod
    def loads(cls, line: str | bytes) -> Self:
        """The reading in a line of JSON.

        Raises:
            RecordError: OR-R02 when it is no JSON, OR-R01 when it is JSON of another shape.
        """
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RecordError("OR-R02", f"not JSON: {error}") from error
        return cls.from_json(data)

    def records(self) -> Iterator[Identified]:
        """Every record that has an id, list by list in the order of the JSON."""
        for name in RECORD_LISTS:
            yield from getattr(self, name)


Identified = Actor | Place | Time | Statement | Event | Figure | Position | Talks | Agreement

RECORD_LISTS: Mapping[str, str] = {
    "actors": "a", "places": "p", "times": "t", "statements": "s", "events": "e", "figures": "f",
    "positions": "o", "talks": "k", "agreements": "g",
}  # fmt: skip
"""The reading's lists of records with an id, each with the letter that its ids begin with."""


def content_id(text: str) -> str:
    """The id of a report with this text: "sha256:" and the hash of its UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
