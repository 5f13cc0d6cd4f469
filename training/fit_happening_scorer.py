"""Grouped reports -> the trees of `onrecord.collate.happening_scorer`: `python -m training.fit_happening_scorer --data PATH [--readings DIR]`.

`PATH` is the folder of the shared data; `DIR` keeps our reader's readings of it (made where they are missing; minutes).
Learns from pairs of main accounts of GVA articles and of ECB+ gold mentions, of the training splits alone, and, as pairs
of two happenings that are much alike, of items on one war or talks from the current-events portal, where every item
tells of its own day; half of those that name no day are given theirs.  A pair of one happening counts by the size of its group, so that small happenings count like large ones; most of the easy pairs
of two happenings are left out and the others stand for them.  What is likeness may only raise the score, what is
distance only lower it (monotone trees), which keeps one set's habits from becoming rules.  Needs scikit-learn and scipy,
which the package itself does not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.happenings_sets import Told, current_told, ecb_told, gva_told
from onrecord.collate.happening_signs import SIGNS, Prepared, signs

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "collate" / "data" / "happening_trees.tsv"
RAISES = frozenset(
    "type modes status trigger crossed words rest names names_rare numbers number_share about named topic named_actors "
    "actors recipients country figures_same".split()
)
LOWERS = frozenset("km gap told_gap reported figures_differ".split())
LEAST_ABOUT = {"gva": 0.08, "ecb": 0.03, "current": 0.08}
"""Cosine of two reports below which a pair is never one happening (recall .93 and .99 of the pairs that are)."""
EASY, KEPT = 0.25, 0.1
"""Pairs of two happenings below this cosine are easy; the share of them that is learnt from."""
WEIGHT = {"gva": 3.0, "ecb": 0.4, "current": 1.0}
TREES: dict[str, Any] = {
    "max_iter": 100, "max_depth": 4, "learning_rate": 0.12, "min_samples_leaf": 60, "l2_regularization": 3.0,
    "early_stopping": False, "random_state": 0,
}  # fmt: skip


def pairs(told: list[Told], kind: str) -> Iterator[tuple[tuple[float, ...], bool, float]]:
    """(signs, one happening?, weight) of the pairs that are learnt from."""
    size = Counter(t.gold for t in told)
    ready = [Prepared(t.account) for t in told]
    dice = np.random.default_rng(0)
    alike = _cosines(ready)
    for i, j, value in zip(alike.row.tolist(), alike.col.tolist(), alike.data.tolist(), strict=True):
        if value < LEAST_ABOUT[kind] or (kind == "current" and told[i].split != told[j].split):
            continue
        one, easy = told[i].gold == told[j].gold, kind != "current" and value < EASY
        if not one and easy and dice.random() >= KEPT:
            continue
        weight = (2 / size[told[i].gold]) ** 0.5 if one else 1 / KEPT if easy else 1.0
        yield signs(ready[i], ready[j]), one, WEIGHT[kind] * weight


def _cosines(ready: list[Prepared]) -> Any:
    """How alike all reports are, as a sparse upper triangle."""
    from scipy import sparse

    number: dict[str, int] = {}
    rows = [
        (k, number.setdefault(w, len(number)), x / p.about_norm)
        for k, p in enumerate(ready)
        for w, x in p.about.items()
    ]
    at, column, value = zip(*rows, strict=True)
    table = sparse.csr_matrix((value, (at, column)), shape=(len(ready), len(number)))
    return sparse.triu(table @ table.T, 1).tocoo()


def learn(told: dict[str, list[Told]]) -> Any:
    """The fitted trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = [row for kind, found in told.items() for row in pairs(found, kind)]
    x, y, weight = (np.array([row[k] for row in rows]) for k in range(3))
    monotone = [1 if s in RAISES else -1 if s in LOWERS else 0 for s in SIGNS]
    return HistGradientBoostingClassifier(monotonic_cst=monotone, **TREES).fit(x, y, sample_weight=weight)


def dated(told: Told) -> Told:
    """An item of the portal with the day that it stands under, where it names none."""
    a = told.account
    return told if a.begin else replace(told, account=replace(a, begin=a.day, until=a.day, dated_by="stated"))


def printed(model: Any) -> str:
    """The table that the package reads."""
    lines = [
        "# Boosted trees over onrecord.collate.happening_signs: fitted by training/fit_happening_scorer.py, "
        "read by onrecord.collate.happening_scorer.",
        f"base\t{float(np.ravel(model._baseline_prediction)[0]):.6g}",
    ]
    for tree, (predictor,) in enumerate(model._predictors):
        for n in predictor.nodes:
            if n["is_leaf"]:
                lines.append(f"{tree}\t-\t{n['value']:.5g}\tl\t0\t0")
            else:
                side = "l" if n["missing_go_to_left"] else "r"
                sign = SIGNS[n["feature_idx"]]
                lines.append(f"{tree}\t{sign}\t{n['num_threshold']:.9g}\t{side}\t{n['left']}\t{n['right']}")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--readings", type=Path, default=None, help="folder that keeps the readings")
    args = parser.parse_args()
    gva = [t for t in gva_told(args.data, args.readings) if t.split == "train"]
    current = [dated(t) if k % 2 else t for k, t in enumerate(current_told(args.data, args.readings))]
    told = {"gva": gva, "ecb": ecb_told(args.data, args.readings, "train"), "current": current}
    OUT.write_text(printed(learn(told)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
