"""``maoc fan``: where a target can be by now and later, what it meets first, where it can land."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.intercept_json import iso, number, place

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Arrival, Fan, FanLine


@click.command()
@click.argument("target")
@click.option("--slow", metavar="KN", default="", help="Its slowest; by its type when not given.")
@click.option("--fast", metavar="KN", default="", help="Its fastest; by its type when not given.")
@click.option(
    "--hours", metavar="6,12,24", default="", help="For which hours from now; by its type when not given."
)
@click.option("--lines", "with_lines", is_flag=True, help="With --json: the outlines too.")
@json_option
@db_option
def command(target: str, with_lines: bool, as_json: bool, db: str | None, **given: Any) -> None:
    """How far TARGET can have gone since its last place, cut by land.

    The first zone it can enter, when it can reach each coast, and the first able asset in the area.
    """
    with room(db) as here:
        from maoc_tui.desk import reach

        found = reach.fan(here, viewer(here), target, **given)
        answer(as_json, _json(found, with_lines), lambda: _text(found))


def _json(found: Fan, with_lines: bool) -> dict[str, Any]:
    first = found.first
    return {
        "target": found.target,
        "title": found.title,
        "position": place(found.lat, found.lon),
        "radius_nm": number(found.radius_nm, 3),
        "seen": iso(found.fix_ms),
        "at": iso(found.at_ms),
        "slow_kn": found.slow_kn,
        "fast_kn": found.fast_kn,
        "lines": [_line(line, with_lines) for line in found.lines],
        "boundary": _arrival(found.boundary) if found.boundary is not None else None,
        "landfalls": [_arrival(one) for one in found.landfalls],
        "first_asset": None if first is None else {
            "ref": first.asset, "name": first.name, "owner": first.owner, "at": iso(first.at_ms), "able": first.able,
            "text": first.words,
        },
        "method": found.method,
        "marking": str(found.marking) if found.marking is not None else None,
    }  # fmt: skip


def _line(line: FanLine, with_lines: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"hours": line.hours, "at": iso(line.at_ms), "reach_nm": number(line.reach_nm, 2)}
    if with_lines:
        for name, outlines in (("outer", line.outer), ("inner", line.inner)):
            told[name] = [
                [[round(lon, 5), round(lat, 5)] for lat, lon in zip(*one, strict=True)] for one in outlines
            ]
    return told


def _arrival(one: Arrival) -> dict[str, Any]:
    return {
        "where": one.where,
        "earliest": iso(one.earliest_ms),
        "latest": iso(one.latest_ms),
        "distance_nm": number(one.distance_nm, 2),
        "position": place(one.lat, one.lon),
    }


def _text(found: Fan) -> str:
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.positions import format_position
    from maoc_tui.domain.text import printable
    from maoc_tui.domain.times import format_dtg

    def dtg(ms: int) -> str:
        return format_dtg(from_ms(ms))

    lines = [
        f"{found.target} {found.title}: {format_position(found.lat, found.lon)} ±{found.radius_nm:.1f} nm at "
        f"{dtg(found.fix_ms)}, {found.slow_kn:g} to {found.fast_kn:g} kn"
    ]
    lines += [f"  {dtg(one.at_ms)} within {one.reach_nm:.0f} nm" for one in found.lines]
    if found.boundary is not None:
        lines.append(f"  first {_window(found.boundary, dtg)}")
    lines += [f"  {_window(one, dtg)}" for one in found.landfalls]
    if found.first is not None:
        lines.append(f"  {found.first.asset} {found.first.name} ({found.first.owner}) {found.first.words}")
    lines.append(f"  {found.method}")
    return "\n".join(
        printable(line, 400) if at == 0 else f"  {printable(line, 400)}" for at, line in enumerate(lines)
    )


def _window(one: Arrival, dtg: Any) -> str:
    late = f" to {dtg(one.latest_ms)}" if one.latest_ms is not None else " on"
    return f"{one.where}: {dtg(one.earliest_ms)}{late}, {one.distance_nm:.0f} nm"
