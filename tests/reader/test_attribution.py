"""Statements from sure scores: what the assembly around the encoder does, in invented sentences."""

from onrecord.reader.attribution import Attribution, attribute
from onrecord.reader.segment import segment
from tests.reader.fake_scores import FakeScores


def read(text: str, tokens: dict, pairs: dict) -> list[Attribution]:
    document = segment(text)
    return attribute(document, FakeScores(document, tokens, pairs))  # type: ignore[arg-type]


def words(text: str, ranges: list[tuple[int, int]]) -> list[str]:
    return [text[a:b] for a, b in ranges]


def test_one_cue_one_statement_and_the_stop_is_no_content() -> None:
    text = "The ministry said the convoy had reached Keshet."
    (s,) = read(
        text,
        {"cue": [("said", "cue")], "source": [("The ministry", "source")]},
        {("attribution", "said"): [("The ministry", "source"), ("the convoy had reached Keshet.", "content")]},
    )
    assert words(text, s.sources) == ["The ministry"]
    assert words(text, s.contents) == ["the convoy had reached Keshet"]
    assert s.act == "say"


def test_a_quotation_is_taken_whole_with_its_marks_over_sentences() -> None:
    text = '"We came in peace. We leave in peace," Desta said.'
    (s,) = read(
        text,
        {"cue": [("said", "cue")], "source": [("Desta", "source")]},
        {("attribution", "said"): [("Desta", "source"), ("We leave in peace", "content")]},
    )
    assert words(text, s.contents) == ['"We came in peace. We leave in peace,"']


def test_citing_makes_a_chain_of_two() -> None:
    text = "Citing a military source, Channel 6 reported that two drones were lost."
    content = ("that two drones were lost", "content")
    (s,) = read(
        text,
        {
            "cue": [("Citing", "cue"), ("reported", "cue")],
            "source": [("a military source", "source"), ("Channel 6", "source")],
        },
        {
            ("attribution", "Citing"): [("a military source", "source"), content],
            ("attribution", "reported"): [("Channel 6", "source"), content],
        },
    )
    assert words(text, s.outer) == ["Channel 6"]
    assert words(text, s.sources) == ["a military source"]
    assert words(text, s.cues) == ["Citing", "reported"]


def test_who_cites_somebody_beside_a_statement_is_the_outer_link() -> None:
    text = "The Lake Post, citing two doctors, put the toll at nine."
    content = ("the toll at nine", "content")
    (s,) = read(
        text,
        {"cue": [("citing", "cue")], "source": [("two doctors", "source")]},
        {("attribution", "citing"): [("two doctors", "source"), content]},
    )
    assert words(text, s.sources) == ["two doctors"]
    assert words(text, s.outer) == ["The Lake Post"]


def test_a_statement_told_in_another_is_within_it() -> None:
    text = "Okoro said the rebels had promised to leave."
    outer, inner = read(
        text,
        {"cue": [("said", "cue"), ("promised", "cue")], "source": [("Okoro", "source"), ("the rebels", "source")]},
        {
            ("attribution", "said"): [("Okoro", "source"), ("the rebels had promised to leave", "content")],
            ("attribution", "promised"): [("the rebels", "source"), ("to leave", "content")],
        },
    )
    assert inner.within is outer
    assert inner.act == "promise"
    assert outer.within is None


def test_a_quotation_without_a_cue_goes_on_with_the_statement_before() -> None:
    text = '"The siege must end," Okoro said. "People are eating leaves and grass."'
    (s,) = read(
        text,
        {
            "cue": [("said", "cue")],
            "source": [("Okoro", "source")],
            "content": [('"The siege must end,"', "content"), ('"People are eating leaves and grass."', "content")],
        },
        {("attribution", "said"): [("Okoro", "source"), ('"The siege must end,"', "content")]},
    )
    assert words(text, s.contents) == ['"The siege must end,"', '"People are eating leaves and grass."']


def test_declining_to_comment_is_a_statement_without_content() -> None:
    text = "The embassy declined to comment."
    (s,) = read(
        text,
        {"cue": [("declined to comment", "cue")], "source": [("The embassy", "source")]},
        {("attribution", "declined to comment"): [("The embassy", "source")]},
    )
    assert (s.act, s.contents) == ("decline", [])


def test_a_participle_borrows_the_source_of_the_cue_before() -> None:
    text = "The front accused Varda of lying, saying no talks had been held."
    first, second = read(
        text,
        {"cue": [("accused", "cue"), ("saying", "cue")], "source": [("The front", "source")]},
        {
            ("attribution", "accused"): [("The front", "source"), ("Varda of lying", "content")],
            ("attribution", "saying"): [("no talks had been held", "content")],
        },
    )
    assert first.act == "accuse"
    assert words(text, second.sources) == ["The front"]


def test_unquoted_content_stops_at_its_sentence() -> None:
    text = "The front wants a truce. It will wait, an aide said."
    (s,) = read(
        text,
        {"cue": [("said", "cue")], "source": [("an aide", "source")]},
        {("attribution", "said"): [("an aide", "source"), ("a truce. It will wait", "content")]},
    )
    assert words(text, s.contents) == ["It will wait"]


def test_an_article_or_a_comma_is_no_source() -> None:
    text = "The convoy, the mayor said, had left."
    (s,) = read(
        text,
        {"cue": [("said", "cue")], "source": [("the", "source")]},
        {("attribution", "said"): [("the", "source"), ("The convoy", "content")]},
    )
    assert s.sources == []


def test_namelessness_that_a_source_asks_for_is_no_content() -> None:
    text = "A guard spoke of two blasts and requested anonymity."
    found = read(
        text,
        {"cue": [("spoke", "cue"), ("requested", "cue")], "source": [("A guard", "source")]},
        {
            ("attribution", "spoke"): [("A guard", "source"), ("two blasts", "content")],
            ("attribution", "requested"): [("A guard", "source"), ("anonymity", "content")],
        },
    )
    assert [words(text, s.contents) for s in found] == [["two blasts"]]


def test_a_name_is_no_cut_source() -> None:
    from onrecord.reader.attribution import _uncut
    from onrecord.reader.encoder import Span

    sources = [Span(0, 1, "source", 0.9), Span(1, 4, "source", 0.9), Span(8, 9, "source", 0.9)]
    assert _uncut(sources, [Span(0, 4, "name", 0.9), Span(8, 12, "nominal", 0.9)]) == [(0, 4), (8, 9)]
