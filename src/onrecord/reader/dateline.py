"""The head and foot of a report -> agency, byline, dateline, dates, and where the report's own text begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from onrecord.reader import dateline_shapes as shapes
from onrecord.reader import times_calendar as cal
from onrecord.reader.dateline_tail import find_tail
from onrecord.reader.times_words import MONTHS, ZONES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.reader.document import Range

HEAD = 1500
"""Characters of the head that may hold a dateline: bullets and captions can run before it."""
STAMP_REACH = 400
"""Characters within which a date with a time of day is a stamp, whatever stands before it."""
HEADER_TRUST = 10
"""Days by which a date in the text may precede the date that the caller gives and still be the report's own."""
TITLE_WORDS = (3, 25)


@dataclass(frozen=True, slots=True)
class Header:
    """What the head and foot of a report say.  Ranges are character offsets, dates ISO strings, `anchor` a date."""

    agency: str | None = None
    byline: str | None = None
    dateline: Range | None = None
    places: tuple[Range, ...] = ()
    dateline_date: str | None = None
    published: str | None = None
    published_basis: str = "unknown"
    anchor: date | None = None
    anchor_basis: str = "unknown"
    body_start: int = 0
    headers: tuple[Range, ...] = ()
    tail_start: int | None = None
    title_span: Range | None = None


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A date line of the header."""

    start: int
    end: int
    day: date
    written: str
    updated: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A dateline: its range, the offset after its dash, places, agency, and day, year and month as far as named."""

    start: int
    end: int
    after: int
    places: tuple[Range, ...]
    agency: str | None
    month_day: tuple[int | None, int, int] | None
    weekday: int | None


def read_header(
    text: str,
    *,
    published: str | None = None,
    published_basis: str = "argument",
    title: str | None = None,
    agency: str | None = None,
    byline: str | None = None,
) -> Header:
    """Read the head and foot of a report; `published` is known to the caller from `published_basis`.

    The anchor is the dateline's date, else the header's where it agrees with `published`, else `published`.
    """
    given = _given(published)
    stamps = list(_stamps(text))
    own = min(stamps, key=lambda s: s.updated, default=None)
    line = _dateline(text, [(s.start, s.end) for s in stamps])
    told = _dateline_day(line, given[0] if given else own.day if own else None)
    names, by_range, by_place = _byline(text)
    headers = sorted([(s.start, s.end) for s in stamps] + ([by_range] if by_range else []))
    heading = _title_span(text, title, stamps, line, by_range)
    body_start = _body_start(text, [*headers, *([(line.start, line.after)] if line else [])], heading)
    known, known_basis = _published(given, published_basis, own, told)
    anchor, anchor_basis = _anchor(given, published_basis, own, told)
    return Header(
        agency=agency or (line.agency if line else None) or _credited(text, names),
        byline=byline or names or _reporters(text),
        dateline=(line.start, line.end) if line else by_place,
        places=line.places if line else (by_place,) if by_place else (),
        dateline_date=told.isoformat() if told else None,
        published=known,
        published_basis=known_basis,
        anchor=anchor,
        anchor_basis=anchor_basis,
        body_start=body_start,
        headers=tuple(headers),
        tail_start=find_tail(text, body_start),
        title_span=heading,
    )


def _body_start(text: str, headers: list[Range], heading: Range | None) -> int:
    """Offset behind all that opens the text: headers, dateline, and a headline that stands before or among them."""
    end = max((end for _, end in headers), default=0)
    if heading is not None and heading[0] <= _skip_space(text, end):
        end = max(end, heading[1])
    return _skip_space(text, end)


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _given(published: str | None) -> tuple[date, str] | None:
    """The caller's date as a day and in ISO; one in words is read, one that is no date is as good as none."""
    if not published:
        return None
    try:
        return datetime.fromisoformat(published.strip()).date(), published.strip()
    except ValueError:
        match = shapes.STAMP.search(published)
        stamp = _stamp(match) if match else None
        return (stamp.day, stamp.written) if stamp else None


def _stamps(text: str) -> Iterator[_Stamp]:
    """Date lines of the head: labelled, alone on a line, or with a time of day."""
    for match in shapes.STAMP.finditer(text, 0, STAMP_REACH):
        stamp = _stamp(match)
        if stamp is None:
            continue
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        newline = text.find("\n", match.end())
        rest = text[match.end() : newline if newline >= 0 else len(text)]
        piped = re.fullmatch(rf"\s*{shapes.PLACE}\s*\|\s*", before)
        alone = not before.strip() and not rest.strip(" \t\xa0.|")
        first = not before.strip() and not text[: match.start()].strip()
        labelled = match["label"] and (not before.strip() or match["clock"])
        if labelled or alone or piped or (first and match["ymd"]) or (match["clock"] and match["zone"]):
            yield stamp


def _stamp(match: re.Match[str]) -> _Stamp | None:
    year, month, day = _month_day(match)
    exact = cal.make_date(year, month, day) if year else None
    if exact is None:
        return None
    written = exact.isoformat()
    if match["clock"]:
        hour, minute = (int(x) for x in re.split("[:.]", match["clock"]))
        half = (match["half"] or "").lower()[:1]
        hour = hour % 12 + 12 * (half == "p") if half else hour
        if hour < 24 and minute < 60:
            written += f"T{hour:02d}:{minute:02d}" + _offset(match["zone"])
    return _Stamp(match.start(), match.end(), exact, written, "dat" in (match["label"] or "").lower()[2:])


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] in "+-":
        return zone[:3] + ":" + zone[-2:]
    offset = ZONES.get(zone.lower(), "")
    return "+00:00" if offset == "Z" else offset


def _month_day(match: re.Match[str]) -> tuple[int | None, int, int]:
    """Year (None where left out), month and day of a date's match."""
    if match["ymd"]:
        year, month, day = match["ymd"].split("-")
        return int(year), int(month), int(day)
    first = match["m1"] is not None
    name = (match["m1"] if first else match["m2"]).lower().rstrip(".")
    year_text = match["y1"] if first else match["y2"]
    return _year(year_text) if year_text else None, MONTHS[name], int(match["d1"] if first else match["d2"])


def _year(figures: str) -> int:
    """A year, of two figures the one from 1950 to 2049."""
    year = int(figures)
    return year if year > 99 else year + (1900 if year >= 50 else 2000)


_NO_PLACE_AFTER = frozenset(
    "in of at from near on to by with for and the a an western eastern northern southern central into between".split()
)
"""Words before "Libya (CNN) --" that make the country the end of a bullet, not the dateline's place."""


def _dateline(text: str, stamps: list[Range]) -> _Line | None:
    pattern = shapes.dateline_pattern()
    for _, end in stamps:  # right behind a stamp first, whose time zone would pass for a place
        match = pattern.match(text, _skip_space(text, end))
        if match and (match["dash"] or match["place"] or match["date"]):
            return _line(text, match, opens=True)
    for match in pattern.finditer(text, 0, HEAD):
        opens = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        if match["dash"] or (opens and (match["place"] or match["date"])):
            return _line(text, match, opens=opens)
    for match in _line_starts(text):
        whole = _line(text, match, opens=True)
        if whole is not None:
            return whole
    return None


def _line_starts(text: str) -> Iterator[re.Match[str]]:
    """Datelines without an agency, which only the start of one of the first lines can be."""
    offset = 0
    for _ in range(6):
        match = shapes.bare_dateline_pattern().match(text, _skip_space(text, offset))
        if match and match.end() < HEAD:
            yield match
        newline = text.find("\n", offset, HEAD)
        if newline < 0:
            return
        offset = newline + 1


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LABELS = frozenset("new update updated breaking watch live exclusive analysis opinion video photos explainer".split())


def _line(text: str, match: re.Match[str], *, opens: bool) -> _Line | None:
    """The dateline of a match; a place that belongs to the words before it is left out."""
    groups = match.groupdict()
    group = "place" if groups.get("place") else "capitals" if groups.get("capitals") else None
    start = match.start()
    places: tuple[Range, ...] = ()
    if group is not None:
        place_start, place_end = match.span(group)
        before = re.findall(r"[\w-]+", text[max(0, place_start - 30) : place_start])
        if not opens and before and before[-1].lower() in _NO_PLACE_AFTER:
            start = match.start("date") if groups.get("date") else text.index("(", place_end)
        elif group == "capitals" and match[group].lower() in _LABELS:
            return None
        else:
            places = _split_places(match[group], place_start)
    dash = groups.get("dash") or groups.get("mark") or ""
    end = match.end() - len(dash)
    has_date = groups.get("date") and (groups.get("ymd") or groups.get("m1") or groups.get("m2"))
    alias = groups.get("agency")
    return _Line(
        start=start,
        end=end,
        after=match.end(),
        places=places,
        agency=shapes.agencies()[alias] if alias else None,
        month_day=_month_day(match) if has_date else None,
        weekday=_WEEKDAYS.index(groups["weekday"][:3].lower()) if groups.get("weekday") else None,
    )


def _split_places(words: str, offset: int) -> tuple[Range, ...]:
    """The places of "GENEVA/NEW YORK", each with its range."""
    return tuple((offset + m.start(), offset + m.end()) for m in re.finditer(r"[^/]+", words))


def _dateline_day(line: _Line | None, reference: date | None) -> date | None:
    """The dateline's date; without a year it takes the one nearest to the date of publication."""
    if line is not None and line.weekday is not None and reference is not None:
        return cal.nearest_weekday(reference, line.weekday, ahead=False)
    if line is None or line.month_day is None:
        return None
    year, month, day = line.month_day
    if year is not None:
        return cal.make_date(year, month, day)
    if reference is None:
        return None
    near = [cal.make_date(reference.year + step, month, day) for step in (0, -1, 1)]
    return min((d for d in near if d), key=lambda d: abs((d - reference).days), default=None)


def _published(
    given: tuple[date, str] | None, basis: str, own: _Stamp | None, told: date | None
) -> tuple[str | None, str]:
    if given:
        return given[1], basis
    if own:
        return own.written, "header"
    return (told.isoformat(), "dateline") if told else (None, "unknown")


def _anchor(
    given: tuple[date, str] | None, basis: str, own: _Stamp | None, told: date | None
) -> tuple[date | None, str]:
    if told:
        return told, "dateline"
    if own and (given is None or 0 < (given[0] - own.day).days <= HEADER_TRUST):
        return own.day, "header"
    return (given[0], basis) if given else (None, "unknown")


def _byline(text: str) -> tuple[str | None, Range | None, Range | None]:
    """Names of the byline with "; " between them, its range, and the place that may end it ("By Jane Doe, Cairo")."""
    offset = 0
    for _ in range(6):
        start = _skip_space(text, offset)
        match = shapes.BYLINE.match(text, start)
        if match and match.start() < HEAD:
            return _names(text, match)
        newline = text.find("\n", start, HEAD)
        if newline < 0:
            break
        offset = newline + 1
    return None, None, None


def _names(text: str, match: re.Match[str]) -> tuple[str | None, Range | None, Range | None]:
    names, rest = match["names"], match["rest"]
    for comma in re.finditer(r",\s+(\S+)", names):
        if comma.group(1) in shapes.agencies():  # "Jane Doe, CNN Headline of the day": the agency ends the names
            return _people(names[: comma.start()]), (match.start(), match.start("names") + comma.end()), None
    staff = names.endswith(("Staff", "Writer", "Writers", "Desk"))
    closed = len(rest.strip()) < 40 and text[match.end() : match.end() + 1] in ("", "\n", "\r")
    agency = re.match(r",\s*(\w+)", rest)
    if not (staff or closed or (agency and agency.group(1) in shapes.agencies())):
        return None, None, None
    people = _people(names)
    place = re.fullmatch(rf"\s*(?:,|\bin\b)\s+({shapes.PLACE})\s*", rest) if closed and not staff else None
    if place and place.group(1) not in shapes.agencies():
        base = match.start("rest")
        return people, (match.start(), match.end()), (base + place.start(1), base + place.end(1))
    end = match.end() if closed and not staff else match.end("names")
    if agency and not staff:
        end = max(match.start("rest") + agency.end(), end if closed else 0)
    return people, (match.start(), end), None


def _people(names: str) -> str:
    """The names of "Jane Doe, John Roe and Ann Poe" with "; " between them."""
    return "; ".join(re.split(r",\s+and\s+|\s+(?:and|&)\s+|,\s+", names))


def _credited(text: str, names: str | None) -> str | None:
    """The agency of the byline, of a credit line at the end, or of the contributors' line."""
    if names and names.split()[0] in shapes.agencies():
        return shapes.agencies()[names.split()[0]]
    foot = text[-600:]
    credit = shapes.credit_pattern().search(foot.rstrip())
    if credit:
        return shapes.agencies()[next(g for g in credit.groups() if g)]
    for match in shapes.CONTRIBUTOR.finditer(foot):
        if match["agency"] in shapes.agencies():
            return shapes.agencies()[match["agency"]]
    opening = re.match(r"\s*([A-Z]+)/", text)
    return shapes.agencies().get(opening.group(1)) if opening else None


def _reporters(text: str) -> str | None:
    """The names of "(Reporting by Jane Doe; editing by John Roe)" at the end."""
    match = shapes.REPORTING.search(text[-2500:])
    if match is None or match.group().lstrip("(").startswith("Additional"):
        return None
    names = re.sub(r"\s+in\s+[A-Z].*$", "", match["names"].strip())
    return _people(names)


def _title_span(
    text: str, title: str | None, stamps: list[_Stamp], line: _Line | None, by_range: Range | None
) -> Range | None:
    """Where the headline stands in the text: as given, or a short first line without a full stop."""
    if title and title.strip():
        words = r"\s+".join(re.escape(w) for w in title.split())
        match = re.compile(words, re.IGNORECASE).search(text, 0, HEAD)
        if match:
            return match.span()
    start = _skip_space(text, 0)
    newline = text.find("\n", start)
    first_end = newline if newline >= 0 else len(text)
    marks = [s.start for s in stamps] + ([line.start] if line else []) + ([by_range[0]] if by_range else [])
    same_line = [m for m in marks if start <= m < first_end]
    if same_line and (min(same_line) == start or not any(s.start == min(same_line) for s in stamps)):
        return None
    end = min(same_line, default=first_end)
    heading = text[start:end].strip().rstrip("|").strip()
    count = len(heading.split())
    if not TITLE_WORDS[0] <= count <= TITLE_WORDS[1] or heading.endswith((*".!:;,|", '."', ".”")):
        return None
    followed = bool(same_line) or bool(text[first_end:].strip())
    place_only = re.fullmatch(rf"{shapes.PLACE}", heading) and "," in heading and same_line
    return (start, start + len(heading)) if followed and not place_only else None
