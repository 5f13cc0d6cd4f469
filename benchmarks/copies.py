"""What indexing for copies costs: `python -m benchmarks.copies [--json FILE]`.

Reports per second on one core, from text to the index (words, runs of four words, 96 hashes, 48 bands, insertion),
as we do it and as datasketch and rensa do it with the same runs of words, all in one run on the same invented reports
of 400 words; ratios matter, the machine's speed does not.  CPU time is counted, so that other work does not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.reading import LEARN, reports
from onrecord.collate.copies import CopyIndex, compared, prepared
from onrecord.collate.copies_signatures import SLOTS
from onrecord.collate.copies_words import RUN

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = 400
OURS, THEIRS = 8_000, 200
"""Reports that are indexed by us, and by the libraries, which need longer for each."""
AIM = 10_000
ROUNDS = 3


def texts(count: int) -> list[str]:
    """Reports of 400 words: the sentences of our invented corpus in ever new order."""
    rng = Random(1)
    pool = [s for text in reports(LEARN, WORDS, 60) for s in re.split(r"(?<=[.!?]) ", text)]
    made = []
    for _ in range(count):
        rng.shuffle(pool)
        made.append(" ".join(" ".join(pool).split(" ", WORDS)[:WORDS]))
    return made


def ours(given: list[str]) -> None:
    index = CopyIndex()
    index.add((str(n), text) for n, text in enumerate(given))


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def by_datasketch(given: list[str]) -> None:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=SLOTS, params=(SLOTS // 2, 2))
    for n, text in enumerate(given):
        minhash = MinHash(num_perm=SLOTS)
        minhash.update_batch([run.encode() for run in _runs(text)])
        index.insert(str(n), minhash)


def by_rensa(given: list[str]) -> None:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.3, num_perm=SLOTS, num_bands=SLOTS // 2)
    for n, text in enumerate(given):
        minhash = RMinHash(num_perm=SLOTS, seed=1)
        minhash.update(list(_runs(text)))
        index.insert(n, minhash)


def rate(work: Callable[[list[str]], None], given: list[str]) -> float:
    """Reports per CPU second, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        work(given)
        best = min(best, time.process_time() - begun)
    return len(given) / best


def compare_rate(given: list[str]) -> float:
    """Pairs compared word by word per CPU second, both texts made ready."""
    ready = [prepared(text) for text in given]
    begun = time.process_time()
    for a, b in pairwise(ready):
        compared(a, b)
    return (len(ready) - 1) / (time.process_time() - begun)


def measure() -> dict[str, float]:
    """All the numbers."""
    given = texts(OURS)
    ours(given[:100])  # tables are made at first use
    found = {"ours": rate(ours, given), "pairs_compared": compare_rate(given[:THEIRS])}
    found["datasketch"] = rate(by_datasketch, given[:THEIRS])
    found["rensa"] = rate(by_rensa, given[:THEIRS])
    return found | {
        "times_datasketch": found["ours"] / found["datasketch"],
        "times_rensa": found["ours"] / found["rensa"],
    }


def main() -> int:
    """Measure and print; 1 when the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    args = parser.parse_args()
    found = measure()
    table = Table(title=f"Indexing reports of {WORDS} words for copies, one core", title_justify="left")
    for column in ("", "reports per CPU s", "we are faster"):
        table.add_column(column, justify="left" if not column else "right")
    table.add_row("onrecord", f"{found['ours']:,.0f}", "")
    for name in ("datasketch", "rensa"):
        table.add_row(name, f"{found[name]:,.0f}", f"{found['times_' + name]:.1f} times")
    console = Console(highlight=False)
    console.print(table)
    console.print(f"pairs compared word by word: {found['pairs_compared']:,.0f} per CPU s; aim: {AIM:,} reports per s")
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if found["ours"] >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
