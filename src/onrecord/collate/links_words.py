"""Statements -> which are one utterance in other words, and which say again what the same source has said.

Two renderings of one quote (two translations, one of them shortened) share most of their telling words.  Candidates
share their source and a minimum hash of those words, so that no pair of unrelated statements is ever looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from onrecord.collate.accounts import tellers
from onrecord.collate.tellings import said_on, source_of
from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known
    from onrecord.records import Statement

SAME_WORDS = 0.5
"""Share of telling words from which two statements of one source and day are one utterance."""
SAME_CONTENT = 0.6
"""Share of telling words from which a statement of another day repeats an earlier one."""
_FEWEST = 3
"""Telling words below which nothing can be said about a statement."""
_HASHES = 5
"""Minimum hashes of a statement: two that share half of their words share one of five with probability .97."""
_STEM = 5
"""Letters that are compared of a word: "negotiate", "negotiations" and "negotiators" agree."""
_EMPTY = frozenset(
    """about after again against also another because been before being between both could does doing down during each
    every from further have having here hers herself himself into itself just last like made make many more most much
    must next only other ours over same shall should since some such than that their theirs them themselves then there
    these they this those through today tomorrow under until upon very want wants were what when where whether which
    while whom whose will with within without would year yesterday your yours will said says saying told""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What one source is reported to have said: the day, the words, and those of them that tell."""

    record: str
    report: str
    seq: int
    source: str
    name: str
    said: str | None
    start: int
    end: int
    text: str
    denies: bool
    words: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {f.name: getattr(self, f.name) for f in fields(self)} | {"words": list(self.words)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Utterance:
        """The utterance that `to_json` wrote."""
        return cls(**{**data, "words": tuple(data["words"])})


def telling_words(text: str) -> frozenset[str]:
    """The beginnings of the words that say something."""
    return frozenset(w[:_STEM] for w in folded(text).split() if (len(w) > 3 or w.isdigit()) and w not in _EMPTY)


def alikeness(a: str, b: str) -> float:
    """How many telling words two texts share, of the shorter one's; 0 where there are too few."""
    return shared(telling_words(a), telling_words(b))


def shared(a: Iterable[str], b: Iterable[str]) -> float:
    """Shared words over the words of the shorter text, both of which must have some."""
    one, two = frozenset(a), frozenset(b)
    fewest = min(len(one), len(two))
    return len(one & two) / fewest if fewest >= _FEWEST else 0.0


def utterances(known: Known, who: Mapping[str, Identity]) -> list[Utterance]:
    """The statements of a reading that have a source of their own and enough words."""
    found = []
    for s in known.reading.statements:
        teller = next(iter(tellers([s], who)), None)
        words = telling_words(" ".join(c.text for c in s.content))
        if teller is None or source_of(teller) == "?" or len(words) < _FEWEST or not s.content:
            continue
        found.append(
            Utterance(
                record=s.id, report=known.key, seq=known.seq, source=source_of(teller), name=teller.name,
                said=said_on(known, s), start=s.content[0].start, end=s.content[0].end, text=_text(s),
                denies=s.polarity == "negative", words=tuple(sorted(words)),
            )
        )  # fmt: skip
    return found


def _text(s: Statement) -> str:
    return re.sub(r"\s+", " ", s.content[0].text)


def word_blocks(u: Utterance) -> list[str]:
    """Keys of which two utterances of one source share at least one when they share half of their words."""
    return [f"{u.source}|{n}|{min(_hash(n, w) for w in u.words)}" for n in range(_HASHES)]


@lru_cache(maxsize=100_000)
def _hash(seed: int, word: str) -> str:
    return blake2b(word.encode(), digest_size=8, salt=bytes([seed])).hexdigest()


def same(a: Utterance, b: Utterance) -> float:
    """How surely two utterances are the same words of the same source, 0 where they are not."""
    if a.source != b.source or a.denies != b.denies:
        return 0.0
    alike = shared(a.words, b.words)
    return alike if alike >= (SAME_WORDS if a.said == b.said else SAME_CONTENT) else 0.0
