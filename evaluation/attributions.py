"""Public attribution data and the reader's statements -> the scores that published systems report.

PolNeAR in CofeNet's item form: exact F1 of source, cue and content spans over each item's tokens, the reader having
read the whole article.  PolNeAR's articles: whole attributions (source, cue and content as one).  SCU: sourced
statements found in news stories, and the kind of their source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.matching import Count, Counts, Json, Range, Row, Table, pairs, ranges, read_lines, shared, table
from evaluation.reading import read_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.api import ReaderLike

ROLES = ("content", "source", "cue")
"""Later ones win where spans share a token: CofeNet's items give each token one label."""
RELAXED = 0.5
Labelled = tuple[str, int, int]
"""A role and the half-open range of tokens that it covers."""
KINDS = {
    "named_person": {"person"},
    "named_organization": {"organization", "media"},
    "document": {"document"},
    "unnamed_group": {"unnamed_group"},
    "unnamed_person": {"unnamed_person"},
    "anonymous": {"unnamed_person", "unnamed_group"},
}
"""SCU's source types as the codebook's kinds."""


def polnear(items_path: Path, articles_path: Path, reader: ReaderLike) -> Table:
    """Exact span F1 per role on the items; attributions as wholes on the articles."""
    articles = read_lines(articles_path)
    found = {r["report"]["source_id"]: _outer(r) for r in read_texts(map(_article, articles), reader)}
    counts: Counts = {role: Count() for role in ("source", "cue", "content")}
    for row in read_lines(items_path):
        if row["offsets"] is None:
            continue
        gold = set(decoded(row["labels"]))
        mine = set(labelled(found[row["doc"]], [tuple(o) for o in row["offsets"]]))
        for role, count in counts.items():
            one, two = ({s for s in side if s[0] == role} for side in (gold, mine))
            count.add(len(one & two), len(two), len(one))
    for name in ("whole, exact", "whole, relaxed"):
        counts[name] = Count()
    for article in articles:
        _wholes(article, found[article["id"]], counts)
    return table(counts)


def _article(row: Json) -> Json:
    return {"text": row["text"], "source_id": row["id"], "published": row["date"], "published_basis": "metadata"}


def _outer(reading: Json) -> list[Json]:
    """The statements that stand in no other: PolNeAR codes no nesting."""
    return [s for s in reading["statements"] if s["within"] is None]


def _roles(statement: Json) -> dict[str, list[Range]]:
    spans = {"source": statement["source"]["span"], "cue": statement["cue"], "content": statement["content"]}
    return {role: ranges(s) for role, s in spans.items()}


def decoded(labels: Sequence[str]) -> list[Labelled]:
    """BIO labels -> spans; an I- that follows nothing of its role begins one."""
    out: list[Labelled] = []
    for i, label in enumerate(labels):
        mark, _, role = label.partition("-")
        if mark == "I" and out and out[-1][0] == role and out[-1][2] == i:
            out[-1] = (role, out[-1][1], i + 1)
        elif role:
            out.append((role, i, i + 1))
    return out


def labelled(statements: Iterable[Json], tokens: Sequence[Range]) -> list[Labelled]:
    """Statements -> their spans over the tokens of one item, one role to a token."""
    held: list[tuple[str, int] | None] = [None] * len(tokens)
    first, last = (tokens[0][0], tokens[-1][1]) if tokens else (0, 0)
    spans = [(role, n, r) for n, s in enumerate(statements) for role, rs in _roles(s).items() for r in rs]
    for role, _, (start, end) in sorted(spans, key=lambda s: ROLES.index(s[0])):
        if start < last and first < end:
            for i, (a, b) in enumerate(tokens):
                if a < end and start < b:
                    held[i] = (role, start)
    out: list[Labelled] = []
    for i, now in enumerate(held):
        if now is None:
            continue
        if i and held[i - 1] == now:
            out[-1] = (now[0], out[-1][1], i + 1)
        else:
            out.append((now[0], i, i + 1))
    return out


def _wholes(article: Json, found: list[Json], counts: Counts) -> None:
    roles = ("source", "cue", "content")
    gold = [{r: [(a, b) for a, b in g[r]] for r in roles} for g in article["attributions"]]
    mine = [_roles(s) for s in found]

    def key(spans: dict[str, list[Range]]) -> tuple[frozenset[Range], ...]:
        return tuple(frozenset(spans[r]) for r in roles)

    left = [key(m) for m in mine]
    exact = 0
    for k in map(key, gold):
        if k in left:
            left.remove(k)
            exact += 1
    counts["whole, exact"].add(exact, len(mine), len(gold))
    counts["whole, relaxed"].add(len(pairs(gold, mine, _alike, RELAXED)), len(mine), len(gold))


def _alike(gold: dict[str, list[Range]], mine: dict[str, list[Range]]) -> float:
    """Jaccard of the contents, where the sources overlap (or neither has one)."""
    if (gold["source"] or mine["source"]) and not shared(gold["source"], mine["source"]):
        return 0.0
    return shared(gold["content"], mine["content"])


def scu(path: Path, reader: ReaderLike) -> Table:
    """Sourced statements found (they overlap), kind of source and anonymity right among those found."""
    rows = read_lines(path)
    items = [{"text": r["text"], "source_id": r["id"]} for r in rows]
    found = {r["report"]["source_id"]: r["statements"] for r in read_texts(items, reader)}
    fields = ("statements", "kind (of matched)", "anonymous (of matched)", "· anonymous, found", "· unnamed, found")
    counts: Counts = {name: Count() for name in fields}
    recalled, precise = Count(), Count()
    for row in rows:
        gold = [a for a in row["attributions"] if a["statement_span"] and a["source_type"] in KINDS]
        mine = found[row["id"]]
        matched = pairs(gold, mine, _coverage, 1e-9)
        hit = [g for g in gold if any(_coverage(g, m) > 0 for m in mine)]
        counts["statements"].add(len(matched), len(mine), len(gold))
        best = [(g, max(mine, key=lambda m, g=g: _coverage(g, m))) for g in hit]  # type: ignore[misc]
        recalled.add(len(hit), len(hit), len(gold))
        theirs = [m for m in mine if any(_coverage(g, m) > 0 for g in gold)]
        precise.add(len(theirs), len(mine), len(theirs))
        kinds = sum(m["source"]["kind"] in KINDS[g["source_type"]] for g, m in best)
        counts["kind (of matched)"].add(kinds, len(best), len(best))
        _anonymity(best, counts)
    p, r = precise.row().precision, recalled.row().recall
    return {"found": Row(p, r, 2 * p * r / (p + r) if p + r else 0.0, recalled.gold)} | table(counts)


def _anonymity(best: list[tuple[Json, Json]], counts: Counts) -> None:
    """Is an anonymous source told from all others, and a described one (unnamed) from those and from the named?"""
    said = [(g["source_type"], m["source"]["naming"]) for g, m in best]
    right = sum((naming == "anonymous") == (kind == "anonymous") for kind, naming in said)
    counts["anonymous (of matched)"].add(right, len(said), len(said))
    for name, kinds, naming in (
        ("· anonymous, found", {"anonymous"}, "anonymous"),
        ("· unnamed, found", {"unnamed_person", "unnamed_group"}, "described"),
    ):
        both = sum(kind in kinds and n == naming for kind, n in said)
        counts[name].add(both, sum(n == naming for _, n in said), sum(kind in kinds for kind, _ in said))


def _coverage(gold: Json, statement: Json) -> float:
    """How much a coded sentence (cue and source included, as SCU's are) and a statement's spans share."""
    return shared([(a, b) for a, b in gold["statement_span"]], [r for rs in _roles(statement).values() for r in rs])
