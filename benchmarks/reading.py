"""What reading costs on this machine: `python -m benchmarks.reading [--json FILE]`.

Prints warm CPU seconds per 400-word report read in full on one core, the share of each component, the ratio to the
encoder alone (a machine-independent measure), reports per second, the cold start of `onrecord read` on one short
report, the resident memory of a process that has read, and the time of `import onrecord`.  The reports are invented:
400-word runs of our own corpus (`evaluation/corpus/learn.jsonl`), all different, so that no cache flatters.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
LEARN = ROOT / "evaluation" / "corpus" / "learn.jsonl"
WORDS = 400
REPORTS = 24
WARM_UP = 4
SHORT_WORDS = 60
TRIES = 3
LIMITS = {"cpu_s_per_report": 0.15, "cold_start_s": 2.0, "memory_mb": 600.0, "import_s": 0.3}
"""What the project promises; see the issue "Read a report"."""
READ_AND_TELL = (
    "import json, resource, sys; from onrecord.reader.pipeline import default_reader;"
    "list(default_reader().read_many({'text': t} for t in json.load(sys.stdin)));"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def reports(path: Path, words: int = WORDS, count: int = REPORTS) -> list[str]:
    """`count` texts of `words` words each, from the corpus's reports put end to end, paragraphs kept."""
    with path.open(encoding="utf-8") as stream:
        texts = [json.loads(line)["report"]["text"] for line in stream]
    pieces = [p for text in texts for p in text.split("\n") if p.strip()]
    out: list[str] = []
    held: list[str] = []
    size = 0
    while len(out) < count:
        for piece in pieces:
            tokens = piece.split(" ")
            held.append(" ".join(tokens[: words - size]))
            size += min(len(tokens), words - size)
            if size == words:
                out.append("\n\n".join(held))
                held, size = [], 0
    return out[:count]


def reading_costs(texts: list[str]) -> dict[str, Any]:
    """Read the texts one by one, warm: seconds per report in all and by component; nothing else should be running."""
    from benchmarks.components import timed_components
    from onrecord.reader.pipeline import default_reader

    reader = default_reader()
    items = [{"text": t, "published": "2025-05-22"} for t in texts]
    for item in items[:WARM_UP]:
        next(reader.read_many([item]))
    timed = items[WARM_UP:]
    begun, wall = time.process_time(), time.perf_counter()
    for item in timed:
        next(reader.read_many([item]))
    cpu, wall = time.process_time() - begun, time.perf_counter() - wall
    with timed_components() as clock:
        again = time.process_time()
        for item in timed:
            next(reader.read_many([item]))
        again = time.process_time() - again
    n = len(timed)
    parts = {name: seconds / n for name, seconds in clock.seconds.items()}
    parts["the rest"] = again / n - sum(parts.values())
    encoder = parts["encoder"]
    return {
        "reports": n, "words_per_report": WORDS, "cpu_s_per_report": cpu / n, "reports_per_s": n / wall,
        "encoder_s_per_report": encoder, "ratio_to_encoder": (again / n) / encoder, "components": parts,
    }  # fmt: skip


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}


def _python(code: str, *args: str, given: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        input=given, capture_output=True, text=True, check=True, env=_environment(), encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def cold_start(text: str) -> dict[str, float]:
    """`onrecord read` on one short report in a process of its own: the best of a few tries, wall clock and CPU."""
    best = {"cold_start_s": float("inf"), "cold_start_cpu_s": float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        for _ in range(TRIES):
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            _python("from onrecord.cli import main; main()", "read", str(path))
            wall = time.perf_counter() - begun
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best = {
                "cold_start_s": min(best["cold_start_s"], wall),
                "cold_start_cpu_s": min(best["cold_start_cpu_s"], cpu),
            }
    return best


def memory(texts: list[str]) -> float:
    """Largest resident memory, in MB, of a process that reads the texts as one batch after the other."""
    kilobytes = int(_python(READ_AND_TELL, given=json.dumps(texts)))
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


def import_time() -> float:
    """Seconds that `import onrecord` takes in a fresh process, the best of a few."""
    code = "import time; t = time.perf_counter(); import onrecord; print(time.perf_counter() - t)"
    return min(float(_python(code)) for _ in range(TRIES))


def measure(corpus: Path) -> dict[str, Any]:
    """All the numbers."""
    texts = reports(corpus)
    costs = reading_costs(texts)
    short = reports(corpus, SHORT_WORDS, 1)[0]
    return costs | cold_start(short) | {"memory_mb": memory(texts), "import_s": import_time()}


def show(results: dict[str, Any], console: Console) -> None:
    """The numbers for people."""
    table = Table(
        title=f"Reading, one core, {results['reports']} invented reports of {WORDS} words", title_justify="left"
    )
    for column in ("", "value", "limit"):
        table.add_column(column, justify="left" if not column else "right")
    labels = {
        "cpu_s_per_report": "CPU s per report, warm", "reports_per_s": "reports per s, one core",
        "encoder_s_per_report": "encoder alone, CPU s per report", "ratio_to_encoder": "whole reader / encoder alone",
        "cold_start_s": "cold start of `onrecord read`, s", "cold_start_cpu_s": "  the same in CPU s",
        "memory_mb": "resident memory, MB", "import_s": "`import onrecord`, s",
    }  # fmt: skip
    for key, label in labels.items():
        limit = LIMITS.get(key)
        over = limit is not None and results[key] > limit
        table.add_row(
            label, f"{results[key]:.3g}", "" if limit is None else f"{limit:g}", style="bold red" if over else None
        )
    console.print(table)
    parts = Table(title="Where the time goes", title_justify="left")
    for column in ("component", "ms", "share", "of the encoder"):
        parts.add_column(column, justify="left" if column == "component" else "right")
    total = sum(results["components"].values())
    for name, seconds in sorted(results["components"].items(), key=lambda p: -p[1]):
        ratio = seconds / results["encoder_s_per_report"]
        parts.add_row(name, f"{1000 * seconds:.1f}", f"{seconds / total:.0%}", f"{ratio:.2f}")
    console.print(parts)


def main() -> int:
    """Measure and print; timings on a shared machine are no reason to fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here (“-”: print only them)")
    parser.add_argument("--corpus", type=Path, default=LEARN, help="coded reports to take the texts from")
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"there is no {args.corpus}: run `python evaluation/corpus_build.py`", file=sys.stderr)
        return 2
    results = measure(args.corpus)
    if args.json and str(args.json) != "-":
        args.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if str(args.json) == "-":
        print(json.dumps(results, indent=1))
    else:
        show(results, Console(highlight=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
