"""A headline at the top of the text tells what the lead tells: it must not take the lead's records away."""

from __future__ import annotations

import pytest

from onrecord.reader.pipeline import Reader, default_reader

HEADLINE = "Gunmen kill 14 at Orm checkpoint as Selu talks on truce stall"
BODY = (
    "PORT SELU, March 14 (Reuters) - Gunmen killed at least 14 soldiers and wounded 22 others in an attack on an army "
    "checkpoint near Orm on Sunday, a Vardan military spokesman said, hours after indirect talks in Selu on a 60-day "
    'truce ended without agreement.\n\nThe Tesh Front denied involvement. "Our forces were not in the area," its '
    "spokesman Ivo Karn said in a statement.\n"
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader()


@pytest.mark.parametrize("text", [f"{HEADLINE}\n\n{BODY}", f"{HEADLINE}\nBy Ann Orl\n\n{BODY}", BODY], ids=["headline", "byline", "none"])  # fmt: skip
def test_the_lead_keeps_its_event_and_its_source(reader: Reader, text: str) -> None:
    reading = reader.read(text, published="2027-03-15")
    lead = text.index("PORT SELU")
    attack = next(e for e in reading.events if e.type == "ASSAULT")
    assert attack.trigger.start > lead
    said = next(s for s in reading.statements if any(c.start < text.index("hours after") for c in s.cue))
    assert "spokesman" in (said.source.span.text if said.source.span else "")
    assert all(c.start > lead for s in reading.statements for c in s.content)
    assert all(m.start > lead for e in reading.events for m in (e.trigger, *e.mentions))


def test_what_an_aid_agency_tells_is_not_laid_at_its_door(reader: Reader) -> None:
    text = (
        BODY
        + "\nThe World Food Programme said on Thursday it had suspended food deliveries to two camps after 11 of its "
        "trucks were looted. More than 5,000 people have been killed since the war began in 2023, according to some "
        "estimates.\n"
    )
    reading = reader.read(text, published="2027-03-15")
    agency = {a.id for a in reading.actors if "Food" in a.name}
    assert agency
    assert any(e.type == "ASSAULT" for e in reading.events)
    assert not any(agency & {*e.actors} for e in reading.events if e.type in ("ASSAULT", "COERCE", "MOBILIZE"))
