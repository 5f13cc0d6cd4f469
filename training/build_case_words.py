"""News text -> the case of its words: `python -m training.build_case_words --data PATH`.

Writes `onrecord/codebook/case_words.tsv`, one word a line with how often of 100 times it is written small after a small
word and after a capitalised one, or `U` for what is mostly all capitals; words always capitalised are left out, for so
is a word that the table does not know, but for those that look like a form of a small one (`T`).  Counted on `SOURCES`, of which no sentence is kept; the first word after a stop, colon or quotation mark says nothing and is passed over.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.reader.all_caps import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = (
    "corpora/wikipedia_current_events/items.jsonl", "corpora/wikinews/wikinews_2019_2020.jsonl",
    "events/tls/t17_articles.jsonl", "attribution/polnear/train.jsonl", "ner/en_worldwide_newswire/train.jsonl",
)  # fmt: skip
OUT = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "codebook" / "case_words.tsv"
SMALL, CAPITALISED, UPPER = 0, 1, 2
LEAST = 5
"""A word seen less often is left out."""
LEAST_SMALL = 0.05
"""A word written small less often counts as always capitalised."""
LEAST_PAIR, PAIR_SHARE = 12, 0.8
"""A pair is listed that is capitalised this often, and in this share of all the times it stands."""
PRIOR = 2.0
"""How many times the word's overall share is counted in with each of the two shares."""
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})?|[.!?:;\"“”\n]|\d+")

Seen = list[list[int]]


def texts(data: Path) -> Iterator[str]:
    """All texts."""
    for name in SOURCES:
        with (data / name).open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def count(data: Path) -> dict[str, Seen]:
    """Per word (lower case): how often it stands in each case after a small and after a capitalised word."""
    seen: dict[str, Seen] = defaultdict(lambda: [[0, 0, 0], [0, 0, 0]])
    for text in texts(data):
        before: int | None = None
        for match in _PART.finditer(text):
            word = match.group()
            if not word[0].isalpha():
                before = SMALL if word[0].isdigit() else None
                continue
            case = SMALL if word.islower() else UPPER if word.isupper() and len(word) > 1 else CAPITALISED
            if before is not None:
                seen[word.lower()][before != SMALL][case] += 1
            before = case
    return seen


def pairs(data: Path) -> Iterator[str]:
    """Two neighbouring words that are capitalised together most of the time."""
    seen: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for text in texts(data):
        for one, two in pairwise(m.group() for m in _PART.finditer(text)):
            if one[0].isalpha() and two[0].isalpha():
                seen[one.lower(), two.lower()][one[0].isupper() and two[0].isupper()] += 1
    for (one, two), (other, both) in sorted(seen.items()):
        if both >= LEAST_PAIR and both >= PAIR_SHARE * (both + other):
            yield f"{one} {two}"


def row(word: str, seen: Seen) -> str | None:
    """A line of the table, or None for a word that it leaves out."""
    low, upper = (sum(s[k] for s in seen) for k in (SMALL, UPPER))
    total = sum(map(sum, seen))
    if total < LEAST:
        return None
    if upper > total / 2:
        return f"{word}\tU"
    if low < LEAST_SMALL * total:
        return None
    shares = [(s[SMALL] + PRIOR * low / total) / (sum(s) + PRIOR) for s in seen]
    return "\t".join([word, *(str(min(99, max(1, round(100 * s)))) for s in shares)])


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    counted = sorted(count(args.data).items())
    rows = [r for word, seen in counted if (r := row(word, seen))]
    known = {r.split("\t")[0] for r in rows}
    rows += [f"{w}\tT" for w, s in counted if w not in known and sum(map(sum, s)) >= LEAST and known & set(stems(w))]
    listed = {r.split("\t")[0] for r in rows if r[-1].isdigit()}
    rows += [f"{p}\tC" for p in pairs(args.data) if not listed.isdisjoint(p.split())]
    args.out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} words in {args.out}")


if __name__ == "__main__":
    main()
