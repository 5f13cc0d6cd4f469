"""Accounts, blocks, scores and clustering: invented reports of one happening join, those of a similar one stay apart."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from evaluation.happenings_scoring import b_cubed
from evaluation.happenings_sets import known_of, main_account
from onrecord.collate.accounts import Account, accounts
from onrecord.collate.actors import identities
from onrecord.collate.happening_blocks import MOST, blocks
from onrecord.collate.happening_scorer import apart, score
from onrecord.collate.happening_signs import Prepared
from onrecord.collate.happening_stems import stem
from onrecord.collate.happenings import EDGE, JOIN, cluster

if TYPE_CHECKING:
    import random

    from onrecord.ledger.known import Known

DATA = Path(__file__).parent / "data" / "happenings.jsonl"


@cache
def told() -> list[tuple[str, Known, Account]]:
    """(the happening, the reading, its main account) of every invented report."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    readings = onrecord.read_many([{k: r[k] for k in ("text", "published", "publisher")} for r in rows])
    known = [known_of(reading, n) for n, reading in enumerate(readings)]
    return [(r["happening"], k, main_account(k)) for r, k in zip(rows, known, strict=True)]


def test_invented_reports_fall_into_their_happenings():
    gold = {a.id: happening for happening, _, a in told()}
    pairs = [(a.id, b.id, score(a, b)) for (_, _, a), (_, _, b) in combinations(told(), 2)]
    found = b_cubed(cluster(gold, [p for p in pairs if p[2] >= EDGE]), gold)
    assert found.precision >= 0.9
    assert found.recall >= 0.9


def test_reports_of_one_happening_meet_in_a_block():
    together = [(a, b) for (x, _, a), (y, _, b) in combinations(told(), 2) if x == y]
    met = [bool(set(blocks(a)) & set(blocks(b))) for a, b in together]
    assert sum(met) / len(met) >= 0.9


def test_scores_are_symmetric_and_between_0_and_1():
    for (_, _, a), (_, _, b) in list(combinations(told(), 2))[:60]:
        assert 0.0 <= score(a, b) == score(b, a) <= 1.0


def test_accounts_survive_json_and_have_few_blocks():
    for _, known, _ in told():
        for account in accounts(known, identities(known)):
            assert Account.from_json(json.loads(json.dumps(account.to_json()))) == account
            assert 0 < len(blocks(account)) <= MOST
            assert account.id.startswith(f"{known.key}:e")


def test_who_tells_and_who_denies():
    known = next(k for h, k, _ in told() if h == "kadugli-market" and "denied" in k.reading.report.text)
    made = accounts(known, identities(known))
    denied = [t for a in made for t in a.denied_by]
    assert any("Nuba Front" in t.name for t in denied)


def test_two_fresh_days_are_two_happenings():
    _, _, a = next(x for x in told() if x[2].begin and x[2].begin == x[2].until == x[2].day)
    day = date.fromisoformat(a.begin)
    for days, doubted in ((0, False), (1, False), (2, True), (5, True)):
        then = (day + timedelta(days)).isoformat()
        b = replace(a, id="0:e1", begin=then, until=then, day=then)
        assert apart(Prepared(a), Prepared(b)) is doubted
    assert not apart(Prepared(a), Prepared(replace(a, begin=None, until=None)))


def test_a_chain_does_not_join_its_ends():
    links = [("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.9), ("d", "e", 0.9)]
    assert max(map(len, cluster("abcde", links))) <= 3
    assert max(map(len, cluster("abcde", links, join=0.5))) <= 2


def test_groups_join_when_their_mean_does():
    full = [(a, b, JOIN + 0.2) for a, b in combinations("abcd", 2)]
    assert cluster("abcd", full) == [("a", "b", "c", "d")]
    assert cluster("abcd", []) == [("a",), ("b",), ("c",), ("d",)]


def test_an_edge_to_nobody_is_refused():
    with pytest.raises(ValueError, match="unknown account: a or z"):
        cluster("ab", [("a", "z", 0.9)])


IDS = [f"r{n}:e1" for n in range(9)]
EDGES = st.dictionaries(
    st.sampled_from([(a, b) for a, b in combinations(IDS, 2)]), st.sampled_from([0.2, 0.3, 0.5, 0.7, 0.9])
)


@settings(deadline=None)
@given(EDGES, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_order(edges: dict[tuple[str, str], float], dice: random.Random):
    ids, rows = IDS[:], [(a, b, w) for (a, b), w in edges.items()]
    once = cluster(ids, rows)
    dice.shuffle(ids)
    dice.shuffle(rows)
    assert cluster(ids, [(b, a, w) for a, b, w in rows]) == once
    assert sorted(i for g in once for i in g) == IDS


@settings(deadline=None)
@given(EDGES)
def test_components_do_not_touch_each_other(edges: dict[tuple[str, str], float]):
    left = [(a, b, w) for (a, b), w in edges.items()]
    right = [(f"{a}x", f"{b}x", w) for a, b, w in left]
    both = cluster([*IDS, *(f"{i}x" for i in IDS)], [*left, *right])
    assert [g for g in both if not g[0].endswith("x")] == cluster(IDS, left)


@given(st.text())
def test_stems_end(word: str):
    assert len(stem(word.lower())) <= len(word.lower()) + 3


def test_stems_join_forms():
    assert stem("killings") == stem("killed") == stem("kills") == "kill"
    assert stem("shot") == stem("shooting") == stem("shoots") == "shoot"
    assert stem("struck") == stem("strikes") == stem("striking")
    assert stem("parties") == stem("party")
