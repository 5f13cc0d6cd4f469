"""Records: to JSON and back, their checks, their schema."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.records import EventTime, Figure, Note, Reading, Report, Span, content_id
from onrecord.records.check import problems
from onrecord.records.codec import Among, Day, Record, Ref, field_types, optional, strip
from onrecord.records.lines import one_line, record_line
from onrecord.records.names import Names
from onrecord.records.schema import reading_schema
from tests.fakes import TEXT, FakeReader, full_reading, span

SCHEMA_FILE = Path(__file__).parents[1] / "docs" / "schema" / "reading.schema.json"


def test_a_reading_comes_back_from_its_json() -> None:
    reading = full_reading()
    assert Reading.from_json(reading.to_json()) == reading
    assert Reading.loads(reading.dumps()) == reading


def test_json_has_the_codebooks_fields_in_order() -> None:
    data = full_reading().to_json()
    lists = "actors places times statements events figures positions talks agreements"
    assert " ".join(data) == f"schema report sentences {lists} reader notes"
    roles = "actors recipients third_parties time places status according_to figures"
    assert " ".join(data["events"][0]) == f"id type modes contexts trigger mentions text {roles}"
    assert list(data["places"][0])[:6] == ["start", "end", "text", "id", "form", "use"]
    assert data["events"][0]["according_to"] == ["s2"]
    assert data["figures"][0]["period"] == {"begin": "2025-01-01", "until": None}
    assert list(data["reader"]["models"]) == ["a", "b"]


def test_a_reading_is_one_line_whatever_the_text_holds() -> None:
    text = "a\nb\r\n\x00\x1b\x85\u2028\u2029 “é” \ud83d \U0001f54a"
    line = Reading(report=Report(id=content_id(text), text=text)).dumps()
    assert len(line.splitlines()) == 1
    assert "“é”" in line
    assert line.encode("utf-8")
    assert Reading.loads(line).report.text == text


def test_unknown_fields_are_passed_over_and_optional_ones_defaulted() -> None:
    reading = Reading.from_json({"report": {"id": "x", "text": "t", "mood": 1}, "later": []})
    assert reading.report == Report(id="x", text="t")
    assert reading.events == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"report": None}, "Reading.report: expected an object, found null"),
        ({"report": {"id": "x"}}, "Reading.report.text: required, but missing"),
        ({"events": {}}, "Reading.events: expected an array, found object"),
        ({"notes": [{"code": "A", "message": 3}]}, r"Reading.notes\[0\].message: expected a string, found number"),
        ({"sentences": [[0, True]]}, r"Reading.sentences\[0\]\[1\]: expected a whole number, found boolean"),
        ({"sentences": [[0]]}, r"Reading.sentences\[0\]: expected 2 items, found 1"),
        ({"schema": "onrecord-reading/9"}, "Reading.schema: expected 'onrecord-reading/1'"),
        ({"reader": {"models": {"a": 1}}}, "Reading.reader.models: expected an object of strings"),
    ],
)
def test_wrong_shapes_are_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message) as caught:
        Reading.from_json({"report": {"id": "x", "text": "t"}} | change)
    assert caught.value.code == "OR-R01"


@pytest.mark.parametrize("line", ["", "{", "[" * 100_000, b"\xff\xfe\xfa"])
def test_what_is_not_json_is_told(line: str | bytes) -> None:
    with pytest.raises(RecordError) as caught:
        Reading.loads(line)
    assert caught.value.code == "OR-R02"


def test_numbers_must_be_finite() -> None:
    with pytest.raises(RecordError):
        Figure.from_json({"id": "f1", "span": {"start": 0, "end": 1, "text": "a"}, "measure": "killed", "low": 1e999})


def test_a_valid_reading_has_no_problems() -> None:
    assert problems(full_reading()) == []


@pytest.mark.parametrize(
    ("field", "index", "change", "problem"),
    [
        ("statements", 0, {"act": "mumble"}, "not in the vocabulary act"),
        ("statements", 0, {"within": "s9"}, "'s9' is not among the statements"),
        ("statements", 0, {"content": (Span(0, 4, "nope"),)}, "is not what stands at"),
        ("statements", 1, {"id": "s1"}, "'s1' stands twice"),
        ("statements", 0, {"id": "x1"}, "is not 's' and a number"),
        ("events", 0, {"modes": ("release",)}, "'release' is no mode of SANCTION"),
        ("events", 0, {"trigger": Span(0, 0, "")}, "is empty or leaves the text"),
        ("events", 0, {"time": EventTime(begin="2025-02-30")}, "is not an ISO date"),
        ("events", 0, {"time": EventTime(begin="2025-02-03", until="2025-02-01")}, "is after until"),
        ("figures", 0, {"low": 5, "high": 2}, "low 5 is after high 2"),
        ("figures", 0, {"low": float("nan")}, "is not finite"),
        ("actors", 0, {"country": "Varda"}, "not a three-letter code"),
        ("agreements", 0, {"kinds": ("nap",)}, "not in the vocabulary agreement_kind"),
    ],
)
def test_problems_are_found(field: str, index: int, change: dict[str, Any], problem: str) -> None:
    reading = full_reading()
    records = list(getattr(reading, field))
    records[index] = dataclasses.replace(records[index], **change)
    found = problems(dataclasses.replace(reading, **{field: tuple(records)}))
    assert any(problem in p for p in found), found


def test_problems_of_the_report_are_found() -> None:
    reading = dataclasses.replace(full_reading(id="sha256:0"), sentences=((0, 10), (5, 20), (0, 9999)))
    assert len(problems(reading)) == 3


def test_the_schema_file_is_current() -> None:
    """`onrecord schema > docs/schema/reading.schema.json` brings it up to date."""
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == reading_schema()


def test_readings_fit_the_schema() -> None:
    schema = reading_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for reading in (full_reading(), Reading(report=Report(id="x", text=""))):
        assert list(validator.iter_errors(json.loads(reading.dumps()))) == []
    broken = full_reading().to_json()
    broken["statements"][0]["act"] = "mumble"
    assert list(validator.iter_errors(broken))


def test_names_spell_out_sources() -> None:
    names = Names(full_reading())
    assert names.attribution("s2") == "Vardan diplomat via Radio Selu"
    assert names.attribution("s99") == "s99"
    assert names.according_to(("s1", "s1")) == ("Tesh Front",)
    assert names.of_time("t2") == "January (2025-01)"
    assert names.of_places(("p1", "p9")) == ("Port Selu",)


def test_content_id_takes_any_text() -> None:
    assert content_id("a") != content_id("b")
    assert content_id("\ud800").startswith("sha256:")


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Any value that an annotation of the records admits, spans and ids not necessarily sound."""
    annotation, marks = strip(annotation)
    inner, may_be_null = optional(annotation)
    if may_be_null:
        return st.none() | values_of(inner)
    for mark in marks:
        if isinstance(mark, Among):
            return st.sampled_from(mark.words)
        if isinstance(mark, Day):
            return st.dates().map(str)
        if isinstance(mark, Ref):
            return st.just("s1")
    if isinstance(annotation, type) and issubclass(annotation, Record):
        fields = field_types(annotation)
        return st.builds(annotation, **{name: values_of(a) for name, a in fields.items() if name != "schema"})
    if getattr(annotation, "__origin__", None) is tuple:
        if annotation.__args__[-1] is Ellipsis:
            return st.lists(values_of(annotation.__args__[0]), max_size=2).map(tuple)
        return st.tuples(*map(values_of, annotation.__args__))
    if getattr(annotation, "__args__", ()) == (int, float):
        return st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    if getattr(annotation, "__args__", ()) == (str, str):
        return st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2)
    scalars: dict[Any, st.SearchStrategy[Any]] = {str: st.text(max_size=20), int: st.integers(), bool: st.booleans()}
    return scalars[annotation]


@settings(max_examples=25, deadline=None)
@given(values_of(Reading))
def test_any_reading_comes_back_byte_for_byte(reading: Reading) -> None:
    line = reading.dumps()
    again = Reading.loads(line)
    assert again == reading
    assert again.dumps() == line
    assert len(line.splitlines()) == 1
    problems(reading)  # may find anything, but never fails


@settings(max_examples=25, deadline=None)
@given(values_of(Reading))
def test_a_record_is_written_alone_as_it_is_within_its_reading(reading: Reading) -> None:
    for record in reading.records():
        assert record_line(record) == one_line(record.to_json())


@pytest.mark.parametrize("low", [0.00001, 1e16, 1e22, 12.5, 2**70, -0.0])
def test_any_number_is_written_alike(low: float) -> None:
    figure = Figure(id="f1", span=Span(0, 1, "a\u2028\ud800"), measure="killed", low=low, relation="exactly")
    assert record_line(figure) == one_line(figure.to_json())


def test_a_number_that_is_not_finite_is_not_written() -> None:
    figure = Figure(id="f1", span=Span(0, 1, "a"), measure="killed", low=float("nan"), relation="exactly")
    with pytest.raises(ValueError, match=r"JSON|range"):
        record_line(figure)


SCALARS = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SCALARS, lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_any_json_is_a_reading_or_a_record_error(data: object) -> None:
    try:
        reading = Reading.from_json(data)
    except RecordError:
        return
    assert Reading.from_json(reading.to_json()) == reading


@given(st.text())
def test_the_fake_reader_is_sound(text: str) -> None:
    (reading,) = FakeReader().read_many([{"text": text.replace("explode", "")}])
    assert problems(reading) == []


def test_spans_of_the_fixture_quote_the_text() -> None:
    assert span("said", nth=1).start > span("said").start
    assert TEXT[span("Lake Orm").start :].startswith("Lake Orm")
    assert Note(code="a", message="b").to_json() == {"code": "a", "message": "b", "span": None}
