"""Which area a face of the combined map belongs to: official first, derived where no official data are.

The rules, in the order they are applied to a face:

1. Where official areas lie, the strictest kind of them counts; a joint regime counts before the EEZ it lies over.
   Official areas of one kind and several states together are disputed between all of them.
2. A derived area of a stricter kind stays inside an official one of the same state: the territorial sea inside an
   EEZ. Land always stays: official zone files hold none. What is only inferred gives way to an official territorial
   sea: internal waters stay inside an official EEZ, not inside that.
3. A derived area whose kind and territory official areas describe ends where they end. What lies outside them is
   given up to the neighbour with the longest common line, if that is at least a quarter of the whole outline, and no
   stricter; a bay behind the official baseline, with no such neighbour, keeps its derived label.
4. Everything else stays derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.official import OfficialArea
from maoc_tui.geo.zonemodel import KINDS, Area

_SHARE = 0.25
_RANK = {kind: float(i) for i, kind in enumerate(KINDS)} | {"joint": KINDS.index("eez") - 0.5}


@dataclass(frozen=True, slots=True)
class Faces:
    """What is known of each face before it is labelled."""

    derived: NDArray[np.int32]
    """Id of the derived area it lies in."""
    part: NDArray[np.int32]
    """Which connected part of the derived map it lies in, -1 for none."""
    official: Sequence[Sequence[int]]
    """Numbers of the official areas it lies in."""
    thin: NDArray[np.bool_]
    """No wider than drawing error."""
    pairs: NDArray[np.int32]
    """(n, 2) neighbouring faces."""
    length: NDArray[np.float64]
    """What each pair has in common, degrees."""


def labels(
    faces: Faces, derived: Sequence[Area], official: Sequence[OfficialArea], partial: bool
) -> list[Area]:
    """The area of each face, by the rules above; with ``partial`` rule 3 is left out."""
    found = [
        _label(derived[d], [official[i] for i in over])
        for d, over in zip(faces.derived.tolist(), faces.official, strict=True)
    ]
    given_up = set() if partial else _replaced(faces, derived, official)
    loose = {
        i
        for i, part in enumerate(faces.part.tolist())
        if part in given_up and not faces.official[i] and found[i].kind != "land"
    }
    seams = {
        i for i in np.flatnonzero(faces.thin).tolist() if _mixed([official[j] for j in faces.official[i]])
    }
    _resolve(found, loose, seams, faces)
    return found


def _label(derived: Area, over: list[OfficialArea]) -> Area:
    if not over:
        return derived
    first = min(_RANK[area.kind] for area in over)
    states = {state for area in over for state in area.states}
    own = _RANK[derived.kind]
    if derived.basis == "inferred":
        own = max(own, _RANK["territorial"])
    if own < first and (derived.kind == "land" or states & set(derived.states)):
        return derived
    return _joined([area for area in over if _RANK[area.kind] == first])


def _joined(over: list[OfficialArea]) -> Area:
    """One area of all official areas of one kind at a place."""
    head = over[0]
    source, edition = (
        " / ".join(dict.fromkeys(texts))
        for texts in ([a.source.title for a in over], [a.source.edition for a in over])
    )
    one = Area(
        -1, head.kind, head.states, head.status, "official", head.name, head.territory, source, edition
    )
    if not _mixed(over):
        return one
    states = tuple(dict.fromkeys(state for area in over for state in area.states))
    status = "joint" if head.kind == "joint" else "disputed"
    return replace(one, states=states, status=status, name=" / ".join(dict.fromkeys(a.name for a in over)))


def _mixed(over: list[OfficialArea]) -> bool:
    """Whether the strictest official areas at a place are of different states."""
    first = min((_RANK[area.kind] for area in over), default=0.0)
    return len({area.states for area in over if _RANK[area.kind] == first}) > 1


def _replaced(faces: Faces, derived: Sequence[Area], official: Sequence[OfficialArea]) -> set[int]:
    """Connected parts of the derived map that official areas of the same kind and territory describe."""
    found = set()
    for d, part, over in zip(faces.derived.tolist(), faces.part.tolist(), faces.official, strict=True):
        own = derived[d]
        if any((official[i].kind, official[i].territory) == (own.kind, own.territory) for i in over):
            found.add(part)
    return found - {-1}


def _resolve(found: list[Area], loose: set[int], seams: set[int], faces: Faces) -> None:
    """Give loose faces and seams to a neighbour, nearest the settled ones first."""
    beside: dict[int, list[tuple[int, float]]] = {i: [] for i in loose | seams}
    for (a, b), length in zip(faces.pairs.tolist(), faces.length.tolist(), strict=True):
        for one, other in ((a, b), (b, a)):
            if one in beside:
                beside[one].append((other, length))
    left = set(beside)
    while left:
        chosen = {i: area for i in left if (area := _neighbour(i, found, left, beside[i], i in loose))}
        if not chosen:
            return
        for i, area in chosen.items():
            found[i] = area
        left -= set(chosen)


def _neighbour(
    face: int, found: list[Area], left: set[int], beside: list[tuple[int, float]], loose: bool
) -> Area | None:
    own, shared, around = found[face], dict[Area, float](), 0.0
    for other, length in beside:
        around += length
        if other < 0 or other in left:
            continue
        area = found[other]
        taken = area.kind == "land" or (area.kind == own.kind and area.territory == own.territory)
        if not (loose and (taken or _RANK[area.kind] < _RANK[own.kind])):
            shared[area] = shared.get(area, 0.0) + length
    best = max(shared, key=lambda area: (shared[area], area.name), default=None)
    return best if best is not None and shared[best] >= _SHARE * around else None
