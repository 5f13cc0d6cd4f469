"""Names and texts in the form in which they are compared: folded, plain words between single spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APART = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[^a-z0-9]+")
_MARKS = str.maketrans(dict.fromkeys("“”„‘’«»–—…\u00a0", " "))
"""Punctuation that most news is full of; without it, most texts are ASCII, which is folded far faster."""
_WORD = re.compile(r"\w+", re.UNICODE)


def folded(text: str) -> str:
    """Small letters, no accents, no punctuation, single spaces: "Shuja'iyya" -> "shuja iyya"."""
    if not text.isascii():
        text = text.translate(_MARKS)
    if text.isascii():
        return _PLAIN.sub(" ", text.lower()).strip()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _APART.sub(" ", bare).strip()


@lru_cache(maxsize=50_000)
def folded_name(name: str) -> str:
    """`folded` for names, which come again and again."""
    return folded(name)


def searchable(texts: Iterable[str | None]) -> str:
    """Several names in one column, each between bars, so that whole words in one of them can be asked for."""
    names = dict.fromkeys(filter(None, (folded_name(t) for t in texts if t)))
    return "".join(f"| {name} " for name in names) + "|"


def query_words(query: str) -> list[str]:
    """The words and "quoted phrases" of a search, in order, without any sign that a search engine may know."""
    found = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', query):
        tokens = _WORD.findall(phrase or word)
        if tokens:
            found.append(" ".join(tokens))
    return found


def storable(text: str) -> str:
    """A text that both databases can keep: NUL (which PostgreSQL refuses) and half characters become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
