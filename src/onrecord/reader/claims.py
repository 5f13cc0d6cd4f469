"""Attacks and words of responsibility -> who is said to answer for which attack: claimed by them, blamed on them.

"A mortar attack killed three.  … The rebels claimed responsibility for the attack": whoever did it is told elsewhere than
beside the deed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.reader.stand_party import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.party_signs import Deed

At = dict[int, list[tuple[int, int, int]]]
"""(start, end, actor) of the mentions, by sentence, sorted."""
_CLAIM = re.compile(
    r"\b(?:claim|claims|claimed|claiming|took|taken|accepted|assumed)\s+(?:full\s+|sole\s+)?(?:responsibility|credit)\b|"
    r"\bsaid (?:it|they|(?:its|their|his) (?:men|fighters|forces|members|wing))\s+(?:(?:had|have|was|were)\s+)?"
    r"(?:carried out|behind|responsible for|staged)\b",
    re.IGNORECASE,
)
_CLAIMED_BY = re.compile(
    r"\b(?:claimed|(?:carried out|staged|committed|perpetrated|conducted)(?: [\w ]{1,20})?) by\s+", re.IGNORECASE
)
_BLAMED = re.compile(
    r"\b(?:blamed|blames|blaming|pinned)\s+(?:[\w'’-]+\s+){0,3}?on\s+|\b(?:blamed|blames|blaming)\s+(?!on\b|for\b)|"
    r"\b(?:accused|accuses|accusing)\s+|\bblamed\s+(?=for\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\s*(?:no|nobody|none|neither|any)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|yet to|den(?:y|ies|ied|ying) (?:that )?\w*)\s+(?:\w+ly\s+)?$|n[’']t\s+$", re.IGNORECASE
)
_SAME = re.compile(r"(?:the |that )?same\b", re.IGNORECASE)
_STOP = re.compile(r"[;:.!?“”\"]|,\s")
_NEAR = 24
"""Characters within which the name follows "by", "on", "blamed"."""
_OBJECT = 90
"""Characters after the words of responsibility within which the attack is named."""
BACK = 4
"""Sentences over which "claimed responsibility" reaches back to an attack that it does not name."""


class Claims:
    """Who claims each attack and who is blamed for it, by the offset of its trigger."""

    def __init__(self, document: Document, deeds: Sequence[Deed], at: At) -> None:
        self._document, self._at = document, at
        self._named = sorted((n, d.namings[0][0]) for d in deeds if d.type == "ASSAULT" for n in d.namings)
        self.claimed: dict[int, set[int]] = defaultdict(set)
        self.blamed: dict[int, set[int]] = defaultdict(set)
        self.charged: dict[Range, int] = {}
        """Who is named right after the words of an accusation, by the trigger that those words are."""
        self._accusing = sorted(n for d in deeds if d.type == "ACCUSE" for n in d.namings)
        self._charge()
        if self._named:
            self._fill(self.claimed, self._claims())
            self._fill(self.blamed, self._charges())

    def _fill(self, into: dict[int, set[int]], found: Iterator[tuple[int, int | None]]) -> None:
        for who, deed in found:
            if deed is not None:
                into[deed].add(who)

    def _charge(self) -> None:
        for m in _BLAMED.finditer(self._document.text) if self._accusing else ():
            first = max(0, bisect_left(self._accusing, (m.start(), 0)) - 1)
            for naming in self._accusing[first : first + 2]:
                if naming[0] < m.end() and m.start() < naming[1]:
                    self.charged.update((naming, who) for who in self._following(m.end()))

    def _claims(self) -> Iterator[tuple[int, int | None]]:
        text = self._document.text
        for m in _CLAIM.finditer(text):
            home = self._home(m.start())
            who = subject(text, home[0], m.start())
            if who is None or _NOBODY.match(text, who[0]) or self._negated(m.start(), home):
                continue
            deed = self._attack_after(m.end(), home)
            if deed is None:
                deed = self._attack_before(m.start())
            for number in self._inside(who):
                yield number, deed
        for m in _CLAIMED_BY.finditer(text):
            for number in self._following(m.end()):
                yield number, self._attack_before(m.start())

    def _charges(self) -> Iterator[tuple[int, int | None]]:
        text = self._document.text
        for m in _BLAMED.finditer(text):
            home = self._home(m.start())
            if self._negated(m.start(), home):
                continue
            found = list(self._following(m.end()))
            deed = self._attack_after(m.end(), home)
            if deed is None and not m[0].lower().startswith("accus"):
                deed = self._attack_before(m.start(), 1)
            for number in found:
                yield number, deed

    def _negated(self, offset: int, home: Range) -> bool:
        return _NOT.search(self._document.text, max(home[0], offset - 24), offset) is not None

    def _home(self, offset: int) -> Range:
        return self._document.sentences[max(0, self._document.sentence_at(offset))]

    def _inside(self, r: Range) -> list[int]:
        """The actor whose mention heads a phrase: the first that lies in it."""
        line = self._at.get(self._document.sentence_at(r[0]), [])
        return [n for a, b, n in line if a < r[1] and r[0] < b][:1]

    def _following(self, offset: int) -> list[int]:
        """The actor that is named right after an offset."""
        line = self._at.get(self._document.sentence_at(offset), [])
        first = bisect_left(line, (offset, 0, 0))
        for a, _, n in line[max(0, first - 1) : first + 1]:
            if offset <= a + 1 and a - offset < _NEAR and not _STOP.search(self._document.text, offset, max(offset, a)):
                return [] if _SAME.match(self._document.text, a) else [n]
        return []

    def _attack_after(self, offset: int, home: Range) -> int | None:
        """The attack that is named after an offset in its clause."""
        stop = _STOP.search(self._document.text, offset, home[1])
        end = min(home[1], offset + _OBJECT, stop.start() if stop else home[1])
        first = bisect_left(self._named, ((offset, 0), 0))
        return next((deed for (a, _), deed in self._named[first : first + 1] if a < end), None)

    def _attack_before(self, offset: int, back: int = BACK) -> int | None:
        """The attack that was named last before an offset, some sentences back at the most."""
        last = bisect_right(self._named, ((offset, 0), 0)) - 1
        if last < 0:
            return None
        (start, _), deed = self._named[last]
        here = self._document.sentence_at(offset)
        return deed if here - self._document.sentence_at(start) <= back else None
