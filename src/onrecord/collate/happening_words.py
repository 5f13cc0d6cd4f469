"""A reading -> the words that tell one happening from another: stems, names and numbers, near an event and of the report.

Words count by how rare they are in news (`rarity`), from a table of document counts that is hashed to `BUCKETS` cells
(hashing trick: Weinberger et al. 2009), so that it needs no vocabulary; `training/fit_happening_scorer.py` makes it.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from onrecord.collate.happening_stems import STOP, stem

if TYPE_CHECKING:
    from onrecord.records import Event, Reading, Span

BUCKETS = 1 << 17
SCALE = 16.0
"""Rarity is kept in a byte: natural-log idf times this."""
ABOUT = 48
"""A report's most telling words that are kept."""
LOCAL = 40
"""Content words of an event's sentences that are kept."""
_TITLE_COUNTS = 2
_LEAD_COUNTS = 1
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,.]*\d|\d")
_OWNER = re.compile(r"['’]s?$")
_NAME_BEFORE = re.compile(r"(?:^|[.!?\"“”:]\s*|\n\s*)$")


@dataclass(frozen=True, slots=True)
class Local:
    """What an event's own sentences say."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A content word of the text: where, its stem, and whether it is written as a name or a number."""

    start: int
    stem: str
    sort: str


class Content:
    """The content words of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._tokens = tokens(reading.report.text)
        self._starts = [t.start for t in self._tokens]
        self._sentences = reading.sentences
        self._begins = [s for s, _ in reading.sentences]
        title = tokens(reading.report.title or "")
        self.about, self.about_weights = _about(self._tokens, title, self._lead())
        named, seen = Counter(t.stem for t in self._tokens if t.sort == "name"), Counter(t.stem for t in self._tokens)
        self.named = tuple(s for s in self.about if 2 * named[s] >= max(1, seen[s]))

    def _lead(self) -> int:
        """Where the second sentence of the report ends."""
        return self._sentences[min(1, len(self._sentences) - 1)][1] if self._sentences else 0

    def near(self, e: Event) -> Local:
        """The words, names and numbers of the sentences that name an event."""
        marks = [e.trigger, *e.mentions]
        spans = dict.fromkeys(self._sentence(m.start) for m in marks)
        return self.within(list(spans))

    def within(self, spans: list[tuple[int, int]]) -> Local:
        """The words, names and numbers of some stretches of the text."""
        inside = [t for span in spans for t in self._between(*span)]
        words = dict.fromkeys(t.stem for t in inside if t.sort != "number")
        names = dict.fromkeys(t.stem for t in inside if t.sort == "name")
        numbers = dict.fromkeys(t.stem for t in inside if t.sort == "number")
        return Local(_rarest(words, LOCAL), _rarest(names, LOCAL), tuple(sorted(numbers))[:LOCAL])

    def trigger(self, e: Event) -> tuple[str, ...]:
        """The stems of an event's trigger and further mentions, each once."""
        return self.stems(e.trigger, *e.mentions)

    def stems(self, *spans: Span) -> tuple[str, ...]:
        """The stems of some words, each once; words that tell nothing only where there are no others."""
        found = dict.fromkeys(t.stem for span in spans for t in tokens(span.text))
        return tuple(found) or tuple(dict.fromkeys(stem(w) for span in spans for w in span.text.lower().split()))

    def _sentence(self, offset: int) -> tuple[int, int]:
        i = bisect_right(self._begins, offset) - 1
        return self._sentences[i] if i >= 0 else (0, 0)

    def _between(self, start: int, end: int) -> list[Token]:
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        return self._tokens[first:last]


def content_of(reading: Reading) -> Content:
    """The content words of a reading, to be asked per event."""
    return Content(reading)


def tokens(text: str) -> list[Token]:
    """Content words in text order: no function words, stems, names told by a capital inside a sentence."""
    found = []
    for m in _WORD.finditer(text):
        word = m.group()
        if word[0].isdigit():
            found.append(Token(m.start(), word.replace(",", "").rstrip("."), "number"))
            continue
        bare = word if word.isalpha() else _OWNER.sub("", word)
        low = bare.lower()
        if low in STOP or len(low) < 2:
            continue
        name = bare[0].isupper() and ((bare.isupper() and len(bare) > 1) or not _begins_sentence(text, m.start()))
        found.append(Token(m.start(), stem(low), "name" if name else "word"))
    return found


def _begins_sentence(text: str, at: int) -> bool:
    return _NAME_BEFORE.search(text, max(0, at - 3), at) is not None


def _about(body: list[Token], title: list[Token], lead_ends: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The most telling words of a report and their weights (tf-idf in sixteenths, the title and lead counting more)."""
    counts: Counter[str] = Counter(t.stem for t in body)
    counts.update({s: n * _TITLE_COUNTS for s, n in Counter(t.stem for t in title).items()})
    counts.update(t.stem for t in body if t.start < lead_ends for _ in range(_LEAD_COUNTS))
    weighed = {s: min(255, round(SCALE * (n**0.5) * rarity(s))) for s, n in counts.items()}
    top = sorted(weighed.items(), key=lambda x: (-x[1], x[0]))[:ABOUT]
    top.sort()
    return tuple(s for s, _ in top), tuple(w for _, w in top)


def _rarest(words: dict[str, None], most: int) -> tuple[str, ...]:
    return tuple(sorted(sorted(words, key=lambda s: (-rarity(s), s))[:most]))


@lru_cache(maxsize=200_000)
def rarity(stemmed: str) -> float:
    """How rare a stem is in news: its inverse document frequency, natural logarithm."""
    return float(_table()[bucket(stemmed)]) / SCALE


def bucket(stemmed: str) -> int:
    """The cell of a stem."""
    return zlib.crc32(stemmed.encode()) % BUCKETS


@cache
def _table() -> Any:
    import numpy as np

    path = resources.files("onrecord.collate") / "data" / "rarity.npz"
    with resources.as_file(path) as file, np.load(file) as stored:
        return stored["rarity"]
