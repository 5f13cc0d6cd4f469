"""Place-name spans of one report into resolved places: which place, how sure of what, and used how.

Names come from a recogniser (or `find_place_names`); this module looks them up, hands the readings
to `place_senses` for a choice over the whole report and to `place_use` for literal, associative or
metonymic use.  A name that the gazetteer lacks, or knows only by a look-alike that nothing in the
report supports, keeps null coordinates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.gazetteer import (
    TYPE_WORDS,
    Demonym,
    Gazetteer,
    Place,
    countries,
    country_by_name,
    default_gazetteer,
    demonym,
    exact_key,
    kilometres,
)
from onrecord.reader.place_names import PlaceName, find_place_names, names_place
from onrecord.reader.place_senses import MAX_SENSES, Group, choose, contains, is_country
from onrecord.reader.place_use import Use, uses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.reader.document import Document

__all__ = ["PlaceName", "ResolvedPlace", "find_place_names", "names_place", "resolve_places"]

Form = Literal["name", "demonym", "nominal"]
Precision = Literal["point", "city", "district", "region", "country", "area"]
Basis = Literal["gazetteer", "curated", "context", "unresolved"]

_MODIFIERS = frozenset(
    "north south east west northern southern eastern western central upper lower greater downtown midtown uptown inner "
    "outer northeast northwest southeast southwest northeastern northwestern southeastern southwestern north-east "
    "north-west south-east south-west mainland metro metropolitan occupied old rural near port city town village "
    "province district county state the".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
_SPACES = re.compile(r"\s+")
_AFTER = re.compile(r"\s*(?:,\s*(?:in\s+)?|\(\s*|\s+in\s+|\s+of\s+)(?:the\s+)?(?=[A-Z])")
_BETWEEN = re.compile(r",\s[A-Z][\w.'’ -]{1,30}(?=,\s[A-Z])")
_LISTED = re.compile(r"(?:,\s[A-Z][\w.' -]{1,30}){1,30},?\s(?:and|or)\s(?:the\s)?[A-Z]")
_PHRASE = re.compile(r"[A-Z][\w'’-]*\.?(?:[A-Z]\.)*(?:\s(?:of\s|and\s|the\s)?[A-Z][\w'’-]*\.?){0,3}")
_KIND_NOUN = (
    r"(?:city|town|village|province|governorate|district|region|capital|port|suburb|area|county|state|"
    r"neighbou?rhood|resort|hamlet|settlement|enclave|stronghold|republic|cities|towns|villages)"
)
_NAMED_KIND = re.compile(rf"\b({_KIND_NOUN})\s+of\s+(?:the\s+)?$")
_OWNER = re.compile(
    rf"([A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?)(?:['’]s?)?\s+(?:[a-z-]+\s+){{0,3}}{_KIND_NOUN}(?:\s+of)?,?\s+(?:the\s+)?$"
)
_POSSESSOR = re.compile(r"([A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?)['’]s?\s+(?:[a-z-]+\s+){0,2}$")
_NEXT_WORD = re.compile(r"\s+([A-Za-z]+)\b")
_KIND_OF = {"city": "PPL", "town": "PPL", "village": "PPL", "capital": "PPL", "province": "ADM1", "cities": "PPL"}
_KIND_OF |= {"governorate": "ADM1", "state": "ADM1", "county": "ADM2", "district": "ADM2", "towns": "PPL"}
_PLACE_KINDS = frozenset(
    "ADM1 ADM2 PPL PPLX CMPRF PSTB AIRP AIRB MILB PRT HBR ISL ISLS VAL MTS PEN DSRT SEA GULF STRT".split()
)
_GROUPED = frozenset({"ADM1", "ADM2", "PPL", "PPLX"})
_SAME_KM = 100.0
"""A city this near its division's point stands for it: a bare "Cairo" is the city, "New York" may be the state."""
_AREA_CODES = frozenset("CONT SEA OCN GULF STRT BAY CHN STM MTS DSRT AREA LK VAL FRST".split())


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """One mention of a place with the codebook's fields; coordinates are None where the name is not known."""

    start: int
    end: int
    form: Form
    use: Use
    name: str
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    feature_class: str | None
    feature_code: str | None
    precision: Precision
    basis: Basis


@dataclass(slots=True)
class _Mention:
    name: PlaceName
    surface: str
    people: Demonym | None
    senses: list[Place]
    kind: str
    containers: list[Place]


def resolve_places(
    document: Document,
    names: Sequence[PlaceName],
    *,
    context_countries: Sequence[str] = (),
    gazetteer: Gazetteer | None = None,
    weights: dict[str, float] | None = None,
) -> list[ResolvedPlace]:
    """The place of each name, in the names' order.

    `context_countries` are ISO3 codes known from outside the text (the outlet's country, the query
    that fetched it); they count like one demonym each.
    """
    gaz = gazetteer or default_gazetteer()
    mentions = [_mention(document, n, gaz) for n in names]
    groups = group_mentions(mentions)
    given = [*context_countries, *(m.people.iso3 for m in mentions if m.people and m.people.iso3)]
    near = {c.iso3: frozenset(c.neighbours) for c in countries().values()}
    picked = choose(groups, given_countries=given, neighbours=near, weights=weights)
    places: dict[int, tuple[Place | None, Group | None]] = {}
    for group, place in zip(groups, picked, strict=True):
        for i in group.mentions:
            places[i] = (_city_first(_supported(place, group, picked, given), group), group)
    found_uses = uses(document, names, [_country_like(m, places.get(i)) for i, m in enumerate(mentions)])
    resolved = []
    for i, m in enumerate(mentions):
        found, of_group = places.get(i, (None, None))
        resolved.append(_resolved(m, found_uses[i], found, of_group, gaz))
    return resolved


def group_mentions(mentions: Sequence[_Mention]) -> list[Group]:
    """Mentions of one name together; a name with two different containers ("Paris, Texas", "Paris, France") apart."""
    groups: dict[tuple[str, frozenset[int]], Group] = {}
    first: dict[str, Group] = {}
    for with_container in (True, False):
        for i, m in enumerate(mentions):
            if m.people or bool(m.containers) != with_container:
                continue
            key = exact_key(m.surface)
            group = first.get(key) if not m.containers else None
            if group is None:
                refs = frozenset(c.ref for c in m.containers)
                group = groups.setdefault((key, refs), Group(m.surface, m.senses))
            group.mentions.append(i)
            group.containers = group.containers or m.containers
            group.kind = group.kind or m.kind
            first.setdefault(key, group)
    return list(groups.values())


def _mention(document: Document, name: PlaceName, gaz: Gazetteer) -> _Mention:
    surface = _SPACES.sub(" ", _POSSESSIVE.sub("", document.text[name.start : name.end])).strip()
    people = None if country_by_name(surface) else demonym(surface) or demonym(_without_modifiers(surface))
    if people:
        return _Mention(name, surface, people, [], "", [])
    senses, kind = senses_of(surface, gaz)
    before = document.text[max(0, name.start - 70) : name.start]
    if (named := _NAMED_KIND.search(before)) and not kind:
        kind = _KIND_OF.get(named[1], "")
    if not kind and (after := _NEXT_WORD.match(document.text, name.end)):
        word = TYPE_WORDS.get(after[1].lower(), "")
        kind = word if word in {"ADM1", "ADM2", "CMPRF"} and after[1].lower() not in {"state", "region", "zone"} else ""
    following = _following(document, name, senses, gaz)
    containers = following or _within(_preceding(before, gaz), senses)
    if following and not _listed(document.text, name.end) and not any(map(_is_large, senses)):
        senses = [s for s in senses if any(contains(c, s) for c in following)]
    return _Mention(name, surface, None, senses, kind, containers)


def senses_of(surface: str, gaz: Gazetteer) -> tuple[list[Place], str]:
    """(candidates of a name, feature code that its own words ask for): "Homs province" → those of "Homs", "ADM1"."""
    key = exact_key(surface)
    if not key or (len(key) <= 2 and not surface.rstrip(".").isupper() and "." not in surface):
        return [], ""
    full = gaz.candidates(surface)
    words = surface.split()
    kind = TYPE_WORDS.get(words[-1].lower().rstrip("."), "") if len(words) > 1 else ""
    if full and full[0].match != "loose":
        return full[:MAX_SENSES], kind if any(p.feature_code.startswith("ADM") for p in full) else ""
    base = surface
    if kind:
        base = " ".join(words[:-1])
    elif len(words) > 2 and words[1] == "of" and words[0].lower() in TYPE_WORDS:
        kind, base = TYPE_WORDS[words[0].lower()], " ".join(words[2:])
    elif len(words) > 1 and words[0].lower() in {"lake", "river", "mount", "camp", "county"}:
        kind, base = TYPE_WORDS.get(words[0].lower(), ""), " ".join(words[1:])
    if kind and kind not in _PLACE_KINDS:  # a building or street is not the town whose name it bears
        return full, ""
    for name in (base, _without_modifiers(base)):
        found = gaz.candidates(name) if name and name != surface else []
        if found and found[0].match != "loose":
            return found[:MAX_SENSES], kind
    return (full or gaz.candidates(base))[:MAX_SENSES], kind


def _without_modifiers(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower() in _MODIFIERS:
        words = words[1:]
    return " ".join(words)


def _following(document: Document, name: PlaceName, senses: list[Place], gaz: Gazetteer) -> list[Place]:
    """The larger places that stand right after a mention ("Paris, Texas") and hold one of its senses."""
    sentence = document.sentence_at(name.start)
    text = document.text[: document.sentences[sentence][1]] if sentence >= 0 else ""
    found: list[Place] = []
    if follow := _AFTER.match(text, name.end):
        found += _divisions(text, follow.end(), gaz)
    if step := _BETWEEN.match(text, name.end):  # "Springfield, Greene County, Missouri"
        found += _divisions(text, step.end() + 2, gaz)
    return _within(found, senses)


def _preceding(before: str, gaz: Gazetteer) -> list[Place]:
    """The larger places that the words before a mention name: "the Syrian city of", "Iraq's"."""
    for pattern in (_OWNER, _POSSESSOR):
        if owner := pattern.search(before):
            return _division_named(owner[1], gaz) or _division_named(owner[1].split()[-1], gaz)
    return []


def _within(found: list[Place], senses: list[Place]) -> list[Place]:
    return [c for c in found if any(s.match != "loose" and contains(c, s) for s in senses)]


def _is_large(place: Place) -> bool:
    """Is it a country or first-order division?  Then a second one after it may as well begin a list."""
    return (
        place.match == "name" and (is_country(place) or place.feature_code == "ADM1") and place.population > 1_000_000
    )


def _listed(text: str, at: int) -> bool:
    """Do the names after a mention go on as a list ("Washington, Oregon and California")?"""
    return _LISTED.match(text, at) is not None


def _divisions(text: str, at: int, gaz: Gazetteer) -> list[Place]:
    phrase = _PHRASE.match(text, at)
    if not phrase:
        return []
    words = phrase.group().split()
    for n in range(len(words), 0, -1):
        found = _division_named(" ".join(words[:n]), gaz)
        if found:
            return found
    return []


def _division_named(name: str, gaz: Gazetteer) -> list[Place]:
    people = demonym(name)
    name = people.place if people else _POSSESSIVE.sub("", name)
    senses, _ = senses_of(name, gaz)
    return [
        p
        for p in senses
        if p.match != "loose" and (p.feature_code.startswith(("PCL", "ADM")) or (p.feature_code == "RGN" and p.country))
    ]


def _supported(place: Place | None, group: Group, picked: Sequence[Place | None], given: Sequence[str]) -> Place | None:
    """The place, unless it merely sounds like the name and lies in a country that the report does not speak of."""
    if place is None or place.match != "loose" or group.containers:
        return place
    spoken = {p.country for p in picked if p is not None and p.match != "loose"} | set(given)
    return place if place.country in spoken else None


def _city_first(place: Place | None, group: Group) -> Place | None:
    """The city of the same name in the middle of a division, unless the text asked for the division."""
    if place is None or not place.feature_code.startswith("ADM") or group.kind.startswith("ADM"):
        return place
    for p in group.senses:
        near = kilometres(p.latitude, p.longitude, place.latitude, place.longitude) < _SAME_KM
        named = p.curated or p.match in {place.match, "name"}
        same = p.country == place.country and p.admin1 == place.admin1
        if p.feature_code.startswith("PPL") and same and near and named:
            return p
    return place


def _country_like(mention: _Mention, resolved: tuple[Place | None, Group | None] | None) -> str:
    """What `place_use` needs to know of a mention: demonym, country, capital, seat (of power), or other."""
    if mention.people:
        return "demonym"
    place = resolved[0] if resolved else None
    if place is None:
        return "other"
    if is_country(place):
        return "country"
    if place.feature_code == "PPLC":
        return "capital"
    return {"BLDO": "seat", "RGN": "region", "ADM1": "region", "CONT": "region"}.get(place.feature_code, "other")


def _precision(place: Place, surface: str) -> Precision:
    code = place.feature_code
    if code == "PPLX" or "district" in surface.lower():
        return "district"
    if code.startswith(("PPL", "STLMT")):
        return "district" if surface.split(maxsplit=1)[0].lower() in _MODIFIERS - {"the", "port", "city"} else "city"
    if is_country(place):
        return "country"
    if code.startswith("ADM"):
        return "district" if place.name.endswith("District") else "region"
    if code in {"ISL", "ISLS", "PEN"} or (code == "RGN" and place.country):
        return "region"
    return "area" if code in _AREA_CODES or code == "RGN" else "point"


def _resolved(mention: _Mention, use: Use, place: Place | None, group: Group | None, gaz: Gazetteer) -> ResolvedPlace:
    start, end = mention.name.start, mention.name.end
    form: Form = "demonym" if mention.people else "name" if any(c.isupper() for c in mention.surface) else "nominal"
    if mention.people:
        place = _place_of_people(mention.people, gaz)
    if place is None:
        country = _sole_country(mention.containers)
        label: Precision = "point" if mention.name.label == "Facility" else "city"
        return ResolvedPlace(
            start, end, form, use, mention.surface, None, None, None, country, None, None, None, label, "unresolved"
        )
    bare = place.feature_code.startswith(("PPL", "ADM")) and mention.kind and mention.kind not in _GROUPED
    basis: Basis = "context" if bare else "curated" if place.curated and not place.geonameid else "gazetteer"
    if group is not None and group.senses and _decided(place, group):
        basis = "context"
    return ResolvedPlace(
        start=start, end=end, form=form, use=use, name=place.name, geonameid=place.geonameid or None,
        latitude=place.latitude, longitude=place.longitude, country=place.country or None,
        admin1=place.admin1 or None, feature_class=place.feature_class, feature_code=place.feature_code,
        precision="point" if bare else _precision(place, mention.surface), basis=basis,
    )  # fmt: skip


def _decided(place: Place, group: Group) -> bool:
    """Did the report's context choose, against the most populous place of the name?"""
    first = group.senses[0]
    apart = kilometres(place.latitude, place.longitude, first.latitude, first.longitude)
    return place.ref != first.ref and apart > _SAME_KM


def _place_of_people(people: Demonym, gaz: Gazetteer) -> Place | None:
    found = [p for p in gaz.candidates(people.place) if p.match != "loose" and p.country == people.iso3]
    best = [p for p in found if is_country(p)] or [p for p in found if not p.feature_code.startswith("PPL")] or found
    return best[0] if best else None


def _sole_country(containers: Sequence[Place]) -> str | None:
    codes = {c.country for c in containers}
    return codes.pop() if len(codes) == 1 else None
