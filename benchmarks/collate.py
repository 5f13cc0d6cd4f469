"""How long `collate` takes per new report as the ledger grows, and the views on it: a curve over 1,000, 3,000 …

The ledger is filled with synthetic reports (`benchmarks.collate_reports`), day by day and in large portions; at each
mark stands the CPU time per report of the last portion, which is timed alone, and that of each view with filters.

    python -m benchmarks.collate [--up-to 10000] [--full] [--minutes 15] [--ledger FILE] [--json FILE]

`--full` has marks at 10,000, 100,000 and 1,000,000 and stops before a mark that cannot be reached in `--minutes` of CPU
time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks.collate_reports import PER_DAY, START, Press
from onrecord.collate import Collation
from onrecord.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.records import Reading

WINDOW = 500
"""Reports over which a time is taken."""
BULK = 5000
"""Reports that are added at once before."""
MARKS = (1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
FULL = (10_000, 100_000, 1_000_000)
VIEWS = ("happenings", "disputes", "copies", "series", "tracks")


def measure(path: str, marks: Sequence[int], seconds: float, console: Console) -> list[dict[str, float]]:
    """What a new report and each view cost at some sizes, as far as the CPU seconds reach."""
    press, kept = Press(), 0
    reports, results = press.reports(), list[dict[str, float]]()
    begun = time.process_time()
    with Ledger(path) as ledger:
        collation = Collation(ledger)
        for mark in marks:
            while kept < mark:
                left = mark - kept
                size = min(BULK, max(left - WINDOW, min(left, WINDOW)))
                took = _portion(ledger, collation, reports, size)
                kept += size
                used = time.process_time() - begun
                if used / kept * mark > seconds:
                    console.print(f"{mark:,} reports would take more than the time given", style="dim")
                    return results
            found = {
                "reports": kept, "cpu_ms_per_report": 1000 * took / size, **_views(collation, press, kept),
                "bytes_per_report": Path(path).stat().st_size / kept if Path(path).exists() else 0.0,
                **collation.tally(),
            }  # fmt: skip
            results.append(found)
            console.print(f"{kept:,} reports: {found['cpu_ms_per_report']:.1f} ms per new report", style="dim")
    return results


def _portion(ledger: Ledger, collation: Collation, reports: Iterator[Reading], size: int) -> float:
    """Add reports; the CPU seconds that collate takes for them."""
    ledger.add_many(next(reports) for _ in range(size))
    cpu = time.process_time()
    collation.update()
    return time.process_time() - cpu


def _views(collation: Collation, press: Press, kept: int) -> dict[str, float]:
    """The CPU milliseconds of each view on what one actor did in the last ten days."""
    last = START + timedelta(days=(kept - 1) // PER_DAY)
    story = next(reversed(press.stories.values()))
    filters = {"since": _iso(last - timedelta(days=10)), "until": _iso(last), "limit": 50}
    named = {"happenings": "actor", "disputes": "actor", "tracks": "actor", "series": "place"}
    found = {}
    for view in VIEWS:
        role = named.get(view)
        who: dict[str, Any] = {role: story.place if role == "place" else story.actors[0]} if role else {}
        cpu = time.process_time()
        getattr(collation, view)(**filters, **who)
        found[f"{view}_ms"] = 1000 * (time.process_time() - cpu)
    return found


def _iso(day: date) -> str:
    return day.isoformat()


def show(results: list[dict[str, float]], console: Console) -> None:
    """The curve for people."""
    title = f"collate: CPU ms per new report (the last {WINDOW} before each mark), and of a view"
    table = Table(title=title, title_justify="left")
    for column in ("reports", "ms", "", *VIEWS, "KB each"):
        table.add_column(column, justify="left" if not column else "right")
    most = max((r["cpu_ms_per_report"] for r in results), default=1.0)
    for r in results:
        bar = "█" * max(1, round(20 * r["cpu_ms_per_report"] / most))
        views = (f"{r[f'{view}_ms']:.0f}" for view in VIEWS)
        ms, size = f"{r['cpu_ms_per_report']:.1f}", f"{r['bytes_per_report'] / 1000:.0f}"
        table.add_row(f"{r['reports']:,.0f}", ms, bar, *views, size)
    console.print(table)


def main() -> int:
    """Measure and print; timings on a shared machine are no reason to fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--up-to", type=int, default=3000, metavar="N", help="reports at the last mark")
    parser.add_argument("--full", action="store_true", help="the whole curve, as far as --minutes reach")
    parser.add_argument("--minutes", type=float, default=15, help="CPU minutes that may be used")
    parser.add_argument("--ledger", metavar="FILE|URL", help="where to make the ledger (it must be empty)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    args = parser.parse_args()
    marks = FULL if args.full else [n for n in MARKS if n <= args.up_to] or [args.up_to]
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        results = measure(args.ledger or f"{folder}/ledger.sqlite", marks, 60 * args.minutes, console)
    show(results, console)
    if args.json:
        args.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
