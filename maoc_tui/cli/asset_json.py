"""Assets and taskings with the keys that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.cli.intercept_json import iso, number, place

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import AssetRow, AssetSheet, TaskLine


def row_json(row: AssetRow) -> dict[str, Any]:
    """An asset with the keys that scripts rely on."""
    return {
        "ref": row.ref,
        "name": row.name,
        "kind": row.kind,
        "owner": row.owner,
        "base": row.base or None,
        "availability": row.availability,
        "said": row.said or None,
        "as_of": iso(row.as_of_ms),
        "expires": iso(row.expires_ms),
        "stale": row.stale,
        "ready_min": row.ready_min if row.ready_told else None,
        "position": place(row.lat, row.lon),
        "position_at": iso(row.position_ms),
        "zone": row.zone or None,
        "cruise_kn": number(row.cruise_kn),
        "max_kn": number(row.max_kn),
        "endurance_h": number(row.endurance_h),
        "range_nm": number(row.range_nm),
        "fuel_h": number(row.fuel_h),
        "team": row.team,
        "sea_limit": row.sea_limit or None,
        "task": None if row.task is None else task_json(row.task),
        "marking": str(row.marking),
    }


def task_json(task: TaskLine) -> dict[str, Any]:
    """A tasking with the keys that scripts rely on."""
    return {
        "ref": task.ref,
        "operation": task.operation,
        "asset": task.asset,
        "name": task.asset_name,
        "owner": task.owner,
        "target": task.target or None,
        "state": task.state,
        "asked": iso(task.asked_ms),
        "words": task.words,
        "events": [
            {
                "act": one.act, "at": iso(one.at_ms), "entered": iso(one.entered_ms), "by": one.by or None,
                "partner": one.partner or None, "who": one.who, "channel": one.channel, "text": one.text,
            }
            for one in task.events
        ],
        "marking": str(task.marking),
    }  # fmt: skip


def sheet_json(sheet: AssetSheet) -> dict[str, Any]:
    """An asset with everything told of it."""

    def told(lines: Any) -> list[dict[str, Any]]:
        return [
            {"as_of": iso(one.as_of_ms), "expires": iso(one.expires_ms), "text": one.text, "by": one.by or None,
             "entered": iso(one.entered_ms), "marking": str(one.marking)}
            for one in lines
        ]  # fmt: skip

    return {
        **row_json(sheet.row),
        "profiles": told(sheet.profiles),
        "reports": told(sheet.reports),
        "tasks": [task_json(one) for one in sheet.tasks],
        "hours_on_task": round(sheet.hours_on_task, 2),
    }
