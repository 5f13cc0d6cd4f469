"""Coded reports into the weights of `onrecord.reader.modes`: `python -m training.fit_modes --data PATH…`.

A conditional logit: of a type's modes, a coded one should outweigh the others and "none".  Prints the tab-separated
weights; `--folds` prints the share of right modes by report-wise cross-validation instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaluation.events import CodedScores, statements_of
from onrecord.reader import modes
from onrecord.reader.events import drafts_of
from onrecord.reader.segment import segment
from training.logit import LOST, Problem, draft_of, fit, printed, run

if TYPE_CHECKING:
    from evaluation.matching import Json

PENALTY = 0.05
"""Of the squared weights (swept .02-1 by cross-validation)."""
Choice = tuple[str, list[tuple[str, list[str]]], set[str]]
"""Type, its modes with their signs, the coded ones."""


def choices(reading: Json) -> list[Choice]:
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "rules", LOST)
    drafts = drafts_of(document, scores, list(statements_of(reading).values()))
    found = []
    for e in reading["events"]:
        draft = draft_of(e, drafts)
        known = list(modes.options(e["type"], modes.zones(document, draft))) if draft else []
        if known:
            found.append((e["type"], known, set(e["modes"])))
    return found


def learn(rows: list[Choice]) -> dict[str, float]:
    problem = Problem()
    for _, known, coded in rows:
        for mode, signs in known:
            problem.candidate(signs, mode in coded)
        problem.decisions += 1
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def cross(sets: list[list[Json]], folds: int) -> None:
    data = [[choices(r) for r in part] for part in sets]
    good: Counter[tuple[int, str]] = Counter()
    asked: Counter[tuple[int, str]] = Counter()
    for k in range(folds):
        weights = learn([c for d in data for i, r in enumerate(d) if i % folds != k for c in r])
        for part, d in enumerate(data):
            for kind, known, coded in (c for r in d[k::folds] for c in r):
                value, mode = max((sum(weights.get(s, 0.0) for s in signs), m) for m, signs in known)
                ok = mode in coded if value > 0 else not coded
                for key in ((part, kind), (part, "all")):
                    good[key] += ok
                    asked[key] += 1
    for key in sorted(asked):
        print(*key, f"{good[key] / asked[key]:.3f} (n={asked[key]})")


def fitted(readings: list[Json]) -> str:
    """The table of weights."""
    rows = [c for r in readings for c in choices(r)]
    return printed("Sign that a mode fits an event, its weight", "modes", learn(rows))


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
