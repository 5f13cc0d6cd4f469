"""The documents are complete, their links lead somewhere, and their code runs."""

from __future__ import annotations

import dataclasses
import json
import re
import runpy
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

from onrecord import records as R
from onrecord.cli import main
from onrecord.records import values
from onrecord.records.codec import Among, field_types, optional, strip

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FOLDERS = [path for folder in ("docs", "examples") for path in (ROOT / folder).rglob("*.md")]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *FOLDERS])
SOURCE = sorted((ROOT / "src" / "onrecord").rglob("*.py"))
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
NOTES = (ROOT / "docs" / "notes.md").read_text(encoding="utf-8")
RECORDS = [c for c in (getattr(R, name) for name in R.__all__) if isinstance(c, type) and dataclasses.is_dataclass(c)]
VOCABULARIES = {
    name: words
    for name, words in vars(values).items()
    if name.isupper() and isinstance(words, tuple) and name != "ALL_MODES"
}


def sections(page: str) -> dict[str, str]:
    """Heading -> what stands below it, down to the next heading."""
    parts = re.split(r"^#+ (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def coded(text: str) -> set[str]:
    """Every word in backticks."""
    return {word for span in re.findall(r"`([^`\n]+)`", text) for word in span.split()}


def words_of(annotation: Any) -> Iterator[str]:
    """The closed vocabulary of a field, whatever it is wrapped in."""
    annotation, marks = strip(annotation)
    for mark in marks:
        if isinstance(mark, Among):
            yield from mark.words
    inner, may_be_null = optional(annotation)
    if may_be_null:
        yield from words_of(inner)
    for argument in getattr(annotation, "__args__", ()):
        if argument is not Ellipsis and not isinstance(argument, str):
            yield from words_of(argument)


@pytest.mark.parametrize("record", RECORDS, ids=lambda c: c.__name__)
def test_every_field_stands_in_the_records_own_section(record: Any) -> None:
    below = sections(CODEBOOK)
    assert record.__name__ in below, "a record without a section"
    missing = {f.name for f in dataclasses.fields(record)} - coded(below[record.__name__])
    assert missing == set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda c: c.__name__)
def test_every_value_of_a_field_stands_in_the_codebook(record: Any) -> None:
    known = coded(CODEBOOK)
    for name, annotation in field_types(record).items():
        assert set(words_of(annotation)) - known == set(), name


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_vocabulary_stands_in_the_codebook(name: str) -> None:
    assert set(VOCABULARIES[name]) - coded(CODEBOOK) == set()


def test_every_mode_stands_beside_its_event_type() -> None:
    for kind, modes in values.MODES.items():
        row = next(line for line in CODEBOOK.splitlines() if line.startswith(f"| `{kind}` |"))
        assert set(modes) == coded(row.split("|")[-2]), kind


def test_every_code_that_the_source_knows_is_explained() -> None:
    known = {code for p in SOURCE for code in re.findall(r"\bOR-[A-Z]\d\d\b", p.read_text(encoding="utf-8"))}
    assert known, "the pattern finds nothing"
    assert known == set(re.findall(r"`(OR-[A-Z]\d\d)`", NOTES))


def test_every_document_can_be_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        if page.name != "index.md":
            assert f"({page.relative_to(ROOT / 'docs').as_posix()})" in index


def anchors(page: Path) -> set[str]:
    """What a heading's link looks like: lower case, hyphens for spaces, no punctuation."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_no_marker_stands_in_the_readme() -> None:
    assert "TODO" not in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "TODO" not in (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[list[str]]:
    """The commands of a page's console blocks, as words."""
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    return [shlex.split(line[2:], comments=True) for line in lines if line.startswith("$ ")]


def follow(words: list[str]) -> str:
    """Do what a line of a page says: `onrecord …` or `echo …`, perhaps into a file."""
    words, into = (words[:-2], words[-1]) if words[-2:-1] == [">"] else (words, None)
    if words[0] == "echo":
        output = " ".join(words[1:]) + "\n"
    else:
        assert words[0] == "onrecord", words
        result = CliRunner().invoke(main, words[1:], env={"COLUMNS": "100"})
        assert result.exit_code == 0, (words, result.output)
        output = result.stdout
    if into:
        Path(into).write_text(output, encoding="utf-8")
    return output


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/notes.md"])
def test_commands_and_code_run_in_order(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is followed from top to bottom in an empty folder beside the examples, with a ledger of its own."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "default.sqlite"))
    key = ""
    for words in commands(ROOT / name):
        output = follow([word.replace("KEY", key) for word in words])
        key = key or next(iter(re.findall(r"\b([0-9a-f]{12}):[a-z]\d", output)), "")
    space: dict[str, Any] = {}
    for block in blocks(ROOT / name, "python"):
        exec(compile(block, name, "exec"), space)


def test_commands_in_the_documents_exist() -> None:
    for page in PAGES:
        for words in (line[1:] for line in commands(page) if line[0] == "onrecord"):
            group: click.Command = main
            context = click.Context(main)
            for word in words:
                if not isinstance(group, click.Group) or word.startswith("-"):
                    break
                found = group.get_command(context, word)
                assert found is not None, (page.name, words)
                group = found


def test_the_demo_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)  # so that the demo's own change of folder is undone
    monkeypatch.setenv("ONRECORD_LEDGER", "")
    monkeypatch.setenv("COLUMNS", "90")
    demo = runpy.run_path(str(ROOT / "examples" / "demo.py"))
    ledger = tmp_path / "demo" / "ledger.sqlite"
    demo["demo"].__globals__["LEDGER"] = ledger
    demo["demo"]()
    printed = capsys.readouterr().out
    assert ledger.exists()
    assert max(map(len, printed.splitlines())) <= 90
    for view in ("timeline", "figures", "positions", "sources"):
        assert f"onrecord show {view}" in printed


def test_the_example_reports_are_well_formed() -> None:
    for line in (ROOT / "examples" / "reports" / "02_two_short.jsonl").read_text(encoding="utf-8").splitlines():
        assert {"id", "title", "published", "publisher", "text"} <= set(json.loads(line))
