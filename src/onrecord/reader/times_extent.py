"""A matched expression -> its extent: which words around it belong to the time, and what they modify."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.times_lexer import Lexed
    from onrecord.reader.times_story import Found

_APPROXIMATE = frozenset("about around approximately roughly circa".split())
_BARELY = frozenset("nearly almost".split())
_BEFORE_OVER = frozenset("for in after of just well lasted took spent with within every at been".split())
"""Words after which "over" is "more than"; elsewhere it is "in the course of"."""

_COUNTED = re.compile(r"[aqnDNY]|t?[nq]")


def widen(lexed: Lexed, start: int, end: int, found: Found) -> tuple[int, int, str | None]:
    """Take in the words that qualify an expression; gives its token range and modifier."""
    modifier = found.modifier
    one, two = lexed.low(start - 1), lexed.low(start - 2)
    counted = found.type == "DURATION" or lexed.code(end - 1) in "gE"
    ago = lexed.code(end - 1) == "g"
    if found.period.value.endswith("_REF") and not counted:
        return start, end, modifier
    if lexed.code(end) == "~":
        return widen(lexed, start, end + 1, replace(found, modifier="APPROX"))
    if lexed.low(end) == "or" and lexed.low(end + 1) in ("so", "more", "less", "later", "longer"):
        modifier = {"so": "APPROX", "less": "EQUAL_OR_LESS"}.get(lexed.low(end + 1), "EQUAL_OR_MORE")
        end += 2
    if one in _APPROXIMATE and lexed.codes[start:end] != "W":  # "to get around Monday's curfew"
        return start - 1, end, modifier or "APPROX"
    if found.type == "TIME" and one in ("before", "after") and two in ("shortly", "just", "right", "soon", "well"):
        return start - 2, end, one.upper()
    if one in _BARELY:
        return start - 1, end, modifier or "LESS_THAN"
    if counted and _COUNTED.match(lexed.code(start)):
        return _compared(lexed, start, end, modifier, one, two, ago)
    if one == "sometime":
        return start - 1, end, modifier
    if one == "very" and lexed.code(start) == "e":
        return start - 1, end, modifier
    return start, end, modifier


def _compared(
    lexed: Lexed, start: int, end: int, modifier: str | None, one: str, two: str, ago: bool
) -> tuple[int, int, str | None]:
    """More than, at least, up to, over and their like before a counted duration."""
    if one == "than" and two in ("more", "longer"):
        if lexed.low(start - 3) == "no":
            return start - 3, end, "EQUAL_OR_LESS"
        return start - 2, end, "BEFORE" if ago else "MORE_THAN"
    if one == "than" and two in ("less", "fewer"):
        return start - 2, end, "AFTER" if ago else "LESS_THAN"
    if two == "at" and one in ("least", "most"):
        return start - 2, end, "EQUAL_OR_MORE" if one == "least" else "EQUAL_OR_LESS"
    if two == "up" and one == "to":
        return start - 2, end, "EQUAL_OR_LESS"
    if one == "under" or (one == "over" and (two in _BEFORE_OVER or not two.isalpha())):
        return start - 1, end, "MORE_THAN" if one == "over" else "LESS_THAN"
    return start, end, modifier


def trim(lexed: Lexed, start: int, end: int) -> tuple[int, int]:
    """Leave out closing punctuation, and the article of the noun that a compound stands before."""
    while end - start > 1 and lexed.code(end - 1) in ",p-Q":
        end -= 1
    codes = lexed.codes[start:end]
    if len(codes) < 3 or codes[0] not in "ta" or re.search("[MYB]|[gE]O?-?u", codes):
        return start, end
    compound = "-" in codes[2:] or (codes[-1] == "u" and _singular_count(lexed, end))
    if compound and (codes[-1] not in "gEP" or codes[-2] == "-"):
        start += 1
    return start, end


def _singular_count(lexed: Lexed, end: int) -> bool:
    """In "a thirty hour stretch" the number and its unit in the singular belong to the noun that follows."""
    counted = lexed.code(end - 2) in "nDNq" and lexed.low(end - 2) not in ("one", "1", "half", "first")
    return counted and not lexed.low(end - 1).endswith("s")
