"""``maoc op``: the boarding team, its check-in, conditions, force, nil results, and the proof of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli import op_json
from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationSheet


@click.command()
@click.argument("ref")
@click.argument("name")
@click.option("--text", default="", help="Who is in it, from which ship.")
@json_option
@db_option
def team(ref: str, name: str, text: str, as_json: bool, db: str | None) -> None:
    """Name the boarding team."""
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.team(here, viewer(here), ref, name, text), as_json)


@click.command()
@click.argument("ref")
@click.argument("what", metavar="set|ok|end")
@click.argument("team", default="")
@click.option("--every", "minutes", type=int, default=0, help="Minutes between two; 15 when not given.")
@click.option("--at", metavar="TIME", default="", help="When the team was heard; now when not given.")
@click.option("--text", default="", help="What it said.")
@json_option
@db_option
def checkin(
    ref: str, what: str, team: str, minutes: int, at: str, text: str, as_json: bool, db: str | None
) -> None:
    """Set a TEAM's check-in, record that it is well, or end it. Overdue shows among the clocks and rings."""
    with room(db) as here:
        from maoc_tui.desk import operation_check_ins as desk
        from maoc_tui.problems import BadInput

        who = viewer(here)
        if what == "set":
            say(desk.check_in_every(here, who, ref, team, minutes, at=at), as_json)
        elif what in ("ok", "end"):
            act = desk.ops_normal if what == "ok" else desk.end
            say(act(here, who, ref, team, at=at, text=text), as_json)
        else:
            raise BadInput(f"{what[:20]!r} is nothing a check-in does.", "Say set, ok or end.")


@click.command()
@click.argument("ref")
@json_option
@db_option
def conditions(ref: str, as_json: bool, db: str | None) -> None:
    """Take note of every condition of the consents in force."""
    with room(db) as here:
        from maoc_tui.desk import operation_decisions

        say(operation_decisions.take_note(here, viewer(here), ref), as_json)


@click.command()
@click.argument("ref")
@click.argument("kind", metavar="warning-shot|disabling-fire")
@click.option("--ordered-by", required=True, help="Who ordered it.")
@click.option("--warnings", required=True, help="What warnings came before; none is said.")
@click.option("--rounds", required=True, help="Rounds fired.")
@click.option("--injuries", required=True, help="Injuries and damage; none is said.")
@click.option("--flag-told", required=True, help="When and how the flag State was told; not yet is said.")
@click.option("--right", default="", help="Under which rules.")
@click.option("--at", metavar="TIME", default="", help="When; now when not given.")
@json_option
@db_option
def force(ref: str, kind: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Report a use of force. Nothing may be left out."""
    with room(db) as here:
        from maoc_tui.desk import operation_decisions

        say(operation_decisions.force(here, viewer(here), ref, kind, **given), as_json)


@click.command()
@click.argument("ref")
@click.argument("what", metavar="seizure|persons")
@click.option("--text", default="", help="How that is known.")
@json_option
@db_option
def nil(ref: str, what: str, text: str, as_json: bool, db: str | None) -> None:
    """Record that there was no seizure, or that no persons were concerned."""
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.nil(here, viewer(here), ref, what, text), as_json)


@click.command()
@click.argument("ref")
@json_option
@db_option
def prove(ref: str, as_json: bool, db: str | None) -> None:
    """Compare each line of the log with what the journal holds of it; exit status 1 when one differs."""
    with room(db) as here:
        from maoc_tui.desk import operation_proof

        found = operation_proof.prove(here, viewer(here), ref)
    value = {"ok": not found.broken, "lines": found.lines, "broken": list(found.broken)}
    said = f"{found.lines} lines say what was entered."
    if found.broken:
        said = f"{len(found.broken)} of {found.lines} lines do not say what was entered: {', '.join(found.broken)}"
    answer(as_json, value, said)
    if found.broken:
        raise SystemExit(1)


def say(found: OperationSheet, as_json: bool) -> None:
    """Answer with an operation as it stands."""
    from maoc_tui.domain.text import printable

    value = op_json.sheet(found)
    answer(as_json, value, lambda: "\n".join(_indented(text, printable) for text in op_json.told(found)))


def _indented(text: str, printable: Any) -> str:
    return " " * (len(text) - len(text.lstrip(" "))) + str(printable(text, 2400))


COMMANDS = (team, checkin, conditions, force, nil, prove)
