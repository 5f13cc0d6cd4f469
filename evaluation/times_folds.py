"""Recognition of time expressions, trained anew for every fold (torch): texts -> spans proposed by weights that have
not seen them.

The encoder of `training.model` starts from all-MiniLM-L6-v2 and learns the `timex` head alone from the other folds;
what the run-time reader would take from its shipped weights (spans of mean probability 0.6 and more) it proposes here.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from onrecord.reader.attribution import chars
from onrecord.reader.encoder import decode, softmax
from onrecord.reader.labels import TIME_TYPES, TOKEN_HEADS
from onrecord.reader.segment import segment
from onrecord.reader.windows import windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.examples import Example

SURE = 0.6
"""Mean probability from which the reader takes a span (see `pipeline`)."""

Spans = list[tuple[int, int]]


def fold_of(texts: Sequence[dict[str, Any]], folds: int, seed: int) -> list[int]:
    """The fold of each text: the texts shuffled, then dealt out in turn."""
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    return [n % folds for _, n in sorted((i, n) for n, i in enumerate(order))]


def train_head(texts: Sequence[dict[str, Any]], base: Path, steps: int, seed: int) -> Any:
    """The encoder after so many steps of about 1,024 pieces on the texts' expressions."""
    import torch

    from training.examples import Marks, examples
    from training.model import start
    from training.train import batches, step_once

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    tokenizer = tokenizer_of(base)
    pool: list[Example] = []
    for r in texts:
        spans = [(t["start"], t["end"], t["type"]) for t in r["timex"] if t["type"] in TIME_TYPES]
        pool += examples(r["id"], r["text"], Marks(spans={"timex": spans}), tokenizer)
    model = start(base)
    model.words.weight.requires_grad_(False)
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    body = [p for n, p in named if n.startswith(("layers", "norm", "places"))]
    heads = [p for n, p in named if not n.startswith(("layers", "norm", "places"))]
    groups = [{"params": body, "lr": 1e-4}, {"params": heads, "lr": 5e-4}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1.0, (n + 1) / 50) * max(0.02, 1 - n / steps))
    model.train()
    done = 0
    while done < steps:
        for batch in batches(pool, rng, 1024):
            step_once(model, batch, optimizer)
            schedule.step()
            done += 1
            if done == steps:
                break
    return model.eval()


def tokenizer_of(base: Path) -> Any:
    """The base model's tokenizer, without padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def propose(model: Any, text: str, tokenizer: Any) -> Spans:
    """The spans that a model's `timex` head is sure of."""
    import numpy as np
    import torch

    from training.train import OFFSETS

    document = segment(text)
    part = slice(OFFSETS["timex"], OFFSETS["timex"] + len(TOKEN_HEADS["timex"]))
    scores = []
    for w in windows(document, tokenizer):
        mask = torch.ones(1, len(w.pieces))
        with torch.no_grad():
            token = model(torch.tensor([w.pieces]), torch.tensor([w.features]), mask, torch.tensor([w.heads]))[0]
        scores.append(token[0, :, part].float().numpy())
    if not scores:
        return []
    found = decode(softmax(np.concatenate(scores)), TOKEN_HEADS["timex"], 0)
    return [chars(document, s.first, s.last) for s in found if s.score >= SURE]
