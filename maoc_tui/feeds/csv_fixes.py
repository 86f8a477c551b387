"""One batch of columns of cells to fixes: keys, times, positions, motion, class, doubt, and each fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import ContactClass, Space
from maoc_tui.domain.reports import NO_STATUS, Fixes
from maoc_tui.feeds import ais_numbers
from maoc_tui.feeds.ais_fixes import LOW_ACCURACY_M
from maoc_tui.feeds.columns import Column
from maoc_tui.feeds.csv_dialects import Dialect
from maoc_tui.feeds.csv_values import integers, is_blank, numbers, times, words

AIRCRAFT_M = 185.2
"""Position error assumed for an aircraft: a tenth of a mile, NIC 8 (DO-260B)."""
_MOST_KNOTS = {Space.AIS: 102.25, Space.ICAO: 1_500.0, Space.TRACK: 102.25}
_KNOTS_PER_MS, _FEET_PER_M = 3600 / 1852, 1 / 0.3048
_LARGEST = (1 << 40) - 1

_MOBILES = {
    b"class a": ContactClass.SHIP_A, b"class b": ContactClass.SHIP_B,
    b"base station": ContactClass.BASE_STATION, b"aton": ContactClass.AID,
    b"sar airborne": ContactClass.SAR_AIRCRAFT, b"a": ContactClass.SHIP_A, b"b": ContactClass.SHIP_B,
    b"search and rescue transponder": ContactClass.DISTRESS,
    b"man overboard device": ContactClass.DISTRESS,
}  # fmt: skip
_PROVIDER = {95: ContactClass.BASE_STATION, 96: ContactClass.AID, 97: ContactClass.SAR_AIRCRAFT,
             98: ContactClass.AID, 99: ContactClass.SHIP_B}  # fmt: skip
"""Status numbers a provider sets for stations that send no status of their own."""
_STATUS_WORDS = {
    b"under way using engine": 0, b"at anchor": 1, b"not under command": 2, b"restricted maneuverability": 3,
    b"restricted manoeuvrability": 3, b"constrained by her draught": 4, b"moored": 5, b"aground": 6,
    b"engaged in fishing": 7, b"under way sailing": 8, b"reserved for future amendment [hsc]": 9,
    b"reserved for future amendment [wig]": 10, b"ais-sart (active)": 14, b"ais-sart": 14,
}  # fmt: skip


class Table:
    """The cells of one batch with the meaning of its columns; collects the first fault of every row."""

    def __init__(self, dialect: Dialect, where: dict[str, int], columns: Sequence[Column]) -> None:
        self.dialect = dialect
        self._where = where
        self._columns = columns
        self.rows = len(columns[0])
        self.faults: dict[int, tuple[str, str]] = {}
        self.fixes = Fixes.empty()
        """One for every row; only those of ``fix`` are positions."""
        self.fix: NDArray[np.bool_] = np.zeros(self.rows, np.bool_)

    def read(self, now_ms: int) -> None:
        """Fill ``fixes``, ``fix`` and ``faults``."""
        key, number = self._key()
        time = self._time()
        lat, lon, absent = self._position()
        cls, status = self._kind(number)
        heading = self._circle("heading")
        altitude, heading = self._altitude(status, heading)
        doubt = ais_numbers.fix_doubts(lat, lon, time, now_ms)
        if self.dialect.space is Space.AIS:
            doubt = doubt | ais_numbers.doubts(number)
        error = AIRCRAFT_M if self.dialect.space is Space.ICAO else LOW_ACCURACY_M
        self.fixes = Fixes.build(
            key, time, lat, lon, sog=self._sog(), cog=self._circle("cog"), heading=heading, altitude=altitude,
            error_m=error, status=np.where(status <= NO_STATUS, status, NO_STATUS), cls=cls, doubt=doubt,
        )  # fmt: skip
        self.fix = ~absent
        if self.faults:
            self.fix[list(self.faults)] = False

    def cells(self, name: str) -> Column | None:
        """The cells of a field; None when the table has no such column."""
        at = self._where.get(name)
        return None if at is None else self._columns[at]

    def _needed(self, name: str) -> Column:
        return self._columns[self._where[name]]

    def fault(self, rows: NDArray[np.bool_], name: str, reason: str) -> None:
        """Mark rows as unusable, each with the cell and the reason; the first fault of a row stays."""
        if not rows.any():
            return
        cells = self._needed(name)
        for row in np.flatnonzero(rows).tolist():
            shown = cells[row][:40].decode("utf-8", "replace")
            self.faults.setdefault(row, (name, f"{shown!r} {reason}" if shown else "missing"))

    def _numbers(self, name: str) -> NDArray[np.float64] | None:
        cells = self.cells(name)
        if cells is None:
            return None
        found, bad = numbers(cells)
        self.fault(bad, name, "is not a number")
        return found

    def _key(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self.dialect.space is Space.ICAO:
            number = words(self._needed("icao24"), _address)
            self.fault(number < 0, "icao24", "is not a 24-bit address")
        else:
            name = "mmsi" if self.dialect.space is Space.AIS else "track"
            number, bad = integers(self._needed(name))
            self.fault(bad | (number < 0) | (number > _LARGEST), name, "is not a number of a station")
        number = np.clip(number, 0, _LARGEST)
        return number | (int(self.dialect.space) << 40), number

    def _time(self) -> NDArray[np.int64]:
        time, bad = times(self._needed("time"))
        self.fault(bad, "time", "is not a time")
        if (later := self.cells("position_time")) is not None:
            stated, none = times(later)
            time = np.where(none, time, stated)
        return time

    def _position(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Latitude, longitude, and where a row says that it has none: blank, latitude 91, longitude 181."""
        lat, lon = self._numbers("lat"), self._numbers("lon")
        if lat is None or lon is None:
            raise ValueError("a table of positions has latitude and longitude")
        absent = np.isnan(lat) | np.isnan(lon) | (np.abs(lat) == 91.0) | (np.abs(lon) == 181.0)
        high, wide = ~absent & (np.abs(lat) > 90.0), ~absent & (np.abs(lon) > 180.0)
        swapped = high & (np.abs(lat) <= 180.0) & (np.abs(lon) <= 90.0)
        self.swapped = int(swapped.sum()) >= 3 and swapped.sum() > 0.2 * (~absent).sum()
        self.fault(high, "lat", "is beyond 90 degrees")
        self.fault(wide, "lon", "is beyond 180 degrees")
        return lat, lon, absent

    def _sog(self) -> NDArray[np.float64]:
        for name, scale in (("sog", 1.0), ("sog_tenths", 0.1), ("sog_ms", _KNOTS_PER_MS)):
            found = self._numbers(name)
            if found is not None:
                found = found * scale
                most = _MOST_KNOTS[self.dialect.space]
                return np.where((found >= 0.0) & (found < most), found, np.nan)
        return np.full(self.rows, np.nan)

    def _circle(self, name: str) -> NDArray[np.float64]:
        found = self._numbers(name)
        if found is None:
            return np.full(self.rows, np.nan)
        return np.where((found >= 0.0) & (found < 360.0), found, np.nan)

    def _kind(self, number: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """ContactClass and status as written: 0..15, or a provider's own 95..99."""
        status = self._status()
        if self.dialect.space is not Space.AIS:
            cls = ContactClass.AIRCRAFT if self.dialect.space is Space.ICAO else ContactClass.UNKNOWN
            return np.full(self.rows, int(cls), np.uint8), status
        stated = np.full(self.rows, int(ContactClass.SHIP_A), np.uint8)
        for name in ("mobile", "class"):
            if (kinds := self.cells(name)) is not None:
                stated = words(kinds, _stated).astype(np.uint8)
        for code, cls in _PROVIDER.items():
            stated[status == code] = int(cls)
        return ais_numbers.classes(number, stated), status

    def _status(self) -> NDArray[np.int64]:
        if (stated := self.cells("status_word")) is not None:
            return words(stated, lambda word: _STATUS_WORDS.get(word.strip().lower(), NO_STATUS))
        name = "provider_status" if "provider_status" in self._where else "status"
        found = self._numbers(name)
        if found is None:
            return np.full(self.rows, NO_STATUS, np.int64)
        known = (found >= 0) & (found <= 99) & (found == np.floor(found))
        if name == "status":
            known &= found <= NO_STATUS
        return np.where(known, found, NO_STATUS).astype(np.int64)

    def _altitude(self, status: NDArray[np.int64], heading: NDArray[np.float64]) -> tuple[Any, Any]:
        """Feet, and the heading without those headings that a provider uses for an altitude in metres."""
        metres: Any = self._numbers("altitude_m")
        if metres is not None:
            other = self._numbers("geo_altitude_m")
            metres = metres if other is None else np.where(np.isnan(metres), other, metres)
            feet = metres * _FEET_PER_M
            if (ground := self.cells("on_ground")) is not None:
                feet = np.where(words(ground, _yes) == 1, 0.0, feet)
            return feet, heading
        rescue = status == 97
        if not rescue.any():
            return None, heading
        raw = self._numbers("heading")
        feet = np.where(rescue & (raw < 4095), raw * _FEET_PER_M, np.nan) if raw is not None else None
        return feet, np.where(rescue, np.nan, heading)


def _stated(word: bytes) -> int:
    return int(_MOBILES.get(word.strip().lower(), ContactClass.SHIP_A))


def _yes(cell: bytes) -> int:
    return int(cell.strip().lower() in (b"true", b"1"))


def _address(cell: bytes) -> int:
    """A 24-bit address in six hexadecimal digits; -1 when it is none."""
    try:
        return int(cell, 16) if len(cell.strip()) == 6 and not is_blank(cell) else -1
    except ValueError:
        return -1
