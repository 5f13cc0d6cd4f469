"""Positions found by rule, in invented sentences."""

import pytest

from onrecord.reader.attribution import Attribution
from onrecord.reader.events import EventDraft
from onrecord.reader.issues import issue_of
from onrecord.reader.segment import segment
from onrecord.reader.stand_party import subject
from onrecord.reader.stands import find_stands


def _at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _said(text: str, source: str, cue: str, content: str, act: str = "say") -> Attribution:
    return Attribution([_at(text, cue)], [_at(text, content)], [_at(text, source)], act=act)


def _found(text: str, statements=(), events=()):
    drafts = find_stands(segment(text), list(statements), list(events))
    return [(d.stance, d.issue, text[slice(*d.span)]) for d in drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ruvania demanded the release of its captured pilots.",
            [("demand", "prisoners", "the release of its captured pilots")],
        ),
        ("Ruvania called on the Teal Column to free the hostages.", [("demand", "hostages", "free the hostages")]),
        ("The Teal Column refused to lay down its weapons.", [("refuse", "disarmament", "lay down its weapons")]),
        ("Ruvania has ruled out talks with the rebels.", [("refuse", "talks", "talks with the rebels")]),
        (
            "The league urged Ruvania to lift the sanctions and to open the border.",
            [("demand", "sanctions", "lift the sanctions"), ("demand", "territory", "open the border")],
        ),
        (
            "The rebels insist on a full withdrawal and on guarantees by Norway.",
            [("insist", "withdrawal", "a full withdrawal"), ("insist", "guarantees", "guarantees by Norway")],
        ),
        ("Norway offered to host the next round.", [("offer", "talks", "host the next round")]),
        ("Both sides agreed on Monday to hold free elections.", [("accept", "elections", "hold free elections")]),
        ("The miners want higher wages.", [("demand", "compensation", "higher wages")]),
        ("The union is against pension cuts.", [("oppose", "legislation", "pension cuts")]),
        (
            "Ruvania proposed a truce, an idea the Teal Column has rejected.",
            [("offer", "ceasefire", "a truce"), ("refuse", "ceasefire", "an idea")],
        ),
        ("Ruvania turned the offer of a truce down.", [("refuse", "ceasefire", "the offer of a truce")]),
    ],
)
def test_stance_issue_and_span(text: str, expected: list) -> None:
    assert _found(text) == [(stance, issue, span) for stance, issue, span in expected]


@pytest.mark.parametrize(
    "text",
    [
        "A clerk, who asked not to be named, opened the door.",
        "The ministry declined to comment.",
        "The captain rejected the allegation.",
        "He offered his condolences to the family.",
        "The plan was promised by nobody.",
        "She asked whether the road was open.",
        "He wants to know.",
        "",
    ],
)
def test_what_is_no_position(text: str) -> None:
    assert _found(text) == []


def test_the_party_of_a_cue_is_its_source() -> None:
    text = 'Mira Sand, a spokeswoman for Ruvania, demanded "an immediate ceasefire".'
    said = _said(text, "Mira Sand, a spokeswoman for Ruvania", "demanded", '"an immediate ceasefire"', "demand")
    (draft,) = find_stands(segment(text), [said], [])
    assert draft.statement is said
    assert not draft.parties


def test_the_party_of_a_trigger_is_its_actor() -> None:
    text = "After months of silence it was the Teal Column that rejected the truce."
    event = EventDraft("REJECT", _at(text, "rejected"), actors=[_at(text, "the Teal Column")])
    (draft,) = find_stands(segment(text), [], [event])
    assert draft.parties == [_at(text, "the Teal Column")]
    assert draft.event is event


def test_a_pronoun_that_opens_indirect_speech_is_the_speaker() -> None:
    text = "The Teal Column said it would not disarm."
    said = _said(text, "The Teal Column", "said", "it would not disarm")
    (draft,) = find_stands(segment(text), [said], [])
    assert (draft.stance, draft.issue) == ("refuse", "disarmament")
    assert draft.statement is said
    assert not draft.parties


def test_they_in_a_quotation_are_not_the_speaker() -> None:
    text = '"They want a ransom," the mayor said.'
    said = _said(text, "the mayor", "said", '"They want a ransom,"')
    (draft,) = find_stands(segment(text), [said], [])
    assert [text[slice(*p)] for p in draft.parties] == ["They"]


def test_a_condition_gives_what_it_qualifies() -> None:
    text = "The Teal Column would free the hostages only if the troops withdraw."
    (draft,) = find_stands(segment(text), [], [])
    assert (draft.stance, draft.issue) == ("condition", "withdrawal")
    assert text[slice(*draft.span)] == "the troops withdraw"
    assert [text[slice(*g)] for g in draft.gives] == ["free the hostages"]
    assert [text[slice(*p)] for p in draft.parties] == ["The Teal Column"]


def test_what_is_demanded_in_exchange() -> None:
    text = "The Teal Column demanded guarantees from Norway in exchange for the release of all hostages."
    (draft,) = find_stands(segment(text), [], [])
    assert (draft.stance, draft.issue) == ("demand", "guarantees")
    assert [text[slice(*g)] for g in draft.gives] == ["the release of all hostages"]
    assert [text[slice(*g)] for g in draft.guarantors] == ["Norway"]


def test_a_truce_insisted_on_in_return_for_captives_is_given() -> None:
    text = "Ruvania insisted on a short truce in return for the release of some hostages."
    (draft,) = find_stands(segment(text), [], [])
    assert (draft.stance, draft.issue) == ("insist", "hostages")
    assert [text[slice(*g)] for g in draft.gives] == ["a short truce"]


def test_a_threat_is_made_on_condition_of_what_would_avert_it() -> None:
    text = "The Teal Column threatened to attack the port unless the prisoners are freed."
    said = _said(text, "The Teal Column", "threatened", "to attack the port unless the prisoners are freed", "threaten")
    (draft,) = find_stands(segment(text), [said], [])
    assert (draft.stance, draft.issue, text[slice(*draft.span)]) == (
        "condition",
        "prisoners",
        "the prisoners are freed",
    )


def test_what_others_must_do_is_the_speakers_demand() -> None:
    text = "Ruvania must release its prisoners, the envoy said."
    said = _said(text, "the envoy", "said", "Ruvania must release its prisoners")
    (draft,) = find_stands(segment(text), [said], [])
    assert (draft.stance, draft.issue) == ("demand", "prisoners")
    assert draft.statement is said
    assert [text[slice(*t)] for t in draft.toward] == ["Ruvania"]
    assert _found(text) == []  # nobody says it


def test_a_statement_without_a_listed_verb_is_read_by_its_act() -> None:
    text = 'The crowd chanted "free the prisoners" for an hour.'
    said = _said(text, "The crowd", "chanted", '"free the prisoners"', "demand")
    assert _found(text, [said]) == [("demand", "prisoners", "free the prisoners")]


def test_a_dropped_demand_is_past() -> None:
    text = "The Teal Column dropped its demand for autonomy."
    (draft,) = find_stands(segment(text), [], [])
    assert (draft.stance, draft.issue, draft.status) == ("demand", "autonomy", "past")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The new plan drops the demand for autonomy.", "past"),
        ("The Teal Column no longer demands autonomy.", "past"),
        ("The Teal Column dropped its guard and demanded autonomy.", "current"),
    ],
)
def test_what_is_given_up_is_a_demand_of_the_past(text: str, status: str) -> None:
    (draft,) = find_stands(segment(text), [], [])
    assert (draft.stance, draft.issue, draft.status) == ("demand", "autonomy", status)


def test_who_will_not_hesitate_refuses_nothing() -> None:
    text = '"We will not hesitate to attack the army," the Teal Column said.'
    said = _said(text, "the Teal Column", "said", '"We will not hesitate to attack the army,"')
    assert find_stands(segment(text), [said], []) == []


@pytest.mark.parametrize(
    ("text", "verb", "party"),
    [
        ("The United League demanded an inquiry.", "demanded", "The United League"),
        ("Ruvania, which holds 40 men, wants a truce.", "wants", "Ruvania"),
        ("The council condemned the raid and called for calm.", "called", "The council"),
        ("On Friday, the Teal Column again refused to disarm.", "refused", "the Teal Column"),
        ("Thousands of miners marched through Orv to demand higher wages.", "demand", "Thousands of miners"),
        ("It follows raids by the Teal Column, which has rejected the offer.", "rejected", "the Teal Column"),
        ("The army was praised, while Ruvania opposed the plan.", "opposed", "Ruvania"),
        ("There demanded nobody anything.", "demanded", None),
    ],
)
def test_subjects(text: str, verb: str, party: str | None) -> None:
    found = subject(text, 0, text.index(verb))
    assert (text[slice(*found)] if found else None) == party


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("an end to the war", "end_of_war"),
        ("a ten-day truce", "ceasefire"),
        ("hand over their weapons", "disarmament"),
        ("the withdrawal of the bill", "legislation"),
        ("an inquiry by a judge", "justice"),
        ("recognition of the republic", "recognition"),
        ("more chairs", "other"),
    ],
)
def test_issues_by_words(words: str, issue: str) -> None:
    assert issue_of(words) == issue


def test_the_heads_issue_where_words_name_none_or_it_is_sure() -> None:
    assert issue_of("more chairs", ("talks", 0.3)) == "talks"
    assert issue_of("a ten-day truce", ("talks", 0.3)) == "ceasefire"
    assert issue_of("a ten-day truce", ("talks", 0.9)) == "talks"


def test_a_phrase_that_points_back_is_looked_up() -> None:
    assert issue_of("the offer", around=lambda: ("a truce was offered",)) == "ceasefire"
    assert issue_of("more chairs", around=lambda: ("a truce was offered",)) == "other"


def test_long_text_without_stops_takes_linear_time() -> None:
    document = segment("the rebels must refuse unless they want to demand that " * 2000)
    assert len(find_stands(document, [], [])) < 5000
