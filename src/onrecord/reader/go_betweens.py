"""Words of mediating, hosting and vouching -> who stands between the parties (`mediating`), and at which happenings."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

REACH = 45
"""Characters within which a name belongs to a word of mediating."""
MOST = 4
"""More third parties than this at one happening are a misreading."""
_BY = re.compile(
    r"\b(?:mediat\w+|broker\w+|host\w+|facilitat\w+|sponsored|arranged|negotiated|supervised|overseen|guaranteed|convened)"
    r" (?:\w+ )?by\b|\b(?:guarantees?|supervision|mediation|auspices|good offices) (?:by|of|from)\b|\bgo-betweens?:?|"
    r"\b(?:through|via|thanks to) (?=(?:the )?[\w ]{0,20}(?:mediators?|leaders|elders|officials|mosques|envoys?))",
    re.IGNORECASE,
)
"""What goes before a third party."""
_DOES = re.compile(
    r"-(?:mediated|brokered|sponsored|hosted|led) (?:talks|negotiations|deal|truce|meeting|round|ceasefire|agreement|accord)|"
    r"\b(?:mediat(?:es?|ed|ing)|broker(?:s|ed|ing)?|host(?:s|ed|ing)?|facilitat(?:es?|ed|ing)|shuttl(?:es?|ed|ing)|"
    r"acting as (?:a )?(?:go-between|mediators?)|act as (?:a )?(?:go-between|mediators?|middlem[ae]n)|"
    r"carried messages|intervened|(?:a|the) guarantors?)\b(?! by\b)(?! in (?:a|the) statement)",
    re.IGNORECASE,
)
"""What follows a third party."""
_IS = re.compile(
    r"\b(?:mediat(?:ors?|ion team)|go-betweens?|intermediar(?:y|ies)|guarantors?|facilitators?)\b", re.IGNORECASE
)
"""What names one."""
_LIST = re.compile(r"\s*,?\s*(?:and|together with|,)?\s*(?:the\s+)?", re.IGNORECASE)
_TALKING = re.compile(
    r"\b(?:talks?|negotiat\w*|rounds?|mediat\w*|contacts?|consultations|process|shuttl\w*|diplomacy|meeting|met|summit|"
    r"dialogue|efforts|discuss\w*|messages|brokered|hosted|bridge)\b",
    re.IGNORECASE,
)
_DEALING = frozenset({"AGREE", "SUPPORT", "RETREAT", "CONCEDE", "COOPERATE"})


def mediating(document: Document, names: Sequence[Range]) -> list[Range]:
    """Those of the actors' mentions (`names`, any order) that words of mediating mark, in text order."""
    sorted_names = sorted(set(names))
    starts = [s for s, _ in sorted_names]
    found: set[Range] = set()
    text = document.text
    for m in _BY.finditer(text):
        found.update(_row(text, sorted_names, bisect_left(starts, m.end()), m.end()))
    for m in _DOES.finditer(text):
        found.update(_before(document, sorted_names, bisect_left(starts, m.start()), m.start()))
    found.update(r for r in sorted_names if r[1] - r[0] < 60 and _IS.search(text, *r))
    return sorted(found)


def _row(text: str, names: list[Range], first: int, offset: int) -> Iterator[Range]:
    """The name that follows an offset, and those that a list adds to it: "by Kenya and the African Union"."""
    end = offset
    for start, stop in names[first : first + 6]:
        gap = text[end:start]
        near = len(gap) < 12 if end == offset else _LIST.fullmatch(gap) is not None
        if start < end:
            continue
        if not near or re.search(r"[.;:]", gap):
            return
        yield start, stop
        end = stop


def _before(document: Document, names: list[Range], after: int, offset: int) -> Iterator[Range]:
    """The names that end before an offset in its sentence, close to it or in a list with one that is."""
    home = document.sentences[max(0, document.sentence_at(offset))][0]
    edge = offset
    for start, stop in reversed(names[max(0, after - 6) : after]):
        gap = document.text[stop:edge] if stop <= edge else ""
        reach = REACH if edge == offset else 0
        if start < home or (len(gap) > reach and not _LIST.fullmatch(gap)) or re.search(r"[;:]", gap):
            return
        yield start, stop
        edge = start


def third_parties(document: Document, e: EventDraft, between: Sequence[Range]) -> list[Range]:
    """Who of those between the parties belongs to a happening: named beside it, or anywhere for a round of talks."""
    taken = {*e.actors, *e.recipients}
    free = [r for r in between if not any(a < r[1] and r[0] < b for a, b in taken)]
    if e.type != "CONSULT" and e.type not in _DEALING:
        return []
    homes = {document.sentence_at(n[0]) for n in [e.trigger, *e.mentions]}
    here = [r for r in free if document.sentence_at(r[0]) in homes]
    if here or e.type != "CONSULT":
        return here[:MOST]
    namings = " / ".join(document.text[slice(*n)] for n in [e.trigger, *e.mentions])
    return free[:MOST] if _TALKING.search(namings) else []
