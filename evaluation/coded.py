"""Reports coded by the codebook: `python -m evaluation.coded --data PATH [--json]`.

Scores the shipped reader on `gold_reports/dev.jsonl` (real reports) and on our kept reports (invented), of which nothing
was learned.  The reader is given what an input gives (text, headline, outlet, a date of publication where it came with the
report).  The fields are those of `evaluation.scoring`, which says when a record counts as found; totals only, never a text.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evaluation import scoring
from evaluation.command import Targets, needed, run
from evaluation.reading import read_file
from evaluation.sets import KEPT

if TYPE_CHECKING:
    from pathlib import Path

    from evaluation.matching import Table

_GOALS = {
    "statements": 0.92, "· source": 0.88, "events (type, trigger)": 0.70, "· + actor and recipient": 0.60,
    "figures (value)": 0.92, "· + measure": 0.90, "positions (party, span or issue)": 0.75, "· chains of 2+": 0.70,
    "times": 0.95,
}  # fmt: skip
_ROWS = {field: {"f1": goal} for field, goal in _GOALS.items()}
TARGETS: Targets = {"gold_reports dev": _ROWS, "kept": _ROWS}


def scored(data: Path) -> dict[str, Table]:
    """The two sets' tables."""
    from onrecord.reader.pipeline import default_reader

    (gold,) = needed(data, "gold_reports/dev.jsonl")
    reader = default_reader()
    return {
        "gold_reports dev": scoring.score(read_file(gold, reader)),
        "kept": scoring.score(read_file(KEPT, reader)),
    }


if __name__ == "__main__":
    sys.exit(run(scored, TARGETS, __doc__))
