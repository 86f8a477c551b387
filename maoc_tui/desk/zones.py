"""The answer to "in whose waters is this?": for one position, as JSON, and for a file of positions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TextIO

from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import printable
from maoc_tui.geo.zonemodel import ABBREVIATION, Area, Dataset
from maoc_tui.geo.zones import LineDistance, ZoneIndex
from maoc_tui.problems import BadInput

_WORDS = {
    "land": "land",
    "internal": "internal waters",
    "archipelagic": "archipelagic waters",
    "territorial": "territorial sea",
    "contiguous": "contiguous zone",
    "eez": "EEZ",
    "joint": "joint regime area",
    "high_seas": "high seas",
}
_BATCH_ROWS = 10_000
MAX_RADIUS_NM = 500.0
"""Largest circle of error that is answered for."""
COLUMNS = ("id", "lat", "lon", "kind", "states", "status", "basis", "determined")


@dataclass(frozen=True, slots=True)
class ZoneAnswer:
    """Where a position lies, how sure that is, and how far the lines are."""

    lat: float
    lon: float
    radius_nm: float
    area: Area | None
    """The area at the position itself; None outside the dataset."""
    candidates: tuple[Area, ...]
    """Every area the circle of error touches, the one at its centre first."""
    determined: bool
    """The whole circle lies in one zone of one state."""
    lines: tuple[LineDistance, ...]
    dataset: Dataset

    @property
    def position(self) -> str:
        """Degrees and decimal minutes."""
        return format_position(self.lat, self.lon)

    @property
    def text(self) -> str:
        """One line for the banner, such as "PT EEZ, 3.4 nm outside PT territorial sea"."""
        if self.area is None:
            return "outside the zone dataset"
        if not self.determined:
            names = dict.fromkeys(
                f"{'/'.join(a.states)} {ABBREVIATION[a.kind]}".strip() for a in self.candidates
            )
            return f"not determined ({' / '.join(names)})"
        where = in_words(self.area.kind, self.area.states)
        doubt = "" if self.area.status == "agreed" else f" ({self.area.status})"
        return f"{where}{doubt}{_beside(self.area, self.lines)}"


def answer(index: ZoneIndex, lat: float, lon: float, radius_nm: float = 0.0) -> ZoneAnswer:
    """Ask the index for one position in degrees, with the radius of its error in nautical miles."""
    if not 0.0 <= radius_nm <= MAX_RADIUS_NM:
        raise BadInput(f"A radius of {radius_nm:g} nm cannot be used.", f"Give 0 to {MAX_RADIUS_NM:g} nm.")
    area, candidates, determined = _judge(index, lat, lon, radius_nm)
    return ZoneAnswer(
        lat, lon, radius_nm, area, candidates, determined, index.nearest_lines(lat, lon), index.dataset
    )


def _judge(
    index: ZoneIndex, lat: float, lon: float, radius_nm: float
) -> tuple[Area | None, tuple[Area, ...], bool]:
    here = int(index.locate(lat, lon)[0])
    candidates = tuple(index.areas[i] for i in index.candidates(lat, lon, radius_nm))
    sorts = {(area.kind, area.states) for area in candidates}
    return (index.areas[here] if here >= 0 else None), candidates, here >= 0 and len(sorts) == 1


def in_words(kind: str, states: tuple[str, ...]) -> str:
    """A zone in words: ``PT territorial sea``."""
    return f"{'/'.join(states)} {_WORDS[kind]}".strip()


def _beside(area: Area, lines: tuple[LineDistance, ...]) -> str:
    """How far the line that matters most is: the coast on land, the outer limit inside, the next zone outside."""
    wanted = {"contiguous": "territorial", "eez": "territorial", "joint": "territorial", "high_seas": "eez"}
    kind = wanted.get(area.kind, area.kind)
    line = next((told for told in lines if told.kind == kind), None)
    if line is None:
        return ""
    if area.kind == "land":
        return f", {line.distance_nm:.1f} nm from the coast or border"
    if kind == area.kind:
        return f", {line.distance_nm:.1f} nm inside its limit"
    return f", {line.distance_nm:.1f} nm outside {in_words(line.kind, line.states)}"


def as_json(given: ZoneAnswer) -> dict[str, Any]:
    """The answer with the keys that scripts rely on."""
    area = given.area
    return {
        "position": {"lat": given.lat, "lon": given.lon, "text": given.position},
        "kind": area.kind if area else None,
        "states": list(area.states) if area else [],
        "status": area.status if area else None,
        "basis": area.basis if area else None,
        "determined": given.determined,
        "candidates": [
            {"kind": a.kind, "states": list(a.states), "status": a.status, "basis": a.basis, "name": a.name}
            for a in given.candidates
        ],
        "lines": [
            {
                "kind": line.kind,
                "states": list(line.states),
                "distance_nm": round(line.distance_nm, 3),
                "bearing": round(line.bearing, 1) % 360.0,
                "basis": line.basis,
            }
            for line in given.lines
        ],
        "dataset": {"name": given.dataset.name, "edition": given.dataset.edition, "date": given.dataset.date},
    }


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


def batch(index: ZoneIndex, source: TextIO, target: TextIO) -> BatchCount:
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
            area, determined = (index.areas[here], True) if here >= 0 else (None, False)
            if row.radius_nm > 0:
                area, _, determined = _judge(index, row.lat, row.lon, row.radius_nm)
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
