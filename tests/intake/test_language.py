"""Languages: what the input says, made sure of by the text."""

from __future__ import annotations

import dataclasses

import pytest

from onrecord.intake import Item
from onrecord.intake.language import base, is_foreign, judged, stays_unread
from tests.intake.samples import FIRST, SECOND

ENGLISH = f"{FIRST} {SECOND}"
FRENCH = (
    "Les deux parties se sont réunies mardi pour la troisième journée, ont indiqué les médiateurs dans une brève "
    "déclaration. Personne n'a été blessé lorsqu'un obus est tombé près de la salle où les délégations étaient réunies."
)


@pytest.mark.parametrize(
    ("text", "declared", "found", "noted"),
    [
        (ENGLISH, None, None, False), (ENGLISH, "en-GB", "en-GB", False), (ENGLISH, "fr", "en", True),
        (FRENCH, None, "fr", False), (FRENCH, "fr-FR", "fr-FR", False), (FRENCH, "en", "fr", True),
        ("Un mot.", "fr", "fr", False), ("Un mot.", None, None, False), ("", "fr", "fr", False), (ENGLISH, "und", "und", False),
    ],
)  # fmt: skip
def test_the_text_decides_where_it_can(text: str, declared: str | None, found: str | None, noted: bool) -> None:
    item = judged(Item(text=text, language=declared))
    assert item.language == found
    assert [n.code for n in item.notes] == ["OR-I25"] * noted
    assert is_foreign(item) == (base(found) not in (None, "en"))
    assert judged(item) == item


def test_what_stays_unread() -> None:
    item = Item(text=ENGLISH)
    assert not stays_unread(item)
    assert stays_unread(dataclasses.replace(item, status="canceled"))
    assert stays_unread(judged(Item(text=FRENCH)))


@pytest.mark.parametrize(
    ("tag", "code"), [("EN_us", "en"), ("eng", "en"), ("", None), (None, None), ("mul", None), ("zh-Hant", "zh")]
)
def test_language_tags(tag: str | None, code: str | None) -> None:
    assert base(tag) == code
