"""Coded reports -> how well positions, talks and agreements are found: `python -m evaluation.positions --data PATH`.

Two modes.  `coded` feeds the coded statements and events to the rules, so that their errors are the rules' own; a
party is then the coded actor whose mention the found span names.  `reader` scores the whole reader.  A position is
found as `evaluation.scoring` says; talks and agreements when their spans overlap or stand in one sentence.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.matching import Count, Counts, Json, Names, overlap, pairs, ranges, read_lines, table
from evaluation.scoring import position_pairs
from onrecord.reader.attribution import Attribution
from onrecord.reader.deals import find_deals, find_talks
from onrecord.reader.events import EventDraft
from onrecord.reader.segment import segment
from onrecord.reader.stands import find_stands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.reader.deals import DealDraft, TalksDraft
    from onrecord.reader.document import Document, Range
    from onrecord.reader.stand_frame import PositionDraft

HERE = Path(__file__).resolve().parent
ITSELF = ("LEG", "CVL", "COP", "JRN", "CRM")
"""Persons of these sectors speak for themselves; others for what they belong to."""


# --- coded records as the drafts that the rules take ----------------------------------------------------------------


class Coded:
    """One coded report as drafts: statements, events, and whom a span names."""

    def __init__(self, gold: Json) -> None:
        self.gold = gold
        self.document: Document = segment(gold["report"]["text"])
        self.actors = {a["id"]: a for a in gold["actors"]}
        self.mentions = [((m["start"], m["end"]), a["id"]) for a in gold["actors"] for m in a["mentions"]]
        built = {s["id"]: self._statement(s) for s in gold["statements"]}
        for s in gold["statements"]:
            built[s["id"]].within = built.get(s["within"])
        self.statements = list(built.values())
        self.names = {id(a): i for i, a in built.items()}
        self.speakers = {id(built[s["id"]]): s["source"]["actors"] for s in gold["statements"]}
        self.events = [self._event(e, built) for e in gold["events"] if e["trigger"]]

    def _statement(self, s: Json) -> Attribution:
        return Attribution(ranges(s["cue"]), ranges(s["content"]), ranges(s["source"]["span"]), act=s["act"])

    def _event(self, e: Json, built: dict[str, Attribution]) -> EventDraft:
        (trigger,) = ranges(e["trigger"])
        told = [built[i] for i in e["according_to"] if i in built]
        return EventDraft(
            e["type"],
            trigger,
            ranges(e["mentions"]),
            self._near(trigger, e["actors"]),
            self._near(trigger, e["recipients"]),
            status=e["status"],
            clause=ranges(e["text"])[0] if e["text"] else trigger,
            statement=told[0] if told else None,
        )

    def _near(self, trigger: Range, ids: Sequence[str]) -> list[Range]:
        """The mention of each actor that stands nearest to the trigger."""
        found = []
        for i in ids:
            held = [r for r, a in self.mentions if a == i]
            if held:
                found.append(min(held, key=lambda r: abs(r[0] - trigger[0])))
        return found

    def named(self, span: Range) -> list[str]:
        """The coded actor that a span names: the one with the most of it in one mention, the earliest of equals."""
        held = [(min(r[1], span[1]) - max(r[0], span[0]), -r[0], a) for r, a in self.mentions]
        held = [h for h in held if h[0] > 0]
        return [max(held)[2]] if held else []

    def spoken_for(self, actor: str) -> str:
        """The state or body that a person speaks for, where the person does."""
        a = self.actors[actor]
        if a["kind"] != "person" or a.get("sector") in ITSELF:
            return actor
        states = [x["id"] for x in self.gold["actors"] if x["kind"] == "state" and x.get("country") == a.get("country")]
        held = [m for m in a.get("member_of") or [] if m in self.actors]
        bodies = [m for m in held if self.actors[m].get("sector") != "PTY" or a.get("sector") in ("PTY", "OPP", None)]
        if bodies:
            return str(bodies[0])
        return states[0] if states and a.get("sector") in ("GOV", "MIL") else actor

    def position(self, n: int, draft: PositionDraft) -> Json | None:
        """A draft as a position of the codebook, its parties coded actors; None without a party."""
        parties = [i for span in draft.parties for i in self.named(span)]
        if not parties and draft.event is not None:
            parties = [i for span in draft.event.actors for i in self.named(span)]
        if not parties and draft.statement is not None:
            parties = list(self.speakers[id(draft.statement)])
        parties = list(dict.fromkeys(map(self.spoken_for, parties)))
        if not parties:
            return None
        return {
            "id": f"o{n}",
            "parties": parties,
            "stance": draft.stance,
            "issue": draft.issue,
            "span": self.span(draft.span),
            "gives": [{"span": self.span(g)} for g in draft.gives],
            "toward": list(dict.fromkeys(self.spoken_for(i) for span in draft.toward for i in self.named(span))),
            "guarantors": list(dict.fromkeys(i for span in draft.guarantors for i in self.named(span))),
            "status": draft.status,
            "according_to": [self.names[id(draft.statement)]] if draft.statement else [],
            "rule": draft.rule,
        }

    def span(self, r: Range) -> Json:
        return {"start": r[0], "end": r[1], "text": self.document.text[slice(*r)]}

    def reading(self) -> Json:
        """What the rules find of positions, talks and agreements, given the coded rest."""
        drafts = find_stands(self.document, self.statements, self.events)
        positions = [p for n, d in enumerate(drafts, 1) if (p := self.position(n, d))]
        return {
            **self.gold,
            "positions": positions,
            "talks": [_talks(self, t) for t in find_talks(self.document, self.statements)],
            "agreements": [_agreement(self, d) for d in find_deals(self.document)],
        }


def _talks(coded: Coded, t: TalksDraft) -> Json:
    return {"span": coded.span(t.span), "form": t.form, "level": t.level, "outcome": t.outcome}


def _agreement(coded: Coded, d: DealDraft) -> Json:
    stages = [{"ordinal": s.ordinal, "status": s.status} for s in d.stages]
    return {"span": coded.span(d.span), "kinds": d.kinds, "status": d.status, "stages": stages}


# --- scores -----------------------------------------------------------------------------------------------------------


def tally(gold: Json, found: Json, counts: Counts) -> list[tuple[Json, Json]]:
    """Add one report's counts; the pairs of positions are given back."""
    mine, theirs = Names(gold), Names(found)

    def same(a: Sequence[str], b: Sequence[str]) -> bool:
        return mine.same(a, theirs, b)

    def add(field: str, right: int, n_found: int, n_gold: int) -> None:
        counts.setdefault(field, Count()).add(right, n_found, n_gold)

    matched = position_pairs(gold, found, same)
    n_found, n_gold, n = len(found["positions"]), len(gold["positions"]), len(matched)
    add("positions", n, n_found, n_gold)
    blind = pairs(gold["positions"], found["positions"], lambda a, b: overlap(ranges(a["span"]), ranges(b["span"])), 1)
    add("· span alone", len(blind), n_found, n_gold)
    add("· + stance", sum(a["stance"] == b["stance"] for a, b in matched), n_found, n_gold)
    add("· issue (of matched)", sum(a["issue"] == b["issue"] for a, b in matched), n, n)
    add("· status (of matched)", sum(a["status"] == b["status"] for a, b in matched), n, n)
    gives = sum(overlap(_gives(a), _gives(b)) for a, b in matched)
    add(
        "· gives",
        gives,
        sum(bool(b["gives"]) for b in found["positions"]),
        sum(bool(a["gives"]) for a in gold["positions"]),
    )
    for field in ("toward", "guarantors"):
        right = sum(bool(a[field] and b[field]) and same(a[field], b[field]) for a, b in matched)
        add(
            f"· {field}",
            right,
            sum(bool(b[field]) for b in found["positions"]),
            sum(bool(a[field]) for a in gold["positions"]),
        )
    _rounds(gold, found, add)
    return matched


def _gives(position: Json) -> list[tuple[int, int]]:
    return ranges([g["span"] for g in position["gives"] if g["span"]])


def _rounds(gold: Json, found: Json, add: Any) -> None:
    starts = [s for s, _ in gold.get("sentences") or segment(gold["report"]["text"]).sentences]

    def home(x: Json) -> int:
        return sum(s <= x["span"]["start"] for s in starts)

    def alike(a: Json, b: Json) -> float:
        return 2.0 * overlap(ranges(a["span"]), ranges(b["span"])) + (home(a) == home(b))

    for field in ("talks", "agreements"):
        matched = pairs(gold[field], found[field], alike, 1)
        add(field, len(matched), len(found[field]), len(gold[field]))
        for part in ("form", "level", "outcome") if field == "talks" else ("status",):
            add(
                f"· {field}: {part} (of matched)",
                sum(a[part] == b[part] for a, b in matched),
                len(matched),
                len(matched),
            )
        if field == "agreements":
            add(
                "· kinds (of matched)",
                sum(bool(set(a["kinds"]) & set(b["kinds"])) for a, b in matched),
                len(matched),
                len(matched),
            )
            stages = [({s["ordinal"]: s["status"] for s in x["stages"]} for x in pair) for pair in matched]
            right = sum(len(a.items() & b.items()) for a, b in stages)
            add(
                "· stages",
                right,
                *(sum(len(x["stages"]) for y in (found, gold) if y is z for x in y[field]) for z in (found, gold)),
            )


def show(counts: Counts) -> None:
    """Print a table."""
    for field, row in table(counts).items():
        print(f"{field:36s} P {row.precision:.2f}  R {row.recall:.2f}  F1 {row.f1:.2f}   n={row.n}")


def read(path: Path) -> list[Json]:
    """Coded readings of a JSON-lines file, or of the corpus's YAML sources (part `learn`) where a folder is named."""
    return list(_sources(path)) if path.is_dir() else read_lines(path)


def _sources(folder: Path) -> Iterator[Json]:
    import yaml

    from evaluation.corpus_build import build

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        if data.get("part") == "learn":
            yield build(data)[0]


def coded(gold: Iterable[Json]) -> tuple[Counts, Counter[tuple[str, bool]], list[tuple[str, Json]]]:
    """Counts of the rules on coded inputs; right and wrong per rule; what was missed and what was too much."""
    counts: Counts = {}
    rules: Counter[tuple[str, bool]] = Counter()
    errors: list[tuple[str, Json]] = []
    for g in gold:
        found = Coded(g).reading()
        matched = tally(g, found, counts)
        right = {id(b) for _, b in matched}
        seen = {id(a) for a, _ in matched}
        for p in found["positions"]:
            rules[p["rule"], id(p) in right] += 1
            if id(p) not in right:
                errors.append(("too much", {"report": g, **p}))
        errors += [("missed", {"report": g, **p}) for p in g["positions"] if id(p) not in seen]
    return counts, rules, errors


def through_reader(gold: Sequence[Json]) -> Counts:
    """Counts of the whole reader."""
    from evaluation.reading import read_coded
    from onrecord.reader.pipeline import default_reader

    counts: Counts = {}
    for g, found in read_coded(gold, default_reader()):
        tally(g, found, counts)
    return counts


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, nargs="+", default=[HERE / "corpus" / "source"], help="JSON lines or the corpus's sources"
    )
    parser.add_argument("--mode", choices=("coded", "reader"), default="coded")
    parser.add_argument("--errors", type=Path, help="write the errors of coded mode here, JSON lines")
    parser.add_argument("--rules", action="store_true", help="right and wrong per rule")
    args = parser.parse_args()
    gold = [g for path in args.data for g in read(path)]
    if args.mode == "reader":
        show(through_reader(gold))
        return
    counts, rules, errors = coded(gold)
    show(counts)
    if args.rules:
        for name in sorted({n for n, _ in rules}, key=lambda n: -rules[n, False]):
            print(f"{name:28s} right {rules[name, True]:3d}  wrong {rules[name, False]:3d}")
    if args.errors:
        with args.errors.open("w", encoding="utf-8") as out:
            for kind, p in errors:
                text, span = p["report"]["report"]["text"], p["span"]
                around = f"{text[max(0, span['start'] - 130) : span['start']]}[[{span['text']}]]{text[span['end'] : span['end'] + 60]}"
                names = {a["id"]: a["name"] for a in p["report"]["actors"]}
                row = {
                    "kind": kind,
                    "in": p["report"]["report"]["source_id"],
                    "stance": p["stance"],
                    "issue": p["issue"],
                    "parties": [names[i] for i in p["parties"]],
                    "rule": p.get("rule"),
                    "text": around,
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
