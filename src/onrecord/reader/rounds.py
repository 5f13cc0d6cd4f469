"""Rounds of talks, from the words that name them and the sentences around (`find_talks`).

A round that is only wished for, ruled out or called for makes no record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range

_MODIFIER = (
    r"(?:in)?direct|face-to-face|proximity|peace|ceasefire|cease-fire|truce|nuclear|border|bilateral|technical|working-level|high-level|"
    r"secret|back-?channel|formal|informal|preliminary|renewed|fresh|latest|new|separate|further|marathon|final|crucial|[\w.-]+-(?:sponsored|brokered|"
    r"mediated|led|backed|hosted)"
)
_ORDINAL = (
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|new|previous|earlier|last|latest|final|fresh|"
    r"further|another"
)
_TALKS = re.compile(
    rf"\b(?:(?:a|an|the|another|two|three|four|five|several)\s+)?(?:(?:{_ORDINAL}|\w+)\s+(?:day|round|week|session)s?\s+of\s+)?(?:(?:the|those|these|their)\s+)?(?:(?:{_MODIFIER})\s+){{0,3}}"
    rf"(?:talks|negotiations|peace conference|shuttle diplomacy|negotiating (?:session|round))\b"
    rf"|\b(?:the|a|an)\s+(?:{_ORDINAL})\s+round\b(?!\s+of\s+(?!(?:[\w-]+\s+)?(?:talks|negotiations|consultations|discussions)))"
    r"|\b(?:(?:a|an|the|another|weekend|\w+day)\s+)?(?:[\w-]+\s)?(?:meeting|summit)\s+(?:between|of)\s+(?:the\s+|senior\s+|representatives of\s+)?(?:two\s+)?(?=[A-Z]|foreign|presidents|leaders|senior|"
    r"ministers|diplomats|figures|delegations|negotiators|envoys|representatives)"
    r"|\b(?:another|a (?:second|third|further|follow-up|new)|the (?:next|last|latest)) (?:meeting|summit|session of talks)\b"
    r"|\b(?-i:[A-Z]\w+-[A-Z]\w+(?: [A-Z]\w+)?) (?:meeting|summit)\b"
    r"|\b(?:met|meet) (?:with )?(?:(?:his|her|their|its|the|senior|\w+) ){0,3}(?:counterparts?|negotiators?|delegations?|envoys?|mediators?|(?:rebel|opposition|militia|tribal|guerrilla|separatist) (?:leaders?|commanders?|representatives?))\b"
    r"|\bsummit\b(?=\s+(?:hosted|in|at|with|on)\b)"
    r"|\bnegotiating with\b|(?<=\bare )negotiating\b|(?<=\bbeen )negotiating\b|\b(?:shuttl|mediat)(?:es|ed|ing) between\b|\bserious discussions?\b|\bcontacts(?=\s+(?:had|have|with|between|were|are)\b)|\b(?:passing|carried|carrying) messages\b|\bin touch with (?=all|both)|\bthe mediation\b(?!\s+(?:team|efforts?|process|of|by)\b)",
    re.IGNORECASE,
)
_NOT_ROUND = re.compile(r"\b(?:negotiations? process|chief negotiator|talks? show|consultations)\b", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:open to|rul\w+ out|reject\w*|no|any|without|call\w* for|appeal\w* for|urg\w+|press\w* for|to open|avoid\w*|instead of|rather than|opposition to|"
    r"jeopardi[sz]\w* (?:efforts to )?|complicat\w+|in favou?r of|willing(?:ness)? (?:for|to (?:hold|enter))|ready (?:for|to (?:hold|enter))|possib\w+ of|chances? (?:of|for)|prospects? (?:of|for)|hope\w* (?:of|for)|return\w* to|"
    r"push\w* for|pressure (?:for|to (?:resume|open|start|hold))|(?:pav\w+ the way|need|basis|conditions?|support|prepared|plead\w*) for|lead\w* to|committed to|commitment to|by|through|point in|"
    r"demand\w*|want\w*|seek\w*|calm and|lengthy)[\s”\"]+(?:the\s+|future\s+)?$",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\b(?:broke|broken|collapsed|resum|ended|held|began|suspended|due to|scheduled|brokered|mediated|hosted)\w*",
    re.IGNORECASE,
)

_OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (outcome, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for outcome, pattern in (
        ("broken_off", r"br(?:oke|oken) (?:down|off|up)|collaps\w+|walked out|fell apart|left the talks|had left|(?:pulled|withdrew|withdrawn) (?:\w+ ){0,3}(?:out of|from)|refused to open|wreck\w*|stormed out"),
        ("no_substance", r"no substantive|without substance|no (?:real|serious) (?:negotiat|discuss|talk)\w*|nothing (?:of substance|substantive)|nothing to show"),
        ("impasse", r"impasse|deadlock\w*|stalemate|failed to (?:bridge|reach|agree|make)|stalled|no (?:agreement|headway|progress|breakthrough)|without (?:an? )?(?:agreement|deal|result|breakthrough)|stuck|logjam|sticking point|unable to|derail\w*"),
        ("suspended", r"suspend\w*|adjourn\w*|postpon\w*|on hold|called off|cancel\w*|recall\w*|interrupted|there is a pause|put off"),
        ("agreed", r"agreed|reached (?:an?|the) (?:\w+ ){0,3}(?:deal|agreement|accord)|clinch\w*|struck|concluded with|produced (?:an?|the) (?:deal|agreement)"),
        ("progress", r"(?:some|good|real|much|made|tangible) (?:progress|result)|progress (?:was|had been|in)|breakthrough|constructive|closer to|close to|narrowed|productive|(?:made|making) headway|nearly done"),
        ("planned", r"will (?:be held|begin|start|resume|take place|meet|travel|send)|would (?:start|begin|resume|be held|meet)|scheduled|due (?:to|in|for)|planned|to be held|are to|is to|set to|plans? to|proposed|invited|offered to host|agreed (?:in principle )?to (?:start|hold|resume|open)|to prepare for|being considered|date has been set|next week|next month"),
        ("ongoing", r"continu\w+|under ?way|ongoing|(?:are|were) (?:being )?held|have held|resumed|extended|are negotiating|was negotiating|is negotiating|now negotiating|go(?:ing)? on|remain in|returned to|in touch|shuttl\w+"),
    )
)  # fmt: skip
_INDIRECT = re.compile(
    r"\bindirect|\bmediat(?:es|ed|ing) between|proximity|(?:through|via|by way of) (?:\w+ )?(?:mediators|envoys|leaders|officials|intermediaries)|shuttl\w+|pass\w* messages|messages between|not met face to face",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"\bdirect\b|face-to-face|\bmeetings?\b|\bsummit\b|counterparts?\b|\b(?:talks|negotiations) with\b|\bbetween (?:the )?(?:two )?(?:foreign ministers|presidents|leaders)|over the phone",
    re.IGNORECASE,
)
_LEVELS = (
    ("leaders", re.compile(r"\b(?:summit|(?:talks|meeting|negotiations) (?:of|between|with) (?:\w+ ){0,3}(?:presidents?|prime ministers?|leaders|heads of state|king|counterpart)|presidents? (?:met|of \w+))", re.IGNORECASE)),
    ("working", re.compile(r"\b(?:working[- ](?:level|groups?)|technical|experts?|low(?:er)?-level)\b", re.IGNORECASE)),
    ("senior", re.compile(r"\b(?:senior|high-level|(?:foreign|defen[cs]e) ministers?|ministers|(?:chief )?negotiators?|delegations?|delegates|envoys)\b", re.IGNORECASE)),
)  # fmt: skip
_FRESH = re.compile(
    rf"\b(?:{_ORDINAL}|separate|meeting|summit|conference|negotiating|messages|in touch)\b", re.IGNORECASE
)
_KNOWN = re.compile(r"(?:the|these|those|their|its|his|her)\b", re.IGNORECASE)
"""What begins a phrase for talks that were told of before."""
_ASIDE = re.compile(
    r"\b(?:knowledge of|close to|briefed on|familiar with|involved in|privy to|(?:diplomat|official|source)s? at)\s+$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class TalksDraft:
    """One round of talks: the words that name it, the sentences that tell of it."""

    span: Range
    sentences: list[int]
    form: str = "unknown"
    level: str = "unknown"
    outcome: str = "unknown"
    statement: Attribution | None = None
    """Whose account of its outcome it is; None for the report's own."""
    mentions: list[Range] = field(default_factory=list)
    round: list[int] = field(default_factory=list)
    """Sentences of all accounts of the same round: how and where it was held, whoever tells its outcome."""
    aside: bool = False
    """Is it named only to say what a source knows of ("officials with knowledge of the talks")?"""


def find_talks(
    document: Document, statements: Sequence[Attribution] = (), inside: Callable[[int], bool] = lambda _: True
) -> list[TalksDraft]:
    """Rounds of talks.  Mentions of one round are joined unless the text sets a round, or an account of it, apart.

    `inside` tells which offsets are the report's own text: a headline tells of no round by itself.
    """
    tellers = _tellers(document, statements)
    found: list[TalksDraft] = []
    for m in _TALKS.finditer(document.text):
        home = document.sentence_at(m.start())
        if home < 0 or not inside(m.start()) or not _told(document, m, home):
            continue
        outcome = _outcome(document, m.span(), home)
        teller = _teller(tellers.get(home, ()), m.start())
        last = found[-1] if found else None
        if last and not _sets_apart(m.group(), last, outcome) and not _other_account(last, outcome, teller):
            if last.aside and not _aside(document, m.start()):
                last.span, last.outcome, last.statement = _bare(document.text, m.span()), outcome, teller
                last.aside = False
            last.sentences.append(home)
            last.mentions.append(m.span())
            if last.outcome == "unknown":
                last.outcome = outcome
        else:
            found.append(
                TalksDraft(
                    _bare(document.text, m.span()),
                    [home],
                    outcome=outcome,
                    statement=teller,
                    mentions=[m.span()],
                    aside=_aside(document, m.start()),
                )
            )
    first = 0
    for i in range(1, len(found) + 1):
        if i == len(found) or _FRESH.search(document.text[slice(*found[i].mentions[0])]):
            shared = sorted({n for t in found[first:i] for n in t.sentences})
            for t in found[first:i]:
                t.round = shared
                _describe(document, t)
            first = i
    return found


def _bare(text: str, span: Range) -> Range:
    """Without the words that only led the pattern on ("of", "between")."""
    start, end = span
    if m := re.search(
        r"\s+(?:between|of|with)\s*(?:the\s+|senior\s+|representatives of\s+)?(?:two\s+)?$", text[start:end]
    ):
        end = start + m.start()
    return start, end


def _sets_apart(words: str, last: TalksDraft, outcome: str) -> bool:
    """Do the words name another round than the last: as a further one, or as talks not told of, with another end?"""
    if _FRESH.search(words):
        return True
    known = outcome != "unknown" and last.outcome not in ("unknown", outcome)
    return known and not last.aside and not _KNOWN.match(words)


def _aside(document: Document, start: int) -> bool:
    return bool(_ASIDE.search(document.text, max(0, start - 30), start))


def _told(document: Document, m: re.Match[str], home: int) -> bool:
    end = document.sentences[home][1]
    if _NOT_ROUND.search(document.text, m.start(), min(end, m.end() + 12)):
        return False
    if (
        m.group()
        .lower()
        .startswith(("negotiating", "serious", "passing", "carr", "in touch", "shuttl", "mediat", "met ", "meet "))
    ):
        return True
    if _WISHED.search(document.text[max(document.sentences[home][0], m.start() - 45) : m.start()]):
        return bool(_TELLING.search(document.text, m.end(), min(end, m.end() + 40)))
    return True


def _outcome(document: Document, span: Range, home: int) -> str:
    """What came of it, by the words nearest to the mention: those after it in its sentence, then those before."""
    start, end = document.sentences[home]
    text = document.text
    for a, b, last in ((span[1], min(end, span[1] + 130), False), (max(start, span[0] - 110), span[0], True)):
        hits = [
            (-m.start() if last else m.start(), rank, outcome)
            for rank, (outcome, pattern) in enumerate(_OUTCOMES)
            for m in pattern.finditer(text, a, b)
        ]
        if hits:
            return min(hits)[2]
    return "unknown"


def _other_account(last: TalksDraft, outcome: str, teller: Attribution | None) -> bool:
    """Is a second mention a differing account: another outcome, by another source?"""
    return (
        outcome != "unknown"
        and last.outcome not in ("unknown", outcome)
        and teller is not None
        and teller is not last.statement
    )


def _tellers(document: Document, statements: Sequence[Attribution]) -> dict[int, list[tuple[Range, Attribution]]]:
    found: dict[int, list[tuple[Range, Attribution]]] = {}
    for s in statements:
        for start, end in s.contents:
            for i in range(max(0, document.sentence_at(start)), document.sentence_at(max(start, end - 1)) + 1):
                found.setdefault(i, []).append(((start, end), s))
    return found


def _teller(held: Sequence[tuple[Range, Attribution]], at: int) -> Attribution | None:
    inside = [(r[1] - r[0], n) for n, (r, _) in enumerate(held) if r[0] <= at < r[1]]
    return held[min(inside)[1]][1] if inside else None


def _describe(document: Document, t: TalksDraft) -> None:
    text = document.text
    t.sentences = list(dict.fromkeys(t.sentences))
    told = " ".join(text[slice(*document.sentences[i])] for i in t.round)
    near = text[max(0, t.span[0] - 60) : t.span[1] + 90]
    named = " ".join(text[slice(*m)] for m in t.mentions)
    if re.search(r"\bface-to-face\b|(?<!in)\bdirect\b", named, re.IGNORECASE):
        t.form = "direct"
    elif _INDIRECT.search(told):
        t.form = "indirect"
    elif _DIRECT.search(near):
        t.form = "direct"
    t.level = next((level for level, p in _LEVELS if p.search(near)), "unknown")
