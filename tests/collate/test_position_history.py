"""Positions over time: a party's stances on one issue in order, with what changed; the same in whatever order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collate.facts_parties import Party
from onrecord.collate.facts_voices import Voice
from onrecord.collate.position_facts import Gift, PositionFact, extent
from onrecord.collate.position_history import History, histories
from onrecord.collate.series import Origin

FRONT, VARDA = Party(id="t:front", name="Tesh Front"), Party(id="s:VRD", name="Varda")
OWN, OTHER = (
    Voice(source="n:maren", name="Ilo Maren", side="t:front"),
    Voice(source="s:VRD", name="Varda", side="s:VRD"),
)


def fact(n: int, stance: str, day: str | None, voice: Voice = OWN, **more: object) -> PositionFact:
    given = {
        "id": f"k{n:03}:o1", "seq": n, "report": f"k{n:03}", "party": FRONT, "issue": "hostages", "stance": stance,
        "day": day, "dated_by": "report", "voices": (voice,), "text": "the release of the captives",
    }  # fmt: skip
    return PositionFact(**{**given, **more})


def alone(seq: int) -> Origin:
    return Origin(story=f"k{seq:03}", voice="m:wire", outlet="Wire")


def test_stances_in_order_with_what_changed() -> None:
    (h,) = histories(
        [fact(3, "accept", "2026-03-09"), fact(1, "demand", "2026-03-01"), fact(2, "refuse", "2026-03-05", OTHER)],
        alone,
    )
    assert [(s.day, s.stance, s.told_by) for s in h.stands] == [
        ("2026-03-01", "demand", "own"), ("2026-03-05", "refuse", "other"), ("2026-03-09", "accept", "own"),
    ]  # fmt: skip
    assert [[(c.before, c.after, c.turn) for c in s.changes] for s in h.stands] == [
        [], [("demand", "refuse", True)], [("refuse", "accept", True)],
    ]  # fmt: skip


def test_a_stance_told_again_is_one_entry_until_a_long_silence() -> None:
    days = ("2026-03-01", "2026-03-02", "2026-08-01")
    (h,) = histories([fact(n, "demand", day) for n, day in enumerate(days)], alone)
    assert [(s.day, s.last, s.stories) for s in h.stands] == [
        ("2026-03-01", "2026-03-02", 2), ("2026-08-01", "2026-08-01", 1),
    ]  # fmt: skip


def test_how_much_and_what_for_are_changes_too() -> None:
    gift = (Gift(issue="ceasefire", extent=("temporary",), text="a temporary truce"),)
    (h,) = histories(
        [fact(1, "offer", "2026-03-01", extent=("some",)), fact(2, "offer", "2026-03-04", extent=("all",), gives=gift)],
        alone,
    )
    assert [(c.field, c.before, c.after) for c in h.stands[1].changes] == [
        ("extent", "some", "all"), ("gives", "", "temporary ceasefire"),
    ]  # fmt: skip


def test_what_is_not_told_again_has_not_changed() -> None:
    (h,) = histories([fact(1, "offer", "2026-03-01", extent=("all",)), fact(2, "accept", "2026-03-04")], alone)
    assert [c.field for c in h.stands[1].changes] == ["stance"]


def test_parties_and_issues_have_histories_of_their_own() -> None:
    made = histories(
        [
            fact(1, "demand", "2026-03-01"),
            fact(2, "demand", "2026-03-01", party=VARDA),
            fact(3, "aim", "2026-03-01", issue="withdrawal"),
        ],
        alone,
    )
    assert sorted((h.party.name, h.issue) for h in made) == [
        ("Tesh Front", "hostages"), ("Tesh Front", "withdrawal"), ("Varda", "hostages"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the release of all hostages", ("all",)),
        ("a 60-day truce", ("60 day",)),
        ("a permanent end to the war", ("permanent",)),
        ("the release of 1,200 prisoners", ("1200",)),
        ("the 2025 agreement", ()),
        ("guarantees", ()),
    ],
)
def test_how_much_words_speak_of(words: str, expected: tuple[str, ...]) -> None:
    assert extent(words) == expected


FACTS = st.lists(
    st.builds(
        fact,
        st.integers(1, 30),
        st.sampled_from(["demand", "offer", "accept", "refuse"]),
        st.none() | st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 9, 1)).map(str),
        st.sampled_from([OWN, OTHER, Voice()]),
        extent=st.sampled_from([(), ("all",), ("some",)]),
        past=st.booleans(),
    ),
    max_size=10,
    unique_by=lambda f: f.id,
)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_nothing_is_lost(facts: list[PositionFact], random: object) -> None:
    made = histories(facts, alone)
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert histories(shuffled, alone) == made
    assert sorted(m for h in made for s in h.stands for m in s.members) == sorted(f.id for f in facts)
    assert all(History.from_json(h.to_json()) == h for h in made)
