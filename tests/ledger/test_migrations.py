"""A ledger of the first revision, with data, becomes one of today's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from onrecord import ledger as package
from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.check import faults
from onrecord.ledger.engine import ledger_url, writing
from tests.fakes import full_reading

if TYPE_CHECKING:
    from onrecord.records import Reading


def first_revision(location: str, reading: Reading) -> None:
    """A ledger as version 0001 made it, with one reading."""
    engine = create_engine(ledger_url(location))
    config = Config()
    config.set_main_option("script_location", str(Path(package.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    report, line = reading.report, reading.dumps()
    said = [report.id, report.source_id, report.publisher, report.url, report.title, report.published]
    appearance = "sha256:" + hashlib.sha256(json.dumps(said).encode()).hexdigest()
    values = {
        "report": report.id, "key": report.id[7:19], "text": report.text, "title": report.title,
        "publisher": report.publisher, "agency": report.agency, "published": report.published, "anchor": report.anchor,
        "appearance": appearance, "reading": "sha256:" + hashlib.sha256(line.encode()).hexdigest(), "json": line,
        "at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO reports VALUES (:report, :key, :text, :at)",
            "INSERT INTO appearances (id, report_id, publisher, title, published, added_at) "
            "VALUES (:appearance, :report, :publisher, :title, :published, :at)",
            "INSERT INTO readings (id, report_id, reader_version, title, language, publisher, agency, published, anchor, "
            "voice, added_at, json) VALUES (:reading, :report, 'fake', :title, 'en', :publisher, :agency, :published, "
            ":anchor, '| the daily orm | reuters |', :at, :json)",
            "INSERT INTO passages (reading_seq, record_id, body) VALUES (1, '', 'old')",
        ):
            connection.execute(text(statement), values)
    engine.dispose()


def test_an_older_ledger_is_brought_up_to_date(ledger_location: str) -> None:
    reading = full_reading()
    first_revision(ledger_location, reading)
    done: list[tuple[int, int]] = []
    with Ledger(ledger_location, progress=lambda n, total: done.append((n, total))) as ledger:
        assert done == [(1, 1)]
        assert list(faults(ledger)) == []
        assert [e.record for e in ledger.events(place="Lake Orm")] == [reading.events[0]]
        assert ledger.add(reading).outcome == "known"
        assert ledger.reports(as_known_on="2026-01-01")[0].appearances == 1
        assert ledger.reading(reading.report.id) == reading


def test_a_migration_that_fails_leaves_the_old_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = str(tmp_path / "l.sqlite")
    first_revision(location, full_reading())
    with monkeypatch.context() as broken:
        broken.setattr("onrecord.ledger.lists.write_lines", lambda connection, _: connection.exec_driver_sql("no SQL"))
        with pytest.raises(LedgerError, match="OR-L01"):
            Ledger(location)
    engine = create_engine(ledger_url(location))
    with writing(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    engine.dispose()
    with Ledger(location) as ledger:
        assert len(ledger.events()) == 3
