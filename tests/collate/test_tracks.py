"""Negotiations: facts of talks, delegations and agreements into tracks; the same in whatever order."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collate.facts_parties import Party
from onrecord.collate.facts_voices import Voice
from onrecord.collate.series import Origin
from onrecord.collate.tracks import Track, tracks
from onrecord.collate.tracks_facts import StageFact, TrackFact

VARDA, FRONT, HOST, ALLY = (
    Party(id=i, name=n)
    for i, n in (("s:VRD", "Varda"), ("t:front", "Tesh Front"), ("s:MUS", "Muscat"), ("s:ALY", "Ally"))
)
SAYS = Voice(source="n:maren", name="Ilo Maren", side="t:front")


def fact(n: int, day: str, *between: Party, kind: str = "round", **more: object) -> TrackFact:
    given = {
        "id": f"k{n:03}:{kind[0]}1", "seq": n, "report": f"k{n:03}", "kind": kind, "parties": between, "begin": day,
        "until": day, "reported": day, "dated_by": "report", "voices": (Voice(),), "text": "talks",
    }  # fmt: skip
    return TrackFact(**{**given, **more})


def deal(n: int, day: str, status: str, *between: Party, **more: object) -> TrackFact:
    given = {"name": "ceasefire deal", "kinds": ("ceasefire",), "status": status}
    return fact(n, day, *(between or (VARDA, FRONT)), kind="agreement", **{**given, **more})


def alone(seq: int) -> Origin:
    return Origin(story=f"k{seq:03}", voice="m:wire", outlet="Wire")


def test_rounds_with_every_account_of_the_outcome() -> None:
    (t,) = tracks(
        [
            fact(
                1,
                "2026-03-01",
                VARDA,
                FRONT,
                mediators=(HOST,),
                places=("Muscat",),
                countries=("MUS",),
                status="ongoing",
            ),
            fact(2, "2026-03-02", FRONT, VARDA, status="impasse", voices=(SAYS,)),
            fact(3, "2026-03-20", VARDA, FRONT, status="planned"),
        ],
        alone,
    )
    assert ({p.name for p in t.parties}, [m.name for m in t.mediators], t.places) == (
        {"Varda", "Tesh Front"},
        ["Muscat"],
        ("Muscat",),
    )
    assert [(r.begin, r.until, [o.outcome for o in r.outcomes]) for r in t.rounds] == [
        ("2026-03-01", "2026-03-02", ["ongoing", "impasse"]), ("2026-03-20", "2026-03-20", ["planned"]),
    ]  # fmt: skip
    assert [v.name for v in t.rounds[0].outcomes[1].voices] == ["Ilo Maren"]


def test_talks_in_two_countries_are_two_rounds() -> None:
    facts = [fact(n, "2026-03-01", VARDA, FRONT, places=(c,), countries=(c,)) for n, c in ((1, "AAA"), (2, "BBB"))]
    assert len(tracks(facts, alone)[0].rounds) == 2


def test_a_long_silence_ends_a_track() -> None:
    made = tracks(
        [fact(n, day, VARDA, FRONT) for n, day in ((1, "2026-01-01"), (2, "2026-03-01"), (3, "2026-09-01"))], alone
    )
    assert [(t.begin, t.until) for t in made] == [("2026-09-01", "2026-09-01"), ("2026-01-01", "2026-03-01")]


def test_a_report_that_names_one_party_belongs_to_the_clear_pair() -> None:
    facts = [fact(1, "2026-03-01", VARDA, FRONT), fact(2, "2026-03-03", VARDA, FRONT), fact(3, "2026-03-05", FRONT)]
    (t,) = tracks(facts, alone)
    assert t.reports == 3


def test_a_proposal_of_who_stands_between_belongs_to_those_who_fight() -> None:
    facts = [
        fact(1, "2026-03-01", VARDA, FRONT, ALLY), fact(2, "2026-03-03", VARDA, ALLY), fact(3, "2026-03-05", VARDA, ALLY),
    ]  # fmt: skip
    fights = {("s:VRD", "t:front"): ["2026-02-20", "2026-02-25", "2026-03-02"]}
    (t,) = tracks(facts, alone, fights)
    assert ({p.name for p in t.parties}, [p.name for p in t.others]) == ({"Varda", "Tesh Front"}, ["Ally"])


def test_an_agreement_and_its_stages_over_time() -> None:
    first, second = StageFact(ordinal=1, status="planned"), StageFact(ordinal=2, status="planned")
    (t,) = tracks(
        [
            deal(1, "2026-03-01", "proposed", stages=(first, second)),
            deal(2, "2026-03-04", "agreed", kinds=("exchange", "ceasefire")),
            deal(3, "2026-03-05", "agreed", voices=(SAYS,)),
            deal(4, "2026-03-20", "violated", name="truce", stages=(StageFact(ordinal=1, status="done"),)),
            deal(5, "2026-03-21", "unknown"),
        ],
        alone,
    )
    (d,) = t.deals
    assert (d.name, d.kinds, d.stories) == ("ceasefire deal", ("ceasefire", "exchange"), 5)
    assert [(s.day, s.status, [v.name for v in s.voices]) for s in d.steps] == [
        ("2026-03-01", "proposed", ["Wire"]), ("2026-03-04", "agreed", ["Wire", "Ilo Maren"]),
        ("2026-03-20", "violated", ["Wire"]),
    ]  # fmt: skip
    assert [(g.ordinal, [s.status for s in g.steps]) for g in d.stages] == [(1, ["planned", "done"]), (2, ["planned"])]


def test_delegations_that_come_and_go() -> None:
    def delegation(n: int, day: str, status: str) -> TrackFact:
        return fact(n, day, VARDA, kind="delegation", status=status)

    (t,) = tracks(
        [fact(1, "2026-03-01", VARDA, FRONT), delegation(2, "2026-03-01", "comes"), delegation(3, "2026-03-02", "comes"),
         delegation(4, "2026-03-09", "leaves")],
        alone,
    )  # fmt: skip
    assert [(m.day, m.status, m.stories) for m in t.moves] == [("2026-03-01", "comes", 2), ("2026-03-09", "leaves", 1)]


def test_a_name_alone_tells_nothing() -> None:
    assert not tracks([deal(1, "2026-03-01", "unknown"), deal(2, "2026-03-02", "unknown")], alone)[0].tells
    assert tracks([deal(1, "2026-03-01", "signed"), deal(2, "2026-03-02", "unknown")], alone)[0].tells


FACTS = st.lists(
    st.builds(
        lambda n, day, between, kind, status, mediators: fact(
            n, day, *between, kind=kind, status=status, mediators=tuple(m for m in mediators if m not in between),
            kinds=("ceasefire",) if kind == "agreement" else (), name="deal" if kind == "agreement" else None,
        ),
        st.integers(1, 30),
        st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 1)).map(str),
        st.lists(st.sampled_from([VARDA, FRONT, HOST, ALLY]), min_size=1, max_size=3, unique=True),
        st.sampled_from(["round", "agreement", "delegation"]),
        st.sampled_from(["unknown", "agreed", "comes"]),
        st.lists(st.sampled_from([HOST, ALLY]), max_size=1),
    ),
    max_size=10,
    unique_by=lambda f: f.id,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(FACTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_no_fact_is_in_two_tracks(facts: list[TrackFact], random: object) -> None:
    made = tracks(facts, alone)
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tracks(shuffled, alone) == made
    members = [m for t in made for m in t.members]
    assert len(members) == len(set(members))
    assert set(members) <= {f.id for f in facts}
    assert {f.id for f in facts if len(f.parties) > 1} <= set(members)
    assert all(Track.from_json(t.to_json()) == t for t in made)
