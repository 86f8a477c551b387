"""What traffic brings to a handover: alerts nobody acknowledged, those withdrawn since, targets in other waters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maoc_tui.desk import alerts, picture
from maoc_tui.desk.handover_items import TEXT, Reading, dtg, few
from maoc_tui.domain.handover import ENDED, NEW, Item
from maoc_tui.domain.text import printable
from maoc_tui.store import handover_reading


def raised(made: Reading) -> Iterator[Item]:
    """Alerts that wait for somebody, the gravest first; those that late data dissolved since."""
    items = (_alert(made, row) for row in alerts.listing(made.room, made.viewer))
    yield from few(made, items, "alerts", "maoc alert list")
    with made.room.db.reading(made.viewer) as conn:
        gone = handover_reading.withdrawn_alerts(conn, made.since_ms)
    for ref, because in gone[-made.rules.most :]:
        yield Item(f"alert {ref} withdrawn", "alerts", ENDED, ref, printable(f"withdrawn: {because}", TEXT))


def _alert(made: Reading, row: alerts.AlertRow) -> Item:
    red = "somebody must act now, and nobody has acknowledged it" if row.critical and not row.over else ""
    text = printable(f"{row.title}: {row.subject}, {row.because}", TEXT)
    return Item(f"alert {row.ref}", "alerts", made.sign(row.entered_ms, row.raised_ms), row.ref, text, red)


def zones(made: Reading) -> Iterator[Item]:
    """Targets that entered or left a zone since, one row a target."""
    by_target: dict[str, list[str]] = defaultdict(list)
    for event in picture.zone_events_by_time(made.room, made.viewer, made.since_ms):
        if event.target:
            moved = f"entered {event.entered}" if event.entered else f"left {event.left}"
            by_target[event.target].append(f"{moved} {dtg(event.at)}")
    items = (
        Item(f"zones {ref}", "alerts", NEW, ref, printable("; ".join(said[-3:]), TEXT))
        for ref, said in sorted(by_target.items())
    )
    yield from few(made, items, "alerts", "maoc events lists them")
