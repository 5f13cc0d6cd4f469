"""Many texts -> the pairs worth comparing, in memory; what the derived tables do by rows, for bulk work.

Bands lie in one array and are sorted when pairs are asked for: 400 bytes per report, a tenth of what a table of
hashes would take.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from onrecord.collate.copies_likeness import Likeness, Prepared, compared, is_kept, prepared
from onrecord.collate.copies_signatures import BANDS, band_table, has_words, signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.collate.copies_words import Numbers

_CHUNK = 512


class CopyIndex:
    """Texts by key, and the pairs among them that may be copies.

    Keys must be different.  Not for several threads at once.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._bands: list[Numbers] = []
        self._owners: list[Numbers] = []

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, reports: Iterable[tuple[str, str]]) -> None:
        """Index (key, text) pairs; a text without a word is like no other."""
        keys: list[str] = []
        texts: list[str] = []
        for key, text in reports:
            keys.append(key)
            texts.append(text)
            if len(texts) == _CHUNK:
                self._add(keys, texts)
                keys, texts = [], []
        self._add(keys, texts)

    def candidates(self) -> Iterator[tuple[str, str]]:
        """Each pair of keys that shares a band, once, in the order in which they were added."""
        total = len(self._keys)
        if not total:
            return
        rows, owners = np.concatenate(self._bands), np.concatenate(self._owners)
        order = np.argsort(rows, kind="stable")
        rows, owners = rows[order], owners[order]
        edges = np.concatenate([[0], np.flatnonzero(np.diff(rows)) + 1, [len(rows)]])
        found: set[int] = set()
        for first, last in pairwise(edges):
            if last - first > 1:
                same = owners[first:last].tolist()
                found.update(a * total + b for k, a in enumerate(same) for b in same[k + 1 :] if a != b)
        for pair in sorted(found):
            yield self._keys[pair // total], self._keys[pair % total]

    def pairs(self, texts: dict[str, str]) -> dict[tuple[str, str], Likeness]:
        """The candidates that are alike when compared word by word, as `groups` takes them.

        `texts` holds the text of every key.
        """
        ready: dict[str, Prepared] = {}
        found = {}
        for a, b in self.candidates():
            for key in (a, b):
                if key not in ready:
                    ready[key] = prepared(texts[key])
            like = compared(ready[a], ready[b])
            if is_kept(like):
                found[a, b] = like
        return found

    def _add(self, keys: Sequence[str], texts: Sequence[str]) -> None:
        if not texts:
            return
        found = signatures(texts)
        worded = np.flatnonzero(has_words(found))
        self._owners.append(np.repeat(worded + len(self._keys), BANDS))
        self._bands.append(band_table(found[worded]).ravel())
        self._keys += keys
