"""`Entity`: one actor in the making, and what its words say of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Range
    from onrecord.reader.nominals import NounPhrase


FEMALE_HEADS = frozenset(
    "spokeswoman chairwoman congresswoman businesswoman policewoman queen actress woman girl wife mother sister daughter "
    "widow aunt".split()
)
MALE_HEADS = frozenset(
    "spokesman chairman congressman businessman policeman king man boy husband father brother son uncle imam priest".split()
)
"""Heads that tell a person's gender."""


@dataclass(slots=True)
class Entity:
    """An actor in the making: its name or first description, what it is, and where it is mentioned."""

    name: str
    kind: str
    named: bool
    country: str | None = None
    sector: str | None = None
    head: str = ""
    plural: bool = False
    description: str | None = None
    gender: str = ""
    nameless: bool = False
    aliases: set[str] = field(default_factory=set)
    mentions: dict[Range, str] = field(default_factory=dict)
    member_of: list[int] = field(default_factory=list)
    phrase: NounPhrase | None = None
    heads: set[str] = field(default_factory=set)
    """Head nouns (singular, lower case) that have been used of it."""
    words: set[str] = field(default_factory=set)
    """Modifiers that have been used of it, lower case."""
    owner: int | None = None
    """The entity that it is a part or servant of, as its words say ("Iran's army", "his lawyer")."""
    known: bool = False
    """From the actor table."""
    guessed: bool = False
    """Its country is only that which the report is about."""
    of_person: bool = False
    """Its owner is a person ("Ashe's office")."""
    starts: list[int] = field(default_factory=list)

    def mention(self, start: int, end: int, form: str) -> None:
        """Add a mention; the first form given to a range stays."""
        if (start, end) not in self.mentions:
            self.mentions[(start, end)] = form
            insort(self.starts, start)

    def last_before(self, offset: int) -> int:
        """Start of the latest mention before the offset, or -1."""
        i = bisect_left(self.starts, offset)
        return self.starts[i - 1] if i else -1
