"""Which numbers are no figures by the codebook: ages, dates, distances, names, scores, percent changes (`excluded`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues
from onrecord.reader.tolls import toll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.reader.counted import Counted, Line
    from onrecord.reader.document import Range
    from onrecord.reader.numbers import Number

_KINDS = frozenset({"ordinal", "year", "date", "clock", "code", "score", "name"})
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age\sof|turn(?:ed|s|ing)|as\syoung\sas|as\sold\sas)\s+(?:between\s)?(?:\d\d?(?:,\s\d\d?)*,?\s(?:and|or|to)\s|\d\d?,\s)?$",
    re.IGNORECASE,
)
_WAS_AGED = re.compile(
    r"\b(?:he|she|who|i|boy|girl|man|woman|child|[A-Z]\w+)(?:\s(?:is|was)|['’]s)\s(?:now\s|then\s|just\s|only\s)?$"
    r"|\bat\s$"
)
"""What goes before a bare age: "he was 42", "became a judge at 40"."""
_KIN = r"\b(?:sons|daughters|brothers|sisters|children|boys|girls|twins|men|women|teenagers|cousins|nephews|nieces)"
"""Who may be followed by their ages: "two of her sons, 17 and 19,"."""
_PARENT = re.compile(r"\b(?:(?:grand)?(?:father|mother)|parent|dad|mum|mom|widow|widower)\s+of\s$", re.IGNORECASE)
_WHOEVER = re.compile(r"\b(?:anyone|everyone|those|people|men|women|adults|children)\s$", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|each)\s$", re.IGNORECASE)
""" "Every one of these deaths" counts nothing."""
_OLD = re.compile(r"[\s-]+(?:years?|months?|weeks?|days?)[\s-]+(?:olds?\b|of\sage\b)|[\s-]something\b", re.IGNORECASE)
_OLD_THING = re.compile(
    r"-\w+-old\s(?:\w+\s)?(?:ceasefire|truce|war|conflict|insurgency|blockade|siege|campaign|offensive|rebellion|uprising|"
    r"dispute|embargo|regime|republic|deal|agreement|accord|law|strike|ban|curfew|crackdown|government|coalition|march|"
    r"occupation|rule|feud|protest|revolt|state|kingdom|treaty|standoff)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:ris|rose|rais|increas|grew|grow|climb|jump|soar|surg|fall|fell|drop|declin|decreas|cut|reduc|gain|lost|slid|"
    r"plung|tumbl|shr[aiu]nk|slump|up|down|lower|higher|expand|contract|devalu)\w{0,5}\b(?:\s\w+){0,3}\s(?:by\s)?$",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:to|at|from)\s(?:just\s|only\s)?$")
"""What goes before the level that a change led to or set out from: "rose to 55%"."""
_CHANGE_AFTER = re.compile(
    r"\s?(?:%|per\s?cent|percent)?\s(?:\w+\s)?(?:points?|increase|rise|decrease|drop|fall|decline|growth|jump|cut|reduction|"
    r"surge|hike|raise|gain|loss|higher|lower|more|less|up|down|slump)\b",
    re.IGNORECASE,
)
_WHEN_AFTER = frozenset("ago later earlier before after old away apart hence prior since beforehand previously".split())
_WHEN_BEFORE = frozenset(
    "past last next recent previous coming first every these those preceding following final latter early late "
    "later same each".split()
)
_RECORDS = frozenset("high highs low lows peak average anniversary".split())
"""What a span is only the yardstick of: "a three-year high"."""
_HOW_LONG = frozenset("in for within of after by over than least about only just under to lasted lasting every".split())
"""What goes before "one day" where it tells how long, and not some time in the future."""
_NAMING = frozenset("no number nos article section chapter route highway flight category channel".split())


def excluded(
    text: str, line: Line, number: Number, *, words: tuple[int, int], counted: Counted, taken: Sequence[Range]
) -> bool:
    """Is the number no figure whatever verb stands by it?  `taken` are spans of times and names."""
    if number.kind in _KINDS or _EVERY.search(text, max(0, number.start - 6), number.start):
        return True
    _, after = words
    unit = line.at(counted.end - 1) if counted.end > counted.start else ""
    if calendar(line, after, counted) is not None:
        return number.kind not in {"count", "fraction"} or _is_age(text, number)
    if _inside(number, taken):
        return True
    if number.kind == "count" and unit == "rounds" and ammunition(line, counted):
        return False
    if number.kind == "count" and (unit in cues.MEASURING or counted.compound in cues.MEASURING):
        return True
    if number.kind == "count" and _PARENT.search(text, max(0, number.start - 24), number.start):
        return True
    if number.kind in {"percent", "fraction"} and _percent_change(text, number):
        return True
    if number.kind in {"count", "fraction"} and (_is_age(text, number) or _is_name(line, number, words, counted)):
        return True
    if counted.compound and not _kept_compound(counted):
        return True
    return line.at(after) in cues.MEASURING and number.kind == "count"


def merged(*lists: Sequence[Range]) -> list[Range]:
    """Spans of all lists as sorted, disjoint ranges, so that one is found by bisection."""
    out: list[Range] = []
    for start, end in sorted(span for spans in lists for span in spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _inside(number: Number, taken: Sequence[Range]) -> bool:
    i = bisect_right(taken, (number.core, float("inf"))) - 1
    return i >= 0 and taken[i][0] <= number.core and number.end <= taken[i][1]


def _percent_change(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 48) : number.start]
    if _LEVEL.search(before):
        return False
    return bool(_CHANGED.search(before) or _CHANGE_AFTER.match(text, number.end, number.end + 40))


def _is_age(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 30) : number.start]
    after = text[number.end : number.end + 24]
    if (_OLD.match(after) and not _OLD_THING.match(after)) or _AGE_BEFORE.search(before):
        return True
    low = number.low if number.low is not None else number.high
    if low is None or not 1 <= low <= 110 or number.relation not in {"exactly", "about", "fewer_than", "more_than"}:
        return False
    elliptical = bool(re.match(r"\s?(?:[,.;)]|and\b|when\b|at\sthe\b|$)", after))
    if number.relation in {"fewer_than", "more_than"}:
        return (elliptical or _WHOEVER.search(before) is not None) and bool(
            re.match(r"(?:under|over|above|below)\b", text[number.start : number.core], re.IGNORECASE)
        )
    if re.search(r"(?:[A-Z][\w'’.-]+|\b[a-z]+(?:man|er|or|ist|son|nt)),\s$", before) and re.match(r"\s?[,.;)]", after):
        return True
    if re.search(r"[A-Z][\w'’.-]+,\s\d\d?\sand\s$|[A-Z][\w'’.-]+\s\($", before) and re.match(r"\s?[,.;)]", after):
        return True
    if re.search(r"(?:[A-Z][\w'’.-]+|" + _KIN + r"),\s$", before) and re.match(r"\sand\s\d\d?[,.;)]", after):
        return True
    if re.search(_KIN + r",\s\d\d?\sand\s$", before) and re.match(r"\s?[,.;)]", after):
        return True
    if not elliptical or not _WAS_AGED.search(before):
        return False
    return not toll(text[max(0, number.start - 100) : number.start])


def _is_name(line: Line, number: Number, words: tuple[int, int], counted: Counted) -> bool:
    """Is the number part of a name: "Channel 6", "10 Downing Street", "Resolution 1973", "Group of Seven"?"""
    first, after = words
    if number.core != number.start or number.currency:
        return False
    before = line.raw[first - 1] if first else ""
    head = line.raw[counted.end - 1] if counted.end > counted.start else ""
    if before.lower() in _NAMING or (before == "." and line.at(first - 2) in {"no", "nos"}):
        return True
    if before == "of" and line.raw[first - 2 : first - 1] == ("Group",):
        return True
    if first and line.raw[first][:1].isupper() and not line.raw[first].isdigit() and before == "of":
        return line.raw[first - 2 : first - 1] != () and line.raw[first - 2][:1].isupper()
    named = before[:1].isupper() and before.lower() not in cues.DETERMINERS | cues.PREPOSITIONS | cues.PRONOUNS
    named = named and before.lower() not in {"of", "and", "but", "or"} and before.lower() not in cues.AUXILIARIES
    if named and first > 1 and not head and not _verb_follows(line, after):
        return True
    return (
        bool(head)
        and head[0].isupper()
        and not head.endswith("s")
        and head.lower() not in cues.IRREGULAR_PLURALS
        and (number.low or 0) > 1
        and counted.end - counted.start <= 3
        and line.raw[counted.start][0].isupper()
        and not counted.part
    )


def _verb_follows(line: Line, after: int) -> bool:
    word = line.at(after)
    return word in cues.STATES or word in cues.PARTICIPLES or word in cues.INTRANSITIVE


def _kept_compound(counted: Counted) -> bool:
    return (
        counted.compound in cues.PLURAL_UNITS
        or counted.compound in {"strong", "member"}
        or counted.compound in cues.HEADS
    )


def calendar(line: Line, after: int, counted: Counted) -> int | None:
    """The word number of the calendar unit that a number counts ("three", "30-year", "nine long months"), or None."""
    if counted.compound in cues.PLURAL_UNITS:
        return after + 1
    for i in range(counted.start, min(counted.end, counted.start + 2)):
        if line.low[i] in cues.PLURAL_UNITS:
            return i
    return after if line.at(after) in cues.PLURAL_UNITS else None


def ammunition(line: Line, counted: Counted) -> bool:
    """Are "rounds" shots ("9,000 rounds of ammunition", "200 artillery rounds") and not rounds of talks?"""
    before = line.low[counted.start : counted.end - 1]
    after = line.low[counted.end : counted.end + 4]
    return not cues.SHOT.isdisjoint(before) or (after[:1] == ("of",) and not cues.SHOT.isdisjoint(after))


def is_when(line: Line, words: tuple[int, int], unit_at: int) -> bool:
    """Does a number of days, weeks or years tell when rather than how long ("two weeks later", "the past two days")?"""
    first, _ = words
    after = line.at(unit_at + 1)
    if after == "from" and (line.at(unit_at + 2) in {"now", "today"} or line.low[unit_at].startswith(("min", "hour"))):
        return True
    if after in {"north", "south", "east", "west", "drive", "walk", "flight"} or line.at(unit_at + 2) in _RECORDS:
        return True
    if after in _RECORDS or (
        line.low[unit_at] == "day" and line.at(first) == "one" and line.at(first - 1) not in _HOW_LONG
    ):
        return True
    if line.at(unit_at + 1) in _WHEN_AFTER and not (line.at(unit_at + 1) == "after" and line.at(unit_at + 2) == "all"):
        return True
    before = [line.at(first - 1), line.at(first - 2), line.at(first - 3)]
    if before[0] in _WHEN_BEFORE or (before[0] in {"few", "couple"} and before[1] in _WHEN_BEFORE):
        return True
    return before[0] == "span" or (before[0] == "of" and before[1] == "span")
