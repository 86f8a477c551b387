"""``maoc track``: the fixes of a target through the contacts it is heard as, or of one contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room
    from maoc_tui.desk.snapshots import Track

_COLUMNS = ("contact", "time", "lat", "lon", "sog", "cog", "heading", "altitude_ft", "error_m", "doubt")
_LATEST_MS = 253_402_300_799_000
"""The end of the year 9999: after every fix."""


@click.command(name="track")
@click.argument("what", metavar="REF|CONTACT")
@click.option("--since", default="", metavar="DTG", help="From when, or all; 30 days back when not given.")
@click.option("--until", default="", metavar="DTG", help="Until when; now when not given.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="How.")
@json_option
@db_option
def command(what: str, since: str, until: str, form: str, as_json: bool, db: str | None) -> None:
    """The track of T-0417 or of ais:263601890, in time order; of a target while each link held."""
    with room(db) as here:
        from maoc_tui.cli.target_json import iso
        from maoc_tui.desk.targets import time_span

        begins, ends = time_span(here, since, until)
        tracks = list(_tracks(here, what, begins, ends))
        fixes = sorted((fix for track in tracks for fix in _fixes(track)), key=lambda fix: str(fix["time"]))
        value = {"what": what, "since": iso(begins or None), "until": iso(ends), "fixes": fixes}
        wanted = "json" if as_json else form
        if not fixes and wanted == "text":
            answer(False, value, _nothing(here, what, begins, ends))
        else:
            answer(wanted == "json", value, lambda: _text(fixes, wanted))


def _nothing(here: Room, what: str, since_ms: int, until_ms: int) -> str:
    """That there is no fix in that time, and where the last one known is."""
    known = [int(track.time[-1]) for track in _tracks(here, what, 0, _LATEST_MS) if len(track)]
    if not known:
        return f"No fix of {what} is known."
    option = "--since" if max(known) < since_ms else "--until"
    span = f"from {_day(since_ms)} to {_day(until_ms)}" if since_ms else f"until {_day(until_ms)}"
    return f"No fix {span}; the last known is {_day(max(known))}: use {option}."


def _day(ms: int) -> str:
    from maoc_tui.domain.clock import from_ms

    return f"{from_ms(ms):%d %b %Y %H:%MZ}"


def _tracks(here: Room, what: str, since_ms: int, until_ms: int) -> Iterator[Track]:
    from maoc_tui.desk import picture, targets
    from maoc_tui.domain.contacts import parse_key

    if ":" in what:
        yield picture.track(here, viewer(here), parse_key(what), since_ms, until_ms)
        return
    for key, begins, ends in targets.heard_spans(here, viewer(here), what):
        since, until = max(since_ms, begins or since_ms), min(until_ms, ends or until_ms)
        if since <= until:
            yield picture.track(here, viewer(here), key, since, until)


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
    rows = [
        {**fix, "position": format_position(fix["lat"], fix["lon"]), "doubt": " ".join(fix["doubt"])}
        for fix in fixes
    ]
    return table(rows, ("time", "contact", "position", "sog", "cog", "doubt"))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)
