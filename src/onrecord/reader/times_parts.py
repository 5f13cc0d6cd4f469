"""The tokens of one date-like expression -> its parts: year, month, day, weekday, clock, part of the day, edge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader.times_words import (
    DAY_PARTS,
    DECADE_WORDS,
    DEICTIC_DAYS,
    DIRECTIONS,
    EARLY_LATE,
    FROM_STORY,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PLURAL_UNITS,
    SEASONS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
    ZONES,
)

if TYPE_CHECKING:
    from onrecord.reader.times_lexer import Lexed, Token


@dataclass(slots=True)
class Parts:
    """What a date-like expression names; None for what it leaves out."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    clock: str | None = None
    minutes: bool = False
    zone: str = ""
    part: str | None = None
    part_word: str = ""
    edge: str | None = None
    edge_word: str = ""
    direction: int | None = None
    from_story: bool = False
    this: bool = False
    same: bool = False
    that: bool = False
    deictic: int | None = None
    tonight: bool = False
    unit: str | None = None
    ordinal: int | None = None
    season: str | None = None
    decade: int | None = None
    ancient: bool = False
    fiscal: bool = False
    the: bool = False


def gather(lexed: Lexed, start: int, end: int) -> Parts:
    """Read the parts off the tokens [start, end), which one rule of the grammar matched."""
    parts = Parts()
    i = start
    while i < end:
        token = lexed.tokens[i]
        if token.code in "Cc" or (token.code in "nDYN" and i + 1 < end and lexed.tokens[i + 1].code in "AoZ"):
            i = _clock(parts, lexed, i, end)
            continue
        _part(parts, token)
        i += 1
    return parts


def number(low: str) -> float | None:
    """Value of a number word or figure."""
    if low in NUMBERS:
        return NUMBERS[low]
    if low == "½":
        return 0.5
    if len(low) > 12:
        return None
    if "/" in low:
        return int(low[0]) / int(low[2])
    try:
        return float(low.replace(",", ""))
    except ValueError:
        return None


def spelled_year(low: str) -> int:
    """Value of "nineteen ninety-six" or "two thousand and one"."""
    first, *rest = (int(NUMBERS[w]) for w in re.split("[ -]+", low) if w != "and")
    if first == 2:
        return 2000 + sum(rest[1:])
    return first * 100 + (0 if rest == [100] else sum(rest))


def ordinal(low: str) -> int | None:
    """Value of "third" or "23rd"."""
    digits = re.match(r"\d+", low)
    return int(digits.group()) if digits else ORDINALS.get(low)


def unit_of(low: str) -> str | None:
    """Unit code of "week" or "weeks"."""
    if low == "nights":
        return "D"
    return UNITS.get(low) or PLURAL_UNITS.get(low)


def _clock(parts: Parts, lexed: Lexed, i: int, end: int) -> int:
    """Read a clock time that begins at token i; gives the first token after it."""
    low = lexed.tokens[i].low
    digits = [int(d) for d in re.findall(r"\d+", low)] or [int(number(low) or 0)]
    if len(digits) == 1 and low.isdigit() and len(low) == 4:  # 1930 UTC, 0530 hours
        digits = [digits[0] // 100, digits[0] % 100]
    hour, minute = digits[0], digits[1] if len(digits) > 1 else None
    half = "a" if re.search(r"\d\s?a", low) else "p" if re.search(r"\d\s?p", low) else ""
    i += 1
    while i < end and lexed.tokens[i].code in "AoLTZp-":
        token = lexed.tokens[i]
        if token.code == "A":
            half = token.low[0]
        elif token.code == "Z":
            parts.zone = ZONES[token.low]
        i += 1
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour <= 24 and (minute or 0) < 60:
        parts.minutes = minute is not None
        parts.clock = f"T{hour:02d}:{minute or 0:02d}"
    return i


def _part(parts: Parts, token: Token) -> None:
    """Note what one token contributes."""
    low, code = token.low, token.code
    if code == "M":
        parts.month = parts.month or MONTHS[low]
    elif code in "Wv":
        parts.weekday = WEEKDAYS[low] if code == "W" else WEEKDAY_ABBREVIATIONS[low]
    elif code == "D":
        if parts.day is None:
            parts.day = int(low)
        else:
            parts.last_day = int(low)
    elif code == "O":
        parts.ordinal = ordinal(low)
    elif code == "Y":
        parts.year = int(low)
    elif code == "P":
        parts.part, parts.part_word = DAY_PARTS[low], low
    elif code == "d":
        parts.deictic, parts.tonight = DEICTIC_DAYS[low], low == "tonight"
    elif code == "s":
        parts.season = SEASONS[low]
    elif code == "u":
        parts.unit = unit_of(low)
    elif code == "l":
        parts.direction, parts.from_story = DIRECTIONS[low], low in FROM_STORY
    elif code == "X":
        digits = re.sub(r"\D", "", low)
        parts.decade = int(digits) // 10 if len(digits) == 4 else 190 + int(digits) // 10
    elif code == "x":
        parts.decade = DECADE_WORDS[low]
    else:
        _small_part(parts, low, code)


def _small_part(parts: Parts, low: str, code: str) -> None:
    if code in "eEB":
        parts.edge, parts.edge_word = EARLY_LATE[low], low
    elif code == "G":
        parts.ancient = True
    elif code == "h":
        parts.this = True
    elif code == "H":
        parts.that = True
    elif code == "r":
        parts.same = True
    elif code == "k":
        parts.fiscal = True
    elif code == "t":
        parts.the = True
