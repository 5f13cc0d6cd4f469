"""A noun phrase and the entities so far -> the one that it continues ("the group", "the diplomat", "the rebels").

Heads and their near-synonyms, modifiers that do not conflict, the owner ("Iran's army"), number and recency decide;
definite phrases may also look ahead to a person whom the report names later ("the envoy … Ann Other, the envoy").
"""

from __future__ import annotations

from functools import lru_cache
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
KIN = frozenset(
    "mother father wife husband son daughter child family brother sister uncle aunt cousin widow parent nephew niece friend "
    "colleague lawyer".split()
)
COMMON_ROLES = frozenset(
    "official source member man woman person spokesman spokeswoman spokesperson resident witness soldier officer analyst expert diplomat doctor "
    "lawyer worker student teacher activist boy girl child victim survivor fighter rebel militant leader commander other".split()
)
"""Roles that a report has many bearers of."""
_CROWDS = frozenset("person man woman child other member victim family".split())
_FEW = frozenset("gunman man suspect".split())
ARMED = frozenset("army military forces force troops".split())
FIGHTERS = frozenset("rebel insurgent militant guerrilla fighter".split())
_GENERIC_WORDS = frozenset(
    "senior top former late new other own two three four five six many several united same second first third entire whole then "
    "deputy chief high ranking high-ranking".split()
)


_ALIKE = {h: frozenset().union(*(c for c in _CLASSES if h in c)) for c in _CLASSES for h in c}


def alike(head: str, heads: Iterable[str]) -> bool:
    """Is a head a near-synonym of one of the others?"""
    return not _ALIKE.get(head, frozenset()).isdisjoint(heads)


@lru_cache(maxsize=4096)
def modifiers(phrase: NounPhrase) -> frozenset[str]:
    """Words of a phrase that tell it from others of its head."""
    head = phrase.head
    words = {singular(w) if w != head else w for w in phrase.core.replace("'s", "").replace("’s", "").split()}
    return frozenset(
        w for w in words if w != head and w not in _GENERIC_WORDS and w not in EX and not w.isdigit() and len(w) > 1
    )


def fit(phrase: NounPhrase, owner: int | None, e: Entity, extra: frozenset[str]) -> int:
    """How well a phrase continues an entity: 0 not, 5 best.  `extra` are the words of names in the phrase: the owner
    tells them."""
    same = phrase.head in e.heads
    if (not same and not _may_vary(phrase, owner, e)) or _clash(phrase, owner, e, same=same):
        return 0
    mine = modifiers(phrase) - extra
    theirs = {singular(w) for w in e.words}
    if mine and theirs and not mine <= theirs:
        if not same or not phrase.definite:
            return 0
        if e.named:
            return 2 if not phrase.plural and mine & theirs and owner is not None else 0
        return 0 if theirs - extra - {phrase.head} else 1
    if not phrase.definite and _begins_anew(phrase, e, mine, theirs):
        return 0
    first = e.phrase
    counted = e.plural and not e.named and first is not None and first.indefinite and first.head not in _FEW
    return (4 if same else 2) - counted + bool((owner is not None and owner == e.owner) or mine)


def _may_vary(phrase: NounPhrase, owner: int | None, e: Entity) -> bool:
    """Can another word be used of the entity: definite near-synonyms, and words for the forces of one state?"""
    forces = phrase.head in ARMED and owner is not None and owner == e.owner
    return (phrase.definite or forces) and alike(phrase.head, e.heads)


def _clash(phrase: NounPhrase, owner: int | None, e: Entity, *, same: bool) -> bool:
    """Do number, country, owner or kind speak against the entity?"""
    body = e.kind in ("organization", "state", "media") and not e.plural and e.named
    if phrase.plural != e.plural and not (body and (phrase.kind == "organization" or phrase.head in FIGHTERS)):
        return True
    if phrase.country and e.country and not e.guessed and phrase.country != e.country and e.kind != "document":
        return True
    if _counts_clash(phrase, e) or (e.named and not same and not _classes(phrase.head, e)):
        return True
    if phrase.head in KIN and owner != e.owner and (owner is not None or not same):
        return True
    return _owners_clash(owner, e) or (e.kind == "state" and not is_state(phrase))


_NUMBERS = {
    w: n
    for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}  # fmt: skip


def _count(phrase: NounPhrase) -> int | None:
    """How many a phrase says its bearers are; None where it does not say it in a plain number."""
    for w in phrase.words.lower().split()[:4]:
        if w in _NUMBERS:
            return _NUMBERS[w]
        if w.replace(",", "").isdigit():
            return int(w.replace(",", ""))
    return None


def _counts_clash(phrase: NounPhrase, e: Entity) -> bool:
    """ "Her five children" are not the "three children" of another sentence."""
    if not phrase.plural or e.named or e.phrase is None:
        return False
    mine, theirs = _count(phrase), _count(e.phrase)
    return mine is not None and theirs is not None and mine != theirs


def _owners_clash(owner: int | None, e: Entity) -> bool:
    return owner is not None and e.owner is not None and owner != e.owner and owner not in e.member_of


def _begins_anew(phrase: NounPhrase, e: Entity, mine: frozenset[str], theirs: set[str]) -> bool:
    """Is a phrase without a determiner rather someone new?  "Officials" after "Iraqi officials" goes on, "people" does
    not."""
    if e.named:
        return bool(mine) and not theirs
    if not phrase.plural:
        return e.kind == "person"
    return bool(theirs - mine) and phrase.head in _CROWDS


def is_state(phrase: NounPhrase) -> bool:
    """Does the phrase mean a country or its rulers?"""
    if "local" in phrase.core or "health" in phrase.core or ("interim" in phrase.core and phrase.head == "leadership"):
        return False
    return (phrase.head in STATE_HEADS and not phrase.plural and phrase.head != "leadership") or (
        phrase.head == "authorities" and phrase.kind == "state"
    )


_GENERIC_CLASSES = {
    "group": ("group", "organization"), "movement": ("group", "organization"), "organization": ("group", "organization"),
    "organisation": ("group", "organization"), "faction": ("group", "organization"), "militia": ("group",),
    "agency": ("media", "organization"), "newspaper": ("media",), "paper": ("media",), "broadcaster": ("media",), "channel": ("media",),
    "network": ("media",), "station": ("media",), "daily": ("media",), "outlet": ("media",), "website": ("media",),
    "company": ("organization",), "firm": ("organization",), "body": ("organization",), "party": ("organization", "group"),
    "alliance": ("organization",), "bloc": ("organization",), "union": ("organization",), "charity": ("organization",),
    "watchdog": ("organization",), "ngo": ("organization",),
}  # fmt: skip


def _classes(head: str, e: Entity) -> bool:
    """May a near-synonym be used of a named body: no "charity" of one that fights, no "military" of rebels?"""
    if head in _GENERIC_CLASSES and head not in ("party", "union", "body"):
        return of_class(head, e)
    return not (head in ("military", "army", "navy") and fights(e))


def of_class(head: str, e: Entity) -> bool:
    """Can a class word stand for a named body?"""
    if not e.named or e.kind not in _GENERIC_CLASSES.get(head, ()):
        return False
    if head in ("company", "firm"):
        return e.sector in ("BUS", None)
    if head in ("militia", "faction"):
        return e.sector in ("REB", "PRM", "UAF", None)
    if head == "agency" and e.kind == "organization":
        return e.country in ("UNO", "IGO", "NGO") or e.sector in ("SPY", None)
    return not (head in ("group", "movement") and e.sector in ("JUD", "LEG", "MIL", "COP", "GOV"))


def fights(e: Entity) -> bool:
    """Is it a named armed group, which "the rebels" may mean?"""
    if not e.named or e.kind not in ("group", "organization"):
        return False
    return e.sector in ("REB", "UAF", "PRM") or (e.sector is None and e.kind == "group")
