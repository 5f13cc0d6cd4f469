"""Who is who across reports: ids from one report alone, families decided as a whole, sides kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from onrecord.collate.actors import Identity, family_of, identities
from onrecord.collate.actors_families import family
from onrecord.collate.actors_sides import class_side, run_by, same_side
from onrecord.ledger.known import Known
from onrecord.records import Actor, Mention, Reading, Report

if TYPE_CHECKING:
    import random


def actor(number: int, name: str, kind: str, country=None, sector=None, member_of=(), form="name", others=()) -> Actor:
    mentions = [Mention(0, len(name), name, form), *(Mention(0, len(o), o, "name") for o in others)]
    return Actor(
        id=f"a{number}", name=name, kind=kind, country=country, sector=sector, member_of=tuple(member_of),
        mentions=tuple(mentions),
    )  # fmt: skip


def known(*actors: Actor) -> Known:
    reading = Reading(report=Report(id="sha256:0", text=""), actors=actors)
    return Known(seq=1, key="0", added_at="2025-05-22T00:00:00Z", reading=reading, appearances=(), state="current")


def person(name: str, country: str | None = None, sector: str | None = None, row: str | None = None) -> Identity:
    return Identity(
        id=row or f"n:{name.lower()}/{country or ''}", name=name, kind="person", country=country, sector=sector,
        family=family_of(name),
    )  # fmt: skip


def test_the_actor_table_gives_one_id_to_all_names():
    who = identities(
        known(
            actor(1, "Hamas", "group", "PSE", "REB"),
            actor(2, "Islamic Resistance Movement", "group"),
            actor(3, "the Islamist movement", "group", "PSE", "REB", form="nominal", others=["Hamas"]),
        )
    )
    assert {i.id for i in who.values()} == {"t:hamas"}


def test_a_state_and_its_government_are_one():
    who = identities(
        known(
            actor(1, "Kenya", "state", "KEN", "GOV"),
            actor(2, "Kenyan government", "organization", "KEN", "GOV", form="nominal"),
        )
    )
    assert {i.id for i in who.values()} == {"s:KEN"}


def test_a_known_surname_needs_the_country_in_the_report():
    alone = identities(known(actor(1, "Netanyahu", "person")))
    at_home = identities(known(actor(1, "Netanyahu", "person"), actor(2, "Israel", "state", "ISR", "GOV")))
    assert alone["a1"].id == "n:netanyahu/"
    assert at_home["a1"].id == "t:benjamin netanyahu"


def test_spokesmen_keep_their_side():
    who = identities(
        known(
            actor(1, "Orda Front", "group", "KAZ", "REB"),
            actor(2, "Temir Saparov", "person", "KAZ", "REB", ["a1"]),
            actor(3, "senior Kazakh official", "person", "KAZ", "GOV", form="nominal"),
            actor(4, "Hamas-run health ministry", "organization", "PSE", "GOV", form="nominal"),
            actor(5, "Kazakh army", "organization", "KAZ", "MIL", form="nominal"),
            actor(6, "witnesses", "group", None, "CVL", form="nominal"),
            actor(7, "Reuters", "media", "GBR", "JRN"),
        )
    )
    sides = {i: who[i].side for i in who}
    assert sides["a1"] == sides["a2"] == who["a1"].id
    assert sides["a3"] == sides["a5"] == "s:KAZ"
    assert sides["a4"] == "t:hamas"
    assert sides["a6"] is None
    assert sides["a7"] is None
    assert not who["a3"].named


def test_a_circle_of_members_ends():
    who = identities(
        known(actor(1, "Left Bloc", "unknown", None, None, ["a2"]), actor(2, "Bloc", "unknown", None, None, ["a1"]))
    )
    assert who["a1"].side is None


def test_sides_that_cannot_be_told_apart_are_neither_one_nor_two():
    assert same_side("t:hamas", "t:hamas") is True
    assert same_side("t:hamas", "s:ISR") is False
    assert same_side("t:hamas", class_side("PSE", "REB")) is None
    assert same_side("c:PSE/REB", "c:PSE/REB") is None
    assert same_side("t:hamas", None) is None
    assert run_by("witness-led inquiry") is None


def test_a_surname_joins_the_one_it_fits():
    found = family([person("Dovrany", "TKM", "GOV"), person("Merdan Dovrany", "TKM", "GOV"), person("Dovrany", "KAZ")])
    assert found["n:dovrany/TKM"] == "n:merdan dovrany/TKM"
    assert found["n:dovrany/KAZ"] == "n:dovrany/KAZ"


def test_two_of_one_name_are_kept_apart():
    two = [person("Ada Falk", "NOR", "GOV"), person("Jon Falk", "NOR", "GOV"), person("Falk", "NOR", "GOV")]
    assert family(two) == {i.id: i.id for i in two}
    by_role = family([*two[:1], person("Jon Falk", "NOR", "MIL"), person("Falk", "NOR", "MIL")])
    assert by_role["n:falk/NOR"] == "n:jon falk/NOR"
    abroad = family([person("Ada Falk", "NOR"), person("Ada Falk", "SWE"), person("Ada Falk")])
    assert len(set(abroad.values())) == 3


def test_spellings_of_one_name_join_and_the_table_leads():
    found = family([person("Binyamin Netanyahou", "ISR"), person("Benyamin Netanyahu", "ISR")])
    assert len(set(found.values())) == 1
    row = person("Volodymyr Zelensky", "UKR", "GOV", row="t:volodymyr zelensky")
    assert family([person("Volodymyr Zelenskyy"), row])["n:volodymyr zelenskyy/"] == row.id


NAMES = st.sampled_from(["Falk", "Ada Falk", "Jon Falk", "Adda Falk", "Gen. Falk"])
PEOPLE = st.lists(
    st.builds(person, NAMES, st.sampled_from([None, "NOR", "SWE"]), st.sampled_from([None, "GOV", "MIL"])), max_size=8
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_families_do_not_depend_on_order(people: list[Identity], dice: random.Random):
    mixed = people[:]
    dice.shuffle(mixed)
    assert family(people) == family(mixed)


@given(PEOPLE)
def test_families_name_members_and_settle(people: list[Identity]):
    found = family(people)
    assert set(found) == {p.id for p in people}
    assert all(found[head] == head for head in found.values())
