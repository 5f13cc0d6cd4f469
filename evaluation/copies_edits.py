"""One story -> the same story as another outlet would print it: cut, reordered, with a new lead, in other type.

Paraphrases are made by rule (speaker moved, time moved, synonyms from a table of our own), so that nothing but a
seed is needed to make them again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

Paragraphs = list[list[str]]
"""A story: paragraphs of sentences."""

_SYNONYMS = """
said:stated declared;told:informed;people:persons;killed:slain;wounded:hurt injured;injured:hurt wounded;attack:assault
strike;attacks:assaults strikes;troops:soldiers forces;soldiers:troops;officials:authorities;government:authorities
administration;police:officers;began:started;start:begin;started:began;ended:finished;end:finish;big:large;large:big
huge:enormous;many:numerous;several:a\u00a0number\u00a0of;show:demonstrate;shows:demonstrates;showed:demonstrated
help:assist;helped:assisted;near:close\u00a0to;about:around;around:about;almost:nearly;nearly:almost;after:following
because:since;but:however;also:additionally;while:whereas;including:among\u00a0them;more:further;early:at\u00a0the\u00a0start\u00a0of
capital:main\u00a0city;country:nation;nation:country;talks:negotiations;negotiations:talks;agreement:accord deal
deal:agreement;war:conflict;conflict:war;fighting:combat clashes;clashes:fighting;rebels:insurgents;insurgents:rebels
fighters:combatants;leader:chief head;leaders:chiefs;protesters:demonstrators;demonstrators:protesters
protests:demonstrations;demonstrations:protests;crowd:throng;crowds:throngs;city:town;town:city;area:zone;home:house
homes:houses;called:urged;urged:called\u00a0on;asked:requested;demanded:called\u00a0for;warned:cautioned;vowed:pledged
pledged:vowed;rejected:refused dismissed;accepted:agreed\u00a0to;announced:made\u00a0known;reported:related;according:going
major:significant;important:significant;new:fresh;recent:latest;former:ex;serious:grave;difficult:hard;quickly:rapidly
immediately:at\u00a0once;thousands:several\u00a0thousand;hundreds:several\u00a0hundred;dozens:scores;death:killing;deaths:fatalities
dead:killed;died:perished;hospital:clinic;doctors:medics physicians;children:youngsters;women:females;men:males
bomb:explosive\u00a0device;bombing:blast;blast:explosion;explosion:blast;shot:gunned\u00a0down;fire:open\u00a0fire;arrested:detained
detained:arrested held;held:detained;freed:released;released:freed;money:funds cash;company:firm;companies:firms
business:commerce;economy:economic\u00a0system;president:head\u00a0of\u00a0state;prime\u00a0minister:premier;minister:secretary
election:vote poll;elections:polls;vote:ballot;law:statute;court:tribunal;judge:justice;trial:court\u00a0case
lawyer:attorney;lawyers:attorneys;spread:extend;virus:infection;disease:illness;vaccine:jab;health:medical
earthquake:quake;quake:earthquake;aid:relief assistance;relief:aid;food:provisions;water:drinking\u00a0water;want:wish
wants:wishes;need:require;needs:requires;try:attempt;tried:attempted;trying:attempting;get:obtain;gave:handed;give:hand
made:produced;make:produce;put:placed;take:seize;took:seized;left:departed;leave:depart;go:travel;went:travelled
come:arrive;came:arrived;saw:witnessed;see:witness;think:believe;believe:think;know:be\u00a0aware;say:state;says:states
"""
SYNONYMS: dict[str, list[str]] = {
    entry.split(":")[0].replace("\u00a0", " "): [w.replace("\u00a0", " ") for w in entry.split(":")[1].split(" ")]
    for line in re.sub(r"\n(?![\w ]+:)", " ", _SYNONYMS).split("\n")
    for entry in line.split(";")
    if ":" in entry
}
_TIMES = r"(?:on |late on |early on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SAID = re.compile(r"^(?P<who>(?:[A-Z][\w.'’-]*|[a-z]+)(?: [\w.'’-]+){0,5}) (?P<cue>said|told \w+|announced) (?P<when>"
                   + _TIMES + r" )?(?:that )?(?P<what>[^\"“”]{30,})[.]$")  # fmt: skip
_DATED = re.compile(rf"^(?P<first>.{{20,}}?) (?P<when>{_TIMES})(?P<rest>[ ,].*)?[.]$")
_TWO = re.compile(r"^(?P<one>[^\"“”]{40,}), (?P<word>and|but|while) (?P<two>[^\"“”]{30,})$")
_BRITISH = (
    ("ization", "isation"),
    ("ized ", "ised "),
    ("izing ", "ising "),
    ("enter ", "entre "),
    ("efense", "efence"),
)
_AGENCIES = ("Reuters", "AP", "AFP", "dpa", "UPI", "ANSA", "EFE")
_NOTICES = (
    "Sign up for our newsletter to get the day's stories.", "Read more: what we know so far", "All rights reserved.",
    "Copyright 2011 The Morning Herald. This material may not be published, broadcast or rewritten.",
    "Follow us on social media for the latest updates.", "Our Standards: the trust principles of this house.",
)  # fmt: skip
_NAMES = ("Ann Lowe", "Tom Barrel", "Ines Kato", "Paul Vree", "Mara Dunn", "Oleg Sand", "Rita Poole")
_CITIES = ("LONDON", "WASHINGTON", "CAIRO", "GENEVA", "NEW YORK", "BERLIN", "ROME", "BAGHDAD")


def paraphrased(sentence: str, rng: Random, share: float = 0.7) -> str:
    """A sentence told with its parts in another order and other words; `share` of the words in the table change."""
    if match := _TWO.match(sentence):
        two = match["two"]
        sentence = rng.choice(
            [f"{match['one']}. {two[0].upper()}{two[1:]}", f"{two[0].upper()}{two[1:-1]}; {_low(match['one'])}."]
        )
    elif match := _SAID.match(sentence):
        when = f" {match['when'].strip()}" if match["when"] else ""
        sentence = f"{match['what'][0].upper()}{match['what'][1:]}, {_low(match['who'])} {match['cue']}{when}."
    elif match := _DATED.match(sentence):
        when = match["when"]
        sentence = f"{when[0].upper()}{when[1:]}, {_low(match['first'])}{match['rest'] or ''}."
    return reworded(sentence, rng, share)


def reworded(sentence: str, rng: Random, share: float) -> str:
    """Synonyms for `share` of the words that have one."""

    def other(match: re.Match[str]) -> str:
        found = SYNONYMS.get(match[0].lower())
        if not found or rng.random() >= share:
            return match[0]
        word = rng.choice(found)
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    return re.sub(r"[A-Za-z]+", other, sentence)


def new_lead(story: Paragraphs, rng: Random) -> Paragraphs:
    """The first sentences paraphrased, perhaps the second before the first."""
    flat = [s for p in story for s in p]
    count = min(rng.randint(1, 3), max(1, len(flat) // 3))
    lead = [paraphrased(s, rng) for s in flat[:count]]
    if len(lead) > 1 and rng.random() < 0.4:
        lead[0], lead[1] = lead[1], lead[0]
    return [lead, *_after(story, count)]


def other_lead(story: Paragraphs, rng: Random) -> Paragraphs:
    """The first sentence gone, one of the outlet's own instead, made of words of the story's end."""
    flat = [s for p in story for s in p]
    if len(flat) < 6:
        return new_lead(story, rng)
    tail = re.findall(r"\w+", " ".join(flat[len(flat) // 2 :]))
    own = " ".join(rng.sample(tail, min(len(tail), rng.randint(14, 26)))).capitalize() + "."
    return [[own], *_after(story, 1)]


def cut_short(story: Paragraphs, rng: Random) -> Paragraphs:
    """The top of the story, as editors cut: between a third and nine tenths of its words."""
    share = rng.uniform(0.35, 0.9)
    total = size(story)
    kept: Paragraphs = []
    for paragraph in story:
        if kept and size([*kept, paragraph]) > share * total:
            break
        kept.append(paragraph)
    return kept


def thinned(story: Paragraphs, rng: Random) -> Paragraphs:
    """Some paragraphs and sentences left out, anywhere but at the top."""
    share = rng.uniform(0.1, 0.4)
    kept = [[s for s in p if i == 0 or rng.random() > share / 2] for i, p in enumerate(story)]
    return [p for i, p in enumerate(kept) if p and (i == 0 or rng.random() > share)]


def reordered(story: Paragraphs, rng: Random) -> Paragraphs:
    """Paragraphs in another order."""
    body = story[1:]
    rng.shuffle(body)
    return [*story[:1], *body] if rng.random() < 0.7 else [*body, *story[:1]]


def lightly_edited(story: Paragraphs, rng: Random) -> Paragraphs:
    """Synonyms here and there in the whole story."""
    share = rng.uniform(0.1, 0.5)
    return [[reworded(s, rng, share) for s in p] for p in story]


def split_otherwise(story: Paragraphs, rng: Random) -> Paragraphs:
    """The same sentences in other paragraphs."""
    flat = [s for p in story for s in p]
    out: Paragraphs = []
    while flat:
        count = rng.randint(1, 4)
        out.append(flat[:count])
        flat = flat[count:]
    return out


EDITS = {
    "new lead": new_lead, "other lead": other_lead, "cut": cut_short, "thinned": thinned, "reordered": reordered,
    "light edits": lightly_edited, "paragraphs": split_otherwise,
}  # fmt: skip


def size(story: Paragraphs) -> int:
    """Words of a story."""
    return sum(len(s.split()) for p in story for s in p)


def printed(story: Paragraphs, rng: Random) -> str:
    """A story as one outlet's page: headline, dateline, type, credit lines."""
    text = rng.choice(["\n\n", "\n"]).join(" ".join(p) for p in story if p)
    if rng.random() < 0.6:
        day = f"{rng.choice(['Jan', 'March', 'Feb.', 'June'])} {rng.randint(1, 28)}"
        text = f"{rng.choice(_CITIES)}, {day} ({rng.choice(_AGENCIES)}) {rng.choice('—-–')} {text}"
    if rng.random() < 0.6:
        text = f"{headline(story, rng)}\n\n{text}"
    lines = rng.sample(_NOTICES, rng.randint(0, 2))
    if rng.random() < 0.5:
        lines.insert(
            0, f"(Reporting by {rng.choice(_NAMES)} and {rng.choice(_NAMES)}; editing by {rng.choice(_NAMES)})"
        )
    return typed("\n\n".join([text, *lines]), rng)


def headline(story: Paragraphs, rng: Random) -> str:
    """Some words of a story's first or of another sentence, as a headline has them."""
    words = rng.choice(story[rng.randrange(len(story))]).rstrip(".").split()
    short = [w for w in words if w.lower() not in {"the", "a", "an", "of", "was", "were", "is", "has", "have", "that"}]
    line = " ".join(short[: rng.randint(6, 10)])
    return line.upper() if rng.random() < 0.2 else line


def typed(text: str, rng: Random) -> str:
    """Other quotation marks, dashes, spaces and spelling."""
    if rng.random() < 0.5:
        text = re.sub(r'"([^"\n]*)"', "“\\1”", text).replace("'", "’")
    if rng.random() < 0.3:
        text = re.sub(r" (--?|–|—) ", rng.choice([" — ", "—", " -- ", " – "]), text)
    if rng.random() < 0.2:
        text = re.sub(r"(?<=[a-z,]) (?=[a-z])", lambda _: "\u00a0" if rng.random() < 0.05 else " ", text)
    if rng.random() < 0.3:
        for american, british in _BRITISH:
            text = text.replace(american, british)
    if rng.random() < 0.2:
        text = re.sub(r"(.{60,75}) ", r"\1\n", text)
    return text


def _after(story: Paragraphs, count: int) -> Paragraphs:
    rest: Paragraphs = []
    for paragraph in story:
        rest.append(paragraph[count:])
        count = max(0, count - len(paragraph))
    return [p for p in rest if p]


def _low(text: str) -> str:
    """A sentence's beginning inside a sentence: "The army" → "the army", names as they are."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in {"The", "A", "An", "In", "At", "He", "She", "It", "They"} else text
