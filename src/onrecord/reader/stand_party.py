"""Who takes a position: the subject of a stating verb, as a span to the left of it (`subject`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Range

MAX_LEFT_CHARS = 320
MAX_PARTY_CHARS = 140

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NO_ADVERB = r"(?!(?:assembl|famil|part|countr|communit|territor|ital|german|hungar|arm|milit|all|monarch|deput|envo|secretar|securit|minor|major|agenc|embass|jur|bod|bull|repl)\w*\b)"
_AUXILIARY = re.compile(
    rf"(?:[\s,]*\b(?:has|have|had|is|are|was|were|be|been|being|do|does|did|not|still|also|now|would|will|could|may|might|must|again|"
    rf"repeatedly|yesterday|today|later|then|so far|far|ever|never|no longer|longer|each|both|reportedly|meanwhile|too|however|only|who|which|that|instead|to|"
    rf"(?:late |early )?(?:on )?(?:late |early )?{_DAY}(?: (?:morning|evening|night|afternoon))?|last (?:week|month|year|night)|{_NO_ADVERB}[a-z]+ly|in fact|"
    rf"for (?:his|her|its|their) part|long|n[’']t))+[\s,]*$"
)
_RELATIVE = re.compile(
    r",?\s(?:who|which|that)\s+(?:(?:has|have|had|is|are|was|were|would|will|could|also|still|not|so far|never|\w+ly)\s+)*$"
)
_CLAUSE = re.compile(
    r"[;:“\"(]|\s[–—]\s|\s--?\s|,\s+(?:and|but|while|as|after|with|though|although)\s|\b(?:that|but|while|whereas|because|when|after|before|if|"
    r"unless|although|though|whether|said|says|say|adding|saying|hours after)\s"
)
_STRONG = re.compile(r"[;:]\s|\b(?:while|whereas|although|said(?: that)?|says(?: that)?|say|told \w+(?: \w+)? that)\s")
_COORDINATED = re.compile(r"(?:^|[\s,])(?:and|but|or|then)\s*$")
_VERBAL = (
    r"(?:has|have|had|is|are|was|were|will|would|can|could|may|might|must|should|did|does|do|said|says|told|called|calls|made|"
    r"took|gave|went|sent|held|put|began|left|met|led|wrote|spoke|saw|won|lost|fell|broke|came|became|grew|knew|rose|sold|bought|"
    r"brought|fled|fought|stood|sought|drew|drove|chose|paid|urges|demands|wants|insists|warns|"
    r"rejects|accuses|who|which|whose|that|[a-z]{2,}ed)\b"
)
_FIRST_VERB = re.compile(rf"\s(?={_VERBAL})|,\s")
_ADVERBIAL = r"In|On|At|Under|After|Before|During|Since|For|Over|By|From|With|As|Citing|Speaking|Despite|Late|Earlier|Last|Meanwhile|Yesterday|Today"
_LEAD = re.compile(
    rf"(?:(?:{_ADVERBIAL}|But|And|Instead|However|Still|Later|Then|Also|Separately|Yet|in|on|at|under|during)\b[^,]{{0,90}},\s*|"
    rf"(?:But|And|Yet|Still|Instead|Meanwhile|Earlier|Later|Then|On \w+day|Last \w+|Yesterday|Today)\s+)+"
)
_DATELINE = re.compile(
    r"[^a-z]{0,8}[A-Z][\w ,.'’]{1,50}?(?:\([A-Z][\w ]+\)\s*)?[-–—]{1,2}\s+|[A-Z][\w .,'’]{1,60}\([A-Z]\w+\)\s+"
)
_TAIL = re.compile(rf"\s+(?:on|at|under|during)\s+(?:the\s+)?[\w'’ ]{{2,30}}$|\s+in an? [\w ]{{3,30}}$|\s+{_DAY}$")
_NOBODY = re.compile(
    r"(?:there|this|that|these|those|what|which|who|whoever|it is|none|one|nobody|no one|\d+|and|also|but|not|to|the|of|a|an|had|has|so|as)$",
    re.IGNORECASE,
)


def subject(text: str, begin: int, at: int) -> Range | None:
    """The noun phrase before the verb at `at`, in the stretch that begins at `begin` (a sentence or a content)."""
    begin = max(begin, at - MAX_LEFT_CHARS)
    if m := _DATELINE.match(text, begin, at):
        begin = m.end()
    left = text[begin:at]
    aux = _AUXILIARY.search(left)
    end = begin + aux.start() if aux else at
    participle = re.match(r"[a-z]+ing\b", text[at : at + 20]) is not None and aux is None
    if _RELATIVE.search(left) or (participle and re.search(r"\w\s$", left)):
        return antecedent(text, begin, end)
    before = text[begin:end].rstrip(' ,–—-“"')
    apart = participle and re.search(r"(?:[,–—]|--?)\s*$", text[begin:end]) is not None
    if not before or apart or _COORDINATED.search(before) or re.search(r"\bto\s*$", left):
        return _shared(text, begin, end)
    return _near(text, begin, end)


def _shared(text: str, begin: int, end: int) -> Range | None:
    """ "X condemned it and called …": what the clause that holds both verbs opens with."""
    starts = [m.end() for m in _STRONG.finditer(text, begin, end) if m.end() < end - 12]
    for start in [*reversed(starts), begin]:
        found = opening(text, start, end)
        if found:
            return found
    return None


def opening(text: str, start: int, end: int) -> Range | None:
    """The phrase that a clause opens with, up to its verb or a comma."""
    if m := _LEAD.match(text, start, end):
        start = m.end()
    stop = _FIRST_VERB.search(text, start, end)
    if not stop or stop.start() - start < 2:
        return None
    return _checked(text, start, stop.start())


def _near(text: str, begin: int, end: int) -> Range | None:
    """The phrase right before the verb; where a comma closes an aside, the one before the aside."""
    left = text[begin:end]
    start = begin + _clause_start(left)
    if left.endswith(",") or text[end : end + 1] == ",":
        return opening(text, start, end + 1) or _shared(text, begin, end)
    if m := _LEAD.match(text, start, end):
        start = m.end()
    piece = text[start:end]
    if "," in piece:  # "the leader of the front, Amadu Sese": the last phrase names the head
        tail = piece.rsplit(",", 1)[1]
        if re.match(r"\s*(?:and\s)?[A-Z“\"]", tail) and not re.search(_VERBAL, tail):
            return _checked(text, end - len(tail), end)
        return opening(text, start, end)
    if re.search(rf"\s{_VERBAL}", piece):
        joints = list(re.finditer(r"\sand\s", piece))
        if joints and not re.search(rf"\s{_VERBAL}", piece[joints[-1].end() - 1 :]):
            return _checked(text, start + joints[-1].end(), end)
        return opening(text, start, end)
    return _checked(text, start, end)


def _clause_start(left: str) -> int:
    return max((m.end() for m in _CLAUSE.finditer(left) if m.end() < len(left)), default=0)


def antecedent(text: str, begin: int, end: int) -> Range | None:
    """The phrase that ends at `end`: what a relative clause hangs on."""
    while end > begin and text[end - 1] in " ,":
        end -= 1
    left = text[begin:end]
    start = _clause_start(left)
    cuts = re.finditer(rf",\s+|\s(?:by|with|from|against|to)\s+|\b{_VERBAL}\s+", left)
    cut = max((m.end() for m in cuts if m.end() < len(left)), default=0)
    return _checked(text, begin + max(start, cut), end)


def _checked(text: str, start: int, end: int) -> Range | None:
    """The phrase without marks and adverbials at its ends; None where it can be no party."""
    while start < end and text[start] in ' ,"“”‘’()':
        start += 1
    if m := re.compile(r"(?:that|as|for|and|but)\s+").match(text, start, end):
        start = m.end()
    while end > start and text[end - 1] in ' ,"“”()':
        end -= 1
    if (tail := _TAIL.search(text[start:end])) and tail.start() > 2:
        end = start + tail.start()
    words = text[start:end]
    if not words or len(words) > MAX_PARTY_CHARS or not any(c.isalpha() for c in words) or _NOBODY.match(words):
        return None
    return start, end
