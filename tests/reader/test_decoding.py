"""Label probabilities into spans."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.encoder import decode, stretches
from onrecord.reader.labels import TOKEN_HEADS

LABELS = ("O", "B-a", "I-a", "B-b", "I-b")


def one_hot(*best: int) -> np.ndarray:
    return np.eye(len(LABELS), dtype=np.float32)[list(best)]


def test_runs_become_spans_and_b_begins_a_new_one() -> None:
    found = decode(one_hot(0, 1, 2, 1, 0, 3), LABELS, 10)
    assert [(s.first, s.last, s.label) for s in found] == [(11, 13, "a"), (13, 14, "a"), (15, 16, "b")]


def test_an_inside_label_without_a_beginning_begins_a_span() -> None:
    found = decode(one_hot(2, 2, 4, 4), LABELS, 0)
    assert [(s.first, s.last, s.label) for s in found] == [(0, 2, "a"), (2, 4, "b")]


def test_a_span_that_reaches_the_end_is_kept() -> None:
    assert [(s.first, s.last) for s in decode(one_hot(0, 0, 1), LABELS, 0)] == [(2, 3)]


def test_plain_heads_decode_as_runs_of_one_label() -> None:
    labels = TOKEN_HEADS["trigger"]
    scores = np.zeros((4, len(labels)), dtype=np.float32)
    for i, name in enumerate(("none", "ASSAULT", "ASSAULT", "ACCUSE")):
        scores[i, labels.index(name)] = 1
    assert [(s.first, s.last, s.label) for s in decode(scores, labels, 0)] == [(1, 3, "ASSAULT"), (3, 4, "ACCUSE")]


def test_stretches_close_small_holes_and_ignore_lone_words() -> None:
    inside = np.array([0.1, 0.9, 0.95, 0.4, 0.9, 0.9, 0.1, 0.1, 0.6, 0.1], dtype=np.float32)
    assert [(s.first, s.last) for s in stretches(inside, 0, "content", switch=1.0)] == [(1, 6)]


@given(st.lists(st.floats(0, 1), max_size=30))
def test_stretches_are_ordered_and_disjoint(values: list[float]) -> None:
    found = stretches(np.array(values, dtype=np.float32), 5, "content", switch=1.0)
    flat = [x for s in found for x in (s.first, s.last)]
    assert flat == sorted(set(flat))
    assert all(5 <= x <= 5 + len(values) for x in flat)


@given(st.lists(st.integers(0, 4), max_size=20))
def test_decoding_covers_exactly_the_labelled_words(best: list[int]) -> None:
    found = decode(one_hot(*best), LABELS, 0)
    assert sorted(i for s in found for i in range(s.first, s.last)) == [i for i, b in enumerate(best) if b]
