"""Records of one corpus source in the codebook's JSON, one function per kind of record."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation.corpus_source import Source

PRONOUNS = set(
    "he she it they him her them his its their i we us you who our my himself herself itself themselves".split()
)


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
        "basis": src.one_of("time_basis", t.get("basis", "anchor"), f"times {i}"),
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
        "period": f.get("period") and {k: str(d) if d else None for k, d in f["period"].items()},
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
