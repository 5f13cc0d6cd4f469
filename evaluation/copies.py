"""How well copies are found: `python -m evaluation.copies --data PATH [--seed N] [--set learn|kept|all]`.

Makes pools of reports (see `copies_pool`), finds the copies in each and compares the groups with how the reports were
made: the adjusted Rand index (Hubert and Arabie 1985) over all reports, and precision, recall and F1 of pairs.  Beside
it stands what plain MinHash does at its best threshold: pairs by their resemblance, joined one after the other.
Constants are tuned on the topics of `learn`; the others are only reported.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from itertools import combinations
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.copies_pool import Pool, articles, pools
from onrecord.collate.copies import CopyIndex, compared, groups, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEARN = ("egypt", "haiti", "libya", "wikinews 2019")
AIM = 0.93
_THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)

Label = dict[str, str]


def adjusted_rand(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    """The adjusted Rand index of two partitions of the same things: 1 where they agree, 0 as chance would have it."""
    cells = Counter((gold[k], found[k]) for k in gold)
    together = sum(comb(n, 2) for n in cells.values())
    rows = sum(comb(n, 2) for n in Counter(gold.values()).values())
    columns = sum(comb(n, 2) for n in Counter(found[k] for k in gold).values())
    expected = rows * columns / comb(len(gold), 2)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def pair_counts(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[int, int, int]:
    """Pairs that are together in both, in `found`, in `gold`."""
    cells = Counter((gold[k], found[k]) for k in gold)
    return (
        sum(comb(n, 2) for n in cells.values()),
        sum(comb(n, 2) for n in Counter(found.values()).values()),
        sum(comb(n, 2) for n in Counter(gold.values()).values()),
    )


def by_us(pool: Pool) -> tuple[Label, int]:
    """The group of each report as the package finds it, and how many pairs were compared."""
    texts = {key: made.text for key, made in pool.reports.items()}
    index = CopyIndex()
    index.add(texts.items())
    pairs = index.pairs(texts)
    return _labels(texts, groups(pairs)), sum(1 for _ in index.candidates())


def by_resemblance(pool: Pool, threshold: float) -> Label:
    """The same by the resemblance of each pair alone, joined transitively."""
    ready = {key: prepared(made.text) for key, made in pool.reports.items()}
    parent = {key: key for key in ready}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for (a, one), (b, two) in combinations(ready.items(), 2):
        if root(a) != root(b) and compared(one, two).resemblance >= threshold:
            parent[root(b)] = root(a)
    return {key: root(key) for key in ready}


def _labels(keys: Iterable[str], found: Iterable[tuple[str, ...]]) -> Label:
    return {key: key for key in keys} | {key: group[0] for group in found for key in group}


def _gold(pool: Pool) -> Label:
    return {key: made.of for key, made in pool.reports.items()}


def _line(name: str, gold: Label, found: Label) -> str:
    both, told, true = pair_counts(gold, found)
    precision, recall = both / max(1, told), both / max(1, true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    ari = adjusted_rand(gold, found)
    return f"{name:28} {len(gold):7,} {true:7,}   {ari:.3f}   {precision:.3f}  {recall:.3f}  {f1:.3f}"


def report(found: list[Pool], *, beside: bool, mistakes: bool) -> float:
    """Print the scores of some pools; the adjusted Rand index over all of them."""
    print(f"{'':28} reports   pairs    ARI   precis. recall     F1")
    gold, ours = {}, {}
    compared_pairs = 0
    for pool in found:
        labels, count = by_us(pool)
        compared_pairs += count
        print(_line(pool.topic, _gold(pool), labels))
        gold |= _gold(pool)
        ours |= labels
    print(_line("together", gold, ours))
    reports = {key: made for pool in found for key, made in pool.reports.items()}
    print(f"pairs compared: {compared_pairs:,} of {sum(comb(len(p.reports), 2) for p in found):,}; "
          f"left out as copies in the source: {sum(p.doubled for p in found)}")  # fmt: skip
    _by_edit(reports, gold, ours)
    if beside:
        for threshold in _THRESHOLDS:
            plain = {k: v for pool in found for k, v in by_resemblance(pool, threshold).items()}
            print(_line(f"resemblance ≥ {threshold}, joined", gold, plain))
    if mistakes:
        _mistakes(reports, gold, ours)
    return adjusted_rand(gold, ours)


def _by_edit(reports: Mapping[str, object], gold: Label, ours: Label) -> None:
    """For each way of editing, how many of the reports so made are in the group of their story."""
    stories = {made.of: key for key, made in reports.items() if made.how == "story"}
    right, all_ = Counter(), Counter()
    for key, made in reports.items():
        for how in made.how.split(" + "):
            all_[how] += 1
            right[how] += _is_right(key, made, stories, gold, ours)
    print("right by edit: " + ", ".join(f"{how} {right[how]}/{all_[how]}" for how in sorted(all_)))


def _is_right(key: str, made: object, stories: Label, gold: Label, ours: Label) -> bool:
    if made.how in {"story", "merged evenly"}:  # nobody else's copies are with it
        return all(gold[k] == gold[key] for k in ours if ours[k] == ours[key])
    return ours[key] == ours[stories[made.of]]


def _mistakes(reports: Mapping[str, object], gold: Label, ours: Label) -> None:
    members = defaultdict(list)
    for key in ours:
        members[ours[key]].append(key)
    for group in members.values():
        if len({gold[k] for k in group}) > 1:
            print("together:", [(k, gold[k], reports[k].how) for k in group])
    stories = {made.of: key for key, made in reports.items() if made.how == "story"}
    for key, made in reports.items():
        if made.of in stories and ours[key] != ours[stories[made.of]]:
            like = compared(prepared(reports[stories[made.of]].text), prepared(made.text))
            print("apart:", key, made.of, made.how, like)


def main() -> int:
    """Print the scores; 1 when the kept topics are below the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", choices=("learn", "kept", "all"), default="all")
    parser.add_argument("--beside", action="store_true", help="also plain resemblance (minutes)")
    parser.add_argument("--mistakes", action="store_true", help="list them (learning topics only)")
    args = parser.parse_args()
    found = pools(articles(args.data), args.seed)
    ari = 1.0
    if args.set in {"learn", "all"}:
        print("topics that constants were tuned on")
        report([p for p in found if p.topic in LEARN], beside=args.beside, mistakes=args.mistakes)
    if args.set in {"kept", "all"}:
        print("\nthe other topics")
        ari = report([p for p in found if p.topic not in LEARN], beside=args.beside, mistakes=False)
    return 0 if ari >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
