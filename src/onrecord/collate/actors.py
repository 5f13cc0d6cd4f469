"""The actors of a reading -> who they are across reports (`Identity`), whatever else the ledger holds.

An id is a function of one report alone: a row of the actor table ("t:hamas"), a state with its government ("s:ISR"),
a name with its country ("n:ghazi hamad/PSE"), or, for those without a name, a class ("c:official/ISR/GOV").  That
"the group" is Hamas the reader has settled within the report.  What one report cannot settle (a person known there by
surname only) `onrecord.collate.actors_families` decides, over all identities of one family name at once, so that the
order in which reports come does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.codebook.tables import KnownActor, actor_by_alias, load_actors
from onrecord.collate import actors_sides as sides
from onrecord.gazetteer import country_by_name, fold, loose_key
from onrecord.reader.coref_names import HONORIFIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.ledger.known import Known
    from onrecord.records import Actor

_GOVERNMENT = re.compile(r"\b(?:government|administration|authorities|regime|leadership)$", re.IGNORECASE)
_SUFFIX = frozenset("jr sr ii iii iv".split())
_MAX_UP = 4
"""Steps from a member to what it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who an actor is in the ledger.

    `side` is the id of the party that it speaks for (its own, where it is one), None for those who speak for none;
    `named` is false where the id only stands for a class ("senior Israeli official"); `family` is the key under which
    a person's identities are compared (empty: the id is final).
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    side: str | None = None
    named: bool = True
    family: str = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Identity:
        """The identity that `to_json` wrote."""
        return cls(**{name: data[name] for name in cls.__slots__ if name in data})


def identities(known: Known) -> dict[str, Identity]:
    """Record id → identity, for every actor of the reading."""
    actors = {a.id: a for a in known.reading.actors}
    here = frozenset(c for a in actors.values() if (c := a.country)) | frozenset(
        p.country for p in known.reading.places if p.country
    )
    rows = {a.id: _row(a, here) for a in actors.values()}
    found: dict[str, Identity] = {}
    for a in actors.values():
        found[a.id] = _identity(a, rows[a.id], _side(a, actors, rows, _MAX_UP))
    return found


def _identity(a: Actor, row: KnownActor | None, side: str | None) -> Identity:
    if row is not None:
        return Identity(
            id=sides.known_id(row), name=row.name, kind=row.kind, country=row.country, sector=row.sector, side=side,
            family=family_of(row.name) if row.kind == "person" else "",
        )  # fmt: skip
    if is_government(a):
        assert a.country is not None
        return Identity(
            id=sides.state_id(a.country), name=a.name, kind="state", country=a.country, sector="GOV", side=side
        )
    named = any(m.form == "name" for m in a.mentions) or a.kind in ("organization", "media", "document")
    if not named or not fold(a.name):
        return Identity(
            id=f"c:{_head(a.name)}/{a.country or ''}/{a.sector or ''}", name=a.name, kind=a.kind, country=a.country,
            sector=a.sector, side=side, named=False,
        )  # fmt: skip
    person = a.kind == "person"
    name = " ".join(name_words(a.name)) if person else _bare(a.name)
    return Identity(
        id=f"n:{name}/{a.country or ''}", name=a.name, kind=a.kind, country=a.country, sector=a.sector,
        side=side or (f"n:{name}/{a.country or ''}" if a.sector in sides.PARTY_SECTORS and not person else None),
        family=family_of(a.name) if person else "",
    )  # fmt: skip


def is_government(a: Actor) -> bool:
    """Is the actor a state or its government as a whole ("Israel", "the Israeli government")?"""
    if a.country is None or len(a.country) != 3:
        return False
    if a.kind == "state":
        return country_by_name(a.name) is not None or _GOVERNMENT.search(a.name) is not None
    return a.kind == "organization" and a.sector == "GOV" and _GOVERNMENT.search(a.name) is not None


def _row(a: Actor, here: frozenset[str]) -> KnownActor | None:
    """The actor's row in the table: by its name, by another name that the report gives it, by a surname that only one
    known person bears whose country the report is about."""
    rows = [actor_by_alias(a.name)]
    rows += [actor_by_alias(m.text) for m in a.mentions if m.form == "name" and len(m.text) > 3]
    for row in rows:
        if row is not None and _fits(a, row):
            return row
    words = name_words(a.name)
    if a.kind in ("person", "organization", "unknown") and len(words) == 1 and a.name[:1].isupper():
        bearers = [r for r in _by_surname().get(words[0], ()) if r.country == a.country or a.country is None]
        if len(bearers) == 1 and bearers[0].country in here and (a.kind == "person" or len(words[0]) > 5):
            return bearers[0]
    return None


def _fits(a: Actor, row: KnownActor) -> bool:
    """Can the actor be the one of the row?  A person is no body, and people of two countries are two."""
    if (a.kind == "person") != (row.kind == "person"):
        return False
    return a.country is None or row.country == a.country or row.kind != "person"


@cache
def _by_surname() -> dict[str, list[KnownActor]]:
    found: dict[str, list[KnownActor]] = defaultdict(list)
    for row in dict.fromkeys(load_actors().values()):
        if row.kind == "person":
            for surname in {name_words(alias)[-1] for alias in row.aliases if len(name_words(alias)) > 1}:
                found[surname].append(row)
    return found


def _side(a: Actor, actors: Mapping[str, Actor], rows: Mapping[str, KnownActor | None], up: int) -> str | None:
    """The side of an actor: what its name or the table says, else that of what it belongs to, else its own."""
    row = rows[a.id]
    if told := sides.run_by(a.name):
        return told
    if row is not None and not ((side := sides.known_side(row)) is None or side.startswith("c:")):
        return side
    if is_government(a):
        return sides.state_id(str(a.country))
    if a.kind in ("media", "document"):
        return None
    for parent in a.member_of if up else ():
        if parent in actors and (side := _side(actors[parent], actors, rows, up - 1)) is not None:
            return side
    if a.kind in ("organization", "group") and a.sector in sides.PARTY_SECTORS and _is_named(a):
        return sides.known_id(row) if row is not None else f"n:{_bare(a.name)}/{a.country or ''}"
    return sides.class_side(a.country, a.sector)


def _is_named(a: Actor) -> bool:
    return any(m.form == "name" for m in a.mentions)


def name_words(name: str) -> list[str]:
    """A person's name as compared: no titles, initials or suffixes, folded; "Gen. John Q. Smith Jr." → john smith."""
    words = fold(HONORIFIC.sub("", name.strip())).split() or fold(name).split()
    if len(words) > 1 and words[-1] in _SUFFIX:
        words = words[:-1]
    kept = [w for w in words if len(w) > 1]
    return kept or words or [""]


def family_of(name: str) -> str:
    """The key under which a person's names are compared: the sound of the surname, whoever transliterated it."""
    surname = name_words(name)[-1]
    return loose_key(surname) or surname


def _bare(name: str) -> str:
    folded = fold(name)
    return folded.removeprefix("the ")


def _head(name: str) -> str:
    """The last word of a description before its first "of", "in", "from", singular where that is simple."""
    words = re.split(r"\b(?:of|in|from|at|for|with|who)\b|,", fold(name))[0].split() or fold(name).split() or ["?"]
    word = words[-1]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
