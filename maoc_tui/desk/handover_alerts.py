"""What traffic brings to a handover: alerts nobody acknowledged, those withdrawn since, targets in other waters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maoc_tui.desk import alerts, picture
from maoc_tui.desk.handover_items import TEXT, Reading, dtg, few
from maoc_tui.desk.handover_markings import of_assets, of_tracks
from maoc_tui.domain.handover import ENDED, NEW, Item
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.text import printable
from maoc_tui.store import handover_reading

TRAFFIC = "alerts"
"""The section of what traffic brings."""


def raised(made: Reading) -> Iterator[Item]:
    """Alerts that wait for somebody, the gravest first; those that late data dissolved since."""
    rows = alerts.listing(made.room, made.viewer)
    with made.room.db.reading(made.viewer) as conn:
        gone = handover_reading.withdrawn_alerts(conn, made.since_ms)
        named = any(row.asset for row in rows) or any(one.asset for one in gone)
        assets = of_assets(conn) if named else {}
    items = (_alert(made, row, assets.get(row.asset)) for row in rows)
    yield from few(made, items, TRAFFIC, "maoc alert list")
    dissolved = (_dissolved(one, assets.get(one.asset)) for one in gone)
    yield from few(made, dissolved, TRAFFIC, "withdrawn; maoc alert list --all", "alerts withdrawn")


def _dissolved(one: handover_reading.Dissolved, marking: Marking | None) -> Item:
    text = printable(f"withdrawn: {one.because}", TEXT)
    return Item(f"alert {one.ref} withdrawn", TRAFFIC, ENDED, one.ref, text, "", marking)


def _alert(made: Reading, row: alerts.AlertRow, marking: Marking | None) -> Item:
    """One alert; of open traffic it has no marking, near an asset that of the asset."""
    red = "somebody must act now, and nobody has acknowledged it" if row.critical and not row.over else ""
    text = printable(f"{row.title}: {row.subject}, {row.because}", TEXT)
    sign = made.sign(row.entered_ms, row.raised_ms)
    return Item(f"alert {row.ref}", TRAFFIC, sign, row.ref, text, red, marking)


def zones(made: Reading) -> Iterator[Item]:
    """Targets that entered or left a zone since, one row a target."""
    by_target: dict[str, list[str]] = defaultdict(list)
    for event in picture.zone_events_by_time(made.room, made.viewer, made.since_ms):
        if event.target:
            moved = f"entered {event.entered}" if event.entered else f"left {event.left}"
            by_target[event.target].append(f"{moved} {dtg(event.at)}")
    with made.room.db.reading(made.viewer) as conn:
        marked = of_tracks(conn) if by_target else {}
    items = (
        Item(f"zones {ref}", TRAFFIC, NEW, ref, printable("; ".join(said[-3:]), TEXT), "", marked.get(ref))
        for ref, said in sorted(by_target.items())
    )
    yield from few(made, items, TRAFFIC, "maoc events lists them", "zones")
