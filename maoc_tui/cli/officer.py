"""``maoc officer``: the directory of liaison officers and Centre staff, and how each is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import OfficerLine


@click.group(name="officer")
def command() -> None:
    """List, add and end officers; keep and verify their channels. OFFICER is a name, a part of it, or an id."""


def _said(line: OfficerLine, as_json: bool) -> None:
    from maoc_tui.cli import liaison_json, liaison_text

    answer(as_json, liaison_json.officer(line), lambda: liaison_text.officer(line))


@command.command("list")
@click.option("--partner", default="", help="Only officers of this partner.")
@click.option("--past", is_flag=True, help="Those whose posting has ended too.")
@json_option
@db_option
def list_(partner: str, past: bool, as_json: bool, db: str | None) -> None:
    """Officers posted now, with channels in the order to try them and when each last worked."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import officers

        lines = officers.officers(here, viewer(here), partner, past=past)
        answer(as_json, [liaison_json.officer(line) for line in lines], lambda: liaison_text.officers(lines))


@command.command()
@click.argument("partner")
@click.argument("name")
@click.option(
    "--function", "functions", default="liaison", help="liaison, watch, coordinator ...; parted by commas."
)
@click.option("--agency", default="", help="Service at home.")
@click.option(
    "--from", "since", default="", metavar="DAY", help="First day of the posting; today when not given."
)
@click.option("--until", default="", metavar="DAY", help="Last day of the posting.")
@click.option("--note", default="", help="Anything else.")
@json_option
@db_option
def add(partner: str, name: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record an officer of a partner; MAOC is the Centre's own staff."""
    with room(db) as here:
        from maoc_tui.desk import officers

        _said(officers.add(here, viewer(here), partner, name, **given), as_json)


@command.command()
@click.argument("officer")
@click.option("--on", default="", metavar="DAY", help="Last day; today when not given.")
@click.option("--reason", required=True, help="Why.")
@json_option
@db_option
def end(officer: str, on: str, reason: str, as_json: bool, db: str | None) -> None:
    """Date the end of a posting; the officer stays in the record."""
    with room(db) as here:
        from maoc_tui.desk import officers

        _said(officers.end(here, viewer(here), officer, reason, on=on), as_json)


@command.command()
@click.argument("officer")
@click.argument("kind")
@click.argument("address")
@click.option("--note", default="", help="When, whom to ask for.")
@click.option("--verified", is_flag=True, help="It was found to work just now.")
@json_option
@db_option
def channel(officer: str, kind: str, address: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Add a way to reach an officer: siena, secure, duty-phone, phone, email, radio."""
    with room(db) as here:
        from maoc_tui.desk import channels

        _said(channels.add(here, viewer(here), officer, kind, address, **given), as_json)


@command.command()
@click.argument("officer")
@click.argument("place", type=int, default=1)
@click.option("--at", default="", metavar="DTG", help="When it was tried; now when not given.")
@json_option
@db_option
def verify(officer: str, place: int, at: str, as_json: bool, db: str | None) -> None:
    """Note that an officer's channel (1 is the first) was found to work."""
    with room(db) as here:
        from maoc_tui.desk import channels

        _said(channels.verify(here, viewer(here), officer, place, at=at), as_json)


@command.command()
@click.argument("officer")
@click.argument("place", type=int)
@click.argument("to", type=int)
@json_option
@db_option
def move(officer: str, place: int, to: int, as_json: bool, db: str | None) -> None:
    """Put a channel into another place of the order."""
    with room(db) as here:
        from maoc_tui.desk import channels

        _said(channels.move(here, viewer(here), officer, place, to), as_json)


@command.command()
@click.argument("officer")
@click.argument("place", type=int)
@click.option("--reason", required=True, help="Why.")
@json_option
@db_option
def retire(officer: str, place: int, reason: str, as_json: bool, db: str | None) -> None:
    """Take a channel out of use; it stays in the record."""
    with room(db) as here:
        from maoc_tui.desk import channels

        _said(channels.retire(here, viewer(here), officer, place, reason), as_json)
