"""``maoc seizure``: what is stated of an event, files held against the record, and figures."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.seizure_options import line_options, said, say


def _state(db: str | None, as_json: bool, ref: str, what: str, value: str, given: dict[str, Any]) -> None:
    with room(db) as here:
        from maoc_tui.desk import seizures

        who = viewer(here)
        words = said(given, who.partner)
        say(seizures.state(here, who, ref, what, value, said=words, **given), as_json)


@click.command()
@click.argument("ref")
@click.argument("what")
@click.argument("value")
@click.option(
    "--status", default="", help="Of a flag: claimed, confirmed …; of a position: how it was come by."
)
@line_options
@json_option
@db_option
def state(ref: str, what: str, value: str, as_json: bool, db: str | None, **given: Any) -> None:
    """State VALUE of event REF; what was stated before stands beside it.

    WHAT is vessel, type, flag, area, position, lead, seizing, coastal, destination, prosecuting, support or units.
    """
    _state(db, as_json, ref, what, value, given)


@click.command()
@click.argument("ref")
@click.argument("disposition")
@click.option("--drugs", is_flag=True, help="Of what was seized, not of the vessel.")
@line_options
@json_option
@db_option
def vessel(ref: str, disposition: str, drugs: bool, as_json: bool, db: str | None, **given: Any) -> None:
    """Record what became of the vessel: escorted, towed, detained-in-port, released, scuttled-by-crew, sank …"""
    what = "drugs-disposition" if drugs else "vessel-disposition"
    _state(db, as_json, ref, what, disposition, given)


@click.command()
@click.argument("ref")
@click.argument("kind")
@click.argument("shares")
@line_options
@json_option
@db_option
def credit(ref: str, kind: str, shares: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record who is credited: KIND information, asset or prosecution, SHARES such as 'ES 1/2, FR 1/2'."""
    _state(db, as_json, ref, f"credit-{kind}", shares, given)


@click.command()
@click.argument("ref")
@click.argument("other")
@line_options
@json_option
@db_option
def same(ref: str, other: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Say that event REF is a second report of OTHER, and is counted there."""
    _state(db, as_json, ref, "same-as", other, given)


@click.command()
@click.argument("ref")
@click.argument("file")
@json_option
@db_option
def check(ref: str, file: str, as_json: bool, db: str | None) -> None:
    """Say which transfers of event REF recorded this very FILE, byte for byte."""
    with room(db) as here:
        from maoc_tui.cli import seizure_json
        from maoc_tui.desk import seizures
        from maoc_tui.domain.text import printable

        found = seizures.matching(here, viewer(here), ref, file)
        value = [{**seizure_json.line(one), "item": one.item, "file": one.file} for one in found]
        told = [f"the file {one.file} of {seizure_json.iso(one.at_ms)}, {one.item}" for one in found]
        answer(
            as_json,
            {"matches": value},
            lambda: "\n".join(printable(one, 400) for one in told) or "no file of this event",
        )


@click.command()
@click.option("--by", "group", metavar="substance", default="substance",
              help="substance, lead, seizing, type, flag-claimed, flag-confirmed, month, year or event.")  # fmt: skip
@click.option("--since", metavar="2026-03", default="", help="First day, month or year.")
@click.option("--until", metavar="2026-03", default="", help="Last day, month or year.")
@click.option("--define", is_flag=True, help="The written definition of each measure too.")
@json_option
@db_option
def stats(group: str, since: str, until: str, define: bool, as_json: bool, db: str | None) -> None:
    """Figures of the events you may see: each counted once, weighed apart from estimated, seized from jettisoned."""
    with room(db) as here:
        from maoc_tui.cli import seizure_json, seizure_text
        from maoc_tui.desk import seizures

        found = seizures.figures(here, viewer(here), by=group, since=since, until=until)
        columns = ("key", "n", "weighed", "estimated", "seized", "jettisoned", "disrupted", "unweighed")

        def text() -> str:
            heading = (
                f"{seizures.period_words(found)}, n = {found.n}, as of {seizure_json.iso(found.as_of_ms)}"
            )
            below = seizure_text.clean(seizure_text.beside_figures(found, define))
            return f"{heading}\n{table(seizure_text.figures_rows(found), columns)}\n{below}"

        answer(as_json, seizure_json.figures(found), text)
