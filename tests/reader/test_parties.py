"""Who acts and who is acted on, in invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord.reader.parties import allowed, by_role, choose, pick
from onrecord.reader.party_signs import ROLES, Deed, Player, Relations, Seen, own
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range

TEXT = (
    "The Ostrava Front shelled the old fishing port of Lurin on Sunday. "
    "Belmark and Tervia condemned the shelling. "
    "Nine people were arrested by the police in Lurin."
)
FRONT, LURIN, BELMARK, TERVIA, POLICE, WING = range(6)


def spot(words: str, text: str = TEXT) -> Range:
    at = text.index(words)
    return at, at + len(words)


def player(number: int, words: str, kind: str = "organization", groups: frozenset[int] = frozenset()) -> Player:
    return Player(number, kind, None, None, groups, (spot(words),))


PLAYERS = [
    player(FRONT, "The Ostrava Front"),
    player(LURIN, "Lurin", "state"),
    player(BELMARK, "Belmark", "state"),
    player(TERVIA, "Tervia", "state"),
    player(POLICE, "the police"),
]


def deed(kind: str, trigger: str, heard: dict[int, tuple[float, float]], **more: object) -> Deed:
    at = spot(trigger)
    home = next(s for s in DOCUMENT.sentences if s[0] <= at[0] < s[1])
    told = {side: [n for n, h in heard.items() if h[k] > 0.2] for k, side in enumerate(("actors", "recipients"))}
    return Deed(kind, [at], home, told["actors"], told["recipients"], heard=heard, **more)  # type: ignore[arg-type]


DOCUMENT: Document = segment(TEXT)
SHELLED = deed("ASSAULT", "shelled", {FRONT: (0.96, 0.01), LURIN: (0.02, 0.92)})
CONDEMNED = deed("ACCUSE", "condemned", {BELMARK: (0.97, 0.01), TERVIA: (0.93, 0.02), FRONT: (0.01, 0.88)})


def test_whom_the_head_is_sure_of_is_taken() -> None:
    assert choose(DOCUMENT, [SHELLED], PLAYERS) == [((FRONT,), (LURIN,))]


def test_a_side_holds_all_who_act_together() -> None:
    (found,) = choose(DOCUMENT, [CONDEMNED], PLAYERS)
    assert found == ((BELMARK, TERVIA), (FRONT,))


def test_the_order_of_happenings_does_not_matter() -> None:
    there = choose(DOCUMENT, [SHELLED, CONDEMNED], PLAYERS)
    back = choose(DOCUMENT, [CONDEMNED, SHELLED], PLAYERS)
    assert there == back[::-1]


def test_nobody_is_brought_in_where_there_is_nobody() -> None:
    assert choose(DOCUMENT, [deed("COERCE", "arrested", {})], []) == [((), ())]


def test_a_member_never_faces_its_own_group() -> None:
    wing = player(WING, "Lurin", groups=frozenset({FRONT}))
    d = deed("ASSAULT", "shelled", {FRONT: (0.96, 0.01), WING: (0.02, 0.9)})
    relations = Relations(DOCUMENT, [d], [PLAYERS[FRONT], wing])
    near = [Seen(d, p, relations) for p in relations.near(d)]
    assert [x.player.number for x in allowed(near, (FRONT,))] == []


def signs_of(d: Deed, number: int, role: str, other: tuple[int, ...] = ()) -> list[str]:
    relations = Relations(DOCUMENT, [d], PLAYERS)
    seen = Seen(d, relations.of[number], relations)
    return [*seen.common, *own(d, role, other, seen, relations)]


@pytest.mark.parametrize(
    ("kind", "trigger", "number", "sign"),
    [
        ("COERCE", "arrested", POLICE, "right after by"),
        ("COERCE", "arrested", POLICE, "after passive"),
        ("ASSAULT", "shelled", FRONT, "opens the sentence"),
        ("ACCUSE", "condemned", LURIN, "in the sentence before"),
        ("ACCUSE", "condemned", FRONT, "heads the sentence before"),
        ("ACCUSE", "condemned", BELMARK, "before over 1"),
        ("ACCUSE", "condemned", TERVIA, "before over 0"),
    ],
)
def test_where_an_actor_stands_is_a_sign(kind: str, trigger: str, number: int, sign: str) -> None:
    assert sign in signs_of(deed(kind, trigger, {}), number, "actor")


def test_the_head_is_heard_in_steps() -> None:
    signs = signs_of(deed("ACCUSE", "condemned", {BELMARK: (0.6, 0.1), TERVIA: (0.9, 0.0)}), BELMARK, "actor")
    assert "heard 0.5" in signs
    assert "heard 0.7" not in signs
    assert "heard as 1" in signs
    assert "across 0.05" in signs


def test_who_tells_it_is_a_sign() -> None:
    d = deed("ASSAULT", "shelled", {}, speakers=frozenset({BELMARK}), told=(DOCUMENT.sentences[0],))
    assert "tells it" in signs_of(d, BELMARK, "actor")
    assert "ASSAULT another tells it" in signs_of(d, LURIN, "recipient")
    assert "in what is said before" in signs_of(d, FRONT, "actor")


def test_earlier_sides_and_dealings_are_signs() -> None:
    relations = Relations(DOCUMENT, [SHELLED, CONDEMNED], PLAYERS)
    seen = Seen(CONDEMNED, relations.of[FRONT], relations)
    signs = list(own(CONDEMNED, "recipient", (BELMARK,), seen, relations))
    assert "acted last" in signs
    assert "deals so 1" in signs
    assert "acts 1" in signs


def test_weights_alone_decide() -> None:
    relations = Relations(DOCUMENT, [SHELLED], PLAYERS)
    near = [Seen(SHELLED, p, relations) for p in relations.near(SHELLED)]
    nothing = by_role({})
    assert set(nothing) == set(ROLES)
    assert pick(SHELLED, near, relations, nothing) == ((), ())
    assert pick(SHELLED, near, relations, by_role({"r heard 0.85": 1.0})) == ((), (LURIN,))


def test_far_actors_are_weighed_only_if_much_is_said_of_them() -> None:
    text = "Orl fell. " + "It rained. " * 9 + "Guards shot Ima."
    document = segment(text)
    at = spot("shot", text)
    d = Deed("ASSAULT", [at], document.sentences[-1])
    crowd = [
        Player(n, "person", None, None, frozenset(), (spot("Guards", text), spot("Ima", text))) for n in range(1, 6)
    ]
    relations = Relations(document, [d], [Player(0, "person", None, None, frozenset(), (spot("Orl", text),)), *crowd])
    assert 0 not in [p.number for p in relations.near(d)]
