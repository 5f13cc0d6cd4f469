"""ninjs and NewsML-G2: text, identity, status and the way that a report came."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from onrecord.intake import Hop, Intaken, Item, Rejected, take_bytes
from tests.intake.samples import FIRST, NITF, PACKAGE, SECOND, XHTML, message, newsml, ninjs1, ninjs2, ninjs3

TEXT = f"{FIRST}\n{SECOND}"
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"


def take(data: object, name: str = "a.json") -> list[Intaken]:
    raw = data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else json.dumps(data).encode()
    return list(take_bytes(io.BytesIO(raw), name))


def item(data: object, name: str = "a.json") -> Item:
    (found,) = take(data, name)
    assert isinstance(found, Item), found
    return found


@pytest.mark.parametrize("data", [ninjs1(), ninjs2(), ninjs3()], ids=["1.6", "2.2", "3.1"])
@pytest.mark.parametrize("name", ["a.json", "-", "a.ndjson"])
def test_every_version_of_ninjs_says_the_same(data: dict[str, Any], name: str) -> None:
    found = item(data, name)
    assert found.text == TEXT
    assert (found.guid, found.source_id, found.version) == ("urn:orm:1", "urn:orm:1", "2")
    assert (found.title, found.byline, found.language) == ("Talks go on in Orm", "Lena Okoro", "en")
    assert (found.publisher, found.agency, found.located) == ("Orm Wire", "Selu Agency", "Port Selu")
    assert (found.published, found.note, found.status) == ("2025-03-04T10:00:00Z", "Adds a line", "usable")
    assert found.provenance == (Hop(name="Selu Agency", role="isrol:originfo", uri="https://selu.example/"),)


def test_a_list_of_ninjs_is_taken_in_order() -> None:
    found = take([ninjs3(), ninjs2(type="picture"), ninjs1(uri="urn:orm:2"), 7])
    assert [f.guid if isinstance(f, Item) else f.code for f in found] == ["urn:orm:1", "OR-I13", "urn:orm:2", "OR-I22"]
    assert [f.line for f in found] == [1, 2, 3, 4]


def test_a_plain_body_is_not_taken_for_markup() -> None:
    body = [{"role": "main", "contentType": "text/plain", "value": "Fewer than <10> people came & went.\n\nMore."}]
    assert item(ninjs3(bodies=body)).text == "Fewer than <10> people came & went.\n\nMore."


@pytest.mark.parametrize("status", ["canceled", "cancelled", "stat:canceled"])
def test_a_cancelled_item_needs_no_body(status: str) -> None:
    found = item(ninjs3(pubStatus=status, bodies=[], edNote="KILL: not confirmed"))
    assert (found.status, found.text, found.note) == ("canceled", "", "KILL: not confirmed")


@pytest.mark.parametrize(
    "changes", [{"bodies": []}, {"type": "video"}, {"bodies": [{"role": "main", "value": "<p> </p>"}]}]
)
def test_an_item_without_news_text_is_rejected(changes: dict[str, Any]) -> None:
    (found,) = take(ninjs3(**changes))
    assert isinstance(found, Rejected)
    assert found.code == "OR-I13"


@pytest.mark.parametrize("data", [{"uri": 5}, {"uri": "x"}, {"mood": 1}, [], None, 3.5])
def test_other_json_is_no_report(data: Any) -> None:
    (found,) = take(data)
    assert isinstance(found, Rejected)
    assert found.code in {"OR-I22", "OR-I10"}


@pytest.mark.parametrize("content", [NITF, XHTML], ids=["NITF", "XHTML"])
def test_a_newsml_item_gives_text_identity_and_chain(content: str) -> None:
    found = item(newsml(content), "a.xml")
    assert found.text == TEXT
    assert (found.guid, found.version, found.status, found.signal) == ("urn:orm:1", "3", "usable", None)
    assert (found.title, found.byline, found.language) == ("Talks go on in Orm", "Lena Okoro", "en")
    assert (found.publisher, found.agency, found.located) == ("Orm Wire", "Orm Wire", "Port Selu")
    assert (found.published, found.note) == ("2025-03-04T10:00:00Z", "Adds a line")
    provider = "http://cv.iptc.org/newscodes/newsprovider/"
    assert found.provenance == (
        Hop(name="Selu Agency", role="originfo", uri=provider + "SELU"),
        Hop(name="Selu Radio"),
        Hop(name="Orm Wire", action="edited", when="2025-03-04T09:30:00Z", uri=provider + "ORMW"),
    )


def test_nothing_is_printed_about_catalogs(capsys: pytest.CaptureFixture[str]) -> None:
    item(newsml(), "a.xml")
    assert capsys.readouterr() == ("", "")


def test_the_dateline_of_nitf_stands_in_for_located() -> None:
    assert item(newsml(located=""), "a.xml").located == "Port Selu"


def test_a_correction_and_an_embargo_are_told() -> None:
    found = item(newsml(meta='<signal qcode="sig:correction"/><embargoed>2025-03-05T10:00:00Z</embargoed>'), "a.xml")
    assert (found.signal, found.embargoed) == ("correction", "2025-03-05T10:00:00Z")
    (held,) = take(newsml(meta="<embargoed>2999-03-05T10:00:00Z</embargoed>"), "a.xml")
    assert isinstance(held, Rejected)
    assert (held.code, held.until) == ("OR-I50", "2999-03-05T10:00:00Z")


def test_a_kill_without_content_is_an_item() -> None:
    found = item(newsml("", version="4", status="stat:canceled"), "a.xml")
    assert (found.text, found.status, found.version) == ("", "canceled", "4")


def test_a_message_gives_its_items_and_passes_over_packages() -> None:
    found = take(message(PACKAGE, newsml(), newsml("", kind="ninat:picture")), "a.xml")
    assert [f.guid if isinstance(f, Item) else f.code for f in found] == ["urn:orm:1", "OR-I13"]


def test_inline_data_is_read() -> None:
    data = newsml("").replace(
        "</newsItem>",
        "<contentSet><inlineData contenttype='text/plain'>One.\n\nTwo.</inlineData></contentSet></newsItem>",
    )
    assert item(data, "a.xml").text == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PACKAGE, "OR-I13"), (BOMB + "<newsItem>&b;</newsItem>", "OR-I14"), ("<newsItem", "OR-I14"),
        ('<?xml version="1.0"?><other/>', "OR-I13"), (newsml().replace("versionCreated", "created"), "OR-I14"),
        (newsml().replace("guid=", "id="), "OR-I14"), ("<a>" * 3000, "OR-I14"),
        ('<!DOCTYPE x SYSTEM "file:///etc/hostname"><newsItem/>', "OR-I13"), (newsml(""), "OR-I13"),
    ],
)  # fmt: skip
def test_what_is_no_news_item_is_rejected(data: str, code: str) -> None:
    (found,) = take(data, "a.xml")
    assert isinstance(found, Rejected)
    assert found.code == code
