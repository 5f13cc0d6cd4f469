"""The words of a noun phrase -> what kind of actor it names (`NounPhrase`), from its own words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.codebook.tables import known_role, sector_of_role
from onrecord.gazetteer import countries, country_by_name, country_of_demonym
from onrecord.reader.noun_words import (
    DEFINITE,
    DETERMINERS,
    DOCUMENT_HEADS,
    EX,
    GENERIC_PEOPLE,
    INDEFINITE,
    MASS_GROUPS,
    MEDIA_HEADS,
    ORGANISATION_HEADS,
    PERSON_HEADS,
    QUANTITIES,
    STATE_HEADS,
    STOPPERS,
    UNNAMED,
)

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[.'’\-][^\W_]+)*['’]?|[.,;:()\"“”]|--+|[—–]")
_MAX_CHARS = 400
"""Longer stretches are no noun phrases; only their beginning is read."""
_BREAKS = frozenset({",", ";", ":", "(", ")", "—", "–", "--", "---", '"', "“", "”", "."})
_PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "police": "police", "troops": "troops",
    "media": "media", "authorities": "authorities", "forces": "forces", "clergy": "clergy", "staff": "staff",
    "families": "family", "data": "data", "spokespeople": "spokesperson", "businesspeople": "businessperson",
    "politics": "politics", "headquarters": "headquarters", "congress": "congress", "press": "press",
    "mps": "mp", "personnel": "personnel", "wives": "wife", "lives": "life", "thieves": "thief", "intelligence": "intelligence",
    "persons": "person", "others": "other", "ones": "one", "services": "service",
}  # fmt: skip
_NO_RULERS = frozenset("local health prison port airport city regional military judicial tax hospital".split())
"""Authorities that do not rule a country."""
_BODIES_OF_PEOPLE = frozenset("delegation team side movement faction militia camp squad gang".split())
_SENT = frozenset("ambassador envoy mediator delegate consul mission embassy negotiator observer monitor".split())
"""Those who are sent: where to is not where they are from."""
_CLAUSE = frozenset("who whom whose which that said says has have had is are was were and but".split())
_NOT_PLURAL = frozenset(
    "police media authorities intelligence congress press politics headquarters data services".split()
)
_PERSON_ENDING = re.compile(r"(?:[^aeiou]er|or|ist|ian|ant|man|woman|eer|ee|crat|person|ologist)$")
_PARTICIPLE = re.compile(
    r"(?:ed|ing)$|^(?:run|seen|held|known|led|made|sent|written|hit|shot|taken|given|drawn|put|set|caught)$"
)
_BODY_ENDING = re.compile(r"(?:tion|ment|ship|ity|ance|ence|sion|cy|ism|hood)$")
_QUANTITY = (
    QUANTITIES
    | DETERMINERS
    | frozenset("large small growing huge considerable new angry percent whole overwhelming vast great".split())
)
PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
    "i": "1", "me": "1", "my": "1", "mine": "1", "myself": "1", "we": "1p", "us": "1p", "our": "1p", "ours": "1p",
    "ourselves": "1p", "who": "r", "which": "r", "that": "r", "whom": "r", "whose": "r",
    "you": "2", "your": "2", "yourself": "2", "yours": "2", "this": "n", "those": "p", "these": "p", "some": "p", "others": "p", "many": "p",
    "both": "d", "each": "d", "neither": "d", "self": "m", "one": "p1", "another": "p1",
}  # fmt: skip
"""Pronouns by what they agree with: m f n p, 1 and 1p the speaker, 2 the listener, r relative, d the two of a pair."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`head` is the lower-case singular head noun, `core` the words up to it without determiner; `kind` one of the
    codebook's actor kinds; `country`/`sector` from its words or None; `at` the head's offsets in the text read."""

    words: str
    core: str
    head: str
    definite: bool
    indefinite: bool
    plural: bool
    kind: str
    country: str | None
    country_name: str | None
    sector: str | None
    nameless: bool
    """Only "a source", "sources": nothing but that somebody said it."""
    at: tuple[int, int] = (0, 0)
    possessive: str = ""
    """The pronoun that owns it ("his lawyer"), lower case."""
    one_of: bool = False
    """One or some out of a group: "one of the officials"."""


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """Lower-case singular of a noun (regular forms and the few irregular ones that news uses)."""
    w = word.lower().rstrip("'’")
    if w in _PLURALS:
        return _PLURALS[w]
    if w.endswith("men") and len(w) > 4:
        return w[:-2] + "an"
    if w.endswith("children"):
        return w[:-3]
    if len(w) > 4 and w.endswith("ies"):
        return w[:-3] + "y"
    if len(w) > 4 and w.endswith(("sses", "shes", "ches", "xes")):
        return w[:-2]
    if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")):
        return w[:-1]
    return w


@lru_cache(maxsize=16384)
def is_plural(word: str) -> bool:
    """Does a head noun name more than one?"""
    w = word.lower()
    return w not in _NOT_PLURAL and (
        (w in _PLURALS and _PLURALS[w] != w) or singular(w) != w or w in ("troops", "forces")
    )


@lru_cache(maxsize=16384)
def is_head(word: str) -> bool:
    """Can a lower-case word be the head of a phrase that names an actor?"""
    s = singular(word)
    return s not in EX and (
        s in PERSON_HEADS
        or s in ORGANISATION_HEADS
        or s in MEDIA_HEADS
        or s in DOCUMENT_HEADS
        or s in STATE_HEADS
        or s in MASS_GROUPS
        or s in GENERIC_PEOPLE
        or known_role(s)
    )


@lru_cache(maxsize=4096)
def noun_phrase(text: str) -> NounPhrase:
    """Read one noun phrase.  Never fails: an unknown head gives kind `unknown`."""
    tokens = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text[:_MAX_CHARS])]
    lower = [t[0].lower() for t in tokens]
    first, one_of = _after_quantity(lower)
    start = first
    while (
        start < len(tokens) and (lower[start] in DETERMINERS or lower[start][:1].isdigit()) and not _only(lower, start)
    ):
        start += 1
    end, head_at = _head(tokens, lower, start)
    core = [t[0] for t in tokens[start:end]]
    head_word = re.sub(r"['’]s?$", "", tokens[head_at][0]) if tokens else ""
    head = singular(head_word)
    country, country_name = _country(core, [t[0] for t in tokens[: _reach(lower, end, head)]])
    determiner = lower[first] if first < len(lower) else ""
    singly = one_of and not is_plural(lower[0] if lower else "") and lower[:1] in (["one"], ["another"], ["each"])
    plural = ((is_plural(head_word) and head not in ("new", "news")) or (one_of and not singly)) and not singly
    whole = " ".join(core).lower()
    return NounPhrase(
        words=" ".join(t[0] for t in tokens),
        core=whole,
        head=head,
        definite=not one_of
        and (determiner in DEFINITE or any(w.endswith(("'s", "’s", "s'", "s’")) for w in core[:-1])),
        indefinite=one_of or determiner in INDEFINITE or determiner[:1].isdigit(),
        plural=plural,
        kind=_kind(head, plural, head_word, whole),
        country=country,
        country_name=country_name,
        sector=_sector(core, [t[0] for t in tokens]),
        nameless=head in ("source", "insider"),
        at=(tokens[head_at][1], tokens[head_at][2]) if tokens else (0, 0),
        possessive=determiner if determiner in ("his", "her", "its", "their", "our", "my") else "",
        one_of=one_of,
    )


def _only(lower: list[str], i: int) -> bool:
    """Is the determiner all there is ("one", "several said")?"""
    return i + 1 >= len(lower) or lower[i + 1] in _BREAKS or lower[i + 1] in STOPPERS


def _after_quantity(lower: list[str]) -> tuple[int, bool]:
    """ "thousands of Egyptians", "one of the officials": where the phrase that is counted begins."""
    at, one_of = 0, False
    for _ in range(3):
        i = at
        while i < len(lower) and i < at + 5 and lower[i] != "of" and (lower[i] in _QUANTITY or lower[i][:1].isdigit()):
            i += 1
        if (
            i >= len(lower) - 1
            or lower[i] != "of"
            or not i > at
            or not (lower[i - 1] in QUANTITIES or lower[i - 1][:1].isdigit())
        ):
            break
        if lower[i - 1] == "group" and not is_plural(lower[-1]) and not any(is_plural(w) for w in lower[i + 1 : i + 5]):
            break
        one_of = one_of or (
            lower[i - 1] in ("one", "another", "each")
            or (lower[i - 1] in ("some", "two", "three", "several", "many", "most") and lower[i + 1] in DEFINITE)
        )
        at = i + 1
    return at, one_of


def _head(tokens: list[tuple[str, int, int]], lower: list[str], start: int) -> tuple[int, int]:
    """(end of the core, number of the head word): the last noun before a stopper."""
    end, known = start, -1
    while end < len(tokens):
        w = lower[end]
        if w in (",", "and") and known < 0 and end > start and _noun_follows(lower, end + 1):
            end += 1  # "the tall, bearded commander", "Gulf and Western diplomats"
            continue
        if w in _BREAKS or (end > start and w in STOPPERS and not tokens[end][0].isupper()):
            break
        following = lower[end + 1] if end + 1 < len(lower) else ""
        if end > start and tokens[end][0].islower() and not is_head(w) and _is_clause(w, following, known):
            break
        if is_head(w) and (w not in ("ruling", "leading") or not following or following in _BREAKS | STOPPERS):
            known = end
        end += 1
    if known >= 0 and (end - 1 == known or _is_tail(tokens[known + 1 : end])):
        return known + 1, known
    return end, max(min(end, len(tokens)) - 1, 0)


def _is_clause(word: str, following: str, known: int) -> bool:
    """Does a participle begin a clause: "a memo seen by", "donors meeting in", "residents reached" after a noun?"""
    if following in STOPPERS and _PARTICIPLE.search(word):
        return True
    return known >= 0 and word.endswith(("ed", "ing", "ly"))


def _is_tail(rest: list[tuple[str, int, int]]) -> bool:
    """Words after a known head that do not take its place: a name, a number ("the suspect Omar", "officer 4")."""
    return all(t[0][:1].isupper() or t[0][:1].isdigit() or t[0] == "," for t in rest)


def _noun_follows(lower: list[str], i: int) -> bool:
    for w in lower[i : i + 4]:
        if w in STOPPERS or w in DETERMINERS or (w in _BREAKS and w != "-"):
            return False
        if is_head(w):
            return True
    return False


def country_of(name: str) -> tuple[str, str] | None:
    """(ISO3, name) of the country that a name or a word for its people stands for."""
    code = country_of_demonym(name)
    if code and code in countries():
        return code, countries()[code].name
    return country_by_name(name)


def _reach(lower: list[str], end: int, head: str) -> int:
    """Up to where the words after a head still say where its bearer is from: not into a clause, and for one who is sent
    not "to", "for" or "in"."""
    stop = end
    while stop < min(len(lower), end + 8) and lower[stop] not in _BREAKS and lower[stop] not in _CLAUSE:
        if head in _SENT and lower[stop] in ("to", "for", "in", "on", "with"):
            break
        stop += 1
    return stop


def _country(core: list[str], words: list[str]) -> tuple[str | None, str | None]:
    for run in (core, words):
        for n in (3, 2, 1):
            for i in range(len(run) - n + 1):
                if not run[i][:1].isupper():
                    continue
                name = re.sub(r"['’]s?$", "", " ".join(run[i : i + n]))
                if found := country_of(name):
                    return found
    return None, None


def _sector(core: list[str], words: list[str]) -> str | None:
    """The role table's sector for a phrase: of the head with its modifiers, else, where the head says nothing
    ("spokesman"), of what it is "of" or "for"."""
    plain = [re.sub(r"['’]s?$", "", w).lower() for w in core]
    whole = " ".join(plain)
    if plain and singular(plain[-1]) in ("prisoner", "suspect"):
        return None
    if found := sector_of_role(whole):
        return found
    if found := next((s for w in reversed(plain[:-1]) if (s := sector_of_role(w)) and s not in ("CVL", "LAB")), None):
        return (
            found
            if not known_role(whole)
            or found in ("REB", "MIL", "COP", "SPY", "MED", "LEG", "JUD", "OPP", "PRM", "PTY", "REL", "JRN", "GOV")
            else None
        )
    rest = [w.lower() for w in words]
    for i, w in enumerate(rest[:12]):
        if w in ("of", "for", "at", "with", "in", "from") and i + 1 < len(rest):
            run = [x for x in rest[i + 1 : i + 7] if x not in DETERMINERS]
            for k in range(len(run), 0, -1):
                if found := sector_of_role(" ".join(run[:k])):
                    return found if known_role(whole) or found in ("REB", "MIL", "COP", "MED", "JUD", "GOV") else None
            break
    return None


def _kind(head: str, plural: bool, head_word: str, core: str) -> str:
    if head in UNNAMED:
        return "group" if plural else "person"
    if core.endswith(("news agency", "press agency", "news agencies")):
        return "media"
    if head == "authorities" and core.split(maxsplit=1)[0] in _NO_RULERS:
        return "organization"
    if head == "authorities" or (head in STATE_HEADS and not plural):
        return "state"
    if head in MEDIA_HEADS:
        return "media"
    if (
        head in PERSON_HEADS
        and head not in ("guard", "figure", "monitor", "partner", "major", "general")
        and head_word.lower() != "general"
    ):
        return "group" if plural else "person"
    if head in DOCUMENT_HEADS and head not in ("figure", "paper"):
        return "document"
    if head in MASS_GROUPS:
        return "group"
    if head in ("force", "forces", "troops", "police"):
        return "organization"
    if head in ORGANISATION_HEADS:
        return "group" if plural or head in _BODIES_OF_PEOPLE else "organization"
    return _unknown_kind(head, plural)


def _unknown_kind(head: str, plural: bool) -> str:
    if head in PERSON_HEADS or (head in GENERIC_PEOPLE and head):
        return "group" if plural else "person"
    if plural:
        return "group"
    if known_role(head) or (_PERSON_ENDING.search(head) and not _BODY_ENDING.search(head)):
        return "person"
    return "unknown"
