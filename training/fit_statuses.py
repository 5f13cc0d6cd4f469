"""Coded reports into the weights of `onrecord.reader.statuses`: `python -m training.fit_statuses --data PATH…`.

A multinomial logit from the signs at each coded trigger to the coded status.  Prints the tab-separated weights;
`--folds` prints the accuracy by report-wise cross-validation instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.events import CodedScores, statements_of
from onrecord.reader import statuses
from onrecord.reader.events import drafts_of
from onrecord.reader.labels import STATUSES
from onrecord.reader.segment import segment
from training.logit import LEAST, run

if TYPE_CHECKING:
    from evaluation.matching import Json

PENALTY = 1.0
"""Of the squared weights (swept .05-4 by cross-validation)."""
STEPS = 300
MIN_SEEN = 4
"""Signs seen at fewer triggers are left out."""
Array = np.ndarray[Any, Any]
Sample = tuple[list[str], str, float, tuple[str, str]]
"""Signs, coded status, weight, and which event it is."""


def samples(reading: Json) -> list[Sample]:
    """Every trigger and mention of a report; an event's triggers share its weight, the first has most of it."""
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "rules")
    drafts = {(d.type, d.trigger): d for d in drafts_of(document, scores, list(statements_of(reading).values()))}
    found = []
    for e in reading["events"]:
        for n, m in enumerate([e["trigger"], *e["mentions"]]):
            for (kind, (s, t)), d in drafts.items():
                if kind == e["type"] and s < m["end"] and m["start"] < t:
                    key = reading["report"]["source_id"], e["id"]
                    found.append((list(statuses.signs(document, d)), e["status"], 1.0 if n == 0 else 0.3, key))
                    break
    return found


def fit(rows: list[Sample]) -> dict[str, list[float]]:
    seen = Counter(s for signs, *_ in rows for s in set(signs))
    names = {s: i for i, s in enumerate(sorted(s for s, n in seen.items() if n >= MIN_SEEN))}
    x = np.zeros((len(rows), len(names)))
    y = np.zeros((len(rows), len(STATUSES)))
    weight = np.array([r[2] for r in rows])[:, None]
    for i, (signs, status, _, _) in enumerate(rows):
        x[i, [names[s] for s in set(signs) if s in names]] = 1
        y[i, STATUSES.index(status)] = 1
    w = np.zeros((len(names), len(STATUSES)))
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        raw = x @ w
        p = np.exp(raw - raw.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ ((y - p) * weight) - PENALTY * w
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w + 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return {s: w[i].tolist() for s, i in names.items()}


def right(
    rows: list[Sample], weights: dict[str, list[float]], share: float
) -> tuple[int, int, Counter[tuple[str, str]]]:
    """Events whose status the signs give; later mentions count `share` beside the first."""
    by_event: dict[tuple[str, str], list[Sample]] = {}
    for r in rows:
        by_event.setdefault(r[3], []).append(r)
    good, mixed = 0, Counter[tuple[str, str]]()
    for group in by_event.values():
        total = np.zeros(len(STATUSES))
        for n, r in enumerate(group):
            total += (1.0 if n == 0 else share) * np.array(statuses.leaning(r[0], weights))
        mine = STATUSES[int(total.argmax())]
        good += mine == group[0][1]
        mixed[group[0][1], mine] += 1
    return good, len(by_event), mixed


def cross(sets: list[list[Json]], folds: int) -> None:
    data = [[samples(r) for r in part] for part in sets]
    for share in (0.0, 0.2, 0.4):
        lines = []
        mixed = Counter[tuple[str, str]]()
        for part in range(len(sets)):
            good = n = 0
            for k in range(folds):
                learnt = fit([s for d in data for i, r in enumerate(d) if i % folds != k for s in r])
                g, m, c = right([s for r in data[part][k::folds] for s in r], learnt, share)
                good, n = good + g, n + m
                mixed += c
            lines.append(f"{good / n:.3f} (n={n})")
        print(f"share {share}:", *lines)
    print({k: v for k, v in mixed.most_common() if k[0] != k[1]})
    print({s: f"{mixed[s, s]}/{sum(v for k, v in mixed.items() if k[0] == s)}" for s in STATUSES})


def fitted(readings: list[Json]) -> str:
    """The table of weights, a column for each status."""
    learnt = fit([s for r in readings for s in samples(r)])
    lines = ["\t".join(("# sign", *STATUSES))]
    for sign, values in sorted(learnt.items()):
        if max(map(abs, values)) >= LEAST:
            lines.append("\t".join((sign, *(f"{v:.2f}" for v in values))))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(run(__doc__, fitted, cross))
