"""A span that stands for actors -> its parts, and what each part is headed by: a name in it, or its noun.

"Its negotiator, Sabine Orrel" is headed by the person, "a spokesman for the front" by the spokesman; "the governor and
the mayor" are two parts, "a lawyer and former minister" one.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.gazetteer import demonym
from onrecord.reader.nominals import PRONOUNS, NounPhrase, is_head, noun_phrase, singular
from onrecord.reader.noun_words import DETERMINERS, PERSON_HEADS

if TYPE_CHECKING:
    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Range

_CUT = re.compile(
    r",|\(|\s--+\s|\s[—–-]\s|\b(?:who|whose|whom|which|that|including|speaking|citing|quoting)\b", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?:of|for|from|with|to|by|against|near|at|in|on|under|into|over|inside|behind|between|among|representing|citing)\b",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r"\s*,?\s+(?:and|as well as|along with|or)\s+")
_UNDER_NAME = re.compile(
    r"\b(?:names?|himself|herself|themselves|known|identified|nickname|alias|nom de guerre)\b[^.]{0,40}?\b(?:as|under|by|of)\s+$"
    r"|\b(?:under|by) the (?:name|alias|pseudonym|nom de guerre)\s+(?:of\s+)?$|\b(?:called|named|calls (?:him|her)self)\s+$",
    re.IGNORECASE,
)
_CLASS_AFTER = re.compile(
    r"^\s+(?:(?:news|press|rebel|militant|rights|human rights|media|armed|militia|insurgent|opposition|political|terrorist|terror|"
    r"aid|advocacy|monitoring|satellite|state|daily|weekly|television|tv|news)\s+)?(?:agency|newspaper|paper|group|movement|party|"
    r"militia|faction|rebels?|insurgents|militants|organi[sz]ation|company|firm|coalition|alliance|cartel|network|channel|station|daily|weekly|magazine|"
    r"website|broadcaster|television|tv|radio|site|news agency|front|bloc|service|guerrillas|corporation)\s*$",
    re.IGNORECASE,
)
_PLACE_CLASS = re.compile(
    r"^(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:region|republic|state|kingdom|nation|country|island|territory|province|emirate|sultanate|"
    r"city|government|administration|regime|government side)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_MODIFIER_ONLY = re.compile(
    r"^(?:the|neighbou?ring|breakaway|nearby|southern|northern|eastern|western|central|both|self-declared|official|\s|-)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a part is about: a name (with the range of the words that describe it) or, with `name` None, its noun."""

    name: Name | None
    about: tuple[Range, ...] = ()


def parts(text: str, start: int, end: int, names: list[Name]) -> list[Range]:
    """The conjuncts of a span that are actors of their own; the span itself where it is one actor."""
    if m := re.match(r"(?:both|either|neither)\s+(?=\S+.*\b(?:and|n?or)\b)", text[start:end], re.IGNORECASE):
        start += m.end()
    if (pair := _titled_pair(text, start, end, names)) is not None:
        return pair
    for m in _CONJUNCTION.finditer(text, start, end):
        a, b = m.span()
        if any(n.start < a and b < n.end for n in names) or _closed(text[start:a], start, names):
            continue
        left, right = _between(names, start, a), _between(names, b, end)
        if _splits(text, (start, a), (b, end), left, right):
            return [*_listed(text, start, a, left), *parts(text, b, end, right)]
    return [(start, end)]


def _titled_pair(text: str, start: int, end: int, names: list[Name]) -> list[Range] | None:
    """ "Opposition leaders A and B": A and B."""
    people = [n for n in names if n.label == "Person"]
    for one, two in itertools.pairwise(people):
        if (
            re.fullmatch(r"\s*,?\s+and\s+", text[one.end : two.start])
            and one.start > start
            and text[two.end : end].strip()[:1] in ("", ",")
        ):
            title = noun_phrase(text[start : one.start])
            if title.plural and title.kind == "group" and not _PREPOSITION.search(text[start : one.start]):
                return [(one.start, one.end), (two.start, end)]
    return None


def _between(names: list[Name], start: int, end: int) -> list[Name]:
    return [n for n in names if start <= n.start and n.end <= end]


def _closed(left: str, start: int, names: list[Name]) -> bool:
    """Does the conjunction stand in a clause or in an apposition, not between heads?"""
    for m in re.finditer(r"\b(?:who|whose|which|that|whom|said|says|between|both of|as)\b", left, re.IGNORECASE):
        if not any(n.start - start <= m.start() < n.end - start for n in names):
            return True
    commas = [m.start() for m in re.finditer(",", left)]
    if commas:
        pieces = [p.strip() for p in re.sub(r"\([^)]*\)", "", left).split(",")]
        return not all(_can_stand(p, i) for i, p in enumerate(pieces))
    return False


def _can_stand(piece: str, i: int) -> bool:
    """Can words between commas be one item of a list?"""
    if not piece or len(piece.split()) > 6:
        return False
    phrase = noun_phrase(piece)
    if piece[:1].isupper() and not _PREPOSITION.search(piece):
        return True
    return is_head(phrase.head) and (i == 0 or not phrase.words.lower().startswith(("a ", "an ", "the ")))


def _splits(text: str, left: Range, right: Range, left_names: list[Name], right_names: list[Name]) -> bool:
    one, two = text[slice(*left)].strip(" ,"), text[slice(*right)].strip()
    if not one or not two or not re.match(r"[\w\"“‘'(]", two):
        return False
    if not _complete(one, left, left_names) or not _complete(two, right, right_names, first=True):
        return False
    a, b = noun_phrase(one), noun_phrase(two)
    starts_named = any(n.start == right[0] and n.label != "NORP" for n in right_names)
    has_own = (
        two.split()[0].lower() in DETERMINERS or two[:1].isdigit() or starts_named or two.split()[0].lower() in PRONOUNS
    )
    if _PREPOSITION.search(_without(one, left[0], left_names)) and not has_own:
        return False
    if _PREPOSITION.search(_without(one, left[0], left_names)) and starts_named and not _heads(left, left_names):
        return False
    if a.possessive and not has_own:
        return False  # "her friends and family"
    alone = a.kind == b.kind == "person" and not a.plural and not b.plural and not has_own
    return not alone or _heads(left, left_names)  # "a lawyer and former minister" is one person


def _heads(r: Range, names: list[Name]) -> bool:
    return any(n.start == r[0] and n.label == "Person" for n in names)


def _without(words: str, start: int, names: list[Name]) -> str:
    for n in reversed(names):
        words = words[: max(0, n.start - start)] + "X" * (n.end - n.start) + words[max(0, n.end - start) :]
    return words


def _complete(words: str, r: Range, names: list[Name], *, first: bool = False) -> bool:
    """Can the words stand alone as an actor?"""
    low = words.lower()
    if low in PRONOUNS or (first and low.split()[0] in PRONOUNS and low.split()[0] not in DETERMINERS):
        return True
    phrase = noun_phrase(words)
    if is_head(phrase.head) or (phrase.plural and phrase.kind != "unknown"):
        return True
    return any(
        (n.end == r[1] or (first and n.start == r[0]) or n.end >= r[1] - 1) and (n.label != "NORP" or phrase.plural)
        for n in names
    )


def _listed(text: str, start: int, end: int, names: list[Name]) -> list[Range]:
    """ "A, B" before "and C": both, where each can stand alone."""
    cuts = [m.start() for m in re.finditer(",", text[start:end])]
    cuts = [start + c for c in cuts if not any(n.start <= start + c < n.end for n in names)]
    found, at = [], start
    for c in [*cuts, end]:
        piece = text[at:c]
        if piece.strip():
            found.append((at + len(piece) - len(piece.lstrip()), c))
        at = c + 1
    return found


# --- the head of one part ------------------------------------------------------------------------------------------


def head(text: str, start: int, end: int, names: list[Name]) -> Head:
    """The name that a part is about, or none: then its noun is."""
    phrase = noun_phrase(text[start:end])
    cut = _first_cut(text, start, end, names, phrase)
    inside = [n for n in names if n.end <= cut]
    found = _main(text, start, cut, inside, phrase)
    if found is not None:
        around = tuple(r for r in ((start, found.start), (found.end, end)) if r[1] - r[0] > 2)
        return Head(found, around)
    if cut < end and (found := _apposed(text, start, cut, end, [n for n in names if n.start >= cut], phrase)):
        around = tuple(r for r in ((start, cut), (found.end, end)) if r[1] - r[0] > 2)
        return Head(found, around)
    return Head(None)


def _first_cut(text: str, start: int, end: int, names: list[Name], phrase: NounPhrase) -> int:
    """Where the phrase's own words end and an apposition or a clause begins."""
    for m in _CUT.finditer(text, start, end):
        if any(n.start <= m.start() < n.end for n in names):
            continue
        if m.group() == "," and m.start() < start + phrase.at[0] and not any(n.end <= m.start() for n in names):
            continue  # between adjectives
        if m.group() == "(" and re.match(r"\([A-Z]{2,6}\)\s+\w", text[m.start() : end]):
            continue  # "Member of Parliament (MP) Ann Other"
        if m.start() > start:
            return m.start()
    return end


def _main(text: str, start: int, cut: int, names: list[Name], phrase: NounPhrase) -> Name | None:
    for n in names:
        if n.label == "Person" and _is_person_head(text, start, cut, n, names, phrase):
            return n
    for n in names:
        if n.label in ("Organization", "Facility") and _is_body_head(text, start, cut, n, phrase):
            return n
    for n in names:
        if n.label in ("Location", "NORP") and _is_place_head(text, start, cut, n):
            return n
    return None


def _is_person_head(text: str, start: int, cut: int, n: Name, names: list[Name], phrase: NounPhrase) -> bool:
    before, after = text[start : n.start], text[n.end : cut].strip(" \"”’'")
    if text[n.end : n.end + 2] in ("'s", "’s") or (text[n.end : n.end + 1] in ("'", "’") and after):
        return False
    if after and not re.match(r"\d|(?:of|from|at|in|for|with|jr|sr)\b", after, re.IGNORECASE):
        return False
    if (
        phrase.plural
        and before.strip()
        and not before.rstrip().lower().endswith(("mr", "messrs"))
        and is_head(phrase.head)
        and phrase.at[1] <= len(before)
    ):
        return False
    prepositions = list(_PREPOSITION.finditer(_without(before, start, [x for x in names if x.end <= n.start])))
    if not prepositions:
        return True
    of_whom = before[: prepositions[-1].start()].split()
    if (
        of_whom
        and of_whom[-1][:1].isupper()
        and singular(of_whom[-1]) not in PERSON_HEADS
        and before.rstrip()[-1:].isalpha()
    ):
        return singular(before.split()[-1]) in PERSON_HEADS  # "House of Commons Speaker Ann Other"
    last = re.sub(r"\s*\([^)]*\)\s*$", "", before[prepositions[-1].end() :]).strip()
    last = re.sub(r"^the\s+", "", last)
    closing = [x for x in names if x.end <= n.start and text[x.end : n.start].strip() == "" and x.label != "NORP"]
    whole = bool(closing) and text[closing[-1].start : closing[-1].end] == last
    capital = (
        last[:1].isupper()
        and "'s" not in last
        and "’s" not in last
        and last.split()[-1][:1].isupper()
        and singular(last.split()[-1]) not in PERSON_HEADS
    )
    return (whole or capital) and phrase.kind in ("person", "unknown") and not phrase.plural


_SIDES = frozenset("rebel militant insurgent separatist guerrilla islamist extremist loyalist dissident".split())
"""Nouns for persons that stand before a body's name like adjectives: "the rebel Orm Front" is the front."""


def _is_body_head(text: str, start: int, cut: int, n: Name, phrase: NounPhrase) -> bool:
    before, after = text[start : n.start], text[n.end : cut].rstrip(' "”)')
    if text[n.end : n.end + 2] in ("'s", "’s"):
        return False
    if _PREPOSITION.search(before):
        return False
    lead = re.sub(r"^(?:the|a|an)\s+", "", before.strip(), flags=re.IGNORECASE)
    if after.strip():
        if re.match(r"\s+(?:of|in|for|from|at|to|on|based|headquartered|led|chaired)\b", after):
            return (
                not lead or not is_head(lead.split()[-1]) or phrase.kind in ("organization", "media", "group", "state")
            )
        return bool(_CLASS_AFTER.match(after))
    if not lead:
        return True
    last = lead.split()[-1]
    return last.lower() in _SIDES or singular(last) not in PERSON_HEADS


def _is_place_head(text: str, start: int, cut: int, n: Name) -> bool:
    before, after = text[start : n.start], text[n.end : cut].strip(' "”')
    if text[n.end : n.end + 2] in ("'s", "’s") and after not in ("'s", "’s"):
        return False
    if after:
        return False
    if n.label == "NORP" and before.strip().lower() not in ("", "the", "both"):
        return False
    return bool(_MODIFIER_ONLY.match(before) or _PLACE_CLASS.match(before))


def _apposed(text: str, start: int, cut: int, end: int, names: list[Name], phrase: NounPhrase) -> Name | None:
    """The name in apposition to the phrase, or under which its bearer goes."""
    if not names:
        return None
    for n in names:
        if n.label in ("Person", "Organization") and _UNDER_NAME.search(text[cut : n.start]) and not phrase.plural:
            return n
    lead = re.match(r"[\s,(—–-]+", text[cut:end])
    if not lead or text[cut:end][:1] not in ",(—–- ":
        return None
    at = cut + lead.end()
    stop = _first_cut(text, at, end, names, noun_phrase(text[at:end]))
    inner = [n for n in names if at <= n.start and n.end <= stop]
    found = _main(text, at, stop, inner, noun_phrase(text[at:stop]))
    if found is None:
        return None
    if found.label == "Person":
        single = not phrase.plural and phrase.kind in ("person", "unknown")
        return found if single and not _closer(text[start:cut]) and text[found.end : stop].strip(' "”)') == "" else None
    if found.label == "Organization":
        return (
            found
            if phrase.kind in ("organization", "media", "group", "state", "unknown")
            and text[found.end : stop].strip(' "”)') == ""
            else None
        )
    return None


def _closer(words: str) -> bool:
    """Does a prepositional phrase end in a role that the apposition would rather name ("an adviser to the leader, X")?"""
    hits = list(_PREPOSITION.finditer(words))
    if not hits:
        return False
    inner = noun_phrase(words[hits[-1].end() :])
    return (
        inner.kind == "person"
        and not inner.plural
        and inner.head in PERSON_HEADS
        and (inner.definite or "'s" in inner.core or "’s" in inner.core)
    )


def is_population(words: str) -> bool:
    """A demonym in the plural: a people, not a state."""
    found = demonym(words)
    return found is not None and words.endswith("s") and not words.endswith(("ss", "us"))
