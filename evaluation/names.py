"""Names: `python -m evaluation.names --data PATH [--json]`.

The dev part of the English Worldwide Newswire set (100 articles, 9 classes).  A name is right when span and class are
equal; the encoder's names, and beside them the names as the reader settles them over the whole report (one class a name,
known bodies put right, dates and money left as the encoder has them).  `· CLASS` rows are the encoder's.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evaluation.command import Targets, needed, run
from evaluation.public import names

if TYPE_CHECKING:
    from pathlib import Path

    from evaluation.matching import Table

TARGETS: Targets = {"Worldwide dev": {"names (span, class)": {"f1": 0.88}, "settled per report": {"f1": 0.88}}}


def scored(data: Path) -> dict[str, Table]:
    """The set's table."""
    (dev,) = needed(data, "ner/en_worldwide_newswire/dev.jsonl")
    return {"Worldwide dev": names(dev)}


if __name__ == "__main__":
    sys.exit(run(scored, TARGETS, __doc__))
