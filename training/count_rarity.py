"""News texts -> how rare each word's stem is (`src/onrecord/collate/data/rarity.npz`): `python -m training.count_rarity --data PATH`.

`PATH` is the folder of the shared data.  Each set counts at most `MOST` documents, so that no topic or year rules;
the items of one day of the current-events set are one document.  Only hashed counts are kept.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.collate.happening_words import BUCKETS, SCALE, bucket, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 1500
SETS = (
    "attribution/polnear/train.jsonl",
    "ner/en_worldwide_newswire/train.jsonl",
    "corpora/wikinews/wikinews_2019_2020.jsonl",
    "events/muc4/muc4.jsonl",
    "events/gva_longtail/articles.jsonl",
    "events/tls/t17_articles.jsonl",
)
OUT = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "collate" / "data" / "rarity.npz"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def documents(root: Path) -> Iterator[str]:
    """The texts that are counted; none of the held-out set of the incidents."""
    for name in SETS:
        found = [r["text"] for r in _rows(root / name) if r.get("gvc_split") != "dev"]
        step = max(1, len(found) // MOST)
        yield from found[::step][:MOST]
    days: dict[str, list[str]] = defaultdict(list)
    for r in _rows(root / "corpora/wikipedia_current_events/items.jsonl"):
        days[r["date"]].append(r["text"])
    yield from (" ".join(days[day]) for day in sorted(days)[:: max(1, len(days) // MOST)])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    counts, total = np.zeros(BUCKETS), 0
    for text in documents(parser.parse_args().data):
        total += 1
        for cell in {bucket(t.stem) for t in tokens(text)}:
            counts[cell] += 1
    rarity = np.log((total + 1) / (counts + 1))
    np.savez_compressed(OUT, rarity=np.round(rarity * SCALE).clip(0, 255).astype(np.uint8))
    print(f"{total} documents, {int((counts > 0).sum())} cells, most rare {math.log(total + 1):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
