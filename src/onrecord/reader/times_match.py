"""One matched shape in its surroundings, as the readers of the grammar's rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader.times_parts import Parts, gather, unit_of
from onrecord.reader.times_tense import points_ahead

if TYPE_CHECKING:
    from onrecord.reader.times_lexer import Lexed, Token


@dataclass(frozen=True, slots=True)
class Match:
    """One match: its token range and whether it stands inside a quotation."""

    lexed: Lexed
    start: int
    end: int
    quoted: bool = False
    loose: bool = False
    """A tagger has vouched for it: checks that only keep look-alikes out are waived."""

    def tokens(self) -> tuple[Token, ...]:
        """The matched tokens."""
        return self.lexed.tokens[self.start : self.end]

    def lows(self, codes: str = "") -> list[str]:
        """Lower-case texts of the matched tokens, of these classes only where some are given."""
        return [t.low for t in self.tokens() if not codes or t.code in codes]

    def unit(self) -> str | None:
        """Code of the first unit of time in the match."""
        return next((unit_of(t.low) for t in self.tokens() if t.code == "u"), None)

    def parts(self) -> Parts:
        """What the match names."""
        return gather(self.lexed, self.start, self.end)

    def codes(self) -> str:
        """Class letters of the match."""
        return self.lexed.codes[self.start : self.end]

    def before(self, n: int = 1) -> str:
        """Lower-case token before the match (the n-th)."""
        return self.lexed.low(self.start - n)

    def after(self, n: int = 0) -> str:
        """Lower-case token after the match."""
        return self.lexed.low(self.end + n)

    def ahead(self) -> bool | None:
        """Does the clause around the match point to the future (True), to the past (False), or neither?"""
        return points_ahead(self.lexed, self.start, self.end)
