"""The manual's pictures: of the program as it is, small, and all of them shown; README leads both readers."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from maoc_tui.app import MaocApp
from maoc_tui.cli.pictures import FOLDER, SCREENS, SIZE
from maoc_tui.commands import EVERYWHERE, commands_of, key_text
from maoc_tui.ui.picture import CELL, LINE, svg

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
_ON_WATCH = {"coordinator": "watch", "help": "watch"}


def lines(text):
    """The lines of a picture as text, blanks where nothing stands."""
    found = [" " * SIZE[0]] * SIZE[1]
    for line in ET.fromstring(text).iter(f"{SVG}text"):
        row = [" "] * SIZE[0]
        for part in line:
            at = round(float(part.get("x")) / CELL)
            row[at : at + len(part.text)] = part.text
        found[(int(line.get("y")) - 13) // LINE] = "".join(row)
    return found


def test_a_picture_holds_what_the_screen_shows():
    bold = Style(color="#ff0000", bgcolor="#0000ff", bold=True)
    strips = [Strip([Segment("a <b> "), Segment("&c", bold)]), Strip([Segment("déjà ▲ ")])]
    drawn = svg(strips, "x & y", "#000000")
    assert [line[:8].rstrip() for line in lines(drawn)[:2]] == ["a <b> &c", "déjà ▲"]
    assert ET.fromstring(drawn).find(f"{SVG}title").text == "x & y"
    assert "{fill:#ff0000;font-weight:bold}" in drawn
    assert 'width="16.8" height="17" fill="#0000ff"' in drawn


def test_pictures_are_those_of_the_manual_and_small():
    files = sorted(FOLDER.glob("*"))
    assert [path.stem for path in files] == sorted(SCREENS)
    assert sum(path.stat().st_size for path in files) < 1_500_000


@pytest.mark.parametrize("name", SCREENS)
def test_a_picture_is_of_the_program_as_it_is(name):
    """Its bottom bar offers the present keys of that screen, its top bar the demo."""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    shown = lines(text)
    assert SCREENS[name][0] in text
    assert "DEMO" in shown[0]
    if name == "help":
        assert any("Esc closes" in line for line in shown)
        return
    screen = MaocApp.MODES[_ON_WATCH.get(name, name)]()
    offered = sorted(
        (c for c in commands_of(*screen.PLACES[:1], EVERYWHERE) if c.bar and c.keys), key=lambda c: c.bar
    )
    for command in offered[:2]:
        wanted = f"{key_text(command.keys.split(',')[0])} {command.title}"
        assert wanted in shown[-1], f"python -m maoc_tui.cli.pictures; {wanted!r} is not in the bar"


@pytest.mark.parametrize("file", ["README.md", "maoc_tui/docs/screens.md"])
def test_every_picture_and_file_that_is_named_is_there(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#:]+)\)", text)
    assert any(name.endswith("pictures/watch.svg") for name in named)
    assert not [name for name in named if not (ROOT / file).parent.joinpath(name).is_file()]
    if "docs" in file:
        assert {Path(name).stem for name in named if name.endswith(".svg")} == set(SCREENS)


def test_readme_begins_with_the_two_commands_and_names_only_what_there_is():
    import click

    from maoc_tui.cli import maoc

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```sh\n(.*?)```", text, re.S)[:2]
    assert first.strip().endswith(".venv/bin/maoc demo")
    assert second.strip().endswith(".venv-test/bin/python -m pytest")
    for line in re.findall(r"(?:^|`)maoc ([a-z][^`\n#]*)", text, re.M):
        command, context = maoc, click.Context(maoc)
        for word in line.split():
            if not isinstance(command, click.Group) or not word.isalpha():
                break
            command = command.get_command(context, word)
            assert command is not None, line
