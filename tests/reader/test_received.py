"""Texts in capitals or broken into lines: put into ordinary form for reading, offset for offset."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import records as R
from onrecord.reader.all_caps import is_all_caps, restored
from onrecord.reader.dateline import read_header
from onrecord.reader.hard_wraps import is_hard_wrapped, unwrapped
from onrecord.reader.received import as_received, readable

WIRE = """VELDAN, 9 MAY 91 (TNA) -- THE MAYOR OF ORLOV, MARIO TESKO, WAS
KIDNAPPED ON 5 MAY BY GUERRILLAS OF THE PEOPLE'S FRONT (PFL) WHILE HE WAS
TRAVELING BY BOAT TO THE UNITED STATES EMBASSY, A MILITARY SPOKESMAN SAID
IN A STATEMENT TODAY.

   "WE DO NOT KNOW WHERE HE IS," COL MARIO VENN SAID.  THE PFL HAS NOT
CLAIMED RESPONSIBILITY FOR THE KIDNAPPING.
"""


def test_capitals_become_ordinary_case() -> None:
    text = readable(WIRE)
    assert "the mayor of Orlov, Mario Tesko, was kidnapped on 5 May by guerrillas of the " in text
    assert "(PFL)" in text
    assert "United States Embassy" in text or "United States embassy" in text
    assert "The PFL has not claimed responsibility" in text
    assert "Col Mario Venn said" in text


def test_lines_are_joined_and_paragraphs_kept() -> None:
    assert readable(WIRE).count("\n") == WIRE.count("\n") - 4
    assert "\n\n   " in readable(WIRE)


def test_a_text_that_is_fine_is_left_alone() -> None:
    text = "Talks broke off on Monday, an official said.\n\n“We tried,” he added.\n"
    assert readable(text) is text


@pytest.mark.parametrize(
    "text", ["", "UN", "TALKS FAIL", "MAYOR SAYS NO TO DEAL", "Nothing here is in CAPITALS but one word." * 3]
)
def test_short_or_mixed_texts_are_not_all_caps(text: str) -> None:
    assert not is_all_caps(text)


def test_a_list_of_short_lines_is_not_wrapped() -> None:
    assert not is_hard_wrapped("Apples\nPears\nPlums\nNuts\nBread\n")
    assert not is_hard_wrapped("A paragraph that is one sentence, and about as long as its neighbours are.\n" * 5)


@given(st.text(max_size=120))
def test_lengths_never_change(text: str) -> None:
    assert len(restored(text)) == len(text)
    assert len(unwrapped(text)) == len(text)
    assert len(readable(text)) == len(text)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=120))
def test_only_case_and_line_breaks_change(text: str) -> None:
    assert restored(text).lower() == text.lower()
    assert re.sub(r"\s", " ", unwrapped(text)) == re.sub(r"\s", " ", text)


def test_a_reading_carries_the_words_received() -> None:
    text = readable(WIRE)
    start = text.index("Mario Tesko")
    mention = R.Mention(start, start + 11, text[start : start + 11], "name")
    actor = R.Actor(id="a1", name="Mario Tesko", kind="person", mentions=(mention,))
    reading = R.Reading(
        report=R.Report(id="sha256:of the restored text", text=text), sentences=((0, len(text)),), actors=(actor,),
        reader=R.ReaderInfo(version="0", models={}),
    )  # fmt: skip
    made = as_received(reading, WIRE)
    assert (made.report.text, made.report.id) == (WIRE, R.content_id(WIRE))
    assert made.actors[0].mentions[0].text == "MARIO TESKO"
    assert made.actors[0].name == "Mario Tesko"
    assert made.sentences == reading.sentences


def test_a_year_of_two_figures_before_the_agency() -> None:
    assert read_header(readable(WIRE.replace("TNA", "AFP"))).dateline_date == "1991-05-09"
