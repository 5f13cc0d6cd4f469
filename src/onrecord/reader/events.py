"""Encoder scores and statements -> events: one `EventDraft` per happening, in PLOVER types.

Triggers are decoded per word, their actors, recipients, places and times given the trigger; triggers of one
happening are joined by type, stem, arguments and definiteness.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.attribution import Attribution, chars

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores

MIN_TRIGGER_SCORE = 0.45
OUTSIDE_BIAS = 0.15
"""Triggers are rarer in the codings than what a reader would accept: the bar of "none" is lowered by this."""
MIN_ARGUMENT_SCORE = 0.40
MAX_SENTENCES_APART = 40

_FUTURE = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned|ning)?|intend(?:s|ed)?|set to|due to|scheduled|expected to|about to|going to|"
    r"to be|later this|next (?:week|month|year)|preparing to|poised to)\b",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|n['’]t|never|no|without|failed to|unable to)\b", re.I)
_ATTEMPT = re.compile(r"\b(?:attempt(?:ed|s|ing)?|tried|tries|trying|failed|foiled|thwarted|bid) (?:to )?\b", re.I)
_CONDITION = re.compile(r"\b(?:if|unless|should|in exchange for|provided|on condition that)\b", re.I)
_HAVE_NOMINAL = re.compile(r"(?:tion|sion|ment|ing|al|ack|ike|ege|ade|ence|ance|ism|est|ade|aid|th|cord|eal|uce|ire|ar|sis|ow|ot|up)s?$")
_SPEECH = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})


@dataclass(slots=True)
class EventDraft:
    """One happening in the making."""

    type: str
    trigger: Range
    mentions: list[Range] = field(default_factory=list)
    actors: list[Range] = field(default_factory=list)
    recipients: list[Range] = field(default_factory=list)
    places: list[Range] = field(default_factory=list)
    times: list[Range] = field(default_factory=list)
    status: str = "occurred"
    score: float = 1.0
    clause: Range = (0, 0)
    statement: Attribution | None = None
    """The innermost statement whose content tells it."""
    is_cue: bool = False


def find_events(document: Document, scores: Scores, statements: list[Attribution]) -> list[EventDraft]:
    """All happenings of a document, by their first trigger."""
    drafts = [
        _draft(document, scores, t.first, t.last, t.label, t.score, statements)
        for t in scores.spans("trigger", bias=OUTSIDE_BIAS)
        if t.score >= MIN_TRIGGER_SCORE
    ]
    return _join(document, drafts)


def _draft(
    document: Document, scores: Scores, first: int, last: int, label: str, score: float, statements: list[Attribution]
) -> EventDraft:
    trigger = chars(document, first, last)
    draft = EventDraft(label, trigger, score=score)
    for a in scores.arguments("event", first):
        if a.score < MIN_ARGUMENT_SCORE:
            continue
        kind = {"actor": draft.actors, "recipient": draft.recipients, "place": draft.places, "time": draft.times}
        kind[a.label].append(chars(document, a.first, a.last))
    draft.clause = clause(document, draft)
    draft.status = status(document, scores, first, last, draft)
    told = [s for s in statements if any(a <= trigger[0] < b for a, b in s.contents)]
    if told:
        draft.statement = min(told, key=lambda s: sum(b - a for a, b in s.contents))
    draft.is_cue = any(a < trigger[1] and trigger[0] < b for s in statements for a, b in s.cues)
    return draft


def clause(document: Document, draft: EventDraft) -> Range:
    """The stretch of the sentence that holds the trigger and its arguments, out to the next comma or conjunction."""
    home = document.sentences[document.sentence_at(draft.trigger[0])]
    held = [r for r in [*draft.actors, *draft.recipients, *draft.places, *draft.times] if home[0] <= r[0] and r[1] <= home[1]]
    start = min([draft.trigger[0], *(r[0] for r in held)])
    end = max([draft.trigger[1], *(r[1] for r in held)])
    rest = document.text[end : home[1]]
    stop = re.search(r"[,;:.!?\"“”]|\s(?:and|but|after|before|while|when|as|because|since|although)\s", rest)
    end += stop.start() if stop else len(rest)
    return start, end


def status(document: Document, scores: Scores, first: int, last: int, draft: EventDraft) -> str:
    """The head's status, unless the words before the trigger say otherwise."""
    label, sure = scores.best("status", first, last)
    home = document.sentences[document.sentence_at(draft.trigger[0])]
    before = document.text[max(home[0], draft.trigger[0] - 30) : draft.trigger[0]]
    if label == "occurred" and sure < 0.9:
        if re.search(r"\b(?:will|would|plans? to|planned to|due to|set to|scheduled to|intends? to|expected to)\s+(?:\w+\s+){0,2}$", before):
            return "planned"
        if re.search(r"\b(?:not|n['’]t|never)\s+(?:\w+\s+)?$", before):
            return "not_occurred"
    return label


def stem(text: str) -> str:
    """A rough stem of a trigger, so that "attacked" meets "attacks" and "killing" meets "killed"."""
    word = max(text.lower().split(), key=len) if text.split() else ""
    for end in ("ations", "ation", "ions", "ion", "ings", "ing", "ments", "ment", "ers", "er", "ed", "es", "s", "e", "al"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


_FAMILIES: tuple[frozenset[str], ...] = (
    frozenset("attack bomb blast explo detonat shell strik strike airstrike raid assault kill dead died death shot shoot fir fire wound injur massacre stab violenc incident clash fight fought battl offensiv ambush".split()),
    frozenset("meet met talk negotiat summit discuss dialogu session round visit confer".split()),
    frozenset("protest demonstrat rall march unrest riot".split()),
    frozenset("ceasefir truce cease agreement deal accord".split()),
    frozenset("arrest detain detent custod held jail imprison".split()),
    frozenset("convict sentenc guilt verdict conviction".split()),
    frozenset("accus alleg blam charg investigat inquir prob trial indict lawsuit suit".split()),
    frozenset("releas free freed swap exchang".split()),
    frozenset("blockad sieg besieg encircl".split()),
)


def _family(text: str) -> int:
    s = stem(text)
    for i, f in enumerate(_FAMILIES):
        if any(s.startswith(w) or (len(s) > 4 and w.startswith(s)) for w in f):
            return i
    return -1


def _definite(document: Document, r: Range) -> bool:
    before = document.text[max(0, r[0] - 40) : r[0]]
    return bool(re.search(r"\b(?:the|this|that|these|those|its|their|his|her)\s+(?:[\w-]+\s+){0,2}$", before, re.I))


def same_happening(document: Document, a: EventDraft, b: EventDraft) -> bool:
    """May a later draft `b` name the happening of `a` again?"""
    if a.type != b.type:
        return False
    text = document.text
    ta, tb = text[slice(*a.trigger)], text[slice(*b.trigger)]
    stems = {stem(text[slice(*m)]) for m in [a.trigger, *a.mentions]}
    families = {_family(text[slice(*m)]) for m in [a.trigger, *a.mentions]} - {-1}
    apart = document.sentence_at(b.trigger[0]) - document.sentence_at(a.trigger[0])
    if apart > MAX_SENTENCES_APART or _conflict(document, a, b):
        return False
    if stem(tb) in stems:
        return True
    if _family(tb) in families:
        if apart == 0:
            return True
        return _definite(document, b.trigger) or apart <= 2 and a.type == "ASSAULT"
    return ta.lower() == tb.lower()


def _words(document: Document, ranges: list[Range]) -> set[str]:
    return {
        w
        for r in ranges
        for w in re.findall(r"[\w'’]+", document.text[slice(*r)].lower())
        if len(w) > 3 or w.isdigit()
    }


def _conflict(document: Document, a: EventDraft, b: EventDraft) -> bool:
    """Explicit arguments that cannot both belong to one happening: different named actors, days or places."""
    for role in ("actors", "recipients", "places", "times"):
        ra, rb = getattr(a, role), getattr(b, role)
        if not ra or not rb:
            continue
        wa, wb = _words(document, ra), _words(document, rb)
        named = all(any(c.isupper() or c.isdigit() for c in document.text[slice(*r)]) for r in [*ra, *rb])
        if wa and wb and not wa & wb and named:
            return True
    planned = {"planned", "proposed", "conditional"}
    return (a.status in planned) != (b.status in planned) and a.type in ("ASSAULT", "RETREAT", "CONSULT")


def _join(document: Document, drafts: list[EventDraft]) -> list[EventDraft]:
    kept: list[EventDraft] = []
    for d in drafts:
        home = next((k for k in reversed(kept) if same_happening(document, k, d)), None)
        if home is None:
            kept.append(d)
            continue
        home.mentions.append(d.trigger)
        for role in ("actors", "recipients", "places", "times"):
            if not getattr(home, role):
                setattr(home, role, getattr(d, role))
        home.statement = home.statement if home.statement is None or d.statement is not None else None
    return kept
