"""Who is spoken to, in invented sentences."""

from __future__ import annotations

import pytest

from onrecord.reader.addressees import is_addressed
from onrecord.reader.segment import segment


@pytest.mark.parametrize(
    ("text", "cue", "who", "content", "expected"),
    [
        ("Orl told Desta the road was open.", "told", "Desta", "the road was open", True),
        ("Orl ordered the troops to leave.", "ordered", "the troops", "the troops to leave", True),
        ("Orl said the road to Selu was open.", "said", "Selu", "the road to Selu was open", False),
        (
            "In an interview with the Lake Post, Orl said the road was open.",
            "said",
            "Lake Post",
            "the road was open",
            True,
        ),
        (
            "Speaking after a meeting with Desta, Orl said the road was open.",
            "said",
            "Desta",
            "the road was open",
            False,
        ),
        ("Desta called. Orl said the road was open.", "said", "Desta", "the road was open", False),
    ],
)
def test_is_addressed(text: str, cue: str, who: str, content: str, expected: bool) -> None:
    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    assert is_addressed(segment(text), at(cue), at(who), [at(content)], quiet=False) is expected
