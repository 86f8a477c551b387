"""The answers for a file of positions: CSV in, CSV out, every row accounted for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TextIO

from maoc_tui.desk.zone_hand import Waters
from maoc_tui.desk.zones import MAX_RADIUS_NM, judge
from maoc_tui.domain.text import printable
from maoc_tui.geo.zonemodel import Area
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput

_BATCH_ROWS = 10_000
COLUMNS = ("id", "lat", "lon", "kind", "states", "status", "basis", "determined")


@dataclass(slots=True)
class BatchCount:
    """What became of the rows of a file: read = answered + rejected."""

    read: int = 0
    answered: int = 0
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    """Line number from 1, field, reason."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    lat: float
    lon: float
    radius_nm: float


def batch(index: ZoneIndex | Waters, source: TextIO, target: TextIO) -> BatchCount:
    """Answer a CSV of lat, lon and optionally id and radius_nm, row by row; bad rows are counted with the reason.

    ``source`` is opened with newline="" and encoding "utf-8-sig". Raises BadInput when lat or lon has no column.
    """
    reader = csv.reader(source)
    columns = _columns(next(reader, []))
    count, writer = BatchCount(), csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = _rows(reader, columns, count)
    while part := list(islice(rows, _BATCH_ROWS)):
        found = index.locate([row.lat for row in part], [row.lon for row in part])
        for row, here in zip(part, found.tolist(), strict=True):
            area, determined = (
                (index.areas[here], not index.areas[here].may_be) if here >= 0 else (None, False)
            )
            if row.radius_nm > 0:
                area, _, determined = judge(index, row.lat, row.lon, row.radius_nm)
            writer.writerow(
                [row.id, f"{row.lat:.6f}", f"{row.lon:.6f}", *_fields(area), str(determined).lower()]
            )
        count.answered += len(part)
    return count


def _fields(area: Area | None) -> tuple[str, str, str, str]:
    return (area.kind, "/".join(area.states), area.status, area.basis) if area else ("", "", "", "")


def _columns(head: list[str]) -> dict[str, int]:
    names = {name.strip().lower(): i for i, name in enumerate(head)}
    missing = [name for name in ("lat", "lon") if name not in names]
    if missing:
        raise BadInput(
            f"The file has no column {' and no column '.join(missing)}.",
            "Its first line must name the columns: lat,lon and optionally id,radius_nm.",
        )
    return names


def _rows(reader: Any, columns: dict[str, int], count: BatchCount) -> Iterator[_Row]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            count.read += 1
            count.rejects.append((reader.line_num, "row", str(error)))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        count.read += 1
        row = _row(cells, columns, count.read)
        if isinstance(row, _Row):
            yield row
        else:
            count.rejects.append((reader.line_num, *row))


def _row(cells: list[str], columns: dict[str, int], number: int) -> _Row | tuple[str, str]:
    values = {}
    for name, limit in (("lat", 90.0), ("lon", 180.0), ("radius_nm", MAX_RADIUS_NM)):
        at = columns.get(name, len(cells))
        text = cells[at].strip() if at < len(cells) else ""
        if not text and name == "radius_nm":
            values[name] = 0.0
            continue
        try:
            values[name] = float(text)
        except ValueError:
            return name, "is missing" if not text else f"{printable(text, 30)!r} is not a number"
        low = 0.0 if name == "radius_nm" else -limit
        if not low <= values[name] <= limit:
            return name, f"{printable(text, 30)} is not within {low:g} to {limit:g}"
    at = columns.get("id", len(cells))
    given = printable(cells[at], 200) if at < len(cells) else ""
    return _Row(given or str(number), values["lat"], values["lon"], values["radius_nm"])
