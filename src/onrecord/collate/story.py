"""One story -> its page: what happened when, who says what, where accounts differ, and what other sections tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from onrecord.collate.entities import Dispute, Happening
    from onrecord.collate.store import Collation


class Told(Protocol):
    """An entry of a section."""

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        ...


Section = Callable[["Collation", Mapping[str, Any]], Sequence[Told]]
"""Takes the filters of a story as keywords (`text` among them) and gives the entries of one section, in order."""


def _given(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    common = ("since", "until", "text", "as_known_on")
    return {name: asked[name] for name in (*names, *common) if name in asked}


SECTIONS: dict[str, Section] = {
    "figures over time": lambda collation, asked: collation.series(**_given(asked, "place")),
    "positions over time": lambda collation, asked: collation.histories(**_given(asked, "actor")),
    "negotiations": lambda collation, asked: collation.tracks(**_given(asked, "actor", "place")),
}
"""Further sections of a page, in order, by heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A source of a story: how many of its happenings it tells of, alone or not, and how many it denies."""

    name: str
    happenings: int
    alone: int
    denies: int

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in Voice.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story's page.  `voices` are those who tell of most of it first."""

    query: str
    timeline: tuple[Happening, ...]
    voices: tuple[Voice, ...]
    disputes: tuple[Dispute, ...]
    sections: Mapping[str, tuple[Told, ...]]

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "query": self.query,
            "timeline": [h.to_json() for h in self.timeline],
            "voices": [v.to_json() for v in self.voices],
            "disputes": [d.to_json() for d in self.disputes],
            **{name: [e.to_json() for e in entries] for name, entries in self.sections.items()},
        }


def story(collation: Collation, query: str, **filters: Any) -> Story:
    """The page of the story that some words name.

    Args:
        collation: what to ask.
        query: words that the sentences of a happening must hold, all of them; "a phrase" in double quotes.
        filters: further filters of the views, `as_known_on` among them.

    Raises:
        UsageError: as the views do.
    """
    asked = {**filters, "text": query}
    timeline = collation.happenings(**asked)
    return Story(
        query=query,
        timeline=tuple(timeline),
        voices=tuple(voices(timeline)),
        disputes=tuple(collation.disputes(**asked)),
        sections={name: tuple(section(collation, asked)) for name, section in SECTIONS.items()},
    )


def voices(timeline: Sequence[Happening]) -> list[Voice]:
    """Who tells of some happenings, those who tell of most first."""
    names = dict.fromkeys(n for h in timeline for n in (*h.standing.sources, *h.standing.denied_by))
    found = [
        Voice(
            name=name,
            happenings=sum(name in h.standing.sources for h in timeline),
            alone=sum(h.standing.sources == (name,) for h in timeline),
            denies=sum(name in h.standing.denied_by for h in timeline),
        )
        for name in names
    ]
    return sorted(found, key=lambda v: (-v.happenings, -v.denies, v.name))
