"""What is only ever done to a request to undo its draft."""

from __future__ import annotations

from maoc_tui.desk import journal, requests_undo
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.requests import find
from maoc_tui.desk.room import Room
from maoc_tui.desk.undo_keeping import UNDO
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.requests import Act, Event
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.store import requests as store


def take_back(room: Room, viewer: Viewer, ref: str) -> None:
    """Withdraw a draft that nobody sent. Raises BadInput, NotPermitted."""
    require(viewer, Right.REQUEST)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        asked = find(seen, ref)
        require_own(viewer, asked.marking)
        last = asked.events[-1]
        if last.act is not Act.DRAFTED:
            told = f"{asked.ref} is {last.act.value}, entered by {last.by} {format_dtg(from_ms(last.entered_ms))}."
            raise NotPermitted(told, "Record on the Requests screen that it is withdrawn.")
        store.append(conn, asked.id, Event(Act.WITHDRAWN, now, now, viewer.name, text=UNDO))
        owner = journal.origin(asked.marking)
        journal.note(
            conn, viewer, now, "ask", "request", asked.ref,
            owner=owner, recipient=asked.addressee, detail=f"{asked.target}: withdrawn",
        )  # fmt: skip
        requests_undo.taken_back(conn, viewer, asked, now)
