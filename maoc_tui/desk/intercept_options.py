"""Options that were considered, with the reasons; and how the chosen interception stands against how it was chosen.

One commit stores the whole set. Nothing in it changes afterwards; what is reckoned anew is compared with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.asset_reading import find as find_asset
from maoc_tui.desk.gate import changing
from maoc_tui.desk.intercept_snapshots import Cell, Matrix, OptionLine
from maoc_tui.desk.intercepts import matrix
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.desk.zone_ahead import duration
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.targets import parse_reference as parse_target
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import intercept_options as store
from maoc_tui.store import operations as operations_store
from maoc_tui.store import targets as targets_store
from maoc_tui.store.intercept_options import Option

HOUR_MS = 3_600_000


def choose(
    room: Room,
    viewer: Viewer,
    operation: str,
    asset: str,
    target: str,
    why: str,
    *,
    rejected: Mapping[str, str] | None = None,
    target_speed: str = "",
    target_course: str = "",
    sea: str = "",
    track: str = "rhumb",
    pace: str = "max",
    marking: Marking | None = None,
) -> tuple[OptionLine, ...]:
    """Store every asset the viewer sees against a target as it stands now: the chosen one and why, others and why not.

    ``rejected`` gives a reason by asset reference; where none is given, what limits it, or how much later it is. Raises
    BadInput.
    """
    require(viewer, Act.OPERATE)
    number, aim = parse_operation(operation), parse_target(target)
    found = matrix(
        room, viewer, targets=[aim], target_speed=target_speed, target_course=target_course, sea=sea,
        track=track, pace=pace,
    )  # fmt: skip
    with room.db.reading(viewer) as seen:
        ref = find_asset(seen, asset).ref
        said = {
            find_asset(seen, one).ref: words(text, "reason", 300) for one, text in (rejected or {}).items()
        }
    picked = found.cell(ref, aim)
    if picked is None or picked.asset in said:
        raise BadInput("The asset chosen is not among the options.", "Its position or base must be known.")
    said[ref], now = words(why, "reason", 300), room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        about = operations_store.find(seen, number)
        if aim not in {one.ref for one in about.targets}:
            raise BadInput(
                f"{aim} is no target of {about.ref}.", f"Add it: maoc op target {about.ref} {aim}."
            )
        base = _Set(
            about.id, targets_store.find(seen, aim).id, store.next_set(conn, about.id), viewer.name, now,
            marked(viewer, marking), f"{target_speed.strip()}/{target_course.strip()}",
        )  # fmt: skip
        for row in found.cells:
            cell, reason = row[0], said.get(row[0].asset) or _because(row[0], picked)
            kept = find_asset(seen, cell.asset).id
            store.add(conn, base.option(found, cell, kept, cell.asset == ref, reason))
        _note(conn, viewer, base, about.ref, f"{ref} for {aim}, of {len(found.cells)} options")
    return options(room, viewer, about.ref)


@dataclass(frozen=True, slots=True)
class _Set:
    """What all options of a set share."""

    operation: UUID
    target: UUID
    number: int
    by: str
    at_ms: int
    marking: Marking
    what_if: str
    """Speed and course as typed, parted by a stroke."""

    def option(self, found: Matrix, cell: Cell, asset: UUID, chosen: bool, reason: str) -> Option:
        """One option as it stands."""
        met = cell.possible
        return Option(
            operation_id=self.operation,
            asset_id=asset,
            target_id=self.target,
            set_number=self.number,
            chosen=chosen,
            reason=reason,
            at_ms=found.at_ms,
            contact_ms=cell.contact_ms,
            lat=cell.lat if met else None,
            lon=cell.lon if met else None,
            course=cell.course if met else None,
            zone=cell.zone if met else "",
            law=cell.law if met else "",
            limiting=cell.limiting,
            track=found.track,
            pace=found.pace,
            what_if=self.what_if,
            by=self.by,
            entered_ms=self.at_ms,
            marking=self.marking,
        )


def _because(cell: Cell, picked: Cell) -> str:
    """Why an option is rejected that nobody gave a reason for; it names no other asset, which a reader may not see."""
    if cell.limits and cell.limits[0].stops:
        return cell.limits[0].words
    if cell.possible and picked.possible and cell.hours > picked.hours:
        return f"{duration(cell.hours - picked.hours)} later than the one chosen"
    return cell.limits[0].words if cell.limits else "another was preferred"


def options(room: Room, viewer: Viewer, operation: str = "") -> tuple[OptionLine, ...]:
    """Options the viewer may see, of one operation when given: the newest set first, its chosen one first."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        about = operations_store.find(conn, parse_operation(operation)).id if operation else None
        found = store.load(conn, about)
    order = sorted(
        found, key=lambda one: (-one.entered_ms, -one.set_number, not one.chosen, one.contact_ms or _LAST)
    )
    return tuple(_line(one) for one in order)


_LAST = 1 << 62
"""After every time there is."""


def _line(one: Option) -> OptionLine:
    nan = float("nan")
    return OptionLine(
        ref=f"{one.operation}/o{one.set_number}",
        operation=one.operation,
        asset=one.asset,
        asset_name=one.asset_name,
        target=one.target,
        chosen=one.chosen,
        reason=one.reason,
        at_ms=one.at_ms,
        contact_ms=one.contact_ms,
        lat=nan if one.lat is None else one.lat,
        lon=nan if one.lon is None else one.lon,
        zone=one.zone,
        law=one.law,
        limiting=one.limiting,
        by=one.by,
        entered_ms=one.entered_ms,
        marking=one.marking,
    )


def _note(conn: Connection, viewer: Viewer, made: _Set, ref: str, detail: str) -> None:
    journal.note(
        conn, viewer, made.at_ms, "collect", "intercept_option", f"{ref}/o{made.number}",
        owner=journal.origin(made.marking), detail=detail[:200],
    )  # fmt: skip
