"""What can be one happening, and groups larger than the reach of a comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collate.accounts import Account, accounts
from onrecord.collate.actors import identities
from onrecord.collate.decisions import MERGE, SPLIT, Decision, divided, united
from onrecord.collate.happening_kinds import may_be_one
from onrecord.collate.happenings import cluster
from tests.collate.plain import Line, report
from tests.collate.test_standing import known

SHELLED = "Varda *shelled* the market of Port Selu"


def account(line: Line, published: str = "2025-03-04") -> Account:
    k = known(report(line, published=published))
    return accounts(k, identities(k))[0]


@pytest.mark.parametrize(
    ("line", "may"),
    [
        (Line(SHELLED + " today"), True),
        (Line("the market of Port Selu was *bombed* by Varda"), True),
        (Line("Tesh Front *shelled* its own market and blamed Varda"), True),
        (Line("Varda *met* the envoys of Tesh Front in Lake Orm", type="CONSULT"), False),
        (Line("Tesh Front *accused* Varda of shelling Port Selu", type="ACCUSE"), False),
        (Line(SHELLED + " again", day="2025-03-20"), False),
    ],
)
def test_what_can_be_one_happening(line: Line, may: bool) -> None:
    one, two = account(Line(SHELLED, day="2025-03-04")), account(line)
    assert may_be_one(one, two) is may
    assert may_be_one(two, one) is may


def test_speech_of_two_actors_is_two_happenings() -> None:
    varda = account(Line("Varda *accused* the world of silence", type="ACCUSE"))
    front = account(Line("Tesh Front *accused* the world of silence", type="ACCUSE"))
    assert not may_be_one(varda, front)
    assert not may_be_one(varda, varda)


def test_a_happening_of_more_reports_than_are_compared_stays_one() -> None:
    names = [f"m{n:02}" for n in range(60)]
    edges = [(a, b, 0.9) for n, a in enumerate(names) for b in names[n + 1 : n + 9]]
    assert len(cluster(names, edges, sparse=True)) == 1
    assert len(cluster(names, edges)) > 1


NAMES = ("a", "b", "c", "d")
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1])
DECISIONS = st.lists(st.builds(lambda action, pair: Decision(action, *pair), st.sampled_from([MERGE, SPLIT]), PAIRS))


@given(st.lists(st.sampled_from([("a", "b", "c", "d"), ("a", "b"), ("c", "d")]), min_size=1, max_size=1), DECISIONS)
def test_decisions_make_a_partition_in_which_the_last_split_is_apart(
    groups: list[tuple[str, ...]], decisions: list[Decision]
) -> None:
    names = {n for g in groups for n in g}
    made = divided(united(groups, decisions), decisions, {("a", "b"): 0.9})
    assert sorted(n for g in made for n in g) == sorted(names)
    for d in decisions[-1:]:
        together = any({d.one, d.other} <= set(g) for g in made)
        if d.action == SPLIT and {d.one, d.other} <= names:
            assert not together
