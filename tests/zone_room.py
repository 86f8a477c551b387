"""The zones this program ships, opened once for all tests of a process and not before one asks."""

from functools import cache

from maoc_tui.desk.zone_editions import active_path
from maoc_tui.geo.zones import ZoneIndex


@cache
def shipped_zones() -> ZoneIndex:
    return ZoneIndex.open(active_path())
