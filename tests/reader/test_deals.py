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


@pytest.mark.parametrize(
    "sentence",
    [
        "The front saw no point in another meeting.",
        "The dispute must be settled through negotiations.",
        "Varda came under pressure to resume talks.",
        "The accord paves the way for talks.",
    ],
)
def test_talks_that_are_a_means_or_a_prospect_make_no_record(sentence: str) -> None:
    assert not find_talks(segment(sentence))


@pytest.mark.parametrize(
    ("sentence", "words", "outcome"),
    [
        ("Another meeting will be held in Orv.", "Another meeting", "planned"),
        ("The Varda-Orland Council meeting is due to be held in May.", "Varda-Orland Council meeting", "planned"),
        ("The envoy met rebel leaders in Orv last week.", "met rebel leaders", "unknown"),
    ],
)
def test_meetings_are_talks(sentence: str, words: str, outcome: str) -> None:
    (found,) = find_talks(segment(sentence))
    assert (sentence[slice(*found.span)], found.outcome) == (words, outcome)


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


def test_talks_not_told_of_before_that_end_otherwise_are_another_round() -> None:
    text = "Talks in Muscat ended in deadlock on Sunday. Expert-level talks will be held in Orv next week."
    first, second = find_talks(segment(text))
    assert (first.outcome, second.outcome) == ("impasse", "planned")
    text = "Talks in Muscat ended in deadlock on Sunday. The talks will resume in Orv next week."
    assert len(find_talks(segment(text))) == 1


def test_what_a_source_knows_of_gives_way_to_what_is_told() -> None:
    text = "Two officials with knowledge of the talks spoke to reporters. Nine days of talks ended in deadlock."
    (found,) = find_talks(segment(text))
    assert text[slice(*found.span)] == "Nine days of talks"
    assert found.outcome == "impasse"


def test_rounds_are_counted_on() -> None:
    text = "The seventh round of those negotiations made little headway. A further round will be held in May."
    first, second = find_talks(segment(text))
    assert text[slice(*first.span)] == "The seventh round of those negotiations"
    assert text[slice(*second.span)] == "A further round"


def test_negotiating_and_going_between_are_talks() -> None:
    (found,) = find_talks(segment("Varda and the front are negotiating a treaty."))
    assert found.form == "unknown"
    (found,) = find_talks(segment("The envoy shuttled between the two camps for a week."))
    assert found.form == "indirect"


def test_face_to_face_talks_are_direct_whatever_came_before() -> None:
    text = "Indirect talks ended in deadlock on Sunday. Face-to-face talks will begin next week."
    assert [t.form for t in find_talks(segment(text))] == ["indirect", "direct"]


def test_a_headline_tells_of_no_round_and_no_agreement() -> None:
    text = "Talks on truce deal stall. The talks on a truce deal stalled."
    body = text.index("The talks")
    (found,) = find_talks(segment(text), inside=lambda offset: offset >= body)
    assert found.span[0] == body
    assert all(d.span[0] > body for d in find_deals(segment(text), inside=lambda offset: offset >= body))


def test_all_stages_of_a_proposal_are_planned() -> None:
    (deal,) = find_deals(segment("Mediators put forward a proposed three-stage truce deal."))
    assert [s.status for s in deal.stages] == ["planned", "planned", "planned"]


def test_an_agreement_keeps_the_words_before_it() -> None:
    (deal,) = find_deals(segment("Varda signed a separate peace agreement with Orland in May."))
    assert (deal.name, deal.status) == ("separate peace agreement", "signed")


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
        ("Varda freed 12 men under a deal brokered by Oman.", "in_force"),
        ("Shelling went on despite a ceasefire agreed in May.", "violated"),
        ("The 2015 peace accord was abandoned by Varda in May.", "collapsed"),
        ("The two sides are negotiating a peace treaty.", "proposed"),
        ("Mediators handed over a draft peace accord.", "proposed"),
        ("The two sides swapped 40 captives in the first prisoner exchange since May.", "completed"),
    ],
)
def test_how_far_an_agreement_has_come(sentence: str, status: str) -> None:
    (deal,) = find_deals(segment(sentence))
    assert deal.status == status
