"""Who carried what somebody said is the outer link of its chain, in invented sentences."""

from __future__ import annotations

import pytest

from onrecord.reader.attribution import Attribution
from onrecord.reader.carriers import carried
from onrecord.reader.segment import segment


def told(text: str, source: str, cue: str, content: str) -> list[str]:
    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    a = Attribution([at(cue)], [at(content)], [at(source)])
    carried(segment(text), [a])
    return [text[s:e] for s, e in a.outer]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "outer"),
    [
        ("In remarks carried by state radio, Orl said the road was open.", "Orl", "said", "the road was open", ["state radio"]),
        (
            '"We will not wait," Orl was quoted as saying by the daily Varda Post.',
            "Orl",
            "was quoted as saying",
            '"We will not wait,"',
            ["the daily Varda Post"],
        ),
        (
            "Varda TV aired an interview with Orl in which he said the road was open.",
            "he",
            "said",
            "the road was open",
            ["Varda TV"],
        ),
        ("The station aired footage of what it said was a convoy.", "it", "said", "was a convoy", []),
        ("Orl said the letter published by the Varda Post was false.", "Orl", "said", "the letter published by the Varda Post was false", []),
        ("In a statement issued by her office, Orl said the road was open.", "Orl", "said", "the road was open", []),
    ],
)  # fmt: skip
def test_the_carrier_is_the_outer_link(text: str, source: str, cue: str, content: str, outer: list[str]) -> None:
    assert told(text, source, cue, content) == outer
