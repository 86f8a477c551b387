"""``maoc demo``: the program on invented traffic, in a database of its own."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from maoc_tui.cli.answers import answer, json_option
from maoc_tui.settings import kept


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Make the demo's database here and keep it.")
@click.option("--headless", is_flag=True, help="Make the database without opening the program; needs --keep.")
@click.option("--rate", type=click.FloatRange(0, 3600), help="Scenario seconds in one real second.")
@click.option(
    "--as", "who", default="", metavar="NAME", help="Who you are today: part of a name, or a partner."
)
@click.option(
    "--night",
    is_flag=True,
    help="The whole night instead, from 19:45Z; on leaving it says what became of it.",
)
@click.option(
    "--score",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PATH",
    help="What became of a kept night.",
)
@json_option
def command(
    keep: Path | None,
    headless: bool,
    rate: float | None,
    who: str,
    night: bool,
    score: Path | None,
    as_json: bool,
) -> None:
    """Open the program on the demo: the Atlantic of 14 December 2022, invented. It asks who you are today."""
    if score is not None:
        from maoc_tui.cli.demo_score import tell

        tell(score.expanduser(), as_json)
        return
    if headless and keep is None:
        raise click.UsageError("--headless makes a file to keep: name it with --keep PATH")
    if headless and keep is not None:
        _make(keep.expanduser(), night, as_json)
        return
    scratch = Path(tempfile.mkdtemp(prefix="maoc-demo-"))
    try:
        status = _play(keep.expanduser() if keep else scratch / "demo.db", rate, who, night)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sys.exit(status)


def _make(path: Path, night: bool, as_json: bool) -> None:
    from maoc_tui.desk import picture, targets
    from maoc_tui.desk.demo import Demo
    from maoc_tui.desk.demo_night import Night
    from maoc_tui.domain.viewer import WATCH

    room = Demo(kept(), night=Night.load() if night else None).make(path)
    try:
        contacts, held = len(picture.load(room, WATCH)), len(targets.listing(room, WATCH))
    finally:
        room.close()
    value = {"db": str(path), "contacts": contacts, "targets": held}
    answer(as_json, value, f"{path}: {contacts:,} contacts, {held} targets.")


def _play(path: Path, rate: float | None, who: str, night: bool) -> int:
    """Open the program at once; the scenario is made behind its first frame. Its return code."""
    from maoc_tui.cli.demo_session import DemoSession
    from maoc_tui.cli.program import Opening, run

    session = DemoSession(path, kept(), rate, night)

    def door() -> object:
        from maoc_tui.desk.demo_door import DemoDoor

        return DemoDoor(path, session.make, asked=who)

    try:
        status = run(Opening(door), session.clock, session.settings, "DEMO – invented traffic")
    finally:
        session.close()
    if night and session.made:
        from maoc_tui.cli.demo_score import tell

        tell(path, False, session.clock.now_ms())
    return status
