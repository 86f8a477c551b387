"""What is only ever done to an operation to undo another act: the State or team before is named again."""

from __future__ import annotations

from maoc_tui.desk.gate import changing
from maoc_tui.desk.operation_words import act, may_fill, may_run, note
from maoc_tui.desk.operations import find_open
from maoc_tui.desk.operations_undo import said
from maoc_tui.desk.room import Room
from maoc_tui.desk.undo_keeping import UNDO
from maoc_tui.domain.operations import Kind
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operations as store


def put_back(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    kind: str,
    what: str,
    value: str,
    text: str,
    source: str = "",
    at_ms: int | None = None,
) -> None:
    """Say again what was said before, or that nobody said it. Raises BadInput, NotPermitted."""
    which, now = Kind(kind), room.clock.now_ms()
    again = act(
        room, viewer, which, now if at_ms is None else at_ms,
        what=what, value=value, text=text, source=source or UNDO,
    )  # fmt: skip
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        (may_fill if which is Kind.FIELD else may_run)(viewer, made)
        store.append(conn, made.id, again)
        note(conn, viewer, now, "alter", made, f"{which} {value or what} again", reason=UNDO)
        said(conn, viewer, made, again)
