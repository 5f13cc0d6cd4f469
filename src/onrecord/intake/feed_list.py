"""A list of feeds to watch, in TOML or OPML, or a feed's own address."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import UsageError
from onrecord.intake.address import check_url
from onrecord.intake.decode import decode
from onrecord.intake.hardened_xml import XmlRefusedError, local_name, parse_xml
from onrecord.intake.web import is_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EVERY = 15 * 60.0
"""Seconds between two polls of a feed that says nothing else; most feeds of news sites change several times an hour."""
SHORTEST = 60.0
_EVERY = re.compile(r"(\d+)\s*(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_KNOWN = {"url", "name", "publisher", "language", "every", "articles"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFeed:
    """One feed of a list.

    `publisher` and `language` go before and after what its articles say of themselves: a publisher named here stands, a
    language fills gaps.  With `articles` false, the feed's own text is taken and no page is fetched.
    """

    url: str
    name: str | None = None
    publisher: str | None = None
    language: str | None = None
    every: float = EVERY
    articles: bool = True


def feed_lists(sources: Iterable[str]) -> list[WatchedFeed]:
    """The feeds of some lists, each address once, in order.

    A TOML list has tables `[[feed]]` with `url` and, each optional, `name`, `publisher`, `language`, `every`
    ("15m", "2h") and `articles` (true).  An OPML list is what feed readers export.

    Raises:
        UsageError: OR-U08 a list cannot be read; the message names the file and the field.
    """
    found: dict[str, WatchedFeed] = {}
    for source in sources:
        for feed in [WatchedFeed(url=_address(source, source))] if is_url(source) else _read(source):
            found.setdefault(feed.url, feed)
    if not found:
        raise UsageError("OR-U08", "there is no feed in this list")
    return list(found.values())


def _read(path: str) -> list[WatchedFeed]:
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError("OR-U08", f"{path}: cannot be read ({reason})") from error
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _opml(data, path)
    return _toml(decode(data)[0], path)


def _opml(data: bytes, path: str) -> list[WatchedFeed]:
    try:
        root = parse_xml(data)
    except XmlRefusedError as error:
        raise UsageError("OR-U08", f"{path}: {error}") from error
    found = []
    for outline in root.iter():
        names = {name.lower(): value for name, value in outline.attrib.items()}
        if local_name(outline.tag) == "outline" and names.get("xmlurl"):
            name = names.get("title") or names.get("text")
            found.append(WatchedFeed(url=_address(names["xmlurl"], path), name=name))
    return found


def _toml(text: str, path: str) -> list[WatchedFeed]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("OR-U08", f"{path}: no TOML that can be read ({error})") from error
    feeds = data.get("feed", [])
    if not isinstance(feeds, list) or not all(isinstance(feed, dict) for feed in feeds):
        raise UsageError("OR-U08", f"{path}: feeds are written as tables [[feed]]")
    return [_feed(feed, f"{path}: feed {number}") for number, feed in enumerate(feeds, start=1)]


def _feed(data: Mapping[str, Any], where: str) -> WatchedFeed:
    if unknown := sorted(set(data) - _KNOWN):
        raise UsageError(
            "OR-U08", f"{where}: it has no field “{unknown[0]}”; the fields are {', '.join(sorted(_KNOWN))}"
        )
    for name in ("url", "name", "publisher", "language"):
        if name in data and not isinstance(data[name], str):
            raise UsageError("OR-U08", f"{where}: its field “{name}” is no string")
    if not isinstance(data.get("articles", True), bool):
        raise UsageError("OR-U08", f"{where}: its field “articles” is neither true nor false")
    return WatchedFeed(
        url=_address(data.get("url", ""), where),
        name=data.get("name"),
        publisher=data.get("publisher"),
        language=data.get("language"),
        every=_seconds(data["every"], where) if "every" in data else EVERY,
        articles=data.get("articles", True),
    )


def _address(url: str, where: str) -> str:
    text = url.strip()
    if text.startswith("feed://"):
        text = "http" + text.removeprefix("feed")
    if wrong := check_url(text):
        raise UsageError("OR-U08", f"{where}: {text!r} is no feed's address ({wrong})")
    return text


def _seconds(value: Any, where: str) -> float:
    match = _EVERY.fullmatch(str(value).strip().lower())
    seconds = float(int(match[1]) * _SECONDS[match[2]]) if match else 0.0
    if seconds < SHORTEST:
        raise UsageError("OR-U08", f"{where}: {value!r} is no time between two polls such as 15m or 2h (at least 1m)")
    return seconds
