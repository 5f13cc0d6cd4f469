"""Texts -> signatures whose likeness is that of the texts, and the bands under which an index finds them.

One-permutation MinHash: each run of words falls by its hash into one of `SLOTS` slots, the smallest of a slot is kept,
and an empty slot borrows from another, the same for all texts (Shrivastava, "Optimal densification for fast and
accurate minwise hashing", ICML 2017).  Two texts agree in a slot with the probability of their resemblance, as in
MinHash (Broder 1997); `BANDS` pairs of slots make the keys of locality-sensitive hashing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.collate.copies_words import Hashes, Numbers, mixed, runs, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SLOTS = 96
ROWS = 2
BANDS = SLOTS // ROWS
"""A pair is compared with probability 1 - (1 - r²)^48: .99 at a resemblance of .3, .38 at .1, .02 at .02."""

_EMPTY = np.uint64(2**64 - 1)
_ATTEMPTS = 1024
_AT_ONCE = 32
"""Texts that go through the arrays together: enough to spread what each call costs, few enough for the cache."""
_BAND_SEEDS = mixed(np.arange(1, BANDS + 1, dtype=np.uint64))


def signature(text: str) -> Hashes:
    """`SLOTS` numbers that stand for the text; all `2**64 - 1` where it has not a word."""
    one: Hashes = signatures([text])[0]
    return one


def signatures(texts: Sequence[str]) -> Hashes:
    """One row per text (see `signature`)."""
    parts = [_signatures(texts[k : k + _AT_ONCE]) for k in range(0, len(texts), _AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros((0, SLOTS), dtype=np.uint64)


def _signatures(texts: Sequence[str]) -> Hashes:
    hashes, owners = runs(words(texts))
    slots = (((hashes >> np.uint64(32)) * np.uint64(SLOTS)) >> np.uint64(32)).astype(np.int64)
    table = np.full(len(texts) * SLOTS, _EMPTY, dtype=np.uint64)
    np.minimum.at(table, owners * SLOTS + slots, hashes)
    return _filled(table.reshape(len(texts), SLOTS))


def bands(signature: Hashes) -> list[int]:
    """The keys of a signature, as signed 64-bit integers; none for a text without a word."""
    if not has_words(signature[np.newaxis])[0]:
        return []
    found: list[int] = band_table(signature[np.newaxis])[0].tolist()
    return found


def band_table(signatures: Hashes) -> Numbers:
    """The keys of signatures, one row each; a key of one band is never one of another (but by chance)."""
    folded = np.broadcast_to(_BAND_SEEDS, (len(signatures), BANDS)).copy()
    for row in range(ROWS):
        folded ^= signatures[:, row::ROWS]
        folded = mixed(folded)
    return folded.view(np.int64)


def has_words(signatures: Hashes) -> NDArray[np.bool_]:
    """For each signature, whether its text had any word."""
    found: NDArray[np.bool_] = (signatures != _EMPTY).any(axis=1)
    return found


def _filled(table: Hashes) -> Hashes:
    empty = table == _EMPTY
    rows, slots = np.nonzero(empty & has_words(table)[:, np.newaxis])
    attempt = 0
    while len(rows):
        # Of few words, no drawn slot may hold one: then the slots are gone through in turn, so that the search ends.
        lenders = _lenders()[attempt, slots] if attempt < _ATTEMPTS else (slots + attempt) % SLOTS
        lent = ~empty[rows, lenders]
        table[rows[lent], slots[lent]] = table[rows[lent], lenders[lent]]
        rows, slots = rows[~lent], slots[~lent]
        attempt += 1
    return table


@cache
def _lenders() -> Numbers:
    """For each attempt and slot, the slot to borrow from."""
    numbers = mixed(np.arange(_ATTEMPTS * SLOTS, dtype=np.uint64) + np.uint64(1 << 32))
    return (numbers % np.uint64(SLOTS)).astype(np.int64).reshape(_ATTEMPTS, SLOTS)
