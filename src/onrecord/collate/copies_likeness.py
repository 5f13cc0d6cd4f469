"""Two texts -> how much of each stands in the other, and whether they carry the same wire text.

Resemblance is the Jaccard index of their runs of words, containment the share of a text's words that stand in
stretches it has in common with the other (Broder, "On the resemblance and containment of documents", 1997).  Lines
that say who wrote, edited or sells a story are no part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onrecord.collate.copies_words import RUN, Hashes, runs, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME = 0.55
"""Two texts are copies when they share this part of the shorter one …"""
FEWEST = 25
"""… and this many words: less is a quotation, a name with its titles, a stock phrase."""
SOME = 0.2
"""Pairs that share less than this need not be remembered; between `SOME` and `SAME` they tell who was merged."""
_STRETCH = 7
"""Words in a row that both must have for these to count: chance gives four, rarely seven."""

_CREDIT = re.compile(
    r"""\s*[(\[*_—–-]*\s*(?:
      (?:(?:additional|further)\s+)?(?:reporting|writing|editing|research|photos?|graphics?|compiled|translated)
        (?:\s+and\s+\w+)*\s+by\b
    | (?:[\w.'’-]+\s+){0,8}contributed\s+to\s+this\s+(?:report|story|article)
    | (?:©|\(c\)|copyright\b) | all\s+rights\s+reserved | our\s+standards\s*:
    | (?:read|see|click|tap|watch|listen|follow|subscribe|sign\s+up|download|advertisement|newsletter|related)\b
        (?:\s+(?:more|also|here|us|for\s+(?:our|free|more)|to\s+(?:our|the)|our|stories|story|articles?|free
          |(?:on|the)\s+(?:full|app|twitter|facebook|x|youtube|topics?|live))\b[^\n]{0,90}$ | \s*: | \s*$)
    | this\s+(?:material|article|story|report)\s+(?:may\s+not|was\s+(?:originally|first|produced|published|updated)
        |has\s+been\s+(?:updated|corrected|published)|is\s+(?:published|republished|auto))
    | (?:image|photo|picture|video)\s+(?:source|credit|caption)
    | (?:source|via|with\s+(?:agency\s+)?inputs?\s+from)\s*:?\s+(?:[A-Z]\w*[\s/,&]*){1,4}[.)\]*_]*\s*$
    | for\s+more\s+(?:news|stories|information|on\s+this)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_CREDIT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two texts, a and b, have in common.

    `resemblance` of their runs of words; `containment_a`, `containment_b`: the share of the words of each that stand
    in common stretches; `shared`: the number of these words, in the text that has fewer; `longest`: the words of the
    longest stretch.
    """

    resemblance: float
    containment_a: float
    containment_b: float
    shared: int
    longest: int

    @property
    def overlap(self) -> float:
        """The share of the one that stands more in the other."""
        return max(self.containment_a, self.containment_b)

    def turned(self) -> Likeness:
        """The same with a and b changed round."""
        return Likeness(
            resemblance=self.resemblance,
            containment_a=self.containment_b,
            containment_b=self.containment_a,
            shared=self.shared,
            longest=self.longest,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready to be compared many times: its words' number, its runs in order, and the different ones sorted."""

    words: int
    runs: Hashes
    different: Hashes


def prepared(text: str) -> Prepared:
    """The text without the lines that are no part of the story."""
    found = words([story(text)])
    hashes, _ = runs(found)
    return Prepared(len(found.hashes), hashes, np.unique(hashes))


def story(text: str) -> str:
    """The text without credit lines, notices and invitations to read on."""
    return "\n".join(line for line in text.splitlines() if len(line) > _LONGEST_CREDIT or not _CREDIT.match(line))


def likeness(a: str, b: str) -> Likeness:
    """How much of each text stands in the other."""
    return compared(prepared(a), prepared(b))


def compared(a: Prepared, b: Prepared) -> Likeness:
    """As `likeness`, of texts made ready."""
    in_b, in_a = _among(a.runs, b.different), _among(b.runs, a.different)
    common = int(_among(a.different, b.different).sum())
    union = len(a.different) + len(b.different) - common
    shared_a, longest = _shared(a, in_b, b.words)
    shared_b, _ = _shared(b, in_a, a.words)
    return Likeness(
        resemblance=common / union if union else 0.0,
        containment_a=shared_a / a.words if a.words else 0.0,
        containment_b=shared_b / b.words if b.words else 0.0,
        shared=min(shared_a, shared_b),
        longest=longest,
    )


def is_copy(likeness: Likeness) -> bool:
    """Do these two carry the same wire text, as far as a pair can tell?  `groups` knows more."""
    return likeness.overlap >= SAME and likeness.shared >= FEWEST


def is_kept(likeness: Likeness) -> bool:
    """Is this pair to be remembered for `groups`?  True for all copies."""
    return likeness.overlap >= SOME and likeness.shared >= FEWEST


def _among(runs: Hashes, sorted_runs: Hashes) -> NDArray[np.bool_]:
    """For each run, whether it is one of these."""
    if not len(sorted_runs):
        return np.zeros(len(runs), dtype=np.bool_)
    at = np.searchsorted(sorted_runs, runs)
    found: NDArray[np.bool_] = sorted_runs[np.minimum(at, len(sorted_runs) - 1)] == runs
    return found


def _shared(text: Prepared, found: NDArray[np.bool_], others: int) -> tuple[int, int]:
    """Words that stand in stretches of runs that the other has too, and the words of the longest such stretch."""
    if not text.words or not others:
        return 0, 0
    more = min(RUN, text.words) - 1
    stretches = _stretches(found)
    stretches[:, 1] += more
    lengths = stretches[:, 1] - stretches[:, 0]
    good = stretches[lengths >= min(_STRETCH, text.words, others)]
    covered = np.zeros(text.words + 1, dtype=np.int64)
    np.add.at(covered, good[:, 0], 1)
    np.add.at(covered, good[:, 1], -1)
    return int((np.cumsum(covered) > 0).sum()), int(lengths.max(initial=0))


def _stretches(found: NDArray[np.bool_]) -> NDArray[np.int64]:
    """[first, last) of each row of Trues."""
    edges = np.flatnonzero(np.diff(found.astype(np.int8), prepend=0, append=0))
    return edges.reshape(-1, 2)
