"""One number killed, injured and captured per text from its figures and single victims, for scoring against totals.

The reader codes figures; data sets such as ISAF releases give one total per text, singles included ("killed a
Taliban leader" is 1).  `count` adds the two up per sentence and takes the largest sentence, since releases tell
the same toll twice, plus what later sentences call additional.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.reader.figures import find_figures
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from onrecord.reader.figure_drafts import FigureDraft

VERBS = {
    "killed": r"(?:deaths?\sof|killing\sof|kill(?:ed|ing|s)?|shot\s(?:and\skilled|dead)|fatally\sshot)",
    "injured": r"(?:injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt)",
    "captured": r"(?:(?:capture|arrest|detention)\sof|captur(?:ed|ing|es)|detain(?:ed|ing|s)|arrest(?:ed|ing|s)"
    r"|apprehend(?:ed|ing|s)|taken\sinto\scustody)",
}
MEASURES = {"killed": {"killed"}, "injured": {"injured"}, "captured": {"detained", "held", "abducted"}}
VAGUE = {"multiple": 3, "numerous": 4, "many": 4}
"""ISAF's coders gave vague words fixed minimums; ours for "several" (3) comes from the figures."""
MANY = 2
"""What a bare plural counts for ("and other militants")."""
_OBJECT_END = re.compile(
    r"[.;:(]|,\s(?!and\b|a\b|an\b|two\b|three\b)|\b(?:in|during|after|while|who|that|which|when|at|on|for|as\s(?!well)|"
    r"responsible|near|from|by|inside|associated|suspected\sof|believed|where|following|wanted|known|yesterday|today|last|"
    r"overnight|before|without|was|were|is|has|had|to|linked|involved|operating|accused)\b"
)
_SPLIT = re.compile(r"(?:,\s)?\b(?:and|along\swith|as\swell\sas|together\swith|plus|including)\b\s?|,\s")
_SINGLE = re.compile(r"(?:also\s)?(?:an?|the|another|its|his|their|this|that)\s", re.IGNORECASE)
_NUMBERED = re.compile(r"\d|\b(?:several|one|two|three|four|five|six|no)\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:another|additional|also|other|second|separate|later)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:operation|force|weapon|cache|rifle|compound|area|drug|attack|vehicle|material|village)s?$", re.IGNORECASE
)
_ADJECTIVES = frozenset("suspected armed wanted wounded alleged".split())


def _plural(noun: str) -> bool:
    return noun.endswith(("s", "men", "people", "children")) and not noun.endswith("ss")


def _victims(part: str) -> int:
    """How many one coordinate of an object counts for; numbered ones are the figures' business."""
    words = part.split()
    first, noun = words[0].lower(), re.sub(r"\W+$", "", words[-1].lower())
    if first in VAGUE:
        return VAGUE[first]
    if first in {"him", "her"} and len(words) == 1:
        return 1
    if len(words) > 9 or not noun or _THING.search(noun) or _NUMBERED.search(part):
        return 0
    if _plural(noun):
        return 0 if _SINGLE.match(part) else MANY
    return 1 if _SINGLE.match(part) or words[-1][0].isupper() else 0


def _objects(text: str, start: int, end: int) -> int:
    """How many single victims and bare plurals follow a verb."""
    stop = _OBJECT_END.search(text, start, end)
    region = text[start : stop.start() if stop else end].strip()
    parts = [p.strip() for p in _SPLIT.split(region)]
    if " and " not in region and " with " not in region:
        parts = parts[:1]  # what follows a comma alone is an apposition
    total = 0
    for part in parts:
        first = part.split()[0] if part else ""
        if first.endswith(("ing", "ed")) and first not in _ADJECTIVES:
            break
        total += _victims(part) if part else 0
    return total


def _unnumbered(text: str, kind: str) -> int:
    """Single and vague victims of one sentence, as objects of a verb and as subjects of a passive."""
    verb = VERBS[kind]
    active = rf"(?<!was\s)(?<!were\s)(?<!been\s)(?<!that\s)(?<!also\s)\b{verb}\s|(?<=force\salso\s){verb}\s"
    total = sum(_objects(text, m.end(), len(text)) for m in re.finditer(active, text))
    being = r"\s(?:was|is|has\sbeen|had\sbeen)\s(?:\w+ly\s|also\s|later\s)?(?:\w+ed\sand\s)?"
    single = rf"\b(?:an?|the|another|he|she)\b[^.;,]{{0,60}}?{being}{verb}\b"
    total += sum(
        1
        for m in re.finditer(single, text, re.IGNORECASE)
        if not re.search(r"\b(?:no|one)\b", m.group(), re.IGNORECASE)
    )
    vague = rf"\b(multiple|numerous|many)\b[^.;]{{0,60}}?\s(?:was|were|been)\s(?:\w+\s)?{verb}\b"
    return total + sum(VAGUE[m.group(1).lower()] for m in re.finditer(vague, text, re.IGNORECASE))


def _value(figure: FigureDraft) -> float:
    """The smallest number that the figure allows."""
    low = figure.low if figure.low is not None else figure.high or 0
    return low + 1 if figure.relation == "more_than" else low


def count(text: str) -> dict[str, int]:
    """How many the text says were killed, injured and captured."""
    document = segment(text)
    figures = find_figures(document)
    out: dict[str, int] = {}
    for kind, measures in MEASURES.items():
        numbered: dict[int, float] = defaultdict(float)
        for f in figures:
            if (
                f.measure in measures
                and f.change not in {"none", "total"}
                and not re.search(r"that \w+ $", text[: f.start][-20:])
            ):
                numbered[document.sentence_at(f.start)] += _value(f)
        largest = added = 0.0
        for i, (start, end) in enumerate(document.sentences):
            sentence = text[start:end]
            here = numbered[i] + _unnumbered(sentence, kind)
            again = re.search(rf"{VERBS[kind]}\sthe\b", sentence)
            if here and largest and not again and _ADDED.search(sentence):
                added += here
            else:
                largest = max(largest, here)
        out[kind] = int(largest + added)
    return out
