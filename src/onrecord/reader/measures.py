"""Which measure governs a number: the verb, noun or state around it (`govern`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues

if TYPE_CHECKING:
    from onrecord.reader.counted import Counted, Line

_REACH = 24
"""Words looked through on either side; bounds the work per number."""
_CLOSERS = frozenset('. ; : — – -- ( ) " “ ” ? ! |'.split())
_COST = frozenset("claim claimed claiming claims cost costing costs lost took taken taking".split())
"""Verbs before a number of lives."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A measure with the word (number in the line) that gives it, how, and how firmly.

    `how`: `active` ("killed 12"), `passive` ("12 were killed"; also states and intransitive verbs), `reduced`
    ("12 killed in"), `list` ("killed a nurse and two guards"), `nominal` ("the killing of 12"), `noun` ("12
    soldiers"), `toll`, `lean` (on the figure before), `block` (a verb that tells no measure).
    """

    measure: str
    word: int
    how: str

    @property
    def strength(self) -> int:
        """3 for a verb on the number itself, 2 for a noun or a list, 1 for what is counted or leaned on."""
        return {"active": 3, "passive": 3, "reduced": 3, "list": 2, "nominal": 2, "toll": 2, "firm": 2}.get(self.how, 1)


_CAPTIVE = re.compile(
    r"(?:, )?(?:(?:who|that) )?(?:are |were |remain |remained |have been )?(?:believed to be )?"
    r"(?:(?:still|being) (?:being )?held\b|(?:still )?(?:in captivity|captive)\b|held (?:hostage|captive|prisoner)\b)"
)
"""What follows those who are in somebody's hands, whatever verb governs the phrase ("return 41 soldiers still held")."""


_BALLOT = re.compile(
    r"(?:who )?(?:(?:were|was|voting|voted) )?(?:in favou?r|against|supporting|opposing|opposed|supported|backed|abstain)"
)
"""What follows members of a chamber whose number is a number of votes."""


def govern(line: Line, first: int, counted: Counted, others: frozenset[int]) -> Cue | None:
    """The verb or governing noun of the number whose first word, relation words counted, is number `first`.

    `others` holds the word numbers where other numbers begin.  None where no verb tells the measure; what is
    counted is left to `measure_nouns`.
    """
    head = cues.HEADS.get(counted.head)
    if counted.head == "rounds":
        return Cue("weapons", counted.end - 1, "firm")
    if head and counted.head in cues.FIRM_HEADS:
        return Cue(head, max(counted.start, counted.end - 1), "firm")
    if counted.head == "lives" and line.at(first - 1) in _COST:
        return Cue("killed", counted.end - 1, "nominal")
    if counted.head in cues.VOTERS and _BALLOT.match(" ".join(line.at(counted.end + k) for k in range(4))):
        return Cue("votes", counted.end, "reduced")
    if _CAPTIVE.match(" ".join(line.at(counted.end + k) for k in range(7))):
        return Cue("held", counted.end, "reduced")
    if _uprooted(line, first, counted):
        return Cue("displaced", counted.end, "reduced")
    left, right = _left(line, first, counted), _right(line, counted, others)
    if left and left.how in {"active", "nominal"}:
        dead = left.measure == "casualties" and line.at(counted.end) == "dead"
        if not (right and right.how == "passive" and left.how == "nominal"):
            return _fitted(line, Cue("killed", left.word, "active") if dead else left, counted)
    if right and right.how == "reduced" and _member(line, first):
        right = None
    if right and right.how != "block":
        return _fitted(line, right, counted)
    return _fitted(line, left, counted) if left and not right else None


_FROM_HOME = re.compile(
    r"(?:(?:are|were|have|had|has|been|also|now|since) )*(?:(?:forced|driven|displaced|pushed|out|to move) )*"
    r"(?:(?:from|out of|off|lost|leave|left|flee|fled|abandon) (?:their|his|her) (?:\w+ )?(?:homes?|houses|lands?|villages?)\b"
    r"|to (?:flee|evacuate)\b|(?:taken|took|taking|sought|seeking|found|finding) (?:refuge|shelter)\b)"
)
"""What follows those who were driven out: "forced 700 villagers to flee", "900 people have taken refuge"."""
_DRIVES = frozenset("forc driv push compe displa uproo".split())


def _uprooted(line: Line, first: int, counted: Counted) -> bool:
    """Are the counted people driven from home by the words around them ("forced out 46,000 people")?"""
    if not cues.is_people(counted.head) and counted.start != counted.end:
        return False
    behind = " ".join(line.at(counted.end + k) for k in range(9))
    if _FROM_HOME.match(behind):
        return True
    return line.at(first - 1) == "out" and line.at(first - 2)[:4] in {"forc", "driv"}


def _member(line: Line, first: int) -> bool:
    """Does the number tell a part of the one before ("including four engineers abducted in May")?"""
    return not {"including", "among"}.isdisjoint((line.at(first - 1), line.at(first - 2)))


def _fitted(line: Line, cue: Cue, counted: Counted) -> Cue:
    """The cue, or what the noun says where the verb's measure is of people and the noun is a thing."""
    head = cues.HEADS.get(counted.head)
    if head == "troops" and cue.measure == "participants":
        return Cue("troops", cue.word, "noun")
    thing = counted.start < counted.end and not cues.is_people(counted.head)
    if thing and cue.measure == "abducted" and line.at(cue.word).startswith("seiz"):
        return Cue(head or "other", cue.word, "nominal")
    if cue.measure in cues.OF_PEOPLE:
        if counted.head in cues.NOT_PEOPLE and head not in {"weapons", "aid"}:
            return Cue("other", cue.word, cue.how)
        if head in {"weapons", "aid", "incidents"}:
            return Cue(head, cue.word, "nominal")
    return cue


def _active(line: Line, i: int, counted: Counted) -> str | None:
    """The measure of a transitive verb at word i."""
    word = line.low[i]
    if word.startswith("seiz"):
        return "abducted" if cues.is_people(counted.head) or counted.start == counted.end else None
    if word in cues.TRANSITIVE:
        return None if line.at(i + 1) == "down" and word.startswith("shot") else cues.TRANSITIVE[word]
    if word == "over" and line.at(i - 1) in {"handed", "handing", "hand", "turned", "hands"}:
        return "released"
    if word in {"free", "go"} and line.at(i - 1) in {"set", "setting", "let", "letting"}:
        return "released"
    if word == "away" and line.at(i - 1) in {"took", "taking", "taken"}:
        return _led_away(line)
    if word == "up" and line.at(i - 1) in {"picked", "picking"}:
        return "detained"
    if word in {"lost", "losing", "lose"} and (
        cues.is_people(counted.head) or cues.HEADS.get(counted.head) == "weapons"
    ):
        return "killed"
    if word in {"taken", "took", "take", "taking"} and cues.HEADS.get(counted.head) == "held":
        return "held" if counted.head == "prisoners" else "abducted"
    if word in {"lives", "life"} and line.at(i - 1) in _COST:
        return "killed"
    if word in {"custody", "hostage", "prisoner"} and line.at(i - 1) in {"into", "taken", "taking", "took", "takes"}:
        return "detained" if word == "custody" else "abducted"
    if word == "up" and line.at(i - 1) in {"rounded", "rounding"}:
        return "detained"
    if word == "down" and line.at(i - 1) in {"gunned", "gunning", "mowed"}:
        return "killed"
    return None


_FILLERS = (
    cues.DETERMINERS | cues.HEDGES | frozenset("up down over back out off free go captive hostage as many".split())
)


def _left(line: Line, first: int, counted: Counted) -> Cue | None:
    """A verb with the number in its object, or a noun that governs it through "of", to the left."""
    i = first - 1
    while i >= 0 and first - i < _REACH:
        if measure := _active(line, i, counted):
            return None if _passive_before(line, i) else Cue(measure, i, "active")
        if line.low[i] in cues.DRAWS and (cues.is_people(counted.head) or counted.start == counted.end):
            return Cue("participants", i, "active")
        word = line.low[i]
        if word in {"of", "to"}:
            return _nominal(line, i - 1)
        if word == "for" and line.at(i - 1) in {"exchange", "swap"}:
            return Cue("released", i - 1, "nominal")
        if word in {"and", "or", ",", "plus", "&"} or (
            word in {"with", "as"} and line.at(i - 1) in {"along", "together", "well"}
        ):
            return _listed(line, i - 1, counted)
        if (word not in _FILLERS and not word.endswith("ly")) or word in cues.AUXILIARIES:
            return None
        i -= 1
    return None


def _listed(line: Line, i: int, counted: Counted) -> Cue | None:
    """The verb before a list that the number ends ("killed the mayor of Oru and two guards")."""
    for j in range(i, max(-1, i - _REACH), -1):
        word = line.low[j]
        if word in _CLOSERS or word in cues.SUBORDINATORS or word in {"including", "among"}:
            return None
        if measure := _active(line, j, counted):
            return Cue(measure, j, "list")
        if word in cues.AUXILIARIES:
            return None
        if word in {"of", "to"} and (noun := _nominal(line, j - 1)):
            return Cue(noun.measure, noun.word, "list")
    return None


def _nominal(line: Line, i: int) -> Cue | None:
    measure = cues.NOMINALS.get(line.at(i)) or ("killed" if line.at(i) in {"life", "lives"} else None)
    return Cue(measure, i, "nominal") if measure else None


def _passive_before(line: Line, i: int) -> bool:
    """Is the participle at word i passive ("were killed")?"""
    j = i - 1
    while j >= 0 and (line.low[j] in cues.HEDGES or line.low[j].endswith("ly")) and line.low[j] not in cues.BEING:
        j -= 1
    return line.at(j) in cues.BEING and line.low[i] in cues.PARTICIPLES


_BROUGHT = frozenset("gone returned flown sent walked brought go".split())
_REMAIN = frozenset("remain remains remained stay stayed".split())
_OPENS_GROUP = cues.BEING | _REMAIN | frozenset("have has had left would could may might will".split())


def _right(line: Line, counted: Counted, others: frozenset[int]) -> Cue | None:
    """A passive, a state or an intransitive verb with the number as its subject, to the right."""
    i = counted.end
    reduced: Cue | None = None
    commas = 0
    related = False
    for steps in range(_REACH):
        word = line.at(i)
        if not word or word in _CLOSERS - {"(", ")"}:
            break
        direct = steps == 0 or (steps <= 2 and line.at(i - 1) in {"who", "that", "have", "had", "has", "seriously"})
        commas += word == ","
        related = related or word in {"who", "which"}
        if related and i in others:
            break  # a number behind a relative clause has a verb of its own
        if word in _OPENS_GROUP:
            related = line.at(i - 1) in {"who", "that"}
            return _verb_group(line, i) or reduced or (None if related else Cue("other", i, "block"))
        cue = _bare(line, i, direct)
        far = not direct and (commas % 2 == 1 or steps > 8 + 3 * commas)
        if cue and not (far and cue.measure in {"participants", "votes", "displaced"}):
            if cue.how == "passive":
                return cue
            reduced = reduced or cue
        elif steps == 0 and _unknown(word):
            return None
        elif _ends_subject(line, i, others, reduced is not None, steps):
            break
        i += 1
    return reduced


def _ends_subject(line: Line, i: int, others: frozenset[int], reduced: bool, steps: int) -> bool:
    """Does the stretch where the number can still be the subject end at word i?"""
    word = line.low[i]
    if word in cues.SUBORDINATORS - {"who", "that", "which", "whom", "according", "since"} or word in cues.TRANSITIVE:
        return True
    if reduced:
        return i in others or word in {"and", ","}
    if _other_verb(word) and steps > 0:
        return True
    return word == "and" and steps > 0 and not _number_near(i, others)


def _unknown(word: str) -> bool:
    """May a word right behind the counted noun be a verb that we do not know ("go hungry")?"""
    return (
        word[0].isalpha()
        and word
        not in cues.PREPOSITIONS | cues.SUBORDINATORS | cues.CONJUNCTIONS | cues.HEDGES | cues.PARTICIPLES.keys()
        and word not in {"of", "who", "that", "which", "whose", "more", "others"}
        and not word.endswith(("ly", "ed"))
    )


def _number_near(i: int, others: frozenset[int]) -> bool:
    return any(i + k in others for k in (1, 2, 3, 4))


def _other_verb(word: str) -> bool:
    return word.endswith("ed") and len(word) > 4 and word not in cues.PARTICIPLES and word not in cues.HEDGES


def _bare(line: Line, i: int, direct: bool) -> Cue | None:
    """A state, an intransitive verb or a participle without an object at word i."""
    word = line.low[i]
    if word in cues.STATES and (direct or line.at(i - 1) in {"left", "found", "shot"}):
        return Cue(cues.STATES[word], i, "passive")
    if line.at(i + 1) == "to" and line.at(i + 2) == "death":
        return Cue("killed", i, "passive")
    if word in cues.INTRANSITIVE:
        return Cue(cues.INTRANSITIVE[word], i, "passive")
    if (word, line.at(i + 1)) in cues.TAKES_PART:
        return Cue("participants", i, "passive")
    if word == "lost" and line.at(i + 1) in {"their", "his", "her"} and line.at(i + 2) in {"lives", "life"}:
        return Cue("killed", i, "passive")
    if direct and word == "taken" and (cue := _taken(line, i)):
        return cue
    if word in cues.PARTICIPLES and direct and _no_object(line, i + 1):
        return Cue(cues.PARTICIPLES[word], i, "reduced")
    return Cue("participants", i, "nominal") if direct and word == "strong" else None


def _no_object(line: Line, i: int) -> bool:
    word = line.at(i)
    return (
        not word[:1].isalnum()
        or word in cues.PREPOSITIONS
        or word in cues.SUBORDINATORS
        or word in {"and", "or", "last", "this", "yesterday", "today", "overnight", "early", "so", "dead", "hostage"}
        or word.endswith(("ly", "day"))
    )


def _verb_group(line: Line, i: int) -> Cue | None:
    """The measure of a verb group that begins at word i ("were reported to have been killed"), if it has one."""
    being = line.at(i) in _REMAIN
    for j in range(i, min(i + 9, len(line.low))):
        word = line.low[j]
        being = being or word in cues.BEING
        if word in {"in", "behind", "under", "at"}:
            return _stationed(line, j)
        if word in cues.STATES:
            return Cue(cues.STATES[word], j, "passive")
        if word in cues.INTRANSITIVE:
            return Cue(cues.INTRANSITIVE[word], j, "passive")
        if (word, line.at(j + 1)) in cues.TAKES_PART:
            return Cue("participants", j, "passive")
        if word == "lost" and line.at(j + 2) in {"lives", "life"}:
            return Cue("killed", j, "passive")
        if word == "taken" and line.at(j + 1) in {"hostage", "prisoner", "captive", "away", "into", "to"}:
            return _taken(line, j)
        if word in cues.PARTICIPLES and being:
            return _beyond(line, j, Cue(cues.PARTICIPLES[word], j, "passive"))
        if line.at(j + 1) in {"home", "free"} and word in _BROUGHT:
            return Cue("released", j, "passive")
        if word not in cues.HEDGES and word not in cues.AUXILIARIES and word not in _REMAIN and not word.endswith("ly"):
            return None
    return None


def _beyond(line: Line, j: int, cue: Cue) -> Cue:
    """The outcome, where one follows the act: "were shot and killed", "shot dead", "beaten to death"."""
    after = line.low[j + 1 : j + 3]
    if after[:1] == ("down",):
        return Cue("weapons", j, "passive")
    outcome = {"dead": "killed", "killed": "killed", "wounded": "injured", "injured": "injured"}
    if after[:1] == ("dead",) or (after[:1] == ("and",) and after[-1] in outcome):
        return Cue(outcome[after[-1] if after[0] == "and" else "dead"], j, "passive")
    return Cue("killed", j, "passive") if after == ("to", "death") else cue


def _taken(line: Line, j: int) -> Cue | None:
    after = line.at(j + 1)
    if after == "away":
        return Cue(_led_away(line), j, "passive")
    if after == "into":
        return Cue("detained", j, "passive") if "custody" in line.low[j + 2 : j + 5] else None
    if after == "to":
        hospital = any(w.startswith("hospital") for w in line.low[j + 2 : j + 6])
        return Cue("injured", j, "passive") if hospital else None
    return Cue("abducted", j, "passive")


def _led_away(line: Line) -> str:
    """What being taken away is: an arrest where the sentence names the forces of a state."""
    return "abducted" if cues.STATE_FORCES.isdisjoint(line.low) else "detained"


def _stationed(line: Line, j: int) -> Cue | None:
    """Where people are kept: "are in custody", "behind bars", "remain in hospital", "in captivity"."""
    place = line.low[j + 1 : j + 4]
    if {"custody", "bars", "arrest", "detention", "jail", "prison"} & set(place):
        return Cue("detained", j, "passive")
    if {"hospital", "hospitals", "care"} & set(place):
        return Cue("injured", j, "passive")
    return Cue("held", j, "passive") if "captivity" in place else None
