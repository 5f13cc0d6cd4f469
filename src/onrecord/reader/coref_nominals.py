"""A noun phrase and the entities so far -> the one that it continues ("the group", "the diplomat", "the rebels").

Heads and their near-synonyms, modifiers that do not conflict, the owner ("Iran's army"), number and recency decide;
definite phrases may also look ahead to a person whom the report names later ("the envoy … Ann Other, the envoy").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reader.nominals import singular
from onrecord.reader.noun_words import EX, STATE_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.entities import Entity
    from onrecord.reader.nominals import NounPhrase

MAX_LOOKED_AT = 24
"""Entities of one head that are compared, the latest."""

_CLASSES = tuple(
    frozenset(words.split())
    for words in (
        "gunman attacker shooter assailant suspect bomber killer perpetrator man",
        "official source diplomat",
        "diplomat envoy ambassador",
        "spokesman spokeswoman spokesperson official",
        "officer policeman policewoman constable official",
        "commander officer general colonel captain major lieutenant",
        "soldier serviceman trooper",
        "lawyer attorney solicitor counsel barrister advocate",
        "protester protestor demonstrator marcher",
        "lawmaker mp legislator deputy senator congressman parliamentarian representative",
        "doctor surgeon physician medic",
        "newspaper paper daily weekly tabloid",
        "channel network station broadcaster television tv",
        "president leader",
        "leader chief head commander",
        "rebel insurgent militant fighter guerrilla",
        "reporter journalist correspondent",
        "captive hostage",
        "prisoner detainee inmate",
        "aide adviser advisor",
        "group movement organisation organization faction militia",
        "group party movement organization organisation alliance coalition",
        "commission panel committee inquiry body",
        "firm company business bidder partner",
        "envoy mediator negotiator",
        "army military forces force troops",
        "troops forces force soldier",
        "group agency organisation organization charity watchdog ngo",
        "statement communique communiqué release bulletin document letter",
        "report document study paper",
        "woman mother wife sister girl",
        "man father husband brother",
        "father mother parent",
        "victim survivor",
        "teacher professor academic",
        "minister official",
        "union federation",
        "resident villager",
        "migrant refugee",
        "court tribunal",
        "agency service bureau",
        "guard force unit",
        "council assembly",
    )
)
ARMED = frozenset("army military forces force troops".split())
FIGHTERS = frozenset("rebel insurgent militant guerrilla fighter".split())
_GENERIC_WORDS = frozenset(
    "senior top former late new other own two three four five six many several united same second first third entire whole then "
    "deputy chief high ranking high-ranking".split()
)


def alike(head: str, heads: Iterable[str]) -> bool:
    """Is a head a near-synonym of one of the others?"""
    others = set(heads)
    return any(head in c and c & others for c in _CLASSES)


def modifiers(phrase: NounPhrase) -> set[str]:
    """Words of a phrase that tell it from others of its head."""
    head = phrase.head
    words = {singular(w) if w != head else w for w in phrase.core.replace("'s", "").replace("’s", "").split()}
    return {w for w in words if w != head and w not in _GENERIC_WORDS and w not in EX and not w.isdigit() and len(w) > 1}


def fit(phrase: NounPhrase, owner: int | None, e: Entity, extra: frozenset[str]) -> int:
    """How well a phrase continues an entity: 0 not, 4 best.  `extra` are the words of names in the phrase: the owner
    tells them."""
    same = phrase.head in e.heads
    if not same and not ((phrase.definite or phrase.head in ARMED and owner is not None and owner == e.owner) and alike(phrase.head, e.heads)):
        return 0
    collective = e.kind in ("organization", "state", "media") and not e.plural
    if phrase.plural != e.plural and not (collective and (phrase.kind == "organization" or phrase.head in FIGHTERS) and e.named):
        return 0
    if phrase.country and e.country and phrase.country != e.country and len(e.country) == 3 and e.kind != "document":
        return 0
    if _owners_clash(owner, e):
        return 0
    mine = modifiers(phrase) - extra
    theirs = {singular(w) for w in e.words}
    if mine and theirs and not mine <= theirs:
        if e.named and not phrase.plural and phrase.definite and same and (mine & theirs) and owner is not None:
            return 2
        return 1 if same and phrase.definite and not e.named and not (theirs - extra - {phrase.head}) else 0
    if mine and not theirs and e.named and not phrase.definite:
        return 0
    if not phrase.definite and not phrase.plural and not e.named and e.kind == "person":
        return 0
    if not phrase.definite and (theirs - mine) and phrase.plural and not e.named and _names_other(phrase, owner, e):
        return 0
    counted = e.plural and not e.named and e.phrase is not None and e.phrase.indefinite and e.phrase.head not in ("gunman", "man", "suspect")
    return (4 if same else 2) - counted + (1 if (owner is not None and owner == e.owner) or mine else 0)


def _owners_clash(owner: int | None, e: Entity) -> bool:
    if owner is None or e.owner is None:
        return owner is not None and bool(e.member_of) and owner not in e.member_of and e.kind == "person" and e.named and e.owner is not None
    return owner != e.owner and owner not in e.member_of


def _names_other(phrase: NounPhrase, owner: int | None, e: Entity) -> bool:
    """A bare plural ("officials") after one with an owner ("Iraqi officials") is taken to continue it; one whose kind is
    the crowd's ("people") is not."""
    return phrase.head in ("person", "man", "woman", "child", "other", "member", "victim", "family")


def is_state(phrase: NounPhrase) -> bool:
    """Does the phrase mean a country or its rulers?"""
    if "local" in phrase.core or "health" in phrase.core or ("interim" in phrase.core and phrase.head == "leadership"):
        return False
    return (phrase.head in STATE_HEADS and not phrase.plural and phrase.head != "leadership") or (phrase.head == "authorities" and phrase.kind == "state")
