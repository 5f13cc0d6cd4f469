"""A position's words -> its stance and its issue (`label`): what the rule says, what the encoder's heads say and what
stands before are weighed with weights fitted on coded reports by `training/fit_positions.py`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.issues import named_issues
from onrecord.reader.labels import EVENT_TYPES, ISSUES, STANCES
from onrecord.reader.stand_signs import governor, hypothetical, itself, predicate, step
from onrecord.reader.stand_weights import weighed
from onrecord.reader.stand_words import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.reader.encoder import Scores
    from onrecord.reader.stand_frame import Frame, PositionDraft

TOP = 3
"""Issues of the head that are weighed."""
MAX_BEFORE_CHARS = 60
_STEM = 5
_NO = re.compile(r"\b(?:not|never|no|nor|neither|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(will|would|must|should|may|could|can|wants?|wanted|hop\w+|try\w*|tried|plan\w*|going to|ready|prepared|willing|if|unless|until)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:if|unless|until|once|when|only|without|before|while|as long as|provid(?:ed|ing)|(?:pre)?conditions?|conditional|prerequisites?|"
    r"in (?:exchange|return))\b",
    re.IGNORECASE,
)
"""A word without which nothing is a condition."""
_ASSURED = re.compile(
    r"(?:(?:an?|the|any|its|their|more|new|\w+al|written|firm|binding)\s+)*(?:guarantees?|assurances?)\s+(?:that|from|by|of|not)\b",
    re.IGNORECASE,
)
"""What opens so asks for an assurance, whatever is to be assured."""
Option = tuple[str, list[str]]
"""A label with its signs."""


def label(frame: Frame, scores: Scores, draft: PositionDraft) -> None:
    """Give a draft the likeliest stance and issue."""
    draft.stance = _best("stance", stance_options(frame, scores, draft))
    assured = _ASSURED.match(frame.document.text, *draft.span)
    draft.issue = "guarantees" if assured else _best("issue", issue_options(frame, scores, draft))


def _best(choice: str, options: Iterator[Option]) -> str:
    return max((weighed(choice, signs), name) for name, signs in options)[1]


def stance_options(frame: Frame, scores: Scores, draft: PositionDraft) -> Iterator[Option]:
    """Every stance with its signs; a condition only in a sentence that binds one thing to another."""
    words = frame.document.words_in(*draft.span)
    mean = scores.tokens["stance"][words.start : words.stop].mean(axis=0)
    around = list(_around(frame, scores, draft, words.start))
    bound = bool(
        _BOUND.search(frame.document.text, *frame.document.sentences[frame.document.sentence_at(draft.span[0])])
    )
    for k, stance in enumerate(STANCES):
        if stance == "condition" and not bound:
            continue
        p = float(mean[k])
        found = [stance, f"head {step(p)}", f"head rank {min(int((mean > p).sum()), 3)}"]
        if draft.rule:
            agree = draft.stance == stance
            found += [f"rule {agree}", f"rule {agree} {stance}", f"rule {draft.rule.split('/')[0]} {stance}"]
        else:
            found.append(f"no rule, head {step(p)}")
        yield stance, [*found, *(f"{a} {stance}" for a in around)]


def _around(frame: Frame, scores: Scores, draft: PositionDraft, first: int) -> Iterator[str]:
    """What stands before the span, tells it, or opens it."""
    document = frame.document
    home = document.sentence_at(draft.span[0])
    before = document.text[max(document.sentences[home][0], draft.span[0] - MAX_BEFORE_CHARS) : draft.span[0]]
    yield f"no {bool(_NO.search(before[-30:]))}"
    if modals := _MODAL.findall(before):
        yield f"modal {modals[-1].lower()[:_STEM]}"
    yield f"clause {hypothetical(document, draft.span[0])}"
    yield f"opens {document.word(first).lower()[:4]}"
    if first > document.sentence_words[home][0]:
        yield f"after {document.word(first - 1).lower()[:_STEM]}"
    if (at := governor(document, first)) is not None:
        yield f"governor {document.word(at).lower()[:_STEM]}"
        best = int(scores.tokens["trigger"][at].argmax())
        yield f"governor {EVENT_TYPES[best - 1] if best else None}"
    if (at := predicate(document, first)) is not None:
        yield f"predicate {RULES[document.word(at).lower()][0].stance}"
        yield f"predicate {document.word(at).lower()[:_STEM]}"
    event = frame.speech_before(draft.span[0])
    yield f"speech {event.type if event else None}"
    told = frame.told(draft.span[0])
    yield f"told {told[0].act if told else None}"
    yield f"itself {itself(scores, first)}"


def issue_options(frame: Frame, scores: Scores, draft: PositionDraft) -> Iterator[Option]:
    """The issues that words or the head name, each with its signs."""
    document = frame.document
    words = document.words_in(*draft.span)
    mean = scores.tokens["issue"][words.start : words.stop].mean(axis=0)
    named = named_issues(document.text[slice(*draft.span)])
    around = document.sentences[document.sentence_at(draft.span[0])]
    beside = {} if named else named_issues(document.text[slice(*around)])
    ways: dict[str, list[str]] = {ISSUES[int(k)]: [f"head {r}"] for r, k in enumerate(mean.argsort()[::-1][:TOP])}
    for issue, way in named.items():
        ways.setdefault(issue, []).append(way)
    ways.setdefault("other", []).append("other")
    ways.setdefault(draft.issue, []).append("drafted")
    for issue in sorted(ways):
        p = float(mean[ISSUES.index(issue)])
        found = [issue, *ways[issue], *(f"{w} {issue}" for w in ways[issue])]
        found += [*(f"head over {k}" for k in range(-3, step(p) + 1)), f"{issue} {step(p) // 2}"]
        found.append(f"{'named' if named else 'unnamed'} {'other' if issue == 'other' else 'some'}")
        if issue in beside:
            found.append(f"beside {beside[issue]}")
        if draft.rule:
            found.append(f"rule {'same' if draft.issue == issue else 'else'}")
        yield issue, found
