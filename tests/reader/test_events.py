"""Happenings from sure scores, in invented sentences."""

from onrecord.reader.events import EventDraft, find_events, stem
from onrecord.reader.segment import segment
from tests.reader.fake_scores import FakeScores


def read(text: str, triggers: list[tuple[str, str]], arguments: dict | None = None) -> list[EventDraft]:
    document = segment(text)
    pairs = {("event", k): v for k, v in (arguments or {}).items()}
    statuses = [(words, "occurred") for words, _ in triggers]
    scores = FakeScores(document, {"trigger": triggers, "status": statuses}, pairs)
    return find_events(document, scores, [])  # type: ignore[arg-type]


def test_arguments_are_those_given_the_trigger() -> None:
    text = "The front shelled the port on Sunday."
    (e,) = read(text, [("shelled", "ASSAULT")], {"shelled": [("The front", "actor"), ("the port", "place"), ("Sunday", "time")]})
    assert [text[a:b] for a, b in e.actors] == ["The front"]
    assert [text[a:b] for a, b in e.places] == ["the port"]
    assert text[e.clause[0] : e.clause[1]] == "The front shelled the port on Sunday"


def test_the_attack_is_the_same_happening_again() -> None:
    text = "Gunmen attacked a bus. The attack killed four. Protesters marched in Mersan."
    found = read(text, [("attacked", "ASSAULT"), ("attack@2", "ASSAULT"), ("marched", "PROTEST")])
    assert [(e.type, len(e.mentions)) for e in found] == [("ASSAULT", 1), ("PROTEST", 0)]


def test_named_actors_that_differ_part_happenings() -> None:
    text = "Varda accused the front. The Northern Front accused Varda of lying."
    found = read(
        text,
        [("accused", "ACCUSE"), ("accused@2", "ACCUSE")],
        {"accused": [("Varda", "actor")], "accused@2": [("The Northern Front", "actor")]},
    )
    assert len(found) == 2


def test_types_are_never_joined() -> None:
    text = "Police arrested the leader. The arrest drew protests."
    assert len(read(text, [("arrested", "COERCE"), ("protests", "PROTEST")])) == 2


def test_stems_meet_across_inflection() -> None:
    assert stem("attacked") == stem("attacks") == stem("attack")
    assert stem("protesters") == stem("protested")
    assert stem("killing") == stem("killed")
