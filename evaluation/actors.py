"""Coded reports and the actor component alone -> how well given spans are resolved and actors typed.

`python -m evaluation.actors --data PATH [--names coded|encoder] [--errors FIELD]`.  PATH is a JSON-lines file of coded
readings or a folder of the corpus's YAML sources (of which part `learn` is taken).  Every span that stands for an actor
is the coder's: sources, chain links, addressees, and for events and positions the nearest mention (as in training); the
names are the coder's too or, with `--names encoder`, the shipped encoder's.  What is measured is thus the actor
component without the errors of what stands before it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from evaluation.actor_names import CodedName, coded_names
from evaluation.corpus_build import build
from evaluation.matching import Json, Names, Range, read_lines
from onrecord.reader.actors import ActorBook
from onrecord.reader.encoder import Span
from onrecord.reader.segment import segment
from onrecord.reader.sources import source_kind, source_naming
from training.examples import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.document import Document
    from onrecord.reader.encoder import Scores

PRONOUNS = frozenset(
    "he she it they him her them his its their i we us you who our my himself herself itself themselves i they".split()
)


@dataclass(slots=True)
class Query:
    """One span that stands for coded actors."""

    span: Range
    gold: tuple[str, ...]
    role: str
    form: str
    found: tuple[int, ...] = ()


@dataclass(slots=True)
class Tally:
    """Right and asked, per field, with what went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: float = 0.0

    def add(self, name: str, right: bool | float, note: str = "") -> None:
        self.right[name] += right  # type: ignore[assignment]
        self.asked[name] += 1
        if not right:
            self.errors[name].append(note)


def load(path: Path) -> list[Json]:
    """Coded readings from JSON lines, or from a folder of corpus sources."""
    if path.is_file():
        return read_lines(path)
    found = []
    for p in sorted(path.glob("*.yaml")):
        data = yaml.safe_load(p.read_text(encoding="utf-8"))
        if data.get("part") == "learn":
            reading, errors = build(data)
            if not errors:  # a source that is just being written
                found.append(reading)
    return found


def _start(s: Any) -> Range:
    return s["start"], s["end"]


# --- what is asked -----------------------------------------------------------------------------------------------


def _form(document: Document, span: Range, names: Iterable[CodedName], gold: tuple[str, ...]) -> str:
    words = document.text[slice(*span)].strip(" \"'“”‘’,").lower()
    if words in PRONOUNS:
        return "pronoun"
    return "name" if any(span[0] <= s and e <= span[1] and i in gold for s, e, _, i in names) else "nominal"


@dataclass(slots=True)
class Asker:
    """Gathers the spans of one coded report that stand for actors."""

    document: Document
    names: list[CodedName]
    mentions: dict[str, list[Json]]
    holders: dict[Range, list[str]]
    found: list[Query] = field(default_factory=list)
    seen: set[tuple[Range, str]] = field(default_factory=set)

    def ask(self, span: Range, gold: Iterable[str], role: str) -> None:
        ids = tuple(gold)
        if ids and (span, role) not in self.seen:
            self.seen.add((span, role))
            self.found.append(Query(span, ids, role, _form(self.document, span, self.names, ids)))

    def near(self, offset: int, ids: Iterable[str], role: str) -> None:
        """The mentions of some actors that are nearest to a predicate."""
        for i in ids:
            if m := nearest(self.document, offset, self.mentions[i]):
                self.ask(_start(m), self.holders[_start(m)], role)

    def source(self, link: Json) -> None:
        if link["span"] and not link.get("inherited"):
            self.ask(_start(link["span"]), link["actors"], "source")


def queries(document: Document, reading: Json, names: list[CodedName]) -> list[Query]:
    """Everything the assembly would resolve, with the coded answer."""
    holders: dict[Range, list[str]] = defaultdict(list)
    for a in reading["actors"]:
        for m in a["mentions"]:
            holders[_start(m)].append(a["id"])
    asker = Asker(document, names, {a["id"]: a["mentions"] for a in reading["actors"]}, holders)
    for s in reading["statements"]:
        for link in (*s["chain"], s["source"]):
            asker.source(link)
        if s["cue"]:
            asker.near(s["cue"][0]["start"], s["addressee"], "addressee")
    for e in reading["events"]:
        asker.near(e["trigger"]["start"], (*e["actors"], *e["recipients"]), "event")
    for p in reading["positions"]:
        asker.near(p["span"]["start"], p["parties"], "party")
    return asker.found


def resolve_all(reading: Json, asked: list[Query], book: ActorBook) -> None:
    """Put the spans through the book in the order of `Assembly.resolve_all`."""
    statements = reading["statements"]
    speakers: dict[str, tuple[int, ...]] = {}

    def speaker(offset: int) -> int | None:
        held = [s for s in statements if any(c["start"] <= offset < c["end"] for c in s["content"])]
        if not held:
            return None
        inner = min(held, key=lambda s: sum(c["end"] - c["start"] for c in s["content"]))
        return next(iter(speakers.get(inner["id"], ())), None)

    def key(s: Json) -> Range:
        return min(
            (_start(x) for x in [s["source"]["span"] or (s["cue"] or s["content"] or [None])[0]] if x), default=(0, 0)
        )

    by_source = sorted(statements, key=key)
    for s in by_source:
        for link in s["chain"][:-1]:
            if link["span"] and not link.get("inherited"):
                book.resolve(*_start(link["span"]), speaking=True)
        if s["source"]["span"]:
            span = _start(s["source"]["span"])
            speakers[s["id"]] = book.resolve(*span, speaking=True, speaker=speaker(span[0]))
    for q in sorted(asked, key=lambda q: q.span):
        q.found = book.resolve(*q.span, speaker=speaker(q.span[0]))
    for a in reading["actors"]:
        for m in a["mentions"]:
            book.attach(m["start"], m["end"], m["form"], speaker(m["start"]))


# --- scores ------------------------------------------------------------------------------------------------------


def aligned(asked: list[Query], book: ActorBook, names: list[CodedName]) -> dict[int, str]:
    """Entity number -> coded actor, one to one, by the spans that they share."""
    votes: Counter[tuple[int, str]] = Counter()
    for q in asked:
        if len(q.gold) == len(q.found) == 1:
            votes[q.found[0], q.gold[0]] += 1 if q.form == "pronoun" else 3
        elif len(q.gold) == len(q.found):
            votes.update(zip(q.found, q.gold, strict=True))
    for n, e in enumerate(book.entities):
        for s, t in (m for m, form in e.mentions.items() if form == "name"):
            for a, b, _, i in names:
                if i and a < t and s < b:
                    votes[n, i] += 3
    found: dict[int, str] = {}
    for (n, i), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        if n not in found and i not in found.values():
            found[n] = i
    return found


class Predicted:
    """The book's entities as a reading has them, for the name test of `score_readings`."""

    def __init__(self, document: Document, book: ActorBook) -> None:
        rows = [
            {"id": str(n), "name": e.name, "mentions": [{"text": document.text[s:t]} for s, t in e.mentions]}
            for n, e in enumerate(book.entities)
        ]
        self.names = Names({"actors": rows})


def score(reading: Json, scores: Scores | None, tally: Tally) -> None:
    """Add one report's counts."""
    document = segment(reading["report"]["text"])
    coded = coded_names(document, reading)
    given = scores.spans("ner") if scores is not None else _as_spans(document, coded)
    asked = queries(document, reading, coded)
    begun = time.perf_counter()
    book = ActorBook(document, given)
    resolve_all(reading, asked, book)
    tally.seconds += time.perf_counter() - begun
    to_gold = aligned(asked, book, coded)
    _score_queries(reading, document, book, asked, to_gold, tally)
    _score_sources(reading, document, book, asked, scores, tally)
    _score_actors(reading, book, asked, to_gold, tally)
    _b_cubed(asked, tally)


def _as_spans(document: Document, names: list[CodedName]) -> list[Span]:
    found = []
    for start, end, label, _ in names:
        words = document.words_in(start, end)
        if len(words):
            found.append(Span(words.start, words.stop, label, 0.99))
    return found


def _describe(book: ActorBook, numbers: Iterable[int]) -> str:
    return "+".join(f"{book.entities[n].name}[{n}]" for n in numbers) or "-"


def _score_queries(
    reading: Json, document: Document, book: ActorBook, asked: list[Query], to_gold: dict[int, str], tally: Tally
) -> None:
    gold, mine = Names(reading), Predicted(document, book).names
    by_id = {a["id"]: a["name"] for a in reading["actors"]}
    for q in asked:
        lenient = gold.same(q.gold, mine, [str(n) for n in q.found])
        strict = {to_gold.get(n) for n in q.found} == set(q.gold)
        home = document.sentences[max(0, document.sentence_at(q.span[0]))]
        note = (
            f"{reading['report'].get('source_id')} @{q.span[0]} «{document.text[slice(*q.span)][:100]}» "
            f"gold {'+'.join(by_id[i] for i in q.gold)} got {_describe(book, q.found)} || {document.text[slice(*home)][:400]}"
        )
        tally.add(f"{q.role} by name", lenient, note)
        tally.add(f"{q.role} strict", strict, note)
        if q.role == "source":
            tally.add(f"source {q.form} by name", lenient, note)
        tally.add(f"any {q.form} strict", strict, note)
        if q.role == "source":
            tally.add(f"source {q.form} strict", strict, note)


def _score_sources(
    reading: Json, document: Document, book: ActorBook, asked: list[Query], scores: Scores | None, tally: Tally
) -> None:
    found = {q.span: q.found for q in asked if q.role == "source"}
    for s in reading["statements"]:
        if not s["source"]["span"]:
            continue
        span = _start(s["source"]["span"])
        numbers = found.get(span, ())
        entities = [book.entities[n] for n in numbers]
        words = document.words_in(*span)
        head = scores.best("kind", words.start, words.stop) if scores is not None and len(words) else None
        kind = source_kind(document, entities, span, head)
        naming = source_naming(document, entities, span)
        note = (
            f"{reading['report'].get('source_id')} «{document.text[slice(*span)][:120]}» "
            f"gold {s['source']['kind']}/{s['source']['naming']} got {kind}/{naming} {_describe(book, numbers)} "
            f"{[(e.kind, e.named, e.head, e.plural) for e in entities]}"
        )
        tally.add("kind", kind == s["source"]["kind"], note)
        tally.add("naming", naming == s["source"]["naming"], note)


def _score_actors(reading: Json, book: ActorBook, asked: list[Query], to_gold: dict[int, str], tally: Tally) -> None:
    back = {i: n for n, i in to_gold.items()}
    used = {i for q in asked for i in q.gold}
    for a in reading["actors"]:
        if a["id"] not in used or a["id"] not in back:
            continue
        e = book.entities[back[a["id"]]]
        for name in ("kind", "country", "sector"):
            note = (
                f"{reading['report'].get('source_id')} {a['name']} ({a.get('description')}): "
                f"gold {a.get(name)} got {getattr(e, name)} [{e.name} | {e.description}]"
            )
            tally.add(f"actor {name}", a.get(name) == getattr(e, name), note)
        mine = {to_gold.get(m) for m in e.member_of}
        if a.get("member_of") or mine:
            tally.add(
                "actor member_of (any)",
                bool(set(a.get("member_of") or []) & mine),
                f"{reading['report'].get('source_id')} {a['name']}: {a.get('member_of')} {mine}",
            )
        tally.add("actor name", a["name"].lower() == e.name.lower(), f"{a['name']!r} got {e.name!r}")


def _b_cubed(asked: list[Query], tally: Tally) -> None:
    """Bagga and Baldwin's B³ over the spans asked that stand for one actor."""
    one = {q.span: q for q in asked if len(q.gold) == 1}.values()
    gold: dict[str, set[Range]] = defaultdict(set)
    mine: dict[Any, set[Range]] = defaultdict(set)
    for q in one:
        gold[q.gold[0]].add(q.span)
        mine[q.found or q.span].add(q.span)
    for q in one:
        g, m = gold[q.gold[0]], mine[q.found or q.span]
        tally.add("B³ precision", len(g & m) / len(m))
        tally.add("B³ recall", len(g & m) / len(g))


def measure(readings: list[Json], names: str) -> Tally:
    """All reports of a set."""
    tally = Tally()
    encoder = None
    if names == "encoder":
        from onrecord.reader.encoder import default_encoder

        encoder = default_encoder()
    for r in readings:
        scores = encoder([segment(r["report"]["text"])])[0] if encoder else None
        score(r, scores, tally)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--names", choices=("coded", "encoder"), default="coded")
    parser.add_argument("--errors", help="print what went wrong in one field")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    readings = load(args.data)
    tally = measure(readings, args.names)
    if args.errors:
        print("\n".join(tally.errors[args.errors]))
        return 0
    rows = {k: (tally.right[k] / n, n) for k, n in sorted(tally.asked.items())}
    if args.json:
        print(json.dumps({k: [round(v, 4), n] for k, (v, n) in rows.items()}))
        return 0
    for k, (value, n) in rows.items():
        print(f"{k:28s} {value:.3f}  n={n}")
    print(f"{1000 * tally.seconds / max(1, len(readings)):.1f} ms a report")
    return 0


if __name__ == "__main__":
    sys.exit(main())
