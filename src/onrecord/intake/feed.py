"""RSS, Atom and JSON Feed into entries: what a feed says of each article, and the article where the feed has it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urljoin

from onrecord.intake.dates import moment
from onrecord.intake.decode import decode, without_surrogates
from onrecord.intake.items import Intaken, Item, Rejected
from onrecord.intake.markup import html_text
from onrecord.intake.missing import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

_XML_FEED = re.compile(
    rb"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:rss|(?:\w+:)?RDF|(?:\w+:)?feed)[\s>]", re.DOTALL
)
_JSON_FEED = "https://jsonfeed.org/version/"
_ROOT_END = re.compile(rb"</\s*(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>", re.IGNORECASE)
_ENTRY_BEGIN = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</\s*(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_FULL = 600
"""Characters from which a feed's `content` is taken for the article itself and not for its first lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one article; `content` is its text, as far as the feed has it."""

    key: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    byline: str | None = None
    content: str = ""
    language: str | None = None

    @property
    def mark(self) -> str:
        """Changes whenever the feed says something new of this article.

        Its text counts only where no date of change is given: advertisements in it change at every look.
        """
        told = (self.url, self.title, self.published, self.updated or self.content)
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def is_full(self) -> bool:
        """Does the feed seem to carry the whole article?"""
        return len(self.content) >= _FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was at one moment, its entries in its own order; `damage` says in words what could not be read."""

    title: str | None
    entries: tuple[Entry, ...]
    damage: str | None = None


class NotAFeedError(ValueError):
    """The bytes are no feed; the message says why."""


class FeedIntake:
    """A feed in a file: what stands in the feed itself.  Fetching the articles is `web`'s matter."""

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item per entry that carries its article.

        Rejections: OR-I05 `feedparser` is not installed, OR-I40 no feed, OR-I41 the entry has a link only,
        OR-I42 the feed breaks off or is damaged, and some of its entries with it.
        """
        try:
            feed = parse_feed(stream.read())
        except ImportError:
            yield missing("fetch", "feedparser", "an RSS or Atom feed", origin)
            return
        except NotAFeedError as error:
            yield Rejected(code="OR-I40", message=str(error), origin=origin)
            return
        for number, entry in enumerate(feed.entries, start=1):
            if entry.content.strip():
                yield entry_item(entry, feed, origin, number)
            else:
                yield Rejected(
                    code="OR-I41",
                    message=f"the entry has no article, only a link ({entry.url})",
                    origin=origin,
                    line=number,
                )
        yield from rest_of(feed, origin)


def rest_of(feed: Feed, origin: str) -> Iterator[Rejected]:
    """What is to be told behind the entries of a feed: OR-I42 its damage, or OR-I10 that there were none."""
    if feed.damage is not None:
        yield Rejected(code="OR-I42", message=feed.damage, origin=origin)
    elif not feed.entries:
        yield Rejected(code="OR-I10", message="there is no entry in this feed", origin=origin)


def is_feed(head: bytes) -> bool:
    """Do these first bytes begin an RSS or Atom feed?"""
    return bool(_XML_FEED.match(head.removeprefix(b"\xef\xbb\xbf")))


def is_json_feed(data: object) -> bool:
    """Is this a JSON Feed?"""
    return isinstance(data, Mapping) and str(data.get("version", "")).startswith(_JSON_FEED)


def parse_feed(data: bytes, base: str = "", language: str | None = None) -> Feed:
    """The feed in some bytes; relative links are resolved against `base`.

    Raises:
        NotAFeedError: it is none, or so damaged that nothing is left of it.
        ImportError: `feedparser` is not installed (for RSS and Atom).
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(data, base)
    import feedparser

    headers = {"content-location": base} | ({"content-language": language} if language else {})
    try:
        found = feedparser.parse(_Bytes(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # a parser that meets every feed of the web fails in every way
        raise NotAFeedError(f"the feed could not be taken apart ({type(error).__name__})") from error
    if not found.get("version") and not found.entries:
        raise NotAFeedError("this is no RSS, Atom or JSON feed")
    common = _clean(found.feed.get("language"))
    whole, damage = _whole(found, data) if found.get("bozo") else (found.entries, None)
    entries = (_entry(entry, common) for entry in whole)
    return Feed(
        title=_clean(found.feed.get("title")), entries=tuple(e for e in entries if e is not None), damage=damage
    )


def _whole(found: Any, data: bytes) -> tuple[list[Any], str | None]:
    """The entries that are whole in a feed that is no proper XML, and what the others suffer from.

    Most such feeds have a stray "&" or tag, and nothing is lost.  One whose end is missing was cut off, in the last
    entry if that has no end either.
    """
    from xml.sax import SAXParseException

    if not isinstance(found.get("bozo_exception"), SAXParseException):
        return found.entries, None
    plain = _CDATA.sub(b"", data.replace(b"\0", b""))  # without zeros, UTF-16 can be searched too
    begun, ended = list(_ENTRY_BEGIN.finditer(plain)), list(_ENTRY_END.finditer(plain))
    entries = list(found.entries)
    if not _ROOT_END.search(plain, ended[-1].end() if ended else 0):
        if entries and begun and (not ended or ended[-1].start() < begun[-1].start()):
            del entries[-1]
        return entries, f"the feed breaks off; entries that are whole: {len(entries):,} of {len(begun):,}"
    there = max(len(begun), len(ended))
    if len(entries) < there:
        why = found.bozo_exception.getMessage()
        return entries, f"the feed is damaged ({why}); entries that could be read: {len(entries):,} of {there:,}"
    return entries, None


class _Bytes:
    """A stream, because `feedparser.parse` takes a string for an address and opens files by it."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> bytes:
        return self._data


def entry_item(entry: Entry, feed: Feed, origin: str, number: int | None = None) -> Item:
    """The item that an entry's own content makes."""
    return Item(
        text=entry.content,
        source_id=entry.key,
        guid=entry.key,
        version=entry.updated,
        title=entry.title,
        published=entry.published or entry.updated,
        publisher=feed.title,
        url=entry.url,
        language=entry.language,
        byline=entry.byline,
        origin=origin,
        line=number,
    )


def _entry(found: Any, language: str | None) -> Entry | None:
    """An entry as feedparser gives it; None where it has neither link nor content."""
    contents = [c for c in found.get("content", ()) if c.get("value")]
    best = max(contents, key=lambda c: len(c["value"]), default=None)
    content, summary = _value(best), _value(found.get("summary_detail"))
    if len(summary) > max(len(content), _FULL):  # some feeds put the whole article into the description
        content = summary
    url = _clean(found.get("link"))
    key = _clean(found.get("id")) or url
    if key is None and not content:
        return None
    return Entry(
        key=key or _digest(content),
        url=url if url and url.startswith(("http://", "https://")) else None,
        title=html_text(found.get("title", "")) or None,
        published=moment(found.get("published")),
        # asked for "updated", feedparser answers with "published" where there is none, and warns
        updated=moment(found["updated"]) if "updated" in set(found.keys()) else None,
        byline=_clean(found.get("author")),
        content=content,
        language=_clean((best or {}).get("language")) or language,
    )


def _value(detail: Any) -> str:
    if not detail or not isinstance(detail.get("value"), str):
        return ""
    value = detail["value"]
    return html_text(value) if "html" in (detail.get("type") or "html") or "</" in value else without_surrogates(value)


def _json_feed(data: bytes, base: str) -> Feed:
    try:
        found = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("not JSON that can be read") from error
    if not is_json_feed(found) or not isinstance(found.get("items", []), list):
        raise NotAFeedError("this is no JSON Feed")
    entries = [_json_entry(entry, found, base) for entry in found.get("items", []) if isinstance(entry, Mapping)]
    return Feed(title=_clean(found.get("title")), entries=tuple(e for e in entries if e is not None))


def _json_entry(found: Mapping[str, Any], feed: Mapping[str, Any], base: str) -> Entry | None:
    markup = found.get("content_html")
    content = html_text(markup) if isinstance(markup, str) else ""
    if not content:
        content = _clean(found.get("content_text")) or ""
    link = _clean(found.get("url")) or _clean(found.get("external_url"))
    url = _joined(base, link)
    key = _clean(found.get("id")) or url
    if key is None and not content:
        return None
    authors = found.get("authors") or feed.get("authors") or [found.get("author") or feed.get("author")]
    names = [_clean(a.get("name")) for a in authors if isinstance(a, Mapping)] if isinstance(authors, list) else []
    return Entry(
        key=key or _digest(content),
        url=url if url and url.startswith(("http://", "https://")) else None,
        title=_clean(found.get("title")),
        published=moment(found.get("date_published")),
        updated=moment(found.get("date_modified")),
        byline=", ".join(filter(None, names)) or None,
        content=content,
        language=_clean(found.get("language")) or _clean(feed.get("language")),
    )


def _joined(base: str, link: str | None) -> str | None:
    if link is None:
        return None
    try:
        return urljoin(base, link)
    except ValueError:
        return None


def _digest(content: str) -> str:
    return "sha256:" + hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()


def _clean(value: Any) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return without_surrogates(value).strip() or None if isinstance(value, str) else None
