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


def test_a_denial_is_a_statement_of_its_own() -> None:
    text = "The army accused the Keth of shelling Varo, which the Keth denied."
    content = ("the Keth of shelling Varo", "content")
    accused, denied = read(
        text,
        {"cue": [("accused", "cue"), ("denied", "cue")], "source": [("The army", "source"), ("the Keth@2", "source")]},
        {
            ("attribution", "accused"): [("The army", "source"), content],
            ("attribution", "denied"): [("the Keth@2", "source"), content],
        },
    )
    assert (accused.act, words(text, accused.sources), accused.outer) == ("accuse", ["The army"], [])
    assert (denied.act, words(text, denied.sources)) == ("deny", ["the Keth"])
    assert words(text, denied.contents) == ["the Keth of shelling Varo"]


def test_what_another_assured_is_within_what_is_told() -> None:
    text = "Okoro told the cabinet that Desta had assured him that no troops would come."
    content = ("no troops would come", "content")
    told, assured = read(
        text,
        {"cue": [("told", "cue"), ("had assured", "cue")], "source": [("Okoro", "source"), ("Desta", "source")]},
        {
            ("attribution", "told"): [("Okoro", "source"), content],
            ("attribution", "had assured"): [("Desta", "source"), content],
        },
    )
    assert words(text, told.contents) == ["Desta had assured him that no troops would come"]
    assert assured.within is told
    assert words(text, assured.sources) == ["Desta"]


def test_a_quotation_belongs_to_the_cue_of_its_own_sentence() -> None:
    text = '"We did not start this," Desta said. "We will finish it," he added.'
    first, second = '"We did not start this,"', '"We will finish it,"'
    said, added = read(
        text,
        {"cue": [("said", "cue"), ("added", "cue")], "source": [("Desta", "source"), ("he added", "source")]},
        {
            ("attribution", "said"): [("Desta", "source"), (first, "content"), (second, "content")],
            ("attribution", "added"): [("he", "source"), (first, "content"), (second, "content")],
        },
    )
    assert words(text, said.contents) == [first]
    assert words(text, added.contents) == [second]


def test_what_stands_behind_another_cue_is_that_cues_content() -> None:
    text = "Desta denied the report, calling it false."
    denied, called = read(
        text,
        {"cue": [("denied", "cue"), ("calling", "cue")], "source": [("Desta", "source")]},
        {
            ("attribution", "denied"): [("Desta", "source"), ("the report", "content"), ("false", "content")],
            ("attribution", "calling"): [("Desta", "source"), ("it false", "content")],
        },
    )
    assert words(text, denied.contents) == ["the report"]
    assert words(text, called.contents) == ["it false"]


def test_hearsay_beside_a_named_source_is_one_statement() -> None:
    text = "Two clinics were reportedly hit, according to Orl."
    (s,) = read(
        text,
        {"cue": [("reportedly", "cue"), ("according to", "cue")], "source": [("Orl", "source")]},
        {
            ("attribution", "reportedly"): [("Two clinics were", "content"), ("hit", "content")],
            ("attribution", "according to"): [("Orl", "source"), ("Two clinics were reportedly hit", "content")],
        },
    )
    assert words(text, s.sources) == ["Orl"]
    assert s.outer == []


def test_who_acts_before_a_deed_that_is_reported_did_both() -> None:
    text = "Observers reported that gunmen had shot two herders after accusing them of theft."
    reported, accused = read(
        text,
        {"cue": [("reported", "cue"), ("accusing", "cue")], "source": [("Observers", "source")]},
        {
            ("attribution", "reported"): [
                ("Observers", "source"),
                ("that gunmen had shot two herders", "content"),
            ],
            ("attribution", "accusing"): [("them of theft", "content")],
        },
    )
    assert words(text, accused.sources) == ["gunmen"]
    assert accused.within is reported
    assert words(text, reported.contents) == ["that gunmen had shot two herders after accusing them of theft"]


def test_what_would_be_has_no_doer_that_accused_before() -> None:
    text = "Observers said that gunmen would return, after accusing them of theft."
    _, accused = read(
        text,
        {"cue": [("said", "cue"), ("accusing", "cue")], "source": [("Observers", "source")]},
        {
            ("attribution", "said"): [("Observers", "source"), ("that gunmen would return", "content")],
            ("attribution", "accusing"): [("them of theft", "content")],
        },
    )
    assert words(text, accused.sources) == ["Observers"]


def test_silence_and_what_nobody_could_check_are_no_statements() -> None:
    for text, cue, content in (
        ("The ministry made no mention of the strike.", "made no mention", "the strike"),
        ("The Lake Post could not independently verify the reports.", "could not independently verify", "the reports"),
    ):
        source = " ".join(text.split()[: text.split().index(cue.split()[0])])
        marks = {("attribution", cue): [(source, "source"), (content, "content")]}
        assert read(text, {"cue": [(cue, "cue")], "source": [(source, "source")]}, marks) == []


def test_nobody_claims() -> None:
    text = "No group has claimed responsibility."
    marks = {("attribution", "has claimed"): [("No group", "source"), ("responsibility", "content")]}
    assert read(text, {"cue": [("has claimed", "cue")], "source": [("No group", "source")]}, marks) == []


def test_a_cue_of_auxiliaries_goes_on_to_its_verb() -> None:
    text = "Varda had quietly advised Okoro against it."
    (s,) = read(
        text,
        {"cue": [("had", "cue")], "source": [("Varda", "source")]},
        {("attribution", "had"): [("Varda", "source"), ("against it", "content")]},
    )
    assert words(text, s.cues) == ["had quietly advised"]
    assert s.act == "advise"


def test_who_would_not_say_declines() -> None:
    text = "Okoro would not say whether the road was open."
    (s,) = read(
        text,
        {"cue": [("would not say", "cue")], "source": [("Okoro", "source")]},
        {("attribution", "would not say"): [("Okoro", "source"), ("whether the road was open", "content")]},
    )
    assert (s.act, s.contents) == ("decline", [])


def test_the_addressee_stands_where_the_cue_does() -> None:
    text = "Desta called Selu. Okoro said the rebels had offered a truce, speaking after a meeting with Varda."
    (s,) = read(
        text,
        {"cue": [("said", "cue")], "source": [("Okoro", "source")]},
        {
            ("attribution", "said"): [
                ("Okoro", "source"),
                ("the rebels had offered a truce", "content"),
                ("Selu", "addressee"),
            ]
        },
    )
    assert s.addressees == []


def test_what_a_count_is_put_at_is_a_statement() -> None:
    text = "They want the prisoners freed, whose number rights groups put at more than 600."
    (s,) = read(text, {}, {})
    assert words(text, s.sources) == ["rights groups"]
    assert words(text, s.contents) == ["whose number", "at more than 600"]
    assert s.act == "estimate"


def test_citing_is_no_statement_beside_another() -> None:
    text = "Okoro accused the guards of theft, citing the accounts of two drivers."
    (s,) = read(
        text,
        {"cue": [("accused", "cue"), ("citing", "cue")], "source": [("Okoro", "source")]},
        {
            ("attribution", "accused"): [("Okoro", "source"), ("the guards of theft", "content")],
            ("attribution", "citing"): [("Okoro", "source"), ("the accounts of two drivers", "content")],
        },
    )
    assert words(text, s.outer) == ["Okoro"]
    assert words(text, s.sources) == ["the accounts of two drivers"]
