from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reader.places import PlaceName, ResolvedPlace, find_place_names, names_place, resolve_places
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from onrecord.reader.place_names import Label


def read(text: str, *names: str, countries: tuple[str, ...] = ()) -> list[ResolvedPlace]:
    """Resolve the given names, each at its next occurrence; those that the finder finds where none are given."""
    document = segment(text)
    if not names:
        return resolve_places(document, find_place_names(document), context_countries=countries)
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append(PlaceName(at, at + len(name), "Location"))
        at += len(name)
    return resolve_places(document, spans, context_countries=countries)


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("The bakery in Paris, Texas, reopened.", "Paris", "USA", "Texas"),
        ("A boat left Tripoli, Libya, at noon.", "Tripoli", "LBY", "Tripoli"),
        ("A boat left Tripoli, Lebanon, at noon.", "Tripoli", "LBN", None),
        ("Shops shut in the Syrian city of Hama.", "Hama", "SYR", None),
        ("The bridge at Alexandria, Va., was closed.", "Alexandria", "USA", "Virginia"),
    ],
)
def test_a_container_in_the_text_decides(text: str, name: str, country: str, admin1: str | None) -> None:
    (place,) = read(text, name)
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_countries_named_elsewhere_decide() -> None:
    text = "Lebanese soldiers patrolled Beirut and Sidon. Traders in Tripoli stayed home."
    assert read(text, "Tripoli")[0].country == "LBN" or read(text)[-1].country == "LBN"
    assert read("Traders in Tripoli stayed home.", "Tripoli")[0].country == "LBY"
    assert read("Traders in Tripoli stayed home.", "Tripoli", countries=("LBN",) * 6)[0].country == "LBN"


def test_one_sense_per_report_unless_containers_differ() -> None:
    text = "He left Paris, Texas, in May. Paris was hot. She wrote from Paris, France."
    first, _, second, third = read(text, "Paris", "Texas", "Paris", "Paris")
    assert (first.country, second.country, third.country) == ("USA", "USA", "FRA")


def test_word_for_the_kind_chooses_the_division() -> None:
    assert read("Floods hit Homs province again.", "Homs")[0].feature_code == "ADM1"
    assert read("Floods hit Homs again.", "Homs")[0].feature_code == "PPLA"
    assert read("Tents burned in Zamzam camp near the road.", "Zamzam")[0].precision == "point"


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Washington urged both sides to wait.", "Washington", "metonymic"),
        ("The vote angered Moscow, but Turkey said nothing.", "Turkey", "metonymic"),
        ("A train stopped in Turkey on its way.", "Turkey", "literal"),
        ("Turkey's president flew home.", "Turkey", "associative"),
        ("Turkey's withdrawal took a week.", "Turkey", "metonymic"),
        ("Two Turkish sailors were rescued.", "Turkish", "associative"),
        ("The government of Turkey met early.", "Turkey", "associative"),
        ("Smoke rose over the port of Mersin.", "Mersin", "literal"),
        ("ANKARA, March 3 (AFP) - Trams ran again.", "ANKARA", "literal"),
        ("The Kremlin denied the story.", "Kremlin", "metonymic"),
    ],
)
def test_use(text: str, name: str, use: str) -> None:
    assert read(text, name)[0].use == use


def test_lists_share_their_use() -> None:
    found = read("Norway, Sweden and Denmark pledged tents.", "Norway", "Sweden", "Denmark")
    assert [p.use for p in found] == ["metonymic"] * 3


def test_demonyms_resolve_to_their_country() -> None:
    (place,) = read("Four Thai nationals came back.", "Thai")
    assert (place.form, place.name, place.country, place.precision) == ("demonym", "Thailand", "THA", "country")


def test_curated_places_and_their_basis() -> None:
    (place,) = read("Families camped at Al-Mawasi for weeks.", "Al-Mawasi")
    assert (place.country, place.basis, place.precision) == ("PSE", "curated", "district")


def test_what_is_not_known_stays_unknown() -> None:
    (place,) = read("They met in Qworblatz yesterday.", "Qworblatz")
    assert (place.name, place.basis) == ("Qworblatz", "unresolved")
    assert place.latitude is None
    assert place.country is None


def test_no_names_no_places() -> None:
    assert resolve_places(segment(""), []) == []


def found_names(text: str) -> list[str]:
    return [text[n.start : n.end] for n in find_place_names(segment(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Crowds filled Tahrir Square in Cairo.", ["Tahrir Square", "Cairo"]),
        ("Researchers at the University of Texas agreed.", []),
        ("The actress Paris Hilton arrived late.", []),
        ("Mr Lincoln spoke; Lincoln smiled.", []),
        ("The Syrian Observatory reported rain.", []),
        ("Polish troops crossed into Ukraine.", ["Polish", "Ukraine"]),
        ("They asked us for bread, and the US sent it.", ["US"]),
        ("Aid reached Deir al-Balah and Khan Younis.", ["Deir al-Balah", "Khan Younis"]),
    ],
)
def test_finder(text: str, names: list[str]) -> None:
    assert found_names(text) == names


WORDS = st.sampled_from(
    "Paris Texas the in of Syria Homs , . said Turkish U.S. camp province 's and Gaza (AP) —".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_any_order_of_words_is_read(words: list[str]) -> None:
    document = segment(" ".join(words))
    names = find_place_names(document)
    assert all(a.end <= b.start for a, b in pairwise(names))
    found = resolve_places(document, names)
    assert [(p.start, p.end) for p in found] == [(n.start, n.end) for n in names]
    assert found == resolve_places(document, names)
    for p in found:
        assert (p.latitude is None) == (p.basis == "unresolved")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.data())
def test_any_spans_are_resolved(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True))) if text else []
    spans = [PlaceName(a, b, "Location") for a, b in pairwise(ends)]
    assert len(resolve_places(segment(text), spans)) == len(spans)


@pytest.mark.parametrize(
    ("text", "name", "label", "place"),
    [
        ("Sunni fighters fled the valley.", "Sunni", "NORP", False),
        ("Iraqi fighters fled the valley.", "Iraqi", "NORP", True),
        ("Local media counted four wounded.", "Local", "Location", False),
        ("“Local media lie,” he said.", "Local", "Location", False),
        ("Keshet media counted four wounded.", "Keshet", "Location", True),
        ("A row over Down, a county, went on.", "Down", "Location", True),
        ("They met on May 3 in Keshet.", "May", "Location", False),
    ],
)
def test_a_people_without_a_country_a_common_word_or_a_date_is_no_place(
    text: str, name: str, label: Label, place: bool
) -> None:
    document, at = segment(text), text.index(name)
    days = [(12, 17)] if "May 3" in text else []
    assert names_place(document, PlaceName(at, at + len(name), label), days) is place


def test_the_word_i_ends_no_place_name() -> None:
    assert found_names("Then I will leave.") == []
