"""Our codings of open and public news reports, kept without their texts: `python -m training.coded --data PATH --out FILE`.

`coded.jsonl` holds one report a line: where its text stands in `--data` (`set`, `id`), the text's SHA-256, and the reading in
the codebook's JSON with every span as start and end alone.  `restore` puts text and words back; it refuses a text that is
not, to the letter, the one that was coded.  T17's texts come tokenised: `joined` undoes that by rule.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CODED = Path(__file__).with_name("coded.jsonl")
SETS = {"wikinews": "corpora/wikinews/wikinews_2019_2020.jsonl", "t17": "events/tls/t17_articles.jsonl"}
LEFT_OUT = frozenset({"timex"})
"""Heads on which these codings say nothing: they hold only the times that date something, and no place by itself."""

_JOINS = (
    (r"\\/", "/"), ("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"),
    (r"(^|[\s(\[])`` ?", r"\1“"), (r" ?''", "”"), (r"(^|[\s(])` (?=\w)", r"\1‘"),
    (r" ([,.;:?!%)\]”])", r"\1"), (r"([(\[$“]) ", r"\1"),
    (r" (n't|'(?:s|re|ve|ll|d|m|S))\b", r"\1"), (r"s ' ", "s' "), (r" *\n *", "\n"),
)  # fmt: skip


def joined(text: str) -> str:
    """A text of Penn Treebank tokens as it was printed, as far as that can be told."""
    for pattern, by in _JOINS:
        text = re.sub(pattern, by, text)
    return text


def texts(data: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """The sets' texts by set and id, each with one newline at its end."""
    for name, file in SETS.items():
        with (data / file).open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = joined(row["text"]) if name == "t17" else row["text"]
                yield (name, row["id"]), text.rstrip("\n") + "\n"


def bare(record: Any) -> Any:
    """A record whose spans have lost their words, and which has lost its empty fields."""
    if isinstance(record, list):
        return [bare(x) for x in record]
    if not isinstance(record, dict):
        return record
    spoken = isinstance(record.get("start"), int)
    return {k: bare(v) for k, v in record.items() if not (spoken and k == "text")}


def whole(record: Any, text: str) -> Any:
    """A record whose spans have their words again."""
    if isinstance(record, list):
        return [whole(x, text) for x in record]
    if not isinstance(record, dict):
        return record
    found = {k: whole(v, text) for k, v in record.items()}
    if isinstance(record.get("start"), int):
        found["text"] = text[record["start"] : record["end"]]
    return found


def restore(data: Path, coded: Path = CODED) -> Iterator[dict[str, Any]]:
    """The readings with their texts.

    Raises:
        ValueError: a text is missing from `data` or is another than the one that was coded.
    """
    known = dict(texts(data))
    with coded.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = known.get((row["set"], row["id"]), "")
            if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
                raise ValueError(f"the text of {row['set']} {row['id']} is not the one that was coded")
            reading = whole(row["reading"], text)
            reading["report"]["text"] = text
            yield reading


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="where to write the readings with their texts")
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as out:
        for reading in restore(args.data):
            out.write(json.dumps(reading, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
