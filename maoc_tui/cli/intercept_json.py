"""Numbers, times and places of interceptions as scripts read them: numbers are numbers, absent is null."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Cell, Matrix, MatrixTarget


def number(value: float, digits: int = 4) -> float | None:
    """A number, or null where it is not known."""
    return round(value, digits) if math.isfinite(value) else None


def iso(ms: int | None) -> str | None:
    """ISO 8601 with Z."""
    from maoc_tui.domain.clock import from_ms

    return None if ms is None else from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")


def place(lat: float, lon: float) -> dict[str, Any] | None:
    """A position with its text."""
    from maoc_tui.domain.positions import format_position

    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    return {"lat": round(lat, 6), "lon": round(lon, 6), "text": format_position(lat, lon)}


def cell_json(cell: Cell) -> dict[str, Any]:
    """One asset against one target, with the keys that scripts rely on (design 6)."""
    contact = place(cell.lat, cell.lon) if cell.possible else None
    if contact is not None:
        contact["at"] = iso(cell.contact_ms)
    return {
        "asset": cell.asset or None,
        "target": cell.target or None,
        "possible": cell.possible,
        "course": number(cell.course, 2) if cell.possible else None,
        "hours": number(cell.hours, 5),
        "contact": contact,
        "distance_nm": number(cell.distance_nm, 3) if cell.possible else None,
        "gap_nm": None if cell.possible else number(cell.gap_nm, 2),
        "zone": cell.zone or None,
        "law": cell.law or None,
        "consent_from": list(cell.consent_from),
        "limits": [{"kind": one.kind, "stops": one.stops, "text": one.words} for one in cell.limits],
        "limiting": cell.limiting or None,
        "tone": cell.tone,
    }


def matrix_json(matrix: Matrix) -> dict[str, Any]:
    """The whole matrix."""
    return {
        "at": iso(matrix.at_ms),
        "track": matrix.track,
        "pace": matrix.pace,
        "what_if": matrix.what_if or None,
        "assets": [
            {"ref": one.ref, "name": one.name, "kind": one.kind, "owner": one.owner, "availability": one.availability}
            for one in matrix.assets
        ],
        "targets": [target_json(one) for one in matrix.targets],
        "cells": [[cell_json(cell) for cell in row] for row in matrix.cells],
        "notes": list(matrix.notes),
        "marking": str(matrix.marking) if matrix.marking is not None else None,
    }  # fmt: skip


def target_json(one: MatrixTarget) -> dict[str, Any]:
    """A target brought to the instant of the matrix."""
    return {
        "ref": one.ref,
        "title": one.title,
        "position": place(one.lat, one.lon),
        "course": number(one.course, 1),
        "speed_kn": number(one.speed_kn, 2),
        "radius_nm": number(one.radius_nm, 2),
        "from": one.how,
        "seen": iso(one.fix_ms),
    }
