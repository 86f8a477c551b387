"""``maoc init`` and ``maoc doctor``: make the database, and say how it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from maoc_tui.cli.answers import answer, database_path, db_option, json_option, room

if TYPE_CHECKING:
    from maoc_tui.desk.admin import Finding
    from maoc_tui.settings import Settings


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
    from maoc_tui.settings import kept

    settings = kept()
    with room(db, settings=settings) as opened:
        findings = (*admin.examine(opened), *_of_files(settings))
    value = {
        "db": str(database_path(db, settings)),
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


def _of_files(settings: Settings) -> tuple[Finding, ...]:
    """What cannot be understood in the user's own files, a finding each; one that says so where all can."""
    from maoc_tui.desk.admin import Finding
    from maoc_tui.domain.text import printable
    from maoc_tui.settings import settings_file
    from maoc_tui.ui import dashboards, keys
    from maoc_tui.user_files import of_keys

    _, refused = keys.kept(settings.keys)
    arranged, unread = dashboards.load_all()
    chosen = dashboards.of_choice(settings.dashboard, arranged)
    faults = (*settings.faults, *of_keys(settings_file(), refused), *chosen, *unread)
    if not faults:
        return (Finding("own files", True, "settings, keys and dashboards can be read."),)
    way_out = "Mend that; until then everything else of the file counts."
    return tuple(Finding("own files", False, printable(f"{fault}.", 600), way_out) for fault in faults)
