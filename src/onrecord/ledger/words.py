"""Names and texts in the form in which they are compared: folded, plain words between single spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APART = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+", re.UNICODE)


def folded(text: str) -> str:
    """Small letters, no accents, no punctuation, single spaces: "Shuja'iyya" -> "shuja iyya"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _APART.sub(" ", bare).strip()


def searchable(texts: Iterable[str | None]) -> str:
    """Several names in one column, each between bars, so that whole words in one of them can be asked for."""
    names = dict.fromkeys(filter(None, (folded(t) for t in texts if t)))
    return "".join(f"| {name} " for name in names) + "|"


def pattern(name: str) -> str:
    """The LIKE pattern that finds `name` as whole words in a `searchable` column; no wildcard can get in."""
    return f"% {folded(name)} %"


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
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
