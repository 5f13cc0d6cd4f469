"""`onrecord db`, `judge` and `search`, and what `show` and `explain` tell of judgements, versions and earlier days."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli.show import LIMIT
from onrecord.intake.items import Item
from onrecord.ledger import Ledger
from tests.fakes import FakeReader, full_reading

if TYPE_CHECKING:
    from pathlib import Path

KEY = full_reading().report.id.removeprefix("sha256:")[:12]
SIGNED = ("--who", "Ada", "--why", "read it twice")


def run(*args: str, code: int = 0, **env: str) -> Result:
    result = CliRunner().invoke(main, list(args), env=env)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as made:
        made.add(full_reading())
    monkeypatch.setenv("ONRECORD_LEDGER", str(path))
    return path


def test_a_sound_ledger_passes(ledger: Path) -> None:
    assert run("db", "check").stdout == "All is well.\n"
    assert run("db", "check", "--json").stdout == ""
    assert run("db", "upgrade").stdout == "The ledger is up to date (revision 0002).\n"
    assert "1 readings current" in run("db", "stats").stdout
    (found,) = lines(run("db", "stats", "--json"))
    assert (found["rows"]["reports"], found["readings"]) == (1, {"current": 1})


def test_what_is_wrong_is_told(ledger: Path) -> None:
    connection = sqlite3.connect(ledger)
    connection.execute("UPDATE statements SET act = 'deny' WHERE record_id = 's2'")
    connection.commit()
    connection.close()
    told = run("db", "check", code=1)
    assert "reading 1: the line of statements s2 is missing or wrong\n" in told.stdout
    assert told.stderr == "2 faults\n"
    assert {f["where"] for f in lines(run("db", "check", "--json", code=1))} == {"reading 1"}


def test_a_backup_opens_as_a_ledger(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    assert run("db", "backup", str(copy)).stdout.startswith(f"{copy}: ")
    assert lines(run("show", "events", "--json", "--ledger", str(copy))) == lines(run("show", "events", "--json"))
    assert "OR-L09" in run("db", "backup", str(copy), code=2).stderr
    (found,) = lines(run("db", "vacuum", "--json"))
    assert found["bytes"] > 0


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    for command in (("check",), ("stats",), ("upgrade",), ("vacuum",), ("backup", str(tmp_path / "b"))):
        assert "OR-L06" in run("db", *command, "--ledger", str(tmp_path / "none"), code=2).stderr


def test_a_judgement_is_told_wherever_the_record_is(ledger: Path) -> None:
    assert run("judge", "reject", f"{KEY}:e1", *SIGNED).stdout == f"{KEY}:e1: rejected by Ada\n"
    assert [e["id"] for e in lines(run("show", "events", "--json"))] == [f"{KEY}:e2", f"{KEY}:e3"]
    (told,) = lines(
        run("judge", "correct", f"{KEY}:e2", *SIGNED, "--json", "--set", "status=occurred", "--set", "modes=[]")
    )
    assert told["value"]["fields"] == {"status": "occurred", "modes": []}
    entry = lines(run("show", "events", "--json"))[0]
    assert (entry["record"]["status"], entry["judged"]["fields"]) == ("occurred", ["modes", "status"])
    assert "corrected by Ada" in " ".join(run("show", "events").stdout.split())
    explained = run("explain", f"{KEY}:e1").stdout
    assert "rejected by Ada" in explained
    assert [j["action"] for j in lines(run("explain", f"{KEY}:e1", "--json"))[0]["judgements"]] == ["reject"]
    shown = run("show", "judgements").stdout
    assert "status = occurred" in " ".join(shown.split())
    assert "read it twice" in shown
    assert [j["who"] for j in lines(run("show", "judgements", "--json"))] == ["Ada", "Ada"]


def test_judgements_are_listed_with_the_records_words(ledger: Path) -> None:
    record = lines(run("show", "statements", "--json"))[0]
    words = record["record"]["content"][0]["text"]
    run("judge", "accept", record["id"], *SIGNED)
    run("judge", "reject", f"{KEY}:e1", *SIGNED)
    assert " ".join(words.split()[:5]) in " ".join(run("show", "judgements").stdout.split())
    header, *rows = csv.reader(io.StringIO(run("show", "judgements", "--csv").stdout))
    assert [(row[header.index("target")], row[header.index("action")]) for row in rows] == [
        (record["id"], "accept"), (f"{KEY}:e1", "reject"),
    ]  # fmt: skip
    assert words in rows[0][header.index("words")]
    (last,) = lines(run("show", "judgements", "--json", "--limit", "1"))
    assert last["action"] == "reject"
    shown = run("show", "judgements", "--limit", "1").stdout
    assert ("accept" in shown, "more before" in shown) == (False, True)
    run("show", "judgements", "--json", "--csv", code=2)


def test_wrapped_lines_of_hits_keep_their_indent(ledger: Path) -> None:
    shown = run("search", "guarantees").stdout.splitlines()
    below = [line for line in shown if line and not line.startswith(("Reports ─", "Statements ─", KEY))]
    assert len(below) > 2
    assert all(line.startswith("  ") for line in below)


def test_groups_are_judged(ledger: Path) -> None:
    one, two, *_ = [a["id"] for a in lines(run("show", "actors", "--json"))]
    assert run("judge", "merge", "actors", one, two, *SIGNED).stdout == f"{one} {two}: merged by Ada\n"
    happening = lines(run("show", "happenings", "--json"))[0]["id"]
    event = f"{KEY}:e3"
    assert run(
        "judge", "split", "happenings", happening, event, "--why", "two days", ONRECORD_WHO="Ben"
    ).stdout.endswith("Ben\n")
    assert f"happenings {happening} {event}" in " ".join(run("show", "judgements").stdout.split())
    told = run("judge", "merge", "actors", one, one, *SIGNED, code=2).stderr
    assert "name two different ones at least" in told
    run("judge", "split", "actors", one, two, *SIGNED)


def test_groups_that_are_not_there_cannot_be_judged(ledger: Path) -> None:
    one = lines(run("show", "actors", "--json"))[0]["id"]
    happening = lines(run("show", "happenings", "--json"))[0]["id"]
    for kind, ids, missing in (
        ("actors", (one, "nobody"), "nobody"), ("actors", (happening, one), happening),
        ("happenings", (happening, one), one), ("happenings", ("h000000000000", happening), "h000000000000"),
        ("happenings", (happening, f"{KEY}:s1"), f"{KEY}:s1"),
    ):  # fmt: skip
        for action in ("merge", "split"):
            told = run("judge", action, kind, *ids, *SIGNED, code=2).stderr
            assert told == f"onrecord: OR-L04: the ledger has no {kind.removesuffix('s')} {missing!r}\n"
    assert run("show", "judgements", "--json").stdout == ""


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("reject", f"{KEY}:e9"), "OR-L04"), (("reject", "nothing"), "OR-L04"),
        (("accept", f"{KEY}:e1", "--who", ""), "OR-U02"), (("accept", f"{KEY}:e1", "--why", " … "), "OR-U02"),
        (("merge", "actors", "a", "b", "--why", ""), "OR-"), (("correct", f"{KEY}:f1", "--set", "low=-5"), "OR-U05"),
        (("correct", f"{KEY}:e1", "--set", "status=gone"), "OR-U05"), (("correct", f"{KEY}:e1", "--set", "status"), "FIELD"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_told(ledger: Path, args: tuple[str, ...], told: str) -> None:
    assert told in run("judge", args[0], *SIGNED, *args[1:], code=2).stderr
    assert run("show", "judgements", "--json").stdout == ""


def test_words_are_found(ledger: Path) -> None:
    shown = run("search", "guarantees").stdout
    assert "Reports" in shown
    assert f"{KEY}:s3" in shown
    hits = lines(run("search", "broken down", "--json", "--in", "statements"))
    assert [(h["kind"], h["id"]) for h in hits] == [("statements", f"{KEY}:s1")]
    assert [h["name"] for h in lines(run("search", "varda", "--in", "actors", "--json", "--limit", "1"))] == ["Varda"]
    assert run("search", "unheard").stdout == "Nothing in the ledger fits.\n"
    assert "OR-U02" in run("search", "--", "--", code=2).stderr


def test_a_superseded_report_is_explained_as_such(ledger: Path) -> None:
    with Ledger(ledger) as kept:
        keys = []
        for version, words in enumerate(("Ana said three.", "Ana said four."), 1):
            (reading,) = FakeReader().read_many([{"text": words}])
            keys.append(kept.add(reading, Item(text=words, guid="g", version=str(version))).key)
    first = keys[0]
    assert "superseded; its records are not in the lists" in " ".join(run("explain", f"{first}:s1").stdout.split())
    assert lines(run("explain", f"{first}:s1", "--json"))[0]["state"] == "superseded"
    run("show", "statements", "--as-known-on", "2020-01-01")
    assert lines(run("show", "statements", "--as-known-on", "2020-01-01", "--json")) == []
    assert len(lines(run("show", "statements", "--json", "--source", "Ana"))) == 1


def test_a_long_list_is_cut_for_people_alone(ledger: Path) -> None:
    with Ledger(ledger) as kept:
        kept.add_many(FakeReader().read_many({"text": f"Ana said {n}."} for n in range(LIMIT)))
    shown = run("show", "statements").stdout
    assert shown.endswith(f"… and more: --limit {10 * LIMIT} shows more, filters narrow the list\n")
    assert "and more" not in run("show", "statements", "--limit", "100").stdout
    assert len(lines(run("show", "statements", "--json"))) == LIMIT + 3
    assert len(run("show", "statements", "--csv").stdout.splitlines()) == LIMIT + 4
