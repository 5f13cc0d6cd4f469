"""Bytes of any supported form into reports that are ready to be read.  Nothing else knows about formats."""

from onrecord.intake.items import Hop, Intake, Intaken, Item, Rejected
from onrecord.intake.open import expected, take_bytes, take_in

__all__ = ["Hop", "Intake", "Intaken", "Item", "Rejected", "expected", "take_bytes", "take_in"]
