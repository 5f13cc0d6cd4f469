"""Addresses into items: a page, or a feed with the articles that it leads to."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.intake.feed import Entry, Feed, NotAFeedError, entry_item, is_feed, parse_feed, rest_of
from onrecord.intake.fetch import Fetched, Fetcher, Limits, Unfetched
from onrecord.intake.forms import SNIFFED, choose, foreign_form, is_zip
from onrecord.intake.html import HtmlIntake
from onrecord.intake.items import Intaken, Item, Rejected
from onrecord.intake.missing import missing
from onrecord.records import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL = re.compile(r"https?://", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


def is_url(path: str) -> bool:
    """Is this an address to fetch, and no file's name?"""
    return bool(_URL.match(path))


def http_fetcher(allow_private: bool = False, limits: Limits | None = None) -> Fetcher | None:
    """The fetcher for the internet; None where the packages that it needs are not installed."""
    try:
        import httpx2  # noqa: F401
        import protego  # noqa: F401
    except ImportError:
        return None
    from onrecord.intake.http_fetcher import HttpFetcher

    return HttpFetcher(limits, allow_private=allow_private)


def take_url(url: str, fetcher: Fetcher | None) -> Iterator[Intaken]:
    """The report at an address; for a feed, the article of each of its entries.

    Rejections: OR-I05 the packages for fetching are not installed, OR-I30 to OR-I38 it could not be fetched, OR-I40 to OR-I42
    of feeds, and those of the form that was found there.
    """
    if fetcher is None:
        yield missing("fetch", "httpx2", "an address", url)
        return
    answer = fetcher.fetch(url)
    if isinstance(answer, Unfetched):
        yield unfetched(answer, url)
        return
    if not looks_like_feed(answer):
        yield from page_items(answer, url)
        return
    try:
        feed = parse_feed(answer.body, answer.url, answer.headers.get("content-language"))
    except ImportError:
        yield missing("fetch", "feedparser", "an RSS or Atom feed", url)
        return
    except NotAFeedError as error:
        yield Rejected(code="OR-I40", message=str(error), origin=url)
        return
    for entry in feed.entries:
        yield from article_items(entry, feed, fetcher, url)
    yield from rest_of(feed, url)


def unfetched(answer: Unfetched, origin: str) -> Rejected:
    """The rejection for an address that was not fetched."""
    until = None
    if answer.retry_after:
        until = (datetime.now(UTC) + timedelta(seconds=answer.retry_after)).isoformat(timespec="seconds")
    return Rejected(code=answer.code, message=answer.message, origin=origin, passing=answer.passing, until=until)


def looks_like_feed(answer: Fetched) -> bool:
    """Is this answer a feed?"""
    if is_feed(answer.body[:SNIFFED]):
        return True
    start = answer.body[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b"https://jsonfeed.org/version/" in start


def article_items(entry: Entry, feed: Feed, fetcher: Fetcher, origin: str, *, fetch: bool = True) -> Iterator[Intaken]:
    """The article of a feed's entry: its page, with what the feed says of it; failing that, the feed's own text.

    With `fetch` false, or where the entry has no address, the feed's own text is all there is.
    """
    told = f"the entry has no article, only a link ({entry.url})"
    failed = Rejected(code="OR-I41", message=told, origin=entry.url or origin)
    if fetch and entry.url:
        found = list(_page_of(entry.url, fetcher))
        items = [_merged(item, entry, feed) for item in found if isinstance(item, Item)]
        if items:
            yield from items
            return
        failed = next((f for f in found if isinstance(f, Rejected)), failed)
        if failed.passing or not entry.is_full:
            yield failed
            return
    if not entry.content.strip():
        yield failed
        return
    item = entry_item(entry, feed, entry.url or origin)
    if fetch and entry.url:
        note = Note(code="OR-I26", message=f"taken from the feed, because the page could not be ({failed.code})")
        item = dataclasses.replace(item, notes=(note,))
    yield item


def _page_of(url: str, fetcher: Fetcher) -> Iterator[Intaken]:
    answer = fetcher.fetch(url)
    if isinstance(answer, Unfetched):
        yield unfetched(answer, url)
    else:
        yield from page_items(answer, url)


def _merged(item: Item, entry: Entry, feed: Feed) -> Item:
    """An article's item with what its feed says: identity, version and date from the feed, the rest from the page."""
    return dataclasses.replace(
        item,
        source_id=item.source_id or entry.key,
        guid=item.guid or entry.key,
        version=item.version or entry.updated,
        title=item.title or entry.title,
        published=entry.published or item.published or entry.updated,
        publisher=item.publisher or feed.title,
        byline=item.byline or entry.byline,
        language=item.language or entry.language,
    )


def page_items(answer: Fetched, origin: str) -> Iterator[Intaken]:
    """The reports in what a server sent; its declared type and encoding count."""
    kind = answer.headers.get("content-type", "").lower()
    charset = _CHARSET.search(kind)
    head = answer.body[:SNIFFED]
    foreign = "a ZIP archive; download it and give the file" if is_zip(head) else foreign_form(head)
    if foreign:
        yield Rejected(code="OR-I04", message=f"this is {foreign}, not a text", origin=origin)
        return
    if kind.startswith(_PAGES):
        intake = HtmlIntake(charset.group(1) if charset else None)
    else:
        path = urlsplit(answer.url).path
        intake = choose(path, head)  # type: ignore[assignment]  # one protocol
        if isinstance(intake, HtmlIntake):
            intake = HtmlIntake(charset.group(1) if charset else None)
    host = urlsplit(answer.url).hostname
    for found in intake.take(io.BytesIO(answer.body), origin):
        if isinstance(found, Item):
            yield dataclasses.replace(found, url=found.url or answer.url, publisher=found.publisher or host)
        else:
            yield found
