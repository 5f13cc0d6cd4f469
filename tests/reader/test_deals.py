"""Rounds of talks, agreements and their stages, in invented sentences."""

from onrecord.reader.deals import find_deals, find_talks
from onrecord.reader.segment import segment


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
