"""``maoc undo`` and ``maoc redo``: take one's own acts back, and do them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.undo import Step

_number = click.option(
    "--act", "number", type=click.IntRange(1), help="Which one, by its number; the last if not given."
)


@click.command()
@click.option(
    "--list", "listed", is_flag=True, help="Your acts that can be undone, or were, the newest first."
)
@_number
@json_option
@db_option
def command(listed: bool, number: int | None, as_json: bool, db: str | None) -> None:
    """Undo your last act, or one of the list. Releases, approvals and log lines stay, and say what to do instead."""
    with room(db) as here:
        from maoc_tui.desk import undo

        if listed:
            found = [_json(one) for one in undo.steps(here, viewer(here))]
            answer(as_json, found, lambda: table(found, ("number", "state", "at", "act")))
            return
        _said(undo.undo(here, viewer(here), number), as_json)


@click.command()
@_number
@json_option
@db_option
def redo(number: int | None, as_json: bool, db: str | None) -> None:
    """Do again what you undid last, or one of the list."""
    with room(db) as here:
        from maoc_tui.desk import undo

        _said(undo.redo(here, viewer(here), number), as_json)


def _said(one: Step, as_json: bool) -> None:
    from maoc_tui.domain.text import printable

    answer(
        as_json, _json(one), f"{'Done again' if one.stands else 'Undone'}: {printable(one.sentence, 400)}."
    )


def _json(one: Step) -> dict[str, Any]:
    from maoc_tui.domain.clock import from_ms

    return {
        "number": one.number,
        "act": one.sentence,
        "state": "done" if one.stands else "undone",
        "at": f"{from_ms(one.at_ms):%Y-%m-%dT%H:%M:%SZ}",
    }
