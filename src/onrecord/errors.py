"""Every error that onrecord raises, under one root.

::

    OnrecordError                a problem that has a code and a sentence for people
    ├── RecordError              OR-R…  a record's JSON has the wrong shape
    ├── ReaderError              OR-M…  the reader's own parts (weights, tables) are missing or damaged
    ├── LedgerError              OR-L…  the ledger cannot be opened, read or written
    │   └── RecordNotFoundError       OR-L04 no record has that id
    ├── EngineError              OR-E…  work over many reports cannot go on
    └── UsageError               OR-U…  a value that a person gave cannot be used (also a ValueError)

`str(error)` is "OR-…: message".  A code never changes its meaning; the message may be reworded.
The notes of a reading (`reading.notes`) and the rejections of the intake (OR-I…) use codes of the same form;
docs/notes.md explains them all.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Root of all errors of this package.

    `code` is stable and starts with "OR-"; `message` is one sentence without a full stop at its end.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class RecordError(OnrecordError):
    """JSON that is not the record it should be: OR-R01 wrong shape, OR-R02 no JSON at all."""


class ReaderError(OnrecordError):
    """The reader's own parts are missing or damaged."""


class LedgerError(OnrecordError):
    """OR-L01 cannot be opened or is none, OR-L02 newer than this version, OR-L03 failed, OR-L06 not there,
    OR-L07 a report whose id is not the hash of its text, OR-L08 a withdrawal of nothing that has a name, OR-L09 a backup
    that cannot be made.
    """


class RecordNotFoundError(LedgerError):
    """OR-L04: the ledger has no record, or nothing else of a `kind` ("happening"), with this id.  `record_id` carries it."""

    def __init__(self, record_id: str, kind: str = "record") -> None:
        super().__init__("OR-L04", f"the ledger has no {kind} {record_id!r}")
        self.record_id = record_id


class EngineError(OnrecordError):
    """OR-E03: a worker of an engine cannot start."""


class UsageError(OnrecordError, ValueError):
    """A value given by the caller: OR-U01 not a date, OR-U02 not one of the words allowed, OR-U03 out of range,
    OR-U05 a correction that a record cannot have, OR-U08 a list of feeds that cannot be read, OR-U09 a file in which
    no state of intake can be kept.
    """
