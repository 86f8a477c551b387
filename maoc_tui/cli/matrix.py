"""``maoc matrix``: assets against targets; choosing among them; how chosen interceptions stand now."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.intercept_json import matrix_json


@click.command()
@click.argument("operation", required=False, default="")
@click.option("--target", "targets", multiple=True, metavar="REF", help="Only this target; may be repeated.")
@click.option("--asset", "assets", multiple=True, metavar="REF", help="Only this asset; may be repeated.")
@click.option("--course", metavar="DEG", default="", help="What if: +10, -10 or the course itself.")
@click.option("--target-speed", metavar="KN", default="", help="What if: +2, -2 or the speed itself.")
@click.option("--sea", metavar="'Bft 5'", default="", help="The sea expected, or a height such as 2.5 m.")
@click.option(
    "--track", type=click.Choice(["rhumb", "geodesic"]), default="rhumb", help="How targets hold course."
)
@click.option(
    "--pace", type=click.Choice(["max", "cruise"]), default="max", help="Which speed of the assets."
)
@json_option
@db_option
def command(operation: str, as_json: bool, db: str | None, course: str, **given: Any) -> None:
    """Which asset can reach which target of OPERATION, when, and what limits it; those that can first.

    Without OPERATION and --target, every open target whose place is known.
    """
    with room(db) as here:
        from maoc_tui.cli.intercept_text import matrix_lines
        from maoc_tui.desk import intercepts

        found = intercepts.matrix(here, viewer(here), operation=operation, target_course=course, **given)
        answer(as_json, matrix_json(found), lambda: "\n".join(matrix_lines(found)))
