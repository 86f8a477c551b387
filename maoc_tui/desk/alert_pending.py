"""What waits for somebody to acknowledge it, as far as the bell and the top bar of every screen must know it."""

from __future__ import annotations

from collections.abc import Mapping

from maoc_tui.desk.alert_rows import Known, contact_text, covers, known_of
from maoc_tui.desk.alert_snapshots import CRITICAL, Pending
from maoc_tui.desk.alert_words import rule_title
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_reading import links_now
from maoc_tui.domain.alert_stages import standing
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import alerts as store
from maoc_tui.store.alerts import Alert


def pending(room: Room, viewer: Viewer) -> tuple[Pending, ...]:
    """What somebody has to acknowledge, quiet or not: a few values, for the bell and the top bar of every screen."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        found = store.unheard(conn)
        known = known_of(conn, found)
    links = links_now(room, viewer) if found else {}
    return tuple(_pending(alert, known, links) for alert in found)


def stamp(room: Room) -> tuple[int, ...]:
    """Differs when something became of any alert since; tells nothing else and costs next to nothing."""
    with room.db.reading_whole() as conn:
        return store.stamp(conn)


def _pending(alert: Alert, known: Known, links: Mapping[int, str]) -> Pending:
    found, stands = alert.finding, standing(known.done.get(alert.id, []), alert.revision)
    critical = found.level >= CRITICAL or stands.escalated is not None
    target = next((links[key] for key in found.keys if key in links), "")
    about = " + ".join(
        " ".join(filter(None, (links.get(key), contact_text(key, known.heard)))) for key in found.keys
    )
    return Pending(
        ref=alert.ref,
        revision=alert.revision,
        critical=critical,
        rings=critical or bool(target),
        text=f"{alert.ref} {rule_title(found.rule)}: {about}.",
        escalated=stands.escalated.id if stands.escalated is not None else "",
        silences=()
        if stands.escalated is not None
        else tuple(
            (quiet.from_ms, quiet.until_ms)
            for quiet in known.silences
            if quiet.ended_ms is None and covers(quiet, alert)
        ),
    )
