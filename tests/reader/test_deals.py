"""Rounds of talks, agreements and their stages, in invented sentences."""

import pytest

from onrecord.reader.attribution import Attribution
from onrecord.reader.deals import find_deals, find_talks
from onrecord.reader.segment import segment


def _at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_a_round_of_indirect_talks_that_stalled() -> None:
    text = "Indirect talks between Varda and the front began in Muscat. The talks ended in deadlock on Sunday."
    (found,) = find_talks(segment(text))
    assert text[slice(*found.span)] == "Indirect talks"
    assert (found.form, found.outcome) == ("indirect", "impasse")


def test_a_new_round_is_a_record_of_its_own() -> None:
    text = "Peace talks broke down in May. New talks are due to begin in Geneva next week."
    first, second = find_talks(segment(text))
    assert (first.outcome, second.outcome) == ("broken_off", "planned")


def test_a_negotiation_process_is_no_round() -> None:
    assert not find_talks(segment("He praised the negotiation process."))


def test_stages_are_counted_and_told() -> None:
    text = (
        "The front freed 12 soldiers under the first phase of a three-phase truce and prisoner exchange deal. "
        "In June, Varda refused to move to the second phase of the deal."
    )
    (deal,) = find_deals(segment(text))
    assert set(deal.kinds) == {"ceasefire", "exchange"}
    assert [(s.ordinal, s.status) for s in deal.stages] == [(1, "done"), (2, "refused"), (3, "unknown")]
    assert deal.stages[2].span is None


def test_a_signed_and_a_collapsed_agreement() -> None:
    (signed,) = find_deals(segment("Both sides signed the Keshet Peace Accord on Monday."))
    assert (signed.status, signed.kinds) == ("signed", ["peace"])
    (gone,) = find_deals(segment("The ceasefire agreement collapsed within hours."))
    assert gone.status == "collapsed"


def test_a_business_deal_is_not_recorded() -> None:
    assert not find_deals(segment("The club closed a transfer deal for the striker."))


def test_talks_that_are_only_wished_for_make_no_record() -> None:
    assert not find_talks(segment("The envoy called for talks. Varda ruled out negotiations and rejected any talks."))


def test_two_accounts_of_one_round_are_two_records() -> None:
    text = "Talks in Muscat broke down on Sunday, Varda said. An envoy of the front said the talks were continuing."
    first = Attribution([_at(text, "said")], [_at(text, "Talks in Muscat broke down on Sunday")], [_at(text, "Varda")])
    second = Attribution(
        [(text.rindex("said"), text.rindex("said") + 4)],
        [_at(text, "the talks were continuing")],
        [_at(text, "An envoy")],
    )
    one, other = find_talks(segment(text), [first, second])
    assert (one.outcome, other.outcome) == ("broken_off", "ongoing")
    assert (one.statement, other.statement) == (first, second)


def test_a_working_level_meeting_through_mediators() -> None:
    text = "Working-level talks through Omani mediators made no headway."
    (found,) = find_talks(segment(text))
    assert (found.form, found.level, found.outcome) == ("indirect", "working", "impasse")


def test_an_earlier_truce_is_an_agreement_of_its_own() -> None:
    text = "The two sides signed a truce in Orv. The first truce collapsed in May. The truce was hailed."
    now, before = find_deals(segment(text))
    assert (now.status, before.status) == ("signed", "collapsed")
    assert len(now.sentences) + len(before.sentences) == 3


def test_a_truce_that_is_a_term_of_a_draft_is_no_agreement_by_itself() -> None:
    text = "Mediators handed over a revised draft which provides for a 30-day truce."
    (deal,) = find_deals(segment(text))
    assert deal.status == "proposed"
    assert "ceasefire" in deal.kinds


def test_a_wish_for_a_truce_is_no_agreement() -> None:
    assert not find_deals(segment("The league called for a lasting ceasefire. There was no truce in Orv."))


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The cabinet of Varda approved a ceasefire agreement on Friday.", "agreed"),
        ("Mediators announced a ceasefire agreement between Varda and the front.", "agreed"),
        ("The ceasefire agreement went into effect at dawn.", "in_force"),
        ("A ceasefire agreement was reached in Muscat.", "agreed"),
        ("The ceasefire agreement was extended by two weeks.", "in_force"),
    ],
)
def test_how_far_an_agreement_has_come(sentence: str, status: str) -> None:
    (deal,) = find_deals(segment(sentence))
    assert deal.status == status
