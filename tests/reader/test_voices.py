"""Cues whose subject does not speak, clauses about somebody, subjects that stand further off."""

from __future__ import annotations

import pytest

from onrecord.reader.segment import segment
from onrecord.reader.voices import may_speak, no_source, owned, shared_subject, silent, spoken_of, whole_subject


def span_of(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Mr Orl was charged with smuggling in Selu.", "charged", True),
        ("Mr Orl has been widely criticised for the delay.", "criticised", True),
        ("The clerk, accused of theft, left the town.", "accused", True),
        ("The rebels reportedly took the bridge.", "reportedly", True),
        ("The deal was announced on Monday.", "announced", False),
        ("They asked about the alleged massacre at Varda.", "alleged", True),
        ("The bridge is said to have fallen.", "said", True),
        ("Mr Orl charged that the vote was stolen.", "charged", False),
        ("Mr Orl accused the rebels of theft.", "accused", False),
        ("The general was quoted as saying that he would stay.", "quoted", False),
        ("She was reported to have said that he would stay.", "reported", False),
        ("The panel has received fresh reports that huts were burned.", "reports", True),
        ("He alleged abuses in the camp.", "alleged", False),
        ("The governor is concerned that the dam may break.", "concerned", False),
    ],
)
def test_whoever_is_spoken_of_does_not_speak(text: str, cue: str, expected: bool) -> None:
    assert silent(segment(text), span_of(text, cue)) is expected


def test_only_the_agent_of_a_passive_speaks() -> None:
    text = "Mr Orl was accused by the Selu court of theft."
    document, cue = segment(text), span_of(text, "accused")
    assert may_speak(document, cue, span_of(text, "the Selu court"))
    assert not may_speak(document, cue, span_of(text, "Mr Orl"))


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Ms Orl, who met the envoy in Selu last week, said she would go.", "in Selu last week", "Ms Orl, who met the envoy in Selu last week,"),
        ("Ms Orl, who met the envoy, said she would go.", "Ms Orl", "Ms Orl"),
        ("The envoy who met Ms Orl said she would go.", "Ms Orl", "Ms Orl"),
    ],
)  # fmt: skip
def test_a_clause_about_the_speaker_is_no_speaker(text: str, found: str, expected: str) -> None:
    start, end = whole_subject(segment(text), span_of(text, found), span_of(text, "said"))
    assert text[start:end].strip() == expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Varda signed the pact in May but then repeatedly accused Orm of breaking it.", "accused", "Varda"),
        ("The port authority closed the pier, accusing the union of theft.", "accusing", "The port authority"),
        ("The main ally is Varda, which is concerned that the dam may break.", "concerned", "Varda"),
        ("There were reports of looting.", "reports", None),
    ],
)
def test_a_verb_shares_the_subject_of_another(text: str, cue: str, expected: str | None) -> None:
    found = shared_subject(segment(text), span_of(text, cue))
    assert (None if found is None else text[slice(*found)]) == expected


def test_qualities_and_places_are_no_sources() -> None:
    assert no_source("fresh")
    assert no_source("in Selu last week")
    assert not no_source("India")
    assert not no_source("Inspectors")


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Okoro said his captors had asked him to wait.", "had asked", "his captors"),
        ("Okoro wrote of his own request to wait.", "request", "his"),
        ("A recording had her in tears, pleading for water.", "pleading for", "her"),
    ],
)
def test_whoever_belongs_to_him_is_not_he(text: str, cue: str, expected: str) -> None:
    at = span_of(text, expected.split(maxsplit=1)[0])
    start, end = owned(segment(text), at, span_of(text, cue))
    assert text[start:end].strip() == expected


def test_what_is_told_of_a_claim_is_not_claimed() -> None:
    text = "Her claims were backed by an elder."
    assert spoken_of(segment(text), span_of(text, "claims"), span_of(text, "were backed by an elder"))
    text = "The huts, which she claims were burned, stood near Selu."
    assert not spoken_of(segment(text), span_of(text, "claims"), span_of(text, "were burned"))
