"""What reading an archive costs and how it scales: `python -m benchmarks.scale [--pages N] [--ray] [--json FILE]`.

Makes a packed WARC file of invented pages of 400 words, reads it with `read_files` (page to text, language, reading,
Parquet) by one and by two processes, and adds the parts to a ledger.  CPU seconds per report hold on a busy machine
too; the gain of a second worker by the clock is only to be trusted when nothing else runs, so the load is printed.
What the parent spends itself is what more workers cannot share.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.reading import LEARN, reports
from onrecord.engines import executor
from onrecord.engines.bulk import read_files
from onrecord.engines.parts import read_part
from onrecord.ledger import Ledger

if TYPE_CHECKING:
    from onrecord.engines import Executor

WORDS = 400
PIECES = 8
"""Splits of the file: enough for two workers to end together."""


def archive(path: Path, pages: int) -> None:
    """A WARC file of so many pages, each record packed by itself."""
    with path.open("wb") as out:
        for n, text in enumerate(reports(LEARN, WORDS, pages)):
            body = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n") if p.strip())
            page = f"<html lang='en'><head><title>Report {n}</title></head><body><nav>Home | World</nav><article>"
            page += f"<h1>Report {n}</h1>{body}</article><footer>About us</footer></body></html>"
            out.write(gzip.compress(_response(f"https://news.example/{n}", page.encode())))


def _response(url: str, page: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"WARC-Date: 2025-05-22T10:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(s.ru_utime + s.ru_stime for s in spent)


def read(engine: Executor, path: Path, out: Path) -> dict[str, float]:
    """One run over the archive: seconds by the clock and of CPU, reports."""
    begun, cpu, here = time.perf_counter(), _cpu(), time.process_time()
    done = list(read_files(engine, [str(path)], out, size=max(1, path.stat().st_size // PIECES)))
    return {
        "reports": sum(d.read for d in done), "wall_s": time.perf_counter() - begun, "cpu_s": _cpu() - cpu,
        "here_cpu_s": time.process_time() - here,
    }  # fmt: skip


def add(parts: list[Path], ledger: Path) -> dict[str, float]:
    """The parts into a ledger."""
    with Ledger(ledger) as kept:
        begun, cpu = time.perf_counter(), _cpu()
        pairs = [(o[1], o[0]) for part in parts for o in read_part(part) if isinstance(o, tuple) and o[1]]
        kept.add_many(pairs)
        return {"reports": len(pairs), "wall_s": time.perf_counter() - begun, "cpu_s": _cpu() - cpu}


def measure(pages: int, with_ray: bool) -> dict[str, dict[str, float]]:
    """All runs by name."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive(folder / "a.warc.gz", pages)
        found["local"] = read(executor("local"), folder / "a.warc.gz", folder / "local")
        for workers in (1, 2):
            engine = executor("processes", workers)
            found[f"processes, {workers}"] = read(engine, folder / "a.warc.gz", folder / f"p{workers}")
        if with_ray:
            executor("ray", 2)  # starts the cluster, with room for both runs
            for workers in (1, 2):
                engine = executor("ray", workers)
                found[f"ray, {workers}"] = read(engine, folder / "a.warc.gz", folder / f"r{workers}")
        parts = sorted((folder / "local").glob("*.parquet"))
        size = sum(p.stat().st_size for p in parts)
        found["add parts to SQLite"] = add(parts, folder / "ledger.sqlite")
        ledger = (folder / "ledger.sqlite").stat().st_size
        found["bytes per report"] = {"parquet": size / pages, "sqlite": ledger / pages}
    return found


def show(found: dict[str, dict[str, float]], console: Console) -> None:
    """The runs for people."""
    table = Table(title=f"Reading a WARC file of pages of {WORDS} words", title_justify="left")
    for column in ("", "reports", "s", "reports per s", "CPU s per report", "of it in the parent"):
        table.add_column(column, justify="left" if not column else "right")
    for name, run in found.items():
        if "wall_s" in run:
            n = run["reports"]
            spent = "" if name.startswith("ray") else f"{run['cpu_s'] / n:.4f}"  # Ray's processes are not our children
            here = f"{run['here_cpu_s'] / n:.4f}" if "here_cpu_s" in run else ""
            table.add_row(name, f"{n:,.0f}", f"{run['wall_s']:.1f}", f"{n / run['wall_s']:.1f}", spent, here)
    console.print(table)
    size = found["bytes per report"]
    console.print(f"bytes per report: {size['parquet']:,.0f} in Parquet, {size['sqlite']:,.0f} in SQLite")
    console.print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=64)
    parser.add_argument("--ray", action="store_true", help="also on a Ray cluster, started here")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    args = parser.parse_args()
    found = measure(args.pages, args.ray)
    show(found, Console(highlight=False))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
