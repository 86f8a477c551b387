"""``maoc marking``: who will see a statement marked so, who sees one that is recorded, the presets of the day."""

from __future__ import annotations

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer


@click.group(name="marking")
def command() -> None:
    """Who will see a statement marked so; the presets of the day."""


@command.command()
@click.argument("text", nargs=-1, required=True)
@json_option
@db_option
def who(text: tuple[str, ...], as_json: bool, db: str | None) -> None:
    """Who will see a statement of yours marked TEXT, such as B2 H2 rel ES,FR, if it is saved now."""
    from maoc_tui.domain.marking_entry import parse

    with room(db) as here:
        from maoc_tui.desk.marking import readers

        you = viewer(here)
        marking = parse(" ".join(text), you.partner)
        found = readers(here, you).audience(marking)
    value = {
        "marking": str(marking), "sentence": found.sentence, "will": list(found.will),
        "will_not": list(found.will_not),
    }  # fmt: skip
    answer(as_json, value, found.sentence)


@command.command()
@click.argument("ref")
@click.option("--for", "partner", default="", metavar="XX", help="One partner only.")
@json_option
@db_option
def why(ref: str, partner: str, as_json: bool, db: str | None) -> None:
    """Who sees REF now, and why: T-0417, RQ-0007, CK-0003, or the id of a line."""
    with room(db) as here:
        from maoc_tui.desk.who_sees import who_sees

        found = who_sees(here, viewer(here), ref, partner)
    rows = [
        {"partner": one.partner, "status": one.status, "sees": one.seen, "why": one.reason} for one in found
    ]
    answer(as_json, rows, lambda: table(rows, ("partner", "status", "sees", "why")))


@command.command()
@json_option
@db_option
def presets(as_json: bool, db: str | None) -> None:
    """The presets with the codes they stand for today; later members get nothing by them."""
    with room(db) as here:
        from maoc_tui.desk.marking import readers

        found = readers(here, viewer(here)).presets()
    value = [{"name": name, "rel": list(codes)} for name, codes in found]
    answer(as_json, value, lambda: "\n".join(f"{n:<16} rel {','.join(c)}" if c else n for n, c in found))
