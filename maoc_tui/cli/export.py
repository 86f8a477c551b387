"""``maoc export``: a list of the record as a file for other programs, through the gate."""

from __future__ import annotations

from pathlib import Path

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer


@click.command(name="export")
@click.argument("what")
@click.option("--format", "form", default="csv", show_default=True, help="csv, json, geojson, kml or gpx.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A folder to write the file into; printed when not given."
)
@json_option
@db_option
def command(what: str, form: str, out: Path | None, as_json: bool, db: str | None) -> None:
    """Take WHAT out as you see it: contacts, targets, assets, requests, operations or seizures.

    Each row carries the marking of everything it tells. Nothing in it can become a formula; no file is written over.
    """
    with room(db) as here:
        from maoc_tui.desk import exporting

        made = exporting.export(here, viewer(here), what, "json" if as_json and out is None else form)
        if out is None:
            click.echo(made.data, nl=False)
        else:
            path = exporting.save(made, out)
            value = {"file": str(path), "rows": made.rows, "unreadable": list(made.unreadable)}
            answer(as_json, value, f"{path}: {made.rows} rows")
        for one in made.unreadable:
            click.echo(f"Not in it, it could not be read: {one}", err=True)
