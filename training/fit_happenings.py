"""Coded reports into the weights of `onrecord.reader.happenings`: `python -m training.fit_happenings --data PATH…`.

For every coded trigger in text order, the happening that it names (or "a new one") should outweigh the others: a
conditional logit over the happenings of its type so far.  Each report is taken with all its arguments and once more
with `LOST` of them missing, as from an encoder.  Prints the tab-separated weights; `--folds` prints, by report-wise
cross-validation, the F1 of events instead.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from evaluation.events import CodedScores, statements_of
from evaluation.matching import Json, pairs
from onrecord.reader import happenings
from onrecord.reader.events import drafts_of
from onrecord.reader.segment import segment
from training.logit import LOST, Problem, fit, printed, run

PENALTY = 0.05
"""Of the squared weights (swept .02-.1 by cross-validation)."""


def namings(reading: Json, lost: float) -> list[happenings.Naming]:
    """The coded triggers of a report as the rules see them."""
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "head", lost)
    return [happenings.naming(document, d) for d in drafts_of(document, scores, list(statements_of(reading).values()))]


def truth(reading: Json, found: list[happenings.Naming]) -> list[int]:
    """The number of the coded event of each trigger."""
    table: dict[tuple[str, int], int] = {}
    spans = [
        (e["type"], m["start"], m["end"], n)
        for n, e in enumerate(reading["events"])
        for m in [e["trigger"], *e["mentions"]]
    ]
    for i, b in enumerate(found):
        start, end = b.draft.trigger
        inside = [
            (abs(s - start) + abs(t - end), n) for k, s, t, n in spans if k == b.draft.type and s < end and start < t
        ]
        table["", i] = min(inside)[1]
    return [table["", i] for i in range(len(found))]


def gather(problem: Problem, reading: Json, lost: float) -> None:
    found = namings(reading, lost)
    own = truth(reading, found)
    for kind in {b.draft.type for b in found}:
        line = [i for i, b in enumerate(found) if b.draft.type == kind]
        for k, i in enumerate(line):
            groups: dict[int, list[happenings.Naming]] = {}
            since: dict[int, int] = {}
            for away, j in enumerate(reversed(line[max(0, k - happenings.MAX_BACK) : k])):
                groups.setdefault(own[j], []).append(found[j])
                since.setdefault(own[j], away)
            if groups:
                problem.add(groups, found[i], own[i], since)


def learn(readings: list[Json]) -> dict[str, float]:
    problem = Problem()
    for r in readings:
        gather(problem, r, 0.0)
        gather(problem, r, LOST)
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def f1(readings: list[Json], weights: dict[str, float], lost: float, bar: float) -> tuple[int, int, int]:
    """Events found, made and coded, as `score_readings` counts them."""
    right = made = coded = 0
    for r in readings:
        found = namings(r, lost)
        groups = happenings.group(found, weights, bar)
        mine = [{"type": g[0].draft.type, "spans": [b.draft.trigger for b in g]} for g in groups]

        def alike(e: Json, p: Json) -> float:
            spans = [(m["start"], m["end"]) for m in [e["trigger"], *e["mentions"]]]
            return float(e["type"] == p["type"] and any(s < b and a < t for s, t in spans for a, b in p["spans"]))

        right += len(pairs(r["events"], mine, alike, 1))
        made, coded = made + len(mine), coded + len(r["events"])
    return right, made, coded


def cross(sets: list[list[Json]], folds: int) -> None:
    """F1 on reports that were not learnt from, by the bar of "new"."""
    readings = [r for part in sets for r in part]
    bars = (-1.0, -0.5, 0.0, 0.5, 1.0)
    total = {(bar, lost): np.zeros(3) for bar in bars for lost in (0.0, LOST)}
    for k in range(folds):
        weights = learn([r for i, r in enumerate(readings) if i % folds != k])
        held = readings[k::folds]
        for bar, lost in total:
            total[bar, lost] += f1(held, weights, lost, bar)
    for (bar, lost), (right, made, coded) in total.items():
        print(
            f"bar {bar:5.2f} lost {lost}: P {right / made:.3f} R {right / coded:.3f} F1 {2 * right / (made + coded):.3f}"
        )


def fitted(readings: list[Json]) -> str:
    """The table of weights."""
    return printed("Sign that two triggers name one happening, its weight", "happenings", learn(readings))


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
