"""The identities of one family name -> which of them are one person: "Netanyahu", "Benjamin Netanyahu", "Bibi Netanyahu".

A family is taken as a whole, so the result is the same in whatever order its identities came.  Full names join where
they sound alike and their countries do not differ; a bare surname joins a full name only where it fits exactly one:
of two ministers of one name, "Smith" may be either, and stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.collate.actors import name_words
from onrecord.gazetteer import loose_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.collate.actors import Identity


def family(identities: Iterable[Identity]) -> dict[str, str]:
    """Id → id of the person, for all identities with one `family` key.

    The person's id is that of the actor table, else of the full name with a country, else the first by the alphabet.
    """
    members = {i.id: i for i in sorted(identities, key=lambda i: (i.id, i.sector or "", i.name))}
    full = [i for i in members.values() if not _is_short(i)]
    people = _people(full)
    found = {i.id: _head(p) for p in people for i in p}
    for short in members.values():
        if _is_short(short):
            fits = [p for p in people if all(_may_be(short, i) for i in p)]
            found[short.id] = _head(fits[0]) if len(fits) == 1 else short.id
    return found


def _is_short(i: Identity) -> bool:
    return len(name_words(i.name)) < 2


def _people(full: list[Identity]) -> list[list[Identity]]:
    """Full names by how they sound; within one sound by country, the countryless joining where there is but one."""
    by_sound: dict[str, list[Identity]] = defaultdict(list)
    for i in full:
        by_sound[_sound(i.name)].append(i)
    people = []
    for _, same in sorted(by_sound.items()):
        by_country: dict[str, list[Identity]] = defaultdict(list)
        for i in same:
            by_country[i.country or ""].append(i)
        nowhere = by_country.pop("", [])
        groups = [by_country[c] for c in sorted(by_country)]
        if len(groups) == 1:
            groups[0] += nowhere
        elif nowhere:
            groups.append(nowhere)
        people += groups
    return people


def _sound(name: str) -> str:
    """How a full name sounds; names of middle words ("Abdel Fattah al-Sisi") by all of them."""
    return " ".join(loose_key(w) or w for w in name_words(name))


def _head(person: list[Identity]) -> str:
    """The id that stands for a person."""
    return min(person, key=lambda i: (not i.id.startswith("t:"), i.country is None, i.id)).id


def _may_be(short: Identity, i: Identity) -> bool:
    """Can a bare surname be this person's?  Not across countries, nor across roles where both are told."""
    if short.country is None:
        return False
    if i.country is not None and short.country != i.country:
        return False
    return short.sector is None or i.sector is None or _role(short.sector) == _role(i.sector)


_ROLES = {"ELI": "GOV", "LEG": "GOV", "PTY": "GOV", "OPP": "GOV", "SPY": "MIL", "PRM": "REB", "UAF": "REB"}
"""People go between these, and reports call them by either."""


def _role(sector: str) -> str:
    return _ROLES.get(sector, sector)
