"""Turn the corpus's YAML sources into codebook JSON: `python evaluation/corpus_build.py [--check] [FILE…]`.

A source names spans by their words.  `"ceasefire"` must stand once in the text; where words stand
more than once, write enough context and mark the span: `"the <<ceasefire>> that began"`.  In an
actor's `mentions`, plain words stand for *every* whole-word occurrence.  See `corpus/WRITING.md`.

Writes `evaluation/corpus/learn.jsonl` and `kept.jsonl`; exits 1 and names file, record and span
when anything does not resolve.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent / "corpus"
PRONOUNS = set(
    "he she it they him her them his its their i we us you who our my himself herself itself themselves".split()
)
ENUMS: dict[str, set[str]] = {
    "act": set(
        "say report confirm deny claim accuse criticise demand propose offer accept reject threaten warn promise "
        "announce order ask advise estimate praise support apologise believe decline".split()
    ),
    "source_kind": set("person unnamed_person organization unnamed_group media document unknown".split()),
    "naming": set("named described anonymous none".split()),
    "quotation": set("direct indirect mixed".split()),
    "certainty": set("certain probable possible unknown".split()),
    "polarity": set("positive negative".split()),
    "type": set(
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
        "MOBILIZE COERCE ASSAULT".split()
    ),
    "event_status": set(
        "occurred ongoing planned ordered proposed conditional attempted denied not_occurred unknown".split()
    ),
    "measure": set(
        "killed injured casualties missing abducted held released detained displaced sick participants troops "
        "weapons incidents aid money votes share duration other".split()
    ),
    "relation": set("exactly at_least more_than about fewer_than up_to between vague".split()),
    "change": set("total level event increment none".split()),
    "stance": set("demand offer accept refuse condition insist aim support oppose".split()),
    "issue": set(
        "ceasefire end_of_war hostages prisoners withdrawal guarantees aid_access disarmament territory governance "
        "presence_of_forces arms sanctions recognition inspection refugees elections legislation autonomy "
        "compensation justice apology resignation protection restraint talks other".split()
    ),
    "actor_kind": set("person organization state group media document unknown".split()),
    "time_type": set("DATE TIME DURATION SET".split()),
    "outcome": set("planned ongoing progress agreed no_substance impasse suspended broken_off unknown".split()),
    "form": set("direct indirect unknown".split()),
    "level": set("leaders senior working unknown".split()),
    "agreement_status": set("proposed agreed signed in_force completed violated collapsed expired unknown".split()),
    "stage_status": set("planned in_progress done refused unknown".split()),
}


class CorpusError(ValueError):
    """A source file that cannot be turned into a reading; the message names the record."""


class Source:
    """One report's source, with the errors found in it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.text: str = data["text"].rstrip("\n") + "\n"
        self.errors: list[str] = []

    def fail(self, where: str, message: str) -> None:
        self.errors.append(f"{where}: {message}")

    def span(self, words: str | None, where: str) -> dict[str, Any] | None:
        if words is None:
            return None
        words = str(words)
        if "<<" in words:
            before, rest = words.split("<<", 1)
            inner, after = rest.split(">>", 1)
            whole, shift = before + inner + after, len(before)
        else:
            whole, inner, shift = words, words, 0
        hits = [m.start() for m in re.finditer(re.escape(whole), self.text)]
        if not shift and whole == inner:  # plain words: whole words only
            bounded = [
                h
                for h in hits
                if not (self.text[h - 1 : h].isalnum() and whole[:1].isalnum())
                and not (self.text[h + len(whole) : h + len(whole) + 1].isalnum() and whole[-1:].isalnum())
            ]
            hits = bounded or hits
        if len(hits) != 1:
            self.fail(where, f"{len(hits)} places hold {words!r}" if hits else f"not in the text: {words!r}")
            return None
        start = hits[0] + shift
        return {"start": start, "end": start + len(inner), "text": inner}

    def spans(self, words: Any, where: str) -> list[dict[str, Any]]:
        listed = [words] if isinstance(words, str) else (words or [])
        return [s for s in (self.span(w, where) for w in listed) if s]

    def everywhere(self, words: str, where: str) -> list[dict[str, Any]]:
        if "<<" in words:
            return self.spans(words, where)
        found = [
            {"start": m.start(), "end": m.end(), "text": words}
            for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)
        ]
        if not found:
            self.fail(where, f"not in the text: {words!r}")
        return found

    def one_of(self, name: str, value: Any, where: str) -> Any:
        if value not in ENUMS[name]:
            self.fail(where, f"{value!r} is no {name}")
        return value

    def refs(self, ids: Any, table: str, where: str) -> list[str]:
        listed = [ids] if isinstance(ids, str) else list(ids or [])
        for i in listed:
            if i not in (self.data.get(table) or {}):
                self.fail(where, f"{i!r} is not in {table}")
        return listed


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def bounds(value: str) -> tuple[str | None, str | None, str]:
    """TIMEX3 value -> (begin, until, precision)."""
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T.*)?", value):
        return value[:10], value[:10], "day" if not m[4] else "hour"
    if m := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return str(monday), str(monday + timedelta(days=6)), "week"
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        y, mo = int(m[1]), int(m[2])
        return str(date(y, mo, 1)), str(month_end(y, mo)), "month"
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31", "year"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31", "decade"
    return None, None, "vague"


def build(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """One YAML source -> (reading, errors)."""
    src = Source(data)
    text = src.text
    report = build_report(src)
    reading = {
        "schema": "onrecord-reading/1",
        "report": report,
        "actors": [build_actor(src, i, a) for i, a in (data.get("actors") or {}).items()],
        "places": [build_place(src, i, p) for i, p in (data.get("places") or {}).items()],
        "times": [build_time(src, i, t) for i, t in (data.get("times") or {}).items()],
        "statements": [build_statement(src, i, s) for i, s in (data.get("statements") or {}).items()],
    }
    times = {t["id"]: t for t in reading["times"]}
    reading["events"] = [build_event(src, i, e, times) for i, e in (data.get("events") or {}).items()]
    reading["figures"] = [build_figure(src, i, f) for i, f in (data.get("figures") or {}).items()]
    reading["positions"] = [build_position(src, i, p) for i, p in (data.get("positions") or {}).items()]
    reading["talks"] = [build_talks(src, i, t) for i, t in (data.get("talks") or {}).items()]
    reading["agreements"] = [build_agreement(src, i, g) for i, g in (data.get("agreements") or {}).items()]
    for key, records in reading.items():
        if isinstance(records, list):
            for record in records:
                check_span(src, text, record, f"{key} {record.get('id')}")
    return reading, src.errors


def check_span(src: Source, text: str, record: Any, where: str) -> None:
    if isinstance(record, dict):
        if isinstance(record.get("start"), int) and text[record["start"] : record["end"]] != record.get("text"):
            src.fail(where, "span does not quote the text")
        for v in record.values():
            check_span(src, text, v, where)
    elif isinstance(record, list):
        for v in record:
            check_span(src, text, v, where)


def build_report(src: Source) -> dict[str, Any]:
    d = src.data
    line = d.get("dateline")
    published = str(d["published"]) if d.get("published") else None
    lead = str(line["date"]) if line and line.get("date") else None
    anchor, basis = (lead, "dateline") if lead else (published, d.get("published_basis", "metadata"))
    if not anchor:
        src.fail("report", "neither published nor a dateline date")
    return {
        "id": "sha256:" + hashlib.sha256(src.text.encode()).hexdigest(),
        "source_id": d["id"],
        "text": src.text,
        "title": d.get("title"),
        "language": "en",
        "url": None,
        "publisher": d.get("publisher"),
        "byline": d.get("byline"),
        "agency": d.get("agency"),
        "dateline": line
        and {
            "span": src.span(line["span"], "dateline"),
            "place": (src.refs(line.get("place"), "places", "dateline") or [None])[0],
            "date": lead,
        },
        "published": published,
        "published_basis": d.get("published_basis", "metadata") if published else "unknown",
        "anchor": anchor,
        "anchor_basis": basis,
    }


def build_actor(src: Source, i: str, a: dict[str, Any]) -> dict[str, Any]:
    where = f"actors {i}"
    seen: dict[tuple[int, int], dict[str, Any]] = {}
    for words in a.get("mentions") or []:
        for s in src.everywhere(str(words), where):
            low = s["text"].lower()
            inner = [w for w in s["text"].split() if w.lower() not in ("the", "a", "an", "of", "and")]
            named = all(w[:1].isupper() or w[:1].isdigit() or w.lower().startswith("al-") for w in inner)
            form = "pronoun" if low in PRONOUNS else "name" if named and inner else "nominal"
            seen.setdefault((s["start"], s["end"]), {"form": form, **s})
    return {
        "id": i,
        "name": a["name"],
        "kind": src.one_of("actor_kind", a["kind"], where),
        "description": a.get("description"),
        "country": a.get("country"),
        "sector": a.get("sector"),
        "member_of": src.refs(a.get("member_of"), "actors", where),
        "wikidata": None,
        "mentions": [seen[k] for k in sorted(seen)],
    }


def build_place(src: Source, i: str, p: dict[str, Any]) -> dict[str, Any]:
    at = p.get("at") or [None, None]
    return {
        "id": i,
        **(src.span(p["span"], f"places {i}") or {}),
        "form": p.get("form", "name"),
        "use": p.get("use", "literal"),
        "name": p["name"],
        "country": p.get("country"),
        "latitude": at[0],
        "longitude": at[1],
        "precision": p.get("precision", "city"),
    }


def build_time(src: Source, i: str, t: dict[str, Any]) -> dict[str, Any]:
    value = str(t["value"])
    begin, until, precision = bounds(value)
    return {
        "id": i,
        **(src.span(t["span"], f"times {i}") or {}),
        "type": src.one_of("time_type", t.get("type", "DATE"), f"times {i}"),
        "value": value,
        "begin": str(t["begin"]) if t.get("begin") else begin,
        "until": str(t["until"]) if t.get("until") else until,
        "precision": t.get("precision", precision),
        "modifier": t.get("modifier"),
        "basis": t.get("basis", "anchor"),
    }


def build_statement(src: Source, i: str, s: dict[str, Any]) -> dict[str, Any]:
    where = f"statements {i}"

    def link(x: dict[str, Any]) -> dict[str, Any]:
        return {
            "actors": src.refs(x.get("actors"), "actors", where),
            "span": src.span(x.get("span"), where),
            "kind": src.one_of("source_kind", x["kind"], where),
            "naming": src.one_of("naming", x["naming"], where),
        }

    own = link({**s, "span": s.get("source")})
    outer = [{**link(x), "inherited": bool(x.get("inherited"))} for x in s.get("outer") or []]
    if own["naming"] != "none" and not own["actors"]:
        src.fail(where, "a source without actors")
    if s["act"] != "decline" and not s.get("content"):
        src.fail(where, "no content")
    return {
        "id": i,
        "source": own,
        "cue": src.spans(s.get("cue"), where),
        "content": src.spans(s.get("content"), where),
        "act": src.one_of("act", s["act"], where),
        "quotation": src.one_of("quotation", s.get("quotation", "indirect"), where),
        "chain": [*outer, {**own, "inherited": False}] if own["actors"] or outer else [],
        "within": (src.refs(s.get("within"), "statements", where) or [None])[0],
        "addressee": src.refs(s.get("addressee"), "actors", where),
        "said": (src.refs(s.get("said"), "times", where) or [None])[0],
        "venue": src.span(s.get("venue"), where),
        "certainty": src.one_of("certainty", s.get("certainty", "certain"), where),
        "polarity": src.one_of("polarity", s.get("polarity", "positive"), where),
    }


def build_event(src: Source, i: str, e: dict[str, Any], times: dict[str, Any]) -> dict[str, Any]:
    where = f"events {i}"
    t = e.get("time")
    if isinstance(t, str):
        src.refs(t, "times", where)
        at = times.get(t, {})
        when = {"ref": t, "basis": "stated"} | {k: at.get(k) for k in ("begin", "until", "precision")}
    elif t:
        when = {
            "ref": None,
            "begin": str(t["begin"]) if t.get("begin") else None,
            "until": str(t["until"]) if t.get("until") else None,
            "precision": t.get("precision", "vague"),
            "basis": t.get("basis", "context"),
        }
    else:
        when = {"ref": None, "begin": None, "until": None, "precision": None, "basis": "unknown"}
    return {
        "id": i,
        "type": src.one_of("type", e["type"], where),
        "modes": e.get("modes") or [],
        "contexts": e.get("contexts") or [],
        "trigger": src.span(e["trigger"], where),
        "mentions": src.spans(e.get("mentions"), where),
        "text": src.span(e.get("text"), where),
        "actors": src.refs(e.get("actors"), "actors", where),
        "recipients": src.refs(e.get("recipients"), "actors", where),
        "third_parties": src.refs(e.get("third_parties"), "actors", where),
        "time": when,
        "places": src.refs(e.get("places"), "places", where),
        "status": src.one_of("event_status", e.get("status", "occurred"), where),
        "according_to": src.refs(e.get("according_to"), "statements", where),
        "figures": src.refs(e.get("figures"), "figures", where),
    }


def build_figure(src: Source, i: str, f: dict[str, Any]) -> dict[str, Any]:
    where = f"figures {i}"
    return {
        "id": i,
        "span": src.span(f["span"], where),
        "measure": src.one_of("measure", f["measure"], where),
        "low": f.get("low"),
        "high": f.get("high"),
        "relation": src.one_of("relation", f.get("relation", "exactly"), where),
        "unit": f.get("unit"),
        "population": src.span(f.get("population"), where),
        "population_actors": src.refs(f.get("population_actors"), "actors", where),
        "change": src.one_of("change", f.get("change", "none"), where),
        "period": f.get("period"),
        "as_of": str(f["as_of"]) if f.get("as_of") else None,
        "as_of_basis": f.get("as_of_basis", "anchor") if f.get("as_of") else None,
        "places": src.refs(f.get("places"), "places", where),
        "according_to": src.refs(f.get("according_to"), "statements", where),
    }


def build_position(src: Source, i: str, p: dict[str, Any]) -> dict[str, Any]:
    where = f"positions {i}"
    gives = [{"span": src.span(g[0], where), "issue": src.one_of("issue", g[1], where)} for g in p.get("gives") or []]
    return {
        "id": i,
        "parties": src.refs(p.get("parties"), "actors", where),
        "stance": src.one_of("stance", p["stance"], where),
        "issue": src.one_of("issue", p["issue"], where),
        "span": src.span(p["span"], where),
        "gives": gives,
        "toward": src.refs(p.get("toward"), "actors", where),
        "guarantors": src.refs(p.get("guarantors"), "actors", where),
        "time": (src.refs(p.get("time"), "times", where) or [None])[0],
        "status": p.get("status", "current"),
        "according_to": src.refs(p.get("according_to"), "statements", where),
    }


def build_talks(src: Source, i: str, t: dict[str, Any]) -> dict[str, Any]:
    where = f"talks {i}"
    return {
        "id": i,
        "span": src.span(t["span"], where),
        "parties": src.refs(t.get("parties"), "actors", where),
        "mediators": src.refs(t.get("mediators"), "actors", where),
        "places": src.refs(t.get("places"), "places", where),
        "time": (src.refs(t.get("time"), "times", where) or [None])[0],
        "form": src.one_of("form", t.get("form", "unknown"), where),
        "level": src.one_of("level", t.get("level", "unknown"), where),
        "outcome": src.one_of("outcome", t.get("outcome", "unknown"), where),
        "according_to": src.refs(t.get("according_to"), "statements", where),
    }


def build_agreement(src: Source, i: str, g: dict[str, Any]) -> dict[str, Any]:
    where = f"agreements {i}"
    return {
        "id": i,
        "span": src.span(g["span"], where),
        "name": g.get("name"),
        "kinds": g.get("kinds") or [],
        "parties": src.refs(g.get("parties"), "actors", where),
        "mediators": src.refs(g.get("mediators"), "actors", where),
        "time": (src.refs(g.get("time"), "times", where) or [None])[0],
        "status": src.one_of("agreement_status", g.get("status", "unknown"), where),
        "stages": [
            {
                "ordinal": s["ordinal"],
                "span": src.span(s.get("span"), where),
                "status": src.one_of("stage_status", s.get("status", "unknown"), where),
                "time": (src.refs(s.get("time"), "times", where) or [None])[0],
                "terms": s.get("terms") or [],
            }
            for s in g.get("stages") or []
        ],
        "according_to": src.refs(g.get("according_to"), "statements", where),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="resolve every span, write nothing")
    args = parser.parse_args()
    parts: dict[str, list[dict[str, Any]]] = {"learn": [], "kept": []}
    bad = 0
    for path in args.files or sorted((HERE / "source").glob("*.yaml")):
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            reading, errors = build(data)
        except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
            reading, errors = None, [f"{type(error).__name__}: {error}"]
        for e in errors:
            print(f"{path.name}: {e}", file=sys.stderr)
        if errors or reading is None:
            bad += 1
        else:
            parts[data["part"]].append(reading)
    print(f"{sum(map(len, parts.values()))} reports resolved, {bad} not")
    if not args.check and not args.files and not bad:
        for part, readings in parts.items():
            with (HERE / f"{part}.jsonl").open("w", encoding="utf-8") as out:
                for r in readings:
                    out.write(json.dumps(r, ensure_ascii=False) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
