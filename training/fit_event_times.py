"""Coded reports into the weights of `onrecord.reader.event_times`: `python -m training.fit_event_times --data PATH…`.

A conditional logit: of an event's candidates, those that agree with the coded time should outweigh the others and
"unknown".  Each report is taken with all its arguments and once more with `LOST` of them missing.  Prints the
tab-separated weights; `--folds` prints the share of right times by report-wise cross-validation instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaluation.events import CodedScores, statements_of, times_of
from evaluation.scoring import same_time
from onrecord.reader import event_times
from onrecord.reader.events import drafts_of
from onrecord.reader.said_times import said_times
from onrecord.reader.segment import segment
from training.logit import LOST, Problem, draft_of, fit, printed, run

if TYPE_CHECKING:
    from evaluation.matching import Json

PENALTY = 0.1
"""Of the squared weights (swept .02-1 by cross-validation)."""
Choice = tuple[list[list[str]], list[bool], bool]
"""The signs of every candidate, which are right, and whether "unknown" is."""


def choices(reading: Json, lost: float) -> list[Choice]:
    """Every coded event, its mentions joined as coded."""
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "head", lost)
    statements = list(statements_of(reading).values())
    drafts = drafts_of(document, scores, statements)
    line, anchor = reading["report"].get("dateline"), reading["report"]["anchor"]
    body = line["span"]["end"] if line else 0
    times = times_of(reading)
    coded = [(e, draft) for e in reading["events"] if (draft := draft_of(e, drafts)) is not None]
    said = said_times(document, statements, [t for t in times if t.start >= body], anchor)
    outside = [t.id for t in times if t.start < body]
    frame = event_times.frame_of([draft for _, draft in coded], statements, said, outside)
    found = []
    for e, draft in coded:
        known = list(event_times.candidates(document, draft, times, anchor, frame))
        signs = [list(event_times.signs(document, draft, c, anchor, frame)) for c in known]
        right = [same_time(e["time"], {"begin": c.begin, "until": c.until}) for c in known]
        found.append((signs, right, same_time(e["time"], None)))
    return found


def learn(rows: list[Choice]) -> dict[str, float]:
    problem = Problem()
    for signs, right, unknown in rows:
        if any(right) or unknown:
            for s, r in zip(signs, right, strict=True):
                problem.candidate(s, r and not unknown)
            problem.decisions += 1
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def right(rows: list[Choice], weights: dict[str, float]) -> int:
    good = 0
    for signs, ok, unknown in rows:
        values = [(sum(weights.get(s, 0.0) for s in c), r) for c, r in zip(signs, ok, strict=True)]
        best = max(values, default=(0.0, False))
        good += best[1] if best[0] > 0 else unknown
    return good


def cross(sets: list[list[Json]], folds: int) -> None:
    data = {lost: [[choices(r, lost) for r in part] for part in sets] for lost in (0.0, LOST, 1.0)}
    good: Counter[tuple[float, int]] = Counter()
    for k in range(folds):
        learnt = learn([c for x in (0.0, LOST) for d in data[x] for i, r in enumerate(d) if i % folds != k for c in r])
        for lost in data:
            for part in range(len(sets)):
                good[lost, part] += right([c for r in data[lost][part][k::folds] for c in r], learnt)
    for lost, parts in data.items():
        print(f"lost {lost}:", *(f"{good[lost, i] / sum(map(len, d)):.3f}" for i, d in enumerate(parts)))


def fitted(readings: list[Json]) -> str:
    """The table of weights."""
    rows = [c for lost in (0.0, LOST) for r in readings for c in choices(r, lost)]
    return printed("Sign that a candidate is the time of an event, its weight", "event_times", learn(rows))


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
