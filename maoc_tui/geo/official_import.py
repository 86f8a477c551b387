"""From a file's rows to official areas: each row is kept, refused or a duplicate, and every problem is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from maoc_tui.domain.text import printable
from maoc_tui.geo import official_mapping
from maoc_tui.geo.official import MAX_ROWS, MAX_VERTICES, Finding, Layer, OfficialArea, Refused, Row, Source
from maoc_tui.geo.official_columns import Described, describe, kind_of_layer
from maoc_tui.geo.official_open import opened
from maoc_tui.geo.official_shapes import settled
from maoc_tui.problems import BadInput

MARINE_REGIONS = "Marine Regions"
_LICENCE = "CC-BY-4.0"
_ATTRIBUTION = "Flanders Marine Institute, Marine Regions (https://www.marineregions.org), CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a file's rows: read = kept + refused + duplicate."""

    areas: tuple[OfficialArea, ...]
    findings: tuple[Finding, ...]
    read: int

    def count(self, action: str) -> int:
        """How many findings there are of one action."""
        return sum(finding.action == action for finding in self.findings)


def read(
    path: Path,
    *,
    mapping: Path | None = None,
    layer: str | None = None,
    kind: str | None = None,
    edition: str | None = None,
    max_vertices: int = MAX_VERTICES,
) -> Account:
    """Read a file of official areas. Raises BadInput when nothing of it can be used.

    ``mapping`` explains a national file; otherwise the columns are those of Marine Regions. ``kind`` and ``edition``
    are used where the file and its name do not tell them.
    """
    plan = official_mapping.load(mapping) if mapping else None
    chosen = layer or (plan.layer if plan else None)
    with opened(path, chosen) as held, np.errstate(all="ignore"):
        source = plan.source if plan else _source(path, held, edition)
        tell = plan.describe if plan else _marine_regions(held, path, kind)
        account = _rows(held, source, tell, max_vertices)
    if not account.areas:
        first = next((f"row {f.row}, {f.field}: {f.reason}" for f in account.findings), "it has no rows")
        raise BadInput(
            f"{printable(path.name, 80)}: none of its {account.read} rows can be used ({first}).",
            "Check that this is a layer of maritime zones.",
        )
    return account


def _marine_regions(held: Layer, path: Path, kind: str | None) -> Callable[[Mapping[str, object]], Described]:
    told = next((k for k in map(kind_of_layer, (held.name, path.name)) if k is not None), None)
    if told == "":
        raise BadInput(
            f"{held.file}: layer {printable(held.name, 60)!r} is not of maritime zones.",
            "Take one of eez, eez_12nm, eez_24nm, eez_internal_waters, eez_archipelagic_waters, high_seas.",
        )
    return lambda fields: describe(fields, told or kind)


def _source(path: Path, held: Layer, edition: str | None) -> Source:
    found = edition or held.about.get("edition") or _edition(held.name) or _edition(path.name)
    if not found:
        raise BadInput(
            f"{held.file}: neither the file nor its name says which edition it is.", "Give it with --edition."
        )
    said = held.about
    title = printable(said.get("source", MARINE_REGIONS), 80)
    licence, attribution = said.get("licence", _LICENCE), said.get("attribution", _ATTRIBUTION)
    return Source(title, printable(found, 80), printable(licence, 80), printable(attribution, 200))


def _edition(name: str) -> str:
    """``v12 2023-10-25`` of World_EEZ_v12_20231025, ``v11`` of eez_v11."""
    version = re.search(r"(?:^|[_\-. ])(v\d{1,3}(?:[._]\d{1,2})?)(?=$|[_\-. ])", name.lower())
    day = re.search(r"(20\d\d)(\d\d)(\d\d)", name)
    parts = [version.group(1)] if version else []
    return " ".join([*parts, "-".join(day.groups())] if day else parts)


def _rows(
    held: Layer, source: Source, tell: Callable[[Mapping[str, object]], Described], max_vertices: int
) -> Account:
    areas: list[OfficialArea] = []
    findings: list[Finding] = []
    seen: dict[tuple[object, ...], int] = {}
    read = vertices = 0
    for row in held.rows:
        read = row.number
        vertices += int(shapely.get_num_coordinates(row.shape)) if row.shape is not None else 0
        if read > MAX_ROWS or vertices > max_vertices:
            limit = f"{max_vertices:,} points" if vertices > max_vertices else f"{MAX_ROWS:,} rows"
            raise BadInput(f"{held.file}: over {limit}.", "Thin the data, or import one region at a time.")
        try:
            area, mended = _area(row, source, tell)
        except Refused as why:
            findings.append(Finding(held.file, row.number, why.field, why.reason, "refused"))
            continue
        key = (area.kind, area.states, area.status, shapely.to_wkb(area.shape))
        if key in seen:
            findings.append(
                Finding(held.file, row.number, "geometry", f"the same as row {seen[key]}", "duplicate")
            )
            continue
        seen[key] = row.number
        areas.append(area)
        findings += [Finding(held.file, row.number, "geometry", text, "repaired") for text in mended]
    return Account(tuple(areas), tuple(findings), read)


def _area(
    row: Row, source: Source, tell: Callable[[Mapping[str, object]], Described]
) -> tuple[OfficialArea, list[str]]:
    if row.fault:
        raise Refused("geometry", row.fault)
    told = tell(row.fields)
    shape, mended = settled(row.shape)
    return OfficialArea(told.kind, told.states, told.status, told.name, told.territory, source, shape), mended
