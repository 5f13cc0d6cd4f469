"""Coded reports into the weights of `onrecord.reader.figure_events`: `python -m training.fit_figure_events --data PATH…`.

A conditional logit: of the happenings that a figure's sentence names, the coded one should outweigh the others and
"none".  Prints the tab-separated weights; `--folds` prints F1 of the links by report-wise cross-validation instead.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.events import CodedScores, figures_of, statements_of
from onrecord.reader import figure_events
from onrecord.reader.events import drafts_of
from onrecord.reader.segment import segment
from training.logit import LOST, Problem, draft_of, fit, printed, run

if TYPE_CHECKING:
    from evaluation.matching import Json

PENALTY = 0.3
"""Of the squared weights (swept .02-1 by cross-validation)."""
Choice = tuple[list[tuple[list[str], bool]], int]
"""The signs of every happening beside a figure and whether it is coded; how many are coded at all."""


def choices(reading: Json, lost: float) -> list[Choice]:
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "rules", lost)
    drafts = drafts_of(document, scores, list(statements_of(reading).values()))
    own = [(e, d) for e in reading["events"] if (d := draft_of(e, drafts)) is not None]
    named: dict[int, list[figure_events.Named]] = defaultdict(list)
    for n, (_, d) in enumerate(own):
        for naming in [d.trigger, *d.mentions]:
            named[document.sentence_at(naming[0])].append((n, naming))
    found = []
    for f in figures_of(reading):
        known = figure_events.options(document, f, named, [d for _, d in own])
        coded = sum(f.id in e["figures"] for e in reading["events"])
        found.append(([(signs, f.id in own[n][0]["figures"]) for n, signs in known], coded))
    return found


def learn(rows: list[Choice]) -> dict[str, float]:
    problem = Problem()
    for known, _ in rows:
        for signs, right in known:
            problem.candidate(signs, right)
        problem.decisions += bool(known)
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def cross(sets: list[list[Json]], folds: int) -> None:
    data = {lost: [[choices(r, lost) for r in part] for part in sets] for lost in (0.0, LOST)}
    total = {part: np.zeros(3) for part in range(len(sets))}
    for k in range(folds):
        rows = [c for parts in data.values() for d in parts for i, r in enumerate(d) if i % folds != k for c in r]
        weights = learn(rows)
        for part, d in enumerate(data[0.0]):
            for known, coded in (c for r in d[k::folds] for c in r):
                scored = [(sum(weights.get(s, 0.0) for s in signs), right) for signs, right in known]
                value, right = max(scored, default=(0.0, False))
                total[part] += right and value > 0, value > 0, coded
    for part, (hit, made, all_) in total.items():
        print(part, f"P {hit / made:.3f} R {hit / all_:.3f} F1 {2 * hit / (made + all_):.3f}")


def fitted(readings: list[Json]) -> str:
    """The table of weights."""
    rows = [c for lost in (0.0, LOST) for r in readings for c in choices(r, lost)]
    return printed("Sign that a figure belongs to an event, its weight", "figure_events", learn(rows))


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
