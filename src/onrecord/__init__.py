"""onrecord: news reports into their record - what happened, who says so, what each side wants, how figures move.

The public names load their modules only when they are first used: importing this package loads no model,
no database and no other third-party package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import read, read_many
    from onrecord.errors import (
        EngineError,
        LedgerError,
        OnrecordError,
        ReaderError,
        RecordError,
        RecordNotFoundError,
        UsageError,
    )
    from onrecord.ledger import Ledger
    from onrecord.records import (
        Actor,
        Agreement,
        ChainLink,
        Dateline,
        Event,
        EventTime,
        Figure,
        Give,
        Mention,
        Note,
        Period,
        Place,
        Position,
        ReaderInfo,
        Reading,
        Report,
        Source,
        Span,
        Stage,
        Statement,
        Talks,
        Time,
    )

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Agreement",
    "ChainLink",
    "Dateline",
    "EngineError",
    "Event",
    "EventTime",
    "Figure",
    "Give",
    "Ledger",
    "LedgerError",
    "Mention",
    "Note",
    "OnrecordError",
    "Period",
    "Place",
    "Position",
    "ReaderError",
    "ReaderInfo",
    "Reading",
    "RecordError",
    "RecordNotFoundError",
    "Report",
    "Source",
    "Span",
    "Stage",
    "Statement",
    "Talks",
    "Time",
    "UsageError",
    "__version__",
    "read",
    "read_many",
]


def _home(name: str) -> str:
    """The module that a public name lives in."""
    if name in {"read", "read_many"}:
        return "onrecord.api"
    if name == "Ledger":
        return "onrecord.ledger"
    return "onrecord.errors" if name.endswith("Error") else "onrecord.records"


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_home(name)), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
