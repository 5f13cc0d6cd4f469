"""The questions that can be put to the ledger's lists."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.intake.dates import is_date
from onrecord.records import values

_DAY = len("2025-05-22")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an answer must fulfil, every part of it; None asks for nothing.

    actor, place, source: whole words of a name ("Netanyahu", "Gaza"), accents and case aside; a country's
        three-letter code finds its actors and places, and a country's name as a place everything in it.  `source`
        looks at every link of a statement's chain, and for records in a report's own voice at its agency and
        publisher.
    since, until: ISO days, both inclusive; a record whose time overlaps them.  For a record without a time of its
        own the report's day stands in (see `Entry.reported`).
    type, measure, issue: of the record itself, or of a record that it is joined to (statements with an event of
        the type `ASSAULT`).  `type` is an event's type or a statement's act, in any case.
    text: words that the record's sentences hold, all of them; a "quoted phrase" as it stands.
    limit: at most so many.
    as_known_on: ISO day; what the ledger had learned, and people had decided, by its end.

    Raises:
        UsageError: OR-U01 a day that is none, OR-U02 a type, measure or issue that the codebook does not have, or
            a name or text without a word in it, OR-U03 a limit below one or days the wrong way round.
    """

    actor: str | None = None
    source: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    measure: str | None = None
    issue: str | None = None
    text: str | None = None
    limit: int | None = None
    as_known_on: str | None = None

    def __post_init__(self) -> None:
        for day in (self.since, self.until, self.as_known_on):
            if day is not None and not (len(day) == _DAY and is_date(day)):
                raise UsageError("OR-U01", f"{day!r} is no ISO day such as 2025-05-22")
        if self.since and self.until and self.since > self.until:
            raise UsageError("OR-U03", f"since {self.since} is after until {self.until}")
        if self.limit is not None and self.limit < 1:
            raise UsageError("OR-U03", f"a limit of {self.limit} asks for nothing")
        self._check_words()

    def _check_words(self) -> None:
        types = (*values.EVENT_TYPES, *values.ACTS)
        if self.type is not None and self.type.upper() not in types and self.type.lower() not in types:
            told = f"event types: {' '.join(values.EVENT_TYPES)}; acts of statements: {' '.join(values.ACTS)}"
            raise UsageError("OR-U02", f"{self.type!r} is no type; {told}")
        for name, words in (("measure", values.MEASURES), ("issue", values.ISSUES)):
            asked = getattr(self, name)
            if asked is not None and asked not in words:
                raise UsageError("OR-U02", f"{asked!r} is no {name}; one of: {' '.join(words)}")
        for name in ("actor", "source", "place", "text"):
            asked = getattr(self, name)
            if asked is not None and not any(c.isalnum() for c in asked):
                raise UsageError("OR-U02", f"there is no word in the {name} {asked!r}")
