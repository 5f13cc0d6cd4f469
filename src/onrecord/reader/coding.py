"""Small rules that turn words and positions into codebook values: quotation, certainty, modes, contexts, times."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord import records as R

if TYPE_CHECKING:
    from onrecord.reader.actors import ActorBook
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft
    from onrecord.reader.figures import FigureDraft

_PROBABLE = re.compile(r"\b(?:belie\w+|think|thinks|thought|suspect\w*|fear\w*|expect\w*|estimat\w+|hope[sd]?|hinted|suggest\w*|likely|probabl\w+|appear\w*)\b", re.IGNORECASE)
_POSSIBLE = re.compile(r"\b(?:may|might|possib\w+|could|allegedly|reportedly|rumou?r\w*|unconfirmed)\b", re.IGNORECASE)
_MEDIATOR = re.compile(r"\b(?:mediat\w+|broker\w*|host\w*|facilitat\w+|go-betweens?|shuttl\w+)\b", re.IGNORECASE)


def quotation(document: Document, contents: list[Range]) -> str:
    """`direct` where all content stands in quotation marks, `mixed` where some of it does."""
    if not contents:
        return "indirect"
    quoted = sum(max(0, min(e, qe) - max(s, qs)) for s, e in contents for qs, qe in document.quotes)
    total = sum(e - s for s, e in contents)
    if quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted > 0 else "indirect"


def certainty(cue: str, act: str) -> str:
    """Of the source towards the content, from the cue."""
    if _POSSIBLE.search(cue):
        return "possible" if not re.search(r"reportedly|allegedly", cue, re.IGNORECASE) else "unknown"
    if act in ("believe", "estimate") or _PROBABLE.search(cue):
        return "probable"
    return "certain"


def inherit(statements: list[R.Statement], document: Document) -> list[R.Statement]:
    """ "The diplomat said" in the next sentence keeps the broadcaster that cited him in its chain."""
    carried: dict[tuple[str, ...], tuple[int, tuple[R.ChainLink, ...]]] = {}
    found = []
    for s in statements:
        at = min((c.start for c in (*s.cue, *s.content)), default=0)
        home = document.sentence_at(at)
        key = s.source.actors
        if len(s.chain) > 1 and s.within is None and key:
            carried[key] = (home, s.chain[:-1])
        elif len(s.chain) == 1 and key in carried and 0 < home - carried[key][0] <= 2:
            outer = tuple(replace(x, inherited=True) for x in carried[key][1])
            s = replace(s, chain=(*outer, *s.chain))
            carried[key] = (home, outer)
        found.append(s)
    return found


@cache
def _mode_table() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in _rows("modes.tsv"):
        table.setdefault(row[0], []).append((row[1], re.compile(row[2], re.IGNORECASE)))
    return {k: tuple(v) for k, v in table.items()}


@cache
def _context_table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row[0], re.compile(row[1], re.IGNORECASE)) for row in _rows("contexts.tsv"))


def _rows(name: str) -> list[list[str]]:
    text = (resources.files("onrecord.codebook") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def modes(kind: str, trigger: str, clause: str) -> tuple[str, ...]:
    """PLOVER modes of an event: what its trigger says, else what its clause says."""
    table = _mode_table().get(kind, ())
    for words in (trigger, clause):
        for mode, pattern in table:
            if pattern.pattern != "." and pattern.search(words):
                return (mode,)
    return tuple(mode for mode, pattern in table if pattern.pattern == ".")[:1]


def contexts(clause: str) -> tuple[str, ...]:
    """PLOVER contexts that the clause's words show (at most three)."""
    return tuple(c for c, pattern in _context_table() if pattern.search(clause))[:3]


def innermost(statements: list[Attribution], offset: int) -> Attribution | None:
    """The statement with the shortest content that holds the offset."""
    held = [s for s in statements if any(a <= offset < b for a, b in s.contents)]
    return min(held, key=lambda s: sum(b - a for a, b in s.contents)) if held else None


def event_time(document: Document, e: EventDraft, times: list[R.Time]) -> R.EventTime:
    """The time that the trigger's arguments or its clause name; unknown where neither does."""
    dated = [t for t in times if t.begin or t.until]
    given = [t for t in dated if any(a < t.end and t.start < b for a, b in e.times)]
    if not given:
        given = [t for t in dated if e.clause[0] <= t.start < e.clause[1] and t.type in ("DATE", "TIME")]
    if not given:
        return R.EventTime()
    best = min(given, key=lambda t: abs(t.start - e.trigger[0]))
    return R.EventTime(ref=best.id, begin=best.begin, until=best.until, precision=best.precision, basis="stated")


def as_of(
    document: Document, f: FigureDraft, times: list[R.Time], anchor: str | None
) -> tuple[str | None, str | None]:
    """The day at which a figure holds: stated in its sentence, else the anchor for counts that run on."""
    start, end = document.sentences[max(0, document.sentence_at(f.start))]
    days = [t for t in times if start <= t.start < end and t.precision == "day" and t.begin and t.begin == t.until]
    if days:
        return min(days, key=lambda t: abs(t.start - f.start)).begin, "stated"
    if f.change in ("total", "level") and anchor:
        return anchor, "anchor"
    return None, None


_EVENT_MEASURES = {
    "killed": {"ASSAULT"}, "injured": {"ASSAULT", "PROTEST"}, "casualties": {"ASSAULT"}, "missing": {"ASSAULT"},
    "abducted": {"ASSAULT"}, "held": {"COERCE", "ASSAULT"}, "released": {"RETREAT", "CONCEDE"},
    "detained": {"COERCE"}, "displaced": {"SANCTION", "ASSAULT"}, "participants": {"PROTEST", "CONSULT"},
    "troops": {"MOBILIZE", "RETREAT"}, "weapons": {"ASSAULT", "MOBILIZE", "AID"}, "aid": {"AID", "AGREE"},
    "money": {"AID", "AGREE", "SANCTION"}, "votes": {"SUPPORT", "REJECT"}, "incidents": {"ASSAULT"},
}  # fmt: skip


def belongs(f: R.Figure, e: EventDraft, document: Document) -> bool:
    """Does a figure tell the size or toll of an event: a fitting type, in its clause or sentence?"""
    if e.type not in _EVENT_MEASURES.get(f.measure, set()) or f.change not in ("event", "increment", "none"):
        return False
    home = document.sentence_at(f.span.start)
    return any(document.sentence_at(m[0]) == home for m in [e.trigger, *e.mentions])


def mediators(document: Document, book: ActorBook, sentences: list[int]) -> tuple[int, ...]:
    """Entities named beside a word of mediating in some sentences."""
    found: list[int] = []
    for i in dict.fromkeys(sentences):
        start, end = document.sentences[i]
        for m in _MEDIATOR.finditer(document.text, start, end):
            for k, e in enumerate(book.entities):
                if e.kind != "person" and any(abs(s - m.start()) < 40 or abs(t - m.start()) < 40 for s, t in e.mentions if start <= s < end):
                    found.append(k)
    return tuple(dict.fromkeys(found))[:3]
