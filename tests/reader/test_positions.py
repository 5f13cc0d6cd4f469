"""Rules, the encoder's head and the fitted weights together, in invented sentences with marked scores."""

import pytest

import onrecord
from onrecord.reader.positions import find_positions, looked_back
from onrecord.reader.segment import segment
from onrecord.reader.stand_frame import Frame, PositionDraft
from onrecord.reader.stand_labels import stance_options
from onrecord.reader.stand_parties import once
from onrecord.reader.stand_pool import pool, shared
from onrecord.reader.stand_signs import keep, step
from tests.reader.fake_scores import FakeScores


def _scores(text: str, tokens: dict, pairs: dict | None = None):
    document = segment(text)
    return document, FakeScores(document, tokens, pairs or {})


def _draft(start: int, end: int, score: float, issue: str = "talks") -> PositionDraft:
    return PositionDraft((start, end), "demand", issue, score=score)


def test_the_head_adds_what_no_rule_finds() -> None:
    text = (
        "For the Teal Column it is the whole border or nothing. Ruvania refused to withdraw its troops from the coast."
    )
    document, scores = _scores(
        text,
        {
            "position": [("the whole border", "position"), ("withdraw its troops from the coast", "position")],
            "stance": [("the whole border", "insist")],
            "issue": [("the whole border", "territory")],
        },
        {("stand", "the whole border"): [("the Teal Column", "party")]},
    )
    mine, rule = find_positions(document, scores, [], [])
    assert (mine.stance, mine.issue, mine.rule) == ("insist", "territory", "")
    assert [text[slice(*p)] for p in mine.parties] == ["the Teal Column"]
    assert (rule.stance, rule.issue) == ("refuse", "withdrawal")
    assert rule.rule


def test_where_both_find_it_the_rule_stands() -> None:
    text = "Ruvania refused to withdraw its troops."
    document, scores = _scores(
        text, {"position": [("withdraw its troops", "position")], "stance": [("withdraw its troops", "refuse")]}
    )
    (draft,) = find_positions(document, scores, [], [])
    assert (draft.stance, draft.issue) == ("refuse", "withdrawal")
    assert draft.rule


def test_what_neither_head_nor_rule_sees_is_no_position() -> None:
    document, scores = _scores("The ferry left the harbour of Sel at noon and came back at four.", {})
    assert find_positions(document, scores, [], []) == []


def test_an_infinitive_is_a_candidate_where_no_rule_has_its_verb() -> None:
    text = "Ruvania laboured to reopen the border."
    document, scores = _scores(text, {"position": [("reopen", "position")]})
    frame = Frame(document, [], [])
    assert "reopen the border" in [text[slice(*d.span)] for d in pool(document, scores, frame)]


def test_what_rules_state_weakly_is_a_candidate_and_marked() -> None:
    text = "The cook wants a bigger spoon."
    document, scores = _scores(text, {})
    (draft,) = pool(document, scores, Frame(document, [], []))
    assert draft.weak
    assert text[slice(*draft.span)] == "a bigger spoon"


def test_of_overlapping_candidates_the_likelier_is_kept() -> None:
    found = [_draft(0, 10, 0.5), _draft(5, 15, 1.5), _draft(15, 20, -3.0), _draft(30, 40, 0.0)]
    assert [d.span for d in keep(found)] == [(5, 15), (30, 40)]


def test_a_party_has_one_position_on_an_issue_unless_the_second_is_sure() -> None:
    first, again, sure = _draft(0, 5, 1.0), _draft(10, 15, 0.0), _draft(20, 25, 0.9)
    other, nobody = _draft(30, 35, 0.0), _draft(40, 45, 2.0)
    kept = once([(first, (1,)), (again, (1, 2)), (sure, (1,)), (other, (3,)), (nobody, ())])
    assert [p.span for p, _ in kept] == [(0, 5), (20, 25), (30, 35)]


def test_whatever_is_other_may_come_again() -> None:
    one, two = _draft(0, 5, 1.0, "other"), _draft(10, 15, 0.0, "other")
    assert len(once([(one, (1,)), (two, (1,))])) == 2


def test_every_stance_is_weighed_with_what_stands_before() -> None:
    document, scores = _scores("Ruvania will not accept the new border.", {"stance": [("the new border", "refuse")]})
    at = document.text.index("the new")
    options = dict(stance_options(Frame(document, [], []), scores, PositionDraft((at, at + 14), "refuse", "territory")))
    assert len(options) == 8
    assert "condition" not in options
    assert {"no True refuse", "head rank 0"} <= set(options["refuse"])
    assert "governor accep demand" in options["demand"]


def test_a_condition_needs_a_word_that_binds() -> None:
    document, scores = _scores("Ruvania will sign only if the border is opened.", {})
    at = document.text.index("the border")
    options = dict(stance_options(Frame(document, [], []), scores, PositionDraft((at, at + 20), "offer", "territory")))
    assert "clause if condition" in options["condition"]


@pytest.mark.parametrize(
    ("text", "head", "whole"),
    [
        ("Ruvania hinted at the release of some prisoners.", "the release of some", "the release of some prisoners"),
        ("Ruvania hinted at the ouster of the mayor.", "the ouster", "the ouster of the mayor"),
        ("Ruvania may hand over all captives.", "over all captives", "hand over all captives"),
        ("All would change if the border is opened.", "if the border is opened", "the border is opened"),
        ("Ruvania hinted at a truce in the valley.", "a truce", "a truce"),
    ],
)
def test_a_stretch_of_the_head_is_a_whole_phrase(text: str, head: str, whole: str) -> None:
    document, scores = _scores(text, {"position": [(head, "position")]})
    assert [text[slice(*d.span)] for d in pool(document, scores, Frame(document, [], []))] == [whole]


def test_a_stretch_that_only_has_another_opening_is_the_rules_own() -> None:
    text = "Ruvania is open to dialogue."
    document, scores = _scores(text, {"position": [("to dialogue", "position")]})
    (draft,) = pool(document, scores, Frame(document, [], []))
    assert (draft.stance, text[slice(*draft.span)]) == ("accept", "dialogue")


@pytest.mark.parametrize(
    ("stance", "gap", "issue"),
    [
        ("demand", "", "prisoners"),
        ("refuse", "", "other"),
        ("demand", "It rained. It snowed. It thawed. ", "other"),
    ],
)
def test_that_demand_is_about_what_was_demanded(stance: str, gap: str, issue: str) -> None:
    text = f"The Teal Column wanted the captives back. {gap}Ruvania rejected that demand."
    document = segment(text)
    at, back = text.index("the captives"), text.index("that demand")
    earlier = PositionDraft((at, at + 17), stance, "prisoners")
    draft = PositionDraft((back, back + 11), "refuse", "other")
    looked_back(document, draft, [earlier])
    assert draft.issue == issue


def test_what_is_to_be_assured_is_not_the_issue() -> None:
    text = "The Teal Column demanded guarantees that the army would withdraw from the coast."
    wanted = "guarantees that the army would withdraw from the coast"
    document, scores = _scores(text, {"position": [(wanted, "position")], "issue": [(wanted, "withdrawal")]})
    (draft,) = find_positions(document, scores, [], [])
    assert draft.issue == "guarantees"


def test_shares_and_steps() -> None:
    assert shared((0, 10), (5, 15)) == 1 / 3
    assert shared((0, 5), (5, 9)) == 0
    assert [step(p) for p in (0.0, 0.5, 1.0)] == [-4, 0, 3]


def test_an_empty_text_has_no_positions() -> None:
    document, scores = _scores("", {})
    assert find_positions(document, scores, [], []) == []


@pytest.mark.parametrize(
    ("sentence", "party"),
    [
        ("The Tesh Front demanded the release of 200 prisoners.", "Tesh Front"),
        (
            "Varda's foreign minister, Ilia Danek, told reporters that the government would not withdraw its troops from Orm.",
            "Varda",
        ),
        ('"We will never lay down our arms," Karo Min, a spokesman for the Tesh Front, said.', "Tesh Front"),
        ("The European Union called on Varda to lift the blockade of Orm.", "European Union"),
    ],
)
def test_the_party_is_the_body_or_state_that_is_spoken_for(sentence: str, party: str) -> None:
    reading = onrecord.read(f"PORT SELU, March 4, 2026 (Reuters) - {sentence}\n")
    names = {a.id: a.name for a in reading.actors}
    assert [[names[i] for i in p.parties] for p in reading.positions] == [[party]]


def test_two_who_are_named_apart_are_not_one_party() -> None:
    reading = onrecord.read(
        "PORT SELU, March 4, 2026 (Reuters) - Varda rejected calls from Orland to reopen the border.\n"
    )
    names = {a.id: a.name for a in reading.actors}
    assert all(len(p.parties) == 1 for p in reading.positions)
    assert "Varda" in {names[i] for p in reading.positions for i in p.parties}


def test_two_who_are_joined_are_one_party() -> None:
    reading = onrecord.read(
        "PORT SELU, March 4, 2026 (Reuters) - Norway and Qatar urged both sides to return to the table.\n"
    )
    names = {a.id: a.name for a in reading.actors}
    assert [{names[i] for i in p.parties} for p in reading.positions] == [{"Norway", "Qatar"}]
