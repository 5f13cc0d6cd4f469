"""Names of places and peoples -> which country they speak of, and which one a report is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from onrecord.gazetteer import countries, country_of_capital, country_of_demonym, default_gazetteer, fold
from onrecord.reader.nominals import country_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.coref_names import Name

NO_STATE = frozenset(
    "africa|europe|asia|middle east|north africa|west africa|east africa|latin america|south america|north america|"
    "central america|central asia|southeast asia|south asia|the west|the gulf|balkans|caucasus|sahel|horn of africa|"
    "mediterranean|black sea|caribbean|scandinavia|eastern europe|western europe|arctic|antarctica|earth|"
    "european|african|asian|arab|western|latin american|south american|north american|scandinavian|balkan".split("|")
)
"""Places and their people that nobody speaks for."""
SEATS = {"kremlin": "RUS", "downing street": "GBR", "10 downing street": "GBR", "number 10": "GBR", "no 10": "GBR"}
"""Seats of government that news uses as the state's own name (lower case)."""
MIN_STEM = 4
"""Letters that an unknown demonym and a place must share at their beginning."""
MIN_POPULATION = 20_000
"""A smaller place of the name says little: invented and unlisted places often share one."""
MAIN_SHARE = 0.34
"""Share of the places and peoples named that one country needs for the report to be about it; .2-.5 do alike on learn."""


def ruled_from(name: str) -> tuple[str, str] | None:
    """(ISO code, name) of the country whose government is called by its seat ("the Kremlin")."""
    code = SEATS.get(name.lower().removeprefix("the "))
    return (code, countries()[code].name) if code else None


def stems(names: Iterable[Name]) -> dict[str, str]:
    """Unknown words for peoples by the place whose name they begin like: "Lesharran" -> "Lesharra"."""
    places: dict[str, list[str]] = defaultdict(list)
    peoples = set()
    for n in names:
        if n.label == "Location" and " " not in n.text and country_of_demonym(n.text) is None:
            places[fold(n.text)[:MIN_STEM]].append(n.text)
        elif n.label == "NORP" and country_of_demonym(n.text) is None:
            peoples.add(n.text)
    found = {p: _like(fold(p), set(places.get(fold(p)[:MIN_STEM], ()))) for p in peoples}
    return {p: place for p, place in found.items() if place is not None}


def _like(word: str, places: Iterable[str]) -> str | None:
    """The place with the longest common beginning, if it covers all but three letters of the place's name."""
    best: tuple[int, str] | None = None
    for p in sorted(places):
        key = fold(p)
        common = 0
        while common < min(len(key), len(word)) and key[common] == word[common]:
            common += 1
        if common >= max(MIN_STEM, len(key) - 3) and common >= len(word) - 5 and (best is None or common > best[0]):
            best = common, p
    return best[1] if best else None


def main_country(names: Iterable[Name]) -> str | None:
    """The ISO code that most names of places and peoples point to, where one clearly leads."""
    seen: Counter[str] = Counter()
    for (text, label), count in Counter((n.text, n.label) for n in names).items():
        if label in ("Location", "NORP"):
            seen[_code(text, label)] += count
    unknown = seen.pop("", 0)
    if not seen:
        return None
    code, count = min(seen.items(), key=lambda s: (-s[1], s[0]))
    return code if count >= max(2, MAIN_SHARE * sum(seen.values())) and count > unknown else None


def _code(text: str, label: str) -> str:
    """ISO code of the country that a place or people is or lies in; "" for one that no table knows."""
    found = country_of(text)
    if found:
        return found[0]
    if code := country_of_capital(text):
        return code
    if label == "Location":
        for p in default_gazetteer().candidates(text)[:1]:
            if p.match != "loose" and (p.population >= MIN_POPULATION or p.feature_code.startswith("ADM")):
                return p.country
    return ""
