"""Coded reports into the weights of the event rules: `python -m training.fit_events --data PATH…` writes the tables.

Statuses come first: times look at them.  `fit_happenings` is run by itself, as it also learns from what an encoder finds.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

import onrecord.codebook
from evaluation.actors import load
from onrecord.reader import event_times, statuses

TABLES = {
    "statuses": "status_weights",
    "event_times": "event_time_weights",
    "modes": "mode_weights",
    "contexts": "context_weights",
    "figure_events": "figure_event_weights",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    readings = [r for path in args.data for r in load(path)]
    folder = Path(onrecord.codebook.__file__).parent
    for module, table in TABLES.items():
        text = import_module(f"training.fit_{module}").fitted(readings)
        (folder / f"{table}.tsv").write_text(text + "\n", encoding="utf-8")
        for known in (statuses, event_times):
            known._weights.cache_clear()
        print(f"{table}: {len(text.splitlines()) - 1} signs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
