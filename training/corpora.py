"""The training sets of `--data`, each turned into `(name, text, Marks)`.

Sets and licences stand in the model card.  No set's text is kept in the project.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.reader.labels import MEASURES, NAME_CLASSES, TIME_TYPES
from onrecord.reader.numbers import find_numbers
from onrecord.reader.segment import segment
from training.coded import LEFT_OUT, restore
from training.examples import EITHER, Labelled, Marks, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

Text = tuple[str, str, Marks]

WIKIEVENTS_TYPES = {
    "Conflict.Attack": "ASSAULT",
    "Conflict.Demonstrate": "PROTEST",
    "Justice.ArrestJailDetain": "COERCE",
    "Justice.ChargeIndict": "ACCUSE",
    "Justice.InvestigateCrime": "ACCUSE",
    "Justice.TrialHearing": "ACCUSE",
    "Justice.Convict": "SANCTION",
    "Justice.Sentence": "SANCTION",
    "Justice.ReleaseParole": "RETREAT",
    "Contact.ThreatenCoerce": "THREATEN",
    "Contact.RequestCommand": "REQUEST",
}
_TITLES = re.compile(
    r"^(?:(?:the|former|late|acting|deputy|vice|president|prime|foreign|defen[cs]e|interior|minister|general|colonel|major|"
    r"captain|brigadier|lieutenant|sergeant|gen|col|maj|capt|lt|sgt|mr|mrs|ms|dr|sen|rep|gov|judge|justice|professor|"
    r"sheikh|king|queen|chief|commander|secretary|senator|governor|mayor|envoy|ambassador|spokes\w+)\.?[- ])+",
    re.IGNORECASE,
)
REACH = 2
"""Sentences from a trigger within which its arguments are taught."""
SENTENCES = Path(__file__).with_name("coded_sentences.jsonl")
"""Events of single sentences, as offsets into the sentences of `--data`."""
SENTENCE_ROLES = {"actor": "actors", "recipient": "recipients", "place": "places", "time": "times"}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def polnear(data: Path) -> Iterator[Text]:
    """Attributions: flat roles and roles given the cue.  Some articles carry several annotators: the first."""
    for r in lines(data / "attribution/polnear/train.jsonl"):
        marks = Marks(spans={"source": [], "cue": [], "content": []}, pairs={"attribution": []})
        for a in r["attributions"]:
            arguments: list[Labelled] = []
            for role in ("source", "cue", "content"):
                spans = [(s, e, role) for s, e in a[role]]
                marks.spans[role] += spans
                arguments += spans if role != "cue" else []
            if a["cue"]:
                marks.pairs["attribution"].append((a["cue"][0][0], arguments))
        yield r["id"], r["text"], marks


def worldwide(data: Path) -> Iterator[Text]:
    for r in lines(data / "ner/en_worldwide_newswire/train.jsonl"):
        spans = [(s["start"], s["end"], s["label"]) for s in r["spans"] if s["label"] in NAME_CLASSES]
        yield r["id"], r["text"], Marks(spans={"ner": spans})


def times(data: Path) -> Iterator[Text]:
    for name in ("tempeval3/train_timebank", "tempeval3/train_aquaint"):
        for r in lines(data / "time" / f"{name}.jsonl"):
            spans = [(t["start"], t["end"], t["type"]) for t in r["timex"] if t["type"] in TIME_TYPES]
            yield r["id"], r["text"], Marks(spans={"timex": spans})


def wikievents(data: Path) -> Iterator[Text]:
    covered = frozenset(WIKIEVENTS_TYPES.values()) - {"REQUEST", "THREATEN", "ACCUSE", "RETREAT"}
    for r in lines(data / "events/wikievents/train_tokens_events.jsonl"):
        text, starts = _join(r["tokens"])
        spans = []
        for e in r["event_mentions"]:
            kind = WIKIEVENTS_TYPES.get(e["event_type"])
            if e["event_type"] in ("Life.Die", "Life.Injure") and any(
                a.get("role") in ("Killer", "Injurer") for a in e["arguments"]
            ):
                kind = "ASSAULT"
            if kind:
                a, b = e["trigger"]["start_idx"], e["trigger"]["end_idx"]
                spans.append((starts[a], starts[b - 1] + len(r["tokens"][b - 1]), kind))
        yield r["doc_id"], text, Marks(spans={"trigger": spans}, covered=covered)


def sentences(data: Path) -> Iterator[Text]:
    """Sentences of PLV and of PLOVER's gold records with all their events; we coded words and sides, PLV's root leads."""
    known = {f"plv-{i}": r["sentence"] for i, r in enumerate(lines(data / "events/plv_aw/plv_train.jsonl"))}
    known |= {r["id"]: r["text"] for r in lines(data / "events/plover_gsr/plover_gsr_without_plv_test.jsonl")}
    for r in lines(SENTENCES):
        marks = Marks(spans={"trigger": []}, points={"status": []}, pairs={"event": []})
        for e in r["events"]:
            start, end = e["trigger"]
            marks.spans["trigger"].append((start, end, e["type"]))
            marks.points["status"].append((start, end, e["status"]))
            arguments = [(*span, role) for role, field in SENTENCE_ROLES.items() for span in e.get(field, ())]
            marks.pairs["event"].append((start, arguments))
        yield r["id"], known[r["id"]], marks


def _join(tokens: list[str]) -> tuple[str, list[int]]:
    text, starts = "", []
    for token in tokens:
        if text and (token[:1].isalnum() or token[:1] in "“‘($\"'") and text[-1] not in "“‘(-’'$":
            text += " "
        starts.append(len(text))
        text += token
    return text, starts


def readings(path: Path) -> Iterator[Text]:
    """Coded reports in the codebook's JSON: every head, `ner` only where a name is coded."""
    for r in lines(path):
        yield r["report"]["source_id"], r["report"]["text"], reading_marks(r)


def coded(data: Path) -> Iterator[Text]:
    """Our codings of open reports; they say nothing of the heads that they leave out."""
    for r in restore(data):
        marks = reading_marks(r)
        for head in LEFT_OUT:
            del marks.spans[head]
        yield r["report"]["source_id"], r["report"]["text"], marks


def reading_marks(r: dict[str, Any]) -> Marks:
    """The labels that one coded report gives."""
    document = segment(r["report"]["text"])
    mentions = {a["id"]: a["mentions"] for a in r["actors"]}
    marks = Marks(spans={h: [] for h in ("timex", "source", "cue", "content", "mention", "trigger", "position")})
    marks.points = {h: [] for h in ("status", "act", "kind", "stance", "issue", "measure")}
    marks.pairs = {h: [] for h in ("attribution", "event", "stand")}
    marks.partial["ner"] = _names(r)
    marks.spans["timex"] = [(t["start"], t["end"], t["type"]) for t in r["times"] if t["type"] in TIME_TYPES]
    marks.spans["mention"] = [(m["start"], m["end"], m["form"]) for ms in mentions.values() for m in ms]
    for s in r["statements"]:
        _statement(s, marks, mentions, document)
    places = {p["id"]: p for p in r["places"]}
    at = {t["id"]: t for t in r["times"]}
    for e in r["events"]:
        _event(e, marks, mentions, document, places, at)
    for p in r["positions"]:
        _position(p, marks, mentions, document)
    figures = {}
    for f in r["figures"]:
        span = f.get("span") or f
        figures[span["start"], span["end"]] = f["measure"]
    for n in find_numbers(document):
        label = next((m for (s, e), m in figures.items() if s < n.end and n.start < e), "none")
        marks.points["measure"].append((n.start, n.end, label if label in MEASURES else "other"))
    return marks


def _names(r: dict[str, Any]) -> list[Labelled]:
    """The names that a coded report shows: its places, and its persons and bodies where they are named."""
    found: list[Labelled] = []
    for p in r["places"]:
        if p.get("form") in ("name", "demonym") and p["text"][:1].isupper():
            found.append((p["start"], p["end"], "Location" if p["form"] == "name" else "NORP"))
    for a in r["actors"]:
        label = {"person": "Person", "organization": "Organization", "media": "Organization"}.get(a["kind"])
        for m in a["mentions"]:
            if label and m["form"] == "name" and m["text"][:1].isupper():
                skip = _TITLES.match(m["text"]) if label == "Person" else None
                found.append((m["start"] + (skip.end() if skip else 0), m["end"], label))
    return found


_HELPERS = re.compile(
    r"\b(?:(?:has|have|had|was|were|is|are|been|being|did|does|do|not|also|again|then|later|earlier|further|\w+ly)\s+)+$",
    re.IGNORECASE,
)


def _whole_cue(text: str, cue: dict[str, Any]) -> Labelled:
    """A cue with its auxiliaries and adverbs, as PolNeAR marks it ("has also said")."""
    before = _HELPERS.search(text, max(0, cue["start"] - 40), cue["start"])
    return before.start() if before else cue["start"], cue["end"], "cue"


def _whole_source(text: str, span: dict[str, Any]) -> Labelled:
    """A source with the comma that closes its apposition, as PolNeAR marks it."""
    closes = "," in span["text"] and text[span["end"] : span["end"] + 1] == ","
    return span["start"], span["end"] + closes, "source"


def _statement(s: dict[str, Any], marks: Marks, mentions: dict[str, Any], document: Any) -> None:
    arguments: list[Labelled] = [(c["start"], c["end"], "content") for c in s["content"]]
    source = s["source"].get("span")
    if source:
        arguments.append(_whole_source(document.text, source))
        marks.points["kind"].append((source["start"], source["end"], s["source"]["kind"]))
    marks.spans["content"] += [a for a in arguments if a[2] == "content"]
    for link in s["chain"]:
        if link.get("span") and not link.get("inherited"):
            marks.spans["source"].append(_whole_source(document.text, link["span"]))
    if source:
        marks.spans["source"].append(_whole_source(document.text, source))
    for cue in s["cue"]:
        marks.spans["cue"].append(_whole_cue(document.text, cue))
        marks.points["act"].append((cue["start"], cue["end"], s["act"]))
        extra = [nearest(document, cue["start"], mentions.get(a, [])) for a in s["addressee"]]
        found = [(m["start"], m["end"], "addressee") for m in extra if m]
        marks.pairs["attribution"].append((_whole_cue(document.text, cue)[0], arguments + found))


def _event(
    e: dict[str, Any], marks: Marks, mentions: dict[str, Any], document: Any, places: dict[str, Any], at: dict[str, Any]
) -> None:
    for trigger in [e["trigger"], *e["mentions"]]:
        marks.spans["trigger"].append((trigger["start"], trigger["end"], e["type"]))
        marks.points["status"].append((trigger["start"], trigger["end"], e["status"]))
    for n, trigger in enumerate([e["trigger"], *e["mentions"]]):
        home = document.sentence_at(trigger["start"])
        arguments: list[Labelled] = []
        for role, ids in (("actor", e["actors"]), ("recipient", e["recipients"])):
            for a in ids:
                known = mentions.get(a, [])
                m = nearest(document, trigger["start"], known, REACH)
                if m and (n == 0 or document.sentence_at(m["start"]) == home):
                    arguments.append((m["start"], m["end"], role))
                arguments += [(o["start"], o["end"], EITHER) for o in known if o is not m]
        ref = at.get((e["time"] or {}).get("ref") or "")
        for role, x in [("place", places.get(p)) for p in e["places"]] + [("time", ref)]:
            if x and document.sentence_at(x["start"]) == home:
                arguments.append((x["start"], x["end"], role))
        marks.pairs["event"].append((trigger["start"], arguments))


def _position(p: dict[str, Any], marks: Marks, mentions: dict[str, Any], document: Any) -> None:
    span = p.get("span") or p
    marks.spans["position"].append((span["start"], span["end"], "position"))
    marks.points["stance"].append((span["start"], span["end"], p["stance"]))
    marks.points["issue"].append((span["start"], span["end"], p["issue"]))
    arguments: list[Labelled] = [(g["span"]["start"], g["span"]["end"], "gives") for g in p["gives"] if g.get("span")]
    for a in p["parties"]:
        known = mentions.get(a, [])
        m = nearest(document, span["start"], known, REACH)
        if m:
            arguments.append((m["start"], m["end"], "party"))
        arguments += [(o["start"], o["end"], EITHER) for o in known if o is not m]
    marks.pairs["stand"].append((span["start"], arguments))
