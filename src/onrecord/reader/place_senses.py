"""The place names of one report into one sense each: which "Tripoli" this report means.

Every name (a *group*: the mentions of one name with one container) has candidates from the
gazetteer.  Candidates are scored by a linear model over what is fixed (size, kind, the container
that the text names, the word for its kind) and what the rest of the report suggests (the countries
and divisions it speaks of, how near the other names' places are).  The second kind depends on the
other names' senses, so scores are iterated; a softmax keeps doubt alive until the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.gazetteer import Place

Array = npt.NDArray[np.float64]

MAX_SENSES = 40
"""Candidates kept per name, the most populous; beyond them a name is hopeless without a container."""

ROUNDS = 4
NEAR_KM = 60.0
"""Scale on which nearness fades: towns of one county support each other, those of two states do not."""

FEATURES = (
    "size_place", "size_division", "is_division", "is_district", "is_country", "is_area", "is_spot", "is_capital",
    "is_seat", "curated", "alternate", "loose", "in_container", "off_container", "kind_agrees", "kind_clashes",
    "country_share", "country_absent", "division_share", "nearness", "neighbour_share",
)  # fmt: skip
WEIGHTS: dict[str, float] = {
    "size_place": 1.31, "size_division": 1.30, "is_division": 0.96, "is_district": -2.37, "is_country": 1.42,
    "is_area": 2.24, "is_spot": 2.02, "is_capital": 1.20, "is_seat": 0.42, "curated": 0.84, "alternate": -2.72,
    "loose": 0.00, "in_container": 2.50, "off_container": -2.50, "kind_agrees": 1.50, "kind_clashes": -1.50,
    "country_share": 1.69, "country_absent": -1.63, "division_share": 4.53, "nearness": 2.85,
    "neighbour_share": 0.65,
}  # fmt: skip
"""Fitted by `training/fit_place_weights.py` (conditional logit) on LGL's odd documents, GeoVirus's odd ones and the
train part of the coded reports.  Set by hand within the range that does not move those scores, because the sets have
few such cases and readers mind them most: containers, kind words, and capitals (1.2, fitted .6: "Washington")."""

COUNTRY_CODES = ("PCL",)
_AREAS = frozenset("CONT RGN AREA SEA OCN GULF STRT PCLH ISLS PEN DSRT MTS LK STM".split())


@dataclass(slots=True)
class Group:
    """The mentions of one name: its candidates, and what the text around its mentions says of it."""

    name: str
    senses: list[Place]
    mentions: list[int] = field(default_factory=list)
    containers: list[Place] = field(default_factory=list)
    kind: str = ""


def is_country(place: Place) -> bool:
    """Is it a country, present or past?"""
    return place.feature_code.startswith(COUNTRY_CODES)


def contains(container: Place, place: Place) -> bool:
    """May `place` lie in `container`, judged by codes, or by nearness where the container is a town or district?"""
    if container.ref == place.ref or (container.country and container.country != place.country):
        return False
    if is_country(container):
        return True
    if container.feature_code == "ADM1":
        return bool(place.admin1) and place.admin1 == container.admin1 and not is_country(place)
    lat = abs(container.latitude - place.latitude)
    lon = abs(container.longitude - place.longitude) * np.cos(np.radians(place.latitude))
    reach = 8.0 if container.feature_code in _AREAS else 0.8
    return bool(np.hypot(lat, lon) < reach)


def _agrees(kind: str, place: Place) -> bool:
    code = place.feature_code
    if kind == "ADM1":
        return code in {"ADM1", "RGN"} or (code == "ADM2")
    if kind == "ADM2":
        return code in {"ADM2", "ADM1"}
    if kind in {"PPL", "PPLX"}:
        return code.startswith("PPL")
    return code.startswith(kind) or (kind == "CMPRF" and code == "CMP") or (kind in {"ISL", "ISLS"} and "ISL" in code)


def _fixed(group: Group, place: Place) -> dict[str, float]:
    code = place.feature_code
    size = np.log10(max(place.population, 100)) - 4
    populated = code.startswith(("PPL", "STLMT"))
    district = code.startswith("ADM") and code != "ADM1"
    inside = any(contains(c, place) for c in group.containers)
    agrees = bool(group.kind) and _agrees(group.kind, place)
    return {
        "size_place": size if populated else 0.0,
        "size_division": size if code.startswith(("ADM", "PCL")) else 0.0,
        "is_division": float(code == "ADM1"),
        "is_district": float(district),
        "is_country": float(is_country(place)),
        "is_area": float(code in _AREAS),
        "is_spot": float(not populated and not code.startswith(("ADM", "PCL")) and code not in _AREAS),
        "is_capital": float(code == "PPLC"),
        "is_seat": float(code == "PPLA"),
        "curated": float(place.curated),
        "alternate": float(place.match == "alternate" and not place.curated),
        "loose": float(place.match == "loose"),
        "in_container": float(inside),
        "off_container": float(bool(group.containers) and not inside),
        "kind_agrees": float(agrees),
        "kind_clashes": float(bool(group.kind) and not agrees),
    }


class _Stage:
    """The candidates of all groups side by side, with what the iterations need of them."""

    def __init__(self, groups: Sequence[Group], given: Sequence[str], neighbours: dict[str, frozenset[str]]) -> None:
        flat = [(g, p) for g, group in enumerate(groups) for p in group.senses]
        self.group = np.array([g for g, _ in flat], dtype=np.intp)
        self.fixed = np.array([[f.get(n, 0.0) for n in FEATURES] for f in (_fixed(groups[g], p) for g, p in flat)])
        self.weight = np.array([min(len(g.mentions), 4) ** 0.5 for g in groups])
        lat, lon = np.radians([p.latitude for _, p in flat]), np.radians([p.longitude for _, p in flat])
        points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        local = np.array([p.feature_code.startswith(("PPL", "ADM2")) or p.curated for _, p in flat], dtype=float)
        km = 6371.0 * np.arccos(np.clip(points @ points.T, -1.0, 1.0))
        apart = self.group[:, None] != self.group[None, :]
        self.near = np.exp(-km / NEAR_KM) * apart * local[None, :]
        countries = sorted({p.country for _, p in flat} | set(given))
        divisions = sorted({(p.country, p.admin1) for _, p in flat})
        self.country = np.array([countries.index(p.country) for _, p in flat], dtype=np.intp)
        self.no_country = np.array([not p.country for _, p in flat])
        self.division = np.array([divisions.index((p.country, p.admin1)) for _, p in flat], dtype=np.intp)
        self.no_division = np.array([not p.admin1 for _, p in flat])
        self.given = np.bincount([countries.index(c) for c in given], minlength=len(countries)) ** 0.5
        border = [[b in neighbours.get(a, frozenset()) for b in countries] for a in countries]
        self.borders = np.array(border, dtype=float)
        self.n_groups, self.n_divisions = len(groups), len(divisions)

    def probabilities(self, scores: Array) -> Array:
        """Softmax within each group."""
        top = np.full(self.n_groups, -np.inf)
        np.maximum.at(top, self.group, scores)
        raised = np.exp(scores - top[self.group])
        return np.asarray(raised / np.bincount(self.group, raised, self.n_groups)[self.group])

    def features(self, p: Array) -> Array:
        """The full feature matrix, given how probable each candidate is by now."""
        mass = p * self.weight[self.group]
        phi = self.fixed.copy()
        own_country = _own(mass, self.group, self.country)
        total = np.bincount(self.country, mass * ~self.no_country, len(self.given)) + self.given
        others = np.maximum(total[self.country] - own_country, 0.0)
        rest = np.maximum(total.sum() - self._own_total(mass), 1e-9)
        share = np.where(self.no_country, 0.0, others / (rest + 0.5))
        phi[:, FEATURES.index("country_share")] = share
        phi[:, FEATURES.index("country_absent")] = np.where(self.no_country, 0.0, np.exp(-2.0 * others) * (rest > 0.5))
        border = (self.borders @ total)[self.country]
        phi[:, FEATURES.index("neighbour_share")] = np.where(self.no_country, 0.0, border / (rest + 0.5)).clip(0, 1)
        divided = np.bincount(self.division, mass * ~self.no_division, self.n_divisions)
        own_division = _own(mass, self.group, self.division)
        elsewhere = np.maximum(divided[self.division] - own_division, 0.0)
        phi[:, FEATURES.index("division_share")] = np.where(self.no_division, 0.0, elsewhere / (rest + 0.5))
        phi[:, FEATURES.index("nearness")] = np.log1p(self.near @ mass)
        return phi

    def _own_total(self, mass: Array) -> Array:
        counted = np.bincount(self.group, mass * ~self.no_country, self.n_groups)
        return np.asarray(counted[self.group])


def _own(mass: Array, group: npt.NDArray[np.intp], label: npt.NDArray[np.intp]) -> Array:
    """For each candidate, the mass that its own group gives to the candidate's label."""
    width = int(label.max()) + 1
    code = group * width + label
    return np.asarray(np.bincount(code, mass)[code])


def choose(
    groups: Sequence[Group],
    *,
    given_countries: Sequence[str] = (),
    neighbours: dict[str, frozenset[str]] | None = None,
    weights: dict[str, float] | None = None,
) -> list[Place | None]:
    """The likeliest sense of each group; None where it has no candidate.

    `given_countries` are countries that the report names beside the groups (demonyms, one entry
    per mention); `neighbours` maps a country to those it borders on.
    """
    usable = [g for g in groups if g.senses]
    if not usable:
        return [None] * len(groups)
    stage = _Stage(usable, given_countries, neighbours or {})
    chosen_weights = weights or WEIGHTS
    w = np.array([chosen_weights[n] for n in FEATURES])
    p = stage.probabilities(stage.fixed @ w)
    for _ in range(ROUNDS):
        p = stage.probabilities(stage.features(p) @ w)
    best: dict[int, Place] = {}
    senses = [s for g in usable for s in g.senses]
    for i in np.lexsort((np.arange(len(p)), -p, stage.group)):
        best.setdefault(int(stage.group[i]), senses[i])
    picked = iter(best[g] for g in range(len(usable)))
    return [next(picked) if g.senses else None for g in groups]
