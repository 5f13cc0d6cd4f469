"""What the ledger answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.ledger.judgements import Judgement
    from onrecord.records import Identified, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRef:
    """The report that an answer comes from.  `key` is the short id that record ids begin with."""

    id: str
    key: str
    title: str | None
    publisher: str | None
    agency: str | None
    published: str | None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in ReportRef.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a person decided on a record: `action` is accept, correct or reject; `fields` are those corrected."""

    action: str
    who: str
    why: str
    when: str
    fields: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in Judged.__slots__} | {"fields": list(self.fields)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record of one report's current reading.

    `id` is the report's key and the record's id ("1d7ed79f7ded:s3"); `kind` the name of the reading's list;
    `begin` and `until` the days it belongs to and `dated_by` where they come from: `stated` (the record's own
    time), `report` (the report's date stands in) or `none`.  `reported` is the report's own day: the date that
    its relative times count from, else its day of publication.  `names` spells out the ids in the record, role
    by role; `sentence` is the text around it; `judged` what a person decided on it last, whose corrections `record`
    then has.
    """

    id: str
    kind: str
    record: Identified
    report: ReportRef
    begin: str | None
    until: str | None
    dated_by: str
    reported: str | None
    names: Mapping[str, tuple[str, ...]]
    sentence: str
    judged: Judged | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON values: what `onrecord show … --json` prints."""
        return {
            "id": self.id,
            "kind": self.kind,
            "report": self.report.to_json(),
            "begin": self.begin,
            "until": self.until,
            "dated_by": self.dated_by,
            "reported": self.reported,
            "names": {role: list(names) for role, names in self.names.items()},
            "sentence": self.sentence,
            "record": self.record.to_json(),
            "judged": self.judged.to_json() if self.judged is not None else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source as the ledger knows it: one name, kind and way of naming, over all readings that answer.

    `first` and `last` are the days of its first and its last statement.
    """

    name: str
    kind: str
    naming: str
    statements: int
    reports: int
    first: str | None
    last: str | None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in SourceEntry.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """A report with where it appeared and how many records its current reading has of each kind.

    `opening` is the beginning of the story for a report without a title, else None.
    """

    report: ReportRef
    language: str | None
    added_at: str
    reader_version: str
    appearances: int
    counts: Mapping[str, int]
    opening: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            **self.report.to_json(),
            "language": self.language,
            "added_at": self.added_at,
            "reader_version": self.reader_version,
            "appearances": self.appearances,
            "counts": dict(self.counts),
            "opening": self.opening,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A record joined to another: `role` is the field that joins them, `incoming` when the neighbour names it."""

    role: str
    incoming: bool
    id: str
    kind: str
    record: Identified


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One record with the reading it stands in and the records that it names or that name it.

    `entry` is None for actors, places and times, which have no line of their own in the ledger's lists;
    `judgements` is what people decided on the record, `state` whether the report answers (current) or was superseded
    or withdrawn.
    """

    id: str
    kind: str
    record: Identified
    report: ReportRef
    reading: Reading
    entry: Entry | None
    neighbours: tuple[Neighbour, ...]
    judgements: tuple[Judgement, ...] = ()
    state: str = "current"
