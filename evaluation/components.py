"""Coded readings and the reader's -> precision, recall and F1 per component, so that an error is traced to its room.

`python -m evaluation.components GOLD.jsonl READINGS.jsonl [--room NAME]`.  Where `scoring` asks whether whole records
are right, these rows ask what each component got right of what stood before it: spans alone, then each value of the
records whose span was found.  "(of matched)" rows are shares of what was found; the others are F1 over all.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evaluation.matching import (
    Count,
    Counts,
    Json,
    Names,
    Range,
    Table,
    found_for,
    overlap,
    pairs,
    ranges,
    read_lines,
    table,
)
from evaluation.scoring import (
    Pairs,
    Result,
    Same,
    event_pairs,
    figure_pairs,
    join_continued,
    position_pairs,
    same_chain,
    same_time,
    statement_pairs,
)
from onrecord.gazetteer import kilometres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

REACH_KM = 161.0
"""100 miles, the distance within which the field calls a place found."""


class Both(NamedTuple):
    """A coded reading, the reader's, and the test for a shared actor."""

    gold: Json
    found: Json
    same: Same


def score(readings: Iterable[tuple[Json, Json]], rooms: Sequence[str] = ()) -> Table:
    """Pairs of a coded reading and the reader's -> a row per "room · field"; `rooms` empty means all."""
    counts: Counts = {}
    for coded, read in readings:
        both = side_by_side(coded, read)
        for room in rooms or ROOMS:
            for field, *numbers in ROOMS[room](both):
                counts.setdefault(f"{room} · {field}", Count()).add(*numbers)
    return table(counts)


def side_by_side(gold: Json, found: Json) -> Both:
    """Two readings of one report, continued quotations joined in each."""
    mine, theirs = Names(gold), Names(found)
    return Both(join_continued(gold), join_continued(found), lambda a, b: mine.same(a, theirs, b))


def exact_and_overlap(name: str, gold: list[Range], found: list[Range]) -> Iterator[Result]:
    """Two lists of spans -> how many are the same, and how many overlap one to one."""
    gold, found = sorted(set(gold)), sorted(set(found))
    yield f"{name} exact", len(set(gold) & set(found)), len(found), len(gold)
    left = list(found)
    hits = 0
    for g in gold:
        near = [f for f in left if overlap([g], [f])]
        if near:
            left.remove(max(near, key=lambda f: min(f[1], g[1]) - max(f[0], g[0])))
            hits += 1
    yield f"{name} overlap", hits, len(found), len(gold)


def equal(matched: Pairs, *fields: str) -> Iterator[Result]:
    """For each field, the share of matched records in which it is equal (lists: as sets)."""

    def value(record: Json, field: str) -> object:
        held = record.get(field)
        return frozenset(held) if isinstance(held, list) else held

    for field in fields:
        right = sum(value(a, field) == value(b, field) for a, b in matched)
        yield f"{field} (of matched)", right, len(matched), len(matched)


def members(matched: Pairs, field: str, same: Same) -> Result:
    """Actors in one role of the matched records, each counted by itself."""
    right = found = gold = 0
    for a, b in matched:
        one, two = a.get(field) or [], list(b.get(field) or [])
        found, gold = found + len(two), gold + len(one)
        for actor in one:
            hit = next((i for i in two if same([actor], [i])), None)
            if hit is not None:
                two.remove(hit)
                right += 1
    return field, right, found, gold


def by_span(gold: Sequence[Json], found: Sequence[Json]) -> Pairs:
    """Records whose spans overlap; equal spans first."""

    def alike(a: Json, b: Json) -> float:
        one, two = ranges(a.get("span") or a), ranges(b.get("span") or b)
        return overlap(one, two) + float(one == two)

    return pairs(gold, found, alike, 1)


def report_room(both: Both) -> Iterator[Result]:
    """The dateline and the report's other dates and names."""
    gold, found = both.gold["report"], both.found["report"]

    def slot(name: str, one: object, two: object) -> Result:
        return name, int(one is not None and one == two), int(two is not None), int(one is not None)

    for field in ("agency", "byline", "published", "anchor"):
        yield slot(field, gold.get(field), found.get(field))
    one, two = gold.get("dateline") or {}, found.get("dateline") or {}
    yield slot("dateline span", *((ranges(d.get("span")) or None) for d in (one, two)))
    yield slot("dateline date", one.get("date"), two.get("date"))
    yield slot("dateline place", _place_span(both.gold, one.get("place")), _place_span(both.found, two.get("place")))


def _place_span(reading: Json, place: str | None) -> Range | None:
    return next((ranges(p)[0] for p in reading["places"] if p["id"] == place), None)


def actors_room(both: Both) -> Iterator[Result]:
    """Mentions and the actors that they are joined into."""
    gold, found = both.gold["actors"], both.found["actors"]
    for form in ("name", "nominal", "pronoun"):
        one, two = ([r for a in side for r in ranges(_mentions(a, form))] for side in (gold, found))
        yield from list(exact_and_overlap(f"{form} mentions", one, two))[:1]
    matched = pairs(gold, found, lambda a, b: float(both.same([a["id"]], [b["id"]])), 1)
    yield "actors by name", len(matched), len(found), len(gold)
    yield from equal(matched, "kind", "country", "sector")


def _mentions(actor: Json, form: str) -> list[Json]:
    return [m for m in actor.get("mentions") or [] if m.get("form") == form]


def times_room(both: Both) -> Iterator[Result]:
    """Time expressions: spans, values, intervals."""
    gold, found = both.gold["times"], both.found["times"]
    yield from exact_and_overlap("span", ranges(gold), ranges(found))
    matched = by_span(gold, found)
    yield "span and value", sum(a["value"] == b["value"] for a, b in matched), len(found), len(gold)
    yield from equal(matched, "type", "value", "begin", "until", "precision", "modifier")


def places_room(both: Both) -> Iterator[Result]:
    """Place names: spans, coordinates within 161 km (or the right country, for countries), use."""
    gold, found = both.gold["places"], both.found["places"]
    yield from exact_and_overlap("span", ranges(gold), ranges(found))
    matched = by_span(gold, found)
    right = sum(within_reach(a, b) for a, b in matched)
    yield f"within {REACH_KM:.0f} km", right, sum(map(_located, found)), sum(map(_located, gold))
    yield from equal(matched, "country", "form", "use")


def _located(place: Json) -> bool:
    return place.get("latitude") is not None and place.get("longitude") is not None


def within_reach(gold: Json, found: Json) -> bool:
    """Is a place within 161 km of the coded one?  Two countries, wherever their points stand, by their code."""
    if not (_located(gold) and _located(found)):
        return False
    if gold.get("precision") == "country" and gold.get("country") and gold["country"] == found.get("country"):
        return found.get("precision") == "country"
    near = kilometres(gold["latitude"], gold["longitude"], found["latitude"], found["longitude"]) <= REACH_KM
    return bool(near)


def statements_room(both: Both) -> Iterator[Result]:
    """Who says what: the spans of the three roles, then the values of matched statements."""
    gold, found = both.gold["statements"], both.found["statements"]
    roles: dict[str, Callable[[Json], list[Range]]] = {
        "source": lambda s: ranges(s["source"]["span"]),
        "cue": lambda s: ranges(s["cue"]),
        "content": lambda s: ranges(s["content"]),
    }
    for role, of in roles.items():
        yield from exact_and_overlap(role, [r for s in gold for r in of(s)], [r for s in found for r in of(s)])
    matched = statement_pairs(both.gold, both.found)
    yield "source actors (of matched)", sum(_sources(a, b, both.same) for a, b in matched), len(matched), len(matched)
    for field in ("kind", "naming"):
        right = sum(a["source"][field] == b["source"][field] for a, b in matched)
        yield f"{field} (of matched)", right, len(matched), len(matched)
    yield from equal(matched, "act", "quotation", "polarity", "certainty")
    chained = [(a, b) for a, b in matched if max(len(a["chain"]), len(b["chain"])) > 1]
    yield "chains (of matched)", sum(same_chain(a, b, both.same) for a, b in chained), len(chained), len(chained)
    nested_found, nested_gold = (sum(s.get("within") is not None for s in side) for side in (found, gold))
    yield "within", sum(bool(a.get("within") and b.get("within")) for a, b in matched), nested_found, nested_gold
    yield members(matched, "addressee", both.same)


def _sources(a: Json, b: Json, same: Same) -> bool:
    return same(a["source"]["actors"], b["source"]["actors"])


def events_room(both: Both) -> Iterator[Result]:
    """Triggers, types, arguments and status of events."""
    gold, found = both.gold["events"], both.found["events"]
    triggers = [ranges([e["trigger"] for e in side]) for side in (gold, found)]
    yield from exact_and_overlap("trigger", *triggers)
    spotted = pairs(gold, found, lambda a, b: float(overlap(ranges(a["trigger"]), ranges(b["trigger"]))), 1)
    yield from equal(spotted, "type")
    matched = event_pairs(both.gold, both.found, both.same)
    yield "type and trigger", len(matched), len(found), len(gold)
    for role in ("actors", "recipients", "third_parties"):
        yield members(matched, role, both.same)
    yield from equal(matched, "modes", "contexts", "status")
    yield "time (of matched)", sum(same_time(a["time"], b["time"]) for a, b in matched), len(matched), len(matched)
    right = sum(_place_words(both.gold, a) == _place_words(both.found, b) for a, b in matched)
    yield "places (of matched)", right, len(matched), len(matched)


def _place_words(reading: Json, record: Json) -> set[str]:
    words = {p["id"]: str(p["text"]).casefold() for p in reading["places"]}
    return {words[i] for i in record.get("places") or [] if i in words}


def figures_room(both: Both) -> Iterator[Result]:
    """Numbers: spans, bounds, and what is counted."""
    gold, found = both.gold["figures"], both.found["figures"]
    yield from exact_and_overlap("span", *(ranges([f["span"] for f in side]) for side in (gold, found)))
    matched = figure_pairs(both.gold, both.found)
    yield "value", len(matched), len(found), len(gold)
    yield from equal(matched, "measure", "relation", "unit", "change", "as_of")
    yield members(matched, "population_actors", both.same)


def positions_room(both: Both) -> Iterator[Result]:
    """What parties want: spans, then party, stance and issue of those whose span overlaps."""
    gold, found = both.gold["positions"], both.found["positions"]
    yield from exact_and_overlap("span", *(ranges([p["span"] for p in side]) for side in (gold, found)))
    spotted = by_span(gold, found)
    yield "party (of span)", sum(both.same(a["parties"], b["parties"]) for a, b in spotted), len(spotted), len(spotted)
    yield from equal(spotted, "stance", "issue", "status")
    yield "found", len(position_pairs(both.gold, both.found, both.same)), len(found), len(gold)
    for role in ("toward", "guarantors"):
        yield members(spotted, role, both.same)
    gives = [[r for p in side for r in ranges([g["span"] for g in p["gives"]])] for side in (gold, found)]
    yield from list(exact_and_overlap("gives", *gives))[1:]


def talks_room(both: Both) -> Iterator[Result]:
    """Rounds of talks."""
    gold, found = both.gold["talks"], both.found["talks"]
    matched = by_span(gold, found)
    yield "found", len(matched), len(found), len(gold)
    for role in ("parties", "mediators"):
        yield members(matched, role, both.same)
    yield from equal(matched, "form", "level", "outcome")


def agreements_room(both: Both) -> Iterator[Result]:
    """Agreements and their stages."""
    gold, found = both.gold["agreements"], both.found["agreements"]
    matched = by_span(gold, found)
    yield "found", len(matched), len(found), len(gold)
    for role in ("parties", "mediators"):
        yield members(matched, role, both.same)
    yield from equal(matched, "kinds", "status")
    stages = [(_stages(a), _stages(b)) for a, b in matched]
    told = sum(len(set(a.items()) & set(b.items())) for a, b in stages)
    yield "stages", told, sum(len(b) for _, b in stages), sum(len(a) for a, _ in stages)


def _stages(agreement: Json) -> dict[int, str]:
    return {s["ordinal"]: s["status"] for s in agreement["stages"]}


ROOMS: dict[str, Callable[[Both], Iterator[Result]]] = {
    "report": report_room,
    "actors": actors_room,
    "times": times_room,
    "places": places_room,
    "statements": statements_room,
    "events": events_room,
    "figures": figures_room,
    "positions": positions_room,
    "talks": talks_room,
    "agreements": agreements_room,
}
"""Each component by the part of the reading that it fills."""


def main() -> int:
    """Print the table of two files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="coded readings, JSON lines")
    parser.add_argument("readings", type=Path, help="the reader's readings of the same reports, JSON lines")
    parser.add_argument("--room", action="append", default=[], choices=list(ROOMS), help="only these")
    args = parser.parse_args()
    try:
        rows = score(found_for(read_lines(args.gold), read_lines(args.readings)), args.room)
    except LookupError as error:
        print(error, file=sys.stderr)
        return 2
    for field, row in rows.items():
        print(f"{field:40s} P {row.precision:.2f}  R {row.recall:.2f}  F1 {row.f1:.2f}   n={row.n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
