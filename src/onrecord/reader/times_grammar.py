"""The shapes of time expressions, as regular expressions over class letters (see `times_words.CLASSES`).

Every repetition is bounded and no two optional parts of a shape can match the same letter twice over, so that a
match costs constant time; the longest match from a token wins, the earlier rule among equals.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CLOCK = r"(?:[Cc][Ao]?|[nD]A|[nD]o|[YN]Z)(?:p?-?(?:LT|Z))?"
"""10 a.m., 14:00 GMT, three o'clock, 1930 UTC, 0530 hours."""
DAY_MONTH = r"(?:Mp?t?[DO](?:,?Y)?|t?[DO]f?Mp?(?:,?Y)?)"
"""March 14, 2019; the 4th of July; 21 May 2005."""
WEEKDAY = r"(?:[Wv]p?,?)"
EDGE = r"(?:t?B(?:-|f[th]?)|t?[eE]-?(?:[if][th]?)?)"
"""early, mid-, late in the, the end of the."""
QUANTITY = r"(?:(?:a-?)?(?:Y(?!n)|[nDNq])(?:-?(?:[&z]-?)?[nDNY]){0,4}(?:-?&-?a-?n)?f?t?)"
DURATION = rf"(?:{QUANTITY}w{{0,2}}-?u(?:-?&-?a-?n|-w)?|na-?u|aw{{0,2}}-?u(?:-?&-?a-?n|&[nq])?)"
"""two years, 19-month, two or three days, two-and-a-half years, half an hour, a year and a half."""
PART_OF = r"(?:t?e?-?P(?:uf|[if,])?t?)"
"""the morning of, in the early morning hours of."""
OF_THAT_YEAR = r",?f(?:Hr?|tr)u"
"""of that year, of the same year."""


class Rule(NamedTuple):
    """One shape and the name of the reader that gives it a value."""

    reader: str
    pattern: re.Pattern[str]


def _rule(reader: str, *patterns: str) -> list[Rule]:
    return [Rule(reader, re.compile(pattern)) for pattern in patterns]


RULES = (
    *_rule("iso", "[IJ]"),
    *_rule("slashed", "S"),
    *_rule(
        "ancient",
        rf"{EDGE}?(?:t?s,?f?|Mp?,?)?[NDY]G",
        rf"{EDGE}?t?O-?uG",
        rf"{EDGE}?t?XG",
        "[NDY](?=[-z&][NDY]G)",
    ),
    *_rule(
        "date",
        rf"(?:{CLOCK},?i?)?{PART_OF}?(?:h?l)?{WEEKDAY}?{DAY_MONTH}(?:P|,?[@i]?{CLOCK}(?:,?Y)?)?",
        rf"{EDGE}?(?:h?l|tl|h|H)?M(?:p?,?f?Y|Q?Y|pY)?",
        r"Mp?,?f?(?:h|t?l)u",
        rf"(?:Mp?t?[DO]?|t?[DO]f?Mp?){OF_THAT_YEAR}",
        r"h?lM&M(?:,?Y)?",
        rf"{EDGE}?(?:tl|h?l|h)?W(?:e?P)?(?:,?@?{CLOCK})?",
        rf"{PART_OF}W|{CLOCK},?i?{WEEKDAY}|W(?:h|t?l)u",
        rf"{EDGE}?d(?:e?P)?(?:,?@?{CLOCK})?|(?:e-?)?Pd|{CLOCK},?d",
        rf"{EDGE}?(?:h|l|t|H|tl|t?r|Hr)?P",
        rf"teuf?(?:h?P|{WEEKDAY}P?|d|{DAY_MONTH})?|tuf{DAY_MONTH}",
        rf"{CLOCK}|[nD]itP",
    ),
    *_rule("first_day", r"t?[DO](?=[-z&]t?[DO]f?Mp?)"),
    *_rule("last_day", r"(?<=[DO][-z])[DO](?:,?Y)?"),
    *_rule("year", rf"{EDGE}?(?:tu|ku?)?Y", r"Y[-]Y", r"Y-[DN]"),
    *_rule("short_year", r"(?<=Y-)[DN]"),
    *_rule("decade", rf"{EDGE}?t?(?:e-?)?[Xx]"),
    *_rule(
        "ordinal_unit",
        rf"{EDGE}?[thlkw]{{0,3}}O-?u(?:,?f?(?:Y|[ht]?l?u))?",
        r"t?Y?k?O-?u",
        r"e-?O-?u",
        r"(?:h|t?l)uQO-?u",
        r"tOnf(?:Y|[ht]?l?u)",
    ),
    *_rule("season", rf"{EDGE}?(?:h?l|h|tl?|H|Hr)?(?:e-)?s(?:,?f?Y|f(?:h|t?l)u)?", "Ys"),
    *_rule("reported", r"tK[uU](?:t?lu)?", r"t?K?u-[gE](?:O-?)?[uU]", r"tY[uU]"),
    *_rule("unit", rf"{EDGE}?(?:tl|h?l|h|H?r|tr|H|tk?w?|k|w|t?Rk?)?u", r"uQ?-?B"),
    *_rule("window", rf"[th]?[lO]{QUANTITY}w{{0,2}}-?u", r"t?[nD]lu"),
    *_rule("duration", rf"t?{DURATION}(?:-y|~?[gE])?", r"[nD]\.u", r"[ta]?u-[gE](?:O?-?u)?", r"u[gE]", r"u(?:&u|-w)?"),
    *_rule("often", r"F", r"j[nDOq]?-?[uPsM]", r"jW(?:P)?", r"V", r"WP", r"[nR]T?au"),
    *_rule("vague", r"R", r"Ru(?:&u)?", r"[th]?lu", r"E", r"tl", r"b"),
)
"""All shapes; the names are methods of `times_readers.Readers`."""

STARTS = re.compile(r"[MWvVIJSCcuFPdRsXxEYb]|[tahHlreBkjDNOnqK](?=[^.|])|(?<=[-z])[DNO]")
"""Where a time can begin: a word that is one, or one that needs another after it."""

PHRASES = re.compile(
    r"\b(?P<present>so far|(?:(?:up )?until|till|as of|for|right|just|even) now"
    r"|at (?:this|the|that) (?:very )?(?:point|moment|stage)"
    r"|this (?:point|moment|stage)(?= |[.,”\"])|these days|to date(?=[,.;])|at present)\b"
    r"|\b(?P<future>from now on|in the (?:near|foreseeable|immediate|distant) future"
    r"|the (?:(?:near|foreseeable|immediate|distant|not-too-distant) )?future(?! of)"
    r"|(?:the|in) (?:long|short|near) (?:run|term)"
    r"|in future|(?:very|as) soon as possible|(?:very|quite|pretty) (?:soon|shortly)|next time|one day soon)\b"
    r"|\b(?P<past>(?:in )?the (?:recent|distant) past|long ago|a (?:long|short) (?:time|while) ago"
    r"|not long ago|some time ago|in the old days|more recently|most recently|until recently)\b"
    r"|\b(?P<then>(?:since|until|by|before|from|till) then"
    r"|(?:at|by|since|around|about|from) that (?:same )?time|(?:that|the) same period)\b"
    r"|\b(?P<span>(?:quite )?some time|a while|a (?:very )?(?:long|short) (?:time|while))(?! ago| later| before)\b"
    r"|\b(?P<feast>(?:last |next |this )?(?:Christmas(?: Day| Eve)?|Boxing Day|New Year['’]s (?:Day|Eve)"
    r"|Thanksgiving(?: Day)?|Valentine['’]s Day|Halloween|May Day)(?:,? (?:1[5-9]|20)\d\d)?)\b"
    r"(?! (?:Islands?|Square|Street|Road|Avenue|Park|Hospital|Bridge|Stadium|Hills?|Creek|Bay)\b)"
    r"|\b(?P<after>a (?:short|little|brief) (?:time|while) (?:later|after(?:wards)?))\b",
    re.IGNORECASE,
)
"""Vague times that are set phrases.  The groups name what they come to."""

PHRASE_LEAD = re.compile(
    r"(?:since|until|by|before|from|till) (?=then)|(?:until|till|for|as of) (?=now|recently)|in (?=the)|at (?=this)",
    re.IGNORECASE,
)
"""Prepositions that the phrase needs around it but that are no part of the time."""
