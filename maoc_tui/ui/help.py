"""Help made from the table of commands, and the manual shown as it is written."""

from __future__ import annotations

import re
from pathlib import Path

from maoc_tui.commands import COMMANDS, PLACES, SIGHT, TARGETS, Command, commands_of, key_text, keys_of
from maoc_tui.domain.query_fields import FIELDS, Field
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui.lines import Line

_DOCS = Path(__file__).resolve().parent.parent / "docs"
_KEYS_WIDTH = 16
_PICTURE = re.compile(r"!\[(.*)\]\((.*)\)")
"""A picture of a chapter: what it shows, and its file."""


def help_lines(places: tuple[str, ...], rebound: dict[str, str]) -> list[Line]:
    """Every key that works in these places, then every word for the ``:`` line."""
    lines: list[Line] = []
    for place in places:
        here = [c for c in commands_of(place) if keys_of(c, rebound)]
        if here:
            lines += [((PLACES[place], "title"),), *(_key_line(c, rebound) for c in here), ((" ", "text"),)]
    lines.append((("After a colon ( : )", "title"),))
    lines += [_word_line(command) for command in COMMANDS if command.word]
    if {SIGHT, TARGETS} & set(places):
        lines += [((" ", "text"),), (("In a filter ( / )", "title"),), *map(_field_line, FIELDS)]
    lines += [((" ", "text"),), (("Typing: letters act in lists only, never while a line is open.", "dim"),)]
    return lines


def _key_line(command: Command, rebound: dict[str, str]) -> Line:
    keys = key_text(keys_of(command, rebound))
    return ((f"  {keys:<{_KEYS_WIDTH}}", "mark"), (command.help, "text"))


def _word_line(command: Command) -> Line:
    left = f"{command.word} {command.argument}".strip()
    return ((f"  {left:<{_KEYS_WIDTH + 4}}", "mark"), (command.help, "text"))


def _field_line(field: Field) -> Line:
    names = ", ".join((field.name, *field.aliases))
    return ((f"  {names:<{_KEYS_WIDTH + 4}} ", "mark"), (f"{field.help}: ", "text"), (field.example, "dim"))


def keys_chapter() -> str:
    """The manual's chapter on keys; docs/keys.md holds exactly this."""
    return (
        "# Keys and commands\n\nMade from the program's own table of commands. The last column is the name to use "
        "under [keys] in\nsettings.toml to give a command other keys.\n\n" + key_table()
    )


def key_table(rebound: dict[str, str] | None = None) -> str:
    """The manual's table of keys, as Markdown."""
    rows = ["| Where | Key | Does | Name |", "|---|---|---|---|"]
    for place, title in PLACES.items():
        for command in commands_of(place):
            if keys := keys_of(command, rebound or {}):
                rows.append(f"| {title} | `{key_text(keys)}` | {command.help} | {command.id} |")
    rows += ["", "| After `:` | Does |", "|---|---|"]
    for command in COMMANDS:
        if command.word:
            rows.append(f"| `{command.word} {command.argument}`".rstrip(" `") + f"` | {command.help} |")
    return "\n".join(rows) + "\n"


def chapters() -> dict[str, Path]:
    """The manual's chapters by name."""
    return {path.stem: path for path in sorted(_DOCS.glob("*.md"))}


def chapter_lines(name: str) -> list[Line]:
    """One chapter as lines; raises BadInput naming the chapters there are."""
    known = chapters()
    if name not in known:
        listed = ", ".join(known)
        raise BadInput(f"The manual has no chapter {printable(name, 40)!r}.", f"Chapters: {listed}.")
    return [_manual_line(line) for line in known[name].read_text(encoding="utf-8").splitlines()]


def _manual_line(line: str) -> Line:
    text = printable_line(line)
    if shown := _PICTURE.fullmatch(text):
        return (("Picture: ", "dim"), (shown[1], "text"), (f" (maoc_tui/docs/{shown[2]})", "dim"))
    if line.startswith("#"):
        return ((text.lstrip("# "), "title"),)
    if line.startswith(("    ", "```", "|")):
        return ((text, "dim" if line.startswith("```") else "mark"),)
    return ((text or " ", "text"),)


def printable_line(line: str) -> str:
    """A line made printable with its indentation kept."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + printable(line, 4000)
