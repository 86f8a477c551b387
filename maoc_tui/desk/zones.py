"""The answer to "in whose waters is this?" for one position, in words and as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from maoc_tui.desk.line_accuracy import in_doubt
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.desk.zone_hand_shapes import away_nm
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.zone_override import ZoneOverride
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
MAX_RADIUS_NM = 500.0
"""Largest circle of error that is answered for."""


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
    override: ZoneOverride | None = None
    """What was entered by hand and gives the answer."""
    beneath: Area | None = None
    """Where an override gives the answer: the dataset's own area; None outside it."""
    left: tuple[tuple[ZoneOverride, float], ...] = ()
    """Overrides for this contact or target that do not reach here, and how far it is from where they were entered."""
    beyond: tuple[Area, ...] = ()
    """Further areas it may lie in because a close-in line is nearer than that line is accurate."""
    in_doubt: tuple[tuple[LineDistance, float], ...] = ()
    """Those lines, each with how far off it may be in nautical miles."""

    @property
    def possible(self) -> tuple[Area, ...]:
        """Every area it may lie in, by the error of the position and by that of the lines."""
        return (*self.candidates, *self.beyond)

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
        if self.override is not None:
            return f"{where}{doubt}, {self.override.note}"
        return f"{where}{doubt}{_beside(self.area, self.lines)}"


def answer(
    index: ZoneIndex | Waters,
    lat: float,
    lon: float,
    radius_nm: float = 0.0,
    *,
    key: int = 0,
    target: str = "",
) -> ZoneAnswer:
    """Ask for one position in degrees, with the radius of its error in nautical miles.

    ``key`` and ``target`` say whose position it is: what was entered by hand for that one comes before all else.
    """
    if not 0.0 <= radius_nm <= MAX_RADIUS_NM:
        raise BadInput(f"A radius of {radius_nm:g} nm cannot be used.", f"Give 0 to {MAX_RADIUS_NM:g} nm.")
    area, candidates, determined = judge(index, lat, lon, radius_nm)
    lines = index.nearest_lines(lat, lon)
    found = ZoneAnswer(lat, lon, radius_nm, area, candidates, determined, lines, index.dataset)
    found = _with_doubt(index, found)
    return _by_hand(index, found, key, target) if isinstance(index, Waters) and index.overrides else found


def _with_doubt(index: ZoneIndex | Waters, found: ZoneAnswer) -> ZoneAnswer:
    """The answer with the areas on the other side of every close-in line that is nearer than it is accurate."""
    doubt = in_doubt(found.lines)
    widest = max((nm for _, nm in doubt), default=0.0)
    if widest <= found.radius_nm:
        return replace(found, in_doubt=doubt)
    wide = judge(index, found.lat, found.lon, widest)[1]
    beyond = tuple(area for area in wide if area not in found.candidates)
    return replace(found, beyond=beyond, in_doubt=doubt)


def _by_hand(waters: Waters, found: ZoneAnswer, key: int, target: str) -> ZoneAnswer:
    """The answer with what was entered by hand for this one, or for this place."""
    lat, lon = found.lat, found.lon
    away = ((one, away_nm(one, lat, lon)) for one in waters.about(key, target))
    found = replace(found, left=tuple(pair for pair in away if pair[1] > (pair[0].radius_nm or 0.0)))
    own = waters.for_one(key, target, lat, lon)
    if own is not None:
        area = waters.areas[waters.area_of(own)]
        found = replace(found, area=area, candidates=(area,), determined=True, override=own,
                        beyond=(), in_doubt=())  # fmt: skip
    elif found.area is not None and (placed := waters.override_of(found.area.id)) is not None:
        found = replace(found, override=placed)
    if found.override is None:
        return found
    below = int(waters.index.locate(lat, lon)[0])
    return replace(found, beneath=waters.index.areas[below] if below >= 0 else None)


def judge(
    index: ZoneIndex | Waters, lat: float, lon: float, radius_nm: float
) -> tuple[Area | None, tuple[Area, ...], bool]:
    """The area at a position, every area its circle touches, and whether these are one zone."""
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


def _override(given: ZoneOverride | None) -> dict[str, Any] | None:
    if given is None:
        return None
    from maoc_tui.desk.zone_overrides import as_json

    return as_json(given)


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
        "candidates": [_area_json(area) for area in given.candidates],
        "lines": [
            {
                "kind": line.kind,
                "states": list(line.states),
                "distance_nm": round(line.distance_nm, 3),
                "bearing": round(line.bearing, 1) % 360.0,
                "basis": line.basis,
                "accuracy": line.accuracy or None,
            }
            for line in given.lines
        ],
        "dataset": {"name": given.dataset.name, "edition": given.dataset.edition, "date": given.dataset.date},
        "text": given.text,
        "override": _override(given.override),
        "beneath": _area_json(given.beneath),
    }


def _area_json(area: Area | None) -> dict[str, Any] | None:
    if area is None:
        return None
    return {
        "kind": area.kind, "states": list(area.states), "status": area.status, "basis": area.basis,
        "name": area.name,
    }  # fmt: skip
