"""``maoc brief grid`` and ``maoc brief ask``: lines by recipients, and asking the originators of what is held back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.brief_grid import Grid

_SIGNS = {"in": "●", "in part": "◐", "out": "○", "ask": "?", "asked": "…", "may be released": "!"}
_LEGEND = "● in  ◐ in part  ○ out  ? its originator can be asked  … asked  ! may be released"
_DATE = click.option("--date", default="", metavar="DAY", help="The day; today when not given.")
_NAME = click.option(
    "--of", "name", default="", metavar="NAME", help="A version that was kept, such as BR-2022-348."
)


@click.command()
@click.option("--for", "partners", multiple=True, metavar="XX", help="A recipient; may be given again.")
@_DATE
@_NAME
@json_option
@db_option
def grid(partners: tuple[str, ...], date: str, name: str, as_json: bool, db: str | None) -> None:
    """Show what becomes of each line of your own copy in the copy of each recipient.

    Without --for: all recipients, or yourself where the others are not yours to see.
    """
    with room(db) as here:
        from maoc_tui.desk import brief_grid

        made = brief_grid.grid(here, viewer(here), partners, date, name=name)
        answer(as_json, _value(made), lambda: _shown(made))


def _value(made: Grid) -> dict[str, Any]:
    from maoc_tui.brief.record_form import iso

    def cells(line: Any) -> dict[str, Any]:
        pairs = zip(made.recipients, line.cells, strict=True)
        return {code: {"state": str(cell.mark), "why": cell.why} for code, cell in pairs}

    sections = [
        {
            "title": title,
            "lines": [
                {
                    "key": line.key, "ref": line.ref, "text": line.text, "marking": line.marking,
                    "originators": list(line.owners), "cells": cells(line),
                }
                for line in lines
            ],
        }
        for title, lines in made.sections
    ]  # fmt: skip
    return {
        "name": made.name, "kept": made.kept, "as_of": iso(made.as_of_ms), "recipients": list(made.recipients),
        "sections": sections,
    }  # fmt: skip


def _shown(made: Grid) -> str:
    rows = [
        {"line": line.key, **{code: _SIGNS[cell.mark] for code, cell in zip(made.recipients, line.cells, strict=True)}}
        for line in made.lines
    ]  # fmt: skip
    return "\n".join((table(rows, ("line", *made.recipients)), _LEGEND)) if rows else "There is no line."


@click.command()
@click.argument("line")
@click.option("--for", "partner", required=True, metavar="XX", help="The recipient who should have it.")
@click.option("--reason", required=True, help="Why the recipient needs it; its originators read this.")
@click.option("--due", default="", help="When the answer is due; in 24 hours when not given.")
@click.option("--wording", multiple=True, metavar="ID=TEXT", help="The wording proposed for a statement.")
@_DATE
@_NAME
@json_option
@db_option
def ask(
    line: str,
    partner: str,
    reason: str,
    due: str,
    wording: tuple[str, ...],
    date: str,
    name: str,
    as_json: bool,
    db: str | None,
) -> None:
    """Ask the originators of what keeps LINE (T-0417, targets/T-0417) out of a recipient's copy."""
    from maoc_tui.cli.release import _pair

    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import brief_asking

        now = here.clock.now_ms()
        given = {"name": name, "date": date, "due": due, "wordings": dict(map(_pair, wording))}
        made = brief_asking.ask(here, viewer(here), line, partner, reason, **given)
        said = "Asked: " + ", ".join(f"{one.ref} {one.originator}" for one in made) + "."
        answer(as_json, [say.request(one, now) for one in made], said)


COMMANDS = (grid, ask)
