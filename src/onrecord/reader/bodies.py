"""Names of organisations and the words around them -> what kind of body they are, and what parts have from the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.codebook.tables import INTERNATIONAL, actor_by_alias, known_role
from onrecord.reader.entities import Entity
from onrecord.reader.nominals import NounPhrase, country_of, noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERED = re.compile(
    r"\d|\b(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Armou?red|Infantry|Mechani[sz]ed|Airborne|"
    r"Tank)\b"
)
"""A brigade of an army, not a movement of its own."""
_OUTLET = re.compile(
    r"\b(?:News|TV|Television|Radio|Broadcast\w*|Media|Times|Post|Herald|Gazette|Tribune|Journal|Observer|Telegraph|"
    r"Chronicle|Mail|Mirror|Standard|Courier|Daily|Newspaper|Press|News Agency|Newsroom|Weekly|Magazine)$"
    r"|^(?:Radio|Daily|TV|Television) ",
)
_LIBERATION = re.compile(r"\bLiberation (?:Army|Front|Movement|Forces?)\b")
"""Whoever is called so fights a state, or did; the armies of states that are called so stand in the table."""
_SERVANTS = frozenset(
    "office delegation team side camp wing mission aide nominee recruit representative envoy figure delegate branch unit "
    "column cabinet bureau contingent ranks secretariat agency department authority".split()
)
"""Heads that have the sector of whom they serve."""
_FIGHTING_HEADS = ("brigade", "front", "faction", "militia")
_ARMED = ("REB", "PRM", "UAF")
_STATE_HEADS = "country government state nation administration regime authorities".split()


def new_body(text: str) -> Entity:
    """A body by its name alone: from the actor table, else by the words of the name."""
    known = actor_by_alias(text)
    phrase = noun_phrase(text)
    heads = {phrase.head} if phrase.head and len(text.split()) > 1 else set()
    if phrase.head == "army" and country_of(text.rsplit(" ", 1)[0]) is None:
        heads = set()  # "the army" is the state's, not the Army of Something
    if known is not None:
        kind = known.kind if known.kind != "person" else "organization"
        return Entity(text, kind, True, known.country, known.sector, phrase.head, heads=heads, known=True)
    kind = "media" if _OUTLET.search(text) else "state" if phrase.kind == "state" else "organization"
    fighters = phrase.head in _FIGHTING_HEADS and not _NUMBERED.search(text)
    rebels = (phrase.sector in _ARMED or _LIBERATION.search(text)) and phrase.head not in ("court", "ministry")
    if kind == "organization" and (fighters or rebels):
        kind = "group"
    sector = "JRN" if kind == "media" else phrase.sector
    if (fighters or rebels) and sector in (None, "MIL"):
        sector = "REB"
    return Entity(text, kind, True, phrase.country, sector, phrase.head, heads=heads)


def new_state(name: str, code: str | None, aliases: Iterable[str]) -> Entity:
    """A country, known to the tables (`code`) or not."""
    heads = {*_STATE_HEADS, *(() if code else ("region", "republic"))}
    return Entity(name, "state", True, code, "GOV", aliases=set(aliases), heads=heads)


def told(e: Entity, phrase: NounPhrase | None) -> None:
    """Take in what the words beside a body's name say it is ("the rebel X", "X, a far-right party")."""
    if phrase is not None:
        if phrase.sector in _ARMED or e.sector is None or (e.sector == "MIL" and phrase.sector):
            e.sector = phrase.sector or e.sector
        e.country = e.country or phrase.country
        e.description = e.description or (phrase.core if len(phrase.core) > len(phrase.head) else None)
        if phrase.kind == "media":
            e.kind, e.sector = "media", "JRN"
        elif phrase.head == "party":
            e.kind, e.sector = "organization", e.sector if e.sector not in ("REB", None) else "PTY"
    if e.sector in _ARMED:
        e.kind = "group"


def inherit(e: Entity, o: Entity) -> None:
    """Country and sector that a servant or part has from what it belongs to, where its own words leave them open."""
    if e.known:
        return
    e.country = e.country or o.country
    neutral = known_role(e.head) or e.head in _SERVANTS
    if o.sector in ("REB", "PRM") and e.sector in ("MIL", "UAF", "GOV", None):
        e.sector = o.sector
    elif o.sector is None and o.country in INTERNATIONAL and e.sector in ("GOV", "EDU", "SOC", "REF"):
        e.sector = None
    elif e.sector is None and neutral and e.head not in ("lawyer", "source", "other") and e.kind != "document":
        e.sector = o.sector
