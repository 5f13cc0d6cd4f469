"""A report as received -> the text that the components read, and their reading back as one of the text received.

Texts that came broken into lines of equal length, or in capitals throughout, are put into ordinary form first
(`hard_wraps`, `all_caps`), character for character: every offset holds in both.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from onrecord import records as R
from onrecord.reader.all_caps import is_all_caps, restored
from onrecord.reader.hard_wraps import is_hard_wrapped, unwrapped


def readable(text: str) -> str:
    """The text to read; the same object where the one received is fine."""
    if is_hard_wrapped(text):
        text = unwrapped(text)
    return restored(text) if is_all_caps(text) else text


def as_received(reading: R.Reading, text: str) -> R.Reading:
    """A reading of the restored text as one of the text received: report and spans carry its words, a note says so."""
    report = dataclasses.replace(reading.report, text=text, id=R.content_id(text))
    note = R.Note(code="OR-T07", message="the text is in capitals or cut at a line width; it was read in ordinary form")
    worded: R.Reading = _worded(dataclasses.replace(reading, report=report, notes=(*reading.notes, note)), text)
    return worded


def _worded(record: Any, text: str) -> Any:
    """A record, and what it holds, with the words of every span taken from `text`."""
    if isinstance(record, tuple):
        return tuple(_worded(r, text) for r in record)
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        return record
    changes = {f.name: _worded(getattr(record, f.name), text) for f in dataclasses.fields(record)}
    if {"start", "end", "text"} <= changes.keys():
        changes["text"] = text[changes["start"] : changes["end"]]
    return dataclasses.replace(record, **changes)
