"""The Liaison screen's line to its desks: every function may block and runs in a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from maoc_tui.problems import NotPermitted
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import Board, BoardRow, OfficerLine, PartnerLine, Roster

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Liaison:
    """Everything the screen shows; what the viewer's role does not read is left out, with the reason."""

    partners: tuple[PartnerLine, ...]
    officers: tuple[OfficerLine, ...]
    roster: Roster | None
    board: Board | None
    refused: str
    """Why no partner, officer or roster is shown; "" when they are."""
    refused_board: str
    """Why no assignment is shown; "" when they are."""


def version(desk: LiveDesk) -> tuple[int, int]:
    """Differs when something was committed since, and every minute of the watch: what waits turns amber."""
    room = desk.open()
    return int(room.db.data_version()), room.clock.now_ms() // 60_000


def newest(desk: LiveDesk) -> int:
    """Number of the newest entry of the journal."""
    from maoc_tui.desk import journal

    return journal.newest(desk.open())


def acted_since(desk: LiveDesk, entry: int, *kinds: str) -> bool:
    """Whether somebody changed something after that entry, of some kinds when given, at whatever terminal."""
    from maoc_tui.desk import journal

    return journal.acted_since(desk.open(), entry, *kinds)


def everything(desk: LiveDesk) -> Liaison:
    """Partners, officers, roster and assignments as the viewer may see them now."""
    from maoc_tui.desk import assignments, officers, partners, roster

    room, viewer = desk.open(), desk.viewer
    register, refused = _asked(lambda: partners.partners(room, viewer), ())
    found, _ = _asked(lambda: officers.officers(room, viewer), ())
    duties, _ = _asked(lambda: roster.roster(room, viewer), None)
    board, refused_board = _asked(lambda: assignments.board(room, viewer), None)
    return Liaison(register, found, duties, board, refused, refused_board)


def _asked(ask: Callable[[], T], otherwise: T) -> tuple[T, str]:
    try:
        return ask(), ""
    except NotPermitted as refusal:
        return otherwise, f"{refusal.message} {refusal.way_out}".strip()


def row(desk: LiveDesk, ref: str) -> BoardRow:
    """Who is on one target."""
    from maoc_tui.desk import assignments

    return assignments.row(desk.open(), desk.viewer, ref)


def act(desk: LiveDesk, name: str, *args: Any, **kwargs: Any) -> Any:
    """Do one of the desks' acts, such as ``officers.add``; returns after the commit."""
    module, _, function = name.partition(".")
    done: Callable[..., Any] = getattr(import_module(f"maoc_tui.desk.{module}"), function)
    return done(desk.open(), desk.viewer, *args, **kwargs)
