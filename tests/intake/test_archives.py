"""Folders, ZIP archives and WARC files, whole, damaged and resumed."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from onrecord.intake import Intaken, Item, Rejected, expected, take_bytes, take_in
from onrecord.intake.archive import ArchiveLimits, members
from onrecord.intake.open import DONE
from onrecord.intake.resume import Resume
from onrecord.intake.state import State
from tests.intake.samples import FIRST, page
from tests.intake.warcs import warc

if TYPE_CHECKING:
    from pathlib import Path


def short(found: list[Intaken]) -> list[str]:
    return [f.code if isinstance(f, Rejected) else f.text for f in found]


def zipped(files: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot be gone back in."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._inner.readinto(buffer)


FILES = {"b.txt": b"Two.", "a/c.jsonl": b'{"text": "One."}\n{bad\n', ".hidden": b"x", "__MACOSX/b.txt": b"x", "a/": b""}


def test_a_folder_is_taken_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/d.txt", "sub/c.txt", ".git/x.txt", "sub/.x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert short(list(take_in([str(tmp_path)]))) == ["a.txt", "b.txt", "sub/c.txt", "sub/d.txt"]
    assert expected([str(tmp_path)]) == 4


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert short(list(take_in([str(tmp_path)]))) == ["OR-I10"]


@pytest.mark.parametrize("piped", [False, True])
def test_a_zip_is_taken_in_order(piped: bool) -> None:
    stream = Pipe(zipped(FILES)) if piped else io.BytesIO(zipped(FILES))
    found = list(take_bytes(stream, "z.zip"))  # type: ignore[arg-type]
    assert short(found) == ["One.", "OR-I21", "Two."]
    assert [f.origin for f in found] == ["z.zip/a/c.jsonl", "z.zip/a/c.jsonl", "z.zip/b.txt"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"a.zip": zipped({"a.txt": b"x"})}), "OR-I08"), (zipped({}), "OR-I10"), (b"PK\x03\x04rest", "OR-I07"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "OR-I04"),
        (zipped(FILES)[:-30], "OR-I07"), (zipped({"a.png": b"\x89PNG"}), "OR-I04"),
        (zipped({"bomb.txt": bytes(20 * 2**20)}), "OR-I06"),
    ],
)  # fmt: skip
def test_archives_that_are_not_unpacked(data: bytes, code: str) -> None:
    assert short(list(take_bytes(io.BytesIO(data), "z.zip"))) == [code]


def test_a_damaged_member_does_not_stop_the_others() -> None:
    data = bytearray(zipped({"a.txt": b"One one one.", "b.txt": b"Two two two."}, zipfile.ZIP_STORED))
    data[data.index(b"One one")] ^= 1
    assert short(list(take_bytes(io.BytesIO(bytes(data)), "z.zip"))) == ["OR-I07", "Two two two."]


def test_limits_of_an_archive() -> None:
    data = io.BytesIO(zipped({"a.txt": b"1234", "b.txt": b"5678", "c.txt": b"9"}))
    over = list(members(data, "z", ArchiveLimits(members=2)))
    assert [o.code for o in over if isinstance(o, Rejected)] == ["OR-I06"]
    over = [
        m.code if isinstance(m, Rejected) else m[1].read() for m in members(data, "z", ArchiveLimits(total_bytes=6))
    ]  # type: ignore[misc]
    assert over == [b"1234", "OR-I06"]
    over = [
        m.code if isinstance(m, Rejected) else m[1].read() for m in members(data, "z", ArchiveLimits(member_bytes=1))
    ]  # type: ignore[misc]
    assert over == ["OR-I06", "OR-I06", b"9"]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", ["a.warc.gz", "-"])
def test_a_warc_gives_its_pages(packed: bool, name: str) -> None:
    data = warc(
        packed,
        ("https://orm.example/1", 200, "text/html; charset=utf-8", page("One")),
        ("https://orm.example/2", 404, "text/html", page("Gone")),
        ("https://orm.example/3.png", 200, "image/png", b"\x89PNG"),
        ("https://orm.example/4", 200, "text/html", b"<html><body><p>Menu</p></body></html>"),
        ("https://orm.example/5", 200, "text/plain", FIRST.encode()),
    )
    one, menu, five = take_bytes(io.BytesIO(data), name)
    assert isinstance(one, Item)
    assert isinstance(five, Item)
    assert (one.url, one.title, one.publisher) == ("https://orm.example/1", "One", "The Daily Orm")
    assert isinstance(menu, Rejected)
    assert menu.code == "OR-I11"
    assert "https://orm.example/4" in menu.message
    assert (five.text, five.url) == (FIRST, "https://orm.example/5")
    assert one.line is not None
    assert menu.line is not None
    assert one.line < menu.line < (five.line or 0)


def test_the_charset_of_the_server_counts() -> None:
    data = warc(
        True,
        (
            "https://orm.example/1",
            200,
            "text/html; charset=iso-8859-2",
            page(first=FIRST.replace("mediators", "mediátoři")).decode().encode("iso-8859-2"),
        ),
    )
    (found,) = take_bytes(io.BytesIO(data))
    assert isinstance(found, Item)
    assert "mediátoři" in found.text


PAGES = [(f"https://orm.example/{i}", 200, "text/plain", f"{i}. {FIRST}".encode()) for i in range(3)]
TEXTS = [body.decode() for *_, body in PAGES]


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_that_breaks_off_keeps_what_is_whole_and_says_where(packed: bool) -> None:
    whole = warc(packed, *PAGES)
    places = [f.line for f in take_bytes(io.BytesIO(whole), "a.warc")]
    for cut in range(5, 400, 3):
        *items, end = take_bytes(io.BytesIO(whole[:-cut]), "a.warc")
        assert short(items) == TEXTS[: len(items)]
        assert isinstance(end, Rejected)
        assert (end.code, end.origin) == ("OR-I07", "a.warc")
        assert (end.line or 0) >= (places[1] or 0)
        if 30 < cut < 100:
            assert end.line == places[2]


@pytest.mark.parametrize("lost", [b"", bytes(range(256)) * 300])
def test_records_behind_a_damaged_packed_one_are_read(lost: bytes) -> None:
    whole = warc(True, *PAGES)
    places = [f.line or 0 for f in take_bytes(io.BytesIO(whole), "a.warc")]
    data = bytearray(whole)
    data[places[1] + 100] ^= 0xFF
    data[places[1] + 100 : places[1] + 100] = lost
    found = list(take_bytes(Pipe(bytes(data)), "a.warc"))  # type: ignore[arg-type]
    assert short(found) == [TEXTS[0], "OR-I07", TEXTS[2]]
    assert [f.line for f in found] == [places[0], places[1], places[2] + len(lost)]


def test_a_packed_page_whose_checksum_is_wrong_is_not_taken() -> None:
    data = bytearray(warc(True, *PAGES))
    data[-8] ^= 1
    assert short(list(take_bytes(io.BytesIO(bytes(data)), "a.warc"))) == [*TEXTS[:2], "OR-I07"]


def test_records_packed_together_have_places_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(warc(False, *PAGES)))
    found = list(take_in([str(path)]))
    assert short(found) == TEXTS
    assert short(list(take_in([str(path)], after=lambda _: found[1].line))) == TEXTS[2:]


@pytest.mark.parametrize("end", [bytes(3000), gzip.compress(b"")])
def test_padding_behind_the_last_record_is_no_damage(end: bytes) -> None:
    assert short(list(take_bytes(io.BytesIO(warc(True, *PAGES) + end), "a.warc"))) == TEXTS


def test_a_cut_off_run_goes_on_after_what_was_acknowledged(tmp_path: Path) -> None:
    pages = [(f"https://orm.example/{i}", 200, "text/html", page(f"Page {i}")) for i in range(5)]
    (tmp_path / "b.warc.gz").write_bytes(warc(True, *pages))
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "c.jsonl").write_text('{"text": "Three."}\n{"text": "Four."}\n')
    everything = list(take_in([str(tmp_path)]))
    with State(tmp_path / ".state") as state:
        resume = Resume(state)
        first = [
            next_item for next_item, _ in zip(take_in([str(tmp_path)], after=resume.after), range(3), strict=False)
        ]
        resume.acknowledge(first)
    with State(tmp_path / ".state") as state:
        resume = Resume(state)
        assert resume.after(str(tmp_path / "a.txt")) == DONE
        rest = list(take_in([str(tmp_path)], after=resume.after))
        assert [(f.origin, f.line) for f in first + rest] == [(f.origin, f.line) for f in everything]
        resume.acknowledge(rest[:-1])
        assert short(list(take_in([str(tmp_path)], after=Resume(state).after))) == ["Four."]
        resume.acknowledge(rest[-1:])
        resume.finish()
        assert list(take_in([str(tmp_path)], after=Resume(state).after)) == []
        (tmp_path / "a.txt").write_text("One and more.")
        assert short(list(take_in([str(tmp_path)], after=Resume(state).after))) == ["One and more."]


def test_other_packed_files_are_named() -> None:
    assert short(list(take_bytes(io.BytesIO(gzip.compress(b"text")), "a.gz"))) == ["OR-I04"]
