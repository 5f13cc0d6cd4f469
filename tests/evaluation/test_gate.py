"""The gate's own tests: fake sets and scores; what passes, what sinks, what is pinned, what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evaluation.floors import MARGIN, Floors, FloorsError, load, missed, repin
from evaluation.gate import run
from evaluation.matching import Count, Row, Table
from evaluation.sets import SETS, ScoredSet


def row(f1: float, n: int = 50) -> Row:
    return Row(f1, f1, f1, n)


class Place:
    """A gate over one folder, with the scores that a test says."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "kept.jsonl"
        self.kept.write_text("{}\n", encoding="utf-8")
        self.floors = folder / "floors.json"
        self.scores: dict[str, Table] = {"kept": {"statements": row(0.8), "figures": row(0.7)}}
        self.printed = ""

    def run(self, *argv: str) -> int:
        sets = [ScoredSet(name, name, (self.kept,), lambda _, __, n=name: self.scores[n]) for name in self.scores]
        sets.append(ScoredSet("faraway", "a public set", (Path("no/where.jsonl"),), lambda _, __: {}))
        out = io.StringIO()
        code = run(
            ["--floors", str(self.floors), *argv],
            sets=sets, kept=self.kept, make_reader=lambda: None, console=Console(file=out, width=120),
        )  # fmt: skip
        self.printed = out.getvalue()
        return code

    def pinned(self) -> dict[str, dict[str, float]]:
        found: dict[str, Any] = json.loads(self.floors.read_text(encoding="utf-8"))
        return found["floors"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_no_floors_yet_is_no_pass(place: Place) -> None:
    assert place.run() == 1
    assert "no floors yet for kept" in place.printed
    assert not place.floors.exists()


def test_repin_pins_what_was_reached_less_the_margin(place: Place) -> None:
    assert place.run("--repin") == 0
    assert place.pinned() == {"kept": {"statements": pytest.approx(0.79), "figures": pytest.approx(0.69)}}
    assert place.run() == 0
    assert "every field holds its floor" in place.printed


def test_a_floor_missed_exits_1_and_names_the_field(place: Place) -> None:
    place.run("--repin")
    place.scores["kept"]["figures"] = row(0.7 - 2 * MARGIN)
    assert place.run() == 1
    assert "kept: figures is 0.680, its floor 0.690" in place.printed
    assert "statements is" not in place.printed


def test_a_value_within_the_margin_passes(place: Place) -> None:
    place.run("--repin")
    place.scores["kept"]["figures"] = row(0.7 - MARGIN / 2)
    assert place.run() == 0


def test_a_pinned_field_that_is_no_longer_scored_exits_1(place: Place) -> None:
    place.run("--repin")
    del place.scores["kept"]["figures"]
    assert place.run() == 1
    assert "figures has a floor of 0.690 but was not scored" in place.printed


def test_repin_never_lowers_a_floor(place: Place) -> None:
    place.run("--repin")
    place.scores["kept"] = {"statements": row(0.9), "figures": row(0.5)}
    assert place.run("--repin") == 1
    assert place.pinned()["kept"] == {"statements": pytest.approx(0.89), "figures": pytest.approx(0.69)}
    assert place.run("--repin", "--allow-regression") == 0
    assert place.pinned()["kept"]["figures"] == pytest.approx(0.49)


def test_a_changed_corpus_is_refused(place: Place) -> None:
    place.run("--repin")
    before = place.floors.read_bytes()
    place.kept.write_text('{"another": 1}\n', encoding="utf-8")
    assert place.run() == 2
    assert place.run("--repin") == 2
    assert "the kept corpus has changed" in place.printed
    assert place.floors.read_bytes() == before
    assert place.run("--repin", "--new-corpus") == 0
    assert place.run() == 0


def test_a_new_corpus_still_does_not_lower_floors(place: Place) -> None:
    place.run("--repin")
    place.kept.write_text("{}\n{}\n", encoding="utf-8")
    place.scores["kept"]["figures"] = row(0.2)
    assert place.run("--repin", "--new-corpus") == 1
    assert place.pinned()["kept"]["figures"] == pytest.approx(0.69)


def test_missing_sets_are_named_and_left_out_and_keep_their_floors(place: Place, tmp_path: Path) -> None:
    place.scores["other"] = {"names": row(0.9)}
    place.run("--repin")
    del place.scores["other"]
    assert place.run("--repin", "--data", str(tmp_path)) == 0
    assert "faraway: not there, left out" in place.printed
    assert place.pinned()["other"] == {"names": pytest.approx(0.89)}


def test_only_the_sets_asked_for_are_judged(place: Place) -> None:
    place.scores["other"] = {"names": row(0.9)}
    place.run("--repin")
    place.scores["other"] = {"names": row(0.1)}
    assert place.run("--set", "kept") == 0
    assert place.run("--set", "other") == 1


def test_nothing_to_score_is_no_pass(place: Place) -> None:
    place.run("--repin")
    assert place.run("--set", "faraway") == 2
    assert "nothing was scored" in place.printed


def test_a_kept_corpus_that_is_not_there_exits_2(place: Place) -> None:
    place.kept.unlink()
    assert place.run() == 2


@pytest.mark.parametrize("content", ["", "[]", '{"floors": {}}', '{"corpus_sha256": "x", "floors": {"kept": 3}}'])
def test_a_damaged_floors_file_exits_2(place: Place, content: str) -> None:
    place.floors.write_text(content, encoding="utf-8")
    assert place.run() == 2


@pytest.mark.parametrize(
    "argv",
    [
        ["--allow-regression"],
        ["--new-corpus"],
        ["--set", "learn", "--repin"],
        ["--set", "learn", "--set", "kept"],
        ["--repin", "--components"],
        ["--repin", "--new-corpus", "--set", "faraway"],
        ["--set", "nothing"],
    ],
)
def test_options_that_do_not_go_together_are_refused(place: Place, argv: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        place.run(*argv)
    assert stop.value.code == 2


def test_scores_are_written_as_json(place: Place, tmp_path: Path) -> None:
    place.run("--json", str(tmp_path / "scores.json"))
    written = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert written["kept"]["figures"] == {"precision": 0.7, "recall": 0.7, "f1": 0.7, "n": 50}


def test_fields_with_few_coded_values_get_no_floor() -> None:
    floors = repin(Floors(), {"kept": {"chains": row(0.5, n=4), "times": row(0.9)}}, "hash")
    assert floors == Floors("hash", {"kept": {"times": 0.89}})


def test_floors_are_rounded_down() -> None:
    assert repin(Floors(), {"kept": {"times": row(0.98765)}}, "hash").sets["kept"]["times"] == 0.977
    assert repin(Floors(), {"kept": {"times": row(0.0)}}, "hash").sets["kept"]["times"] == 0.0


def test_missed_looks_at_scored_sets_only() -> None:
    floors = Floors("hash", {"kept": {"times": 0.9}, "gold": {"times": 0.9}})
    assert len(missed(floors, {"kept": {"times": row(0.8)}})) == 1


def test_load_of_no_file_is_no_floors(tmp_path: Path) -> None:
    assert load(tmp_path / "floors.json") == Floors()
    (tmp_path / "floors.json").write_text("{", encoding="utf-8")
    with pytest.raises(FloorsError):
        load(tmp_path / "floors.json")


def test_a_count_without_values_is_zero() -> None:
    assert Count().row() == Row(0.0, 0.0, 0.0, 0)
    assert Count(1, 2, 4).row() == Row(0.5, 0.25, pytest.approx(1 / 3), 4)


def test_the_sets_have_names_of_their_own() -> None:
    names = [s.name for s in SETS]
    assert len(set(names)) == len(names)
    assert names[0] == "kept"
    assert all(not f.is_absolute() for s in SETS[1:] for f in s.files)
