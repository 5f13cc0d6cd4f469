"""A promise's trigger and what follows it -> is it a threat?  To vow to retake a town or to take revenge threatens force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range

_VOW = re.compile(r"\b(?:vow\w*|pledg\w+|promis\w+|sw(?:ear|ears|earing|ore|orn)|threat\w*|warn\w*)\b", re.IGNORECASE)
_FORCE = (
    r"attack|strike|bomb|hit|shell|invade|retake|recapture|retaliate|avenge|punish|destroy|crush|annihilate|wipe|eliminate|kill|"
    r"hunt|hit back|strike back|fight (?:on|back|until|to the)|(?:keep|continue) (?:fighting|attacking|striking|bombing)|"
    r"continue (?:to (?:fight|attack|strike|bomb)|(?:its|their|his|the) (?:attacks?|strikes?|war|fight|offensive|operations?|campaign))|"
    r"(?:step up|intensify|expand|escalate) (?:its|their|his|the)?\s*(?:attacks?|strikes?|war|offensive|operations?|campaign)"
)
_HOSTILE = re.compile(
    rf"(?:\W+\w+){{0,2}}?\W+(?:to|would|will)\s+(?:\w+ly\s+)?(?:{_FORCE})\b|"
    r"(?:\W+(?:an?|its|their|his|her|the|swift|harsh|severe|crushing|further|more|bloody|painful|strong)){0,3}?\W+"
    r"(?:revenge|vengeance|retaliation|reprisals?|retribution|punishment)\b|"
    r"(?:\W+an?)?(?:\W+\w+){0,2}?\W+(?:response|reply)\b(?!\s+to\s+(?:the\s+)?(?:letter|offer|proposal|request|question)s?)",
    re.IGNORECASE,
)
_NO_FOE = re.compile(
    r"(?:\W+\w+){0,3}?\W+(?:corruption|poverty|inflation|crime|hunger|disease|terrorism|climate|target\b|targets\b)",
    re.IGNORECASE,
)


def threatens(document: Document, trigger: Range) -> bool:
    """Do the words promise force against somebody: "vowed to retake the city", "promised retaliation"?"""
    start, end = trigger
    home = document.sentences[max(0, document.sentence_at(start))]
    word = _VOW.search(document.text, start, end)
    if word is None:
        return False
    m = _HOSTILE.match(document.text, word.end(), home[1])
    return m is not None and _NO_FOE.match(document.text, m.end(), home[1]) is None
