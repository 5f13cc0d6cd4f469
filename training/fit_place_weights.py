"""Gold toponyms into the weights of `onrecord.reader.place_senses`: `python training/fit_place_weights.py --data PATH`.

A conditional logit: for each name of a document, the candidates within 161 km of the gold point
should have the mass.  Context features depend on the weights (through the other names' senses), so
fitting and featurising alternate.  Learns on the odd documents of LGL and of GeoVirus and on the
train part of the coded reports; each source counts alike.  Prints the weights to paste.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.gazetteer import countries, default_gazetteer, kilometres
from onrecord.reader import place_senses
from onrecord.reader.places import PlaceName, _mention, group_mentions
from onrecord.reader.segment import segment

START = {
    "size_place": 1.0, "size_division": 0.7, "is_division": 0.5, "is_country": 2.0, "is_capital": 1.0,
    "in_container": 3.0, "off_container": -1.0, "kind_agrees": 2.0, "kind_clashes": -2.0, "loose": -1.0,
    "country_share": 2.0, "division_share": 2.0, "nearness": 1.0, "is_district": -2.0,
}  # fmt: skip
PENALTY = 0.0005
REACH_KM = 161.0


def load(data: Path) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """(source, text, gold spans with lat, lon and perhaps country) of the learning documents."""
    found = []
    for source, file in (("lgl", "lgl/lgl.jsonl"), ("geovirus", "geovirus/geovirus.jsonl")):
        with (data / "place" / file).open(encoding="utf-8") as stream:
            for i, line in enumerate(stream):
                row = json.loads(line)
                if i % 2:
                    found.append((source, row["text"], row["spans"]))
    with (data / "gold_reports" / "train.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            spans = [
                {**p, "lat": p["latitude"], "lon": p["longitude"]} for p in row["places"] if p["form"] != "nominal"
            ]
            found.append(("reports", row["report"]["text"], spans))
    return found


def right(place: Any, gold: dict[str, Any]) -> bool:
    """Is a candidate the gold place?  Countries by code where the gold has one: their points are a convention."""
    if gold.get("precision") == "country":
        return bool(place_senses.is_country(place)) and place.country == gold["country"]
    return kilometres(place.latitude, place.longitude, gold["lat"], gold["lon"]) <= REACH_KM


class Problem:
    """One document: its stage, and which of its candidates are right."""

    def __init__(self, source: str, text: str, spans: list[dict[str, Any]]) -> None:
        document = segment(text)
        gaz = default_gazetteer()
        mentions = [_mention(document, PlaceName(s["start"], s["end"], "Location"), gaz) for s in spans]
        groups = [g for g in group_mentions(mentions) if g.senses]
        self.source, self.groups = source, groups
        if not groups:
            return
        given = [m.people.iso3 for m in mentions if m.people and m.people.iso3]
        near = {c.iso3: frozenset(c.neighbours) for c in countries().values()}
        self.stage = place_senses._Stage(groups, given, near)
        truth: list[float] = []
        for g in groups:
            golds = [spans[i] for i in g.mentions if spans[i].get("lat") is not None]
            truth += [float(any(right(p, s) for s in golds)) for p in g.senses]
        self.truth = np.array(truth)
        self.count = np.array([len(g.mentions) ** 0.5 for g in groups])

    def featurise(self, w: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Features at the point that the weights lead to."""
        p = self.stage.probabilities(self.stage.fixed @ w)
        for _ in range(place_senses.ROUNDS - 1):
            p = self.stage.probabilities(self.stage.features(p) @ w)
        return self.stage.features(p)


def fit(problems: list[Problem], steps: int, rounds: int) -> np.ndarray[Any, Any]:
    """Alternate featurising and gradient ascent (Adam) on the log mass of the right candidates."""
    w = np.array([START.get(n, 0.0) for n in place_senses.FEATURES])
    total = {s: sum(p.count.sum() for p in problems if p.source == s) for s in {p.source for p in problems}}
    for _ in range(rounds):
        featured = [(p, p.featurise(w)) for p in problems]
        m = np.zeros_like(w)
        v = np.zeros_like(w)
        for step in range(1, steps + 1):
            gradient = -PENALTY * w
            for problem, phi in featured:
                gradient += _gradient(problem, phi, w) / total[problem.source]
            m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
            w = w + 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def _gradient(problem: Problem, phi: np.ndarray[Any, Any], w: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    group = problem.stage.group
    p = problem.stage.probabilities(phi @ w)
    hit = np.bincount(group, p * problem.truth, problem.stage.n_groups)
    some = np.bincount(group, problem.truth, problem.stage.n_groups) > 0
    posterior = np.where(hit[group] > 1e-12, p * problem.truth / np.maximum(hit[group], 1e-12), 0.0)
    pull = (posterior - p) * (some * problem.count)[group]
    return np.asarray(phi.T @ pull)


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=6)
    args = parser.parse_args()
    problems = [p for p in (Problem(*d) for d in load(args.data)) if p.groups]
    w = fit(problems, args.steps, args.rounds)
    for name, value in zip(place_senses.FEATURES, w, strict=True):
        print(f'    "{name}": {value:.2f},')
    return 0


if __name__ == "__main__":
    sys.exit(main())
