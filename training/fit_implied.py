"""Coded reports into the weights of `onrecord.reader.implied`: `python -m training.fit_implied --data PATH…`.

A conditional logit: of a report's actors, the coded one should outweigh the others and "nobody".  Decisions are the sides
that a reader finds empty: those coded empty, those whose actors stand in no naming's sentence, and a share of the others
(arguments that the encoder misses).  Prints the tab-separated weights; `--folds` prints report-wise cross-validation.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reader.implied import Deed, Player, Relations, candidates, signs
from onrecord.reader.segment import segment
from training.logit import LOST, Problem, fit, printed, run

if TYPE_CHECKING:
    from evaluation.matching import Json
    from onrecord.reader.document import Document

PENALTY = 0.5
"""Of the squared weights (swept .1-2 by cross-validation)."""
Choice = tuple[list[tuple[list[str], bool]], bool]
"""The signs of every actor and whether it is coded; whether any is."""
_ROLES = (("actor", "actors"), ("recipient", "recipients"))


def players_of(reading: Json) -> list[Player]:
    numbers = {a["id"]: n for n, a in enumerate(reading["actors"])}
    return [
        Player(
            n, a["kind"], a["country"], a["sector"], frozenset(numbers[m] for m in a["member_of"] if m in numbers),
            tuple(sorted({(m["start"], m["end"]) for m in a["mentions"]})),
        )
        for n, a in enumerate(reading["actors"])
        if a["mentions"]
    ]  # fmt: skip


def deeds_of(reading: Json) -> list[Deed]:
    numbers = {a["id"]: n for n, a in enumerate(reading["actors"]) if a["mentions"]}
    statements = {s["id"]: s for s in reading["statements"]}
    found = []
    for e in reading["events"]:
        namings = [(m["start"], m["end"]) for m in [e["trigger"], *e["mentions"]]]
        told = [statements[i] for i in e["according_to"] if i in statements]
        own = [
            s
            for s in reading["statements"]
            if any(c["start"] < namings[0][1] and namings[0][0] < c["end"] for c in s["cue"])
        ]
        clause = e.get("text") or e["trigger"]
        found.append(
            Deed(
                e["type"], namings, (clause["start"], clause["end"]),
                [numbers[a] for a in e["actors"] if a in numbers], [numbers[a] for a in e["recipients"] if a in numbers],
                frozenset(numbers[a] for s in told or own for a in s["source"]["actors"] if a in numbers),
                frozenset(numbers[a] for s in told or own for a in s["addressee"] if a in numbers), bool(own),
            )
        )  # fmt: skip
    return found


def _told(document: Document, d: Deed, wanted: list[int], players: dict[int, Player]) -> bool:
    """Does a mention of one of them stand in a sentence that names the happening?"""
    homes = {document.sentence_at(n[0]) for n in d.namings}
    return any(document.sentence_at(m[0]) in homes for n in wanted for m in players[n].mentions)


def choices(reading: Json, lost: float) -> list[Choice]:
    document = segment(reading["report"]["text"])
    players = players_of(reading)
    by_number = {p.number: p for p in players}
    coded = deeds_of(reading)
    chance = random.Random(reading["report"]["source_id"])
    silent = {
        (n, role): not (wanted := getattr(d, plural))
        or not _told(document, d, wanted, by_number)
        or chance.random() < lost
        for n, d in enumerate(coded)
        for role, plural in _ROLES
    }
    seen = [
        Deed(
            d.type, d.namings, d.clause, [] if silent[n, "actor"] else d.actors,
            [] if silent[n, "recipient"] else d.recipients, d.speakers, d.addressees, d.cued,
        )
        for n, d in enumerate(coded)
    ]  # fmt: skip
    relations = Relations(document, seen, players)
    found: list[Choice] = []
    for n, (d, full) in enumerate(zip(seen, coded, strict=True)):
        for role, plural in _ROLES:
            if silent[n, role]:
                wanted = getattr(full, plural)
                rated = [
                    (list(signs(d, role, full.actors, p, relations)), p.number in wanted)
                    for p in candidates(d, role, full.actors, relations)
                ]
                found.append((rated, bool(wanted)))
    return found


def learn(rows: list[Choice]) -> dict[str, float]:
    problem = Problem()
    for rated, filled in rows:
        if rated and (not filled or any(right for _, right in rated)):
            for found, right in rated:
                problem.candidate(found, right)
            problem.decisions += 1
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def cross(sets: list[list[Json]], folds: int) -> None:
    data = [[choices(r, LOST) for r in part] for part in sets]
    total = {(part, role): np.zeros(4) for part in range(len(sets)) for role in "ar"}
    for k in range(folds):
        weights = learn([c for d in data for i, r in enumerate(d) if i % folds != k for c in r])
        for part, d in enumerate(data):
            for rated, filled in (c for r in d[k::folds] for c in r):
                if not rated:
                    continue
                scored = [(sum(weights.get(s, 0.0) for s in found), right) for found, right in rated]
                value, right = max(scored)
                total[part, rated[0][0][0]] += right and value > 0, value > 0, filled, 1
    for (part, role), (hit, made, filled, n) in total.items():
        empty_right = n - filled  # with nobody ever understood
        print(
            part,
            role,
            f"P {hit / made:.3f} R {hit / filled:.3f} of {filled:.0f} filled in {n:.0f} silent sides;",
            f"sides right: {empty_right / n:.3f} if nobody, gain {(2 * hit - made) / n:+.3f} at least",
        )


def fitted(readings: list[Json]) -> str:
    """The table of weights."""
    rows = [c for r in readings for c in choices(r, LOST)]
    return printed("Sign that an actor fills an empty side of an event, its weight", "implied", learn(rows))


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
