"""The scorers: a reading against itself, against spoiled copies, and the definitions that are easy to get wrong."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from evaluation import components, scoring
from evaluation.attributions import decoded, labelled
from evaluation.matching import Names, found_for, overlap, pairs, shared
from evaluation.reading import item
from tests.fakes import full_reading

Json = dict[str, Any]


@pytest.fixture
def gold() -> Json:
    return full_reading(source_id="x1").to_json()


def f1(gold: Json, found: Json) -> dict[str, float]:
    return {field: row.f1 for field, row in scoring.score([(gold, found)]).items()}


def rooms(gold: Json, found: Json, *names: str) -> dict[str, float]:
    return {field: row.f1 for field, row in components.score([(gold, found)], names).items()}


def test_a_reading_agrees_with_itself_in_every_field(gold: Json) -> None:
    everything = scoring.score([(gold, gold)]) | components.score([(gold, gold)])
    assert {field: row.f1 for field, row in everything.items() if row.n} == {
        field: 1.0 for field, row in everything.items() if row.n
    }
    assert {"statements", "events (type, trigger)", "talks · found", "agreements · stages"} <= set(everything)


def test_an_empty_reading_finds_nothing(gold: Json) -> None:
    empty = copy.deepcopy(gold)
    for name in ("actors", "places", "times", "statements", "events", "figures", "positions", "talks", "agreements"):
        empty[name] = []
    assert set(f1(gold, empty).values()) == {0.0}
    assert scoring.score([(empty, empty)])["statements"] == (0.0, 0.0, 0.0, 0)


def test_scoring_changes_neither_reading(gold: Json) -> None:
    before = copy.deepcopy(gold)
    scoring.score([(gold, gold)])
    components.score([(gold, gold)])
    assert gold == before


def test_a_wrong_type_loses_the_event_and_shows_in_its_room(gold: Json) -> None:
    found = copy.deepcopy(gold)
    found["events"][0] |= {"type": "PROTEST" if gold["events"][0]["type"] != "PROTEST" else "ASSAULT"}
    assert f1(gold, found)["events (type, trigger)"] < 1
    scores = rooms(gold, found, "events")
    assert scores["events · trigger exact"] == 1
    assert scores["events · type (of matched)"] < 1


def test_a_figure_needs_both_bounds(gold: Json) -> None:
    found = copy.deepcopy(gold)
    found["figures"][0]["high"] = 10**9
    assert f1(gold, found)["figures (value)"] < 1
    assert rooms(gold, found, "figures")["figures · span exact"] == 1


def test_a_continued_quotation_is_content_of_the_statement_before() -> None:
    def statement(n: int, start: int, cue: bool) -> Json:
        return {
            "id": f"s{n}", "content": [{"start": start, "end": start + 5}],
            "cue": [{"start": 6, "end": 9}] if cue else [], "source": {"span": None, "actors": ["a1"]},
        }  # fmt: skip

    event = {"according_to": ["s2"]}
    reading = {"statements": [statement(2, 20, False), statement(1, 0, True)], "events": [event]}
    reading |= {name: [] for name in ("figures", "positions", "talks", "agreements")}
    joined = scoring.join_continued(reading)
    assert [s["id"] for s in joined["statements"]] == ["s1"]
    assert [c["start"] for c in joined["statements"][0]["content"]] == [0, 20]
    assert joined["events"][0]["according_to"] == ["s1"]
    assert event == {"according_to": ["s2"]}


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (("2025-01-10", None), ("2025-01-12", None), False),
        (("2025-01-10", "2025-01-14"), ("2025-01-12", None), True),
        (("2025-01-01", "2025-12-31"), ("2025-11-01", None), True),
        (("2025-01-12", None), ("2025-01-01", "2025-12-31"), False),
        ((None, None), (None, None), True),
        ((None, None), ("2025-01-12", None), False),
        (("2025-01-12T10:00", None), ("2025-01-12", "2025-01-12"), True),
    ],
)
def test_event_times(mine: tuple[str | None, ...], theirs: tuple[str | None, ...], same: bool) -> None:
    keys = ("begin", "until")
    assert scoring.same_time(dict(zip(keys, mine, strict=True)), dict(zip(keys, theirs, strict=True))) is same


def test_actors_agree_by_a_name_inside_another() -> None:
    def names(*listed: str) -> Names:
        return Names({"actors": [{"id": f"a{n}", "name": name} for n, name in enumerate(listed)]})

    one, two = names("Ilo Maren", "Ali"), names("maren", "Alia Tesh")
    assert one.same(["a0"], two, ["a0"])
    assert not one.same(["a1"], two, ["a1"])
    assert one.same([], two, [])
    assert not one.same(["a0"], two, [])


def test_spans() -> None:
    assert overlap([(0, 5)], [(4, 6)])
    assert not overlap([(0, 5)], [(5, 6)])
    assert shared([(0, 4)], [(2, 6)]) == pytest.approx(2 / 6)
    assert shared([], [(2, 6)]) == 0


def test_pairs_are_one_to_one_best_first() -> None:
    worth = {("a", "x"): 0.9, ("a", "y"): 1.0, ("b", "y"): 0.95, ("b", "x"): 0.1}
    gold, found = [{"id": "a"}, {"id": "b"}], [{"id": "x"}, {"id": "y"}]
    matched = pairs(gold, found, lambda g, f: worth[g["id"], f["id"]], 0.5)
    assert [(g["id"], f["id"]) for g, f in matched] == [("a", "y")]


def test_a_report_without_a_reading_is_an_error(gold: Json) -> None:
    with pytest.raises(LookupError, match="x1"):
        found_for([gold], [])


def test_the_reader_is_given_what_an_input_gives(gold: Json) -> None:
    given = item(gold["report"])
    assert given["published"] == "2025-03-04"
    assert not {"agency", "dateline", "byline", "anchor"} & set(given)
    found_by_reader = {**gold["report"], "published_basis": "dateline"}
    assert "published" not in item(found_by_reader)


def test_bio_labels_to_spans_and_back() -> None:
    labels = ["B-source", "I-source", "B-cue", "I-content", "I-content", "B-content", "O"]
    spans = [("source", 0, 2), ("cue", 2, 3), ("content", 3, 5), ("content", 5, 6)]
    assert decoded(labels) == spans
    tokens = [(i * 2, i * 2 + 1) for i in range(7)]

    def span(first: int, last: int) -> Json:
        return {"start": tokens[first][0], "end": tokens[last - 1][1]}

    statement = {
        "source": {"span": span(0, 2)}, "cue": [span(2, 3)], "content": [span(3, 5), span(5, 6)],
    }  # fmt: skip
    assert labelled([statement], tokens) == spans
    assert labelled([statement], [(100, 104)]) == []
    assert labelled([], []) == []


def test_a_cue_inside_content_splits_it() -> None:
    tokens = [(0, 1), (2, 3), (4, 5)]
    statement = {"source": {"span": None}, "cue": [{"start": 2, "end": 3}], "content": [{"start": 0, "end": 5}]}
    assert labelled([statement], tokens) == [("content", 0, 1), ("cue", 1, 2), ("content", 2, 3)]
