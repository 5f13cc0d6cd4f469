"""What every `python -m evaluation.X --data PATH [--json]` shares: its options, its tables, and the command line as a reader.

A row's target is what the project aims for in that row; a row without one is there to look at.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evaluation.matching import Json, Row, Table

Targets = dict[str, dict[str, dict[str, float]]]
"""Per table and row: what precision, recall or f1 is aimed at."""


class MissingDataError(Exception):
    """A file of the data that a script needs is not there."""


def options(doc: str | None) -> argparse.ArgumentParser:
    """A parser with the options that all scripts have; `doc` is the script's docstring."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets (see docs/evaluation.md)")
    parser.add_argument("--json", action="store_true", help="print the tables as JSON")
    return parser


def needed(data: Path, *names: str) -> list[Path]:
    """Files of the data folder.

    Raises:
        MissingDataError: one is not there.
    """
    paths = [data / n for n in names]
    gone = [str(p) for p in paths if not p.exists()]
    if gone:
        raise MissingDataError(f"not there: {', '.join(gone)}")
    return paths


def show(tables: Mapping[str, Table], targets: Targets, *, as_json: bool = False) -> None:
    """Print tables, with the target of each row that has one, and whether it is met."""
    if as_json:
        plain: dict[str, Any] = {
            name: {f: row._asdict() | {"targets": targets.get(name, {}).get(f, {})} for f, row in table.items()}
            for name, table in tables.items()
        }
        print(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for name, table in tables.items():
        print(name)
        print(f"  {'':34s} {'P':>6s} {'R':>6s} {'F1':>6s} {'n':>6s}   target")
        for field, row in table.items():
            aims = targets.get(name, {}).get(field, {})
            told = ", ".join(f"{of} ≥ {aim:g} {verdict(row, of, aim)}" for of, aim in aims.items())
            print(f"  {field:34s} {row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f} {row.n:6d}   {told}".rstrip())


def verdict(row: Row, of: str, aim: float) -> str:
    """`met` or `missed`."""
    return "met" if getattr(row, of) >= aim else "missed"


def run(scored: Any, targets: Targets, doc: str | None) -> int:
    """A script's whole `main`: options, `scored(data) -> tables`, print.

    Returns:
        0, or 2 where data is missing.
    """
    args = options(doc).parse_args()
    try:
        tables = scored(args.data)
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    show(tables, targets, as_json=args.json)
    return 0


@dataclass(frozen=True, slots=True)
class _Printed:
    """A reading as the command line printed it."""

    plain: Json

    def to_json(self) -> Json:
        return self.plain


class CommandLine:
    """The installed command line as a reader: what `onrecord read --json` prints for a JSON-lines file of reports."""

    def read_many(self, items: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
        """One reading per item, in order.

        Raises:
            subprocess.CalledProcessError: the command failed.
        """
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "reports.jsonl"
            with path.open("w", encoding="utf-8") as stream:
                for one in items:
                    given = {k: v for k, v in one.items() if k not in ("source_id", "published_basis")}
                    stream.write(json.dumps(given | {"id": one["source_id"]}, ensure_ascii=False) + "\n")
            argv = [str(Path(sys.executable).with_name("onrecord")), "read", "--json", str(path)]
            done = subprocess.run(argv, check=True, capture_output=True, encoding="utf-8")
        for line in done.stdout.splitlines():
            yield _Printed(json.loads(line))
