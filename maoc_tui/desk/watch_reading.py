"""Lines of the watch log as the viewer may see them, each with what it corrects and what corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.room import Room
from maoc_tui.desk.watch import since, state_of
from maoc_tui.desk.watch_snapshots import WatchLine, WatchLog
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.watch_rules import shipped
from maoc_tui.problems import BadInput
from maoc_tui.store import watch_log as store
from maoc_tui.store import watch_terms
from maoc_tui.store.watch_log import Line

LISTS = ("all", "mine", "since")


def entries(room: Room, viewer: Viewer, which: str = "all", since_ms: int | None = None) -> WatchLog:
    """The lines the viewer may see with who holds the watch: ``all``, ``mine``, or ``since`` the viewer's last watch.

    Raises BadInput, NotPermitted.
    """
    require(viewer, Act.READ)
    if which not in LISTS:
        raise BadInput(f"{printable(which, 20)!r} is no list of the log.", f"Choose: {', '.join(LISTS)}.")
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        begins, never = since(
            watch_terms.load(conn), By(viewer.name, viewer.officer, viewer.partner, now), now
        )
        wanted = begins if which == "since" else since_ms
        by = (viewer.name, viewer.officer) if which == "mine" else None
        lines = shown(conn, viewer, store.load(conn, since_ms=wanted, by=by))
        return WatchLog(state_of(conn, viewer), lines, begins, never)


def handed(room: Room, viewer: Viewer, since_ms: int) -> tuple[WatchLine, ...]:
    """The lines that a handover tells of: entered or done since an instant, and promises that are still to be kept."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        return shown(conn, viewer, store.load(conn, handed_ms=since_ms))


def find(conn: Connection, ref: str) -> Line:
    """The line of a reference (W-0007) on this connection; BadInput when there is none."""
    digits = ref.strip().upper().removeprefix("W").removeprefix("-")
    known = digits.isascii() and digits.isdigit() and len(digits) < 9
    found = store.load(conn, number=int(digits)) if known else []
    if not found:
        raise BadInput(f"There is no line {printable(ref, 20)} in the watch log.", "See: maoc watch list.")
    return found[0]


def shown(conn: Connection, viewer: Viewer, lines: Sequence[Line]) -> tuple[WatchLine, ...]:
    """Lines as shown, each with what it corrects and what corrects it, as far as this connection tells."""
    beside = store.beside(conn, lines)
    refs = {id_: ref for id_, ref, _ in beside}
    by = {corrects: ref for _, ref, corrects in beside if corrects is not None}
    return tuple(as_shown(line, viewer, refs, by) for line in lines)


def as_shown(line: Line, viewer: Viewer, refs: dict[UUID, str], by: dict[UUID, str]) -> WatchLine:
    """One line as shown; ``refs`` and ``by`` say what it corrects and what corrects it."""
    stop = line.done
    return WatchLine(
        ref=line.ref,
        kind=line.kind,
        title=shipped().titles[line.kind],
        at_ms=line.at_ms,
        entered_ms=line.entered_ms,
        text=line.text,
        by=line.by,
        mine=By(line.by, line.officer, "", 0).same_person(viewer.name, viewer.officer),
        marking=line.marking,
        due_ms=line.due_ms,
        done_ms=stop.at_ms if stop is not None else None,
        done=f"{stop.reason} ({stop.by})" if stop is not None else "",
        done_entered_ms=stop.entered_ms if stop is not None else 0,
        said_time=line.said_time,
        corrects=refs.get(line.corrects, "") if line.corrects is not None else "",
        corrected_by=by.get(line.id, ""),
        withdrawal=line.withdrawal,
    )
