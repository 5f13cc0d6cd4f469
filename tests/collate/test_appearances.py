"""Texts that appear again, and judgements: what changes about a report that collate has taken in already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord.collate import Collation
from onrecord.intake.items import Item
from tests.collate.ledgers import SHELLED, everything, front, rows
from tests.collate.plain import Line, report

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from tests.fakes import Days


def test_a_text_that_appears_elsewhere_counts_its_outlets(ledger: Ledger, clock: Days) -> None:
    ledger.add(front())
    collation = Collation(ledger)
    assert collation.happenings()[0].standing.outlets == 1
    clock.next()
    ledger.add(front(publisher="Lake Times"))
    ledger.add(front())
    standing = collation.happenings()[0].standing
    assert (standing.standing, standing.reports, standing.outlets) == ("one_source", 1, 2)
    assert collation.happenings(as_known_on="2025-04-01")[0].standing.outlets == 1
    collation.rebuild()
    assert collation.happenings()[0].standing == standing


def test_an_outlet_that_comes_later_finds_what_the_report_says_itself(ledger: Ledger, clock: Days) -> None:
    told = Line(SHELLED, killed=31)
    ledger.add(report(told, publisher="Daily Orm"))
    collation = Collation(ledger)
    collation.update()
    day = clock.next()
    ledger.add(report(told, publisher="Lake Times"))
    (h,) = collation.happenings(source="Lake Times")
    assert h.standing.outlets == 2
    assert collation.happenings(source="Lake Times", as_known_on=day) == [h]
    assert collation.happenings(source="Lake Times", as_known_on="2025-04-01") == []
    assert len(collation.happenings(source="Daily Orm", as_known_on="2025-04-01")) == 1
    written = rows(ledger)
    collation.rebuild()
    assert rows(ledger) == written


def test_what_appears_later_gives_a_text_its_voice_but_no_other_day(ledger: Ledger, clock: Days) -> None:
    told = Line(SHELLED, killed=31)
    ledger.add(report(told, publisher=None, published=None))
    collation = Collation(ledger)
    before = everything(collation)
    assert collation.happenings()[0].standing.sources == ("the report",)
    clock.next()
    ledger.add_unread(Item(text=report(told).report.text, publisher="Lake Times", published="2025-03-06"))
    (h,) = collation.happenings()
    assert (h.begin, h.standing.sources) == (None, ("Lake Times",))
    assert everything(collation, as_known_on="2025-04-01") == before
    written = rows(ledger)
    collation.rebuild()
    assert rows(ledger) == written


def test_a_day_that_is_learned_in_the_same_second_counts(ledger: Ledger) -> None:
    told = Line(SHELLED, killed=31)
    ledger.add(report(told, publisher=None, published=None))
    collation = Collation(ledger)
    collation.update()
    ledger.add_unread(Item(text=report(told).report.text, publisher="Lake Times", published="2025-03-06"))
    assert [h.reported for h in collation.happenings()] == ["2025-03-06"]
    written = rows(ledger)
    collation.rebuild()
    assert rows(ledger) == written


@pytest.mark.parametrize(("action", "left"), [("accept", 1), ("reject", 0)])
def test_a_judgement_on_what_one_report_alone_tells(ledger: Ledger, action: str, left: int) -> None:
    added = ledger.add(front())
    collation = Collation(ledger)
    assert len(collation.happenings()) == 1
    ledger.judge(action, f"{added.key}:e1", who="ana", why="looked at the text")
    assert len(collation.happenings()) == left
    written = rows(ledger)
    collation.rebuild()
    assert rows(ledger) == written
