"""What takes back an act on the roster, a posting, or the ways to reach an officer."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.officers import Officer
from maoc_tui.domain.roster import Duty
from maoc_tui.domain.viewer import Viewer


def duty_added(conn: Connection, viewer: Viewer, made: Duty, again: str = "") -> None:
    """A duty was put on the roster, or stands ``again``: undone, it is cancelled."""
    back = ("roster.cancel", {"ref": str(made.id), "reason": UNDO})
    became = (again, made.id) if again else None
    keep(conn, viewer, made.at_ms, f"{made.name} on {made.post}", back, (f"duty {made.id}",), became=became)


def duty_cancelled(conn: Connection, viewer: Viewer, gone: Duty, at_ms: int) -> None:
    """A duty was cancelled: undone, it is on the roster again."""
    given = {
        "officer": gone.officer, "post": gone.post, "from_ms": gone.from_ms, "to_ms": gone.to_ms,
        "note": gone.note, "again": gone.id,
    }  # fmt: skip
    back = ("liaison_undoing.stand_again", given)
    keep(conn, viewer, at_ms, f"{gone.name} off {gone.post}", back, (f"duty {gone.id}",))


def posting_ended(conn: Connection, viewer: Viewer, entry: Officer, last: date | None, at_ms: int) -> None:
    """The last day of a posting was changed; ``entry`` is as it was before."""
    before = entry.posted_to.isoformat() if entry.posted_to else ""
    told = f"posting ends {last.isoformat()}" if last else "posting open again"
    back = ("liaison_undoing.post_until", {"officer": entry.id, "last": before})
    keep(conn, viewer, at_ms, f"{entry.name}: {told}", back, (f"posting of {entry.id}",))


def channels_changed(conn: Connection, viewer: Viewer, entry: Officer, detail: str, at_ms: int) -> None:
    """The ways to reach an officer were changed; ``entry`` is as it was before."""
    order = [[one.kind, one.address, one.note, one.verified_ms, one.verified_by] for one in entry.channels]
    back = ("liaison_undoing.reach_as_before", {"officer": entry.id, "order": order})
    keep(conn, viewer, at_ms, f"{entry.name}: {detail}", back, (f"channels of {entry.id}",))
