from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.gazetteer import Gazetteer, GazetteerFileError, default_gazetteer, feature_class, kilometres
from onrecord.gazetteer._format import COLUMNS, GazetteerFile, write_file

BIN = Path(default_gazetteer.__wrapped__.__code__.co_filename).parent / "data" / "places.bin"


def test_file_is_small_and_opens_at_once() -> None:
    assert BIN.stat().st_size <= 14_000_000
    began = time.perf_counter()
    Gazetteer(BIN).candidates("Aleppo")
    assert time.perf_counter() - began < 0.06


def test_default_is_opened_once() -> None:
    assert default_gazetteer() is default_gazetteer()


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("Al-Mawasi", "PSE", "PPLX"),
        ("Jabaliya camp", "PSE", "CMPRF"),
        ("Shejaiya", "PSE", "PPLX"),
        ("Rafah crossing", "PSE", "PSTB"),
        ("Zamzam", "SDN", "CMPRF"),
        ("Kramatorsk", "UKR", "PPL"),
        ("Bab al-Mandab", "", "STRT"),
        ("Burma", "MMR", "PCLI"),
        ("Zaatari", "JOR", "CMPRF"),
        ("Donbass", "UKR", "RGN"),
    ],
)
def test_names_of_conflict_news(name: str, country: str, code: str) -> None:
    found = [(p.country, p.feature_code[:5]) for p in default_gazetteer().candidates(name)]
    assert any(c == country and f.startswith(code[:3]) for c, f in found)


def test_candidates_come_most_populous_first_and_exact_ones_alone() -> None:
    found = default_gazetteer().candidates("Tripoli")
    assert [p.population for p in found] == sorted((p.population for p in found), reverse=True)
    assert {"LBY", "LBN"} <= {p.country for p in found}
    assert all(p.match != "loose" for p in found)


def test_unknown_spelling_falls_back_on_sound() -> None:
    found = default_gazetteer().candidates("Al Hoodeidah")
    assert found
    assert all(p.match == "loose" for p in found)
    assert found[0].country == "YEM"


def test_us_counties_are_there() -> None:
    found = default_gazetteer().candidates("Orleans Parish")
    assert ("Louisiana", "ADM2") in [(p.admin1, p.feature_code) for p in found]


@given(st.text(max_size=30))
def test_any_text_is_looked_up_without_harm(name: str) -> None:
    for p in default_gazetteer().candidates(name):
        assert -90 <= p.latitude <= 90
        assert -180 <= p.longitude <= 180
        assert p.country == "" or len(p.country) == 3


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    assert kilometres(a, b, c, d) == pytest.approx(kilometres(c, d, a, b), abs=1e-6)
    assert 0 <= kilometres(a, b, c, d) <= 20_016


def test_feature_classes() -> None:
    codes = ["PPLX", "ADM1", "PCLI", "SEA", "RGN", "CMPRF", "ISL", "STN"]
    assert [feature_class(c) for c in codes] == ["P", "A", "A", "H", "L", "S", "T", "S"]


def test_file_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "g.bin"
    columns = {name: [0, 7] for name in COLUMNS}
    columns["latitude"] = [-100, 200]
    write_file(path, {"features": ["PPL"]}, columns, b"Aa\x00Bb\x00")
    opened = GazetteerFile(path)
    assert list(opened.column("latitude")) == [-100, 200]
    assert [opened.string(0), opened.string(3)] == ["Aa", "Bb"]
    before = path.read_bytes()
    write_file(path, {"features": ["PPL"]}, columns, b"Aa\x00Bb\x00")
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a gazetteer at all"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.bin"
    path.write_bytes(content)
    with pytest.raises(GazetteerFileError):
        Gazetteer(path)
