"""Coded reports into the weights of `onrecord.reader.contexts`: `python -m training.fit_contexts --data PATH…`.

A logit per context over its signs.  Prints the tab-separated weights; `--folds` prints F1 by report-wise
cross-validation, by the bar, instead.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.events import CodedScores, statements_of
from onrecord.reader import contexts
from onrecord.reader.events import drafts_of
from onrecord.reader.segment import segment
from training.logit import Problem, draft_of, fit, printed, run

if TYPE_CHECKING:
    from evaluation.matching import Json

PENALTY = 0.005
"""Of the squared weights (swept .003-.1 by cross-validation)."""
Choice = tuple[list[tuple[str, list[str]]], set[str]]
"""Every context with its signs, the coded ones."""


def choices(reading: Json) -> list[Choice]:
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "rules")
    drafts = drafts_of(document, scores, list(statements_of(reading).values()))
    story = contexts.Story(document)
    found = []
    for e in reading["events"]:
        draft = draft_of(e, drafts)
        if draft is not None:
            found.append((list(story.signs(draft)), set(e["contexts"])))
    return found


def learn(rows: list[Choice]) -> dict[str, float]:
    problem = Problem()
    for known, coded in rows:
        for name, signs in known:
            problem.candidate(signs, name in coded)
            problem.decisions += 1
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def cross(sets: list[list[Json]], folds: int) -> None:
    data = [[choices(r) for r in part] for part in sets]
    bars = (-1.2, -0.9, -0.6, -0.3, 0.0)
    total = {(bar, part): np.zeros(3) for bar in bars for part in range(len(sets))}
    for k in range(folds):
        weights = learn([c for d in data for i, r in enumerate(d) if i % folds != k for c in r])
        for part, d in enumerate(data):
            for known, coded in (c for r in d[k::folds] for c in r):
                scored = [(sum(weights.get(s, 0.0) for s in signs), name) for name, signs in known]
                for bar in bars:
                    mine = set(contexts.chosen(scored, bar))
                    total[bar, part] += len(mine & coded), len(mine), len(coded)
    for bar in bars:
        print(bar, *(f"{2 * t[0] / (t[1] + t[2]):.3f}" for t in (total[bar, i] for i in range(len(sets)))))


def fitted(readings: list[Json]) -> str:
    """The table of weights."""
    rows = [c for r in readings for c in choices(r)]
    return printed("Sign that a context fits an event, its weight", "contexts", learn(rows))


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
