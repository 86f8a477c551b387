"""What an alert becomes: a target, a sighting of one, a line of a log. Seen by whoever sees that record."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import journal, operation_log, target_adding, target_writing
from maoc_tui.desk.alert_reading import row_of
from maoc_tui.desk.alert_snapshots import AlertRow, Concerned
from maoc_tui.desk.operation_snapshots import LogEntry
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import NewTarget, Saved
from maoc_tui.desk.target_words import marked
from maoc_tui.domain.alert_stages import standing
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import alert_acts as acts
from maoc_tui.store import alerts as store
from maoc_tui.store.alert_acts import By
from maoc_tui.store.alerts import Alert

Became = Callable[[Connection, Alert, UUID, By], None]


def become_target(
    room: Room, viewer: Viewer, ref: str, entry: NewTarget | None = None, *, contact: str = ""
) -> Saved:
    """Make a contact of an alert a target, ``entry`` as of target_adding.add_from_contact.

    ``contact`` is its number or name, where the alert has two. Raises BadInput.
    """
    found = _found(room, viewer, ref)
    meant = _meant(found, contact)

    def became(conn: Connection, alert: Alert, target: UUID, by: By) -> None:
        acts.became_target(conn, alert, target, "target", by)

    reason = f"{found.because} ({found.ref} {found.title})"
    return target_adding.add_from_contact(
        room, viewer, meant.key, entry, reason[:400], also=_also(room, viewer, found.ref, became)
    )


def become_sighting(
    room: Room,
    viewer: Viewer,
    ref: str,
    target: str,
    text: str = "",
    *,
    contact: str = "",
    marking: Marking | None = None,
) -> Saved:
    """Record where an alert saw a contact as a sighting of a target.

    Of two contacts it is the one linked to the target, or the ``contact`` said by number or name. Raises BadInput.
    """
    found = _found(room, viewer, ref)
    meant = _meant(found, contact, parse_reference(target))
    if found.lat != found.lat:
        raise BadInput(f"{found.ref} was heard without a position.", "Record a sighting when one is known.")

    def became(conn: Connection, alert: Alert, made: UUID, by: By) -> None:
        acts.became_target(conn, alert, made, "sighting", by)

    return target_writing.sight(
        room,
        viewer,
        target,
        format_position(found.lat, found.lon),
        from_ms(found.last_ms).strftime("%Y-%m-%dT%H:%M:%SZ"),
        f"{found.ref} {found.title}, {meant.number}",
        text or found.because,
        marking=marked(viewer, marking),
        also=_also(room, viewer, found.ref, became),
    )


def become_line(
    room: Room, viewer: Viewer, ref: str, operation: str, text: str = "", *, marking: Marking | None = None
) -> LogEntry:
    """Write an alert into the log of an operation. Raises BadInput."""
    found = _found(room, viewer, ref)
    mark = marked(viewer, marking) if marking is not None else None  # else whoever the operation is for
    said = text or f"{found.ref} {found.title}, {found.subject} {found.number}: {found.because}"
    return operation_log.log(
        room, viewer, operation, said, marking=mark, also=_also(room, viewer, found.ref, acts.became_line)
    )


def _meant(found: AlertRow, said: str, target: str = "") -> Concerned:
    """The contact an act is about; never one of two by chance."""
    meant = found.contact(said, target)
    if meant is None:
        both = " or ".join(" ".join(filter(None, (one.name, one.number))) for one in found.contacts)
        raise BadInput(f"Which contact of {found.ref} is meant?", f"Say {both}.")
    return meant


def _found(room: Room, viewer: Viewer, ref: str) -> AlertRow:
    require(viewer, Act.ALERT)
    return row_of(room, viewer, ref)


def _also(room: Room, viewer: Viewer, ref: str, became: Became) -> Callable[[Connection, UUID], None]:
    """What is written with the record: that the alert became it, and was heard."""

    def write(conn: Connection, made: UUID) -> None:
        alert = store.find(conn, ref)
        by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
        became(conn, alert, made, by)
        if standing(acts.done(conn, alert.id).get(alert.id, []), alert.revision).heard is None:
            acts.add(conn, alert, "ack", by)
            journal.note(conn, viewer, by.at_ms, "alter", "alert", alert.ref, detail="acknowledged")

    return write
