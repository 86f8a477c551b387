"""Whose waters a position is in, and why: the answer of the zones desk as lines."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.units import format_distance_nm
from maoc_tui.ui.contact_rows import KIND_TEXT
from maoc_tui.ui.lines import Line

_LABEL = 13
_BASES = {
    "official": "drawn as the state deposited or published it",
    "derived": "measured from open data of coasts and limits",
    "equidistance": "halfway between two coasts, not an agreed boundary",
    "inferred": "no source for this line; an estimate",
    "hand": "entered by an officer, over official and derived data",
}


def zone_lines(answer: Any) -> list[Line]:
    """The lines of a ZoneAnswer: the zone, what was entered by hand, the candidates, each line, the dataset."""
    lines: list[Line] = [_field("Position", format_position(answer.lat, answer.lon), "strong")]
    if answer.radius_nm:
        lines.append(_field("Error", f"±{format_distance_nm(answer.radius_nm)}"))
    lines += [*_area(answer), *_by_hand(answer), *_left(answer)]
    if answer.lines:
        lines += [((" ", "text"),), (("Distance to each line", "title"),)]
        lines += [_line(each) for each in answer.lines]
    return [*lines, ((" ", "text"),), *_dataset(answer)]


def _area(answer: Any) -> list[Line]:
    area = answer.area
    if area is None:
        return [_field("Zone", "outside the zone dataset: nothing is known of these waters", "warn")]
    lines: list[Line] = []
    if answer.determined:
        lines.append(_field("Zone", zone_name(area.kind, area.states), "strong"))
    else:
        lines.append(_field("Zone", "NOT DETERMINED: the circle of error touches more than one", "warn"))
        lines += [
            _field("could be", f"{zone_name(each.kind, each.states)} ({each.basis})", "warn")
            for each in answer.candidates
        ]
    lines.append(_field("Status", area.status, "text" if area.status == "agreed" else "warn"))
    lines.append(_field("Basis", _basis(area.basis), "mark" if area.basis == "hand" else "text"))
    if area.name and answer.override is None:
        lines.append(_field("Area", printable(f"{area.name}, {area.source} {area.edition}", 200), "dim"))
    return lines


def _by_hand(answer: Any) -> list[Line]:
    """Who entered the answer, why, until when, and what the dataset says without it."""
    one = answer.override
    if one is None:
        return []
    below = answer.beneath
    said = f"{zone_name(below.kind, below.states)}, {below.basis}" if below else "outside the zone dataset"
    entered = f"{printable(one.by, 40)}, {format_dtg(from_ms(one.at_ms))}"
    return [
        _field(one.ref, printable(one.note, 400), "mark"),
        _field("entered", f"{entered}; {one.marking}", "dim"),
        _field("Dataset says", said),
    ]


def _left(answer: Any) -> list[Line]:
    """What was entered for this one where it is no longer."""
    return [
        _field(
            one.ref,
            f"{zone_name(one.kind, one.states)} {printable(one.note, 300)}: does not count here,"
            f" {format_distance_nm(away)} from where it was entered",
            "dim",
        )
        for one, away in answer.left
    ]


def _dataset(answer: Any) -> list[Line]:
    dataset = answer.dataset
    known = " ".join(str(getattr(dataset, name, "")) for name in ("name", "edition"))
    lines = [_field("Dataset", f"{printable(known, 300)}, {printable(str(dataset.date))}")]
    lines += _stated(answer)
    licence = f"{printable(str(dataset.licence), 200)}; {printable(str(dataset.attribution), 200)}"
    return [*lines, _field("Licence", licence, "dim")]


def _stated(answer: Any) -> list[Line]:
    """How good each sort of line told is said to be, once each."""
    sorts = dict.fromkeys((_limit(line.kind, line.states), line.accuracy) for line in answer.lines)
    by_text: dict[str, list[str]] = {}
    for name, text in sorts:
        if text:
            by_text.setdefault(text, []).append(name)
    return [
        _field("Accuracy", printable(f"{text} ({', '.join(names)})", 300), "dim")
        for text, names in by_text.items()
    ]


def zone_name(kind: str, states: Any) -> str:
    """A zone in words: ``PT territorial sea``, ``high seas``."""
    name = KIND_TEXT.get(kind, kind) or "outside the dataset"
    return f"{' / '.join(states)} {name}".strip()


def _limit(kind: str, states: Any) -> str:
    """A line by the zone that ends there: ``PT territorial sea``; that of land is the coast or a border."""
    return f"{' / '.join(states)} coast or border".strip() if kind == "land" else zone_name(kind, states)


def _basis(basis: str) -> str:
    return f"{basis}: {_BASES[basis]}" if basis in _BASES else basis


def _line(each: Any) -> Line:
    distance = f"{format_distance_nm(each.distance_nm):>8}  bearing {round(each.bearing) % 360:03d}°"
    look = {"official": "good", "hand": "mark", "equidistance": "warn", "inferred": "warn"}.get(
        each.basis, "dim"
    )
    return (
        (f"  {distance}  ", "strong"),
        (_limit(each.kind, each.states), "text"),
        (f"  {each.basis}", look),
    )


def _field(name: str, text: str, look: str = "text") -> Line:
    return ((f"{name:<{_LABEL}}", "dim"), (text, look))
