"""Small pieces of the view: safe text, short quotes, days, the look of each kind of thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.rule import Rule
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.records import EventTime, Time

STYLES = {
    "source": "bold cyan",
    "actor": "cyan",
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

_FEW = 2
"""So few words say little without their sentence."""
_SENTENCE = 110
"""Characters of the sentence that are shown for them."""
_OPEN, _CLOSE = '"“„«', '"”“»'
_DOUBLE = re.compile("``|''")
_OPENING = re.compile(r'(?<![\w.,;:!?…)\]’])"(?=\S)')
_SINGLE = str.maketrans("“„«”»", "‘‘‘’’")


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
    """Some words of the report between “ and ”, shortened at a space; marks inside become ‘ and ’."""
    whole = " … ".join(filter(None, (_bare(line(text)) for text in texts)))
    if len(whole) > limit:
        cut = whole.rfind(" ", 0, limit)
        whole = whole[: cut if cut > limit // 2 else limit].rstrip(" ,;:…") + " …"
    return f"“{_single_marks(whole)}”"


def quote_with_sentence(words: str, sentence: str, at: int = 0) -> str:
    """The words quoted; where they are one or two ("talks"), the sentence around them, shortened.

    `at` is where in the sentence, brought to one line, the words may begin at the earliest.
    """
    words, sentence = line(words), line(sentence)
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(sentence, at) if words else None
    if len(words.split()) > _FEW or found is None:
        return quote([words])
    return quote([_window(sentence, found.start(), found.end())])


def _window(sentence: str, start: int, end: int) -> str:
    """As much of a sentence around some of its words as is shown for them, cut at spaces."""
    if len(sentence) <= _SENTENCE:
        return sentence
    room = max(0, _SENTENCE - (end - start))
    first = max(0, min(start - room // 2, len(sentence) - _SENTENCE))
    if first:
        space = sentence.find(" ", first, start)
        first = space + 1 if space >= 0 else start
    last = min(len(sentence), max(first + _SENTENCE, end))
    if last < len(sentence):
        space = sentence.rfind(" ", end, last)
        last = space if space >= 0 else last
    before = "… " if first else ""
    return before + sentence[first:last].rstrip(" ,;:") + (" …" if last < len(sentence) else "")


def _bare(text: str) -> str:
    """The text without the quotation marks that stand around the whole of it, and without a comma at its end."""
    text = _DOUBLE.sub('"', text)
    inner = text[1:-1] if text[:1] in _OPEN and text[-1:] in _CLOSE else None
    if inner is not None and len(text) > 1 and not any(c in inner for c in _OPEN + _CLOSE):
        text = inner
    elif text[:1] in _OPEN and not any(c in text[1:] for c in _OPEN + _CLOSE):
        text = text[1:]  # a quotation that goes on in the next paragraph is not closed
    elif text[-1:] in _CLOSE and not any(c in text[:-1] for c in _OPEN + _CLOSE):
        text = text[:-1]
    return text.strip(" ,;:")


def _single_marks(text: str) -> str:
    """Double quotation marks as single ones, curled as they stand."""
    text = text.translate(_SINGLE)
    return _OPENING.sub("‘", text).replace('"', "’")


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


def count_of(count: int, noun: str) -> str:
    """ "1 event", "2 events", "1 round of talks": `noun` is the plural."""
    several = "rounds of talks" if noun == "talks" else noun
    one = "round of talks" if noun == "talks" else noun.removesuffix("s")
    return f"{count:,} {one if count == 1 else several}"


def heading(title: str) -> Rule:
    """A title with a line after it."""
    return Rule(Text(title, STYLES["head"]), align="left", characters="─", style=STYLES["faint"])


def labelled(label: str, value: str | Text) -> Text:
    """A faint label and the value in its own style."""
    return Text.assemble((label, STYLES["faint"]), value)


def known(word: str) -> str:
    """A vocabulary word for people; nothing where it is "unknown"."""
    return "" if word == "unknown" else plain(word)


def once(names: Iterable[str | None]) -> list[str]:
    """Names on one line each, without repetition: an agency may be its own publisher."""
    shown = [line(name) for name in names if name]
    return list({name.casefold(): name for name in reversed(shown)}.values())[::-1]


def join(*parts: str | Text, by: str = " · ") -> Text:
    """The parts that hold something, with a dot between them."""
    shown = [p if isinstance(p, Text) else Text(p) for p in parts if p]
    return Text(by).join(p for p in shown if p.plain)
