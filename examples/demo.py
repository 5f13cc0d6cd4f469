"""The main job on the example reports: `make demo`, or `python examples/demo.py`.

Reads the six invented reports of examples/reports into a new ledger, demo/ledger.sqlite, and shows what the
commands show.  Every step prints the command that it stands for; copy it and go on from there.
"""

from __future__ import annotations

import os
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
LONG_READ = REPORTS / "04_delegation_recalled.txt"

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


def step(console: Console, what: str, *arguments: str, shown: str | None = None) -> None:
    """Tell what comes, print the command, run it."""
    line = shown or " ".join(("onrecord", *arguments))
    console.print()
    console.print(Panel(Text.assemble(what, "\n", ("$ " + line, "bold green")), border_style="dim"))
    sys.stdout.flush()
    onrecord.main([*arguments], prog_name="onrecord", standalone_mode=False)


def a_denial(ledger: Path) -> str:
    """The id of a statement that denies something, or of any statement where none does."""
    with Ledger(ledger, create=False) as kept:
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
    files = sorted(str(path) for path in REPORTS.iterdir())

    console.print(Padding(Markdown(INTRODUCTION), (1, 0, 0, 0)))
    step(console, "One report, read and laid out: what happened, who says so.", "read", str(LONG_READ))
    into = f"export ONRECORD_LEDGER={LEDGER}\n$ onrecord add {REPORTS}/*"
    step(console, "All six into a ledger, which is one file.", "add", *files, shown=into)
    step(console, "What the ledger holds.", "show", "reports")
    step(console, "What happened from the attack on the market on, in order.", "show", "timeline", "--since", "2026-03-20", "--until", "2026-04-12")
    step(console, "Who was killed, and according to whom? No two sources are mixed.", "show", "figures", "--measure", "killed")
    step(console, "What each side wants, side by side.", "show", "positions")
    step(console, "Who is heard, how they are named, how often.", "show", "sources", "--limit", "12")
    step(console, "Where does an entry come from? Back to its words.", "explain", a_denial(LEDGER))
    console.print(Padding(Markdown(FAREWELL), (1, 0, 0, 0)))


if __name__ == "__main__":
    demo()
