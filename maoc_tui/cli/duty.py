"""``maoc duty``: who stands which post, and where nobody does."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer


@click.group(name="duty")
def command() -> None:
    """List, add and cancel duties; holes are shown."""


@command.command("list")
@click.option("--from", "since", default="", metavar="DTG", help="From then; now when not given.")
@click.option("--until", default="", metavar="DTG", help="Until then; a week when not given.")
@json_option
@db_option
def list_(since: str, until: str, as_json: bool, db: str | None) -> None:
    """The roster of a span with its holes: each post that is owed and nobody stands."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import roster

        found = roster.roster(here, viewer(here), since, until)
        answer(as_json, liaison_json.roster(found), lambda: liaison_text.roster(found))


@command.command(context_settings={"ignore_unknown_options": True})
@click.argument("officer")
@click.argument("since", metavar="FROM")
@click.option("--until", default="", metavar="DTG", help="When it ends.")
@click.option("--for", "hours", default="", metavar="LENGTH", help="How long it lasts: 8h, 12h, 7d.")
@click.option("--post", default="watch", help="watch or on-call.")
@click.option("--note", default="", help="Anything the next one should know.")
@json_option
@db_option
def add(officer: str, since: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Put an officer on a post from a time, until another or for a length."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import roster

        line = roster.add(here, viewer(here), officer, since, **given)
        answer(as_json, liaison_json.duty(line), lambda: liaison_text.duty(line))


@command.command()
@click.argument("ref")
@click.option("--reason", required=True, help="Why.")
@json_option
@db_option
def cancel(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Take a duty off the roster; REF is its id in the list. It stays in the record."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import roster

        line = roster.cancel(here, viewer(here), ref, reason)
        answer(as_json, liaison_json.duty(line), lambda: f"cancelled: {liaison_text.duty(line)}")
