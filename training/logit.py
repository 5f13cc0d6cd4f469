"""Decisions with signs for every choice -> fitted weights: the conditional logit that the event rules' tables share."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.actors import load
from onrecord.reader import happenings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evaluation.matching import Json
    from onrecord.reader.events import EventDraft

LOST = 0.4
"""Share of arguments that the shipped encoder misses, roughly: rules are fitted with and without them."""
STEPS = 250
LEAST = 0.05
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

    def add(
        self, groups: dict[int, list[happenings.Naming]], b: happenings.Naming, own: int, since: dict[int, int]
    ) -> None:
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


def fit(problem: Problem, penalty: float) -> Array:
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
        gradient: Array = np.bincount(crowd, pull[crowd_of], n) + np.bincount(
            signs, (pull[group_of] * pair / whole[group_of])[pair_of], n
        )
        gradient = gradient / problem.decisions * 100 - penalty * w
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w + 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def printed(title: str, module: str, weights: dict[str, float]) -> str:
    """Signs and weights as the package's tables have them; what hardly counts is left out."""
    head = f"# {title}: fitted by training/fit_{module}.py, read by onrecord.reader.{module}."
    rows = [f"{sign}\t{value:.2f}" for sign, value in sorted(weights.items()) if abs(value) >= LEAST]
    return "\n".join([head, *rows])


def draft_of(e: Json, drafts: list[EventDraft]) -> EventDraft | None:
    """The drafts of a coded event's triggers as one."""
    spans = [(m["start"], m["end"]) for m in [e["trigger"], *e["mentions"]]]
    own = [d for d in drafts if d.type == e["type"] and any(s < d.trigger[1] and d.trigger[0] < t for s, t in spans)]
    if not own:
        return None
    for d in own[1:]:
        own[0].mentions.append(d.trigger)
        own[0].times = own[0].times or d.times
    return own[0]


def run(doc: str | None, fitted: Callable[[list[Json]], str], cross: Callable[[list[list[Json]], int], None]) -> int:
    """The command line of a fitting script: print the table, or cross-validate."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    sets = [load(path) for path in args.data]
    if args.folds:
        cross(sets, args.folds)
    else:
        print(fitted([r for part in sets for r in part]))
    return 0
