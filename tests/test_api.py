"""The package's face: names, laziness, batches."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import onrecord
from onrecord import api
from onrecord.errors import OnrecordError, UsageError
from onrecord.intake import Item, Rejected
from tests.fakes import FakeReader

ROOT = Path(__file__).parents[1]


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, onrecord; onrecord.Reading; onrecord.read; onrecord.OnrecordError;"
        "heavy = {'numpy', 'onnxruntime', 'sqlalchemy', 'trafilatura', 'tokenizers', 'rich', 'click', 'alembic'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_are_complete_and_there() -> None:
    assert sorted(onrecord.__all__) == onrecord.__all__
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    assert set(onrecord.__all__) <= set(dir(onrecord))
    with pytest.raises(AttributeError):
        _ = onrecord.nonsense


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert onrecord.__version__ == project["project"]["version"]


def test_errors_carry_code_and_message() -> None:
    error = UsageError("OR-U01", "no date")
    assert isinstance(error, OnrecordError)
    assert isinstance(error, ValueError)
    assert (str(error), error.code, error.message) == ("OR-U01: no date", "OR-U01", "no date")


def test_one_report_is_read_with_what_is_known_of_it() -> None:
    reading = onrecord.read("Ana said no.", published="2025-03-04", title="T", reader=FakeReader())
    assert (reading.report.published, reading.report.published_basis) == ("2025-03-04", "argument")
    assert reading.report.title == "T"
    assert len(reading.statements) == 1


def test_many_reports_of_any_form_are_read_in_order() -> None:
    reports = [
        "One.",
        {"id": 3, "text": "Two.", "mood": "x"},
        Item(text="Three.", source_id="c", published="2025-01-01"),
    ]
    found = list(onrecord.read_many(reports, reader=FakeReader()))
    assert [(r.report.text, r.report.source_id) for r in found] == [("One.", None), ("Two.", "3"), ("Three.", "c")]
    assert found[2].report.published_basis == "metadata"


def test_reading_is_lazy_and_in_batches() -> None:
    reader = FakeReader()
    stream = api.read_many((f"Text {n}." for n in range(api.BATCH + 1)), reader=reader)
    assert reader.batches == []
    assert len(list(stream)) == api.BATCH + 1
    assert reader.batches == [api.BATCH, 1]


@pytest.mark.parametrize("report", [{"text": "a", "published": "May 3"}, {"text": "a", "published": 5}])
def test_a_wrong_date_is_told(report: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="OR-U01"):
        list(onrecord.read_many([report], reader=FakeReader()))


def test_what_is_no_report_is_told() -> None:
    with pytest.raises(UsageError, match="OR-U02"):
        list(onrecord.read_many([{"title": "no text"}], reader=FakeReader()))


def test_a_report_that_breaks_the_reader_does_not_stop_the_others() -> None:
    rejected = Rejected(code="OR-I21", message="not JSON", line=2)
    items = [Item(text="One."), rejected, Item(text="explode", origin="f", line=3), Item(text="Two.")]
    one, bad, broken, two = api.read_items(items, FakeReader())
    assert isinstance(one, tuple)
    assert isinstance(two, tuple)
    assert bad is rejected
    assert isinstance(broken, Rejected)
    assert (broken.code, broken.where) == ("OR-M90", "f:3")


def test_the_shipped_reader_reads_a_report() -> None:
    pytest.importorskip("onrecord.reader.pipeline", exc_type=ImportError)
    try:
        reading = onrecord.read("Port Selu, March 4 (Reuters) - Ana Orm said on Tuesday that talks had failed.")
    except (OnrecordError, ImportError, OSError) as error:
        pytest.skip(f"the reader is not complete here: {error}")
    assert reading.report.agency == "Reuters"
    assert reading.statements
