"""An article -> how many its main incident killed or injured: which of the numbers that the reader found is it?

The reader codes every figure of an article; a set such as GVA gives one number per incident.  Candidates are 0 to 3, the
values of the article's figures that count the dead or hurt (or people shot), and what `tolls.count` makes of single victims.  A
linear model over signs of each candidate (which figures carry it, where they stand, what the words around say) chooses,
fitted by maximum likelihood on other articles (McFadden's conditional logit).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evaluation.tolls import count
from onrecord.reader.figures import find_figures
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

KINDS = ("killed", "injured")
SMALL = (0, 1, 2, 3)
MOST = 99
LEAD = 3
"""Sentences that open an article."""
CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "died": r"\bdied\b|\bdies\b|\bdead\b|\bdeath\b",
        "pronounced": r"pronounced (?:\w+ )?dead|died at|died (?:later|from)|dead at the scene",
        "killed": r"\bkill(?:ed|s|ing)\b|\bslain\b|\bslaying\b|\bmurder(?:ed|s)?\b|\bhomicide\b|\bfatal(?:ly)?\b",
        "killed two": r"double (?:homicide|murder|slaying)|two (?:people |men |women )?(?:were |are )?(?:killed|dead|shot dead)|murder-suicide",
        "kin": r"\bfuneral\b|\bmourn|\bvigil\b|\bautopsy\b|medical examiner|\bcoroner\b|\bvictim identified\b",
        "himself": r"kill(?:ed|ing|s) (?:him|her)self|suicide|turned the gun on",
        "by police": r"(?:officer|police|deputy|deputies|trooper)s?[- ](?:involved|shot|fired|fatally)",
        "hurt": r"\binjur(?:ed|y|ies|es|ing)\b|\bwound(?:ed|s|ing)?\b|\bhurt\b|\bgrazed?\b",
        "hospital": r"\bhospital(?:ized)?\b|\bsurgery\b|\bparamedics\b|\btreated\b",
        "condition": r"(?:critical|serious|stable|fair|good) condition|critically|life-threatening|expected to (?:survive|recover|be ok)",
        "shot one": r"(?:man|woman|boy|girl|teen(?:ager)?|\d+-year-old|officer|victim|he|she|him|her)\W+(?:\w+\W+){0,3}shot\b|shot (?:in|a|an|the) ",
        "shot": r"\bshot\b|\bgunshot\b|\bshooting\b",
        "nobody": r"no (?:one|body) (?:was|were|else was) (?:hurt|injured|shot|hit|struck)|no injuries|not injured|without injury|unharmed|unhurt",
        "arrest": r"\barrest(?:ed)?\b|\bcharged\b|\bcustody\b|\bsuspect\b|\bpossession\b",
        "robbery": r"\brobb(?:ed|ery|ers)\b|\bgun(?:s)? (?:was |were )?(?:found|seized|stolen)|at gunpoint",
        "second": r"\b(?:second|another|other|both|two) (?:victims?|m[ae]n|wom[ae]n|boys?|girls?|teens?|people|brothers)\b",
        "third": r"\b(?:three|third) (?:victims?|m[ae]n|wom[ae]n|boys?|girls?|teens?|people)\b",
    }.items()
}
MEASURES = {"killed": ("killed",), "injured": ("injured", "casualties")}


@dataclass(slots=True)
class Signs:
    """One article: its candidates for each kind of toll, each with the signs that speak for it."""

    candidates: dict[str, dict[int, list[str]]] = field(default_factory=dict)


def signs(title: str, text: str) -> Signs:
    """The candidates of an article, with their signs."""
    whole = f"{title}.\n\n{text}"
    document = segment(whole)
    found = [f for f in find_figures(document) if f.low is not None]
    counted = count(whole)
    places = [(document.sentence_at(f.start), f) for f in found]
    cues = list(_cues(title, document.text, [document.text[a:b] for a, b in document.sentences[: LEAD + 1]]))
    made = Signs()
    for kind in KINDS:
        values: dict[int, list[str]] = defaultdict(list)
        for at, f in places:
            relevant = f.measure in (*MEASURES["killed"], *MEASURES["injured"], "participants", "other")
            if relevant and f.low is not None and 0 <= f.low <= MOST and f.low == int(f.low):
                where = "title" if at == 0 else "lead" if at <= LEAD else "body"
                shot = ":shot" if re.search(r"\bshot\b", whole[f.end : f.end + 40]) else ""
                values[int(f.low)] += [f"{f.measure}:{where}", f"{f.measure}{shot}:{f.change}"]
        for k in (*SMALL, counted[kind]):
            values.setdefault(int(k), [])
        made.candidates[kind] = {
            k: list(_candidate(k, marks, kind, counted, cues, values)) for k, marks in values.items()
        }
    return made


def _cues(title: str, text: str, lead: Sequence[str]) -> Iterator[str]:
    """Which cues stand in the headline, in the lead and anywhere."""
    for name, pattern in CUES.items():
        if pattern.search(title):
            yield f"{name}:title"
        if pattern.search(" ".join(lead)):
            yield f"{name}:lead"
        n = len(pattern.findall(text))
        if n:
            yield f"{name}:{min(3, n)}"


def _candidate(
    k: int, marks: list[str], kind: str, counted: dict[str, int], cues: Sequence[str], values: dict[int, list[str]]
) -> Iterator[str]:
    size = str(k) if k <= max(SMALL) else "more"
    yield f"is {size}"
    yield from (f"figure {m}" for m in marks)
    yield from (f"figure {m} {size}" for m in set(marks))
    for name in KINDS:
        if counted[name] == k:
            yield f"counted {name} {size if k < 2 else 'more'}"
    other = counted["killed" if kind == "injured" else "injured"]
    if counted[kind] + other == k or k + other in values:
        yield f"adds up {size}"
    if k == max((v for v, m in values.items() if m), default=0):
        yield "largest"
    yield from (f"{c} {size}" for c in cues)


class Choice:
    """The model of one kind of toll."""

    def __init__(self, kind: str, articles: Sequence[Signs], gold: Sequence[int], *, rounds: int = 12) -> None:
        self.kind = kind
        self._index: dict[str, int] = {}
        rows = [self._rows(a, grow=True) for a in articles]
        self._weights: NDArray[np.float64] = np.zeros(len(self._index))
        squared = np.full(len(self._index), 1e-3)
        order = np.random.default_rng(7)
        for _ in range(rounds):
            for i in order.permutation(len(rows)):
                values, features = rows[i]
                if gold[i] not in values:
                    continue
                shares = self._shares(features)
                shares[values.index(gold[i])] -= 1
                for share, active in zip(shares, features, strict=True):
                    gradient = share + 1e-4 * self._weights[active]
                    squared[active] += gradient**2
                    self._weights[active] -= 0.1 * gradient / np.sqrt(squared[active])

    def _rows(self, article: Signs, *, grow: bool = False) -> tuple[list[int], list[NDArray[np.int64]]]:
        listed = article.candidates[self.kind]
        if grow:
            for marks in listed.values():
                for m in marks:
                    self._index.setdefault(m, len(self._index))
        features = [
            np.array(sorted({self._index[m] for m in marks if m in self._index}), dtype=np.int64)
            for marks in listed.values()
        ]
        return list(listed), features

    def _shares(self, features: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
        raw = np.array([self._weights[f].sum() for f in features])
        e = np.exp(raw - raw.max())
        return np.asarray(e / e.sum())

    def __call__(self, article: Signs) -> int:
        """The candidate that the model chooses."""
        values, features = self._rows(article)
        return values[int(self._shares(features).argmax())]


def ceiling(articles: Sequence[Signs], gold: Sequence[int], kind: str) -> float:
    """The share of articles whose number is among the candidates at all."""
    return math.fsum(g in a.candidates[kind] for a, g in zip(articles, gold, strict=True)) / max(1, len(gold))
