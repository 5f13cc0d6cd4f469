"""Noun phrases: head, number, kind, country, sector."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.nominals import is_plural, noun_phrase, singular


@pytest.mark.parametrize(
    ("text", "head", "kind", "plural"),
    [
        ("a senior port official", "official", "person", False),
        ("The tall, soft-spoken rebel commander", "commander", "person", False),
        ("dozens of Turks", "turk", "group", True),
        ("one of the negotiators", "negotiator", "person", False),
        ("two of the negotiators", "negotiator", "group", True),
        ("villagers reached by satellite phone", "villager", "group", True),
        ("a memo seen by the Lemra Courier", "memo", "document", False),
        ("a June 3, 2021 ministry press release", "release", "document", False),
        ("the state news agency", "agency", "media", False),
        ("Gulf and Western diplomats", "diplomat", "group", True),
        ("its air force", "force", "organization", False),
        ("the Varda government", "government", "state", False),
        ("the local authorities", "authorities", "organization", False),
        ("a group of miners", "miner", "group", True),
        ("the mediators' delegation", "delegation", "group", False),
        ("police", "police", "organization", False),
        ("the head of the harbour board", "head", "person", False),
        ("the ruling council", "council", "organization", False),
    ],
)
def test_head_kind_and_number(text: str, head: str, kind: str, plural: bool) -> None:
    phrase = noun_phrase(text)
    assert (phrase.head, phrase.kind, phrase.plural) == (head, kind, plural)


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("a French envoy", "FRA", "GOV"),
        ("the Kenyan army", "KEN", "MIL"),
        ("a spokeswoman for the army", None, "MIL"),
        ("the secretary general of the league", None, None),
        ("rebel fighters", None, "REB"),
        ("six prisoners", None, None),
        ("nurses at the clinic", None, "MED"),
    ],
)
def test_country_and_sector(text: str, country: str | None, sector: str | None) -> None:
    phrase = noun_phrase(text)
    assert (phrase.country, phrase.sector) == (country, sector)


def test_determiners() -> None:
    assert noun_phrase("the envoy").definite
    assert noun_phrase("Varda's envoy").definite
    assert noun_phrase("an envoy").indefinite
    assert noun_phrase("three envoys").indefinite
    assert noun_phrase("his lawyer").possessive == "his"
    assert noun_phrase("one of his lawyers").one_of
    assert noun_phrase("a source close to the talks").nameless


@pytest.mark.parametrize(
    ("word", "one"),
    [("ministries", "ministry"), ("gunmen", "gunman"), ("watches", "watch"), ("people", "person"), ("boss", "boss")],
)
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_police_is_no_plural() -> None:
    assert not is_plural("police")
    assert is_plural("troops")


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    phrase = noun_phrase(text)
    assert 0 <= phrase.at[0] <= phrase.at[1] <= len(text)
    assert noun_phrase(text) == phrase
