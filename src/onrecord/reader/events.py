"""Encoder scores and statements -> events: one `EventDraft` per happening, in PLOVER types.

Triggers are decoded per word, their actors, recipients, places and times given the trigger; `happenings` joins the
triggers of one happening, `statuses` weighs its status.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader import happenings, statuses
from onrecord.reader.arguments import Arguments, arguments, candidates
from onrecord.reader.attribution import chars
from onrecord.reader.chains import Telling
from onrecord.reader.contents import speaks_of
from onrecord.reader.labels import STATUSES
from onrecord.reader.vows import threatens

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.reader.arguments import Rated
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores, Span

MIN_TRIGGER_SCORE = 0.70
"""Swept .50-.70 on coded reports held out of training: F1 .54, .56, .56, .56; with both sides .27, .29, .30, .30."""
OUTSIDE_BIAS = 0.15
"""Triggers are rarer in the codings than what a reader would accept: the bar of "none" is lowered by this."""
MENTION_SHARE = 0.3
"""How much a later trigger's opinion on the status counts beside the first's (swept 0-.5)."""
_SPEECH = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"})
"""Types that are done by saying: done by the source of a statement, they are told by the report."""
_OF_WAR = re.compile(r"\b(?:prisoners?|laws?|acts?|state|spoils|weapons?|wounds) of $|[-–]$", re.IGNORECASE)
_WAR_AS_PART = re.compile(
    r"\s+(?:crimes?|criminals?|veterans?|cabinet|correspondents?|reporters?|monitors?|rooms?|dead|widows?|graves?|chests?)\b",
    re.IGNORECASE,
)
_FIRST = frozenset({"i", "we", "us", "our", "me", "my"})
_CLAUSE_END = re.compile(
    r"[,;:.!?\"“”]|\s(?:and|but|after|before|while|when|as|because|since|although)\s", re.IGNORECASE
)


@dataclass(slots=True)
class EventDraft:
    """One happening in the making; spans are character ranges."""

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
    """The innermost statement whose content tells it; None where the report itself does."""
    is_cue: bool = False
    leaning: list[float] = field(default_factory=list)
    """Log-odds of every status."""
    rated: list[list[Rated]] = field(default_factory=list)
    """For each naming, the phrases around it with their probabilities as actor and as recipient."""


def find_events(
    document: Document,
    scores: Scores,
    statements: list[Attribution],
    names: list[Span] | None = None,
    inside: Callable[[int], bool] = lambda offset: offset >= 0,
) -> list[EventDraft]:
    """All happenings of a document, by their first trigger.

    Args:
        document: the report's text.
        scores: what the encoder says of it.
        statements: its statements.
        names: its names, as word spans.
        inside: whether an offset lies in the report's own text; triggers elsewhere (in a headline) are left out.
    """
    drafts = [d for d in drafts_of(document, scores, statements, names) if inside(d.trigger[0])]
    named = [happenings.naming(document, d) for d in drafts]
    return [_joined([n.draft for n in group]) for group in happenings.group(named)]


def drafts_of(
    document: Document, scores: Scores, statements: list[Attribution], names: list[Span] | None = None
) -> list[EventDraft]:
    """Every trigger as a draft of its own, in text order."""
    phrases = candidates(document, scores, names or [], statements)
    telling = Telling(statements)
    denials = sorted(c for s in statements if s.act == "deny" for c in s.cues)
    cues = sorted(c for s in statements for c in s.cues)
    return [
        _draft(document, t, arguments(document, scores, t.first, t.last, phrases), telling, cues, _head(scores, t))
        for t in scores.spans("trigger", bias=OUTSIDE_BIAS)
        if t.score >= MIN_TRIGGER_SCORE
        and speaks_of(document, t.first, t.last)
        and not _names_no_war(document, chars(document, t.first, t.last))
        and not (t.label == "REJECT" and _touched(denials, chars(document, t.first, t.last)))  # denying refuses nothing
    ]


def _names_no_war(document: Document, trigger: Range) -> bool:
    """ "Prisoners of war", "war crimes": the word is part of another."""
    start, end = trigger
    if document.text[start:end].lower() != "war":
        return False
    return bool(_OF_WAR.search(document.text, max(0, start - 16), start) or _WAR_AS_PART.match(document.text, end))


def _head(scores: Scores, t: Span) -> list[float]:
    """What the status head says of a trigger."""
    mean: list[float] = scores.tokens["status"][t.first : t.last].mean(axis=0).tolist()
    return mean


def _draft(
    document: Document, t: Span, given: Arguments, telling: Telling, cues: list[Range], head: list[float]
) -> EventDraft:
    trigger = chars(document, t.first, t.last)
    kind = "THREATEN" if t.label == "AGREE" and threatens(document, trigger) else t.label
    draft = EventDraft(kind, trigger, score=t.score)
    draft.actors, draft.recipients, draft.places, draft.times = (
        given.actors, given.recipients, given.places, given.times,
    )  # fmt: skip
    draft.rated = [given.rated]
    draft.clause = clause(document, draft)
    draft.statement = telling.innermost(trigger[0])
    if draft.statement is not None and kind in _SPEECH and _speaks(document, draft, draft.statement):
        draft.statement = draft.statement.within
    draft.is_cue = _touched(cues, trigger)
    draft.leaning = statuses.weigh(list(statuses.signs(document, draft)), head)
    draft.status = STATUSES[draft.leaning.index(max(draft.leaning))]
    return draft


def _speaks(document: Document, draft: EventDraft, told: Attribution) -> bool:
    """Is the actor of an act of speech whoever says it?  "We condemn this," he said: he did, in the report's voice."""
    for start, end in draft.actors:
        words = document.text[start:end].lower()
        inside = any(a <= start < b for a, b in told.contents)
        if not inside and any(a < end and start < b for a, b in told.sources):
            return True
        if inside and words in _FIRST:
            return True
    return False


def _touched(ranges: list[Range], r: Range) -> bool:
    """Does one of some sorted, short ranges share a character with `r`?"""
    at = bisect_left(ranges, (r[1], 0))
    return any(r[0] < end for _, end in ranges[max(0, at - 2) : at])


def clause(document: Document, draft: EventDraft) -> Range:
    """The stretch of the sentence that holds the trigger and its arguments, out to the next comma or conjunction."""
    home = document.sentences[document.sentence_at(draft.trigger[0])]
    roles = [*draft.actors, *draft.recipients, *draft.places, *draft.times]
    held = [r for r in roles if home[0] <= r[0] and r[1] <= home[1]]
    start = min([draft.trigger[0], *(r[0] for r in held)])
    end = max([draft.trigger[1], *(r[1] for r in held)])
    stop = _CLAUSE_END.search(document.text, end, home[1])
    return start, stop.start() if stop else home[1]


def _joined(group: list[EventDraft]) -> EventDraft:
    """The triggers of one happening as one draft: the first, with what only later ones tell."""
    home = group[0]
    for d in group[1:]:
        home.mentions.append(d.trigger)
        home.rated += d.rated
        for role in ("actors", "recipients", "places", "times"):
            if not getattr(home, role):
                setattr(home, role, getattr(d, role))
        home.leaning = [x + MENTION_SHARE * y for x, y in zip(home.leaning, d.leaning, strict=True)]
    home.status = _status(group)
    home.statement = _teller(group)
    return home


def _status(group: list[EventDraft]) -> str:
    """The likeliest; but what only a denial tells is `denied`, and what one side denies and another tells `unknown`."""
    denials = [d.statement is not None and d.statement.act == "deny" for d in group]
    if any(denials):
        return "denied" if all(denials) else "unknown"
    leaning = group[0].leaning
    return STATUSES[leaning.index(max(leaning))]


def _teller(group: list[EventDraft]) -> Attribution | None:
    """Nobody where the report tells the happening in its own voice anywhere; else the first asserting statement."""
    told = [d.statement for d in group]
    if any(s is None for s in told):
        return None
    return next((s for s in told if s is not None and s.act != "deny"), told[0])
