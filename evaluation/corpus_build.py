"""Turn the corpus's YAML sources into codebook JSON: `python evaluation/corpus_build.py [--check] [FILE…]`.

A source names spans by their words.  `"ceasefire"` must stand once in the text; where words stand
more than once, write enough context and mark the span: `"the <<ceasefire>> that began"`.  In an
actor's `mentions`, plain words stand for *every* whole-word occurrence.  See `corpus/WRITING.md`.

Writes `evaluation/corpus/learn.jsonl` and `kept.jsonl`; exits 1 and names file, record and span
when anything does not resolve.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import yaml

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluation.corpus_records import (
    build_actor,
    build_agreement,
    build_event,
    build_figure,
    build_place,
    build_position,
    build_report,
    build_statement,
    build_talks,
    build_time,
)
from evaluation.corpus_source import Source
from onrecord.records import Reading
from onrecord.records.check import problems

HERE = Path(__file__).resolve().parent / "corpus"


def build(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """One YAML source -> (reading, errors)."""
    src = Source(data)
    text = src.text
    report = build_report(src)
    reading = {
        "schema": "onrecord-reading/1",
        "report": report,
        "actors": [build_actor(src, i, a) for i, a in (data.get("actors") or {}).items()],
        "places": [build_place(src, i, p) for i, p in (data.get("places") or {}).items()],
        "times": [build_time(src, i, t) for i, t in (data.get("times") or {}).items()],
        "statements": [build_statement(src, i, s) for i, s in (data.get("statements") or {}).items()],
    }
    times = {t["id"]: t for t in reading["times"]}
    reading["events"] = [build_event(src, i, e, times) for i, e in (data.get("events") or {}).items()]
    reading["figures"] = [build_figure(src, i, f) for i, f in (data.get("figures") or {}).items()]
    reading["positions"] = [build_position(src, i, p) for i, p in (data.get("positions") or {}).items()]
    reading["talks"] = [build_talks(src, i, t) for i, t in (data.get("talks") or {}).items()]
    reading["agreements"] = [build_agreement(src, i, g) for i, g in (data.get("agreements") or {}).items()]
    for key, records in reading.items():
        if isinstance(records, list):
            for record in records:
                check_span(src, text, record, f"{key} {record.get('id')}")
    if not src.errors:
        src.errors += problems(Reading.from_json(reading))
    return reading, src.errors


def check_span(src: Source, text: str, record: Any, where: str) -> None:
    if isinstance(record, dict):
        if isinstance(record.get("start"), int) and text[record["start"] : record["end"]] != record.get("text"):
            src.fail(where, "span does not quote the text")
        for v in record.values():
            check_span(src, text, v, where)
    elif isinstance(record, list):
        for v in record:
            check_span(src, text, v, where)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="resolve every span, write nothing")
    args = parser.parse_args()
    parts: dict[str, list[dict[str, Any]]] = {"learn": [], "kept": []}
    bad = 0
    for path in args.files or sorted((HERE / "source").glob("*.yaml")):
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            reading, errors = build(data)
        except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
            reading, errors = None, [f"{type(error).__name__}: {error}"]
        for e in errors:
            print(f"{path.name}: {e}", file=sys.stderr)
        if errors or reading is None:
            bad += 1
        else:
            parts[data["part"]].append(reading)
    print(f"{sum(map(len, parts.values()))} reports resolved, {bad} not")
    if not args.check and not args.files and not bad:
        for part, readings in parts.items():
            with (HERE / f"{part}.jsonl").open("w", encoding="utf-8") as out:
                for r in readings:
                    out.write(json.dumps(r, ensure_ascii=False) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
