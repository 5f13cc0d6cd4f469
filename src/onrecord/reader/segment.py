"""Text into paragraphs, quotations, sentences and words (`Document`)."""

from __future__ import annotations

import re
import unicodedata

from onrecord.reader.document import Document, Range

MAX_SENTENCE_CHARS = 1500
"""A longer stretch without a full stop is cut at a space: one-paragraph dumps must not stall the encoder."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr sgt cpl pvt adm brig rep reps sen sens gov pres hon rev fr st sr jr "
    "msgr supt det insp dept univ assn bros inc ltd corp co llc vs etc eg ie cf al approx est no nos vol fig ed eds "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd mt ft "
    "amb min sec atty ayat hojat maj-gen".split()
)
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[.!?…]+[”\"]+(?=[A-Z])")
_OPENERS = "\"'“‘«([—–-"
_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?=n['’]t\b)|n['’]t\b"
    r"|['’](?:s|S|re|ve|ll|d|m)\b"
    r"|[^\W_]+(?:['’](?!(?:s|S|re|ve|ll|d|m|t)\b)[^\W\d_]{2,})*"  # O'Hara, Ta'izz
    r"|--+|\.\.\.+|[^\s]",
)
_SKIP = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_PAIRS = {"“": "”", "«": "»", "„": "“", "‘": "’"}


def segment(text: str) -> Document:
    """Cut a text up.  Pure; any string is accepted, the empty one gives an empty document."""
    paragraphs = tuple(_paragraphs(text))
    sentences = tuple(s for p in paragraphs for s in _sentences(text, p))
    words: list[Range] = []
    sentence_words: list[Range] = []
    for start, end in sentences:
        first = len(words)
        words.extend(
            m.span()
            for m in _WORD.finditer(text, start, end)
            if m.end() - m.start() > 1 or unicodedata.category(m.group()) not in _SKIP
        )
        sentence_words.append((first, len(words)))
    return Document(
        text=text,
        paragraphs=paragraphs,
        sentences=sentences,
        words=tuple(words),
        sentence_words=tuple(sentence_words),
        quotes=tuple(_quotes(text, paragraphs)),
        _word_starts=[s for s, _ in words],
        _sentence_starts=[s for s, _ in sentences],
    )


def _trim(text: str, start: int, end: int) -> Range | None:
    while start < end and (text[start].isspace() or unicodedata.category(text[start]) in _SKIP):
        start += 1
    while end > start and (text[end - 1].isspace() or unicodedata.category(text[end - 1]) in _SKIP):
        end -= 1
    return (start, end) if start < end else None


def _paragraphs(text: str) -> list[Range]:
    return [p for m in _PARAGRAPH.finditer(text) if (p := _trim(text, *m.span()))]


def _is_boundary(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Does a run of stops end a sentence, given what stands around it?"""
    after = match.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return False
    following = text[after : after + 2].lstrip(_OPENERS)[:1] or text[after]
    if following.islower():
        return False
    stop = match.group()
    if stop[0] != "." or len(stop) > 1:
        return True
    before = re.search(r"[\w.\-]*$", text[max(start, match.start() - 20) : match.start()])
    last = before.group() if before else ""
    if last.lower() in _ABBREVIATIONS:
        return False
    if re.fullmatch(r"[A-Za-z]", last):  # an initial, "George W. Bush"; not a possessive's s
        return text[match.start() - 2 : match.start() - 1] in ("'", "’")
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):  # "U.S. Senate", but "in the U.S. The …"
        nxt = re.match(r"\w+", text[after:])
        return bool(nxt) and nxt.group() in {"The", "A", "An", "He", "She", "It", "They", "In", "But", "On"}  # type: ignore[union-attr]
    return True


def _sentences(text: str, paragraph: Range) -> list[Range]:
    start, end = paragraph
    found: list[Range] = []
    for match in _END.finditer(text, start, end):
        if match.end() > start and _is_boundary(text, match, start, end):
            found.extend(_pieces(text, start, match.end()))
            start = match.end()
    found.extend(_pieces(text, start, end))
    return found


def _pieces(text: str, start: int, end: int) -> list[Range]:
    pieces: list[Range] = []
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        if piece := _trim(text, start, cut):
            pieces.append(piece)
        start = cut
    if piece := _trim(text, start, end):
        pieces.append(piece)
    return pieces


def _opens(text: str, i: int, start: int) -> bool:
    before = text[i - 1] if i > start else " "
    return (before.isspace() or before in '([—–-“‘"') and i + 1 < len(text) and not text[i + 1].isspace()


def _quotes(text: str, paragraphs: tuple[Range, ...]) -> list[Range]:
    """Quotations with their marks; one left open at a paragraph's end stops there."""
    found: list[Range] = []
    for start, end in paragraphs:
        opened, closer = -1, ""
        for i in range(start, end):
            c = text[i]
            if opened < 0:
                if c == '"' and _opens(text, i, start):
                    opened, closer = i, '"'
                elif c in _PAIRS and (c != "‘" or _opens(text, i, start)):
                    opened, closer = i, _PAIRS[c]
            elif c == closer and not (c == "’" and i + 1 < end and text[i + 1].isalpha()):
                if c != '"' or i + 1 >= end or not text[i + 1].isalnum() or text[i - 1] in ".,!?":
                    found.append((opened, i + 1))
                    opened = -1
        if opened >= 0:
            found.append((opened, end))
    return found
