"""The words of a happening -> links between them: who repeats, confirms, denies, contradicts, updates or withdraws.

Within one origin, each word is linked to the one before it.  Between origins, the first word of each is linked to the
first that another origin gave, and words that cannot both be right for the same moment to each other.  So there are
about as many links as words, however many reports tell of the happening.  Copies are passed over: the report that
they were copied from speaks for them.  So are sources that nobody can tell from others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from onrecord.collate.links_fields import Difference, difference, same_moment, values_changed
from onrecord.collate.links_words import SAME_WORDS, alikeness
from onrecord.collate.standing import UNKNOWN, sides_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.collate.accounts import Account
    from onrecord.collate.standing import Word

LINKS = ("repeats", "same_utterance", "confirms", "denies", "contradicts", "updates", "withdraws")
FIELDS = ("value", "actor", "time", "place", "cause", "happened")
"""What two linked words may differ on: a number, who, when, where, by what means, whether it happened at all."""

_ORIGINS = 24
"""Origins of one happening that are compared with each other, the earliest ones: 276 pairs at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One side of a link: a statement or, in a report's own voice, an event or figure, with its words.

    `id` is the record's id in the ledger; `start`, `end` and `text` are the span in the report's text.
    """

    id: str
    report: str
    seq: int
    source: str
    origin: str
    outlet: str | None
    said: str | None
    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, Any]:
        """As JSON values; `seq` is collate's own affair."""
        return {name: getattr(self, name) for name in End.__slots__ if name != "seq"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The later word `a` does to the earlier word `b` what `kind` says; `field` is what they differ on."""

    kind: str
    field: str | None
    a: End
    b: End

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {"kind": self.kind, "field": self.field, "a": self.a.to_json(), "b": self.b.to_json()}


def links(words: Iterable[Word], accounts: Mapping[tuple[int, str], Account]) -> list[Link]:
    """The links between the words on one happening.

    Args:
        words: everyone's word; those in copies are passed over.
        accounts: the account that a word stands in, by the reading's `seq` and the event's id.
    """
    ordered = sorted((w for w in words if w.told.first), key=lambda w: w.order)
    by_origin: dict[str, list[Word]] = defaultdict(list)
    for w in ordered:
        by_origin[w.origin].append(w)
    found = [link for origin, line in by_origin.items() if origin != UNKNOWN for link in _within(line)]
    heard = [line for origin, line in by_origin.items() if origin != UNKNOWN][:_ORIGINS]
    found.extend(_denials(heard))
    for a, b in combinations(heard, 2):
        found.extend(_between(a, b, accounts))
    found.extend(_agreeing(heard, {(k.a.id, k.b.id) for k in found} | {(k.b.id, k.a.id) for k in found}))
    return found


def _within(line: Sequence[Word]) -> list[Link]:
    """Each word of one origin with the one before it in another report."""
    found = []
    for before, later in pairwise(line):
        if before.told.key == later.told.key:
            continue
        if before.told.withdrawn and not later.told.withdrawn:
            found.append(_link("withdraws", "happened" if later.telling.denies else None, later, before))
        elif before.telling.denies != later.telling.denies:
            found.append(_link("withdraws", "happened", later, before))
        elif (values := values_changed(before.telling.values, later.telling.values)) is not None:
            found.append(_link("updates", "value", later, before, Difference("value", values[1], values[0])))
        else:
            found.append(_link(_again(before, later), None, later, before))
    return found


def _again(before: Word, later: Word) -> str:
    """Is it the same utterance in another rendering, or was it said again?"""
    a, b = before.telling, later.telling
    spoken = bool(a.source and b.source)
    return "same_utterance" if spoken and a.said == b.said and alikeness(a.text, b.text) >= SAME_WORDS else "repeats"


def _denials(heard: Sequence[Sequence[Word]]) -> list[Link]:
    """The first denial of each origin with what it denies: what the same report says before others, then the earliest."""
    asserting = sorted((w for line in heard for w in sides_of(line)[0]), key=lambda w: w.order)
    found = []
    for line in heard:
        for no in sides_of(line)[1][:1]:
            against = [w for w in asserting if w.party != no.party]
            said = min(against, key=lambda w: (w.told.key != no.told.key, w.order), default=None)
            if said is not None:
                found.append(_link("denies", "happened", no, said))
    return found


def _between(line: Sequence[Word], other: Sequence[Word], accounts: Mapping[tuple[int, str], Account]) -> list[Link]:
    """What two origins have against each other: the first difference of each kind."""
    if line[0].party == other[0].party:
        return []
    found = []
    seen = set()
    for a in line:
        for b in other:
            if a.telling.denies or b.telling.denies or not same_moment(a.telling, b.telling):
                continue
            differ = difference(a.telling, b.telling, _account(a, accounts), _account(b, accounts))
            if differ is not None and differ.field not in seen:
                seen.add(differ.field)
                late, early = (a, b) if a.order > b.order else (b, a)
                found.append(_link("contradicts", differ.field, late, early, differ if late is a else differ.turned()))
    return found


def _account(w: Word, accounts: Mapping[tuple[int, str], Account]) -> Account:
    return accounts[w.telling.seq, w.telling.event]


def _agreeing(heard: Sequence[Sequence[Word]], against: set[tuple[str, str]]) -> list[Link]:
    """The first word of each later origin with the earliest that says the same."""
    firsts = [w for line in heard for w in sides_of(line)[0][:1] if w.told.withdrawn is None]
    firsts.sort(key=lambda w: w.order)
    found = []
    for n, w in enumerate(firsts):
        earlier = (e for e in firsts[:n] if e.origin != w.origin and (_id(w), _id(e)) not in against)
        first = next((e for e in earlier if e.telling.record != w.telling.record or e.told.key != w.told.key), None)
        if first is not None:
            found.append(_link("confirms", None, w, first))
    return found


def _id(w: Word) -> str:
    return f"{w.told.key}:{w.telling.record}"


def _link(kind: str, what: str | None, a: Word, b: Word, spans: Difference | None = None) -> Link:
    return Link(kind=kind, field=what, a=end(a, spans.a if spans else None), b=end(b, spans.b if spans else None))


def end(w: Word, span: tuple[int, int, str] | None = None) -> End:
    """A word as one side of a link; `span` where only some of its words differ."""
    t = w.telling
    start, last, text = span or (t.start, t.end, t.text)
    return End(
        id=_id(w), report=w.told.key, seq=t.seq, source=w.name, origin=w.origin,
        outlet=w.told.publisher or w.told.agency, said=t.said, start=start, end=last, text=text,
    )  # fmt: skip
