"""The closed vocabularies of the codebook: every word that an enumerated field may hold.

PLOVER's types, modes, contexts and sectors follow the 2.0 draft manual (openeventdata/PLOVER, 2024-02-04).
"""

from __future__ import annotations

from typing import Final

Words = tuple[str, ...]


def _words(text: str) -> Words:
    return tuple(text.split())


SCHEMA: Final = "onrecord-reading/1"

DATE_BASES: Final[Words] = ("argument", "metadata", "header", "dateline", "unknown")

ACTOR_KINDS: Final[Words] = ("person", "organization", "state", "group", "media", "document", "unknown")
SECTORS: Final[Words] = _words(
    "GOV MIL LEG JUD COP SPY PTY REB PRM UAF OPP CVL JRN MED AGR BUS CRM EDU ELI LAB REF PRE REL SOC UNK"
)
MENTION_FORMS: Final[Words] = ("name", "nominal", "pronoun")

PLACE_FORMS: Final[Words] = ("name", "demonym", "nominal")
PLACE_USES: Final[Words] = ("literal", "associative", "metonymic")
PLACE_PRECISIONS: Final[Words] = ("point", "city", "district", "region", "country", "area")

TIME_TYPES: Final[Words] = ("DATE", "TIME", "DURATION", "SET")
TIME_PRECISIONS: Final[Words] = ("minute", "hour", "day", "week", "month", "season", "year", "decade", "vague")
TIME_MODIFIERS: Final[Words] = (
    "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
    "START", "MID", "END", "APPROX", "EARLY", "LATE",
)  # fmt: skip
TIME_BASES: Final[Words] = ("explicit", "anchor", "previous", "document")

SOURCE_KINDS: Final[Words] = (
    "person", "unnamed_person", "organization", "unnamed_group", "media", "document", "unknown",
)  # fmt: skip
NAMINGS: Final[Words] = ("named", "described", "anonymous", "none")
ACTS: Final[Words] = _words(
    "say report confirm deny claim accuse criticise demand propose offer accept reject threaten warn promise announce "
    "order ask advise estimate praise support apologise believe decline"
)
QUOTATIONS: Final[Words] = ("direct", "indirect", "mixed")
CERTAINTIES: Final[Words] = ("certain", "probable", "possible", "unknown")
POLARITIES: Final[Words] = ("positive", "negative")

MODES: Final[dict[str, Words]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip
"""The modes that PLOVER knows for each event type."""

EVENT_TYPES: Final[Words] = tuple(MODES)
ALL_MODES: Final[Words] = tuple(dict.fromkeys(mode for modes in MODES.values() for mode in modes))
CONTEXTS: Final[Words] = _words(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic "
    "legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity "
    "inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment "
    "technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking"
)
EVENT_TIME_BASES: Final[Words] = ("stated", "context", "anchor", "unknown")
EVENT_STATUSES: Final[Words] = _words(
    "occurred ongoing planned ordered proposed conditional attempted denied not_occurred unknown"
)

MEASURES: Final[Words] = _words(
    "killed injured casualties missing abducted held released detained displaced sick participants troops weapons "
    "incidents aid money votes share duration other"
)
RELATIONS: Final[Words] = (
    "exactly", "at_least", "more_than", "about", "fewer_than", "up_to", "between", "vague",
)  # fmt: skip
CHANGES: Final[Words] = ("total", "level", "event", "increment", "none")
AS_OF_BASES: Final[Words] = ("stated", "anchor")

STANCES: Final[Words] = ("demand", "offer", "accept", "refuse", "condition", "insist", "aim", "support", "oppose")
ISSUES: Final[Words] = _words(
    "ceasefire end_of_war hostages prisoners withdrawal guarantees aid_access disarmament territory governance "
    "presence_of_forces arms sanctions recognition inspection refugees elections legislation autonomy compensation "
    "justice apology resignation protection restraint talks other"
)
POSITION_STATUSES: Final[Words] = ("current", "past")

TALKS_FORMS: Final[Words] = ("direct", "indirect", "unknown")
TALKS_LEVELS: Final[Words] = ("leaders", "senior", "working", "unknown")
TALKS_OUTCOMES: Final[Words] = _words(
    "planned ongoing progress agreed no_substance impasse suspended broken_off unknown"
)

AGREEMENT_KINDS: Final[Words] = ("ceasefire", "exchange", "peace", "withdrawal", "aid", "other")
AGREEMENT_STATUSES: Final[Words] = _words(
    "proposed agreed signed in_force completed violated collapsed expired unknown"
)
STAGE_STATUSES: Final[Words] = ("planned", "in_progress", "done", "refused", "unknown")
