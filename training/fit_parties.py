"""Coded reports into the weights of `onrecord.reader.parties`: `python -m training.fit_parties --data PATH… --seen PATH…`.

A conditional logit: of a report's actors, a coded one should outweigh the others and "nobody".  The reports are read
with the shipped encoder (or `--model`), and the events that it finds are paired with the coded ones.  Those of `--data` must be new to
the encoder: on reports that it was trained on its scores are far too sure, and weights fitted to them mislead.  Those that were
new to an `--earlier` encoder serve as well, read with that (`--earlier-data`).  Reports that it has seen go into `--seen`: of them only sides that the words do not give are learnt from, some made so by
striking out what the encoder says.  Prints the tab-separated weights; `--folds` prints report-wise cross-validation over
`--data` instead.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.actors import load
from evaluation.matching import overlap, pairs, ranges
from onrecord.reader.encoder import Encoder
from onrecord.reader.nominals import PRONOUNS
from onrecord.reader.parties import allowed, by_role, pick
from onrecord.reader.party_signs import ROLES, Deed, Relations, Seen, own
from onrecord.reader.pipeline import Given, cast_of
from onrecord.reader.segment import segment
from onrecord.reader.sides import deeds_of
from training.logit import LOST, Problem, fit, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.matching import Json
    from onrecord.reader.cast import Cast
    from onrecord.reader.parties import Sides

PENALTY = 0.7
"""Of the squared weights (swept .5-8 by cross-validation)."""
HONEST = 3
"""How often a decision of a report that the encoder has not seen counts beside one of a report that it has."""
_MIN_INSIDE = 4
_PLURAL = ("actors", "recipients")
Right = tuple[frozenset[int], frozenset[int]]


@dataclass(slots=True)
class Choice:
    """One found happening that is coded too: its deed, the report's relations, and who is coded on each side."""

    deed: Deed
    relations: Relations
    right: Right
    coded: tuple[bool, bool]
    """Is anybody coded there, whether the report's cast has them or not?"""
    asked: tuple[bool, bool] = (True, True)
    """The sides that are learnt from."""

    def near(self) -> list[Seen]:
        return [Seen(self.deed, p, self.relations) for p in self.relations.near(self.deed)]


def choices(reading: Json, encoder: Encoder) -> list[Choice]:
    """What the reader finds of a coded report, with the truth."""
    report = reading["report"]
    document = segment(report["text"])
    given = Given(report["text"], published=report.get("published"))
    _, cast = cast_of(given, document, encoder([document])[0])
    deeds, players = deeds_of(cast)
    relations = Relations(document, deeds, players)
    actors = {a["id"]: a for a in reading["actors"]}
    listed = [{"deed": d} for d in deeds]

    def alike(e: Json, found: Json) -> float:
        d = found["deed"]
        spans = [(m["start"], m["end"]) for m in [e["trigger"], *e["mentions"]]]
        return float(e["type"] == d.type and overlap(spans, d.namings))

    def numbers(e: Json, side: str) -> frozenset[int]:
        return frozenset(n for i in e[side] for n in _same(cast, actors[i], [p.number for p in players]))

    return [
        Choice(f["deed"], relations, (numbers(e, "actors"), numbers(e, "recipients")), (bool(e["actors"]), bool(e["recipients"])))
        for e, f in pairs(reading["events"], listed, alike, 1)
    ]  # fmt: skip


def _same(cast: Cast, actor: Json, numbers: Sequence[int]) -> list[int]:
    """The players that a coded actor is: by a mention's place or a whole name, else by a name inside another."""
    spots, words = set(ranges(actor["mentions"])), _words([actor["name"], *(m["text"] for m in actor["mentions"])])
    text, entities = cast.document.text, cast.book.entities
    found = {n: _words([entities[n].name, *(text[a:b] for a, b in entities[n].mentions)]) for n in numbers}
    exact = [n for n, w in found.items() if w & words or spots & set(entities[n].mentions)]
    long = [w for w in words if len(w) >= _MIN_INSIDE]
    return exact or [n for n, w in found.items() if any(a in b or b in a for a in long for b in w if len(b) >= _MIN_INSIDE)]  # fmt: skip


def _words(names: Sequence[str]) -> set[str]:
    small = {n.lower().removeprefix("the ") for n in names if n}
    return {n for n in small if n not in PRONOUNS}


def struck_out(found: list[Choice], chance: random.Random) -> list[Choice]:
    """Choices of a report that the encoder has seen: sides that are told nowhere near, and a share of the others, as if
    it had heard nothing; the rest stays, but is not learnt from."""
    changed: list[Choice] = []
    for c in found:
        silent = tuple(not r or not _near(c, r) or chance.random() < LOST for r in c.right)
        heard = {
            n: (0.0 if silent[0] else a, 0.0 if silent[1] else r) for n, (a, r) in c.deed.heard.items()
        }  # fmt: skip
        deed = replace(
            c.deed,
            actors=[] if silent[0] else c.deed.actors,
            recipients=[] if silent[1] else c.deed.recipients,
            heard={n: h for n, h in heard.items() if max(h) > 0},
        )
        changed.append(replace(c, deed=deed, asked=(silent[0], silent[1])))
    if not changed:
        return []
    old = found[0].relations
    relations = Relations(old.document, [c.deed for c in changed], list(old.of.values()))
    return [replace(c, relations=relations) for c in changed]


def _near(c: Choice, right: frozenset[int]) -> bool:
    homes = {c.relations.document.sentence_at(n[0]) for n in c.deed.namings}
    return any(number in right for h in homes for _, _, number in c.relations.at.get(h, ()))


def add(problem: Problem, c: Choice) -> None:
    """The decisions of one happening."""
    near = c.near()
    others = ((), tuple(sorted(c.right[0] & {x.player.number for x in near})))
    for k, role in enumerate(ROLES):
        open_to = allowed(near, others[k])
        right = c.right[k] - set(others[k])
        if not open_to or not c.asked[k] or (c.coded[k] and not any(x.player.number in right for x in open_to)):
            continue
        for x in open_to:
            signs = [*x.common, *own(c.deed, role, others[k], x, c.relations)]
            problem.candidate([f"{role[0]} {s}" for s in signs], x.player.number in right)
        problem.decisions += 1


def learn(honest: list[list[Choice]], seen: list[list[Choice]]) -> dict[str, float]:
    problem = Problem()
    for c in (c for found in honest for c in found for _ in range(HONEST)):
        add(problem, c)
    for c in (c for found in seen for c in found):
        add(problem, c)
    return dict(zip(problem.names, fit(problem, PENALTY).tolist(), strict=True))


def cross(honest: list[list[Choice]], seen: list[list[Choice]], folds: int) -> None:
    """Shares of happenings whose sides share an actor with the coding, or are empty in both."""
    tally: Counter[str] = Counter()
    for k in range(folds):
        table = by_role(learn([f for i, f in enumerate(honest) if i % folds != k], seen))
        for c in (c for f in honest[k::folds] for c in f):
            actors, recipients = _fits(c, pick(c.deed, c.near(), c.relations, table))
            tally.update({"all": 1, "actors": actors, "recipients": recipients, "both": actors and recipients})
            tally["both, as the words give them"] += all(_fits(c, (tuple(c.deed.actors), tuple(c.deed.recipients))))
    for name, n in tally.items():
        print(f"{name}: {n} {n / tally['all']:.3f}")


def _fits(c: Choice, sides: Sides) -> list[bool]:
    return [bool(set(s) & r) if coded else not s for s, r, coded in zip(sides, c.right, c.coded, strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--seen", type=Path, nargs="*", default=[])
    parser.add_argument("--model", type=Path, help="another encoder than the shipped one")
    parser.add_argument("--earlier", type=Path, help="an earlier encoder, for reports that only later ones have seen …")
    parser.add_argument("--earlier-data", type=Path, nargs="*", default=[], help="… and those reports")
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    encoder = Encoder(args.model)
    honest = [choices(r, encoder) for path in args.data for r in load(path)]
    if args.earlier:
        earlier = Encoder(args.earlier)
        honest += [choices(r, earlier) for path in args.earlier_data for r in load(path)]
    chance = random.Random(1)
    seen = [struck_out(choices(r, encoder), chance) for path in args.seen for r in load(path)]
    if args.folds:
        cross(honest, seen, args.folds)
    else:
        print(printed("Sign that an actor is on a side of an event, its weight", "parties", learn(honest, seen)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
