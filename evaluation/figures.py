"""Scores the reader's figures: `python evaluation/figures.py --data PATH [--errors]`.

PATH holds readings in the codebook's JSON, one per line; without it, the coded reports, our own corpus where
it is built, and the tolls of ISAF releases and gun-violence articles are scored.  A figure is found when its
span overlaps and both bounds are equal (as in `score_readings.py`); the rows below it are shares of what was found,
except `+ measure`, which is an F1 again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from tolls import count

from onrecord.reader.figures import find_figures
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.reader.figure_drafts import FigureDraft

CORPUS = ROOT / "evaluation" / "corpus"
FIELDS = ("measure", "relation", "unit", "change")
Gold = dict[str, Any]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def learning_corpus() -> list[dict[str, Any]]:
    """Our own corpus's `part: learn`: as built, or from the sources that resolve."""
    built = CORPUS / "learn.jsonl"
    if built.exists():
        return list(read(built))
    import yaml
    from corpus_build import build

    readings = []
    for path in sorted((CORPUS / "source").glob("*.yaml")):
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            if data.get("part") == "learn":
                reading, errors = build(data)
                if not any(e.startswith("figures") for e in errors):
                    readings.append(reading)
        except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            print(f"left out {path.name}: {str(error)[:80]}", file=sys.stderr)
    return readings


def span(figure: Gold) -> tuple[int, int]:
    """Where a coded figure stands."""
    where = figure.get("span") or figure
    return where["start"], where["end"]


def match(gold: list[Gold], found: list[FigureDraft]) -> list[tuple[Gold, FigureDraft]]:
    """One-to-one pairs that overlap with equal bounds, equal measures first."""
    pairs: list[tuple[bool, int, Gold, FigureDraft]] = []
    for g in gold:
        start, end = span(g)
        for f in found:
            if f.start < end and start < f.end and (f.low, f.high) == (g["low"], g["high"]):
                pairs.append((f.measure != g["measure"], len(pairs), g, f))
    out: list[tuple[Gold, FigureDraft]] = []
    used: set[int] = set()
    for _, _, g, f in sorted(pairs, key=lambda p: p[:2]):
        if id(g) not in used and id(f) not in used:
            used |= {id(g), id(f)}
            out.append((g, f))
    return out


def same_unit(gold: str | None, found: str) -> bool:
    """Do two units name the same thing: the same last word, number and case aside?"""
    heads = [(u or "").lower().replace("percent of", "percent |").split("|")[0].split() for u in (gold, found)]
    if not heads[0] or not heads[1]:
        return not heads[0] and not heads[1]
    return heads[0][-1].rstrip("s") == heads[1][-1].rstrip("s") or set(heads[1]) <= set(heads[0])


def score(readings: list[dict[str, Any]], *, errors: bool = False) -> dict[str, float]:
    """Counts over readings: F1 by value and span, with measure too, and shares of the matched by field."""
    n_gold = n_found = n_match = 0
    right = dict.fromkeys(FIELDS, 0)
    seconds = 0.0
    for reading in readings:
        text, gold = reading["report"]["text"], reading["figures"]
        begun = time.perf_counter()
        found = find_figures(segment(text))
        seconds += time.perf_counter() - begun
        pairs = match(gold, found)
        n_gold, n_found, n_match = n_gold + len(gold), n_found + len(found), n_match + len(pairs)
        for g, f in pairs:
            for field in FIELDS:
                same = same_unit(g["unit"], f.unit) if field == "unit" else g[field] == getattr(f, field)
                right[field] += same
                if errors and not same and field == "measure":
                    report("measure", text, g, f"{g['measure']} read as {f.measure}")
        if errors:
            for g in gold:
                if not any(g is p for p, _ in pairs):
                    report("missed", text, g, f"{g['measure']} {g['low']}-{g['high']} {g['relation']}")
            for f in found:
                if not any(f is p for _, p in pairs):
                    report(
                        "extra", text, {"start": f.start, "end": f.end}, f"{f.measure} {f.low}-{f.high} {f.relation}"
                    )
    f1 = 2 * n_match / (n_gold + n_found) if n_gold + n_found else 0.0
    return {
        "figures": n_gold, "precision": n_match / max(1, n_found), "recall": n_match / max(1, n_gold), "f1": f1,
        "f1 + measure": 2 * right["measure"] / max(1, n_gold + n_found),
        **{f"{k} of found": v / max(1, n_match) for k, v in right.items()},
        "ms per report": 1000 * seconds / max(1, len(readings)),
    }  # fmt: skip


def tolls(path: Path, part: slice, *, errors: bool = False) -> dict[str, float]:
    """Exact counts killed and captured per ISAF release."""
    rows = list(read(path))[part]
    right: dict[str, int] = {"killed": 0, "captured": 0}
    for row in rows:
        found = count(row["text"])
        for kind in right:
            same = found[kind] == row["gold"][f"min_{kind}"]
            right[kind] += same
            if errors and not same:
                print(f"  {kind} {row['gold'][f'min_{kind}']} read as {found[kind]}: {row['text'][-900:]!r}")
    return {"releases": len(rows), **{f"{k} exact": v / len(rows) for k, v in right.items()}}


def gun_violence(folder: Path, limit: int) -> dict[str, float]:
    """Exact counts killed and injured per article, against the incident's totals (known later than the article)."""
    totals = {r["incident_id"]: r for r in read(folder / "incidents.jsonl")}
    right = {"killed": 0, "injured": 0}
    n = 0
    for row in read(folder / "articles.jsonl"):
        gold = totals.get(row["incident_id"])
        if not gold or n >= limit:
            continue
        n += 1
        found = count(row["text"])
        for kind in right:
            right[kind] += found[kind] == gold[f"num_{kind}"]
    return {"articles": n, **{f"{k} exact": v / max(1, n) for k, v in right.items()}}


def report(what: str, text: str, figure: Gold, note: str) -> None:
    """Prints one error with the words around it."""
    start, end = span(figure)
    around = f"{text[max(0, start - 70) : start]}[[{text[start:end]}]]{text[end : end + 70]}".replace("\n", "|")
    print(f"  {what:8s}{note:42s}{around}")


def show(name: str, values: dict[str, float]) -> None:
    """One line of results."""
    print(f"{name:14s}" + "  ".join(f"{k} {v:.3g}" if k != "figures" else f"n {v:.0f}" for k, v in values.items()))


def main() -> None:
    """Scores what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder of the data sets, or coded reports (JSON lines)"
    )
    parser.add_argument("--errors", action="store_true", help="print what was missed, extra or wrongly measured")
    options = parser.parse_args()
    if options.data.is_file():
        show(options.data.stem, score(list(read(options.data)), errors=options.errors))
        return
    for part in ("train", "dev"):
        show(f"gold {part}", score(list(read(options.data / "gold_reports" / f"{part}.jsonl"))))
    show("own learn", score(learning_corpus(), errors=options.errors))
    isaf = options.data / "events" / "isaf_press_releases" / "dev.jsonl"
    show("isaf tuned on", tolls(isaf, slice(0, 181)))
    show("isaf held out", tolls(isaf, slice(181, None)))
    show("gva", gun_violence(options.data / "events" / "gva_longtail", 500))


if __name__ == "__main__":
    main()
