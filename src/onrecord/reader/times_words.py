"""English time words -> the one-letter classes that the time grammar is written in, and their values.

A class letter stands for one token, so that a rule such as "weekday, month, day, year" is the regular
expression `W,?MD,?Y` over a report's class string.  The letters are explained in `CLASSES`.
"""

from __future__ import annotations

CLASSES = {
    "M": "month", "W": "weekday", "v": "weekday, abbreviated", "V": "weekday, plural",
    "D": "whole number 1-31", "N": "other number", "Y": "four digits that may be a year", "O": "ordinal",
    "n": "number word", "q": "vague quantity", "I": "ISO date", "J": "ISO date-time", "S": "date with slashes",
    "C": "clock time", "c": "clock time with am/pm", "A": "am, pm", "Z": "time zone", "L": "local", "T": "time",
    "o": "o'clock", "u": "unit of time", "F": "frequency word", "P": "part of the day", "d": "today and the like",
    "R": "vague reference, once, twice", "s": "season", "X": "1980s", "x": "eighties", "t": "the", "a": "a, an",
    "h": "this, these", "H": "that, those", "f": "of", "i": "in, on", "@": "at", "g": "ago", "r": "same",
    "l": "last, next and the like", "E": "earlier, later", "e": "early, late, mid", "b": "before, after",
    "B": "beginning, end", "j": "every, each, per", "k": "fiscal", "w": "consecutive, full and the like",
    "z": "to, through", "&": "and, or", "Q": "possessive 's", "G": "BC", "K": "latest and the like", "U": "period", "-": "hyphen", ",": "comma", "p": "full stop",
    "y": "old", "~": "or so", "|": "sentence boundary", ".": "anything else",
}  # fmt: skip

MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {n: i for i, n in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
WEEKDAY_ABBREVIATIONS = {
    n: i
    for i, names in enumerate(("mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"))
    for n in names.split()
}
UNITS = {
    "second": "S", "minute": "TM", "hour": "H", "day": "D", "night": "D", "week": "W", "weekend": "WE",
    "fortnight": "FN", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
"""Unit -> the letter that its duration ends in (`TM` is the minute, to keep it apart from the month)."""

PLURAL_UNITS = {(u[:-1] + "ies" if u.endswith("y") and u != "day" else u + "s"): code for u, code in UNITS.items()}

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBERS: dict[str, float] = {
    **{w: i for i, w in enumerate(_SMALL)},
    **_TENS,
    "dozen": 12, "hundred": 100, "thousand": 1000, "half": 0.5,
}  # fmt: skip
_DIGITS, _TEENS = "|".join(_SMALL[1:10]), "|".join(_SMALL[10:])
SPELLED_YEAR = (
    rf"(?:eighteen|nineteen)[ -](?:(?:{'|'.join(_TENS)})(?:[ -](?:{_DIGITS})\b)?|(?:{_TEENS})\b|hundred\b(?! (?:and|\w+s\b)))"
    rf"|(?<=year )two thousand(?: (?:and )?(?:{_DIGITS}|{_TEENS}))?(?!\w)"
)
"""Transcripts spell years out: "nineteen ninety-six", "the year two thousand"."""

VAGUE_QUANTITIES = frozenset("several few many some number dozens scores hundreds thousands tens numerous".split())
COUPLE = frozenset({"couple", "pair"})
ORDINALS = {
    w: i
    for i, w in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
}
DECADE_WORDS = {
    "twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196, "seventies": 197,
    "eighties": 198, "nineties": 199,
}  # fmt: skip
DAY_PARTS = {
    "morning": "TMO", "mornings": "TMO", "midmorning": "TMO", "dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO",
    "noon": "T12:00", "midday": "T12:00", "noontime": "T12:00", "lunchtime": "TMI",
    "afternoon": "TAF", "afternoons": "TAF", "midafternoon": "TAF",
    "evening": "TEV", "evenings": "TEV", "dusk": "TEV", "sunset": "TEV", "nightfall": "TEV", "sundown": "TEV",
    "night": "TNI", "nights": "TNI", "overnight": "TNI", "midnight": "T24:00",
}  # fmt: skip
EDGE_PARTS = frozenset(
    "dawn daybreak sunrise noon midday noontime lunchtime dusk sunset nightfall sundown midnight".split()
)
"""Parts of the day that are a moment: times only where a preposition or a day stands with them ("at dawn")."""

DEICTIC_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
FREQUENCIES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y", "biannual": "P6M",
}  # fmt: skip
REFERENCES = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "current": "PRESENT_REF", "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "recent": "PAST_REF", "recently": "PAST_REF", "previously": "PAST_REF", "formerly": "PAST_REF",
    "lately": "PAST_REF", "once": "PAST_REF", "past": "PAST_REF",
    "soon": "FUTURE_REF", "shortly": "FUTURE_REF", "subsequently": "FUTURE_REF", "afterwards": "FUTURE_REF",
    "afterward": "FUTURE_REF", "future": "FUTURE_REF",
}  # fmt: skip
DIRECTIONS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1,
    "next": 1, "coming": 1, "following": 1, "upcoming": 1, "ensuing": 1, "current": 0,
}  # fmt: skip
FROM_STORY = frozenset("previous preceding prior following ensuing".split())
"""Directions that count from the day the story has reached, not from the day of the report."""

ZONES = {
    "gmt": "Z", "utc": "Z", "z": "Z", "bst": "+01:00", "ist": "", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00",
    "eest": "+03:00", "msk": "+03:00", "et": "-04:00", "edt": "-04:00", "est": "-05:00", "ct": "-05:00",
    "cdt": "-05:00", "cst": "-06:00", "mdt": "-06:00", "mst": "-07:00", "pt": "-07:00", "pdt": "-07:00",
    "pst": "-08:00", "aest": "+10:00", "aedt": "+11:00", "jst": "+09:00", "hkt": "+08:00", "sgt": "+08:00",
}  # fmt: skip
"""Zone -> offset in a TIMEX3 value; "IST" is three zones (Israel, India, Ireland) and gives none."""

HOLIDAYS = {
    ("christmas", "eve"): (12, 24), ("christmas", "day"): (12, 25), ("christmas",): (12, 25),
    ("new", "year", "'s", "eve"): (12, 31), ("new", "year", "'s", "day"): (1, 1), ("boxing", "day"): (12, 26),
    ("valentine", "'s", "day"): (2, 14), ("halloween",): (10, 31), ("may", "day"): (5, 1),
    ("thanksgiving", "day"): (11, 0), ("thanksgiving",): (11, 0),
}  # fmt: skip
"""Feasts with a date of their own; (11, 0) is the fourth Thursday of November."""

EARLY_LATE = {"early": "START", "beginning": "START", "start": "START", "mid": "MID", "middle": "MID",
              "midway": "MID", "late": "END", "end": "END", "close": "END", "earlier": "START", "later": "END",
              "eve": "START"}  # fmt: skip

_GROUPS = {
    "t": "the", "a": "a an", "h": "this these", "H": "that those", "f": "of", "i": "in on", "g": "ago", "r": "same",
    "E": "earlier later", "e": "early late mid", "b": "before after", "B": "beginning start middle end close",
    "j": "every each per", "k": "fiscal",
    "w": "consecutive straight successive full whole long more additional further trading working business solid "
         "entire short calendar extra school odd",
    "K": "latest comparable corresponding", "U": "period",
    "z": "to through thru until", "@": "at", "&": "and or", "T": "time", "L": "local", "y": "old",
}  # fmt: skip


def _classes() -> dict[str, str]:
    """Lower-case word -> class letter; what depends on capitals or neighbours is settled by the lexer."""
    found: dict[str, str] = {}
    for letter, words in (
        ("R", REFERENCES), ("l", DIRECTIONS), ("M", MONTHS), ("W", WEEKDAYS), ("v", WEEKDAY_ABBREVIATIONS),
        ("V", [w + "s" for w in WEEKDAYS]), ("P", DAY_PARTS), ("u", UNITS), ("u", PLURAL_UNITS), ("n", NUMBERS),
        ("q", VAGUE_QUANTITIES), ("q", COUPLE), ("O", ORDINALS), ("x", DECADE_WORDS), ("d", DEICTIC_DAYS),
        ("s", SEASONS), ("F", FREQUENCIES), ("Z", ZONES),
    ):  # fmt: skip
        found.update(dict.fromkeys(words, letter))
    for letter, line in _GROUPS.items():
        found.update(dict.fromkeys(line.split(), letter))
    # Words of two classes: the rules ask for the one that is named here.
    found.update({"twice": "R", "night": "P", "nights": "P", "second": "O", "past": "l", "current": "R", "z": "."})
    return found


WORD_CLASSES = _classes()
