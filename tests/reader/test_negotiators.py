"""Whose talks and agreements they are, where and when, in invented stories read with the shipped weights."""

import pytest

from onrecord import records as R
from onrecord.reader.pipeline import Reader, default_reader

WAR = (
    "Sudan's army shelled positions of the Rapid Support Forces (RSF) in Kutum on Monday, killing nine people. "
    "The RSF accused the army of breaking a truce. "
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader()


def names(reading: R.Reading, ids: tuple[str, ...]) -> set[str]:
    by_id = {a.id: a.name for a in reading.actors}
    return {by_id[i] for i in ids}


def places(reading: R.Reading, k: R.Talks) -> list[str]:
    return [p.text for p in reading.places if p.id in k.places]


def time(reading: R.Reading, ref: str | None) -> str | None:
    return next((t.text for t in reading.times if t.id == ref), None)


def test_who_tells_of_talks_and_who_offers_to_host_them_are_no_parties(reader: Reader) -> None:
    text = WAR + (
        "State Department spokesman Carl Benton told reporters in Washington that Saudi Arabia had offered to host "
        "a new round of talks next month."
    )
    reading = reader.read(text, published="2026-03-03")
    (k,) = reading.talks
    assert "Rapid Support Forces" in names(reading, k.parties)
    assert not names(reading, k.parties) & {"State Department", "Saudi Arabia", "United States", "Washington"}
    assert names(reading, k.mediators) == {"Saudi Arabia"}
    assert places(reading, k) == []
    assert time(reading, k.time) == "next month"


def test_between_names_the_parties_whoever_else_stands_there(reader: Reader) -> None:
    text = (
        "Qatar said on Friday that talks between Rwanda and Burundi would resume in Doha on May 4. "
        "Kenya welcomed the announcement."
    )
    reading = reader.read(text, published="2026-04-25")
    (k,) = reading.talks
    assert names(reading, k.parties) == {"Rwanda", "Burundi"}
    assert places(reading, k) == ["Doha"]
    assert time(reading, k.time) == "May 4"


def test_two_sides_without_names_are_those_of_the_dispute(reader: Reader) -> None:
    text = (
        "Armenia and Azerbaijan accused each other of shelling border villages on Saturday. Azerbaijan attacked "
        "Armenian posts at dawn, Armenia said. A ceasefire that both sides agreed on in May had held until then."
    )
    reading = reader.read(text, published="2026-06-06")
    (g,) = reading.agreements
    assert names(reading, g.parties) == {"Armenia", "Azerbaijan"}
    assert time(reading, g.time) == "May"


def test_talks_in_the_headline_do_not_take_the_place_of_those_in_the_text(reader: Reader) -> None:
    text = (
        "Rwanda, Burundi end talks in Kampala\n\nKAMPALA, May 5 (Reuters) - Talks between Rwanda and Burundi ended in "
        "deadlock in Kampala on Tuesday."
    )
    reading = reader.read(text, published="2026-05-05")
    (k,) = reading.talks
    assert k.span.start > text.index("Reuters")
    assert k.outcome == "impasse"


def test_here_is_where_the_story_was_filed(reader: Reader) -> None:
    text = "ISTANBUL, June 4 (Reuters) - Peace talks between Rwanda and Burundi resumed here on Thursday."
    reading = reader.read(text, published="2026-06-05")
    (k,) = reading.talks
    assert places(reading, k) == ["ISTANBUL"]
    assert time(reading, k.time) == "Thursday"
