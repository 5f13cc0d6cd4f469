"""Two accounts -> what speaks for and against their being one happening, as numbers (`SIGNS`, in order).

NaN where a report does not say (no date, no place): absence is no difference.  A pair costs the same whatever the
ledger holds; `Prepared` is what can be made ready once per account.
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.collate.happening_words import rarity
from onrecord.gazetteer import kilometres

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.accounts import Account, Scene

NAN = math.nan
_NEAR = {"point": 0, "city": 0, "district": 1, "region": 2, "area": 2, "country": 3}
_SEVERAL_DAYS = 400


class Prepared:
    """An account made ready for comparing."""

    __slots__ = (
        "about", "about_norm", "account", "actors", "first", "last", "named", "named_norm", "names", "numbers", "reported",
        "rest", "rest_norm", "topic", "topic_norm", "trigger", "words", "words_norm",
    )  # fmt: skip

    def __init__(self, account: Account) -> None:
        self.account = account
        self.words = {w: rarity(w) for w in account.words}
        self.words_norm = _norm(self.words)
        self.trigger = {w: rarity(w) for w in account.trigger}
        self.rest = {w: r for w, r in self.words.items() if w not in self.trigger}
        self.rest_norm = _norm(self.rest)
        self.names = {w: rarity(w) for w in account.names}
        self.numbers = frozenset(account.numbers)
        self.about = dict(zip(account.about, map(float, account.about_weights), strict=True))
        self.about_norm = _norm(self.about)
        named = frozenset(account.named)
        self.named = {w: r for w, r in self.about.items() if w in named}
        self.named_norm = _norm(self.named)
        self.topic = {w: r for w, r in self.about.items() if w not in named and not w[0].isdigit()}
        self.topic_norm = _norm(self.topic)
        self.actors = frozenset(i for i in (*account.actors, *account.recipients) if not i.startswith("c:"))
        self.reported = _ordinal(account.day)
        self.first, self.last = _ordinal(account.begin), _ordinal(account.until)


def _norm(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(w * w for w in weights.values()))


@lru_cache(maxsize=20_000)
def _ordinal(day: str | None) -> float:
    try:
        return float(date.fromisoformat(day[:10]).toordinal()) if day else NAN
    except ValueError:
        return NAN


def cosine(a: Mapping[str, float], a_norm: float, b: Mapping[str, float], b_norm: float) -> float:
    """Of two weighted sets of words; NaN where one is empty."""
    if not a_norm or not b_norm:
        return NAN
    if len(b) < len(a):
        a, b = b, a
    return sum(w * b[word] for word, w in a.items() if word in b) / (a_norm * b_norm)


def _share(a: Mapping[str, float], b: Mapping[str, float]) -> tuple[float, float]:
    """How much of the lighter of two sets is shared, and the rarest thing shared; NaN where one is empty."""
    if not a or not b:
        return NAN, NAN
    common = [w for word, w in a.items() if word in b]
    return sum(common) / max(min(sum(a.values()), sum(b.values())), 1e-9), max(common, default=0.0)


def _overlap(a: Iterable[str], b: Iterable[str]) -> float:
    one, other = set(a), set(b)
    if not one or not other:
        return NAN
    return len(one & other) / min(len(one), len(other))


def _distance(a: tuple[Scene, ...], b: tuple[Scene, ...]) -> tuple[float, float]:
    """The least distance of two places in kilometres, and how coarse the coarser of the two is; NaN unknown."""
    best = (NAN, NAN)
    for x in a:
        for y in b:
            if x.latitude is None or x.longitude is None or y.latitude is None or y.longitude is None:
                continue
            far = 0.0 if x.geonameid == y.geonameid else kilometres(x.latitude, x.longitude, y.latitude, y.longitude)
            coarse = float(max(_NEAR.get(x.precision or "", 3), _NEAR.get(y.precision or "", 3)))
            if math.isnan(best[0]) or (far + 300 * coarse, coarse) < (best[0] + 300 * best[1], best[1]):
                best = (far, coarse)
    return best


def _country(a: tuple[Scene, ...], b: tuple[Scene, ...]) -> float:
    return _overlap((s.country for s in a if s.country), (s.country for s in b if s.country))


def _gap(a: Prepared, b: Prepared) -> float:
    """Days between two times, 0 where they overlap; NaN where one has none of its own."""
    return max(0.0, a.first - b.last, b.first - a.last) if a.first == a.first and b.first == b.first else NAN


def _length(a: Prepared, b: Prepared) -> float:
    """Days of the longer of two times."""
    if a.first != a.first or b.first != b.first:
        return NAN
    return min(_SEVERAL_DAYS, max(a.last - a.first, b.last - b.first))


def _told_gap(a: Prepared, b: Prepared) -> float:
    """Days from the time of one to the report of the other, where only one has a time."""
    if (a.first == a.first) == (b.first == b.first):
        return NAN
    timed, other = (a, b) if a.first == a.first else (b, a)
    return abs(other.reported - timed.last)


def _figures(a: Account, b: Account) -> tuple[float, float]:
    """How many measures agree and how many differ; NaN where no measure is in both."""
    mine = {m: (low, high) for m, low, high in a.figures}
    both = [(mine[m], (low, high)) for m, low, high in b.figures if m in mine]
    if not both:
        return NAN, NAN
    same = sum(x == y for x, y in both)
    return float(same), float(len(both) - same)


def _words_in_number(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    if not a or not b:
        return NAN, NAN
    return float(min(3, len(a & b))), len(a & b) / min(len(a), len(b))


def signs(a: Prepared, b: Prepared) -> tuple[float, ...]:
    """The numbers of `SIGNS` for two accounts; the same either way round."""
    x, y = a.account, b.account
    trigger, trigger_rare = _share(a.trigger, b.trigger)
    names, names_rare = _share(a.names, b.names)
    crossed = _share(a.trigger, b.words)[0], _share(b.trigger, a.words)[0]
    km, coarse = _distance(x.places, y.places)
    same, differ = _figures(x, y)
    numbers, number_share = _words_in_number(a.numbers, b.numbers)
    return (
        NAN if not x.type or not y.type else float(x.type == y.type),
        _overlap(x.modes, y.modes) if x.type == y.type else NAN,
        float(x.status == y.status),
        trigger,
        trigger_rare,
        min(crossed) if not any(map(math.isnan, crossed)) else NAN,
        cosine(a.words, a.words_norm, b.words, b.words_norm),
        cosine(a.rest, a.rest_norm, b.rest, b.rest_norm),
        names,
        names_rare,
        numbers,
        number_share,
        cosine(a.about, a.about_norm, b.about, b.about_norm),
        cosine(a.named, a.named_norm, b.named, b.named_norm),
        cosine(a.topic, a.topic_norm, b.topic, b.topic_norm),
        _overlap(a.actors, b.actors),
        _overlap(x.actors, y.actors),
        _overlap(x.recipients, y.recipients),
        km,
        coarse,
        _country(x.places, y.places),
        _gap(a, b),
        _length(a, b),
        _told_gap(a, b),
        abs(a.reported - b.reported),
        same,
        differ,
    )


SIGNS = (
    "type", "modes", "status", "trigger", "trigger_rare", "crossed", "words", "rest", "names", "names_rare", "numbers",
    "number_share", "about", "named", "topic", "named_actors", "actors", "recipients", "km", "coarse", "country", "gap", "length", "told_gap",
    "reported", "figures_same", "figures_differ",
)  # fmt: skip
