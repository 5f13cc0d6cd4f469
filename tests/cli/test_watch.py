"""`onrecord watch` and what `onrecord add` does with wires, archives and addresses: real servers, a real ledger."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli.common import Services, state_path
from onrecord.intake.fetch import Limits
from onrecord.intake.http_fetcher import HttpFetcher
from onrecord.intake.state import State
from onrecord.ledger import Ledger
from tests.fakes import FakeReader
from tests.intake.samples import FIRST, NITF, newsml, ninjs3, page, rss
from tests.intake.servers import Answer, serving
from tests.intake.test_language import FRENCH
from tests.intake.warcs import warc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.intake.servers import Server

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({"/1": Answer(page("One", "One: " + FIRST), headers=HTML)}) as made:
        made.answers["/2"] = Answer(page("Two", "Two: " + FIRST), headers=HTML)
        made.answers["/feed"] = Answer(rss(made.url, "/1", "/2"), headers={"ETag": '"a"', "Last-Modified": "x"})
        yield made


def run(tmp_path: Path, *args: str, code: int = 0, now: datetime | None = None) -> Result:
    fetcher = HttpFetcher(Limits(host_delay=0.0, seconds=2), allow_private=True)
    services = Services(reader=FakeReader(), fetcher=fetcher, now=lambda: now or datetime.now(UTC))
    result = CliRunner().invoke(main, [*args, "--ledger", str(tmp_path / "l.sqlite")], obj=services)
    assert result.exit_code == code, (result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def watch(tmp_path: Path, server: Server, *args: str, code: int = 0) -> list[dict[str, Any]]:
    result = run(tmp_path, "watch", server.url + "/feed", "--once", "--json", *args, code=code)
    return [json.loads(line) for line in result.stdout.splitlines()]


def titles(tmp_path: Path) -> list[str | None]:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        return sorted(entry.report.title or "" for entry in ledger.reports())


def overdue(tmp_path: Path) -> None:
    """As if all pauses were over."""
    with State(state_path(tmp_path / "l.sqlite")) as state:
        state.write([("UPDATE feeds SET next_at = 0", ()), ("UPDATE entries SET next_at = 0", ())])


def test_new_articles_are_kept_once(tmp_path: Path, server: Server) -> None:
    first = watch(tmp_path, server)
    assert [(e.get("url", "")[-2:], e.get("outcome")) for e in first[:-1]] == [("/2", "added"), ("/1", "added")]
    assert (first[-1]["polled"], first[-1]["entries"], first[-1]["new"], first[-1]["outcomes"]) == (
        "new",
        2,
        2,
        {"added": 2},
    )
    assert titles(tmp_path) == ["One", "Two"]
    server.asked.clear()
    again = watch(tmp_path, server)
    assert [e["polled"] for e in again] == ["unchanged"]
    assert server.paths() == ["/feed"]
    asked = server.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"a"', "x")


def test_304_and_new_entries(tmp_path: Path, server: Server) -> None:
    full = server.answers["/feed"]
    server.answers["/feed"] = lambda headers: Answer(status=304) if headers.get("if-none-match") == '"a"' else full  # type: ignore[assignment,return-value]
    watch(tmp_path, server)
    assert watch(tmp_path, server)[0]["polled"] == "unchanged"
    server.answers["/3"] = Answer(page("Three", "Three: " + FIRST), headers=HTML)
    server.answers["/feed"] = Answer(rss(server.url, "/3", "/1", "/2"), headers={"ETag": '"b"'})
    server.asked.clear()
    found = watch(tmp_path, server)
    assert (found[-1]["new"], found[-1]["outcomes"]) == (1, {"added": 1})
    assert server.paths() == ["/feed", "/3"]


def test_people_see_what_it_did(tmp_path: Path, server: Server) -> None:
    server.answers["/2"] = Answer(status=404)
    result = run(tmp_path, "watch", server.url + "/feed", "--once", code=1)
    assert "Orm News: 2 entries, 2 new: 1 new report, 1 rejected" in result.stdout
    assert result.stdout.endswith("1 new report, 1 rejected\n")
    assert f"{server.url}/2: OR-I37: " in result.stderr
    assert "nothing new" in run(tmp_path, "watch", server.url + "/feed", "--once").stdout


def test_an_article_that_fails_in_passing_is_tried_again(tmp_path: Path, server: Server) -> None:
    server.answers["/2"] = Answer(status=503, headers={"Retry-After": "600"})
    found = watch(tmp_path, server, code=1)
    assert (found[0]["outcome"], found[0]["code"]) == ("rejected", "OR-I38")
    again = datetime.fromisoformat(found[0]["again"]).timestamp() - time.time()
    assert 500 < again <= 601
    server.answers["/2"] = Answer(page("Two", "Two: " + FIRST), headers=HTML)
    server.asked.clear()
    assert [e.get("polled") for e in watch(tmp_path, server)] == ["unchanged"]
    assert "/2" not in server.paths(), "not before its time"
    overdue(tmp_path)
    assert watch(tmp_path, server)[0]["outcome"] == "added"


def test_a_feed_that_fails_is_left_alone_for_a_while(tmp_path: Path, server: Server) -> None:
    full = server.answers["/feed"]
    server.answers["/feed"] = Answer(status=429, headers={"Retry-After": "7200"})
    found = watch(tmp_path, server, code=2)
    assert (found[0]["polled"], found[0]["code"]) == ("failed", "OR-I38")
    assert 7000 < datetime.fromisoformat(found[0]["next"]).timestamp() - time.time() <= 7201
    server.answers["/feed"] = full
    server.asked.clear()
    assert watch(tmp_path, server)[0]["polled"] == "waiting"
    assert server.asked == []
    overdue(tmp_path)
    assert watch(tmp_path, server)[-1]["polled"] == "new"


def test_a_feed_that_breaks_off_is_told_and_asked_for_anew(tmp_path: Path, server: Server) -> None:
    whole = server.answers["/feed"]
    assert isinstance(whole, Answer)
    server.answers["/feed"] = Answer(whole.body[: whole.body.rindex(b"<item>") + 9], headers=whole.headers)
    first = watch(tmp_path, server, code=1)
    assert (first[-1]["polled"], first[-1]["new"], first[-1]["code"]) == ("new", 1, "OR-I42")
    server.answers["/feed"] = whole
    assert watch(tmp_path, server)[-1]["new"] == 1
    assert not any("if-none-match" in headers for _, headers in server.asked)
    assert titles(tmp_path) == ["One", "Two"]


def test_a_feed_that_is_gone_is_not_asked_any_more(tmp_path: Path, server: Server) -> None:
    server.answers["/feed"] = Answer(status=410)
    assert watch(tmp_path, server)[0]["polled"] == "gone"
    overdue(tmp_path)
    server.asked.clear()
    assert watch(tmp_path, server)[0]["polled"] == "gone"
    assert server.asked == []


def test_an_entry_that_changes_supersedes(tmp_path: Path, server: Server) -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>tag:1</id><title>T</title><link href="/1"/><updated>2025-03-04T{}:00:00Z</updated></entry></feed>'
    server.answers["/feed"] = Answer(atom.format("10").encode())
    assert watch(tmp_path, server)[0]["outcome"] == "added"
    server.answers["/1"] = Answer(page("One, corrected", "Changed: " + FIRST), headers=HTML)
    server.answers["/feed"] = Answer(atom.format("11").encode())
    assert watch(tmp_path, server)[0]["outcome"] == "superseding"
    assert titles(tmp_path) == ["One, corrected"]


def test_an_embargoed_article_is_taken_when_it_may_be(tmp_path: Path, server: Server) -> None:
    wire = ninjs3(embargoedUntil="2999-01-01T00:00:00Z")
    server.answers["/1"] = Answer(json.dumps(wire).encode(), headers={"Content-Type": "application/json"})
    found = watch(tmp_path, server, code=1)
    assert [(e["outcome"], e.get("again")) for e in found[:-1] if e["outcome"] != "added"] == [
        ("embargoed", "2999-01-01T00:00:00+00:00")
    ]
    overdue(tmp_path)
    result = run(tmp_path, "watch", server.url + "/feed", "--once", "--json", now=datetime(2999, 1, 2, tzinfo=UTC))
    assert json.loads(result.stdout.splitlines()[0])["outcome"] == "added"


def test_a_list_fills_what_is_known_of_a_feed(tmp_path: Path, server: Server) -> None:
    feeds = tmp_path / "feeds.toml"
    long = f"<item><guid>g</guid><title>Own</title><description>{FIRST * 8}</description></item>"
    server.answers["/own"] = Answer(rss(server.url, long))
    feeds.write_text(
        f'[[feed]]\nurl = "{server.url}/feed"\npublisher = "Orm Post"\n'
        f'[[feed]]\nurl = "{server.url}/own"\nname = "The Own"\narticles = false\n'
    )
    result = run(tmp_path, "watch", str(feeds), "--once")
    assert "The Own: 1 entry, 1 new: 1 new report" in result.stdout
    with Ledger(tmp_path / "l.sqlite") as ledger:
        assert {e.report.title: e.report.publisher for e in ledger.reports()} == {
            "One": "Orm Post",
            "Two": "Orm Post",
            "Own": "The Own",
        }


def test_a_crash_between_poll_and_keeping_loses_nothing(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("onrecord.cli.keeping.keep", crash)
    fetcher = HttpFetcher(Limits(host_delay=0.0), allow_private=True)
    args = ["watch", server.url + "/feed", "--once", "--ledger", str(tmp_path / "l.sqlite")]
    result = CliRunner().invoke(main, args, obj=Services(reader=FakeReader(), fetcher=fetcher))
    assert isinstance(result.exception, RuntimeError)
    monkeypatch.undo()
    server.answers["/feed"] = Answer(status=304)
    found = watch(tmp_path, server)
    assert [e.get("outcome") for e in found[:-1]] == ["added", "added"]


def test_it_goes_on_until_it_is_stopped(tmp_path: Path, server: Server) -> None:
    code = (
        "from onrecord.cli import main; from onrecord.cli.common import Services; from tests.fakes import FakeReader;"
        "from onrecord.intake.http_fetcher import HttpFetcher; from onrecord.intake.fetch import Limits;"
        "f = HttpFetcher(Limits(host_delay=0.0), allow_private=True);"
        f"main(['watch', '{server.url}/feed', '--ledger', {str(tmp_path / 'l.sqlite')!r}], obj=Services(FakeReader(), f))"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "2 new: 2 new reports" in line
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, "stopped" in err) == (0, True), err


@pytest.mark.parametrize("content", ["no database", ""])
def test_a_state_file_of_another_kind_is_left_alone(tmp_path: Path, server: Server, content: str) -> None:
    other = tmp_path / "other"
    other.write_text(content)
    target = str(other if content else tmp_path)
    result = run(tmp_path, "watch", server.url + "/feed", "--once", "--state", target, code=2)
    assert "OR-U09" in result.stderr
    assert other.read_text() == content


def test_a_bad_list_ends_with_one_line(tmp_path: Path) -> None:
    result = run(tmp_path, "watch", str(tmp_path / "missing.toml"), "--once", code=2)
    assert result.stderr.count("\n") == 1
    assert "OR-U08" in result.stderr


def add(tmp_path: Path, *paths: str, code: int = 0) -> tuple[list[str], str]:
    result = run(tmp_path, "add", "--json", *paths, code=code)
    return [json.loads(line)["outcome"] for line in result.stdout.splitlines()], result.stderr


def test_versions_and_kills_of_a_wire(tmp_path: Path) -> None:
    files = {
        "1": newsml(version="1"),
        "2": newsml(NITF.replace("No one was", "Two were"), version="2"),
        "3": newsml("", version="3", status="stat:canceled"),
    }
    for name, text in files.items():
        (tmp_path / f"{name}.xml").write_text(text)
    one, two, kill = (str(tmp_path / f"{name}.xml") for name in files)
    assert add(tmp_path, one)[0] == ["added"]
    assert add(tmp_path, two, one)[0] == ["superseding", "known"]
    outcomes, told = add(tmp_path, kill)
    assert (outcomes, told) == (["withdrawing"], "0 new reports, 1 withdrawal\n")
    assert titles(tmp_path) == []


def test_every_item_is_in_the_tally(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Ana said no.")
    (folder / "b.txt").write_text(FRENCH)
    (folder / "c.xml").write_text(newsml(meta="<embargoed>2999-01-01T00:00:00Z</embargoed>"))
    (folder / "d.png").write_bytes(b"\x89PNG")
    (folder / "e.txt").write_text("Ana said no.")
    result = run(tmp_path, "add", str(folder), code=1)
    assert (
        result.stdout
        == "1 new report, 1 report kept unread (not English), 1 known already, 1 under embargo, 1 rejected\n"
    )
    assert "OR-I50" in result.stderr
    assert "OR-I04" in result.stderr


def test_a_run_that_was_cut_off_is_resumed(tmp_path: Path) -> None:
    pages = [(f"https://orm.example/{i}", 200, "text/html", page(f"Page {i}", f"{i}: {FIRST}")) for i in range(40)]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(True, *pages))

    class Stops(FakeReader):
        def read_many(self, items: Any) -> Iterator[Any]:
            if any(item["title"] == "Page 35" for item in items):
                raise KeyboardInterrupt
            return super().read_many(items)

    args = ["add", "--resume", str(path), "--ledger", str(tmp_path / "l.sqlite")]
    CliRunner().invoke(main, args, obj=Services(reader=Stops()))
    assert len(titles(tmp_path)) == 32
    assert run(tmp_path, "add", "--resume", str(path)).stdout == "8 new reports\n"
    assert "taken in before" in run(tmp_path, "add", "--resume", str(path)).stderr
    assert run(tmp_path, "add", str(path)).stdout == "0 new reports, 40 known already\n"


def test_an_address_is_added(tmp_path: Path, server: Server) -> None:
    outcomes, _ = add(tmp_path, server.url + "/1", server.url + "/feed")
    assert outcomes == ["added", "read again", "added"], "the feed knows the date of the first"


def test_a_private_address_is_refused_from_the_command_line(tmp_path: Path, server: Server) -> None:
    args = ["read", server.url + "/1", "--json"]
    refused = CliRunner().invoke(main, args, obj=Services(reader=FakeReader()))
    assert (refused.exit_code, "OR-I31" in refused.stderr) == (2, True)
    allowed = CliRunner().invoke(main, [*args, "--allow-private"], obj=Services(reader=FakeReader()))
    assert (allowed.exit_code, json.loads(allowed.stdout)["report"]["title"]) == (0, "One")


def test_an_address_that_we_refused_is_asked_at_once_when_it_may_be(tmp_path: Path, server: Server) -> None:
    args = ["watch", server.url + "/feed", "--once", "--ledger", str(tmp_path / "l.sqlite")]
    refused = CliRunner().invoke(main, args, obj=Services(reader=FakeReader()))
    assert (refused.exit_code, "OR-I31" in refused.stderr) == (2, True)
    again = CliRunner().invoke(main, args, obj=Services(reader=FakeReader()))
    assert (again.exit_code, "OR-I31" in again.stderr) == (2, True)
    run(tmp_path, "watch", server.url + "/feed", "--once")
    assert titles(tmp_path) == ["One", "Two"]
