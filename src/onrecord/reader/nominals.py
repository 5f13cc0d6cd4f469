"""The words of a noun phrase -> what kind of actor it names (`NounPhrase`), from its own words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.codebook.tables import sector_of_role
from onrecord.gazetteer import countries, country_by_name, country_of_demonym

_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?|[.,;:()]")
_DETERMINERS = frozenset(
    "the a an this that these those some several many most all both another other one two three four five six seven "
    "eight nine ten its his her their our my no any each every various dozens hundreds thousands of more few".split()
)
_INDEFINITE = frozenset("a an one two three four five six some several many another other various".split())
_STOPPERS = frozenset(
    "who whom whose which that of for from in with at on by to into near inside outside under over against including "
    "as where when while because after before since and or but speaking citing briefed close familiar involved "
    "representing loyal accused suspected killed wounded held captured fleeing supporting opposed based seeking".split()
)
_GROUP_HEADS = frozenset(
    "group movement faction militia organisation organization alliance coalition front party army militants rebels "
    "insurgents guerrillas fighters union brigade network force forces".split()
)
_STATE_HEADS = frozenset("government administration regime authorities state country nation republic kingdom cabinet".split())
_MEDIA_HEADS = frozenset(
    "agency newspaper paper daily broadcaster channel network station media outlet website magazine tv television radio "
    "reporter journalist report reports".split()
)
_DOCUMENT_HEADS = frozenset(
    "statement document letter report study poll survey indictment filing lawsuit motion complaint text communique "
    "communiqué memo resolution ruling declaration draft tweet post video press-release release affidavit leaflet "
    "transcript file files records cable cables request note".split()
)
_UNNAMED = frozenset("source sources insider insiders whistleblower".split())
_ORGANISATION_HEADS = frozenset(
    "ministry department office police army navy military court parliament council commission committee embassy party "
    "company bank university hospital agency service bureau institute foundation union federation league authority "
    "secretariat mission command forces force troops guard prosecutors prosecution administration camp side delegation "
    "team panel jury tribunal assembly senate congress house campaign company firm organisation organization group "
    "government movement front militia faction brigade coalition alliance presidency kremlin junta court ngo charity "
    "watchdog observatory monitor body".split()
)
_PERSON_HEADS = frozenset(
    "man woman boy girl person official officer spokesman spokeswoman spokesperson minister president leader chief head "
    "director commander general colonel envoy diplomat ambassador lawmaker senator mp judge prosecutor lawyer doctor "
    "witness resident activist analyst expert source member aide adviser advisor negotiator mediator secretary governor "
    "mayor king queen prince emir sheikh imam priest bishop pope journalist reporter student professor teacher driver "
    "worker victim suspect attacker gunman soldier policeman fighter militant rebel refugee survivor relative father "
    "mother son daughter brother sister wife husband founder candidate chairman chairwoman chair deputy premier "
    "chancellor coordinator representative historian economist nurse farmer fisherman trader shopkeeper neighbour "
    "neighbor protester demonstrator editor author pilot captain lieutenant sergeant major brigadier admiral constable "
    "superintendent commissioner detective coroner speaker whip insider one defendant politician executive".split()
)
_PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "police": "police", "troops": "troops",
    "policemen": "policeman", "spokesmen": "spokesman", "gunmen": "gunman", "fishermen": "fisherman",
    "clergy": "clergy", "youths": "youth", "media": "media", "authorities": "authorities",
}  # fmt: skip
PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
    "i": "1", "me": "1", "my": "1", "myself": "1", "we": "1p", "us": "1p", "our": "1p", "ours": "1p",
    "who": "r", "which": "r", "that": "r", "whom": "r", "whose": "r",
    "you": "2", "your": "2", "this": "n", "those": "p", "these": "p", "both": "p", "some": "p", "others": "p",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`head` is the lower-case singular head noun, `core` the words up to it without determiner; `kind` one of the
    codebook's actor kinds; `country`/`sector` from its words or None."""

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


def singular(word: str) -> str:
    """Lower-case singular of a noun (regular forms and the few irregular ones that news uses)."""
    w = word.lower().rstrip("'’")
    if w in _PLURALS:
        return _PLURALS[w]
    if len(w) > 4 and w.endswith("ies"):
        return w[:-3] + "y"
    if len(w) > 4 and w.endswith(("sses", "shes", "ches", "xes")):
        return w[:-2]
    if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")):
        return w[:-1]
    return w


def is_plural(word: str) -> bool:
    """Does a head noun name more than one?"""
    w = word.lower()
    return w in _PLURALS and w not in ("police", "media") or singular(w) != w


def noun_phrase(text: str) -> NounPhrase:
    """Read one noun phrase.  Never fails: an unknown head gives kind `unknown`."""
    words = [w for w in _WORD.findall(text) if w]
    lower = [w.lower() for w in words]
    one_of = len(words) > 2 and lower[0] in ("one", "another") and lower[1] == "of"
    if one_of:
        words, lower = words[2:], lower[2:]
    start = 0
    while start < len(words) and (lower[start] in _DETERMINERS or lower[start].isdigit()):
        start += 1
    end = start
    while end < len(words) and (end == start or lower[end] not in _STOPPERS) and words[end] not in ",;:()":
        end += 1
    core = words[start:end]
    while core and core[-1].lower() in ("'s", "’s"):
        core.pop()
    head_word = re.sub(r"['’]s?$", "", core[-1]) if core else (words[-1] if words else "")
    head = singular(head_word)
    country, country_name = _country(core, words)
    plural = is_plural(head_word) and head not in ("new", "news") and not one_of
    return NounPhrase(
        words=" ".join(words),
        core=" ".join(core).lower(),
        head=head,
        definite=not one_of and bool(lower) and lower[0] in ("the", "this", "that", "these", "those", "his", "her", "its", "their"),
        indefinite=one_of or bool(lower) and (lower[0] in _INDEFINITE or lower[0].isdigit()),
        plural=plural,
        kind=_kind(head, plural),
        country=country,
        country_name=country_name,
        sector=_sector(core, words),
        nameless=head in ("source", "insider"),
    )


def country_of(name: str) -> tuple[str, str] | None:
    """(ISO3, name) of the country that a name or a word for its people stands for."""
    code = country_of_demonym(name)
    if code and code in countries():
        return code, countries()[code].name
    return country_by_name(name)


def _country(core: list[str], words: list[str]) -> tuple[str | None, str | None]:
    for n in (3, 2, 1):
        for i in range(len(words) - n + 1):
            name = re.sub(r"['’]s?$", "", " ".join(words[i : i + n]))
            if not name[:1].isupper():
                continue
            if found := country_of(name):
                return found
    return None, None


def _sector(core: list[str], words: list[str]) -> str | None:
    for w in reversed(core):
        if s := sector_of_role(w.lower()) or sector_of_role(singular(w)):
            return s
    for w in words:
        if s := sector_of_role(w.lower()):
            return s
    return None


def _kind(head: str, plural: bool) -> str:
    if head in _UNNAMED or head in ("source",):
        return "group" if plural else "person"
    if head in _STATE_HEADS or head == "authority" and plural:
        return "state" if head not in ("authorities", "authority") else "organization"
    if head in _MEDIA_HEADS and head not in ("report", "reporter", "journalist"):
        return "media"
    if head in _DOCUMENT_HEADS and head != "official":
        return "document"
    if head in _PERSON_HEADS:
        return "group" if plural else "person"
    if head in _ORGANISATION_HEADS or singular(head) in _ORGANISATION_HEADS:
        return "organization"
    if plural or head in ("clergy", "public", "crowd"):
        return "group"
    return "unknown"
