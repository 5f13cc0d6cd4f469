"""The encoder's names, made consistent over a report: one class per name, known bodies and datelines put right."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import country_by_name
from onrecord.reader.encoder import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores

MIN_SCORE = 0.35
_POSSESSIVE = re.compile(r"['’]s?$")
_STATE_AFTER = re.compile(
    r"['’]s?\s+(?:\w+\s+)?(?:government|army|military|parliament|president|prime|foreign|defen[cs]e|ministry|police|capital|"
    r"border|coast|forces|economy)\b"
)


def find_names(document: Document, scores: Scores, places: Iterable[Range] = ()) -> list[Span]:
    """Names as word spans with their class, in text order; `places` are known place names (a dateline's)."""
    found = [s for s in scores.spans("ner") if s.score >= MIN_SCORE and s.label not in ("Date", "Money")]
    fixed = [Span(w.start, w.stop, "Location", 1.0) for r in places if len(w := document.words_in(*r))]
    found = [s for s in found if not any(s.first < f.last and f.first < s.last for f in fixed)] + fixed
    found += _known(document, found)
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for s in found:
        votes[_key(document, s)][s.label] += s.score + _hint(document, s)
    settled = [
        Span(s.first, s.last, _settle(document, s, votes[_key(document, s)]), s.score)
        for s in sorted(found, key=lambda s: s.first)
    ]
    return [s for s in settled if any(c.isupper() for c in _words(document, s))]


def _known(document: Document, found: list[Span]) -> list[Span]:
    """Bodies of the actor table that the encoder passed over: the longest run of capitalised words that it lists."""
    taken = {i for s in found for i in range(s.first, s.last)}
    extra: list[Span] = []
    for first, last in document.sentence_words:
        i = first
        while i < last:
            n = next((n for n in range(min(4, last - i), 0, -1) if _listed(document, i, i + n, taken)), 0)
            if n:
                extra.append(Span(i, i + n, "Organization", 0.6))
            i += n or 1
    return extra


def _listed(document: Document, first: int, last: int, taken: set[int]) -> bool:
    words = [document.word(i) for i in range(first, last)]
    if not (words[0][:1].isupper() and words[-1][:1].isupper()) or any(i in taken for i in range(first, last)):
        return False
    if len(words) == 1 and len(words[0]) < 4:
        return False
    known = actor_by_alias(" ".join(words))
    return known is not None and known.kind in ("organization", "group", "media")


def _words(document: Document, s: Span) -> str:
    return document.text[document.words[s.first][0] : document.words[s.last - 1][1]]


def _key(document: Document, s: Span) -> str:
    return _POSSESSIVE.sub("", _words(document, s))


def _hint(document: Document, s: Span) -> float:
    """A lone "person" that has a government, or stands after "in", votes as the place that it is."""
    if s.label != "Location" or s.last - s.first > 2:
        return 0.0
    after = document.text[document.words[s.last - 1][1] : document.words[s.last - 1][1] + 30]
    return 1.0 if _STATE_AFTER.match(after) else 0.0


def _settle(document: Document, s: Span, votes: dict[str, float]) -> str:
    """The class that the report as a whole gives a name; tables decide where they know it."""
    name = _key(document, s)
    if s.label in ("Location", "Organization", "Person", "Misc") and country_by_name(name):
        return "Location"
    known = actor_by_alias(name)
    if known and known.kind in ("organization", "group", "media") and s.label != "NORP":
        return "Organization"
    end = document.words[s.last - 1][1]
    if s.label == "Person" and s.last - s.first == 1 and _STATE_AFTER.match(document.text[end : end + 40]):
        return "Location"
    return max(sorted(votes), key=lambda label: votes[label])
