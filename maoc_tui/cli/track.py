"""``maoc track``: the fixes of a target through the contacts it is heard as, or of one contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room
from maoc_tui.domain.viewer import WATCH

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room
    from maoc_tui.desk.snapshots import Track

_COLUMNS = ("contact", "time", "lat", "lon", "sog", "cog", "heading", "altitude_ft", "error_m", "doubt")


@click.command(name="track")
@click.argument("what", metavar="REF|CONTACT")
@click.option("--since", default="", metavar="DTG", help="From when; 30 days back when not given.")
@click.option("--until", default="", metavar="DTG", help="Until when; now when not given.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="How.")
@json_option
@db_option
def command(what: str, since: str, until: str, form: str, as_json: bool, db: str | None) -> None:
    """The track of T-0417 or of ais:263601890, in time order; of a target while each link held."""
    with room(db) as here:
        from maoc_tui.desk.targets import time_span

        begins, ends = time_span(here, since, until)
        tracks = list(_tracks(here, what, begins, ends))
        value = {"what": what, "fixes": [fix for track in tracks for fix in _fixes(track)]}
        value["fixes"].sort(key=lambda fix: fix["time"])
        wanted = "json" if as_json else form
        answer(wanted == "json", value, lambda: _text(value["fixes"], wanted))


def _tracks(here: Room, what: str, since_ms: int, until_ms: int) -> Iterator[Track]:
    from maoc_tui.desk import picture, targets
    from maoc_tui.domain.contacts import parse_key

    if ":" in what:
        yield picture.track(here, WATCH, parse_key(what), since_ms, until_ms)
        return
    for key, begins, ends in targets.heard_spans(here, WATCH, what):
        since, until = max(since_ms, begins or since_ms), min(until_ms, ends or until_ms)
        if since <= until:
            yield picture.track(here, WATCH, key, since, until)


def _fixes(track: Track) -> Iterator[dict[str, Any]]:
    from maoc_tui.cli.target_json import iso
    from maoc_tui.domain.contacts import Doubt, key_text

    contact = key_text(track.key)
    for at in range(len(track)):
        yield {
            "contact": contact,
            "time": iso(int(track.time[at])),
            "lat": round(float(track.lat[at]), 7),
            "lon": round(float(track.lon[at]), 7),
            "sog": _number(track.sog[at]),
            "cog": _number(track.cog[at]),
            "heading": _number(track.heading[at]),
            "altitude_ft": _number(track.altitude[at]),
            "error_m": _number(track.error_m[at]),
            "doubt": [str(flag.name).lower() for flag in Doubt(int(track.doubt[at])) if flag.name],
        }


def _number(value: Any) -> float | None:
    number = float(value)
    return None if number != number else round(number, 1)


def _text(fixes: list[dict[str, Any]], form: str) -> str:
    from maoc_tui.cli.answers import table
    from maoc_tui.domain.units import format_position

    if form == "csv":
        lines = [",".join(_cell(fix[name]) for name in _COLUMNS) for fix in fixes]
        return "\n".join([",".join(_COLUMNS), *lines])
    if not fixes:
        return "No fix in that time."
    rows = [
        {**fix, "position": format_position(fix["lat"], fix["lon"]), "doubt": " ".join(fix["doubt"])}
        for fix in fixes
    ]
    return table(rows, ("time", "contact", "position", "sog", "cog", "doubt"))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)
