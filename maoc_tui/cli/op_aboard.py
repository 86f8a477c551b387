"""``maoc op``: the boarding team, its check-in, conditions, force, nil results, and the proof of the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli import op_json
from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.operation_proof import LogProof
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
    """Compare lines, acts and check-ins with what the journal holds; exit status 1 when one differs or is gone."""
    with room(db) as here:
        from maoc_tui.desk import operation_proof

        found = operation_proof.prove(here, viewer(here), ref)
    value = {
        "ok": found.whole,
        "lines": found.lines,
        "broken": list(found.broken),
        "gone": list(found.gone),
        "hidden": found.hidden,
        "acts": found.acts,
        "acts_broken": list(found.acts_broken),
        "acts_gone": found.acts_gone,
        "older": found.older,
    }
    answer(as_json, value, "\n".join(_proved(found)))
    if not found.whole:
        raise SystemExit(1)


def _proved(found: LogProof) -> Iterator[str]:
    if found.whole:
        yield f"{found.lines} lines and {found.acts - found.older} acts say what was entered; nothing is gone."
    if found.broken:
        yield f"{len(found.broken)} of {found.lines} lines do not say what was entered: {', '.join(found.broken)}"
    if found.gone:
        yield f"{len(found.gone)} lines were entered and are gone: {', '.join(found.gone)}"
    if found.hidden:
        yield f"{found.hidden} lines that are not shown to you were changed or are gone."
    if found.acts_broken:
        yield f"{len(found.acts_broken)} acts do not say what was entered: {', '.join(found.acts_broken)}"
    if found.acts_gone:
        yield f"{found.acts_gone} acts were entered and are gone."
    if found.older:
        yield f"{found.older} acts were entered before their digests were kept; they cannot be proved."


def say(found: OperationSheet, as_json: bool) -> None:
    """Answer with an operation as it stands."""
    from maoc_tui.domain.text import printable

    value = op_json.sheet(found)
    answer(as_json, value, lambda: "\n".join(_indented(text, printable) for text in op_json.told(found)))


def _indented(text: str, printable: Any) -> str:
    return " " * (len(text) - len(text.lstrip(" "))) + str(printable(text, 2400))


COMMANDS = (team, checkin, conditions, force, nil, prove)
