"""A rejection that says which extra to install."""

from __future__ import annotations

from onrecord.intake.items import Rejected


def missing(extra: str, package: str, what: str, origin: str) -> Rejected:
    """OR-I05: a form of input needs a package that is not installed."""
    message = f"{what} needs {package}, which is not installed: pip install 'onrecord[{extra}]'"
    return Rejected(code="OR-I05", message=message, origin=origin)
