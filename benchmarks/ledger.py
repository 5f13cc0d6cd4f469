"""What the ledger costs on this machine: `python -m benchmarks.ledger [--json FILE]`.

Adds readings (the examples' own and invented ones) in batches into SQLite and, where this machine has one, into
PostgreSQL; then builds a ledger of a million statements in a folder that is deleted afterwards, and times every view
of `onrecord show` with the filters that people use.  `--statements 10000` is quick.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks.ledger_reports import STATEMENTS, Archive, variants
from onrecord.ledger import Ledger, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.records import Reading

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples" / "reports"
ADDED = 2000
BATCH = 500
"""Readings handed to `add_many` at once."""
TRIES = 5
LIMIT = 51
"""As `onrecord show` asks: fifty, and one more to know whether there are more."""
LIMITS = {"sqlite": 500.0, "postgresql": 1000.0, "view_ms": 100.0}
"""What the project promises: readings a second, and milliseconds of any view at a million statements."""


def example_readings() -> list[Reading]:
    """The examples' reports, read by the shipped reader."""
    from onrecord import read_many
    from onrecord.intake import Item, take_in

    items = take_in(sorted(str(p) for p in EXAMPLES.iterdir()))
    return list(read_many(item for item in items if isinstance(item, Item)))


def adding(location: str, readings: list[Reading]) -> float:
    """Readings a second into an empty ledger."""
    with Ledger(location) as ledger:
        begun = time.perf_counter()
        for start in range(0, len(readings), BATCH):
            ledger.add_many(readings[start : start + BATCH])
        return len(readings) / (time.perf_counter() - begun)


def writing(location: str, readings: list[Reading]) -> float:
    """The same when the rows are ready: what one writer takes from other processes that read."""
    ready = [prepared(reading) for reading in readings]
    with Ledger(location) as ledger:
        begun = time.perf_counter()
        ledger.add_many(ready, batch=BATCH)
        return len(readings) / (time.perf_counter() - begun)


def adding_everywhere() -> dict[str, float]:
    """Readings a second, by database and by what was added."""
    sets = {"examples": list(variants(example_readings(), ADDED)), "invented": list(Archive().readings(ADDED))}
    found: dict[str, float] = {}
    for name, readings in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            found[f"sqlite {name}"] = adding(f"{folder}/ledger.sqlite", readings)
            found[f"sqlite {name}, made ready elsewhere"] = writing(f"{folder}/ready.sqlite", readings)
    from tests.postgres import NoServerError, emptied, server

    try:
        with server() as url:
            for name, readings in sets.items():
                found[f"postgresql {name}"] = adding(emptied(url), readings)
                found[f"postgresql {name}, made ready elsewhere"] = writing(emptied(url), readings)
    except NoServerError as error:
        print(f"PostgreSQL is left out: {error}", file=sys.stderr)
    return found


def build(path: Path, statements: int, archive: Archive) -> None:
    """A ledger with so many statements."""
    readings = archive.readings(statements // STATEMENTS)
    begun, done = time.perf_counter(), 0
    with Ledger(path) as ledger:
        while some := list(islice(readings, BATCH)):
            ledger.add_many(some, batch=BATCH)
            done += len(some)
            if done % 10_000 < BATCH:
                rate = done / (time.perf_counter() - begun)
                print(f"  {done:,} readings, {rate:.0f}/s, {path.stat().st_size / 1e9:.1f} GB", file=sys.stderr)


def questions(archive: Archive) -> Iterator[tuple[str, dict[str, Any]]]:
    """Views with filters: none, frequent and rare names, days, kinds, words, several at once."""
    party, rare = archive.parties[0], archive.parties[2500]
    person, seldom = archive.people[0], archive.people[19_000]
    recent = {"since": "2024-11-01", "until": "2024-11-30"}
    for view in (
        "statements",
        "events",
        "figures",
        "positions",
        "talks",
        "agreements",
        "timeline",
        "reports",
        "sources",
    ):
        yield view, {}
        yield view, {"actor": party}
        yield view, {"actor": rare}
        yield view, {"actor": person}
        yield view, {"source": seldom}
        yield view, {"place": archive.places[0], **recent}
        yield view, {"since": "2024-06-01"}
        yield view, {"since": "2016-02-01", "actor": party}
        yield view, recent | {"actor": party}
        yield view, {"type": "ASSAULT", "actor": party}
        yield view, {"measure": "killed", "place": archive.places[1]}
        yield view, {"issue": "ceasefire", "since": "2020-01-01"}
        yield view, {"text": "bade lomu"}
        yield view, {"text": '"' + archive.places[0] + '"', "actor": party}
        yield view, {"as_known_on": "2100-01-01", "actor": party}


def times(path: Path, archive: Archive) -> list[dict[str, Any]]:
    """Milliseconds of each question: the best of a few, and the first, when nothing of it was in memory yet."""
    found = []
    with Ledger(path, create=False) as ledger:
        for view, filters in questions(archive):
            taken = []
            for _ in range(TRIES):
                begun = time.perf_counter()
                rows = getattr(ledger, view)(**filters, limit=LIMIT)
                taken.append(1000 * (time.perf_counter() - begun))
            asked = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in filters.items())
            found.append({"view": view, "filters": asked, "rows": len(rows), "ms": min(taken), "first_ms": taken[0]})
    return found


def measure(statements: int, at: Path | None) -> dict[str, Any]:
    """All the numbers."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-bench-"))
    path = at or folder / "ledger.sqlite"
    try:
        adds = adding_everywhere()
        archive = Archive()
        if not path.exists():
            build(path, statements, archive)
        size = path.stat().st_size
        return {"adding": adds, "statements": statements, "bytes": size, "views": times(path, archive)}
    finally:
        shutil.rmtree(folder)


def show(results: dict[str, Any], console: Console) -> None:
    """The numbers for people."""
    table = Table(title="Readings a second, in batches", title_justify="left")
    for column in ("into", "per s", "at least"):
        table.add_column(column, justify="left" if column == "into" else "right")
    for name, rate in results["adding"].items():
        limit = LIMITS[name.split()[0]]
        table.add_row(name, f"{rate:.0f}", f"{limit:g}", style="bold red" if rate < limit else None)
    console.print(table)
    views = Table(
        title=f"Views at {results['statements']:,} statements ({results['bytes'] / 1e9:.1f} GB), limit {LIMIT}",
        title_justify="left",
    )
    for column in ("view", "filters", "rows", "ms", "first"):
        views.add_column(column, justify="left" if column in {"view", "filters"} else "right")
    for row in results["views"]:
        over = row["ms"] > LIMITS["view_ms"]
        cells = (row["view"], row["filters"], str(row["rows"]), f"{row['ms']:.1f}", f"{row['first_ms']:.1f}")
        views.add_row(*cells, style="bold red" if over else None)
    console.print(views)


def main() -> int:
    """Measure and print; timings on a shared machine are no reason to fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000, help="how many the large ledger holds")
    parser.add_argument("--at", type=Path, metavar="FILE", help="use this ledger, or build it here and leave it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here (“-”: print only them)")
    args = parser.parse_args()
    results = measure(args.statements, args.at)
    if args.json and str(args.json) != "-":
        args.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if str(args.json) == "-":
        print(json.dumps(results, indent=1))
    else:
        show(results, Console(highlight=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
