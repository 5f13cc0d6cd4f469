"""MUC-4's answer keys -> templates to score against: what each slot may be filled with.

A key writes alternatives of one fill as `"A" / "B"`, what a description is of as `"MAYOR": "A NAME"`, and an optional
fill apart.  Texts are compared without case, articles and brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluation.matching import Json

Strings = frozenset[str]
KINDS = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "HIJACKING", "FORCED WORK STOPPAGE")
CLASSES = {
    "REPORTED AS FACT": "fact",
    "CLAIMED OR ADMITTED": "claimed",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "accused",
    "SUSPECTED OR ACCUSED": "accused",
    "POSSIBLE": "accused",
}
"""How responsibility is known: MUC-4's five confidences as three."""
ON_OR_BEFORE = 45
"""`- 02 MAY 90` is on that day or before; we take it for the days back to this many."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MONTHS = {m: i for i, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d\d)")
_ARTICLES = re.compile(r"^(?:the|a|an|some|several|two|three|four|five|six|his|her|their|its|at least)\s+")


@dataclass(frozen=True, slots=True)
class Fill:
    """One filler of a slot: all the strings that stand for it; an optional one is no miss."""

    strings: Strings
    optional: bool = False
    classes: Strings = frozenset()


@dataclass(slots=True)
class Template:
    """One incident; `days` are the alternative ranges of days, `place` the alternative levels from country down."""

    kinds: Strings
    individuals: list[Fill] = field(default_factory=list)
    organizations: list[Fill] = field(default_factory=list)
    targets: list[Fill] = field(default_factory=list)
    victims: list[Fill] = field(default_factory=list)
    weapons: list[Fill] = field(default_factory=list)
    days: list[tuple[date, date]] = field(default_factory=list)
    places: list[tuple[str, ...]] = field(default_factory=list)
    optional: bool = False


def plain(text: str) -> str:
    """A name or phrase as it is compared."""
    text = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text.lower())
    text = re.sub(r"[^\w\s'-]", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" '-")
    while (short := _ARTICLES.sub("", text)) != text:
        text = short
    return text


def template(key: Json) -> Template:
    """One template of a key."""
    made = Template(
        kinds=frozenset(k for f in key["incident.type"] for k in KINDS if k in re.split(r"\s*/\s*", f["raw"])),
        individuals=_fills(key["perp.individual_id"]),
        organizations=_responsible(key),
        targets=_fills(key["phys_tgt.id"]),
        victims=_victims(key),
        weapons=_fills(key["incident.instrument_id"]),
        optional=any(f.get("optional") for f in key["incident.type"]),
    )
    for f in key["incident.date"]:
        made.days += _days(f["raw"])
    for f in key["incident.location"]:
        made.places += [_levels(p) for p in re.split(r"\)\s*/\s*\(|\s+/\s+(?=[A-Z ]+:)", f["raw"])]
    return made


def _own(raw: str) -> Strings:
    """The fill's own strings: those before a reference to another fill."""
    head = re.split(r'(?<=")\s*:\s*(?=")', raw)[0]
    return frozenset(plain(q) for q in _QUOTED.findall(head))


def _all(raw: str) -> Strings:
    return frozenset(plain(q) for q in _QUOTED.findall(raw))


def _fills(slot: Iterable[Json]) -> list[Fill]:
    return [Fill(s, bool(f.get("optional"))) for f in slot if (s := _own(f["raw"]))]


def _responsible(key: Json) -> list[Fill]:
    """Organisations with how it is known that they did it."""
    found = []
    for fill in _fills(key["perp.organization_id"]):
        known = {
            CLASSES[c]
            for f in key["perp.organization_confidence"]
            if not _all(f["raw"]) or _all(f["raw"]) & fill.strings
            for c in re.split(r"\s*/\s*", f["raw"].split(":")[0].strip())
            if c in CLASSES
        }
        found.append(Fill(fill.strings, fill.optional, frozenset(known)))
    return found


def _victims(key: Json) -> list[Fill]:
    """Named victims with their descriptions, then those only described."""
    names = _fills(key["hum_tgt.name"])
    described = [(f, _own(f["raw"]), _all(f["raw"])) for f in key["hum_tgt.description"]]
    found = []
    for name in names:
        more = [own for _, own, everything in described if everything & name.strings]
        found.append(Fill(name.strings.union(*more), name.optional))
    lone = [(f, own) for f, own, everything in described if not any(everything & n.strings for n in names)]
    return found + [Fill(own, bool(f.get("optional"))) for f, own in lone if own]


def parsed_day(day: str, month: str, year: str) -> date | None:
    """`05`, `JAN`, `90` -> the day, if there is one."""
    try:
        return date(1900 + int(year), _MONTHS[month], int(day))
    except (KeyError, ValueError):
        return None


def _days(raw: str) -> list[tuple[date, date]]:
    """`05 JAN 90`, `- 02 MAY 90`, `01 MAR 80 - 31 MAR 80`, and alternatives of these."""
    found = []
    for part in re.split(r"\)?\s*/\s*\(?", raw):
        days = [d for m in _DAY.findall(part) if (d := parsed_day(*m))]
        if not days:
            continue
        first, last = days[0], days[-1]
        if part.strip(" (").startswith("-"):
            first = last - timedelta(days=ON_OR_BEFORE)
        found.append((first, last))
    return found


def _levels(raw: str) -> tuple[str, ...]:
    """`COLOMBIA: BOLIVAR (DEPARTMENT): ACHI (TOWN)` -> country, then the names below it."""
    parts = re.split(r"\s*:\s*", re.sub(r"\([^()]*\)?", " ", raw.removeprefix("(")))
    names = [plain(n) for p in parts for n in re.split(r"\s+/\s+|\s+-\s+", p)]
    return tuple(n for n in names if n)
