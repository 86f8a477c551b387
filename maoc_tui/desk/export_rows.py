"""The rows of exported lists: what each column holds, and the statements a row rests on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from maoc_tui.desk import brief_due, brief_events, brief_seizures, brief_sources, brief_targets, listing
from maoc_tui.desk.asset_snapshots import AssetRow
from maoc_tui.desk.brief_entry import Entry
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_target_reading import TargetNow
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.desk.seizure_reading import row_of
from maoc_tui.domain.assets import Asset
from maoc_tui.domain.operations import outcome, state_of, states
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.seizures import Event
from maoc_tui.store.operations import Operation

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the line of a brief that says the same."""

    values: Values
    entry: Entry


def _targets(made: Gathered) -> Iterator[Row]:
    return made.tell(made.targets, lambda one: one.row.ref, lambda one: (_target(made, one),))


def _target(made: Gathered, one: TargetNow) -> Row:
    row, entry = one.row, brief_targets.entry_of(made, one)
    seen = row.seen if entry.spot is not None or not row.open else None
    values = {
        "ref": row.ref, "title": row.title, "kind": row.kind, "type": row.type_title or None,
        "flag_claimed": row.flag or None, "status": row.status,
        **_where(*((seen.lat, seen.lon, seen.at_ms) if seen is not None else (math.nan, math.nan, None))),
        "radius_nm": round(seen.radius_nm, 2) if seen is not None else None,
        "how": seen.how if seen is not None else None, "waters": (seen.zone or None) if seen is not None else None,
        "doubts": list(row.badges),
    }  # fmt: skip
    return Row(values, entry)


def _where(lat: float, lon: float, at_ms: int | None) -> Values:
    known = math.isfinite(lat) and math.isfinite(lon)
    return {
        "lat": round(lat, 5) if known else None,
        "lon": round(lon, 5) if known else None,
        "position": format_position(lat, lon) if known else None,
        "at": listing.iso(at_ms) if at_ms is not None else None,
    }


def _assets(made: Gathered) -> Iterator[Row]:
    return made.tell(brief_sources.in_order(made), lambda one: one[1].ref, lambda one: (_asset(made, *one),))


def _asset(made: Gathered, asset: Asset, row: AssetRow) -> Row:
    values = {
        "ref": row.ref, "name": row.name, "kind": row.kind, "owner": row.owner, "availability": row.availability,
        "as_of": listing.iso(row.as_of_ms or 0), "until": listing.iso(row.expires_ms or 0),
        **_where(row.lat, row.lon, row.position_ms), "base": row.base or None, "waters": row.zone or None,
        "tasking": row.task.ref if row.task is not None else None,
    }  # fmt: skip
    return Row(values, brief_sources.asset_entry(made, asset, row))


def _requests(made: Gathered) -> Iterator[Row]:
    return made.tell(made.requests, lambda line: line.asked.ref, lambda line: (_request(made, line),))


def _request(made: Gathered, line: RequestLine) -> Row:
    asked, stands = line.asked, line.standing
    due = stands.clock.due_ms if stands.clock is not None else None
    values = {
        "ref": asked.ref, "kind": asked.kind.value, "target": asked.target, "acting": asked.acting,
        "addressee": asked.addressee, "state": stands.state.value, "due": listing.iso(due or 0),
        "allows": sorted(scope.value for scope in stands.scope), "conditions": list(stands.conditions),
    }  # fmt: skip
    return Row(values, brief_due.request_entry(made, line))


def _operations(made: Gathered) -> Iterator[Row]:
    return made.tell(made.operations, lambda one: one.ref, lambda one: (_operation(one),))


def _operation(one: Operation) -> Row:
    said = {f"{field.value}_state": value or None for field, value in states(one.acts).items()}
    values = {
        "ref": one.ref, "name": one.name, "state": state_of(one.acts).value if one.told else None,
        "targets": [about.ref for about in one.targets], **said, "outcome": outcome(one.acts) or None,
    }  # fmt: skip
    return Row(values, brief_events.operation_entry(one))


def _seizures(made: Gathered) -> Iterator[Row]:
    return made.tell(made.events, lambda one: one.ref, lambda one: _finds(made, one))


def _finds(made: Gathered, event: Event) -> Iterator[Row]:
    """One row for each find; an event without one has a row of its own."""
    row, entry = row_of(event), brief_seizures.seizure_entry(made, event)
    head = {
        "ref": row.ref, "operation": row.operation or None, "when": row.when, "vessel": row.vessel or None,
        "type": row.type or None, "area": row.area or None, "lead": row.lead or None,
        "counted_as": row.counted_as or None,
    }  # fmt: skip
    for find in row.finds or (None,):
        shown = find.shown if find is not None else None
        told = {
            "find": find.find.ref if find is not None else None,
            "substance": find.substance if find is not None else None,
            "fate": find.find.fate.value if find is not None else None,
            "kg": shown.grams / 1000 if shown is not None else None,
            "basis": shown.basis.lower() if shown is not None else None,
            "official": shown.official if shown is not None else None,
            "packages": find.find.packages if find is not None else None,
        }
        yield Row({**head, **told}, entry)


ROWS: dict[str, Callable[[Gathered], Iterator[Row]]] = {
    "targets": _targets,
    "assets": _assets,
    "requests": _requests,
    "operations": _operations,
    "seizures": _seizures,
}
"""Each list by its name."""
