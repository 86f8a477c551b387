"""Arrangements of panels: shipped ones and the user's own, read from TOML, laid out as a grid of slots.

A slot is a place on the screen with one or more panels; one of them is in front, Tab brings the others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.text import printable
from maoc_tui.settings import config_folder, settings_file
from maoc_tui.user_files import Fault, read

RECORDS = ("alerts", "clocks", "operations", "targets", "requests", "releases", "briefs")
"""Panels of the record: the kinds of ui.record_kinds."""
PANELS = ("contacts", "chart", "detail", "events", *RECORDS)
NEVER = -1
"""Width of a dashboard that is never chosen by itself."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the screen."""

    panels: tuple[str, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Dashboard:
    """An arrangement of panels."""

    name: str
    title: str
    from_width: int
    """Chosen by itself on terminals at least this wide, the widest first; NEVER is only chosen by name."""
    columns: tuple[str, ...]
    """Widths of the grid's columns, such as 3fr or 40."""
    rows: tuple[str, ...]
    """Heights of the grid's rows."""
    slots: tuple[Slot, ...]
    """Left to right, then down."""
    framed: bool = True
    """Panels have a frame; without, a line at the top."""
    stacks_below: int = 0
    """On terminals with fewer columns the first slot stands on top, and below it one panel of all others (Tab)."""

    def panels(self) -> tuple[str, ...]:
        """Every panel it can show, in the order of Tab."""
        return tuple(name for slot in self.slots for name in slot.panels)

    def at(self, width: int) -> Dashboard:
        """As it stands on a terminal of this width."""
        if width >= self.stacks_below or len(self.slots) < 2:
            return self
        first, *others = self.slots
        below = Slot(tuple(name for slot in others for name in slot.panels))
        slots = (Slot(first.panels), below)
        return replace(self, columns=("1fr",), rows=("1fr", "1fr"), slots=slots, framed=False)


def load_all(own: Path | None = None) -> tuple[dict[str, Dashboard], tuple[Fault, ...]]:
    """The shipped dashboards and the user's own by name, and what is wrong in the user's files.

    A file with a fault arranges nothing; a shipped one of its name stays.
    """
    found: dict[str, Dashboard] = {}
    faults: list[Fault] = []
    folders = (resources.layout("dashboards"), own or config_folder() / "dashboards")
    for folder in folders:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            document = read(path)
            wrong = document.faults or tuple(document.fault(*one) for one in _amiss(document.table))
            faults += wrong
            if not wrong:
                found[path.stem] = _dashboard(path.stem, document.table)
    return found, tuple(faults)


def fitting(dashboards: dict[str, Dashboard], width: int) -> Dashboard:
    """The dashboard for a terminal of this width: the most demanding that fits; the first where none says a width."""
    by_width = sorted(dashboards.values(), key=lambda d: d.from_width)
    by_itself = [d for d in by_width if d.from_width >= 0] or [*dashboards.values()][:1]
    return [d for d in by_itself if d.from_width <= width or d is by_itself[0]][-1]


def of_choice(name: str, dashboards: Collection[str]) -> tuple[Fault, ...]:
    """What is wrong with the dashboard chosen in the settings; () where there is one of that name."""
    if name == "auto" or name in dashboards:
        return ()
    known = ", ".join(("auto", *dashboards))
    return (read(settings_file()).fault("dashboard", f"{printable(name, 20)!r} is none of {known}"),)


_SIZE = re.compile(r"[1-9]\d{0,3}(fr|%)?")
_FORMS: dict[str, tuple[type, str]] = {
    "title": (str, "text"), "from_width": (int, "a whole number"), "columns": (list, "a list of sizes"),
    "rows": (list, "a list of sizes"), "slots": (list, "a list of tables"), "framed": (bool, "true or false"),
    "stacks_below": (int, "a whole number"),
}  # fmt: skip


def _amiss(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a dashboard's table: each field and why."""
    wrong = tuple(_badly_written(table))
    yield from wrong or _without_room(_dashboard("", table))


def _without_room(made: Dashboard) -> Iterator[tuple[str, str]]:
    """Slots that the grid, filled left to right and then down, has no room for: they would push others off it."""
    across, down = len(made.columns), len(made.rows)
    places = ((column, row) for row in range(down) for column in range(across))
    taken: set[tuple[int, int]] = set()
    for number, slot in enumerate(made.slots, 1):
        areas = (
            {(column + x, row + y) for x in range(slot.columns) for y in range(slot.rows)}
            for column, row in places
        )
        area = next((area for area in areas if taken.isdisjoint(area)), {(across, down)})
        if any(column >= across or row >= down for column, row in area):
            grid = f"a grid of {across} columns and {down} rows"
            yield f"slots[{number}]", f"there is no room for it in {grid}, filled left to right, then down"
            return
        taken |= area


def _badly_written(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in table.keys() - _FORMS.keys():
        yield key, f"unknown key; there are {', '.join(_FORMS)}"
    for key, (kind, words) in _FORMS.items():
        if key not in table:
            if key not in ("framed", "from_width", "stacks_below"):
                yield key, "is missing"
        elif not isinstance(table[key], kind) or (kind is int and isinstance(table[key], bool)):
            yield key, f"must be {words}"
        elif key in ("columns", "rows"):
            wrong = [size for size in table[key] if not _SIZE.fullmatch(str(size))]
            if wrong or not table[key]:
                yield key, f"{(wrong or [''])[0]!r} is no size such as 3fr, 40 or 25%"
        elif key == "slots":
            yield from _slots_amiss(table[key])


def _slots_amiss(slots: list[Any]) -> Iterator[tuple[str, str]]:
    if not slots:
        yield "slots", "there is no slot"
    seen: set[str] = set()
    for number, slot in enumerate(slots, 1):
        where = f"slots[{number}]"
        panels = slot.get("panels") if isinstance(slot, dict) else None
        if not isinstance(panels, list) or not panels:
            yield f"{where}.panels", "name the panels of this slot in a list"
            continue
        for name in map(str, panels):
            if name not in PANELS:
                yield f"{where}.panels", f"there is no panel {name!r}; there are {', '.join(PANELS)}"
            elif name in seen:
                yield f"{where}.panels", f"the panel {name} stands in two places"
            seen.add(name)
        for key in slot.keys() - {"panels"}:
            if key not in ("columns", "rows"):
                yield f"{where}.{key}", "unknown key; there are panels, columns, rows"
            elif not isinstance(slot[key], int) or not 1 <= slot[key] <= 9:
                yield f"{where}.{key}", "must be 1 to 9"


def _dashboard(name: str, table: dict[str, Any]) -> Dashboard:
    return Dashboard(
        name=name,
        title=table["title"],
        from_width=table.get("from_width", NEVER),
        columns=tuple(map(str, table["columns"])),
        rows=tuple(map(str, table["rows"])),
        slots=tuple(
            Slot(tuple(map(str, slot["panels"])), slot.get("columns", 1), slot.get("rows", 1))
            for slot in table["slots"]
        ),
        framed=table.get("framed", True),
        stacks_below=table.get("stacks_below", 0),
    )
