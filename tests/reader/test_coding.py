"""Codebook values from words."""

import pytest

from onrecord.reader.coding import certainty, contexts, modes, quotation
from onrecord.reader.cues import candidate_acts, lemma
from onrecord.reader.segment import segment


@pytest.mark.parametrize(
    ("kind", "trigger", "clause", "mode"),
    [
        ("ASSAULT", "shelling", "shelling of the port", "heavy-weapons"),
        ("ASSAULT", "attack", "a suicide bomber's attack on the market", "suicide-attack"),
        ("ASSAULT", "air strike", "an air strike hit the depot", "aerial"),
        ("RETREAT", "freed", "the front freed twelve soldiers", "release"),
        ("REQUEST", "demanded", "the front demanded a ceasefire", "yield"),
        ("REQUEST", "urged", "the mayor urged reforms", "change"),
        ("SANCTION", "recalled", "Varda recalled its negotiators", "withdraw"),
        ("COERCE", "arrested", "police arrested nine people", "arrest"),
        ("PROTEST", "rally", "a rally in the square", "demo"),
    ],
)
def test_modes(kind: str, trigger: str, clause: str, mode: str) -> None:
    assert modes(kind, trigger, clause) == (mode,)


def test_types_without_modes_have_none() -> None:
    assert modes("AGREE", "agreed", "both sides agreed to meet") == ()


def test_contexts_are_at_most_three() -> None:
    found = contexts("the army and the police took the minister, a candidate in the election, to court")
    assert len(found) == 3
    assert "military" in found


@pytest.mark.parametrize(
    ("cue", "acts"),
    [
        ("said", ("say",)),
        ("according to", ("say",)),
        ("was quoted as saying", ("say",)),
        ("denied", ("deny",)),
        ("called for", ("demand",)),
        ("reportedly", ("report",)),
        ("begged", ("ask",)),
        ("vehemently denied", ("deny",)),
        ("zigzagged", ()),
    ],
)
def test_acts_of_cues(cue: str, acts: tuple[str, ...]) -> None:
    assert candidate_acts(cue) == acts


def test_ambiguous_cues_offer_several_acts() -> None:
    assert set(candidate_acts("vowed")) == {"promise", "threaten"}
    assert lemma("urging") == "urge"


def test_quotation_marks_decide_the_kind() -> None:
    text = 'He called it "a farce" and left. "Never," she said.'
    document = segment(text)
    assert quotation(document, [(3, 31)]) == "mixed"
    assert quotation(document, [(text.index('"Never'), text.index(" she"))]) == "direct"
    assert quotation(document, [(0, 9)]) == "indirect"


def test_certainty_follows_the_cue() -> None:
    assert certainty("said", "say") == "certain"
    assert certainty("believes", "believe") == "probable"
    assert certainty("allegedly", "claim") == "unknown"
