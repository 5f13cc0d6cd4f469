"""Training sets into weights: `python -m training.train --data PATH --base FOLDER --out FILE [--init FILE] …`.

Batches hold windows of like length; each head's loss is the mean over the words that its set labels.
Checkpoints are written as it goes; `--minutes` bounds the run and the learning rate falls to nought at its end.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.reader.labels import PAIR_HEADS, TOKEN_HEADS
from training import corpora
from training.examples import Example, examples
from training.model import PAIR_WIDTH, Encoder, buckets, start

WEIGHTS = {
    "ner": 1.0, "timex": 1.0, "source": 1.0, "cue": 1.0, "content": 1.0, "mention": 0.5, "trigger": 2.0,
    "status": 0.3, "act": 0.3, "kind": 0.3, "position": 1.0, "stance": 0.3, "issue": 0.3, "measure": 0.5,
    "attribution": 2.0, "event": 2.0, "stand": 0.5,
}  # fmt: skip
RARE = {"trigger": 2.5, "position": 2.0}
"""Weight of labelled words in heads whose spans are few."""
MASK = 103
"""The [MASK] piece of MiniLM's vocabulary."""
OFFSETS: dict[str, int] = {}
for _head in TOKEN_HEADS:
    OFFSETS[_head] = sum(len(TOKEN_HEADS[h]) for h in OFFSETS)


def batches(pool: list[Example], rng: random.Random, size: int) -> list[list[Example]]:
    """Shuffled batches of at most `size` pieces, of windows of like length."""
    order = sorted(pool, key=lambda e: len(e.window.pieces) + rng.random() * 24)
    found: list[list[Example]] = [[]]
    longest = 0
    for e in order:
        longest = max(longest, len(e.window.pieces))
        if found[-1] and longest * (len(found[-1]) + 1) > size:
            found.append([])
            longest = len(e.window.pieces)
        found[-1].append(e)
    rng.shuffle(found)
    return found


def tensors(batch: list[Example], hidden: float = 0.0) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Windows -> padded pieces (a share `hidden` of them masked), features, mask, firsts."""
    n = max(len(e.window.pieces) for e in batch)
    w = max(len(e.window.heads) for e in batch)
    pieces = torch.zeros(len(batch), n, dtype=torch.long)
    features = torch.full((len(batch), n), 5, dtype=torch.long)
    mask = torch.zeros(len(batch), n)
    firsts = torch.zeros(len(batch), w, dtype=torch.long)
    for i, e in enumerate(batch):
        k = len(e.window.pieces)
        pieces[i, :k] = torch.tensor(e.window.pieces)
        features[i, :k] = torch.tensor(e.window.features)
        mask[i, :k] = 1
        firsts[i, : len(e.window.heads)] = torch.tensor(e.window.heads)
    pieces[(torch.rand(pieces.shape) < hidden) & (mask > 0)] = MASK
    return pieces, features, mask, firsts


def token_losses(batch: list[Example], scores: Tensor) -> dict[str, Tensor]:
    losses = {}
    for head, labels in TOKEN_HEADS.items():
        rows = [i for i, e in enumerate(batch) if head in e.tokens]
        if not rows:
            continue
        target = torch.full((len(rows), scores.shape[1]), -1, dtype=torch.long)
        for k, i in enumerate(rows):
            target[k, : len(batch[i].tokens[head])] = torch.tensor(batch[i].tokens[head])
        part = scores[rows, :, OFFSETS[head] : OFFSETS[head] + len(labels)]
        covered = torch.zeros(len(rows), len(labels))
        for k, i in enumerate(rows):
            if head == "trigger" and batch[i].covered:
                covered[k, list(batch[i].covered)] = 1
                covered[k, 0] = 2
        if (target >= 0).any():
            losses[head] = _partial(part, target, covered, RARE.get(head, 1.0))
    return losses


def _partial(scores: Tensor, target: Tensor, covered: Tensor, rare: float) -> Tensor:
    """Cross-entropy, labelled words weighing `rare` times as much as "outside" ones; where a set covers only some labels, an unlabelled word may be any label it leaves out."""
    logs = F.log_softmax(scores, -1)
    picked = logs.gather(-1, target.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    partial = covered[:, 0] == 2
    if partial.any():
        out = (covered == 1).unsqueeze(1).expand_as(logs)
        allowed = logs.masked_fill(out, -30).logsumexp(-1)
        free = partial.unsqueeze(1) & (target == 0)
        picked = torch.where(free, allowed, picked)
    weights = torch.where(target > 0, rare, 1.0)
    return -(picked * weights)[target >= 0].mean()


def pair_losses(model: Encoder, batch: list[Example], predicates: Tensor, arguments: Tensor) -> dict[str, Tensor]:
    losses = {}
    n = arguments.shape[1]
    for k, head in enumerate(PAIR_HEADS):
        rows = [(i, at, column) for i, e in enumerate(batch) for at, column in e.pairs.get(head, [])]
        if not rows:
            continue
        part = slice(k * PAIR_WIDTH, (k + 1) * PAIR_WIDTH)
        items = [i for i, _, _ in rows]
        chosen = predicates[items, [at for _, at, _ in rows], part]
        away = torch.tensor([buckets(at, n) for _, at, _ in rows])
        scores = model.pair_scores(head, chosen, arguments[items][:, :, part], away)
        target = torch.full((len(rows), n), -1, dtype=torch.long)
        for j, (_, _, column) in enumerate(rows):
            target[j, : len(column)] = torch.tensor(column)
        losses[head] = F.cross_entropy(scores.float().flatten(0, 1), target.flatten(), ignore_index=-1) * 4
    return losses


def load(args: argparse.Namespace, tokenizer: Tokenizer) -> list[Example]:
    """The training pool of the run, coded reports repeated `--repeat` times."""
    data = args.data
    sets: list[tuple[Any, int]] = []
    if args.public:
        sets += [(corpora.polnear(data), 1), (corpora.worldwide(data), 1), (corpora.times(data), 2)]
        sets += [(corpora.wikievents(data), 1), (corpora.sentences(data), 2)]
    if args.coded:
        sets.append((corpora.coded(data), args.repeat))
    sets.append((corpora.readings(data / "gold_reports/train.jsonl"), args.gold or args.repeat))
    sets += [(corpora.readings(p), args.repeat) for p in args.corpus]
    pool: list[Example] = []
    rng = random.Random(args.seed)
    for texts, times in sets:
        found = [
            e for name, text, marks in texts if name not in args.without for e in examples(name, text, marks, tokenizer)
        ]
        if args.keep < 1 and times == 1:
            found = rng.sample(found, int(len(found) * args.keep))
        pool += found * times
    return pool


def run(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pool = load(args, tokenizer)
    print(f"{len(pool)} windows, {sum(len(e.window.pieces) for e in pool)} pieces", flush=True)
    model = start(args.base)
    if args.init:
        model.load_state_dict(torch.load(args.init, weights_only=True))
    model.words.weight.requires_grad_(False)
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith(("layers", "norm", "places"))]
    rest = [
        p for n, p in model.named_parameters() if p.requires_grad and not n.startswith(("layers", "norm", "places"))
    ]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.lr}, {"params": rest, "lr": args.lr * 5}], weight_decay=0.01
    )
    bases = [g["lr"] for g in optimizer.param_groups]
    began, step, epoch = time.monotonic(), 0, 0
    budget = args.minutes * 60
    totals: dict[str, list[float]] = {}
    model.train()
    while True:
        for batch in batches(pool, rng, args.batch):
            spent = time.monotonic() - began
            if spent > budget:
                torch.save(model.state_dict(), args.out)
                print(f"saved {args.out}", flush=True)
                return
            scale = min(1.0, (step + 1) / 100) * max(0.02, 1 - spent / budget)
            for g, base in zip(optimizer.param_groups, bases, strict=True):
                g["lr"] = base * scale
            losses = step_once(model, batch, optimizer, args.hidden)
            for h, x in losses.items():
                totals.setdefault(h, []).append(x)
            step += 1
            if step % 100 == 0:
                shown = " ".join(f"{h} {sum(v) / len(v):.3f}" for h, v in totals.items())
                print(f"{spent / 60:.1f} min, epoch {epoch}, step {step}: {shown}", flush=True)
                totals = {}
            if step % 500 == 0:
                torch.save(model.state_dict(), args.out)
        epoch += 1


def step_once(
    model: Encoder, batch: list[Example], optimizer: torch.optim.Optimizer, hidden: float = 0.0
) -> dict[str, float]:
    with torch.autocast("cpu", torch.bfloat16):
        scores, predicates, arguments = model(*tensors(batch, hidden))
        pairs = pair_losses(model, batch, predicates, arguments)
    scores = scores.float()
    losses = token_losses(batch, scores) | pairs
    total = sum((WEIGHTS[h] * x for h, x in losses.items()), torch.zeros(()))
    total.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return {h: float(x.detach()) for h, x in losses.items() if math.isfinite(float(x.detach()))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2 (model.safetensors, …)")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="our own coded reports (JSONL)")
    parser.add_argument("--without", nargs="*", default=[], help="ids of coded reports to hold out")
    parser.add_argument("--init", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--public", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument(
        "--coded", action=argparse.BooleanOptionalAction, default=True, help="use our codings of open reports or not"
    )
    parser.add_argument("--keep", type=float, default=1.0, help="share of the large public sets' windows to use")
    parser.add_argument("--repeat", type=int, default=4, help="times that coded reports are repeated")
    parser.add_argument("--gold", type=int, help="times that `gold_reports/train.jsonl` is repeated, if not --repeat")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=1024, help="word pieces of a batch, at most")
    parser.add_argument("--hidden", type=float, default=0.0, help="share of word pieces to mask")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
