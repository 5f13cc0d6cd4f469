"""Which reader would read now: its version and its weights, told without loading them."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.records import ReaderInfo

if TYPE_CHECKING:
    from onrecord.api import ReaderLike


def reader_info(reader: ReaderLike | None = None) -> ReaderInfo:
    """What the readings of the shipped reader, or of another that has a `version`, say of their reader."""
    if reader is not None:
        return ReaderInfo(version=str(getattr(reader, "version", "unknown")))
    from onrecord.reader.pipeline import reader_info as shipped

    card = json.loads((resources.files("onrecord.reader") / "models" / "card.json").read_text(encoding="utf-8"))
    return shipped(card)


def version_name(info: ReaderInfo) -> str:
    """A reader's version for the name of a file: "0.1.0-9f2c41d0"."""
    return "-".join([info.version, *(value[:8] for _, value in sorted(info.models.items()))])
