"""Coded reports into the weights of `onrecord.reader.happenings`: `python -m training.fit_happenings --data PATH…`.

For every coded trigger in text order, the happening that it names (or "a new one") should outweigh the others: a
conditional logit over the happenings of its type so far.  Each report is taken with all its arguments and once more
with `LOST` of them missing, as from an encoder.  Prints the tab-separated weights; `--folds` prints, by report-wise
cross-validation, the F1 of events instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.actors import load
from evaluation.events import CodedScores, statements_of
from evaluation.matching import Json, pairs
from onrecord.reader import happenings
from onrecord.reader.events import drafts_of
from onrecord.reader.segment import segment

LOST = 0.4
"""Share of arguments that the shipped encoder misses, roughly."""
PENALTY = 0.05
STEPS = 250
Array = np.ndarray[Any, Any]


@dataclass(slots=True)
class Problem:
    """Decisions in flat arrays: signs of pairs, pairs of happenings, happenings of decisions."""

    names: dict[str, int] = field(default_factory=dict)
    signs: list[int] = field(default_factory=list)
    pair_of: list[int] = field(default_factory=list)
    group_of: list[int] = field(default_factory=list)
    crowd: list[int] = field(default_factory=list)
    crowd_of: list[int] = field(default_factory=list)
    decision_of: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    decisions: int = 0

    def number(self, sign: str) -> int:
        return self.names.setdefault(sign, len(self.names))

    def add(self, groups: dict[int, list[happenings.Naming]], b: happenings.Naming, own: int, since: dict[int, int]) -> None:
        """One trigger's decision; `own` is its coded happening."""
        for key, group in groups.items():
            g = len(self.size)
            for a in group:
                p = len(self.group_of)
                for s in happenings.signs(a, b):
                    self.signs.append(self.number(s))
                    self.pair_of.append(p)
                self.group_of.append(g)
            for s in happenings.crowd(len(groups), since[key]):
                self.crowd.append(self.number(s))
                self.crowd_of.append(g)
            self.size.append(len(group))
            self.decision_of.append(self.decisions)
            self.right.append(key == own)
        self.decisions += 1


    def candidate(self, signs: Iterable[str], right: bool) -> None:
        """One choice of one sign-bearer for the decision at hand."""
        for s in signs:
            self.signs.append(self.number(s))
            self.pair_of.append(len(self.group_of))
        self.group_of.append(len(self.size))
        self.decision_of.append(self.decisions)
        self.size.append(1)
        self.right.append(right)


def namings(reading: Json, lost: float) -> list[happenings.Naming]:
    """The coded triggers of a report as the rules see them."""
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "head", lost)
    return [happenings.naming(document, d) for d in drafts_of(document, scores, list(statements_of(reading).values()))]


def truth(reading: Json, found: list[happenings.Naming]) -> list[int]:
    """The number of the coded event of each trigger."""
    table: dict[tuple[str, int], int] = {}
    spans = [(e["type"], m["start"], m["end"], n) for n, e in enumerate(reading["events"]) for m in [e["trigger"], *e["mentions"]]]
    for i, b in enumerate(found):
        start, end = b.draft.trigger
        inside = [(abs(s - start) + abs(t - end), n) for k, s, t, n in spans if k == b.draft.type and s < end and start < t]
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


def fit(problem: Problem, penalty: float = PENALTY) -> Array:
    """Gradient ascent (Adam) on the log mass of the right choices; "new" weighs 0."""
    signs, pair_of, group_of = np.array(problem.signs), np.array(problem.pair_of), np.array(problem.group_of)
    crowd, crowd_of = np.array(problem.crowd, dtype=int), np.array(problem.crowd_of, dtype=int)
    decision_of, size, right = np.array(problem.decision_of), np.array(problem.size), np.array(problem.right)
    n_pairs, n_groups, n = len(group_of), len(size), len(problem.names)
    w, m, v = np.zeros(n), np.zeros(n), np.zeros(n)
    for step in range(1, STEPS + 1):
        pair = np.exp(np.clip(np.bincount(pair_of, w[signs], n_pairs), -30, 30))
        whole = np.bincount(group_of, pair, n_groups)
        group = np.exp(np.bincount(crowd_of, w[crowd], n_groups)) * whole / np.sqrt(size)
        total = 1.0 + np.bincount(decision_of, group, problem.decisions)
        hit = np.bincount(decision_of, group * right, problem.decisions)[decision_of]
        pull = np.where(hit > 0, group * right / np.maximum(hit, 1e-12), 0.0) - group / total[decision_of]
        gradient = np.bincount(crowd, pull[crowd_of], n) + np.bincount(signs, (pull[group_of] * pair / whole[group_of])[pair_of], n)
        gradient = gradient / problem.decisions * 100 - penalty * w
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w + 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def learn(readings: list[Json]) -> dict[str, float]:
    problem = Problem()
    for r in readings:
        gather(problem, r, 0.0)
        gather(problem, r, LOST)
    return dict(zip(problem.names, fit(problem).tolist(), strict=True))


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


def cross(readings: list[Json], folds: int) -> None:
    """F1 on reports that were not learnt from, by the bar of "new"."""
    bars = (-1.0, -0.5, 0.0, 0.5, 1.0)
    total = {(bar, lost): np.zeros(3) for bar in bars for lost in (0.0, LOST)}
    for k in range(folds):
        weights = learn([r for i, r in enumerate(readings) if i % folds != k])
        held = readings[k::folds]
        for bar, lost in total:
            total[bar, lost] += f1(held, weights, lost, bar)
    for (bar, lost), (right, made, coded) in total.items():
        print(f"bar {bar:5.2f} lost {lost}: P {right / made:.3f} R {right / coded:.3f} F1 {2 * right / (made + coded):.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    readings = [r for path in args.data for r in load(path)]
    if args.folds:
        cross(readings, args.folds)
        return 0
    print(printed(learn(readings)))
    return 0


def printed(weights: dict[str, float]) -> str:
    """Signs and weights as the package's tables have them; what hardly counts is left out."""
    return "\n".join(f"{sign}\t{value:.2f}" for sign, value in sorted(weights.items()) if abs(value) >= 0.05)


if __name__ == "__main__":
    sys.exit(main())
