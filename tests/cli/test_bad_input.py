"""A newcomer's slips: each gives one plain line with a code and the right exit status; and the progress bar."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli.common import Services
from onrecord.ledger import Ledger
from tests.fakes import FakeReader, full_reading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one of every kind of file that goes wrong."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.txt").write_text("Ana said no.")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 \x00\x01")
    (tmp_path / "binary").write_bytes(random.Random(0).randbytes(5000))
    (tmp_path / "broken.jsonl").write_text('{"text": "Ana said no."}\n{broken\n')
    (tmp_path / "text.sqlite").write_text("no ledger")
    with sqlite3.connect(tmp_path / "songs.sqlite") as songs:
        songs.execute("CREATE TABLE songs (name)")
    songs.close()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.add(full_reading())
    return tmp_path


def run(folder: Path, command: str) -> Result:
    words = [str(folder / word[1:]) if word.startswith("@") else word for word in command.split()]
    return CliRunner().invoke(main, words, obj=Services(reader=FakeReader()))


@pytest.mark.parametrize(
    ("command", "status", "code", "words"),
    [
        ("read @missing.txt", 2, "OR-I20", "No such file"),
        ("read ftp://orm.example/a", 2, "OR-I30", "not ftp"),
        ("read file:///a.txt", 2, "OR-I30", "not file"),
        ("read @good.txt --language english", 2, "OR-U02", "ISO 639-1"),
        ("read @good.txt --language xx", 2, "OR-U02", "xx"),
        ("add @good.txt --ledger @a/b/l.sqlite", 2, "OR-L01", "there is no folder"),
        ("watch https://orm.example --once --ledger @l.sqlite --state @a/s", 2, "OR-U09", "there is no folder"),
        ("read @folder", 2, "OR-I10", "no file in this folder"),
        ("read @empty.txt", 2, "OR-I10", "no text"),
        ("read @paper.pdf", 2, "OR-I04", "a PDF file"),
        ("read @binary", 2, "OR-I04", "no text"),
        ("read @good.txt @binary", 1, "OR-I04", "no text"),
        ("read @broken.jsonl", 1, "OR-I21", "broken.jsonl:2: OR-I21: not JSON"),
        ("add @broken.jsonl --ledger @new.sqlite", 1, "OR-I21", "not JSON"),
        ("read @good.txt --published 2999-01-01", 2, "OR-U04", "has not come yet"),
        ("read @good.txt --published yesterday", 2, "OR-U01", "no ISO date"),
        ("show events --ledger @ledger.sqlite --since 2025-13-01", 2, "OR-U01", "no ISO date"),
        ("show events --ledger @ledger.sqlite --type nap", 2, "OR-U02", "acts of statements: say"),
        ("show events --ledger @missing.sqlite", 2, "OR-L06", "onrecord add"),
        ("show events --ledger @text.sqlite", 2, "OR-L01", "not a database"),
        ("show events --ledger @songs.sqlite", 2, "OR-L01", "not a ledger's"),
        ("show events --ledger @folder", 2, "OR-L01", "it is a folder"),
        ("add @good.txt --ledger @folder", 2, "OR-L01", "it is a folder"),
        ("add @good.txt --ledger @good.txt/below.sqlite", 2, "OR-L01", "cannot open"),
        ("explain nonsense --ledger @ledger.sqlite", 2, "OR-L04", "no record"),
    ],
)
def test_slips_are_told_in_plain_words(folder: Path, command: str, status: int, code: str, words: str) -> None:
    result = run(folder, command)
    assert result.exit_code == status, result.output
    assert isinstance(result.exception, SystemExit)
    assert re.search(rf"\b{code}\b", result.stderr)
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_no_folder_is_made_by_a_slip(folder: Path) -> None:
    run(folder, "add @good.txt --ledger @a/b/l.sqlite")
    run(folder, "watch https://orm.example --once --ledger @l.sqlite --state @a/s")
    assert not (folder / "a").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the data directory is named so on Linux")
def test_the_default_ledger_gets_its_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_LEDGER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data" / "home"))
    assert run(folder, "add @good.txt --resume").exit_code == 0
    assert {p.name for p in (folder / "data" / "home" / "onrecord").iterdir()} >= {
        "ledger.sqlite", "ledger.sqlite.intake",
    }  # fmt: skip


def test_a_language_may_have_a_region(folder: Path) -> None:
    assert run(folder, "read @good.txt --language en-GB").exit_code == 0


def test_empty_names_and_broken_strings_are_told_in_whole_words(folder: Path) -> None:
    (folder / "cut.jsonl").write_text('{"text": "Ana')
    (folder / "cut.json").write_text('[{"text": "Ana')
    told = [
        CliRunner().invoke(main, ["read", str(name)]).stderr.rsplit(": ", 2)[1:]
        for name in ("", folder / "cut.jsonl", folder / "cut.json")
    ]
    assert told == [
        ["OR-I20", "the name of this input is empty\n"],
        ["OR-I21", "not JSON (Unterminated string, character 10)\n"],
        ["OR-I21", "not JSON (Unterminated string, line 1)\n"],
    ]
    empty = CliRunner().invoke(main, ["db", "backup", "", "--ledger", str(folder / "ledger.sqlite")])
    assert (empty.exit_code, "name the file" in empty.stderr) == (2, True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_ledger_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "ledger.sqlite").chmod(0o444)
    folder.chmod(0o555)
    result = run(folder, "add @good.txt --ledger @ledger.sqlite")
    folder.chmod(0o755)
    assert (result.exit_code, "OR-L0" in result.stderr) == (2, True)


def test_a_short_damaged_text_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Ana said \x00\xff\xfe no.")
    assert run(tmp_path, "read @a.txt").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_progress_bar_makes_way_and_leaves_nothing(folder: Path) -> None:
    import pty

    code = (
        "from onrecord.cli import main; from onrecord.cli.common import Services; from tests.fakes import FakeReader;"
        f"main(['read', {str(folder / 'broken.jsonl')!r}], obj=Services(reader=FakeReader()))"
    )
    terminal, ours = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=ours, stderr=ours, env={**os.environ, "TERM": "xterm"}
    )
    os.close(ours)
    seen = b""
    try:
        while part := os.read(terminal, 65536):
            seen += part
    except OSError:  # how Linux says that the other side has been closed
        pass
    os.close(terminal)
    assert process.wait() == 1
    shown = seen.decode()
    assert "reading" in shown
    assert re.search(r"\x1b\[2K[^\r\n]*broken\.jsonl:2: OR-I21", shown)
    assert shown.rfind("\x1b[?25l") < shown.rfind("\x1b[?25h"), "the cursor is shown again"
    assert "reading" not in shown[shown.rfind("\x1b[2K") :]
