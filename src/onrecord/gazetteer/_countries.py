"""Country names, demonyms and capitals into ISO 3166-1 codes, from the package's two small tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.gazetteer._keys import exact_key

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the table; `neighbours` are ISO3 codes."""

    iso3: str
    name: str
    capital: str
    latitude: float
    longitude: float
    geonameid: int
    neighbours: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for people of a place; `iso3` is "" where the place is no country nor part of one."""

    word: str
    iso3: str
    place: str


def _rows(path: Path, width: int) -> list[list[str]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells, not {width}")
        rows.append(cells)
    return rows


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """ISO3 → country."""
    table = {}
    for iso3, name, capital, lat, lon, gid, near, aliases in _rows(DATA / "countries.tsv", 8):
        table[iso3] = Country(
            iso3, name, capital, float(lat), float(lon), int(gid), tuple(near.split()), tuple(aliases.split("|"))
        )
    return table


def _plural(word: str) -> str:
    return word if word.endswith(("ese", "ish", "ch", "s", "men", "women", ".")) else word + "s"


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, Demonym]:
    table: dict[str, Demonym] = {}
    for iso3, place, words in _rows(DATA / "nationalities.tsv", 3):
        if iso3 and iso3 not in countries():
            raise ValueError(f"nationalities.tsv: unknown country {iso3!r}")
        for word in filter(None, words.split("|")):
            for form in (word, _plural(word)):
                table.setdefault(form if form.isupper() else form.lower(), Demonym(word, iso3, place))
    return table


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    table: dict[str, str] = {}
    for c in countries().values():
        for name in filter(None, (c.name, *c.aliases)):
            table.setdefault(exact_key(name), c.iso3)
    return table


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    table: dict[str, str] = {}
    for c in countries().values():
        if c.capital:
            table.setdefault(exact_key(c.capital), c.iso3)
    for name, iso3 in _CAPITAL_ALIASES.items():
        table[exact_key(name)] = iso3
    return table


_CAPITAL_ALIASES = {
    "Washington": "USA", "Kyiv": "UKR", "Kiev": "UKR", "Sana'a": "YEM", "Sanaa": "YEM", "Peking": "CHN",
    "Pyongyang": "PRK", "Ramallah": "PSE", "Tel Aviv": "ISR", "The Hague": "NLD", "Astana": "KAZ", "Rangoon": "MMR",
    "Yangon": "MMR", "Naypyidaw": "MMR", "New Delhi": "IND", "Delhi": "IND", "Abuja": "NGA", "Pristina": "XKX",
    "Tehran": "IRN", "Teheran": "IRN", "Riyadh": "SAU", "Taipei": "TWN", "Juba": "SSD", "N'Djamena": "TCD",
    "Whitehall": "GBR", "Brussels": "BEL",
}  # fmt: skip


def country_of_demonym(word: str) -> str | None:
    """ISO3 code of the country whose people or things a word names ("Israelis" → "ISR"); None for other words."""
    found = demonym(word)
    return found.iso3 or None if found else None


def demonym(word: str) -> Demonym | None:
    """The demonym entry of a word or phrase, singular or plural; "us" is none, "US" is."""
    table = _demonyms()
    if word.isupper():
        return table.get(word) or (table.get(word.lower()) if len(word) > 3 else None)
    return table.get(word.replace("\u2019", "'").lower()) if word[:1].isupper() or word[:3] == "ni-" else None


def country_by_name(name: str) -> tuple[str, str] | None:
    """(ISO3, the table's name) of a country by its name or a usual alias ("UK", "Burma"); None for other names."""
    if name.lower() == "us" and not name.isupper():
        return None
    iso3 = _names().get(exact_key(name))
    return (iso3, countries()[iso3].name) if iso3 else None


def country_of_capital(name: str) -> str | None:
    """ISO3 code of the country whose capital, or seat of government, bears the name."""
    return _capitals().get(exact_key(name))
