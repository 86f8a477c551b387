"""AIS-catcher, an own receiver: decoded messages one object a line, and its web server's list of ships.

What is not available is left out of a message and null in the list. The list says how many seconds ago a ship
was last heard, not when: its times lean on our clock and say so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import Batch
from maoc_tui.feeds.json_ais import (
    COARSE_M,
    MOST_KNOTS,
    eta_text,
    heard,
    identity,
    mapping,
    place,
    size,
)
from maoc_tui.feeds.json_document import Heard, batches, listed, members, streamed
from maoc_tui.feeds.json_values import Unusable, circle, clock_ms, nav_status, number, text, within
from maoc_tui.feeds.source import ReadContext

_ETA = re.compile(r"(\d\d)-(\d\d)T(\d\d):(\d\d)Z", re.ASCII)
_CLASS_B = frozenset({18, 19, 24})
_LONG_RANGE = 27
_FEET = 1 / 0.3048


def read(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    """Batches of a recording of messages or of one ``ships.json``."""
    rows = streamed(stream, "AIS-catcher")
    first = next(rows)
    if isinstance(first[1], dict) and "ships" in first[1]:
        ships = members(first[1], "ships", "AIS-catcher")
        return batches(listed(ships), partial(_listed_ship, arrival_ms=context.received_ms), context)
    return batches(itertools.chain([first], rows), _message, context)


def _message(record: Any, context: ReadContext) -> Heard:
    """One decoded message in scaled units."""
    row = mapping(record)
    if row.get("scaled") is False:
        raise Unusable("scaled", "raw units: start AIS-catcher with scaled output")
    report = heard(row.get("mmsi"), clock_ms(row.get("rxuxtime")), context)
    kind = row.get("type")
    _described(report, row, course=row.get("course"), eta=_eta(row.get("eta")))
    if kind in _CLASS_B and report.cls == ContactClass.SHIP_A:
        report.cls = ContactClass.SHIP_B
    if kind == _LONG_RANGE:
        report.doubt |= Doubt.COARSE
        report.error_m = COARSE_M
    return report


def _listed_ship(record: Any, context: ReadContext, arrival_ms: int) -> Heard:
    """One ship of the list; ``last_signal`` is an age in seconds."""
    row = mapping(record)
    age = number(row.get("last_signal", 0))
    if not 0 <= age < 1e7:
        raise Unusable("last_signal", "not an age in seconds")
    report = heard(row.get("mmsi"), arrival_ms - round(age * 1000), context)
    report.doubt |= Doubt.ARRIVAL_TIME
    eta = eta_text(row.get("eta_month"), row.get("eta_day"), row.get("eta_hour"), row.get("eta_minute"))
    _described(report, row, course=row.get("cog"), eta=eta)
    if row.get("approx"):
        report.doubt |= Doubt.COARSE
        report.error_m = COARSE_M
    return report


def _described(report: Heard, row: dict[str, Any], course: Any, eta: str) -> None:
    """Place, motion and identity, named alike in both forms."""
    place(report, row.get("lat"), row.get("lon"), row.get("accuracy"))
    report.sog = within(row.get("speed"), 0.0, MOST_KNOTS)
    report.cog = circle(course)
    report.heading = circle(row.get("heading"))
    report.status = nav_status(row.get("status"))
    report.altitude = within(row.get("alt"), 0.0, 4094.0) * _FEET
    report.values = identity(
        name=row.get("shipname") or row.get("name"), call_sign=row.get("callsign"), imo=row.get("imo"),
        destination=row.get("destination"), ship_type=row.get("shiptype"), draught_m=row.get("draught"),
        eta=eta,
    )  # fmt: skip
    report.values |= size(*(row.get(f"to_{side}") for side in ("bow", "stern", "port", "starboard")))


def _eta(value: Any) -> str:
    found = _ETA.fullmatch(text(value))
    return eta_text(*found.groups()) if found else ""
