"""The cast and its happenings -> whose talks and agreements they are (`Negotiators`).

A sentence about talks names hosts, speakers and onlookers beside those who negotiate, or only says "the two sides".
So the words of the round itself decide where they name its parties ("between A and B", "A's talks with B"); else it is
the pair of sides that the report shows dealing with or fighting each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onrecord import records as R
    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range

Pair = tuple[int, int]

_AGAINST = {"ASSAULT": 2.0} | dict.fromkeys("ACCUSE REQUEST REJECT THREATEN SANCTION COERCE RETREAT".split(), 1.0)
"""What a happening from one side towards the other says for their negotiating with each other."""
_TOGETHER = dict.fromkeys("CONSULT AGREE SUPPORT COOPERATE CONCEDE".split(), 1.5)
"""What a happening says that they share."""
_NAMED_PAIR = 3.0
"""What "between A and B" says."""
_STANDS_BETWEEN = 0.25
"""What a pair counts for of which one mediates or hosts."""
_POWERS = frozenset("GOV MIL REB PRM UAF OPP SPY PTY LEG".split())
"""Sectors of a body without a name that can be a party ("the army", "the junta")."""
_FIGHTERS = frozenset("REB PRM UAF OPP".split())
"""Sectors of a group without a name that can be one ("the rebels"; not "foreign ministers", "12 prisoners")."""
_BYSTANDERS = frozenset("UNO IGO NGO".split())
"""International bodies, which seldom negotiate on their own behalf."""
_WHOLLY = 2.0
"""How much more a pair counts of which a sentence names both than one of which it names one."""
_COUNTED = re.compile(r"(?:\d|two|three|both|several|many|some|all|each)\b", re.IGNORECASE)
_MOST = 4
_REACH = 120
"""Characters within which "between" names whom it joins."""
_BETWEEN = re.compile(r"\bbetween\s+", re.IGNORECASE)
_WITH = re.compile(r"(?:\s+(?!said\b|that\b)[\w-]+){0,3}?\s+with\s+", re.IGNORECASE)
_OPENING = re.compile(r"(?:[\w’'-]+\s+){0,5}", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:['’]s?(?: [a-z-]+){0,2})?,? (?:and|or) (?:(?:the|its|a|an) )?(?:[a-z-]+ ){0,2}(?:(?:of|from|for) (?:the )?)?|-|–| vs\.? "
)
"""What stands between two parties that are named as one subject ("A's army and rebels from the B")."""
_BOTH = re.compile(r"[^.;:]{0,60}\band\b[^.;:]{0,40}", re.IGNORECASE)
"""What may stand between the two that "between" joins."""
_LISTED = re.compile(r",? (?:and (?:(?:the|its) )?(?:[a-z-]+ ){0,2})?(?:(?:of|from|for) )?(?:the )?|, ")
_SPEECH = re.compile(r"\b(?:said|says|told|added|according|reported|warned|whether)\b|[;:]", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)


class Negotiators:
    """The sides of a report's dispute: who negotiates with whom, in one report."""

    def __init__(self, cast: Cast, events: Sequence[R.Event]) -> None:
        self._cast = cast
        named = {(s, e): n for n, x in enumerate(cast.book.entities) for s, e in x.mentions if cast.in_body(s)}
        self._mentions = sorted((s, e, n) for (s, e), n in named.items() if self._plays(self.side(n)))
        self._starts = [s for s, _, _ in self._mentions]
        self._between = {self.side(n) for r in cast.between for n in cast.book.resolve(*r)}
        self._weights: defaultdict[Pair, float] = defaultdict(float)
        self._deal(events)
        for pair in self._weights:
            self._weights[pair] *= self._discount(pair)
        self._named_pairs()
        self._ranked = sorted((p for p, w in self._weights.items() if w > 0), key=lambda p: (-self._weights[p], p))

    def side(self, n: int) -> int:
        """The state or body that an entity acts for: a person's, a delegation's, a spokesman's."""
        entities = self._cast.book.entities
        for _ in range(3):
            e = entities[n]
            servant = e.kind == "person" or (not e.named and e.kind != "state")
            if not e.member_of or not servant or entities[e.member_of[0]].kind == "person":
                return n
            n = e.member_of[0]
        return n

    def parties(self, span: Range, sentences: Sequence[int]) -> tuple[int, ...]:
        """Whose talks or agreement some words name, told in some sentences: entity numbers."""
        home = self._cast.document.sentences[sentences[0]]
        found = self._named(span, home)
        if len(found) > 1:
            return found[:_MOST]
        told = list(found) or [n for n in self._in(sentences, span[0]) if n not in self._between]
        near = [p for p in self._ranked if set(p) & set(told)] if told else self._ranked
        if not near:
            return tuple(told[:2])
        return max(near, key=lambda p: (self._weights[p] * (_WHOLLY if set(p) <= set(told) else 1.0), -p[0], -p[1]))

    def free(self, numbers: Iterable[int], taken: Sequence[int]) -> tuple[int, ...]:
        """Those of some mediators who are no parties."""
        return tuple(n for n in numbers if n not in taken and self.side(n) not in taken)

    def _discount(self, pair: Pair) -> float:
        """What a pair counts for: little where one stands between others, nothing where one belongs to the other."""
        a, b = (self._cast.book.entities[n] for n in pair)
        if pair[0] in b.member_of or pair[1] in a.member_of:
            return 0.0
        aside = self._between & set(pair) or {a.country, b.country} & _BYSTANDERS
        return _STANDS_BETWEEN if aside else 1.0

    # --- the report ----------------------------------------------------------------------------------------

    def _plays(self, n: int) -> bool:
        e = self._cast.book.entities[n]
        if e.kind not in ("state", "organization", "group") or e.sector == "JRN":
            return False
        if e.named or e.kind == "state":
            return True
        return e.sector in (_FIGHTERS if e.kind == "group" else _POWERS) and not _COUNTED.match(e.name)

    def _deal(self, events: Sequence[R.Event]) -> None:
        for e in events:
            if e.status in ("denied", "not_occurred"):
                continue
            ours, theirs = self._sides(e.actors), self._sides(e.recipients)
            weight = _AGAINST.get(e.type) or _TOGETHER.get(e.type, 0.0)
            pairs = list(product(ours, theirs))
            if e.type in _TOGETHER:
                pairs += combinations(ours, 2)
            for pair in {(min(a, b), max(a, b)) for a, b in pairs if a != b}:
                self._weights[pair] += weight

    def _named_pairs(self) -> None:
        for start, end in self._cast.document.sentences:
            for m in _BETWEEN.finditer(self._cast.document.text, start, end):
                row = self._row(m.end(), end, _BOTH)
                if len(row) == 2:
                    self._weights[min(row), max(row)] += _NAMED_PAIR

    def _sides(self, ids: Iterable[str]) -> list[int]:
        found = dict.fromkeys(self.side(int(i[1:])) for i in ids)
        return [n for n in found if self._plays(n)]

    # --- a sentence ----------------------------------------------------------------------------------------

    def _within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Mentions of possible parties in a range, without those that only join two others."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        text = self._cast.document.text
        for i, (s, e, n) in enumerate(self._mentions[first:last], first + 1):
            leads_on = i < last and text[e : self._starts[i]] == " "  # "the Shia Badr Brigades"
            if e <= end and not leads_on and not _AND.search(text, s, e):
                yield s, e, self.side(n)

    def _in(self, sentences: Sequence[int], at: int) -> list[int]:
        """Possible parties in some sentences; of that where words stand at an offset, without who says those words."""
        told = self._cast.telling.innermost
        home = self._cast.document.sentence_at(at)
        found = []
        for i in dict.fromkeys(sentences):
            for s, _, n in self._within(*self._cast.document.sentences[i]):
                if i != home or told(s) is told(at):
                    found.append(n)
        return list(dict.fromkeys(found))

    def _named(self, span: Range, home: Range) -> tuple[int, ...]:
        """The parties that the words around a round or an agreement name."""
        text = self._cast.document.text
        if m := _BETWEEN.search(text, span[0], min(home[1], span[1] + 60)):
            row = self._row(m.end(), home[1], _BOTH)
            if len(row) > 1 and not _SPEECH.search(text, span[1], max(span[1], m.start())):
                return tuple(row)
        if (m := _WITH.match(text, span[1], home[1])) and (row := self._row(m.end(), home[1])):
            return self._partner(row[0], home[0], span[0])
        return self._joint(home[0], span[1])

    def _row(self, start: int, end: int, joined: re.Pattern[str] = _JOINT) -> list[int]:
        """The parties that follow an offset as one list; `joined` may stand between the first and the second."""
        text = self._cast.document.text
        found: list[int] = []
        edge = start
        for s, e, n in self._within(start, min(end, start + _REACH)):
            if s < edge and found:
                continue
            gap = text[edge:s]
            fits = (
                _OPENING.fullmatch(gap)
                if not found
                else _LISTED.fullmatch(gap) or (joined if len(found) == 1 else _JOINT).fullmatch(gap)
            )
            if not fits:
                if n in found:
                    continue
                break
            if n not in found:
                found.append(n)
            edge = e
        return found

    def _partner(self, other: int, start: int, end: int) -> tuple[int, ...]:
        """One whom words name as the other side of talks, and who before them in the sentence talks with it."""
        before = [n for _, _, n in self._within(start, end) if n != other]
        inside = [n for n in before if n not in self._between] or before
        return (inside[-1], other) if inside else (other,)

    def _joint(self, start: int, end: int) -> tuple[int, ...]:
        """Two parties that stand as one subject before the words that name what they share."""
        text = self._cast.document.text
        row = list(self._within(start, end))
        found: tuple[int, ...] = ()
        for (_, e1, a), (s2, e2, b) in pairwise(row):
            joined = a != b and e1 <= s2 and _JOINT.fullmatch(text[e1:s2])
            if joined and not {a, b} & self._between and not _SPEECH.search(text, e2, end):
                found = (a, b)
        return found
