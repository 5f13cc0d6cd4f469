"""The facts that a reading of the seed report must hold: `python -m evaluation.seed_facts --data ../shared/data`.

Reads `../seeds/000_*.txt` beside the data folder through the public reader and prints each fact, found or not.
Facts are looked for by their values, never by record numbers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.reader.pipeline import default_reader

Fact = tuple[str, Callable[["Seen"], bool]]


class Seen:
    """A reading with look-ups by words."""

    def __init__(self, reading: dict[str, Any]) -> None:
        self.r = reading
        self.report = reading["report"]
        self.actors = {a["id"]: a for a in reading["actors"]}
        self.statements = reading["statements"]
        self.places = {p["id"]: p for p in reading["places"]}
        self.times = {t["id"]: t for t in reading["times"]}

    def names(self, ids: list[str]) -> str:
        parts = []
        for i in ids:
            a = self.actors[i]
            parts += [a["name"], a["description"] or "", *(m["text"] for m in a["mentions"] if m["form"] != "pronoun")]
        return " | ".join(parts).lower()

    def time(self, words: str, value: str) -> bool:
        return any(t["text"].strip("- ").startswith(words) and t["value"] == value for t in self.r["times"])

    def said(self, source: str, content: str, **want: Any) -> bool:
        for s in self.statements:
            text = " … ".join(c["text"] for c in s["content"]).lower()
            src = s["source"]
            if content.lower() not in text or source.lower() not in self.names(src["actors"]):
                continue
            got = {"kind": src["kind"], "naming": src["naming"], "act": s["act"], "quotation": s["quotation"]}
            if all(got[k] in (v if isinstance(v, tuple) else (v,)) for k, v in want.items() if k != "chain"):
                chain = want.get("chain")
                links = [self.names(x["actors"]) for x in s["chain"]]
                if not chain or (len(links) == len(chain) and all(c in n for c, n in zip(chain, links, strict=True))):
                    return True
        return False

    def event(self, kind: str | tuple[str, ...], words: str, **want: Any) -> bool:
        kinds = (kind,) if isinstance(kind, str) else kind
        for e in self.r["events"]:
            spans = [e["trigger"], *e["mentions"]]
            if e["type"] not in kinds or not any(words.lower() in self.around(m) for m in spans):
                continue
            ok = (
                want.get("actor", "") in self.names(e["actors"])
                and want.get("recipient", "") in self.names(e["recipients"])
                and (not want.get("mode") or want["mode"] in e["modes"])
                and (not want.get("status") or e["status"] in want["status"])
                and (not want.get("begin") or str(e["time"]["begin"]).startswith(want["begin"]))
            )
            if ok:
                return True
        return False

    def around(self, span: dict[str, Any]) -> str:
        text = self.report["text"]
        return text[max(0, span["start"] - 25) : span["end"] + 45].lower()

    def figure(self, low: float, measure: str, **want: Any) -> bool:
        for f in self.r["figures"]:
            if f["low"] != low or f["measure"] != measure:
                continue
            told = [self.names(s["source"]["actors"]) for s in self.statements if s["id"] in f["according_to"]]
            if want.get("change") and f["change"] != want["change"]:
                continue
            if want.get("by") and not any(want["by"] in t for t in told):
                continue
            return True
        return False

    def position(self, party: str, stance: tuple[str, ...], issue: tuple[str, ...], **want: Any) -> bool:
        for p in self.r["positions"]:
            if party not in self.names(p["parties"]) or p["stance"] not in stance or p["issue"] not in issue:
                continue
            gives = {g["issue"] for g in p["gives"]}
            if want.get("gives") and not gives & set(want["gives"]):
                continue
            if want.get("guarantor") and want["guarantor"] not in self.names(p["guarantors"]):
                continue
            return True
        return False

    def place(self, name: str, country: str, latitude: float) -> bool:
        return any(
            p["name"] == name and p["country"] == country and p["latitude"] and abs(p["latitude"] - latitude) < 0.7
            for p in self.r["places"]
        )


ANON = {"kind": "unnamed_person", "naming": "anonymous"}
REFUSE = ("refuse", "oppose")


def report_facts() -> list[Fact]:
    return [
        ("agency IANS", lambda s: s.report["agency"] == "IANS"),
        ("dateline Jerusalem", lambda s: "Jerusalem" in s.places[s.report["dateline"]["place"]]["name"]),
        ("dateline date", lambda s: s.report["dateline"]["date"] == "2025-05-23"),
        ("published 2025-05-22", lambda s: s.report["published"] == "2025-05-22"),
        ("Thursday", lambda s: s.time("Thursday", "2025-05-22")),
        ("Tuesday", lambda s: s.time("Tuesday", "2025-05-20")),
        ("Saturday", lambda s: s.time("Saturday", "2025-05-17")),
        ("January", lambda s: s.time("January", "2025-01")),
        ("March", lambda s: s.time("March", "2025-03")),
        ("19-month", lambda s: s.time("19-month", "P19M")),
        ("Doha in Qatar", lambda s: s.place("Doha", "QAT", 25.3)),
        ("Jerusalem located", lambda s: any(p["name"] == "Jerusalem" and p["latitude"] for p in s.r["places"])),
    ]


def statement_facts() -> list[Fact]:
    return [
        ("official confirms the return", lambda s: s.said("official", "return of the", act="confirm", **ANON)),
        ("official: an impasse", lambda s: s.said("official", "an impasse", **ANON)),
        ("official: team recalled", lambda s: s.said("official", "recalled its senior", **ANON)),
        ("Hamas accuses", lambda s: s.said("hamas", "derailing the talks", kind="organization", act="accuse")),
        ("Hamas: no mandate", lambda s: s.said("hamas", "no mandate")),
        ("Hamas: misleading", lambda s: s.said("hamas", "misleading world", quotation=("mixed", "direct"))),
        ("Hamas claims: none since Saturday", lambda s: s.said("hamas", "substantive negotiations", act="claim")),
        ("Kan TV citing a source", lambda s: s.said("diplomatic source", "broke down", chain=["kan", "diplomatic"])),
        ("the diplomat, same source", lambda s: s.said("diplomatic source", "bridge the gaps", quotation="direct")),
        ("UN experts warn", lambda s: s.said("experts", "famine", act="warn")),
        ("Israeli officials: the goal", lambda s: s.said("israeli officials", "goal", kind="unnamed_group")),
        ("Israeli sources", lambda s: s.said("israeli sources", "seizing", kind="unnamed_group", naming="anonymous")),
        ("health authorities: the toll", lambda s: s.said("health authorities", "53,762")),
    ]


def event_facts() -> list[Fact]:
    may20 = {"begin": "2025-05-20"}
    return [
        ("return ordered", lambda s: s.event(("RETREAT", "SANCTION", "REQUEST"), "return of the")),
        ("senior team recalled", lambda s: s.event("SANCTION", "recalled", mode="withdraw", **may20)),
        ("indirect talks", lambda s: s.event("CONSULT", "indirect talks")),
        ("Hamas accuses Israel", lambda s: s.event("ACCUSE", "accused the israeli", actor="hamas", **may20)),
        ("Hamas accuses Netanyahu", lambda s: s.event("ACCUSE", "accused netanyahu", recipient="netanyahu")),
        ("talks broke down", lambda s: s.event("SANCTION", "broke down")),
        ("hostages released", lambda s: s.event("RETREAT", "released 33", mode="release", begin="2025-01")),
        ("second phase refused", lambda s: s.event("REJECT", "refused to advance", begin="2025-03")),
        ("offensive resumed", lambda s: s.event("ASSAULT", "resuming its")),
        ("calls rejected", lambda s: s.event("REJECT", "rejected international")),
        ("Gideon's Chariots launched", lambda s: s.event("ASSAULT", "launched operation", begin="2025-05-17")),
        ("seizing the Strip planned", lambda s: s.event(("ASSAULT", "COERCE"), "seizing", status=("planned",))),
    ]


def dispute_facts() -> list[Fact]:
    war = ("end_of_war", "ceasefire")
    return [
        ("33 released", lambda s: s.figure(33, "released")),
        ("five Thais released", lambda s: s.figure(5, "released")),
        ("58 held", lambda s: s.figure(58, "held", change="level")),
        ("53,762 killed", lambda s: s.figure(53762, "killed", change="total", by="health")),
        ("Israel insists", lambda s: s.position("israel", ("insist",), ("hostages",), gives=("ceasefire",))),
        (
            "Hamas demands guarantees",
            lambda s: s.position("hamas", ("demand",), ("guarantees",), guarantor="us", gives=("hostages",)),
        ),
        (
            "Israel refuses the phase",
            lambda s: s.position("israel", REFUSE, ("hostages", "ceasefire", "other", "talks")),
        ),
        ("Israel refuses to halt", lambda s: s.position("israel", REFUSE, war)),
        ("Israel refuses aid", lambda s: s.position("israel", REFUSE, ("aid_access",))),
        ("talks failed", lambda s: any(t["outcome"] in ("impasse", "broken_off") for t in s.r["talks"])),
        (
            "talks indirect, in Doha",
            lambda s: any(
                t["form"] == "indirect" and any(s.places[p]["name"] == "Doha" for p in t["places"])
                for t in s.r["talks"]
            ),
        ),
        (
            "three stages, first done, second refused",
            lambda s: any(
                [x["status"] for x in g["stages"]][:2] == ["done", "refused"] and len(g["stages"]) == 3
                for g in s.r["agreements"]
            ),
        ),
    ]


def check(reading: dict[str, Any]) -> list[tuple[str, bool]]:
    """Every fact with whether the reading holds it."""
    seen = Seen(reading)
    facts = [*report_facts(), *statement_facts(), *event_facts(), *dispute_facts()]
    return [(name, _holds(test, seen)) for name, test in facts]


def _holds(test: Callable[[Seen], bool], seen: Seen) -> bool:
    try:
        return bool(test(seen))
    except (KeyError, TypeError):  # the record that the fact needs is not there at all
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    args = parser.parse_args()
    path = next((args.data.parent / "seeds").glob("000_*.txt"))
    results = check(default_reader().read(path.read_text(encoding="utf-8")).to_json())
    for name, ok in results:
        print(f"{'yes' if ok else 'NO ':4}{name}")
    print(f"{sum(ok for _, ok in results)} of {len(results)} facts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
