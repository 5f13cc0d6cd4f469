"""`read_header`: datelines, date stamps, bylines, agencies, and the bounds of the report's own text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reader.dateline import Header, read_header
from onrecord.reader.dateline_shapes import agencies

BODY = "Envoys met at the old mill on Tuesday. They left at noon without a word.\nMore followed in the valley.\n"
PUBLISHED = "2024-03-13"


def shown(text: str, header: Header) -> tuple[str | None, list[str], str | None, str | None]:
    """Dateline, places, agency and date, as text."""
    line = text[slice(*header.dateline)] if header.dateline else None
    return line, [text[slice(*p)] for p in header.places], header.agency, header.dateline_date


@pytest.mark.parametrize(
    ("head", "line", "places", "agency", "day"),
    [
        ("Larnaca, March 4 (IANS) ", "Larnaca, March 4 (IANS)", ["Larnaca"], "IANS", "2024-03-04"),
        ("AMMAN (AP) — ", "AMMAN (AP)", ["AMMAN"], "AP", None),
        ("MUSCAT, March 4 (Reuters) - ", "MUSCAT, March 4 (Reuters)", ["MUSCAT"], "Reuters", "2024-03-04"),
        ("Tunis, Tunisia (CNN) -- ", "Tunis, Tunisia (CNN)", ["Tunis, Tunisia"], "CNN", None),
        ("LVIV, Ukraine, 3 March (AFP) ", "LVIV, Ukraine, 3 March (AFP)", ["LVIV, Ukraine"], "AFP", "2024-03-03"),
        ("BERN/NEW YORK, 12 March 2024 – ", "BERN/NEW YORK, 12 March 2024", ["BERN", "NEW YORK"], None, "2024-03-12"),
        ("DOHA: ", "DOHA", ["DOHA"], None, None),
        ("ABUJA, Dec. 30 (Xinhua) -- ", "ABUJA, Dec. 30 (Xinhua)", ["ABUJA"], "Xinhua", "2023-12-30"),
        ("ISLAMABAD, Friday (Reuters) - ", "ISLAMABAD, Friday (Reuters)", ["ISLAMABAD"], "Reuters", "2024-03-08"),
        ("By Ann Poe, Cairo\n", "Cairo", ["Cairo"], None, None),
        ("Two hurt as mill burns TYRE, Lebanon (AP) -- ", "TYRE, Lebanon (AP)", ["TYRE, Lebanon"], "AP", None),
        ("Envoys talk of peace in western Libya (CNN) -- ", "(CNN)", [], "CNN", None),
        ("NEW: The mill burns. ", None, [], None, None),
        ("", None, [], None, None),
    ],
)  # fmt: skip
def test_datelines(head: str, line: str | None, places: list[str], agency: str | None, day: str | None) -> None:
    text = head + BODY
    header = read_header(text, published=PUBLISHED)
    assert shown(text, header) == (line, places, agency, day)
    assert header.anchor == date.fromisoformat(day or PUBLISHED)
    assert header.anchor_basis == ("dateline" if day else "argument")
    if line:
        assert header.body_start == len(head)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Wednesday, October 9, 2019\xa0\n\n", "2019-10-09"),
        ("Sunday 22 May 2005 00.41 BST ", "2005-05-22T00:41+01:00"),
        ("Published 3 Mar 2026 14:05 GMT\n", "2026-03-03T14:05+00:00"),
        ("date 2025-06-12 ", "2025-06-12"),
        ("Updated: March 9, 2024 10:15 am EST\nPublished: March 8, 2024\n", "2024-03-08"),
        ("TUNIS | Tue Jun 14, 2011 12:05 pm EDT ", "2011-06-14T12:05-04:00"),
        ("OSLO, 12 March 2024 – ", "2024-03-12"),
    ],
)
def test_dates_of_the_text_alone(head: str, published: str) -> None:
    header = read_header(head + BODY)
    assert (header.published, header.anchor) == (published, date.fromisoformat(published[:10]))
    assert header.published_basis == header.anchor_basis == ("dateline" if head.startswith("OSLO") else "header")
    assert header.body_start == len(head)


def test_a_date_that_opens_a_sentence_is_no_header() -> None:
    header = read_header("March 4, 2019 was a quiet day. " + BODY)
    assert (header.published, header.published_basis, header.anchor, header.body_start) == (None, "unknown", None, 0)


def test_header_and_dateline_are_both_read() -> None:
    text = " date 2024-03-03 Larnaca, March 4 (IANS) " + BODY
    header = read_header(text)
    assert (header.published, header.published_basis) == ("2024-03-03", "header")
    assert (header.anchor, header.anchor_basis) == (date(2024, 3, 4), "dateline")
    assert [text[slice(*h)] for h in header.headers] == ["date 2024-03-03"]


def test_given_date_keeps_its_basis_and_agrees_or_yields_to_the_text() -> None:
    text = "Wednesday, October 9, 2019\n\n" + BODY
    same = read_header(text, published="2019-10-09", published_basis="metadata")
    assert (same.published_basis, same.anchor_basis) == ("metadata", "metadata")
    crawled = read_header(text, published="2019-10-12", published_basis="metadata")
    assert (crawled.published, crawled.anchor, crawled.anchor_basis) == ("2019-10-12", date(2019, 10, 9), "header")
    assert read_header(BODY, published="no date").published is None


def test_bylines_and_agencies() -> None:
    assert read_header("By Ann Poe and John Roe\nOSLO (Reuters) - " + BODY).byline == "Ann Poe; John Roe"
    staff = read_header("By the CNN Wire Staff Smoke hangs over the mill.\n" + BODY)
    assert (staff.byline, staff.agency) == ("CNN Wire Staff", "CNN")
    assert read_header(BODY + "(Reporting by Ann Poe in Oslo; editing by John Roe)").byline == "Ann Poe"
    assert read_header(BODY, agency="EFE", byline="Ann Poe") == Header(agency="EFE", byline="Ann Poe")


@pytest.mark.parametrize(
    ("foot", "agency"),
    [
        ("(Reuters)", "Reuters"),
        ("Additional reporting by Ann Poe in Oslo.", None),
        ("Read more: The mill in pictures\nWhat to know about the valley", None),
        ("© 2024 The Valley Herald. All rights reserved.", None),
        ("Sign up for our newsletter.", None),
        ("CNN's Ann Poe contributed to this report.", "CNN"),
        ("(Reporting by Ann Poe; editing by John Roe)", None),
    ],
)
def test_tails(foot: str, agency: str | None) -> None:
    text = BODY * 3 + foot
    header = read_header(text)
    assert header.tail_start is not None
    assert (text[header.tail_start :], header.agency) == (foot, agency)


def test_no_tail_where_the_report_simply_ends() -> None:
    assert read_header(BODY).tail_start is None


def test_headlines_in_the_text() -> None:
    text = "Envoys meet again at the mill\n\nMUSCAT, March 4 (Reuters) - " + BODY
    header = read_header(text)
    assert header.title_span is not None
    assert text[slice(*header.title_span)] == "Envoys meet again at the mill"
    given_title = read_header("ENVOYS  meet in vain.\n" + BODY, title="Envoys meet in vain.")
    assert given_title.title_span == (0, 21)
    assert given_title.body_start == 22
    assert read_header(BODY).title_span is None


def test_agencies_have_one_name_for_each_form() -> None:
    assert agencies()["Associated Press"] == agencies()["AP"] == "AP"
    assert all(name in agencies() for name in agencies().values())


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            [
                *["OSLO", "Oslo", ",", "March 4", "2024", "(AP)", "(Reuters)", "--", "-", ":", "\n", "/", "|"],
                *["By Ann Poe", "Friday", "10:30 GMT", "Published", "©", "Read more", "The mill burned."],
                *["31 February", "99 May 2024"],
            ]
        )
    ),
    published=st.sampled_from([None, "2024-03-13", "2024-03-13T10:00:00Z", "rubbish", "0001-01-01"]),
)  # fmt: skip
def test_any_head_gives_ranges_inside_the_text(parts: list[str], published: str | None) -> None:
    text = " ".join(parts)
    header = read_header(text, published=published)
    assert 0 <= header.body_start <= len(text)
    for span in (header.dateline, header.title_span, *header.places, *header.headers):
        assert span is None or 0 <= span[0] < span[1] <= len(text)
    assert header.tail_start is None or header.body_start <= header.tail_start <= len(text)
    assert (header.anchor is None) == (header.anchor_basis == "unknown")
    assert (header.published is None) == (header.published_basis == "unknown")
