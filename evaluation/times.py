"""Scores the reader's time expressions on TimeBank, AQUAINT and WikiWars: `python evaluation/times.py --data PATH`.

Protocol (TempEval-3's): a found expression matches a coded one that it overlaps, one to one.  `strict` counts matches of
equal extent, `relaxed` all, `type` and `value` the relaxed ones with the coded TIMEX3 type and value, each as F1 over all
coded and found.  Each text is read with its document creation time as publication date; that time is no expression of
its own.  WikiWars is scored on SynTime's flattened TIMEX3 version (its types all say DATE: no type score), the rules
were written with its training part in view, of its test part only the scores were seen.

The shipped weights were trained on TimeBank and AQUAINT; `--folds K --base FOLDER` (all-MiniLM-L6-v2; needs torch)
therefore trains recognition anew on K-1 folds of both sets, for every fold, and scores the texts that were left out;
WikiWars' test part is then read with each fold's weights.  The rules saw both sets.  `--spans FILE` keeps what those
weights propose, fold by fold, and what it holds is not trained again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from evaluation.times_folds import SURE, Spans, fold_of, propose, tokenizer_of, train_head
from evaluation.times_scoring import Counts, Timex, count
from onrecord.reader.attribution import chars
from onrecord.reader.dateline import read_header
from onrecord.reader.segment import segment
from onrecord.reader.times import find_times

if TYPE_CHECKING:
    from collections.abc import Sequence

SETS = {
    "TimeBank": "tempeval3/train_timebank",
    "AQUAINT": "tempeval3/train_aquaint",
    "WikiWars train": "wikiwars/trainingset_timex3",
    "WikiWars test": "wikiwars/testset_timex3",
}
NEWS = ("TimeBank", "AQUAINT")
HEADS = ("P", "R", "strict", "relaxed", "type", "value")
Text = dict[str, Any]


def read(path: Path) -> list[Text]:
    """The texts of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def shipped_spans(texts: Sequence[Text]) -> list[Spans]:
    """What the shipped weights propose."""
    from onrecord.reader.encoder import default_encoder

    documents = [segment(t["text"]) for t in texts]
    return [
        [chars(d, s.first, s.last) for s in scores.spans("timex") if s.score >= SURE]
        for d, scores in zip(documents, default_encoder()(documents), strict=True)
    ]


def score(texts: Sequence[Text], spans: Sequence[Spans]) -> Counts:
    """Read the texts with these proposals and count."""
    total = Counts()
    for text, candidates in zip(texts, spans, strict=True):
        total.add(count(coded(text), found(text, candidates)))
    return total


def coded(text: Text) -> list[Timex]:
    """A text's coded expressions."""
    return [Timex(t["start"], t["end"], t["type"], t["value"]) for t in text["timex"]]


def found(text: Text, candidates: Spans) -> list[Timex]:
    """What the reader's times component makes of a text."""
    header = read_header(text["text"], published=text["dct"], published_basis="metadata")
    times = find_times(segment(text["text"]), header.anchor, candidates=candidates)
    return [Timex(t.start, t.end, t.type, t.value) for t in times]


def line(name: str, counts: Counts) -> str:
    """One printed row."""
    row = [f"{x:8.3f}" for x in counts.row()]
    if name.startswith("WikiWars"):
        row[HEADS.index("type")] = f"{'-':>8s}"
    return f"{name:22s}{counts.coded:6d}" + "".join(row)


def cross_validate(sets: dict[str, list[Text]], args: argparse.Namespace) -> None:
    """Print every fold, mean and spread, and both sets as a whole."""
    news = [t for name in NEWS for t in sets[name]]
    folds = fold_of(news, args.folds, args.seed)
    kept = proposals(news, sets["WikiWars test"], folds, args)
    rows, wars, whole = [], [], {name: Counts() for name in NEWS}
    for k in range(args.folds):
        held = [t for t, f in zip(news, folds, strict=True) if f == k]
        counts = score(held, [kept[f"{k} {t['id']}"] for t in held])
        rows.append(counts.row())
        print(line(f"fold {k + 1}", counts))
        wars.append(score(sets["WikiWars test"], [kept[f"{k} {t['id']}"] for t in sets["WikiWars test"]]).row())
        for name in NEWS:
            part = [t for t in sets[name] if t in held]
            whole[name].add(score(part, [kept[f"{k} {t['id']}"] for t in part]))
    for name, some in (("mean of folds", rows), ("WikiWars test, mean", wars)):
        pairs = [(statistics.mean(c), statistics.stdev(c)) for c in zip(*some, strict=True)]
        print(f"{name:28s}" + "".join(f"{m:8.3f}" for m, _ in pairs))
        print(f"{'  spread (s.d.)':28s}" + "".join(f"{s:8.3f}" for _, s in pairs))
    for name, counts in whole.items():
        print(line(f"{name}, whole", counts))
    both = Counts()
    for counts in whole.values():
        both.add(counts)
    print(line("both, whole", both))


def proposals(news: list[Text], wars: list[Text], folds: list[int], args: argparse.Namespace) -> dict[str, Spans]:
    """What each fold's weights propose for the texts left out and for WikiWars, by fold and text."""
    kept: dict[str, Spans] = {}
    if args.spans and args.spans.exists():
        kept = {k: [(a, b) for a, b in v] for k, v in json.loads(args.spans.read_text()).items()}
    tokenizer = tokenizer_of(args.base) if args.base else None
    for k in range(args.folds):
        texts = [*(t for t, f in zip(news, folds, strict=True) if f == k), *wars]
        if all(f"{k} {t['id']}" in kept for t in texts):
            continue
        model = train_head(
            [t for t, f in zip(news, folds, strict=True) if f != k], args.base, args.steps, args.seed + k
        )
        kept |= {f"{k} {t['id']}": propose(model, t["text"], tokenizer) for t in texts}
        print(f"fold {k + 1} trained", file=sys.stderr, flush=True)
        if args.spans:
            args.spans.write_text(json.dumps(kept))
    return kept


def show_errors(name: str, texts: list[Text], counts: Counts) -> None:
    """Coded and found of all that differs, the commonest first."""
    from collections import Counter

    tally: Counter[tuple[str, str]] = Counter()
    for a, b in counts.wrong:
        tally[(f"{a.value} ({a.end - a.start} characters)" if a else "-", b.value if b else "-")] += 1
    print(f"{name}: coded / found in {len(texts)} texts")
    for (a, b), n in tally.most_common(40):
        print(f"{n:5d}  {a} / {b}")


def main() -> int:
    """Score the sets with the shipped weights, or by cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder, with time/ in it")
    parser.add_argument("--errors", action="store_true", help="also list what differs most often")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--base", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--spans", type=Path, help="file of what the folds' weights propose")
    args = parser.parse_args()
    sets = {name: read(args.data / "time" / f"{path}.jsonl") for name, path in SETS.items()}
    print(f"{'set':22s}{'coded':>6s}" + "".join(f"{h:>8s}" for h in HEADS))
    if args.folds:
        cross_validate(sets, args)
        return 0
    for name, texts in sets.items():
        counts = score(texts, shipped_spans(texts))
        print(line(name, counts))
        if args.errors:
            show_errors(name, texts, counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
