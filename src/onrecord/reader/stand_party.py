"""Who takes a position: the subject of a stating verb, as a span to the left of it (`subject`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Range

MAX_LEFT_CHARS = 320

_AUXILIARY = re.compile(
    r"(?:[\s,]*\b(?:has|have|had|is|are|was|were|be|been|being|do|does|did|not|still|also|now|would|will|could|may|might|must|again|"
    r"repeatedly|yesterday|today|later|then|so far|far|ever|never|each|both|reportedly|meanwhile|too|however|only|who|which|that|instead|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last (?:week|month|year|night)|"
    r"(?!(?:assembl|famil|part|countr|communit|territor|Ital|German|Hungar|arm|milit|alli|monarch|deput|envo|secretar|securit|minor|major|"
    r"agenc|embass|jur|bod|all)\w*\b)[a-z]+ly|in fact|for (?:his|her|its|their) part|long|[’']s (?=\Z)|n[’']t))+[\s,]*$"
)
_CLAUSE = re.compile(
    r"[;:“\"(]|\s[–—]\s|\s--?\s|,\s+(?:and|but|while|as|after|with|though|although)\s|\b(?:that|but|while|whereas|because|when|after|before|if|"
    r"unless|although|though|whether|said|says|adding|saying|hours after)\s"
)
_AND = re.compile(r"(?:,\s*|\s)(?:and|but|or|then)\s*$|^(?:and|but|or)\s*$")
_VERBAL = (
    r"(?:has|have|had|is|are|was|were|will|would|can|could|may|might|must|should|did|does|do|said|says|told|called|calls|made|"
    r"took|gave|went|sent|held|put|began|left|met|led|wrote|spoke|saw|won|lost|fell|broke|came|urges|demands|wants|insists|warns|"
    r"rejects|accuses|who|which|whose|that|\w{2,}ed)\b"
)
_FIRST_VERB = re.compile(rf"\s(?={_VERBAL})|,\s")
_LEAD = re.compile(
    r"(?:(?:In|On|At|Under|After|Before|During|Since|For|Over|By|From|With|As|Citing|Speaking|Despite|Late|Earlier|Last|Meanwhile|Yesterday|"
    r"Today|But|And|Instead|However|Still|Later|Then|Also|Separately|Yet|in|on|at|under|during)\b[^,]{0,90},\s*|(?:But|And|Yet|Still|Instead|"
    r"Meanwhile|Earlier|Later|Then|On \w+day|Last \w+|Yesterday|Today)\s+)+"
)
_DATELINE = re.compile(r"[^a-z]{0,8}[A-Z][\w ,.'’]{1,50}?(?:\([A-Z][\w ]+\)\s*)?[-–—]{1,2}\s+|[A-Z][\w .,'’]{1,60}\([A-Z]\w+\)\s+")
_PLACE_TAIL = re.compile(r"\s+(?:on|at|in|from|under|during|over)\s+(?:the\s+)?[\w'’ ]{2,30}$")


def subject(text: str, begin: int, at: int) -> Range | None:
    """The noun phrase before the verb at `at`, in the stretch that begins at `begin` (a sentence or a content)."""
    begin = max(begin, at - MAX_LEFT_CHARS)
    if m := _DATELINE.match(text, begin, at):
        begin = m.end()
    end = at
    left = text[begin:end]
    relative = re.search(r",?\s(?:who|which|that)\s+(?:[\w'’]+\s+){0,3}$", left)
    if relative and (aux := _AUXILIARY.search(left)):
        return _phrase(text, begin, begin + min(relative.start(), aux.start()))
    if aux := _AUXILIARY.search(left):
        end = begin + aux.start()
        left = text[begin:end]
    if not left.strip(" ,\"“") or (_AND.search(text[begin:at].rstrip() + " ") and _AND.search(left.rstrip())):
        return _shared(text, begin, end)
    return _near(text, begin, end)


def _shared(text: str, begin: int, end: int) -> Range | None:
    """ "X condemned it and called …": the subject of the first verb of the clause."""
    left = text[begin:end]
    starts = [m.end() for m in _CLAUSE.finditer(left) if m.end() < len(left) - 12]
    for start in [*reversed(starts), 0]:
        found = _first(text, begin + start, end)
        if found:
            return found
    return None


def _first(text: str, start: int, end: int) -> Range | None:
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
    if left.endswith(",") or text[end : end + 1] == ",":
        return _first(text, begin + _clause_start(left), end + 1) or _shared(text, begin, end)
    start = begin + _clause_start(left)
    if m := _LEAD.match(text, start, end):
        start = m.end()
    piece = text[start:end]
    if "," in piece:  # "the leader of the front, Amadu Sese": the last phrase names the head
        tail = piece.rsplit(",", 1)[1]
        if re.match(r"\s*(?:and\s)?[A-Z“\"]", tail) and not re.search(_VERBAL, tail):
            return _checked(text, end - len(tail), end)
        return _first(text, start, end)
    if re.search(rf"\s{_VERBAL}", piece):
        and_ = list(re.finditer(r"\sand\s", piece))
        if and_ and not re.search(rf"\s{_VERBAL}", piece[and_[-1].end() - 1 :]):
            return _checked(text, start + and_[-1].end(), end)
        return _first(text, start, end)
    return _checked(text, start, end)


def _clause_start(left: str) -> int:
    return max((m.end() for m in _CLAUSE.finditer(left) if m.end() < len(left)), default=0)


def _phrase(text: str, begin: int, end: int) -> Range | None:
    """The phrase that ends at `end`: what a relative clause hangs on."""
    while end > begin and text[end - 1] in " ,":
        end -= 1
    left = text[begin:end]
    start = _clause_start(left)
    for m in re.finditer(rf",\s+|\s(?:and|to|by|in|of|with|from)\s+(?=[A-Z]|the\s)|{_VERBAL}\s+", left[start:]):
        if m.end() < len(left) - start:
            last = m.end()
            break
    else:
        last = 0
    cut = max((m.end() for m in re.finditer(rf",\s+|\s(?:by|with|from)\s+|\b{_VERBAL}\s+", left) if m.end() < len(left)), default=last)
    return _checked(text, begin + max(start, cut), end)


def _checked(text: str, start: int, end: int) -> Range | None:
    while start < end and text[start] in " ,\"“”‘’()":
        start += 1
    while end > start and text[end - 1] in " ,\"“”()":
        end -= 1
    words = text[start:end]
    if tail := _PLACE_TAIL.search(words):
        end = start + tail.start() if tail.start() > 2 and tail.group().split()[0] in ("on", "at", "under", "during") else end
    if not words or len(words) > 140 or not any(c.isalpha() for c in words):
        return None
    if re.fullmatch(r"(?:there|this|that|these|those|what|which|it is|none|one|nobody|no one|\d+|and|also|not|to)", words, re.IGNORECASE):
        return None
    return start, end
