"""What a source is (`kind`) and how far the report names it (`naming`), from its actor and the words around."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.nominals import noun_phrase

if TYPE_CHECKING:
    from onrecord.reader.actors import Entity
    from onrecord.reader.document import Document, Range

_ANONYMOUS = re.compile(
    r"\b(?:(?:on )?condition of anonymity|anonymous(?:ly)?|(?:asked|requested|wished|wanted|declined|refused)(?: not)? to "
    r"(?:not )?(?:be|have (?:his|her|their) names?) (?:named|identified|used|quoted|disclosed|published)|"
    r"not (?:be|to be|being) (?:named|identified)|did not want to be (?:named|identified)|"
    r"not authori[sz]ed to (?:speak|brief|talk|discuss|comment)|unnamed|unidentified|off the record|"
    r"(?:withh\w+|would not give|gave only) (?:his|her|their|a) (?:full |first |last )?names?|"
    r"(?:his|her|their) (?:full |first |last )?names? (?:be|was|were|not|has been) (?:withheld|not|changed)|"
    r"remain(?:ed|s)? anonymous)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"^(?:the|a|an|its|his|her|their|one)?\s*(?:[\w’'.,-]+\s+){0,5}?(?:statement|document|letter|report|study|poll|survey|indictment|filing|lawsuit|"
    r"motion|complaint|communiqu[eé]|memo|resolution|ruling|declaration|draft|release|affidavit|leaflet|transcript|"
    r"files?|records?|cables?|press release|note|judgment|inquiry|post|tweet)s?\b(?!\s+(?:officer|agency))",
    re.IGNORECASE,
)


def anonymous_near(document: Document, ranges: list[Range]) -> bool:
    """Is namelessness stated in a sentence of these mentions?"""
    for start, _ in ranges:
        i = document.sentence_at(start)
        if i >= 0 and _ANONYMOUS.search(document.text[slice(*document.sentences[i])]):
            return True
    return False


def source_kind(document: Document, entities: list[Entity], span: Range | None, head: tuple[str, float] | None) -> str:
    """The codebook's kind of a source: by its words and actor, by the encoder's head where these say nothing."""
    if span is None and not entities:
        return "unknown"
    words = document.text[slice(*span)] if span else ""
    if span and _DOCUMENT.match(words) and noun_phrase(words).kind == "document":
        return "document"
    if not entities:
        return head[0] if head else "unknown"
    kinds = {_kind_of(e) for e in entities}
    if len(kinds) == 1:
        kind = kinds.pop()
    elif kinds <= {"person", "unnamed_person"}:
        kind = "person"
    elif "unnamed_group" in kinds:
        kind = "unnamed_group"
    else:
        kind = _kind_of(entities[0])
    if kind == "unknown" and head:
        if head[0] == "person" and not any(e.named for e in entities):
            return "unnamed_group" if entities[0].plural else "unnamed_person"
        return head[0]
    return kind


def _kind_of(e: Entity) -> str:
    if e.kind == "person":
        if e.plural:
            return "unnamed_group"
        return "person" if e.named else "unnamed_person"
    if e.kind in ("state", "organization"):
        return "organization"
    if e.kind == "group":
        if e.named or (e.sector in ("REB", "PRM", "UAF") and not _people(e)):
            return "organization"
        return "unnamed_group"
    if e.kind in ("media", "document"):
        return e.kind
    return "unknown"


def _people(e: Entity) -> bool:
    """Are the members meant ("rebel leaders"), not the body ("the rebels")?"""
    return e.head not in ("rebel", "militant", "insurgent", "guerrilla", "fighter", "militia", "force", "front", "group")


def _proper(e: Entity) -> bool:
    """Is a body called by a name of its own or by its country's ("the Rushand military command")?"""
    return any(w[:1].isupper() for m in (e.name, e.description or "") for w in m.split()[:8] if len(w) > 1)


def source_naming(document: Document, entities: list[Entity], span: Range | None) -> str:
    """`named`, `described`, `anonymous` or `none`, judged over all mentions of the actors."""
    if span is None and not entities:
        return "none"
    words = document.text[slice(*span)] if span else ""
    if any(e.named or (e.kind in ("organization", "state", "media") and _proper(e)) for e in entities):
        return "named"
    mentions = [m for e in entities for m in e.mentions] or ([span] if span else [])
    if anonymous_near(document, mentions) and not any(e.kind in ("organization", "state") for e in entities):
        return "anonymous"
    if any(e.nameless for e in entities) or (not entities and re.search(r"\bsources?\b", words, re.IGNORECASE)):
        return "anonymous"
    return "described"
