"""``maoc diagnostics``: a file for whoever mends the program, without anything of the record in it."""

from __future__ import annotations

from pathlib import Path

import click

from maoc_tui.cli.answers import answer, database_path, db_option, given, json_option


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write it to; the data folder.")
@json_option
@db_option
def command(out: Path | None, as_json: bool, db: str | None) -> None:
    """Write how the program stands into a file: versions, settings, counts in classes, faults; no case data."""
    from maoc_tui.desk import diagnostics, signing_in
    from maoc_tui.desk.room import Room
    from maoc_tui.settings import data_folder, load

    settings, path = load(), database_path(db)

    def open_room() -> Room:
        asked, read_only = given("as_login") or "", bool(given("read_only"))
        return signing_in.open_room(path, settings=settings, asked=asked, read_only=read_only)

    told = diagnostics.bundle(open_room, path, settings, data_folder())
    folder = out or data_folder()
    if out is None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = diagnostics.write(told, folder)
    said = f"{written}: read it before you pass it on. It holds no name, position, text or number of a case."
    answer(as_json, {"file": str(written), "diagnostics": told}, said)
