"""The ledger: reports and their readings, kept in SQLite or PostgreSQL, appended to and never overwritten."""

from onrecord.ledger.entries import Entry, Explanation, Neighbour, ReportEntry, ReportRef, SourceEntry
from onrecord.ledger.filters import Filters
from onrecord.ledger.store import Ledger

__all__ = ["Entry", "Explanation", "Filters", "Ledger", "Neighbour", "ReportEntry", "ReportRef", "SourceEntry"]
