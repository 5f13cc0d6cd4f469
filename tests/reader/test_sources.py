"""Kind and naming of sources."""

from __future__ import annotations

import pytest

from onrecord.reader.segment import segment
from onrecord.reader.sources import anonymous_near, source_kind, source_naming
from tests.reader.test_actors import Story


def judged(marked: str, words: str) -> tuple[str, str]:
    s = Story(marked)
    start = s.at(words)
    span = (start, start + len(words))
    entities = s.who(words, speaking=True)
    return source_kind(s.document, entities, span, None), source_naming(s.document, entities, span)


@pytest.mark.parametrize(
    ("marked", "words", "kind", "naming"),
    [
        ("[P Ida Moss] said no.", "Ida Moss", "person", "named"),
        ("The harbour master said no.", "The harbour master", "unnamed_person", "described"),
        ("A senior official said no.", "A senior official", "unnamed_person", "described"),
        ("Officials said no.", "Officials", "unnamed_group", "described"),
        ("A source said no.", "A source", "unnamed_person", "anonymous"),
        ("Security sources said no.", "Security sources", "unnamed_group", "anonymous"),
        ("A clerk, who asked not to be named, said no.", "A clerk, who asked not to be named,", "unnamed_person", "anonymous"),
        ("A nurse said no, on condition of anonymity.", "A nurse", "unnamed_person", "anonymous"),
        ("A clerk who would not give her name said no.", "A clerk who would not give her name", "unnamed_person", "anonymous"),
        ("[L Varda] said no.", "Varda", "organization", "named"),
        ("The [O Lemra Trust] said no.", "The Lemra Trust", "organization", "named"),
        ("The defence ministry said no.", "The defence ministry", "organization", "named"),
        ("The army said no.", "The army", "organization", "named"),
        ("Police said no.", "Police", "organization", "described"),
        ("A commission of inquiry said no.", "A commission of inquiry", "organization", "described"),
        ("The rebels said no.", "The rebels", "organization", "described"),
        ("Rebels said no.", "Rebels", "unnamed_group", "described"),
        ("The [O Lemra Courier] said no.", "The Lemra Courier", "media", "named"),
        ("The newspaper [O Lemra Star] said no.", "The newspaper Lemra Star", "media", "named"),
        ("[O Sky News Lemra] said no.", "Sky News Lemra", "media", "named"),
        ("Thousands of [N Lemrans] said no.", "Thousands of Lemrans", "unnamed_group", "described"),
        ("A foreign ministry statement said no.", "A foreign ministry statement", "document", "named"),
        ("local newspapers said no.", "local newspapers", "media", "described"),
        ("the leaked memo said no.", "the leaked memo", "document", "described"),
        ("the [O Lemra Trust]'s report said no.", "the Lemra Trust's report", "document", "named"),
        ("[L Norway] and [L Chile] said no.", "Norway and Chile", "organization", "named"),
        ("a miner and a baker said no.", "a miner and a baker", "unnamed_group", "described"),
    ],
)  # fmt: skip
def test_kind_and_naming(marked: str, words: str, kind: str, naming: str) -> None:
    assert judged(marked, words) == (kind, naming)


def test_anonymity_promised_once_holds_for_the_actor() -> None:
    s = Story("A clerk, who asked not to be identified, wept. The clerk said no.")
    s.ask("A clerk, who asked not to be identified,", speaking=True)
    start = s.at("The clerk")
    entities = s.who("The clerk", speaking=True)
    assert source_naming(s.document, entities, (start, start + 9)) == "anonymous"


def test_no_source_in_the_text() -> None:
    document = segment("It was reported that rain fell.")
    assert source_kind(document, [], None, None) == "unknown"
    assert source_naming(document, [], None) == "none"


def test_the_encoder_decides_where_words_do_not() -> None:
    s = Story("The gizmo said no.")
    entities = s.who("The gizmo")
    assert source_kind(s.document, entities, (0, 9), None) == "unknown"
    assert source_kind(s.document, entities, (0, 9), ("person", 0.9)) == "unnamed_person"
    assert source_kind(s.document, [], (0, 9), ("organization", 0.9)) == "organization"


def test_wants_that_are_not_namelessness() -> None:
    document = segment("The clerk did not want to give figures. He declined to be drawn.")
    assert not anonymous_near(document, [(0, 9)])
