"""How a chosen interception stands now against how it was chosen: reckoned anew, an alarm when it slips.

Nothing stored changes. It is an alarm when the contact moves by more than data/assets.toml allows, into other waters,
or off, and when something stops it that did not: the asset in maintenance, its fuel, land, dark.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.intercept_inputs import chased, pursuers
from maoc_tui.desk.intercept_limits import dtg
from maoc_tui.desk.intercept_snapshots import Cell, Limit, Slip
from maoc_tui.desk.intercepts import HOUR_MS, solve, track_of
from maoc_tui.desk.room import Room
from maoc_tui.domain.asset_rules import rules
from maoc_tui.domain.operations import State, state_of
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.what_if import WhatIf
from maoc_tui.domain.what_if import parse as parse_what_if
from maoc_tui.store import intercept_options as store
from maoc_tui.store import operations as operations_store
from maoc_tui.store.intercept_options import Option

_TO_COME = frozenset({State.NOMINATED, State.PLANNED, State.APPROVED, State.UNDER_WAY})


def slips(room: Room, viewer: Viewer, operation: str = "") -> tuple[Slip, ...]:
    """How each choice that counts stands now, alarms first: the newest of every operation and target that is not over.

    Reckoned anew from the newest places. A choice is over once the operation has boarded, and an hour after its contact
    was due, unless the contact is still to come by then: that is told as long as interceptions are looked ahead for.
    """
    require(viewer, Act.READ)
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        about = operations_store.find(conn, parse_operation(operation)).id if operation else None
        newest = {(one.operation, one.target): one for one in store.load(conn, about) if one.chosen}
        first = now - rules().within_h * HOUR_MS
        due = [one for one in newest.values() if one.contact_ms is not None and one.contact_ms > first]
        under_way = _before_boarding(conn, {one.operation_id for one in due})
        found = [_slip(room, viewer, conn, one, now) for one in due if one.operation_id in under_way]
    to_come = [one for one in found if one.was_ms > now - HOUR_MS or _ahead(one.now_ms, now)]
    return tuple(sorted(to_come, key=lambda one: (not one.alarm, one.was_ms)))


def _ahead(contact_ms: int | None, now: int) -> bool:
    """Whether a contact is further off than what counts as being there."""
    return contact_ms is not None and contact_ms - now > rules().slip_min * 60_000


def _before_boarding(conn: Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those operations whose contact is still to come."""
    if not ids:
        return set()
    return {one.id for one in operations_store.load(conn, ids=ids) if state_of(one.acts) in _TO_COME}


def _slip(room: Room, viewer: Viewer, conn: Connection, one: Option, now: int) -> Slip:
    speed, _, course = one.what_if.partition("/")
    against = chased(room, viewer, conn, [one.target], now, _motion(speed, course), lenient=[one.target])
    of = [replace(p, held=replace(p.held, ready_min=_left(p.held.ready_min, one, now)))
          for p in pursuers(conn, [one.asset], now)]  # fmt: skip
    cells = solve(room, viewer, of, against, now, track_of(one.track), one.pace)
    return compared(one, cells[0][0] if cells and cells[0] else None)


def _motion(speed: str, course: str) -> WhatIf:
    """The what-if it was chosen under; one that added to what was known is not added again."""
    typed = ("" if word[:1] in "+-−" else word for word in (speed, course))
    return parse_what_if(*typed)


def _left(ready_min: int, one: Option, now: int) -> int:
    """Minutes of getting ready that are left, if the order was given when it was chosen."""
    return max(ready_min - round((now - one.entered_ms) / 60_000), 0)


def compared(one: Option, cell: Cell | None) -> Slip:
    """A choice against how it would go now."""
    assert one.contact_ms is not None
    told, kinds = _difference(one, cell)
    return Slip(
        operation=one.operation,
        asset=one.asset,
        target=one.target,
        was_ms=one.contact_ms,
        now_ms=cell.contact_ms if cell is not None else None,
        was_zone=one.zone,
        now_zone=cell.zone if cell is not None and cell.possible else "",
        kinds=kinds,
        text=f"{one.operation} {one.asset} to {one.target}: {told}",
    )


def _centre(zone: str) -> str:
    """The zone at the contact itself: what its error touches beside grows with age, and alone is no alarm."""
    return zone.partition("|")[0]


def _difference(one: Option, cell: Cell | None) -> tuple[str, tuple[str, ...]]:
    """What is different, in words, and the kinds of alarm it is."""
    if cell is None or one.contact_ms is None:
        return "place of the asset or the target not known any more", ("off",)
    if cell.contact_ms is None:
        return "no contact any more", ("off",)
    now, late = cell.contact_ms - round(cell.hours * HOUR_MS), (cell.contact_ms - one.contact_ms) / 60_000
    there = now >= one.contact_ms and not _ahead(cell.contact_ms, now)
    told, kinds = list[str](), list[str]()
    if abs(late) > rules().slip_min and not there:
        word = "slips" if late > 0 else "comes forward"
        told.append(f"contact {word} {abs(late):.0f} min to {dtg(cell.contact_ms)}")
        kinds.append(f"{word} {int(abs(late) // rules().slip_min)}")
    if cell.zone != one.zone:
        told.append(f"contact now in {cell.zone or 'no known zone'}, not {one.zone or 'no known zone'}")
        kinds += [f"zone {_centre(cell.zone)}"] if _centre(cell.zone) != _centre(one.zone) else []
    if cell.law == "STOP" != one.law:
        told.append("STOP there")
        kinds.append("stop")
    for limit in _stopping(one, cell):
        told.append(f"stopped by {limit.kind}: {limit.words}")
        kinds.append(f"unable {limit.kind}")
    return "; ".join(told) or f"contact at {dtg(cell.contact_ms)} as chosen", tuple(kinds)


_EITHER = frozenset({"availability", "endurance"})
"""Kinds of limit that may have been a doubt when it was chosen, and stop it now."""


def _stopping(one: Option, cell: Cell) -> list[Limit]:
    """What stops it now and did not stop it when it was chosen, as far as the choice tells; the law is told apart."""
    return [
        limit
        for limit in cell.limits
        if limit.stops and limit.kind != "law" and (limit.kind != one.limiting or limit.kind in _EITHER)
    ]
