"""The shared encoder with its heads (torch): word pieces in, label scores per word and per predicate-word pair out.

Body: all-MiniLM-L6-v2 (6 layers, 384 wide) with a learned feature embedding (case shape, quotation, sentence
start) added to its input.  Pair heads are biaffine over two projections with a distance bias, in the way of
semantic role labelling by tagging given the predicate (Cai et al., COLING 2018).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reader.labels import DISTANCE_BUCKETS, PAIR_HEADS, TOKEN_HEADS
from onrecord.reader.windows import FEATURES

if TYPE_CHECKING:
    from pathlib import Path

PAIR_WIDTH = 128


class Layer(nn.Module):
    """One transformer block, post-norm, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (w // self.heads) ** -0.5 + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, w)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces, features, mask, heads-of-words -> scores of every token head, and pair projections."""

    def __init__(
        self,
        vocabulary: int = 30522,
        width: int = 384,
        layers: int = 6,
        heads: int = 12,
        inner: int = 1536,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(512, width)
        self.features = nn.Embedding(FEATURES, width)
        nn.init.normal_(self.features.weight, std=0.01)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.token = nn.Linear(width, sum(map(len, TOKEN_HEADS.values())))
        n = len(PAIR_HEADS)
        self.predicate = nn.Linear(width, n * PAIR_WIDTH)
        self.argument = nn.Linear(width, n * PAIR_WIDTH)
        self.bilinear = nn.ParameterDict(
            {h: nn.Parameter(torch.randn(PAIR_WIDTH, len(ls) * PAIR_WIDTH) * 0.02) for h, ls in PAIR_HEADS.items()}
        )
        self.unary = nn.ModuleDict({h: nn.Linear(PAIR_WIDTH, len(ls)) for h, ls in PAIR_HEADS.items()})
        self.distance = nn.ParameterDict(
            {h: nn.Parameter(torch.zeros(DISTANCE_BUCKETS, len(ls))) for h, ls in PAIR_HEADS.items()}
        )

    def body(self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """-> one vector per word [batch, words, width]."""
        n = pieces.shape[1]
        x = self.words(pieces) + self.places.weight[:n] + self.features(features)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x.gather(1, firsts.unsqueeze(-1).expand(-1, -1, x.shape[-1]))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """-> (token scores [b, words, all labels], predicate and argument projections [b, words, heads*width])."""
        h = self.body(pieces, features, mask, firsts)
        return self.token(self.drop(h)), F.gelu(self.predicate(h)), F.gelu(self.argument(h))

    def pair_scores(self, head: str, predicate: Tensor, arguments: Tensor, buckets: Tensor) -> Tensor:
        """Scores [k, words, labels] of k predicates [k, width] over their windows' words [k, words, width]."""
        labels = len(PAIR_HEADS[head])
        turned = (predicate @ self.bilinear[head]).view(len(predicate), labels, PAIR_WIDTH)
        scores = torch.einsum("klw,knw->knl", turned, arguments)
        return scores + self.unary[head](arguments) + self.distance[head][buckets]


def buckets(at: int, n: int) -> list[int]:
    """Bucket of the signed distance of words 0..n-1 from word `at`: exact to 4, then log-spaced."""
    half = DISTANCE_BUCKETS // 2
    edges = (0, 1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 64)[:half]
    found = []
    for i in range(n):
        d = abs(i - at)
        b = max(k for k, e in enumerate(edges) if d >= e)
        found.append(b + half if i > at else b)
    return found


def start(folder: Path) -> Encoder:
    """The encoder with all-MiniLM-L6-v2's weights (`model.safetensors` in `folder`) and fresh heads."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    model = Encoder(config["vocab_size"], config["hidden_size"], config["num_hidden_layers"])
    old = load_file(folder / "model.safetensors")
    types = old["embeddings.token_type_embeddings.weight"][0]
    state = {
        "words.weight": old["embeddings.word_embeddings.weight"],
        "places.weight": old["embeddings.position_embeddings.weight"] + types,
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(config["num_hidden_layers"]):
        prefix = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            qkv = [old[f"{prefix}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
            for mine, theirs in names.items():
                state[f"layers.{i}.{mine}.{part}"] = old[f"{prefix}{theirs}.{part}"]
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any(m.startswith(("words", "layers", "norm")) for m in missing):
        raise ValueError(f"weights do not fit: {missing} {unexpected}")
    return model
