"""``maoc options``: choose among interceptions, read back what was considered, see how the choice stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.intercept_json import iso, place
from maoc_tui.cli.marking_options import chosen_marking, marking_options
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import OptionLine, Slip


@click.group(name="options")
def command() -> None:
    """Options considered for an interception, with the reasons; alarms when the chosen one slips."""


@command.command()
@click.argument("operation")
@click.argument("asset")
@click.argument("target")
@click.option("--why", required=True, help="Why this one.")
@click.option(
    "--reject", "rejected", multiple=True, metavar="REF=REASON", help="Why not another; may be repeated."
)
@click.option("--course", metavar="DEG", default="", help="What if: +10, -10 or the course itself.")
@click.option("--target-speed", metavar="KN", default="", help="What if: +2, -2 or the speed itself.")
@click.option("--sea", metavar="'Bft 5'", default="", help="The sea expected.")
@click.option(
    "--track", type=click.Choice(["rhumb", "geodesic"]), default="rhumb", help="How targets hold course."
)
@click.option(
    "--pace", type=click.Choice(["max", "cruise"]), default="max", help="Which speed of the assets."
)
@marking_options
@json_option
@db_option
def choose(
    operation: str, asset: str, target: str, why: str, rejected: tuple[str, ...], as_json: bool, db: str | None,
    course: str, **given: Any,
) -> None:  # fmt: skip
    """Choose ASSET for TARGET of OPERATION; every option is stored as it stands, with its reason."""
    with room(db) as here:
        from maoc_tui.desk import intercept_options

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        found = intercept_options.choose(
            here,
            who,
            operation,
            asset,
            target,
            why,
            rejected=_reasons(rejected),
            target_course=course,
            **given,
        )
        newest = [one for one in found if one.ref == found[0].ref]
        _say(newest, as_json)


def _reasons(given: tuple[str, ...]) -> dict[str, str]:
    said = dict(one.partition("=")[::2] for one in given)
    if not all(said.values()):
        raise BadInput("A rejection says which and why.", "Write it as --reject AS-0009=reason.")
    return said


@command.command("list")
@click.argument("operation", required=False, default="")
@json_option
@db_option
def list_(operation: str, as_json: bool, db: str | None) -> None:
    """Options considered, of one OPERATION when given: the newest set first."""
    with room(db) as here:
        from maoc_tui.desk import intercept_options

        _say(intercept_options.options(here, viewer(here), operation), as_json)


@command.command()
@click.argument("operation", required=False, default="")
@json_option
@db_option
def watch(operation: str, as_json: bool, db: str | None) -> None:
    """How each choice stands now by the newest places; alarms first."""
    with room(db) as here:
        from maoc_tui.desk import intercept_watch
        from maoc_tui.domain.text import printable

        found = intercept_watch.slips(here, viewer(here), operation)
        told = (f"{'ALARM ' if one.alarm else ''}{printable(one.text, 400)}" for one in found)
        answer(as_json, [_slip(one) for one in found], lambda: "\n".join(told))


def _slip(one: Slip) -> dict[str, Any]:
    return {
        "operation": one.operation,
        "asset": one.asset,
        "target": one.target,
        "was": iso(one.was_ms),
        "now": iso(one.now_ms),
        "was_zone": one.was_zone or None,
        "now_zone": one.now_zone or None,
        "alarm": one.alarm,
        "text": one.text,
    }


def _say(found: Any, as_json: bool) -> None:
    rows = [_row(one) for one in found]
    flat = [{**row, "chosen": "yes" if row["chosen"] else ""} for row in rows]
    columns = ("ref", "asset", "name", "target", "chosen", "contact_at", "zone", "law", "limiting", "reason")
    answer(as_json, rows, lambda: table(flat, columns))


def _row(one: OptionLine) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "operation": one.operation,
        "asset": one.asset,
        "name": one.asset_name,
        "target": one.target,
        "chosen": one.chosen,
        "reason": one.reason,
        "at": iso(one.at_ms),
        "contact_at": iso(one.contact_ms),
        "contact": place(one.lat, one.lon),
        "zone": one.zone or None,
        "law": one.law or None,
        "limiting": one.limiting or None,
        "by": one.by,
        "entered": iso(one.entered_ms),
        "marking": str(one.marking),
    }
