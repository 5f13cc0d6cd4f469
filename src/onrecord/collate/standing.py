"""The tellings of a happening -> its standing: who says so, how many unrelated origins, whether it is disputed.

Standing never rates truth.  It counts who stands behind a happening, so that a hundred copies of one wire story, or
ten outlets that quote one official, count as the one origin that they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from onrecord.collate.tellings import Telling

STANDINGS = ("one_source", "one_side", "both_sides", "independent", "disputed", "withdrawn")
"""From the least to the most that stands behind a happening; then the two that take it back."""

UNKNOWN = "?"
"""The origin of which nothing tells it from another: "a source", a text without outlet or agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The report that a telling stands in.

    `voice` is whose word its own voice is: its agency, else its publisher, or those of the report that it copies;
    `story` the id of the group of copies that it belongs to, or its own key; `withdrawn` when it was superseded or
    withdrawn; `first` whether it stands for its copies (the origin does).
    """

    key: str
    published: str | None
    publisher: str | None
    agency: str | None
    title: str | None
    outlets: tuple[str, ...]
    credited: tuple[str, ...]
    voice: str
    story: str
    first: bool = True
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A telling with its report, ready to be compared: `origin` is whose word it is, at the root of the chain."""

    telling: Telling
    told: Told
    origin: str
    name: str
    party: str

    @property
    def order(self) -> tuple[str, str, str, str]:
        """Earliest first; ties by content, never by the order of learning."""
        return self.telling.said or "9999", self.told.published or "9999", self.told.key, self.telling.record


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands behind a happening.

    `origins` counts unrelated origins; `sides` names the parties among them; `sources` all sources by name.
    """

    standing: str
    reports: int
    outlets: int
    origins: int
    sides: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "standing": self.standing, "reports": self.reports, "outlets": self.outlets, "origins": self.origins,
            "sides": list(self.sides), "sources": list(self.sources), "denied_by": list(self.denied_by),
        }  # fmt: skip


def voice_of(agency: str | None, publisher: str | None, credited: Sequence[str] = ()) -> str:
    """Whose word a report's own voice is: "m:reuters"; `UNKNOWN` where nothing is known of its publication."""
    names = (agency, *credited[:1], publisher)
    name = next((word for n in names if (word := folded(n or ""))), "")
    return f"m:{name}" if name else UNKNOWN


def word(telling: Telling, told: Told) -> Word:
    """A telling in its report.

    An outlet that is quoted by name and the same outlet's own voice are one origin.  The `party` is what relates
    origins: the side that a source speaks for, else the origin itself.
    """
    own = not telling.source
    name = telling.name or ((told.agency or told.publisher or "the report") if own else "an unnamed source")
    origin = told.voice if own else telling.source
    if not own and telling.kind == "media" and telling.name:
        origin = f"m:{folded(telling.name)}"
    party = f"side:{telling.side}" if telling.side else origin
    return Word(telling=telling, told=told, origin=origin, name=name, party=party)


def standing(words: Sequence[Word], involved: Collection[str] = (), contradicted: bool = False) -> Standing:
    """What stands behind a happening, from everyone's word on it.

    Args:
        words: the word of every source in every report, withdrawn ones too.
        involved: the sides that act or suffer in it; empty where nobody says.
        contradicted: whether another source gives another value, place, time, actor or cause.
    """
    valid = [w for w in words if w.told.withdrawn is None]
    counted = valid or list(words)
    asserting, denying = sides_of(counted)
    parties = _parties(asserting or denying)
    sides = tuple(sorted({p.removeprefix("side:") for p in parties if p.startswith("side:")}))
    against = [w for w in denying if any(_unrelated(w, other) for other in asserting)]
    if not valid:
        kind = "withdrawn"
    elif against or contradicted:
        kind = "disputed"
    else:
        kind = _support(parties, _origins(asserting or denying), {f"side:{i}" for i in involved})
    return Standing(
        standing=kind,
        reports=len({w.told.key for w in counted}),
        outlets=len({outlet for w in counted for outlet in w.told.outlets}) or 1,
        origins=max(1, len(parties)),
        sides=sides,
        sources=_names(asserting or denying),
        denied_by=_names(against),
    )


def sides_of(words: Iterable[Word]) -> tuple[list[Word], list[Word]]:
    """Words that assert, and words of those who deny: one who denies asserts nothing else in the same report."""
    told = list(words)
    no = {(w.origin, w.told.key) for w in told if w.telling.denies}
    if not no:
        return told, []
    yes = [w for w in told if (w.origin, w.told.key) not in no]
    return yes, [w for w in told if w.telling.denies]


def _support(parties: set[str], origins: set[str], involved: set[str]) -> str:
    taking_part = all(p.startswith("side:") and (p in involved or not involved) for p in parties)
    if len(parties) <= 1:
        return "one_side" if taking_part and len(origins) > 1 else "one_source"
    return "both_sides" if taking_part else "independent"


def _parties(words: Iterable[Word]) -> set[str]:
    """Unrelated origins.  One that nothing tells from another adds nothing to those that are known."""
    found = {w.party for w in words}
    return found - {UNKNOWN} or found


def _origins(words: Iterable[Word]) -> set[str]:
    found = {w.origin for w in words}
    return found - {UNKNOWN} or found


def _unrelated(a: Word, b: Word) -> bool:
    return a.party != b.party and UNKNOWN not in (a.party, b.party)


def _names(words: Iterable[Word]) -> tuple[str, ...]:
    ordered = sorted(words, key=lambda w: w.order)
    return tuple(dict.fromkeys(w.name for w in ordered))
