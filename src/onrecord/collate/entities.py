"""What collate answers with: happenings with their accounts, groups of copies, actors, disputes, linked statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.collate.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Events of different reports that are one event in the world, with what stands behind them.

    `begin` and `until` are the days that most accounts give, `dated_by` says whether any of them states it;
    `reported` is the day of the earliest report that holds, under which one without days is listed;
    `words` is the clause of the earliest account and `record` the id of that account in the ledger.
    """

    id: str
    type: str
    modes: tuple[str, ...]
    status: str
    begin: str | None
    until: str | None
    dated_by: str
    reported: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    others: tuple[str, ...]
    places: tuple[str, ...]
    words: str
    sentence: str
    record: str
    trigger: str
    figures: tuple[str, ...]
    accounts: int
    standing: Standing

    def to_json(self) -> dict[str, Any]:
        """As JSON values: what `onrecord show happenings --json` prints."""
        given = {name: getattr(self, name) for name in Happening.__slots__ if name != "standing"}
        lists = ("modes", "actors", "recipients", "others", "places", "figures")
        return given | {name: list(given[name]) for name in lists} | self.standing.to_json()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Happening:
        """The happening that `to_json` wrote."""
        own = {name: _tuple(data[name]) for name in cls.__slots__ if name != "standing"}
        return cls(**own, standing=Standing(**{name: _tuple(data[name]) for name in Standing.__slots__}))


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOf:
    """One source's word on a happening, in one report: the words that `explain` sets side by side.

    `id` is the record's id in the ledger; `copies` the number of reports that carry the same text.
    """

    id: str
    event: str
    source: str
    naming: str
    side: str | None
    own_voice: bool
    denies: bool
    act: str
    said: str | None
    words: str
    sentence: str
    values: tuple[str, ...]
    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    published: str | None
    withdrawn: str | None
    copies: int

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in AccountOf.__slots__} | {"values": list(self.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesEntry:
    """Reports that carry the same wire text: `origin` is the one that they go back to, so far as can be told."""

    id: str
    origin: str
    title: str | None
    agency: str | None
    publisher: str | None
    first: str | None
    last: str | None
    reports: int
    outlets: tuple[str, ...]
    keys: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        given = {name: getattr(self, name) for name in CopiesEntry.__slots__}
        return given | {"outlets": list(self.outlets), "keys": list(self.keys)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CopiesEntry:
        """The entry that `to_json` wrote."""
        return cls(**{name: _tuple(data[name]) for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor across reports: in how many it takes part, and from when to when."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    side: str | None
    reports: int
    first: str | None
    last: str | None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in ActorEntry.__slots__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ActorEntry:
        """The entry that `to_json` wrote."""
        return cls(**{name: data[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEntry:
    """A link between two statements as it is listed: `group` is the happening that joins them, `about` what the series
    counts that does; both are None where only their words are alike."""

    kind: str
    field: str | None
    group: str | None
    about: str | None
    a: Mapping[str, Any]
    b: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        given = {name: getattr(self, name) for name in LinkEntry.__slots__}
        return given | {"a": dict(self.a), "b": dict(self.b)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Accounts of a happening, or figures of a series on one day, that cannot all be right, with the links that say in
    what.

    `happening` is None for figures, `about` says what these count.
    """

    happening: Happening | None
    about: str | None
    day: str | None
    links: tuple[LinkEntry, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "happening": self.happening.to_json() if self.happening is not None else None,
            "about": self.about,
            "day": self.day,
            "links": [k.to_json() for k in self.links],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the ledger has learned of one happening: it is new, or its standing, its sources or its day changed.

    `kind` is `new`, `standing`, `more` (further reports), `time` or `gone` (read again, and no longer there);
    `was` is the happening before, None for a new one.
    """

    kind: str
    happening: Happening
    was: Happening | None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "kind": self.kind,
            "happening": self.happening.to_json(),
            "was": self.was.to_json() if self.was is not None else None,
        }
