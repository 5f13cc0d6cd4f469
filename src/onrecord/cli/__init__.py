"""The `onrecord` command.  Each command group lives in its own module and is loaded when it is called."""

from onrecord.cli.main import main

__all__ = ["main"]
