"""GVA articles and ECB+ documents -> accounts with the gold group of each, as `evaluation.happenings` compares them.

Both take readings made by our own reader.  A GVA article stands for the incident that it tells of: its main account is
its first assault that occurred, else its first event, else the report as a whole.  An ECB+ gold mention becomes the
account that its words make; what the reader knows of an event with the same trigger (type, actors, places) is taken over.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import onrecord
from onrecord.collate.accounts import Account, accounts, report_day
from onrecord.collate.actors import identities
from onrecord.collate.happening_words import content_of
from onrecord.ledger.known import Known
from onrecord.records import Reading, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]
FOLDS = 5
STORIES, ITEMS = 80, 30
_CATEGORIES = frozenset(
    {"Armed conflicts and attacks", "International relations", "Politics and elections", "Law and crime"}
)
MOST_TEXT = 6000
"""Characters of an article that are read: some pages carry a whole site."""


@dataclass(frozen=True, slots=True)
class Told:
    """An account, the gold group that it belongs to and the split of its document."""

    account: Account
    gold: str
    split: str
    document: str


def known_of(reading: Reading, seq: int) -> Known:
    """A reading as the ledger would hand it to collate."""
    key = reading.report.id.removeprefix("sha256:")[:12]
    return Known(seq=seq, key=key, added_at="", reading=reading, appearances=(), state="current")


def gva_split(incident: str, given: str | None) -> str:
    """ "gvc" for the corpus's own dev incidents, "held" for every fifth other incident, "train" for the rest."""
    if given == "dev":
        return "gvc"
    return "held" if zlib.crc32(incident.encode()) % FOLDS == 0 and given is None else "train"


def main_account(known: Known) -> Account:
    """The account that stands for a report."""
    made = accounts(known, identities(known))
    assaults = [a for a in made if a.type == "ASSAULT" and a.status in ("occurred", "unknown")]
    return (assaults or made or [whole(known)])[0]


def whole(known: Known) -> Account:
    """A report without events as one account: its first two sentences."""
    reading, content = known.reading, content_of(known.reading)
    local = content.within(list(reading.sentences[:2]))
    return Account(
        id=f"{known.key}:report", seq=known.seq, report=known.key, day=report_day(known), type="", modes=(), contexts=(),
        status="unknown", begin=None, until=None, dated_by="none", places=(), actors=(), sides=(), recipients=(), others=(),
        figures=(), trigger=(), words=local.words, names=local.names, numbers=local.numbers, about=content.about,
        about_weights=content.about_weights, named=content.named, sources=(), denied_by=(),
    )  # fmt: skip


def gva(articles: list[Json], readings: dict[str, Reading]) -> Iterator[Told]:
    """One `Told` per article; of articles with one text, the first."""
    seen = set()
    for n, a in enumerate(articles):
        reading = readings[a["doc_id"]]
        known = replace(known_of(reading, n), key=a["doc_id"][:12])
        if reading.report.id not in seen:
            seen.add(reading.report.id)
            split = gva_split(a["incident_id"], a["gvc_split"])
            yield Told(main_account(known), a["incident_id"], split, a["doc_id"])


def ecb_text(document: Json) -> tuple[str, list[list[tuple[int, int]]]]:
    """The text of an ECB+ document and the range of each token in it, sentence by sentence."""
    lines, ranges, at = [], [], 0
    for sentence in document["sentences"]:
        spans = []
        for token in sentence["tokens"]:
            spans.append((at, at + len(token)))
            at += len(token) + 1
        ranges.append(spans)
        lines.append(" ".join(sentence["tokens"]))
    return "\n".join(lines), ranges


def ecb(documents: list[Json], readings: dict[str, Reading], split: str) -> list[Told]:
    """One `Told` per gold event mention."""
    found = []
    for n, document in enumerate(documents):
        reading = readings[document["doc_id"]]
        known = replace(known_of(reading, n), key=document["doc_id"])
        _, ranges = ecb_text(document)
        numbers = [s["sent_id"] for s in document["sentences"]]
        made = accounts(known, identities(known))
        content = content_of(reading)
        for k, mention in enumerate(document["events"]):
            spans = ranges[numbers.index(mention["sent"])]
            start, end = spans[mention["tokens"][0]][0], spans[mention["tokens"][-1]][1]
            base = whole(known)
            for event, account in zip(reading.events, made, strict=True):
                if any(m.start < end and start < m.end for m in (event.trigger, *event.mentions)):
                    base = account
            local = content.within([(spans[0][0], spans[-1][1])])
            found.append(
                Told(
                    replace(
                        base, id=f"{document['doc_id']}:m{k}", words=local.words, names=local.names, numbers=local.numbers,
                        trigger=content.stems(Span.of(reading.report.text, start, end)),
                    ),
                    mention["chain"], split, document["doc_id"],
                )
            )  # fmt: skip
    return found


def gva_told(data: Path, readings: Path | None) -> list[Told]:
    """Every GVA article's account; readings are taken from the folder `readings`, those that it lacks made and kept there."""
    articles = _rows(data / "events" / "gva_longtail" / "articles.jsonl")
    given = {
        a["doc_id"]: {"text": a["text"][:MOST_TEXT], "title": a["title"], "published": a["date"] or None}
        for a in articles
    }
    read = _readings(readings, "gva.jsonl", given)
    return list(gva(articles, read))


def ecb_told(data: Path, readings: Path | None, split: str) -> list[Told]:
    """Every gold mention's account of a split of ECB+ ("train", "dev")."""
    documents = _rows(data / "events" / "ecbplus" / f"{split}.jsonl")
    given = {d["doc_id"]: {"text": ecb_text(d)[0]} for d in documents}
    return ecb(documents, _readings(readings, f"ecb_{split}.jsonl", given), split)


def current_told(data: Path, readings: Path | None) -> list[Told]:
    """Items of Wikipedia's current-events portal on wars and talks: each tells of a happening of its own (`gold` is the
    item), `split` is the story that it belongs to.  `STORIES` stories with most items, `ITEMS` of each that follow each
    other."""
    stories: dict[str, list[Json]] = defaultdict(list)
    for row in _rows(data / "corpora" / "wikipedia_current_events" / "items.jsonl"):
        if row["story"] and row["category"] in _CATEGORIES and "COVID" not in row["story"][-1]:
            stories[row["story"][-1]].append(row)
    kept = sorted(stories, key=lambda s: (-len(stories[s]), s))[:STORIES]
    items = {row["id"]: (story, row) for story in kept for row in stories[story][-ITEMS:]}
    given = {i: {"text": row["text"], "published": row["date"]} for i, (_, row) in items.items()}
    read = _readings(readings, "current.jsonl", given)
    return [
        Told(main_account(replace(known_of(read[i], n), key=i)), i, story, i)
        for n, (i, (story, _)) in enumerate(items.items())
    ]


def _readings(folder: Path | None, name: str, given: dict[str, Json]) -> dict[str, Reading]:
    """Readings by document: from the folder's file of `{"doc_id", "reading"}` lines, which grows by those it lacks."""
    kept = folder / name if folder is not None else None
    rows = _rows(kept) if kept is not None and kept.exists() else []
    found = {row["doc_id"]: Reading.from_json(row["reading"]) for row in rows}
    missing = [doc for doc in given if doc not in found]
    fresh = zip(missing, onrecord.read_many(given[doc] for doc in missing), strict=True)
    if kept is None:
        return found | dict(fresh)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a", encoding="utf-8") as file:
        for doc, reading in fresh:
            found[doc] = reading
            file.write(json.dumps({"doc_id": doc, "reading": reading.to_json()}, ensure_ascii=False) + "\n")
    return found


def _rows(path: Path) -> list[Json]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def topics(data: Path, split: str) -> dict[str, str]:
    """Document → its topic (one of two similar seminal events) in a split of ECB+."""
    return {d["doc_id"]: d["subtopic"] for d in _rows(data / "events" / "ecbplus" / f"{split}.jsonl")}
