"""Makes what the documents take from the program: command reference, JSON Schema, picture.  `make docs`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import make_cli
import make_picture

from onrecord.records.schema import reading_schema

SCHEMA = HERE / "schema" / "reading.schema.json"


def main() -> None:
    """Write all of them anew."""
    make_cli.PAGE.write_text(make_cli.reference(make_cli.PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    SCHEMA.write_text(json.dumps(reading_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    make_picture.PICTURE.write_text(make_picture.picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
