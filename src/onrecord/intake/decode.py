"""Bytes into text, without losing any: which encoding it was, and notes where that had to be guessed."""

from __future__ import annotations

import codecs
import re
import unicodedata

from onrecord.records import Note

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65536
"""Bytes that are looked at when an encoding has to be guessed; guessing on a megabyte takes seconds."""
_WESTERN = re.compile(r"[\w\s\x20-\x7e‘’“”‚„‹›«»–—…•·€£¥©®™°§¡¿´`¨ªº½¼¾×±]*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The text in some bytes and what is odd about it.

    A byte order mark decides and is dropped (it is no part of the text); then UTF-8, where it fits; then the
    `declared` encoding; then a guess.  Bytes that fit no encoding become U+FFFD.  Notes: OR-I01 another encoding
    than UTF-8 was guessed, OR-I02 bytes were replaced.
    """
    if marked := marked_encoding(data):
        name, length = marked
        return _as(data[length:], name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared and _known(declared):
        return _as(data, declared)
    guessed = _guess(data)
    if guessed is None:
        return _as(data, "utf-8")
    text, notes = _as(data, guessed)
    return text, (Note(code="OR-I01", message=f"not UTF-8; decoded as {guessed}"), *notes)


def without_surrogates(text: str) -> str:
    r"""A text from JSON in which "\ud800" may stand for half a character: that half becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def marked_encoding(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark at the start names and the mark's length, or None."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def _as(data: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    places = "1 place" if lost == 1 else f"{lost:,} places"
    return text, (Note(code="OR-I02", message=f"{places} could not be decoded as {name}, replaced by U+FFFD"),)


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _guess(data: bytes) -> str | None:
    """The encoding of bytes that are not UTF-8; None when damaged UTF-8 is the likeliest."""
    sample = data[:_SAMPLE]
    loose = sample.decode("utf-8", "replace")
    good = sum(1 for c in loose if c > "\x7f" and c != "\ufffd")
    if good > loose.count("\ufffd"):
        return None
    western = _cp1252(sample)
    if western is not None and _WESTERN.fullmatch(western) and _mostly_latin(western):
        return "cp1252"
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # comes with trafilatura, but is not ours to rely on
        return None
    best = from_bytes(sample).best()
    return best.encoding if best is not None else None


def _cp1252(sample: bytes) -> str | None:
    try:
        return sample.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _mostly_latin(text: str) -> bool:
    """Do most letters lie in ASCII?  Cyrillic or Arabic read as cp1252 is accented letters throughout."""
    letters = [c for c in text if unicodedata.category(c)[0] == "L"]
    return sum(c < "\x80" for c in letters) * 2 >= len(letters)
