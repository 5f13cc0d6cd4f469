"""The main job on the example reports: `make demo`, or `python examples/demo.py`.

Reads the six invented reports of examples/reports into a new ledger, demo/ledger.sqlite, and shows what the
commands show.  Every step prints the command that it stands for; copy it and go on from there.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from onrecord import Ledger
from onrecord.cli import main as onrecord

ROOT = Path(__file__).resolve().parents[1]
REPORTS = Path("examples/reports")
LEDGER = Path("demo/ledger.sqlite")

INTRODUCTION = """\
**What is on record?** Six invented news reports tell of a siege, of talks in Muscat and of a truce that
fails. `onrecord` reads them and keeps what each says happened, who says so, what each side wants and how the figures
move. It records what was *reported*; it does not say what is true.
"""

FAREWELL = """\
The ledger stays in `demo/ledger.sqlite`: add `--ledger demo/ledger.sqlite` to any of these commands to ask it
something else, `--json` or `--csv` to take the answer away. Go on with `docs/tutorial.md`, or with a report of your
own: `onrecord read FILE`.
"""


STEPS = (
    ("One report, read and laid out: what happened, who says so.", f"read {REPORTS}/04_delegation_recalled.txt"),
    ("All six into a ledger, which is one file.", f"add {REPORTS}/*"),
    ("What the ledger holds.", "show reports"),
    ("What happened from the attack on the market on, in order.", "show timeline --since 2026-03-20"),
    ("Who was killed, and according to whom? No two sources are mixed.", "show figures --measure killed"),
    ("What each side wants, side by side.", "show positions"),
    ("Who is heard, how they are named, how often.", "show sources --limit 12"),
    ("Where does an entry come from? Back to its words.", "explain DENIAL"),
)
"""What is told, and the command of `onrecord` that shows it."""


def run(console: Console, what: str, command: str) -> None:
    """Tell what comes, print the command, run it."""
    command = command.replace("DENIAL", a_denial()) if "DENIAL" in command else command
    shown = [f"$ onrecord {command}"]
    if command.startswith("add"):
        shown.insert(0, f"$ export ONRECORD_LEDGER={LEDGER}")
    console.print()
    console.print(Panel(Text.assemble(what, "\n", ("\n".join(shown), "bold green")), border_style="dim"))
    sys.stdout.flush()
    files = [shlex.quote(str(path)) for path in sorted(REPORTS.iterdir())]
    arguments = shlex.split(command.replace(f"{REPORTS}/*", " ".join(files)))
    onrecord.main(arguments, prog_name="onrecord", standalone_mode=False)


def a_denial() -> str:
    """The id of a statement that denies something, or of any statement where none does."""
    with Ledger(LEDGER, create=False) as kept:
        found = kept.statements(type="deny", limit=1) or kept.statements(limit=1)
        return found[0].id


def demo() -> None:
    """All steps in order, from the top of the repository."""
    os.chdir(ROOT)
    columns = os.environ.get("COLUMNS", "")
    width = None if sys.stdout.isatty() else int(columns) if columns.isdigit() and int(columns) else 80
    console = Console(highlight=False, width=width)
    shutil.rmtree(LEDGER.parent, ignore_errors=True)
    LEDGER.parent.mkdir()

    os.environ["ONRECORD_LEDGER"] = str(LEDGER)
    console.print(Padding(Markdown(INTRODUCTION), (1, 0, 0, 0)))
    for what, command in STEPS:
        run(console, what, command)
    console.print(Padding(Markdown(FAREWELL), (1, 0, 0, 0)))


if __name__ == "__main__":
    demo()
