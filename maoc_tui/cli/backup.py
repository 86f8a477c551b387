"""``maoc backup`` and ``maoc restore``: a copy that is known to be whole, and a record made of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.passphrase import passphrase, passphrase_options


@click.group(name="backup")
def command() -> None:
    """Copy the record while it is in use, prove a copy."""


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
@db_option
def make(folder: Path, as_json: bool, db: str | None) -> None:
    """Copy the record into FOLDER, prove the copy, and write down beside it what it holds."""
    from maoc_tui.desk import backup

    with room(db) as here:
        copy, made = backup.make(here, viewer(here), folder)
    told = f"{copy}: {made.total} rows in {len(made.rows)} tables, proved. Its journal ends at {made.anchor}."
    answer(as_json, {"copy": str(copy), **_value(made)}, told)


@command.command()
@click.argument("copy", type=click.Path(path_type=Path))
@click.option("--login", default="", help="Who opens it, where it is encrypted.")
@passphrase_options
@json_option
def verify(copy: Path, login: str, passphrase_stdin: bool, passphrase_fd: int | None, as_json: bool) -> None:
    """Compare every row of a COPY with what was written down when it was made; status 1 where it differs."""
    from maoc_tui.desk import backup

    said = _passphrase(copy, login, passphrase_stdin, passphrase_fd)
    made, faulty = backup.verify(copy, login, said)
    told = "as it was made" if not faulty else "NOT as it was made: " + "; ".join(faulty)
    answer(
        as_json,
        {"copy": str(copy), "ok": not faulty, "differs": list(faulty), **_value(made)},
        f"{copy}: {made.total} rows in {len(made.rows)} tables, {told}.",
    )
    if faulty:
        raise SystemExit(1)


@click.command()
@click.argument("copy", type=click.Path(path_type=Path))
@click.argument("target", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--login", default="", help="Who opens it, where it is encrypted.")
@passphrase_options
@json_option
def restore(
    copy: Path, target: Path, login: str, passphrase_stdin: bool, passphrase_fd: int | None, as_json: bool
) -> None:
    """Make a record of a COPY under the NEW name, compared row by row; nothing is written over."""
    from maoc_tui.desk import backup

    said = _passphrase(copy, login, passphrase_stdin, passphrase_fd)
    made = backup.restore(copy, target, login, said)
    told = f"{target}: {made.total} rows in {len(made.rows)} tables, equal to the copy."
    answer(as_json, {"db": str(target), **_value(made)}, told)


def _passphrase(copy: Path, login: str, from_stdin: bool, fd: int | None) -> str:
    from maoc_tui.desk import backup

    return passphrase(f"Passphrase of {login}", from_stdin, fd) if backup.locked(copy) and login else ""


def _value(made: Any) -> dict[str, Any]:
    from maoc_tui.cli.release_json import iso

    return {
        "made": iso(made.made_ms), "program": made.program, "schema": made.schema, "encrypted": made.encrypted,
        "rows": dict(made.rows), "total": made.total,
        "journal": {"entries": made.entries, "tip": made.tip, "anchor": made.anchor},
    }  # fmt: skip
