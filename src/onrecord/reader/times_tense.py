"""Which way a clause points: does a bare weekday or month in it lie ahead of the report or behind it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.times_lexer import Lexed

REACH = 14
"""Tokens looked at on each side; a clause seldom has more between its verb and its date."""

_AHEAD = frozenset(
    "will ll shall due scheduled schedule plans plan planned planning expected expects going slated "
    "begins starts opens resumes expires ends meets arrives leaves convenes upcoming deadline "
    "would should must may intends hopes aims wants postponed effective payable".split()
)
_BEHIND = frozenset(
    "said says told was were had has have been began came went met held left gave found saw made got became took "
    "sent won lost shot fell broke struck hit led ran spoke wrote fled rose cut put let read did since heard sought "
    "brought fought caught thought bought kept felt built stood understood forbade chose drove froze threw flew grew "
    "knew drew wore swore blew died after ago yesterday".split()
)
_NOT_VERBS = frozenset("united need indeed speed breed seed feed red bed hundred sacred".split())
_TO_DO = frozenset(
    "meet hold report begin start vote visit travel attend appear decide resume announce present sign return face "
    "arrive submit release withdraw leave convene discuss brief address reopen expire".split()
)
_DONE = frozenset(
    "failed refused able had forced began managed travelled traveled flew went came arrived declined used got helped "
    "continued unable tried wanted chose needed".split()
)
_INFINITIVE_AFTER = frozenset("is are was were be due expected scheduled set going plans planned plan slated".split())


_LIMITS = frozenset("by until till from".split())
_SETS_A_LIMIT = frozenset(
    "unless deadline ultimatum give gives gave given order orders ordered demand demands demanded demanding told agree "
    "agreed agrees pledged promised vowed urged asked called calls calling threatened threatens extend extended postponed "
    "delayed wants must warned offered require requires required set".split()
)


def points_ahead(lexed: Lexed, start: int, end: int) -> bool | None:
    """True: the clause of tokens [start, end) points to the future; False: to the past; None: it does not say.

    A limit that someone sets lies ahead though it was set in the past ("ordered them to leave by Friday").
    """
    if lexed.low(start - 1) == "for" and lexed.code(start) == "W":  # "called a strike for Monday"
        return True
    if lexed.low(start - 1) in _LIMITS:
        clause = {lexed.low(i) for i in range(max(start - REACH, lexed.codes.rfind("|", 0, start) + 1), start)}
        if clause & _SETS_A_LIMIT:
            return True
    for i in range(start - 1, max(start - REACH, -1), -1):
        if lexed.code(i) == "|":
            break
        verdict = _cue(lexed, i)
        if verdict is not None:
            return verdict
    for i in range(end, end + REACH):
        if lexed.code(i) == "|":
            break
        verdict = _cue(lexed, i)
        if verdict is not None:
            return verdict
    return None


def _cue(lexed: Lexed, i: int) -> bool | None:
    low = lexed.low(i)
    if (
        low == "to"
        and lexed.low(i - 1) in _INFINITIVE_AFTER
        and (lexed.low(i - 3), lexed.low(i - 2)) == ("had", "been")
    ):
        return False  # "had been due to expire"
    if low == "to":
        intended = lexed.low(i + 1) in _TO_DO and lexed.low(i - 1) not in _DONE
        return True if intended or (lexed.low(i - 1) in _INFINITIVE_AFTER and lexed.code(i + 1) == ".") else None
    if low == "set":
        return True if lexed.low(i + 1) in ("to", "for") else None
    if low in _AHEAD:
        if low == "may" and lexed.code(i) == "M":
            return None
        return True
    past = low in _BEHIND or (len(low) > 3 and low.endswith("ed") and low not in _NOT_VERBS)
    if not past:
        return None
    # "to be held" lies ahead, "held" and "could not be reached" behind
    return lexed.low(i - 1) == "be" and "could" not in (lexed.low(i - 2), lexed.low(i - 3))
