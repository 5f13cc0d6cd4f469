"""An account -> the keys under which it is compared: two accounts of one happening share one, most others share none.

A key is one of the account's rarest words, alone where it is rare enough to tell a story, else with a second one, so
that a key's crowd stays small however much is written of a war; the days are left to whoever orders the accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.collate.happening_words import rarity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.collate.accounts import Account

MOST = 8
"""Keys of one account."""


def blocks(account: Account) -> list[str]:
    """The keys of an account, a function of it alone; at most `MOST`."""
    about = sorted(zip(account.about, account.about_weights, strict=True), key=lambda x: (-x[1], x[0]))
    telling = [word for word, _ in about[:5]]
    near = _rarest((*account.names, *account.words), 3)
    return list(dict.fromkeys([*telling, *near]))[:MOST]


def _rarest(words: Iterable[str], most: int) -> list[str]:
    return sorted(dict.fromkeys(words), key=lambda w: (-rarity(w), w))[:most]
