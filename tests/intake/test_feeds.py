"""RSS, Atom and JSON Feed: entries, and the articles that stand in the feed itself."""

from __future__ import annotations

import io

import pytest

from onrecord.intake import Intaken, Item, Rejected, take_bytes
from onrecord.intake.feed import NotAFeedError, parse_feed
from onrecord.intake.feed_list import feed_lists
from onrecord.intake.schedule import MAX_TRIES, next_poll, next_try
from tests.intake.samples import ATOM, FIRST, JSON_FEED, SECOND, rss

TEXT = f"{FIRST}\n{SECOND}"


def take(data: bytes, name: str = "-") -> list[Intaken]:
    return list(take_bytes(io.BytesIO(data), name))


def test_atom() -> None:
    feed = parse_feed(ATOM)
    first, second = feed.entries
    assert (feed.title, first.key, first.url, first.title) == (
        "Orm Atom",
        "tag:orm:1",
        "https://orm.example/1",
        "Talks & more",
    )
    assert (first.published, first.updated, first.byline) == (
        "2025-03-04T10:00:00Z",
        "2025-03-04T12:00:00Z",
        "Lena Okoro",
    )
    assert (first.content, first.language) == (TEXT, "en")
    assert (second.key, second.content) == ("tag:orm:2", "")


def test_rss() -> None:
    feed = parse_feed(
        rss("https://orm.example", "/1", "<item><link>/2</link></item>", "<item></item>"), "https://orm.example/rss"
    )
    first, second = feed.entries
    assert (first.key, first.url, first.published) == (
        "tag:orm/1",
        "https://orm.example/1",
        "2025-03-04T10:00:00+00:00",
    )
    assert second.url == "https://orm.example/2", "relative addresses are resolved"


def _full(number: int) -> str:
    return f"<item><link>https://orm.example/{number}</link><content:encoded>{number}. {FIRST}</content:encoded></item>"


def test_a_feed_that_breaks_off_gives_its_whole_entries_and_says_so() -> None:
    whole = rss("https://orm.example", *map(_full, range(4)))
    last = whole.index(b"3. ")
    for end in (last + 40, last + 3, last - 10, last - 40, whole.index(b"</channel>") - 3):
        *items, told = take(whole[:end], "a.rss")
        assert [item.text for item in items if isinstance(item, Item)] == [f"{n}. {FIRST}" for n in range(3)]
        assert isinstance(told, Rejected)
        assert (told.code, told.origin) == ("OR-I42", "a.rss")
    *items, told = take(whole[: whole.index(b"</channel>")])
    assert len(items) == 4
    assert isinstance(told, Rejected)
    assert told.code == "OR-I42"
    assert "4 of 4" in told.message


def test_an_atom_feed_that_breaks_off() -> None:
    assert [e.key for e in parse_feed(ATOM[: ATOM.index(b"Only a link")]).entries] == ["tag:orm:1"]
    assert parse_feed(ATOM[: ATOM.index(b"Only a link")]).damage


def test_an_entry_whose_tag_is_damaged_is_missed_aloud() -> None:
    data = rss("https://orm.example", *map(_full, range(3))).replace(b"<item>", b"<itm>", 1)
    *items, told = take(data)
    assert len(items) == 2
    assert isinstance(told, Rejected)
    assert told.code == "OR-I42"


@pytest.mark.parametrize(
    "title", [b"War & peace", b"<b>Talks", b"Talks &nbsp; more", b"<![CDATA[a </rss> <item> b]]>War & peace"]
)
def test_a_feed_that_is_no_proper_xml_but_has_all_its_entries_is_whole(title: bytes) -> None:
    data = rss("https://orm.example", *map(_full, range(3))).replace(b"Orm News", title)
    assert [type(found) for found in take(data)] == [Item] * 3


def test_json_feed() -> None:
    feed = parse_feed(JSON_FEED, "https://orm.example/feed.json")
    first, second, third = feed.entries
    assert (first.key, first.content, first.byline, first.updated) == ("1", TEXT, "The desk", "2025-03-04T12:00:00Z")
    assert (second.key, second.content, second.byline) == ("2", SECOND, "Lena Okoro, Ilo Maren")
    assert (third.key, third.url) == ("https://orm.example/3", "https://orm.example/3")


@pytest.mark.parametrize("data", [ATOM, JSON_FEED])
@pytest.mark.parametrize("name", ["-", "a.xml", "a.json", "feed"])
def test_a_feed_in_a_file_gives_the_articles_it_carries(data: bytes, name: str) -> None:
    found = take(data, name)
    assert isinstance(found[0], Item)
    assert (found[0].text, found[0].line) == (TEXT, 1)
    assert found[0].version == "2025-03-04T12:00:00Z"
    assert isinstance(found[-1], Rejected)
    assert found[-1].code == "OR-I41"


def test_an_entry_changes_its_mark_when_it_says_something_new() -> None:
    first = parse_feed(ATOM).entries[0]
    assert parse_feed(ATOM).entries[0].mark == first.mark
    assert parse_feed(ATOM.replace(b"third day", b"fourth day")).entries[0].mark == first.mark, "no date of change"
    assert parse_feed(ATOM.replace(b"T12:00", b"T13:00")).entries[0].mark != first.mark


@pytest.mark.parametrize(
    "data", [b"", b"text", b"{}", b"<html></html>", b'{"version": "https://jsonfeed.org/version/1"', b"{" * 9000]
)
def test_what_is_no_feed_is_told(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        parse_feed(data)


def test_a_feed_never_opens_files_or_expands_bombs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    bomb = b'<!DOCTYPE r [<!ENTITY x SYSTEM "' + secret.as_uri().encode() + b'"><!ENTITY b "&x;&x;">]>'
    data = bomb + rss("https://orm.example", "/1").split(b"?>", 1)[1].replace(b"Talks/1", b"&x;&b;")
    assert all("SECRET" not in repr(e) for e in parse_feed(data).entries)
    with pytest.raises(NotAFeedError):
        parse_feed(str(secret).encode())


def test_lists_of_feeds(tmp_path) -> None:  # type: ignore[no-untyped-def]
    toml = tmp_path / "feeds.toml"
    toml.write_text(
        '[[feed]]\nurl = "https://a.example/rss"\npublisher = "A"\nevery = "2h"\narticles = false\n'
        '[[feed]]\nurl = "https://b.example/rss"\n'
    )
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="News"><outline text="C" type="rss" xmlUrl="https://c.example/"/>'
        '<outline xmlUrl="https://a.example/rss"/></outline></body></opml>'
    )
    found = feed_lists([str(toml), str(opml), "https://d.example/atom"])
    assert [f.url[8:9] for f in found] == ["a", "b", "c", "d"]
    assert (found[0].publisher, found[0].every, found[0].articles, found[2].name) == ("A", 7200.0, False, "C")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no feed"), ("[feed]\nurl = 1", "tables"), ("[[feed]]\nurl = 5", "“url”"), ("x = [", "no TOML"),
        ('[[feed]]\nurl = "ftp://a.example/"', "only http"), ('[[feed]]\nurl = "https://a.example"\nevry = "1h"', "“evry”"),
        ('[[feed]]\nurl = "https://a.example"\nevery = "5s"', "at least 1m"), ("<opml", "not XML"),
        ('[[feed]]\nurl = "https://a.example"\narticles = "no"', "“articles”"),
    ],
)  # fmt: skip
def test_a_bad_list_is_named(tmp_path, text: str, words: str) -> None:  # type: ignore[no-untyped-def]
    from onrecord import UsageError

    (tmp_path / "feeds").write_text(text)
    with pytest.raises(UsageError, match="OR-U08") as error:
        feed_lists([str(tmp_path / "feeds")])
    assert words in str(error.value)


def test_when_to_ask_again() -> None:
    assert next_poll(1000, 900, 0, None) == 1900
    assert next_poll(1000, 900, 2, None) == 1000 + 3600
    assert next_poll(1000, 900, 50, None) == 1000 + 86400
    assert next_poll(1000, 900, 1, 7200.0) == 1000 + 7200
    assert next_poll(1000, 7 * 86400, 3, None) == 1000 + 7 * 86400
    assert next_try(1000, 1, None) == 1600
    assert next_try(1000, MAX_TRIES, None) is None
    assert next_try(1000, MAX_TRIES, "1970-01-01T01:00:00+00:00") == 3600
