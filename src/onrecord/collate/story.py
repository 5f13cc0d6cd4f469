"""One story -> its page: what happened when, who says what, where accounts differ, and what other sections tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from onrecord.collate.timelines import STOP
from onrecord.errors import UsageError
from onrecord.ledger.words import folded, query_words

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
    common = ("since", "until", "text", "as_known_on", "limit")
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
    """A story's page.

    `happenings` is how many there are, from the day `first` to `last`; `timeline` holds those of which most reports
    tell, no more than were asked for.  `voices` are the sources of what the timeline holds, those who tell of most of it
    first.  `cut` names the parts of which there is more than the page holds ("disputes", "negotiations" …).
    """

    query: str
    happenings: int
    first: str | None
    last: str | None
    timeline: tuple[Happening, ...]
    voices: tuple[Voice, ...]
    disputes: tuple[Dispute, ...]
    sections: Mapping[str, tuple[Told, ...]]
    cut: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "query": self.query,
            "happenings": self.happenings,
            "timeline": [h.to_json() for h in self.timeline],
            "voices": [v.to_json() for v in self.voices],
            "disputes": [d.to_json() for d in self.disputes],
            **{name: [e.to_json() for e in entries] for name, entries in self.sections.items()},
        }


def story(collation: Collation, query: str, limit: int | None = None, part: int | None = None, **filters: Any) -> Story:
    """The page of the story that some words name.

    Args:
        collation: what to ask.
        query: words that the sentences of a happening must hold, all of them; "a phrase" in double quotes.
        limit: at most so many happenings; without it, all there are.
        part: at most so many entries in each other part of the page; without it, all there are.
        filters: further filters of the views, `as_known_on` among them.

    Raises:
        UsageError: OR-U02 words that nearly every sentence holds ("the"); else as the views do.
    """
    words = [word for phrase in query_words(query) for word in folded(phrase).split()]
    if words and STOP.issuperset(words):
        raise UsageError("OR-U02", f"{query!r} names no story: nearly every report holds it")
    asked = {**filters, "text": query}
    told = collation.most_told(**asked, limit=limit)
    one_more = asked | {"limit": part + 1 if part is not None else None}
    disputes = collation.disputes(**one_more)
    parts = {name: section(collation, one_more) for name, section in SECTIONS.items()}
    held: dict[str, int] = {"disputes": len(disputes), **{name: len(entries) for name, entries in parts.items()}}
    return Story(
        query=query,
        happenings=told.many,
        first=told.first,
        last=told.last,
        timeline=tuple(told.happenings),
        voices=tuple(voices(told.happenings)),
        disputes=tuple(disputes[:part]),
        sections={name: tuple(entries[:part]) for name, entries in parts.items()},
        cut=frozenset(name for name, count in held.items() if part is not None and count > part),
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
