"""How the items of a handover are marked: as what they tell, with everything that is hidden with it.

A row is hidden where the target, operation or asset it belongs to is hidden. What is made of it later (a question that
somebody owns) belongs to nothing: so the marking of an item is of the row and of each it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from sqlalchemy import Connection

from maoc_tui.desk import requests
from maoc_tui.desk.request_snapshots import ClockLine
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import assets as asset_store
from maoc_tui.store import clocks as clock_store
from maoc_tui.store import operations as operation_store
from maoc_tui.store import targets as target_store


def combined(markings: Iterable[Marking | None]) -> Marking | None:
    """The marking of what is made of several; None where none of them has one."""
    known = [one for one in markings if one is not None]
    return reduce(combine, known) if known else None


def of_targets(conn: Connection) -> dict[str, Marking]:
    """Reference of a target -> its marking."""
    return {one.ref: one.marking for one in target_store.load(conn)}


def of_tracks(conn: Connection) -> dict[str, Marking]:
    """Reference of a target -> the marking of what its contacts do: of the target and of its links."""
    known, links = target_store.load(conn), target_store.links(conn)
    return {
        one.ref: reduce(combine, (link.marking for link in links.get(one.id, ())), one.marking)
        for one in known
    }


def of_assets(conn: Connection) -> dict[str, Marking]:
    """Reference of an asset -> its marking."""
    return {one.ref: one.said.marking for one in asset_store.load(conn)}


class ClockMarkings:
    """The markings of clocks: of what each belongs to, and of the target it names."""

    def __init__(self, room: Room, viewer: Viewer) -> None:
        self._held = {line.asked.ref: line.asked.marking for line in requests.requests(room, viewer)}
        with room.db.reading(viewer) as conn:
            self._held |= {one.ref: one.marking for one in clock_store.load(conn)}
            self._held |= {one.ref: one.marking for one in operation_store.load(conn)}
            self._targets = of_targets(conn)

    def of(self, line: ClockLine) -> Marking | None:
        """The marking of one clock; None for one of several statements, which only who reads it is told."""
        held = self._held.get(line.ref)
        return combined((held, self._targets.get(line.target))) if held is not None else None
