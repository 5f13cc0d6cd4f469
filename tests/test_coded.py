"""Codings kept without their texts: nothing is lost, nothing of a text stays, and another text is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Reading
from onrecord.records.check import problems
from training.coded import CODED, SETS, bare, joined, restore, whole
from training.corpora import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[1] / "evaluation" / "corpus" / "learn.jsonl"
DATA = Path(__file__).parents[2] / "shared" / "data"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def spans(record: Any) -> Iterator[dict[str, Any]]:
    if isinstance(record, dict):
        if "start" in record:
            yield record
        for value in record.values():
            yield from spans(value)
    elif isinstance(record, list):
        for value in record:
            yield from spans(value)


@given(st.text(min_size=1), st.data())
def test_words_go_and_come_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    record = {
        "id": "e1",
        "trigger": {"start": start, "end": end, "text": text[start:end]},
        "mentions": [],
        "time": None,
    }
    assert "text" not in bare(record)["trigger"]
    assert whole(bare(record), text) == record


def test_our_own_reports_survive() -> None:
    for reading in rows(CORPUS):
        text = reading["report"]["text"]
        stripped = bare(reading)
        assert not any("text" in s for s in spans(stripped))
        assert whole(stripped, text) == reading


def test_tokens_are_joined_as_they_were_printed() -> None:
    tokens = (
        "PORT SELU -LRB- Lake Wire -RRB- -- `` We wo n't go , '' Varda 's envoy said ; the rest did n't . \nHe left ."
    )
    assert joined(tokens) == "PORT SELU (Lake Wire) -- “We won't go,” Varda's envoy said; the rest didn't.\nHe left."


def test_another_text_is_refused(tmp_path: Path) -> None:
    text = "Varda shelled Port Selu.\n"
    for name, words in (("wikinews", text), ("t17", "other")):
        path = tmp_path / SETS[name]
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"id": "x", "text": words}) + "\n", encoding="utf-8")
    coded = tmp_path / "coded.jsonl"
    row = {"set": "wikinews", "id": "x", "sha256": hashlib.sha256(text.encode()).hexdigest(), "reading": {"report": {}}}
    coded.write_text(json.dumps(row), encoding="utf-8")
    assert [r["report"]["text"] for r in restore(tmp_path, coded)] == [text]
    coded.write_text(json.dumps(row | {"set": "t17"}), encoding="utf-8")
    with pytest.raises(ValueError, match="t17 x is not the one"):
        list(restore(tmp_path, coded))


def test_what_is_kept_holds_no_text() -> None:
    for row in rows(CODED):
        assert not any("text" in s for s in spans(row["reading"]))
        assert set(row["reading"]["report"]) & {"text", "title"} in (set(), {"title"})
        assert not row["reading"]["report"].get("title")
    for row in rows(SENTENCES):
        assert set(row) == {"id", "events"}


@pytest.mark.skipif(not DATA.exists(), reason="wants ../shared/data")
def test_every_coding_fits_its_text() -> None:
    count = 0
    for reading in restore(DATA):
        assert problems(Reading.from_json(reading)) == [], reading["report"]["source_id"]
        count += 1
    assert count == sum(1 for _ in rows(CODED))
