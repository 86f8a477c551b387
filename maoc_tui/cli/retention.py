"""``maoc retention``: what is kept of persons, by when it must be looked at, what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.retention import Item


@click.group(name="retention")
def command() -> None:
    """Review dates of what is kept of persons. Nothing is erased by these commands."""


def _row(one: Item) -> dict[str, Any]:
    return {
        "ref": one.ref, "id": one.statement, "what": one.what, "originator": one.originator, "rule": one.rule.id,
        "days": one.rule.days, "review_by": str(one.review_by), "due": one.due, "decided": one.decided or None,
        "source": one.rule.source, "verification": one.rule.check,
    }  # fmt: skip


@command.command("list")
@click.option("--dry-run", "dry", is_flag=True, help="Only what would be reviewed or erased today.")
@json_option
@db_option
def list_(dry: bool, as_json: bool, db: str | None) -> None:
    """Everything kept of persons, the first to be looked at first."""
    with room(db) as here:
        from maoc_tui.desk import retention

        rows = [_row(one) for one in retention.items(here, viewer(here), due=dry)]
    shown = ("ref", "what", "originator", "rule", "review_by", "due", "decided", "id")
    text = "Nothing is to be looked at." if dry else "Nothing is kept of persons."
    answer(as_json, rows, lambda: table(rows, shown) if rows else text)


@command.command()
@click.argument("ref")
@click.argument("decision", type=click.Choice(["keep", "erase"]))
@click.option("--reason", required=True, help="Why.")
@click.option("--until", default="", metavar="DAY", help="For keep: 2027-01-31.")
@click.option(
    "--id", "statement", default="", metavar="ID", help="A fact of the target, instead of the whole."
)
@json_option
@db_option
def review(ref: str, decision: str, as_json: bool, db: str | None, **given: str) -> None:
    """Record that REF was looked at and what was decided; erase marks it, and erases nothing."""
    with room(db) as here:
        from maoc_tui.desk import retention

        row = _row(retention.review(here, viewer(here), ref, decision, given.pop("reason"), **given))
    answer(as_json, row, f"{row['ref']}, {row['what']}: {row['decided']}.")
