"""What can be asked about the newest place of a target, from any screen: its waters, the law there, the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.target_snapshots import LastSeen, TargetSheet
    from maoc_tui.ui.actions import Actions


def last_seen(sheet: TargetSheet) -> LastSeen:
    """Where a target was last; raises BadInput when nobody knows."""
    seen = sheet.row.seen
    if seen is None:
        raise BadInput(f"No position of {sheet.row.ref} is known.", "Record a sighting on Targets with o.")
    return seen


def show_waters(app: Actions, sheet: TargetSheet) -> None:
    """Whose waters it is in, and why; raises BadInput."""
    from maoc_tui.ui.zone_asking import why

    seen = last_seen(sheet)
    why(app, seen.lat, seen.lon, seen.radius_nm, seen.key, sheet.row.ref)


def ask_law(app: Actions, sheet: TargetSheet) -> None:
    """What may be done to it there; raises BadInput."""
    from maoc_tui.ui.law_asking import ask
    from maoc_tui.ui.targets_sheet import banner

    seen, ref = last_seen(sheet), sheet.row.ref
    ask(
        app,
        ref,
        (seen.lat, seen.lon, seen.radius_nm),
        flag=sheet.row.flag,
        medium="air" if sheet.row.kind == "aircraft" else "sea",
        seen_ms=seen.at_ms,
        key=seen.key,
        target=ref,
        top=banner(sheet, app.clock.now_ms(), False),
    )


def show_on_chart(app: Actions, sheet: TargetSheet) -> None:
    """Centre the chart on it, its contact selected, or none where it is not heard; raises BadInput."""
    seen = last_seen(sheet)
    app.show_target(sheet.row.ref, seen.key)
    app.show_on_chart(seen.lat, seen.lon)
