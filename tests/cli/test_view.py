"""What people see: words, widths and styles."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from rich.console import Console, Group
from rich.text import Text

from onrecord.cli import main
from onrecord.cli.show import _VIEWS
from onrecord.cli.view.context import Context
from onrecord.cli.view.figures import figure_phrase, figure_value, figure_what
from onrecord.cli.view.lists import print_list
from onrecord.cli.view.parts import hanging, statement_line
from onrecord.cli.view.reading import print_reading
from onrecord.cli.view.tables import Column, widths
from onrecord.cli.view.words import count_of, once, quote, quote_with_sentence
from onrecord.ledger import Ledger
from onrecord.records import Figure, Span
from tests.fakes import TEXT, full_reading

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.records import Reading

KEY = full_reading().report.id.removeprefix("sha256:")[:12]


def styles(*shown: Any, reading: Reading | None = None) -> dict[str, str]:
    """Each stretch of coloured output with its style."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=80, record=True)
    for piece in shown:
        console.print(piece)
    if reading is not None:
        print_reading(console, reading)
    return {s.text.strip(): str(s.style) for s in console._record_buffer if s.text.strip()}


def plain(width: int, reading: Reading) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_reading(console, reading)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def listed(width: int, view: str, *readings: Reading) -> str:
    console = Console(file=io.StringIO(), width=width)
    with Ledger(":memory:") as ledger:
        ledger.add_many(readings)
        print_list(console, view, getattr(ledger, view)())
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def figure(**fields: Any) -> Figure:
    return Figure(id="f1", span=Span(0, 4, "many"), **fields)


def test_only_what_is_faint_is_dim() -> None:
    found = styles(reading=full_reading())
    assert "dim" in found["o1"]
    assert "dim" not in found["demand"]
    assert all("dim" not in style for text, style in found.items() if text.startswith("“"))
    assert found["SANCTION"] == "bold red"
    assert found["expel"] == "dim"
    assert "dim" not in found["Port Selu, March 4 (Reuters) · Port Selu · 2025-03-04"]


@pytest.mark.parametrize(
    ("act", "polarity", "shown"),
    [("deny", "negative", "deny “"), ("reject", "negative", "reject “"), ("believe", "negative", "believe (not) “"),
     ("say", "positive", "say “")],
)  # fmt: skip
def test_a_denial_is_not_denied_again(act: str, polarity: str, shown: str) -> None:
    statement = dataclasses.replace(full_reading().statements[0], act=act, polarity=polarity)
    assert statement_line(statement, Context(full_reading())).plain.startswith(shown)


@pytest.mark.parametrize(
    ("fields", "value", "what", "phrase"),
    [
        ({"measure": "duration", "low": 13, "high": 13, "unit": "day"}, "13 days", "duration", "13 days"),
        ({"measure": "duration", "low": 1, "high": 1, "unit": "hour", "relation": "about"},
         "about 1 hour", "duration", "about 1 hour"),
        ({"measure": "duration", "low": 3, "high": 9, "unit": "week"}, "3–9 weeks", "duration", "3–9 weeks"),
        ({"measure": "released", "low": 33, "high": 33, "unit": "Israeli hostages", "change": "event"},
         "33", "released: Israeli hostages", "33 released: Israeli hostages"),
        ({"measure": "money", "low": 601_000_000.0, "high": 601_000_000.0, "unit": "USD"},
         "USD 601 million", "money", "USD 601 million"),
        ({"measure": "money", "low": 17_500, "high": 17_500, "unit": "£"}, "£17,500", "money", "£17,500"),
        ({"measure": "money", "low": 1_234_567, "unit": "pounds", "relation": "more_than"},
         "more than 1,234,567 pounds", "money", "more than 1,234,567 pounds"),
        ({"measure": "share", "low": 66.7, "high": 66.7, "unit": "percent of the seats"},
         "66.7%", "share of the seats", "66.7% of the seats"),
        ({"measure": "share", "low": 80, "relation": "at_least", "unit": "percent"}, "at least 80%", "share",
         "at least 80%"),
        ({"measure": "other", "low": 3, "high": 3, "unit": "villages"}, "3", "villages", "3 villages"),
        ({"measure": "votes", "low": 192, "high": 192, "unit": "votes"}, "192", "votes", "192 votes"),
        ({"measure": "killed", "unit": "people", "change": "total"}, "“many”", "killed: people (total)",
         "“many” killed: people (total)"),
    ],
)  # fmt: skip
def test_figures_have_their_units(fields: dict[str, Any], value: str, what: str, phrase: str) -> None:
    shown = figure(**fields)
    assert (figure_value(shown), figure_what(shown), figure_phrase(shown)) == (value, what, phrase)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["all hostages"], "“all hostages”"),
        (['"We want guarantees,"'], "“We want guarantees”"),
        (["“Both sides brought a map.”"], "“Both sides brought a map.”"),
        (['of "misleading the world,"'], "“of ‘misleading the world,’”"),
        (['the deal "dead for now"'], "“the deal ‘dead for now’”"),
        (['"No," he said, "never"'], "“‘No,’ he said, ‘never’”"),
        (["“It goes on in the next paragraph"], "“It goes on in the next paragraph”"),
        (["``an impasse''"], "“an impasse”"),
        (["the front's", '"map"'], "“the front's … map”"),
        (["one\n two"], "“one two”"),
        (["word " * 50], "“" + "word " * 31 + "word …”"),
    ],
)
def test_quotations_look_the_same_everywhere(texts: list[str], shown: str) -> None:
    assert quote(texts) == shown


def test_counts_have_their_number() -> None:
    assert [count_of(n, "events") for n in (0, 1, 2000)] == ["0 events", "1 event", "2,000 events"]
    assert [count_of(n, "talks") for n in (1, 2)] == ["1 round of talks", "2 rounds of talks"]
    counts = " ".join(listed(80, "reports", full_reading()).split())
    assert "3 statements, 3 events, 1 figure, 2 positions, 1 round of talks, 1 agreement" in counts


def test_an_agency_that_publishes_is_named_once() -> None:
    assert once(("Xinhua", "XINHUA", None, "Li Na")) == ["Xinhua", "Li Na"]
    assert "Xinhua · Xinhua" not in plain(80, full_reading(publisher="Xinhua", agency="Xinhua"))


def test_the_key_stands_in_the_first_lines_of_the_header() -> None:
    lines = plain(80, full_reading()).splitlines()
    assert lines[1] == f"The Daily Orm · Reuters · report {KEY}"
    assert lines[3] == "published 2025-03-04 (metadata) · read as of 2025-03-04 (dateline) · en"


def test_few_words_are_shown_in_their_sentence() -> None:
    long = (
        "It was said in the capital that the withdrawal of all troops from the northern hills would take months, " * 2
    )
    assert quote_with_sentence("talks", "The talks broke down.") == "“The talks broke down.”"
    assert quote_with_sentence("the talks broke", "The talks broke down.") == "“the talks broke”"
    assert quote_with_sentence("to", "Towards them, to me.", 3) == "“Towards them, to me.”"
    assert quote_with_sentence("gone", "Not there.") == "“gone”"
    shown = quote_with_sentence("northern hills", long)
    assert "northern hills" in shown
    assert shown.startswith("“… ")
    assert shown.endswith(" …”")
    assert len(shown) < 130
    assert "“… it" not in Context(full_reading()).quoted(Span(TEXT.index("talks"), TEXT.index("talks") + 5, "talks"))


def test_wrapped_lines_keep_their_indent() -> None:
    console = Console(file=io.StringIO(), width=20)
    console.print(hanging(Text("head"), Text("a line that is longer than the width is"), Text("")))
    assert isinstance(console.file, io.StringIO)
    assert [line.rstrip() for line in console.file.getvalue().splitlines()] == [
        "head", "  a line that is", "  longer than the", "  width is",
    ]  # fmt: skip
    assert isinstance(hanging(Text("x")), Group)


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("view", _VIEWS)
def test_no_word_is_broken(view: str, width: int) -> None:
    reading = full_reading()
    events = (dataclasses.replace(reading.events[0], type="ASSAULT", modes=("heavy-weapons",)), *reading.events[1:])
    first = dataclasses.replace(reading.statements[0], source=dataclasses.replace(
        reading.statements[0].source, naming="anonymous", kind="organization"))  # fmt: skip
    shown = listed(
        width, view, dataclasses.replace(reading, events=events, statements=(first, *reading.statements[1:]))
    )
    assert max(map(len, shown.splitlines())) <= width
    allowed = set(re.findall(r"\w+", TEXT)) | set(re.findall(r"\w+", listed(1000, view, reading)))
    allowed |= {"heavy", "weapons", "ASSAULT", "anonymous"}
    assert set(re.findall(r"\w+", shown)) <= allowed


def test_columns_share_what_is_left() -> None:
    columns = (Column("a", 5), Column("b", 5, 8), Column("c", 5, share=1), Column("d", 5, share=3))
    assert widths(columns, 24) == [5, 5, 5, 5]
    assert widths(columns, 35) == [5, 8, 7, 11]
    assert widths(columns, 10) == [5, 5, 5, 5]


def test_what_has_no_date_is_marked_as_reported() -> None:
    shown = listed(80, "timeline", full_reading())
    lines = shown.splitlines()
    row = next(n for n, line in enumerate(lines) if "SANCTION" in line)
    assert lines[row].startswith("2025-03-04")
    assert lines[row + 1].startswith("reported")
    assert "undated" not in shown


def test_a_report_without_a_title_shows_its_first_words() -> None:
    assert "“The Tesh Front said on Tuesday that talks" in listed(80, "reports", full_reading(title=None))


def test_no_line_ends_in_spaces(tmp_path: Path) -> None:
    path = str(tmp_path / "l.sqlite")
    with Ledger(path) as ledger:
        ledger.add(full_reading())
    for args in (*(("show", view) for view in _VIEWS), ("explain", KEY), ("explain", f"{KEY}:s2")):
        shown = CliRunner().invoke(main, [*args, "--ledger", path]).stdout
        assert shown.strip()
        assert [line for line in shown.splitlines() if line != line.rstrip()] == []
