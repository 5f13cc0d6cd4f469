"""A `Document` into the encoder's windows: runs of whole sentences, as word pieces with features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

    from onrecord.reader.document import Document

MAX_PIECES = 160
"""Sentences are packed together up to this many pieces: neighbours give context at no extra pass."""
MAX_LONE_PIECES = 256
"""A single sentence longer than `MAX_PIECES` may go up to here before it is cut."""
MAX_PIECES_PER_WORD = 6
SHAPES = 6
FEATURES = SHAPES * 4
"""Case shape x inside a quotation x first word of a sentence."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words [first, last) of a document as pieces: `pieces`, `features` of equal length, `heads` = index of
    each word's first piece (one more than the word's place, the sequence opens with [CLS])."""

    first: int
    last: int
    pieces: tuple[int, ...]
    features: tuple[int, ...]
    heads: tuple[int, ...]


def shape(word: str) -> int:
    """Case shape: 0 lower, 1 Title, 2 UPPER, 3 mIxed, 4 digits, 5 other."""
    if word[0].isdigit():
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3


def word_features(document: Document) -> list[int]:
    """One feature number (below `FEATURES`) per word."""
    quoted = [False] * len(document.words)
    for start, end in document.quotes:
        for i in document.words_in(start, end):
            quoted[i] = True
    features = [shape(document.word(i)) + SHAPES * quoted[i] for i in range(len(document.words))]
    for first, last in document.sentence_words:
        if first < last:
            features[first] += SHAPES * 2
    return features


def windows(document: Document, tokenizer: Tokenizer) -> list[Window]:
    """All words of a document in windows of at most `MAX_LONE_PIECES` pieces, in order, without overlap."""
    words = [document.word(i) for i in range(len(document.words))]
    if not words:
        return []
    pieces = word_pieces(words, tokenizer)
    features = word_features(document)
    runs: list[tuple[int, int]] = []
    size = 0
    for first, last in document.sentence_words:
        for a, b in _cut(first, last, pieces):
            n = sum(len(pieces[i]) for i in range(a, b))
            if runs and size + n <= MAX_PIECES:
                runs[-1] = (runs[-1][0], b)
                size += n
            elif a < b:
                runs.append((a, b))
                size = n
    return [_window(a, b, pieces, features) for a, b in runs]


def word_pieces(words: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Piece ids of each word ([UNK] where the vocabulary has none)."""
    encoding = tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    unknown = tokenizer.token_to_id("[UNK]") or 0
    pieces: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        if word is not None and len(pieces[word]) < MAX_PIECES_PER_WORD:
            pieces[word].append(piece)
    return [p or [unknown] for p in pieces]


def _cut(first: int, last: int, pieces: list[list[int]]) -> list[tuple[int, int]]:
    """A sentence, cut where it would not fit in a window of its own."""
    parts: list[tuple[int, int]] = []
    start, size = first, 0
    for i in range(first, last):
        if size + len(pieces[i]) > MAX_LONE_PIECES:
            parts.append((start, i))
            start, size = i, 0
        size += len(pieces[i])
    parts.append((start, last))
    return parts


def _window(first: int, last: int, pieces: list[list[int]], features: list[int]) -> Window:
    ids, feats, heads = [101], [5], []
    for i in range(first, last):
        heads.append(len(ids))
        ids.extend(pieces[i])
        feats.extend([features[i]] * len(pieces[i]))
    return Window(first, last, (*ids, 102), (*feats, 5), tuple(heads))
