"""Weights into what is shipped: `python -m training.export --weights FILE --base FOLDER --out FOLDER`.

Writes `encoder.onnx` (int8, per channel, reduced range), `pairs.npz` (half precision), `tokenizer.json`, `card.json`.
With `--float` the ONNX file keeps single precision; `--reference` keeps what it says of some texts, for the test that
compares both.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from onrecord.reader.labels import LABELS_VERSION, PAIR_HEADS
from onrecord.reader.segment import segment
from onrecord.reader.windows import windows
from training.model import Encoder


def trace(model: Encoder, path: Path) -> None:
    """The body and the token heads as ONNX; pair scores are computed outside."""
    sample = (
        torch.randint(1000, 2000, (2, 12)),
        torch.zeros(2, 12, dtype=torch.long),
        torch.ones(2, 12),
        torch.arange(1, 8).repeat(2, 1),
    )
    torch.onnx.export(
        model,
        sample,
        str(path),
        input_names=["pieces", "features", "mask", "firsts"],
        output_names=["token", "predicate", "argument"],
        dynamic_axes={
            "pieces": {0: "b", 1: "n"}, "features": {0: "b", 1: "n"}, "mask": {0: "b", 1: "n"},
            "firsts": {0: "b", 1: "w"},
        },
        opset_version=17,
        dynamo=False,
    )  # fmt: skip


def pair_weights(model: Encoder) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for head in PAIR_HEADS:
        found[f"bilinear.{head}"] = model.bilinear[head].detach().numpy().astype(np.float16)
        found[f"unary.{head}"] = model.unary[head].weight.detach().numpy().astype(np.float16)
        found[f"unary_bias.{head}"] = model.unary[head].bias.detach().numpy().astype(np.float16)
        found[f"distance.{head}"] = model.distance[head].detach().numpy().astype(np.float16)
    return found


def reference(model: Encoder, base: Path, texts: list[Path], out: Path) -> None:
    """What the single-precision weights say of some texts (token scores, half precision), for the test that compares
    the shipped int8 file with them."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found: dict[str, np.ndarray] = {}
    for path in texts:
        parts = []
        for w in windows(segment(path.read_text(encoding="utf-8")), tokenizer):
            n = len(w.pieces)
            with torch.no_grad():
                token, _, _ = model(
                    torch.tensor([w.pieces]), torch.tensor([w.features]), torch.ones(1, n), torch.tensor([w.heads])
                )
            parts.append(token[0].numpy())
        found[path.name] = np.concatenate(parts).astype(np.float16)
    np.savez_compressed(out, **found)  # type: ignore[arg-type]


def main() -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="texts for --reference")
    parser.add_argument("--reference", type=Path, help="file for what the weights say of --texts in single precision")
    parser.add_argument("--float", action="store_true")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = Encoder()
    model.load_state_dict(torch.load(args.weights, weights_only=True))
    model.eval()
    full, small = args.out / "encoder.fp32.onnx", args.out / "encoder.onnx"
    trace(model, full)
    if args.float:
        full.replace(small)
    else:
        quantize_dynamic(
            full, small, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8,
        )  # fmt: skip
        full.unlink()
    if args.reference:
        reference(model, args.base, args.texts, args.reference)
    np.savez(args.out / "pairs.npz", **pair_weights(model))  # type: ignore[arg-type]
    shutil.copy(args.base / "tokenizer.json", args.out / "tokenizer.json")
    digest = hashlib.sha256(small.read_bytes()).hexdigest()
    card = {"name": "onrecord-encoder", "labels_version": LABELS_VERSION, "sha256": digest}
    (args.out / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    print(f"{small}: {small.stat().st_size / 1e6:.1f} MB, sha256 {digest[:12]}")


if __name__ == "__main__":
    main()
