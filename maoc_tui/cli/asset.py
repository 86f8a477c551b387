"""``maoc asset``: what partners may send, whether it is free, and who was asked for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.asset_json import row_json, sheet_json, task_json
from maoc_tui.cli.marking_options import chosen_marking, marking_options
from maoc_tui.cli.text_options import text_options

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import AssetRow, AssetSheet, TaskLine


@click.group(name="asset")
def command() -> None:
    """Ships, aircraft and teams: list, enter, keep current, ask for and answer."""


@command.command("list")
@json_option
@db_option
def list_(as_json: bool, db: str | None) -> None:
    """Every asset you may see, those whose availability is unknown first."""
    with room(db) as here:
        from maoc_tui.desk import assets

        rows = [row_json(row) for row in assets.assets(here, viewer(here))]
        columns = ("ref", "name", "kind", "owner", "availability", "as_of", "ready_min", "position", "task")
        answer(as_json, rows, lambda: table([_flat(row) for row in rows], columns))


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """One asset with everything told of it and its taskings."""
    with room(db) as here:
        from maoc_tui.desk import assets

        sheet = assets.sheet(here, viewer(here), ref)
        answer(as_json, sheet_json(sheet), lambda: _sheet_text(sheet))


_figures = text_options(
    (
        ("--base", "", "Port or airfield."),
        ("--base-position", "POSITION", "Where that is."),
        ("--cruise", "KN", "Cruising speed."),
        ("--max", "KN", "Highest speed; the cruising speed when not given."),
        ("--endurance", "36h", "Hours at cruising speed, full."),
        ("--range", "NM", "Whole way at cruising speed, full."),
        ("--team", "yes|no", "Carries a boarding team."),
        ("--sea-limit", "'Bft 5'", "The most sea it works in, or a height such as 2.5 m."),
        ("--daylight", "yes|no", "Works by day only."),
    )
)
"""The options that say what an asset can do."""


@command.command()
@click.argument("name")
@click.argument("kind")
@click.option(
    "--owner", metavar="XX", default="", help="The State or partner that owns it; yours when not given."
)
@_figures
@marking_options
@json_option
@db_option
def add(name: str, kind: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Enter an asset. KIND is ship, aircraft, helicopter, team or drone."""
    with room(db) as here:
        from maoc_tui.desk import assets
        from maoc_tui.desk.asset_snapshots import NewAsset

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        _say(assets.add(here, who, NewAsset(name, kind, **given)), as_json)


@command.command()
@click.argument("ref")
@_figures
@marking_options
@json_option
@db_option
def change(ref: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Say anew what an asset can do; what is left out stays as it was."""
    with room(db) as here:
        from maoc_tui.desk import assets

        who = viewer(here)
        marking = chosen_marking(given, who.partner)
        _say(assets.change(here, who, ref, marking=marking, **given), as_json)


@command.command()
@click.argument("ref")
@click.option(
    "--availability", metavar="WORD", default="", help="available, on-task, maintenance or unknown."
)
@click.option("--as-of", metavar="TIME", default="", help="When it was so; now when not given.")
@click.option("--until", metavar="TIME", default="", help="When it stops to count: a time, or 6h.")
@click.option("--ready", metavar="45m", default="", help="From the order to leaving.")
@click.option("--position", default="", help="Where it is.")
@click.option("--course", metavar="DEG", default="", help="Its course, degrees true.")
@click.option("--speed", metavar="KN", default="", help="Its speed.")
@click.option("--fuel", metavar="30h", default="", help="Hours of fuel left at cruising speed.")
@click.option("--at-base", is_flag=True, help="It lies at its base.")
@click.option("--text", default="", help="Anything else that was told.")
@marking_options
@json_option
@db_option
def report(ref: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record what was told of an asset: whether it is free and until when, where it is, its fuel."""
    with room(db) as here:
        from maoc_tui.desk import assets

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        _say(assets.report(here, who, ref, **given), as_json)


@command.command()
@click.argument("ref")
@click.argument("operation")
@click.argument("words")
@click.option("--target", metavar="REF", default="", help="Which target of the operation.")
@click.option("--at", metavar="TIME", default="", help="When it was asked; now when not given.")
@marking_options
@json_option
@db_option
def task(ref: str, operation: str, words: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record that asset REF was asked for OPERATION, and in which WORDS. Nothing is sent."""
    with room(db) as here:
        from maoc_tui.desk import tasking

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        _say_task(tasking.ask(here, who, ref, operation, words, **given), as_json)


@command.command("answer")
@click.argument("ref")
@click.argument("act")
@click.option("--at", metavar="TIME", default="", help="When it happened; now when not given.")
@click.option("--who", default="", help="Name and post of who answered.")
@click.option("--channel", default="", help="By which channel.")
@click.option("--text", default="", help="Why, or anything else that was said.")
@json_option
@db_option
def answer_(ref: str, act: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record what became of tasking REF, for the State that owns the asset.

    ACT is acknowledged, accepted, declined, on-task or off-task; withdrawn is for who asked.
    """
    with room(db) as here:
        from maoc_tui.desk import tasking

        _say_task(tasking.record(here, viewer(here), ref, act, **given), as_json)


@command.command()
@click.option("--operation", metavar="REF", default="", help="Of one operation.")
@click.option("--asset", metavar="REF", default="", help="Of one asset.")
@click.option("--past", is_flag=True, help="Declined, ended and withdrawn ones too.")
@json_option
@db_option
def tasks(as_json: bool, db: str | None, **given: Any) -> None:
    """Who was asked for what, those that wait for an answer first."""
    with room(db) as here:
        from maoc_tui.desk import tasking

        rows = [task_json(one) for one in tasking.taskings(here, viewer(here), **given)]
        columns = ("ref", "operation", "asset", "name", "owner", "state", "asked", "words")
        answer(as_json, rows, lambda: table(rows, columns))


def _say(row: AssetRow, as_json: bool) -> None:
    from maoc_tui.domain.text import printable

    value = row_json(row)
    words = f"{row.ref} {row.name} ({row.owner} {row.kind}): {row.availability}"
    answer(as_json, value, lambda: printable(words, 400))


def _say_task(task: TaskLine, as_json: bool) -> None:
    from maoc_tui.domain.text import printable

    words = f"{task.ref} {task.asset} {task.asset_name} for {task.operation}: {task.state}"
    answer(as_json, task_json(task), lambda: printable(words, 400))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row for the table on paper."""
    where = row["position"]["text"] if row["position"] else None
    task = f"{row['task']['operation']} {row['task']['state']}" if row["task"] else None
    said = row["availability"] if row["availability"] == row["said"] or not row["said"] else None
    return {
        **row, "position": where, "task": task,
        "availability": said or f"{row['availability']} (was {row['said']})",
    }  # fmt: skip


def _sheet_text(sheet: AssetSheet) -> str:
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.text import printable
    from maoc_tui.domain.times import format_dtg

    row = sheet.row
    lines = [f"{row.ref} {row.name} ({row.owner} {row.kind}): {row.availability}"]
    lines += [f"  can   {one.text}" for one in sheet.profiles[:1]]
    lines += [
        f"  {format_dtg(from_ms(one.as_of_ms))} {one.text} ({one.by or 'not told'})" for one in sheet.reports
    ]
    for task in sheet.tasks:
        lines.append(f"  {task.ref} {task.operation} {task.state}: {task.words}")
    lines.append(f"  on task {sheet.hours_on_task:.1f} h in all")
    return "\n".join(printable(line, 400) for line in lines)
