"""Codebook values from words."""

import pytest

from onrecord import records as R
from onrecord.reader.coding import (
    Story,
    certainty,
    event_modes,
    event_places,
    event_time,
    figure_owners,
    frame_of,
    mediating,
    quotation,
    third_parties,
)
from onrecord.reader.cues import candidate_acts, lemma
from onrecord.reader.events import EventDraft
from onrecord.reader.segment import segment
from onrecord.reader.word_table import WordTable, rows
from onrecord.records.values import CONTEXTS, MODES


def draft(text: str, kind: str, trigger: str, **more: object) -> EventDraft:
    """A happening whose trigger are some words of a text; roles by their words."""
    start = text.index(trigger)
    roles = {k: [find(text, w) for w in v] for k, v in more.items() if isinstance(v, list)}
    plain = {k: v for k, v in more.items() if not isinstance(v, list)}
    return EventDraft(kind, (start, start + len(trigger)), clause=(0, len(text)), **roles, **plain)  # type: ignore[arg-type]


def find(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "mode"),
    [
        ("Varda recalled its negotiators from the talks.", "SANCTION", "recalled", "withdraw"),
        ("Varda broke off the talks and cut all ties.", "SANCTION", "broke off", "discontinue"),
        ("The court sentenced him to nine years.", "SANCTION", "sentenced", "convict"),
        ("Some 900 people fled the valley.", "SANCTION", "fled", "expel"),
        ("The front released 33 hostages on Sunday.", "RETREAT", "released", "release"),
        ("Its troops pulled out of the town.", "RETREAT", "pulled out", "withdraw"),
        ("The bishop urged both sides to stop the shelling.", "REQUEST", "urged", "yield"),
        ("Students demanded that the rector resign.", "REQUEST", "demanded", "change"),
        ("The mayor appealed for food aid and money.", "REQUEST", "appealed", "assist"),
        ("He called on Varda to return to talks.", "REQUEST", "called on", "meet"),
        ("The front refused to meet the envoy.", "REJECT", "refused", "meet"),
        ("The two ministers spoke by telephone.", "CONSULT", "spoke", "phone"),
        ("The king arrived on a three-day visit.", "CONSULT", "visit", "visit"),
        ("Indirect talks brokered by Oman went on.", "CONSULT", "talks", "third-party"),
        ("Police fired tear gas at the marchers.", "ASSAULT", "fired", "crowd-control"),
        ("Police detained six men.", "COERCE", "detained", "arrest"),
    ],
)
def test_modes_of_events(text: str, kind: str, trigger: str, mode: str) -> None:
    assert event_modes(segment(text), draft(text, kind, trigger)) == (mode,)


@pytest.mark.parametrize(
    ("text", "trigger", "places", "modes"),
    [
        ("The front captured the village on Sunday.", "captured", [], ()),
        ("The front has captured most of Lemra.", "captured", ["Lemra"], ()),
        ("The front captured nine soldiers.", "captured", [], ("abduct",)),
        ("The front seized nine soldiers at a checkpoint.", "seized", [], ("abduct",)),
        ("Nine soldiers were seized in Lemra.", "seized", ["Lemra"], ("abduct",)),
    ],
)
def test_ground_taken_is_nobody_abducted(text: str, trigger: str, places: list[str], modes: tuple[str, ...]) -> None:
    assert event_modes(segment(text), draft(text, "ASSAULT", trigger, places=places)) == modes


def test_modes_and_contexts_are_those_of_the_codebook() -> None:
    for kind, mode, _ in rows("modes.tsv"):
        assert mode in MODES[kind]
    assert {name for name, _ in rows("contexts.tsv")} <= set(CONTEXTS)


def test_contexts_of_an_event_look_at_the_report_too() -> None:
    text = "The army shelled the town. Rebels fired rockets at the army. Troops hit back with artillery."
    found = Story(segment(text)).contexts(draft(text, "ASSAULT", "shelled"))
    assert found[0] == "military"
    court = "The judge heard the case. A lawyer for the accused spoke. The court then sentenced him."
    assert Story(segment(court)).contexts(draft(court, "SANCTION", "sentenced"))[0] == "legal"


# --- when and where ----------------------------------------------------------------------------------------------


def when(text: str, words: str, day: str, number: int = 1) -> R.Time:
    start, end = find(text, words)
    return R.Time(start, end, words, id=f"t{number}", type="DATE", value=day, begin=day, until=day, precision="day")


def test_the_time_in_the_clause_is_stated() -> None:
    text = "Gunmen attacked a bus on Monday."
    document = segment(text)
    time = event_time(document, draft(text, "ASSAULT", "attacked"), [when(text, "Monday", "2031-03-03")], "2031-03-05")
    assert (time.ref, time.begin, time.basis) == ("t1", "2031-03-03", "stated")


def test_a_time_argument_wins() -> None:
    text = "On Friday the ministry said gunmen had attacked a bus on Monday."
    times = [when(text, "Friday", "2031-03-07", 1), when(text, "Monday", "2031-03-03", 2)]
    e = draft(text, "ASSAULT", "attacked", times=["Monday"])
    assert event_time(segment(text), e, times, "2031-03-07").ref == "t2"


def test_no_time_and_no_anchor_is_unknown() -> None:
    text = "Gunmen attacked a bus."
    time = event_time(segment(text), draft(text, "ASSAULT", "attacked"), [])
    assert (time.ref, time.begin, time.basis) == (None, None, "unknown")


def place(text: str, words: str, use: str = "literal", number: int = 1) -> R.Place:
    start, end = find(text, words)
    return R.Place(start, end, words, id=f"p{number}", use=use)  # type: ignore[arg-type]


def test_places_are_arguments_or_for_deeds_those_of_the_clause() -> None:
    text = "Troops from Varda shelled Lemra near Sorna."
    document = segment(text)
    places = [place(text, "Varda", "associative", 1), place(text, "Lemra", number=2), place(text, "Sorna", number=3)]
    assert event_places(document, draft(text, "ASSAULT", "shelled"), places) == ("p2", "p3")
    assert event_places(document, draft(text, "ASSAULT", "shelled", places=["Sorna"]), places) == ("p3",)
    assert event_places(document, draft(text, "ACCUSE", "shelled"), places) == ()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Varda imposed sanctions and called for talks in Lemra.", ()),
        ("Varda imposed sanctions after talks in Lemra.", ()),
        ("Varda imposed sanctions in Lemra.", ("p1",)),
    ],
)
def test_a_place_of_another_happening_is_not_this_ones(text: str, where: tuple[str, ...]) -> None:
    document = segment(text)
    sanctions = draft(text, "SANCTION", "imposed sanctions")
    frame = frame_of([sanctions, *([draft(text, "CONSULT", "talks")] if "talks" in text else [])], [], {})
    assert event_places(document, sanctions, [place(text, "Lemra")], frame) == where


# --- figures, go-betweens ----------------------------------------------------------------------------------------


def figure(text: str, words: str, measure: str, number: int = 1) -> R.Figure:
    start, end = find(text, words)
    return R.Figure(id=f"f{number}", span=R.Span(start, end, words), measure=measure, change="event")  # type: ignore[arg-type]


def test_a_figure_goes_to_the_happening_that_it_sizes() -> None:
    text = "Gunmen killed 12 people and police arrested six men. Nine shops stayed shut."
    events = [draft(text, "ASSAULT", "killed"), draft(text, "COERCE", "arrested")]
    figures = [figure(text, "12", "killed", 1), figure(text, "six", "detained", 2), figure(text, "Nine", "other", 3)]
    assert figure_owners(segment(text), figures, events) == {"f1": 0, "f2": 1}


def test_mediators_and_hosts_are_third_parties() -> None:
    text = "Talks between Varda and the front, brokered by Oman and Norway, ended. Varda thanked Chad."
    document = segment(text)
    names = [find(text, w) for w in ("Varda", "the front", "Oman", "Norway", "Chad")]
    between = mediating(document, names)
    assert [text[slice(*r)] for r in between] == ["Oman", "Norway"]
    talks = draft(text, "CONSULT", "Talks", actors=["Varda", "the front"])
    assert third_parties(document, talks, between) == between
    assert third_parties(document, draft(text, "ACCUSE", "thanked"), between) == []


def test_who_mediates_stands_before_the_verb_as_well() -> None:
    text = "Kenya, which mediates between the two, is silent. UN mediators left. The deal was hosted by nobody."
    names = [find(text, w) for w in ("Kenya", "the two", "UN mediators")]
    assert [text[slice(*r)] for r in mediating(segment(text), names)] == ["Kenya", "UN mediators"]


@pytest.mark.parametrize(
    ("cue", "acts"),
    [
        ("said", ("say",)),
        ("according to", ("say",)),
        ("was quoted as saying", ("say",)),
        ("denied", ("deny",)),
        ("called for", ("demand",)),
        ("reportedly", ("report",)),
        ("begged", ("ask",)),
        ("vehemently denied", ("deny",)),
        ("zigzagged", ()),
    ],
)
def test_acts_of_cues(cue: str, acts: tuple[str, ...]) -> None:
    assert candidate_acts(cue) == acts


def test_ambiguous_cues_offer_several_acts() -> None:
    assert set(candidate_acts("vowed")) == {"promise", "threaten"}
    assert lemma("urging") == "urge"


def test_quotation_marks_decide_the_kind() -> None:
    text = 'He called it "a farce" and left. "Never," she said.'
    document = segment(text)
    assert quotation(document, [(3, 31)]) == "mixed"
    assert quotation(document, [(text.index('"Never'), text.index(" she"))]) == "direct"
    assert quotation(document, [(0, 9)]) == "indirect"


def test_certainty_follows_the_cue() -> None:
    assert certainty("said", "say") == "certain"
    assert certainty("believes", "believe") == "probable"
    assert certainty("allegedly", "claim") == "unknown"


def test_word_tables_know_endings_and_phrases() -> None:
    table = WordTable([("a", "attack*|cease fire"), ("b", "fire")])
    assert list(table.find("Attackers broke the cease-fire")) == [("a", 0), ("a", 20), ("b", 26)]
    assert list(table.find("")) == []
