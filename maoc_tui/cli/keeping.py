"""``maoc init`` and ``maoc doctor``: make the database, and say how it is."""

from __future__ import annotations

import click

from maoc_tui.cli.answers import answer, database_path, db_option, json_option, room


@click.command()
@db_option
@json_option
def init(db: str | None, as_json: bool) -> None:
    """Create the database where --db, MAOC_DB, the settings or the data folder say."""
    path = database_path(db)
    existed = path.exists()
    with room(db, create=True) as opened:
        path = opened.db.path
    said = "was there already and is in order" if existed else "created"
    answer(as_json, {"db": str(path), "created": not existed}, f"{path}: {said}.")


@click.command()
@db_option
@json_option
def doctor(db: str | None, as_json: bool) -> None:
    """Check the database and the program's own data, one line each."""
    from maoc_tui.desk import admin

    with room(db) as opened:
        findings = admin.examine(opened)
    value = {
        "db": str(database_path(db)),
        "ok": all(f.ok for f in findings),
        "checks": [{"name": f.name, "ok": f.ok, "text": f.text, "way_out": f.way_out} for f in findings],
    }
    lines = [
        f"{'ok  ' if f.ok else 'LOOK'}  {f.name}: {f.text}" + (f" {f.way_out}" if f.way_out else "")
        for f in findings
    ]
    answer(as_json, value, "\n".join(lines))
    if not value["ok"]:
        raise SystemExit(1)
