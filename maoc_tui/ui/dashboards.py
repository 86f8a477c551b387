"""Arrangements of panels: shipped ones and the user's own, read from TOML, laid out as a grid of slots.

A slot is a place on the screen with one or more panels; one of them is in front, Tab brings the others.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.problems import BadInput
from maoc_tui.settings import config_folder

PANELS = ("contacts", "chart", "detail", "events")


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
    """Chosen by itself on terminals at least this wide, the widest first."""
    columns: tuple[str, ...]
    """Widths of the grid's columns, such as 3fr or 40."""
    rows: tuple[str, ...]
    """Heights of the grid's rows."""
    slots: tuple[Slot, ...]
    """Left to right, then down."""
    framed: bool = True
    """Panels have a frame; without, a line at the top."""

    def panels(self) -> tuple[str, ...]:
        """Every panel it can show, in the order of Tab."""
        return tuple(name for slot in self.slots for name in slot.panels)


def load_all(own: Path | None = None) -> dict[str, Dashboard]:
    """The shipped dashboards and the user's own by name; raises BadInput naming file and key."""
    found: dict[str, Dashboard] = {}
    folders = (resources.layout("dashboards"), own or config_folder() / "dashboards")
    for folder in folders:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            found[path.stem] = _read(path)
    return found


def fitting(dashboards: dict[str, Dashboard], width: int) -> Dashboard:
    """The dashboard for a terminal of this width: the most demanding that fits."""
    by_width = sorted(dashboards.values(), key=lambda d: d.from_width)
    return [d for d in by_width if d.from_width <= width or d is by_width[0]][-1]


def _read(path: Path) -> Dashboard:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path}: cannot be read: {error}.", "Mend it, or move it away.") from None
    known = {"title", "from_width", "columns", "rows", "slots", "framed"}
    for key in table:
        if key not in known:
            raise BadInput(f"{path}: unknown key {key!r}.", f"Known keys: {', '.join(sorted(known))}.")
    try:
        return Dashboard(
            name=path.stem,
            title=str(table["title"]),
            from_width=int(table["from_width"]),
            columns=tuple(str(width) for width in table["columns"]),
            rows=tuple(str(height) for height in table["rows"]),
            slots=tuple(_slot(path, slot) for slot in table["slots"]),
            framed=bool(table.get("framed", True)),
        )
    except KeyError as error:
        raise BadInput(
            f"{path}: {error.args[0]} is missing.", "Compare layouts/dashboards/watch.toml."
        ) from None
    except (TypeError, ValueError):
        raise BadInput(
            f"{path}: a value has the wrong form.", "Compare layouts/dashboards/watch.toml."
        ) from None


def _slot(path: Path, table: dict[str, Any]) -> Slot:
    panels = tuple(str(name) for name in table["panels"])
    for name in panels:
        if name not in PANELS:
            raise BadInput(f"{path}: there is no panel {name!r}.", f"Panels: {', '.join(PANELS)}.")
    return Slot(panels, int(table.get("columns", 1)), int(table.get("rows", 1)))
