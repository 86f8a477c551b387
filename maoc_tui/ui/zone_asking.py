"""Asking whose waters a position is in, from any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.positions import parse_position

if TYPE_CHECKING:
    from maoc_tui.ui.desk_app import DeskApp
    from maoc_tui.ui.zone_forms import OverrideDialog


def why(app: DeskApp, lat: float, lon: float, radius_nm: float, key: int = 0, target: str = "") -> None:
    """Show whose waters a position is in and why; ``key`` and ``target`` say whose position it is."""

    def show(answer: Any) -> None:
        from maoc_tui.ui.dialogs import Sheet
        from maoc_tui.ui.zone_sheet import zone_lines

        app.push_screen(Sheet("Whose waters, and why", zone_lines(answer)))

    app.read(lambda: app.desk.zone(lat, lon, radius_nm, key, target), show)


def why_of_position(app: DeskApp, position: str) -> None:
    """The same for a position as typed; raises BadInput when it is none."""
    place = parse_position(position)
    why(app, place.lat, place.lon, 0.0)


def override_of_position(app: DeskApp, position: str) -> OverrideDialog:
    """The form to say what waters are about a position as typed; raises BadInput when it is none."""
    from maoc_tui.ui.zone_forms import OverrideDialog

    place = parse_position(position)
    return OverrideDialog(app.desk, "Zone by hand about a position", {"position": str(place)})
