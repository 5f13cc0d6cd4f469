"""The words for what a figure counts -> what is counted, so that "53,762 people" and "53,762 dead" are one series."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from onrecord.gazetteer import country_by_name, country_of_demonym, fold

PEOPLE = "people"
_COUNTED_PEOPLE = frozenset("killed injured casualties missing abducted held released detained displaced sick".split())
"""Measures that count people whatever the words say ("23 were killed")."""
_TAIL = re.compile(
    r"\b(?:of|in|from|at|on|who|that|which|including|to|under|during|by|near|with|for|after|since|as)\b.*", re.DOTALL
)
_ALIVE = {
    "living": "living", "alive": "living", "live": "living", "deceased": "dead", "dead": "dead", "body": "dead",
    "bodies": "dead", "remains": "dead",
}  # fmt: skip
"""Words that set hostages apart, living and dead; elsewhere the measure says it."""
_TOLD_APART = frozenset(("hostages", "prisoners"))


class Population(NamedTuple):
    """`head`: what is counted ("people", "hostages", "trucks"); `qualifiers`: what sets some of them apart from the
    rest, sorted: a country, "living" or "dead"."""

    head: str
    qualifiers: tuple[str, ...]


def population(measure: str, unit: str | None, words: str | None, country: str | None) -> Population:
    """What a figure counts.

    Args:
        measure: the figure's measure.
        unit: what is counted, in the report's words.
        words: the words of its population, where the report has them.
        country: where it is counted; people of that country are "people" there, whatever they are called.
    """
    for text in (unit, words):
        found = _read(measure, text or "", country)
        if found is not None:
            return found
    return Population(PEOPLE, ()) if measure in _COUNTED_PEOPLE else Population("", ())


def _read(measure: str, text: str, country: str | None) -> Population | None:
    known = _classes()
    tokens = [w for w in fold(text).split() if not w.isdigit() and w not in known[""]]
    near = [w for w in fold(_TAIL.sub("", text)).split() if not w.isdigit() and w not in known[""]] or tokens
    countries = {c for w in tokens if (c := _country(w))}
    classes = {c for w in near if (c := _class_of(w))}
    if {"women", "children"} <= classes:
        head = "women and children"
    elif special := sorted(classes - {PEOPLE}):
        head = _nearest_end(near, special)
    elif classes or (countries and all(_country(w) for w in near)):
        head = PEOPLE
    elif not near or (measure in _COUNTED_PEOPLE and near[-1].endswith("ly")):  # "two seriously"
        return None
    else:
        head = _singular(near[-1])
    marks = {_ALIVE[w] for w in tokens if w in _ALIVE} if head in _TOLD_APART else set()
    return Population(head, tuple(sorted({*(countries - {country}), *marks})))


def _nearest_end(words: list[str], classes: list[str]) -> str:
    return next(c for w in reversed(words) if (c := _class_of(w)) in classes and c is not None)


def _class_of(word: str) -> str | None:
    known = _classes()
    for form in (word, _singular(word)):
        for name, words in known.items():
            if name and form in words:
                return name
    return None


def _country(word: str) -> str | None:
    name = word.capitalize()  # both tables know names as they are written
    found = country_of_demonym(name)
    if found is None and len(word) > 3 and (named := country_by_name(name)):
        return named[0]
    return found


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _classes() -> dict[str, frozenset[str]]:
    """Class of people → its words; "" holds the words that say nothing about who."""
    text = (resources.files("onrecord.collate") / "data" / "populations.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name if name != "-" else "": frozenset(words.split()) for name, words in rows}
