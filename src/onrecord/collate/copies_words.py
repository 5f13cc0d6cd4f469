"""Texts -> words and runs of words as 64-bit numbers, for many texts at once and without a loop over words.

What an editor changes without touching the words does not count: case, accents, typographic quotes and dashes,
apostrophes, punctuation, line ends.  Numbers are the same in every process and on every machine.
"""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

RUN = 4
"""Words in a run: short enough to survive light editing (one word in ten changed leaves two runs in three), long
enough that two stories of one topic share few (swept 3-6 on the learning half of `evaluation.copies`)."""

_SPACE = 0
_NOTHING = 1
"""What an apostrophe, a soft hyphen and a combining accent are: "don't" and "dont" are one word."""
_OTHER = 0xFFFF
_SKIPPED = frozenset("'’‘ʼ`´\u00ad\u200b\u200c\u200d\ufeff")
_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
"""Odd, so that powers of it can be divided by again (modulo 2^64)."""
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
"""The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)."""
_PLACES = tuple(np.uint64(0xD6E8FEB86659FD93 * (2 * k + 1) % 2**64 | 1) for k in range(16))
_CODE = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, one after the other: their hashes, and for each text where its words begin
    (`firsts`, one longer than the texts)."""

    hashes: Hashes
    firsts: Numbers


def words(texts: Sequence[str]) -> Words:
    """The words of texts.  Lone surrogates count as letters."""
    ends = np.cumsum([len(t) + 1 for t in texts], dtype=np.int64)
    if not texts:
        return Words(np.zeros(0, dtype=np.uint64), np.zeros(1, dtype=np.int64))
    raw = np.frombuffer(("\n".join(texts) + "\n").encode(_CODE, "surrogatepass"), dtype=np.uint32)
    letters = _table().take(np.minimum(raw, _OTHER))
    kept = letters != _NOTHING
    if not kept.all():
        before = np.concatenate([[0], np.cumsum(kept)])
        ends = before[ends]
        letters = letters[kept]
    inside = letters != _SPACE
    edges = np.flatnonzero(np.diff(inside, prepend=False))
    starts, stops = edges[::2], edges[1::2]
    power, inverse = _powers(1 << (len(letters) - 1).bit_length())
    sums = np.cumsum(letters * power[: len(letters)], dtype=np.uint64)
    whole = sums[stops - 1]
    whole -= np.where(starts > 0, sums[starts - 1], np.uint64(0))
    whole *= inverse[starts]
    firsts = np.searchsorted(starts, np.concatenate([[0], ends]))
    return Words(mixed(whole), firsts)


def runs(found: Words, size: int = RUN) -> tuple[Hashes, Numbers]:
    """The hash of each run of `size` words, and the number of the text that it stands in.

    A text with fewer words has one run: all its words.
    """
    counts = np.diff(found.firsts)
    many = np.maximum(counts - size + 1, np.minimum(counts, 1))
    owners = np.repeat(np.arange(len(counts)), many)
    at = np.arange(len(owners)) - np.repeat(np.cumsum(many) - many - found.firsts[:-1], many)
    stops = found.firsts[1:][owners]
    padded = np.concatenate([found.hashes, np.zeros(size, dtype=np.uint64)])
    total = padded[at] * _PLACES[0]
    for k in range(1, size):
        total += np.where(at + k < stops, padded[at + k], np.uint64(0)) * _PLACES[k]
    return mixed(total), owners


def mixed(numbers: Hashes) -> Hashes:
    """Numbers whose every bit depends on every bit of those given, one to one."""
    out = numbers ^ (numbers >> np.uint64(30))
    out *= _MIX[0]
    out ^= out >> np.uint64(27)
    out *= _MIX[1]
    out ^= out >> np.uint64(31)
    return out


@cache
def _table() -> NDArray[np.uint16]:
    """Code point -> the letter that it counts as, `_SPACE` or `_NOTHING`; beyond the basic plane all are one letter."""
    table = np.zeros(_OTHER + 1, dtype=np.uint16)
    for code in range(_OTHER):
        table[code] = _letter(chr(code))
    table[_OTHER] = _OTHER
    return table


def _letter(char: str) -> int:
    if char in _SKIPPED:
        return _NOTHING
    if char.isascii():
        return ord(char.lower()) if char.isalnum() else _SPACE
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"}:
        return _NOTHING
    if category[0] not in "LNC":
        return _SPACE
    base = unicodedata.normalize("NFKD", char)[0].lower()[0]
    if not base.isalnum() and category[0] != "C":
        return _SPACE
    if category == "Cc":
        return _SPACE
    return ord(base) if ord(base) < _OTHER else ord(char)


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """The base to the power of 0, 1, 2 …, and the inverses of these."""
    inverse = np.uint64(pow(int(_BASE), -1, 2**64))
    chains = []
    for base in (_BASE, inverse):
        chain = np.full(length, base, dtype=np.uint64)
        chain[0] = 1
        chains.append(np.cumprod(chain, dtype=np.uint64))
    return chains[0], chains[1]
