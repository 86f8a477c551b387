"""Ports: where vessels meet and lie still by trade. Read from data/ports.csv, checked while reading."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.geo.behaviour.near import Places
from maoc_tui.geo.ellipsoid import F64
from maoc_tui.problems import Problem

_CELL = 0.25
"""Degrees: cells with no port in them or beside them need no closer look."""


@dataclass(frozen=True)
class Ports:
    """Ports in columns."""

    name: tuple[str, ...]
    lat: F64
    lon: F64

    @classmethod
    def load(cls, path: Path | None = None) -> Ports:
        """The shipped ports; raises Problem naming the file and line of a fault."""
        path = path or resources.data("ports.csv")
        rows: list[tuple[str, float, float]] = []
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    lat, lon = float(row["lat"]), float(row["lon"])
                    if not (row["name"] and abs(lat) <= 90 and abs(lon) <= 180):
                        raise ValueError("no name, or no place on Earth")
                    rows.append((row["name"], lat, lon))
        except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError, TypeError) as error:
            raise Problem(f"{path}, line {len(rows) + 2}: {error}.", "Install maoc-tui again.") from None
        return cls(tuple(r[0] for r in rows), np.array([r[1] for r in rows]), np.array([r[2] for r in rows]))

    def near(self, lat: F64, lon: F64, nm: float) -> NDArray[np.bool_]:
        """Whether a port lies within ``nm`` of each place; False where a coordinate is NaN. ``nm`` up to 12."""
        found = np.zeros(len(lat), np.bool_)
        known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
        some = known[self._cells[_cell(lat[known], lon[known])]]
        if len(some):
            asked, _, _ = self._places(nm).within(lat[some], lon[some])
            found[some[asked]] = True
        return found

    def nearest(self, lat: float, lon: float) -> tuple[str, float]:
        """The port nearest to a place within 60 nm, and how far it is; "" and inf when there is none."""
        _, found, apart = self._places(60.0).within(np.array([lat]), np.array([lon]))
        if not len(found):
            return "", float("inf")
        best = int(np.argmin(apart))
        return self.name[int(found[best])], float(apart[best])

    def _places(self, nm: float) -> Places:
        if nm not in self._built:
            self._built[nm] = Places.build(self.lat, self.lon, nm)
        return self._built[nm]

    @cached_property
    def _built(self) -> dict[float, Places]:
        return {}

    @cached_property
    def _cells(self) -> NDArray[np.bool_]:
        """Cells of the world with a port in them or within 12 nm."""
        rows, columns = round(180 / _CELL), round(360 / _CELL)
        marked = np.zeros((rows, columns), np.bool_)
        for lat, lon in zip(self.lat.tolist(), self.lon.tolist(), strict=True):
            wide = min(_CELL / max(np.cos(np.radians(min(abs(lat) + _CELL, 89.9))), 0.01) + _CELL, 180.0)
            north = np.clip(
                ((np.array([lat - 2 * _CELL, lat + 2 * _CELL]) + 90) / _CELL).astype(int), 0, rows - 1
            )
            east = np.arange(np.floor((lon - wide + 180) / _CELL), np.floor((lon + wide + 180) / _CELL) + 1)
            marked[north[0] : north[1] + 1, east.astype(int) % columns] = True
        return marked.ravel()


def _cell(lat: F64, lon: F64) -> NDArray[np.int64]:
    rows, columns = round(180 / _CELL), round(360 / _CELL)
    north = np.clip(((lat + 90) / _CELL).astype(np.int64), 0, rows - 1)
    return np.asarray(north * columns + ((lon + 180) / _CELL).astype(np.int64) % columns)
