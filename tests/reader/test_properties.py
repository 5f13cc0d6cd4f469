"""What holds of the real reader for any text whatever: valid readings, spans that quote, the same bytes twice."""

from __future__ import annotations

import sys
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.records import Reading
from onrecord.records.check import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.reader.pipeline import Reader

WEIGHTS = resources.files("onrecord.reader") / "models" / "encoder.onnx"
pytestmark = pytest.mark.skipif(not WEIGHTS.is_file(), reason=f"the encoder's weights are not there ({WEIGHTS})")

FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
LONG = 200_000
MOST_FOR_TWICE = 2.5
"""A text of twice the length may take this many times the work; a component that starts over at each record takes 4."""
MAX_PIECES_PER_CHARACTER = 2
"""Words, and the pieces that they are cut into, cover the text once; [CLS] and [SEP] come on top."""

NEWSLIKE = [
    "Port Selu, March 4 (Reuters) -", "JERUSALEM, May 23 (IANS)", "date 2025-05-22", "By Ilo Maren", "The Tesh Front",
    "Varda’s", "President Ilo Maren", "he", "his", "they", "a senior official", "two sources",
    "on condition of anonymity", "told Radio Selu", "said", "accused", "denied", "demanded that", "according to",
    "citing", "confirmed", "refused to", "“", "”", '"', "'", "‘", "’", "(", ")", "[", "killed", "at least 12 people",
    "more than 3,000", "dozens of", "no", "58 hostages", "$4.5 million", "a quarter of", "between 10 and 20",
    "on Thursday", "last week", "in January", "the 1990s", "19-month", "early March", "2025-02-30", "February 29",
    "two years ago", "since then", "in Geneva", "Turkish", "near Lake Orm", "talks", "collapsed", "a ceasefire",
    "the second stage of the deal", "would release all prisoners in return for", "guarantees", "from the U.S.",
    "attacked", "withdrew", "U.N.", "Mr.", "St.", "...", ".", "?", "!", ",", ";", ":", "—", "-", "\n", "\n\n", "\t",
    "•", "|", "%", "\u200f", "\u202e", "\u00a0", "\ufeff", "\x00", "\x07", "\ud800", "א", "محادثات", "会谈", "🕊️",
    "e\u0301", "ﬁ", "İ", "ß", "½", "１２", "٣٤", "²", "CNN", "al-Tesh", "d’Orm", "O’Maren", "-year-old", "9:30 a.m.",
    "GMT",
]  # fmt: skip
"""Words and marks that the reader's rules look for, and characters that trip string handling."""

anything = st.text(st.characters(exclude_categories=()), max_size=200)
newslike = st.lists(st.sampled_from(NEWSLIKE), max_size=45).map(" ".join)
glued = st.lists(st.sampled_from(NEWSLIKE), max_size=25).map("".join)
mixed = st.lists(st.one_of(st.sampled_from(NEWSLIKE), st.text(max_size=12)), max_size=30).map(" ".join)
texts = st.one_of(newslike, anything, glued, mixed)
dates = st.sampled_from([None, "2025-05-22", "2024-02-29", "0001-01-01", "9999-12-31", "2025-05-22T23:59:59+03:00"])


@pytest.fixture(scope="module")
def reader() -> Reader:
    from onrecord.reader.pipeline import default_reader

    return default_reader()


def spans(value: object) -> Iterator[dict[str, Any]]:
    """Every span, or record with a span of its own, inside a reading's JSON."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            yield value
        for member in value.values():
            yield from spans(member)
    elif isinstance(value, list):
        for member in value:
            yield from spans(member)


def check(reading: Reading, text: str) -> None:
    """A reading of this text breaks no rule, quotes the text and survives its own JSON."""
    assert reading.report.text == text
    assert problems(reading) == []
    for span in spans(reading.to_json()):
        assert text[span["start"] : span["end"]] == span["text"] != ""
    assert Reading.loads(reading.dumps()) == reading


@FEW
@given(text=texts, published=dates)
def test_any_text_has_a_valid_reading(reader: Reader, text: str, published: str | None) -> None:
    check(reader.read(text, published=published), text)


@FEW
@given(words=st.lists(st.sampled_from(NEWSLIKE), min_size=1, max_size=12), body=newslike)
def test_any_headline_does(reader: Reader, words: list[str], body: str) -> None:
    title = " ".join(words)
    for text in (body, f"{title}\n\n{body}"):
        check(reader.read(text, title=title, published="2025-05-22"), text)


@FEW
@given(text=texts)
def test_reading_twice_gives_the_same_bytes(reader: Reader, text: str) -> None:
    assert reader.read(text).dumps() == reader.read(text).dumps()


@settings(FEW, max_examples=15)
@given(batch=st.lists(texts, min_size=2, max_size=5))
def test_reading_in_a_batch_equals_reading_alone(reader: Reader, batch: list[str]) -> None:
    together = [r.dumps() for r in reader.read_many([{"text": t, "published": "2025-05-22"} for t in batch])]
    assert together == [reader.read(t, published="2025-05-22").dumps() for t in batch]


def test_the_order_and_the_ids_of_the_inputs_are_kept(reader: Reader) -> None:
    items = [{"text": f"Report {n}. The Tesh Front said no.", "source_id": str(n)} for n in range(40)]
    assert [r.report.source_id for r in reader.read_many(items)] == [i["source_id"] for i in items]


def test_no_reports_give_no_readings(reader: Reader) -> None:
    assert list(reader.read_many([])) == []


BAD: dict[str, tuple[str, str | None]] = {
    "empty": ("", "OR-T01"),
    "blank": (" \n\t\u00a0\u2028 \n", "OR-T01"),
    "one word": ("Varda", "OR-T06"),
    "another language": (
        "Die Regierung von Varda hat am Donnerstag erklärt, dass die Gespräche in Genf gescheitert sind. " * 2,
        "OR-T02",
    ),
    "another script": (
        "قالت حكومة فاردا يوم الخميس إن المحادثات مع جبهة تيش انهارت وإن اثني عشر شخصا قتلوا. " * 3,
        "OR-T02",
    ),
    "no sentence": ("Varda Tesh Front talks Geneva Thursday 12 killed " * 8, "OR-T06"),
    "control characters": (
        "The Tesh\x00 Front\x07 said\x1b[31m on Thursday\x08 that \x0c12 people were killed.",
        "OR-T04",
    ),
    "right-to-left marks": (
        "\u202eThe Tesh Front\u202c said\u200f on \u2067Thursday\u2069 that talks failed.",
        "OR-T04",
    ),
    "replacement characters": ("The Tesh Front said \ufffd\ufffd that talks had failed.", "OR-T04"),
    "lone surrogates": ("The Tesh Front \ud800said\udfff that 12 people were killed.", None),
    "a table": (
        "Party\tSeats\tShare\nTesh Front\t12\t4.5%\nVarda First\t58\t31%\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        None,
    ),
    "a list": ("• 12 killed in Orm\n• Talks in Geneva\n1. Varda\n2. Tesh Front\n\n- ends -", None),
    "only marks": ("“”\"'’‘()[]{}…—–-.,;:!?|/\\" * 5, None),
    "only numbers": ("12 3,000 4.5 1/2 2025 05-22 10:30 " * 20, None),
    "quotes never closed": ("The Tesh Front said: “We refuse. “We want “guarantees. " * 10, None),
    "only a dateline": ("PORT SELU, March 4 (Reuters) -", None),
    "a surrogate-pair script": ("𝐓𝐡𝐞 𝐅𝐫𝐨𝐧𝐭 said 🕊️🇺🇳 that 𝟏𝟐 people were killed.", None),
    "carriage returns": ("The Tesh Front said no.\r\n\r\nVarda agreed.\rTalks go on.\u2028Or not.\u0085End.", None),
    "combining marks": ("The Te\u0301sh\u0308\u0308\u0308 Front sa\u0300id n\u0303o" + "\u0301" * 300 + ".", None),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_read_and_noted(reader: Reader, name: str) -> None:
    text, code = BAD[name]
    reading = reader.read(text, published="2025-05-22")
    check(reading, text)
    if code is not None:
        assert code in [note.code for note in reading.notes]


PILES: dict[str, str] = {
    "one word": "a",
    "words": "talks ",
    "spaces": " ",
    "line ends": "\n",
    "full stops": ". ",
    "quotation marks": "“ ",
    "straight quotes": '"',
    "apostrophes": "'s ",
    "commas": "Orm, ",
    "numbers": "1,",
    "number words": "twenty-one thousand and ",
    "brackets": "(",
    "names": "Ilo Maren al-",
    "titles": "Mr. ",
    "dates": "on Thursday, March 4, ",
    "durations": "two weeks ago and ",
    "sayings": "he said that ",
    "citings": "citing a source, Radio Selu reported ",
    "killings": "12 people were killed and ",
    "demands": "demanded guarantees in return for ",
    "talks": "the second round of talks in Geneva between ",
    "stages": "the first stage of the deal and ",
    "hyphens": "-",
    "table rows": "12\t4.5%\t|\n",
    "right-to-left": "\u202e\u200fא ",
    "combining marks": "\u0301",
}


@pytest.mark.parametrize("name", PILES)
def test_piles_of_one_thing_are_read(reader: Reader, name: str) -> None:
    piece = PILES[name]
    text = piece * (4_000 // len(piece))
    check(reader.read(text, published="2025-05-22"), text)


def _work(reader: Reader, text: str) -> int:
    """Python calls that a reading takes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        reader.read(text, published="2025-05-22")
    finally:
        sys.setprofile(before)
    return calls


REPORT = (
    "The Tesh Front said on Thursday that at least 12 people were killed near Lake Orm. Ilo Maren, a spokesman for "
    "Varda, denied it, and he demanded guarantees in Geneva in return for the release of 58 prisoners. “We refuse,” "
    "a senior official told Radio Selu on condition of anonymity. "
)


@pytest.mark.parametrize("one_sentence", [False, True], ids=["a paragraph", "without sentence ends"])
def test_work_grows_with_the_text_and_not_with_its_square(reader: Reader, one_sentence: bool) -> None:
    story = REPORT.replace(". ", " ").replace("“", "").replace("”", "") if one_sentence else REPORT
    _work(reader, story)
    once, twice = _work(reader, story * 40), _work(reader, story * 80)
    assert twice < MOST_FOR_TWICE * once


def test_a_very_long_paragraph_is_read(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.reader.encoder import Encoder

    sizes: list[int] = []
    run = Encoder.run

    def counted(self: Encoder, window: Any) -> Any:
        sizes.append(len(window.pieces))
        return run(self, window)

    monkeypatch.setattr(Encoder, "run", counted)
    text = (REPORT * (LONG // len(REPORT) + 1))[:LONG]
    check(reader.read(text, published="2025-05-22"), text)
    assert sum(sizes) < MAX_PIECES_PER_CHARACTER * LONG
    assert max(sizes) < 300
