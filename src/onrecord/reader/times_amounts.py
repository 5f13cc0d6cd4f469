"""Numbers and units of time -> TIMEX3 durations: P19M, PXW, PT30H, P2Y6M."""

from __future__ import annotations

from onrecord.reader.times_parts import number
from onrecord.reader.times_words import VAGUE_QUANTITIES

GRAINS = {
    "S": "minute", "TM": "minute", "H": "hour", "D": "day", "W": "week", "WE": "day", "FN": "week", "M": "month",
    "Q": "season", "Y": "year", "DE": "decade", "CE": "decade",
}  # fmt: skip
"""Unit -> the codebook's precision."""

SUB_DAY = ("S", "TM", "H")
_SMALLER = {"Y": (12, "M"), "DE": (10, "Y"), "CE": (100, "Y"), "D": (24, "H"), "H": (60, "M"), "TM": (60, "S")}
"""Unit -> how many of the next smaller one it holds."""


def duration_value(amount: float | None, unit: str) -> str:
    """TIMEX3 value of so many units; None is a vague number ("weeks")."""
    time = "T" if unit in SUB_DAY else ""
    letter = {"FN": "W", "TM": "M"}.get(unit, unit)
    if amount is None:
        return f"P{time}X{letter}"
    amount *= 2 if unit == "FN" else 1
    whole = int(amount)
    if amount == whole:
        return f"P{time}{whole}{letter}"
    if unit in _SMALLER:
        ratio, part = _SMALLER[unit]
        rest = (amount - whole) * ratio
        if rest == int(rest) and unit in ("DE", "CE"):
            return f"P{int(amount * ratio)}Y"
        if rest == int(rest):
            first = f"{whole}{letter}" if whole else ""
            return f"P{time}{first}{'T' if unit == 'D' else ''}{int(rest)}{part}"
    return f"P{time}{amount:g}{letter}"


def quantity(lows: list[str]) -> float | None:
    """Value of a quantity's words: "two and a half" 2.5, "two or three" 2, "a couple of" 2; None where vague.

    Of a range the lower bound counts, as in TIMEX3.
    """
    if lows[:1] == ["some"] and any(number(low) is not None for low in lows) and not VAGUE_QUANTITIES & set(lows[1:]):
        lows = lows[1:]  # "some fifty years"
    if any(low in VAGUE_QUANTITIES for low in lows) and not any(low.replace(",", "").isdigit() for low in lows):
        return None
    if "couple" in lows or "pair" in lows:
        return 2.0
    total: float | None = None
    for low in lows:
        value = number(low)
        if value is None and low in ("or", "to"):
            break
        if value is None:
            continue
        if total is None:
            total = value
        elif value in (12, 100, 1000):
            total *= value
        elif value < 1 or total >= 100 or (total % 10 == 0 and value < 10):
            total += value
        else:
            break
    return 1.0 if total is None else total
