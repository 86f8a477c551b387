"""``maoc cpa``: how close two objects come, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.intercept_json import iso, number, place

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Closest


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--at", metavar="TIME", default="", help="From when on; now when not given.")
@json_option
@db_option
def command(first: str, second: str, at: str, as_json: bool, db: str | None) -> None:
    """How close FIRST and SECOND come if both hold course and speed, and when.

    Each is T-0417, AS-0007, a contact such as ais:263601890, or POSITION/COURSE/SPEED such as 38.0,-9.5/090/12. Two of
    the last need no record.
    """
    from maoc_tui.desk import closest

    found = _bare(first, second, at)
    if found is None:
        with room(db) as here:
            from maoc_tui.desk.target_words import time_of

            at_ms = time_of(at, here.clock) if at.strip() else None
            found = closest.closest(here, viewer(here), first, second, at_ms)
    answer(as_json, _json(found), lambda: _text(found))


def _bare(first: str, second: str, at: str) -> Closest | None:
    """The answer to two bare positions; None where one is of the record."""
    from maoc_tui.desk import closest
    from maoc_tui.domain.clock import Clock, to_ms
    from maoc_tui.domain.times import parse_time

    clock = Clock()
    at_ms = to_ms(parse_time(at, clock.now())) if at.strip() else clock.now_ms()
    one, other = closest.bare(first, at_ms), closest.bare(second, at_ms)
    return closest.of(one, other, at_ms) if one is not None and other is not None else None


def _text(found: Closest | None) -> str:
    from maoc_tui.domain.text import printable

    assert found is not None
    return printable(f"{found.first} and {found.second}: {found.text}", 400)


def _json(found: Closest) -> dict[str, Any]:
    return {
        "first": found.first,
        "second": found.second,
        "at": iso(found.at_ms),
        "now_nm": number(found.now_nm, 3),
        "distance_nm": number(found.distance_nm, 3),
        "hours": number(found.hours, 5),
        "closest_at": iso(found.closest_ms),
        "position": place(found.lat, found.lon),
        "other_position": place(found.other_lat, found.other_lon),
        "text": found.text,
    }
