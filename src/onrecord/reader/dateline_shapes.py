"""The shapes of datelines, date stamps, bylines and credit lines, as regular expressions.

All of them are applied to a bounded stretch at the head or the foot of a report.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
DATE = (
    rf"(?P<ymd>\d{{4}}-\d\d-\d\d)|(?:{_WEEKDAY},?\s+)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>(?i:{_MONTH}))"
    rf"(?:,?\s+(?P<y1>\d{{4}}|\d\d(?=\s*\()))?|(?P<m2>(?i:{_MONTH}))\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y2>\d{{4}}))?)"
)
"""A day with or without its year, an ISO date.  Two figures are a year before an agency only: "9 MAY 91 (EFE)"."""

_CLOCK = (
    r"(?:T|,?\s+(?:at\s+|-\s+)?)(?P<clock>\d{1,2}[:.]\d\d)(?:[:.]\d\d)?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"(?:\s?\(?(?P<zone>Z|[A-Z]{2,4}\b|[+-]\d\d:?\d\d)\)?)?"
)
STAMP = re.compile(
    rf"(?P<label>(?i:date|published|posted|updated|last\s+(?:updated|modified)|first\s+published|modified)"
    rf"(?i:\s+on)?\s*:?\s+)?(?:{DATE})(?:{_CLOCK})?"
)
"""A date that may carry a label ("Published") and a time of day."""

_NAME = r"[A-ZÀ-Þ][\w'’.\-]*"
_PLACE_WORDS = rf"{_NAME}(?:[ ](?:(?:de|del|la|al|el|of|the|and|du|bin)[ ])?{_NAME}){{0,3}}"
PLACE = rf"{_PLACE_WORDS}(?:/{_PLACE_WORDS})*(?:,[ ](?!{_WEEKDAY}\b){_PLACE_WORDS}){{0,2}}"
"""Capitalised words: a town, perhaps with its country; several towns with strokes between them."""

DASH = r"\s*(?:--+|[–—-])\s*"
BYLINE = re.compile(
    r"(?:By|BY|by|From|FROM)[ ](?:the[ ])?(?P<names>(?:[A-Z]+[ ])?(?:Wire Staff|Staff Writers?|News Desk)"
    rf"|{_NAME}(?:[ ]{_NAME}){{1,3}}(?:(?:,|[ ]and|[ ]&|,[ ]and)[ ]{_NAME}(?:[ ]{_NAME}){{1,3}})*)"
    r"(?P<rest>[^\n]{0,80})"
)
"""A line "By Jane Doe and John Roe, Cairo"; `rest` is what follows the names on it."""

CONTRIBUTOR = re.compile(
    r"(?P<agency>[A-Z][\w.&-]*(?: [A-Z][\w-]*)?)['’]s? [^.\n]{3,400}? contributed to this (?:report|story|article)"
)
REPORTING = re.compile(r"\(?(?:Additional )?[Rr]eporting by (?P<names>[^;.)\n]{3,200})")
BOILERPLATE = re.compile(
    r"\(?(?:additional reporting|reporting by|editing by|writing by|compiled by|with (?:inputs?|reporting|agencies)"
    r"|read (?:more|also|next)|see also|also read|related(?::|\s+(?:articles?|stories|links|news|topics))"
    r"|more (?:on|from|stories)\b|sign up|subscribe"
    r"|follow (?:us|@)|click here|share this|©|\(c\)|copyright|all rights reserved"
    r"|this (?:article|story|report) (?:was|first|originally|has been)|this discussion is (?:now )?closed"
    r"|we welcome comments|comments? (?:are|is) closed|advertisement"
    r"|newsletter|our standards|editor['’]s note|photo(?:graph)?s?\s*:|image\s*:|source\s*:|tags?\s*:|topics?\s*:"
    r"|download our app|join our|get the latest|for more (?:information|news)|the views expressed)"
    r"|.{0,400}\bcontributed to (?:this|the) (?:report|story|article)\b"
    r"|.{0,120}\ball rights reserved\b",
    re.IGNORECASE,
)
"""How a sentence or line begins that is no part of the report."""

_TABLE = "agencies.txt"


@cache
def agencies() -> dict[str, str]:
    """Every written form of an agency -> its name."""
    lines = files("onrecord.codebook").joinpath(_TABLE).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {alias: name for name, aliases in rows for alias in aliases.split("|")}


@cache
def dateline_pattern() -> re.Pattern[str]:
    """`PLACE, DATE (AGENCY) -`, each part but the agency optional."""
    names = "|".join(re.escape(a) for a in sorted(agencies(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<place>{PLACE}),?\s+)?(?:(?P<date>{DATE}|(?P<weekday>{_WEEKDAY})),?\s+)?"
        rf"\((?P<agency>{names})(?:[/ ,][^()\n]{{0,40}})?\)(?P<dash>{DASH}|\s*:\s+)?"
    )


@cache
def bare_dateline_pattern() -> re.Pattern[str]:
    """`PLACE, DATE –` and `PLACE:` without an agency; good at the start of a line only."""
    return re.compile(
        rf"(?P<place>{PLACE}),?\s+(?P<date>{DATE}),?(?P<dash>\s*(?:--+|[–—-]|:)\s+)"
        rf"|(?P<capitals>[A-Z][A-Z'’.\-]+(?:[ ][A-Z][A-Z'’.\-]+){{0,3}}(?:/[A-Z][A-Z ]+)*(?:,[ ]{_PLACE_WORDS}){{0,2}})"
        r"(?P<mark>:[ ]|\s*(?:--+|[–—])\s*|\s+-\s+)"
    )


@cache
def credit_pattern() -> re.Pattern[str]:
    """An agency's name alone at the end of the text: `(Reuters)`, `- AFP`, `AP/Cairo`, `Source: Xinhua`."""
    names = "|".join(re.escape(a) for a in sorted(agencies(), key=len, reverse=True))
    return re.compile(
        rf"(?:\((?P<a>{names})(?:/[^()\n]{{1,30}})?\)|(?:^|[\s.])[-–—]{{1,2}}\s?(?P<b>{names})(?:/[^\n]{{1,30}})?"
        rf"|(?:\n|^)\s*(?P<c>{names})(?:/[^\n]{{1,30}})?|Source:\s*(?P<d>{names}))\.?\s*$"
    )
