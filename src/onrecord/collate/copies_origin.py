"""The reports of a group of copies -> the one that the text goes back to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = 400
_FOOT = 600
_BESIDE = (
    r"\(\s*{name}\s*\)",
    r"(?:via|source|sources|courtesy|copyright|©)\s*:?\s+(?:of\s+)?(?:the\s+)?{name}\b",
    r"(?:with|additional)\s+(?:\w+\s+)?(?:inputs?|reporting|material|information)\s+(?:from|by)\s+(?:the\s+)?{name}\b",
    r"\b(?:the\s+)?{name}\s+(?:(?:staff\s+)?(?:writers?|reporters?|correspondents?)\s+)?(?:[\w.'’,-]+\s+){0,9}contributed\b",
    r"[-–—]\s*{name}\s*$",
)
"""How a text says at its head or foot whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """What is known of one report of a group: the agency that its dateline or credit line names, the outlet that
    published it, when (ISO date or date-time), and other agencies that its text gives credit to (`credited_in`)."""

    key: str
    agency: str | None = None
    publisher: str | None = None
    published: str | None = None
    credited: tuple[str, ...] = ()


def credited_in(text: str) -> tuple[str, ...]:
    """The agencies that the head and foot of a text give credit to ("(Reuters)", "AP contributed"), each once."""
    found: dict[str, None] = {}  # a set that keeps its order
    names = _agencies()
    for part in (text[:_HEAD], text[max(_HEAD, len(text) - _FOOT) :]):
        for match in _credit().finditer(part):
            alias = next(group for group in match.groups() if group)
            found[names[alias]] = None
    return tuple(found)


def origin(reports: Sequence[CopyFacts]) -> str:
    """The key of the report that the others are copies of, as far as anybody can tell.

    The agency that most of them go back to comes first: its own report, then those that stand under its name; then
    the earliest, by the day and, where both tell it, the moment; then the key.

    Raises:
        ValueError: there are no reports.
    """
    if not reports:
        raise ValueError("a group of copies has reports")
    named = Counter(agency for report in reports for agency in _of(report))
    wire = min(named, key=lambda agency: (-named[agency], agency)) if named else None
    return min(reports, key=lambda r: (_distance(r, wire), *_moment(r.published), r.key)).key


def _of(report: CopyFacts) -> set[str]:
    names = {report.agency, _agencies().get(report.publisher or ""), *report.credited}
    return {name for name in names if name}


def _distance(report: CopyFacts, wire: str | None) -> int:
    """0: published by the agency; 1: under its name; 2: with its credit; 3: without."""
    if wire is None:
        return 3
    if wire in (report.publisher, _agencies().get(report.publisher or "")):
        return 0
    return 1 if report.agency == wire else 2 if wire in report.credited else 3


def _moment(published: str | None) -> tuple[str, str]:
    """Day and time in UTC; unknown ones come last."""
    if published is None:
        return "9999", ""
    if len(published) <= len("2025-05-22"):
        return published, "~"
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return published[:10], "~"
    at = at.astimezone(UTC) if at.tzinfo else at
    return at.date().isoformat(), at.time().isoformat()


@cache
def _agencies() -> dict[str, str]:
    """Each way of writing an agency → its name, from the codebook's list."""
    table: dict[str, str] = {}
    text = (resources.files("onrecord.codebook") / "agencies.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, aliases = line.split("\t")
            table |= dict.fromkeys(aliases.split("|"), name)
    return table


@cache
def _credit() -> re.Pattern[str]:
    names = "|".join(re.escape(alias) for alias in sorted(_agencies(), key=len, reverse=True))
    told = "|".join(f"(?i:{shape})" for shape in _BESIDE)
    return re.compile(told.replace("{name}", f"(?-i:({names}))"), re.MULTILINE)
