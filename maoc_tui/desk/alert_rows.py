"""Alerts as lines: joined with what officers did, the contacts as heard, and the targets the viewer sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from sqlalchemy import Connection

from maoc_tui.desk.alert_snapshots import CRITICAL, AlertRow, Concerned
from maoc_tui.desk.alert_words import rule_title, signed
from maoc_tui.desk.picture import zone_labels
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_reading import highest_heard, links_now
from maoc_tui.desk.zone_hand import waters
from maoc_tui.domain.alert_stages import Done, Quiet, Standing, standing
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import alert_acts as acts
from maoc_tui.store.alert_acts import Became
from maoc_tui.store.alerts import Alert
from maoc_tui.store.targets_heard import Heard, heard


@dataclass(frozen=True, slots=True)
class Known:
    """What is read with the alerts themselves, on the same connection."""

    done: Mapping[UUID, list[Done]]
    silences: Sequence[Quiet]
    became: Mapping[UUID, list[Became]]
    heard: Mapping[int, Heard]


def known_of(conn: Connection, found: Sequence[Alert]) -> Known:
    """What is read with some alerts, on the same connection."""
    if not found:
        return Known({}, (), {}, {})
    keys = [key for alert in found for key in alert.finding.keys]
    done = acts.done(conn, *(alert.id for alert in found))
    return Known(done, acts.silences(conn), acts.became(conn), heard(conn, keys))


def rows_of(room: Room, viewer: Viewer, found: Sequence[Alert], known: Known) -> list[AlertRow]:
    """Alerts as lines, in the same order."""
    if not found:
        return []
    links, now = links_now(room, viewer), room.clock.now_ms()
    zones = _zones(room, viewer, found)
    strictest = highest_heard(room, viewer) if links else ""
    rows = (_row(alert, known, links, now) for alert in found)
    return [
        replace(row, zone=zone, marking=strictest if row.targets else "")
        for row, zone in zip(rows, zones, strict=True)
    ]


def _row(alert: Alert, known: Known, links: Mapping[int, str], now: int) -> AlertRow:
    found, stands = alert.finding, standing(known.done.get(alert.id, []), alert.revision)
    quiet = next((one for one in known.silences if one.live(now) and covers(one, alert)), None)
    became = known.became.get(alert.id, [])
    return AlertRow(
        ref=alert.ref,
        rule=found.rule,
        title=rule_title(found.rule),
        level=CRITICAL if stands.escalated is not None else found.level,
        contacts=tuple(
            Concerned(key, key_text(key), _name(key, known.heard), links.get(key, "")) for key in found.keys
        ),
        targets=tuple(dict.fromkeys(links[key] for key in found.keys if key in links)),
        asset=found.asset,
        lat=_degrees(found.lat),
        lon=_degrees(found.lon),
        zone="",
        first_ms=found.first_ms,
        last_ms=found.last_ms,
        raised_ms=alert.raised_ms,
        over=found.over,
        withdrawn=found.withdrawn,
        because=found.because,
        stage=stands.stage,
        stage_by=signed(stands.stage_by),
        heard=signed(stands.heard),
        quiet=quiet,
        escalated=signed(stands.escalated),
        useful=_useful(stands, became),
        became=tuple(one.ref for one in became),
        revision=alert.revision,
        entered_ms=alert.entered_ms,
    )


def _useful(stands: Standing, became: Sequence[Became]) -> bool | None:
    """What became a record was worth the time, whatever was thought of it before."""
    return True if became else stands.useful


def _zones(room: Room, viewer: Viewer, found: Sequence[Alert]) -> list[str]:
    held = waters(room, viewer)
    labels = zone_labels(held)
    places = [(_degrees(alert.finding.lat), _degrees(alert.finding.lon)) for alert in found]
    areas = held.locate(np.array([lat for lat, _ in places]), np.array([lon for _, lon in places]))
    return [labels[area].short if area >= 0 else "" for area in np.atleast_1d(areas).tolist()]


def _degrees(value: float | None) -> float:
    return float("nan") if value is None else value


def covers(quiet: Quiet, alert: Alert) -> bool:
    """Whether a silence, while it lasts, keeps an alert quiet."""
    found = alert.finding
    return quiet.covers(str(alert.id), found.rule, found.keys[0], found.asset, found.level)


def _name(key: int, known: Mapping[int, Heard]) -> str:
    held = known.get(key)
    return printable(held.name or held.call_sign or held.registration, 40) if held is not None else ""


def contact_text(key: int, known: Mapping[int, Heard]) -> str:
    """A contact by its name and number."""
    return " ".join(filter(None, (_name(key, known), key_text(key))))
