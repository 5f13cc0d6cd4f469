"""What the reader gets wrong, class by class: `python -m evaluation.errors --data PATH [--only NAME …] [--json]`.

With `--write` the tables of docs/quality/ are replaced in place (what stands between the `counts` marks of NAME.md).

Prints a table per component: how many records are coded, found and right, and how many fall into each class of error, with
the share of all coded (of all found, for what is spare).  These are the tables of `docs/quality/`.

Attribution and names are counted on the public dev parts (PolNeAR, Worldwide), places on GeoVirus's and LGL's even documents;
events, figures, positions and chains on the real reports that are there to learn from (`gold_reports/train.jsonl`), which
the encoder has seen: their shares tell the kinds of error apart, not how often a new report has them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.command import MissingDataError, needed, options
from evaluation.matching import Json, Names, Range, overlap, pairs, ranges, read_lines, shared
from evaluation.reading import read_coded, read_texts
from evaluation.scoring import event_pairs, figure_pairs, join_continued, position_pairs, same_chain, statement_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.api import ReaderLike

PAGES = Path(__file__).resolve().parent.parent / "docs" / "quality"
BEGIN, END = "<!-- counts -->", "<!-- /counts -->"
Classes = Counter[str]
"""Error class -> how often; "coded", "found" and "right" count records."""
Coded = list[tuple[Json, Json]]
"""Coded readings with the reader's, continued quotations joined."""


# --- from the public dev parts --------------------------------------------------------------------------------------


def attribution(data: Path, reader: ReaderLike) -> Classes:
    """PolNeAR dev: each coded attribution against ours that shares most of its words."""
    (path,) = needed(data, "attribution/polnear/dev.jsonl")
    rows = read_lines(path)
    items = [
        {"text": r["text"], "source_id": r["id"], "published": r["date"], "published_basis": "metadata"} for r in rows
    ]
    out: Classes = Counter()
    for row, reading in zip(rows, read_texts(items, reader), strict=True):
        gold = [{k: [(a, b) for a, b in g[k]] for k in ("source", "cue", "content")} for g in row["attributions"]]
        mine = [
            {"source": ranges(s["source"]["span"]), "cue": ranges(s["cue"]), "content": ranges(s["content"])}
            for s in reading["statements"]
            if s["within"] is None
        ]
        matched = pairs(gold, mine, _likeness, 0.05)
        out.update(coded=len(gold), found=len(mine), spare=len(mine) - len(matched), missed=len(gold) - len(matched))
        for g, m in matched:
            wrong = [name for k in ("source", "cue", "content") if (name := span_error(k, g[k], m[k]))]
            out.update(wrong or ["right"])
    return out


def _likeness(gold: Json, mine: Json) -> float:
    return shared(gold["content"], mine["content"]) + 0.5 * overlap(gold["cue"], mine["cue"])


def span_error(name: str, gold: list[Range], mine: list[Range]) -> str | None:
    """What is wrong with the spans of one role."""
    if gold == mine or (not gold and not mine):
        return None
    if not mine:
        return f"{name} not found"
    if not gold:
        return f"{name} where none is coded"
    if not overlap(gold, mine):
        return f"other {name}"
    sizes = [sum(b - a for a, b in side) for side in (gold, mine)]
    if len(gold) != len(mine):
        return f"{name} in more or fewer pieces"
    return f"{name} too short" if sizes[1] < sizes[0] else f"{name} too long"


def names(data: Path, _reader: ReaderLike) -> Classes:
    """Worldwide dev: names as settled over the report."""
    from evaluation.public import _named

    (path,) = needed(data, "ner/en_worldwide_newswire/dev.jsonl")
    out: Classes = Counter()
    for row, _, mine in _named(read_lines(path), None):
        gold = {(s["start"], s["end"], s["label"]) for s in row["spans"]}
        out.update(coded=len(gold), found=len(mine), right=len(gold & mine))
        at = {(a, b): label for a, b, label in mine}
        for a, b, label in gold - mine:
            if (a, b) in at:
                out[f"class: {label} taken for {at[a, b]}"] += 1
            elif any(x < b and a < y for x, y in at):
                out[f"extent of a {label}"] += 1
            else:
                out[f"missed: {label}"] += 1
        out["spare"] += sum(not any(a < y and x < b for a, b, _ in gold) for x, y, _ in mine)
    return out


def places(data: Path, _reader: ReaderLike) -> Classes:
    """LGL's and GeoVirus's even documents, spans given."""
    from evaluation.places import Score, documents, score_document

    out: Classes = Counter()
    for file in needed(data, "place/lgl/lgl.jsonl", "place/geovirus/geovirus.jsonl"):
        score = Score()
        for i, row in enumerate(documents(file)):
            if i % 2 == 0:
                score_document(row, score)
        out.update(coded=score.toponyms, found=score.resolved, right=score.right)
        out["unresolved"] += score.toponyms - score.resolved
        out["no candidate near enough"] += score.toponyms - score.reachable
        out["another candidate chosen"] += max(0, score.reachable - score.right)
        out["of these, the right country's other point"] += score.sense - score.right
    return out


# --- from coded reports ---------------------------------------------------------------------------------------------


def _same(gold: Json, found: Json) -> Callable[[Sequence[str], Sequence[str]], bool]:
    mine, theirs = Names(gold), Names(found)
    return lambda a, b: mine.same(a, theirs, b)


def events(both: Coded) -> Classes:
    """Missed, of another type, spare; and what is wrong with those found."""
    out: Classes = Counter()
    for gold, found in both:
        same = _same(gold, found)
        matched = event_pairs(gold, found, same)
        out.update(coded=len(gold["events"]), found=len(found["events"]))
        left = [g for g in gold["events"] if not any(g is a for a, _ in matched)]
        spare = [f for f in found["events"] if not any(f is b for _, b in matched)]
        for g in left:
            near = [f for f in spare if overlap(_named(g), _named(f))]
            out[f"type: {g['type']} taken for {near[0]['type']}" if near else f"missed: {g['type']}"] += 1
        out["spare"] += sum(not any(overlap(_named(f), _named(g)) for g in gold["events"]) for f in spare)
        for g, f in matched:
            wrong = [
                *(error for role in ("actors", "recipients") if (error := role_error(role, g, f, same))),
                *(["status"] if g["status"] != f["status"] else []),
                *(["mode"] if set(g["modes"]) != set(f["modes"]) else []),
            ]
            out.update(wrong or ["right"])
    return out


def _named(event: Json) -> list[Range]:
    return ranges(event["trigger"]) + ranges(event["mentions"])


def role_error(role: str, gold: Json, found: Json, same: Callable[[Sequence[str], Sequence[str]], bool]) -> str | None:
    """What is wrong with the actors in one role of a matched record."""
    if same(gold[role], found[role]):
        return None
    if not found[role]:
        return f"{role} not found"
    return f"other {role}" if gold[role] else f"{role} where none is coded"


def figures(both: Coded) -> Classes:
    """Missed, with another value, spare; and wrong measures, by pair."""
    out: Classes = Counter()
    for gold, found in both:
        matched = figure_pairs(gold, found)
        out.update(coded=len(gold["figures"]), found=len(found["figures"]))
        for g in gold["figures"]:
            if not any(g is a for a, _ in matched):
                near = any(overlap(ranges(g["span"]), ranges(f["span"])) for f in found["figures"])
                out["value" if near else f"missed: {g['measure']}"] += 1
        for f in found["figures"]:
            if not any(f is b for _, b in matched):
                if not any(overlap(ranges(g["span"]), ranges(f["span"])) for g in gold["figures"]):
                    out[f"spare: {f['measure']}"] += 1
        for g, f in matched:
            same = g["measure"] == f["measure"]
            out["right" if same else f"measure: {g['measure']} taken for {f['measure']}"] += 1
    return out


def positions(both: Coded) -> Classes:
    """Missed, with another party, spare; and wrong stances."""
    out: Classes = Counter()
    for gold, found in both:
        matched = position_pairs(gold, found, _same(gold, found))
        out.update(coded=len(gold["positions"]), found=len(found["positions"]))
        for g in gold["positions"]:
            if not any(g is a for a, _ in matched):
                near = any(shared(ranges(g["span"]), ranges(p["span"])) > 0 for p in found["positions"])
                out["party" if near else f"missed: {g['stance']}"] += 1
        for p in found["positions"]:
            if not any(p is b for _, b in matched):
                if not any(shared(ranges(g["span"]), ranges(p["span"])) > 0 for g in gold["positions"]):
                    out[f"spare: {p['stance']}"] += 1
        for g, p in matched:
            same = g["stance"] == p["stance"]
            out["right" if same else f"stance: {g['stance']} taken for {p['stance']}"] += 1
    return out


def chains(both: Coded) -> Classes:
    """Chains of two links or more, among statements found by both."""
    out: Classes = Counter()
    for gold, found in both:
        same = _same(gold, found)
        for g, f in statement_pairs(gold, found):
            long = [len(s["chain"]) > 1 for s in (g, f)]
            out["coded"] += long[0]
            out["found"] += long[1]
            if same_chain(g, f, same):
                out["right"] += 1
            elif all(long):
                out["length" if len(g["chain"]) != len(f["chain"]) else "another link"] += 1
            elif long[0]:
                handed = any(link["inherited"] for link in g["chain"])
                out[
                    "not found: handed on from an earlier sentence" if handed else "not found: told in one sentence"
                ] += 1
            elif long[1]:
                handed = any(link["inherited"] for link in f["chain"])
                out["spare: handed on" if handed else "spare: told in one sentence"] += 1
    return out


PUBLIC: dict[str, Callable[[Path, ReaderLike], Classes]] = {
    "attribution": attribution, "names": names, "places": places,
}  # fmt: skip
LEARNT: dict[str, Callable[[Coded], Classes]] = {
    "events": events, "figures": figures, "positions": positions, "chains": chains,
}  # fmt: skip


def count(data: Path, only: Sequence[str], reader: ReaderLike) -> dict[str, Classes]:
    """The classes of the components asked for (all, where none is)."""
    out = {name: made(data, reader) for name, made in PUBLIC.items() if not only or name in only}
    if wanted := [name for name in LEARNT if not only or name in only]:
        (train,) = needed(data, "gold_reports/train.jsonl")
        both = [(join_continued(g), join_continued(f)) for g, f in read_coded(read_lines(train), reader)]
        out |= {name: LEARNT[name](both) for name in wanted}
    return out


def lines(classes: Classes, most: int) -> list[str]:
    """One component's table in Markdown; beyond the most frequent classes, a sum."""
    heads = {k: classes[k] for k in ("coded", "found", "right")}
    rest = [(k, n) for k, n in classes.most_common() if k not in heads and n]
    shown, small = rest[:most], rest[most:]
    if small:
        shown.append((f"{len(small)} rarer classes", sum(n for _, n in small)))
    out = [f"{heads['coded']} coded, {heads['found']} found, {heads['right']} right in all of this.", ""]
    out += ["| error | how often | share |", "|---|---|---|"]
    for name, n in shown:
        whole = heads["found"] if name.startswith("spare") else heads["coded"]
        out.append(f"| {name} | {n} | {n / max(1, whole):.2f} |")
    return out


def write(name: str, table: list[str], folder: Path = PAGES) -> None:
    """Replace the table of a component's page.

    Raises:
        LookupError: the page has no place for it.
    """
    page = folder / f"{name}.md"
    text = page.read_text(encoding="utf-8")
    begun, ended = text.find(BEGIN), text.find(END)
    if begun < 0 or ended < begun:
        raise LookupError(f"{page} has no {BEGIN} … {END}")
    made = text[: begun + len(BEGIN)] + "\n\n" + "\n".join(table) + "\n\n" + text[ended:]
    page.write_text(made, encoding="utf-8")


def main() -> int:
    """Read, count, print."""
    parser = options(__doc__)
    parser.add_argument("--only", nargs="+", default=[], choices=[*PUBLIC, *LEARNT])
    parser.add_argument("--most", type=int, default=12, help="how many classes of a component to print")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality/")
    args = parser.parse_args()
    from onrecord.reader.pipeline import default_reader

    try:
        counted: dict[str, Any] = count(args.data, args.only, default_reader())
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(counted, ensure_ascii=False, indent=1))
        return 0
    for name, classes in counted.items():
        if args.write:
            write(name, lines(classes, args.most))
        print("\n".join([f"## {name}", "", *lines(classes, args.most), ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
