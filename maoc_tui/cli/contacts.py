"""``maoc contacts`` and ``maoc events``: the live picture and the zone changes, as the screen shows them."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

_SHOWN = ("contact", "name", "class", "flag", "position", "at", "sog", "cog", "zone", "target")


@click.command()
@click.option("--filter", "text", default="", help="As on the screen: flag:VE,CO type:sail age<6h zone:HS")
@click.option(
    "--limit", type=click.IntRange(min=0), default=200, show_default=True, help="Rows at most; 0 for all."
)
@db_option
@json_option
def command(text: str, limit: int, db: str | None, as_json: bool) -> None:
    """The last fix of every contact, newest first."""
    from maoc_tui.desk import listing

    with room(db) as opened:
        found = listing.contacts(opened, viewer(opened), text, limit)
    counts = {"total": found.total, "matched": found.matched, "shown": len(found.rows)}
    value = {**counts, "zones": found.dataset, "contacts": found.rows}
    said = f"{found.matched:,} of {found.total:,} contacts"
    if len(found.rows) < found.matched:
        said += f", the newest {len(found.rows):,} shown"
    answer(as_json, value, lambda: _text(found.rows, _SHOWN, said))


@click.command()
@click.option(
    "--limit", type=click.IntRange(min=0), default=50, show_default=True, help="Events at most; 0 for all."
)
@click.option("--since", default="", help="Only events from this time on, such as 140300Z.")
@db_option
@json_option
def events(limit: int, since: str, db: str | None, as_json: bool) -> None:
    """Zone entries and exits, the newest in time of passage, oldest first."""
    from maoc_tui.desk import listing

    with room(db) as opened:
        rows = listing.events(opened, viewer(opened), limit, since)
    answer(
        as_json,
        {"events": rows},
        lambda: _text(rows, ("at", "name", "contact", "left", "entered", "position"), ""),
    )


def _text(rows: list[dict[str, Any]], columns: tuple[str, ...], last: str) -> str:
    return "\n".join(part for part in (table(rows, columns), last) if part)
