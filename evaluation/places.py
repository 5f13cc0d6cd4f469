"""Gold toponyms of LGL and GeoVirus into scores: `python evaluation/places.py --data PATH`.

Prints, per set, the share of gold toponyms (their spans given) resolved within 161 km, every
toponym with coordinates counted and an unresolved one wrong; beside it the share that the most
populous candidate gets and the share that any candidate could get.  `sense` also takes a country for
right that is resolved as that country: which point stands for a large one is a convention (GeoNames
and Wikipedia put China's 182 km apart).  LGL's odd documents were used
to fit weights, so the even ones stand apart.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.gazetteer import Place, country_by_name, default_gazetteer, demonym, kilometres
from onrecord.reader.places import PlaceName, ResolvedPlace, resolve_places, senses_of
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH_KM = 161.0


@dataclass(slots=True)
class Score:
    """Counts of one set of documents."""

    toponyms: int = 0
    resolved: int = 0
    right: int = 0
    sense: int = 0
    baseline: int = 0
    reachable: int = 0

    def line(self, name: str) -> str:
        """One printed row."""
        n = max(self.toponyms, 1)
        shares = [self.right / n, self.sense / n, self.baseline / n, self.reachable / n, self.resolved / n]
        return f"{name:16s} {self.toponyms:6d}  " + "  ".join(f"{s:9.3f}" for s in shares)


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


def main() -> int:
    """Score both sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder, with place/ in it")
    parser.add_argument("--misses", action="store_true", help="also list the toponyms not resolved")
    args = parser.parse_args()
    scores = {name: Score() for name in ("LGL odd", "LGL even", "LGL", "GeoVirus odd", "GeoVirus even", "GeoVirus")}
    misses: list[str] | None = [] if args.misses else None
    for name, file in (("LGL", "lgl/lgl.jsonl"), ("GeoVirus", "geovirus/geovirus.jsonl")):
        for i, row in enumerate(documents(args.data / "place" / file)):
            part = scores[f"{name} {'odd' if i % 2 else 'even'}"]
            score_document(row, part, misses)
        for side in ("odd", "even"):
            part = scores[f"{name} {side}"]
            for f in ("toponyms", "resolved", "right", "sense", "baseline", "reachable"):
                setattr(scores[name], f, getattr(scores[name], f) + getattr(part, f))
    heads = ("acc@161", "sense", "populous", "reachable", "resolved")
    print(f"{'set':16s} {'gold':>6s}  " + "  ".join(f"{h:>9s}" for h in heads))
    for name, score in scores.items():
        print(score.line(name))
    print("\n".join(misses or []), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
