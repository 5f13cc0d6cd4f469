"""How well accounts of one happening are found across reports: `python -m evaluation.happenings --data PATH [--readings DIR]`.

`PATH` is the folder of the shared data; `DIR` keeps our reader's readings of it (made where they are missing; minutes).
Every row is B³ with singletons counted, over groups made by the product's own `score` and `cluster`:

- *GVA, GVC dev* and *GVA, held*: which articles tell of one incident.  Each article is read by our reader and stands
  with its main account; nothing else is given (the date of the article is its `published`).  "GVC dev" are the 77
  articles of the 37 incidents of the Gun Violence Corpus's dev split (UKPLab's); "held" those of every fifth other
  incident, single ones included, which the scorer was not fitted on.  `bounded` compares only pairs that share a block
  (the product's way), `all` compares all.
- *ECB+ dev*: gold event mentions, as in Cybulska and Vossen's setting and Barhom et al. 2019 (mentions given, no
  topic given, validated sentences only, singletons and within-document chains counted); each mention is compared
  with all others across all topics.
- *lemma*: the usual baseline of the field for ECB+, mentions of one stem in one topic, the topic given.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.command import MissingDataError, Targets, needed, options, show
from evaluation.happenings_scoring import Score, b_cubed
from evaluation.happenings_sets import ecb_told, gva_told, topics
from evaluation.matching import Row, Table
from onrecord.collate.happening_blocks import blocks
from onrecord.collate.happening_scorer import score
from onrecord.collate.happenings import EDGE, JOIN, cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluation.happenings_sets import Told


TARGETS: Targets = {
    "GVA, GVC dev": {"bounded": {"f1": 0.85}},
    "GVA, held": {"bounded": {"f1": 0.85}},
    "ECB+ dev, mentions given": {"all pairs": {"f1": 0.80}},
}


def edges(told: list[Told], bounded: bool) -> list[tuple[str, str, float]]:
    """The pairs worth an edge, among all or among those that share a block."""
    found = []
    for a, b in _candidates(told) if bounded else combinations(told, 2):
        if (value := score(a.account, b.account)) >= EDGE:
            found.append((a.account.id, b.account.id, value))
    return found


def _candidates(told: list[Told]) -> Iterator[tuple[Told, Told]]:
    crowd: dict[str, list[int]] = defaultdict(list)
    for k, t in enumerate(told):
        for key in blocks(t.account):
            crowd[key].append(k)
    for a, b in sorted({pair for members in crowd.values() for pair in combinations(members, 2)}):
        yield told[a], told[b]


def grouped(told: list[Told], *, bounded: bool, join: float = JOIN) -> Score:
    """B³ of the groups that the product makes of some accounts."""
    gold = {t.account.id: t.gold for t in told}
    return b_cubed(cluster(gold, edges(told, bounded), join), gold)


def lemma(told: list[Told], topic: dict[str, str]) -> Score:
    """B³ of one group per stem and given topic."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for t in told:
        groups[topic[t.document], *t.account.trigger].append(t.account.id)
    return b_cubed(groups.values(), {t.account.id: t.gold for t in told})


def scored(data: Path, readings: Path | None) -> dict[str, Table]:
    """Every table.

    Raises:
        MissingDataError: a set is missing.
    """
    needed(data, "events/gva_longtail/articles.jsonl", "events/ecbplus/dev.jsonl")
    gva, ecb = gva_told(data, readings), ecb_told(data, readings, "dev")
    gvc, held = ([t for t in gva if t.split == name] for name in ("gvc", "held"))
    return {
        "GVA, GVC dev": {"all pairs": _row(grouped(gvc, bounded=False)), "bounded": _row(grouped(gvc, bounded=True))},
        "GVA, held": {"bounded": _row(grouped(held, bounded=True))},
        "ECB+ dev, mentions given": {
            "all pairs": _row(grouped(ecb, bounded=False)),
            "lemma, topic given": _row(lemma(ecb, topics(data, "dev"))),
        },
    }


def _row(found: Score) -> Row:
    return Row(found.precision, found.recall, found.f1, found.things)


def main() -> int:
    """Score and print."""
    parser = options(__doc__)
    parser.add_argument("--readings", type=Path, default=None, help="folder that keeps the readings")
    args = parser.parse_args()
    try:
        tables = scored(args.data, args.readings)
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    show(tables, TARGETS, as_json=args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
