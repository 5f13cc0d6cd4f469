"""The verbs and nouns that state what a party wants, offers, accepts or refuses, with what they take (`RULES`).

A closed list: what is not here is left to the encoder's head.  Rules are looked up by their first word, so
that a text costs one dictionary look-up a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.?)"
ADVERBIAL = (
    rf"(?:\s+(?:(?:late |early )?(?:on )?(?:late |early )?{DAY}(?: (?:night|morning|evening|afternoon))?|yesterday|today|"
    rf"(?:last|this|earlier this) (?:week|month|year|night|weekend)|in {_MONTH}|in principle|in advance|instead|in return|again|also|now|"
    r"once more|repeatedly|publicly|jointly|formally|earlier|later|too|only|even|already|first|separately|still|"
    r"in an? (?:\w+ )?(?:statement|letter|speech|interview|tweet)),?)*"
)
"""What may stand between a verb and what it takes."""

_WORLD = r"(?:allegation|accusation|claim|charge|criticism|suggestion|report|finding|rumou?r|account|version|idea that|notion)s?\b"
_SILENT = (
    r"(?:comment|say|answer|elaborate|discuss (?:details|it)|give (?:details|a name|his|her|their|figures)|be (?:named|identified|quoted|"
    r"interviewed|seen|photographed)|(?:use|give|publish|print|withhold) (?:his|her|their|its|the) (?:full )?names?|withhold|not to be|pay attention|speak|reveal|disclose|confirm|identify|name|speculate|provide|talk to reporters|take questions|reply|respond)\b"
)
_RITUAL = r"(?:an? |the |his |her |their |its |our |my |deep |sincere |official )*(?:condolence|sympath|thank|apolog|prayer|congratulation|praise|no (?:comment|detail|explanation))"


@dataclass(frozen=True, slots=True)
class Rule:
    """One predicate: its stance, the words that belong to it after the first, and what it takes, in order of trial.

    `takes` letters: i "to do", o "someone to do", t "that …", s a bare clause, n a noun phrase.  `never` is
    what the object may not begin with, `after` what must stand before the word.  A `noun` has its party in a
    possessive or after "by", not in a subject.
    """

    stance: str
    takes: str
    tail: re.Pattern[str]
    never: re.Pattern[str]
    after: re.Pattern[str]
    noun: bool = False
    weak: bool = False
    """Many uses are no position: believed only where the object names an issue."""
    speaker: bool = False
    """The party is who says it, not the subject."""
    issue: str | None = None
    """What it is about, whatever the object is."""


_NOTHING = r"(?!)"


def _rule(
    stance: str,
    takes: str,
    tail: str = "",
    never: str = _NOTHING,
    *,
    noun: bool = False,
    after: str = "",
    weak: bool = False,
    issue: str | None = None,
    speaker: bool = False,
) -> Rule:
    flags = re.IGNORECASE
    ready = re.compile(rf"(?:{after})\s*$", flags) if after else re.compile("")
    skipped = re.compile(rf"(?:to\s+)?(?:{never})", flags)
    return Rule(stance, takes, re.compile(ADVERBIAL + tail, flags), skipped, ready, noun, weak, speaker, issue)


RULES: dict[str, tuple[Rule, ...]] = {}


def _add(words: str, *rules: Rule) -> None:
    for word in words.split():
        RULES[word] = (*RULES.get(word, ()), *rules)


_UNNAMED = r"(?:(?:not to|that (?:his|her|their) names?|anonymity)\b|[^,;.]{2,30} (?:not to (?:be )?(?:use|nam|identif)|to withhold))"
_WH = r"(?:whether|if|about|why|how|what|who|when|where|by|himself|herself|themselves|permission to speak)\b"

# --- demands -------------------------------------------------------------------------------------------------
_add(
    "demand demands demanded demanding",
    _rule("demand", "n", r"\s+for\b"),
    _rule("demand", "tin", never=r"(?:from|of|in|on|is|was|were|are|by|and)\b"),
)
_add(
    "call calls called calling",
    _rule("demand", "o", r"\s+(?:up)?on\b"),
    _rule("demand", "on", r"\s+(?:\w+ ){0,2}?for\b"),
)
_add(
    "call calls",
    _rule("demand", "i", noun=True),
    _rule("demand", "n", r"\s+(?:by|from)\s+[^,;.]{3,50}?\s+for\b", noun=True),
)
_add("urge urges urged urging", _rule("demand", "otn"))
_add(
    "ask asks asked asking",
    _rule("demand", "n", r"(?:\s+[^,;.]{3,40}?)?\s+for\b", never=r"(?:anonymity|comment|help\b|forgiveness|nothing)"),
    _rule("demand", "oti", never=_WH + "|" + _UNNAMED),
)
_add("appeal appeals appealed appealing", _rule("demand", "o", r"\s+(?:to|on)\b"), _rule("demand", "n", r"\s+for\b"))
_add("requested requesting", _rule("demand", "tn", never=r"(?:by|from|anonymity|that (?:his|her))\b"))
_add(
    "request requests",
    _rule(
        "demand",
        "n",
        r"(?:\s+(?:by|from|of)\s+[^,;.]{3,50}?)?\s+for\b",
        noun=True,
        never=r"(?:comments?|interviews?|information|help)\b",
    ),
    _rule("demand", "i", r"(?:\s+(?:by|from|of)\s+[^,;.]{3,50}?)?(?=\s+to\b)", noun=True, never=_SILENT),
    _rule("demand", "n", after=r"(?:has|have|will|would|to)"),
)
_add("plead pleads pleaded pleading", _rule("demand", "o", r"\s+with\b"), _rule("demand", "n", r"\s+for\b"))
_add(
    "beg begs begged implore implored exhort exhorted pressed pressing encourage encouraged encourages pressuring",
    _rule("demand", "o"),
)
_add(
    "press pressed pressing push pushed pushing lobby lobbying campaigning petitioned",
    _rule("demand", "n", r"\s+for\b"),
)
_add("pressure", _rule("demand", "o", r"\s+on\b", noun=True))
_add("order orders ordered ordering instructed", _rule("demand", "ot", never=r"(?:by|in|of)\b", weak=True))
_add("recommend recommends recommended recommending", _rule("demand", "t", weak=True))
_add("require requires required", _rule("demand", "ot", never=r"(?:by|in)\b"))
_add("ultimatum", _rule("demand", "i", noun=True))
_add("gave", _rule("demand", "i", r"\s+[^,;.]{2,40}?\s(?:\d+|\w+)\s(?:hours|days|weeks)\b"))
_add(
    "want wants wanted",
    _rule("demand", "on", never=r"(?:to\b|by\b|for\b|in\b|man\b|nothing\b)", weak=True),
    _rule("aim", "i", weak=True),
)
_add(
    "seeking seeks seek",
    _rule("demand", "n", never=r"(?:to|asylum|refuge|medical|shelter|help|treatment|election)\b", weak=True),
    _rule("aim", "i", weak=True),
)
_add("sought", _rule("aim", "in", never=r"(?:by|in|after|out|asylum|refuge|shelter|medical)\b", weak=True))
_add(
    "insist insists insisted insisting",
    _rule("insist", "n", r"\s+(?:up)?on\b", weak=True),
    _rule("insist", "ts", weak=True),
)
_add("insistence", _rule("insist", "n", r"\s+(?:up)?on\b", noun=True))
# --- refusals ------------------------------------------------------------------------------------------------
_add("refuse refuses refused refusing", _rule("refuse", "in", never=_SILENT))
_add("refusal", _rule("refuse", "i", never=_SILENT, noun=True))
_add("decline declines declined declining", _rule("refuse", "i", never=_SILENT))
_add(
    "reject rejects rejected rejecting",
    _rule(
        "refuse",
        "n",
        never=rf"(?:by|as|in)\b|(?:an?|the|all|any|those|these|such|his|her|its|their|\w+['’]s)?\s*(?:\w+\s)?{_WORLD}",
    ),
)
_add("ruled rule rules ruling", _rule("refuse", "n", r"\s+out\b"))
_add(
    "turned turning turn",
    _rule("refuse", "n", r"\s+down\b", never=r"(?:by|and|the (?:volume|heat))\b"),
    _rule("refuse", "p"),
)
_add(
    "dismissed dismisses dismissing",
    _rule("refuse", "n", never=rf"(?:by|as|from|the (?:minister|general|chief))\b|(?:\w+\s)?{_WORLD}", weak=True),
)
_add("ignored ignores ignoring", _rule("refuse", "n", weak=True, never=r"(?:by|warnings)\b"))
_add(
    "no",
    _rule(
        "refuse",
        "n",
        speaker=True,
        after=r"there (?:will|would|can|could|['’]ll) be|there is|there['’]ll be|accepts?|accept|sign|tolerate|free",
        weak=True,
        never=r"(?:one\b|need|doubt|question|evidence|sign|reason|way|longer|more\b|immediate)",
    ),
)
_add("balked", _rule("refuse", "n", r"\s+at\b"))
# --- opposition ----------------------------------------------------------------------------------------------
_add(
    "oppose opposes opposed opposing",
    _rule("oppose", "n", r"(?:\s+to)?\b", never=r"(?:by|in|sides?|camps?|forces|parties|factions)\b"),
)
_add(
    "against",
    _rule(
        "oppose",
        "n",
        after=r"(?:is|are|was|were|be|vote[ds]?|campaign(?:ed|ing)?|strongly|firmly)",
        never=r"(?:him|her|them|us)\b",
    ),
)
_add("objected objects objecting object", _rule("oppose", "n", r"\s+to\b"))
_add("vetoed vetoes veto", _rule("oppose", "n", weak=True))
_add("objections objection opposition", _rule("oppose", "n", r"\s+to\b", noun=True))
_add(
    "protesting protested protest",
    _rule(
        "oppose",
        "n",
        r"(?:\s+against|\s+at|\s+over)?\b",
        never=r"(?:in|by|on|outside|for|after|was|were|is|march|leaders?|camp)\b",
        weak=True,
    ),
)
# --- offers --------------------------------------------------------------------------------------------------
_add(
    "offer offers offered offering",
    _rule("offer", "in", never=_RITUAL + r"|(?:by|in|from|no|which|was|is|as|resistance|details)\b", weak=True),
)
_add("offer offers", _rule("offer", "n", r"\s+(?:of|for)\b", noun=True))
_add("propose proposes proposed proposing", _rule("offer", "itn", never=r"(?:by|in|as)\b"))
_add(
    "proposal proposals",
    _rule(
        "offer",
        "in",
        r"(?:\s+by\s+[^,;.]{3,40}?)?(?:\s+for)?\b",
        noun=True,
        never=r"(?:by|from|that|was|were|is|are|and|in|on|had|has|under|which|as|with|would|of)\b",
    ),
)
_add("suggested suggesting", _rule("offer", "n", never=r"(?!\w+ing\b)", weak=True))
_add(
    "pledge pledges pledged pledging promise promises promised promising",
    _rule("offer", "itn", never=r"(?:by|in|not to (?:be|name)|allegiance)\b", weak=True),
)
_add("vow vows vowed vowing", _rule("aim", "it", weak=True))
_add("ready prepared willing", _rule("offer", "i", never=r"(?:be|die)\b", weak=True))
_add(
    "open",
    _rule(
        "accept",
        "n",
        r"\s+to\b",
        after=r"\b(?:is|are|was|were|remains?|remained|be|still)",
        never=r"(?:the public|traffic|all|pedestrians|visitors)\b",
    ),
)
_add("tabled tabling", _rule("offer", "n"))
_add("invited inviting invites", _rule("offer", "o", issue="talks"))
# --- acceptance ----------------------------------------------------------------------------------------------
_add(
    "agree agrees agreed agreeing",
    _rule("accept", "it", never=r"(?:with)\b"),
    _rule("accept", "n", r"\s+(?:on|to)\b(?=\s+(?:an?|the|its|their|all|any|these|most|\d)\b)"),
)
_add(
    "accept accepts accepted accepting",
    _rule("accept", "tn", never=r"(?:by|as|in|no|responsibility|the (?:resignation|award|prize)|his|her)\b", weak=True),
)
_add("committed", _rule("support", "n", r"\s+to\b", after=r"is|are|was|were|remains?|remained|be", weak=True))
_add("comply", _rule("accept", "n", r"\s+with\b", after=r"will|would|agree[ds]? to|ready to"))
_add(
    "respect",
    _rule(
        "accept", "n", after=r"will|would", never=r"(?!the (?:ruling|decision|verdict|judgment|result|outcome)|it\b)"
    ),
)
# --- support -------------------------------------------------------------------------------------------------
_add(
    "support supports supported supporting favors favours favored favoured endorse endorsed endorses",
    _rule("support", "n", never=r"(?:by|for|from|in|of|group|staff|was|is|the (?:man|family))\b", weak=True),
)
_add(
    "recognise recognize recognises recognizes recognised recognized recognising recognizing",
    _rule("support", "n", never=r"(?:by|the (?:need|right|importance)|that|as|in|for)\b", issue="recognition"),
)
_add("backs backed backing", _rule("support", "n", never=r"(?:by|in|up|down|away|of|from|for|off|out)\b", weak=True))
_add(
    "welcome welcomes welcomed welcoming praised praises hailed",
    _rule("support", "n", never=r"(?:by|him|her|to|for|as)\b", weak=True),
)
_add(
    "condemned condemns condemn denounced denounces criticised criticized",
    _rule("oppose", "n", never=r"(?:by|him|her|to|for|as|in)\b", weak=True),
)
# --- aims ----------------------------------------------------------------------------------------------------
_add("aims aim aimed aiming", _rule("aim", "n", r"\s+at(?=\s+\w+ing\b)", weak=True), _rule("aim", "i", weak=True))
_add("hope hopes hoped hoping", _rule("aim", "it", weak=True))
_add("intends intend intended plans planning", _rule("aim", "i", weak=True))
_add("fighting battling", _rule("aim", "i", weak=True))
_add(
    "goal aim purpose objective intention intent",
    _rule("aim", "i", r"(?:\s+(?:of|in|for)\s+[^,;.]{3,50}?)?(?:\s+(?:is|was|remains)\b|:)", noun=True, weak=True),
)
_add("considering", _rule("aim", "n", weak=True, never=r"(?!\w+ing\b)"))
_add("threat", _rule("aim", "i", noun=True, weak=True))
_add("condition", _rule("condition", "t", noun=True))
_add("negotiating negotiates", _rule("demand", "n", r"(?:\s+with\s+[^,;.]{3,40}?)?\s+for\b", weak=True))
