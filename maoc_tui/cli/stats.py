"""``maoc stats``: figures of a month or year with their definitions; freeze a period; take a figure out as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room

_WIDTH = 100
_FILES = ("svg", "csv")


@click.command(name="stats")
@click.argument("measure", required=False, default="")
@click.option("--by", default="month", show_default=True, help="month or year.")
@click.option("--from", "since", default="", metavar="2026-03", help="The first month, day or year.")
@click.option("--to", "until", default="", metavar="2026-05", help="The last one, up to its end.")
@click.option("--define", is_flag=True, help="The written definition, and what was never measured.")
@click.option("--doubts", is_flag=True, help="What is left out or counted in doubt, and why.")
@click.option(
    "--compare", is_flag=True, help="The last period beside the one before, a year before, five years."
)
@click.option(
    "--freeze", default="", metavar="PERIOD", help="Freeze every figure of a month or year that is over."
)
@click.option("--freezes", is_flag=True, help="List what was frozen.")
@click.option("--frozen", default="", metavar="'2026-03 v1'", help="MEASURE as it stood when it was frozen.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write the chart of MEASURE to a new file.")
@click.option("--csv", type=click.Path(path_type=Path), help="Write the table of MEASURE to a new file.")
@json_option
@db_option
def command(as_json: bool, db: str | None, **given: Any) -> None:
    """Figures of what you may see: every measure in a line, or MEASURE with chart, table, n, as-of and marking.

    Each is counted from the record by the definition that --define prints. What was frozen stays beside what the
    record gives now, as a revision.
    """
    with room(db) as here:
        if given["freeze"]:
            _freeze(here, given, as_json)
        elif given["freezes"]:
            _freezes(here, as_json)
        elif given["frozen"]:
            _frozen(here, given, as_json)
        elif any(given[form] for form in _FILES):
            _written(here, given, as_json)
        elif given["measure"]:
            _one(here, given, as_json)
        else:
            _every(here, given, as_json)


def _span(given: dict[str, Any]) -> dict[str, str]:
    return {"by": given["by"], "since": given["since"], "until": given["until"]}


def _named(given: dict[str, Any]) -> str:
    if not given["measure"]:
        raise BadInput("Which measure?", "Name one: maoc stats seized; maoc stats lists them.")
    return str(given["measure"])


def _every(here: Room, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.cli import stats_json, stats_text
    from maoc_tui.desk import figures

    found = figures.figures(here, viewer(here), **_span(given))
    value = {"measures": [stats_json.figure(one) for one in found], "unmeasured": stats_json.unmeasured()}
    answer(as_json, value, lambda: stats_text.listing(found, define=given["define"]))


def _one(here: Room, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.cli import stats_json, stats_text
    from maoc_tui.desk import figures

    found = figures.figure(here, viewer(here), _named(given), **_span(given))
    more = {name: given[name] for name in ("define", "doubts", "compare")}
    answer(as_json, stats_json.figure(found), lambda: stats_text.page(found, _WIDTH, **more))


def _freeze(here: Room, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.cli import stats_json
    from maoc_tui.desk import figures

    if given["measure"]:
        raise BadInput("A freeze is of every measure.", "Leave the measure out.")
    made = figures.freeze(here, viewer(here), given["freeze"])
    answer(
        as_json, stats_json.freeze(made), f"{made.name} is frozen; what changes from now on is a revision."
    )


def _freezes(here: Room, as_json: bool) -> None:
    from maoc_tui.cli import stats_json
    from maoc_tui.desk import figures

    rows = [stats_json.freeze(one) for one in figures.freezes(here, viewer(here))]
    answer(as_json, rows, lambda: table(rows, ("freeze", "at", "by", "checkpoint")))


def _frozen(here: Room, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.cli import stats_json, stats_text
    from maoc_tui.desk import figures

    line, made = figures.as_frozen(here, viewer(here), given["frozen"], _named(given))
    answer(as_json, stats_json.frozen(line, made), lambda: stats_text.frozen(line, made))


def _written(here: Room, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.desk import figure_files

    paths, who = [], viewer(here)
    for form in _FILES:
        if given[form] is not None:
            made = figure_files.export(here, who, _named(given), form, **_span(given))
            paths.append(figure_files.save_as(made, given[form]))
    answer(as_json, {"files": [str(path) for path in paths]}, "\n".join(map(str, paths)))
