"""Where the object of a verb begins and ends, by its words alone (`extents`): coders take the noun phrase or
the clause up to its end, each member of a list by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Range

MAX_OBJECT_CHARS = 260
MAX_ADDRESSEE_CHARS = 110

_STOP = re.compile(
    r"[;:?!\n]|(?<![A-Z])\.(?=[\s\"”]|$)|\s(?:[–—]|--?)\s|,[\"”’]?\s|[\"”]\s+(?=[a-z]+ed\b|said|says|and )|"
    r"\s(?=(?:after|before|when|while|because|since|although|though|despite|unless|until|if|once|provided|whereas|amid|"
    r"following|but|hours after|days after|a (?:day|week|month) after|only if|only when|in (?:exchange|return) for|as long as|even as|"
    r"so that|according to|said|says|rather than|during|despite|on condition)\b)|"
    r"\s(?=as\s+(?!well|part|soon|much|many|far|a\b|an\b))"
)
_FINITE = (
    r"(?:\w+ed|said|says|told|was|were|is|are|has|have|had|will|would|could|did|does|made|took|went|came|gave|got|began|held|"
    r"sent|put|set|left|called|calls|urges|demands|accuses|wants|insists|warns|offers|says|rejects|spoke|wrote|saw|met|led|"
    r"say|want|plan|insist|accuse|cannot|may|might|then|later|also|instead|not)\b(?!\s+(?:people|men|women|children|persons|families|civilians|troops|parties))"
)
_AND_FINITE = re.compile(rf"\s+and\s+(?={_FINITE})|\s+(?:and|or)\s+(?=(?:it|he|she|they|we|I|that)\b)", re.IGNORECASE)
_DETERMINER = r"(?:an?|the|its|their|his|her|our|all|any|more|full|greater|immediate|complete|no|other|further|new)\b"
_APPOSITION = r"(?:an?|the) (?:\w+ )?(?:offer|idea|step|demand|plan|proposal|condition|move|request|call|measure|claim|charge|decision|country|group|bloc)\b"
_NEXT_NOUN = re.compile(
    rf"(?:,\s+(?:and\s+(?:for\s+|on\s+|of\s+|to\s+)?)?|\s+and\s+(?:for\s+|on\s+|of\s+)?|\s+and\s+(?:for|on|of)\s+)(?!{_APPOSITION})(?=[\"“]?(?:{_DETERMINER}|compensation\b|guarantees?\b))"
)
_NEXT_TO = re.compile(r",?\s+(?:and|or)\s+(?:also\s+)?(?:not\s+)?to\s+(?=[\"“]?[a-z])")
VERBS = frozenset(
    "abandon accept accord act address admit adopt aid allow annul apologise apologize appoint arrange arrest attend avoid ban "
    "begin block break bring build call cancel cease change close come commit compensate comply compel condemn conduct consider "
    "continue cooperate create cut declare defend deliver demilitarise demilitarize deploy disarm disband disclose dismantle dismiss "
    "drop ease embrace end engage enforce ensure enter establish exchange exercise expel explain extend extradite find form free "
    "freeze fulfil fulfill fund get give go grant guarantee halt hand help hold honour honor host impose implement improve include "
    "increase insist install investigate invest issue join keep lay lead leave let lift listen make maintain meet move negotiate "
    "observe obey offer open oust pay permit preserve prevent proceed prosecute protect provide publish pull punish put raise "
    "ratify reach rebuild recall recognise recognize reconsider reduce refer reform refrain release remain remove renew reopen repeal "
    "replace resign resolve respect respond restore resume retreat return reveal reverse revoke scrap scale send serve set settle "
    "share show sign solve spare stand start stay step stick stop submit supply support surrender suspend take talk tear tell "
    "transfer treat try turn uphold use vacate vote withdraw work".split()
)
_NEXT_VERB = re.compile(rf",?\s+and\s+(?=(?:{'|'.join(sorted(VERBS))})\b(?!\s+(?:of|by|from|was|is)\b))")
_TO = re.compile(
    r"(?:not\s+)?to\s+(?=[\"“‘]?[a-z])(?!(?:the|an?|his|her|its|their|our|this|that|these|those|all|both|any|each)\b)"
)
_ADDRESSEE_STOP = re.compile(
    r"[;:.!?\n]\s|\s(?:[–—]|--)\s|\s(?:that|after|before|when|while|because|since|although|despite|unless|until|if|but|said|"
    r"says|which|was|were|is|are|has|had|will|would|and \w+ed|for)\s"
)
_TAIL = re.compile(
    r"(?:\s+(?:on (?:\w+ )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|last (?:week|month|year|night)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in (?:a|an|the) (?:statement|interview|speech)|(?:proposed|put forward|demanded|drafted) by .*))+$"
)
_NO_NOUN = re.compile(r"(?:to|and|or|but|that(?!\s+(?:\w+\s+)?\w+[\s.,;]*$))\b", re.IGNORECASE)
_EDGE = " \t\n,;:.\"“”‘'»«"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a predicate takes: the object spans, and whom they are asked of."""

    spans: tuple[Range, ...]
    toward: Range | None = None
    kind: str = "n"


def complement(text: str, at: int, limit: int, takes: str) -> Taken | None:
    """The first of the allowed complements (see `Rule`) that stands at `at`."""
    at = opening(text, at, limit)
    if at >= limit:
        return None
    for kind in takes:
        if kind == "i" and (m := _TO.match(text, at, limit)):
            return _whole(text, at if m.group().startswith("not") else m.end(), limit, "i")
        if kind == "t" and (m := re.compile(r"that\s+").match(text, at, limit)):
            return _whole(text, m.end(), limit, "t")
        if kind == "o" and (found := _object(text, at, limit)):
            return found
        if kind == "p" and (
            m := re.compile(r"((?:the|its|his|her|their|that|this|an?|it)\b[^,;.]{0,50}?)\s+down\b").match(
                text, at, limit
            )
        ):
            return Taken((m.span(1),))
        if kind in "ns" and not _NO_NOUN.match(text, at, limit):
            return _whole(text, at, limit, kind)
    return None


def opening(text: str, at: int, limit: int) -> int:
    """The first character of an object that may follow: blanks, commas and opening quotation marks are passed over."""
    while at < limit and (text[at].isspace() or text[at] in ',“"‘'):
        at += 1
    return at


def _object(text: str, at: int, limit: int) -> Taken | None:
    """ "someone (not) to do something": the doing, asked of someone."""
    end = min(limit, at + MAX_ADDRESSEE_CHARS)
    stop = _ADDRESSEE_STOP.search(text, at, end)
    end = stop.start() + 1 if stop else end
    for m in re.compile(r"\s+(?=(?:not\s+)?to\s)").finditer(text, at, end):
        if t := _TO.match(text, m.end(), limit):
            start = m.end() if t.group().startswith("not") else t.end()
            found = _whole(text, start, limit, "i")
            return Taken(found.spans, (at, m.start()), "o") if found else None
    return None


def _whole(text: str, start: int, limit: int, kind: str) -> Taken | None:
    spans = extents(text, start, limit, kind)
    return Taken(tuple(spans), kind=kind) if spans else None


def extents(text: str, start: int, limit: int, kind: str) -> list[Range]:
    """The object that begins at `start`, and the further members of its list."""
    limit = min(limit, start + MAX_OBJECT_CHARS)
    further = _NEXT_NOUN if kind == "n" else _NEXT_TO
    spans: list[Range] = []
    while start < limit and len(spans) < 5:
        end = _end(text, start, limit)
        more = further.search(text, start + 2, limit)
        if (
            kind == "i"
            and (verb := _NEXT_VERB.search(text, start + 2, limit))
            and (not more or verb.start() < more.start())
        ):
            more = verb
        listed = more if more and more.start() <= end and _may_split(text, start, more.start(), kind) else None
        span = _trim(text, start, min(end, listed.start()) if listed else end)
        if span[1] - span[0] >= 2:
            spans.append(span)
        if not listed:
            break
        start = listed.end()
    return spans


def _may_split(text: str, start: int, end: int, kind: str) -> bool:
    """A list of nouns whose first member has no article of its own is one object ("bread and the like")."""
    if kind == "n":
        first = text[start:end]
        return len(first.split()) > 1 and not re.search(
            r"\b(?:between|both|of|by|from|to|with|in)\s+(?:[\w'’-]+\s*){1,3}$", first
        )
    return True


def _end(text: str, start: int, limit: int) -> int:
    end = limit
    for stop in (_STOP.search(text, start + 1, limit), _AND_FINITE.search(text, start + 1, limit)):
        if stop:
            end = min(end, stop.start())
    return end


def _trim(text: str, start: int, end: int) -> Range:
    if m := _TAIL.search(text[start:end]):
        end = start + m.start()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if m := re.search(r"\s(?:under|by|in|on|of|to|for|from|with|at|and)$", text[start:end]):
        end = start + m.start()
    return start, end
