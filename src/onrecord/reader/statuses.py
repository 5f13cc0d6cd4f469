"""The words around a trigger, and the head's opinion -> the status of a happening.

Rules name the signs of a status ("is to", "failed to", "accused of", a progressive …); how much each speaks for each
status is fitted on coded reports by `training/fit_statuses.py`, and the head's probabilities count beside them.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.reader.labels import STATUSES
from onrecord.reader.word_table import WordTable, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.reader.document import Document
    from onrecord.reader.events import EventDraft

HEAD_WEIGHT = 0.9
"""How much the head's log-probabilities count beside the signs (swept .3-1 with a made-up head of 85 %, by cross-validation)."""
PRIOR_SHARE = 0.8
"""How much of the usual shares of the statuses, which signs and head both count, is taken out."""
_BEFORE, _AFTER = 60, 45


def _table(**patterns: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in patterns.items())


_GAP = r"(?:\W+[\w’'-]+){0,3}?\W*$"
"""Up to three words between a sign and the trigger."""
_LEADS = _table(
    will=r"\b(?:will|shall|[’']ll)" + _GAP,
    would=r"\b(?:would|[’']d)" + _GAP,
    to_be=r"\b(?:is|are|was|were) to(?: be| have)?\W+$",
    plan=r"\b(?:plan(?:s|ned|ning)?(?: to| for)|intend(?:s|ed|ing)?(?: to)?|aim(?:s|ed|ing)? (?:to|at)|prepar(?:es?|ed|ing)(?: to| for)|vow(?:s|ed) to|hope[sd]? to|want(?:s|ed)? to|seek(?:s|ing)? to)" + _GAP,
    due=r"\b(?:due|scheduled|set|expected|about|going|poised|bound) (?:to|for)" + _GAP,
    coming=r"\b(?:next|coming|upcoming|forthcoming|future|further|pending|awaiting|ahead of|before|until)" + _GAP,
    may=r"\b(?:may|might|could|can)" + _GAP,
    should=r"\b(?:should|must|ought to|need(?:s|ed)? to|ha(?:s|ve) to)" + _GAP,
    if_=r"\b(?:if|unless|once|provided(?: that)?|in case|whether|until)" + _GAP,
    not_=r"(?:\b(?:not|never|cannot|nor)|n[’']t)(?:\W+\w+)?\W+$",
    no=r"\b(?:no|without(?: any)?|nobody|none of [\w ]{1,25})(?:\W+[\w-]+)?(?: ha[sd] been| was| were)?\W+$",
    failed=r"\b(?:failed|fail(?:s|ing)?|unable|yet|refus(?:ed|es|ing)|declined) to\W+$",
    tried=r"\b(?:attempt(?:s|ed|ing)?(?: to| at)?|tr(?:y|ies|ied|ying)(?: to)?|struggl(?:es?|ed|ing) to|bid to|plot(?:s|ted|ting)?(?: to)?|conspir\w+ to|foil(?:s|ed)|thwart(?:s|ed)|abortive|botched|failed)(?:\W+(?:a|an|the))?(?:\W+\w+)?\W+$",
    ordered=r"\b(?:order(?:s|ed|ing)?|instruct(?:s|ed|ing)?|direct(?:s|ed)|command(?:s|ed))" + _GAP,
    ordered_that=r"\b(?:orders?|ordered)\W+(?:an?|the|his|her|its|their|that)\W+(?:[\w’'-]+\W+){0,2}$",
    proposed=r"\b(?:propos(?:es?|ed|ing|als?)|plan|draft|text|offer|roadmap|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|suggest(?:s|ed|ing)?|recommend\w*|call(?:s|ed|ing)? for|demand\w*|under (?:a|the))" + _GAP,
    accused=r"\b(?:accus\w+|alleg\w+|suspect\w*|blam\w+|claim\w*|suspicion|reports?|reportedly|allegedly)\b[^;:]{0,45}$",
    hedged=r"\b(?:alleged(?:ly)?|suspected|possible|possibl[ey]|apparent|believed to (?:have|be)|said to (?:have|be)|reportedly|supposed\w*)(?:\W+\w+)?\W+$",
    denied=r"\b(?:den(?:y|ies|ied|ying)|denials?|untrue|false)\b[^;:]{0,45}$",
    is_ing=r"\b(?:is|are|am|[’']re|[’']s|[’']m)(?: \w+ly| now| still| also| already| currently)?\W+$",
    was_ing=r"\b(?:was|were)(?: \w+ly| now| still| also| already)?\W+$",
    been=r"\b(?:has|have|had|[’']ve) been(?: \w+ly)?\W+$",
    have=r"\b(?:has|have|had|[’']ve)(?: \w+ly| also| already| now)?\W+$",
    still=r"\b(?:still|continu(?:es?|ed|ing)|remain(?:s|ed|ing)?|ongoing|current(?:ly)?|keep(?:s|ing)?|kept|resum(?:es?|ed|ing)|under way|amid|daily|latest)" + _GAP,
    since=r"\b(?:since|during|end(?:ing)?|years of|months of|weeks of|days of|in the|old|long)\W+(?:the\W+|its\W+|a\W+)?(?:\w+\W+)?$",
    begun=r"\b(?:beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?|launch(?:es|ed)?)" + _GAP,
    who=r"\b(?:which|who|that)\W+$",
    cancel=r"\b(?:cancel\w*|postpon\w+|call(?:s|ed|ing)? off|suspend\w*|block(?:s|ed|ing)?|avert\w*|prevent\w*|rul(?:ed|ing) out|stop(?:s|ped|ping)?)" + _GAP,
)  # fmt: skip
_KEYS = {
    "will": "will|shall|ll", "would": "would|d", "to_be": "to", "plan": "plan*|intend*|aim*|prepar*|vow*|hope*|want*|seek*",
    "due": "due|scheduled|set|expected|about|going|poised|bound", "coming": "next|coming|upcoming|forthcoming|future|"
    "further|pending|awaiting|ahead|before|until", "may": "may|might|could|can", "should": "should|must|ought|need*|ha*",
    "if_": "if|unless|once|provided|in|whether|until", "not_": "not|never|cannot|nor|t", "no": "no|without|nobody|none",
    "failed": "fail*|unable|yet|refus*|declined", "tried": "attempt*|tr*|struggl*|bid|plot*|conspir*|foil*|thwart*|"
    "abortive|botched|failed", "ordered": "order*|instruct*|direct*|command*",
    "ordered_that": "order*", "proposed": "propos*|plan|draft|"
    "text|offer|roadmap|consider*|weigh*|suggest*|recommend*|call*|demand*|under", "accused": "accus*|alleg*|suspect*|"
    "blam*|claim*|suspicion|report*", "hedged": "alleged*|suspected|possibl*|apparent|believed|said|reportedly|suppos*",
    "denied": "den*|untrue|false", "is_ing": "is|are|am|re|s|m", "was_ing": "was|were", "been": "been", "have": "has|have|"
    "had|ve", "still": "still|continu*|remain*|ongoing|current*|keep*|kept|resum*|way|amid|daily|latest", "since": "since|"
    "during|end*|years|months|weeks|days|in|old|long", "begun": "beg*|start*|launch*", "who": "which|who|that",
    "cancel": "cancel*|postpon*|call*|suspend*|block*|avert*|prevent*|rul*|stop*",
}  # fmt: skip
"""Words without one of which a lead cannot fit: most are not tried at all."""


@cache
def _possible() -> WordTable[str]:
    return WordTable(_KEYS.items())


_TRAILS = _table(
    since=r"^[^.;:]{0,40}\bsince\b",
    began=r"^(?:\W+[\w’'-]+){0,3}?\W+(?:began|broke out|erupted|started|resumed|continu\w+|go(?:es)? on|under ?way)\b",
    ahead=r"^(?:\W+[\w’'-]+){0,3}?\W+(?:will|would|is to|are to|is due|are due|is scheduled|was scheduled|set for|next|tomorrow|later this|scheduled for|planned for|due)\b",
    dropped=r"^[^.;:]{0,40}\b(?:cancel\w*|called off|put off|postponed|averted|did not|has not|was not|were not|never|failed|foiled|on hold)\b",
    condition=r"^[^.;:]{0,45}\b(?:if|unless|provided|in return for|in exchange for|only (?:if|once|after|when)|until|as long as|on condition)\b",
    held=r"^[^.;:]{0,30}\b(?:held|holds|in force|has held|in place|remains?)\b",
    tonight=r"^[^.;:]{0,45}\b(?:tomorrow|next (?:week|month|year|\w+day)|in the coming|later this|in the next|by the end)\b",
)  # fmt: skip
_SENTENCE = _table(
    conditional=r"\b(?:if|unless|provided|on condition|in exchange for|in return for|only (?:if|once|after|when)|should [\w ]{2,20} (?:fail|break|refuse))\b",
    disputed=r"\b(?:which|but|though|;|–|--|-)\b[^.;]{0,60}\b(?:den(?:y|ies|ied)|disput(?:es|ed)|reject(?:s|ed) (?:the|that|this|as)|called it|a claim)\b|\ba (?:claim|charge|accusation|allegation)\b",
    under_a_plan=r"\b(?:under (?:a|an|the) [\w -]{0,30}(?:plan|deal|proposal|draft|text|accord|agreement)|(?:plan|proposal|draft|text|document)\b[^.;]{0,40}(?:provid|ask|call|foresee|envisag|would))",
    reported=r"\b(?:reportedly|allegedly|unconfirmed|rumou?rs?|it was reported|could not be (?:independently )?verified)\b",
)  # fmt: skip
_LASTING = re.compile(
    r"^(?:the |a |under )?(?:civil |ongoing |ground )?(?:wars?|conflict|fighting|insurgency|insurrection|violence|unrest|uprisings?|sieges?|besieg\w+|"
    r"blockades?|blockaded|occupation|embargo\w*|sanctions|hunger strike|crackdown|ceasefire|truce|hostages?|captives?|campaign|"
    r"negotiations|talks|contacts|mediation|inquiry|investigations?|trapped|encircled|surrounded|curfew|state of emergency)$",
    re.IGNORECASE,
)
_NEXT_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput(?:es|ed)|reject(?:s|ed) (?:the|that|this) (?:claim|charge|accusation|allegation|account)|contradict\w+|false|invention|lie)\b",
    re.IGNORECASE,
)
_FORMS = (
    ("ing", re.compile(r"^\w+ing\b", re.IGNORECASE)),
    ("ed", re.compile(r"^(?:\w+ed|shot|hit|held|kept|sent|driven|fought|taken)\b", re.IGNORECASE)),
)


_WORDS = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""Types that are done by saying: "will accept" is an acceptance now."""


def lasts(trigger: str) -> bool:
    """Is it a word for what goes on for long, known before the report: "the war", "besieged"?"""
    return bool(_LASTING.match(trigger))


def signs(document: Document, draft: EventDraft) -> Iterator[str]:
    """What around a trigger speaks for or against a status."""
    start, end = draft.trigger
    at = max(0, document.sentence_at(start))
    home = document.sentences[at]
    text = document.text
    lead = start + _led(text[start:end])
    before, after = text[max(home[0], start - _BEFORE) : lead], text[end : min(home[1], end + _AFTER)]
    trigger, line = text[lead:end], text[home[0] : home[1]]
    form = next((name for name, pattern in _FORMS if pattern.match(trigger)), "bare")
    yield "any"
    yield draft.type
    yield form
    yield f"{draft.type} {form}"
    if lasts(trigger):
        yield "lasting"
        yield f"{draft.type} lasting"
    possible = {name for name, _ in _possible().find(before)}
    for name, pattern in _LEADS:
        if name in possible and pattern.search(before):
            yield f"{name} …"
            verbal = name in ("is_ing", "was_ing", "been", "have", "still", "who", "not_")
            yield f"{name} … {form}" if verbal else f"{name} {draft.type}"
            yield f"{name} in words" if draft.type in _WORDS else f"{name} in deeds"
    for name, pattern in _TRAILS:
        if pattern.search(after):
            yield f"… {name}"
            yield f"… {name} {form}"
    yield from _line_signs(line)
    if _inside_negation(trigger):
        yield f"negation in {draft.type}"
    yield from _told(document, draft, at)


def _led(trigger: str) -> int:
    """How much of a trigger only leads to its verb: "will send", "due to meet", "not be negotiated"."""
    m = re.match(
        r"(?:(?:will|would|shall|to|is|are|was|were|be|been|being|not|never|has|have|plans?|planned|due|set|scheduled|expected|"
        r"hoped?|vowed|ready|prepared|trying|tried|may|might|could|can|should|must|intends?)\s+)+(?=\w)",
        trigger,
        re.IGNORECASE,
    )
    return m.end() if m else 0


def _inside_negation(trigger: str) -> bool:
    return bool(re.match(r"(?:not?|never|nobody|none)\b", trigger, re.IGNORECASE))


def _told(document: Document, draft: EventDraft, at: int) -> Iterator[str]:
    """Signs from who tells it, and from what is said next."""
    act = draft.statement.act if draft.statement is not None else "none"
    yield f"told {act}"
    if draft.statement is not None:
        yield f"told {draft.type}"
    if at + 1 < len(document.sentences):
        start, end = document.sentences[at + 1]
        if _denies(document.text[start : min(end, start + 160)]):
            yield "denied next"


@lru_cache(maxsize=512)
def _line_signs(line: str) -> tuple[str, ...]:
    return tuple(f"in {name}" for name, pattern in _SENTENCE if pattern.search(line))


@lru_cache(maxsize=512)
def _denies(line: str) -> bool:
    return _NEXT_DENIES.search(line) is not None


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    return {sign: tuple(map(float, values)) for sign, *values in rows("status_weights.tsv")}


def leaning(found: Sequence[str], weights: Mapping[str, Sequence[float]] | None = None) -> list[float]:
    """Log-probabilities of every status from the signs at one trigger."""
    table = _weights() if weights is None else weights
    held = [table[s] for s in found if s in table]
    raw = [sum(column) for column in zip(*held, strict=True)] if held else [0.0] * len(STATUSES)
    top = max(raw)
    norm = top + math.log(sum(math.exp(x - top) for x in raw))
    return [x - norm for x in raw]


def weigh(found: Sequence[str], head: Sequence[float]) -> list[float]:
    """Log-odds of every status from the signs and the head's probabilities, which know the usual shares as well."""
    usual = leaning(["any"])
    return [
        sign + HEAD_WEIGHT * (math.log(max(p, 1e-4)) - PRIOR_SHARE * base)
        for sign, p, base in zip(leaning(found), head, usual, strict=True)
    ]
