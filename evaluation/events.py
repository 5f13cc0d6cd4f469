"""Coded reports and the event rules alone -> how well given triggers are joined into happenings and coded.

`python -m evaluation.events --data PATH [--lost SHARE] [--errors FIELD]`.  PATH is a JSON-lines file of coded readings
or a folder of the corpus's YAML sources (of which part `learn` is taken).  Triggers, their types and their arguments are
the coder's (as `training.corpora` turns them into labels), and so are statements, times, places and figures: what is
measured is the event component without the errors of what stands before it.  The head for status is left out ("rules alone"),
sure ("coded"), or made to err as one of 85 % accuracy would ("head").
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.actors import load
from evaluation.matching import Json, Names, Range
from evaluation.scoring import event_pairs, same_time
from onrecord import records as R
from onrecord.reader import coding
from onrecord.reader.attribution import Attribution
from onrecord.reader.encoder import Span
from onrecord.reader.events import find_events
from onrecord.reader.labels import PAIR_HEADS, STATUSES
from onrecord.reader.segment import segment
from training.examples import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.reader.document import Document
    from onrecord.reader.events import EventDraft

HEAD_ERROR = {"occurred": 0.05, "": 0.50}
"""How often the made-up head errs on `occurred` and on any other status: together about 15 %, as of a head that
leans to the majority."""
LEANS = 0.8
"""The share of its errors on other statuses that say `occurred`."""


@dataclass(slots=True)
class Tally:
    """Right, found and coded, per field, with what went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: float = 0.0

    def add(self, name: str, right: float, found: float, gold: float) -> None:
        self.right[name] += right  # type: ignore[assignment]
        self.found[name] += found  # type: ignore[assignment]
        self.gold[name] += gold  # type: ignore[assignment]

    def one(self, name: str, right: bool, note: str) -> None:
        """One decision of one matched event."""
        self.add(name, right, 1, 1)
        if not right:
            self.errors[name].append(note)

    def both(self, name: str, mine: set[Any], coded: set[Any], note: str) -> None:
        """Sets that should be equal."""
        self.add(name, len(mine & coded), len(mine), len(coded))
        if mine != coded:
            self.errors[name].append(f"{note} coded {sorted(coded)} got {sorted(mine)}")

    def row(self, name: str) -> tuple[float, float, float, int]:
        p = self.right[name] / self.found[name] if self.found[name] else 0.0
        r = self.right[name] / self.gold[name] if self.gold[name] else 0.0
        return p, r, (2 * p * r / (p + r) if p + r else 0.0), round(self.gold[name])


# --- what the components before would give ------------------------------------------------------------------------


def _range(s: Json) -> Range:
    return s["start"], s["end"]


class CodedScores:
    """The scores of an encoder that finds triggers and arguments as coded; `status` says what its head does."""

    def __init__(self, document: Document, reading: Json, status: str, lost: float = 0.0) -> None:
        self.document, self.status, self.lost = document, status, lost
        self.random = random.Random(reading["report"]["source_id"])
        self._mentions = {a["id"]: a["mentions"] for a in reading["actors"]}
        self._places = {p["id"]: p for p in reading["places"]}
        self._times = {t["id"]: t for t in reading["times"]}
        self._spans: dict[tuple[int, int, str], float] = {}
        self._arguments: dict[int, dict[tuple[int, int, str], None]] = defaultdict(dict)
        self._statuses: dict[tuple[int, int], str] = {}
        for e in reading["events"]:
            for n, trigger in enumerate([e["trigger"], *e["mentions"]]):
                words = document.words_in(*_range(trigger))
                if words:
                    self._spans[words.start, words.stop, e["type"]] = 0.9
                    self._statuses[words.start, words.stop] = e["status"]
                    self._argue(e, n == 0, words.start)
        self.tokens = {"status": self._status_table()}
        self._phrases = [
            Span(words.start, words.stop, m["form"], 0.9)
            for a in reading["actors"]
            for m in a["mentions"]
            if (words := document.words_in(*_range(m)))
        ]

    def _argue(self, e: Json, first: bool, at: int) -> None:
        offset = self.document.words[at][0]
        home = self.document.sentence_at(offset)
        for role, ids in (("actor", e["actors"]), ("recipient", e["recipients"])):
            for a in ids:
                m = nearest(self.document, offset, self._mentions.get(a, []))
                if m and (first or self.document.sentence_at(m["start"]) == home):
                    self._argument(at, m, role)
        ref = self._times.get((e["time"] or {}).get("ref") or "")
        for role, x in [("place", self._places.get(p)) for p in e["places"]] + [("time", ref)]:
            if x and self.document.sentence_at(x["start"]) == home:
                self._argument(at, x, role)

    def _argument(self, at: int, span: Json, role: str) -> None:
        words = self.document.words_in(*_range(span))
        if words and self.random.random() >= self.lost:
            self._arguments[at][words.start, words.stop, role] = None

    def spans(self, head: str, *, bias: float = 0.0) -> list[Span]:
        del bias
        if head == "trigger":
            return [Span(*key, score) for key, score in sorted(self._spans.items())]
        return self._phrases if head == "mention" else []

    def arguments(self, head: str, at: int, *, bias: float = 0.0) -> list[Span]:
        del bias
        return [Span(*key, 0.9) for key in sorted(self._arguments[at])] if head == "event" else []

    def pair(self, head: str, at: int) -> tuple[np.ndarray, int]:
        """The event head over the words of the trigger's sentence and of those beside it."""
        home = self.document.sentence_at(self.document.words[at][0])
        last = min(home + 1, len(self.document.sentences) - 1)
        first, end = self.document.sentence_words[max(0, home - 1)][0], self.document.sentence_words[last][1]
        table = np.full((end - first, len(PAIR_HEADS[head])), 0.01, dtype=np.float32)
        for a, b, role in self._arguments[at]:
            table[max(0, a - first) : max(0, b - first), PAIR_HEADS[head].index(f"I-{role}")] = 0.9
        return table, first

    def _status_table(self) -> np.ndarray:
        """Probabilities of every word's status: even where the head is left out."""
        table = np.full((len(self.document.words), len(STATUSES)), 1 / len(STATUSES), dtype=np.float32)
        for (first, last), coded in sorted(self._statuses.items()):
            label, sure = self._head(coded)
            if self.status != "rules":
                table[first:last] = (1 - sure) / (len(STATUSES) - 1)
                table[first:last, STATUSES.index(label)] = sure
        return table

    def _head(self, coded: str) -> tuple[str, float]:
        if self.status != "head":
            return coded, 0.97
        wrong = HEAD_ERROR.get(coded, HEAD_ERROR[""])
        if self.random.random() >= wrong:
            return coded, self.random.uniform(0.5, 1.0)
        others = ["ongoing", "planned", "unknown", "proposed", "conditional"]
        label = "occurred" if coded != "occurred" and self.random.random() < LEANS else self.random.choice(others)
        return label, self.random.uniform(0.4, 0.95)


def statements_of(reading: Json) -> dict[str, Attribution]:
    """The coded statements as the attribution component would hand them on."""
    found = {}
    for s in reading["statements"]:
        source = s["source"]["span"]
        found[s["id"]] = Attribution(
            [_range(c) for c in s["cue"]],
            [_range(c) for c in s["content"]],
            [_range(source)] if source else [],
            act=s["act"],
        )
    for s in reading["statements"]:
        if s["within"]:
            found[s["id"]].within = found.get(s["within"])
    return found


def _records(kind: Any, rows: Iterable[Json], **more: Any) -> list[Any]:
    names = kind.__dataclass_fields__
    return [kind(**{k: v for k, v in row.items() if k in names and k not in more}, **more) for row in rows]


def times_of(reading: Json) -> list[R.Time]:
    return _records(R.Time, sorted(reading["times"], key=_range))


def figures_of(reading: Json) -> list[R.Figure]:
    found = []
    for f in reading["figures"]:
        s = f.get("span") or f
        span = R.Span(s["start"], s["end"], s["text"])
        found.append(R.Figure(id=f["id"], span=span, measure=f["measure"], change=f["change"]))
    return found


# --- scoring ------------------------------------------------------------------------------------------------------


class Report:
    """One coded report, its drafts, and the drafts as records beside the coded ones."""

    def __init__(self, reading: Json, status: str, lost: float = 0.0) -> None:
        self.reading = reading
        self.document = segment(reading["report"]["text"])
        self.statements = statements_of(reading)
        self.times, self.figures = times_of(reading), figures_of(reading)
        self.places = _records(R.Place, sorted(reading["places"], key=_range))
        self.who: dict[Range, list[str]] = defaultdict(list)
        for a in reading["actors"]:
            for m in a["mentions"]:
                self.who[_range(m)].append(a["id"])
        scores: Any = CodedScores(self.document, reading, status, lost)
        began = time.process_time()
        self.drafts = find_events(self.document, scores, list(self.statements.values()))
        self.between = coding.mediating(self.document, list(self.who))
        self.story = coding.Story(self.document)
        self.owners = coding.figure_owners(self.document, self.figures, self.drafts)
        self.coded = [self._event(n, e) for n, e in enumerate(self.drafts)]
        self.seconds = time.process_time() - began

    def _ids(self, spans: Sequence[Range]) -> list[str]:
        return list(dict.fromkeys(i for s in spans for i in self._at(s)))

    def _at(self, span: Range) -> list[str]:
        """The actors that a span of whole words stands for."""
        exact = self.who.get(span)
        if exact:
            return exact
        near = [
            (abs(s - span[0]) + abs(e - span[1]), ids)
            for (s, e), ids in self.who.items()
            if s < span[1] and span[0] < e
        ]
        return min(near)[1] if near else []

    def _event(self, number: int, e: EventDraft) -> Json:
        told = {id(s): i for i, s in self.statements.items()}
        when = coding.event_time(self.document, e, self.times, self.reading["report"]["anchor"])
        actors, recipients = self._ids(e.actors), self._ids(e.recipients)
        third = self._ids(coding.third_parties(self.document, e, self.between))
        return {
            "type": e.type,
            "trigger": {"start": e.trigger[0], "end": e.trigger[1]},
            "mentions": [{"start": a, "end": b} for a, b in e.mentions],
            "actors": actors,
            "recipients": recipients,
            "third_parties": [i for i in third if i not in actors + recipients],
            "modes": list(coding.event_modes(self.document, e)),
            "contexts": list(self.story.contexts(e)),
            "time": {"ref": when.ref, "begin": when.begin, "until": when.until, "basis": when.basis},
            "places": list(coding.event_places(self.document, e, self.places)),
            "status": e.status,
            "according_to": [told[id(e.statement)]] if e.statement else [],
            "figures": [f for f, owner in self.owners.items() if owner == number],
        }


def score(reading: Json, tally: Tally, status: str = "rules", lost: float = 0.0) -> None:
    """One report."""
    r = Report(reading, status, lost)
    tally.seconds += r.seconds
    names = Names(reading)
    found = {"events": r.coded}
    matched = event_pairs(reading, found, lambda a, b: names.same(a, names, b))
    tally.add("events (type, trigger)", len(matched), len(r.coded), len(reading["events"]))
    _b_cubed(r, tally)
    where = {p["id"]: p["name"].lower() for p in reading["places"]}
    for coded, mine in matched:
        note = f"{reading['report']['source_id']} {coded['type']} {r.document.text[slice(*_range(coded['trigger']))]!r} «{(coded['text'] or {}).get('text')}»"
        note += f" [{coded['status']}]"
        tally.one("time", same_time(coded["time"], mine["time"]), f"{note} coded {coded['time']} got {mine['time']}")
        known = (coded["time"] or {}).get("basis"), mine["time"]["basis"]
        tally.one("time basis", known[0] == known[1], f"{note} coded {known[0]} got {known[1]}")
        tally.one("status", coded["status"] == mine["status"], f"{note} got {mine['status']}")
        both = set(coded["modes"]), set(mine["modes"])
        tally.one("mode", bool(both[0] & both[1]) or both[0] == both[1], f"{note} coded {both[0]} got {both[1]}")
        told = set(coded["according_to"]), set(mine["according_to"])
        tally.one(
            "according to", bool(told[0] & told[1]) or not (told[0] or told[1]), f"{note} coded {told[0]} got {told[1]}"
        )
        here, there = ({where[p] for p in e["places"]} for e in (coded, mine))
        tally.one("places (any)", bool(here & there) or here == there, f"{note} coded {here} got {there}")
        tally.both("places F1", there, here, note)
        for name in ("contexts", "figures", "third_parties"):
            tally.both(name, set(mine[name]), set(coded[name]), note)


def _b_cubed(r: Report, tally: Tally) -> None:
    """Bagga and Baldwin's B³ over the coded triggers and mentions."""
    gold = {
        (e["type"], *_range(m)): n for n, e in enumerate(r.reading["events"]) for m in [e["trigger"], *e["mentions"]]
    }
    mine: dict[tuple[str, int, int], int] = {}
    for key in gold:
        for n, e in enumerate(r.coded):
            if e["type"] == key[0] and any(
                m["start"] < key[2] and key[1] < m["end"] for m in [e["trigger"], *e["mentions"]]
            ):
                mine[key] = n
                break
    for key, number in mine.items():
        same = {k for k in mine if gold[k] == gold[key]}
        put = {k for k, n in mine.items() if n == number}
        tally.add("B³", 0, 0, 0)
        tally.right["B³ p"] += len(same & put) / len(put)  # type: ignore[assignment]
        tally.right["B³ r"] += len(same & put) / len(same)  # type: ignore[assignment]
        tally.found["B³ p"] += 1
        tally.found["B³ r"] += 1


def measure(readings: Sequence[Json], lost: float = 0.0) -> Tally:
    """All reports: the rules alone, then the status once more beside heads."""
    tally = Tally()
    for r in readings:
        score(r, tally, "rules", lost)
    for head in ("head", "coded"):
        other = Tally()
        for r in readings:
            score(r, other, head, lost)
        name = f"status, with {head}" if head == "coded" else "status, with a head of 85 %"
        tally.right[name], tally.found[name], tally.gold[name] = (
            c["status"] for c in (other.right, other.found, other.gold)
        )
        tally.errors[name] = other.errors["status"]
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lost", type=float, default=0.0, help="share of arguments that the head misses")
    parser.add_argument("--errors", help="print what went wrong in one field")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    readings = load(args.data)
    tally = measure(readings, args.lost)
    if args.errors:
        print("\n".join(tally.errors[args.errors]))
        return 0
    rows = {name: tally.row(name) for name in tally.found if not name.startswith("B³")}
    p, r = (tally.right[f"B³ {x}"] / max(1, tally.found[f"B³ {x}"]) for x in "pr")
    rows["B³"] = (p, r, 2 * p * r / (p + r) if p + r else 0.0, tally.found["B³ p"])
    if args.json:
        print(json.dumps({k: [round(v, 4) for v in row] for k, row in rows.items()}))
        return 0
    for name, (p, r, f1, n) in rows.items():
        print(f"{name:28s} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}  n={n}")
    print(f"{1000 * tally.seconds / max(1, len(readings)):.1f} ms a report")
    return 0


if __name__ == "__main__":
    sys.exit(main())
