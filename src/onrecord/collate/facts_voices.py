"""The statements that a record rests on -> who says it: the sources at the end of the chains, or the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.collate.accounts import tellers
from onrecord.collate.tellings import source_of
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.actors import Identity
    from onrecord.ledger.known import Known

OWN = ""
"""The source of what a report says in its own voice, until it is known whose word that is (see `heard`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Record):
    """Who says something: the key under which a source is one source across reports ("" the report's own voice,
    "?" one that nobody could tell from another), its name, how it is named, and the side that it speaks for."""

    source: str = OWN
    name: str = ""
    naming: str = "named"
    side: str | None = None


def voices(known: Known, who: Mapping[str, Identity], according_to: Iterable[str]) -> tuple[Voice, ...]:
    """Who says what a record holds, each source once; statements that deny it are left out.

    Empty when all of them deny it.
    """
    ids = set(according_to)
    if not ids:
        return (Voice(),)
    said = [s for s in known.reading.statements if s.id in ids and s.polarity != "negative" and s.act != "deny"]
    found = {source_of(t): t for t in reversed(tellers(said, who))}
    return tuple(
        Voice(source=key, name=t.name or "a source", naming=t.naming, side=t.side)
        for key, t in sorted(found.items(), key=lambda item: item[0])
    )


def heard(voice: Voice, of_report: str, outlet: str) -> Voice:
    """A voice with the report's own settled: `of_report` is the key of its agency or outlet, `outlet` the name."""
    return voice if voice.source != OWN else Voice(source=of_report, name=outlet)
