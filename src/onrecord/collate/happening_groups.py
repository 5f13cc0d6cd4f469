"""The accounts in a group -> the happening that they are, its standing, its links and its accounts side by side."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.collate.entities import AccountOf, Happening
from onrecord.collate.links import Link, links
from onrecord.collate.standing import Standing, Word, standing, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.collate.accounts import Account
    from onrecord.collate.clusters import Member
    from onrecord.collate.standing import Told
    from onrecord.collate.tellings import Value

_LAST = "9999"
_VALUES = 6
"""Figures that a happening shows."""
_SETTLED = (
    "occurred",
    "ongoing",
    "planned",
    "ordered",
    "attempted",
    "proposed",
    "conditional",
    "denied",
    "not_occurred",
)
"""Statuses of an event from the most to the least that says: the first that any account gives holds, but for what is
said most."""


@dataclass(frozen=True)
class Group:
    """Accounts that are one happening, with the reports that they stand in (`told`, by reading)."""

    members: tuple[Member, ...]
    told: Mapping[int, Told]

    @cached_property
    def accounts(self) -> dict[int, Account]:
        """By node."""
        return {m.node: m.content.account for m in self.members}

    @cached_property
    def ordered(self) -> list[Member]:
        """Earliest report first; ties by id.  Withdrawn reports come last: others speak for the happening."""
        return sorted(self.members, key=self._order)

    def _order(self, m: Member) -> tuple[bool, str, str]:
        told = self.told[m.seq]
        return told.withdrawn is not None, told.published or m.data["account"]["day"] or _LAST, m.ref

    def _reported(self, m: Member) -> str | None:
        day = self.told[m.seq].published or m.data["account"]["day"]
        return day[:10] if day else None

    @cached_property
    def id(self) -> str:
        """ "h" and a hash of the earliest account, be it withdrawn or not."""
        return group_id("h", ((self.told[m.seq].published or m.data["account"]["day"], m.ref) for m in self.members))

    @cached_property
    def words(self) -> list[Word]:
        """Everyone's word on it."""
        return [word(x, self.told[m.seq]) for m in self.ordered for x in m.content.tellings]

    @cached_property
    def links(self) -> list[Link]:
        """What its words are to each other."""
        accounts = {(m.seq, m.ref.partition(":")[2]): self.accounts[m.node] for m in self.members}
        return links(self.words, accounts)

    @cached_property
    def standing(self) -> Standing:
        """What stands behind it."""
        involved = {side for m in self.members for side in m.data["sides"]}
        withdrawn = {w.told.key for w in self.words if w.told.withdrawn is not None}
        against = any(
            k.kind == "contradicts" and k.a.report not in withdrawn and k.b.report not in withdrawn for k in self.links
        )
        return standing(self.words, involved, against)

    @cached_property
    def happening(self) -> Happening:
        """The happening as it is listed."""
        first = self.ordered[0]
        accounts = [self.accounts[m.node] for m in self.ordered]
        begin, until, dated_by = _days(accounts)
        names = {i: name for m in self.members for i, name in m.data["names"].items()}
        return Happening(
            id=self.id,
            type=_most(a.type for a in accounts) or first.data["account"]["type"],
            modes=tuple(dict.fromkeys(mode for a in accounts for mode in a.modes)),
            status=_status(accounts),
            begin=begin,
            until=until,
            dated_by=dated_by,
            reported=min((day for m in self.members if (day := self._reported(m))), default=None),
            actors=_named((a.actors for a in accounts), names),
            recipients=_named((a.recipients for a in accounts), names),
            others=_named((a.others for a in accounts), names),
            places=_places(accounts),
            words=first.data["words"]["text"],
            sentence=first.data["sentence"],
            record=first.ref,
            trigger=first.data["words"]["trigger"],
            figures=_figures(self.words),
            accounts=len(self.members),
            standing=self.standing,
        )

    def side_by_side(self) -> list[AccountOf]:
        """Everyone's word, earliest first; copies are counted at the report that they were copied from."""
        copied = Counter(w.told.story for w in {(w.told.key): w for w in self.words}.values())
        sentences = {(m.seq, m.ref.partition(":")[2]): m.data["sentence"] for m in self.members}
        return [
            _account_of(w, copied[w.told.story], sentences[w.telling.seq, w.telling.event])
            for w in sorted(self.words, key=lambda w: w.order)
            if w.told.first
        ]


def group_id(letter: str, members: Iterable[tuple[str | None, str]]) -> str:
    """The id of a group: its letter and a hash of its earliest member, by day and then by id."""
    _, first = min((day or _LAST, ref) for day, ref in members)
    return letter + hashlib.sha256(first.encode()).hexdigest()[:12]


def _account_of(w: Word, copies: int, sentence: str) -> AccountOf:
    t = w.telling
    return AccountOf(
        id=f"{t.report}:{t.record}", event=f"{t.report}:{t.event}", source=w.name, naming=t.naming, side=t.side,
        own_voice=not t.source, denies=t.denies, act=t.act, said=t.said, words=t.text, sentence=sentence,
        values=tuple(value_words(v) for v in t.values), report=t.report, title=w.told.title,
        publisher=w.told.publisher, agency=w.told.agency, published=w.told.published, withdrawn=w.told.withdrawn,
        copies=copies,
    )  # fmt: skip


def value_words(v: Value) -> str:
    """ "killed: at least 31"; a duration with its unit: "duration: 14 months"."""
    words = " ".join(v.text.split())
    unit = (v.unit or "").removesuffix("s")
    if v.measure == "duration" and unit and unit.casefold() not in words.casefold():
        words += f" {unit}{'' if v.low == v.high == 1 else 's'}"
    return f"{v.measure}: {words}"


def _most(values: Iterable[str]) -> str | None:
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


def _status(accounts: Sequence[Account]) -> str:
    counted = Counter(a.status for a in accounts if a.status in _SETTLED)
    return min(counted, key=lambda s: (-counted[s], _SETTLED.index(s))) if counted else "unknown"


def _days(accounts: Sequence[Account]) -> tuple[str | None, str | None, str]:
    """The days that most accounts state; where none does, those of the earliest report."""
    for basis in ("stated", "report"):
        given = Counter((a.begin, a.until) for a in accounts if a.dated_by == basis and a.begin)
        if given:
            narrow = min(given, key=lambda d: (-given[d], d[1] != d[0], d))
            return narrow[0], narrow[1] or narrow[0], basis
    return None, None, "none"


def _named(lists: Iterable[Iterable[str]], names: Mapping[str, str]) -> tuple[str, ...]:
    """Names of those whom the accounts give, most often given first."""
    counted = Counter(i for ids in lists for i in ids)
    ordered = sorted(counted, key=lambda i: (-counted[i], i))
    return tuple(dict.fromkeys(names.get(i, i) for i in ordered))


_FINENESS = {"point": 0, "city": 1, "district": 2, "region": 3, "country": 4, "area": 5}


def _places(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Places, most often given first, the closest before the wide."""
    counted = Counter((p.name, p.precision or "") for a in accounts for p in set(a.places))
    ordered = sorted(counted, key=lambda p: (-counted[p], _FINENESS.get(p[1], 9), p))
    return tuple(dict.fromkeys(name for name, _ in ordered))


def _figures(words: Sequence[Word]) -> tuple[str, ...]:
    """The figures that are given, with whose they are: "killed: at least 31 (health office)"."""
    shown = [
        f"{value_words(v)} ({w.name})"
        for w in sorted(words, key=lambda w: w.order)
        if w.told.first and w.told.withdrawn is None
        for v in w.telling.values
    ]
    return tuple(dict.fromkeys(shown))[:_VALUES]
