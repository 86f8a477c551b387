"""What an asset can do, field by field, as it is typed: to be held against what somebody saw of it."""

from __future__ import annotations

from maoc_tui.desk.clash import Stands, changed_last
from maoc_tui.domain.assets import Asset, Profile
from maoc_tui.domain.positions import format_position

CALLED = {
    "base": "base", "base_position": "base at", "cruise": "cruises", "max": "at most", "endurance": "endurance",
    "range": "range", "team": "team", "sea_limit": "sea limit", "daylight": "by day only",
}  # fmt: skip
"""The fields, with what officers call each."""
_YES = {True: "yes", False: "no", None: ""}


def profile_fields(profile: Profile) -> dict[str, str]:
    """A profile as typed, "" for what is not known."""

    def figure(value: float, unit: str) -> str:
        return f"{value:g} {unit}" if value == value else ""

    placed = profile.base_lat == profile.base_lat
    return {
        "base": profile.base,
        "base_position": format_position(profile.base_lat, profile.base_lon) if placed else "",
        "cruise": figure(profile.cruise_kn, "kn"),
        "max": figure(profile.max_kn, "kn"),
        "endurance": figure(profile.endurance_h, "h"),
        "range": figure(profile.range_nm, "nm"),
        "team": _YES[profile.team],
        "sea_limit": str(profile.sea or ""),
        "daylight": _YES[profile.daylight],
    }


def profile_stands(asset: Asset) -> dict[str, Stands]:
    """What stands in each field now, and who said so when."""
    lines = ((profile_fields(one), said.by, said.entered_ms) for one, said in asset.profiles)
    return changed_last(lines, CALLED)
