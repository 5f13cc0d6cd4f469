"""Attacks in MUC-4's news reports: `python -m evaluation.attacks --data PATH [--split tst1 tst2] [--json]`.

The shipped reader reads every report of the split as it is, in capitals and broken into lines, and is told the day it was
sent; `attack_templates` turns the ASSAULT events of
its readings into templates, `attack_keys` the answer keys.  Both are put side by side in two ways.

*Slots* (the scheme of MUC-4, 1992): a predicted template is mapped to at most one of the key's with which it shares the
type (`ATTACK` goes with any) and one more slot, best shared first.  A filler is right when it equals one of the key's
alternatives or has the same head noun; optional fillers and templates are no misses; what a spurious template fills is
spurious.  `who is responsible` is the organisation; `… and how that is known` asks for fact, claimed or accused too.
`date`: a common day.  `place`: the country and, where the key has one, a place below it.

*Whole templates* (the scheme of Du and others, 2021): the type must be the same; the five string slots (perpetrators,
organisations, targets, victims, weapons) are compared entity by entity, a predicted one being right when all the strings
that we print for it - one each, the shortest name - are among the key's alternatives; F1 over type and slots together.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.attack_keys import Fill, Template, parsed_day, template
from evaluation.attack_templates import Filled, templates
from evaluation.command import MissingDataError, Targets, needed, options, show
from evaluation.matching import Count, Counts, Json, Table, read_lines, table
from evaluation.reading import read_texts
from onrecord.gazetteer import country_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.api import ReaderLike

SPLITS = ("tst1", "tst2")
SLOTS = ("type", "who is responsible", "… and how that is known", "perpetrators", "victims", "date", "place")
STRING_SLOTS = ("individuals", "organizations", "targets", "victims", "weapons")
TARGETS: Targets = {
    "MUC-4 tst1+tst2": {
        "… and how that is known": {"precision": 0.55, "recall": 0.55},
        "victims": {"f1": 0.65},
        "whole templates": {"f1": 0.502},
    }
}
_SENT = re.compile(r"\b(\d{1,2}) ([A-Z]{3}) (\d\d)\b")
Strings = frozenset[str]
Entry = tuple[Strings, str]


def score(rows: Sequence[Json], readings: Iterable[Json]) -> Table:
    """Reports with their keys, and the readings of them -> a row per slot, then whole templates."""
    found = {r["report"]["source_id"]: templates(r) for r in readings}
    counts: Counts = {name: Count() for name in (*SLOTS, "whole templates", "· of reports with an attack")}
    for row in rows:
        gold = [template(t) for t in row["templates"]]
        mine = found[row["doc_id"]]
        _slots(gold, mine, counts)
        whole = _whole(gold, mine)
        counts["whole templates"].add(*whole)
        if gold:
            counts["· of reports with an attack"].add(*whole)
    return table(counts)


# --- slots ----------------------------------------------------------------------------------------------------------


def _slots(gold: list[Template], mine: list[Filled], counts: Counts) -> None:
    mapped = _mapping(gold, mine)
    for g, m in mapped:
        for name, right, found, coded in _compared(g, m):
            counts[name].add(right, found, coded)
    for m in mine:
        if not any(m is x for _, x in mapped):
            for name, _, found, _ in _compared(Template(frozenset()), m):
                counts[name].add(0, found, 0)
    for g in gold:
        if not g.optional and not any(g is x for x, _ in mapped):
            for name, _, _, coded in _compared(g, None):
                counts[name].add(0, 0, coded)


def _mapping(gold: list[Template], mine: list[Filled]) -> list[tuple[Template, Filled]]:
    """One-to-one, by how many fillers are shared; a pair must share its type and something more."""
    scored = []
    for i, g in enumerate(gold):
        for j, m in enumerate(mine):
            if m.kind in g.kinds or "ATTACK" in {m.kind, *g.kinds}:
                worth = sum(right for name, right, _, _ in _compared(g, m) if name != "… and how that is known")
                scored.append((worth, -i, -j))
    taken: list[tuple[Template, Filled]] = []
    for worth, i, j in sorted(scored, reverse=True):
        free = not any(g is gold[-i] or m is mine[-j] for g, m in taken)
        if free and worth - (mine[-j].kind in gold[-i].kinds) > 0:
            taken.append((gold[-i], mine[-j]))
    return taken


def _compared(g: Template, m: Filled | None) -> list[tuple[str, int, int, int]]:
    """For each slot: how many fillers are right, predicted, in the key."""
    told = m or Filled("")
    organizations: list[Entry] = list(told.organizations)
    right, known = 0, 0
    left = list(g.organizations)
    for strings, how in organizations:
        hit = next((f for f in left if _alike(strings, f.strings)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
            known += how in hit.classes or not hit.classes
    n = sum(not f.optional or f not in left for f in g.organizations)
    return [
        ("type", int(bool(m) and told.kind in g.kinds), int(bool(m)), int(bool(g.kinds))),
        ("who is responsible", right, len(organizations), n),
        ("… and how that is known", known, len(organizations), n),
        ("perpetrators", *_entities(g.individuals, told.individuals)),
        ("victims", *_entities(g.victims, told.victims)),
        ("date", int(bool(told.days) and _same_day(g, told)), int(bool(told.days)), int(bool(g.days))),
        ("place", int(_same_place(g, told)), int(bool(told.places or told.country)), int(bool(g.places))),
    ]


def _entities(gold: list[Fill], mine: list[Strings]) -> tuple[int, int, int]:
    left, right = list(gold), 0
    for strings in mine:
        hit = next((f for f in left if _alike(strings, f.strings)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right, len(mine), right + sum(not f.optional for f in left)


def _alike(mine: Strings, gold: Strings) -> bool:
    """An equal string, or the same head noun (what stands before "of", a preposition or a comma)."""
    return bool(mine & gold) or bool({_head(s) for s in mine} & {_head(s) for s in gold})


def _head(text: str) -> str:
    words = text.split()
    for n, word in enumerate(words):
        if n and word in ("of", "in", "from", "at", "who", "that", "with", "for", "on", "belonging"):
            words = words[:n]
            break
    return words[-1].rstrip("s") if words else ""


def _same_day(g: Template, m: Filled) -> bool:
    if m.days is None:
        return False
    return any(first <= m.days[1] and m.days[0] <= last for first, last in g.days)


def _same_place(g: Template, m: Filled) -> bool:
    for country, *below in g.places:
        named = country_by_name(country.title())
        if named is not None and m.country not in (None, named[0]):
            continue
        if not below and (m.country or m.places):
            return True
        if any(a == b or a in b or b in a for a in m.places for b in below):
            return True
    return False


# --- whole templates ------------------------------------------------------------------------------------------------


def _whole(gold: list[Template], mine: list[Filled]) -> tuple[int, int, int]:
    """Right, predicted and coded entities (and types) under the best mapping of equal types."""
    scored = sorted(
        ((_right(g, m), -i, -j) for i, g in enumerate(gold) for j, m in enumerate(mine) if m.kind in g.kinds),
        reverse=True,
    )
    right, used_gold, used_mine = 0, set[int](), set[int]()
    for worth, i, j in scored:
        if i not in used_gold and j not in used_mine:
            used_gold.add(i)
            used_mine.add(j)
            right += worth
    found = sum(1 + sum(len(_printed(m, s)) for s in STRING_SLOTS) for m in mine)
    coded = sum(1 + sum(len(getattr(g, s)) for s in STRING_SLOTS) for g in gold)
    return right, found, coded


def _right(g: Template, m: Filled) -> int:
    total = 1
    for slot in STRING_SLOTS:
        left = list(getattr(g, slot))
        for one in _printed(m, slot):
            hit = next((f for f in left if one in f.strings), None)
            if hit is not None:
                left.remove(hit)
                total += 1
    return total


def _printed(m: Filled, slot: str) -> list[str]:
    """The one string that we print for each entity of a slot: the reading's name for it comes first."""
    entries = [e[0] if isinstance(e, tuple) else e for e in getattr(m, slot)]
    return [min(e, key=lambda s: (len(s.split()) > 4, -len(s), s)) for e in entries if e]


def scored(data: Path, splits: Sequence[str] = SPLITS, made: Path | None = None) -> dict[str, Table]:
    """The table of some splits; `made` holds readings made before."""
    (path,) = needed(data, "events/muc4/muc4.jsonl")
    rows = [r for r in read_lines(path) if r["split"] in splits]
    readings = read_lines(made) if made else read_reports(rows)
    there = {r["report"]["source_id"] for r in readings}
    return {"MUC-4 " + "+".join(splits): score([r for r in rows if r["doc_id"] in there], readings)}


def read_reports(rows: Sequence[Json], reader: ReaderLike | None = None) -> list[Json]:
    """The reports through the reader."""
    from onrecord.reader.pipeline import default_reader

    return read_texts(map(item, rows), reader or default_reader())


def item(row: Json) -> Json:
    """A report as an input gives it: its text, and the day of its dateline as the day that it was sent on."""
    sent = _SENT.search(row["text"][:400])
    day = sent and parsed_day(*sent.groups())
    known = {"published": day.isoformat(), "published_basis": "metadata"} if day else {}
    return {"text": row["text"], "source_id": row["doc_id"], **known}


def main() -> int:
    """Read, score, print."""
    parser = options(__doc__)
    parser.add_argument("--split", nargs="+", default=list(SPLITS), help="tst1, tst2 or dev (MUC-4's training part)")
    parser.add_argument("--readings", type=Path, help="readings made before, JSON lines, instead of reading")
    args = parser.parse_args()
    try:
        tables = scored(args.data, args.split, args.readings)
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    show(tables, TARGETS, as_json=args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
