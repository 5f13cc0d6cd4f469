"""A web page into the article it carries: text without menus and footers, and the page's own metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.intake.dates import is_date
from onrecord.intake.decode import decode
from onrecord.intake.items import Intaken, Item, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafilatura.settings import Document

    from onrecord.records import Note

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_MIN_WORDS = 8
"""A line of an article has at least so many words and ends like a sentence; menus and notices do not."""
_SENTENCE_END = re.compile(r"[.!?…。؟۔।][\"'”’»)\]]*\s*$")
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)

# Looking through the whole page for a date finds copyright years: only what the page declares is taken.
_DATES = {"extensive_search": False, "original_date": True}


class HtmlIntake:
    """One page, one report at most; trafilatura finds the article.

    Args:
        charset: the encoding that the server declared, which goes before the page's own declaration.
    """

    def __init__(self, charset: str | None = None) -> None:
        self._charset = charset

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item; or a rejection: OR-I10 empty, OR-I11 no article in the page, OR-I12 the page is broken."""
        data = stream.read()
        declared = _CHARSET.search(data[:_HEAD])
        page, notes = decode(data, self._charset or (declared.group(1).decode("ascii") if declared else None))
        if not page.strip():
            yield Rejected(code="OR-I10", message="there is no text in it", origin=origin)
            return
        try:
            found = _extract(page)
        except Exception as error:  # a parser that meets every page of the web fails in every way
            message = f"the page could not be taken apart ({type(error).__name__})"
            yield Rejected(code="OR-I12", message=message, origin=origin)
            return
        if found is None or not _is_article(found.text or ""):
            yield Rejected(code="OR-I11", message="no article was found in this page", origin=origin)
            return
        yield _item(found, page, notes, origin)


def _extract(page: str) -> Document | None:
    from trafilatura import bare_extraction  # slow to import, and only pages need it

    found: Any = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=_DATES)
    return found  # type: ignore[no-any-return]  # a dict only where as_dict is asked for


def _is_article(text: str) -> bool:
    """Is there at least one line that reads like prose?"""
    return any(len(line.split()) >= _MIN_WORDS and _SENTENCE_END.search(line) for line in text.splitlines())


def _item(found: Document, page: str, notes: tuple[Note, ...], origin: str) -> Item:
    language = _LANGUAGE.search(page[:_HEAD])
    return Item(
        text=found.text or "",
        title=found.title or None,
        published=found.date if found.date and is_date(found.date) else None,
        publisher=found.sitename or found.hostname or None,
        url=found.url or None,
        language=language.group(1).lower() if language else None,
        byline=found.author or None,
        notes=notes,
        origin=origin,
    )
