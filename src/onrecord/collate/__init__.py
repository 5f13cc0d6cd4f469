"""What no single report holds: copies, actors and happenings across reports, standing, series, tracks.  All of it derived."""

from onrecord.collate.store import Collation

__all__ = ["Collation"]
