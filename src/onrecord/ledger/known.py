"""What the ledger hands on to whatever is derived from it: each reading with where its report appeared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.intake.items import Hop
    from onrecord.records import Reading

CURRENT, REPLACED, SUPERSEDED, WITHDRAWN = "current", "replaced", "superseded", "withdrawn"
"""States of a reading: it answers; a later reading of its report does; a later version of the story does; nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One place where a report's text was published, as the input said it; `added_at` is when the ledger learned it."""

    id: str
    report_id: str
    source_id: str | None
    publisher: str | None
    url: str | None
    title: str | None
    published: str | None
    added_at: str
    language: str | None = None
    guid: str | None = None
    version: str | None = None
    status: str = "usable"
    signal: str | None = None
    embargoed: str | None = None
    agency: str | None = None
    located: str | None = None
    note: str | None = None
    provenance: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a provider let know about a story: that one version takes the place of another, or that it is withdrawn.

    `kind` is supersedes, corrects or withdraws; `report_id` the report that says so (None for a notice without a
    text), `target_report_id` the one it is about (None where the ledger had none); `issued` the provider's time.
    """

    id: str
    seq: int
    guid: str
    version: str | None
    kind: str
    report_id: str | None
    target_report_id: str | None
    reason: str | None
    issued: str | None
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A reading as the ledger knows it, people's judgements applied.

    `seq` counts in the order of learning; `key` is the report's short id; `state` is one of the four above, at the
    moment asked for.
    """

    seq: int
    key: str
    added_at: str
    reading: Reading
    appearances: tuple[Appearance, ...]
    state: str
