"""An actor's kind, country, sector and table row -> the side that it speaks for."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from onrecord.codebook.tables import INTERNATIONAL, KnownActor, actor_by_alias
from onrecord.gazetteer import fold

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY"})
"""Sectors that speak for their state.  Parliaments and courts hold more than one party and are left out."""
PARTY_SECTORS = frozenset({"REB", "PRM", "UAF", "OPP", "PTY", "CRM"})
"""Sectors whose bodies are parties of their own."""
_RUN_BY = re.compile(r"^(.{2,40}?)[- ](?:run|led|controlled|held|backed)\b", re.IGNORECASE)


def state_id(country: str) -> str:
    """The id of a state and its government."""
    return f"s:{country}"


def known_id(known: KnownActor) -> str:
    """The id of a row of the actor table."""
    return "t:" + fold(known.name)


def known_side(known: KnownActor) -> str | None:
    """The side of an actor of the table: the exception list, else its state, else itself; None: no party."""
    if listed := _listed().get(fold(known.name)):
        return listed
    if known.kind == "media" or (known.country in INTERNATIONAL and known.sector not in PARTY_SECTORS):
        return None
    if known.sector in STATE_SECTORS:
        return state_id(known.country)
    if known.sector in PARTY_SECTORS:
        return known_id(known) if known.kind != "person" else class_side(known.country, known.sector)
    return None


def class_side(country: str | None, sector: str | None) -> str | None:
    """The side of somebody of whom only country and sector are known: a state, "some rebels there", or no party."""
    if country is None or sector is None:
        return None
    if sector in STATE_SECTORS and country not in INTERNATIONAL:
        return state_id(country)
    return f"c:{country}/{sector}" if sector in PARTY_SECTORS else None


def run_by(name: str) -> str | None:
    """The side that a name itself tells: "Hamas-run health ministry" → Hamas's."""
    found = _RUN_BY.match(name)
    known = actor_by_alias(found[1]) if found else None
    return (_listed().get(fold(known.name)) or known_id(known)) if known is not None and known.kind == "group" else None


def same_side(a: str | None, b: str | None) -> bool | None:
    """Do two sides speak for one party?  None where that cannot be told: no party, or only "some rebels there"."""
    if a is None or b is None:
        return None
    if a == b:
        return None if a.startswith("c:") else True
    for one, other in ((a, b), (b, a)):
        if one.startswith("c:") and _class_of(other) in (one, None):
            return None
    return False


def _class_of(side: str) -> str | None:
    """ "c:PSE/REB" of Hamas; None where the id does not tell."""
    kind, _, rest = side.partition(":")
    if kind == "s":
        return f"c:{rest}/GOV"
    if kind == "c":
        return side
    known = _by_id().get(side)
    return f"c:{known.country}/{known.sector}" if known is not None else None


@cache
def _by_id() -> dict[str, KnownActor]:
    from onrecord.codebook.tables import load_actors

    return {known_id(known): known for known in load_actors().values()}


@cache
def _listed() -> dict[str, str]:
    """Folded canonical name → id of its side."""
    text = (resources.files("onrecord.collate") / "data" / "sides.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            side, names = line.split("\t")
            party = actor_by_alias(side)
            assert party is not None, side
            for name in names.split("|"):
                known = actor_by_alias(name)
                assert known is not None, name
                found[fold(known.name)] = known_id(party)
    return found
