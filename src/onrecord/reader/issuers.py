"""Documents that speak -> who they come from: "a statement from the ministry", "his letter", "the statement said".

The codebook's actor of a document is its issuer wherever the report tells who that is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.reader.coref_names import Name
    from onrecord.reader.discourse import Discourse
    from onrecord.reader.document import Document
    from onrecord.reader.nominals import NounPhrase
    from onrecord.reader.phrase_book import PhraseBook
    from onrecord.reader.roster import Roster

_FROM = re.compile(
    r"\b(?:(?:issued|released|published|signed|written|compiled|prepared|posted|obtained|carried out|conducted|made|given|sent|read)"
    r"\s+(?:\w+ ){0,2}?)?(by|from|of)\s+(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_TAIL_ENDS = re.compile(r",|;|\s[—–-]|\b(?:who|which|that|dated|on|in|at)\s")
_POSSESSOR = re.compile(r"(?:the|an?)\s+[\w\s-]{2,30}?(?=['’]s\s)", re.IGNORECASE)
_BODY = re.compile(
    r"(?:the\s+|an?\s+)?((?:[\w-]+\s+){0,3}(?:ministry|army|police|military|government|presidency|embassy|navy|office|commission|rebel|militia))\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""What issues it, before its noun: "a foreign ministry statement"."""
_UTTERED = frozenset(
    "statement tweet letter post message release communique communiqué note text video recording speech remark comment memo "
    "email e-mail reply response".split()
)
"""What its writer was just told to have said: "the statement" is whoever spoke last."""
_BACK = 3
"""Sentences within which somebody has spoken whose statement "the statement" is."""
_TITLES = frozenset({"Organization", "Person"})


class Issuers:
    """Who issued the documents of one report."""

    def __init__(self, document: Document, roster: Roster, discourse: Discourse, phrases: PhraseBook) -> None:
        self._document, self._roster, self._discourse, self._phrases = document, roster, discourse, phrases
        self._known: dict[str, int] = {}

    def issuer(
        self,
        phrase: NounPhrase,
        span: tuple[int, int],
        names: Sequence[Name],
        speaker: int | None,
        speakers: Sequence[tuple[int, int]],
        described: Callable[[int, int], tuple[int, ...]],
    ) -> int | None:
        """The entity that a document comes from, or None where the report does not say.

        Args:
            phrase: the document's noun phrase, which stands at `span`.
            names: the names in it.
            speaker: who speaks where it stands.
            speakers: (offset, entity) of everyone who has spoken so far.
            described: a span → the entities that its words name.
        """
        found = self._told(phrase, span, names, speaker, described)
        if found is None and phrase.definite and not phrase.plural and not _FROM.search(self._rest(phrase, span)):
            found = self._known.get(phrase.head)
            if found is None and phrase.head in _UTTERED and phrase.core.lower() == phrase.head:
                found = self._last(span[0], speakers)
        if found is not None:
            self._known[phrase.head] = found
        return found

    def _rest(self, phrase: NounPhrase, span: tuple[int, int]) -> str:
        return self._document.text[span[0] + phrase.at[1] : span[1]]

    def _last(self, start: int, speakers: Sequence[tuple[int, int]]) -> int | None:
        home = self._document.sentence_at(start)
        before = [(at, n) for at, n in speakers if 0 < home - self._document.sentence_at(at) <= _BACK]
        return max(before)[1] if before else None

    def _told(
        self,
        phrase: NounPhrase,
        span: tuple[int, int],
        names: Sequence[Name],
        speaker: int | None,
        described: Callable[[int, int], tuple[int, ...]],
    ) -> int | None:
        """Where its own phrase says so: "his", a name before or after its noun, whoever it is "from"."""
        start, end = span
        text = self._document.text
        if phrase.possessive and (owners := self._discourse.pronoun(phrase.possessive, start, speaker)):
            return owners[0]
        head = start + phrase.at[0]
        bearers = [n for n in names if n.label in _TITLES]
        before = [n for n in bearers if n.end <= head]
        if before and (owner := self._roster.entity_of(before[-1])) is not None:
            return owner
        if m := _POSSESSOR.match(text, start, head):
            at = self._discourse.word_at(m.end() - 1)
            if at in self._phrases.heads:
                return self._phrases.heads[at]
        if not before and phrase.head in _UTTERED and (m := _BODY.match(text, start, head)):
            if found := described(m.start(1), m.end(1)):
                return found[0]
        for m in _FROM.finditer(text, start + phrase.at[1], end - 1):
            for n in bearers:
                if n.start == m.end() and (owner := self._roster.entity_of(n)) is not None:
                    return owner
            if m[1].lower() != "of" and not text[m.end()].isdigit():
                stop = _TAIL_ENDS.search(text, m.end(), end)
                if found := described(m.end(1) + 1, stop.start() if stop else end):
                    return found[0]
        return None
