"""Coded readings and the reader's -> precision, recall and F1 per field.

`python -m evaluation.scoring GOLD.jsonl READINGS.jsonl`: both hold readings in the codebook's JSON, one per line,
matched by `report.source_id`.  A statement is found when half of its content overlaps or its cue does; an event when
type and trigger (or another mention) agree; a figure when its span overlaps and both bounds are equal; a position
when the party agrees and its span overlaps or its issue is the same.  "(of matched)" rows are shares of what was found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from evaluation.matching import (
    Count,
    Counts,
    Json,
    Names,
    Row,
    Table,
    found_for,
    overlap,
    pairs,
    ranges,
    read_lines,
    shared,
    table,
)

__all__ = ["Row", "Table", "score", "tally"]

HALF = 0.5
MIN_POSITION = 0.3
ISSUE_WORTH = 0.3
"""What an equal issue adds to a position's overlap: enough to pair two positions by itself."""
TIME_SLACK_DAYS = 7
"""Event times that overlap are the same when they begin this near to each other (plus the coded one's length)."""

Pairs = list[tuple[Json, Json]]
Same = Callable[[Sequence[str], Sequence[str]], bool]
"""Do coded and found actor ids share an actor?"""
Result = tuple[str, int, int, int]
"""A field, how many are right, found, coded."""


def score(readings: Iterable[tuple[Json, Json]]) -> Table:
    """Pairs of a coded reading and the reader's reading of the same report -> a row per field."""
    counts: Counts = {}
    for gold, found in readings:
        tally(gold, found, counts)
    return table(counts)


def tally(gold: Json, found: Json, counts: Counts) -> None:
    """Add one report's counts to `counts`; neither reading is changed."""
    gold, found = join_continued(gold), join_continued(found)
    mine, theirs = Names(gold), Names(found)

    def same(a: Sequence[str], b: Sequence[str]) -> bool:
        return mine.same(a, theirs, b)

    statements = statement_pairs(gold, found)
    ids = {g["id"]: f["id"] for g, f in statements}
    for results in (
        _statements(gold, found, statements, same),
        _events(gold, found, ids, same),
        _figures(gold, found),
        _positions(gold, found, same),
        _times(gold, found),
    ):
        for field, *numbers in results:
            counts.setdefault(field, Count()).add(*numbers)


def join_continued(reading: Json) -> Json:
    """A quotation that goes on without a new cue is more content of the statement before it (codebook, small print)."""

    def begins(statement: Json) -> int:
        return min((start for start, _ in ranges(statement["content"])), default=-1)

    def speakers(statement: Json) -> set[str]:
        return set(statement["source"]["actors"])

    kept: list[Json] = []
    renamed: dict[str, str] = {}
    for s in sorted(reading["statements"], key=begins):
        last = kept[-1] if kept else None
        goes_on = not ranges(s["cue"]) and not ranges(s["source"]["span"]) and bool(speakers(s))
        if last and goes_on and speakers(s) == speakers(last):
            last["content"] = [*last["content"], *s["content"]]
            renamed[s["id"]] = last["id"]
        else:
            kept.append(dict(s))

    def follow(record: Json) -> Json:
        ids = dict.fromkeys(renamed.get(i, i) for i in record.get("according_to") or [])
        return {**record, "according_to": list(ids)}

    dependent = ("events", "figures", "positions", "talks", "agreements")
    return {**reading, "statements": kept, **{k: [follow(r) for r in reading[k]] for k in dependent}}


def statement_pairs(gold: Json, found: Json) -> Pairs:
    """Which found statement is which coded one."""

    def alike(a: Json, b: Json) -> float:
        cue = HALF if overlap(ranges(a["cue"]), ranges(b["cue"])) else 0.0
        return shared(ranges(a["content"]), ranges(b["content"])) + cue

    return pairs(gold["statements"], found["statements"], alike, HALF)


def _statements(gold: Json, found: Json, matched: Pairs, same: Same) -> Iterator[Result]:
    n_found, n_gold, n = len(found["statements"]), len(gold["statements"]), len(matched)
    yield "statements", n, n_found, n_gold
    right = sum(same(a["source"]["actors"], b["source"]["actors"]) for a, b in matched)
    yield "· source", right, n_found, n_gold
    yield "· content (half overlap)", sum(_half_of_content(a, b) for a, b in matched), n_found, n_gold
    for field in ("kind", "naming"):
        right = sum(a["source"].get(field) == b["source"].get(field) for a, b in matched)
        yield f"· {field} (of matched)", right, n, n
    yield "· act (of matched)", sum(a.get("act") == b.get("act") for a, b in matched), n, n
    yield "· chains of 2+", sum(same_chain(a, b, same) for a, b in matched), _chains(found), _chains(gold)


def _half_of_content(a: Json, b: Json) -> bool:
    one, two = ranges(a["content"]), ranges(b["content"])
    return shared(one, two) >= HALF or not (one or two)


def same_chain(a: Json, b: Json, same: Same) -> bool:
    """Are these chains of two links or more, of equal length, with the same actor at each link?"""
    one, two = a.get("chain") or [], b.get("chain") or []
    if max(len(one), len(two)) < 2 or len(one) != len(two):
        return False
    return all(same(x["actors"], y["actors"]) for x, y in zip(one, two, strict=True))


def _chains(reading: Json) -> int:
    return sum(len(s.get("chain") or []) > 1 for s in reading["statements"])


def event_pairs(gold: Json, found: Json, same: Same) -> Pairs:
    """Which found event is which coded one: type and trigger (or mention) agree; actors and status break ties."""

    def named(event: Json) -> list[tuple[int, int]]:
        return ranges(event["trigger"]) + ranges(event.get("mentions"))

    def alike(a: Json, b: Json) -> float:
        if a["type"] != b["type"] or not overlap(named(a), named(b)):
            return 0.0
        return 1 + 0.4 * same(a["actors"], b["actors"]) + 0.2 * (a.get("status") == b.get("status"))

    return pairs(gold["events"], found["events"], alike, 1)


def _events(gold: Json, found: Json, statements: dict[str, str], same: Same) -> Iterator[Result]:
    matched = event_pairs(gold, found, same)
    n_found, n_gold, n = len(found["events"]), len(gold["events"]), len(matched)
    yield "events (type, trigger)", n, n_found, n_gold
    full = sum(same(a["actors"], b["actors"]) and same(a["recipients"], b["recipients"]) for a, b in matched)
    yield "· + actor and recipient", full, n_found, n_gold
    yield "· time (of matched)", sum(same_time(a.get("time"), b.get("time")) for a, b in matched), n, n
    yield "· status (of matched)", sum(a.get("status") == b.get("status") for a, b in matched), n, n
    yield "· mode (of matched)", sum(_same_mode(a, b) for a, b in matched), n, n
    told = sum(_same_teller(a, b, statements) for a, b in matched)
    yield "· according to (of matched)", told, n, n


def _same_mode(a: Json, b: Json) -> bool:
    one, two = set(a.get("modes") or []), set(b.get("modes") or [])
    return bool(one & two) or one == two


def _same_teller(a: Json, b: Json, statements: dict[str, str]) -> bool:
    one, two = a["according_to"], b["according_to"]
    return bool({statements.get(i) for i in one} & set(two)) or (not one and not two)


def same_time(gold: Json | None, found: Json | None) -> bool:
    """Do two event times agree: both unknown, or overlapping and begun within a week of each other?"""
    one, two = _days(gold), _days(found)
    if not one or not two:
        return one == two
    slack = TIME_SLACK_DAYS + (one[1] - one[0]).days
    return one[0] <= two[1] and two[0] <= one[1] and abs((one[0] - two[0]).days) <= slack


def _days(time: Json | None) -> tuple[date, date] | None:
    time = time or {}
    begin, until = time.get("begin"), time.get("until")
    try:
        return date.fromisoformat(str(begin)[:10]), date.fromisoformat(str(until or begin)[:10])
    except ValueError:
        return None


def figure_pairs(gold: Json, found: Json) -> Pairs:
    """Which found figure is which coded one: overlapping spans, equal bounds; equal measures first."""

    def alike(a: Json, b: Json) -> float:
        if not overlap(ranges(a["span"]), ranges(b["span"])) or _bounds(a) != _bounds(b):
            return 0.0
        return 1 + (a.get("measure") == b.get("measure"))

    return pairs(gold["figures"], found["figures"], alike, 1)


def _bounds(figure: Json) -> tuple[float | None, float | None]:
    return figure.get("low"), figure.get("high")


def _figures(gold: Json, found: Json) -> Iterator[Result]:
    matched = figure_pairs(gold, found)
    n_found, n_gold, n = len(found["figures"]), len(gold["figures"]), len(matched)
    yield "figures (value)", n, n_found, n_gold
    yield "· + measure", sum(a.get("measure") == b.get("measure") for a, b in matched), n_found, n_gold
    yield "· relation (of matched)", sum(a.get("relation") == b.get("relation") for a, b in matched), n, n


def position_pairs(gold: Json, found: Json, same: Same) -> Pairs:
    """Which found position is which coded one: a party in common, and an overlapping span or an equal issue."""

    def alike(a: Json, b: Json) -> float:
        if not same(a["parties"], b["parties"]):
            return 0.0
        return shared(ranges(a["span"]), ranges(b["span"])) + ISSUE_WORTH * (a.get("issue") == b.get("issue"))

    return pairs(gold["positions"], found["positions"], alike, MIN_POSITION)


def _positions(gold: Json, found: Json, same: Same) -> Iterator[Result]:
    matched = position_pairs(gold, found, same)
    n_found, n_gold = len(found["positions"]), len(gold["positions"])
    yield "positions (party, span or issue)", len(matched), n_found, n_gold
    yield "· + stance", sum(a.get("stance") == b.get("stance") for a, b in matched), n_found, n_gold


def time_pairs(gold: Json, found: Json) -> Pairs:
    """Which found time expression is which coded one: any overlap."""
    return pairs(gold["times"], found["times"], lambda a, b: float(overlap(ranges(a), ranges(b))), 1)


def _times(gold: Json, found: Json) -> Iterator[Result]:
    matched = time_pairs(gold, found)
    n = len(matched)
    yield "times", n, len(found["times"]), len(gold["times"])
    yield "· value (of matched)", sum(str(a.get("value")) == str(b.get("value")) for a, b in matched), n, n


def main() -> int:
    """Print the table of two files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="coded readings, JSON lines")
    parser.add_argument("readings", type=Path, help="the reader's readings of the same reports, JSON lines")
    args = parser.parse_args()
    try:
        rows = score(found_for(read_lines(args.gold), read_lines(args.readings)))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 2
    for field, row in rows.items():
        print(f"{field:36s} P {row.precision:.2f}  R {row.recall:.2f}  F1 {row.f1:.2f}   n={row.n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
