"""Draws docs/images/read.svg from a real run: `python docs/make_picture.py`."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from onrecord.api import read_items
from onrecord.cli.view.reading import print_reading
from onrecord.intake import take_in

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "examples" / "reports" / "02_two_short.jsonl"
COMMAND = "tail -1 examples/reports/02_two_short.jsonl | onrecord read -"
PICTURE = ROOT / "docs" / "images" / "read.svg"
WIDTH = 100
IDENTITY = "onrecord"
FONTS = "'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def picture() -> str:
    """What the command prints, as SVG with ids that do not change from run to run."""
    console = Console(record=True, width=WIDTH, highlight=False, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(("$ ", "bold green"), COMMAND))
    *_, (_, reading) = read_items(take_in([str(REPORTS)]))
    print_reading(console, reading)
    svg = console.export_svg(title="onrecord read", unique_id=IDENTITY)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # they would be fetched from elsewhere
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
