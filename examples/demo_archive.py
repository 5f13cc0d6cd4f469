"""A ledger from open archives: `make demo-archive`, or `python examples/demo_archive.py --data FOLDER`.

Reads the articles of Wikinews and the dated items of Wikipedia's "Current events" portal where FOLDER has them
(`corpora/wikinews`, `corpora/wikipedia_current_events`), each item under the outlet that it names first, and shows
what the reports tell together of the Gaza talks: timeline, figures, disputes, positions, negotiations.  It says how
fast reading, keeping, collating and asking were.  The texts stay where they are; only the ledger is written.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from onrecord import Ledger
from onrecord.cli import main as onrecord
from onrecord.collate import Collation
from onrecord.engines import executor, read_all
from onrecord.intake import Item, Rejected
from onrecord.intake.language import stays_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVENTS = Path("corpora/wikipedia_current_events/items.jsonl")
NEWS = Path("corpora/wikinews/wikinews_2019_2020.jsonl")
SUBJECTS = {"israel-gaza": re.compile(r"\b(?:israel\w*|gaza\w*|hamas|hezbollah)\b", re.IGNORECASE)}
BATCH = 200
STEPS = (
    ("The twelve days that reports of the ceasefire speak of most.", "timeline --top 12 ceasefire"),
    ("How many were killed in Gaza, as running totals: one line per source.", "show series --measure killed --place Gaza --change total --limit 4"),
    ("Hostages and prisoners freed, as every source has it.", "show series --measure released --change event --limit 8"),
    ("Where accounts differ.", "show disputes --limit 6"),
    ("What Hamas held, and what changed.", "show positions --history --actor Hamas --issue hostages"),
    ("What Israel held on a ceasefire.", "show positions --history --actor Israel --issue ceasefire"),
    ("The negotiations between Israel and Hamas.", "show tracks --actor Hamas"),
    ("What was reported of the talks in Doha.", "story Doha"),
)  # fmt: skip
"""What is told, and the command of `onrecord` that shows it."""


def items(data: Path, only: str | None, since: str, until: str) -> Iterator[Item]:
    """The reports of both archives of a time, those of one subject alone where `only` names it."""
    for path, publisher in ((NEWS, "Wikinews"), (EVENTS, None)):
        if not (data / path).exists():
            click.echo(f"{data / path} is not there; left out", err=True)
            continue
        with (data / path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                entry = json.loads(line)
                wanted = only is None or SUBJECTS[only].search(entry["text"])
                if wanted and since <= entry["date"] <= until and entry["text"].strip():
                    yield Item(
                        text=entry["text"], source_id=entry["id"], title=entry.get("title"), published=entry["date"],
                        publisher=publisher or next(iter(entry.get("sources") or ()), None), url=entry.get("url"),
                        origin=path.name, line=number,
                    )  # fmt: skip


def fill(ledger: Ledger, found: Iterable[Item], engine: str, workers: int | None) -> Counter[str]:
    """Read the items and keep them; how many were added, known, left unread, rejected; and the seconds it took."""
    told: Counter[str] = Counter()
    results = iter(read_all(executor(engine, workers), found, leave=stays_unread))
    started = time.perf_counter()
    while some := list(islice(results, BATCH)):
        told["rejected"] += sum(isinstance(r, Rejected) for r in some)
        pairs = [r for r in some if not isinstance(r, Rejected)]
        told["unread"] += sum(reading is None for _, reading in pairs)
        before = time.perf_counter()
        told.update(
            a.outcome for a in ledger.add_many((reading, item) for item, reading in pairs if reading is not None)
        )
        told["keeping ms"] += round(1000 * (time.perf_counter() - before))
    told["all ms"] = round(1000 * (time.perf_counter() - started))
    return told


def show(console: Console, what: str, command: str, path: Path) -> None:
    """Tell what comes, print the command, run it, and say how long it took."""
    console.print()
    console.print(Panel(Text.assemble(what, "\n", (f"$ onrecord {command}", "bold green")), border_style="dim"))
    sys.stdout.flush()
    started = time.perf_counter()
    onrecord.main([*shlex.split(command), "--ledger", str(path)], prog_name="onrecord", standalone_mode=False)
    console.print(Text(f"({1000 * (time.perf_counter() - started):,.0f} ms)", "dim"))


@click.command(help=__doc__)
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True), help="The folder with the archives."
)
@click.option("--ledger", "path", default="demo/archive.sqlite", show_default=True, type=click.Path(path_type=Path))
@click.option("--only", type=click.Choice(sorted(SUBJECTS)), help="Only reports on this subject.")
@click.option("--since", default="0000", help="Only reports from this day on.")
@click.option("--until", default="9999", help="Only reports up to this day.")
@click.option("--limit", type=int, help="At most so many reports.")
@click.option("--engine", default="local", show_default=True, type=click.Choice(("local", "processes")))
@click.option("--workers", type=int, help="Processes that read at once.")
def demo(
    data: Path,
    path: Path,
    only: str | None,
    since: str,
    until: str,
    limit: int | None,
    engine: str,
    workers: int | None,
) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    path.parent.mkdir(parents=True, exist_ok=True)
    with Ledger(path) as ledger:
        told = fill(ledger, islice(items(data, only, since, until), limit), engine, workers)
        seconds = max(told.pop("all ms"), 1) / 1000
        keeping = told.pop("keeping ms") / 1000
        new = sum(told.values())
        console.print(f"{new:,} reports in {seconds:,.1f} s ({new / seconds:,.1f} a second), {keeping:,.1f} s of it in the ledger: "
                      + ", ".join(f"{count:,} {outcome}" for outcome, count in told.items() if count))  # fmt: skip
        started = time.perf_counter()
        collation = Collation(ledger)
        taken = collation.update()
        spent = max(time.perf_counter() - started, 0.001)
        console.print(f"{taken:,} readings collated in {spent:,.1f} s ({taken / spent:,.1f} a second)")
        console.print(", ".join(f"{count:,} {name}" for name, count in collation.tally().items()))
    for what, command in STEPS:
        show(console, what, command, path)


if __name__ == "__main__":
    demo()
