"""Rounds of talks, and agreements with their stages, from the nouns that name them and the words around.

Both are rare and closed in vocabulary, so rules find them; who takes part comes from the actors of the
sentence and of the consulting events there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range

_NUMBER = "two|three|four|five|six|2|3|4|5|6"
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6} | {str(n): n for n in range(2, 7)}
ORDINALS = {
    w: n
    for n, ws in enumerate(("first initial opening 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th"), 1)
    for w in ws.split()
}

_TALKS = re.compile(
    r"\b(?:(?:(?:indirect|direct|face-to-face|proximity|peace|ceasefire|truce|nuclear|border|mediated|bilateral|"
    r"technical|working-level|high-level|secret|backchannel|formal|informal|preliminary|renewed|fresh|latest|new)\s+){0,3}"
    r"(?:talks|negotiations?|peace conference|round of (?:\w+\s+)?(?:talks|negotiations)|consultations)"
    r"|negotiating (?:session|round))\b",
    re.IGNORECASE,
)
_NOT_ROUND = re.compile(r"\b(?:negotiation process|chief negotiator|consultations? (?:at|in) (?:the )?(?:hospital|clinic))\b", re.IGNORECASE)

_OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (o, re.compile(p, re.IGNORECASE))
    for o, p in (
        ("broken_off", r"\b(?:broke(?:n)? (?:down|off|up)|collaps\w+|walked out|fell apart|pulled out of the talks|end(?:ed)? without|derail\w*)\b"),
        ("impasse", r"\b(?:impasse|deadlock\w*|stalemate|failed to bridge|stalled|no agreement|stuck|logjam|failed)\b"),
        ("suspended", r"\b(?:suspend\w*|paused?|adjourn\w*|postpon\w*|put on hold|called off|cancel\w*)\b"),
        ("no_substance", r"\b(?:no substantive|without substance|no real negotiat\w+|nothing (?:of substance|substantive))\b"),
        ("agreed", r"\b(?:reached (?:a|an) (?:\w+\s+){0,3}(?:deal|agreement|accord)|agreed (?:on|to)|concluded with|clinch\w*)\b"),
        ("progress", r"\b(?:progress|breakthrough|constructive|closer to|narrowed|productive|headway)\b"),
        ("planned", r"\b(?:will (?:be held|begin|start|resume|take place|meet|travel)|scheduled|due to (?:begin|start|resume|be held)|planned|to be held|next round|set to (?:begin|resume|start)|is to meet|plans to)\b"),
        ("ongoing", r"\b(?:continu\w+|under way|underway|ongoing|are (?:being )?held|holding|resumed|are negotiating|negotiating with)\b"),
    )
)  # fmt: skip
_LEVELS = (
    ("leaders", re.compile(r"\b(?:presidents?|prime ministers?|leaders?|summit|heads? of state|king)\b", re.IGNORECASE)),
    ("working", re.compile(r"\b(?:working-level|technical|experts?|low-level|lower-level)\b", re.IGNORECASE)),
    ("senior", re.compile(r"\b(?:senior|high-level|foreign ministers?|ministers?|envoys?|chief negotiators?|top)\b", re.IGNORECASE)),
)

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (k, re.compile(p, re.IGNORECASE))
    for k, p in (
        ("ceasefire", r"cease-?fire|truce|cessation|armistice"),
        ("exchange", r"exchange|swap|hostage|prisoner|release"),
        ("peace", r"peace|settlement|reconciliation"),
        ("withdrawal", r"withdraw|pull-?out|disengagement"),
        ("aid", r"\baid\b|humanitarian|grain|corridor"),
    )
)
_DEAL = re.compile(
    r"\b((?:(?:[A-Z][\w’'-]+|[a-z]+-(?:stage|phase|point|day|week|month|year|brokered|sponsored|part|step)|"
    r"ceasefire|cease-fire|truce|peace|prisoner|hostage|exchange|swap|release|withdrawal|aid|humanitarian|armistice|nuclear|"
    r"border|grain|arms|interim|framework|draft|proposed|lasting|comprehensive|and|\d{4})\s+){1,8})"
    r"((?i:deal|agreement|accords?|pact|roadmap|memorandum(?: of understanding)?|treaty|protocol|truce|plan|armistice))\b"
)
_STAGED = re.compile(rf"\b({_NUMBER})[- ](?:stage|phase|step|part)\b", re.IGNORECASE)
_STAGE = re.compile(
    rf"\b({'|'.join(ORDINALS)})\s+(?:stage|phase|step|part)\b|\b(?:stage|phase)\s+(one|two|three|1|2|3)\b", re.IGNORECASE
)
_STATUSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (s, re.compile(p, re.IGNORECASE))
    for s, p in (
        ("collapsed", r"\b(?:collaps\w+|fell apart|unravel\w+|broke down|in tatters|abandon\w*)\b"),
        ("violated", r"\b(?:violat\w+|breach\w*|broken|broke)\b"),
        ("expired", r"\b(?:expir\w+|ran out|lapsed)\b"),
        ("signed", r"\b(?:sign(?:ed|ing)|ratif\w+|inked)\b"),
        ("in_force", r"\b(?:in force|took effect|takes effect|came into (?:force|effect)|holding|under (?:a|an|the|its)\b.{0,60}(?:deal|agreement|accord|truce|pact)|held since)\b"),
        ("completed", r"\b(?:completed|fulfilled|implemented in full)\b"),
        ("agreed", r"\b(?:agreed|reached|clinched|struck|concluded|brokered|mediated)\b"),
        ("proposed", r"\b(?:propos\w+|draft|offer\w*|suggest\w+|plan|would|over a|for a|discuss\w*|negotiat\w+|possible|potential)\b"),
    )
)  # fmt: skip
_DONE = re.compile(r"\b(?:under|released|freed|completed|carried out|ended|concluded|implemented|during|expired|saw)\b", re.IGNORECASE)
_REFUSED = re.compile(r"\b(?:refus\w+|reject\w+|declin\w+|unwilling|would not|balk\w*|block\w*)\b", re.IGNORECASE)
_UNDER_WAY = re.compile(r"\b(?:began|begun|under way|underway|started|entered|in progress|is being)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|would|plann?\w*|due|to begin|foresee\w*|envisag\w*|calls? for|then|next|later)\b", re.IGNORECASE)


@dataclass(slots=True)
class TalksDraft:
    """One round of talks: the words that name it, the sentences that tell of it."""

    span: Range
    sentences: list[int]
    form: str = "unknown"
    level: str = "unknown"
    outcome: str = "unknown"


@dataclass(slots=True)
class StageDraft:
    """One stage of an agreement."""

    ordinal: int
    span: Range | None
    status: str = "unknown"


@dataclass(slots=True)
class DealDraft:
    """One agreement."""

    span: Range
    name: str
    kinds: list[str]
    sentences: list[int]
    status: str = "unknown"
    stages: list[StageDraft] = field(default_factory=list)


def _sentence(document: Document, i: int) -> str:
    start, end = document.sentences[i]
    return document.text[start:end]


def find_talks(document: Document) -> list[TalksDraft]:
    """Rounds of talks.  Mentions of one round are joined unless the text sets a new round apart."""
    found: list[TalksDraft] = []
    for m in _TALKS.finditer(document.text):
        home = document.sentence_at(m.start())
        around = document.text[max(0, m.start() - 20) : m.end() + 12]
        if home < 0 or _NOT_ROUND.search(around):
            continue
        fresh = re.search(r"\b(?:new|another|next|fresh|further|previous|earlier|last)\b", document.text[max(0, m.start() - 12) : m.end()], re.IGNORECASE)
        if found and not fresh:
            found[-1].sentences.append(home)
        else:
            found.append(TalksDraft(m.span(), [home]))
    for t in found:
        _tell(document, t)
    return found


def _tell(document: Document, t: TalksDraft) -> None:
    sentences = list(dict.fromkeys(t.sentences))
    told = " ".join(_sentence(document, i) for i in sentences)
    if re.search(r"\bindirect|through mediators|proximity|via mediators|mediated by\b", told, re.IGNORECASE):
        t.form = "indirect"
    elif re.search(r"\bdirect\b|face-to-face|\bmet\b", told, re.IGNORECASE):
        t.form = "direct"
    t.level = next((level for level, p in _LEVELS if p.search(told)), "unknown")
    for outcome, pattern in _OUTCOMES:
        if any(pattern.search(_sentence(document, i)) for i in sentences):
            t.outcome = outcome
            return


def find_deals(document: Document) -> list[DealDraft]:
    """Agreements, with the stages that the text counts or tells."""
    found: list[DealDraft] = []
    for m in _DEAL.finditer(document.text):
        kinds = [k for k, p in _KINDS if p.search(m.group())]
        home = document.sentence_at(m.start())
        noun = m.group(2).lower()
        if home < 0 or (not kinds and not (noun in ("accord", "accords", "treaty", "pact") and m.group(1)[:1].isupper())):
            continue
        if noun == "plan" and "peace" not in kinds:
            continue
        start = m.start() + len(m.group(1)) - len(re.sub(r"^(?:The|A|An|In|On|And|and|Under|But)\s+", "", m.group(1)))
        same = next((d for d in found if set(kinds) & set(d.kinds) or not kinds), None)
        if same:
            same.sentences.append(home)
        else:
            name = document.text[start : m.end()]
            found.append(DealDraft((start, m.end()), name, kinds or ["other"], [home]))
    for d in found:
        later = re.compile(r"\b(?:the (?:deal|agreement|accord|pact|truce|ceasefire))\b", re.IGNORECASE)
        first = d.sentences[0]
        d.sentences += [i for i in range(first, len(document.sentences)) if later.search(_sentence(document, i))]
        _status(document, d)
        _stages(document, d)
    return found


def _status(document: Document, d: DealDraft) -> None:
    told = [_sentence(document, i) for i in dict.fromkeys(d.sentences)]
    d.status = next((s for s, p in _STATUSES if any(p.search(t) for t in told)), "unknown")


def _stages(document: Document, d: DealDraft) -> None:
    """Stages by their ordinals; "a three-stage deal" has three even where fewer are told."""
    told: dict[int, StageDraft] = {}
    count = 0
    for i in range(len(document.sentences)):
        sentence = _sentence(document, i)
        base = document.sentences[i][0]
        for m in _STAGED.finditer(sentence):
            count = max(count, COUNTS[m.group(1).lower()])
        for m in _STAGE.finditer(sentence):
            word = (m.group(1) or m.group(2)).lower()
            n = ORDINALS.get(word) or COUNTS.get(word) or 1
            status = _stage_status(sentence, m.start(), m.end())
            if n not in told:
                told[n] = StageDraft(n, (base + m.start(), base + m.end()), status)
            elif told[n].status == "unknown":
                told[n].status = status
    if not told and not count:
        return
    for n in range(1, max([count, *told]) + 1):
        d.stages.append(told.get(n, StageDraft(n, None)))


def _stage_status(sentence: str, start: int, end: int) -> str:
    before, after = sentence[max(0, start - 90) : start], sentence[end : end + 70]
    if _REFUSED.search(before):
        return "refused"
    if _DONE.search(before) or re.search(r"\b(?:ended|expired|was completed|concluded)\b", after):
        return "done"
    if _UNDER_WAY.search(after) or re.search(r"\b(?:began|entered|started)\b[^.]{0,20}$", before):
        return "in_progress"
    if _AHEAD.search(before) or _AHEAD.search(after):
        return "planned"
    return "unknown"
