"""Grouped reports -> the trees of `onrecord.collate.happening_scorer`: `python -m training.fit_happening_scorer --data PATH [--readings DIR]`.

`PATH` is the folder of the shared data; `DIR` keeps our reader's readings of it (made where they are missing; minutes).
Learns from pairs of main accounts of GVA articles and of ECB+ gold mentions, of the training splits alone.  A pair of
one happening counts by the size of its group, so that small happenings count like large ones; most of the easy pairs
of two happenings are left out and the others stand for them.  What is likeness may only raise the score, what is
distance only lower it (monotone trees), which keeps one set's habits from becoming rules.  Needs scikit-learn, which
the package itself does not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.happenings_sets import Told, ecb_told, gva_told
from onrecord.collate.happening_signs import SIGNS, Prepared, signs

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "collate" / "data" / "happening_trees.tsv"
RAISES = frozenset(
    "type modes status trigger crossed words rest names names_rare numbers number_share about named topic named_actors "
    "actors recipients country figures_same".split()
)
LOWERS = frozenset("km gap told_gap reported figures_differ".split())
LEAST_ABOUT = {"gva": 0.08, "ecb": 0.03}
"""Cosine of two reports below which a pair is never one happening (recall .93 and .99 of the pairs that are)."""
EASY, KEPT = 0.25, 0.1
"""Pairs of two happenings below this cosine are easy; the share of them that is learnt from."""
WEIGHT = {"gva": 1.0, "ecb": 0.4}
TREES: dict[str, Any] = {
    "max_iter": 100, "max_depth": 4, "learning_rate": 0.12, "min_samples_leaf": 60, "l2_regularization": 3.0,
    "early_stopping": False, "random_state": 0,
}  # fmt: skip
_ABOUT = SIGNS.index("about")


def pairs(told: list[Told], kind: str) -> Iterator[tuple[tuple[float, ...], bool, float]]:
    """(signs, one happening?, weight) of the pairs that are learnt from."""
    size = Counter(t.gold for t in told)
    ready = [Prepared(t.account) for t in told]
    dice = np.random.default_rng(0)
    for (a, x), (b, y) in combinations(zip(ready, told, strict=True), 2):
        if a.about.keys().isdisjoint(b.about):
            continue
        values, one = signs(a, b), x.gold == y.gold
        if not values[_ABOUT] >= LEAST_ABOUT[kind]:
            continue
        easy = not one and values[_ABOUT] < EASY
        if easy and dice.random() >= KEPT:
            continue
        yield values, one, WEIGHT[kind] * ((2 / size[x.gold]) ** 0.5 if one else 1 / KEPT if easy else 1.0)


def learn(told: dict[str, list[Told]]) -> Any:
    """The fitted trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = [row for kind, found in told.items() for row in pairs(found, kind)]
    x, y, weight = (np.array([row[k] for row in rows]) for k in range(3))
    monotone = [1 if s in RAISES else -1 if s in LOWERS else 0 for s in SIGNS]
    return HistGradientBoostingClassifier(monotonic_cst=monotone, **TREES).fit(x, y, sample_weight=weight)


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
    told = {"gva": gva, "ecb": ecb_told(args.data, args.readings, "train")}
    OUT.write_text(printed(learn(told)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
