"""A reading -> MUC-4's templates of attacks: its ASSAULT events with what the reading says of each.

Nothing is looked up in the text but the words of the event's clause.  Responsibility is the event's actor where that is
a named body, or the body that the actor is a member of; how it is known follows from `according_to`: the report's own
voice is a fact, a statement by the body itself a claim, anybody else's an accusation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from evaluation.attack_keys import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluation.matching import Json

TOLD = frozenset({"occurred", "ongoing", "attempted", "unknown"})
"""An event with another status did not happen, or not yet."""
_BOMB = re.compile(r"bomb|explo|dynamit|blast|blew|blow|detonat|grenade|mine\b|mines\b")
_KIDNAP = re.compile(r"kidnap|abduct|hostage|hijack|disappear|captur|seiz")
_ARSON = re.compile(r"burn|arson|set fire|torch|set .{0,20}ablaze|fire to")
_ROBBERY = re.compile(r"\brob|stole|steal")
_CLASH = re.compile(
    r"\bwars?\b|operation|struggle|siege|aggression|invasion|launch|escap|occup|defeat|clash|fought|fighting|combat|battle|firefight|skirmish|confront|offensive"
)
"""Fighting between armed sides is no attack of MUC-4's."""
_GANG = re.compile(
    r"\b(?:men|man|guerrillas?|rebels?|terrorists?|individuals?|persons?|people|soldiers?|troops|gunmen|assassins?|hitmen|"
    r"members?|elements?|subjects?|squads?|commandos?|column|gang|group|unit|officers?|fighters?|insurgents?|extremists?|"
    r"youths?|women|woman|subversives?|criminals?|killers?|forces?|patrol|traffickers?|bands?|paramilitary|militants?)\b"
)
_GLOSS = re.compile(r"\b([A-Z][\w-]{1,6}) \[[A-Za-z]|[(\[]([A-Z]{2,6})[)\]]")
"""An acronym beside its long form."""
_OWNED = re.compile(
    r"responsib|claimed|admitted|our (?:forces|fighters|combatants|units)|we (?:killed|attacked|executed)"
)
_HEDGED = re.compile(r"apparent|alleg|presum|suppos|suspect|possib|probab|believed|seem")
_WEAPON = re.compile(
    r"\b((?:[\w-]+ )?(?:car bombs?|bombs?|dynamite|explosives?|grenades?|machine ?guns?|submachineguns?|rifles?|pistols?|"
    r"rockets?|mines?|mortars?|explosive (?:charges?|devices?)|gasoline|molotov cocktails?|revolvers?|knives|bullets?))\b"
)
_TARGET = re.compile(
    r"\b((?:[\w-]+ ){0,2}(?:embassy|embassies|buildings?|offices?|headquarters|bus(?:es)?|vehicles?|cars?|trucks?|bridges?|"
    r"pipelines?|towers?|pylons?|houses?|homes?|residences?|banks?|stations?|hotels?|farms?|plants?|posts?|churche?s?|"
    r"schools?|newspaper|substations?|power lines?|airports?|aircraft|airplane|plane|helicopters?|restaurants?|stores?|"
    r"facilit(?:y|ies)|barracks))\b"
)


@dataclass(slots=True)
class Filled:
    """One predicted template; each entry of a slot is one entity with the strings that the reading gives it."""

    kind: str
    individuals: list[frozenset[str]] = field(default_factory=list)
    organizations: list[tuple[frozenset[str], str]] = field(default_factory=list)
    targets: list[frozenset[str]] = field(default_factory=list)
    victims: list[frozenset[str]] = field(default_factory=list)
    weapons: list[frozenset[str]] = field(default_factory=list)
    days: tuple[date, date] | None = None
    places: list[str] = field(default_factory=list)
    country: str | None = None


def templates(reading: Json) -> list[Filled]:
    """The attacks of a reading."""
    return _merged([t for e in reading["events"] if (t := _template(e, reading))])


def _kind(event: Json, words: str) -> str | None:
    modes = set(event["modes"])
    trigger = " ".join(m["text"].lower() for m in (event["trigger"], *event["mentions"]))
    if _CLASH.search(trigger):
        return None
    for kind, pattern, mode in (
        ("KIDNAPPING", _KIDNAP, {"abduct"}),
        ("BOMBING", _BOMB, {"explosives", "suicide-attack"}),
        ("ARSON", _ARSON, set()),
        ("ROBBERY", _ROBBERY, set()),
    ):
        if pattern.search(trigger) or (mode & modes and kind != "BOMBING"):
            return kind
    if _BOMB.search(words) and "explosives" in modes:
        return "BOMBING"
    return "ARSON" if _ARSON.search(words) and "destroy" in modes else "ATTACK"


def _template(event: Json, reading: Json) -> Filled | None:
    if event["type"] != "ASSAULT" or event["status"] not in TOLD:
        return None
    words = (event["text"] or event["trigger"])["text"].lower()
    kind = _kind(event, words)
    if kind is None:
        return None
    actors = {a["id"]: a for a in reading["actors"]}
    made = Filled(kind)
    for i in event["actors"]:
        _add_perpetrator(made, actors[i], actors, event, reading)
    for i in event["recipients"]:
        who = actors[i]
        if who["kind"] in ("person", "group", "unknown"):
            made.victims.append(_strings(who))
        elif who["kind"] == "organization" and not made.targets:
            made.targets.append(_strings(who))
    _add_counted(made, event, reading)
    if not made.organizations:
        _add_accused(made, reading)
    responsible = frozenset().union(*(o for o, _ in made.organizations))
    made.victims = [v for v in made.victims if not v & responsible]
    made.weapons = [frozenset({plain(m)}) for m in dict.fromkeys(_WEAPON.findall(words))][:2]
    if not made.targets:
        made.targets = [frozenset({plain(m)}) for m in _TARGET.findall(words)][:1]
    made.days = _days(event, reading)
    _add_places(made, event, reading)
    return made


def _strings(actor: Json) -> frozenset[str]:
    said = [actor["name"], actor["description"], *(m["text"] for m in actor["mentions"] if m["form"] != "pronoun")]
    return frozenset(p for s in said if s and (p := plain(s)))


def _add_perpetrator(made: Filled, who: Json, actors: dict[str, Json], event: Json, reading: Json) -> None:
    """A named body is responsible itself; people are individuals, and their body is responsible."""
    named = any(m["form"] == "name" for m in who["mentions"])
    people = {s for s in _strings(who) if _GANG.search(s)}
    if who["kind"] == "person" or not named:
        made.individuals.append(_strings(who))
    elif people:
        made.individuals.append(frozenset(people))
    if who["kind"] in ("group", "organization") and named:
        made.organizations.append((_strings(who) | _within(people, reading), _known(who["id"], event, reading)))
        return
    for body in [actors[m] for m in who["member_of"] if m in actors and actors[m]["kind"] != "state"][:1]:
        made.organizations.append((_strings(body), _known(body["id"], event, reading)))
        return
    if bodies := _within(people or _strings(who), reading):
        made.organizations.append((bodies, _known(who["id"], event, reading)))


def _within(phrases: Iterable[str], reading: Json) -> frozenset[str]:
    """The bodies that phrases for their people name: "eln guerrillas", "members of the eln"."""
    known = {s for a in reading["actors"] if a["kind"] in ("group", "organization") for s in _strings(a)}
    known |= {plain(g) for pair in _GLOSS.findall(reading["report"]["text"]) for g in pair if g}
    found = set[str]()
    for phrase in phrases:
        words = phrase.split()
        for parts in (words[:-1], phrase.partition(" of ")[2].removeprefix("the ").split()):
            if parts and " ".join(parts) in known:
                found.add(" ".join(parts))
    return frozenset(f for f in found if not _GANG.fullmatch(f))


def _known(body: str, event: Json, reading: Json) -> str:
    """How it is known that a body did it: it says so anywhere, the report says so, or somebody else does."""
    owned = any(
        body in s["source"]["actors"] and _OWNED.search(" ".join(c["text"] for c in (*s["cue"], *s["content"])).lower())
        for s in reading["statements"]
    )
    told = [s for s in reading["statements"] if s["id"] in event["according_to"]]
    if owned or any(body in s["source"]["actors"] for s in told):
        return "claimed"
    return "accused" if told or _HEDGED.search((event["text"] or event["trigger"])["text"].lower()) else "fact"


def _add_accused(made: Filled, reading: Json) -> None:
    """Whom the report has accused, where nobody is said to have done it."""
    actors = {a["id"]: a for a in reading["actors"]}
    for e in reading["events"]:
        if e["type"] == "ACCUSE" and "allege" in e["modes"]:
            for who in (actors[i] for i in e["recipients"]):
                if who["kind"] in ("group", "organization") and any(m["form"] == "name" for m in who["mentions"]):
                    made.organizations.append((_strings(who), "accused"))
                    return


def _add_counted(made: Filled, event: Json, reading: Json) -> None:
    """Those whom the event's figures count as killed, injured or taken."""
    measures = {"killed", "injured", "casualties", "abducted", "held", "missing"}
    for f in reading["figures"]:
        unit = plain(f["unit"] or "")
        if f["id"] in event["figures"] and f["measure"] in measures and unit:
            if not any(unit in v for v in made.victims):
                made.victims.append(frozenset({unit, unit.rsplit(" ", 1)[-1]}))


def _days(event: Json, reading: Json) -> tuple[date, date] | None:
    when = event["time"] or {}
    begin, until = when.get("begin"), when.get("until")
    begin = begin or reading["report"]["anchor"]
    if not begin:
        return None
    return date.fromisoformat(begin[:10]), date.fromisoformat((until or begin)[:10])


def _add_places(made: Filled, event: Json, reading: Json) -> None:
    """The event's places, narrowest first, and their country; else the country that the report names most."""
    held = {p["id"]: p for p in reading["places"]}
    own = [held[i] for i in event["places"] if i in held]
    made.places = [plain(w) for p in own for w in {p["text"], p["name"] or p["text"]} if p["feature_code"] != "PCLI"]
    countries = [p["country"] for p in own if p["country"]]
    everywhere = [p["country"] for p in reading["places"] if p["country"] and p["form"] != "demonym"]
    chosen = countries or everywhere
    made.country = max(chosen, key=chosen.count) if chosen else None


def _merged(found: Iterable[Filled]) -> list[Filled]:
    """Mentions of one attack that the reader told apart: the same kind, on overlapping days, with a victim in common
    or nothing that sets them apart."""
    out: list[Filled] = []
    for t in found:
        home = next((o for o in out if _one_attack(o, t)), None)
        if home is None:
            out.append(t)
            continue
        home.individuals += [x for x in t.individuals if not any(x & y for y in home.individuals)]
        home.organizations += [x for x in t.organizations if not any(x[0] & y[0] for y in home.organizations)]
        for slot in ("victims", "targets", "weapons"):
            mine = getattr(home, slot)
            mine += [x for x in getattr(t, slot) if not any(x & y for y in mine)]
        home.places += [p for p in t.places if p not in home.places]
    return out


def _one_attack(a: Filled, b: Filled) -> bool:
    if a.kind != b.kind and "ATTACK" not in (a.kind, b.kind):
        return False
    if _shares(a.victims, b.victims):
        return True
    apart = (a.victims and b.victims) or (a.places and b.places and not set(a.places) & set(b.places))
    return a.kind == b.kind and not apart and a.days == b.days


def _shares(one: list[frozenset[str]], two: list[frozenset[str]]) -> bool:
    return any(x & y for x in one for y in two)
