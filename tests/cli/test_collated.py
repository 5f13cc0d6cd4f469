"""The commands that show what reports say together, on invented reports."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli.collated import _TAKES, _VIEWS
from onrecord.cli.view.collated import STANDING_STYLES, STANDING_WORDS
from onrecord.cli.view.collated_flat import COLUMNS
from onrecord.collate.links import LINKS
from onrecord.collate.standing import STANDINGS
from onrecord.ledger import Ledger
from tests.collate.plain import Line, report

if TYPE_CHECKING:
    from pathlib import Path

SHELLED = "Varda *shelled* the crowded fish market of Port Selu with heavy guns at dawn"
WIRE = (
    "The harbour master counted the boats that came back from the lake before the storm broke and wrote down each name "
    "in the long ledger that his father had kept for forty years on the shelf above the stove in the customs house"
)


def run(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(args), env={"COLUMNS": "100"})
    assert result.exit_code == code, (result.output, result.exception)
    return result


def lines(*args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*args, "--json").stdout.splitlines()]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One event told by three, denied by one, with a copy of one report."""
    path: Path = tmp_path_factory.mktemp("told") / "ledger.sqlite"
    with Ledger(path) as made:
        made.add(report(Line(SHELLED, source="Tesh Front", killed=31), title="Market shelled"))
        made.add(report(Line(SHELLED + " as told", source="Orm Monitor", killed=9), publisher="Lake Times"))
        made.add(report(Line(SHELLED + " as claimed", source="Varda", denies=True), publisher="Varda Today", published="2025-03-05"))  # fmt: skip
        made.add(report(Line(f"Red Cross *opened* a ward. {WIRE}", type="AID"), publisher="Reuters", agency="Reuters"))
        made.add(report(Line(f"Red Cross *opened* a ward. {WIRE} still"), publisher="Lake Times"))
    return str(path)


def test_every_view_takes_filters_and_has_columns() -> None:
    assert set(_VIEWS) == set(_TAKES) == set(COLUMNS)
    assert set(STANDING_WORDS) == set(STANDING_STYLES) == set(STANDINGS)
    from onrecord.cli.view.collated import _DOES

    assert set(_DOES) == set(LINKS)


@pytest.mark.parametrize("view", _VIEWS)
def test_a_view_for_people_as_json_and_as_csv(view: str, ledger: str) -> None:
    shown = run("show", view, "--ledger", ledger).stdout
    assert shown.strip()
    assert max(map(len, shown.splitlines())) <= 100
    entries = lines("show", view, "--ledger", ledger)
    assert entries
    table = list(csv.DictReader(io.StringIO(run("show", view, "--ledger", ledger, "--csv").stdout)))
    assert table
    assert tuple(table[0]) == COLUMNS[view]
    told = lines("show", view, "--ledger", ledger, "--as-known-on", "2099-01-01")
    assert view == "changes" or told == entries
    assert lines("show", view, "--ledger", ledger, "--as-known-on", "2001-01-01") == []
    assert "Nothing in the ledger fits." in run("show", view, "--ledger", ledger, "--as-known-on", "2001-01-01").stdout


def test_what_a_person_sees_of_a_dispute(ledger: str) -> None:
    shown = run("show", "disputes", "--ledger", ledger).stdout
    assert "Varda denies what is said by" in shown
    assert re.search(r"differs from .* on the number", shown)
    assert "“31”" in shown
    assert "“9”" in shown
    (name,) = set(re.findall(r"onrecord explain (h\w{12})", shown))
    told = run("explain", name, "--ledger", ledger).stdout
    for words in ("Accounts", "denies:", "disputed", "Tesh Front", "What they are to each other", "Port Selu"):
        assert words in told
    assert "OR-L04" in run("explain", name, "--as-known-on", "2001-01-01", "--ledger", ledger, code=2).output
    found = json.loads(run("explain", name, "--ledger", ledger, "--json").stdout)
    assert found["standing"] == "disputed"
    assert {a["source"] for a in found["accounts"]} == {"Tesh Front", "Orm Monitor", "Varda"}


def test_copies_and_their_explanation(ledger: str) -> None:
    (entry,) = lines("show", "copies", "--ledger", ledger)
    assert entry["outlets"] == ["Lake Times", "Reuters"]
    assert "2 reports of one text" in run("explain", entry["id"], "--ledger", ledger).stdout
    assert json.loads(run("explain", entry["id"], "--ledger", ledger, "--json").stdout) == entry


def test_a_story(ledger: str) -> None:
    page = run("story", "fish", "market", "--ledger", ledger).stdout
    for words in ("Timeline", "Who says what", "Where accounts differ", "Orm Monitor"):
        assert words in page
    data = json.loads(run("story", "market", "--ledger", ledger, "--json").stdout)
    assert data["timeline"]
    assert data["voices"][0]["happenings"] == 1
    assert data["disputes"]
    none = run("story", "unheard", "--ledger", ledger).stdout
    assert "No sentence" in none


def test_a_story_with_much_to_tell_shows_what_most_reports_tell(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    told = (
        Line("Varda *shelled* the granary of Selu with heavy guns", source="Orm Monitor", type="ASSAULT"),
        Line("Tesh Front *opened* a granary for the hungry in Marn", source="Orm Monitor", type="AID"),
        Line("Red Cross *demanded* that guards leave the granary on Kell Hill", source="Orm Monitor", type="REQUEST"),
    )
    with Ledger(path) as made:
        for n, line in enumerate(told, 1):
            made.add(report(line, published=f"2025-03-0{n}", title=f"News {n}"))
        again = Line("Tesh Front *opened* a granary for the hungry in Marn", source="Red Cross", type="AID")
        made.add(report(again, published="2025-03-02", publisher="Lake Times", title="Marn again"))
    shown = run("story", "granary", "--limit", "1", "--ledger", str(path)).stdout
    assert "3 happenings" in shown
    assert "… and 2 more" in shown
    assert "hungry in Marn" in shown
    assert "granary of Selu" not in shown
    assert "… and" not in run("story", "granary", "--ledger", str(path)).stdout
    whole = json.loads(run("story", "granary", "--json", "--ledger", str(path)).stdout)
    assert (whole["happenings"], len(whole["timeline"])) == (3, 3)
    cut = json.loads(run("story", "granary", "--json", "--limit", "1", "--ledger", str(path)).stdout)
    assert (cut["happenings"], [h["reports"] for h in cut["timeline"]]) == (3, [2])
    then = json.loads(
        run("story", "granary", "--json", "--limit", "1", "--as-known-on", "2099-01-01", "--ledger", str(path)).stdout
    )
    assert then["timeline"] == cut["timeline"]
    assert "OR-U02" in run("story", "the", "--ledger", str(path), code=2).output


def test_collate_tells_what_there_is(ledger: str) -> None:
    run("show", "actors", "--ledger", ledger)
    assert "Nothing new in the ledger." in run("collate", "--ledger", ledger).stdout
    again = run("collate", "--rebuild", "--ledger", ledger).stdout
    assert "5 readings taken in." in again
    assert "1 group of copies" in again
    tally = json.loads(run("collate", "--ledger", ledger, "--json").stdout)
    assert (tally["taken_in"], tally["reports"], tally["disputed"]) == (0, 5, 1)


def test_what_cannot_be_asked(ledger: str, tmp_path: Path) -> None:
    assert "OR-U02" in run("show", "happenings", "--standing", "true", "--ledger", ledger, code=2).output
    assert "OR-L04" in run("explain", "h000000000000", "--ledger", ledger, code=2).output
    assert "OR-L04" in run("explain", "w000000000000", "--ledger", ledger, code=2).output
    assert "exclude each other" in run("show", "links", "--json", "--csv", "--ledger", ledger, code=2).output
    assert "OR-L06" in run("collate", "--ledger", str(tmp_path / "none"), code=2).output
