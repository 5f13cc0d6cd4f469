"""Bytes of any form into items and rejections."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import Intaken, Item, Rejected, expected, take_bytes, take_in
from onrecord.intake.dates import is_date
from onrecord.intake.decode import decode

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Talks go on in Orm | The Daily Orm</title>
<meta property="og:site_name" content="The Daily Orm"><meta name="author" content="Lena Okoro">
<meta property="article:published_time" content="2025-03-04T10:00:00Z">
<link rel="canonical" href="https://daily.example/talks"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks go on in Orm</h1>
<p>The two sides met for the third day on Tuesday, the mediators said in a short statement.</p>
<p>No one was hurt when a shell fell near the hall where the delegations had gathered, they added.</p>
</article><footer>Copyright 2019 The Daily Orm. All rights reserved.</footer></body></html>"""
MENU = """<html><body><nav><a href="/">Home</a> <a href="/w">World</a></nav><form>Log in <input></form>
<footer>All rights reserved.</footer></body></html>"""


def take(data: bytes, name: str = "-") -> list[Intaken]:
    return list(take_bytes(io.BytesIO(data), name))


def item(data: bytes, name: str = "-") -> Item:
    (found,) = take(data, name)
    assert isinstance(found, Item), found
    return found


def rejection(data: bytes, name: str = "-") -> Rejected:
    (found,) = take(data, name)
    assert isinstance(found, Rejected), found
    return found


def codes(found: Item) -> list[str]:
    return [n.code for n in found.notes]


def test_plain_text_stays_as_it_is() -> None:
    text = "Port Selu – one\r\ntwo\tthree \u200f\n\n"
    assert item(text.encode(), "a.txt").text == text
    assert codes(item(text.encode(), "a.txt")) == []


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\ufeff".encode()])
def test_empty_text_is_rejected(data: bytes) -> None:
    assert rejection(data, "a.txt").code == "OR-I10"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(encoding: str) -> None:
    found = item("Zoë said no.".encode(encoding), "a.txt")
    assert (found.text, codes(found)) == ("Zoë said no.", [])


def test_western_bytes_are_guessed_with_a_note() -> None:
    found = item("The mayor’s café – “closed”.".encode("cp1252"), "a.txt")
    assert (found.text, codes(found)) == ("The mayor’s café – “closed”.", ["OR-I01"])


def test_cyrillic_bytes_are_guessed_with_a_note() -> None:
    text = "Представители сторон провели переговоры в столице и договорились о встрече. " * 4
    found = item(text.encode("cp1251"), "a.txt")
    assert (found.text, codes(found)) == (text, ["OR-I01"])


def test_damaged_utf8_loses_only_the_damage() -> None:
    found = item("Zoë – naïve – café".encode() + b"\xff and more", "a.txt")
    assert found.text == "Zoë – naïve – café\ufffd and more"
    assert codes(found) == ["OR-I02"]


def test_control_characters_are_kept() -> None:
    found = item(b"one\x00two\x1b[31m", "a.txt")
    assert (found.text, codes(found)) == ("one\x00two\x1b[31m", [])


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", gzip.compress(b"text"), b"\x89PNG\r\n", b"SQLite format 3\x00"])
def test_other_files_are_named(data: bytes) -> None:
    assert rejection(data, "a.txt").code == "OR-I04"


@pytest.mark.parametrize("name", ["a.html", "a.htm", "-", "a.txt"])
def test_a_page_gives_its_article_and_metadata(name: str) -> None:
    found = item(PAGE.encode(), name)
    assert "third day on Tuesday" in found.text
    assert "World" not in found.text
    assert "Copyright" not in found.text
    assert found.title == "Talks go on in Orm"
    assert (found.publisher, found.byline, found.language) == ("The Daily Orm", "Lena Okoro", "en")
    assert (found.published, found.published_basis) == ("2025-03-04", "metadata")
    assert found.url == "https://daily.example/talks"


def test_a_pages_own_charset_is_used() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("mediators", "mediátoři")
    found = item(page.encode("iso-8859-2"), "a.html")
    assert "mediátoři" in found.text
    assert codes(found) == []


def test_no_date_is_taken_from_a_footer() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2025-03-04T10:00:00Z">', "")
    assert item(page.encode(), "a.html").published is None


@pytest.mark.parametrize("page", [MENU, "<html></html>", "<html><body><p>Page not found.</p></body></html>"])
def test_a_page_without_an_article_is_rejected(page: str) -> None:
    assert rejection(page.encode(), "a.html").code == "OR-I11"


def lines(*reports: object) -> bytes:
    return b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in reports)


def test_json_lines_carry_what_they_say() -> None:
    data = {
        "id": 7, "text": "One.", "title": "T", "published": "2025-03-04T01:02:03Z", "publisher": "P", "url": "U",
        "language": "en", "byline": "B", "mood": [1],
    }  # fmt: skip
    assert take(lines(data), "a.jsonl") == [
        Item(
            text="One.", source_id="7", title="T", published="2025-03-04T01:02:03Z", publisher="P", url="U",
            language="en", byline="B", origin="a.jsonl", line=1,
        )
    ]  # fmt: skip


def test_bad_lines_are_named_and_the_rest_is_read_in_order() -> None:
    data = lines(
        {"text": "One."}, b"{broken", b"", [1], {"title": "no text"}, {"text": 3}, {"text": " "}, {"text": "Two."}
    )
    found = take(data, "a.jsonl")
    assert [(f.line, f.code if isinstance(f, Rejected) else f.text) for f in found] == [
        (1, "One."), (2, "OR-I21"), (4, "OR-I22"), (5, "OR-I22"), (6, "OR-I22"), (7, "OR-I10"), (8, "Two."),
    ]  # fmt: skip
    assert isinstance(found[1], Rejected)
    assert found[1].where == "a.jsonl:2"


def test_odd_values_are_noted_not_fatal() -> None:
    (found,) = take(lines({"text": "One.", "published": "May 3", "title": 5, "id": None}), "a.jsonl")
    assert isinstance(found, Item)
    assert (found.published, found.title, found.source_id) == (None, None, None)
    assert sorted(codes(found)) == ["OR-I23", "OR-I24"]


def test_half_characters_are_replaced_with_a_note() -> None:
    found = item(b'{"text": "a\\ud800b \\ud83d\\ude00"}', "a.jsonl")
    assert (found.text, codes(found)) == ("a\ufffdb 😀", ["OR-I02"])


def test_a_deeply_nested_line_is_no_crash() -> None:
    assert rejection(b"[" * 200_000, "a.jsonl").code == "OR-I21"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_in_marked_encodings(encoding: str) -> None:
    data = '{"text": "Zoë"}\n{"text": "Two"}\n'.encode(encoding)
    assert [f.text for f in take(data, "a.jsonl") if isinstance(f, Item)] == ["Zoë", "Two"]


def test_the_form_is_found_from_the_content_of_a_stream() -> None:
    assert item(b'{"id": "a", "text": "One."}\n', "-").source_id == "a"
    long = json.dumps({"text": "One. " * 20_000}).encode()
    assert item(long, "-").line == 1
    assert item(b'{"text": "One."}', "a.txt").text == '{"text": "One."}'
    assert item(b"{ not json", "-").text == "{ not json"


def test_files_are_taken_in_order_and_missing_ones_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.")
    (tmp_path / "b.jsonl").write_bytes(lines({"text": "Two."}, {"text": "Three."}))
    paths = [str(tmp_path / name) for name in ("a.txt", "missing.txt", "b.jsonl", "a.txt/below")] + ["-"]
    found = list(take_in(paths, io.BytesIO(b"Four.")))
    assert [f.text if isinstance(f, Item) else f.code for f in found] == [
        "One.", "OR-I20", "Two.", "Three.", "OR-I20", "Four.",
    ]  # fmt: skip
    assert found[0].origin == paths[0]


def test_reports_are_counted_beforehand(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "Two."}\n\n{"text": "Three."}')
    paths = [str(tmp_path / "b.jsonl"), "a.txt", str(tmp_path / "missing.jsonl")]
    assert expected(paths) == 4
    assert expected([*paths, "-"]) is None


@pytest.mark.parametrize(
    ("value", "good"),
    [("2025-03-04", True), ("2025-02-30", False), ("2025-03-04T10:00:00+02:00", True), ("20250304", False),
     ("2025-3-4", False), ("2025-03-04 ", False), ("", False), ("2025-W10-2", False)],
)  # fmt: skip
def test_dates(value: str, good: bool) -> None:
    assert is_date(value) is good


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.jsonl", "-", "a.html"]))
def test_any_bytes_are_taken_or_rejected(data: bytes, name: str) -> None:
    for found in take(data, name):
        assert isinstance(found, Item | Rejected)
        if isinstance(found, Item):
            found.text.encode("utf-8")


@given(st.text())
def test_utf8_text_is_never_altered(text: str) -> None:
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")


@given(
    st.fixed_dictionaries({"text": st.text()}, optional={"id": st.text(), "published": st.text(), "title": st.text()})
)
def test_any_report_survives_json_lines(report: dict[str, Any]) -> None:
    (found,) = take(lines(report), "a.jsonl")
    if isinstance(found, Item):
        assert found.text == report["text"]
        assert found.source_id == report.get("id")
    else:
        assert not report["text"].strip()
