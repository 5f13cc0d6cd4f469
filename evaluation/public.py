"""Public data sets of single tasks and the reader's components -> precision, recall and F1 per field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.matching import Count, Counts, Json, Range, Table, overlap, pairs, ranges, read_lines, table
from evaluation.reading import read_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onrecord.api import ReaderLike
    from onrecord.reader.encoder import Encoder

Name = tuple[int, int, str]
"""Where a name stands, and its class."""
BATCH = 16
PROSE = {"bio", "essay", "interview", "letter", "news", "speech", "voyage"}
"""Genres of the treebank that are near enough to news."""
ISAF_TUNED_ON = 181
"""The first releases were looked at when the figures component was made; those after them were not."""


def names(path: Path, encoder: Encoder | None = None) -> Table:
    """Names of Worldwide newswire by exact span and class: the encoder's, by class too, and as settled per report."""
    counts: Counts = {"names (span, class)": Count(), "names (span)": Count(), "settled per report": Count()}
    for row, found, settled in _named(read_lines(path), encoder):
        gold = {(s["start"], s["end"], s["label"]) for s in row["spans"]}
        counts["names (span, class)"].add(len(gold & found), len(found), len(gold))
        one, two = ({s[:2] for s in side} for side in (gold, found))
        counts["names (span)"].add(len(one & two), len(two), len(one))
        counts["settled per report"].add(len(gold & settled), len(settled), len(gold))
        for label in sorted({s[2] for s in gold | found}):
            a, b = ({s for s in side if s[2] == label} for side in (gold, found))
            counts.setdefault(f"· {label}", Count()).add(len(a & b), len(b), len(a))
    return table({k: counts[k] for k in sorted(counts, key=lambda k: k.startswith("·"))})


def _named(rows: list[Json], encoder: Encoder | None) -> Iterator[tuple[Json, set[Name], set[Name]]]:
    """Each row with the names that the encoder finds in its text, and with those that the reader makes of them.

    The reader settles names of actors and places; dates and money stay the encoder's.
    """
    from onrecord.reader.encoder import default_encoder
    from onrecord.reader.names import find_names
    from onrecord.reader.segment import segment

    run = encoder or default_encoder()
    for i in range(0, len(rows), BATCH):
        batch = rows[i : i + BATCH]
        documents = [segment(r["text"]) for r in batch]
        for row, document, scores in zip(batch, documents, run(documents), strict=True):
            words, spans = document.words, scores.spans("ner")
            made = [*find_names(document, scores), *(s for s in spans if s.label in ("Date", "Money"))]
            found, settled = (
                {(words[s.first][0], words[s.last - 1][1], s.label) for s in side} for side in (spans, made)
            )
            yield row, found, settled


def sentences(path: Path) -> Table:
    """Sentences of prose in a UD treebank by exact span; texts are put together from paragraphs and sentences."""
    from onrecord.reader.segment import segment

    count = Count()
    for text, gold in _prose(path):
        found = set(segment(text).sentences)
        count.add(len(gold & found), len(found), len(gold))
    return table({"sentences": count})


def _prose(path: Path) -> Iterator[tuple[str, set[Range]]]:
    """The texts of a CoNLL-U file whose ids name a genre of prose, with the offsets of their sentences."""
    text, gold, wanted = "", set[Range](), False
    for line in [*path.read_text(encoding="utf-8").splitlines(), "# newdoc id = "]:
        name, _, value = line.removeprefix("# ").partition(" = ")
        if name == "newdoc id":
            if gold:
                yield text, gold
            text, gold, wanted = "", set(), value.split("_")[1:2] != [] and value.split("_")[1] in PROSE
        elif name.startswith("newpar") and text:
            text = text.rstrip() + "\n\n"
        elif name == "text" and wanted:
            gold.add((len(text), len(text) + len(value)))
            text += value + " "


def timex(path: Path, reader: ReaderLike) -> Table:
    """TIMEX3 expressions as TempEval-3 scores them: exact span, any overlap, and value (type too) of all."""
    rows = read_lines(path)
    items = [
        {"text": r["text"], "source_id": r["id"], "published": r["dct"], "published_basis": "metadata"} for r in rows
    ]
    fields = ("strict", "relaxed", "type", "value")
    counts: Counts = {name: Count() for name in fields}
    for row, reading in zip(rows, read_texts(items, reader), strict=True):
        gold, found = row["timex"], reading["times"]
        matched = pairs(gold, found, lambda a, b: overlap(ranges(a), ranges(b)) + float(ranges(a) == ranges(b)), 1)
        right = {
            "strict": sum(ranges(a) == ranges(b) for a, b in matched),
            "relaxed": len(matched),
            "type": sum(a["type"] == b["type"] for a, b in matched),
            "value": sum(a["value"] == b["value"] for a, b in matched),
        }
        for name in fields:
            counts[name].add(right[name], len(found), len(gold))
    return table(counts)


def places(path: Path) -> Table:
    """Toponyms whose spans are given: the share resolved within 161 km, unresolved ones wrong."""
    from evaluation.places import given

    rows = given(path)
    return {
        "within 161 km": rows["within 161 km"],
        "· even documents": rows["· even documents"],
        "right place or country": rows["· sense"],
    }


def tolls(path: Path) -> Table:
    """Numbers killed and captured in ISAF releases: the share of releases with exactly the coded number."""
    from evaluation.figures import tolls as score_tolls

    shares = score_tolls(path, slice(ISAF_TUNED_ON, None))
    n = int(shares["releases"])
    counts: Counts = {name: Count() for name in shares if name.endswith("exact")}
    for name, count in counts.items():
        count.add(round(shares[name] * n), n, n)
    return table(counts)
