"""``maoc op``: operations from nomination to outcome, with what each step asks for."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli import op_aboard, op_json
from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options
from maoc_tui.cli.op_aboard import say


@click.group(name="op")
def command() -> None:
    """Open operations, step them on, record who decided and on what basis, run check-ins."""


@command.command("list")
@click.option("--past", is_flag=True, help="Closed ones too.")
@json_option
@db_option
def list_(past: bool, as_json: bool, db: str | None) -> None:
    """Operations by state, with the next action, its owner and how much is missing."""
    with room(db) as here:
        from maoc_tui.desk import operations

        rows = [op_json.row(one) for one in operations.operations(here, viewer(here), past=past)]
        columns = ("ref", "name", "state", "missing", "next", "owner")
        answer(as_json, rows, lambda: table(rows, columns) if rows else "No operation is open.")


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """One operation: targets, States, what is missing and who fills it, conditions in force, timeline."""
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.opened(here, viewer(here), ref), as_json)


@command.command("open")
@click.argument("name")
@click.argument("targets", nargs=-1)
@marking_options
@json_option
@db_option
def open_(name: str, targets: tuple[str, ...], as_json: bool, db: str | None, **given: Any) -> None:
    """Nominate an operation called NAME on TARGETS: maoc op open "LOBO MARINHO" T-0003."""
    with room(db) as here:
        from maoc_tui.desk import operations

        who = viewer(here)
        marking = chosen_marking(given, who.partner)
        say(operations.open_operation(here, who, name, " ".join(targets), marking=marking), as_json)


@command.command()
@click.argument("ref")
@click.argument("to")
@click.option("--at", metavar="TIME", default="", help="When it was so; now when not given.")
@click.option("--outcome", default="", help="How it ended; with the step to closed.")
@click.option(
    "--override", multiple=True, metavar="GUARD", help="Pass this guard; coordinator, with a reason."
)
@click.option("--reason", default="", help="Why; needed for going back and for overriding.")
@json_option
@db_option
def step(ref: str, to: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Step an operation TO planned, approved, under-way, boarded, concluded or closed, or back.

    A step that is refused says what is missing and who fills it.
    """
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.step(here, viewer(here), ref, to, **given), as_json)


@command.command()
@click.argument("ref")
@click.option("--who", required=True, help="Who decided, by name and post.")
@click.option("--authority", required=True, help="Which authority.")
@click.option("--right", required=True, help="By what right.")
@click.option(
    "--told", "told_at", metavar="TIME", default="", help="When it was told here; now when not given."
)
@click.option("--decision", default="approved", help="approved or refused.")
@click.option("--state", metavar="XX", default="", help="Whose decision; your own State's, or the lead's.")
@click.option("--text", default="", help="Reference and limits.")
@json_option
@db_option
def decide(ref: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record a national decision. Without one that approves, no interception is approved."""
    with room(db) as here:
        from maoc_tui.desk import operation_decisions

        say(operation_decisions.decide(here, viewer(here), ref, **given), as_json)


@command.command()
@click.argument("ref")
@click.argument("which")
@click.argument("code")
@click.option("--source", required=True, help="Who says so.")
@click.option("--at", metavar="TIME", default="", help="Since when; now when not given.")
@json_option
@db_option
def field(ref: str, which: str, code: str, source: str, at: str, as_json: bool, db: str | None) -> None:
    """Say WHICH State is the lead, seizing, flag, coastal, destination or prosecuting one.

    CODE is two letters, such as ES; for a lead that is not agreed: none.
    """
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.set_state_field(here, viewer(here), ref, which, code, source, at=at), as_json)


@command.command()
@click.argument("ref")
@click.argument("rule")
@click.option("--text", default="", help="Authority and reference.")
@json_option
@db_option
def basis(ref: str, rule: str, text: str, as_json: bool, db: str | None) -> None:
    """Record the legal basis of the boarding by its RULE (maoc law --table); none takes it back."""
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.basis(here, viewer(here), ref, rule, text), as_json)


@command.command()
@click.argument("ref")
@click.argument("word", metavar="go|no-go")
@click.argument("reason")
@json_option
@db_option
def go(ref: str, word: str, reason: str, as_json: bool, db: str | None) -> None:
    """Say go as the second person, or no-go, with the REASON."""
    with room(db) as here:
        from maoc_tui.desk import operation_decisions

        say(operation_decisions.go(here, viewer(here), ref, word, reason), as_json)


@command.command()
@click.argument("ref")
@click.argument("about", metavar="TARGET")
@click.option("--drop", is_flag=True, help="Drop it from the operation; needs a reason.")
@click.option("--reason", default="", help="Why.")
@json_option
@db_option
def target(ref: str, about: str, drop: bool, reason: str, as_json: bool, db: str | None) -> None:
    """Add a TARGET to an operation, or drop one."""
    with room(db) as here:
        from maoc_tui.desk import operations

        say(operations.target(here, viewer(here), ref, about, drop=drop, reason=reason), as_json)


for _one in op_aboard.COMMANDS:
    command.add_command(_one)
