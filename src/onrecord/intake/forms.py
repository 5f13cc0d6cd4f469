"""Which form a stream has, by its name and its first bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.intake.decode import marked_encoding
from onrecord.intake.feed import FeedIntake, is_feed
from onrecord.intake.html import HtmlIntake
from onrecord.intake.json_file import JsonIntake
from onrecord.intake.jsonl import JsonlIntake
from onrecord.intake.newsml_g2 import ROOTS, NewsmlIntake
from onrecord.intake.text import TextIntake
from onrecord.intake.warc import WarcIntake
from onrecord.intake.warc_source import is_warc

if TYPE_CHECKING:
    from onrecord.intake.items import Intake

SNIFFED = 4096
ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"

_BY_SUFFIX: dict[str, type[Intake]] = {
    ".html": HtmlIntake,
    ".htm": HtmlIntake,
    ".xhtml": HtmlIntake,
    ".json": JsonIntake,
    ".jsonl": JsonlIntake,
    ".ndjson": JsonlIntake,
    ".rss": FeedIntake,
    ".atom": FeedIntake,
}
_LINES = frozenset({".jsonl", ".ndjson"})
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
_FOREIGN = (
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive of another kind than WARC"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
)


def is_zip(head: bytes) -> bool:
    """Does a ZIP archive begin so?"""
    return head.startswith((ZIP, _EMPTY_ZIP))


def foreign_form(head: bytes) -> str | None:
    """What a stream is that holds no text, in words; None where it may."""
    if is_warc(head):
        return None
    return next((name for magic, name in _FOREIGN if head.startswith(magic)), None)


def choose(name: str, head: bytes, after: int | None = None) -> Intake:
    """The intake for a stream.

    What begins like a page, a feed, a news item or a WARC file is one, whatever its name; otherwise the name decides, then
    the first line.  `after` is the place in a WARC file after which to go on.
    """
    if is_warc(head):
        return WarcIntake(after)
    encoding, mark = marked_encoding(head) or ("utf-8", 0)
    start = head[mark:].decode(encoding, "replace")
    plain = start.encode("utf-8", "replace")
    suffix = Path(name).suffix.lower()
    if suffix in _LINES:
        return JsonlIntake()
    if _PAGE.match(plain):
        return HtmlIntake()
    if is_feed(plain):
        return FeedIntake()
    if _is_xml(plain, suffix):
        return NewsmlIntake()
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]()
    return _by_first_line(start, suffix)


def _is_xml(start: bytes, suffix: str) -> bool:
    """Does XML of the wire kind, or of a kind that is refused there, begin so?"""
    if suffix == ".xml" or start.lstrip().startswith((b"<?xml", b"<!DOCTYPE")):
        return start.lstrip().startswith(b"<")
    root = _ROOT.match(start)
    return bool(root and root.group(1).lower().decode() in ROOTS)


def _by_first_line(start: str, suffix: str) -> Intake:
    first, _, rest = start.lstrip().partition("\n")
    if suffix == ".txt" or not first.startswith(("{", "[")):
        return TextIntake()
    if _is_object(first):
        return JsonIntake() if not rest.strip() else JsonlIntake()
    if re.match(r'\{\s*"(?:id|text|title|published|publisher|url|language|byline)"\s*:', first):
        return JsonlIntake()
    opens = re.match(r'[\[{]\s*(?:\{\s*)?"[\w$@]+"\s*:', start.lstrip())
    return JsonIntake() if opens else TextIntake()


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
