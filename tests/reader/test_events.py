"""Happenings and their statuses from sure scores, in invented sentences."""

from __future__ import annotations

import time

import numpy as np
import pytest

from onrecord.reader import statuses
from onrecord.reader.attribution import Attribution
from onrecord.reader.encoder import Span
from onrecord.reader.events import EventDraft, find_events
from onrecord.reader.happenings import stem
from onrecord.reader.labels import STATUSES
from onrecord.reader.segment import segment
from tests.reader.fake_scores import FakeScores


def read(
    text: str,
    triggers: list[tuple[str, str]],
    arguments: dict | None = None,
    statements: list[Attribution] | None = None,
    head: str | None = None,
) -> list[EventDraft]:
    """Happenings of a text; `head` is what the status head says of every word, None: that it does not know."""
    document = segment(text)
    pairs = {("event", k): v for k, v in (arguments or {}).items()}
    mentions = [(words, "nominal") for marks in (arguments or {}).values() for words, _ in marks]
    scores = FakeScores(document, {"trigger": triggers, "mention": mentions}, pairs)
    scores.tokens["status"] = np.full((len(document.words), len(STATUSES)), 0.02 if head else 0.1, dtype=np.float32)
    if head:
        scores.tokens["status"][:, STATUSES.index(head)] = 0.82
    return find_events(document, scores, statements or [])  # type: ignore[arg-type]


def said(text: str, content: str, cue: str, act: str = "say", source: str | None = None) -> Attribution:
    at = text.index(content)
    sources = [(text.index(source), text.index(source) + len(source))] if source else []
    return Attribution([(text.index(cue), text.index(cue) + len(cue))], [(at, at + len(content))], sources, act=act)


def test_arguments_are_those_given_the_trigger() -> None:
    text = "The front shelled the port on Sunday."
    given = {"shelled": [("The front", "actor"), ("the port", "place"), ("Sunday", "time")]}
    (e,) = read(text, [("shelled", "ASSAULT")], given)
    assert [text[a:b] for a, b in e.actors] == ["The front"]
    assert [text[a:b] for a, b in e.places] == ["the port"]
    assert text[e.clause[0] : e.clause[1]] == "The front shelled the port on Sunday"


def test_every_phrase_that_may_have_a_part_is_kept_with_its_chances() -> None:
    text = "The front shelled the port. Crews cleared mines. The shelling by the front went on."
    given = {"shelled": [("The front", "actor"), ("the port", "recipient")], "shelling": [("the front", "actor")]}
    (e,) = read(text, [("shelled", "ASSAULT"), ("shelling", "ASSAULT")], given)
    first, again = ({text[a:b]: (x > y) for (a, b), x, y in phrases} for phrases in e.rated)
    assert first == {"The front": True, "the port": False}
    assert again == {"the front": True}


def test_a_clause_ends_where_the_next_begins() -> None:
    text = "Police arrested nine men, and crowds gathered."
    (e,) = read(text, [("arrested", "COERCE")])
    assert text[slice(*e.clause)] == "arrested nine men"


# --- one record per happening ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Gunmen attacked a bus. The attack killed four.", [("attacked", "ASSAULT"), ("attack@2", "ASSAULT")]),
        ("Gunmen attacked a bus, killing four people.", [("attacked", "ASSAULT"), ("killing", "ASSAULT")]),
        ("Envoys met in Lemra on Monday. The meeting lasted an hour.", [("met", "CONSULT"), ("meeting", "CONSULT")]),
        ("The army imposed a siege in May. The siege goes on.", [("siege", "COERCE"), ("siege@2", "COERCE")]),
    ],
)
def test_what_is_named_again_is_one_happening(text: str, triggers: list[tuple[str, str]]) -> None:
    found = read(text, triggers)
    assert [(e.trigger[0], len(e.mentions)) for e in found] == [(text.index(triggers[0][0]), 1)]


def test_named_actors_that_differ_part_happenings() -> None:
    text = "Varda accused the front. The Northern Front accused Varda of lying."
    found = read(
        text,
        [("accused", "ACCUSE"), ("accused@2", "ACCUSE")],
        {
            "accused": [("Varda", "actor"), ("the front", "recipient")],
            "accused@2": [("The Northern Front", "actor"), ("Varda@2", "recipient")],
        },
    )
    assert len(found) == 2


def test_days_that_differ_part_happenings() -> None:
    text = "A bomb killed six people in Lemra on Monday. Another bomb killed two in Sorna on Friday."
    found = read(
        text,
        [("killed", "ASSAULT"), ("killed@2", "ASSAULT")],
        {
            "killed": [("Lemra", "place"), ("Monday", "time")],
            "killed@2": [("Sorna", "place"), ("Friday", "time")],
        },
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Shells hit a school on Sunday. The war began in May.", ("hit", "war")),
        ("Drones hit a plant in Lemra. Its troops captured a village, the ministry said.", ("hit", "captured")),
    ],
)
def test_a_war_and_a_town_taken_are_apart_from_single_strikes(text: str, triggers: tuple[str, str]) -> None:
    assert len(read(text, [(t, "ASSAULT") for t in triggers])) == 2


def test_one_vague_word_does_not_chain_attacks() -> None:
    text = (
        "Gunmen killed nine people in Lemra on Monday. The gunmen fired on a bus. "
        "In a separate incident on Friday, a landmine killed two herders in Sorna."
    )
    given = {
        "killed": [("Lemra", "place"), ("Monday", "time")],
        "killed@2": [("Sorna", "place"), ("Friday", "time")],
    }
    found = read(text, [("killed", "ASSAULT"), ("fired", "ASSAULT"), ("killed@2", "ASSAULT")], given)
    assert [len(e.mentions) for e in found][-1] == 0


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The general vowed to retake the city.", "vowed", "THREATEN"),
        ("The front promised swift retaliation.", "promised", "THREATEN"),
        ("The general vowed a harsh response to the raid.", "vowed", "THREATEN"),
        ("The general pledged to keep fighting.", "pledged", "THREATEN"),
        ("The mayor vowed to fight corruption.", "vowed", "AGREE"),
        ("The mayor promised to hold those responsible to account.", "promised", "AGREE"),
        ("The mayor promised a response to the letter.", "promised", "AGREE"),
    ],
)
def test_a_vow_of_force_is_a_threat(text: str, trigger: str, kind: str) -> None:
    (e,) = read(text, [(trigger, "AGREE")])
    assert e.type == kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("They exchanged 90 prisoners of war.", 0),
        ("A court tried him for war crimes.", 0),
        ("The war went on.", 1),
    ],
)
def test_prisoners_of_war_are_no_war(text: str, number: int) -> None:
    assert len(read(text, [("war", "ASSAULT")])) == number


def test_demands_of_different_things_are_apart() -> None:
    text = "The union demanded higher pay. Later the mayor urged calm. Aid groups appealed for blood donors."
    given = {
        "demanded": [("The union", "actor")],
        "urged": [("the mayor", "actor")],
        "appealed": [("Aid groups", "actor")],
    }
    assert len(read(text, [("demanded", "REQUEST"), ("urged", "REQUEST"), ("appealed", "REQUEST")], given)) == 3


def test_types_are_never_joined() -> None:
    text = "Police arrested the leader. The arrest drew protests."
    assert len(read(text, [("arrested", "COERCE"), ("protests", "PROTEST")])) == 2


def test_later_triggers_add_what_the_first_lacks() -> None:
    text = "Gunmen attacked a bus. The attack in Lemra killed four."
    given = {"attacked": [("Gunmen", "actor")], "attack@2": [("Lemra", "place")]}
    (e,) = read(text, [("attacked", "ASSAULT"), ("attack@2", "ASSAULT")], given)
    assert [text[slice(*r)] for r in [*e.actors, *e.places]] == ["Gunmen", "Lemra"]


def test_stems_meet_across_inflection() -> None:
    assert stem("attacked") == stem("attacks") == stem("attack")
    assert stem("protesters") == stem("protested")
    assert stem("killing") == stem("killed")
    assert stem("met") == stem("meeting")
    assert stem("shot") == stem("shooting")
    assert stem("") == ""


def test_long_texts_cost_no_square() -> None:
    """Four times the triggers cost about four times the time, whether they are alike or not."""

    def seconds(n: int) -> float:
        text = "Gunmen attacked bus number seven near Lemra. Troops shelled the old fort. " * n
        document = segment(text)
        scores = FakeScores(document, {}, {})
        words = [i for i in range(len(document.words)) if document.word(i) in ("attacked", "shelled")]
        scores.spans = lambda head, bias=0.0: [Span(i, i + 1, "ASSAULT", 0.9) for i in words]  # type: ignore[method-assign]
        scores.arguments = lambda head, at, bias=0.0: []  # type: ignore[method-assign]
        scores.pair = lambda head, at: (np.zeros((1, 9), dtype=np.float32), at)  # type: ignore[method-assign]
        began = time.process_time()
        find_events(document, scores, [])  # type: ignore[arg-type]
        return time.process_time() - began

    seconds(20)
    assert seconds(800) < 10 * seconds(200) + 0.2


# --- statuses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "status"),
    [
        ("Troops shelled the port.", "shelled", "ASSAULT", "occurred"),
        ("The two presidents are to meet in Lemra next week.", "meet", "AGREE", "planned"),
        ("A second round of talks is scheduled for Monday.", "talks", "AGREE", "planned"),
        ("The union plans to march on Friday.", "march", "PROTEST", "planned"),
        ("The minister ordered the release of nine men.", "release", "RETREAT", "ordered"),
        ("He tried to storm the building.", "storm", "ASSAULT", "attempted"),
        ("The war has driven thousands out.", "war", "ASSAULT", "ongoing"),
        ("Prosecutors are investigating the fire.", "investigating", "ACCUSE", "ongoing"),
    ],
)
def test_words_around_a_trigger_tell_its_status(text: str, trigger: str, kind: str, status: str) -> None:
    (e,) = read(text, [(trigger, kind)])
    assert e.status == status


def test_the_head_counts_beside_the_words() -> None:
    text = "The two presidents are to meet in Lemra next week."
    (sure,) = read(text, [("meet", "AGREE")], head="planned")
    (other,) = read("Troops shelled the port.", [("shelled", "ASSAULT")], head="ongoing")
    assert (sure.status, other.status) == ("planned", "ongoing")


def test_only_a_denial_tells_it() -> None:
    text = "The front denied shelling the port."
    denial = said(text, "shelling the port", "denied", "deny")
    (e,) = read(text, [("shelling", "ASSAULT")], statements=[denial])
    assert e.status == "denied"
    assert e.statement is denial


def test_asserted_and_denied_is_unknown() -> None:
    text = "The army said rebels shelled the port. The rebels denied shelling the port."
    claim = said(text, "rebels shelled the port", "said")
    denial = said(text, "shelling the port", "denied", "deny")
    (e,) = read(text, [("shelled", "ASSAULT"), ("shelling", "ASSAULT")], statements=[claim, denial])
    assert e.status == "unknown"
    assert e.statement is claim


def test_leads_inside_a_trigger_count() -> None:
    assert statuses._led("will send") == len("will ")
    assert statuses._led("send") == 0
    assert statuses._led("not be negotiated") == len("not be ")


# --- who tells it ------------------------------------------------------------------------------------------------


def test_the_innermost_statement_tells_it_unless_the_report_does() -> None:
    text = "A doctor said shells hit the clinic. Shells hit the clinic at noon."
    s = said(text, "shells hit the clinic", "said")
    (one,) = read(text, [("hit", "ASSAULT")], statements=[s])
    assert one.statement is s
    (both,) = read(text, [("hit", "ASSAULT"), ("hit@2", "ASSAULT")], statements=[s])
    assert both.statement is None


def test_what_a_speaker_does_by_speaking_is_the_reports_word() -> None:
    text = '"We condemn this raid," the envoy said.'
    s = said(text, '"We condemn this raid,"', "said", source="the envoy")
    own = {"condemn": [("We", "actor")]}
    found = read(text, [("condemn", "ACCUSE"), ("raid", "ASSAULT")], own, [s])
    assert [e.statement for e in found] == [None, s]


def test_to_deny_is_a_statement_and_no_refusal() -> None:
    text = "The front denied the claim. Varda rejected the offer."
    document = segment(text)
    scores = FakeScores(
        document,
        {
            "trigger": [("denied", "REJECT"), ("rejected", "REJECT")],
            "status": [("denied", "occurred"), ("rejected", "occurred")],
        },
        {},
    )
    at = text.index("denied")
    denial = Attribution([(at, at + 6)], [(at + 7, at + 16)], act="deny")
    found = find_events(document, scores, [denial])  # type: ignore[arg-type]
    assert [text[slice(*e.trigger)] for e in found] == ["rejected"]
