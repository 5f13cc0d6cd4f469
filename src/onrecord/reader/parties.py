"""Happenings and the actors of a report -> who acts and who is acted on: one choice for each side, told or understood.

Each actor near a happening is weighed for a side against "nobody" by signs (`party_signs`): how likely the pair head
finds its mentions there, where they stand, who tells it, what the type expects, and who deals with whom elsewhere in the
report.  The weights are fitted on coded reports by `training/fit_parties.py`.  Choosing among all actors of a report
follows the work on implicit semantic roles (Gerber and Chai 2012).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.reader.party_signs import ROLES, Deed, Player, Relations, Seen, own
from onrecord.reader.word_table import weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.reader.document import Document

BAR = 0.0
"""Log-odds over "nobody" from which an actor is taken."""
BESIDE = 1.5
"""Another actor of a side may weigh this much less than the first (swept .5-2.5 by cross-validation)."""
_BESIDE_HEARD = 0.8
_BESIDE_NAMED = 0.2
"""How clearly the pair head must hear who stands beside the first on a side: by likelihood alone there is but one.  Less
will do where the words name both in one breath ("Kenya and Uganda").  On reports held out of training, all whom both
sides name were right in .36 of happenings with .5 for either, and in .38 so."""
_BREATH = re.compile(r"\s*(?:,\s*)?(?:and|or|as well as|along with|together with|&|,)\s*(?:\w+\s+){0,3}", re.IGNORECASE)
_IN_ONE_BREATH = 30
"""Characters that stand between two names in one breath at the most."""
FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_UNARMED = frozenset("MED JRN EDU LAB SOC ELI".split())
_BODIES_OF_PEACE = frozenset({"UNO", "NGO"})
_CLEAR = 0.5
"""Who is not armed is only taken to have used force where the pair head hears that at least so clearly: to lay an
attack at an aid agency's door by likelihood alone would be a grave mistake."""
UNDERSTOOD = 1.0
_HEARD = 0.3
"""Who used force is only understood, where the pair head does not hear it, from this weight on: it costs next to nothing
on coded reports, and spares those who merely stand near."""
Sides = tuple[tuple[int, ...], tuple[int, ...]]
"""Entity numbers of a happening's actors and of its recipients."""
Table = dict[str, dict[str, float]]
"""Weights of the signs, by role."""


def choose(document: Document, deeds: Sequence[Deed], players: Sequence[Player]) -> list[Sides]:
    """The two sides of every happening.

    What a choice sees of other happenings is what their words give, not what was chosen, so that their order does not
    matter; the recipient alone looks at the actor that was chosen.
    """
    relations = Relations(document, deeds, players)
    return [pick(d, [Seen(d, p, relations) for p in relations.near(d)], relations, _weights()) for d in deeds]


def pick(d: Deed, near: Sequence[Seen], relations: Relations, table: Table) -> Sides:
    """The sides of one happening."""
    actors = _elsewhere(d, _side(d, "actor", (), near, relations, table), relations)
    return actors, _charged(d, _side(d, "recipient", actors, near, relations, table), relations)


def _side(
    d: Deed, role: str, other: tuple[int, ...], near: Sequence[Seen], relations: Relations, table: Table
) -> tuple[int, ...]:
    k = ROLES.index(role)
    rated = [(_weigh(d, role, other, x, relations, table[role]), -x.player.number, x) for x in allowed(near, other)]
    rated = [r for r in rated if role != "actor" or may_act(d, r[2], r[0])]
    rated.sort(key=lambda r: r[:2], reverse=True)
    taken: list[Player] = []
    for value, _, x in rated:
        p = x.player
        if value <= max(BAR, rated[0][0] - BESIDE):
            break
        if taken and p.kind != "state" and any(sign.startswith("a place") for sign in x.common):
            continue  # "fled Goma"
        if taken and x.heard[k] < _BESIDE_HEARD:
            if x.heard[k] < _BESIDE_NAMED or not any(_named_with(relations.document, p, q) for q in taken):
                continue
        if not any(q.number in p.groups or p.number in q.groups for q in taken):
            taken.append(p)
    return tuple(sorted(p.number for p in taken))


def _named_with(document: Document, p: Player, q: Player) -> bool:
    """Do the words name two actors in one breath anywhere?"""
    line = sorted([*((a, b, 0) for a, b in p.mentions), *((a, b, 1) for a, b in q.mentions)])
    return any(
        who != other and 0 <= a - end < _IN_ONE_BREATH and _BREATH.fullmatch(document.text, end, a) is not None
        for (_, end, who), (a, _, other) in pairwise(line)
    )


def _charged(d: Deed, recipients: tuple[int, ...], relations: Relations) -> tuple[int, ...]:
    """Of those whom an accusation may be against: who follows "accused" or "blamed on", if that is one of them, and those
    named in one breath with them."""
    who = next((relations.claims.charged[n] for n in d.namings if n in relations.claims.charged), None)
    if d.type != "ACCUSE" or who not in recipients:
        return recipients
    blamed = relations.of[who]
    return tuple(n for n in recipients if n == who or _named_with(relations.document, relations.of[n], blamed))


def _elsewhere(d: Deed, actors: tuple[int, ...], relations: Relations) -> tuple[int, ...]:
    """Who acts, by what is told away from the deed: who claims an attack; who is blamed for it, where nobody is clearly
    heard to have done it; who fights whom ("fighting between A and B"); who frees captives is who had taken them."""
    if both := relations.between(d):
        return both
    clear = any(d.heard.get(n, (0.0, 0.0))[0] >= _CLEAR for n in actors)
    at = d.namings[0][0]
    if claimed := relations.claims.claimed.get(at):
        return tuple(sorted(claimed))
    if not clear and (blamed := relations.claims.blamed.get(at)):
        return tuple(sorted(blamed))
    if not actors and d.type == "RETREAT":
        return relations.takers(d.recipients)
    return actors


def allowed(near: Sequence[Seen], other: tuple[int, ...]) -> list[Seen]:
    """The actors that could be on a side: all that are not on the other one, nor members of who is."""
    held = set(other)
    return [x for x in near if x.player.number not in held and not held & x.player.groups]


def may_act(d: Deed, x: Seen, value: float) -> bool:
    """Can an actor that weighs so much be taken for who did it: not whom captives are handed over *to*, and who used force
    by what it is or by what the words say?"""
    if "right after to passive" in x.common:
        return False
    if d.type not in FORCE or x.heard[0] >= _CLEAR:
        return True
    p = x.player
    armed = p.sector not in _UNARMED and not (p.country in _BODIES_OF_PEACE and p.sector != "MIL")
    return armed and (value >= UNDERSTOOD or x.heard[0] >= _HEARD)


def _weigh(
    d: Deed, role: str, other: Sequence[int], x: Seen, relations: Relations, known: Mapping[str, float]
) -> float:
    """Log-odds over "nobody" of an actor on a side."""
    value = sum(known.get(s, 0.0) for s in x.common)
    return value + sum(known.get(s, 0.0) for s in own(d, role, other, x, relations))


def by_role(flat: Mapping[str, float]) -> Table:
    """Weights of signs that open with their role's first letter, by role."""
    return {role: {s[2:]: value for s, value in flat.items() if s[0] == role[0]} for role in ROLES}


@cache
def _weights() -> Table:
    return by_role(weights("party_weights.tsv"))
