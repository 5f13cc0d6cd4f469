"""A `Document` through the shared encoder: scores of every head for every word (`Scores`).

One ONNX Runtime session, one thread, int8 weights; windows go through one at a time, so that nothing here depends on
what else is read (see `run`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ReaderError
from onrecord.reader.labels import DISTANCE_BUCKETS, LABELS_VERSION, PAIR_HEADS, TOKEN_HEADS
from onrecord.reader.windows import Window, windows

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.reader.document import Document

Floats = NDArray[np.float32]

PAIR_WIDTH = 128
_EDGES = np.array([0, 1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 64])


@dataclass(frozen=True, slots=True)
class Span:
    """Words [first, last) that a head labels, with the mean probability of its labels."""

    first: int
    last: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one document.

    `tokens[head]` is [words, labels] probabilities; `pair` gives them for one predicate word over the words
    of its window.  `window_of` maps a word to its window's half-open word range.
    """

    tokens: dict[str, Floats]
    window_of: tuple[tuple[int, int], ...]
    _predicates: Floats
    _arguments: Floats
    _weights: dict[str, Floats]
    _sums: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """For each head that was asked for means: its probabilities added up from the first word on."""

    def best(self, head: str, first: int, last: int) -> tuple[str, float]:
        """The label of a head for words [first, last), from their mean probability."""
        sums = self._sums.get(head)
        if sums is None:
            table = self.tokens[head]
            sums = self._sums[head] = np.zeros((len(table) + 1, table.shape[1]))
            np.cumsum(table, axis=0, dtype=np.float64, out=sums[1:])
        last = min(last, len(sums) - 1)
        mean = (sums[last] - sums[first]) / max(last - first, 1)
        k = int(mean.argmax())
        return TOKEN_HEADS[head][k], float(mean[k])

    def spans(self, head: str, *, bias: float = 0.0) -> list[Span]:
        """Decoded spans of a BIO head (or runs of one label of a plain one); `bias` lowers the bar for "outside"."""
        scores = self.tokens[head]
        if bias:
            scores = scores.copy()
            scores[:, 0] -= bias
        return decode(scores, TOKEN_HEADS[head], 0)

    def pair(self, head: str, at: int) -> tuple[Floats, int]:
        """Probabilities [words of the window, labels] given the predicate word `at`, and the window's first word."""
        first, last = self.window_of[at]
        k = list(PAIR_HEADS).index(head)
        part = slice(k * PAIR_WIDTH, (k + 1) * PAIR_WIDTH)
        labels = len(PAIR_HEADS[head])
        arguments = self._arguments[first:last, part]
        turned = (self._predicates[at, part] @ self._weights[f"bilinear.{head}"]).reshape(labels, PAIR_WIDTH)
        away = np.arange(first, last) - at
        bucket = np.searchsorted(_EDGES, np.abs(away), side="right") - 1 + (away > 0) * (DISTANCE_BUCKETS // 2)
        raw = arguments @ (turned + self._weights[f"unary.{head}"]).T
        raw += self._weights[f"unary_bias.{head}"] + self._weights[f"distance.{head}"][bucket]
        return softmax(raw), first

    def stretches(self, head: str, at: int, label: str, *, switch: float) -> list[Span]:
        """Long argument spans of one label, given the predicate word `at` (see `stretches`)."""
        scores, first = self.pair(head, at)
        columns = [k for k, name in enumerate(PAIR_HEADS[head]) if name[2:] == label]
        return stretches(scores[:, columns].sum(axis=1), first, label, switch=switch)

    def arguments(self, head: str, at: int, *, bias: float = 0.0) -> list[Span]:
        """Decoded argument spans of the predicate word `at`."""
        scores, first = self.pair(head, at)
        if bias:
            scores[:, 0] -= bias
        return decode(scores, PAIR_HEADS[head], first)


def softmax(x: Floats) -> Floats:
    """Row-wise."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def decode(scores: Floats, labels: tuple[str, ...], offset: int) -> list[Span]:
    """Label probabilities -> spans.  An I- that follows nothing of its kind begins a span, as a B- would."""
    best = scores.argmax(axis=1)
    top = scores.max(axis=1).tolist()
    found: list[Span] = []
    run: tuple[int, int, str] | None = None
    for i in [*np.flatnonzero(best).tolist(), -1]:
        label = labels[best[i]] if i >= 0 else ""
        kind = label[2:] if label[1:2] == "-" else label
        if run and i == run[1] and kind == run[2] and label[:2] != "B-":
            run = (run[0], i + 1, kind)
            continue
        if run:
            first, last, name = run
            found.append(Span(first + offset, last + offset, name, sum(top[first:last]) / (last - first)))
        run = (i, i + 1, kind)
    return found


def stretches(inside: Floats, offset: int, label: str, *, switch: float) -> list[Span]:
    """Long spans from each word's probability of lying inside: the segmentation with the best sum of log-odds, where
    every change between inside and outside costs `switch` (two-state Viterbi).  Holes of a word or two close."""
    p = np.clip(inside, 1e-4, 1 - 1e-4)
    gain = np.log(p / (1 - p)).tolist()
    out, into = 0.0, -switch
    back: list[tuple[bool, bool]] = []
    for g in gain:
        from_in, from_out = into - switch > out, out - switch > into
        back.append((from_in, from_out))
        out, into = (into - switch if from_in else out), (out - switch if from_out else into) + g
    state = into > out
    marks = [False] * len(gain)
    for i in range(len(gain) - 1, -1, -1):
        marks[i] = state
        from_in, from_out = back[i]
        state = from_in if not state else not from_out
    found: list[Span] = []
    start = -1
    for i, m in enumerate([*marks, False]):
        if m and start < 0:
            start = i
        elif not m and start >= 0:
            found.append(Span(start + offset, i + offset, label, float(inside[start:i].mean())))
            start = -1
    return found


class Encoder:
    """The weights, loaded once."""

    def __init__(self, folder: Path | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        root = folder or resources.files("onrecord.reader") / "models"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with resources.as_file(root / "encoder.onnx") as path:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_str((root / "tokenizer.json").read_text(encoding="utf-8"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        with resources.as_file(root / "pairs.npz") as path, np.load(path) as stored:
            self._weights: dict[str, Floats] = {k: stored[k].astype(np.float32) for k in stored.files}
        self.card: dict[str, Any] = json.loads((root / "card.json").read_text(encoding="utf-8"))
        if self.card.get("labels_version") != LABELS_VERSION:
            raise ReaderError(
                "OR-M02",
                f"the weights speak label version {self.card.get('labels_version')}, this reader {LABELS_VERSION}",
            )

    def __call__(self, documents: list[Document]) -> list[Scores]:
        """Scores of each document."""
        return [self._collect([(w, self.run(w)) for w in windows(d, self.tokenizer)]) for d in documents]

    def run(self, window: Window) -> tuple[Floats, Floats, Floats]:
        """One window through the session.

        Dynamic quantisation scales by the largest activation of the whole input, so a window's scores would
        depend on its batch mates; on one core a batch brings nothing at these lengths, so there is none.
        """
        feed = {
            "pieces": np.array([window.pieces], dtype=np.int64),
            "features": np.array([window.features], dtype=np.int64),
            "mask": np.ones((1, len(window.pieces)), dtype=np.float32),
            "firsts": np.array([window.heads], dtype=np.int64),
        }
        token, predicate, argument = self._session.run(None, feed)
        return token[0], predicate[0], argument[0]

    def _collect(self, parts: list[tuple[Window, tuple[Floats, Floats, Floats]]]) -> Scores:
        width = sum(map(len, TOKEN_HEADS.values()))
        empty = np.zeros((0, width), dtype=np.float32), *(np.zeros((0, 3 * PAIR_WIDTH), dtype=np.float32),) * 2
        token, predicate, argument = (np.concatenate([p[1][k] for p in parts]) if parts else empty[k] for k in range(3))
        tokens, at = {}, 0
        for head, labels in TOKEN_HEADS.items():
            tokens[head] = softmax(token[:, at : at + len(labels)])
            at += len(labels)
        window_of = tuple((w.first, w.last) for w, _ in parts for _ in range(w.first, w.last))
        return Scores(tokens, window_of, predicate, argument, self._weights)


@cache
def default_encoder() -> Encoder:
    """The shipped weights, loaded at first use."""
    return Encoder()
