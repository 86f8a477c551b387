"""``maoc intercept``: one asset against one target of the record, or bare numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.intercept_json import cell_json, iso, number, place, target_json
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_bare import Bare
    from maoc_tui.desk.intercept_snapshots import Detail


@click.command()
@click.option("--asset", metavar="REF", default="", help="An asset of the record: AS-0007.")
@click.option("--target", metavar="REF|POSITION", default="", help="A target of the record, or where it is.")
@click.option("--pursuer", metavar="POSITION", default="", help="Where the pursuer is, without a record.")
@click.option("--speed", metavar="KN", default="", help="Its speed.")
@click.option(
    "--course", metavar="DEG", default="", help="The target's course; +10 or -10 changes a known one."
)
@click.option(
    "--target-speed", metavar="KN", default="", help="The target's speed; +2 or -2 changes a known one."
)
@click.option(
    "--track", type=click.Choice(["rhumb", "geodesic"]), default="rhumb", help="How it holds its course."
)
@click.option("--pace", type=click.Choice(["max", "cruise"]), default="max", help="Which speed of the asset.")
@click.option("--sea", metavar="'Bft 5'", default="", help="The sea expected, or a height such as 2.5 m.")
@click.option("--acting", metavar="XX", default="", help="With bare numbers: the State that would act.")
@click.option("--flag", metavar="XX", default="", help="With bare numbers: the flag the target claims.")
@click.option("--air", is_flag=True, help="With bare numbers: the pursuer is an aircraft.")
@click.option("--at", metavar="TIME", default="", help="The instant of both positions; now when not given.")
@json_option
@db_option
def command(asset: str, target: str, pursuer: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Course to steer, time and place of contact, zone and law there, and what stands against it.

    Of the record: --asset AS-0007 --target T-0417. With bare numbers: --pursuer POSITION --speed KN --target POSITION
    --course DEG --target-speed KN.
    """
    if bool(asset) == bool(pursuer) or not target:
        raise BadInput(
            "Who pursues whom is not said.",
            "Give --asset and --target of the record, or --pursuer, --speed, --target, --course, --target-speed.",
        )
    if pursuer:
        _bare(pursuer, target, as_json, db, given)
        return
    strange = [name for name in ("speed", "acting", "flag", "air") if given.pop(name)]
    if strange:
        raise BadInput(f"--{strange[0]} belongs to bare numbers.", "The record knows it of an asset.")
    with room(db) as here:
        from maoc_tui.desk import intercept_detail

        found = intercept_detail.detail(
            here, viewer(here), asset, target,
            target_speed=given["target_speed"], target_course=given["course"], sea=given["sea"],
            track=given["track"], pace=given["pace"], at_ms=_moment(given["at"], here),
        )  # fmt: skip
    answer(as_json, _detail_json(found), lambda: _detail_text(found))


def _moment(text: str, here: Any) -> int | None:
    from maoc_tui.desk.target_words import time_of

    return time_of(text, here.clock) if text.strip() else None


def _bare(pursuer: str, target: str, as_json: bool, db: str | None, given: dict[str, Any]) -> None:
    from maoc_tui.cli.law import _register
    from maoc_tui.cli.zone import open_waters
    from maoc_tui.desk.intercept_bare import bare
    from maoc_tui.desk.law import Asked
    from maoc_tui.domain.clock import Clock, to_ms
    from maoc_tui.domain.positions import parse_position
    from maoc_tui.domain.times import parse_time
    from maoc_tui.domain.units import parse_course, parse_speed

    missing = [name for name in ("speed", "course", "target_speed") if not given[name].strip()]
    if missing:
        option = missing[0].replace("_", "-")
        raise BadInput(f"--{option} is missing.", "Bare numbers need --speed, --course and --target-speed.")
    one, other, clock = parse_position(pursuer), parse_position(target), Clock()
    at_ms = to_ms(parse_time(given["at"], clock.now())) if given["at"].strip() else clock.now_ms()
    flag = given["flag"].strip().upper()
    asked = (
        Asked(given["acting"].strip().upper(), flag, "claimed" if flag else "unknown")
        if given["acting"]
        else None
    )
    with open_waters(db) as waters:
        found = bare(
            waters, _register(db), (one.lat, one.lon), parse_speed(given["speed"]).value, (other.lat, other.lon),
            parse_course(given["course"]), parse_speed(given["target_speed"]).value, at_ms,
            track=given["track"], asked=asked, flies=given["air"],
        )  # fmt: skip
    answer(as_json, _bare_json(found), lambda: _bare_text(found))


def _bare_json(found: Bare) -> dict[str, Any]:
    from maoc_tui.desk import law_words, zones

    contact = place(found.lat, found.lon) if found.possible else None
    if contact is not None:
        contact["at"] = iso(found.contact_ms)
    return {
        "possible": found.possible,
        "course": number(found.course, 2) if found.possible else None,
        "hours": number(found.hours, 5),
        "contact": contact,
        "distance_nm": number(found.distance_nm, 3) if found.possible else None,
        "zone": zones.as_json(found.zone) if found.possible else None,
        "law": law_words.as_json(found.law) if found.law is not None else None,
        "limits": [{"kind": one.kind, "stops": one.stops, "text": one.words} for one in found.limits],
        "limiting": found.limits[0].kind if found.limits else None,
        "nearest": None if found.possible else {
            "gap_nm": number(found.gap_nm, 3), "at": iso(found.gap_ms), "position": place(found.lat, found.lon),
            "course": number(found.course, 2),
        },
        "track": found.track,
    }  # fmt: skip


def _bare_text(found: Bare) -> str:
    from maoc_tui.cli.intercept_text import bare_lines

    return "\n".join(bare_lines(found))


def _detail_json(found: Detail) -> dict[str, Any]:
    return {
        **cell_json(found.cell),
        "at": iso(found.at_ms),
        "track": found.track,
        "pace": found.pace,
        "name": found.asset.name,
        "owner": found.asset.owner,
        "start": place(*found.start),
        "of": target_json(found.target),
        "zone": found.zone or None,
        "law": {"result": found.cell.law, "text": found.law, "lines": [list(line) for line in found.law_lines]}
        if found.law else None,
        "margin": found.margin or None,
        "margin_h": number(found.margin_h),
        "light": found.light or None,
        "fuel": found.fuel or None,
        "port": found.port or None,
        "sea": found.sea,
        "other_pace": found.by_cruise,
        "marking": str(found.marking) if found.marking is not None else None,
    }  # fmt: skip


def _detail_text(found: Detail) -> str:
    from maoc_tui.domain.text import printable

    head = f"{found.asset.ref} {found.asset.name} ({found.asset.owner}) to {found.target.ref} {found.target.title}"
    lines = [head, *(f"  {label:>10}  {text}" for label, text in found.lines)]
    return "\n".join(
        printable(line, 400) if at == 0 else f"  {printable(line, 400)}" for at, line in enumerate(lines)
    )
