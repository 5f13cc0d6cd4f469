"""The ledger: reports and their readings, kept in SQLite or PostgreSQL, appended to and never overwritten."""

from onrecord.ledger.entries import Entry, Explanation, Judged, Neighbour, ReportEntry, ReportRef, SourceEntry
from onrecord.ledger.filters import Filters
from onrecord.ledger.judgements import Judgement
from onrecord.ledger.known import Appearance, Known, Notice
from onrecord.ledger.store import Ledger
from onrecord.ledger.writer import Added, Prepared, prepared

__all__ = [
    "Added",
    "Appearance",
    "Entry",
    "Explanation",
    "Filters",
    "Judged",
    "Judgement",
    "Known",
    "Ledger",
    "Neighbour",
    "Notice",
    "Prepared",
    "ReportEntry",
    "ReportRef",
    "SourceEntry",
    "prepared",
]
