"""Figures for people: the value with its unit, what is counted, the day that it holds for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.cli.view.words import days, line, plain, quote

if TYPE_CHECKING:
    from onrecord.records import Figure, Number

_BEFORE = {
    "at_least": "at least ",
    "more_than": "more than ",
    "about": "about ",
    "fewer_than": "fewer than ",
    "up_to": "up to ",
}
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_PERCENT = re.compile(r"^(?:per ?cent|percentage points?|%)\s*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3}|[A-Z]{0,3}[$€£¥₹₪]")
_BY_ITSELF = {"duration", "money"}
"""Measures whose value with its unit says what they are."""


def number(value: Number) -> str:
    """ "53,762"; a fraction keeps two places at most."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


def figure_value(figure: Figure) -> str:
    """The value with its relation and unit: "more than 3,000", "24–99", "13 days", "USD 601 million", "at least 52%"."""
    before, value = _value(figure)
    unit = line(figure.unit or "")
    if figure.measure == "share":
        value += "%" if before is not None else ""
    elif figure.measure == "duration" and unit:
        value = f"{value} {unit.removesuffix('s')}{'' if value == '1' else 's'}"
    elif figure.measure == "money" and unit:
        space = " " if unit.isalpha() else ""
        value = f"{unit}{space}{value}" if _CODE.fullmatch(unit) else f"{value} {unit}"
    return (before or "") + value


def _value(figure: Figure) -> tuple[str | None, str]:
    """The relation and the bare number; None and the report's words where there is no number."""
    low, high = figure.low, figure.high
    shown = _amount if figure.measure == "money" else number
    if low is not None and high is not None and low != high:
        return "", f"{shown(low)}–{shown(high)}"
    bound = low if low is not None else high
    if bound is None:
        return None, quote([figure.span.text])
    return _BEFORE.get(figure.relation, ""), shown(bound)


def _amount(value: Number) -> str:
    """ "38.8 million" where that loses nothing."""
    for size, name in _LARGE:
        if value >= size and round(value / size, 2) * size == value:
            return f"{number(round(value / size, 2))} {name}"
    return number(value)


def figure_what(figure: Figure) -> str:
    """What a figure counts: "killed: Israeli hostages (total)", "share of the seats", "villages"."""
    unit = line(figure.unit or (figure.population.text if figure.population is not None else ""))
    measure = plain(figure.measure)
    if figure.measure == "share":
        rest = _PERCENT.sub("", unit)
        counted = f"{measure} {rest}" if rest.startswith("of ") else f"{measure}: {rest}" if rest else measure
    elif figure.measure in _BY_ITSELF or not unit or unit.lower() == measure:
        counted = measure
    else:
        counted = unit if figure.measure == "other" else f"{measure}: {unit}"
    return counted + ("" if figure.change in {"none", "event"} else f" ({figure.change})")


def figure_phrase(figure: Figure) -> str:
    """A figure in a few words: "33 released: Israeli hostages", "13 days", "20% of the seats"."""
    value, what = figure_value(figure), figure_what(figure)
    if figure.measure in _BY_ITSELF:
        return value
    return f"{value} {what.removeprefix('share ')}" if what != "share" else value


def figure_when(figure: Figure) -> str:
    """The day that a figure holds for, or the days that it covers."""
    if figure.as_of:
        return days(figure.as_of, figure.as_of) + (" ?" if figure.as_of_basis == "anchor" else "")
    return days(figure.period.begin, figure.period.until) if figure.period is not None else ""
