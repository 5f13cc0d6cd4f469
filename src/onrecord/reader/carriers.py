"""Words that tell who carried what somebody said -> the outer link of its chain: "in remarks carried by the Lake Post"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.contents import inside_any, trim
from onrecord.reader.stand_party import subject

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range

_UTTERANCE = (
    r"(?:statements?|interviews?|videos?|letters?|recordings?|messages?|remarks|comments|speech|footage|tapes?|communiqu[eé]s?|"
    r"transcripts?|op-ed|article)"
)
_DAY = r"(?:\s+(?:late\s+|early\s+)?(?:on\s+)?\w+day)?"
_CARRIED = re.compile(
    rf"\b(?:quoted|cited|reported)\s+as\s+\w+ing{_DAY}\s+by\s+(?=\w)|\b(?:quoted|cited){_DAY}\s+by\s+(?=\w)|"
    rf"\b{_UTTERANCE}\s+(?:(?:was|were|that\s+was|that\s+were|which\s+was)\s+)?(?:carried|published|aired|broadcast|printed|relayed|"
    rf"distributed|reported){_DAY}\s+by\s+(?=\w)"
)
_WHO = re.compile(
    r"(?:(?!(?:which|who|that|as|on|in|at|after|late|early|said|says|\w+day)\b)[\w’'-]+(?:\.(?=\w))?\s?){1,8}"
)
_CARRIES = re.compile(
    r"\b(?:carried|carries|published|aired|broadcast|ran|posted|issued|released|showed|distributed|circulated|printed)\s+"
    rf"(?:(?:an?|the|his|her|its|their)\s+)?(?:[\w-]+\s+){{0,3}}?{_UTTERANCE}\s+(?:by|with|of|from|attributed to|showing)\s+"
)
_ITSELF = frozenset({"it", "they"})
"""What carries it may be meant: "the station aired footage of what it said was a convoy"."""


def carried(document: Document, found: list[Attribution]) -> None:
    """Give statements the outer link that the words around name.

    "In comments carried by state radio, Orl said", "was quoted as saying by the Lake Post", "the station aired an
    interview with Orl in which he said".
    """
    by_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        if a.cues and a.contents and a.sources and not a.outer:
            by_sentence.setdefault(document.sentence_at(a.cues[0][0]), []).append(a)
    for i, told in by_sentence.items():
        start, end = document.sentences[i]
        for m in _CARRIED.finditer(document.text, start, end):
            if who := _WHO.match(document.text, m.end(), end):
                _link(told, m.span(), trim(document.text, *who.span()))
        for m in _CARRIES.finditer(document.text, start, end):
            later = [
                a
                for a in told
                if a.cues[0][0] >= m.end() and document.text[slice(*a.sources[0])].lower() not in _ITSELF
            ]
            if carrier := subject(document.text, start, m.start()):
                _link(later, m.span(), carrier)


def _link(told: list[Attribution], mark: Range, who: Range) -> None:
    """Make `who` the outer link of the statements of the source nearest to the words at `mark`, unless he speaks."""
    free = [a for a in told if not a.outer and not inside_any(mark, a.contents)]
    if not free or who[0] >= who[1]:
        return
    nearest = min(free, key=lambda x: min(max(c[0] - mark[1], mark[0] - c[1]) for c in x.cues))
    for a in free:
        if a.sources == nearest.sources and not any(s < who[1] and who[0] < e for s, e in [*a.sources, *a.contents]):
            a.outer = [who]
