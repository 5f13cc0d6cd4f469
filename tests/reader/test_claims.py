"""Who answers for an attack, by words that stand elsewhere in an invented report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.reader.claims import Claims
from onrecord.reader.parties import choose
from onrecord.reader.party_signs import Deed, Player
from onrecord.reader.segment import segment

ACTORS = ("Orl Front", "Varda", "General Sese", "nine clerks", "Belmark", "Tervia")
FRONT, VARDA, SESE, CLERKS, BELMARK, TERVIA = range(6)


def report(text: str, triggers: list[tuple[str, str]]) -> tuple[Claims, list[Deed], list[Player]]:
    """The claims, deeds and actors of a text; an actor is mentioned wherever its name stands."""
    document = segment(text)
    players = []
    for number, name in enumerate(ACTORS):
        spots = [i for i in range(len(text)) if text.startswith(name, i)]
        if spots:
            mentions = tuple((i, i + len(name)) for i in spots)
            players.append(Player(number, "organization", None, None, frozenset(), mentions))
    deeds = []
    for kind, word in triggers:
        start = text.index(word)
        home = document.sentences[document.sentence_at(start)]
        deeds.append(Deed(kind, [(start, start + len(word))], home))
    at: dict[int, list[tuple[int, int, int]]] = {}
    for p in players:
        for a, b in p.mentions:
            at.setdefault(document.sentence_at(a), []).append((a, b, p.number))
    return Claims(document, deeds, {k: sorted(v) for k, v in at.items()}), deeds, players


@pytest.mark.parametrize(
    ("second", "claimed", "blamed"),
    [
        ("The Orl Front later claimed responsibility for the attack.", {FRONT}, set()),
        ("The Orl Front said its fighters had carried out the attack.", {FRONT}, set()),
        ("The bombing was claimed by the Orl Front.", {FRONT}, set()),
        ("Varda blamed the attack on the Orl Front.", set(), {FRONT}),
        ("Varda blamed the Orl Front for it.", set(), {FRONT}),
        ("No group has claimed responsibility for the attack.", set(), set()),
        ("The Orl Front did not claim responsibility.", set(), set()),
        ("The Orl Front denied it.", set(), set()),
        ("It was claimed by the same group, Varda said.", set(), set()),
    ],
)
def test_who_claims_an_attack_and_who_is_blamed_for_it(second: str, claimed: set[int], blamed: set[int]) -> None:
    claims, (deed,), _ = report(f"A bomb killed nine clerks in Lemra. {second}", [("ASSAULT", "killed")])
    at = deed.namings[0][0]
    assert (claims.claimed.get(at, set()), claims.blamed.get(at, set())) == (claimed, blamed)


def test_a_claim_does_not_reach_over_half_a_report() -> None:
    far = "It rained in Lemra. " * 6
    claims, *_ = report(
        f"A bomb killed nine clerks. {far}The Orl Front claimed responsibility.", [("ASSAULT", "killed")]
    )
    assert not claims.claimed


def test_who_claims_an_attack_did_it() -> None:
    text = "General Sese broke off talks after a bomb killed nine clerks. The Orl Front claimed responsibility for the attack."
    _, deeds, players = report(text, [("ASSAULT", "killed")])
    deeds[0].heard.update({SESE: (0.7, 0.0), CLERKS: (0.0, 0.9)})
    ((actors, _),) = choose(segment(text), deeds, players)
    assert actors == (FRONT,)


def test_an_accusation_is_against_whom_it_names() -> None:
    text = "A bomb blamed on the Orl Front wounded nine clerks."
    _, deeds, players = report(text, [("ACCUSE", "blamed")])
    deeds[0].heard.update({FRONT: (0.0, 0.9), CLERKS: (0.0, 0.9)})
    ((_, recipients),) = choose(segment(text), deeds, players)
    assert recipients == (FRONT,)


def test_fighting_between_two_has_both_as_actors() -> None:
    text = "Fighting between the Orl Front and the army of Varda went on."
    _, deeds, players = report(text, [("ASSAULT", "Fighting")])
    ((actors, _),) = choose(segment(text), deeds, players)
    assert actors == (FRONT, VARDA)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Belmark and Tervia condemned the vote.", (BELMARK, TERVIA)),
        ("Belmark condemned the vote as long as Tervia held it.", (BELMARK,)),
    ],
)
def test_who_stands_beside_another_is_named_in_one_breath(text: str, actors: tuple[int, ...]) -> None:
    _, deeds, players = report(text, [("ACCUSE", "condemned")])
    deeds[0].heard.update({BELMARK: (0.95, 0.0), TERVIA: (0.7, 0.0)})
    ((found, _),) = choose(segment(text), deeds, players)
    assert found == actors


def test_whom_captives_are_handed_to_did_not_free_them() -> None:
    text = "The nine clerks were handed over to Belmark on Sunday."
    _, deeds, players = report(text, [("RETREAT", "handed over")])
    deeds[0].heard.update({BELMARK: (0.9, 0.0), CLERKS: (0.0, 0.9)})
    ((actors, _),) = choose(segment(text), deeds, players)
    assert BELMARK not in actors


def test_who_took_captives_frees_them() -> None:
    text = "The Orl Front kidnapped nine clerks in May. On Sunday nine clerks were freed."
    _, deeds, players = report(text, [("ASSAULT", "kidnapped"), ("RETREAT", "freed")])
    taken, freed = deeds
    taken.actors, taken.recipients, taken.families = [FRONT], [CLERKS], ("abduct",)
    taken.heard.update({FRONT: (0.9, 0.0), CLERKS: (0.0, 0.9)})
    freed.recipients = [CLERKS]
    freed.heard.update({CLERKS: (0.0, 0.9)})
    assert choose(segment(text), deeds, players)[1] == ((FRONT,), (CLERKS,))


def test_a_place_is_not_beside_who_fled_it() -> None:
    text = "Some nine clerks fled Varda on foot."
    _, deeds, players = report(text, [("SANCTION", "fled")])
    deeds[0].recipients = [CLERKS]
    deeds[0].heard.update({CLERKS: (0.0, 0.95), VARDA: (0.0, 0.85)})
    clerks, varda = (next(p for p in players if p.number == n) for n in (CLERKS, VARDA))
    clerks = replace(clerks, kind="group", sector="CVL")
    asides = [
        replace(varda, kind="unknown"),
        replace(varda, kind="unknown", spots=frozenset({text.index("Varda")})),
    ]
    sides = [choose(segment(text), deeds, [clerks, v])[0][1] for v in asides]
    assert sides == [(VARDA, CLERKS), (CLERKS,)]
