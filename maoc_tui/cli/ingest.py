"""``maoc ingest``: traffic from files into the record, with counts that add up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.stopping import stopping


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_name", help="Read as this format instead of recognising it.")
@db_option
@json_option
def command(files: tuple[Path, ...], format_name: str | None, db: str | None, as_json: bool) -> None:
    """Read AIS and aircraft traffic from FILES (NMEA, CSV, JSON, SBS; recognised by content; - is a pipe).

    Every record read is accepted, rejected or a duplicate. Rejects go to a file beside the database,
    each with line, field and reason. Reading a file twice adds nothing.
    """
    from maoc_tui.desk.ingest import ingest

    with room(db, create=True) as opened, stopping() as stop:
        result = ingest(
            opened, viewer(opened), files, format_name, progress=_progress(as_json), cancelled=stop.is_set
        )
    answer(as_json, result.as_json(), result.text())
    if stop.is_set():
        raise SystemExit(130)
    if result.problems:
        raise SystemExit(min(problem.status for _, problem in result.problems))


def _progress(as_json: bool):  # type: ignore[no-untyped-def]
    """A line on a terminal that grows with the work; nothing when the output goes elsewhere."""
    if as_json or not sys.stderr.isatty():
        return None

    from maoc_tui.domain.text import printable

    def show(name: str, done: int, size: int, read: int) -> None:
        share = f"{done / size:4.0%}" if size else "   "
        end = "\n" if done >= size else "\r"
        click.echo(f"\x1b[2K{share} {printable(name, 50)} {read:,} records", err=True, nl=False)
        click.echo(end, err=True, nl=False)

    return show
