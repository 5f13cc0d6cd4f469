"""Archives into Parquet: every report once, whatever is cut off; and from there into a ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from onrecord import Ledger
from onrecord.cli.common import Services
from onrecord.cli.main import main
from onrecord.engines import executor
from onrecord.engines.bulk import Done, read_files
from onrecord.engines.parts import read_part, write_part
from onrecord.engines.splits import Split, fingerprint, splits
from onrecord.engines.splits import items as items_of
from onrecord.errors import EngineError, ReaderError
from onrecord.intake.items import Hop, Item, Rejected
from onrecord.records import Note
from tests.engines import jobs
from tests.engines.archives import archive
from tests.fakes import FakeReader, full_reading

if TYPE_CHECKING:
    from pathlib import Path

PIECE = 2_000


def run(path: Path, out: Path, **how: object) -> list[Done]:
    reader = how.pop("reader", None) or FakeReader()
    return list(read_files(executor(str(how.pop("engine", "local")), 2), [str(path)], out, reader=reader, size=PIECE))  # type: ignore[arg-type]


def urls(out: Path) -> list[str]:
    """The addresses of all reports in a folder of parts."""
    return sorted(o[0].url for part in out.glob("*.parquet") for o in read_part(part) if isinstance(o, tuple))  # type: ignore[misc]


def expected(count: int) -> list[str]:
    return sorted(f"https://orm.example/{n}" for n in range(count))


def test_splits_cut_a_file_at_records(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 12)
    cut = list(splits([str(path)], PIECE))
    assert len(cut) > 3
    assert [s.stop for s in cut[:-1]] == [s.start for s in cut[1:]]
    assert cut[-1].stop == path.stat().st_size
    whole = list(items_of(Split(str(path))))
    assert [i for s in cut for i in items_of(s)] == whole
    assert len(whole) == 12


def test_names_come_from_content(tmp_path: Path) -> None:
    one, same, other = (archive(tmp_path / f"{n}.warc.gz", 2 + (n == "c")) for n in "abc")
    assert fingerprint(Split(str(one))) == fingerprint(Split(str(same))) != fingerprint(Split(str(other)))
    cut = next(splits([str(other)], 100))
    assert fingerprint(cut) != fingerprint(Split(str(other)))


def test_all_outcomes_come_back_from_a_part(tmp_path: Path) -> None:
    reading = full_reading()
    hop = Hop(name="Orm Wire", role="source", when="2025-03-04T10:00:00Z")
    item = Item(text=reading.report.text, title="Talks break down", guid="urn:1", version="2", provenance=(hop,),
                notes=(Note(code="OR-I01", message="guessed"),), origin="a.warc", line=7)  # fmt: skip
    outcomes = [(item, reading), (Item(text="Rien.", language="fr"), None),
                Rejected(code="OR-I11", message="no article", origin="a.warc", line=9)]  # fmt: skip
    assert write_part(tmp_path / "p.parquet", outcomes) == (1, 1, 1)
    assert list(read_part(tmp_path / "p.parquet")) == outcomes
    assert [p.name for p in tmp_path.iterdir()] == ["p.parquet"]


def test_a_part_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def outcomes() -> object:
        yield Item(text="One."), None
        raise ReaderError("OR-M02", "gone")

    with pytest.raises(ReaderError):
        write_part(tmp_path / "p.parquet", outcomes())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_other_files_are_no_parts(tmp_path: Path) -> None:
    (tmp_path / "p.parquet").write_bytes(b"PAR1 and so on")
    with pytest.raises(EngineError, match="OR-E04"):
        list(read_part(tmp_path / "p.parquet"))


def test_a_second_run_does_nothing_twice(tmp_path: Path) -> None:
    path, out = archive(tmp_path / "a.warc.gz", 12), tmp_path / "out"
    first = run(path, out)
    assert not any(done.known for done in first)
    assert urls(out) == expected(12)
    written = {p.name: p.stat().st_mtime_ns for p in out.iterdir()}
    second = run(path, out)
    assert all(done.known for done in second)
    assert {p.name: p.stat().st_mtime_ns for p in out.iterdir()} == written
    assert all(not done.known for done in run(path, out, reader=FakeReader("newer")))


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    path, out = archive(tmp_path / "a.warc.gz", 12, deadly=5), tmp_path / "out"
    done = run(path, out, engine="processes", reader=jobs.Deadly(str(tmp_path), times=1))
    assert all(not d.failed for d in done)
    assert urls(out) == expected(12)


def test_a_run_that_fails_goes_on_where_it_was(tmp_path: Path) -> None:
    path, out = archive(tmp_path / "a.warc.gz", 12, deadly=5), tmp_path / "out"
    done = run(path, out, engine="processes", reader=jobs.Deadly(str(tmp_path), times=2))
    assert [bool(d.failed) for d in done].count(True) == 1
    (tmp_path / "read").unlink()
    again = run(path, out, reader=jobs.Deadly(str(tmp_path), times=2))
    assert [d.known for d in again].count(False) == 1
    assert urls(out) == expected(12)
    assert 0 < len((tmp_path / "read").read_text().split()) < 12


def test_from_archive_to_ledger(tmp_path: Path) -> None:
    path, out, ledger = archive(tmp_path / "a.warc.gz", 4), tmp_path / "out", str(tmp_path / "l.sqlite")
    runner, services = CliRunner(), Services(reader=FakeReader())
    told = runner.invoke(main, ["bulk", str(path), "--out", str(out)], obj=services)
    assert (told.exit_code, told.output) == (0, "4 reports read, 1 piece of work\n")
    parts = [str(p) for p in out.glob("*.parquet")]
    added = runner.invoke(main, ["add", *parts, "--ledger", ledger], obj=services)
    assert added.exit_code == 0, added.output
    assert "4 new reports" in added.output
    with Ledger(ledger) as kept:
        assert len(kept.reports()) == 4
    again = runner.invoke(main, ["bulk", str(path), "--out", str(out), "--json"], obj=services)
    assert json.loads(again.output)["known"] is True


def test_rejections_are_named_at_every_run(tmp_path: Path) -> None:
    runner, services = CliRunner(), Services(reader=FakeReader())
    (tmp_path / "a.jsonl").write_text('{"text": "Talks began."}\n{broken\n{"text": ""}\n')
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    files, out = [str(tmp_path / name) for name in ("a.jsonl", "b.pdf")], str(tmp_path / "out")
    for told in (
        "1 report read, 3 rejected, 2 pieces of work",
        "0 reports read, 3 rejected, 2 pieces of work, 2 of them",
    ):
        done = runner.invoke(main, ["bulk", *files, "--out", out], obj=services)
        assert done.exit_code == 1
        assert done.stdout.startswith(told)
        assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [
            [f"{files[0]}:2", "OR-I21"], [f"{files[0]}:3", "OR-I10"], [files[1], "OR-I04"],
        ]  # fmt: skip
    asked = runner.invoke(main, ["bulk", *files, "--out", out, "--json"], obj=services)
    assert [json.loads(line)["rejected"] for line in asked.stdout.splitlines()] == [2, 1]
    assert runner.invoke(main, ["bulk", files[1], "--out", out], obj=services).exit_code == 2


def test_reports_are_read_again_by_a_newer_reader(tmp_path: Path) -> None:
    ledger = str(tmp_path / "l.sqlite")
    runner = CliRunner()
    source = tmp_path / "r.jsonl"
    source.write_text(
        "".join(
            json.dumps({"text": f"Maren said {n} killed.", "id": f"x{n}", "published": "2025-03-04"}) + "\n"
            for n in range(3)
        )
    )
    runner.invoke(main, ["add", str(source), "--ledger", ledger], obj=Services(reader=FakeReader("1")))
    for times in ("3 reports", "0 reports"):
        told = runner.invoke(main, ["reread", "--ledger", ledger], obj=Services(reader=FakeReader("2")))
        assert (told.exit_code, told.output) == (0, f"{times} read again\n")
    with Ledger(ledger) as kept:
        assert {k.reading.reader.version for k in kept.known(current=True)} == {"2"}
        assert {k.reading.reader.version for k in kept.known()} == {"1", "2"}
        assert all(len(k.appearances) == 1 for k in kept.known())
        assert {k.reading.report.published for k in kept.known(current=True)} == {"2025-03-04"}


@pytest.mark.parametrize("engine", ["local", "processes"])
def test_add_by_an_engine(tmp_path: Path, engine: str) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text("".join(json.dumps({"text": f"Maren said {n} killed."}) + "\n" for n in range(5)) + "no JSON\n")
    arguments = ["add", str(source), "--ledger", str(tmp_path / "l.sqlite"), "--engine", engine, "--workers", "2"]
    told = CliRunner().invoke(main, arguments, obj=Services(reader=FakeReader()))
    assert told.exit_code == 1
    assert "5 new reports, 1 rejected" in told.output
