"""Damaged input of every form: an item or a rejection comes out, never an exception."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.intake import Item, Rejected, take_bytes
from onrecord.intake.feed import NotAFeedError, parse_feed
from onrecord.intake.language import judged
from onrecord.intake.markup import html_text
from tests.intake.samples import ATOM, JSON_FEED, message, newsml, ninjs1, ninjs2, ninjs3, page, rss
from tests.intake.test_archives import FILES, zipped
from tests.intake.warcs import warc

_PAGES = (
    ("https://orm.example/1", 200, "text/html", page("One")),
    ("https://orm.example/2", 200, "text/plain", b"Two."),
)
SAMPLES: dict[str, bytes] = {
    "a.html": page(),
    "a.xml": message(newsml(), newsml("", status="stat:canceled")).encode(),
    "a.json": json.dumps([ninjs1(), ninjs2(), ninjs3()]).encode(),
    "a.jsonl": b'{"text": "One.", "published": "2025-03-04"}\n' + json.dumps(ninjs3()).encode(),
    "a.atom": ATOM,
    "a.rss": rss("https://orm.example", "/1", "/2"),
    "feed.json": JSON_FEED,
    "a.zip": zipped(FILES),
    "a.warc": warc(False, *_PAGES),
    "a.warc.gz": warc(True, *_PAGES),
}
ENCODINGS = ("utf-16", "utf-32", "utf-8-sig", "cp1252", "cp037", "utf-7")


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sample that was cut, had bits flipped or pieces moved, was written in another encoding, or sits in another."""
    name = draw(st.sampled_from(sorted(SAMPLES)))
    data = bytearray(SAMPLES[name])
    kind = draw(st.sampled_from(["cut", "flip", "move", "encode", "nest", "join"]))
    if kind == "cut":
        start = draw(st.integers(0, 40))
        data = data[start : draw(st.integers(start, len(data)))]
    elif kind == "flip":
        for at in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=12)):
            data[at] ^= draw(st.integers(1, 255))
    elif kind == "move":
        at, size = draw(st.integers(0, len(data) - 1)), draw(st.integers(1, 200))
        piece = data[at : at + size]
        del data[at : at + size]
        to = draw(st.integers(0, len(data)))
        data[to:to] = piece * draw(st.integers(0, 4))
    elif kind == "encode":
        text = bytes(data).decode("utf-8", "replace")
        data = bytearray(text.encode(draw(st.sampled_from(ENCODINGS)), "replace"))
    elif kind == "nest":
        data = bytearray(zipped({name: bytes(data), f"x/{name}": bytes(data)}))
    else:
        data += SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))]
    return draw(st.sampled_from([name, "-", "a.txt"])), bytes(data)


def check(name: str, data: bytes) -> None:
    for found in take_bytes(io.BytesIO(data), name):
        if isinstance(found, Item):
            assert found.text.strip() or found.status != "usable"
            judged(found)
            for value in (found.text, found.title, found.guid, found.url, found.byline, found.note, found.located):
                (value or "").encode("utf-8")
        else:
            assert isinstance(found, Rejected)
            found.message.encode("utf-8")
            assert found.code.startswith("OR-I")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damaged_input_is_taken_or_rejected(case: tuple[str, bytes]) -> None:
    check(*case)


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([ninjs1(), ninjs2(), ninjs3(), json.loads(JSON_FEED)]), st.data())
def test_any_value_may_stand_in_any_field(sample: dict[str, Any], data: st.DataObject) -> None:
    changed = dict(sample)
    for name in data.draw(st.lists(st.sampled_from(sorted(sample)), max_size=4)):
        changed[name] = data.draw(_JSON)
    check("a.json", json.dumps(changed).encode())


@settings(max_examples=100, deadline=None)
@given(st.text() | st.from_regex(r"(<[a-z!/?]{0,4}[ a-z=\"'<]{0,6}>?[a-z&;]{0,5}){0,12}", fullmatch=True))
def test_any_markup_becomes_text(markup: str) -> None:
    html_text(markup).encode("utf-8")  # no half characters
    told = html_text(f"<p>Rebels freed 12 hostages.</p>{markup}")
    assert told.startswith("Rebels freed 12 hostages.")
    assert "<p>" not in told.partition("hostages.")[0]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_none(data: bytes) -> None:
    for start in (b"", b"{", b"<rss><channel><item>", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>'):
        with contextlib.suppress(NotAFeedError):
            entries = parse_feed(start + data).entries
            assert all(e.key for e in entries)
            assert len({e.key for e in entries}) == len(entries)
