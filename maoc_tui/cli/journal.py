"""``maoc journal``: read who did what, prove that nothing in it was changed, sign it for witnesses."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.journal_proof import Verified


@click.group(name="journal")
def command() -> None:
    """Who did, saw and passed on what, when and why; and proof that it is whole."""


@command.command("list")
@click.option("--limit", default=50, show_default=True, help="How many, the newest first.")
@click.option("--action", default="", metavar="ACTION", help="Only this: consult, alter, release ...")
@click.option("--who", default="", metavar="NAME", help="Only acts of this officer.")
@click.option("--ref", default="", metavar="REF", help="Only acts on this: T-0417, R-0012.")
@click.option("--since", default="", metavar="DTG", help="Only since then.")
@json_option
@db_option
def list_(as_json: bool, db: str | None, since: str, **chosen: Any) -> None:
    """The entries you may read, newest first."""
    with room(db) as here:
        from maoc_tui.desk import journal
        from maoc_tui.desk.target_words import time_of

        since_ms = time_of(since, here.clock) if since else 0
        lines = journal.entries(here, viewer(here), since_ms=since_ms, **chosen)
    rows = [asdict(line) | {"at": f"{line.at:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"} for line in lines]
    shown = ("seq", "at", "who", "partner", "action", "kind", "ref", "owner", "recipient", "reason", "detail")
    answer(as_json, rows, lambda: table(rows, shown) if rows else "No entry you may read.")


@command.command()
@click.option("--anchor", default="", metavar="SHORT", help="A short form kept outside: '18204 · 7f3a-91c2'.")
@click.option(
    "--key", type=click.Path(path_type=Path), help="The public key kept outside; no other signature counts."
)
@json_option
@db_option
def verify(anchor: str, key: Path | None, as_json: bool, db: str | None) -> None:
    """Prove that nothing was changed, taken out, exchanged or, with an anchor, cut off. Status 1 when not."""
    with room(db) as here:
        from maoc_tui.desk import journal_proof

        found = journal_proof.verify(here, viewer(here), anchor=anchor, key_file=key)
    answer(as_json, asdict(found), lambda: _told(found, bool(anchor)))
    if not found.ok:
        raise SystemExit(1)


def _told(found: Verified, anchored: bool) -> str:
    if not found.ok:
        if found.first_broken:
            return (
                f"Broken at entry {found.first_broken}: {found.why}. {found.entries} entries before it hold."
            )
        if found.altered or found.altered_hidden:
            return f"The journal holds ({found.entries} entries); {found.why}."
        return f"Not guarded: {found.why}. {found.entries} entries before it hold."
    lines = [
        f"{found.entries} entries hold; {found.checkpoints} checkpoints, {found.unsigned} not signed yet."
    ]
    if len(found.keys) > 1:
        lines.append(f"They were signed with {len(found.keys)} keys: ask why the key was changed.")
    if not anchored:
        lines.append("Whether its end was cut off shows only against an anchor from outside: --anchor SHORT.")
    return "\n".join(lines)


@command.command()
@json_option
@db_option
def checkpoint(as_json: bool, db: str | None) -> None:
    """Sign the journal as it stands and print the short form to keep outside."""
    with room(db) as here:
        from maoc_tui.desk import journal_proof

        made = journal_proof.checkpoint(here, viewer(here))
    value = asdict(made) | {"at": f"{made.at:%Y-%m-%dT%H:%M:%SZ}"}
    answer(as_json, value, made.short)


@command.command()
@json_option
@db_option
def key(as_json: bool, db: str | None) -> None:
    """Print the public key that proves checkpoints; keep it outside."""
    with room(db) as here:
        from maoc_tui.desk import journal_proof

        pem = journal_proof.public_key(here, viewer(here))
    answer(as_json, {"public_key": pem}, pem.rstrip())
