"""Weights into their mean: `python -m training.average FILE… --out FILE` (of runs that went on from one another)."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def mean(files: list[Path]) -> dict[str, torch.Tensor]:
    """The element-wise mean of some state dictionaries with the same names and shapes."""
    states = [torch.load(f, weights_only=True) for f in files]
    if any(s.keys() != states[0].keys() for s in states):
        raise ValueError("the files hold weights of different models")
    return {k: sum(s[k] for s in states) / len(states) for k in states[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.save(mean(args.files), args.out)


if __name__ == "__main__":
    main()
