"""Decoded AIS position messages to fixes: units, sentinels to 'not available', ranges, class and doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import NO_STATUS, Fixes
from maoc_tui.feeds import ais_decode, ais_numbers

HIGH_ACCURACY_M = 10.0
"""Position accuracy flag 1: 10 m or better (ITU-R M.1371-5, table 48)."""
LOW_ACCURACY_M = 30.0
"""Flag 0 says only 'worse than 10 m'; an uncorrected satellite receiver is within 30 m nearly always."""
COARSE_M = 131.0
"""Half a step of 1/10 minute in both directions: sqrt(2) x 0.05 x 1852 m (message 27)."""
_FEET = 1 / 0.3048

_STATED = {
    1: ContactClass.SHIP_A, 2: ContactClass.SHIP_A, 3: ContactClass.SHIP_A, 4: ContactClass.BASE_STATION,
    5: ContactClass.SHIP_A, 9: ContactClass.SAR_AIRCRAFT, 11: ContactClass.SHIP_A, 18: ContactClass.SHIP_B,
    19: ContactClass.SHIP_B, 21: ContactClass.AID, 24: ContactClass.SHIP_B, 27: ContactClass.SHIP_A,
}  # fmt: skip


def contact_class(kind: int, mmsi: int) -> int:
    """ContactClass of one transmitter by message type and the form of its number."""
    stated = int(_STATED.get(kind, ContactClass.UNKNOWN))
    return ais_numbers.station_class(mmsi, stated)


class Positions:
    """Position messages of one type as columns: what is a fix, what has no position, what is impossible."""

    def __init__(self, kind: int, payloads: Sequence[bytes]) -> None:
        self.kind = kind
        raw = ais_decode.decode(kind, payloads)
        self.raw = raw
        scale = 600.0 if kind == 27 else 600_000.0
        self.lat: NDArray[np.float64] = raw["lat"] / scale
        self.lon: NDArray[np.float64] = raw["lon"] / scale
        self.absent = (raw["lat"] == 91 * scale) | (raw["lon"] == 181 * scale)
        """Says itself that it has no position: latitude 91 or longitude 181."""
        self.bad_lat = ~self.absent & (np.abs(self.lat) > 90.0)
        self.bad_lon = ~self.absent & ~self.bad_lat & (np.abs(self.lon) > 180.0)

    @property
    def fix(self) -> NDArray[np.bool_]:
        """Where there is a position within the globe."""
        found: NDArray[np.bool_] = ~(self.absent | self.bad_lat | self.bad_lon)
        return found

    def fixes(self, time: NDArray[np.int64], doubt: NDArray[np.uint16], record: Any, now_ms: int) -> Fixes:
        """All messages as fixes (take those of ``fix``); ``time`` in ms, ``doubt`` of the time itself."""
        mmsi = self.raw["mmsi"]
        doubt = doubt | ais_numbers.doubts(mmsi) | ais_numbers.fix_doubts(self.lat, self.lon, time, now_ms)
        if self.kind == 27:
            doubt = doubt | np.uint16(Doubt.COARSE)
        return Fixes.build(
            ais_numbers.keys(mmsi),
            time,
            self.lat,
            self.lon,
            sog=self._sog(),
            cog=self._cog(),
            heading=self._column("heading", 359),
            altitude=self._column("altitude", 4094, _FEET),
            error_m=self._error(),
            status=self.raw.get("status", NO_STATUS),
            cls=ais_numbers.classes(mmsi, int(_STATED[self.kind])),
            doubt=doubt,
            record=record,
        )

    def _column(self, name: str, highest: int, scale: float = 1.0) -> NDArray[np.float64]:
        """A field in its unit; NaN where above ``highest`` (not available, or a value not to be used)."""
        raw = self.raw.get(name)
        if raw is None:
            return np.full(len(self.lat), np.nan)
        return np.where(raw > highest, np.nan, raw * scale)

    def _sog(self) -> NDArray[np.float64]:
        if self.kind == 27:
            return self._column("sog", 62)
        return self._column("sog", 1022, 1.0 if self.kind == 9 else 0.1)

    def _cog(self) -> NDArray[np.float64]:
        return self._column("cog", 359) if self.kind == 27 else self._column("cog", 3599, 0.1)

    def _error(self) -> NDArray[np.float64]:
        error = np.where(self.raw["accuracy"] == 1, HIGH_ACCURACY_M, LOW_ACCURACY_M)
        return error + COARSE_M if self.kind == 27 else error
