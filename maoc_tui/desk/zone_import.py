"""Importing official areas: combined with the shipped data into a new dataset of this site."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.desk.zone_editions import NAME, SHIPPED, Edition, active_name, folder, replacing
from maoc_tui.domain.text import printable
from maoc_tui.geo import officialfile, zonefile, zonegrid_build
from maoc_tui.geo.combine import combine
from maoc_tui.geo.official import OfficialArea
from maoc_tui.geo.official_import import Account
from maoc_tui.geo.zonemodel import Dataset, ZoneData
from maoc_tui.problems import BadInput

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """The dataset an import made."""

    edition: Edition
    dataset: Dataset
    areas: int
    bytes: int
    carried: int
    """Official areas taken over from the edition the import builds on."""
    superseded: int
    """Official areas of that edition which newer ones replaced."""
    given_up: tuple[tuple[str, str, float], ...]
    """Kind, territory and share of derived areas that lay outside the official ones."""


def slug(text: str) -> str:
    """A dataset name made from a file's name."""
    return re.sub(r"[^a-z0-9_.-]+", "-", text.lower()).strip("-_.")[:50] or "official"


def add(
    account: Account,
    name: str,
    today: date,
    *,
    alone: bool = False,
    partial: bool = False,
    shipped: Path | None = None,
    say: Say = lambda _: None,
) -> Imported:
    """Combine official areas with the shipped data and keep the result as dataset ``name``.

    Official areas of the active dataset are carried over, except those of a kind and territory that the new ones
    hold, unless ``alone``. With ``partial`` derived areas stay where the new data do not reach. Raises BadInput.
    """
    if not NAME.fullmatch(name) or name == SHIPPED:
        raise BadInput(
            f"{printable(name, 60)!r} is no name for a dataset.", "Use a-z, 0-9, dot, dash, underscore."
        )
    path = folder() / f"{name}.zones"
    if path.exists():
        raise BadInput(f"A zone dataset {name!r} exists.", "Choose another with --name.")
    say("reading the shipped data")
    base = zonefile.read(shipped or resources.data("zones.bin"))
    refuse_swapped(account.areas, base)
    before = () if alone else _carried()
    newer = {(area.kind, area.territory) for area in account.areas}
    kept = tuple(area for area in before if (area.kind, area.territory) not in newer)
    areas = (*kept, *account.areas)
    made = combine(base, areas, _dataset(name, base.dataset, areas, today, partial), partial=partial, say=say)
    say("writing")
    with replacing(folder() / f"{name}.official") as aside:
        officialfile.save(aside, areas)
    with replacing(path) as aside:
        size = zonefile.write(aside, made.data)
    count, carried = len(made.data.areas), len(kept)
    edition = Edition(name, path, active_name() == name)
    return Imported(edition, made.data.dataset, count, size, carried, len(before) - carried, made.given_up)


def refuse_swapped(areas: Sequence[OfficialArea], base: ZoneData) -> None:
    """Raise BadInput when areas lie in their own states' waters only if longitude and latitude are exchanged."""
    states = [area.states for area in base.areas]
    grid = zonegrid_build.build(base.lines)
    told = [area for area in areas if area.states]
    if not told:
        return
    inside = shapely.point_on_surface([area.shape for area in told])
    x, y = shapely.get_x(inside), shapely.get_y(inside)

    def at_home(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> int:
        found = grid.locate(lat, lon).tolist()
        return sum(i >= 0 and bool(set(states[i]) & set(a.states)) for i, a in zip(found, told, strict=True))

    straight, swapped = at_home(y, x), at_home(x, y)
    if swapped > straight and straight * 4 <= len(told):
        raise BadInput(
            f"Longitude and latitude look swapped: {swapped} of {len(told)} areas lie in their own State's waters"
            f" only when they are exchanged.",
            "Export the data with longitude first.",
        )


def _carried() -> tuple[OfficialArea, ...]:
    path = folder() / f"{active_name()}.official"
    return officialfile.load(path) if path.is_file() else ()


def _dataset(name: str, base: Dataset, areas: Sequence[OfficialArea], today: date, partial: bool) -> Dataset:
    sources = list(dict.fromkeys(area.source for area in areas))
    said = " + ".join(dict.fromkeys(f"{s.title} {s.edition}" for s in sources))
    mark = officialfile.digest(areas) + ("p" if partial else "")
    licences = dict.fromkeys((*(s.licence or f"as {s.title} grants" for s in sources), base.licence))
    thanks = dict.fromkeys((*(s.attribution or s.title for s in sources), base.attribution))
    kinds = dict.fromkeys(area.kind for area in areas)
    accuracy = tuple((f"{kind}/official", "as published; see the source's own statement") for kind in kinds)
    return Dataset(
        name,
        f"{said} over {base.name} {base.edition} #{mark}",
        today.isoformat(),
        " and ".join(licences),
        "; ".join(thanks),
        (*(f"{s.title} {s.edition}" for s in sources), *base.sources),
        (*accuracy, *base.accuracy),
    )
