"""Text into quantity expressions (`Number`): numerals with their relation words, ranges joined.

One pass finds the numerals ("1.5 million", "two-thirds", "dozens"), a second joins neighbours into ranges
("between 30 and 40") and takes in the relation words on either side ("more than", "or so").  What a number
counts, and whether it is a figure at all, is the business of `figures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.reader.numerals import ATOM, Atom, read_atom, tidy, with_scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.reader.document import Document

_PREFIXES: tuple[tuple[str, str], ...] = (
    (r"at\s(?:the\svery\s)?least|(?:no|not)\s(?:fewer|less)\sthan|a\sminimum\sof|as\s(?:few|little)\sas", "at_least"),
    (
        r"at\s(?:the\svery\s)?most|(?:no|not)\smore\sthan|a\smaximum\sof|as\s(?:many|much|high|long)\sas|up\sto",
        "up_to",
    ),
    (r"(?:(?:far|well|slightly|many)\s)?more\sthan|upwards?\sof|in\sexcess\sof|exceeding", "more_than"),
    (r"(?:(?:far|well|slightly|little)\s)?(?:fewer|less)\sthan", "fewer_than"),
    (r"(?:just|well|slightly|a\slittle)\s(?:over|above)", "more_than"),
    (r"(?:just|well|slightly|a\slittle)\s(?:under|below)|just\sshort\sof", "fewer_than"),
    (
        r"(?:very\s)?nearly|almost|about|around|approximately|approx\.?|roughly|some|close\sto|nearer\sto|circa"
        r"|an\sestimated|estimated(?:\sat)?|perhaps|maybe",
        "about",
    ),
    (r"over|above|exceed(?:s|ed)?|surpass(?:es|ed)|topp(?:ed|ing)|pass(?:ed|es)", "more_than"),
    (r"under|below", "fewer_than"),
)
_PREFIX = re.compile(
    r"(?:(?<![\w-])(?:" + "|".join(f"(?P<r{i}>{p})" for i, (p, _) in enumerate(_PREFIXES)) + r")\s+|(?P<tilde>~)\s?)$",
    re.IGNORECASE,
)
_LAST_WORDS = frozenset(
    "least than most as to of exceeding over above under below nearly almost about around approximately approx approx. "
    "roughly some circa estimated at perhaps maybe exceed exceeds exceeded surpasses surpassed topped topping passed "
    "passes".split()
)
"""The last words of all relation phrases; nearly every number is told apart by this cheap look."""
_SUFFIX = re.compile(
    r"(?P<at_least>\s+or\smore\b|\+)|(?P<about>\s+or\sso\b)|(?P<up_to>\s+or\s(?:fewer|less)\b)", re.IGNORECASE
)
_SPATIAL = frozenset({"over", "above", "under", "below"})
"""Relation words that are also plain prepositions: "a row over two prisoners"."""
_PARTICLED = frozenset("hand handed handing hands turn turned turning took take taken taking takes ran run".split())
"""Verbs whose particle "over" is: "handed over 52 soldiers"."""
_PASSED = re.compile(r"(?:exceed|surpass|topp|pass)\w*\s+$", re.IGNORECASE)
_BEFORE_SPATIAL = frozenset(
    "for of with by to and or but from after lasting lasts lasted is are was were be been has have had kill killed "
    "kills "
    "killing injured injuring wounded wounding arrested detained displaced released freed spent spend cost costs "
    "worth raised paid reportedly totalling totaling held holds reached reaching that than the".split()
)
_LOOK_BACK = 34
"""Longer than the longest relation phrase; keeps the search constant per number."""
_JOIN = re.compile(r"\s?[-–—]\s?|-to-|\s+to\s+(?:as\smany\sas\s+|about\s+|around\s+)?|\s+or\s+")
_PERCENT = re.compile(r"^\s?(?:per\s?cent|percent|pct)\b(?=\s(?:to|or|and)\s)|^%", re.IGNORECASE)
"""Stands between the ends of "35 percent to 40 percent" and belongs to the first."""
_JOIN_AND = re.compile(r"\s+and\s+")
_IF_NOT = re.compile(r",?\s+(?:if\snot|or\seven|or\spossibly|or\sperhaps|and\sperhaps)\s+", re.IGNORECASE)
_OPENER = re.compile(r"\b(?P<word>between|(?:ranging\s)?from)\s+$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:ris|rose|rais|increas|grew|grow|climb|jump|soar|doubl|fall|fell|drop|declin|decreas|cut|reduc|went|gone|"
    r"chang|upgrad|lower|up|down)\w{0,4}\b[^.;,]*$",
    re.IGNORECASE,
)
"""Makes "from 30 to 45" a movement with two values and not one range."""

_MOVED_BY = re.compile(
    r"\b(?:r[io]s(?:e|es|en|ing)|gain(?:ed|s|ing)|jump(?:ed|s|ing)|f[ae]ll(?:s|en|ing)?|climb(?:ed|s|ing)|dropp?(?:ed|s|ing)?"
    r"|settled\s(?:up|down)|up|down)\s+(?:by\s+)?(?:US)?[$€£]?$"
)
"""Makes "rose $2 to $110" a step and what it led to, two values and not one range."""

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTHS}\s(?:the\s|\d\d?(?:\s?[-–]\s?|\s(?:and|to|or)\s))?$")
_MONTH_AFTER = re.compile(rf"(?:\s?[-–]\s?\d\d?|\s(?:and|to|or)\s\d\d?)?(?:\sof)?[\s-]{_MONTHS}(?!\w)")
_SLASHED = re.compile(r"[/.]\d\d?[/.]\d{2,4}\b|-\d\d-\d\d\b")
_CLOCK = re.compile(
    r"[:.]\d\d\b(?!\s?%)|\s?[ap]\.?m\b|\s?(?:hours|hrs)?\s?(?:UTC|GMT|BST|EST|EDT|CET|CEST|IST|local\s)|\s?o['’]clock",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:[\s-]\d{2,4}){2,}\b|-\d{4}\b")
_NOUN_AFTER = re.compile(r"\s+(?!(?:as|was|is|has|does|its|his|this)\b)(?:[a-z]+s|people|men|women|children|police)\b")

_Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity expression: its span with relation words and currency sign, its bounds, and what sort it is.

    `core` is where the numeral itself begins; `kind` one of `count money percent fraction none ordinal year date
    clock code score name`; `currency` an ISO 4217 code where a sign gives it.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    relation: str
    kind: str
    core: int
    currency: str | None = None


def find_numbers(document: Document) -> list[Number]:
    """Every quantity expression of a document, in order, never overlapping.  Pure; linear in the text."""
    return [n for s in document.sentences for n in _in_sentence(document.text, s)]


def _in_sentence(text: str, sentence: _Extent) -> Iterator[Number]:
    atoms = [a for m in ATOM.finditer(text, *sentence) if (a := read_atom(m))]
    taken = sentence[0]
    i = 0
    while i < len(atoms):
        number, used = _range(text, sentence, atoms, i) or (_single(text, sentence, atoms[i]), 1)
        if number.start < taken:
            number = replace(number, start=number.core)
        yield number
        taken = number.end
        i += used


def _single(text: str, sentence: _Extent, atom: Atom) -> Number:
    kind = _dated(text, sentence, atom) or atom.kind
    base = Number(
        atom.start, atom.end, tidy(atom.low), None if atom.high is None else tidy(atom.high),
        "vague" if atom.vague else "exactly", kind, atom.start, atom.currency,
    )  # fmt: skip
    return base if kind not in {"count", "money", "percent", "fraction"} else _related(text, sentence, base)


def _range(text: str, sentence: _Extent, atoms: list[Atom], i: int) -> tuple[Number, int] | None:
    """A range that begins with atom i, and how many atoms it takes; None where there is none."""
    if i + 1 >= len(atoms):
        return None
    one, two = atoms[i], atoms[i + 1]
    if {one.kind, two.kind} - {"count", "money", "percent", "fraction"} or two.start - one.end > 20:
        return None
    gap = _PERCENT.sub("", text[one.end : two.start])
    back = text[max(sentence[0], one.start - 20) : one.start]
    opener = _OPENER.search(back)
    if one.vague and two.vague and _IF_NOT.fullmatch(gap) and (two.high or 0) > (one.high or 0):
        return Number(one.start, two.end, tidy(one.low), two.high, "vague", one.kind, one.start), 2
    word = opener["word"].lower() if opener else ""
    if word.endswith("from") and _MOVED.search(text[max(sentence[0], one.start - 60) : one.start - len(word)]):
        return None
    if not word and gap.strip().lower() == "to" and _MOVED_BY.search(back):
        return None
    joined = _JOIN.fullmatch(gap) or (word == "between" and _JOIN_AND.fullmatch(gap))
    if not joined or _dated(text, sentence, one) or _dated(text, sentence, two):
        return None
    if one.scale == 1 and two.scale > 1 and one.low < 1000:
        one = with_scale(one, two.scale)
    if gap.strip() in {"-", "–", "—"} and not word and one.digits and two.digits and one.low >= two.low:
        if balloted(text, sentence[0], one.start):
            return None
        return Number(one.start, two.end, two.low, one.low, "exactly", "score", one.start), 2
    if one.low >= (two.high if two.high is not None else two.low):
        return None
    start = one.start - (len(opener.group()) if opener else 0)
    kinds = {one.kind, two.kind}
    kind = next((k for k in ("money", "percent", "fraction") if k in kinds), "count")
    number = Number(start, two.end, tidy(one.low), two.high, "between", kind, one.start, one.currency or two.currency)
    prefix, _ = (None, "") if opener else _prefix(text, sentence, number)
    return (number if prefix is None else replace(number, start=prefix)), 2


_BALLOT = re.compile(
    r"\b(?:vot(?:e[sd]?|ing)|ballots?|passed|approved|adopted|rejected|defeated)\b[^.;]*$", re.IGNORECASE
)


def balloted(text: str, begin: int, start: int) -> bool:
    """Does a vote go before, in the sentence that begins at `begin`, so that "13-0" are votes and no score?"""
    return _BALLOT.search(text, max(begin, start - 70), start) is not None


def _prefix(text: str, sentence: _Extent, number: Number) -> tuple[int | None, str]:
    """Where the relation words before a number begin, and their relation; (None, "") without any."""
    begin = max(sentence[0], number.start - _LOOK_BACK)
    back = text[begin : number.start]
    last = back.rsplit(None, 1)[-1:] if back[-1:].isspace() else []
    if not back.rstrip().endswith("~") and not (last and last[0].strip("(\"“'‘—–-").lower() in _LAST_WORDS):
        return None, ""
    match = _PREFIX.search(back)
    if not match:
        return None, ""
    if match["tilde"]:
        return begin + match.start(), "about"
    if not _is_relation(back, match, number):
        return None, ""
    relation = next(r for i, (_, r) in enumerate(_PREFIXES) if match[f"r{i}"])
    return begin + match.start(), relation


def _is_relation(back: str, match: re.Match[str], number: Number) -> bool:
    """Are the matched words a relation, and not a preposition or a verb of passing by?"""
    word = match.group().strip().lower()
    if _PASSED.fullmatch(match.group()):
        return (number.low or 0) >= 100 or number.kind != "count"
    if word not in _SPATIAL:
        return True
    found = re.search(r"([\w'’]+)\s+$", back[: match.start()])
    before = found.group(1).lower() if found else ""
    if before in _PARTICLED:
        return False
    return number.kind != "count" or (number.low or 0) >= 20 or not before or before in _BEFORE_SPATIAL


def _related(text: str, sentence: _Extent, number: Number) -> Number:
    """The number with the relation words around it taken in, its bounds set by them."""
    start, relation = _prefix(text, sentence, number)
    end = number.end
    if start is None:
        start = number.start
        suffix = _SUFFIX.match(text, end, min(sentence[1], end + 12))
        if suffix:
            end, relation = suffix.end(), next(k for k, v in suffix.groupdict().items() if v)
    if not relation:
        return number
    low, high = number.low, number.high
    if relation in {"at_least", "more_than"}:
        high = None
    elif relation in {"up_to", "fewer_than"}:
        low = None
    elif number.relation == "vague":
        relation = "vague"
    return replace(number, start=start, end=end, low=low, high=high, relation=relation)


def _dated(text: str, sentence: _Extent, atom: Atom) -> str | None:
    """`year`, `date`, `clock`, `code` or `name` where digits stand in one; None for a plain numeral."""
    if atom.kind not in {"count", "percent"} or not atom.digits:
        return None
    before = text[max(sentence[0], atom.start - 16) : atom.start]
    end = min(sentence[1], atom.end + 24)
    bare = atom.digits.isdigit() and atom.scale == 1
    if atom.low <= 31 and bare and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(text, atom.end, end)):
        return "date"
    if bare and (_SLASHED.match(text, atom.end, end) or before.endswith("/")):
        return "date"
    if _CLOCK.match(text, atom.end, end) and (atom.low <= 24 or len(atom.digits) in {4, 5}):
        return "clock"
    if bare and len(atom.digits) == 4 and 1700 <= atom.low <= 2100 and _is_year(text, before, atom.end, end):
        return "year"
    if bare and len(atom.digits) >= 2 and (_PHONE.match(text, atom.end, end) or re.search(r"\d{3}-$|[)+]\s?$", before)):
        return "code"
    return None


def _is_year(text: str, before: str, end: int, limit: int) -> bool:
    if _NOUN_AFTER.match(text, end, limit) and not re.search(r"\b(?:in|since|of|the)\s+$", before):
        return False
    return not _PREFIX.search(before) or bool(re.search(r"\b(?:around|about|over)\s+$", before))
