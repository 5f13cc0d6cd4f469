"""Coded reports into the weights of `onrecord.reader.happenings`: `python -m training.fit_happenings --data PATH…`.

For every coded trigger in text order, the happening that it names (or "a new one") should outweigh the others: a
conditional logit over the happenings of its type so far.  Each report is taken with all its arguments and once more
with `LOST` of them missing, as from an encoder.  Reports that the encoder has not seen go into `--found`: of them the
triggers and arguments are taken as it finds them, so that its own mistakes are learnt from as well; those that were new
to an `--earlier` encoder serve, too (`--earlier-data`).  Prints the tab-separated weights; `--folds` prints, by
report-wise cross-validation over `--data`, the F1 of events instead.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.actors import load
from evaluation.events import CodedScores, statements_of
from evaluation.matching import Json, pairs
from onrecord.reader import happenings
from onrecord.reader.attribution import attribute
from onrecord.reader.dateline import read_header
from onrecord.reader.encoder import Encoder
from onrecord.reader.events import drafts_of
from onrecord.reader.names import find_names
from onrecord.reader.segment import segment
from training.logit import LOST, Problem, fit, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

PENALTY = 0.05
"""Of the squared weights (swept .02-.1 by cross-validation)."""


def namings(reading: Json, lost: float) -> list[happenings.Naming]:
    """The coded triggers of a report as the rules see them."""
    document = segment(reading["report"]["text"])
    scores: Any = CodedScores(document, reading, "head", lost)
    return [happenings.naming(document, d) for d in drafts_of(document, scores, list(statements_of(reading).values()))]


def found_namings(reading: Json, encoder: Encoder) -> list[happenings.Naming]:
    """The triggers that an encoder finds in a report."""
    document = segment(reading["report"]["text"])
    scores = encoder([document])[0]
    header = read_header(reading["report"]["text"], published=reading["report"].get("published"))
    drafts = drafts_of(document, scores, attribute(document, scores), find_names(document, scores, header.places))
    return [happenings.naming(document, d) for d in drafts if d.trigger[0] >= header.body_start]


def truth(reading: Json, found: list[happenings.Naming]) -> list[int]:
    """The number of the coded event of each trigger; for what is not coded, a number below nought of its own."""
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
        table["", i] = min(inside)[1] if inside else -1 - i
    return [table["", i] for i in range(len(found))]


def gather(problem: Problem, reading: Json, found: list[happenings.Naming]) -> None:
    """The decisions of a report; where a trigger is not coded there is none, but it stands among the earlier ones."""
    own = truth(reading, found)
    for kind in {b.draft.type for b in found}:
        line = [i for i, b in enumerate(found) if b.draft.type == kind]
        for k, i in enumerate(line):
            if own[i] < 0:
                continue
            groups: dict[int, list[happenings.Naming]] = {}
            since: dict[int, int] = {}
            for away, j in enumerate(reversed(line[max(0, k - happenings.MAX_BACK) : k])):
                groups.setdefault(own[j], []).append(found[j])
                since.setdefault(own[j], away)
            if groups:
                problem.add(groups, found[i], own[i], since)


Found = tuple[Json, list[happenings.Naming]]


def learn(readings: list[Json], found: Sequence[Found] = ()) -> dict[str, float]:
    problem = Problem()
    for r, line in found:
        gather(problem, r, line)
    for r in readings:
        gather(problem, r, namings(r, 0.0))
        gather(problem, r, namings(r, LOST))
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


def fitted(readings: list[Json], found: Sequence[Found] = ()) -> str:
    """The table of weights."""
    return printed("Sign that two triggers name one happening, its weight", "happenings", learn(readings, found))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--found", type=Path, nargs="*", default=[])
    parser.add_argument("--model", type=Path, help="another encoder than the shipped one")
    parser.add_argument("--earlier", type=Path, help="an earlier encoder, for reports that only later ones have seen …")
    parser.add_argument("--earlier-data", type=Path, nargs="*", default=[], help="… and those reports")
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    sets = [load(path) for path in args.data]
    if args.folds:
        cross(sets, args.folds)
        return 0
    found: list[Found] = []
    for model, paths in ((args.model, args.found), (args.earlier, args.earlier_data)):
        encoder = Encoder(model) if paths else None
        found += [(r, found_namings(r, encoder)) for path in paths for r in load(path) if encoder is not None]
    print(fitted([r for part in sets for r in part], found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
