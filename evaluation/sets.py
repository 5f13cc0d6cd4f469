"""The sets that the gate scores: where each lies and how the reader is scored on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation import components, scoring
from evaluation.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaluation.matching import Table
    from onrecord.api import ReaderLike

CORPUS = Path(__file__).resolve().parent / "corpus"
KEPT = CORPUS / "kept.jsonl"
LEARN = CORPUS / "learn.jsonl"
ROOMS_BESIDE = ("report", "places", "talks", "agreements")
"""Rooms that `scoring` has no row for: the gate takes them from `components`."""


@dataclass(frozen=True, slots=True)
class ScoredSet:
    """A set by name: the files it needs, and what scores it.

    Relative files lie in the folder of the public data; `score` takes all the files, found, and the reader.
    """

    name: str
    title: str
    files: tuple[Path, ...]
    score: Callable[[tuple[Path, ...], ReaderLike], Table]

    def located(self, data: Path | None) -> tuple[Path, ...] | None:
        """The set's files, or None when any of them is not there."""
        found = tuple(f if f.is_absolute() else (data / f if data else f) for f in self.files)
        missing = any(not f.exists() for f in found) or (data is None and any(not f.is_absolute() for f in self.files))
        return None if missing else found


def coded(files: tuple[Path, ...], reader: ReaderLike) -> Table:
    """Reports coded by the codebook: the fields of `scoring`, then the rooms that it has no row for."""
    readings = read_file(files[0], reader)
    return scoring.score(readings) | components.score(readings, ROOMS_BESIDE)


def traced(files: tuple[Path, ...], reader: ReaderLike) -> Table:
    """Reports coded by the codebook: the fields of `scoring`, then every component's own."""
    readings = read_file(files[0], reader)
    return scoring.score(readings) | components.score(readings)


def _polnear(files: tuple[Path, ...], reader: ReaderLike) -> Table:
    from evaluation.attributions import polnear

    return polnear(files[0], files[1], reader)


def _scu(files: tuple[Path, ...], reader: ReaderLike) -> Table:
    from evaluation.attributions import scu

    return scu(files[0], reader)


def _names(files: tuple[Path, ...], _reader: ReaderLike) -> Table:
    from evaluation.public import names

    return names(files[0])


def _sentences(files: tuple[Path, ...], _reader: ReaderLike) -> Table:
    from evaluation.public import sentences

    return sentences(files[0])


def _timex(files: tuple[Path, ...], reader: ReaderLike) -> Table:
    from evaluation.public import timex

    return timex(files[0], reader)


def _places(files: tuple[Path, ...], _reader: ReaderLike) -> Table:
    from evaluation.public import places

    return places(files[0])


def _tolls(files: tuple[Path, ...], _reader: ReaderLike) -> Table:
    from evaluation.public import tolls

    return tolls(files[0])


LEARN_SET = ScoredSet("learn", "our invented reports, to learn and tune on", (LEARN,), traced)
"""Scored only when asked for; it has no floors."""

SETS: tuple[ScoredSet, ...] = (
    ScoredSet("kept", "our invented reports, kept for the gate", (KEPT,), coded),
    ScoredSet("gold", "real reports coded by the codebook, dev", (Path("gold_reports/dev.jsonl"),), coded),
    ScoredSet(
        "polnear",
        "PolNeAR dev: attribution",
        (Path("attribution/cofenet_bio/polnear_valid.jsonl"), Path("attribution/polnear/dev.jsonl")),
        _polnear,
    ),
    ScoredSet("scu", "SCU dev: kinds of sources", (Path("attribution/scu_journ_sourcing/dev.jsonl"),), _scu),
    ScoredSet("names", "Worldwide newswire dev: names", (Path("ner/en_worldwide_newswire/dev.jsonl"),), _names),
    ScoredSet("sentences", "GUM dev: sentences of prose", (Path("ud/english_gum/en_gum-ud-dev.conllu"),), _sentences),
    ScoredSet("timebank", "TimeBank: time expressions", (Path("time/tempeval3/train_timebank.jsonl"),), _timex),
    ScoredSet("lgl", "LGL: places, spans given", (Path("place/lgl/lgl.jsonl"),), _places),
    ScoredSet("geovirus", "GeoVirus: places, spans given", (Path("place/geovirus/geovirus.jsonl"),), _places),
    ScoredSet("isaf", "ISAF releases: tolls, not tuned on", (Path("events/isaf_press_releases/dev.jsonl"),), _tolls),
)
