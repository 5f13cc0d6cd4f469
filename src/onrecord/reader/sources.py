"""What a source is (`kind`) and how far the report names it (`naming`), from its actor and the words around."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.nominals import noun_phrase

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.entities import Entity

_ANONYMOUS = re.compile(
    r"\banonymity\b|\banonymous(?:ly)?\b|\bunnamed\b|\bunidentified\b|\boff the record\b|"
    r"\b(?:asked|asking|requested|requesting|wished|wishing|wanted|preferred|declined|declining|refused|refusing|agreed|insisted)(?: not)?(?: to| that)?"
    r"(?: \w+){0,3}? (?:not )?(?:be|being|remain) (?:named|identified|unnamed|unidentified|anonymous|quoted)\b|"
    r"\bnot (?:to )?(?:be(?:ing)?|want to be|wish to be|wishing to be) (?:named|identified|quoted)\b|\bneither be named\b|"
    r"\bnot authori[sz]ed to (?:speak|brief|talk|discuss|comment|give)\b|\bnot (?:be )?(?:quoted|identified|cited) by name\b|"
    r"\b(?:did not|didn['’]t|does not|would not|wouldn['’]t|declined to|refused to|not to) (?:want (?:his|her|their) (?:full |first |last |real )?names?|"
    r"(?:give|reveal|disclose|publish|use|want to give) (?:his|her|their|its|a)(?: (?:full|first|last|real|own))? names?|name (?:him|her|them)?(?=[\s,.;”\"]))|"
    r"\b(?:withh\w+|gave only) (?:his|her|their|a) (?:\w+ )?(?:full |first |last |real )?names?\b|"
    r"\b(?:his|her|their) (?:full |first |last |real )?names? (?:not )?(?:be(?:en)?|was|were|is|has been|have been|not) (?:not )?(?:withheld|published|used|changed|printed|disclosed)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:condition of anonymity|anonymously|requesting anonymity|asking not to be named)\b", re.IGNORECASE
)
_STATE_BODIES = frozenset(
    "army military navy ministry government force command coastguard guard forces embassy junta".split()
)
"""Bodies of which a state has one: "the interior ministry" is as good as a name."""
_WITH_NAME = frozenset(
    "police authorities parliament court state administration troops presidency mission consulate regime republic country nation leadership delegation".split()
)
"""Bodies that count as named with their country's name."""
_UNNAMED_BODIES = frozenset("panel team inquiry bidder partner diocese office-holder delegation side".split())
_MEDIUM = re.compile(
    r"\b(?:[Nn]ewspaper|[Dd]aily|[Nn]ews (?:agency|website|site|outlet|channel|network)|News Agency|[Bb]roadcaster|[Tt]elevision|TV|Radio|"
    r"radio station|tabloid|Newspaper)\b|\bNews(?: \w+)?$"
)
"""Words of a name, or before it, that tell a medium: "the Lake Post newspaper", "Sky News"."""
_CROWD = re.compile(
    r"(?:tens of |hundreds of )?(?:thousands|hundreds|dozens|scores|crowds|millions)\s+of\b", re.IGNORECASE
)
_FIGHTERS = frozenset(
    "rebel militant insurgent guerrilla militia force forces front group movement troops army".split()
)


def anonymous_near(document: Document, ranges: list[Range]) -> bool:
    """Is namelessness stated in a sentence of these mentions, or of their words?"""
    for start, end in ranges[:12]:
        i = document.sentence_at(start)
        if i < 0:
            continue
        s, e = document.sentences[i]
        if _ANONYMOUS.search(document.text, start, min(e, end + 160)) or _CONDITION.search(
            document.text, max(s, start - 90), start
        ):
            return True
    return False


def source_kind(document: Document, entities: list[Entity], span: Range | None, head: tuple[str, float] | None) -> str:
    """The codebook's kind of a source: by its words and actor, by the encoder's head where these say nothing."""
    if span is None and not entities:
        return "unknown"
    words = document.text[slice(*span)] if span else ""
    phrase = noun_phrase(words)
    single = len(entities) < 2
    if (
        single
        and phrase.kind == "document"
        and not (entities and any(e.kind == "person" and not e.named for e in entities))
    ):
        return "media" if phrase.head == "report" and phrase.plural else "document"
    if single and _CROWD.match(words):
        return "unnamed_group"
    if single and entities and entities[0].named and entities[0].kind != "person" and _of_medium(words, entities[0]):
        return "media"
    if not entities:
        return head[0] if head else _bare_kind(phrase.kind, phrase.plural)
    kinds = [_kind_of(e, phrase.definite or e.named) for e in entities]
    kind = _joint(kinds)
    if kind == "unknown" and head:
        if head[0] == "person" and not any(e.named for e in entities):
            return "unnamed_group" if entities[0].plural else "unnamed_person"
        return head[0]
    return kind


def _of_medium(words: str, e: Entity) -> bool:
    """Does a name, or what stands before it, tell a medium?"""
    name = e.name.removeprefix("the ").removeprefix("The ")
    return _MEDIUM.search(name) is not None or (name in words and _MEDIUM.search(words.partition(",")[0]) is not None)


def _bare_kind(kind: str, plural: bool) -> str:
    """A kind of actor as the kind of a source without an actor."""
    if kind == "person":
        return "unnamed_person"
    if kind == "group":
        return "unnamed_group" if plural else "organization"
    return "organization" if kind == "state" else kind


def _joint(kinds: list[str]) -> str:
    """The kind of a source with several actors."""
    if len(set(kinds)) == 1:
        return kinds[0] if kinds[0] != "unnamed_person" or len(kinds) == 1 else "unnamed_group"
    if set(kinds) <= {"person", "unnamed_person"}:
        return "person"
    if "unnamed_group" in kinds:
        return "unnamed_group"
    return next((k for k in kinds if k != "document"), kinds[0])


def _kind_of(e: Entity, definite: bool) -> str:
    if e.kind == "person":
        if e.plural:
            return "unnamed_group"
        return "person" if e.named else "unnamed_person"
    if e.kind in ("state", "organization"):
        return "organization"
    if e.kind == "group":
        if (
            e.named
            or (e.head in _FIGHTERS and definite)
            or (not e.plural and e.head not in ("public", "crowd", "family", "staff"))
        ):
            return "organization"
        return "unnamed_group"
    return e.kind if e.kind in ("media", "document") else "unknown"


def _capital(words: str) -> bool:
    return any(w[:1].isupper() for w in words.split()[:8] if len(w) > 1)


def _as_named(e: Entity) -> bool:
    """Is a body without a name of its own called by what only one bears ("the army", "Iranian authorities")?"""
    if e.named or (e.kind == "state" and e.head != "authorities"):
        return True
    phrase = e.phrase
    if (
        (e.plural and e.kind in ("group", "media", "person"))
        or phrase is None
        or e.kind not in ("organization", "media", "group", "state")
    ):
        return False
    if phrase.indefinite:
        return False
    if e.head in _STATE_BODIES and e.kind == "organization" and not phrase.core.startswith(("local", "regional")):
        return True
    if e.kind == "media" and re.match(r"state[ -](?:run |owned )?(?:television|tv|radio|news agency)", phrase.core):
        return True
    if e.head in _UNNAMED_BODIES or e.kind == "media":
        return False
    if e.head in _WITH_NAME and e.owner is not None:
        return True
    return (
        e.kind in ("organization", "group")
        and e.head not in _WITH_NAME
        and _capital(_tail(e))
        and phrase.possessive == ""
        and not e.of_person
    )


def _tail(e: Entity) -> str:
    """The description without its first word, whose capital may only open a sentence."""
    words = (e.description or e.name).split()
    return " ".join(words) if len(words) > 1 else ""


def source_naming(document: Document, entities: list[Entity], span: Range | None) -> str:
    """`named`, `described`, `anonymous` or `none`, judged over all mentions of the actors."""
    if span is None and not entities:
        return "none"
    words = document.text[slice(*span)] if span else ""
    if any(_as_named(e) for e in entities) and not _CROWD.match(words):
        return "named"
    mentions = [m for e in entities for m in e.mentions] or ([span] if span else [])
    bodies = any(e.kind in ("organization", "state") for e in entities)
    if not bodies and (
        any(e.nameless for e in entities) or anonymous_near(document, [*([span] if span else []), *mentions])
    ):
        return "anonymous"
    if not entities and re.search(r"\bsources?\b|^reports$", words, re.IGNORECASE):
        return "anonymous"
    return "described"
