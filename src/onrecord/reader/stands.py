"""Statements, events and words of wanting and refusing -> positions found by rule (`find_stands`).

A predicate of `stand_words` gives the stance; its object is the span; its party is the source of the statement
that it attributes, the actor of the event that it triggers, or its grammatical subject.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader.issues import issue_of
from onrecord.reader.stand_acts import act_of, fronted, guarantors
from onrecord.reader.stand_clauses import find_clauses
from onrecord.reader.stand_extent import VERBS, Taken, complement, extents, opening
from onrecord.reader.stand_frame import Frame, PositionDraft
from onrecord.reader.stand_party import subject
from onrecord.reader.stand_words import RULES, Rule

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

MAX_PREDICATES = 30
"""No sentence states more; a text without full stops must not stall the reader."""
MAX_AROUND_CHARS = 300
"""How far back a phrase like "the offer" is looked after."""
_SPEAKERS = re.compile(r"(?:I|we|us|our|my|ourselves)$", re.IGNORECASE)
_ANAPHORS = re.compile(r"(?:it|he|she|they|its|his|her|their)$", re.IGNORECASE)
_NEGATED = re.compile(r"(?:\b(?:not|never|no longer|nor|neither)|n['’]t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NEGATIVE = {"demand": "refuse", "offer": "refuse", "accept": "refuse", "aim": "refuse", "support": "oppose"}
_POSSESSIVE = re.compile(
    r"((?:\b(?:its|his|her|their|our|my))|(?:[\w’'.-]+\s){0,4}[\w-]+(?:['’]s|s['’]))\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_SUPPORT_VERB = re.compile(
    r"\b(?:dropped|made|makes?|issued|repeated|reiterated|renewed|rejected|voiced|joined|set|stepp\w+ up|step up|exert\w*|put|putting|increas\w+|has|have|had|"
    r"withdrew|announced|presented|submitted|filed|defended)\s+(?:as\s+)?(?:an?|the|more|fresh|new|up|international|increasing|growing|no|\s)*\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\s+(?:by|from|of)\s+)((?:the\s+)?[^,;.]{2,60}?)(?=\s+(?:for|to|that|was|were|is|has|had)\b|[,;.]|$)"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:\b(?:an?|the|its|his|her|their|our|any|no|such|this|these|in|of)|['’]s|s['’])\s+(?:(?:final|latest|new|joint|first|key|main|repeated)\s+)?$",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|withdrawn?|withdrew|withdraws|abandon(?:s|ed|ing)?|no longer|giv(?:en|es|ing) up|gave up)\b(?:(?!\b(?:and|but|or)\b)[^,;.]){0,40}$",
    re.IGNORECASE,
)


_EXCHANGE = re.compile(r"[,\s]*in (?:exchange|return) (?:for|to)\s+")
_TRADE = re.compile(
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}(?:deal|agreement|arrangement|accord|swap|proposal|plan)\s+(?:involving|that (?:includes|involves)|under which|of)\s+"
    r"(?P<give>.{4,120}?),?\s+in (?:exchange|return) (?:for|to)\s+(?P<want>.{4,160})$",
    re.DOTALL,
)
"""A deal of A in return for B, as its advocate sees it: A is given, B is wanted."""
_ASIDE = re.compile(r"(?:,[^.;]{0,160}?)?,\s+in (?:exchange|return) for\s+")
"""An object may be told more of before what is given for it."""
_JOINED_CALLS = re.compile(
    rf"(?:[\w'’-]+\s+){{0,3}}(?:calls?|appeals?|demands?|requests?|pressure|pleas?|invitations?|offers?)\s+to\s+(?P<one>(?:{'|'.join(sorted(VERBS))})\b.+?)\s+and\s+(?:to\s+)?"
    rf"(?P<two>(?:{'|'.join(sorted(VERBS))})\b.+)$",
    re.DOTALL,
)
"""Calls to do one thing and another are two positions."""
_BARE = frozenset("it them him her us that this me you one so more less".split())
_THING = re.compile(
    r"\b(?:operation|campaign|offensive|plan|proposal|attack|efforts?|move|measures?|law|bill|talks|deal|agreement|accord|resolution|draft|"
    r"document|meeting|decision|law|mission)\b|^(?:it|this|which)$",
    re.IGNORECASE,
)


def find_stands(
    document: Document, statements: list[Attribution], events: list[EventDraft], *, frame: Frame | None = None
) -> list[PositionDraft]:
    """All positions that words state, in text order."""
    frame = frame or Frame(document, statements, events)
    found: list[PositionDraft] = []
    for n, (first, last) in enumerate(document.sentence_words):
        inside = _stated(frame, first, last)
        for draft in _clauses(frame, n):
            _merge(draft, inside)
        found += inside
    found += [d for d in _acts(frame, found) if not _known(d, found[-40:])]
    return sorted(found, key=lambda d: d.span)


def _stated(frame: Frame, first: int, last: int) -> list[PositionDraft]:
    """What the predicates of one sentence state."""
    document = frame.document
    inside: list[PositionDraft] = []
    tried = 0
    for i in range(first, last):
        start, end = document.words[i]
        rules = RULES.get(document.text[start:end].lower(), ())
        tried += bool(rules)
        if tried > MAX_PREDICATES:
            break
        for rule in rules:
            drafts = _apply(frame, rule, start, end)
            if drafts:
                inside += [d for d in drafts if not _known(d, inside)]
                break
    return inside


def _clauses(frame: Frame, sentence: int) -> list[PositionDraft]:
    """What whole clauses of one sentence state; what somebody must or would not do counts where it is told."""
    text = frame.document.text
    found: list[PositionDraft] = []
    for c in find_clauses(text, *frame.document.sentences[sentence]):
        told = frame.told(c.at) or frame.told(c.span[0])
        issue = issue_of(text[slice(*c.span)])
        weak = issue == "other" or (told is None and c.rule in ("must", "would not"))
        if told is None and c.party is None:
            continue
        span = (c.span[0], min(c.span[1], told[1][1])) if told and told[1][0] <= c.span[0] < told[1][1] else c.span
        draft = PositionDraft(
            span, c.stance, issue, gives=[c.gives] if c.gives else [], statement=told[0] if told else None, rule=c.rule,
            toward=[c.toward] if c.toward else [],
            guarantors=guarantors(text, span, span[1]) if issue == "guarantees" else [],
        )  # fmt: skip
        named = c.party is not None and c.party[1] > c.party[0] and not _THING.search(text[slice(*c.party)])
        if c.party is not None and named and not (told and _is_speaker(frame, c.party, told)):
            draft.parties = [c.party]
        elif told is None:
            continue
        draft.weak = weak
        (frame.spare if weak else found).append(draft)
    return found


def _is_speaker(frame: Frame, span: Range, told: tuple[Attribution, Range]) -> bool:
    """Do the words name who speaks: "we", or, outside quotation marks, a pronoun that opens what is said?"""
    words = frame.document.text[slice(*span)]
    if _SPEAKERS.match(words):
        return True
    quoted = frame.document.text[told[1][0]] in '"“‘' or bool(frame.document.quotes_in(*span))
    return bool(_ANAPHORS.match(words)) and not quoted and bool(told[0].sources)


def _acts(frame: Frame, found: list[PositionDraft]) -> list[PositionDraft]:
    """What statements state by their act alone, where nothing was found in what they say."""
    held = {id(d.statement) for d in found}
    extra: list[PositionDraft] = []
    for s in frame.statements:
        if id(s) in held or not s.contents:
            continue
        state = act_of(frame.document.text, s)
        for span in state[1].spans if state else ():
            issue = _issue(frame, span)
            if state and _telling(frame.document.text, span):
                toward = [state[1].toward] if state[1].toward else []
                weak = issue == "other"
                draft = PositionDraft(span, state[0], issue, statement=s, toward=toward, rule=f"act/{s.act}", weak=weak)
                (frame.spare if weak else extra).append(draft)
    return extra


def _merge(draft: PositionDraft, found: list[PositionDraft]) -> None:
    """Add what a clause states; a condition takes the place of the refusal or offer that it qualifies."""
    if draft.stance == "condition" and draft.gives and draft.rule not in ("if/once", "if/when"):
        start, end = draft.gives[0]
        for d in found:
            if d.stance in ("refuse", "offer", "accept", "aim") and d.span[0] < end + 2 and start - 2 < d.span[1]:
                draft.parties, draft.statement = draft.parties or d.parties, d.statement or draft.statement
                found.remove(d)
                break
    if not _known(draft, found):
        found.append(draft)


def _known(draft: PositionDraft, found: list[PositionDraft]) -> bool:
    return any(d.span[0] < draft.span[1] and draft.span[0] < d.span[1] for d in found)


def _apply(frame: Frame, rule: Rule, start: int, end: int) -> list[PositionDraft]:
    """The positions that one predicate states."""
    text = frame.document.text
    limit = frame.limit(start, end)
    before = text[max(0, start - 60) : start]
    tail = rule.tail.match(text, end, limit)
    word = text[start:end].lower()
    if not tail or not rule.after.search(before):
        return []
    if _PASSIVE.search(before) and word.endswith("ed") and word not in ("prepared", "opposed", "agreed", "committed"):
        return []
    taken = _taken(text, rule, tail.end(), limit)
    if taken is None:
        return _fronted(frame, rule, start)
    if taken.kind == "n" and not rule.noun and tail.end() == end and _ARTICLE.search(before):
        return []
    weak = rule.weak and rule.issue is None and all(_issue(frame, s) == "other" for s in taken.spans)
    base = _party(frame, rule, start, end)
    if base is None:
        return []
    past = bool(_DROPPED.search(before))
    if _NEGATED.search(before) and not (past and base.stance in ("demand", "insist")):
        if base.stance not in _NEGATIVE:
            return []
        base.stance = _NEGATIVE[base.stance]
    base.status = "past" if past else "current"
    base.rule = f"{word}/{rule.takes}"
    found = _exchanged(frame, [_position(frame, base, rule, taken, s) for s in taken.spans if _telling(text, s)], limit)
    if weak:
        frame.spare += [replace(d, weak=True) for d in found]
        return []
    return found


def _taken(text: str, rule: Rule, at: int, limit: int) -> Taken | None:
    begin = opening(text, at, limit)
    if begin >= limit or text[at] in ".;:,)”" or rule.never.match(text, begin, limit):
        return None
    return complement(text, at, limit, rule.takes)


def _telling(text: str, span: Range) -> bool:
    return text[slice(*span)].lower() not in _BARE


def _fronted(frame: Frame, rule: Rule, start: int) -> list[PositionDraft]:
    """The position of a verb whose object stands before it."""
    if rule.stance not in ("refuse", "oppose", "demand") or rule.noun:
        return []
    found = fronted(frame.document.text, frame.stretch(start)[0], start)
    if found is None:
        return []
    told = frame.told(start)
    draft = PositionDraft(
        found[0], rule.stance, _issue(frame, found[0]), [found[1]], statement=told[0] if told else None, rule="fronted"
    )
    return [draft] if draft.issue != "other" else []


def _exchanged(frame: Frame, found: list[PositionDraft], limit: int) -> list[PositionDraft]:
    """ "… in exchange for …" after the object tells what is given; who insists on a truce in return for captives
    wants the captives."""
    text = frame.document.text
    found = [p for f in found for p in _parted(frame, f)]
    if not found or found[-1].gives:
        return found
    at, wide = found[-1].span[1], found[-1].stance in ("demand", "insist", "condition")
    m = _EXCHANGE.match(text, at, limit) or (_ASIDE.match(text, at, limit) if wide else None)
    others = extents(text, m.end(), limit, "n") if m else []
    if not others:
        return found
    last = found[-1]
    wanted = issue_of(text[slice(*others[0])])
    if last.stance == "insist" and last.issue == "ceasefire" and wanted in ("hostages", "prisoners"):
        return [*found[:-1], replace(last, span=others[0], issue=wanted, gives=[last.span])]
    last.gives = others[:1]
    return found


def _parted(frame: Frame, p: PositionDraft) -> list[PositionDraft]:
    """A deal of one thing for another, and calls for two things, taken apart."""
    text, start = frame.document.text[slice(*p.span)], p.span[0]
    if m := _TRADE.match(text):
        want, give = ((start + m.start(g), start + m.end(g)) for g in ("want", "give"))
        return [replace(p, span=want, issue=issue_of(text[m.start("want") :]), gives=[give])]
    if m := _JOINED_CALLS.match(text):
        spans = ((start, start + m.end("one")), (start + m.start("two"), p.span[1]))
        return [replace(p, span=s, issue=_issue(frame, s)) for s in spans]
    return [p]


def _issue(frame: Frame, span: Range) -> str:
    """What a span is about; where it points back ("the offer"), the words before it and the sentence before."""
    document = frame.document
    home = document.sentence_at(span[0])

    def around() -> tuple[str, ...]:
        start = document.sentences[home][0]
        earlier = document.sentences[max(0, home - 1)]
        return tuple(document.text[max(a, b - MAX_AROUND_CHARS) : b] for a, b in ((start, span[0]), earlier))

    return issue_of(document.text[slice(*span)], around=around)


def _position(frame: Frame, base: PositionDraft, rule: Rule, taken: Taken, span: Range) -> PositionDraft:
    toward = [taken.toward] if taken.toward else list(base.toward)
    issue = rule.issue or _issue(frame, span)
    text = frame.document.text
    behind = guarantors(text, span, frame.stretch(span[0])[1]) if issue == "guarantees" else []
    return replace(base, span=span, issue=issue, toward=toward, parties=list(base.parties), gives=[], guarantors=behind)


def _party(frame: Frame, rule: Rule, start: int, end: int) -> PositionDraft | None:
    """A draft that holds the party of the predicate and where it is told; None where no party can be seen."""
    text = frame.document.text
    told = frame.told(start)
    base = PositionDraft((start, end), rule.stance, "other", statement=told[0] if told else None)
    cue = frame.cue_at(start, end)
    event = frame.event_at(start, end)
    if event is not None:
        base.toward = list(event.recipients)
    if cue is not None and cue.sources:
        base.statement = cue
        return base
    if rule.speaker:
        return base if told else None
    if event is not None and event.actors:
        base.parties, base.event = list(event.actors), event
        return base
    begin = frame.stretch(start)[0]
    span = _owner(text, begin, start, end) if rule.noun else subject(text, begin, start)
    if span is None:
        return None
    if rule.stance == "aim" and _THING.search(text[slice(*span)]):
        return base if told else None
    if not (told and _is_speaker(frame, span, told)):
        base.parties = [span]
    return base


def _owner(text: str, begin: int, start: int, end: int) -> Range | None:
    """Whose demand, call or proposal it is."""
    before = _POSSESSIVE.search(text, max(begin, start - 70), start)
    if before:
        return before.span(1)
    by = _BY.match(text, end)
    if by:
        return by.span(1)
    verb = _SUPPORT_VERB.search(text, max(begin, start - 60), start)
    return subject(text, begin, verb.start()) if verb else None
