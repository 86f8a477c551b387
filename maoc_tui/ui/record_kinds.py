"""What a dashboard can show of the record beside contacts, chart, detail and events: a small list of each kind.

Every list is read through the same desks as its own screen, with the same rights, and opens that screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maoc_tui.ui import alert_rows, brief_rows, operation_rows, release_rows, request_rows, targets_rows
from maoc_tui.ui.columns import Column, Rows

if TYPE_CHECKING:
    from maoc_tui.ui.live import LiveDesk


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list."""

    columns: Sequence[Column]
    ask: Callable[[LiveDesk], Any]
    """Reads the rows; raises Problem. Called in a worker."""
    listed: Callable[[Any, int, bool], Rows]
    """Rows as of an instant, in UTC or local time."""
    nothing: str
    """What stands in an empty list."""
    screen: str
    """The mode that lists the same, with the key of a row as its reference; "" for the window of releases."""
    markings: Callable[[Any], Sequence[object]] = lambda _: ()
    """The markings of what the rows tell."""


def _clocks(desk: LiveDesk) -> Any:
    from maoc_tui.desk import clocks

    return clocks.board(desk.open(), desk.viewer)


def _alerts(desk: LiveDesk) -> Any:
    from maoc_tui.desk import alerts

    return alerts.listing(desk.open(), desk.viewer)


def _owed(desk: LiveDesk) -> Any:
    """Open requests that the viewer's State has to answer or has made; for the Centre every one."""
    from maoc_tui.desk import requests
    from maoc_tui.domain.viewer import CENTRE

    who = desk.viewer
    found = requests.requests(desk.open(), who)
    mine = (one for one in found if who.partner in (one.asked.addressee, *one.asked.marking.originators))
    return found if who.all_seeing or who.partner == CENTRE else tuple(mine)


def _operations(desk: LiveDesk) -> Any:
    from maoc_tui.ui import operations_desk

    return operations_desk.board(desk, past=False)


def _targets(desk: LiveDesk) -> Any:
    """Open targets that the viewer's partner is on; for the Centre every one."""
    from maoc_tui.desk import assignments, targets
    from maoc_tui.domain.viewer import CENTRE

    room, who = desk.open(), desk.viewer
    rows = tuple(row for row in targets.listing(room, who) if row.open)
    if who.all_seeing or who.partner == CENTRE:
        return rows
    board = assignments.board(room, who)
    mine = {row.target for row in board.rows if any(cell.partner == who.partner for cell in row.cells)}
    return tuple(row for row in rows if row.ref in mine)


def _releases(desk: LiveDesk) -> Any:
    from maoc_tui.ui import release_desk

    return release_desk.everything(desk)


def _briefs(desk: LiveDesk) -> Any:
    from maoc_tui.desk import briefing

    return tuple(one for one in briefing.listing(desk.open(), desk.viewer) if one.state != "overtaken")


KINDS: dict[str, Kind] = {
    "alerts": Kind(
        alert_rows.COLUMNS,
        _alerts,
        lambda rows, now, local: alert_rows.listed(rows, now, local, by_stage=False),
        "no alert waits for anybody",
        "inbox",
        lambda rows: [row.marking for row in rows],
    ),
    "clocks": Kind(
        request_rows.COLUMNS,
        _clocks,
        request_rows.listed,
        "no request is open and no clock runs",
        "requests",
        lambda rows: [request_rows.marking_of(row) for row in rows],
    ),
    "requests": Kind(
        request_rows.COLUMNS,
        _owed,
        request_rows.listed,
        "no open request of yours or to you",
        "requests",
        lambda rows: [request_rows.marking_of(row) for row in rows],
    ),
    "operations": Kind(
        operation_rows.COLUMNS,
        _operations,
        lambda rows, now, _: operation_rows.listed(rows, now),
        "no operation is open",
        "operations",
        lambda rows: [row.marking for row in rows],
    ),
    "targets": Kind(
        targets_rows.COLUMNS,
        _targets,
        lambda rows, now, _: targets_rows.TargetRows(rows, now),
        "no open target of yours",
        "targets",
        lambda rows: [row.marking.highest.name for row in rows],
    ),
    "releases": Kind(
        release_rows.LOG, _releases, release_rows.log_rows, "nothing was asked or released yet", ""
    ),
    "briefs": Kind(
        brief_rows.VERSIONS,
        _briefs,
        lambda rows, _, __: brief_rows.versions(rows),
        "no brief yet",
        "briefs",
    ),
}
"""The kinds by the name a dashboard gives their panels."""
