"""Coded reports into the weights of positions: `python -m training.fit_positions --data PATH… > position_weights.tsv`.

Four choices over what the reader finds with the shipped encoder (or `--model`): which candidates are positions (`stand_signs`), whose
they are (`stand_parties`), and which stance and issue they have (`stand_labels`).  The reports must be new to the encoder:
on those that it was trained on its scores are far too sure, and weights fitted to them mislead; so this script is no part
of `fit_events`, which takes any coded report.  Reports that were new to an `--earlier` encoder serve as well, read
with that (`--earlier-data`).  Reports that it has seen go into `--seen`: from them party, stance and
issue are learnt without what the encoder says.  `--folds` prints report-wise cross-validation over `--data` instead.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.actors import load
from onrecord.reader.encoder import Encoder
from onrecord.reader.pipeline import Given, cast_of
from onrecord.reader.segment import segment
from onrecord.reader.stand_frame import Frame
from onrecord.reader.stand_labels import issue_options, stance_options
from onrecord.reader.stand_parties import Stands
from onrecord.reader.stand_pool import pool, shared
from onrecord.reader.stand_signs import signs
from onrecord.reader.stand_weights import CHOICES
from training.logit import LEAST, Problem, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaluation.matching import Json
    from onrecord.reader.cast import Cast
    from onrecord.reader.stand_frame import PositionDraft

PENALTY = {"keep": 2.0, "party": 2.0, "stance": 1.0, "issue": 1.0}
"""Of the squared weights (swept .1-8 by cross-validation)."""
FOUND = 0.3
"""What a candidate must share with a coded position to be one: as the score has it, a tie of issue counts this much."""
MIN_INSIDE = 4
_ENCODER = ("pair", "kin", "head", "no rule, head")
"""How the signs begin that tell what the encoder says."""
Options = list[tuple[list[str], bool]]
"""The signs of every option, and whether it is right."""
Decisions = dict[str, list[Options]]


@dataclass(slots=True)
class Names:
    """What a report's coded actors are called."""

    coded: Mapping[str, set[str]] = field(default_factory=dict)

    def same(self, actors: Iterable[str], cast: Cast, n: int) -> bool:
        """Is an entity one of some coded actors: a shared name, or one inside the other?"""
        e, text = cast.book.entities[n], cast.document.text
        mine = {e.name.lower(), *(text[slice(*m)].lower() for m in e.mentions)}
        theirs = {x for a in actors for x in self.coded.get(a, ())}
        return any(x == y or (min(len(x), len(y)) >= MIN_INSIDE and (x in y or y in x)) for x in mine for y in theirs)


def decisions(reading: Json, encoder: Encoder) -> Decisions:
    """Every choice that the reader has to make in a report as the encoder sees it, with what the coder chose."""
    document = segment(reading["report"]["text"])
    (scores,) = encoder([document])
    _, cast = cast_of(Given(document.text), document, scores)
    frame, stands = Frame(document, cast.drafts.statements, cast.drafts.events), Stands(cast)
    names = Names(
        {a["id"]: {a["name"].lower(), *(m["text"].lower() for m in a["mentions"])} for a in reading["actors"]}
    )
    found = [d for d in pool(document, scores, frame) if cast.in_body(d.span[0])]
    beside: dict[int, list[PositionDraft]] = defaultdict(list)
    for d in found:
        beside[document.sentence_at(d.span[0])].append(d)
    made: Decisions = {c: [] for c in CHOICES}
    for d in found:
        coded = _coded(d, reading)
        options = list(stands.options(d))
        if options:  # what is nobody's is dropped
            made["keep"].append([(list(signs(frame, scores, d, beside[document.sentence_at(d.span[0])])), bool(coded))])
        if coded:
            made["party"].append([(s, names.same(coded["parties"], cast, n)) for n, s in options])
            made["stance"].append([(s, name == coded["stance"]) for name, s in stance_options(frame, scores, d)])
            made["issue"].append([(s, name == coded["issue"]) for name, s in issue_options(frame, scores, d)])
    return made


def _coded(d: PositionDraft, reading: Json) -> Json | None:
    """The coded position that a candidate is."""
    rated = []
    for n, p in enumerate(reading["positions"]):
        common = shared(d.span, (p["span"]["start"], p["span"]["end"]))
        rated.append((common + FOUND * (p["issue"] == d.issue) if common else 0.0, -n))
    value, n = max(rated, default=(0.0, 0))
    return reading["positions"][-n] if value >= FOUND else None


def learn(rows: Iterable[Options], choice: str) -> dict[str, float]:
    problem = Problem()
    for options in rows:
        if choice == "keep" or any(right for _, right in options):
            for found, right in options:
                problem.candidate(found, right)
            problem.decisions += 1
    return dict(zip(problem.names, fit(problem, PENALTY[choice]).tolist(), strict=True))


def unseen(made: Decisions) -> Decisions:
    """What may be learnt from a report that the encoder was trained on."""
    found: Decisions = {c: [] for c in CHOICES}
    for choice in ("party", "stance", "issue"):
        for options in made[choice]:
            found[choice].append([([s for s in told if not s.startswith(_ENCODER)], ok) for told, ok in options])
    return found


def cross(reports: list[Decisions], seen: list[Decisions], folds: int) -> None:
    """How many of each choice come out right; for `keep` F1 of candidates by log-odds."""
    right, asked = dict.fromkeys(CHOICES, 0), dict.fromkeys(CHOICES, 0)
    rated: list[tuple[float, bool]] = []
    for k in range(folds):
        for choice in CHOICES:
            others = [*(r for i, r in enumerate(reports) if i % folds != k), *seen]
            weights = learn((o for r in others for o in r[choice]), choice)
            for options in (o for r in reports[k::folds] for o in r[choice] if o):
                values = [(sum(weights.get(s, 0.0) for s in found), ok) for found, ok in options]
                rated += values if choice == "keep" else []
                right[choice] += max(values)[1] if choice != "keep" else (values[0][0] > 0) == values[0][1]
                asked[choice] += 1
    for choice in CHOICES:
        print(f"{choice}: {right[choice] / max(1, asked[choice]):.3f} of {asked[choice]} right")
    every = sum(ok for _, ok in rated)
    for bar in (-1.2, -1.0, -0.8, -0.6, -0.4):
        held = [ok for value, ok in rated if value >= bar]
        print(f"  candidates from {bar}: P {sum(held) / max(1, len(held)):.3f} R {sum(held) / max(1, every):.3f}")


def fitted(reports: list[Decisions]) -> str:
    """The table of weights."""
    lines = [
        "# Choice about a position, sign, weight: fitted by training/fit_positions.py, read by onrecord.reader.stand_weights."
    ]
    for choice in CHOICES:
        weights = learn((o for r in reports for o in r[choice]), choice)
        lines += [f"{choice}\t{s}\t{w:.2f}" for s, w in sorted(weights.items()) if abs(w) >= LEAST]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--seen", type=Path, nargs="*", default=[])
    parser.add_argument("--model", type=Path, help="another encoder than the shipped one")
    parser.add_argument("--earlier", type=Path, help="an earlier encoder, for reports that only later ones have seen …")
    parser.add_argument("--earlier-data", type=Path, nargs="*", default=[], help="… and those reports")
    args = parser.parse_args()
    encoder = Encoder(args.model)
    reports = [decisions(r, encoder) for path in args.data for r in load(path)]
    if args.earlier:
        earlier = Encoder(args.earlier)
        reports += [decisions(r, earlier) for path in args.earlier_data for r in load(path)]
    seen = [unseen(decisions(r, encoder)) for path in args.seen for r in load(path)]
    if args.folds:
        cross(reports, seen, args.folds)
    else:
        print(fitted([*reports, *seen]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
