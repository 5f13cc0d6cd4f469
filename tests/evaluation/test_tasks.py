"""The scorers of single tasks, on invented data."""

from __future__ import annotations

import io
import json
import subprocess
from contextlib import redirect_stdout
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from evaluation import attack_keys, attacks, command, errors, event_types, peers, peers_run, tolls_choice
from evaluation.attack_templates import Filled, templates
from evaluation.attributions import scu
from evaluation.matching import Row
from tests.fakes import full_reading

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]


def span(text: str, start: int = 0) -> Json:
    return {"start": start, "end": start + len(text), "text": text}


# --- attacks --------------------------------------------------------------------------------------------------------


def key(**slots: list[str]) -> Json:
    names = (
        "incident.date incident.location incident.type perp.individual_id perp.organization_id "
        "perp.organization_confidence phys_tgt.id hum_tgt.name hum_tgt.description incident.instrument_id"
    ).split()
    return {n: [{"raw": r} for r in slots.get(n.replace(".", "_"), [])] for n in names}


KEY = key(
    incident_type=["BOMBING"],
    incident_date=["- 02 MAY 91"],
    incident_location=["VELDAN: ORLOV (DEPARTMENT): TESK (TOWN)"],
    perp_organization_id=['"PEOPLE\'S FRONT" / "PFL"', '"RED BRIGADE"'],
    perp_organization_confidence=['CLAIMED OR ADMITTED / POSSIBLE: "PEOPLE\'S FRONT" / "PFL"', 'SUSPECTED OR ACCUSED: "RED BRIGADE"'],
    hum_tgt_name=['"MARIO TESKO"'],
    hum_tgt_description=['"MAYOR OF TESK": "MARIO TESKO"', '"THE GUARDS" / "TWO GUARDS"'],
)  # fmt: skip


def test_a_key_becomes_a_template() -> None:
    made = attack_keys.template(KEY)
    assert made.kinds == {"BOMBING"}
    assert [set(f.strings) for f in made.victims] == [{"mario tesko", "mayor of tesk"}, {"guards"}]
    assert [set(f.classes) for f in made.organizations] == [{"claimed", "accused"}, {"accused"}]
    assert made.days == [(date(1991, 3, 18), date(1991, 5, 2))]
    assert made.places == [("veldan", "orlov", "tesk")]


def test_days_of_keys() -> None:
    assert attack_keys.template(key(incident_date=["01 MAR 80 - 31 MAR 80"])).days == [
        (date(1980, 3, 1), date(1980, 3, 31))
    ]
    both = attack_keys.template(key(incident_date=["(11 NOV 89) / (10 NOV 89 - 11 NOV 89)"])).days
    assert both == [(date(1989, 11, 11), date(1989, 11, 11)), (date(1989, 11, 10), date(1989, 11, 11))]
    assert attack_keys.template(key(incident_date=["31 FEB 89"])).days == []


def attack(**changes: Any) -> Json:
    reading = {
        "report": {"source_id": "r1", "text": "", "anchor": "1991-05-02"},
        "actors": [
            {"id": "a1", "name": "PFL", "kind": "group", "description": None, "member_of": [], "mentions": [span("PFL") | {"form": "name"}]},
            {"id": "a2", "name": "Mario Tesko", "kind": "person", "description": None, "member_of": [], "mentions": [span("Mario Tesko") | {"form": "name"}]},
        ],
        "places": [], "times": [], "figures": [],
        "statements": [
            {"id": "s1", "act": "say", "source": {"actors": ["a1"]}, "cue": [span("said")], "content": [span("it planted the bomb")]},
            {"id": "s2", "act": "say", "source": {"actors": ["a9"]}, "cue": [span("said")], "content": [span("it was the PFL")]},
        ],
        "events": [{
            "id": "e1", "type": "ASSAULT", "modes": ["explosives"], "trigger": span("bombed"), "mentions": [], "text": span("the PFL bombed"),
            "actors": ["a1"], "recipients": ["a2"], "status": "occurred", "time": None, "places": [], "figures": [], "according_to": [],
        }],
    }  # fmt: skip
    reading["events"][0] |= changes  # type: ignore[index]
    return reading


@pytest.mark.parametrize(("told", "known"), [([], "fact"), (["s1"], "claimed"), (["s2"], "accused")])
def test_how_responsibility_is_known_follows_who_says_it(told: list[str], known: str) -> None:
    (made,) = templates(attack(according_to=told))
    assert made.kind == "BOMBING"
    assert [(set(o), how) for o, how in made.organizations] == [({"pfl"}, known)]
    assert made.victims == [frozenset({"mario tesko"})]
    assert made.days == (date(1991, 5, 2), date(1991, 5, 2))


@pytest.mark.parametrize("changes", [{"type": "PROTEST"}, {"status": "planned"}, {"trigger": span("clashes")}])
def test_what_is_no_attack(changes: Json) -> None:
    assert templates(attack(**changes)) == []


def test_attacks_are_scored_slot_by_slot() -> None:
    row = {"doc_id": "r1", "templates": [KEY]}
    scores = attacks.score([row], [attack(according_to=["s1"])])
    assert scores["who is responsible"][:2] == (1.0, 0.5)
    assert scores["… and how that is known"][:2] == (1.0, 0.5)
    assert scores["victims"][:2] == (1.0, 0.5)
    assert scores["date"].f1 == 1
    assert scores["whole templates"] == Row(1.0, 0.6, pytest.approx(0.75), 5)


def test_a_spurious_attack_costs_every_slot_that_it_fills() -> None:
    scores = attacks.score([{"doc_id": "r1", "templates": []}], [attack()])
    assert scores["who is responsible"] == Row(0.0, 0.0, 0.0, 0)
    assert scores["type"].precision == 0


def test_another_kind_is_no_whole_template_but_attack_goes_with_any_slot() -> None:
    gold, mine = [attack_keys.template(KEY)], [Filled("ATTACK", victims=[frozenset({"mario tesko"})])]
    assert attacks._whole(gold, mine) == (0, 2, 5)
    assert len(attacks._mapping(gold, mine)) == 1


# --- types of events ------------------------------------------------------------------------------------------------


def test_roots_are_averaged_over_types() -> None:
    table = event_types.by_root(["AID", "AID", "YIELD", "REJECT"], ["AID", "none", "YIELD", "AID"])
    assert table["· AID"][:2] == (0.5, 0.5)
    assert table["· REJECT"].f1 == 0
    assert table["macro-F1"].f1 == pytest.approx((0.5 + 1 + 0) / 3)
    assert table["sentences right"].f1 == 0.5


def test_the_given_actors_choose_the_event() -> None:
    def event(kind: str, who: str, whom: str) -> Json:
        return {"type": kind, "actors": [who], "recipients": [whom]}

    actors = [{"id": i, "mentions": [span(name)]} for i, name in (("a1", "Orlov"), ("a2", "Tesk"), ("a3", "Veldan"))]
    reading = {"actors": actors, "events": [event("AID", "a1", "a2"), event("CONCEDE", "a3", "a1")]}
    chosen = event_types._nearest(reading, {"source": "the government of Veldan", "target": "Orlov"})
    assert event_types._root(chosen) == "YIELD"
    assert event_types._root(event_types._best({"actors": [], "events": []})) == "none"


# --- tolls ----------------------------------------------------------------------------------------------------------


def test_the_choice_learns_which_number_is_the_toll() -> None:
    texts = [
        (f"A shooting in Tesk left {n} people dead, police said. Officers found 12 shells.", n) for n in (2, 3, 4, 5)
    ]
    articles = [tolls_choice.signs("Shooting in Tesk", text) for text, _ in texts]
    choose = tolls_choice.Choice("killed", articles * 3, [n for _, n in texts] * 3)
    new = tolls_choice.signs(
        "Shooting in Orlov", "A shooting in Orlov left 7 people dead, police said. Officers found 12 shells."
    )
    assert choose(new) == 7
    assert tolls_choice.ceiling(articles, [2, 3, 4, 99], "killed") == 0.75


# --- errors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gold", "mine", "told"),
    [
        ([(0, 5)], [(0, 5)], None),
        ([], [], None),
        ([(0, 5)], [], "cue not found"),
        ([], [(0, 5)], "cue where none is coded"),
        ([(0, 5)], [(7, 9)], "other cue"),
        ([(0, 9)], [(0, 5)], "cue too short"),
        ([(0, 5)], [(0, 9)], "cue too long"),
        ([(0, 9)], [(0, 3), (5, 9)], "cue in more or fewer pieces"),
    ],
)
def test_errors_of_spans(gold: list[tuple[int, int]], mine: list[tuple[int, int]], told: str | None) -> None:
    assert errors.span_error("cue", gold, mine) == told


def test_a_reading_has_no_errors_against_itself_and_all_against_none() -> None:
    gold = full_reading(source_id="x1").to_json()
    for name, counted in errors.LEARNT.items():
        classes = counted([(gold, gold)])
        assert classes["right"] == classes["coded"] == classes["found"], name
    empty = {**gold, "events": [], "figures": [], "positions": []}
    for name in ("events", "figures", "positions"):
        classes = errors.LEARNT[name]([(gold, empty)])
        missed = sum(n for k, n in classes.items() if k.startswith("missed"))
        assert missed == classes["coded"] > 0
    assert "| missed" in "\n".join(errors.lines(errors.events([(gold, empty)]), 3))


def test_tables_of_pages_are_replaced_in_place(tmp_path: Path) -> None:
    page = tmp_path / "names.md"
    page.write_text(f"# Names\n\n{errors.BEGIN}\nold\n{errors.END}\nMore.\n", encoding="utf-8")
    errors.write("names", ["new"], tmp_path)
    errors.write("names", ["newer"], tmp_path)
    assert page.read_text(encoding="utf-8") == f"# Names\n\n{errors.BEGIN}\n\nnewer\n\n{errors.END}\nMore.\n"
    page.write_text("no place", encoding="utf-8")
    with pytest.raises(LookupError):
        errors.write("names", [], tmp_path)


def test_every_component_has_a_page_with_a_place_for_its_counts() -> None:
    for name in (*errors.PUBLIC, *errors.LEARNT):
        text = (errors.PAGES / f"{name}.md").read_text(encoding="utf-8")
        assert text.index(errors.BEGIN) < text.index(errors.END)


# --- sources --------------------------------------------------------------------------------------------------------


def test_sourced_statements(tmp_path: Path) -> None:
    text = "Ilo Maren said it was over. A source said it was not."
    coded = [
        {"statement_span": [[0, 27]], "source_type": "named_person"},
        {"statement_span": [[28, 53]], "source_type": "anonymous"},
    ]
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text, "attributions": coded}), encoding="utf-8")

    def statement(start: int, end: int, kind: str, naming: str) -> Json:
        content = [{"start": start, "end": end}]
        return {"source": {"span": None, "kind": kind, "naming": naming}, "cue": [], "content": content}

    class Reading:
        def to_json(self) -> Json:
            mine = [statement(15, 26, "person", "named"), statement(42, 52, "unnamed_person", "described")]
            return {"report": {"source_id": "x"}, "statements": [*mine, statement(54, 60, "person", "named")]}

    class Reader:
        def read_many(self, items: Any) -> Any:
            return [Reading() for _ in items]

    scores = scu(path, Reader())
    assert scores["found"][:2] == (pytest.approx(2 / 3), 1.0)
    assert scores["kind (of matched)"].recall == 1
    assert scores["anonymous (of matched)"].recall == 0.5
    assert scores["· anonymous, found"].recall == 0


# --- the command and the peers --------------------------------------------------------------------------------------


def test_tables_tell_what_is_missed() -> None:
    tables = {"set": {"a": Row(0.5, 0.6, 0.55, 9), "b": Row(1, 1, 1, 9)}}
    out = io.StringIO()
    with redirect_stdout(out):
        command.show(tables, {"set": {"a": {"precision": 0.4, "recall": 0.7}}})
    assert "precision ≥ 0.4 met, recall ≥ 0.7 missed" in out.getvalue()
    out = io.StringIO()
    with redirect_stdout(out):
        command.show(tables, {}, as_json=True)
    assert json.loads(out.getvalue())["set"]["b"] == {"precision": 1, "recall": 1, "f1": 1, "n": 9, "targets": {}}


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(command.MissingDataError, match="no/where"):
        command.needed(tmp_path, "no/where")


def test_a_peer_that_does_not_run_is_skipped_and_named(tmp_path: Path) -> None:
    there = peers.Peers(tmp_path)
    assert there.run("spacy", [{"text": "x"}]) is None
    assert "spacy" in there.skipped


def test_a_peers_output_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], 0, stdout='{"versions": {"spacy": "9"}}\n[]\n', stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    there = peers.Peers(tmp_path)
    assert there.run("spacy", [{"text": "x"}]) == [[]]
    assert there.versions == {"spacy": "9"}


def test_strings_are_located_in_order() -> None:
    assert list(peers_run.located("on Monday and Monday", ["Monday", "Monday", "Tuesday"])) == [(3, 9), (14, 20), None]
