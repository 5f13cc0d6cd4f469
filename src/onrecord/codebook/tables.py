"""The package's two tables into look-ups: who an alias is, what sector a role belongs to.

`actors.tsv` is general knowledge (who Hamas is, which country the Kremlin speaks for) and comes
after what the report itself says; `role_words.tsv` reads the words of descriptions.  Both are
checked when loaded and kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent

SECTORS = frozenset(
    "GOV MIL LEG JUD COP SPY PTY REB PRM UAF OPP CVL JRN MED AGR BUS CRM EDU ELI LAB REF PRE REL SOC UNK".split()
)
KINDS = frozenset("person organization state group media".split())
INTERNATIONAL = frozenset("UNO IGO NGO EUR IMG".split())
_COUNTRY = re.compile(r"[A-Z]{3}")
_GENERIC = frozenset(
    "officer official commander fighter force forces leader leadership chief head member source authority authorities "
    "council movement figure spokesman spokeswoman spokesperson spokesmen spokespeople group supporter organization "
    "organisation service team unit committee coalition director deputy adviser advisor".split()
)
"""Heads that say less than the word before them: "rebel commander", "hospital spokesman", "intelligence officer"."""
_NO_PLURAL = frozenset("police people media press staff public military intelligence troops forces".split())


class TableError(ValueError):
    """A table of the package breaks its own rules."""


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One row of the actor table; `sector` is None for international bodies."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    sector: str | None


def _key(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("‘", "'").replace(".", "")
    plain = re.sub(r"[\s\-\u2010-\u2015]+", " ", plain).strip()
    return re.sub(r"^[Tt]he ", "", plain)


def _is_short(key: str) -> bool:
    """Capitals tell these apart from words ("WHO", "IS", "CARE"): they match as written."""
    return key.isupper() and len(key) <= 5


def _rows(path: Path, width: int) -> list[tuple[int, list[str]]]:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise TableError(f"{path.name}:{number}: {len(cells)} cells, not {width}")
        found.append((number, cells))
    return found


def load_actors(path: Path = HERE / "actors.tsv") -> dict[str, KnownActor]:
    """Look-up key → actor; raises `TableError` on a bad value or on an alias that two rows claim."""
    table: dict[str, KnownActor] = {}
    for number, (names, kind, country, sector) in _rows(path, 4):
        aliases = tuple(names.split("|"))
        if kind not in KINDS or not _COUNTRY.fullmatch(country) or (sector and sector not in SECTORS) or "" in aliases:
            raise TableError(f"{path.name}:{number}: bad kind, country, sector or empty alias")
        if not sector and country not in INTERNATIONAL:
            raise TableError(f"{path.name}:{number}: only international bodies have no sector")
        actor = KnownActor(aliases[0], aliases, kind, country, sector or None)
        for alias in aliases:
            key = _key(alias)
            key = key if _is_short(key) else key.lower()
            if table.setdefault(key, actor) is not actor:
                raise TableError(f"{path.name}:{number}: {alias!r} is also an alias of {table[key].name!r}")
    return table


def plural_of(word: str) -> str:
    """The regular plural of a word or of a phrase's last word: "spy chief" → "spy chiefs"."""
    if word in _NO_PLURAL or word.endswith("men") or (word.endswith("s") and not word.endswith(("ss", "us"))):
        return word
    if word.endswith("man") and word not in {"human", "german"}:
        return word[:-2] + "en"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def load_roles(path: Path = HERE / "role_words.tsv") -> dict[str, str | None]:
    """Role word or phrase, singular or plural → sector or None; raises `TableError` on a bad or doubled one."""
    table: dict[str, str | None] = {}
    for number, (sector, words) in _rows(path, 2):
        if sector and sector not in SECTORS:
            raise TableError(f"{path.name}:{number}: no sector {sector!r}")
        for word in words.split("|"):
            if not word or word != word.lower() or word in table:
                raise TableError(f"{path.name}:{number}: {word!r} is empty, not lower case or a repetition")
            table[word] = sector or None
    for word, value in list(table.items()):
        table.setdefault(plural_of(word), value)
    return table


@lru_cache(maxsize=1)
def _actors() -> dict[str, KnownActor]:
    return load_actors()


@lru_cache(maxsize=1)
def _roles() -> dict[str, str | None]:
    return load_roles()


def actor_by_alias(name: str) -> KnownActor | None:
    """The known actor of a name as the report writes it; accents, hyphens, full stops and "the" do not matter.

    Case does not either, except that a name needs a capital and short capitals ("IS", "WHO") need all theirs.
    """
    key = _key(name)
    if _is_short(key) and key in _actors():
        return _actors()[key]
    found = _actors().get(key.lower())
    if found and not any(c.isupper() for c in name) and name not in found.aliases:
        return None  # "labour", "dawn": the common word, not the name
    return found


def known_role(word: str) -> bool:
    """Is the word or phrase in the role table (perhaps with no sector: "spokesman")?"""
    return _role_key(word) is not None


def sector_of_role(word: str) -> str | None:
    """The sector of a head noun, title or description: the longest ending that the table knows decides.

    "former president" → ELI, "spokesman" → None, "Houthi rebels" → REB; None also for unknown words.  A head that
    says little gives way to the word before it: "army spokesman" → MIL, "rebel commander" → REB.
    """
    key = _role_key(word)
    return _roles()[key] if key is not None else None


def _role_key(word: str) -> str | None:
    words = " ".join(word.lower().replace("’", "'").split()).split(" ")
    if words and words[0].startswith("ex-") and words[0] not in _roles():
        words = ["ex", words[0][3:], *words[1:]]
    if words and words[0] in {"former", "ex", "ousted", "deposed"} and len(words) > 1:
        rest = " ".join(words[1:])
        return "former" if rest in _roles() and _roles()[rest] in {"GOV", "LEG", "MIL"} else _longest_end(words[1:])
    return _longest_end(words)


def _longest_end(words: list[str]) -> str | None:
    for i in range(len(words)):
        ending = " ".join(words[i:])
        if ending in _roles():
            nearer = _longest_end(words[:i]) if i and ending in _generic() and words[i - 1] != "deputy" else None
            return nearer if nearer is not None and _says_more(_roles()[nearer], _roles()[ending]) else ending
    return None


def _says_more(nearer: str | None, head: str | None) -> bool:
    """Does the modifier's sector replace the head's?  "Civilian leader" is a leader, "government forces" are forces."""
    return nearer is not None and nearer != "CVL" and not (nearer == "GOV" and head is not None)


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return _GENERIC | {plural_of(w) for w in _GENERIC}
