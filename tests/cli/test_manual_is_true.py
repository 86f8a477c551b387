"""The manual names every command of the command line, and no option that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from maoc_tui.cli import maoc

DOCS = Path(__file__).resolve().parents[2] / "maoc_tui" / "docs"
CHAPTERS = sorted(DOCS.glob("*.md"))


def leaves(command=maoc, path=()):
    """Every command with the words that call it."""
    if isinstance(command, click.Group) and path != ():
        yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from leaves(command.get_command(click.Context(command), name), (*path, name))
    else:
        yield path, command


LEAVES = list(leaves())
OPTIONS = {
    name
    for _, command in [((), maoc), *LEAVES]
    for option in command.params
    for name in (*option.opts, *option.secondary_opts)
}


def paragraphs():
    """Every paragraph of the manual, in one line each."""
    for chapter in CHAPTERS:
        for paragraph in re.split(r"\n\s*\n|```", chapter.read_text(encoding="utf-8")):
            yield " ".join(paragraph.split())


def is_told(path):
    """Whether a paragraph names the command, or names its group and then the command alone."""
    whole, group = rf"\bmaoc {' '.join(path)}\b", rf"\bmaoc {path[0]}\b"
    word = rf"(?<![\w-]){path[-1]}(?![\w-])"
    return any(
        re.search(whole, told) or (len(path) > 1 and re.search(group, told) and re.search(word, told))
        for told in paragraphs()
    )


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_option_a_chapter_names_is_there(chapter):
    text = re.sub(r"`python [^`]*`", "", chapter.read_text(encoding="utf-8"))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
    assert named - {"--help"} <= OPTIONS


@pytest.mark.parametrize("path", [path for path, _ in LEAVES], ids=" ".join)
def test_every_command_is_in_the_manual(path):
    assert is_told(path)


def test_a_command_that_is_not_there_would_be_missed():
    assert not is_told(("target", "obliterate"))
    assert not is_told(("obliterate",))
