"""Two accounts -> whether they can be one happening at all, whatever their stories have in common.

The scorer (`onrecord.collate.happening_scorer`) says how likely two accounts tell of one incident; a story of one
incident has many events (the attack, its denial, the talks that it delays).  What can be one of them is decided here,
by kind, words, actors and days.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.collate.accounts import Account

_PAIRS = [
    frozenset(pair.split())
    for pair in (
        "AGREE CONSULT", "AGREE SUPPORT", "AGREE RETREAT", "CONCEDE RETREAT", "SUPPORT RETREAT", "ASSAULT COERCE",
        "ASSAULT MOBILIZE", "COERCE SANCTION", "ACCUSE REJECT", "ACCUSE REQUEST", "AID COOPERATE", "REQUEST THREATEN",
    )
]  # fmt: skip
_NEAR = {kind: frozenset().union(*(p for p in _PAIRS if kind in p)) - {kind} for pair in _PAIRS for kind in pair}
"""Types under which one happening is coded by different words: talks agreed and held, a siege and an assault."""
_SPEECH = frozenset("ACCUSE REQUEST REJECT THREATEN SUPPORT".split())
"""What different actors say are different happenings; different actors of one attack are two accounts of it."""
_SAME_WORDS = 0.35
"""Share of the words around two events of one type that makes up for other trigger words …"""
_MORE_WORDS = 0.5
"""… and of two near types."""
_DAYS = 3
"""Stated days of one happening may differ by so many, by error or because it lasted."""


def may_be_one(a: Account, b: Account) -> bool:
    """Can two accounts of different reports be of one happening?  The same either way round."""
    if not near_types(a.type, b.type):  # tells most pairs apart, so it comes first
        return False
    if a.report == b.report or _apart(a, b) or _lasting(a, b) or _other_speaker(a, b):
        return False
    if a.type == b.type:
        alike = set(a.trigger) & set(b.trigger) or set(a.modes) & set(b.modes)
        return bool(alike) or _shared(a.words, b.words) >= _SAME_WORDS
    return bool(set(a.trigger) & set(b.trigger)) or _shared(a.words, b.words) >= _MORE_WORDS


def near_types(one: str, other: str) -> bool:
    """Can events of two types be one happening?"""
    return one == other or other in _NEAR.get(one, ())


def _apart(a: Account, b: Account) -> bool:
    """Do both state their days, and these lie too far from each other?"""
    if a.dated_by != "stated" or b.dated_by != "stated" or not (a.begin and a.until and b.begin and b.until):
        return False
    first, last = (a, b) if a.begin <= b.begin else (b, a)
    return _ordinal(str(last.begin)) - _ordinal(str(first.until)) > _DAYS


@lru_cache(maxsize=20_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _lasting(a: Account, b: Account) -> bool:
    """Is one of them what goes on (a war, a siege), the other what happened on a day of it?"""
    return (a.status == "ongoing") != (b.status == "ongoing") and "stated" in (a.dated_by, b.dated_by)


def _other_speaker(a: Account, b: Account) -> bool:
    if not {a.type, b.type} <= _SPEECH or not a.actors or not b.actors:
        return False
    return not set(a.actors) & set(b.actors)


def _shared(a: Iterable[str], b: Iterable[str]) -> float:
    one, two = set(a), set(b)
    fewest = min(len(one), len(two))
    return len(one & two) / fewest if fewest else 0.0
