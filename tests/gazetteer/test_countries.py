from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.gazetteer as package
from onrecord.gazetteer import (
    countries,
    country_by_name,
    country_of_capital,
    country_of_demonym,
    demonym,
    feature_class,
)
from onrecord.gazetteer._countries import DATA


@pytest.mark.parametrize(
    ("word", "iso3"),
    [
        ("Israeli", "ISR"), ("Israelis", "ISR"), ("Thai", "THA"), ("Congolese", "COD"), ("Palestinians", "PSE"),
        ("American", "USA"), ("U.S.", "USA"), ("Libyan", "LBY"), ("Gazans", "PSE"), ("Frenchmen", "FRA"),
        ("European", None), ("us", None), ("table", None), ("israeli", None),
    ],
)  # fmt: skip
def test_demonyms(word: str, iso3: str | None) -> None:
    assert country_of_demonym(word) == iso3


def test_a_demonym_may_name_a_part() -> None:
    found = demonym("Scottish")
    assert found is not None
    assert (found.iso3, found.place) == ("GBR", "Scotland")


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("UK", "GBR"), ("Britain", "GBR"), ("the United States", "USA"), ("America", "USA"), ("DRC", "COD"),
        ("Burma", "MMR"), ("Ivory Coast", "CIV"), ("Côte d’Ivoire", "CIV"), ("Palestine", "PSE"), ("U.A.E.", "ARE"),
    ],
)  # fmt: skip
def test_country_names_and_aliases(name: str, iso3: str) -> None:
    found = country_by_name(name)
    assert found is not None
    assert found[0] == iso3


def test_the_pronoun_is_no_country() -> None:
    assert country_by_name("us") is None
    assert country_by_name("Nowhereland") is None


def test_capitals() -> None:
    assert [country_of_capital(c) for c in ("Moscow", "Kiev", "Washington", "Tehran", "Leeds")] == [
        "RUS", "UKR", "USA", "IRN", None,
    ]  # fmt: skip


def test_country_table_is_whole() -> None:
    table = countries()
    assert len(table) == 250
    for c in table.values():
        assert set(c.neighbours) <= set(table)
        assert -90 <= c.latitude <= 90


def test_curated_list_is_whole() -> None:
    with (DATA / "curated.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 250
    for row in rows:
        assert None not in row
        assert row["country"] == "" or row["country"] in countries()
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180
        assert feature_class(row["feature_code"])


def test_public_names_are_complete() -> None:
    assert sorted(package.__all__) == list(package.__all__) or set(package.__all__) <= set(dir(package))


@given(st.text(max_size=20))
def test_lookups_take_any_text(word: str) -> None:
    assert country_of_demonym(word) is None or len(country_of_demonym(word) or "") == 3
    assert country_by_name(word) is None or len(country_by_name(word) or ()) == 2
