"""A report's sentences -> tokens with one class letter each, and the string of those letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from onrecord.reader.times_parts import spelled_year
from onrecord.reader.times_words import DAY_PARTS, MONTHS, SPELLED_YEAR, WORD_CLASSES, ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.reader.document import Document, Range


class Token(NamedTuple):
    """One token: its offsets in the report, its lower-case text and its class letter."""

    start: int
    end: int
    low: str
    code: str


@dataclass(frozen=True, slots=True)
class Lexed:
    """Tokens and the string of their class letters, one letter a token, `|` between sentences."""

    text: str
    tokens: tuple[Token, ...]
    codes: str
    starts: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of the tokens that begin in [start, end)."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def low(self, i: int) -> str:
        """Lower-case text of the i-th token; empty outside the report."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def raw(self, i: int) -> str:
        """The i-th token as written; empty outside the report."""
        return self.text[self.tokens[i].start : self.tokens[i].end] if 0 <= i < len(self.tokens) else ""

    def code(self, i: int) -> str:
        """Class letter of the i-th token, `|` outside the report."""
        return self.codes[i] if 0 <= i < len(self.codes) else "|"


_LEX = re.compile(
    r"(?=[\d'’])(?:"
    r"(?P<J>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?(?!\w))"
    r"|(?P<I>\d{4}-\d\d-\d\d(?!\w))"
    r"|(?P<S>\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d(?!\w)|\d{1,2}/\d{1,2}/\d\d(?![\w/])|9/11(?![\w/]))"
    r"|(?P<C>\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m\b|\s?hrs\b)?(?![\w:]))"
    r"|(?P<c>\d{1,2}(?:[.:]\d\d)?\s?[ap]m(?!\w))"
    r"|(?P<X>(?:['’]|1[5-9]|20)\d0['’]?s(?!\w)|[1-9]\d{1,2}0s(?=\sBC))"
    r"|(?P<O>\d{1,3}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<N>[1-9]/[2-9](?![\w/])|\d+(?:,\d{3})*(?:\.\d+)?)"
    r")|(?=[abenopt])(?:"
    r"(?P<G>(?-i:B\.\s?C\.?(?:E\.)?|BCE?)(?!\w))"
    rf"|(?P<y>{SPELLED_YEAR})"
    r"|(?P<q>or so\b)"
    r"|(?P<o>o['’]clock)"
    r"|(?P<A>[ap]\.\s?m\b\.?)"
    r")|(?P<w>[^\W\d_]+)"
    r"|(?P<Q>['’]s?(?!\w))"
    r"|(?P<x>\S)",
    re.IGNORECASE,
)
_PUNCTUATION = {"-": "-", "–": "-", "—": "-", "‑": "-", ",": ",", ".": "p", "&": "&", "½": "n"}
_FOUR_DIGITS = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_HOURS = ("hours", "hrs")
_AT = frozenset("at around about by from until till before after between since and to".split())
_DOTTED_CLOCK = re.compile(r"([01]?\d|2[0-4])\.[0-5]\d")
_BEFORE_MAY = frozenset("in last next this since until till early mid late through by during between".split())
_CAPITAL_ONLY = frozenset("Mv")


def lex(document: Document, vouched: Sequence[Range] = ()) -> Lexed:
    """Cut the document's sentences into classed tokens.  Time linear in the text.

    A word that could be a month or weekday is one without further proof where a range of `vouched` holds it.
    """
    sure = {start for start, _ in vouched}
    tokens: list[Token] = []
    for sentence in document.sentences:
        first = len(tokens)
        tokens.extend(_tokens(document.text, sentence))
        _settle(tokens, first, document.text, sure)
        tokens.append(Token(sentence[1], sentence[1], "", "|"))
    return Lexed(document.text, tuple(tokens), "".join(t.code for t in tokens), [t.start for t in tokens])


def _tokens(text: str, sentence: Range) -> Iterable[Token]:
    for match in _LEX.finditer(text, *sentence):
        kind, word = match.lastgroup or "x", match.group()
        start, end = match.span()
        if kind == "w":
            yield Token(start, end, word.lower(), _word_class(word))
        elif kind == "N":
            yield Token(start, end, word, _number_class(word))
        elif kind == "C":
            yield Token(start, end, word.lower(), "C" if _is_clock(word) else ".")
        elif kind == "y":
            yield Token(start, end, str(spelled_year(word.lower())), "Y")
        elif kind == "q":
            yield Token(start, end, word.lower(), "~")
        elif kind == "x":
            yield Token(start, end, word, _PUNCTUATION.get(word, "."))
        else:
            yield Token(start, end, word.lower(), kind)


def _word_class(word: str) -> str:
    code = WORD_CLASSES.get(word.lower(), ".")
    if code == "Z":  # "et" and "pt" are words, "ET" and "PT" zones
        return "Z" if word.isupper() and word.lower() in ZONES else "."
    if code in "Wu" and word.isupper() and len(word) < 4:
        return "."
    return code


def _number_class(word: str) -> str:
    if len(word) > 9 or not word.isdigit():
        return "N"
    value = int(word)
    if len(word) == 4:
        return "Y" if 1000 <= value < 2200 else "N"
    return "D" if len(word) <= 2 and 1 <= value <= 31 else "N"


def _is_clock(word: str) -> bool:
    hour, minute = re.split(r"[:.]", word)[:2]
    return int(hour) <= 24 and int(minute[:2]) < 60


def _settle(tokens: list[Token], first: int, text: str, sure: set[int]) -> None:
    """Classes that depend on the neighbours: May, March, abbreviations, am/pm, dotted clock times."""
    for i in range(first, len(tokens)):
        token = tokens[i]
        if token.code not in "MvNYDAsP" and token.low not in ("am", "pm", "eve", *_HOURS):
            continue
        before = tokens[i - 1] if i > first else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        code = token.code
        if token.low in _HOURS:
            code = "o" if before and before.code == "C" and _FOUR_DIGITS.fullmatch(before.low) else code
        elif token.low in ("am", "pm"):
            code = "A" if before and before.code in "DCNnc" and before.end + 2 > token.start else "."
        elif code in "NY" and _FOUR_DIGITS.fullmatch(token.low):
            code = "C" if _says_clock(before, after) else code
        elif code == "N" and _DOTTED_CLOCK.fullmatch(token.low):
            dotted = after is not None and (after.code in "AZ" or after.low in ("am", "pm", "local"))
            code = "C" if dotted else "N"
        elif code in _CAPITAL_ONLY and not (token.start in sure and text[token.start].isupper()):
            code = code if _is_calendar_name(token, before, after, text) else "."
        elif code == "P" and token.low in DAY_PARTS and text[token.start].isupper():
            named = before is not None and before.code == "." and text[before.start].isupper() and i > first
            code = "." if named else code  # "Daily Evening", "Saint Night": a name, not a time of day
        if code != token.code:
            tokens[i] = token._replace(code=code)


def _says_clock(before: Token | None, after: Token | None) -> bool:
    """Do its neighbours make four digits a clock time: "1230 local time", "at 1430 hours"?"""
    if after is None:
        return False
    return after.low == "local" or (after.low in _HOURS and before is not None and before.low in _AT)


def _is_calendar_name(token: Token, before: Token | None, after: Token | None, text: str) -> bool:
    """Is this word a month or an abbreviated weekday, rather than "may", "march", "Sun" or "Jan" the man?"""
    capital = text[token.start].isupper()
    lead, lead_word = (before.code, before.low) if before else ("|", "")
    follows = after.code if after else "|"
    dotted = follows == "p"
    behind_stop = text[after.end : after.end + 2].strip()[:1] if after and dotted else ""
    numbered = follows in "DOY" or behind_stop.isdigit()
    if token.code == "v":
        return capital and (follows == "M" or numbered or (dotted and lead == "|") or _month_next(text, token.end))
    if not capital:  # transcripts in small letters
        return len(token.low) > 3 and token.low != "may" and (numbered or lead == "O")
    if numbered or lead in "DO":
        return True
    if token.low == "may":
        pointed = lead_word in _BEFORE_MAY or (lead in "lifeEt" and lead_word != "on")
        beside = _NEAR_MONTH.search(text, max(0, token.start - 16), token.start) is not None
        return pointed or (lead in "M&-,z" and beside)
    if len(token.low) <= 4 and token.low not in ("june", "july", "sept"):  # "Jan", "Mar": a stop or a lead must help
        return dotted or lead in "file"
    if token.low == "march":
        named = before is not None and lead == "." and text[before.start].isupper() and lead_word not in _BEFORE_MAY
        return not named
    return True


def _month_next(text: str, end: int) -> bool:
    word = re.match(r"[.,]?\s*([A-Za-z]+)", text[end : end + 16])
    return word is not None and word.group(1).lower() in MONTHS


_NEAR_MONTH = re.compile(r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b")
