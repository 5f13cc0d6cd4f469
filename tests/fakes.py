"""An invented report with one record of every kind, a reader that finds such records by plain words, and a clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

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
    content_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TEXT = """Port Selu, March 4 (Reuters) - The Tesh Front said on Tuesday that talks with Varda had broken down.

Radio Selu, citing a Vardan diplomat, reported that more than 3,000 villagers were displaced near Lake Orm.

"We want guarantees," Ilo Maren, a spokesman for the front, said, offering to free all prisoners in return.

The first stage of the Orm accord was completed in January; the second was refused."""


def span(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """The nth place where these words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span.of(text, start, start + len(words))


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Runs of text between line ends."""
    return tuple(m.span() for m in re.finditer(r"[^\r\n]*[^\s][^\r\n]*", text))


def _mention(words: str, form: str = "name", nth: int = 0) -> Mention:
    s = span(words, nth=nth)
    return Mention(s.start, s.end, s.text, form)


def _place(words: str, **fields: Any) -> Place:
    s = span(words)
    return Place(s.start, s.end, s.text, **fields)


def _time(words: str, **fields: Any) -> Time:
    s = span(words)
    return Time(s.start, s.end, s.text, **fields)


def full_reading(**report: Any) -> Reading:
    """A valid reading of `TEXT` with every kind of record; `report` replaces fields of the report."""
    known: dict[str, Any] = {
        "id": content_id(TEXT), "text": TEXT, "language": "en", "agency": "Reuters", "publisher": "The Daily Orm",
        "title": "Talks break down", "published": "2025-03-04", "published_basis": "metadata",
        "anchor": "2025-03-04", "anchor_basis": "dateline",
        "dateline": Dateline(span=span("Port Selu, March 4 (Reuters)"), place="p1", date="2025-03-04"),
    }  # fmt: skip
    return Reading(
        report=Report(**(known | report)),
        sentences=sentences(TEXT),
        actors=_actors(),
        places=(
            _place("Port Selu", id="p1", name="Port Selu", country="VRD", latitude=1.5, longitude=2, precision="city"),
            _place("Lake Orm", id="p2", name="Lake Orm", country="VRD", precision="area", geonameid=7),
        ),
        times=(
            _time("on Tuesday", id="t1", type="DATE", value="2025-03-04", begin="2025-03-04", until="2025-03-04"),
            _time("January", id="t2", type="DATE", value="2025-01", begin="2025-01-01", until="2025-01-31",
                  precision="month", basis="anchor"),
        ),
        statements=_statements(),
        events=_events(),
        figures=(
            Figure(id="f1", span=span("more than 3,000"), measure="displaced", low=3000, relation="more_than",
                   unit="villagers", population=span("villagers"), change="total", as_of="2025-03-04",
                   as_of_basis="anchor", period=Period(begin="2025-01-01"), places=("p2",), according_to=("s2",)),
        ),
        positions=(
            Position(id="o1", parties=("a1",), stance="demand", issue="guarantees", span=span("guarantees"),
                     gives=(Give(span=span("free all prisoners"), issue="prisoners"),), toward=("a2",),
                     according_to=("s3",)),
            Position(id="o2", parties=("a2",), stance="refuse", issue="withdrawal", span=span("was refused"),
                     status="past"),
        ),
        talks=(
            Talks(id="k1", span=span("talks with Varda"), parties=("a1", "a2"), time="t1", outcome="broken_off",
                  according_to=("s1",)),
        ),
        agreements=(
            Agreement(id="g1", span=span("the Orm accord"), name="the Orm accord", kinds=("exchange",),
                      parties=("a1", "a2"), time="t2", status="agreed",
                      stages=(Stage(ordinal=1, span=span("The first stage"), status="done", time="t2", terms=("e2",)),
                              Stage(ordinal=2, span=span("the second"), status="refused"))),
        ),
        reader=ReaderInfo(version="fake", models={"b": "2", "a": "1"}),
        notes=(Note(code="OR-T03", message="no year", span=span("January")),),
    )  # fmt: skip


def _actors() -> tuple[Actor, ...]:
    return (
        Actor(id="a1", name="Tesh Front", kind="group", country="VRD", sector="REB",
              mentions=(_mention("The Tesh Front"), _mention("the front", "nominal"))),
        Actor(id="a2", name="Varda", kind="state", country="VRD", sector="GOV", mentions=(_mention("Varda"),)),
        Actor(id="a3", name="Vardan diplomat", kind="person", description="diplomat", member_of=("a2",)),
        Actor(id="a4", name="Radio Selu", kind="media", sector="JRN"),
        Actor(id="a5", name="Ilo Maren", kind="person", description="a spokesman for the front", member_of=("a1",),
              mentions=(_mention("Ilo Maren"),)),
    )  # fmt: skip


def _statements() -> tuple[Statement, ...]:
    diplomat = ChainLink(actors=("a3",), span=span("a Vardan diplomat"), kind="unnamed_person", naming="described")
    front = Source(span=span("The Tesh Front"), actors=("a1",), kind="organization", naming="named")
    radio = ChainLink(actors=("a4",), span=span("Radio Selu"), kind="media", naming="named")
    return (
        Statement(id="s1", source=front,
                  cue=(span("said"),), content=(span("that talks with Varda had broken down"),), said="t1",
                  chain=(ChainLink(span=span("The Tesh Front"), actors=("a1",), kind="organization", naming="named"),)),
        Statement(id="s2", source=Source(span=diplomat.span, actors=("a3",), kind=diplomat.kind, naming="described"),
                  cue=(span("citing"), span("reported")), act="report", chain=(radio, diplomat),
                  content=(span("that more than 3,000 villagers were displaced near Lake Orm"),), certainty="certain"),
        Statement(id="s3", source=Source(span=span("Ilo Maren, a spokesman for the front"), actors=("a5",),
                  kind="person", naming="named"), cue=(span("said", nth=1),), quotation="direct", addressee=("a4",),
                  content=(span('"We want guarantees,"'),), polarity="negative", within="s1"),
    )  # fmt: skip


def _events() -> tuple[Event, ...]:
    return (
        Event(id="e1", type="SANCTION", modes=("expel",), trigger=span("displaced"),
              text=span("more than 3,000 villagers were displaced near Lake Orm"), places=("p2",), figures=("f1",),
              status="occurred", according_to=("s2",)),
        Event(id="e2", type="RETREAT", modes=("release",), trigger=span("free"), actors=("a1",), recipients=("a2",),
              time=EventTime(ref="t2", begin="2025-01-01", until="2025-01-31", precision="month", basis="stated"),
              status="proposed"),
        Event(id="e3", type="REJECT", modes=("yield",), trigger=span("refused"), actors=("a2",),
              time=EventTime(begin="2025-03-04", until="2025-03-04", precision="day", basis="anchor")),
    )  # fmt: skip


class FakeReader:
    """Reads any text: one statement for each "NAME said", one figure for each "N killed"; nothing else.

    A text that holds "explode" makes it fail, as a reader with a bug would.
    """

    def __init__(self, version: str = "fake") -> None:
        self.version = version
        self.batches: list[int] = []

    def read_many(self, items: Iterable[Mapping[str, Any]]) -> Iterator[Reading]:
        """One reading per item; remembers how many came at once."""
        batch = list(items)
        self.batches.append(len(batch))
        for item in batch:
            yield self._read(**item)

    def _read(
        self, text: str, published: str | None = None, published_basis: str = "argument", **known: Any
    ) -> Reading:
        if "explode" in text:
            raise ValueError("boom")
        said = list(re.finditer(r"(?P<who>[A-Z]\w+) (?P<cue>said) (?P<what>[^.\r\n]+)", text))
        actors = [
            Actor(id=f"a{n}", name=m["who"], mentions=(Mention(*m.span("who"), m["who"]),))
            for n, m in enumerate(said, 1)
        ]
        statements = [
            Statement(
                id=f"s{n}",
                source=Source(span=Span.of(text, *m.span("who")), actors=(f"a{n}",), kind="person", naming="named"),
                cue=(Span.of(text, *m.span("cue")),),
                content=(Span.of(text, *m.span("what")),),
            )
            for n, m in enumerate(said, 1)
        ]
        figures = [
            Figure(id=f"f{n}", span=Span.of(text, *m.span(1)), measure="killed", low=int(m[1]), high=int(m[1]))
            for n, m in enumerate(re.finditer(r"\b([0-9]{1,6}) killed", text), 1)
        ]
        basis = published_basis if published is not None else "unknown"
        report = Report(
            id=content_id(text), text=text, published=published, published_basis=basis, anchor=published,
            anchor_basis=basis, **known,
        )  # fmt: skip
        return Reading(
            report=report, sentences=sentences(text), actors=tuple(actors), statements=tuple(statements),
            figures=tuple(figures), reader=ReaderInfo(version=self.version),
        )  # fmt: skip


class Days:
    """A clock that stands still until it is moved on."""

    def __init__(self, begins: datetime = datetime(2026, 1, 1, 8, tzinfo=UTC)) -> None:
        self.now = begins

    def __call__(self) -> datetime:
        return self.now

    def next(self) -> str:
        """The next day, as ISO."""
        self.now += timedelta(days=1)
        return self.now.date().isoformat()
