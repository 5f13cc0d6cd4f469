"""A cue and the words around it -> where its source cannot stand, and who stands before a clause about him.

"He was charged with theft": whoever is charged does not speak.  "Ms Orl, who met the envoy in Selu last week, said": she
does, not what stands between the commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.stand_party import antecedent, subject

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range

_HEARSAY = frozenset("reportedly allegedly".split())
_SPOKEN_OF = (
    r"(?:accus|alleg|ask|believ|blam|charg|claim|condemn|confirm|consider|critici[sz]|describ|estimat|expect|fear|"
    r"indict|inform|instruct|order|prais|question|report|rumou?r|suspect|urg|warn)ed|told|said|thought|understood|known|"
    r"presumed|assumed"
)
_PASSIVE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|['’](?:s|re))\s+(?:\w+ly\s+|also\s+|not\s+|now\s+|still\s+|widely\s+|since\s+){{0,2}}(?:{_SPOKEN_OF})$",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"(?:accused|suspected|convicted)\s+of\b|charged\s+with\b|(?:believed|thought|said|reported|alleged|suspected|feared|presumed)\s+to\s+(?:be|have)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"\s*(?:as\s+\w+ing|to\s+have\s+(?:said|told|warned|added|admitted|confirmed|promised|threatened|written))\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"\b(?:receiv\w+|heard|seen|got|gathered|investigat\w+|examin\w+|aware of|den(?:y|ies|ied)|dismiss\w+|reject\w+|amid|despite)\s+"
    r"(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_RECEIVABLE = frozenset("reports allegations claims complaints rumours rumors accusations suggestions".split())
_OWNERS = frozenset("his her its their".split())
_NOUNS = re.compile(r"(?:\s+(?!(?:and|or|own|later|then|also)\b)(?!\w+(?:ing|ly)\b)[\w’'-]+){1,3}\s+")
_FINITE = re.compile(
    r"\s*(?:is|are|was|were|has|have|had|could|cannot|can|came|come|will|would|did|do|does|may|might)\b"
)
_BESIDE_NOUN = re.compile(r"(?:alleged|reported|suspected|rumou?red|supposed|purported|claimed)$", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    r"(?:\b(?:an?|the|this|that|these|those|his|her|its|their|our|any|no|some|several|many|other|of|about|over|for|into|by|with|"
    r"two|three|first|second|latest|recent)|['’]s)\s+$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r",\s+(?:who|which|whose|whom)\b[^.;:!?“”\"]{2,160},\s*$")
_BY = re.compile(r"\b(?:by|from)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
_BACK = 40
_JOINED = re.compile(
    r"(?:\b(?:and|but|then|who|which)|,\s*which)\s+(?:(?:in turn|also|then|has|have|had|is|are|was|were|later|now|still|repeatedly|"
    r"even|immediately|\w+ly)\s+){0,3}$"
)
_VERB = re.compile(
    r"(?:ed|es|s|ing)$|^(?:would|will|could|did|said|told|say|tell|have|had|are|were|wrote|saw|thought|felt|made|spoke)$"
)
_QUALITIES = frozenset(
    "fresh widespread mounting sketchy new growing repeated conflicting unconfirmed recent earlier previous latest initial "
    "persistent international critical rising renewed numerous strong angry global internal domestic day today yesterday "
    "week".split()
)
_ADVERBIAL = re.compile(r"(?:in|at|on|with|for|during|after|before|since|under|over)\s", re.IGNORECASE)


def silent(document: Document, cue: Range) -> bool:
    """Is what stands before the cue spoken of, not speaking: a passive, a hedge ("reportedly", "the alleged …")?"""
    text = document.text
    words = text[slice(*cue)]
    if words.lower() in _HEARSAY:
        return True
    if _QUOTED.match(text, cue[1]):  # "was quoted as saying", "is reported as saying"
        return False
    if _BESIDE_NOUN.fullmatch(words) and _BEFORE_NOUN.search(text, max(0, cue[0] - 20), cue[0]):
        return True
    if words.lower() in _RECEIVABLE and _RECEIVED.search(text, max(0, cue[0] - _BACK), cue[0]):
        return True  # whoever heard the reports did not make them
    home = document.sentences[max(0, document.sentence_at(cue[0]))][0]
    return bool(_PASSIVE.search(text, max(home, cue[0] - _BACK), cue[1]) or _REDUCED.match(text, cue[0]))


def may_speak(document: Document, cue: Range, source: Range) -> bool:
    """Can a source of a silent cue be the words at `source`: those after "by", or in another sentence?"""
    if source[0] >= cue[1]:
        return bool(_BY.search(document.text, max(0, source[0] - 12), source[0]))
    return False


def spoken_of(document: Document, cue: Range, content: Range) -> bool:
    """ "Her claims were backed by …": is the cue a noun and the content the verb that tells something of it?"""
    text = document.text
    return (
        cue[1] <= content[0] <= cue[1] + 1
        and _FINITE.match(text, cue[1]) is not None
        and _BEFORE_NOUN.search(text, max(0, cue[0] - 20), cue[0]) is not None
    )


def owned(document: Document, source: Range, cue: Range) -> Range:
    """A source; one that is but the first word of "his captors", before its cue, is the captors."""
    between = document.text[source[1] : cue[0]]
    if document.text[slice(*source)].lower() in _OWNERS and _NOUNS.fullmatch(between):
        return source[0], cue[0]
    return source


def whole_subject(document: Document, source: Range, cue: Range) -> Range:
    """A source; one that was found within a clause about somebody (", who …,") that ends at the cue is that somebody,
    with the clause."""
    text = document.text
    home = document.sentences[max(0, document.sentence_at(cue[0]))][0]
    found = _ABOUT.search(text, home, cue[0])
    while found is not None and (inner := _ABOUT.search(text, found.start() + 1, cue[0])) is not None:
        found = inner
    if found is None or not (found.start() < source[0] and source[1] <= cue[0]):
        return source
    who = antecedent(text, home, found.start())
    return (who[0], found.end()) if who is not None else source


def shared_subject(document: Document, cue: Range) -> Range | None:
    """The subject of a cue's verb that stands further off: of a verb joined by "and", of a participle after a comma, of a
    relative clause.  None elsewhere, and for a cue that is no verb."""
    text = document.text
    home = document.sentences[max(0, document.sentence_at(cue[0]))][0]
    left = text[home : cue[0]]
    word = text[slice(*cue)].split()[0].lower()
    participle = word.endswith("ing") and re.search(r",\s*(?:also\s+)?$", left) is not None
    if not participle and not (_JOINED.search(left) and _VERB.search(word)):
        return None
    return subject(text, home, cue[0])


def no_source(words: str) -> bool:
    """Words that are never a source by themselves: "fresh" reports, "in Selu last week"."""
    return words.lower() in _QUALITIES or _ADVERBIAL.match(words) is not None
