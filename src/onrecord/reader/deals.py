"""Agreements, with their kinds, status and stages, from the nouns that name them and the words around (`find_deals`).

Talks stand in `rounds`, stages in `stages`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.rounds import TalksDraft, find_talks
from onrecord.reader.stages import STAGED, StageDraft, find_stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.reader.document import Document, Range

__all__ = ["DealDraft", "StageDraft", "TalksDraft", "find_deals", "find_talks"]

_TRUCE = r"cease-?fires?|truces?|armistice|moratorium|lull"
_SIGNED = r"deals?|agreements?|accords?|pacts?|treaty|treaties|memorand(?:um|a)(?: of understanding)?|arrangements?|roadmap|protocols?"
_DRAFT = r"plans?|proposals?|drafts?|text|timetable"
_SWAP = r"(?:prisoner|hostage|captive|detainee)s? (?:exchange|swap|release)|exchange of (?:prisoners|men|captives|detainees)|exchange\b(?= fall|,| of)"
_HEAD = re.compile(
    rf"\b(?:(?P<truce>{_TRUCE})(?:\s+(?:and (?:\w+ ){{1,3}})?(?P<of>deal|agreement|accord|plan|proposal))?|(?P<swap>{_SWAP})(?:\s+(?:deal|agreement|plan))?|"
    rf"(?P<signed>(?i:{_SIGNED}))|(?P<draft>{_DRAFT})(?!\s+(?:[\w-]+\s+)?(?:{_SIGNED}|{_TRUCE})\b)|(?P<pause>pause))\b(?!['’]s\s|-|\s+(?:Front|Party|Movement|Council|Group|makers?|states?|members?)\b)"
)
_WORD = (
    r"(?:[A-Z][\w’'.-]*|[\w]+-[\w-]+|\d{4}|peace|ceasefire|cease-fire|truce|prisoner|hostage|captives?|exchange|swap|release|withdrawal|aid|humanitarian|"
    r"nuclear|border|grain|arms|interim|framework|draft|proposed|lasting|comprehensive|bilateral|unilateral|local|previous|first|second|last|earlier|latest|new|revised|"
    r"winter|friendship|fragile|shaky|temporary|limited|permanent|immediate|final|written|secret|political|power-sharing|initial|tentative|formal|separate|provisional|preliminary|mutual|defen[cs]e|security|landmark|historic|and)"
)
_LEFT = re.compile(
    rf"(?:(?P<det>\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Tt]hat|[Aa]ny|[Nn]o|his|her|last year['’]s|[A-Z][\w’'-]+['’]s))\s+)?(?P<mod>(?:(?!(?:Under|In|On|And|But|The|A|An|That|After|No)\b){_WORD}\s+){{0,6}})$"
)
MAX_PHRASE_CHARS = 90
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (k, re.compile(p, re.IGNORECASE))
    for k, p in (
        (
            "ceasefire",
            r"cease-?fire|truce|cessation|armistice|moratorium|\blull\b|\bpause\b|halt (?:to|in) (?:\w+ )?(?:fighting|strikes|fire)",
        ),
        (
            "exchange",
            r"(?:prisoner|hostage|captive|detainee)s?\b|\bexchange\b|\bswap\b|handed over|freed|hand over \d+",
        ),
        ("peace", r"\bpeace\b|settlement|reconciliation|end (?:its|the|their|a) (?:\w+ )?(?:war|insurgency|conflict)"),
        ("withdrawal", r"withdraw|pull-?out|pull (?:out|back)|disengagement"),
        ("aid", r"\baid\b|humanitarian|\bgrain\b|corridor|flour|relief"),
    )
)
_MADE = re.compile(
    r"\b(?:broker\w*|mediat\w+|negotiat\w+|signed|signing|reached|struck|hammered out|clinch\w*|guarantors?|took effect|in force|violat\w+|breach\w*|"
    r"collapsed|between the (?:two|sides)|implement\w*|put (?:his|her|its) name|under which|both sides|honou?r|ratif\w*|comply|terms of)\b",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"\b(?:shares?|acqui\w+|merger|transfer deal|contract|loan|record deal|club|company|stock|bonds?|trade deal|streaming|business|plea)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:call\w* for|appeal\w* for|urg\w+|plead\w* for|hop\w+ for|want\w*|seek\w*|demand\w*|counterparts on|(?:talks|contacts|negotiations)\b[^,;.]{0,40} (?:on|over|about)|negotiate|efforts? (?:to|towards?)|without|no|or no|any|discuss)\s+$",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:first|previous|earlier|last|past|former|second|another|separate|rival|\w+-(?:day|week|month|hour)|\d{4})\b",
    re.IGNORECASE,
)
_STATUSES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (s, re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for s, before, after in (
        ("collapsed", r"\b(?:ending|ended|collapse of|abandon\w*|resumed\b[^,;.]{0,30} after)\s+(?:an?|the)\s+$", r"^[^.;]{0,60}\b(?:collaps\w+|fell apart|broke down|unravel\w+|in tatters|abandoned|scrapped|torn up|tore up|(?:withdrew|pulled out) (?:from|of))\b"),
        ("expired", r"\b(?:expiry of)\s+(?:an?|the)\s+$", r"^[^.;]{0,100}\b(?:expired|lapsed|ran out)\b"),
        ("violated", r"\b(?:violat\w+|breach\w*|breaking|broken|broke|despite)\s+(?:of\s+)?(?:an?|the)?\s*$", r"^[^.;]{0,60}\b(?:violat\w+|breach\w*|been broken|has been ignored)\b"),
        ("signed", r"\b(?:signed|signing|inked|ratified)\s+(?:of\s+)?(?:an?|the)?\s*$", r"^[^.;]{0,40}\b(?:signed|ratified)\b|^[^.;]{0,40}\bsigning\b"),
        ("in_force", r"\b(?:ended with)\s+(?:an?|the)\s+$", r"^[^;]{0,70}\b(?:took effect|takes effect|came into (?:force|effect)|in force|has held|is holding|held since|(?:entered|enters|went|goes|go|come|comes) into (?:force|effect)|take effect|has begun|began|begins|enters? (?:its|an?|the)|holds|remains in (?:place|force)|runs? out|(?:was|is|has been) extended)\b"),
        ("completed", r"(?!)", r"^[^.;]{0,50}\b(?:was completed|was carried out|fulfilled|handed over|set free)\b"),
        ("proposed", r"\b(?:propos\w+|draft|negotiat(?:e|es|ing)|discussing|(?:close to|near)(?: \w+ing)?(?: (?:agreement|a deal))?(?: on)?|offer\w*|suggest\w*|put forward|accepts?|consider\w*|table[ds]?|discuss\w*|insist\w* on|repl(?:y|ied) to|talks on)\s+(?:on\s+)?(?:an?|the)?\s*$", r"^[^.;]{0,60}\b(?:proposed by|put forward|would|possible|nearly done|was turned down|was rejected)\b"),
        ("in_force", r"\bunder\s+(?:an?|the|its)?\s*$", r"(?!)"),
        ("agreed", r"\b(?:agree[ds]?(?: in principle)? (?:on|to)|reach(?:ed|es)?|clinch(?:ed|es)?|struck|strikes?|conclude[ds]?|announce[ds]?|approve[ds]?|endorse[ds]?|adopt(?:ed|s)?|accepted|finali[sz]ed|sealed|secured|brokered|backed)\s+(?:an?|the)?\s*$", r"^[^.;]{0,60}\b(?:agreed|reached|struck|brokered|mediated|negotiated|announced|approved|endorsed|accepted|adopted)\b"),
    )
)  # fmt: skip


_SWAPPED = re.compile(
    r"\b(?:exchanged|swapped|traded|freed|handed over|carried out|took place|brought home|(?:mediated|brokered|arranged) the)\b",
    re.IGNORECASE,
)
"""What tells in the sentence of an exchange that it was made."""
_TERM = re.compile(
    r"\b(?:provid\w+ for|includ\w+|start of|involv\w+|with)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
"""What stands before a truce that is one term of the agreement told just before."""
NEAR_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class _Mention:
    """One phrase that names an agreement."""

    start: int
    head: int
    end: int
    det: str
    mod: str
    shape: str
    """Which alternative of `_HEAD` matched: truce, swap, signed, draft, pause."""
    of: bool
    """Is it "a truce deal", not "a truce"?"""
    home: int


@dataclass(slots=True)
class DealDraft:
    """One agreement."""

    span: Range
    name: str
    kinds: list[str]
    sentences: list[int]
    status: str = "unknown"
    stages: list[StageDraft] = field(default_factory=list)


def find_deals(document: Document, inside: Callable[[int], bool] = lambda _: True) -> list[DealDraft]:
    """Agreements, with the stages that the text counts or tells, named where `inside` says so (not in a headline)."""
    found: list[DealDraft] = []
    for m in _mentions(document):
        if not inside(m.start):
            continue
        kinds = _kinds(document, m)
        if not _tells(document, m, kinds):
            continue
        status = _status(document, m)
        if found and _TERM.search(document.text, max(0, m.head - 60), m.head) and m.shape in ("truce", "pause", "swap"):
            found[-1].kinds += [k for k in kinds if k not in found[-1].kinds]
            continue
        same = _same(found, m, kinds)
        if same is not None:
            _join(document, same, m, kinds, status)
        elif m.shape != "draft" or m.det.lower() not in ("the", "this", "that") or status != "proposed" or m.mod:
            name = document.text[m.start : m.end]
            found.append(DealDraft((m.start, m.end), name, kinds or ["other"], [m.home], status))
    _attach(document, found)
    return found


def _mentions(document: Document) -> Iterator[_Mention]:
    text = document.text
    for i, (start, end) in enumerate(document.sentences):
        for m in _HEAD.finditer(text, start, end):
            left = _LEFT.search(text[max(start, m.start() - MAX_PHRASE_CHARS) : m.start()])
            det, mod = (left.group("det") or "", left.group("mod")) if left else ("", "")
            begin = m.start() - len(mod)
            if det.endswith(("'s", "’s")) and det[0].isupper():
                begin -= len(det) + 1
            shape = next(name for name in ("truce", "swap", "signed", "draft", "pause") if m.group(name))
            yield _Mention(begin, m.start(), m.end(), det, mod, shape, bool(m.group("of")), i)


def _join(document: Document, d: DealDraft, m: _Mention, kinds: list[str], status: str) -> None:
    """Take in what a further mention tells; the one that tells of its making gives the span."""
    d.sentences.append(m.home)
    d.kinds = [*d.kinds, *(k for k in kinds if k not in d.kinds)]
    if len(d.kinds) > 1 and "other" in d.kinds:
        d.kinds.remove("other")
    if d.status == "unknown" and status != "unknown":
        d.span, d.name = (m.start, m.end), document.text[m.start : m.end]
    if d.status == "unknown" or status in ("collapsed", "expired", "violated"):
        d.status = status


def _kinds(document: Document, m: _Mention) -> list[str]:
    """Kinds named by the noun phrase; for a plain deal or a draft, by what its sentence says it holds."""
    words = document.text[m.start : m.end]
    kinds = [k for k, p in _KINDS if p.search(words)]
    after = document.text[m.end : document.sentences[m.home][1]][:160]
    if m.shape == "truce" and not m.of:
        return (
            [*kinds, "exchange"]
            if re.match(r"\s+in (?:return|exchange) for\b.*(?:captive|hostage|prisoner|detainee)", after)
            else kinds
        )
    if not kinds or m.shape == "draft":
        kinds += [k for k, p in _KINDS if k not in kinds and p.search(after)]
    return kinds


def _tells(document: Document, m: _Mention, kinds: list[str]) -> bool:
    """Does the phrase name an agreement between parties, not a wish for one, a firm's contract or a policy?"""
    start, end = document.sentences[m.home]
    text = document.text
    sentence = text[start:end]
    det = m.det.lower()
    lead = text[max(start, m.start - len(m.det) - 40) : m.start].rstrip()
    lead = lead[: len(lead) - len(m.det)] if m.det and lead.endswith(m.det) else lead + " "
    if det in ("no", "any") or _WISHED.search(lead):
        return False
    if m.shape in ("truce", "swap"):
        wished = re.search(r"\b(?:permanent|lasting|immediate)\b", m.mod) and not _MADE.search(sentence)
        return bool(m.det or m.mod) and not wished
    if m.shape == "pause":
        return bool(
            re.search(r"humanitarian|-(?:day|week|hour)", m.mod)
            or re.match(r"\s+of \d+ (?:days|hours)", text[m.end : m.end + 20])
        )
    if _BUSINESS.search(sentence) or (not m.det and not m.mod):
        return False
    made = bool(_MADE.search(sentence))
    if m.shape == "signed":
        named = bool(re.search(r"[A-Z]|\d{4}", m.mod)) and not text[m.head : m.end].lower().startswith("pact")
        own = any(p.search(text[m.start : m.end]) for _, p in _KINDS)
        return made or own or named
    return (
        (made and bool(kinds))
        or bool(STAGED.search(m.mod))
        or bool(kinds and re.search(r"[A-Z]|latest|draft|revised|new", m.mod))
    )


def _same(found: list[DealDraft], m: _Mention, kinds: list[str]) -> DealDraft | None:
    """The agreement that a phrase names again: the last one of a like kind, unless the phrase sets itself apart."""
    apart = _APART.findall(m.mod)
    if apart:
        return next((d for d in found if _APART.findall(d.name) == apart and set(kinds) & set(d.kinds)), None)
    if m.det.lower() not in ("the", "its", "their", "this", "that"):
        last = found[-1] if found and m.shape == "draft" else None
        near = (
            last is not None
            and m.home - last.sentences[-1] <= NEAR_SENTENCES
            and last.status in ("unknown", "proposed")
        )
        return last if last is not None and near and set(kinds) & set(last.kinds) else None
    plain = not m.mod and m.shape in ("signed", "draft")
    for d in reversed(found):
        if plain or set(kinds) & set(d.kinds) or not kinds or d.kinds == ["other"]:
            return d
    return None


def _status(document: Document, m: _Mention) -> str:
    start, end = document.sentences[m.home]
    text = document.text
    lead = text[max(start, m.start - 45) : m.start]
    after = text[m.end : min(end, m.end + 110)]
    for status, left, right in _STATUSES:
        if left.search(lead) or right.search(after):
            return status
    if m.shape == "swap" and _SWAPPED.search(text, start, end):
        return "completed"
    if m.shape == "signed" and re.search(r"\b(?:draft|proposed)\b", m.mod):
        return "proposed"
    return "proposed" if m.shape == "draft" or (m.of and "proposal" in document.text[m.head : m.end]) else "unknown"


def _attach(document: Document, found: list[DealDraft]) -> None:
    """Give the stages to the agreement that is said to have them, else to the last one before the first stage."""
    stages, first, count = find_stages(document)
    if not stages or not found:
        return
    counted = [d for d in found if count and STAGED.search(d.name)]
    home = document.sentence_at(first)
    near = [d for d in found if home in d.sentences] or [d for d in found if d.span[0] < first][-1:] or found[:1]
    owner = (counted or near)[0]
    owner.stages = stages
    for s in stages:
        if owner.status == "proposed" and s.status == "unknown":
            s.status = "planned"
