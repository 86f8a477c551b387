"""Where targets of open operations can be by the end of what a brief looks ahead: first zone, coasts, first asset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk.brief_entry import Entry, cite, sentence
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_target_reading import TargetNow
from maoc_tui.desk.brief_targets import called, place_cite, title_cites
from maoc_tui.desk.intercept_inputs import Pursuer, land_of, pursuer
from maoc_tui.desk.reach import FURTHEST_NM, field_of
from maoc_tui.desk.reach_arrivals import HOUR_MS, Start, boundary, first_asset, landfalls
from maoc_tui.desk.reach_snapshots import Arrival, FirstAsset
from maoc_tui.desk.target_snapshots import LastSeen
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.operations import State, state_of
from maoc_tui.domain.reach_rules import rules
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.store.operations import Operation

_OVER = frozenset({State.CONCLUDED, State.CLOSED})
_MINUTE_MS = 60_000
_COASTS = 2


def fans(made: Gathered) -> Iterator[Entry]:
    """A line for each target of an open operation whose place is known."""
    known = {one.row.ref: one for one in made.targets if one.row.open}
    pairs = [
        (operation, known[about.ref])
        for operation in made.operations
        if state_of(operation.acts) not in _OVER
        for about in operation.targets
        if about.ref in known
    ]
    at_ms = made.now_ms - made.now_ms % _MINUTE_MS
    able = _placed(made, at_ms) if pairs else []
    return made.tell(
        pairs, lambda pair: f"reach of {pair[1].row.ref}", lambda pair: _line(made, able, at_ms, *pair)
    )


def _placed(made: Gathered, at_ms: int) -> list[Pursuer]:
    """The assets the reader sees whose place at an instant is known."""
    found = made.tell(
        made.assets, lambda one: one[1].ref, lambda one: (pursuer(one[0], made.taskings, at_ms),)
    )
    return [one for one in found if one.placed]


def _line(
    made: Gathered, able: Sequence[Pursuer], at_ms: int, operation: Operation, one: TargetNow
) -> Iterator[Entry]:
    seen, where = one.row.seen, place_cite(one)
    if seen is None or where is None:
        return
    start = _start(one, seen, at_ms)
    hours = shipped().ahead_ms / HOUR_MS
    typed = one.holds.get("type")
    rests = [cite("operation", operation.id, operation.ref), *title_cites(one), where]
    rests += [cite("identity_fact", typed.id, one.row.ref)] if typed is not None else []
    reach = start.furthest(hours)
    told = f"{one.row.ref} {called(one)} ({operation.ref})"
    if reach > FURTHEST_NM:
        text = f"{told}: may be anywhere, last place of {dtg(seen.at_ms)}"
    else:
        met, coasts = _arrivals(made.room.zones, start, hours, one.row.kind == "aircraft")
        asset, cites = _first(made, able, start)
        rests += cites
        text = sentence(
            f"{told}: within {reach:.0f} nm of its last place by {dtg(start.at_ms + round(hours * HOUR_MS))}"
            f" at {start.slow_kn:g} to {start.fast_kn:g} kn",
            f"first zone {met.where} from {dtg(met.earliest_ms)}" if met is not None else "no other zone",
            *(_window(coast) for coast in coasts[:_COASTS]),
            f"first asset {asset.asset} {asset.owner} {dtg(asset.at_ms)}"
            if asset is not None
            else "no able asset",
        )
    yield Entry("ahead", f"reach {one.row.ref} {operation.ref}", f"{text}.", tuple(rests))


def _start(one: TargetNow, seen: LastSeen, at_ms: int) -> Start:
    """Where it was last and how fast it can be by its type, to the minute so that all copies share the answer."""
    speeds = rules().of_type(one.row.type)
    heard = seen.sog if seen.sog == seen.sog else 0.0
    radius = seen.radius_nm if seen.radius_nm == seen.radius_nm else 0.0
    return Start(seen.lat, seen.lon, radius, seen.at_ms, at_ms, speeds.slow_kn, max(speeds.fast_kn, heard))


@lru_cache(maxsize=2)
def _dataset(index: ZoneIndex) -> Waters:
    """The zones without what was entered by hand: nobody's word on waters is told to who may not read it."""
    return Waters(index)


@lru_cache(maxsize=256)
def _arrivals(
    index: ZoneIndex, start: Start, hours: float, flies: bool
) -> tuple[Arrival | None, tuple[Arrival, ...]]:
    """The first zone and the coasts in reach: worked out once for all copies of a brief."""
    zones = _dataset(index)
    field = field_of(zones, start, hours, flies)
    return boundary(zones, field, start), landfalls(zones, field, start)


def _window(coast: Arrival) -> str:
    late = f" to {dtg(coast.latest_ms)}" if coast.latest_ms is not None else ""
    return f"{coast.where} {dtg(coast.earliest_ms)}{late}"


def _first(made: Gathered, able: Sequence[Pursuer], start: Start) -> tuple[FirstAsset | None, list[Cite]]:
    """The first able asset of those the reader sees, with what that rests on."""
    found = first_asset(able, start, land_of(_dataset(made.room.zones)))
    if found is None or not found.able:
        return None, []
    asset = next(one.asset for one in able if one.asset.ref == found.asset)
    said = (*asset.profiles, *asset.reports)
    return found, [
        cite("asset", asset.id, asset.ref),
        *(
            cite("asset_profile" if pair in asset.profiles else "asset_report", pair[1].id, asset.ref)
            for pair in said
        ),
    ]
