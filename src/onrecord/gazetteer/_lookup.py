"""A place name into the places that bear it (`Gazetteer`), read from a file that is mapped, not loaded."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from onrecord.gazetteer._format import CURATED, SCALE, GazetteerFile
from onrecord.gazetteer._keys import exact_key, key_hash, loose_key
from onrecord.gazetteer._names import plain_division

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CANDIDATES = 200
"""More than any name of the file has; a bound in case of hash collisions."""

Match = Literal["name", "alternate", "loose"]

_CLASSES = {
    "P": ("PPL", "STLMT"),
    "A": ("ADM", "PCL", "ZN"),
    "H": ("SEA", "OCN", "STRT", "GULF", "BAY", "LK", "STM", "CNL", "CHN", "GLCR", "SHOL", "HBR"),
    "L": ("CONT", "RGN", "AREA", "MILB", "PRK", "PRT"),
    "T": ("ISL", "MT", "VAL", "PEN", "PASS", "DSRT"),
    "R": ("RD", "ST", "TNL"),
    "V": ("FRST",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer, and how the name asked for matched it.

    `ref` identifies it within one gazetteer file; `geonameid` is 0 where GeoNames has no entry that
    we know of, `population` of curated entries an equivalent (how likely the bare name means them).
    """

    ref: int
    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    population: int
    feature_code: str
    geonameid: int
    curated: bool
    match: Match

    @property
    def feature_class(self) -> str:
        """GeoNames' one-letter class of the feature code; S (building, spot) for what is in no other."""
        return feature_class(self.feature_code)


def feature_class(code: str) -> str:
    """GeoNames' class of a feature code: P populated, A administrative, H water, L area, T land form, R, V, S."""
    for letter, prefixes in _CLASSES.items():
        if code.startswith(prefixes) and code not in {"STLM", "STN", "STDM"}:
            return letter
    return "S"


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance of two points given in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


class Gazetteer:
    """The places of one gazetteer file.  Opening maps the file; threads and forks may share one."""

    def __init__(self, path: Path) -> None:
        self._file = GazetteerFile(path)
        column = self._file.column
        self._latitude, self._longitude = column("latitude"), column("longitude")
        self._population, self._geonameid = column("population"), column("geonameid")
        self._admin1, self._country, self._feature = column("admin1"), column("country"), column("feature")
        self._flags, self._name = column("flags"), column("name")
        self._exact = column("exact_hash"), column("exact_place")
        self._loose = column("loose_hash"), column("loose_place")
        self._countries = self._file.tables["countries"]
        self._features = self._file.tables["features"]

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._latitude)

    def place(self, ref: int, match: Match = "name") -> Place:
        """The entry of that number."""
        division = self._admin1[ref]
        return Place(
            ref=ref,
            name=self._file.string(self._name[ref]),
            latitude=self._latitude[ref] / SCALE,
            longitude=self._longitude[ref] / SCALE,
            country=self._countries[self._country[ref]],
            admin1=self._file.string(self._name[division - 1]) if division else "",
            population=self._population[ref],
            feature_code=self._features[self._feature[ref]],
            geonameid=self._geonameid[ref],
            curated=bool(self._flags[ref] & CURATED),
            match=match,
        )

    def candidates(self, name: str) -> list[Place]:
        """The places that a name may mean, the most populous first.

        Case, accents, apostrophes, hyphens and "St."/"Saint" never matter.  Only when nothing bears
        the name so spelt are names that sound like it returned, marked `loose`.
        """
        return list(_candidates(self, name))

    def _lookup(self, index: tuple[Sequence[int], Sequence[int]], key: str) -> list[int]:
        hashes, places = index
        code = key_hash(key)
        first = bisect_left(hashes, code)
        last = bisect_right(hashes, code, lo=first)
        return list(places[first:last])[:MAX_CANDIDATES]

    def _find(self, name: str) -> list[Place]:
        key = exact_key(name)
        if not key:
            return []
        found = []
        for ref in self._lookup(self._exact, key):
            own = self._file.string(self._name[ref])
            same = key in (exact_key(own), exact_key(plain_division(own)))
            found.append(self.place(ref, "name" if same else "alternate"))
        if not found and (loose := loose_key(name)):
            found = [self.place(ref, "loose") for ref in self._lookup(self._loose, loose)]
        return sorted(found, key=lambda p: (-p.population, p.ref))


@lru_cache(maxsize=4096)
def _candidates(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    return tuple(gazetteer._find(name))


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package, opened at the first call and kept."""
    return Gazetteer(Path(__file__).resolve().parent / "data" / "places.bin")
