"""Copies: what an editor does to a wire text leaves it a copy; what two stories share does not make them one."""

import random
import subprocess
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collate import copies
from onrecord.collate.copies_likeness import story
from onrecord.collate.copies_words import runs, words

SYLLABLES = "ba do ka mi ro su te vo la ne pri sto gur hel".split()


def sentence(rng: random.Random, length: int = 18) -> str:
    made = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(length)]
    return " ".join(made).capitalize() + "."


def wire(seed: int, paragraphs: int = 14) -> list[str]:
    rng = random.Random(seed)
    return [f"{sentence(rng)} {sentence(rng, 12)}" for _ in range(paragraphs)]


def text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def found(reports: dict[str, str]) -> list[tuple[str, ...]]:
    index = copies.CopyIndex()
    index.add(reports.items())
    return copies.groups(index.pairs(reports))


ONE, TWO = wire(1), wire(2)


@pytest.mark.parametrize(
    ("name", "edited"),
    [
        ("cut", text(ONE[:6])),
        ("reordered", text([ONE[0], *reversed(ONE[1:])])),
        ("new lead", text([sentence(random.Random(9)), *ONE[1:]])),
        ("headline and credit", text(["The lake towns wait", *ONE, "(Reporting by Ilo Maren; editing by Jo Tesh)"])),
        ("thinned", text(ONE[::2])),
        ("upper case and typography", text(ONE).upper().replace(".", " — ").replace("A", "Á")),
        ("with a part of another", text([*ONE, *TWO[:3]])),
        ("one word in ten changed", " ".join(w if i % 10 else "zed" for i, w in enumerate(text(ONE).split()))),
    ],
)
def test_an_edited_text_is_a_copy(name: str, edited: str) -> None:
    assert copies.is_copy(copies.likeness(text(ONE), edited)), name
    assert found({"a": text(ONE), "b": edited, "c": text(TWO)}) == [("a", "b")]


@pytest.mark.parametrize("shared", [1, 3, 5])
def test_stories_that_share_quotes_and_background_are_two(shared: int) -> None:
    other = text([*TWO, *ONE[-shared:]])
    assert not copies.is_copy(copies.likeness(text(ONE), other))
    assert found({"a": text(ONE), "b": other}) == []


def test_a_short_quotation_is_no_copy_of_its_speech() -> None:
    quoted = " ".join(ONE[0].split()[:20])
    assert not copies.is_copy(copies.likeness(text(ONE), quoted))


def test_a_merged_report_joins_no_two_stories() -> None:
    both = text([*ONE[:8], *TWO[:8]])
    reports = {"a": text(ONE), "a2": text(ONE[:9]), "b": text(TWO), "b2": text(TWO[:9]), "m": both}
    assert found(reports) == [("a", "a2"), ("b", "b2")]


def test_a_report_with_a_little_of_another_goes_with_its_own() -> None:
    mostly = text([*ONE[:10], *TWO[:4]])
    reports = {"a": text(ONE), "a2": text(ONE[:12]), "b": text(TWO), "b2": text(TWO[:4]), "m": mostly}
    assert found(reports) == [("a", "a2", "m"), ("b", "b2")] or found(reports) == [("a", "a2", "m")]


def test_two_cuts_that_share_nothing_meet_in_their_origin() -> None:
    assert found({"o": text(ONE), "o2": text(ONE[:13]), "x": text(ONE[:8]), "y": text(ONE[5:])}) == [
        ("o", "o2", "x", "y")
    ]


def test_credit_lines_are_no_part_of_a_story() -> None:
    lines = (
        "(Reporting by A. Lowe and B. Vree; editing by C. Dunn)", "Sign up for our newsletter here.", "© 2026 The Orm",
        "Associated Press writer Jo Roe contributed to this report.", "Read more: the talks so far", "Source: Reuters",
    )  # fmt: skip
    assert story("\n".join(["The talks ended.", *lines])) == "The talks ended."
    kept = "Read the decree aloud, the minister told a crowd that had waited for hours on Tuesday."
    assert story(kept) == kept


def test_signatures_are_the_same_in_every_process() -> None:
    code = f"from onrecord.collate.copies import *; print(bands(signature({text(ONE)!r})))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == str(copies.bands(copies.signature(text(ONE))))


def test_a_pinned_signature() -> None:
    """Bands are kept in ledgers: whoever changes them must raise the version of what is derived."""
    pinned = [100911138259941621, -8573198994712989649]
    assert copies.bands(copies.signature("Talks on the lake ended without a deal"))[:2] == pinned


def test_no_word_no_copy() -> None:
    assert copies.bands(copies.signature(" … — ")) == []
    assert found({"a": "", "b": "", "c": "…"}) == []
    assert not copies.is_copy(copies.likeness("", ""))


def test_groups_do_not_depend_on_order() -> None:
    rng = random.Random(3)
    reports = {f"r{n}": text(rng.sample(ONE, 8) + rng.sample(TWO, rng.randint(0, 6))) for n in range(14)}
    index = copies.CopyIndex()
    index.add(reports.items())
    pairs = index.pairs(reports)
    expected = copies.groups(pairs)
    for _ in range(5):
        shuffled = list(pairs.items())
        rng.shuffle(shuffled)
        turned = {(b, a): like.turned() for (a, b), like in shuffled}
        assert copies.groups(turned) == expected


WORDS = st.text(alphabet=st.sampled_from("abcdé 1.,'’—\n\u00adß漢\U0001f600"), max_size=120)


@given(st.lists(WORDS, max_size=6))
@settings(deadline=None)
def test_words_do_not_depend_on_what_is_beside_them(texts: list[str]) -> None:
    together = words(texts)
    hashes, owners = runs(together)
    for n, one in enumerate(texts):
        alone = words([one])
        assert np.array_equal(together.hashes[together.firsts[n] : together.firsts[n + 1]], alone.hashes)
        assert np.array_equal(hashes[owners == n], runs(alone)[0])
    if texts:
        assert np.array_equal(copies.signatures(texts)[0], copies.signature(texts[0]))


@pytest.mark.parametrize("text", ["\U0001f600b,d ", ",\U0001f600,cß,", *(f"w{n}" for n in range(400))])
def test_a_text_of_few_words_has_a_signature_too(text: str) -> None:
    assert copies.has_words(copies.signature(text)[None])[0]
    assert len(set(copies.signature(text).tolist())) <= len(text.split()) + 2


@given(WORDS)
@settings(deadline=None)
def test_words_are_those_of_a_plain_reading(one: str) -> None:
    plain = "".join(c for c in unicodedata.normalize("NFD", one) if unicodedata.category(c) not in {"Mn", "Cf"})
    plain = "".join(c if c.isalnum() or c in "'’\U0001f600" else " " for c in plain).replace("'", "").replace("’", "")
    expected = plain.lower().split()
    got = words([one]).hashes
    assert len(got) == len(expected)
    assert len(set(got.tolist())) == len(set(expected))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
@settings(deadline=None, max_examples=50)
def test_likeness_counts_what_is_shared(common: int, left: int, right: int) -> None:
    rng = random.Random(common * 10_000 + left * 100 + right)
    shared = [f"w{rng.randrange(10**9)}" for _ in range(common)]
    a = shared + [f"a{n}" for n in range(left)]
    b = [f"b{n}" for n in range(right)] + shared
    like = copies.likeness(" ".join(a), " ".join(b))
    assert like.turned() == copies.likeness(" ".join(b), " ".join(a))
    if common >= 7:
        assert like.shared == common
        assert like.containment_a == common / len(a)
        assert like.longest == common


def test_resemblance_shows_in_signatures() -> None:
    rng = random.Random(5)
    for share in (0.2, 0.5, 0.8):
        base = [sentence(rng, 40) for _ in range(30)]
        other = base[: int(30 * share)] + [sentence(rng, 40) for _ in range(30 - int(30 * share))]
        a, b = text(base), text(other)
        agree = float((copies.signature(a) == copies.signature(b)).mean())
        assert abs(agree - copies.likeness(a, b).resemblance) < 0.2


FACTS = copies.CopyFacts


@pytest.mark.parametrize(
    ("reports", "first"),
    [
        ([FACTS(key="a", published="2026-03-04"), FACTS(key="b", published="2026-03-03")], "b"),
        ([FACTS(key="a", published="2026-03-04"), FACTS(key="b", published="2026-03-04T08:00:00Z")], "b"),
        (
            [FACTS(key="a", published="2026-03-04T09:00:00+05:00"), FACTS(key="b", published="2026-03-04T08:00:00Z")],
            "a",
        ),
        ([FACTS(key="a", published="2026-03-03"), FACTS(key="b", agency="Reuters", published="2026-03-04")], "b"),
        ([FACTS(key="a", agency="Reuters"), FACTS(key="b", publisher="Reuters", published="2026-03-09")], "b"),
        ([FACTS(key="a", agency="AP"), FACTS(key="b", agency="AFP"), FACTS(key="c", credited=("AP",))], "a"),
        ([FACTS(key="b"), FACTS(key="a")], "a"),
        ([FACTS(key="b", published="2026-03-09"), FACTS(key="a")], "b"),
    ],
)
def test_origin(reports: list[copies.CopyFacts], first: str) -> None:
    assert copies.origin(reports) == first
    assert copies.origin(reports[::-1]) == first


def test_origin_of_nothing() -> None:
    with pytest.raises(ValueError, match="has reports"):
        copies.origin([])


@pytest.mark.parametrize(
    ("told", "agencies"),
    [
        ("ORM CITY, March 4 (Reuters) — Talks ended.", ("Reuters",)),
        ("Talks ended.\n\nAssociated Press writers Jo Roe in Orm and Ann Lowe contributed to this report.", ("AP",)),
        ("Talks ended, with inputs from PTI and others.", ("PTI",)),
        ("Talks ended.\nSource: AFP", ("AFP",)),
        ("The AP gave him a camera.", ()),
    ],
)
def test_credited_agencies(told: str, agencies: tuple[str, ...]) -> None:
    assert copies.credited_in(told) == agencies
