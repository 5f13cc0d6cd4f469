"""Place names into their use: literal (where), associative (whose), metonymic (who).

Habits learnt from the coded training reports: a name that modifies a noun or owns an office is
associative; a country, a capital or a seat of power that acts, speaks or is spoken to is metonymic;
after a preposition of place, in a dateline and wherever nothing else is said it is literal.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.reader.document import Document
    from onrecord.reader.place_names import PlaceName

Use = Literal["literal", "associative", "metonymic"]

_LOCATIVE = frozenset(
    "in at near from into inside outside across around through throughout toward towards within via beyond outta onto "
    "leaving left entered entering reached reaching visited visit visiting leave enter reach attacked bombed shelled "
    "invaded fled flee fleeing overlooking surrounding to besieged captured seized bombarded hit struck along off "
    "over under where crossed crossing besieging hitting striking outskirts".split()
)
_RELATIONAL = frozenset(
    "with against by between among urged urges urge told tells slammed slams asked asks ask asking accused accuses "
    "accuse accusing warned warns warn condemned condemns condemn blamed blames blame pressed sanctioned criticised "
    "criticized criticises criticizes recognised recognized called helped help support supported for on about "
    "see sees threatened threaten pressured persuade persuaded than allow let force forced demanded "
    "welcoming supporting ruled".split()
)
_PLACE_HEADS = frozenset(
    "city town village province capital region district port area state north south east west northeast northwest "
    "southeast southwest outskirts part parts half centre center suburb suburbs coast border borders streets airport "
    "north-east north-west south-east south-west edge heart kilometres kilometers miles km island governorate "
    "neighbourhood neighborhood county kilometre mile rest most much invasion bombing shelling siege".split()
)
_VERBS = frozenset(
    "has had have is was were are will would should could can may might must did does do said says say announced "
    "announces wants want warned warns denied denies accused accuses rejected rejects agreed agrees insisted insists "
    "demanded demands condemned condemns called calls urged urges launched launches withdrew withdraws refused refuses "
    "claims claimed sees saw seeks sought sent sends gave gives told tells vowed vows threatened threatens recognises "
    "recognized recognised recognizes pledged pledges backs backed supports supported expects expected hopes hoped "
    "believes believed became becomes faces faced joined joins voted votes opposed opposes signed signs began begins "
    "continues continued slammed slams decided decides fears feared needs plans planned offered offers eventually "
    "also never cannot invaded invades attacked attacks bombed responded responds reacted holds held stopped "
    "stops spent spends licensed imposed imposes expelled expels ordered orders struck strikes".split()
)
_STATIVE_BE = frozenset("is was were are".split())
_DEEDS = frozenset(
    "withdrawal deployment threat decision attack attacks invasion refusal claim claims call calls demand demands "
    "offer proposal response reaction exit departure support intervention involvement policy move plan plans "
    "position rejection denial warning strikes strike bombardment blockade occupation recognition ambitions role "
    "handling".split()
)
_PLACE_NOUNS = frozenset(
    "capital border borders city cities coast airport streets north south east west province provinces shores airspace "
    "territory outskirts suburbs port square desert waters coastline parliament".split()
)
_CITY_NOUNS = _PLACE_NOUNS | frozenset(
    "neighborhood neighborhoods neighbourhood neighbourhoods district districts mosque hotel suburb hospital area home "
    "office market court jail prison station church park school university stadium cemetery slum quarter bureau".split()
)
_PEOPLE_NOUNS = frozenset(
    "resident residents lawyer rebels rebel mayor police kids children people officials official man woman native "
    "fighters authorities government council students merchant businessman teacher doctor".split()
)
_OFFICES = frozenset(
    "mayor governor people residents bishop archbishop citizens inhabitants rebels sheikh patriarch governorship "
    "mayors".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_DATELINE = re.compile(r"^[^\n.!?]{0,60}?\s?(?:\(|—|–|--|-\s|:)")
_LIST_GAP = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|&)\s+(?:the\s+)?$")
_SKIPPED = frozenset("the neighbouring neighboring nearby northern southern eastern western central".split())
_OWNERS = frozenset({"'s", "’s", "'", "’"})
_CAN_ACT = frozenset({"country", "capital", "seat"})


def uses(document: Document, names: Sequence[PlaceName], kinds: Sequence[str]) -> list[Use]:
    """The use of each name; `kinds` are demonym, country, capital, seat, region or other, by the name's resolution."""
    found: list[Use | None] = [
        "associative" if kind == "demonym" else _use(document, name, kind)
        for name, kind in zip(names, kinds, strict=True)
    ]
    _share_in_lists(document, names, kinds, found)
    return [u or "literal" for u in found]


def _share_in_lists(
    document: Document, names: Sequence[PlaceName], kinds: Sequence[str], found: list[Use | None]
) -> None:
    """Members of a list ("France, Britain and Italy said") share what the first or the last one's neighbour shows."""
    order = sorted(range(len(names)), key=lambda i: names[i].start)
    pairs = [
        (a, b)
        for a, b in pairwise(order)
        if kinds[a] == kinds[b] != "demonym" and _LIST_GAP.fullmatch(document.text[names[a].end : names[b].start])
    ]
    for a, b in pairs:
        found[b] = found[b] or found[a]
    for a, b in reversed(pairs):
        found[a] = found[a] or found[b]


def _use(document: Document, name: PlaceName, kind: str) -> Use | None:
    """What the words around one name show; None where they show nothing."""
    sentence = document.sentence_at(name.start)
    if sentence < 0:
        return None
    first, last = document.sentence_words[sentence]
    inside = document.words_in(name.start, name.end)
    before = [document.word(i).lower() for i in range(max(first, inside.start - 3), inside.start)]
    after = [document.word(i) for i in range(inside.stop, min(last, inside.stop + 5))]
    while before and before[-1] in _SKIPPED:
        before.pop()
    if _in_dateline(document, name):
        return "literal"
    led = _preceded(before, kind)
    if led == "literal" and (kind != "country" or (after and after[0] in _OWNERS and before[-1] == "in")):
        return led
    if len(before) > 1 and before[-1] == "-" and before[-2] in {"pro", "anti"}:
        return "associative"
    owned = _possessed(after, kind) or _modifies(after, kind)
    if owned:
        return owned
    if led == "literal":
        return led
    acts = _acts(after, kind, bool(before) and before[-1] in _LOCATIVE)
    return acts or led


def _in_dateline(document: Document, name: PlaceName) -> bool:
    paragraph = next((p for p in document.paragraphs if p[0] <= name.start < p[1]), None)
    if paragraph is None or name.start - paragraph[0] > 40:
        return False
    opening = _DATELINE.match(document.text[paragraph[0] : paragraph[1]])
    return bool(opening) and name.end <= paragraph[0] + opening.end()  # type: ignore[union-attr]


def _possessed(after: list[str], kind: str) -> Use | None:
    if not after or after[0] not in _OWNERS:
        return None
    owned = [w.lower() for w in after[1:4]]
    if any(w in _PLACE_NOUNS for w in owned[:2]):
        return "literal"
    if kind in _CAN_ACT and owned and owned[0] in _DEEDS:
        return "metonymic"
    return "associative"


def _modifies(after: list[str], kind: str) -> Use | None:
    """Does the name stand before a noun that it qualifies ("US soldiers", "Benghazi-based")?"""
    if not after:
        return None
    if after[0] == "-":
        return "associative" if len(after) > 1 and after[1].islower() else None
    word = after[0]
    if not word[0].isalpha() or word.lower() in _VERBS or word.lower() in _FUNCTION:
        return None
    if word.endswith(("ed", "ly", "ing")) and word.islower():
        return None
    if kind in {"capital", "other"}:
        if any(w.lower() in _CITY_NOUNS for w in after[:2]):
            return "literal"
        return "associative" if kind == "capital" or word in _PEOPLE_NOUNS else None
    return "associative"


_FUNCTION = frozenset(
    "and or but in on at to for from by with of as that which who where when while after before since until because "
    "if than so not over under during against through into about between near it he she they we you i the a an this "
    "last early late next yesterday today tonight monday tuesday wednesday thursday friday saturday sunday there "
    "here alone alive among itself too also amid despite without within via per following ahead instead again now "
    "then were though although whose what how all both".split()
)


def _preceded(before: list[str], kind: str) -> Use | None:
    if not before:
        return None
    word = before[-1]
    if word == "of":
        head = before[-2] if len(before) > 1 else ""
        if head in _PLACE_HEADS:
            return "literal"
        return "associative" if kind != "other" or head in _OFFICES else None
    if word in {"to", "with"} and len(before) > 1 and before[-2] in {"envoy", "ambassador", "border", "frontier"}:
        return "literal" if before[-2] in {"border", "frontier"} else "associative"
    if word in _RELATIONAL and kind in _CAN_ACT:
        return "metonymic"
    return "literal" if word in _LOCATIVE else None


def _acts(after: list[str], kind: str, located: bool) -> Use | None:
    """Is the name the subject of a verb, and may it be one who acts?"""
    if not after or kind not in _CAN_ACT or located:
        return None
    if kind == "country" and after[:2] in ([",", "which"], [",", "whose"]):
        return "metonymic"
    if after[0] == "on" and len(after) > 2 and after[1].lower() in _WEEKDAYS:
        after = after[2:]
    if len(after) > 1 and (after[0].endswith("ly") or after[0] in {"also", "now", "then", "itself"}):
        after = after[1:]
    word = after[0].lower()
    if word in _STATIVE_BE and kind != "country":
        doing = [w for w in after[1:3] if w != "not"]
        return "metonymic" if doing and (doing[0].endswith("ing") or doing[0] in {"ready", "willing"}) else None
    return "metonymic" if word in _VERBS or (word.endswith("ed") and after[0].islower()) else None
