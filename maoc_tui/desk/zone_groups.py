"""Which areas count as one when a contact's passage from zone to zone is noted.

For ships a state's land, internal, archipelagic and territorial waters are one group: a rough coastline must
not make events in every harbour. For aircraft only the airspace over territory matters: all that lies beyond the
territorial sea is one group (Chicago Convention, Art. 1 and 2).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BEYOND = "intl air"
"""What the air beyond all territory is called."""
_SOVEREIGN = ("land", "internal", "archipelagic", "territorial")
_RANK = {"territorial": 0, "archipelagic": 1, "internal": 2, "land": 3}


class AreaLike(Protocol):
    """What is asked of an area of a dataset."""

    @property
    def kind(self) -> str: ...
    @property
    def states(self) -> Sequence[str]: ...
    @property
    def short(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ZoneGroups:
    """Group of each area id, for ships and aircraft; a group is named by the id of its leading area."""

    sea: NDArray[np.int32]
    air: NDArray[np.int32]
    label: tuple[str, ...]
    """Short label by group, as in ``PT TS``; the last is the air beyond all territory."""

    def of(self, area: NDArray[np.int32], is_air: NDArray[np.bool_]) -> NDArray[np.int32]:
        """The group of each area id; -1 stays -1."""
        inside = np.maximum(area, 0)
        group = np.where(is_air, self.air[inside], self.sea[inside])
        grouped: NDArray[np.int32] = np.where(area < 0, np.int32(-1), group).astype(np.int32)
        return grouped


def groups(areas: Sequence[AreaLike]) -> ZoneGroups:
    """Group the areas of a dataset; the air beyond territory is a group of its own behind them all."""
    beyond = np.int32(len(areas))
    sea = _leaders(areas, [_sea_name(a) for a in areas])
    territory = np.array([a.kind in _SOVEREIGN for a in areas], np.bool_)
    air = np.where(territory, sea, beyond).astype(np.int32)
    return ZoneGroups(np.append(sea, beyond), np.append(air, beyond), (*(a.short for a in areas), BEYOND))


def _sea_name(area: AreaLike) -> Hashable:
    kind = "sovereign" if area.kind in _SOVEREIGN else area.kind
    return kind, tuple(area.states)


def _leaders(areas: Sequence[AreaLike], names: Sequence[Hashable]) -> NDArray[np.int32]:
    """For each area the id of its group's leading one: territorial sea first, then the lowest id."""
    lead: dict[Hashable, int] = {}
    for i in sorted(range(len(areas)), key=lambda i: (_RANK.get(areas[i].kind, 0), i)):
        lead.setdefault(names[i], i)
    return np.array([lead[name] for name in names], np.int32)
