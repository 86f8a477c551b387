"""One interception with all that is asked before it is chosen: course, contact, law there, margin, light, fuel, sea."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.desk import law, law_words, zones
from maoc_tui.desk.intercept_fuel import Port, fuel_words, nearest_port, port_words
from maoc_tui.desk.intercept_inputs import Chased, Pursuer, chased, everyone
from maoc_tui.desk.intercept_limits import dtg
from maoc_tui.desk.intercept_snapshots import NAN, Cell, Detail
from maoc_tui.desk.intercepts import (
    HOUR_MS,
    asset_of,
    marking_of,
    notes,
    pace_of,
    solve,
    target_of,
    track_of,
)
from maoc_tui.desk.law import Judged
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_ahead import AHEAD_HOURS, NextZone, ahead, duration, zulu
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.domain.asset_rules import SeaLimit, parse_sea
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.units import format_course, format_distance_nm, format_speed
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.what_if import parse
from maoc_tui.geo.daylight import DARK, RISEN, height, next_change
from maoc_tui.geo.intercept import Track


def detail(
    room: Room,
    viewer: Viewer,
    asset: str,
    target: str,
    *,
    target_speed: str = "",
    target_course: str = "",
    sea: str = "",
    at_ms: int | None = None,
    track: str = "rhumb",
    pace: str = "max",
) -> Detail:
    """Everything on one asset against one target. Raises BadInput for what does not exist or has no place."""
    require(viewer, Act.READ)
    at = room.clock.now_ms() if at_ms is None else at_ms
    what_if, expected, model = parse(target_speed, target_course), parse_sea(sea), track_of(track)
    with room.db.reading(viewer) as conn:
        (against,) = chased(room, viewer, conn, [target], at, what_if)
        of = everyone(conn, [asset], at)
        ports = [port for port in everyone(conn, (), at) if not port.rule.flies]
    if not of[0].placed:
        raise of[0].nowhere
    ((cell,),) = solve(room, viewer, of, [against], at, model, pace_of(pace), expected)
    other = "cruise" if pace == "max" else "max"
    ((second,),) = solve(room, viewer, of, [against], at, model, other, expected)
    port = nearest_port(ports, cell.lat, cell.lon) if cell.possible else None
    return _detail(room, viewer, of[0], against, cell, second, port, at, model, pace, expected)


def _detail(
    room: Room,
    viewer: Viewer,
    one: Pursuer,
    against: Chased,
    cell: Cell,
    second: Cell,
    port: Port | None,
    at_ms: int,
    track: Track,
    pace: str,
    sea: SeaLimit | None,
) -> Detail:
    here = waters(room, viewer)
    judged = _judged(room, viewer, here, one, against, cell)
    following = _next(here, against, cell)
    told = {
        "zone": judged.zone.text if judged is not None else "",
        "law": law_words.headline(judged) if judged is not None and judged.answer.question.acting else "",
        "law_lines": tuple(law_words.lines(judged)) if judged is not None else (),
        "margin": _margin(here, against, cell, following, at_ms),
        "margin_h": following.hours if following is not None else NAN,
        "light": _light(cell),
        "fuel": fuel_words(one, cell, pace),
        "port": port_words(one, against, cell, port),
        "sea": _sea(one, sea),
        "by_cruise": _other_pace(one, second, "cruise" if pace == "max" else "max"),
    }
    lines = tuple(_lines(cell, against, told, track, pace, at_ms))
    return Detail(
        cell=cell,
        asset=asset_of(one),
        target=target_of(against),
        at_ms=at_ms,
        track=track,
        pace=pace,
        start=(one.lat, one.lon),
        lines=lines,
        marking=marking_of([one, *([port.of] if port is not None else [])], [against]),
        **told,  # type: ignore[arg-type]
    )


def _judged(
    room: Room, viewer: Viewer, here: Waters, one: Pursuer, against: Chased, cell: Cell
) -> Judged | None:
    """The law for the asset's State at the contact, with the circle of doubt; None without contact."""
    if not cell.possible or len(one.asset.owner) != 2:
        return None
    flag = against.row.flag
    asked = law.Asked(
        one.asset.owner, flag, "claimed" if flag else "unknown", "air" if against.flies else "sea",
        stale=against.doubt,
    )  # fmt: skip
    radius = min(against.radius_nm, zones.MAX_RADIUS_NM)
    zone = zones.answer(here, cell.lat, cell.lon, radius, target=against.row.ref)
    judged = law.judge(room.register, zone, asked, cell.contact_ms or room.clock.now_ms())
    return law.with_profile(judged, room, viewer)


def _next(here: Waters, against: Chased, cell: Cell) -> NextZone | None:
    """The zone that the target reaches next after contact if it holds on."""
    if not cell.possible or against.still or cell.contact_ms is None:
        return None
    return ahead(here, cell.lat, cell.lon, against.course, against.speed_kn, cell.contact_ms)


def _margin(here: Waters, against: Chased, cell: Cell, following: NextZone | None, at_ms: int) -> str:
    if not cell.possible:
        return ""
    if against.still:
        return "not known: course and speed of the target are not"
    told = []
    before = ahead(here, against.lat, against.lon, against.course, against.speed_kn, at_ms)
    if before is not None and cell.contact_ms is not None and before.at_ms <= cell.contact_ms:
        early = duration((cell.contact_ms - before.at_ms) / HOUR_MS)
        told.append(f"enters {before.name} {early} before contact, at {zulu(before.at_ms)}")
    if following is not None:
        told.append(
            f"reaches {following.name} {_late(following.hours)} after contact, at {zulu(following.at_ms)}"
        )
    else:
        told.append(f"no other zone within {AHEAD_HOURS:.0f} h of contact on its course")
    return "; ".join(told)


def _late(hours: float) -> str:
    return f"{hours * 60:.0f} min" if hours < 2 else duration(hours)


def _light(cell: Cell) -> str:
    if cell.contact_ms is None:
        return ""
    sun = float(height(cell.lat, cell.lon, cell.contact_ms))
    state = "daylight" if sun > RISEN else "twilight" if sun > DARK else "dark"
    change = next_change(cell.lat, cell.lon, cell.contact_ms)
    return f"{state}, {change[0]} {zulu(change[1])}" if change else f"{state}, sun neither rises nor sets"


def _sea(one: Pursuer, sea: SeaLimit | None) -> str:
    limit = one.asset.profile.sea
    works = f"works up to {limit}" if limit is not None else "its limit is not known"
    return f"sea {sea} expected, {works}" if sea is not None else f"sea there not known, {works}"


def _other_pace(one: Pursuer, cell: Cell, pace: str) -> str:
    speed = f"at {format_speed(one.speed_kn(pace))}{' (cruising)' if pace == 'cruise' else ''}"
    if cell.contact_ms is None:
        return f"{speed}: no contact"
    return f"{speed}: contact at {dtg(cell.contact_ms)}, {duration(cell.hours)}"


def _lines(
    cell: Cell, against: Chased, told: dict[str, object], track: Track, pace: str, at_ms: int
) -> Iterator[tuple[str, str]]:
    where = format_position(cell.lat, cell.lon)
    if cell.contact_ms is not None:
        yield "contact", f"{dtg(cell.contact_ms)}, {duration(cell.hours)} from {zulu(at_ms)}, {where}"
        yield "steer", f"{format_course(cell.course)} for {format_distance_nm(cell.distance_nm)}"
    else:
        yield "contact", f"none; at best {format_distance_nm(cell.gap_nm)} off at {where}"
    moves = f"{format_course(against.course)} {format_speed(against.speed_kn)}"
    motion = "not known, taken to lie still" if against.still else moves
    yield "target", f"{format_position(against.lat, against.lon)} ±{against.radius_nm:.1f} nm, {motion}"
    for label in ("zone", "law", "margin", "light", "fuel", "port", "sea"):
        if told[label]:
            yield label, str(told[label])
    yield "other pace", str(told["by_cruise"])
    yield from (("stops" if limit.stops else "doubt", limit.words) for limit in cell.limits)
    yield from (("model", text) for text in notes(track, pace))
