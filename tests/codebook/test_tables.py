from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.codebook.tables import (
    TableError,
    actor_by_alias,
    known_role,
    load_actors,
    load_roles,
    plural_of,
    sector_of_role,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("alias", "name", "country", "sector"),
    [
        ("Hizballah", "Hezbollah", "LBN", "REB"),
        ("Hamas", "Hamas", "PSE", "REB"),
        ("the Kremlin", "Kremlin", "RUS", "GOV"),
        ("U.N.", "United Nations", "UNO", None),
        ("ICRC", "International Committee of the Red Cross", "NGO", None),
        ("Kan TV", "Kan", "ISR", "JRN"),
        ("al-Qaida", "Al-Qaeda", "IMG", "REB"),
        ("RSF", "Rapid Support Forces", "SDN", "REB"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", "UKR", "GOV"),
    ],
)
def test_known_actors(alias: str, name: str, country: str, sector: str | None) -> None:
    found = actor_by_alias(alias)
    assert found is not None
    assert (found.name, found.country, found.sector) == (name, country, sector)


@pytest.mark.parametrize("word", ["who", "is", "labour", "dawn", "care", "Nobody At All", ""])
def test_words_are_no_actors(word: str) -> None:
    assert actor_by_alias(word) is None


def test_table_is_large_enough() -> None:
    assert len({id(a) for a in load_actors().values()}) >= 400


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("minister", "GOV"), ("policemen", "COP"), ("spies", "SPY"), ("Houthi rebels", "REB"),
        ("former president", "ELI"),
        ("ex-minister", "ELI"), ("spokesman", None), ("army spokesman", "MIL"), ("rebel commander", "REB"),
        ("government forces", "MIL"), ("deputy director", None), ("civilian leader", None), ("two doctors", "MED"),
        ("displaced people", "REF"), ("Israeli Prime Minister", "GOV"), ("gibberish", None), ("", None),
    ],
)  # fmt: skip
def test_sectors_of_roles(phrase: str, sector: str | None) -> None:
    assert sector_of_role(phrase) == sector


def test_a_role_may_be_known_without_a_sector() -> None:
    assert known_role("spokeswoman")
    assert not known_role("gibberish")


@pytest.mark.parametrize(
    ("word", "plural"),
    [("spy", "spies"), ("gunman", "gunmen"), ("church", "churches"), ("judge", "judges"), ("police", "police"),
     ("attorney", "attorneys"), ("German", "Germans"), ("boss", "bosses")],
)  # fmt: skip
def test_plurals(word: str, plural: str) -> None:
    assert plural_of(word.lower()) == plural.lower()


@pytest.mark.parametrize(
    "line",
    [
        "A\tperson\tUSA",
        "A\tking\tUSA\tGOV",
        "A\tperson\tus\tGOV",
        "A\tperson\tUSA\tXXX",
        "A\tperson\tUSA\t",
        "A|\tperson\tUSA\tGOV",
        "Alpha\tperson\tUSA\tGOV\nB|alpha\tperson\tFRA\tGOV",
    ],
)
def test_a_bad_actor_table_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "actors.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(TableError):
        load_actors(path)


@pytest.mark.parametrize("line", ["GOV", "XXX\tking", "GOV\tking|king", "GOV\tKing", "GOV\tking|"])
def test_a_bad_role_table_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "roles.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(TableError):
        load_roles(path)


@given(st.text(max_size=40))
def test_any_text_is_looked_up_without_harm(text: str) -> None:
    assert actor_by_alias(text) is None or text.strip() != ""
    assert sector_of_role(text) is None or known_role(text)
