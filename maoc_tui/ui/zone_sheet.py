"""Whose waters a position is in, and why: the answer of the zones desk as lines."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import printable
from maoc_tui.domain.units import format_distance_nm
from maoc_tui.ui.contact_rows import KIND_TEXT
from maoc_tui.ui.lines import Line

_LABEL = 12


def zone_lines(answer: Any) -> list[Line]:
    """The lines of a ZoneAnswer: the zone, the candidates, the distance to each line, the dataset."""
    lines: list[Line] = [_field("Position", format_position(answer.lat, answer.lon), "strong")]
    if answer.radius_nm:
        lines.append(_field("Error", f"±{format_distance_nm(answer.radius_nm)}"))
    lines += _area(answer)
    if answer.lines:
        lines += [((" ", "text"),), (("Distance to each line", "title"),)]
        lines += [_line(each) for each in answer.lines]
    dataset = answer.dataset
    known = " ".join(str(getattr(dataset, name, "")) for name in ("name", "edition"))
    lines += [((" ", "text"),), _field("Dataset", f"{printable(known)}, {printable(str(dataset.date))}")]
    lines += [
        _field(
            "Licence", f"{printable(str(dataset.licence))}; {printable(str(dataset.attribution), 200)}", "dim"
        )
    ]
    return lines


def _area(answer: Any) -> list[Line]:
    area = answer.area
    if area is None:
        return [_field("Zone", "outside the zone dataset: nothing is known of these waters", "warn")]
    lines: list[Line] = []
    if answer.determined:
        lines.append(_field("Zone", zone_name(area.kind, area.states), "strong"))
    else:
        lines.append(_field("Zone", "NOT DETERMINED: the circle of error touches more than one", "warn"))
        lines += [_field("could be", zone_name(each.kind, each.states), "warn") for each in answer.candidates]
    lines.append(_field("Status", area.status, "text" if area.status == "agreed" else "warn"))
    lines.append(_field("Basis", _basis(area.basis)))
    if area.name:
        lines.append(_field("Area", printable(f"{area.name}, {area.source} {area.edition}", 200), "dim"))
    return lines


def zone_name(kind: str, states: Any) -> str:
    """A zone in words: ``PT territorial sea``, ``high seas``."""
    name = KIND_TEXT.get(kind, kind) or "outside the dataset"
    return f"{' / '.join(states)} {name}".strip()


def _basis(basis: str) -> str:
    meaning = {
        "official": "drawn as the state deposited or published it",
        "derived": "measured from the coast and published limits",
        "equidistance": "halfway between two coasts, not an agreed boundary",
        "inferred": "no source for this line; an estimate",
    }
    return f"{basis}: {meaning[basis]}" if basis in meaning else basis


def _line(each: Any) -> Line:
    distance = f"{format_distance_nm(each.distance_nm):>8}  bearing {round(each.bearing) % 360:03d}°"
    return (
        (f"  {distance}  ", "strong"),
        (zone_name(each.kind, each.states), "text"),
        (f"  {each.basis}", "dim"),
    )


def _field(name: str, text: str, look: str = "text") -> Line:
    return ((f"{name:<{_LABEL}}", "dim"), (text, look))
