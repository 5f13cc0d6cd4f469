"""The shipped weights: int8 beside single precision, and no dependence on what else is read."""

from pathlib import Path

import numpy as np
import pytest

from onrecord.reader.encoder import Encoder, default_encoder, softmax
from onrecord.reader.labels import TOKEN_HEADS
from onrecord.reader.segment import segment

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "examples" / "reports"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return default_encoder()


def test_int8_says_what_single_precision_says(encoder: Encoder) -> None:
    """`data/reference.npz` holds the float weights' scores (written by `training.export --reference`)."""
    agree, total, worst = 0, 0, 0.0
    with np.load(HERE / "data" / "reference.npz") as stored:
        for name in stored.files:
            (scores,) = encoder([segment((REPORTS / name).read_text(encoding="utf-8"))])
            at = 0
            for head, labels in TOKEN_HEADS.items():
                exact = softmax(stored[name][:, at : at + len(labels)].astype(np.float32))
                at += len(labels)
                mine = scores.tokens[head]
                assert mine.shape == exact.shape
                if head in ("ner", "timex", "source", "cue", "content", "trigger", "position"):
                    agree += int((mine.argmax(1) == exact.argmax(1)).sum())
                    total += len(mine)
                    worst = max(worst, float(np.abs(mine - exact).mean()))
    assert total > 3000
    assert agree / total >= 0.985
    assert worst < 0.02


def test_a_report_reads_the_same_alone_and_in_company(encoder: Encoder) -> None:
    texts = [(REPORTS / n).read_text(encoding="utf-8") for n in sorted(p.name for p in REPORTS.glob("*.txt"))]
    together = encoder([segment(t) for t in texts])
    for text, scores in zip(texts, together, strict=True):
        (alone,) = encoder([segment(text)])
        for head in TOKEN_HEADS:
            assert np.array_equal(alone.tokens[head], scores.tokens[head])


def test_an_empty_document_has_no_scores(encoder: Encoder) -> None:
    (scores,) = encoder([segment("")])
    assert scores.tokens["ner"].shape[0] == 0
    assert scores.spans("ner") == []


def test_pair_scores_are_probabilities_over_the_window(encoder: Encoder) -> None:
    document = segment("The front said on Monday that it had freed nine men.")
    (scores,) = encoder([document])
    table, first = scores.pair("attribution", 2)
    assert first == 0
    assert table.shape[0] == len(document.words)
    assert np.allclose(table.sum(axis=1), 1, atol=1e-4)
