"""The command line, with a reader of our own in place of the shipped one."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.cli import main
from onrecord.cli.common import Services
from onrecord.cli.show import _VIEWS
from onrecord.cli.view.flat import COLUMNS
from onrecord.ledger import Ledger
from onrecord.records import Reading
from onrecord.records.schema import reading_schema
from tests.fakes import TEXT, FakeReader, full_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

KEY = full_reading().report.id.removeprefix("sha256:")[:12]


class OneReading:
    """A reader that answers with the full reading, whatever it is given."""

    def read_many(self, items: Iterable[Mapping[str, Any]]) -> Iterator[Reading]:
        for _ in items:
            yield full_reading()


def run(*args: str, reader: Any = None, stdin: bytes | None = None, code: int = 0, **env: str) -> Result:
    services = Services(reader=reader or FakeReader())
    result = CliRunner().invoke(main, list(args), obj=services, input=stdin, env=env)
    assert result.exit_code == code, (result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """The path of a ledger that holds the full reading."""
    path = str(tmp_path / "ledger.sqlite")
    with Ledger(path) as made:
        made.add(full_reading())
    return path


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_json_is_one_valid_reading_a_line(tmp_path: Path) -> None:
    first = write(tmp_path, "a.txt", "Ana said no. – 5 killed.")
    many = write(tmp_path, "b.jsonl", '{"id": "x", "text": "Two."}\n{"text": "Three.", "published": "2025-03-04"}\n')
    result = run("read", "--json", first, many)
    readings = [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]
    validator = jsonschema.Draft202012Validator(reading_schema())
    assert [list(validator.iter_errors(r)) for r in readings] == [[], [], []]
    assert [r["report"]["text"] for r in readings] == ["Ana said no. – 5 killed.", "Two.", "Three."]
    assert [r["report"]["source_id"] for r in readings] == [None, "x", None]
    assert [r["report"]["published_basis"] for r in readings] == ["unknown", "unknown", "metadata"]


def test_options_fill_what_an_input_lacks(tmp_path: Path) -> None:
    path = write(tmp_path, "b.jsonl", '{"text": "A.", "published": "2025-01-01", "title": "T"}\n{"text": "B."}\n')
    result = run("read", "--json", path, "--published", "2025-02-02", "--title", "U", "--publisher", "P")
    reports = [json.loads(line)["report"] for line in result.stdout.splitlines()]
    assert [(r["published"], r["published_basis"], r["title"], r["publisher"]) for r in reports] == [
        ("2025-01-01", "metadata", "T", "P"), ("2025-02-02", "argument", "U", "P"),
    ]  # fmt: skip


def test_standard_input_is_read() -> None:
    result = run("read", "--json", "-", stdin=b"Ana said no.")
    assert json.loads(result.stdout)["report"]["text"] == "Ana said no."


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "b.jsonl", '{"text": "A."}\n{broken\n{"text": "explode"}\n{"text": "B."}\n')
    result = run("read", "--json", path, str(tmp_path / "missing.txt"), code=1)
    assert len(result.stdout.splitlines()) == 2
    told = result.stderr.splitlines()
    assert told[0].startswith(f"{path}:2: OR-I21: ")
    assert told[1].startswith(f"{path}:3: OR-M90: ")
    assert told[2].startswith(f"{tmp_path / 'missing.txt'}: OR-I20: ")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.txt", b"", "OR-I10"), ("a.html", b"<html><body><p>Menu</p></body></html>", "OR-I11"),
     ("a.jsonl", b"\n", "OR-I10"), ("a.pdf", b"%PDF-1.4", "OR-I04"), ("a.txt", b"explode", "OR-M90")],
)  # fmt: skip
def test_when_nothing_can_be_read_the_status_is_2(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    result = run("read", write(tmp_path, name, content), code=2)
    assert code in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "args",
    [
        ("read",), ("read", "-", "--published", "yesterday"), ("read", "-", "--json", "--text"), ("nonsense",),
        ("show", "nonsense"), ("show", "events", "--since", "2025-02-30"), ("show", "events", "--limit", "0"),
        ("show", "events", "--json", "--csv"),
    ],
)  # fmt: skip
def test_bad_usage_has_status_2(args: tuple[str, ...]) -> None:
    assert run(*args, code=2, stdin=b"x").stderr


def test_the_record_is_readable_at_80_columns_without_colours() -> None:
    shown = run("read", "-", stdin=b"x", reader=OneReading()).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "\x1b" not in shown
    for words in (
        "Talks break down", "The Daily Orm · Reuters", "dateline Port Selu, March 4 (Reuters)",
        "published 2025-03-04 (metadata) · read as of 2025-03-04 (dateline) · en",
        "Statements (3)", "Vardan diplomat · unnamed person, described · via Radio Selu", "say (not) “We want guarantees” · to Radio Selu · direct quote",
        "Events (3)", "SANCTION", "Tesh Front → Varda", "undated", "according to Vardan diplomat via Radio Selu",
        "Positions (2)", "for it gives prisoners", "Figures (1)", "more than 3,000",
        "Talks (1)", "outcome: broken off", "Agreements (1)", "✓ stage 1: done", "✗ stage 2: refused",
        "Notes (1)", "OR-T03 no year",
    ):  # fmt: skip
        assert words in " ".join(shown.split()), words


def test_positions_stand_side_by_side() -> None:
    shown = run("read", "-", stdin=b"x", reader=OneReading()).stdout
    (heads,) = [line for line in shown.splitlines() if line.startswith("Tesh Front   ")]
    assert "Varda" in heads


def test_the_text_is_shown_with_marks_and_a_legend() -> None:
    shown = run("read", "-", "--text", stdin=b"x", reader=OneReading(), COLUMNS="1000").stdout
    assert "Marked: [S source]" in shown
    assert "[S The Tesh Front] [C said] [T on Tuesday] [Q that talks with Varda had broken down]." in shown
    assert "[F more than 3,000] villagers were [E displaced] near [P Lake Orm]]" in shown
    plain = shown
    for sign in "SCQEFTP":
        plain = plain.replace(f"[{sign} ", "")
    assert TEXT.replace("[", "") in plain.replace("]", "")


def test_a_report_cannot_drive_the_terminal() -> None:
    result = run("read", "-", "--text", stdin="Ana said \x1b[2J\x07 and \u202e back.".encode())
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "\u202e" not in result.stdout


def test_adding_tells_what_was_new(tmp_path: Path) -> None:
    path, kept = (
        write(tmp_path, "a.jsonl", '{"id": "x", "text": "Ana said no."}\n{"text": "B."}\n'),
        str(tmp_path / "l.sqlite"),
    )
    assert run("add", path, "--ledger", kept).stdout == "2 new reports\n"
    assert run("add", path, "--ledger", kept).stdout == "0 new reports, 2 known already\n"
    again = run("add", path, "--ledger", kept, reader=FakeReader("next")).stdout
    assert again == "0 new reports, 2 known reports with a new reading\n"
    lines = [json.loads(line) for line in run("add", path, "--json", ONRECORD_LEDGER=kept).stdout.splitlines()]
    assert [(line["source_id"], line["new_report"]) for line in lines] == [("x", False), (None, False)]
    assert run("show", "statements", "--ledger", kept, "--json").stdout.count("\n") == 1


@pytest.mark.parametrize("view", _VIEWS)
def test_every_view_is_shown_in_three_ways(ledger: str, view: str) -> None:
    shown = run("show", view, "--ledger", ledger).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    entries = [json.loads(line) for line in run("show", view, "--ledger", ledger, "--json").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(run("show", view, "--ledger", ledger, "--csv").stdout)))
    assert len(entries) == len(table) > 0
    assert tuple(table[0]) == COLUMNS[view]
    assert run("show", view, "--ledger", ledger, "--text", "unheard").stdout == "Nothing in the ledger fits.\n"


def test_filters_reach_the_ledger(ledger: str) -> None:
    asked = ("--actor", "Varda", "--since", "2025-01-01", "--until", "2025-01-31", "--type", "retreat", "--limit", "3")
    (line,) = run("show", "events", "--ledger", ledger, "--json", *asked).stdout.splitlines()
    assert json.loads(line)["id"] == f"{KEY}:e2"
    (row,) = csv.DictReader(
        io.StringIO(run("show", "figures", "--ledger", ledger, "--csv", "--measure", "displaced").stdout)
    )
    assert (row["low"], row["high"], row["according_to"]) == ("3000", "", "Vardan diplomat via Radio Selu")
    assert "OR-U02" in run("show", "events", "--ledger", ledger, "--type", "nap", code=2).stderr


def test_explain_shows_the_words_and_the_neighbours(ledger: str) -> None:
    shown = run("explain", f"{KEY}:s2", "--ledger", ledger).stdout
    assert "[S Radio Selu], [C citing] [S a Vardan diplomat], [C reported]" in shown
    assert "small letters: its neighbours" in " ".join(shown.split())
    assert "[f more than 3,000]" in " ".join(shown.split())
    assert "← according to" in shown
    assert f"{KEY}:e1" in shown
    data = json.loads(run("explain", f"{KEY}:s2", "--ledger", ledger, "--json").stdout)
    assert data["record"]["id"] == "s2"
    assert data["passages"][0]["text"].startswith("Radio Selu, citing")
    assert {"a3", "a4", "e1", "f1"} <= {n["id"].split(":")[1] for n in data["neighbours"]}


@pytest.mark.parametrize("record", [r.id for r in full_reading().records()])
def test_every_record_can_be_explained(ledger: str, record: str) -> None:
    assert run("explain", f"{KEY}:{record}", "--ledger", ledger).stdout.startswith(f"{KEY}:{record} · ")
    assert json.loads(run("explain", f"{KEY}:{record}", "--ledger", ledger, "--json").stdout)["record"]


def test_a_report_can_be_explained(ledger: str) -> None:
    shown = run("explain", KEY, "--ledger", ledger).stdout
    assert "Statements (3)" in shown
    assert "[C said]" in shown
    assert Reading.loads(run("explain", KEY, "--ledger", ledger, "--json").stdout) == full_reading()
    assert "OR-L04" in run("explain", f"{KEY}:s99", "--ledger", ledger, code=2).stderr


def test_a_missing_ledger_is_told_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    assert "OR-L06" in run("show", "events", "--ledger", str(path), code=2).stderr
    assert not path.exists()


def test_schema_and_version_are_printed() -> None:
    assert json.loads(run("schema").stdout) == reading_schema()
    assert run("--version").stdout == f"onrecord, version {onrecord.__version__}\n"


def python(code: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env={**os.environ, **env})


def test_a_terminal_without_utf8_is_no_crash(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Ana said – no.")
    code = (
        "from onrecord.cli import main; from onrecord.cli.common import Services; from tests.fakes import FakeReader;"
        f"main(['read', {path!r}], obj=Services(reader=FakeReader()))"
    )
    done = python(code, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert b"said" not in done.stderr


def test_the_command_starts_fast_and_loads_only_what_it_needs() -> None:
    began = time.perf_counter()
    code = (
        "import sys; from onrecord.cli import main\n"
        "try: main(['--version'])\n"
        "finally: print(sorted({'sqlalchemy', 'rich', 'trafilatura', 'numpy', 'alembic'} & set(sys.modules)))"
    )
    done = python(code)
    assert done.stdout.splitlines()[-1] == b"[]"
    assert time.perf_counter() - began < 2
