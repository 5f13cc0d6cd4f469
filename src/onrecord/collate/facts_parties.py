"""Actors of a record -> the parties that they stand for: a state, a group, an organisation, not the person who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import countries, fold
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.actors import Identity

_NEVER = frozenset(("media", "document"))
_NO_NAME = frozenset("the of and a group groups government state states party parties side sides mediators".split())
"""Words that alone name nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """A party: the id of a side or, for who speaks for none, of an identity; its name."""

    id: str
    name: str


def parties(actors: Iterable[str], who: Mapping[str, Identity], people: bool = True) -> tuple[Party, ...]:
    """The parties that some actors of a reading stand for, each once, in order of id.

    Those of whom no name is known and who speak for nobody ("three people") are none; nor, without `people`, are
    persons who speak for nobody.
    """
    found: dict[str, Party] = {}
    for actor in actors:
        identity = who.get(actor)
        if identity is None or (not people and identity.kind == "person" and identity.side is None):
            continue
        if (party := party_of(identity)) is not None:
            found.setdefault(party.id, party)
    return tuple(found[i] for i in sorted(found))


def party_of(identity: Identity) -> Party | None:
    """The party of one actor, or None."""
    side = identity.side
    if side is not None and not side.startswith("c:"):
        return Party(id=side, name=_name(side, identity))
    words = [w for w in fold(identity.name).split() if w not in _NO_NAME]
    if not identity.named or not words or identity.kind in _NEVER or identity.kind == "unknown":
        return None
    return Party(id=identity.id, name=identity.name)


def _name(side: str, identity: Identity) -> str:
    kind, _, rest = side.partition(":")
    if kind == "s":
        return countries()[rest].name if rest in countries() else identity.name
    known = actor_by_alias(rest) if kind == "t" else None
    if known is not None:
        return known.name
    return identity.name if identity.id == side else rest.partition("/")[0].title()
