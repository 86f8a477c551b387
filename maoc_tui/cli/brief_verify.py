"""``maoc brief verify``: an approved brief rendered again from its frozen copies, held against the hashes approved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.brief_proof import Proof


@click.command()
@click.argument("name")
@click.option("--for", "partners", multiple=True, metavar="XX", help="A recipient; may be given again.")
@json_option
@db_option
def verify(name: str, partners: tuple[str, ...], as_json: bool, db: str | None) -> None:
    """Render approved brief NAME again and compare every file with the hash approved. Status 1 when changed."""
    with room(db) as here:
        from maoc_tui.desk import brief_proof

        found = brief_proof.prove(here, viewer(here), name, partners)
    answer(as_json, _value(found), lambda: _told(found))
    if not found.ok:
        raise SystemExit(1)


def _value(found: Proof) -> dict[str, Any]:
    files = [
        {"recipient": one.recipient, "format": one.form, "verdict": one.verdict.value, "why": one.why or None}
        for one in found.files
    ]
    kept = {"copies": found.copies.value, "manifest": found.listed.value}
    return {"ok": found.ok, "name": found.name, **kept, "files": files}


def _told(found: Proof) -> str:
    """A row for each recipient, verdict and reason, with the forms it is of."""
    forms: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in found.files:
        forms[one.recipient, one.verdict.value, one.why].append(one.form)
    rows = [
        {"recipient": who, "verdict": verdict, "forms": " ".join(of), "why": why}
        for (who, verdict, why), of in forms.items()
    ]
    held = "is as it was approved" if found.ok else "is NOT as it was approved"
    head = f"{found.name} {held}: frozen copies {found.copies}, manifest {found.listed}."
    return f"{head}\n{table(rows, ('recipient', 'verdict', 'forms', 'why'))}"
