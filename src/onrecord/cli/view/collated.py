"""What collate answers as tables for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text

from onrecord.cli.view.parts import hanging, sides
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import (
    STYLES,
    count_of,
    days,
    heading,
    join,
    known,
    line,
    listed,
    plain,
    quote,
    quote_with_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rich.console import Console, RenderableType

    from onrecord.collate.entities import ActorEntry, Change, CopiesEntry, Dispute, Happening, LinkEntry
    from onrecord.collate.standing import Standing

_DAY = len("2025-05-22")
_SHORT = 110
"""Characters of a quote in a table."""
_NAMES = 3
"""Sources, places or figures that a line names; the rest is counted."""
_LINKS = 6
"""Pairs of words that a dispute shows: of what one source has against others in one way, the first."""

STANDING_STYLES = {
    "one_source": "dim", "one_side": "yellow", "both_sides": "green", "independent": "bold green",
    "disputed": "bold red", "withdrawn": "dim strike",
}  # fmt: skip
STANDING_WORDS = {
    "one_source": "one source", "one_side": "one side only", "both_sides": "both sides", "independent": "independent",
    "disputed": "disputed", "withdrawn": "withdrawn",
}  # fmt: skip
_DOES = {
    "repeats": "repeats", "same_utterance": "is the same words as", "confirms": "tells of the same as",
    "denies": "denies what is said by", "contradicts": "differs from", "updates": "updates", "withdraws": "takes back",
}  # fmt: skip
_ABOUT = {"happened": "", "value": "on the number", "time": "on when", "place": "on where", "actor": "on who", "cause": "on the means"}  # fmt: skip
_CHANGED = {
    "new": "New", "standing": "Other standing than before", "more": "More reports or sources", "time": "Other days than before",
    "gone": "No longer read in any report",
}  # fmt: skip


def print_view(console: Console, view: str, entries: Sequence[Any]) -> None:
    """Print what a view of the collation answered."""
    if not entries:
        console.print("Nothing in the ledger fits.")
    elif view == "disputes":
        print_disputes(console, entries)
    elif view == "changes":
        _print_changes(console, entries)
    else:
        columns, row = _TABLES[view]
        table = fitted(columns, console.width)
        for entry in entries:
            table.add_row(*row(entry))
        console.print(table)


def print_tally(console: Console, tally: Mapping[str, int]) -> None:
    """How much there is of everything."""
    new = tally["taken_in"]
    console.print(f"{count_of(new, 'readings')} taken in." if new else "Nothing new in the ledger.")
    told = (
        count_of(tally["reports"], "reports"),
        f"{count_of(tally['copies'], 'groups')} of copies",
        count_of(tally["actors"], "actors"),
        f"{count_of(tally['happenings'], 'happenings')} ({tally['disputed']:,} disputed)",
        f"{count_of(tally['links'], 'links')} between statements",
    )
    console.print(join(*told))


def standing_text(standing: Standing) -> Text:
    """The standing in its colour."""
    return Text(STANDING_WORDS[standing.standing], STANDING_STYLES[standing.standing])


def counts(standing: Standing) -> str:
    """ "3 reports in 2 outlets, 2 independent origins"; nothing where there is one of each."""
    if standing.reports == standing.origins == 1:
        return ""
    outlets = f" in {count_of(standing.outlets, 'outlets')}" if standing.outlets > 1 else ""
    return f"{count_of(standing.reports, 'reports')}{outlets}, {count_of(standing.origins, 'independent origins')}"


def some(names: Sequence[str], most: int = _NAMES) -> str:
    """ "a, b, c and 4 more"."""
    if len(names) <= most + 1:
        return listed(names)
    return f"{', '.join(line(n) for n in names[:most])} and {len(names) - most} more"


def when(h: Happening) -> Text:
    """The days of a happening; where none are given, those of the report, marked."""
    day = h.begin or h.until
    if day and h.dated_by == "stated":
        return Text(days(h.begin, h.until), STYLES["time"])
    day = day or h.reported
    return join(Text(days(day, day), STYLES["time"]), Text("reported", STYLES["faint"]) if day else "", by="\n")


def what(h: Happening) -> Text:
    """Type, modes and standing."""
    modes = Text(", ".join(plain(m) for m in h.modes), STYLES["faint"])
    return join(Text(h.type, STYLES["event"]), modes, standing_text(h.standing), by="\n")


def body(h: Happening) -> Text:
    """Who, the words, where, according to whom."""
    who = sides(h.actors[:4], h.recipients[:4])
    words = quote_with_sentence(h.words, h.sentence)
    there = some(h.places)
    said = f"according to {some(h.standing.sources)}"
    denied = Text(f"denied by {some(h.standing.denied_by)}", STYLES["event"]) if h.standing.denied_by else ""
    figures = Text("; ".join(line(f) for f in h.figures[:_NAMES]), STYLES["figure"])
    trace = join(Text(h.id, STYLES["id"]), Text(counts(h.standing), STYLES["faint"]))
    detail = join(known(h.status), f"in {there}" if there else "", said)
    return join(Text(who, STYLES["head"]), Text(words, STYLES["content"]), figures, detail, denied, trace, by="\n")


def _happening(h: Happening) -> tuple[RenderableType, ...]:
    return when(h), what(h), body(h)


def print_disputes(console: Console, disputes: Iterable[Dispute]) -> None:
    """Each dispute: the happening, then the words that stand against each other."""
    for n, dispute in enumerate(disputes):
        if n:
            console.print()
        h = dispute.happening
        if h is not None:
            who = sides(h.actors[:3], h.recipients[:3])
            console.print(heading(join(when(h).plain.replace("\n", " "), h.type, who, some(h.places)).plain))
            console.print(Text(quote_with_sentence(h.words, h.sentence), STYLES["content"]))
        else:
            console.print(heading(join(dispute.day or "", line(dispute.about or "")).plain))
        shown = list({(k.kind, k.field, k.a["origin"]): k for k in reversed(dispute.links)}.values())[::-1][:_LINKS]
        for link in shown:
            console.print(link_lines(link))
        more = len(dispute.links) - len(shown)
        rest = f"{more} more pairs; " if more > 0 else ""
        further = f"onrecord explain {h.id}" if h is not None else ""
        if rest or further:
            console.print(Text(rest + further, STYLES["id"]))


def link_lines(link: LinkEntry) -> RenderableType:
    """One statement against another: who does what to whose words."""
    source, other = (Text(line(end["source"]), STYLES["source"]) for end in (link.a, link.b))
    head = join(source, Text(_DOES[link.kind], STYLES["cue"]), other, _ABOUT.get(link.field or "", ""), by=" ")
    return hanging(head, _end(link.a), _end(link.b))


def _end(end: Mapping[str, Any]) -> Text:
    outlet = line(end["outlet"] or "")
    trace = join(Text(end["said"] or "", STYLES["time"]), Text(outlet, STYLES["faint"]), Text(end["id"], STYLES["id"]))
    source = Text(f"{line(end['source'])}: ", STYLES["faint"])
    words = Text.assemble(source, (quote([end["text"]], _SHORT), STYLES["content"]))
    return join(words, trace, by="  ")


def _link(link: LinkEntry) -> tuple[RenderableType, ...]:
    day = link.a["said"] or link.b["said"] or "undated"
    kind = join(Text(plain(link.kind), STYLES["cue"]), plain(link.field or ""), by="\n")
    trace = Text(f"of {link.group}" if link.group else line(link.about or ""), STYLES["id"])
    return Text(day, STYLES["time"]), kind, hanging(_end(link.a), _end(link.b), trace)


def _copies(entry: CopiesEntry) -> tuple[RenderableType, ...]:
    origin = join(*dict.fromkeys(line(n) for n in (entry.agency, entry.publisher) if n))
    title = Text(line(entry.title) if entry.title else "(no title)", STYLES["head"])
    carried = f"carried by {some(entry.outlets, 6)}" if len(entry.outlets) > 1 else ""
    trace = join(Text(entry.id, STYLES["id"]), Text(f"origin {entry.origin}", STYLES["id"]))
    first, last = (d[:_DAY] if d else None for d in (entry.first, entry.last))
    return days(first, last), f"{entry.reports:,}", join(title, origin, carried, trace, by="\n")


def _actor(entry: ActorEntry) -> tuple[RenderableType, ...]:
    what_ = " ".join(filter(None, (entry.country, entry.sector)))
    name = join(line(entry.name), Text(entry.id, STYLES["id"]), by="\n")
    return name, plain(entry.kind), what_, f"{entry.reports:,}", days(entry.first, entry.last)


def _print_changes(console: Console, changes: Sequence[Change]) -> None:
    for n, (kind, found) in enumerate(groupby(changes, key=lambda c: c.kind)):
        if n:
            console.print()
        console.print(heading(_CHANGED[kind]))
        table = fitted((_WHEN, _WHAT, Column("", 20, share=1)), console.width)
        table.show_header = False
        for change in found:
            table.add_row(when(change.happening), what(change.happening), _changed(change))
        console.print(table)


def _changed(change: Change) -> Text:
    was, now = change.was, change.happening
    told = Text("")
    if was is not None and change.kind == "standing":
        told = Text.assemble("was ", standing_text(was.standing), ", is now ", standing_text(now.standing))
    elif was is not None and change.kind == "more":
        new = [s for s in now.standing.sources if s not in was.standing.sources]
        grown = f"{count_of(was.standing.reports, 'reports')} before, {now.standing.reports:,} now"
        told = join(grown, f"new: {some(new)}" if new else "")
    elif was is not None and change.kind == "time":
        told = Text(f"was {days(was.begin, was.until)}")
    return join(told, body(now), by="\n")


_WHEN = Column("when", 12, style=STYLES["time"])
_WHAT = Column("what", 14)
_TABLES: dict[str, tuple[tuple[Column, ...], Callable[[Any], tuple[RenderableType, ...]]]] = {
    "happenings": ((_WHEN, _WHAT, Column("who, words, sources", 20, share=1)), _happening),
    "copies": ((_WHEN, Column("reports", 7, right=True), Column("story", 20, share=1)), _copies),
    "actors": (
        (Column("actor", 20, 34, share=1, style=STYLES["actor"]), Column("kind", 12), Column("of", 8),
         Column("reports", 7, right=True), Column("seen", 12, 23, style=STYLES["time"])),
        _actor,
    ),
    "links": ((_WHEN, Column("link", 14), Column("the later words, then those they answer", 20, share=1)), _link),
}  # fmt: skip
"""View -> its columns and what makes a row."""
