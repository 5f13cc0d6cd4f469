"""A text written all in capitals -> the same text in ordinary case, letter for letter, for the components to read.

Old wires and some bulletins come in capitals, which hides names from every rule and from the encoder's case shapes.
`restored` gives each word the case that it has inside sentences: from a table of counted words (`case_words.tsv`), by
the most likely run of small and capitalised words of the sentence (Lita and others, "tRuEcasIng", ACL 2003, with
one bit of memory).  A word that the table does not know is a name, an acronym where it stands in brackets or cannot be
pronounced.  Lengths never change, so offsets into the restored text are offsets into the report's.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from onrecord.reader.segment import segment

LEAST_LETTERS = 60
"""A shorter text (a headline, an alert) is left as it is."""
CAPITAL_SHARE = 0.9
"""Where fewer of the letters are capitals, the text's case means something."""
UNKNOWN = (0.03, 0.03)
"""How often a word that the table lacks is written small, after a small and after a capitalised word."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})?")
_BRACKETED = re.compile(r"[(\[]\s*([^\W\d_]{2,7})\s*[)\]]")
_MONTH = re.compile(r".*\d\s+(?:MAY|MARCH)\b|(?:.*\s)?(?:MAY|MARCH)\s+\d", re.IGNORECASE | re.DOTALL)
_SUFFIXED = re.compile(r".{3,}(?:ing|ed|ly|ness|tion|tions|ment|ments|able|ous|ity|ship|less)$")
_VOWEL = re.compile(r"[aeiouyáéíóú]")
_DOTTED = re.compile(r"(?:\b[A-Z]\.){2,}")
_ROMAN = frozenset("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi".split())
_SMALL_NAMES = frozenset("de del la las los y da do dos van von der den el al bin ibn".split())
"""Particles of names: small between two capitalised words whatever the table says."""
_ARTICLES = frozenset("el al la los las".split())
"""These open a name as often as they stand in it ("El Salvador"): small after "de" alone."""
_TITLES = frozenset("mr mrs ms dr lt col gen sgt capt brig maj gov sen rep prof jr sr st".split())
ACRONYM = "U"
PAIR = "C"

Shares = tuple[float, float]


def is_all_caps(text: str) -> bool:
    """Is the text written in capitals throughout?"""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= LEAST_LETTERS and sum(c.isupper() for c in letters) >= CAPITAL_SHARE * len(letters)


def restored(text: str) -> str:
    """The text in ordinary case; as long as before, and the same letters but for their case."""
    acronyms = {m.group(1).lower() for m in _BRACKETED.finditer(text) if m.group(1).lower() not in _table()}
    dotted = [m.span() for m in _DOTTED.finditer(text)]
    out = list(text)
    for start, end in segment(text).sentences:
        words = [m for m in _WORD.finditer(text, start, end) if not any(a <= m.start() < b for a, b in dotted)]
        lower = [m.group().lower() for m in words]
        for n, (m, small) in enumerate(zip(words, _small(lower, acronyms), strict=True)):
            if lower[n] in acronyms or _is_acronym(lower[n]):
                continue
            beside = text[max(start, m.start() - 3) : m.end() + 3]
            made = _titled(m.group()) if n == 0 or not small or _MONTH.match(beside) else lower[n]
            if len(made) == m.end() - m.start():  # a few letters change their length with their case
                out[m.start() : m.end()] = made
    return "".join(out)


def _titled(word: str) -> str:
    """ "O'HARA" -> "O'Hara", "MCDONALD" -> "Mcdonald"."""
    return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), word)


def _is_acronym(word: str) -> bool:
    if word in _ROMAN or word in _TITLES:
        return word in _ROMAN
    known = _table().get(word)
    if known is not None:
        return known == ACRONYM
    return 2 <= len(word) <= 5 and not _VOWEL.search(word)


def _shares(word: str, paired: bool) -> Shares:
    if paired or word in _TITLES:
        return (0.01, 0.01)
    known = _table().get(word) or next((k for stem in stems(word) if (k := _table().get(stem))), None)
    if known is None:
        return (0.6, 0.3) if _SUFFIXED.match(word) else UNKNOWN
    return (0.01, 0.01) if isinstance(known, str) else known


def stems(word: str) -> list[str]:
    """What may be the same word in another form: "objectives", "attained"."""
    ends = [e for e in ("s", "es", "ed", "ing", "ly") if word.endswith(e) and len(word) - len(e) > 3]
    return [form for e in ends for form in (word[: -len(e)], word[: -len(e)] + "e")] + [word + "s"]


def _small(words: list[str], acronyms: set[str]) -> list[bool]:
    """Is each word of a sentence written small?  The likeliest run of answers (Viterbi over two states)."""
    best = {True: 0.0, False: -math.inf}  # a sentence begins as after a small word
    back: list[dict[bool, bool]] = []
    table = _table()
    joined = [f"{one} {two}" in table for one, two in pairwise(words)]
    for n, word in enumerate(words):
        paired = word in acronyms or any(joined[max(0, n - 1) : n + 1])
        after_small, after_capital = _shares(word, paired)
        step: dict[bool, tuple[float, bool]] = {}
        for small in (True, False):
            choices = (
                (best[True] + math.log(after_small if small else 1 - after_small), True),
                (best[False] + math.log(after_capital if small else 1 - after_capital), False),
            )
            step[small] = max(choices)
        back.append({small: before for small, (_, before) in step.items()})
        best = {small: value for small, (value, _) in step.items()}
    state = best[True] > best[False]
    found: list[bool] = []
    for choice in reversed(back):
        found.append(state)
        state = choice[state]
    found.reverse()
    for n in range(1, len(words) - 1):
        between = not (found[n - 1] or found[n + 1])
        if between and words[n] in _SMALL_NAMES:
            found[n] = words[n] not in _ARTICLES or words[n - 1] == "de"
    return found


SMALL = 0.95
"""From this share of its uses after a small word on, a word is an ordinary one."""


def written_small(word: str) -> bool:
    """Is a word (in small letters) nearly always written small inside a sentence?"""
    shares = _table().get(word)
    return isinstance(shares, tuple) and shares[0] >= SMALL


@lru_cache(maxsize=1)
def _table() -> dict[str, Shares | str]:
    rows: dict[str, Shares | str] = {}
    for line in (resources.files("onrecord.codebook") / "case_words.tsv").read_text(encoding="utf-8").splitlines():
        word, first, *rest = line.split("\t")
        rows[word] = (int(first) / 100, int(rest[0]) / 100) if rest else first
    return rows
