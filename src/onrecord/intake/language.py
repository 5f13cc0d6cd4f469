"""An item's language: what the input says of it, checked against the text; only English is read."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from onrecord.reader.screening import MAX_WORDS, foreign, is_english
from onrecord.records import Note

if TYPE_CHECKING:
    from onrecord.intake.items import Item

READ = "en"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 8000


def judged(item: Item) -> Item:
    """The item with its `language` made sure of.

    The declared language stands unless the text gainsays it; then the text decides and a note (OR-I25) says so.
    Without a declared language, one that is surely not English is filled in.  Texts of a few words cannot be
    judged: for them the declaration stands.
    """
    words = [m.group() for m in _WORD.finditer(item.text[:_SAMPLE])][:MAX_WORDS]
    declared = base(item.language)
    if is_english(words):
        found: str | None = READ
    elif declared not in (None, READ):
        return item
    else:
        found = foreign(item.text, words)
    if found is None or found == declared or (declared is None and found == READ):
        return item
    if declared is None:
        return dataclasses.replace(item, language=found)
    told = f"the input says that the language is {item.language}, but the text is in another ({found})"
    return dataclasses.replace(item, language=found, notes=(*item.notes, Note(code="OR-I25", message=told)))


def is_foreign(item: Item) -> bool:
    """Is this item in a language that is not read?  Ask after `judged`."""
    return base(item.language) not in (None, READ)


def is_withdrawn(item: Item) -> bool:
    """Has its provider taken this item back, for good or until further notice?"""
    return item.status != "usable"


def stays_unread(item: Item) -> bool:
    """Is this item to be kept without a reading: withdrawn, or in a language that is not read?"""
    return is_withdrawn(item) or is_foreign(item)


def base(language: str | None) -> str | None:
    """ "en" for "en-GB", "EN_us" and "eng"; None for "und" and the like."""
    if not language:
        return None
    first = re.split(r"[-_]", language.strip().lower(), maxsplit=1)[0]
    return _LONG.get(first, first) or None


def is_code(language: str) -> bool:
    """Is this an ISO 639-1 code, alone or with a region ("en", "en-GB")?"""
    return re.split(r"[-_]", language, maxsplit=1)[0].lower() in _CODES


_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg "
    "ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn "
    "no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
_LONG = {
    "eng": "en", "english": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ara": "ar",
    "rus": "ru", "por": "pt", "heb": "he", "ukr": "uk", "und": "", "mul": "", "zxx": "", "mis": "",
}  # fmt: skip
"""Codes of three letters that feeds use in spite of the standard."""
