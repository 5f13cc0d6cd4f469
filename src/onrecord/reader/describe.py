"""The words around a person's name -> what they say the person is (`Description`): title, apposition, predicate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader.nominals import NounPhrase, is_head, noun_phrase, singular
from onrecord.reader.noun_words import DETERMINERS, NOT_MODIFIER, PERSON_HEADS

if TYPE_CHECKING:
    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Document

_APPOSED = re.compile(r"\s*,\s*(?=\S)|\s*\((?=\w)")
_COPULA = re.compile(r"\s+(?:is|was)\s+(?:once\s+|also\s+|formerly\s+)?(?=(?:a|an|the)\s)")
_STOP = re.compile(
    r",|;|:|\(|\)|\s[—–-]+\s|--|[.!?](?:\s|$)|[\"“”]|\b(?:who|which|whose|whom|said|says|told|has|had|have|was|were|is|are|added|announced|"
    r"called|warned|denied|urged|accused|wrote|confirmed|will|would|tweeted|asked|did|does|and\s+[A-Z])\b"
)
_IDENTIFIED = re.compile(
    r"\b((?:the|a|an|one) [^,;:.()\"“”]{3,60}?),? (?:who was |was |were |has been |had been |later )?(?:identified|named)(?: by [^,;.]{2,40}?)?(?: as| only as)? "
    r"(?:[A-Z]\w*\.? ){0,1}$"
)
_CLAUSE = re.compile(r"(?:who|whom|which|whose|that|and|but)\b", re.IGNORECASE)
_MAX = 140
_MAX_TITLE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Description:
    """A phrase about a person; `start`, `end` are its offsets in the text, `heads` further roles in it."""

    words: str
    phrase: NounPhrase
    start: int
    end: int
    heads: tuple[str, ...] = ()
    strong: bool = True


def describe(document: Document, name: Name, before: list[Name], after: list[Name]) -> list[Description]:
    """What stands around one occurrence of a person's name."""
    found = [_title(document, name, before), _apposition(document, name, after), _fronted(document, name)]
    return [d for d in found if d is not None]


_BODY_AFTER = re.compile(r"\s*,\s+(?=(?:an?|the|one of)\s)|\s*\(\s*(?=(?:an?|the)\s)")
_BODY_IS = re.compile(r"(?:\s*,\s+(?:which|also|formerly|known)\b[^,;.]{2,60},)?\s+(?:is|was)\s+(?=(?:an?|the)\s)")
_BODY_BEFORE = re.compile(r"(?:^|[\s\"“(])((?:[a-z][\w-]*\s+){1,4})$")
_ITS_FIGHTERS = re.compile(
    r"['’]?s?\s+(?:rebels?|insurgents?|militants?|guerrillas?|fighters?|gunmen|separatists?|jihadists?)\b",
    re.IGNORECASE,
)
_FIGHTERS_OF = re.compile(
    r"\b(?:rebels?|insurgents?|militants?|guerrillas?|fighters|separatists?|jihadists?)\s+(?:of|from|with)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


_AFTER_HEAD = re.compile(
    r"(?:of|for|at|in|from|with|to|on|and|or|based|led|run|made|close|allied|aligned|opposed|known|headed|responsible|representing)\b"
)
_PARTS = frozenset("part member ally branch wing offshoot target".split())
"""What a body may be of another without being that other."""


def describe_body(document: Document, name: Name) -> tuple[NounPhrase, int | None] | None:
    """What a body is, by the words around one occurrence of its name ("the rebel X", "X, the main insurgent group"), and
    where those words begin, if they are a phrase of their own."""
    text = document.text
    i = document.sentence_at(name.start)
    home, end = document.sentences[i] if i >= 0 else (0, len(text))
    before = text[max(home, name.start - 60) : name.start]
    if _FIGHTERS_OF.search(before) or _ITS_FIGHTERS.match(text, name.end):
        return noun_phrase("rebel group"), None
    m = _BODY_BEFORE.search(before)
    if m is not None:
        phrase = noun_phrase(m.group(1).split(" and ")[-1].strip())
        last = m.group(1).split()[-1]
        if (
            phrase.kind in ("organization", "group", "media")
            and not phrase.plural
            and is_head(last)
            and (last not in NOT_MODIFIER or (last == phrase.head and len(phrase.core) > len(last)))
        ):
            return phrase, None
        if last in ("rebel", "insurgent", "separatist", "militant", "jihadist", "guerrilla", "opposition"):
            return noun_phrase(last + " group"), None
    m = _BODY_AFTER.match(text, name.end) or _BODY_IS.match(text, name.end, end)
    if m is None or m.end() >= end:
        return None
    stop = _STOP.search(text, m.end(), min(end, m.end() + _MAX))
    if not _closes(stop, min(end, m.end() + _MAX) == end):
        return None
    whole = text[m.end() : stop.start() if stop else min(end, m.end() + _MAX)]
    phrase = noun_phrase(whole)
    if _tells(whole, phrase):  # "NPR, the police then surrounded …"
        return None
    if phrase.kind not in ("organization", "group", "media") or phrase.plural or not is_head(phrase.head):
        return None
    if m.re is _BODY_IS and phrase.head in _PARTS:
        return None
    return phrase, m.end()


def _tells(whole: str, phrase: NounPhrase) -> bool:
    """Do the words after a noun tell what its bearer does, so that it is a subject of its own, not an apposition?"""
    rest = whole[phrase.at[1] :].strip(" ,\"'”’)")
    if not rest or rest[:1].isupper() or _AFTER_HEAD.match(rest):
        return False
    return not (phrase.indefinite and re.match(r"\w+(?:ed|ing|n)\b", rest))


def _closes(stop: re.Match[str] | None, whole: bool) -> bool:
    """Does an apposition end as one does, not in a verb of its own (", the ministry said")?"""
    if stop is None:
        return whole
    return (
        stop.group()[:1] in ',;:().!?—–- "“”'
        or stop.group() in ("who", "which", "whose", "whom")
        or stop.group().startswith("and ")
    )


def _role(word: str) -> bool:
    s = singular(word)
    return s in PERSON_HEADS or (is_head(word) and noun_phrase(word).kind == "person")


def of_range(text: str, start: int, end: int) -> Description | None:
    """A stretch as a description of one person; none where its head is no role."""
    words = text[start:end].strip(" ,;:\"“”'‘’—–-")
    start = text.find(words, start) if words else start
    if not words or _CLAUSE.match(words):
        return None
    phrase = noun_phrase(words)
    if phrase.kind != "person" or phrase.plural or not is_head(phrase.head):
        return None
    heads = tuple(
        h
        for h in (singular(w) for w in re.findall(r"[a-z]+(?:-[a-z]+)*", words.lower())[:10])
        if h in PERSON_HEADS and _joined(words, h)
    )
    plain = re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)
    return Description(plain, phrase, start, start + len(words), heads)


def _joined(words: str, head: str) -> bool:
    return re.search(rf"\band\s+(?:\w+\s+){{0,2}}{re.escape(head)}\b", words, re.IGNORECASE) is not None


def _title(document: Document, name: Name, before: list[Name]) -> Description | None:
    """The title that ends where the name begins ("Tarsia's interim foreign minister", "Governor of Lazhmir")."""
    at = document.words_in(name.start, name.end)
    if not len(at):
        return None
    home = document.sentence_words[max(0, document.sentence_at(name.start))][0]
    i = at.start - 1
    if i < home:
        return None
    last = document.word(i)
    if (short := _abbreviated(document, i, name)) is not None:
        return short
    if not _role(last) and not _ends_with_place(document, name, before):
        return None
    first = i
    while first > home and i - first < _MAX_TITLE_WORDS and _continues(document, first - 1, before):
        first -= 1
    return of_range(document.text, document.words[first][0], name.start)


_ABBREVIATIONS = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "maj": "major", "capt": "captain", "sgt": "sergeant",
    "cmdr": "commander", "brig": "brigadier", "adm": "admiral", "sen": "senator", "rep": "representative",
    "gov": "governor", "prof": "professor", "pvt": "private", "cpl": "corporal", "rev": "reverend", "dr": "doctor",
}  # fmt: skip


def _abbreviated(document: Document, i: int, name: Name) -> Description | None:
    """ "Gen." before a name, as the word that it stands for."""
    at = i - 1 if document.word(i) == "." and i > 0 else i
    full = _ABBREVIATIONS.get(document.word(at).lower()) if document.word(at)[:1].isupper() else None
    if full is None or full == "doctor":  # of anything
        return None
    return Description(full, noun_phrase(full), document.words[at][0], name.start, strong=False)


def _ends_with_place(document: Document, name: Name, before: list[Name]) -> bool:
    """ "First Minister of Scotland Ann Other": a role, "of", a name, then the person's name."""
    if not before or document.text[before[-1].end : name.start].strip():
        return False
    k = document.words_in(before[-1].start, before[-1].end).start
    while k > 0 and document.word(k - 1).lower() == "the":
        k -= 1
    return (
        k > 1
        and document.word(k - 1).lower() in ("of", "for", "to")
        and any(_role(document.word(j)) for j in range(max(0, k - 6), k - 1))
    )


def _continues(document: Document, i: int, before: list[Name]) -> bool:
    word = document.word(i)
    low = word.lower()
    if low in ("of", "for", "to", "and", "&") and i > 0:
        return _role(document.word(i - 1)) or (low == "of" and is_head(document.word(i - 1)))
    if low in ("'s", "’s", "-", "former"):
        return True
    if low in NOT_MODIFIER or not (word[:1].isalnum()):
        return False
    if low in DETERMINERS:
        return low in ("the", "a", "an", "its", "his", "her", "their")
    start = document.words[i][0]
    return not any(n.label == "Person" and n.start <= start < n.end for n in before)


def _apposition(document: Document, name: Name, after: list[Name]) -> Description | None:
    text = document.text
    end = (
        document.sentences[document.sentence_at(name.start)][1] if document.sentence_at(name.start) >= 0 else len(text)
    )
    m = _APPOSED.match(text, name.end) or _COPULA.match(text, name.end)
    if not m or m.end() >= end:
        return None
    at = m.end()
    age = re.match(r"(?:aged\s+)?\d{1,3}\s*,\s*", text[at:end])
    at += age.end() if age else 0
    if any(n.label == "Person" and n.start == at for n in after):
        return None
    first = re.match(r"[\w'’.-]+", text[at:end])
    if not first or first.group().lower() in NOT_MODIFIER:
        return None
    stop = _STOP.search(text, at, min(end, at + _MAX))
    if m.re is _APPOSED and not _closes(stop, min(end, at + _MAX) == end):
        return None
    stretch_end = stop.start() if stop else min(end, at + _MAX)
    phrase = noun_phrase(text[at:stretch_end])
    rest = text[at + phrase.at[1] : stretch_end].strip(" ,\"'”’)")
    if (
        rest
        and not re.match(
            r"(?:of|for|at|in|from|with|to|on|and|based|responsible|representing|living|working|into)\b", rest
        )
        and not rest[:1].isupper()
    ):
        return None
    return of_range(text, at, stretch_end)


def _fronted(document: Document, name: Name) -> Description | None:
    """ "Its negotiator, Ann Other, …": the phrase before the comma before the name."""
    text = document.text
    home = document.sentences[max(0, document.sentence_at(name.start))][0]
    lead = text[max(home, name.start - _MAX) : name.start]
    m = re.search(
        r"(?:^|[\s\"“(])((?:the|its|his|her|their|whose|a|an|our|[A-Z][\w-]*['’]s|[A-Z][\w.-]+)\s[^,;:.()\"“”]{3,120}),\s*(?:(?:[A-Z]\w*\.?\s+){0,2})$",
        lead,
    )
    identified = _IDENTIFIED.search(lead)
    if identified:
        start = max(home, name.start - _MAX) + identified.start(1)
        return of_range(text, start, start + len(identified.group(1)))
    if not m or not re.match(
        r"\s*(?:,|[.)\"”]|said|says|told|who|and\b|was|is|has|$|as\b|in\b|on\b|--|—|–)", text[name.end : name.end + 12]
    ):
        return None
    if re.search(r"\b(?:has|had|have|was|were|is|are|said|says|told|denied|that|as|when|but)\b", m.group(1)):
        return None
    start = max(home, name.start - _MAX) + m.start(1)
    stretch = text[start : start + len(m.group(1))]
    stretch, start = _last_phrase(stretch, start)
    if re.search(
        r"\b(?:for|to|of|from|with)\b[^,]*\b(?:leader|president|minister|chief|general|commander)\s*$", stretch
    ):
        return None
    return of_range(text, start, start + len(stretch))


def _last_phrase(stretch: str, start: int) -> tuple[str, int]:
    """Cut a clause off before the phrase: "on Monday the envoy" -> "the envoy"."""
    found = list(re.finditer(r"\b(?:the|its|his|her|their|an?|[A-Z][\w-]*['’]s)\s+(?=\w)", stretch))
    for m in reversed(found):
        phrase = noun_phrase(stretch[m.start() :])
        if phrase.kind == "person" and not re.search(r"\b(?:of|for|to|at|in|with|from)\s+$", stretch[: m.start()]):
            return stretch[m.start() :], start + m.start()
    return stretch, start
