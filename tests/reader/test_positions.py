"""Rules and the encoder's head together, in invented sentences with marked scores."""

from onrecord.reader.positions import find_positions
from onrecord.reader.segment import segment
from tests.reader.fake_scores import FakeScores


def _scores(text: str, tokens: dict, pairs: dict | None = None):
    document = segment(text)
    return document, FakeScores(document, tokens, pairs or {})


def test_the_head_adds_what_no_rule_finds() -> None:
    text = "For the Teal Column it is the valley or nothing. Ruvania refused to withdraw."
    document, scores = _scores(
        text,
        {
            "position": [("the valley", "position")],
            "stance": [("the valley", "insist")],
            "issue": [("the valley", "territory")],
        },
        {("stand", "the valley"): [("the Teal Column", "party")]},
    )
    mine, rule = find_positions(document, scores, [], [])
    assert (mine.stance, mine.issue, mine.rule) == ("insist", "territory", "")
    assert [text[slice(*p)] for p in mine.parties] == ["the Teal Column"]
    assert (rule.stance, rule.issue) == ("refuse", "withdrawal")
    assert rule.rule


def test_where_both_find_it_the_rule_stands() -> None:
    text = "Ruvania refused to withdraw its troops."
    document, scores = _scores(
        text, {"position": [("withdraw its troops", "position")], "stance": [("withdraw its troops", "support")]}
    )
    (draft,) = find_positions(document, scores, [], [])
    assert (draft.stance, draft.issue) == ("refuse", "withdrawal")


def test_the_head_names_an_issue_that_no_word_names() -> None:
    text = "Ruvania demanded the whole cake."
    document, scores = _scores(text, {"issue": [("the whole cake", "territory")]})
    (draft,) = find_positions(document, scores, [], [])
    assert draft.issue == "territory"


def test_an_empty_text_has_no_positions() -> None:
    document, scores = _scores("", {})
    assert find_positions(document, scores, [], []) == []
