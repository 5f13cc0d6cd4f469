"""Our coded corpus: sources resolve, the built files are current, learn and kept stay apart, readings are valid."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.corpus_build import build
from onrecord.records import Reading
from onrecord.records.check import problems

CORPUS = Path(__file__).resolve().parent.parent / "evaluation" / "corpus"
SOURCES = sorted((CORPUS / "source").glob("*.yaml"))
PARTS = ("learn", "kept")
MIN_REPORTS, MIN_KEPT = 60, 20
SHINGLE = 12
"""Words in a row that two reports of different parts must not share: more is a copied sentence, not a phrase."""

Json = dict[str, Any]


@cache
def source(path: Path) -> tuple[str, Json, list[str]]:
    """A source's part, its reading and the errors in it."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    reading, errors = build(data)
    return data["part"], reading, errors


@cache
def built(part: str) -> tuple[str, ...]:
    return tuple((CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines())


def readings(part: str) -> list[Json]:
    return [json.loads(line) for line in built(part)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_a_source_resolves_to_a_valid_reading(path: Path) -> None:
    part, reading, errors = source(path)
    assert errors == []
    assert part in PARTS
    assert problems(Reading.from_json(reading)) == []


@pytest.mark.parametrize("part", PARTS)
def test_the_built_file_is_current_with_its_sources(part: str) -> None:
    expected = [json.dumps(r, ensure_ascii=False) for p, r, _ in map(source, SOURCES) if p == part]
    same = [a == b for a, b in zip(built(part), expected, strict=False)]
    assert all(same), f"line {same.index(False) + 1} differs: run `python evaluation/corpus_build.py`"
    assert len(built(part)) == len(expected), "run `python evaluation/corpus_build.py`"


def test_there_are_enough_reports() -> None:
    assert len(built("learn")) + len(built("kept")) >= MIN_REPORTS
    assert len(built("kept")) >= MIN_KEPT


@pytest.mark.parametrize("field", ["id", "source_id"])
def test_no_report_stands_twice(field: str) -> None:
    seen = Counter(r["report"][field] for part in PARTS for r in readings(part))
    assert [value for value, n in seen.items() if n > 1] == []


def test_learn_and_kept_share_no_sentence() -> None:
    def shingles(part: str) -> set[tuple[str, ...]]:
        words = (r["report"]["text"].split() for r in readings(part))
        return {tuple(w[i : i + SHINGLE]) for w in words for i in range(len(w) - SHINGLE + 1)}

    assert shingles("learn") & shingles("kept") == set()


@pytest.mark.parametrize("part", PARTS)
def test_every_kind_of_record_stands_in_each_part(part: str) -> None:
    kinds = ("actors", "places", "times", "statements", "events", "figures", "positions", "talks", "agreements")
    counts = {kind: sum(len(r[kind]) for r in readings(part)) for kind in kinds}
    assert all(counts.values()), counts


@pytest.mark.parametrize("part", PARTS)
def test_the_hard_things_stand_in_each_part(part: str) -> None:
    statements = [s for r in readings(part) for s in r["statements"]]
    found = {
        "anonymous sources": any(s["source"]["naming"] == "anonymous" for s in statements),
        "chains": any(len(s["chain"]) > 1 for s in statements),
        "denials": any(s["polarity"] == "negative" for s in statements),
        "quotations over paragraphs": any(len(s["content"]) > 1 for s in statements),
        "running totals": any(f["change"] == "total" for r in readings(part) for f in r["figures"]),
        "planned events": any(e["status"] == "planned" for r in readings(part) for e in r["events"]),
        "mediators": any(t["mediators"] for r in readings(part) for t in r["talks"]),
        "deals in stages": any(g["stages"] for r in readings(part) for g in r["agreements"]),
        "conditional offers": any(p["gives"] for r in readings(part) for p in r["positions"]),
    }
    assert [name for name, there in found.items() if not there] == []
