"""Cue words -> acts: which speech acts a cue may be (`candidate_acts`), from `codebook/cues.tsv`."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "wrote": "write", "written": "write", "found": "find",
    "thought": "think", "felt": "feel", "sought": "seek", "swore": "swear", "sworn": "swear", "put": "put",
    "spoke": "speak", "spoken": "speak", "read": "read", "made": "make", "held": "hold", "saw": "see", "seen": "see",
    "gave": "give", "given": "give", "went": "go", "paid": "pay", "begged": "beg", "pled": "plead", "quoted": "quote",
    "forecast": "forecast", "denied": "deny", "denies": "deny", "is": "is", "was": "was", "are": "are",
    "criticised": "criticise", "refused": "refuse", "did": "did", "spurned": "spurn", "understood": "understand",
}  # fmt: skip


_UNSAID = re.compile(
    r"\b(?:ma(?:de|kes?|king) no (?:mention|reference)|without (?:mention|refer)\w*|(?:not|n['’]t) (?:\w+ ){0,2}(?:mention|refer)\w*|"
    r"(?:not|n['’]t|unable to|impossible to|impossible for \w+ to) (?:\w+ ){0,3}(?:verif|corroborat|authenticat)\w*|"
    r"(?:not|n['’]t) (?:\w+ ){0,3}independently (?:be )?confirm\w*)\b",
    re.IGNORECASE,
)
AUXILIARIES = frozenset("has have had is are was were be been being will would also not n't".split())


def unsaid(words: str) -> bool:
    """Do cue words tell that something was not said, or that nobody could check it ("made no mention of")?"""
    return _UNSAID.search(words) is not None


def lemma(word: str) -> str:
    """Base form of a cue word (regular inflection and the irregular verbs of saying)."""
    w = word.lower()
    if w in _IRREGULAR:
        return _IRREGULAR[w]
    known = _table()
    for end, put in (
        ("ing", ""),
        ("ing", "e"),
        ("ied", "y"),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("es", ""),
        ("s", ""),
    ):
        if w.endswith(end) and w[: -len(end)] + put in known:
            return w[: -len(end)] + put
    for end in ("ing", "ed"):  # doubled consonant: "begging"
        stem = w[: -len(end)]
        if w.endswith(end) and len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known:
            return stem[:-1]
    return w


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    text = (resources.files("onrecord.codebook") / "cues.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            act, phrases = line.split("\t")
            for phrase in phrases.split("|"):
                table[phrase] = (*table.get(phrase, ()), act)
    return table


def candidate_acts(cue: str) -> tuple[str, ...]:
    """Acts that the longest listed phrase within the cue can stand for; empty where nothing is listed."""
    words = re.findall(r"[\w'’]+", cue.lower())
    lemmas = [lemma(w) for w in words]
    table = _table()
    for n in range(min(5, len(words)), 0, -1):
        for i in range(len(words) - n, -1, -1):
            for phrase in (" ".join(words[i : i + n]), " ".join(lemmas[i : i + n])):
                if phrase in table:
                    return table[phrase]
    return ()
