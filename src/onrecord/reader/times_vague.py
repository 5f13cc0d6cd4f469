"""Vague references, set phrases and feasts -> values: "recently", "so far", "since then", "New Year's Eve"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader import times_calendar as cal
from onrecord.reader.times_calendar import Period
from onrecord.reader.times_story import Found, Story, unknown
from onrecord.reader.times_words import HOLIDAYS, REFERENCES

if TYPE_CHECKING:
    from onrecord.reader.times_match import Match

_AFTER_PAST = frozenset(["", *'and but to he she it they for have had has as when that is was , . ; ) ” "'.split()])
"""What follows "in the past" where that is all of the expression."""

_BE = frozenset("was were is had who which".split())
_SPOKEN = frozenset("had have said was were has reported announced".split())
_NOT_LATER = frozenset("the a an or no much sooner in of".split())
_CLOSERS = ('"', "”", ";", ":")


def ref_period(value: str, story: Story) -> Period:
    """A vague reference with the side that the report's date closes."""
    anchor = story.anchor
    begin = anchor if value in ("PRESENT_REF", "FUTURE_REF") else None
    until = anchor if value in ("PRESENT_REF", "PAST_REF") else None
    return Period(value, begin, until, "vague")


def _reference(value: str, story: Story) -> Found:
    return Found("DATE", ref_period(value, story))


def read_vague(match: Match, story: Story) -> Found | None:
    """Now, recently, recent weeks, later, the past."""
    codes, lows = match.codes(), match.lows()
    if "u" in codes:
        ahead = {"future", "coming", "upcoming"} & set(lows)
        value = "PAST_REF" if "recent" in lows else "FUTURE_REF" if ahead else None
        return _reference(value, story) if value else None
    if codes == "tl":
        whole = match.before() in ("in", "from", "of", "with", "to") and match.after() in _AFTER_PAST
        return _reference("PAST_REF", story) if lows[-1] == "past" and whole else None
    if codes == "E":
        return _comparative(match, story)
    if codes == "b":
        return _adverb_before(match, story)
    if lows[0] in ("shortly", "soon") and match.after() in ("before", "after"):  # a moment that follows may be a time
        return None
    value = REFERENCES.get(lows[0])
    return _reference(value, story) if value and (match.loose or _is_reference(match, lows[0])) else None


def _is_reference(match: Match, word: str) -> bool:
    """Keep out "once the vote is held", "as soon as", "shortly before" and "future" before a noun."""
    after, before = match.after(), match.before()
    if word == "once":
        compound = before == "," and match.lexed.code(match.end) == "." and match.after(1) == "-"
        return before in _BE or compound
    if word == "soon":
        return before != "as" and after != "as"
    if word == "future":
        return before in ("the", "in", "near", "foreseeable", "distant")
    return not (before == "as" and after == "as")


def _adverb_before(match: Match, story: Story) -> Found | None:
    """Tell the adverb of "as he has said before", which closes its clause, from the preposition."""
    closed = match.lexed.code(match.end) in ",p|" or match.after() in _CLOSERS
    verb = match.before().endswith(("ed", "en")) or match.before() in ("ever", "never", "said", "done", "as", "told")
    return _reference("PAST_REF", story) if match.lows() == ["before"] and closed and verb else None


def _comparative(match: Match, story: Story) -> Found | None:
    """Read "later" and "earlier" as adverbs; before a noun or "than" they compare."""
    word, after, before = match.lows()[0], match.after(), match.before()
    if match.loose:
        return _reference("FUTURE_REF" if word == "later" else "PAST_REF", story)
    if after in ("than", "on", "in") or after.endswith("ing") or before in _NOT_LATER:
        return None
    if word == "later":
        day, basis = story.day()
        begin = min(day, story.anchor) if day and story.anchor else day
        until = story.anchor if match.ahead() is not True else None
        return Found("DATE", Period("FUTURE_REF", begin, until, "vague"), None, basis)
    closed = match.lexed.code(match.end) in ",p|" or after in _CLOSERS
    spoken = before in _SPOKEN or before.endswith("ed")
    return _reference("PAST_REF", story) if closed or (spoken and after.endswith(("d", "t"))) else None


def read_phrase(kind: str, low: str, story: Story) -> Found | None:
    """What a set phrase comes to; `kind` is its group in the grammar, `low` its lower-case text."""
    if kind == "feast":
        return _feast(low, story)
    if kind == "span":
        return Found("DURATION", unknown("PXX", "vague"), None, "document")
    if kind != "then":
        value = {"present": "PRESENT_REF", "past": "PAST_REF"}.get(kind, "FUTURE_REF")
        return _reference(value, story)
    if "period" in low and story.duration is not None:
        return replace(story.duration, basis="previous")
    if story.last is None:
        return Found("DATE", unknown("PAST_REF", "vague"), None, "document") if "then" in low else None
    return Found("DATE", story.last, None, "previous")


def _feast(low: str, story: Story) -> Found | None:
    """Christmas, New Year's Eve: the nearest one, or the last or next where the words say so."""
    words = [w.replace("’", "'") for w in re.findall(r"[a-z]+|['’]s", low)]
    direction = {"last": False, "next": True}.get(words[0])
    named = re.search(r"\d{4}$", low)
    month, day = HOLIDAYS[tuple(w for w in words if w not in ("last", "next", "this"))]
    if named:
        exact = cal.make_date(int(named.group()), month, day) if day else cal.thanksgiving(int(named.group()))
        return Found("DATE", cal.day(exact), None, "explicit") if exact else None
    if story.anchor is None:
        return Found("DATE", unknown(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), "day"), None, "document")
    this = words[0] == "this"
    year = story.anchor.year if this else cal.nearest_year(story.anchor, month, day or 24, direction)
    exact = cal.make_date(year, month, day) if day else cal.thanksgiving(year)
    return Found("DATE", cal.day(exact), None, "anchor") if exact else None
