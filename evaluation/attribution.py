"""Who says what: `python -m evaluation.attribution --data PATH [--json]`.

Reads `attribution/polnear/dev.jsonl` and `attribution/scu_journ_sourcing/dev.jsonl` through the public command line:
the articles go into a JSON-lines file (text, id, and for PolNeAR the date), `onrecord read --json` prints the readings,
and those are scored.

*PolNeAR, items* (`attribution/cofenet_bio/polnear_valid.jsonl`): CofeNet's items and its exact match - per role, micro
precision, recall and F1 of contiguous runs of tokens.  Statements are laid over each item's tokens by their offsets, one
role to a token (cue before source before content); items without offsets (102, one article) are left out.  The reader
has seen the whole article, not the item alone, and is not told where an item begins.  Statements inside others are left
out, as PolNeAR codes no nesting.

*PolNeAR, articles*: whole attributions of the first annotator.  `exact`: all three span lists are equal, character by
character.  `relaxed`: the sources overlap (or neither has one) and the contents share half of their characters
(intersection over union), one-to-one.

*SCU*: sourced statements of 14 news stories, those whose words were found in the text and whose type is one of the six.
`found`: recall is the share of coded statements that one of ours overlaps, as the published comparison of language
models counts; precision the share of ours that overlap a coded one (the set codes each sentence of a quotation by itself,
we code the quotation as one statement).  `statements` pairs them one-to-one instead.  `kind` and `anonymous` are shares of
those found, our best overlapping statement judged: is its kind among those that the set's type stands for, and does
source.naming say `anonymous` just where the set does.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evaluation.attributions import polnear, scu
from evaluation.command import CommandLine, Targets, needed, run

if TYPE_CHECKING:
    from pathlib import Path

    from evaluation.matching import Table

TARGETS: Targets = {
    "PolNeAR dev": {
        "source": {"f1": 0.84}, "cue": {"f1": 0.76}, "content": {"f1": 0.73},
        "whole, exact": {"f1": 0.57}, "whole, relaxed": {"f1": 0.77},
    },
    "SCU dev": {
        "found": {"recall": 0.85, "precision": 0.75}, "kind (of matched)": {"recall": 0.94},
    },
}  # fmt: skip


def scored(data: Path) -> dict[str, Table]:
    """The two sets' tables."""
    items, articles, stories = needed(
        data, "attribution/cofenet_bio/polnear_valid.jsonl", "attribution/polnear/dev.jsonl",
        "attribution/scu_journ_sourcing/dev.jsonl",
    )  # fmt: skip
    reader = CommandLine()
    return {"PolNeAR dev": polnear(items, articles, reader), "SCU dev": scu(stories, reader)}


if __name__ == "__main__":
    sys.exit(run(scored, TARGETS, __doc__))
