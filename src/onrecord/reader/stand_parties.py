"""A position and the cast -> whose it is: the state, body or group that stands behind it (`Stands`).

Rules and the encoder's head name a phrase, the statement a speaker; whether it is the speaker, whom the speaker speaks
for, or somebody else whom the sentence names is weighed among all actors near (`options`), with weights fitted on coded
reports by `training/fit_positions.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from onrecord.gazetteer import countries
from onrecord.reader.labels import PAIR_HEADS
from onrecord.reader.stand_party import subject
from onrecord.reader.stand_signs import predicate, step
from onrecord.reader.stand_weights import weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range
    from onrecord.reader.stand_frame import PositionDraft

_PARTY = [k for k, name in enumerate(PAIR_HEADS["stand"]) if name[2:] == "party"]
_VOICE = re.compile(
    r"\b(?:spokes\w+|officials?|ministers?|ministry|president|premier|ambassador|envoy|secretary|diplomats?|generals?|leaders?|"
    r"chair\w*|head|chief|governor|mayor|senator|director|member|commander)\b",
    re.IGNORECASE,
)
_SERVANTS = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", None})
"""Sectors whose people speak for their state."""
_WE = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|my|me)\b")
_MUST = re.compile(r"\b(?:must|should|needs? to|ha(?:s|ve) to|ought to)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MARKS = re.compile('[,;:“”"–—]')
_JOINT = re.compile(r"\W*(?:,|\b(?:and|as well as|along with))\W*(?:(?:and|the|its|his|her|their)\s)*", re.IGNORECASE)
_APART = re.compile(
    r"\b(?:opposition|rebel|dissident|exiled|jailed|former|ex-|activist|lawmaker|senator)", re.IGNORECASE
)
"""Descriptions of people who do not speak for their state."""
_HEAD_CHARS = 60
"""How far into a sentence its first mention is looked for."""
_NEAR_CHARS = 24
AGAIN = 0.2
"""Log-odds from which a party's position on an issue that it has one on is kept beside it: codings tell each once."""
_NOBODY = ("unknown", "document")
Ways = dict[int, list[str]]
"""Entities, each with the ways that lead to it."""
Mention = tuple[int, int, int]
"""Start, end and entity."""


class Stands:
    """The mentions of a report's actors by offset, to look for parties in."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.mentions: list[Mention] = sorted(
            (start, end, n)
            for n, e in enumerate(cast.book.entities)
            for start, end in e.mentions
            if e.kind not in _NOBODY and cast.in_body(start)
        )
        counts = {n: len(cast.book.entities[n].mentions) for *_, n in self.mentions}
        self.rank = {n: k for k, n in enumerate(sorted(counts, key=lambda n: (-counts[n], n)))}

    def parties(self, p: PositionDraft) -> tuple[int, ...]:
        """The entities whose position it is; none where nobody is near.  Several that one phrase names stay together."""
        rated = [(weighed("party", signs), -n) for n, signs in self.options(p)]
        if not rated:
            return ()
        best = -max(rated)[1]
        return next((group for group in self.groups(p) if best in group), (best,))

    def groups(self, p: PositionDraft) -> Iterator[tuple[int, ...]]:
        """Those who are named as one, by words joined with "and" or as speakers of one statement, and whom they stand for."""
        spans, text = sorted(set(p.parties or (p.event.actors if p.event is not None else ()))), self.cast.document.text
        named: list[list[int]] = []
        for k, span in enumerate(spans):
            if not k or not _JOINT.fullmatch(text, spans[k - 1][1], span[0]):
                named.append([])
            named[-1] += [n for n in self._at(span) if self._able(n)]
        for group in [g for g in named if g] or [list(self.given(p))]:
            yield tuple(dict.fromkeys(group))
            yield tuple(dict.fromkeys(self._behind(n) for n in group))

    def given(self, p: PositionDraft) -> tuple[int, ...]:
        """Who is named by the rule or the head, else the doer of the event, else the speaker."""
        numbers = [n for span in p.parties for n in self._at(span)]
        if not numbers and p.event is not None:
            numbers = [n for span in p.event.actors for n in self._at(span)]
        if not numbers and p.statement is not None:
            numbers = list(self.cast.speakers.get(id(p.statement), ()))
        return tuple(dict.fromkeys(n for n in numbers if self._able(n)))

    def options(self, p: PositionDraft) -> Iterator[tuple[int, list[str]]]:
        """Every actor near with its signs."""
        ways = self._ways(p)
        for n, found in [(n, tuple(w)) for n, w in ways.items()]:
            e = self.cast.book.entities[n]
            apart = ["behind one apart"] if _APART.search(e.description or "") else []
            for m in e.member_of[:2]:
                _add(ways, m, [*(f"behind {w}" for w in found), *apart])
            land = self._land(n)
            if land is not None and land not in e.member_of:
                _add(ways, land, (f"land of {e.kind}: {w}" for w in found))
        seen, places = self._seen(p, ways), self._places(p)
        asked = {n for span in p.toward for n in self._at(span)}
        for n in sorted(ways):
            if self._able(n):
                told = [*self._who(p, n, ways[n], seen), *self._where(p, n, ways[n], places)]
                yield n, [*told, "asked"] if n in asked else told

    def _within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in [start, end)."""
        return self.mentions[bisect_left(self.mentions, (start, -1, -1)) : bisect_left(self.mentions, (end, -1, -1))]

    def _at(self, span: Range) -> tuple[int, ...]:
        return self.cast.book.resolve(*span, speaker=self.cast.speaker_at(span[0]))

    def _able(self, n: int) -> bool:
        return self.cast.book.entities[n].kind not in _NOBODY

    def _behind(self, n: int) -> int:
        """Whom somebody belongs to, or the same."""
        e = self.cast.book.entities[n]
        return e.member_of[0] if e.member_of else n

    def _land(self, n: int) -> int | None:
        """The state of somebody who may serve it, though the report does not say so."""
        e = self.cast.book.entities[n]
        if e.kind == "state" or e.country not in countries() or e.guessed or e.sector not in _SERVANTS:
            return None
        return self.cast.book.state(e.country, countries()[e.country].name)

    def _ways(self, p: PositionDraft) -> Ways:
        """The actors near, by what leads to them."""
        ways: Ways = {}
        for span in p.parties:
            for n in self._at(span):
                _add(ways, n, ["rule" if p.rule else "head"])
        for span in p.event.actors if p.event is not None else ():
            for n in self._at(span):
                _add(ways, n, ["doer"])
        for n in self.given(p):
            _add(ways, n, ["given"])
        if p.statement is not None:
            for told, way in ((p.statement, "speaker"), (p.statement.within, "outer speaker")):
                for n in self.cast.speakers.get(id(told), ()) if told is not None else ():
                    _add(ways, n, [way])
        self._around(p, ways)
        return ways

    def _around(self, p: PositionDraft, ways: Ways) -> None:
        """The actors that the sentence and the one before it name."""
        document = self.cast.document
        home = document.sentence_at(p.span[0])
        start, end = document.sentences[home]
        for a, b, n in self._within(start, end):
            _add(ways, n, ["before" if b <= p.span[0] else "inside" if a < p.span[1] else "after"])
        near = [(p.span[0] - b, n) for _, b, n in self._within(start, p.span[0]) if b <= p.span[0]]
        if near:
            _add(ways, min(near)[1], ["nearest"])
        if home:
            for *_, n in self._within(*document.sentences[home - 1]):
                _add(ways, n, ["sentence before"])
        if (s := subject(document.text, start, p.span[0])) is not None:
            for n in [n for _, b, n in self._within(*s) if b <= s[1]][:2]:
                _add(ways, n, ["subject"])
        for *_, n in self._within(start, min(p.span[0], start + _HEAD_CHARS))[:1]:
            _add(ways, n, ["heads sentence"])

    def _seen(self, p: PositionDraft, ways: Ways) -> dict[int, float]:
        """What the pair head gives each actor at its best mention."""
        document = self.cast.document
        table, offset = self.cast.scores.pair("stand", document.words_in(*p.span).start)
        column = table[:, _PARTY].sum(axis=1)
        begin, end = document.words[offset][0], document.words[offset + len(table) - 1][1]
        found: dict[int, float] = {}
        for a, b, n in self._within(begin, end):
            if n in ways and not (a < p.span[1] and p.span[0] < b):
                inside = document.words_in(a, b)
                value = float(column[max(0, inside.start - offset) : inside.stop - offset].max(initial=0.0))
                found[n] = max(found.get(n, 0.0), value)
        return found

    def _places(self, p: PositionDraft) -> Ways:
        """Where the mentions of the sentence stand beside the predicate."""
        document, text = self.cast.document, self.cast.document.text
        start, end = document.sentences[document.sentence_at(p.span[0])]
        at = predicate(document, document.words_in(*p.span).start)
        lead = "span" if at is None else "predicate"
        pivot = p.span[0] if at is None else document.words[at][0]
        left = [m for m in self._within(start, end) if m[1] <= pivot]
        right = [m for m in self._within(pivot, p.span[0]) if m[1] <= p.span[0]]
        found: Ways = {}
        for k, (_, b, n) in enumerate(reversed(left)):
            marks = min(len(_MARKS.findall(text, b, pivot)), 2)
            _add(found, n, [f"left of {lead} {min(k, 3)}", f"left of {lead} over {marks} marks"])
        for *_, n in right:
            _add(found, n, [f"right of {lead}"])
        if (at is None or right) and _MUST.search(text, max(start, p.span[0] - _NEAR_CHARS), p.span[0]):
            for _, b, n in right or left[-1:]:
                if p.span[0] - b < _NEAR_CHARS:
                    _add(found, n, ["must do it"])
        return found

    def _who(self, p: PositionDraft, n: int, ways: list[str], seen: dict[int, float]) -> Iterator[str]:
        """What an actor is, what leads to it, and what the pair head says of it and of its kin."""
        entities = self.cast.book.entities
        e, kind, source = entities[n], self._kind(n), "rule" if p.rule else "head"
        yield kind
        yield f"{kind} {e.sector}"
        yield f"{kind} {'member' if e.member_of else 'alone'}"
        for w in ways:
            yield w
            yield f"{w} {kind}"
            yield f"{source} {w}"
        value = seen.get(n, 0.0)
        yield f"pair {step(value)}"
        yield f"pair {kind} {step(value) // 2}"
        yield f"pair rank {min(sum(v > value for v in seen.values()), 3)}"
        kin = [v for m, v in seen.items() if m in e.member_of or n in entities[m].member_of]
        yield f"kin {step(max(kin, default=0.0)) // 2}"
        yield f"rank {min(self.rank.get(n, 9), 4)}"

    def _where(self, p: PositionDraft, n: int, ways: list[str], places: Ways) -> Iterator[str]:
        """Where an actor's mentions stand, how the speaker speaks, and which pronoun the predicate has."""
        kind = self._kind(n)
        for w in places.get(n, ()):
            yield w
            yield f"{w} {kind}"
        if p.statement is not None and any("speaker" in w for w in ways):
            yield from self._voice(p, n, "speaker" if "speaker" in ways else "behind")
        words = self.cast.document.text[max(0, p.span[0] - 40) : p.span[0]].lower().split()
        pronoun = next((w for w in reversed(words[-6:]) if w in ("we", "i", "he", "she", "they", "it")), "none")
        yield f"pronoun {pronoun} {'before' if 'before' in ways else kind}"

    def _voice(self, p: PositionDraft, n: int, way: str) -> Iterator[str]:
        """How the speaker speaks: as "we", in an office."""
        text, kind = self.cast.document.text, self._kind(n)
        assert p.statement is not None
        said = " ".join(text[slice(*c)] for c in p.statement.contents)
        yield f"{way} says {'we' if _WE.search(said) else 'I' if _I.search(said) else 'neither'} {kind}"
        office = any(_VOICE.search(text[slice(*s)]) for s in p.statement.sources)
        yield f"{way} office {office} {kind}"
        described = bool(_VOICE.search(self.cast.book.entities[n].description or ""))
        yield f"{way} described {described} {kind}"

    def _kind(self, n: int) -> str:
        e = self.cast.book.entities[n]
        return "role" if e.kind == "person" and not e.named else e.kind


def once(found: Sequence[tuple[PositionDraft, tuple[int, ...]]]) -> list[tuple[PositionDraft, tuple[int, ...]]]:
    """Positions that are somebody's; of those of one party on one issue the less likely ones must be surer."""
    kept: list[tuple[PositionDraft, tuple[int, ...]]] = []
    held: set[tuple[int, str]] = set()
    for p, numbers in sorted(found, key=lambda f: (-f[0].score, f[0].span)):
        again = p.issue != "other" and any((n, p.issue) in held for n in numbers)
        if numbers and (not again or p.score >= AGAIN):
            kept.append((p, numbers))
            held |= {(n, p.issue) for n in numbers}
    return sorted(kept, key=lambda f: f[0].span)


def _add(ways: Ways, n: int, found: Iterable[str]) -> None:
    """Note ways that lead to an actor, each once."""
    held = ways.setdefault(n, [])
    held += [w for w in found if w not in held]
