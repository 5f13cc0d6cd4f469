"""Triggers of one type -> happenings: which trigger names again what an earlier one named.

Triggers are read in text order.  Each is weighed against every happening of its type so far by the signs that two
mentions of one thing leave (`signs`: the same word, "the", the same day, other actors …); it joins the happening that
outweighs "something new", or begins one.  The weights are fitted on coded reports by `training/fit_happenings.py`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.reader import statuses
from onrecord.reader.modes import explicit_modes
from onrecord.reader.word_table import rows, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

MAX_BACK = 40
"""Only so many triggers of a type are looked back on: long texts must not cost the square of their length."""
ROLES = ("actors", "recipients", "places", "times")
_LIGHT = frozenset(
    "a an the this that these those of in into on onto out off up down back to for by with from at and or as over under about "
    "be is are was were been being have has had having do does did will would shall should can could may might must not n't "
    "their its his her our your my it them him he she they we i you come came coming make made take took taken taking give "
    "gave given giving carry carried get got put set go went gone going bring brought some".split()
)
_IRREGULAR = {
    form: base
    for base, forms in {
        "meet": "met", "shoot": "shot", "fight": "fought", "strike": "struck stricken", "break": "broke broken",
        "speak": "spoke spoken", "seek": "sought", "flee": "fled", "drive": "drove driven", "leave": "left", "hold": "held",
        "withdraw": "withdrew withdrawn", "blow": "blew blown", "fall": "fell fallen", "die": "dead death deaths dying died",
        "life": "lives", "free": "freed freeing", "sell": "sold sale", "buy": "bought", "pay": "paid", "fly": "flew flown",
        "ban": "banned banning", "dig": "dug", "try": "tried tries", "sue": "sued suing", "stab": "stabbed stabbing",
        "plan": "planned planning", "ram": "rammed ramming", "swap": "swapped", "step": "stepped stepping", "lay": "laid",
        "begin": "began begun", "send": "sent", "sentence": "sentenced", "go": "going", "negotiat": "negotiations", "yes": "yes",
        "freeze": "froze frozen", "hit": "hit hitting", "cut": "cutting", "run": "ran running", "steal": "stole stolen",
        "shut": "shutting", "quit": "quitting", "guilt": "guilty", "arm": "armed arming arms", "casualt": "casualty casualties",
    }.items()
    for form in forms.split()
}  # fmt: skip
_ENDS = tuple("ations ation ions ion ings ing ments ment ers er ed es s e al".split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|its|their|his|her|such|both)\s+(?:[\w'’-]+\s+){0,2}$", re.IGNORECASE
)
_INDEFINITE = re.compile(r"\b(?:a|an|any|some|several|more|no)\s+(?:[\w'’-]+\s+){0,2}$", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:another|other|separate\w*|second|third|new|fresh|further|earlier|previous\w*|last (?:month|year|week)|similar|"
    r"later|meanwhile|elsewhere|also|again|years? ago|months? ago|weeks? ago|once|next)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:\d[\d,.]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds|thousands)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_EMPTY = frozenset(
    "he she it they him her them his its their who which that i we us our you your my himself themselves itself the and "
    "president minister general government leader chief state mr mrs ms group forces army people officials".split()
)
"""Pronouns, and titles that many share."""
_COMMON = frozenset(
    "that this with from have been were said would will which after before their they about more than also when over into "
    "what where while there last year years week month people told says could being other some such against between since "
    "only most under during still them these those then first including".split()
)
_WORDS = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"})
"""Types that are done by saying: what is said tells them apart."""
_GAIN = re.compile(
    r"\b(?:captur|recaptur|seiz|retook|retak|overr[au]n|conquer|occup|t(?:ook|ak(?:en?|es|ing)) (?:back |full )?control)\w*",
    re.IGNORECASE,
)
"""Ground taken: one deed, whatever else was done on the day."""
OBJECT = 60
"""Characters after a trigger that hold what it is about."""


def stem(text: str) -> str:
    """A rough stem, so that "attacked" meets "attacks" and "killing" meets "killed"; of several words, the longest's."""
    words = text.lower().split()
    return _stem(max(words, key=len)) if words else ""


@cache
def _stem(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 4:
            word = word[: -len(end)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]  # "stopped", "slammed"
    return word


@cache
def _families() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for name, words in rows("trigger_families.tsv"):
        for word in words.split("|"):
            table[_stem(word)].add(name)
    return {k: frozenset(v) for k, v in table.items()}


def families(text: str) -> tuple[str, ...]:
    """The families that a trigger's words are of, sorted."""
    words = [w for w in _WORD.findall(text.lower()) if w not in _LIGHT]
    return tuple(sorted({f for w in words for f in _families().get(_stem(w), ())}))


@dataclass(frozen=True, slots=True)
class Naming:
    """One trigger as the rules see it."""

    draft: EventDraft
    sentence: int
    at: int
    line: str
    text: str
    stems: frozenset[str]
    families: frozenset[str]
    definite: bool
    indefinite: bool
    other: bool
    plural: bool
    roles: tuple[frozenset[str], ...]
    proper: tuple[frozenset[str], ...]
    topic: frozenset[str]
    object: frozenset[str]
    numbers: frozenset[str]
    told: int
    ahead: bool
    manners: frozenset[str]
    """Modes of the type that the trigger's own words show."""
    lasting: bool
    """Is it a word for what goes on for long ("the war"), not for a single deed?"""
    gain: bool
    """Does it tell that ground was taken?"""


def naming(document: Document, draft: EventDraft) -> Naming:
    """The facts about one trigger that do not depend on another."""
    start, end = draft.trigger
    at = max(0, document.sentence_at(start))
    home = document.sentences[at]
    text = document.text[start:end].lower()
    words = _WORD.findall(text)
    stems = frozenset(_stem(w) for w in words if w not in _LIGHT) or frozenset(_stem(w) for w in words)
    before = document.text[max(home[0], start - 40) : start]
    line = document.text[home[0] : home[1]]
    roles = [_names(document, home, getattr(draft, role)) for role in ROLES]
    around = document.text[max(home[0], start - 45) : min(home[1], end + 45)]
    return Naming(
        draft=draft,
        sentence=at,
        at=home[0],
        line=line,
        text=text,
        stems=stems,
        families=frozenset(f for s in stems for f in _families().get(s, ())),
        definite=bool(_DEFINITE.search(before)) or text.startswith(("the ", "this ", "that ")),
        indefinite=bool(_INDEFINITE.search(before)),
        other=bool(_OTHER.search(document.text[home[0] : home[0] + 25]) or _OTHER.search(around)),
        plural=text.endswith("s"),
        roles=tuple(frozenset(w.lower() for w in words) for words in roles),
        proper=tuple(frozenset(w.lower() for w in words if not w.islower()) for words in roles),
        topic=_topic(line) - stems,
        object=_topic(document.text[end : min(home[1], end + OBJECT)]) - stems,
        numbers=frozenset(n.lower() for n in _NUMBER.findall(around)),
        told=id(draft.statement) if draft.statement is not None else 0,
        ahead=draft.status in ("planned", "proposed", "conditional", "ordered"),
        manners=explicit_modes(draft.type, text),
        lasting=statuses.lasts(text),
        gain=bool(_GAIN.search(text)),
    )


def _names(document: Document, home: Range, spans: Iterable[Range]) -> frozenset[str]:
    """The words that tell who, where or when: of the trigger's own sentence, without pronouns and titles."""
    return frozenset(
        word
        for start, end in spans
        if home[0] <= start < home[1]
        for word in _NAME.findall(document.text[start:end])
        if (len(word) > 2 or word.isdigit()) and word.lower() not in _EMPTY
    )


@lru_cache(maxsize=512)
def _topic(line: str) -> frozenset[str]:
    """Stems of the longer words of some text: what it is about."""
    return frozenset(_stem(w) for w in _WORD.findall(line.lower()) if len(w) > 3 and w not in _COMMON)


def signs(a: Naming, b: Naming) -> Iterator[str]:
    """The signs for and against `b` naming what the earlier `a` named."""
    kind = b.draft.type
    apart = b.sentence - a.sentence
    where = "here" if apart == 0 else "next" if apart == 1 else "near" if apart < 4 else "off" if apart < 9 else "far"
    like = _likeness(a, b)
    yield from (like, where, f"{like} {where}", f"{kind} {like}")
    if apart == 0:
        yield f"{kind} here"
        gap = b.draft.trigger[0] - a.draft.trigger[1]
        yield "close" if gap < 25 else "mid" if gap < 80 else "wide"
        yield from _links(a, b)
    yield from _articles(a, b, like)
    yield from _nature(a, b, "here" if apart == 0 else "apart")
    manner = "words" if kind in _WORDS else "deeds"
    yield from _roles(a, b, manner)
    yield from _subject(a, b, manner)
    if a.told or b.told:
        yield "told alike" if a.told == b.told else "told by two" if a.told and b.told else "told by one"
    if a.ahead != b.ahead:
        yield "ahead"


def _articles(a: Naming, b: Naming, like: str) -> Iterator[str]:
    """Signs from how the triggers are introduced: "the", "a", "another"."""
    for name, present in (("definite", b.definite), ("indefinite", b.indefinite), ("other", b.other)):
        if present:
            yield f"{name} {like}"
    if a.other:
        yield "other before"
    if like in ("text", "stem") and a.plural != b.plural:
        yield "plural"
    if a.sentence < 2:
        yield "lead"


def _nature(a: Naming, b: Naming, where: str) -> Iterator[str]:
    """Signs from what sort of thing each names: a war and one shelling of it, a battle and the fall of a town."""
    for name, x, y in (("lasting", a.lasting, b.lasting), ("gain", a.gain, b.gain)):
        if x or y:
            yield f"{name} {'both' if x and y else 'one'} {where}"
    if a.manners and b.manners:
        yield f"manner {'same' if a.manners & b.manners else 'differs'} {where}"


def _roles(a: Naming, b: Naming, manner: str) -> Iterator[str]:
    """Signs from who, where and when."""
    for name, x, y in zip(ROLES, a.roles, b.roles, strict=True):
        if x and y:
            same = "same" if x & y else "differ"
            yield f"{name} {same}"
            yield f"{name} {same} {manner}"
    for name, x, y in zip(ROLES, a.proper, b.proper, strict=True):
        if x and y and not x & y:
            yield f"{name} differ by name"
            yield f"{name} differ by name {manner}"
    if (a.roles[0] & b.roles[1] or a.roles[1] & b.roles[0]) and not a.roles[0] & b.roles[0]:
        yield "swapped"


def _subject(a: Naming, b: Naming, manner: str) -> Iterator[str]:
    """Signs from what the triggers' sentences and objects are about, and from their numbers."""
    apart = b.sentence > a.sentence
    if apart:
        shared = min(len(a.topic & b.topic), 4)
        yield f"shared {shared}"
        yield f"shared {shared} {manner}"
    else:
        yield f"here {manner}"
    if a.object and b.object:
        yield f"object {'same' if a.object & b.object else 'differ'} {manner}"
    if a.numbers and b.numbers:
        yield f"numbers same {apart}" if a.numbers & b.numbers else f"numbers differ {apart}"


def _links(a: Naming, b: Naming) -> Iterator[str]:
    """What stands between two triggers of one sentence."""
    between = b.line[a.draft.trigger[1] - b.at : b.draft.trigger[0] - b.at]
    if re.match(r"\w+ing\b", b.text) and re.search(r"[,–—-]\s*$", between):
        yield "participle"
    if re.fullmatch(r"\W*(?:and|or)\W*", between):
        yield "pair"
    elif re.search(r"\b(?:and|or)\s+(?:\w+\s+)?$", between):
        yield "and"
    if m := re.search(
        r"\b(after|before|since|during|because|if|while|when|but|in response to|over|to)\b(?!.*\b(?:after|before|since|during|because|if|while|when|but|over|to)\b)",
        between,
    ):
        yield f"link {m[1]}"
    if re.search(r"[;:]", between):
        yield "stop"
    if "said" in between or '"' in between or "”" in between:
        yield "said between"


def _likeness(a: Naming, b: Naming) -> str:
    if a.text == b.text:
        return "text"
    if a.stems & b.stems:
        return "stem"
    if a.families & b.families:
        return "family"
    crossed = {("toll", x) for x in ("attack", "blast", "shots", "blade", "fight", "incident", "murder")}
    if any((x, y) in crossed or (y, x) in crossed for x in a.families for y in b.families):
        return "toll"
    if "incident" in b.families or "move" in b.families:
        return "vague"
    return "unlike"


def barred(a: Naming, b: Naming) -> bool:
    """Can two triggers not name one thing, whatever else speaks for it?  A truce is no release of captives, a
    war no shelling in it, and whom a party accuses or asks in two sentences by two names are two."""
    if b.draft.type != "ASSAULT" and a.manners and b.manners and not a.manners & b.manners:
        return True
    if b.draft.type == "ASSAULT" and a.sentence != b.sentence and (a.gain != b.gain or a.lasting != b.lasting):
        return True
    if b.draft.type not in _WORDS or (a.sentence == b.sentence and a.text != b.text):
        return False
    return any(x and y and not x & y for x, y in zip(a.proper[:2], b.proper[:2], strict=True))


def crowd(happenings: int, since: int) -> Iterator[str]:
    """Signs that belong to a whole happening: how many of its type there are, how many triggers ago it was named."""
    yield f"{min(happenings, 4)} so far"
    yield "latest" if since == 0 else "recent" if since < 3 else "old"


def weigh(group: Sequence[Naming], b: Naming, happenings: int, since: int, table: Mapping[str, float]) -> float:
    """How much speaks for `b` belonging to a group: half what its likest namings say, as a soft maximum, and half what
    all say.  By the likest alone one vague word ("killed") chains attacks that have nothing else in common."""
    one = [sum(table.get(s, 0.0) for s in signs(a, b)) for a in group]
    top = max(one)
    whole = sum(table.get(s, 0.0) for s in crowd(happenings, since))
    likest = top + math.log(sum(math.exp(x - top) for x in one)) - 0.5 * math.log(len(one))
    return whole + (1 - ALL) * likest + ALL * sum(one) / len(one)


ALL = 0.5
"""How much the mean over a happening's namings counts beside the likest (swept 0-.5 on reports held out of training: of
the joins made and of those coded, F1 .60 at 0 and .61)."""
BAR = -0.5
"""What "something new" weighs."""


def group(triggers: Sequence[Naming], table: Mapping[str, float] | None = None, bar: float = BAR) -> list[list[Naming]]:
    """The triggers, in text order, as happenings, in the order of their first triggers."""
    known = _weights() if table is None else table
    found: list[list[Naming]] = []
    number: dict[int, int] = {}
    past: dict[str, list[Naming]] = defaultdict(list)
    for b in triggers:
        groups: dict[int, list[Naming]] = {}
        since: dict[int, int] = {}
        for away, a in enumerate(reversed(past[b.draft.type][-MAX_BACK:])):
            groups.setdefault(number[id(a)], []).append(a)
            since.setdefault(number[id(a)], away)
        groups = {k: g for k, g in groups.items() if not any(barred(a, b) for a in g)}
        scored = [(weigh(g, b, len(groups), since[k], known), k) for k, g in groups.items()]
        value, best = max(scored, default=(bar, -1))
        if value <= bar:
            best = len(found)
            found.append([])
        found[best].append(b)
        number[id(b)] = best
        past[b.draft.type].append(b)
    return found


@cache
def _weights() -> Mapping[str, float]:
    return weights("happening_weights.tsv")
