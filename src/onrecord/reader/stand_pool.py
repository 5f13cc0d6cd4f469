"""Rules and the encoder's head -> every stretch that may be a position, before any is believed (`pool`).

The head alone is too strict on reports unlike those that it learned from: here its bar is lowered step by step, and
what rules state weakly comes in, too.  What is kept is weighed in `stand_signs`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reader.attribution import chars
from onrecord.reader.contents import speaks_of
from onrecord.reader.encoder import stretches
from onrecord.reader.issues import issue_of
from onrecord.reader.labels import EVENT_TYPES
from onrecord.reader.stand_extent import VERBS, complement, extents
from onrecord.reader.stand_frame import SPEECH_ACTS, Frame, PositionDraft
from onrecord.reader.stands import find_stands

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores, Span

LIFTS = (1.0, 3.0)
"""Log-odds that are added to every word of the head, one reading each."""
SWITCH = 0.5
FAINT = 0.03
"""Sentences none of whose words the head gives this much are passed over."""
SAME = 0.8
"""Overlap from which a stretch of the head is the rule's own."""
MIN_ARGUMENT_SCORE = 0.40
SURE_ISSUE = 0.60
"""From here on the head's issue is taken for a span whose words name none."""
DIM = 0.01
"""What the head must give some word of a stretch that grammar alone suggests."""
SPOKEN = 0.3
"""Probability from which a word counts as a trigger of speech."""
_SPEECH = [EVENT_TYPES.index(t) + 1 for t in sorted(SPEECH_ACTS | {"PROTEST", "CONCEDE", "COOPERATE"})]
_PREPOSITION = re.compile(r"\s+(?:\w+ly )?(?:for|on|against|to|with|of|in favou?r of|at)\s+")
_LEADS = frozenset("to the a an that no not".split())
_OPENERS = frozenset("to the a an that".split())
_NO_LEADS = frozenset("if unless until once when while whether including is are was were".split())
"""Words that stand before what is wanted, never in it."""
_PARTICLES = frozenset("up out over down off back away".split())
_REST = re.compile(
    r"(?:[ -](?!(?:in|on|at|by|for|from|with|to|about|into|over|against|through|within|as|and|or|than|that|which|who|while|is|are|was|were|"
    r"will|would|has|have|had|be|been|said|also|too|not|but|even|ago|there|here|then|again|so|now|today|yesterday|last|this|next|\w+ly|"
    r"\w+ed|\w+day)\b)[\w’'.]+){1,3}$|\sof(?:\s(?:the|an?|its|his|her|their|our|all))?(?:\s[\w’'-]+){1,3}$",
    re.IGNORECASE,
)
"""What may be missing at the end of a noun phrase: a few words without a joint, or "of" somebody."""


def pool(document: Document, scores: Scores, frame: Frame) -> list[PositionDraft]:
    """All candidates of a document, those of rules before those of the head."""
    stated = find_stands(document, frame.statements, frame.events, frame=frame)
    found: list[PositionDraft] = []
    held: dict[int, list[Range]] = {}
    arguments: dict[int, list[Span]] = {}
    for d in [*stated, *frame.spare]:
        home = held.setdefault(document.sentence_at(d.span[0]), [])
        if all(_core(document, d.span) != other for other in home) and len(document.words_in(*d.span)):
            home.append(_core(document, d.span))
            found.append(d)
            _name_issue(document, scores, d)
    for first, last in [*_of_head(document, scores), *_of_words(document, scores)]:
        begin = _lead(document, first, last)
        span = chars(document, begin, last)
        home = held.setdefault(document.sentence_at(span[0]), [])
        if all(shared(_core(document, span), other) < SAME for other in home):
            home.append(_core(document, span))
            found.append(_draft(document, scores, frame, begin, last, arguments))
    return found


def _core(document: Document, span: Range) -> Range:
    """A span without the particle or article that it opens with, which one reading has and another has not."""
    words = document.words_in(*span)
    first = next((i for i in words if document.word(i).lower() not in _OPENERS), None)
    return (document.words[first][0], span[1]) if first is not None else span


def shared(a: Range, b: Range) -> float:
    """What two spans have in common, as a share of what they cover together."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0


def _name_issue(document: Document, scores: Scores, draft: PositionDraft) -> None:
    """The head's issue of a span whose words name none, where it is sure."""
    words = document.words_in(*draft.span)
    if draft.issue == "other" and len(words):
        issue, sure = scores.best("issue", words.start, words.stop)
        if sure >= SURE_ISSUE:
            draft.issue = issue


def _of_head(document: Document, scores: Scores) -> list[Range]:
    """Word ranges that the head sees, the strictest reading first."""
    if not document.words:
        return []
    inside = np.clip(scores.tokens["position"][:, 1:].sum(axis=1), 1e-4, 1 - 1e-4)
    odds = np.log(inside / (1 - inside))
    found = [(s.first, s.last) for s in scores.spans("position")]
    for first, last in document.sentence_words:
        if last - first > 1 and float(inside[first:last].max()) >= FAINT:
            for lift in LIFTS:
                lifted = 1 / (1 + np.exp(-(odds[first:last] + lift)))
                found += [(s.first, s.last) for s in stretches(lifted, first, "position", switch=SWITCH)]
    cut = (_whole(document, *_content_words(document, *f)) for f in dict.fromkeys(found))
    return [(first, last) for first, last in dict.fromkeys(cut) if last - first > 1]


def _of_words(document: Document, scores: Scores) -> list[Range]:
    """Word ranges of infinitives, and of what the triggers of speech take, where the head sees anything at all."""
    text, inside = document.text, scores.tokens["position"][:, 1:].sum(axis=1)
    speech = scores.tokens["trigger"][:, _SPEECH].sum(axis=1)
    found: list[Range] = []
    for (first, last), (_, limit) in zip(document.sentence_words, document.sentences, strict=True):
        if last - first < 2 or float(inside[first:last].max()) < DIM:
            continue
        spans: list[Range] = []
        for i in range(first, last - 1):
            start, end = document.words[i]
            if text[start:end] == "to" and float(inside[i : i + 4].max()) >= DIM:
                spans += (
                    extents(text, document.words[i + 1][0], limit, "i") if text[end + 1 : end + 2].islower() else []
                )
            elif speech[i] >= SPOKEN and float(inside[i : i + 12].max()) >= FAINT:
                after = _PREPOSITION.match(text, end, limit)
                taken = complement(text, after.end() if after else end, limit, "n" if after else "oitn")
                spans += taken.spans if taken else ()
        words = (document.words_in(*s) for s in spans)
        found += [(w.start, w.stop) for w in words if w and float(inside[w.start : w.stop].max()) >= DIM]
    return found


def _draft(
    document: Document, scores: Scores, frame: Frame, first: int, last: int, arguments: dict[int, list[Span]]
) -> PositionDraft:
    """A position that the head alone sees."""
    span = chars(document, first, last)
    stance, _ = scores.best("stance", first, last)
    issue = issue_of(document.text[slice(*span)], scores.best("issue", first, last))
    draft = PositionDraft(span, stance, issue)
    seen = float(scores.tokens["position"][first:last, 1:].sum(axis=1).max()) >= FAINT
    if seen and first not in arguments:
        arguments[first] = scores.arguments("stand", first)
    for a in arguments[first] if seen else ():
        if a.score < MIN_ARGUMENT_SCORE:
            continue
        if a.label == "party":
            draft.parties.append(chars(document, a.first, a.last))
        elif (given := _content_words(document, a.first, a.last)) and given[1] - given[0] > 1:
            draft.gives.append(chars(document, *given))
    told = frame.told(span[0])
    draft.statement = told[0] if told else None
    draft.event = frame.speech_before(span[0])
    draft.toward = list(draft.event.recipients) if draft.event else []
    return draft


def _content_words(document: Document, first: int, last: int) -> Range:
    """A span of the head without the particles and marks at its ends ("to", "of a"); a "to" that leads a verb stays."""
    while first < last and not (
        speaks_of(document, first, first + 1) or document.word(first).lower() in _LEADS or _particle(document, first)
    ):
        first += 1
    while first < last and not speaks_of(document, last - 1, last):
        last -= 1
    return first, last


def _lead(document: Document, first: int, last: int) -> int:
    """Where a span begins: behind a word that only leads to it ("if"), at the verb whose particle it opens with ("over all
    captives")."""
    word = document.word(first).lower()
    if word in _NO_LEADS and last - first > 2:
        return first + 1
    return first - 1 if _particle(document, first) else first


def _particle(document: Document, i: int) -> bool:
    """Does a word complete the verb before it ("hand over")?"""
    return document.word(i).lower() in _PARTICLES and i > 0 and document.word(i - 1) in VERBS


def _whole(document: Document, first: int, last: int) -> Range:
    """A span of the head up to the end of its phrase, which it often breaks off a word or two before."""
    if last - first < 1:
        return first, last
    start, end = chars(document, first, last)
    limit = document.sentences[document.sentence_at(start)][1]
    ends = extents(document.text, start, limit, "n")
    if ends and ends[0][1] > end and _REST.match(document.text, end, ends[0][1]):
        last = document.words_in(start, ends[0][1]).stop
    return first, last
