"""Paragraphs, quotations, sentences and words."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.segment import MAX_SENTENCE_CHARS, segment


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in segment(text).sentences]


def words(text: str) -> list[str]:
    document = segment(text)
    return [document.word(i) for i in range(len(document.words))]


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    text = "Gen. Harun B. Desta met Mrs. Okoro in the U.S. Senate. He left at 5 p.m. on Friday."
    assert sentences(text) == [
        "Gen. Harun B. Desta met Mrs. Okoro in the U.S. Senate.",
        "He left at 5 p.m. on Friday.",
    ]


def test_a_country_abbreviation_may_end_a_sentence() -> None:
    assert sentences("The envoy flew to the U.S. The talks went on.") == [
        "The envoy flew to the U.S.",
        "The talks went on.",
    ]


def test_a_stop_inside_quotation_marks_ends_the_sentence_with_its_mark() -> None:
    text = '"We will not leave." The general laughed. “Never!” she said.'
    assert sentences(text) == ['"We will not leave."', "The general laughed.", "“Never!” she said."]


def test_paragraphs_always_end_sentences() -> None:
    assert sentences("TALKS RESUME IN VARDA\n\nThe front agreed to talks") == [
        "TALKS RESUME IN VARDA",
        "The front agreed to talks",
    ]


def test_words_part_clitics_hyphens_and_money() -> None:
    assert words("Varda's 19-month siege didn't cost $3.5 million.") == [
        "Varda", "'s", "19", "-", "month", "siege", "did", "n't", "cost", "$", "3.5", "million", ".",
    ]  # fmt: skip
    assert words("the U.N. envoy O'Hara") == ["the", "U.N.", "envoy", "O'Hara"]


def test_quotations_keep_their_marks_and_apostrophes_are_none() -> None:
    text = "The rebels' chief said: \"It's over,\" and left. She called it “a ‘bad’ day”."
    document = segment(text)
    assert [text[a:b] for a, b in document.quotes] == ['"It\'s over,"', "“a ‘bad’ day”"]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = '"We came in peace.\n\n"And we leave in peace," he said.'
    document = segment(text)
    assert [text[a:b] for a, b in document.quotes] == ['"We came in peace.', '"And we leave in peace,"']


def test_a_long_stretch_without_stops_is_cut_between_words() -> None:
    document = segment("word " * 2000)
    assert max(b - a for a, b in document.sentences) <= MAX_SENTENCE_CHARS
    assert len(document.words) == 2000


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_ranges_are_ordered_disjoint_and_inside(text: str) -> None:
    document = segment(text)
    for ranges in (document.paragraphs, document.sentences, document.words):
        flat = [x for r in ranges for x in r]
        assert flat == sorted(flat)
        assert all(a < b for a, b in ranges)
        assert not flat or (flat[0] >= 0 and flat[-1] <= len(text))
    counted = [i for a, b in document.sentence_words for i in range(a, b)]
    assert counted == list(range(len(document.words)))
    for i, (first, last) in enumerate(document.sentence_words):
        for w in range(first, last):
            assert document.sentences[i][0] <= document.words[w][0] < document.words[w][1] <= document.sentences[i][1]


@given(st.text(max_size=200), st.integers(0, 200))
def test_lookups_agree_with_the_ranges(text: str, offset: int) -> None:
    document = segment(text)
    i = document.sentence_at(offset)
    assert i < 0 or document.sentences[i][0] <= offset
    assert [
        w for w in range(len(document.words)) if document.words[w][0] < offset + 5 and document.words[w][1] > offset
    ] == list(document.words_in(offset, offset + 5))
