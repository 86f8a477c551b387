"""``maoc assign``: which partner is what to a target or operation. The Centre asks, the partner answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import F, answer, db_option, json_option, room, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import Assigned


@click.group(name="assign")
def command() -> None:
    """Offer, accept, decline, relieve assignments of partners to targets and operations; one lead at a time."""


def _said(made: Assigned, as_json: bool) -> None:
    from maoc_tui.cli import liaison_json, liaison_text

    answer(as_json, liaison_json.assigned(made), lambda: liaison_text.assigned(made))


@command.command("list")
@click.argument("ref", required=False, default="")
@click.option("--partner", default="", help="Only of this partner.")
@click.option("--past", is_flag=True, help="What was declined and relieved too.")
@json_option
@db_option
def list_(ref: str, partner: str, past: bool, as_json: bool, db: str | None) -> None:
    """Assignments with their history; of one target (T-0417) or operation (OP-0031) when REF is given."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import assignments

        lines = assignments.assignments(here, viewer(here), ref, partner, past=past)
        answer(
            as_json,
            [liaison_json.assignment(line) for line in lines],
            lambda: liaison_text.assignments(lines),
        )


@command.command()
@json_option
@db_option
def board(as_json: bool, db: str | None) -> None:
    """Open targets by partners: who leads, who is on it, which have no lead for too long."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import assignments

        found = assignments.board(here, viewer(here))
        answer(as_json, liaison_json.board(found), lambda: liaison_text.board(found))


def _of_one(function: F) -> F:
    """Arguments of an answer: the target, the partner, the role when it has several."""
    for option in (
        click.option("--role", default="", help="Which role, when the partner has several."),
        click.argument("partner"),
        click.argument("ref"),
    ):
        function = option(function)
    return function


@command.command()
@click.argument("ref")
@click.argument("partner")
@click.argument("role")
@click.option("--officer", default="", help="One of its officers, by name or id.")
@click.option("--reason", default="", help="Why them.")
@json_option
@db_option
def offer(ref: str, partner: str, role: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Ask a partner to be LEAD, SUPPORT, ASSET_PROVIDER, FLAG_CONTACT, ORIGINATOR or INFORMED."""
    with room(db) as here:
        from maoc_tui.desk import assignments

        _said(assignments.offer(here, viewer(here), ref, partner, role, **given), as_json)


def _answered(
    name: str, as_json: bool, db: str | None, ref: str, partner: str, given: dict[str, Any]
) -> None:
    with room(db) as here:
        from maoc_tui.desk import assignments

        act: Callable[..., Assigned] = getattr(assignments, name)
        _said(act(here, viewer(here), ref, partner, **given), as_json)


@command.command()
@_of_one
@click.option("--officer", default="", help="Which of its officers takes it.")
@click.option("--reason", default="", help="Who said so and how, when you answer for the partner.")
@json_option
@db_option
def accept(ref: str, partner: str, as_json: bool, db: str | None, **given: Any) -> None:
    """The partner says yes. A new lead relieves the one before."""
    _answered("accept", as_json, db, ref, partner, given)


@command.command()
@_of_one
@click.option(
    "--reason", required=True, help="Why not; who said so and how, when you answer for the partner."
)
@json_option
@db_option
def decline(ref: str, partner: str, as_json: bool, db: str | None, **given: Any) -> None:
    """The partner says no; the offer stays in the record."""
    _answered("decline", as_json, db, ref, partner, given)


@command.command()
@_of_one
@click.option("--officer", default="", help="Which of its officers is at work.")
@click.option("--reason", default="", help="What it does.")
@json_option
@db_option
def begin(ref: str, partner: str, as_json: bool, db: str | None, **given: Any) -> None:
    """The partner is at work on it."""
    _answered("begin", as_json, db, ref, partner, given)


@command.command()
@click.argument("ref")
@click.argument("partner", required=False, default="")
@click.option("--role", default="", help="Which role, when the partner has several.")
@click.option("--reason", required=True, help="Why.")
@json_option
@db_option
def relieve(ref: str, partner: str, as_json: bool, db: str | None, **given: Any) -> None:
    """End an assignment, or take an offer back; without PARTNER the note that no lead is agreed."""
    _answered("relieve", as_json, db, ref, partner, given)


@command.command("lead-not-agreed")
@click.argument("ref")
@click.option("--reason", required=True, help="Why no lead is agreed.")
@json_option
@db_option
def lead_not_agreed(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Record that no lead is agreed on a target; it stands until one accepts."""
    with room(db) as here:
        from maoc_tui.desk import assignments

        _said(assignments.lead_not_agreed(here, viewer(here), ref, reason), as_json)
