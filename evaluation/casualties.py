"""How many were killed, captured, injured: `python -m evaluation.casualties --data PATH [--articles N] [--json]`.

*ISAF press releases* (`events/isaf_press_releases/dev.jsonl`): the share of releases whose number killed, and captured, is
exactly the coded one.  `evaluation.tolls` adds up the reader's figures and the single victims of each sentence and takes the
largest.  The rules were made while looking at the first 181; the target is judged on the 181 after those.

*GVA* (`events/gva_longtail`): the share of news articles whose number killed, and injured, is exactly that of their
incident (not the shooter counted apart; an incident's totals are of a later day than many articles, so not every number
stands in its article).  Which of the numbers of an article is its incident's toll is chosen by the linear model of
`evaluation.tolls_choice`, by cross-validation in five folds, all articles of an incident in one fold; the rows give the mean,
`least fold` and `best fold` the spread; `· by rule` is `evaluation.tolls` without any fitting, `· among candidates` what
no choice could better.  Articles of fewer than 150 characters or without a known incident are left out.
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING

from evaluation.command import MissingDataError, Targets, needed, options, show
from evaluation.matching import Json, Row, Table, read_lines
from evaluation.public import ISAF_TUNED_ON
from evaluation.tolls import count
from evaluation.tolls_choice import KINDS, Choice, ceiling, signs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TARGETS: Targets = {
    "ISAF, releases not tuned on": {"killed": {"recall": 0.90}, "captured": {"recall": 0.90}},
    "GVA, by cross-validation": {"killed": {"recall": 0.80}, "injured": {"recall": 0.80}},
}
FOLDS = 5
SHORTEST = 150


def scored(data: Path, articles: int = sys.maxsize) -> dict[str, Table]:
    """Both sets; of GVA, the first so many articles."""
    releases, news, incidents = needed(
        data, "events/isaf_press_releases/dev.jsonl", "events/gva_longtail/articles.jsonl",
        "events/gva_longtail/incidents.jsonl",
    )  # fmt: skip
    rows = read_lines(releases)
    totals = {r["incident_id"]: r for r in read_lines(incidents)}
    told = [r for r in read_lines(news) if r["incident_id"] in totals and len(r["text"]) >= SHORTEST]
    return {
        "ISAF, releases not tuned on": isaf(rows[ISAF_TUNED_ON:]),
        "ISAF, all releases": isaf(rows),
        "GVA, by cross-validation": gva(told[:articles], totals),
    }


def isaf(rows: Sequence[Json]) -> Table:
    """The share of releases with exactly the coded number."""
    found = [count(r["text"]) for r in rows]
    return {
        kind: _share([f[kind] == r["gold"][f"min_{kind}"] for f, r in zip(found, rows, strict=True)])
        for kind in ("killed", "captured")
    }


def gva(rows: Sequence[Json], totals: dict[str, Json]) -> Table:
    """The share of articles with exactly their incident's number, by folds of incidents."""
    articles = [signs(r["title"], r["text"]) for r in rows]
    fold = [zlib.crc32(str(r["incident_id"]).encode()) % FOLDS for r in rows]
    out: Table = {}
    for kind in KINDS:
        gold = [totals[r["incident_id"]][f"num_{kind}"] for r in rows]
        right: list[list[bool]] = []
        for k in range(FOLDS):
            inside = [i for i in range(len(rows)) if fold[i] != k]
            choose = Choice(kind, [articles[i] for i in inside], [gold[i] for i in inside])
            right.append([choose(articles[i]) == gold[i] for i in range(len(rows)) if fold[i] == k])
        folds = sorted(sum(r) / max(1, len(r)) for r in right if r)
        out[kind] = _share([x for r in right for x in r])
        out[f"· {kind}, least fold"] = Row(folds[0], folds[0], folds[0], len(rows))
        out[f"· {kind}, best fold"] = Row(folds[-1], folds[-1], folds[-1], len(rows))
        out[f"· {kind}, by rule"] = _share([count(r["text"])[kind] == g for r, g in zip(rows, gold, strict=True)])
        most = ceiling(articles, gold, kind)
        out[f"· {kind}, among candidates"] = Row(most, most, most, len(rows))
    return out


def _share(right: Sequence[bool]) -> Row:
    share = sum(right) / max(1, len(right))
    return Row(share, share, share, len(right))


def main() -> int:
    """Score and print."""
    parser = options(__doc__)
    parser.add_argument("--articles", type=int, default=sys.maxsize, help="only the first N articles of GVA")
    args = parser.parse_args()
    try:
        tables = scored(args.data, args.articles)
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    show(tables, TARGETS, as_json=args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
