"""SBS-1 BaseStation lines (port 30003): what each transmission leaves blank is filled from the one before.

A position (MSG 2 on the surface, MSG 3 in the air) takes speed and course from the aircraft's last MSG 4 and,
where it has none itself, altitude from the last MSG 5 or 7, when these are at most 30 s old. Times are the
feeder's local time without a zone: read as UTC unless ``zone`` says otherwise.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, BinaryIO

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import Batch
from maoc_tui.feeds.aircraft_json import ASSUMED_M, address, altitude_ft, identity, speed_kn, track_deg
from maoc_tui.feeds.json_document import Heard, batches, lines
from maoc_tui.feeds.json_values import NAN, Unusable, position, stamped, written_ms
from maoc_tui.feeds.source import Format, ReadContext

CARRY_MS = 30_000
"""How old a speed, course or altitude may be to be joined to a position."""
_REMEMBERED = 20_000
"""Aircraft remembered at once; the one longest unheard is forgotten first."""
_LINE_LIMIT = 1000
_KINDS = frozenset({"SEL", "ID", "AIR", "STA", "CLK"})
_FIRST = re.compile(rb"\s*(MSG,[1-8]|SEL|ID|AIR|STA|CLK),[^\r\n]*,\d{4}/\d\d/\d\d,")
_SURFACE, _AIRBORNE, _VELOCITY = "2", "3", "4"


@dataclass(slots=True)
class _Carried:
    """What an aircraft said in earlier transmissions, and when."""

    moved_ms: int = -CARRY_MS * 2
    sog: float = NAN
    cog: float = NAN
    climbed_ms: int = -CARRY_MS * 2
    altitude: float = NAN


@dataclass(slots=True)
class Assembler:
    """Turns BaseStation lines into reports, remembering each aircraft's last speed and altitude."""

    zone: tzinfo = UTC
    known: OrderedDict[int, _Carried] = field(default_factory=OrderedDict)

    def understand(self, record: Any, context: ReadContext) -> Heard:
        """One line to what it says; Unusable naming the field."""
        row = _fields(record)
        if row[0] == "CLK" or (row[0] == "STA" and not row[4]):
            return Heard(0, self._time(row, context)[0], ContactClass.UNKNOWN)
        key, doubt = address(row[4])
        time, late = self._time(row, context)
        report = Heard(key, time, ContactClass.AIRCRAFT, doubt | late)
        report.values = identity(call_sign=row[10] if row[0] in ("MSG", "ID", "SEL") else "", squawk=row[17])
        if row[0] == "MSG":
            self._message(report, row)
        return report

    def _time(self, row: list[str], context: ReadContext) -> tuple[int, Doubt]:
        if not row[6] and not row[7]:
            return stamped(None, context)
        ms = written_ms(f"{row[6]} {row[7]}")
        if ms is not None and self.zone is not UTC:
            local = datetime.fromtimestamp(ms / 1000, UTC).replace(tzinfo=self.zone)
            ms = round(local.timestamp() * 1000)
        return stamped(ms, context)

    def _message(self, report: Heard, row: list[str]) -> None:
        carried = self.known.setdefault(report.key, _Carried())
        self.known.move_to_end(report.key)
        if len(self.known) > _REMEMBERED:
            self.known.popitem(last=False)
        sog, cog, altitude = speed_kn(row[12]), track_deg(row[13]), altitude_ft(row[11])
        if row[1] == _SURFACE or row[21] in ("-1", "1"):
            altitude = 0.0
        if sog == sog or cog == cog:
            carried.moved_ms, carried.sog, carried.cog = report.time, sog, cog
        if altitude == altitude:
            carried.climbed_ms, carried.altitude = report.time, altitude
        if row[1] not in (_SURFACE, _AIRBORNE):
            return
        report.lat, report.lon = position(row[14], row[15])
        report.error_m = ASSUMED_M
        if abs(report.time - carried.moved_ms) <= CARRY_MS:
            report.sog, report.cog = carried.sog, carried.cog
        if abs(report.time - carried.climbed_ms) <= CARRY_MS:
            report.altitude = carried.altitude


def _fields(record: Any) -> list[str]:
    """The 22 fields of a line, blank where a shorter kind of line has none."""
    if len(record) > _LINE_LIMIT:
        raise Unusable("", "line too long")
    row = [part.strip() for part in record.decode("latin-1").split(",")]
    if row[0] not in _KINDS and row[0] != "MSG":
        raise Unusable("type", "not a BaseStation line")
    if not (len(row) == 22 if row[0] == "MSG" else 8 <= len(row) <= 22):
        raise Unusable("", f"{len(row)} fields instead of 22: cut, shifted or run together")
    if row[0] == "MSG" and row[1] not in tuple("12345678"):
        raise Unusable("transmission", "not 1 to 8")
    return row + [""] * (22 - len(row))


def read(stream: BinaryIO, context: ReadContext, zone: tzinfo = UTC) -> Iterator[Batch]:
    """Batches of a BaseStation recording or stream."""
    return batches(lines(stream), Assembler(zone).understand, context)


FORMATS = (Format("sbs", "SBS-1 BaseStation (port 30003)", lambda head: bool(_FIRST.match(head)), read),)
