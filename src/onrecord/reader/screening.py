"""What a reader should be warned of before trusting a reading: notes on the text itself, each with a code.

OR-T01 no words in the text          OR-T02 not (or not surely) English
OR-T03 no date known: relative times stay open      OR-T04 control or replacement characters
OR-T05 a stretch without sentence ends was cut      OR-T06 sentences of which nothing is a sentence (tables, lists)
OR-T07 read in ordinary case and whole lines (see `received`)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.segment import MAX_SENTENCE_CHARS

if TYPE_CHECKING:
    from onrecord.reader.dateline import Header
    from onrecord.reader.document import Document

MIN_ENGLISH_SHARE = 0.12
"""Share of function words below which a text's language is looked at; English news has .30-.45."""
MIN_WORDS = 20
"""Shorter texts are too short to judge."""
MAX_WORDS = 400
"""So many words of a text are enough to judge it by."""

_FUNCTION_WORDS = frozenset(
    "the of and to in a that is was for on with as by at from it he she they his her their had has have be been are "
    "were an not but who which after will would said its this".split()
)
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text_notes(text: str, language: str | None, header: Header, document: Document) -> list[R.Note]:
    """Notes on a text, in the order of their codes."""
    notes: list[R.Note] = []
    if not document.words:
        return [R.Note(code="OR-T01", message="there is not a word in the text")]
    if found := other_language(text, document):
        notes.append(
            R.Note(code="OR-T02", message=f"the text seems to be in another language ({found}); read as English")
        )
    elif language and language.lower()[:2] != "en":
        notes.append(R.Note(code="OR-T02", message=f"the input says that the language is {language}; read as English"))
    if header.anchor is None:
        notes.append(R.Note(code="OR-T03", message="no date of publication is known: relative times stay open"))
    if m := _ODD.search(text):
        span = R.Span.of(text, *m.span())
        notes.append(
            R.Note(code="OR-T04", message="the text holds control, direction or replacement characters", span=span)
        )
    if any(end - start >= MAX_SENTENCE_CHARS - 200 for start, end in document.sentences):
        notes.append(R.Note(code="OR-T05", message="a stretch without sentence ends was cut to be read"))
    if not any(text[end - 1] in ".!?…\"”'’»)" for _, end in document.sentences):
        notes.append(R.Note(code="OR-T06", message="no complete sentence was found"))
    return notes


def other_language(text: str, document: Document) -> str | None:
    """ISO 639-1 code where the text is surely not English, else None."""
    return foreign(text, [document.word(i) for i in range(min(len(document.words), MAX_WORDS))])


def foreign(text: str, words: list[str]) -> str | None:
    """ISO 639-1 code of the language that a text with these first words surely is in, None for English or unknown.

    Function words settle the usual case at no cost; only doubtful texts are put to the language identifier.
    """
    if len([w for w in words if w[:1].isalpha()]) < MIN_WORDS or is_english(words):
        return None
    import py3langid

    code = str(py3langid.classify(text[:4000])[0])
    return None if code == "en" else code


def is_english(words: list[str]) -> bool:
    """Have these first words of a text as many English function words as English has, and are they enough to say?"""
    plain = [w.lower() for w in words if w[:1].isalpha()]
    return len(plain) >= MIN_WORDS and sum(w in _FUNCTION_WORDS for w in plain) >= MIN_ENGLISH_SHARE * len(plain)
