"""What each head of the encoder says: the label lists, in the order of its outputs.

Training and reading share this page; a change of any list needs new weights (`LABELS_VERSION`).
"""

from __future__ import annotations

from typing import Final

LABELS_VERSION: Final = 1


def _bio(*names: str) -> tuple[str, ...]:
    return ("O", *(f"{p}-{n}" for n in names for p in "BI"))


NAME_CLASSES: Final = (
    "Person", "Location", "Organization", "NORP", "Date", "Misc", "Money", "Facility", "Product",
)  # fmt: skip
TIME_TYPES: Final = ("DATE", "TIME", "DURATION", "SET")
EVENT_TYPES: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES: Final = (
    "occurred", "ongoing", "planned", "ordered", "proposed", "conditional", "attempted", "denied",
    "not_occurred", "unknown",
)  # fmt: skip
ACTS: Final = (
    "say", "report", "confirm", "deny", "claim", "accuse", "criticise", "demand", "propose", "offer", "accept",
    "reject", "threaten", "warn", "promise", "announce", "order", "ask", "advise", "estimate", "praise", "support",
    "apologise", "believe", "decline",
)  # fmt: skip
SOURCE_KINDS: Final = (
    "person", "unnamed_person", "organization", "unnamed_group", "media", "document", "unknown",
)  # fmt: skip
STANCES: Final = ("demand", "offer", "accept", "refuse", "condition", "insist", "aim", "support", "oppose")
ISSUES: Final = (
    "ceasefire", "end_of_war", "hostages", "prisoners", "withdrawal", "guarantees", "aid_access", "disarmament",
    "territory", "governance", "presence_of_forces", "arms", "sanctions", "recognition", "inspection", "refugees",
    "elections", "legislation", "autonomy", "compensation", "justice", "apology", "resignation", "protection",
    "restraint", "talks", "other",
)  # fmt: skip
MEASURES: Final = (
    "none", "killed", "injured", "casualties", "missing", "abducted", "held", "released", "detained", "displaced",
    "sick", "participants", "troops", "weapons", "incidents", "aid", "money", "votes", "share", "duration", "other",
)  # fmt: skip

TOKEN_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "ner": _bio(*NAME_CLASSES),
    "timex": _bio(*TIME_TYPES),
    "source": _bio("source"),
    "cue": _bio("cue"),
    "content": _bio("content"),
    "mention": _bio("name", "nominal", "pronoun"),
    "trigger": ("none", *EVENT_TYPES),
    "status": STATUSES,
    "act": ACTS,
    "kind": SOURCE_KINDS,
    "position": _bio("position"),
    "stance": STANCES,
    "issue": ISSUES,
    "measure": MEASURES,
}
"""Heads that label every word."""

PAIR_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "attribution": _bio("source", "content", "addressee"),
    "event": _bio("actor", "recipient", "place", "time"),
    "stand": _bio("party", "gives"),
}
"""Heads that label every word *given* a predicate word: a cue, a trigger, a position's first word."""

DISTANCE_BUCKETS: Final = 24
"""Signed, log-spaced buckets of the distance (in words) between predicate and word."""
