"""The reader's scores against pinned floors: `python -m evaluation.gate [--data PATH]` exits 1 when a field sank.

Scores our kept reports and, where PATH holds them, the public dev sets; sets that are not there are named and
left out.  `--repin` pins new floors (what was reached less a margin), never lower than they were unless
`--allow-regression`; it refuses a changed kept corpus unless `--new-corpus`.  `--set learn` scores the reports that
are there to tune on, component by component, without floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table as View

from evaluation import floors as pinned
from evaluation.floors import Floors, FloorsError
from evaluation.sets import KEPT, LEARN_SET, SETS, ScoredSet, traced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaluation.matching import Table
    from onrecord.api import ReaderLike

FLOORS = Path(__file__).resolve().parent / "floors.json"
PASSED, SANK, UNUSABLE = 0, 1, 2


def shipped_reader() -> ReaderLike:
    """The reader with the shipped weights."""
    from onrecord.reader.pipeline import default_reader

    reader: ReaderLike = default_reader()
    return reader


def run(
    argv: Sequence[str] | None = None,
    *,
    sets: Sequence[ScoredSet] = SETS,
    kept: Path = KEPT,
    make_reader: Callable[[], ReaderLike] = shipped_reader,
    console: Console | None = None,
) -> int:
    """Score, print, compare or pin.

    Returns:
        0: every field holds its floor; 1: a field does not, or there are no floors yet; 2: the floors or the kept
        corpus cannot be used as they are, or nothing was there to score.
    """
    args = _arguments([s.name for s in sets], argv)
    console = console or Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    tuning = args.set == ["learn"]
    try:
        floors = Floors() if tuning else pinned.load(args.floors)
        sha256 = floors.corpus_sha256
        if not args.set or "kept" in args.set:
            sha256 = pinned.corpus_hash(kept)
            pinned.check_corpus(floors, sha256, new_corpus=args.new_corpus)
    except FloorsError as error:
        console.print(str(error), style="bold red", markup=False)
        return UNUSABLE
    scores = _score(args, (LEARN_SET,) if tuning else sets, make_reader, floors, console)
    if not scores:
        console.print("nothing was scored", style="bold red")
        return UNUSABLE
    if args.json:
        _write(args.json, scores)
    if tuning:
        return PASSED
    if args.repin:
        floors = pinned.repin(floors, scores, sha256, allow_regression=args.allow_regression)
        pinned.save(floors, args.floors)
        console.print(f"floors pinned in {args.floors}", markup=False)
    return _verdict(floors, scores, console)


def _arguments(names: list[str], argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of the public data sets")
    parser.add_argument("--set", action="append", default=[], choices=[*names, "learn"], help="only these sets")
    parser.add_argument("--components", action="store_true", help="score coded reports component by component too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the scores here")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the pinned floors (default: %(default)s)")
    parser.add_argument("--repin", action="store_true", help="pin new floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --repin: floors may sink")
    parser.add_argument("--new-corpus", action="store_true", help="with --repin: the kept corpus has changed")
    args = parser.parse_args(argv)
    if (args.allow_regression or args.new_corpus) and not args.repin:
        parser.error("--allow-regression and --new-corpus go with --repin")
    if "learn" in args.set and (args.repin or len(args.set) > 1):
        parser.error("--set learn goes alone: there are no floors for what is tuned on")
    if args.new_corpus and args.set and "kept" not in args.set:
        parser.error("--new-corpus needs the kept reports scored")
    if args.components and args.repin:
        parser.error("--components is for looking; floors are pinned without it")
    return args


def _score(
    args: argparse.Namespace,
    sets: Sequence[ScoredSet],
    make_reader: Callable[[], ReaderLike],
    floors: Floors,
    console: Console,
) -> dict[str, Table]:
    """Score and print each set that is asked for and there; name those that are not there."""
    scores: dict[str, Table] = {}
    reader: ReaderLike | None = None
    for one in sets:
        if args.set and one.name not in args.set:
            continue
        files = one.located(args.data)
        if files is None:
            console.print(f"{one.name}: not there, left out ({', '.join(map(str, one.files))})", style="yellow")
            continue
        reader = reader or make_reader()
        coded = one.name in ("kept", "gold", "learn")
        scores[one.name] = traced(files, reader) if args.components and coded else one.score(files, reader)
        console.print(view(one, scores[one.name], floors.sets.get(one.name, {})))
    return scores


def view(one: ScoredSet, table: Table, floors: dict[str, float]) -> View:
    """One set's scores for people, with the floor of each field and a mark where it is missed."""
    shown = View(title=f"{one.name}: {one.title}", title_justify="left", title_style="bold")
    shown.add_column("field")
    for column in ("precision", "recall", "F1", "n", "floor"):
        shown.add_column(column, justify="right")
    for field, row in table.items():
        floor = floors.get(field)
        style = "bold red" if floor is not None and row.f1 < floor else None
        last = "" if floor is None else f"{floor:.3f}" + (" !" if style else "")
        numbers = [f"{value:.3f}" for value in row[:3]]
        shown.add_row(field, *numbers, str(row.n), last, style=style)
    return shown


def _write(path: Path, scores: dict[str, Table]) -> None:
    plain: dict[str, Any] = {name: {f: row._asdict() for f, row in table.items()} for name, table in scores.items()}
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _verdict(floors: Floors, scores: dict[str, Table], console: Console) -> int:
    sunk = pinned.missed(floors, scores)
    for line in sunk:
        console.print(line, style="bold red", markup=False)
    unpinned = [name for name in scores if name not in floors.sets]
    if unpinned:
        console.print(f"no floors yet for {', '.join(unpinned)}: pin them with --repin", style="bold red")
    if not sunk and not unpinned:
        console.print("every field holds its floor", style="bold green")
    return SANK if sunk or unpinned else PASSED


if __name__ == "__main__":
    sys.exit(run())
