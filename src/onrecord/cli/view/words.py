"""Small pieces of the view: safe text, short quotes, days, the look of each kind of thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.records import EventTime, Figure, Number, Time

STYLES = {
    "source": "bold cyan",
    "cue": "yellow",
    "content": "italic",
    "event": "bold red",
    "figure": "bold magenta",
    "time": "green",
    "place": "blue",
    "id": "dim",
    "faint": "dim",
    "head": "bold",
}
QUOTE = 160
"""Characters of a quote that are shown: two lines of a terminal."""

# A report's text must not move the cursor, ring the bell or turn the line around.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SIGN_PICTURES = 0x2400
_SPACES = re.compile(r"\s+")


def safe(text: str) -> str:
    """The text with control characters as pictures, one for one; line feeds and tabs stay."""
    return _UNSAFE.sub(_picture, text.replace("\r\n", " \n"))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(_SIGN_PICTURES + code) if code < ord(" ") else "\ufffd"


def line(text: str) -> str:
    """The text on one line."""
    return _SPACES.sub(" ", safe(text)).strip()


def quote(texts: Iterable[str], limit: int = QUOTE) -> str:
    """Some words of the report between quotation marks, shortened at a space."""
    whole = line(" … ".join(texts))
    if len(whole) > limit:
        cut = whole.rfind(" ", 0, limit)
        whole = whole[: cut if cut > limit // 2 else limit].rstrip(" ,;:") + " …"
    if whole[:1] in '“"‘«' and whole[-1:] in '”"’»':
        return whole
    return f"“{whole.replace('“', '‘').replace('”', '’')}”"


def listed(names: Sequence[str], last: str = " and ") -> str:
    """ "a", "a and b", "a, b and c"."""
    shown = [line(n) for n in names]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + last + shown[-1] if shown else ""


def plain(word: str) -> str:
    """A vocabulary word for people: "no_substance" -> "no substance"."""
    return word.replace("_", " ")


def days(begin: str | None, until: str | None) -> str:
    """ "2025-05-20", "2025-05-01 – 2025-05-20", "until 2025-05-20", "since …", or "undated"."""
    first, last = (d[:10] if d else None for d in (begin, until))
    if first and last:
        return first if first == last else f"{first}\u00a0– {last}"
    if first:
        return f"since {first}"
    return f"until {last}" if last else "undated"


def event_days(time: EventTime) -> str:
    """When an event is, with a mark where that was not stated."""
    return days(time.begin, time.until) + (" ?" if time.basis == "anchor" else "")


def time_words(time: Time | None) -> str:
    """A time expression and what it resolves to: "last week (2025-05-12 – 2025-05-18)"."""
    if time is None:
        return ""
    value = days(time.begin, time.until) if time.begin or time.until else time.value
    return line(time.text) if value == time.text else f"{line(time.text)} ({value})"


def number(value: Number) -> str:
    """ "53,762"; a fraction keeps two places at most."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


_BEFORE = {
    "at_least": "at least ",
    "more_than": "more than ",
    "about": "about ",
    "fewer_than": "fewer than ",
    "up_to": "up to ",
}


def figure_value(figure: Figure) -> str:
    """The value with its relation: "more than 3,000", "24–99"."""
    low, high = figure.low, figure.high
    if low is not None and high is not None and low != high:
        return f"{number(low)}–{number(high)}"
    known = low if low is not None else high
    if known is None:
        return quote([figure.span.text])
    return _BEFORE.get(figure.relation, "") + number(known)


def join(*parts: str | Text, by: str = " · ") -> Text:
    """The parts that hold something, with a dot between them."""
    shown = [p if isinstance(p, Text) else Text(p) for p in parts if p]
    return Text(by).join(p for p in shown if p.plain)
