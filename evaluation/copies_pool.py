"""Open text -> pools of reports in which it is known what is a copy of what; a seed makes the same pool again.

A pool is a topic's articles: some printed once, some as several edited copies, some merged with another of the same
days; and hard negatives: different articles of one topic and day, some of them with background paragraphs of each
other's.  What counts as one origin: a report merged of two stories belongs to the one that gives three quarters of it
or more, and is of its own where neither gives more than three fifths.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from evaluation.copies_edits import EDITS, Paragraphs, printed, size

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (90, 1500)
MOST_STORIES = 220
_TOKENISED = (
    (r"``\s*|\s*''", '"'), (r"\\/", "/"), (r"\s+([.,;:!?%)\]])", r"\1"), (r"([(\[$])\s+", r"\1"), (r" '(s|m|d|ll|re|ve)\b", r"'\1"),
    (r" n't\b", "n't"), (r"(\w)s ' ", r"\1s' "), (r"  +", " "),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the open text."""

    id: str
    topic: str
    day: str
    story: Paragraphs


@dataclass(frozen=True, slots=True)
class Made:
    """A report of a pool: its text, which story it is of (None: of its own), and how it was made."""

    text: str
    of: str
    how: str
    day: str


@dataclass(slots=True)
class Pool:
    """The reports of a topic by key, and the articles left out because the source itself has them twice."""

    topic: str
    reports: dict[str, Made] = field(default_factory=dict)
    doubled: int = 0


def articles(data: Path) -> list[Article]:
    """T17's and Wikinews's articles of a fit length, Wikinews by year as topics."""
    found = []
    for row in _rows(data / "events" / "tls" / "t17_articles.jsonl"):
        found.append(_article(row["id"], row["topic"], row["date"], row["text"], tokenised=True))
    for row in _rows(data / "corpora" / "wikinews" / "wikinews_2019_2020.jsonl"):
        text = re.split(r"\n\s*(?:Sources?|References?)\s*\n", row["text"])[0]
        text = re.sub(r"^\w+, \w+ \d+, \d{4}\s*", "", text)
        found.append(_article(row["id"], "wikinews " + row["date"][:4], row["date"], text, tokenised=False))
    return [a for a in found if WORDS[0] <= size(a.story) <= WORDS[1]]


def pools(found: list[Article], seed: int) -> list[Pool]:
    """One pool per topic."""
    by_topic = defaultdict(list)
    for article in found:
        by_topic[article.topic].append(article)
    return [_pool(topic, by_topic[topic], Random(f"{seed} {topic}")) for topic in sorted(by_topic)]


def _pool(topic: str, found: list[Article], rng: Random) -> Pool:
    pool = Pool(topic)
    single = _once_each(found)
    pool.doubled = len(found) - len(single)
    chosen = _crowded_days(single, rng)
    beside = {a.id: [b for b in chosen if b.day == a.day and b is not a] for a in chosen}
    for article in chosen:
        story = article.story
        others = beside[article.id]
        if others and rng.random() < 0.35:
            story = _with_background(story, rng.choice(others).story, rng)
        _put(pool, article, article.id, printed(story, rng), "story")
        if rng.random() < 0.5:
            for _ in range(rng.choice([1, 1, 2, 2, 3, 4, 6])):
                text, how = _copy(story, rng)
                _put(pool, article, article.id, text, how)
        if others and rng.random() < 0.15:
            _merged(pool, article, rng.choice(others), rng)
    return pool


def _copy(story: Paragraphs, rng: Random) -> tuple[str, str]:
    names = rng.sample(sorted(EDITS), rng.choice([1, 1, 2, 2, 3, 4]))
    for name in names:
        story = EDITS[name](story, rng)
    return printed(story, rng), " + ".join(sorted(names))


def _with_background(story: Paragraphs, other: Paragraphs, rng: Random) -> Paragraphs:
    """A story that ends on paragraphs of another: up to three tenths of it."""
    flat = [s for p in other for s in p]
    room = 0.3 * size(story)
    start = rng.randrange(len(flat))
    taken: list[str] = []
    for sentence in flat[start:]:
        if size([[*taken, sentence]]) > room:
            break
        taken.append(sentence)
    return [*story, taken] if taken else story


def _merged(pool: Pool, article: Article, other: Article, rng: Random) -> None:
    """Two stories run together: one with a small part of the other, or the two evenly."""
    first, second = article.story, other.story
    if rng.random() < 0.5:
        words = min(size(first), size(second)) * rng.uniform(0.5, 1.0)
        text = printed([*_top(first, words), *_top(second, words)], rng)
        _put(pool, article, f"{article.id} and {other.id}", text, "merged evenly")
    else:
        words = size(first) * rng.uniform(0.7, 1.0)
        taken = _top(second, words * rng.uniform(0.1, 0.3))
        _put(pool, article, article.id, printed([*_top(first, words), *taken], rng), "merged with a part")


def _top(story: Paragraphs, words: float) -> Paragraphs:
    kept: Paragraphs = []
    for paragraph in story:
        for sentence in paragraph:
            if kept and size([*kept, [sentence]]) > words:
                return kept
            kept.append([sentence])
    return kept


def _put(pool: Pool, article: Article, of: str, text: str, how: str) -> None:
    if how == "merged evenly":
        of = f"{of} #{len(pool.reports)}"
    pool.reports[f"{pool.topic}:{len(pool.reports):05d}"] = Made(text, of, how, article.day)


def _once_each(found: list[Article]) -> list[Article]:
    """The articles less those that share half of their eight-word runs with an earlier one: copies in the source.

    Compared one with another and in another way than the index does, so that the truth is not of its making.
    """
    kept: list[Article] = []
    runs: list[set[str]] = []
    for article in sorted(found, key=lambda a: (a.day, a.id)):
        words = re.findall(r"\w+", " ".join(s for p in article.story for s in p).lower())
        mine = {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
        if all(len(mine & other) < 0.5 * min(len(mine), len(other)) for other in runs):
            kept.append(article)
            runs.append(mine)
    return kept


def _crowded_days(found: list[Article], rng: Random) -> list[Article]:
    """Up to `MOST_STORIES` articles, days with many of them first: these are the hard negatives."""
    days = defaultdict(list)
    for article in found:
        days[article.day].append(article)
    ranked = sorted(days, key=lambda d: (-len(days[d]), d))
    chosen = [a for day in ranked for a in days[day]][:MOST_STORIES]
    rng.shuffle(chosen)
    return chosen


def _article(key: str, topic: str, day: str, text: str, *, tokenised: bool) -> Article:
    paragraphs: Paragraphs = []
    if tokenised:
        lines = [_plain(line) for line in text.split("\n")]
        lines = [line for line in lines if line]
        rng = Random(key)
        while lines:
            count = rng.randint(1, 3)
            paragraphs.append(lines[:count])
            lines = lines[count:]
    else:
        paragraphs = [re.split(r"(?<=[.!?]) (?=[A-Z\"“])", " ".join(p.split())) for p in text.split("\n") if p.strip()]
    return Article(key, topic, day, paragraphs)


def _plain(line: str) -> str:
    for pattern, by in _TOKENISED:
        line = re.sub(pattern, by, line)
    return line.strip()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]
