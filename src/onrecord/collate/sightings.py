"""Appearances of a report's text -> what its row keeps of them, and the words by which its outlets are found.

Pure.  Each is kept with the moment when the ledger learned of it, so that an earlier day is told by those known then.
A text that appears again brings no new reading: `onrecord.collate.outlets` adds to the rows that are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.ledger.known import Appearance


class Sighting(NamedTuple):
    """A place where a text was published, and when the ledger learned of it."""

    learned: str
    publisher: str | None
    agency: str | None
    published: str | None


def sighting(a: Appearance) -> Sighting:
    """What is kept of an appearance."""
    return Sighting(a.added_at, a.publisher, a.agency, a.published)


def with_seen(said: Mapping[str, Any], more: Iterable[Sighting]) -> dict[str, Any]:
    """What is known of a report (the JSON of its row) with more places, each once, in the order of learning.

    Of an agency and a day of publication only what the report itself does not say is kept.
    """
    first: dict[tuple[str | None, ...], str] = {}
    for x in (*(Sighting(*kept) for kept in said["seen"]), *more):
        agency = x.agency if said["agency"] is None else None
        published = x.published if said["published"] is None else None
        place = (x.publisher, agency, published)
        if any(place):
            first[place] = min(first.get(place, x.learned), x.learned)
    seen = sorted(([learned, *place] for place, learned in first.items()), key=lambda x: [v or "" for v in x])
    return {**said, "seen": seen}


def outlet_words(seen: Iterable[Sighting]) -> dict[str, str]:
    """The terms by which what a report says in its own voice is found under its outlets, and since when."""
    found: dict[str, str] = {}
    for x in seen:
        for word in folded(x.publisher or "").split():
            term = f"source:{word}"
            found[term] = min(found.get(term, x.learned), x.learned)
    return found


def outlet_term(node: int, term: str, learned: str) -> dict[str, Any]:
    """A row of `collate_terms` for an event that a report tells in its own voice."""
    return {"term": term, "kind": "h", "node": node, "learned": learned}
