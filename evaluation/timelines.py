"""Timelines against gold: `python -m evaluation.timelines --data ../shared/data`.

Scores the choice of days on the T17 timelines (Tran et al. 2013) by date-F1 under the protocol of Gholipour Ghalandari
and Ifrim (ACL 2020): the articles published within the gold timeline's range, as many days as gold has.  Each day that
is in both counts; F1 is averaged over timelines.

Only the time component reads the articles (segmentation, dateline, times): choosing days needs nothing else, and it
is twenty times faster than a whole reading.  `--read` reads them whole.

What to make of the number: of the 19 timelines and 9 topics of T17, 10 and 7 are in our copy, so that the published
.544 of Datewise is not of the same set.  Three of the ten have a gold day for nearly every day of their range, where
any choice scores high: the score of a random choice stands beside ours, and the mean over the others is given too.
Nothing in `onrecord.collate.timelines` is fitted, so no topic was learned from; `DEV` are the topics that were looked
at while its counts were chosen.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from math import comb
from pathlib import Path
from typing import Any

from onrecord.collate.timelines import ranked
from onrecord.collate.timelines_facts import DateFact, Mention, date_fact
from onrecord.ledger.known import Known
from onrecord.reader.dateline import read_header
from onrecord.reader.segment import segment
from onrecord.reader.times import find_times

DEV = frozenset(("egypt", "finan", "h1n1", "iraq"))
CROWDED = 0.6
"""A random choice that scores so high leaves nothing to choose."""
_EXACT = frozenset(("day", "hour", "minute"))


def dated(article: dict[str, Any]) -> DateFact:
    """The days of an article, by the time component alone."""
    text, published = article["text"], article["date"][:10]
    document = segment(text)
    header = read_header(text, published=published)
    found: dict[str, int] = defaultdict(int)
    for t in find_times(document, header.anchor, exclude=header.headers):
        if t.precision in _EXACT and t.begin and t.begin[:10] == (t.until or t.begin)[:10]:
            found[t.begin[:10]] += 1
    mentions = tuple(Mention(day=day, times=n, sentence="") for day, n in sorted(found.items()))
    return DateFact(id=article["id"], seq=0, report=article["id"], published=published, lead="", mentions=mentions)


def read(article: dict[str, Any]) -> DateFact:
    """The days of an article, by the whole reader."""
    import onrecord

    reading = onrecord.read(article["text"], published=article["date"][:10])
    return date_fact(Known(seq=0, key=article["id"], added_at="", reading=reading, appearances=(), state="current"))


def date_f1(chosen: set[str], gold: set[str]) -> float:
    """F1 of two sets of days."""
    both = len(chosen & gold)
    return 2 * both / (len(chosen) + len(gold)) if both else 0.0


def by_chance(days: int, wanted: int, gold: int) -> float:
    """The date-F1 to be expected of `wanted` days drawn from `days`, of which `gold` are right; 0 of 0 days is 0."""
    drawn = min(days, wanted)
    if not days:
        return 0.0
    ways = comb(days, drawn)
    hits = sum(k * comb(gold, k) * comb(days - gold, drawn - k) for k in range(min(gold, drawn) + 1)) / ways
    return 2 * hits / (drawn + wanted)


def score(facts: list[DateFact], gold: set[str]) -> tuple[float, float]:
    """Our date-F1 and that of chance, for one timeline."""
    first, last = min(gold), max(gold)
    inside = [f for f in facts if f.published is not None and first <= f.published <= last]
    days = ranked(inside, first, last)
    chosen = {d.day for d in days[: len(gold)]}
    return date_f1(chosen, gold), by_chance(len(days), len(gold), len({d.day for d in days} & gold))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--read", action="store_true", help="read the articles whole")
    parser.add_argument("--topics", nargs="*", help="only these")
    given = parser.parse_args()
    folder = given.data / "events" / "tls"
    golds = [json.loads(line) for line in (folder / "t17_timelines.jsonl").read_text().splitlines()]
    articles: dict[str, list[DateFact]] = defaultdict(list)
    started = time.process_time()
    for line in (folder / "t17_articles.jsonl").read_text().splitlines():
        article = json.loads(line)
        if not given.topics or article["topic"] in given.topics:
            articles[article["topic"]].append(read(article) if given.read else dated(article))
    spent = time.process_time() - started
    count = sum(map(len, articles.values()))
    how = "the whole reader" if given.read else "the time component"
    print(f"{count:,} articles read by {how} in {spent:.1f} s of processor time")
    report([g for g in golds if g["topic"] in articles], articles)


def report(golds: list[dict[str, Any]], articles: dict[str, list[DateFact]]) -> None:
    rows = []
    for g in golds:
        gold = {entry["date"][:10] for entry in g["entries"]}
        ours, chance = score(articles[g["topic"]], gold)
        rows.append((g["topic"], ours, chance))
        print(f"{g['topic']:8} {g['source'][:32]:32} {len(gold):4} days  date-F1 {ours:.3f}  chance {chance:.3f}")
    parts = {
        "all": rows,
        "dev topics": [r for r in rows if r[0] in DEV],
        "other topics": [r for r in rows if r[0] not in DEV],
        "with a choice": [r for r in rows if r[2] < CROWDED],
    }
    for name, part in parts.items():
        if part:
            ours, chance = (sum(r[n] for r in part) / len(part) for n in (1, 2))
            print(f"{name:14} {len(part):2} timelines  date-F1 {ours:.3f}  chance {chance:.3f}")


if __name__ == "__main__":
    main()
