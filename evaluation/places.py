"""Places of LGL and GeoVirus: `python -m evaluation.places --data PATH [--json] [--given-only] [--misses]`.

*Spans given*: the share of toponyms resolved within 161 km of the coded point, every toponym with a point counted and an
unresolved one wrong; `even documents` stand apart, since the weights that choose were fitted on the odd ones.  Beside it
what the most populous candidate gets (`population`), the share that any candidate could get (`reachable`), and `sense`,
which takes a country for right wherever its point is (GeoNames and Wikipedia put China's 182 km apart).

*As read*: the shipped reader reads each article by itself (text, and LGL's date).  `names found`: recall is the share of
coded toponyms that a place or demonym of the reading overlaps, precision the share of its place names that stand over a coded one
(the sets leave out many, so this is a lower bound).  `found, within 161 km`: the share of all coded toponyms that are found
and resolved near enough.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evaluation.command import MissingDataError, Targets, needed, options, show
from evaluation.matching import Count, Counts, Json, Row, Table, table
from evaluation.reading import read_texts
from onrecord.gazetteer import Place, country_by_name, default_gazetteer, demonym, kilometres
from onrecord.reader.places import PlaceName, ResolvedPlace, resolve_places, senses_of
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onrecord.api import ReaderLike

REACH_KM = 161.0
SETS = {"LGL": "place/lgl/lgl.jsonl", "GeoVirus": "place/geovirus/geovirus.jsonl"}
TARGETS: Targets = {
    "LGL, spans given": {"within 161 km": {"recall": 0.80}},
    "LGL, as read": {"names found": {"recall": 0.85}},
    "GeoVirus, spans given": {"within 161 km": {"recall": 0.88}},
    "GeoVirus, as read": {"names found": {"recall": 0.85}},
}


@dataclass(slots=True)
class Score:
    """Counts of one set of documents."""

    toponyms: int = 0
    resolved: int = 0
    right: int = 0
    sense: int = 0
    baseline: int = 0
    reachable: int = 0


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a JSONL file."""
    with path.open(encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream)


def _all_senses(text: str) -> list[Place]:
    people = demonym(text)
    if people:
        return default_gazetteer().candidates(people.place)
    return senses_of(text, default_gazetteer())[0]


def _same_country(gold: dict[str, Any], got: ResolvedPlace) -> bool:
    """Is the gold a country by its code or Wikipedia page, and resolved as that country (wherever its point is)?"""
    if got.feature_code is None or not got.feature_code.startswith("PCL"):
        return False
    page = gold.get("wikipedia", "").rsplit("/", 1)[-1].replace("_", " ")
    named = country_by_name(page or (gold.get("country") or "" if gold.get("fcode") == "PCLI" else ""))
    return named is not None and named[0] == got.country


def score_document(row: dict[str, Any], score: Score, misses: list[str] | None = None) -> None:
    """Resolve one document's gold spans and count."""
    spans = [s for s in row["spans"] if s.get("lat") is not None]
    names = [PlaceName(s["start"], s["end"], "Location") for s in row["spans"]]
    found = {(r.start, r.end): r for r in resolve_places(segment(row["text"]), names)}
    for s in spans:
        got = found[s["start"], s["end"]]

        def near(lat: float, lon: float, gold: dict[str, Any] = s) -> bool:
            return kilometres(lat, lon, gold["lat"], gold["lon"]) <= REACH_KM

        senses = _all_senses(s["text"])
        right = got.latitude is not None and got.longitude is not None and near(got.latitude, got.longitude)
        score.toponyms += 1
        score.resolved += got.latitude is not None
        score.right += right
        score.sense += right or _same_country(s, got)
        score.baseline += bool(senses) and near(senses[0].latitude, senses[0].longitude)
        score.reachable += any(near(p.latitude, p.longitude) for p in senses)
        if misses is not None and not right:
            point = f"{s['lat']:.1f},{s['lon']:.1f}"
            misses.append(f"{row['id']}\t{s['text']}\t{point}\t{got.name}, {got.admin1}, {got.country}")


def given(path: Path, misses: list[str] | None = None) -> Table:
    """The rows of a set whose spans are given."""
    halves = (Score(), Score())
    for i, row in enumerate(documents(path)):
        score_document(row, halves[i % 2], misses)
    counts: Counts = {}
    for name, field in (
        ("within 161 km", "right"), ("· sense", "sense"), ("· population", "baseline"),
        ("· reachable", "reachable"), ("· resolved", "resolved"),
    ):  # fmt: skip
        counts[name] = Count()
        for half in halves:
            counts[name].add(getattr(half, field), half.toponyms, half.toponyms)
    counts["· even documents"] = Count(halves[0].right, halves[0].toponyms, halves[0].toponyms)
    return table(counts)


def as_read(path: Path, reader: ReaderLike) -> Table:
    """The rows of a set that the reader reads from its text alone."""
    rows = list(documents(path))
    known = ({"published": r["date"], "published_basis": "metadata"} if _is_day(r.get("date")) else {} for r in rows)
    items = [{"text": r["text"], "source_id": str(n), **k} for n, (r, k) in enumerate(zip(rows, known, strict=True))]
    recalled, precise, resolved = Count(), Count(), Count()
    for row, reading in zip(rows, read_texts(items, reader), strict=True):
        gold = [s for s in row["spans"] if s.get("lat") is not None]
        held = [(s, [p for p in reading["places"] if p["start"] < s["end"] and s["start"] < p["end"]]) for s in gold]
        named = [p for p in reading["places"] if p["form"] != "nominal"]
        over = sum(any(p["start"] < s["end"] and s["start"] < p["end"] for s in row["spans"]) for p in named)
        recalled.add(sum(bool(places) for _, places in held), len(gold), len(gold))
        precise.add(over, len(named), over)
        near = sum(any(_near(s, p) for p in places) for s, places in held)
        resolved.add(near, len(gold), len(gold))
    p, r = precise.row().precision, recalled.row().recall
    both = 2 * p * r / (p + r) if p + r else 0.0
    return {"names found": Row(p, r, both, recalled.gold)} | table({"found, within 161 km": resolved})


def _near(gold: Json, place: Json) -> bool:
    if place["latitude"] is None or place["longitude"] is None:
        return False
    return kilometres(place["latitude"], place["longitude"], gold["lat"], gold["lon"]) <= REACH_KM


def _is_day(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def scored(data: Path, *, read: bool = True, misses: list[str] | None = None) -> dict[str, Table]:
    """Both sets, spans given and as read."""
    tables: dict[str, Table] = {}
    for name, file in SETS.items():
        (path,) = needed(data, file)
        tables[f"{name}, spans given"] = given(path, misses)
        if read:
            from onrecord.reader.pipeline import default_reader

            tables[f"{name}, as read"] = as_read(path, default_reader())
    return tables


def main() -> int:
    """Score both sets."""
    parser = options(__doc__)
    parser.add_argument("--given-only", action="store_true", help="leave out reading the articles")
    parser.add_argument("--misses", action="store_true", help="also list the toponyms (spans given) not resolved")
    args = parser.parse_args()
    misses: list[str] | None = [] if args.misses else None
    try:
        tables = scored(args.data, read=not args.given_only, misses=misses)
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    show(tables, TARGETS, as_json=args.json)
    print("\n".join(misses or []), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
