"""A candidate of `stand_pool` -> what speaks for and against its being a position (`signs`), and which are kept (`keep`).

The weights are fitted on coded reports by `training/fit_positions.py`.  The encoder's numbers come in steps of log-odds,
so that other weights of the encoder do not throw them off.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from onrecord.reader.labels import EVENT_TYPES
from onrecord.reader.stand_pool import shared
from onrecord.reader.stand_weights import weighed
from onrecord.reader.stand_words import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores
    from onrecord.reader.stand_frame import Frame, PositionDraft

BAR = -0.7
"""Log-odds from which a candidate is kept: what is more likely than not to be wrong still pays, as most of what is wrong
by the codings is a position that the coder passed over (F1 is nearly flat from -1.2 to -.5)."""
REACH = 8
"""Words before a span among which its governing word is looked for."""
MARKER = re.compile(
    r"\b(if|unless|until|once|when|whether|without|before|as long as|provided|on condition|in (?:exchange|return) for)\b(?:[^,;:.“”\"]*)$",
    re.IGNORECASE,
)
"""What makes the clause that a span stands in a condition."""
MAX_CLAUSE_CHARS = 80
SMALL = frozenset(
    'to for on of the a an that in with from at by and its their his her our any as into up be been not also , “ ” "'.split()
)
"""Words that govern nothing."""
_OPENERS = frozenset("to the a an that not no be his its their".split())
_PRONOUN = re.compile(r"(?:I|we|he|she|they|it)$", re.IGNORECASE)


def rate(frame: Frame, scores: Scores, found: Sequence[PositionDraft]) -> None:
    """Give every candidate its log-odds as its score."""
    beside: dict[int, list[PositionDraft]] = {}
    for d in found:
        beside.setdefault(frame.document.sentence_at(d.span[0]), []).append(d)
    for rivals in beside.values():
        for d in rivals:
            d.score = weighed("keep", signs(frame, scores, d, rivals))


def keep(found: Sequence[PositionDraft], bar: float = BAR) -> list[PositionDraft]:
    """The best-rated that share no character, down to the bar, in text order."""
    kept: list[PositionDraft] = []
    held: list[Range] = []
    for d in sorted((d for d in found if d.score >= bar), key=lambda d: (-d.score, d.span)):
        if not any(a < d.span[1] and d.span[0] < b for a, b in held):
            kept.append(d)
            held.append(d.span)
    return sorted(kept, key=lambda d: d.span)


def signs(frame: Frame, scores: Scores, draft: PositionDraft, rivals: Sequence[PositionDraft]) -> Iterator[str]:
    """What speaks for or against a candidate; `rivals` are all candidates of its sentence."""
    words = frame.document.words_in(*draft.span)
    first, last = words.start, words.stop
    kind = "weak" if draft.weak else "rule" if draft.rule else "head"
    yield ""
    yield kind
    yield f"by {draft.rule.split('/')[0] if draft.rule else 'head'}"
    for s in _seen(scores, first, last):
        yield f"{kind} {s}"
    yield from _named(scores, draft, first, last, kind)
    yield from _shape(frame.document, first, last)
    yield from _governed(frame, scores, draft, first)
    yield from _told(frame, draft)
    yield from _party(frame, draft)
    yield from _rivalry(draft, rivals)


def step(p: float) -> int:
    """A probability in steps of its log-odds, from -4 to 3."""
    p = min(max(p, 0.001), 0.999)
    return max(-4, min(3, round(math.log(p / (1 - p)))))


def _seen(scores: Scores, first: int, last: int) -> Iterator[str]:
    """What the head says of the words inside and of those at the ends."""
    table = scores.tokens["position"]
    inside = table[first:last, 1:].sum(axis=1)
    yield f"mean {step(float(inside.mean()))}"
    yield f"most {step(float(inside.max()))}"
    yield f"begins {step(float(table[first, 1]))}"
    before = float(table[first - 1, 1:].sum()) if first else 0.0
    after = float(table[last, 1:].sum()) if last < len(table) else 0.0
    yield f"before {step(before) - step(float(inside[0]))}"
    yield f"after {step(after) - step(float(inside[-1]))}"


def _named(scores: Scores, draft: PositionDraft, first: int, last: int, kind: str) -> Iterator[str]:
    stance, sure = scores.best("stance", first, last)
    issue, clear = scores.best("issue", first, last)
    yield f"stance {draft.stance}"
    yield f"{kind} stance {draft.stance}"
    yield f"stance sure {int(sure * 5)}"
    if draft.rule:
        yield f"head's stance {stance == draft.stance}"
    yield f"issue {draft.issue}"
    yield f"head's issue {issue == draft.issue} {int(clear * 5)}"
    yield f"head's issue {'other' if issue == 'other' else 'some'} {int(clear * 5)}"


def _shape(document: Document, first: int, last: int) -> Iterator[str]:
    n = last - first
    yield f"words {n if n < 4 else min(n // 3 * 3, 18)}"
    opener = document.word(first)
    if opener.lower() in _OPENERS:
        yield f"opens {opener.lower()}"
    else:
        yield f"opens {'ing' if opener.endswith('ing') else 'capital' if opener[0].isupper() else 'else'}"
    yield f"sentence {min(document.sentence_at(document.words[first][0]) // 4, 4)}"


def hypothetical(document: Document, offset: int) -> str | None:
    """The word that makes the clause before an offset one of condition or time."""
    start = document.sentences[document.sentence_at(offset)][0]
    found = MARKER.search(document.text[max(start, offset - MAX_CLAUSE_CHARS) : offset])
    return found.group(1).lower() if found else None


def governor(document: Document, first: int) -> int | None:
    """The last word before the word `first`, in its sentence and near, that may govern it."""
    return next((i for i in _before(document, first) if document.word(i).lower() not in SMALL), None)


def predicate(document: Document, first: int) -> int | None:
    """The last listed predicate before the word `first`, in its sentence and near."""
    return next((i for i in _before(document, first) if document.word(i).lower() in RULES), None)


def _before(document: Document, first: int) -> range:
    begin = document.sentence_words[document.sentence_at(document.words[first][0])][0]
    return range(first - 1, max(begin, first - REACH) - 1, -1)


def _governed(frame: Frame, scores: Scores, draft: PositionDraft, first: int) -> Iterator[str]:
    """The words before: a predicate of the list, and what the trigger head sees in the governing word."""
    document = frame.document
    near = _before(document, first)
    word = document.word(first - 1).lower() if len(near) else "start"
    yield f"after {word if word in SMALL or word == 'start' else 'else'}"
    at = governor(document, first)
    if at is not None:
        table = scores.tokens["trigger"][at]
        yield f"governor {_type(int(table.argmax()))} {step(float(table[0])) // 2}"
        yield f"governor {document.word(at).lower()[:5]}"
    at = predicate(document, first)
    if at is None:
        yield "no predicate"
    else:
        rule, away = RULES[document.word(at).lower()][0], min(first - at - 1, 5) // 2
        yield f"predicate {rule.stance} {away}"
        yield f"predicate {'weak' if rule.weak else 'strong'} {away}"
    yield f"clause {hypothetical(document, draft.span[0])}"
    yield f"itself {itself(scores, first)}"
    yield f"status {scores.best('status', first, first + 2)[0]}"
    event = frame.speech_before(draft.span[0])
    yield f"speech {event.type if event else None}"


def itself(scores: Scores, first: int) -> str | None:
    """The type of event that the span's own first words name."""
    own = scores.tokens["trigger"][first : first + 2, 1:].sum(axis=0)
    return _type(int(own.argmax()) + 1) if float(own.max()) > 0.4 else None


def _type(label: int) -> str | None:
    return EVENT_TYPES[label - 1] if label else None


def _told(frame: Frame, draft: PositionDraft) -> Iterator[str]:
    told = frame.told(draft.span[0])
    if told is None:
        yield "untold"
        return
    statement, content = told
    yield f"told {statement.act}"
    yield f"told at {min((draft.span[0] - content[0]) // 25, 3)}"
    yield f"source {bool(statement.sources)}"
    yield f"quoted {bool(frame.document.quotes_in(*draft.span))}"


def _party(frame: Frame, draft: PositionDraft) -> Iterator[str]:
    if draft.parties:
        start, end = draft.parties[0]
        words = frame.document.text[start:end]
        yield "party named"
        yield f"party {'pronoun' if _PRONOUN.match(words) else 'name' if words[:1].isupper() else 'noun'}"
        yield f"party at {min(abs(draft.span[0] - end) // 30, 4)}"
    elif draft.event and draft.event.actors:
        yield "party doer"
    else:
        yield f"party {'speaker' if draft.statement else 'nobody'}"


def _rivalry(draft: PositionDraft, rivals: Sequence[PositionDraft]) -> Iterator[str]:
    beside = [r for r in rivals if r is not draft and r.span[0] < draft.span[1] and draft.span[0] < r.span[1]]
    yield f"rivals {min(len(beside), 3)}"
    yield f"others {min(len(rivals) - len(beside) - 1, 3)}"
    by_rule = [shared(r.span, draft.span) for r in beside if r.rule]
    if by_rule:
        yield f"{'rule' if draft.rule else 'head'} beside rule {int(max(by_rule) * 3)}"
    by_head = [shared(r.span, draft.span) for r in beside if not r.rule]
    if by_head and draft.rule:
        yield f"beside head {int(max(by_head) * 3)}"
    if any(r.span[0] == draft.span[0] for r in beside):
        yield "same start"
    if any(r.span[0] <= draft.span[0] and draft.span[1] <= r.span[1] for r in beside):
        yield "within another"
