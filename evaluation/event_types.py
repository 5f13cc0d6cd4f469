"""PLOVER's root type of a sentence: `python -m evaluation.event_types --data PATH [--sentences N] [--json]`.

PLV's training sentences (`events/plv_aw/plv_train.jsonl`), each coded with one of 15 roots (CONCEDE and RETREAT are one,
YIELD) and with who does it (`source`) to whom (`target`).  Each sentence is read by itself by the shipped reader.

*Actors predicted*: nothing is given.  The sentence's type is that of its best event - the one with an actor and a
recipient, else an actor, else the first; a sentence without an event is wrong for its root.  *Actors given*: of all events
the one whose actors and recipients overlap the given source and target most.

Macro-F1 over the roots; the row `macro-F1` carries it as F1 (P and R are means too).  *Spare events*: events beyond the one
that the sentence is coded for, per coded event (recall column: the share of sentences with an event at all).

The encoder has seen these sentences in training, with all their events (`training/coded_sentences.jsonl`), so
these numbers show that it has learned them, not that it generalises; for that, PLV's test part, kept elsewhere, has to be read.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evaluation.command import Targets, needed, run
from evaluation.matching import Count, Json, Row, Table, read_lines
from evaluation.reading import read_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TARGETS: Targets = {
    "PLV train, actors predicted": {"macro-F1": {"f1": 0.82}},
    "PLV train, actors given": {"macro-F1": {"f1": 0.86}},
}
ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""PLV's names of the types that it joins."""
NONE = "none"


def scored(data: Path) -> dict[str, Table]:
    """Both tables."""
    from onrecord.reader.pipeline import default_reader

    (train,) = needed(data, "events/plv_aw/plv_train.jsonl")
    rows = read_lines(train)
    items = [{"text": r["sentence"], "source_id": str(n)} for n, r in enumerate(rows)]
    readings = read_texts(items, default_reader())
    gold = [r["gold_root"] for r in rows]
    predicted = [_root(_best(r)) for r in readings]
    given = [_root(_nearest(r, row)) for r, row in zip(readings, rows, strict=True)]
    spare = _spare(readings)
    return {
        "PLV train, actors predicted": by_root(gold, predicted) | spare,
        "PLV train, actors given": by_root(gold, given),
    }


def by_root(gold: Sequence[str], found: Sequence[str]) -> Table:
    """The mean of all roots, the share of sentences right, then a row per root."""
    counts = {root: Count() for root in sorted(set(gold))}
    for g, f in zip(gold, found, strict=True):
        counts[g].add(g == f, 0, 1)
        if f in counts:
            counts[f].add(0, 1, 0)
    rows = {root: c.row() for root, c in counts.items()}
    means = [sum(r[k] for r in rows.values()) / max(1, len(rows)) for k in range(3)]
    mean = Row(means[0], means[1], means[2], len(gold))
    right = sum(g == f for g, f in zip(gold, found, strict=True)) / max(1, len(gold))
    return {"macro-F1": mean, "sentences right": Row(right, right, right, len(gold))} | {
        f"· {root}": row for root, row in rows.items()
    }


def _root(event: Json | None) -> str:
    return ROOTS.get(event["type"], str(event["type"])) if event else NONE


def _best(reading: Json) -> Json | None:
    """The event that is told most fully; the first of equals."""
    return max(reading["events"], key=lambda e: (bool(e["actors"]), bool(e["recipients"])), default=None)


def _nearest(reading: Json, row: Json) -> Json | None:
    """The event whose actors are the given source and its recipients the given target, as far as words tell."""
    names = {a["id"]: " ".join(m["text"] for m in a["mentions"]) for a in reading["actors"]}

    def shares(ids: Sequence[str], phrase: str) -> int:
        words = {w for i in ids for w in names[i].lower().split()}
        return len(words & set((phrase or "").lower().split()))

    def fits(event: Json) -> tuple[int, int, bool]:
        near = min(shares(event["actors"], row["source"]), 3) + min(shares(event["recipients"], row["target"]), 3)
        return near, -max(0, shares(event["actors"], row["target"]) - 1), bool(event["actors"])

    return max(reading["events"], key=fits, default=None)


def _spare(readings: Sequence[Json]) -> Table:
    events = [len(r["events"]) for r in readings]
    some = sum(n > 0 for n in events)
    share = (sum(events) - some) / max(1, len(events))
    return {"spare events per coded one": Row(share, some / max(1, len(events)), share, len(events))}


if __name__ == "__main__":
    sys.exit(run(scored, TARGETS, __doc__))
