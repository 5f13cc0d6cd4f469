"""Labelled names of a document -> names whose labels agree with each other, and their clusters (`Names`).

A recogniser labels each occurrence by itself; one text seldom uses one name for a person here and a place there, so
occurrences of a name vote, knowledge (countries, the actor table) and context (titles) weigh in, and occurrences that
were missed are added.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import country_by_name, country_of_capital, demonym, fold
from onrecord.reader.describe import describe_body
from onrecord.reader.nominals import is_head, is_plural, singular
from onrecord.reader.noun_words import DETERMINERS, PERSON_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.document import Document
    from onrecord.reader.encoder import Span as Labelled

ACTOR_LABELS = ("Person", "Organization", "Location", "NORP", "Facility")
_TRIM = " \t\n\"'“”‘’«»,;:()[]—–-"
HONORIFIC = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|sir|lord|lady|dame|gen|lt|col|maj|capt|cmdr|sgt|sen|rep|gov|prof|rev|fr|president|vice president|"
    r"prime minister|king|queen|prince|princess|sheikh|shaykh|imam|general|colonel|brigadier|lieutenant|major|captain|sergeant|"
    r"admiral|commander|ayatollah|grand ayatollah|pope|archbishop|bishop|cardinal|father|mother|sister|judge|justice|chief justice|"
    r"professor|doctor|senator|representative|congressman|congresswoman|governor|mayor|chancellor|minister|secretary|"
    r"ambassador|mullah|emir|sultan|sayyid|lieutenant general|major general|corporal|private|constable|inspector|"
    r"superintendent|detective|foreign minister|defence minister|defense minister|crown prince)\.?\s+)+",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|sir|lord|lady|gen|lt|col|maj|capt|sgt|sen|rep|gov|prof)\.?|\b(?:president|minister|premier|chancellor|"
    r"general|colonel|king|queen|prince|sheikh|spokesman|spokeswoman|spokesperson|senator|ambassador|secretary|envoy|judge|"
    r"professor|commissioner|pope|ayatollah|lawyer|leader|activist|commander|analyst))\s*$",
    re.IGNORECASE,
)
_FEMALE_TITLE = re.compile(
    r"\b(?:mrs|ms|miss|lady|dame|queen|princess|sister|mother|baroness|duchess|madame)\b\.?", re.IGNORECASE
)
_MALE_TITLE = re.compile(
    r"\b(?:mr|sir|lord|king|prince|father|sheikh|emir|sultan|imam|ayatollah|mullah|pope|bishop|archbishop|cardinal)\b\.?",
    re.IGNORECASE,
)
MAX_SAME = 24
"""Entities of one surname or one organisation word that are looked at; more say nothing in one report."""
_MAX_LISTED = 60
"""Names that begin with one word which are looked for; more are a list, not a report."""
_PARTICLES = frozenset(
    "al el an ad ar as ash at az bin ibn ben abu van von de der den di da del dos la le bint".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a name; `before` is the title that stands before it, as its gender shows."""

    start: int
    end: int
    label: str
    text: str


def clean(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a name without the quotation marks, brackets and possessive around it."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    if m := re.search(r"['’]s?$", text[start:end]):
        end -= len(m.group())
    if m := re.match(r"(?:the|a|an)\s+(?=\w)", text[start:end], re.IGNORECASE):
        start += m.end()
    return start, end


def collect(document: Document, spans: Iterable[Labelled]) -> list[Name]:
    """The recogniser's spans as names in text order: joined, voted on, and completed."""
    found = [n for n in _ranges(document, spans) if any(c.isalnum() for c in n.text) and not _common(n)]
    labels = _vote(document, found)
    named = [Name(n.start, n.end, labels[n.text], n.text) for n in found]
    named = sorted([*named, *_missed(document, named)], key=lambda n: n.start)
    return sorted([*named, *_short(document, named)], key=lambda n: n.start)


def _short(document: Document, named: list[Name]) -> list[Name]:
    """Acronyms of the actor table ("UN", "EU") that bear no label."""
    taken = {i for n in named for i in document.words_in(n.start, n.end)}
    found = []
    for i, (start, end) in enumerate(document.words):
        word = document.text[start:end]
        if 1 < len(word) < 9 and i not in taken and word.isupper() and word.replace(".", "").isalpha():
            known = actor_by_alias(word)
            if known is not None and known.kind != "person":
                found.append(Name(start, end, "Organization", word))
    return found


def _ranges(document: Document, spans: Iterable[Labelled]) -> list[Name]:
    """Character ranges; pieces of one organisation's name that stand side by side are one."""
    text, words = document.text, document.words
    found: list[Name] = []
    for n in sorted(spans, key=lambda n: n.first):
        if n.label not in ACTOR_LABELS or n.first >= n.last or n.last > len(words):
            continue
        start, end = clean(text, words[n.first][0], words[n.last - 1][1])
        if start >= end:
            continue
        last = found[-1] if found else None
        if last and start < last.end:
            continue
        if (
            last
            and last.label == n.label == "Organization"
            and text[last.end : start] in (" ", " of ", " for ")
            and text[start].isupper()
        ):
            found[-1] = Name(last.start, end, n.label, text[last.start : end])
        else:
            found.append(Name(start, end, n.label, text[start:end]))
    return found


def _common(n: Name) -> bool:
    """Is a "name" only common nouns with a capital ("Witnesses", "Members of the council", "UN Secretary-General")?"""
    if n.label not in ("Person", "Organization") or actor_by_alias(n.text) is not None:
        return False
    words = n.text.split()
    first, last = words[0].lower(), words[-1].lower()
    if len(words) == 1:
        return is_head(first) and (
            (singular(first) in PERSON_HEADS and len(first) > 4) or is_plural(first) or first in _COMMON
        )
    if singular(first) in _OF_SOMETHING and is_plural(first) and words[1].lower() in ("of", "from", "at"):
        return True
    if n.label != "Person" or not is_head(last) or singular(last) not in PERSON_HEADS:
        return False
    return all(
        w.isupper() or w.lower() in DETERMINERS or is_head(w.lower()) or w.lower() in _RANKS or _is_place(w)
        for w in words[:-1]
    )


_OF_SOMETHING = frozenset(
    "member resident official supporter opponent leader representative relative friend survivor victim family person".split()
)
_RANKS = frozenset(
    "prime foreign vice deputy first chief senior former interim acting defence defense interior general".split()
)
_COMMON = frozenset("police parliament government army media opposition prosecution authorities troops".split())


def _vote(document: Document, found: list[Name]) -> dict[str, str]:
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surnames = {n.text.split()[-1] for n in found if n.label == "Person" and len(n.text.split()) > 1}
    for n in found:
        votes[n.text][n.label] += 1
        if n.label in ("Organization", "Location") and _titled(document, n):
            votes[n.text]["Person"] += 1
        elif n.label == "Person" and n.text not in surnames and _said_body(document, n):
            votes[n.text]["Organization"] += 2
    labels = {}
    for words, seen in votes.items():
        labels[words] = max(sorted(seen), key=lambda label: seen[label])
        if (known := _known_label(words, labels[words])) is not None:
            labels[words] = known
        elif words in surnames and labels[words] != "Person":
            labels[words] = "Person"
    return labels


def _titled(document: Document, n: Name) -> bool:
    """Does a person's title stand before the name?"""
    lead = document.text[max(0, n.start - 20) : n.start]
    owner = document.text[n.end : n.end + 1] == "'"
    return bool(_TITLE_BEFORE.search(lead)) and not owner and len(n.text.split()) <= 3 and not _is_place(n.text)


def _said_body(document: Document, n: Name) -> bool:
    """Does an apposition call the bearer of a one-word name a body ("Karapatan, a rights group,")?"""
    found = describe_body(document, n) if " " not in n.text else None
    return found is not None and found[1] is not None


def _is_place(words: str) -> bool:
    return country_by_name(words) is not None or demonym(words) is not None or country_of_capital(words) is not None


def _known_label(words: str, label: str) -> str | None:
    if demonym(words) is not None and (
        country_by_name(words) is None or (words.isupper() is False and is_plural(words))
    ):
        return "NORP"
    if country_by_name(words) is not None:
        return "Location" if label != "Person" else label
    known = actor_by_alias(words)
    if known is not None and not (known.kind == "person" and label != "Person"):
        return "Person" if known.kind == "person" else "Organization"
    return None


def _missed(document: Document, named: list[Name]) -> list[Name]:
    """Occurrences of a person's or body's name that bear no label."""
    wanted: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    firsts = {(n.text, n.label): n for n in reversed(named) if n.label in ("Person", "Organization")}
    for (_, label), n in sorted(firsts.items()):
        parts = tuple(document.word(i) for i in document.words_in(n.start, n.end))
        if parts and (len(parts) > 1 or len(parts[0]) > 3 or (parts[0].isupper() and len(parts[0]) > 1)):
            wanted.setdefault(parts[0], []).append((parts, label))
        last = parts[-1] if parts else ""
        if label == "Person" and len(parts) > 1 and len(last) > 3 and last[0].isupper() and not _is_word(last):
            wanted.setdefault(last, []).append(((last,), label))
    for listed in wanted.values():
        listed.sort(key=lambda p: -len(p[0]))
        del listed[_MAX_LISTED:]
    starts = [n.start for n in named]
    found: list[Name] = []
    words, i = document.words, 0
    while i < len(words):
        hit = _match(document, i, wanted.get(document.word(i), ()))
        if hit:
            start, end = words[i][0], words[i + hit[0] - 1][1]
            at = bisect_left(starts, start)
            free = (at == len(named) or named[at].start >= end) and (at == 0 or named[at - 1].end <= start)
            if free:
                found.append(Name(start, end, hit[1], document.text[start:end]))
            i += hit[0]
        else:
            i += 1
    return found


def _is_word(word: str) -> bool:
    """Is a surname also a common noun or a place, so that it cannot be looked for by itself?"""
    return is_head(word.lower()) or _is_place(word) or actor_by_alias(word) is not None


def _match(document: Document, i: int, listed: Iterable[tuple[tuple[str, ...], str]]) -> tuple[int, str] | None:
    for parts, label in listed:
        if i + len(parts) <= len(document.words) and all(document.word(i + k) == p for k, p in enumerate(parts)):
            return len(parts), label
    return None


# --- do two names mean one? ----------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """A person's name without honorifics: "Sheikh Hazem al-Araji" -> "Hazem al-Araji"."""
    rest = HONORIFIC.sub("", text)
    return rest or text


def title_gender(text: str) -> str:
    """The gender that a title shows, or ""."""
    if _FEMALE_TITLE.search(text):
        return "f"
    return "m" if _MALE_TITLE.search(text) else ""


@lru_cache(maxsize=8192)
def person_tokens(text: str) -> tuple[str, ...]:
    """Folded words of a person's name without particles, honorifics and quotation marks."""
    words = [w for w in fold(bare(text)).split() if w not in ("jr", "sr", "ii", "iii")]
    kept = [w for w in words if w not in _PARTICLES]
    return tuple(kept or words or [text.lower()])


def near(a: str, b: str) -> bool:
    """Equal, or one letter apart in long words: two spellings of one transcribed name."""
    if a == b:
        return True
    if len(a) == len(b) > 5 and a[0] == b[0] and sorted(a) == sorted(b):
        return True  # letters swapped
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def same_person(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Can two token lists be one person's full names?  Surnames agree and given names do not conflict, or one list
    lies within the other."""
    if not mine or not theirs:
        return False
    short, full = sorted((mine, theirs), key=len)
    if all(any(near(a, b) for b in full) for a in short):
        return len(short) > 1 or near(short[0], full[-1]) or near(short[0], full[0])
    if not near(mine[-1], theirs[-1]) or min(len(mine), len(theirs)) == 1:
        return False
    a, b = mine[0], theirs[0]
    return a[0] == b[0] and (len(a) == 1 or len(b) == 1)


def initials(text: str) -> str:
    """Capitals of the words of a name: "Sahil Defence Front" -> "SDF"."""
    return "".join(w[0] for w in re.findall(r"[^\W\d_][\w'’]*", text) if w[0].isupper())


_SMALL = frozenset("the of and for in on de la le al s".split())


def body_tokens(text: str) -> frozenset[str]:
    """Folded content words of an organisation's name."""
    return frozenset(singular(w) for w in fold(text).split() if w not in _SMALL)


def same_body(text: str, other: str) -> bool:
    """Can two names be one organisation's: equal, acronym and words, or one cut down from the other?"""
    a, b = fold(text), fold(other)
    if a == b or a == f"the {b}" or b == f"the {a}":
        return True
    for short, full in ((text, other), (other, text)):
        letters = re.sub(r"[^A-Za-z]", "", short)
        if (
            2 <= len(letters) <= 7
            and sum(c.isupper() for c in letters) >= len(letters) - 1
            and " " not in short.strip()
        ):
            whole = initials(full)
            if letters.upper() in (whole, whole.rstrip("S")) or letters.upper() == initials(
                re.sub(r"\bof\b", "Of", full)
            ):
                return True
    mine, theirs = body_tokens(text), body_tokens(other)
    small, large = sorted((mine, theirs), key=len)
    if not small or not small < large:
        return False
    if len(small) > 1:
        return True
    word = next(iter(small))
    full_words = fold(other if theirs is large or len(theirs) > len(mine) else text).split()
    if word in PERSON_HEADS or demonym(word.capitalize()) or country_by_name(word):
        return False
    return singular(full_words[-1]) == word or full_words[0] == word or (len(word) > 5 and word in full_words[:2])
