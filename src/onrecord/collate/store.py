"""The collation of a ledger: brought up to date when it is asked, and asked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy.exc import SQLAlchemyError

from onrecord.collate import changes, decisions, facts_views, series_views, update, views, views_links
from onrecord.collate.moments import Moment
from onrecord.errors import LedgerError, OnrecordError, RecordNotFoundError
from onrecord.ledger.engine import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from onrecord.collate.entities import (
        AccountOf,
        ActorEntry,
        Change,
        CopiesEntry,
        Dispute,
        Happening,
        LinkEntry,
    )
    from onrecord.collate.position_history import History
    from onrecord.collate.series import Series
    from onrecord.collate.timelines import TimelineEntry
    from onrecord.collate.tracks import Track
    from onrecord.collate.views import Asked, MostTold
    from onrecord.ledger import Judgement, Ledger


_Entry = TypeVar("_Entry")


class Collation:
    """What the reports of a ledger say together: copies, happenings, their standing, links, actors.

    Everything is derived from the ledger and kept in tables of its own beside the ledger's; they can be dropped at
    any time.  Every view first takes in what the ledger has learned since the last time, so it is never out of date;
    the first view of a large ledger therefore takes a while (`update` with a progress bar does the same beforehand).

    Views take the ledger's filters (see `onrecord.ledger.filters.Filters`) as keywords, and `as_known_on`, an ISO
    day: what the ledger had learned by the end of that day, grouped as it would have been then.

    Threads and processes: as for the ledger; two that update at the same time do the work once.

    Raises:
        LedgerError: OR-L03, from every method, when the database fails.
        UsageError: from every view, for a filter that cannot be (see `Filters`).
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def update(self, done: Callable[[int, int], None] | None = None) -> int:
        """Take in what the ledger has learned since; how many readings that were.

        `done` is told, after each batch, how many readings were taken in and how many there are.
        """
        with _told():
            return update.bring_up_to_date(self.ledger, done)

    def rebuild(self, done: Callable[[int, int], None] | None = None) -> int:
        """Forget everything derived and make it anew; the result is the same."""
        with _told():
            update.clear(self.ledger.engine)
            return update.bring_up_to_date(self.ledger, done)

    def tally(self) -> dict[str, int]:
        """How many reports, happenings, groups of copies, actors and links there are."""
        with self._reading() as connection:
            return views.tally(connection)

    def happenings(self, **asked: Any) -> list[Happening]:
        """The happenings that fulfil the filters, earliest first; `standing` may be one of the standings."""
        return self._view(views.happenings, asked)

    def most_told(self, **asked: Any) -> MostTold:
        """The happenings that fulfil the filters and of which most reports tell, earliest first, and their number."""
        question = views.ask(self.ledger, asked)
        return cast("MostTold", self._ask(lambda connection: views.most_told(connection, question)))

    def disputes(self, **asked: Any) -> list[Dispute]:
        """The happenings whose accounts cannot all be right, with the statements that stand against each other."""
        return self._view(views_links.disputes, asked)

    def copies(self, **asked: Any) -> list[CopiesEntry]:
        """Groups of reports that carry the same wire text, those with most reports first."""
        return self._view(views.copies, asked)

    def actors(self, **asked: Any) -> list[ActorEntry]:
        """Actors across reports, those in most reports first."""
        return self._view(views.actors, asked)

    def links(self, **asked: Any) -> list[LinkEntry]:
        """Links between statements, by the day of the later one; `type` is a kind of link."""
        return self._view(views_links.links, asked)

    def changes(self, **asked: Any) -> list[Change]:
        """What was learned from the day `since` on: happenings that are new, and what changed about others."""
        return self._view(changes.changes, asked)

    def series(self, **asked: Any) -> list[Series]:
        """Series of figures, one line per source; `change` is a kind of change (total, level, event, increment)."""
        found: list[Series] = self._ask(series_views.ask_series(self.ledger, **asked))
        return found

    def histories(self, **asked: Any) -> list[History]:
        """Each party's stances on each issue over time, those with most entries first."""
        found: list[History] = self._ask(facts_views.ask_histories(self.ledger, **asked))
        return found

    def tracks(self, **asked: Any) -> list[Track]:
        """Negotiations with their rounds, delegations and agreements, the latest first."""
        found: list[Track] = self._ask(facts_views.ask_tracks(self.ledger, **asked))
        return found

    def timeline(self, top: int, query: str | None = None, **asked: Any) -> list[TimelineEntry]:
        """The `top` most important days of the reports that hold the words of `query`, in order, a line for each."""
        found: list[TimelineEntry] = self._ask(facts_views.ask_timeline(self.ledger, top, query, **asked))
        return found

    def accounts(
        self, happening: str, as_known_on: str | None = None
    ) -> tuple[Happening, list[AccountOf], list[LinkEntry]]:
        """A happening by its id ("h…") or by that of any of its events ("KEY:e3"), with everyone's word on it and
        what these are to each other.

        Raises:
            RecordNotFoundError: OR-L04 there is none.
        """
        with self._reading() as connection:
            return views.accounts(connection, happening, Moment(as_known_on))

    def judge(self, action: str, kind: str, ids: Sequence[str], *, who: str, why: str) -> Judgement:
        """Keep a person's decision that some "actors" or "happenings" are one ("merge") or are not ("split").

        The ids are those that the views give; a happening may also be named by any of its events ("KEY:e3").

        Raises:
            RecordNotFoundError: OR-L04 one of the ids names none of this kind.
            UsageError: OR-U02 `who` or `why` has no word in it.
        """
        with self._reading() as connection:
            missing = decisions.unknown(connection, kind, ids)
        if missing is not None:
            raise RecordNotFoundError(missing, kind.removesuffix("s"))
        return self.ledger.judge_group(action, kind, ids, who=who, why=why)

    def copy_group(self, group: str, as_known_on: str | None = None) -> CopiesEntry:
        """A group of copies by its id ("w…").

        Raises:
            RecordNotFoundError: OR-L04 there is none.
        """
        with self._reading() as connection:
            return views.copy_group(connection, group, Moment(as_known_on))

    def _view(self, view: Callable[[Connection, Asked], list[_Entry]], given: dict[str, Any]) -> list[_Entry]:
        asked = views.ask(self.ledger, given)
        with self._reading() as connection:
            return view(connection, asked)

    def _ask(self, question: Callable[[Connection], Any]) -> Any:
        with self._reading() as connection:
            return question(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self.update()
        with _told(), self.ledger.engine.connect() as connection:
            yield connection


@contextmanager
def _told() -> Iterator[None]:
    """The database's failures as ours."""
    try:
        yield
    except OnrecordError:
        raise
    except SQLAlchemyError as error:
        raise LedgerError("OR-L03", f"the ledger failed: {reason(error)}") from error
