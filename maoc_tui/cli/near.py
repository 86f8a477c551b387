"""``maoc near``: what is about a place, by bearing and distance; the chart in words."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("place", nargs=-1, required=True)
@click.option("--within", type=click.FloatRange(0.1, 1000), default=50.0, show_default=True, help="Miles.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most; 0 for all."
)
@db_option
@json_option
def command(place: tuple[str, ...], within: float, limit: int, db: str | None, as_json: bool) -> None:
    """Contacts near PLACE, the nearest first: a position, T-0417, AS-0007 or a contact such as ais:263601890."""
    from maoc_tui.desk import near

    with room(db) as here:
        found = near.near(here, viewer(here), " ".join(place), within, limit)
    value = {
        "of": found.of,
        "lat": found.lat,
        "lon": found.lon,
        "within": found.within,
        "contacts": found.rows,
    }
    answer(as_json, value, lambda: "\n".join(_lines(found, within)))


def _lines(found: Any, within: float) -> list[str]:
    from maoc_tui.domain.text import printable
    from maoc_tui.domain.units import format_position

    head = f"{found.within} contacts within {within:g} nm of {found.of}"
    place = format_position(found.lat, found.lon)
    lines = [f"{head}, {len(found.rows)} shown." if len(found.rows) < found.within else f"{head}."]
    if place != found.of:
        lines.append(f"{found.of} is at {place}.")
    return [printable(line, 300) for line in (*lines, *map(_line, found.rows))]


def _line(row: dict[str, Any]) -> str:
    """One contact: bearing, distance, what it is, where to, how long ago."""
    moving = f"course {row['cog']:03.0f}, {row['sog']:g} kn" if None not in (row["cog"], row["sog"]) else ""
    name = row["name"] or row["call_sign"] or row["registration"] or row["contact"]
    parts = (
        row["target"], name, row["type"], f"flag {row['flag']}" if row["flag"] else "", row["zone"], moving,
        f"{_span(row['age_s'])} ago", row["age"] if row["age"] != "fresh" else "",
        f"in doubt: {', '.join(row['doubt'])}" if row["doubt"] else "",
    )  # fmt: skip
    return f"{row['bearing']:03.0f}°, {row['distance_nm']:.1f} nm: {', '.join(str(p) for p in parts if p)}"


def _span(seconds: int) -> str:
    from maoc_tui.domain.times import format_span

    return format_span(max(seconds, 0))
