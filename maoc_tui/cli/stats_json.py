"""Figures as JSON: stable keys, plain numbers, times in ISO 8601."""

from __future__ import annotations

from typing import Any

from maoc_tui.cli.seizure_json import iso
from maoc_tui.domain.figure_frozen import Frozen
from maoc_tui.domain.figure_shown import Figure, FreezeLine, Revision
from maoc_tui.domain.figure_terms import Measure, shipped
from maoc_tui.domain.figure_words import finding, happened, plain
from maoc_tui.domain.figures import Table, Tally


def figure(shown: Figure) -> dict[str, Any]:
    """One measure with every number, its definition, doubts, freezes and revisions."""
    measure = shown.measure
    return {
        "measure": measure.code,
        "title": measure.title,
        "finding": finding(shown),
        "definition": measure.definition,
        "counted_by": measure.at,
        "by": shown.by,
        "from": iso(shown.from_ms),
        "until": iso(shown.to_ms),
        "as_of": iso(shown.as_of_ms),
        "marking": str(shown.marking) if shown.marking is not None else None,
        "n": shown.n,
        "happened": list(happened(shown)),
        "columns": [{"id": one.id, "title": one.title, "unit": one.unit} for one in measure.columns],
        "periods": [{"period": one.period.key, **_table(shown, one.table)} for one in shown.slices],
        **_table(shown, shown.whole),
        "doubts": [
            {"ref": one.ref, "kind": one.kind, "text": one.text, "other": one.other or None}
            for one in shown.doubts
        ],
        "compared": _beside(shown),
        "freezes": [freeze(one) for one in shown.freezes],
        "revisions": [_revision(measure, one) for one in shown.revisions],
        "freezes_withheld": list(shown.withheld),
        "freezes_altered": list(shown.altered),
        "unreadable": list(shown.unreadable),
        "withheld": None,
        "note": shown.note,
    }


def unmeasured() -> list[dict[str, str]]:
    """What is asked for and cannot be told."""
    return [{"title": one.title, "reason": one.reason} for one in shipped().unmeasured]


def _table(shown: Figure, made: Table) -> dict[str, Any]:
    rows = [
        {"key": row.key, "title": shown.titles.get(row.key, row.key), **_tally(shown.measure, row)}
        for row in made.rows
    ]
    return {"rows": rows, "total": _tally(shown.measure, made.total)}


def _tally(measure: Measure, row: Tally) -> dict[str, Any]:
    columns = zip(measure.columns, row.values, strict=True)
    return {"values": {one.id: plain(value, one.unit) for one, value in columns}, "n": row.n}


def _beside(shown: Figure) -> dict[str, Any]:
    beside = shown.beside
    others = [
        ("period", (beside.period, beside.now)),
        ("before", beside.before),
        ("year_before", beside.year_before),
    ]
    told: dict[str, Any] = {
        name: {"period": found[0], **_table(shown, found[1])} if found is not None else None
        for name, found in others
    }
    columns = shown.measure.columns
    means = {
        key: {one.id: plain(value, one.unit) for one, value in zip(columns, values, strict=True)}
        for key, values in beside.mean.items()
    }
    return {**told, "mean": means if beside.mean_of else None, "mean_of_years": beside.mean_of}


def freeze(one: FreezeLine) -> dict[str, Any]:
    """One freeze."""
    return {
        "freeze": one.name,
        "period": one.period,
        "at": iso(one.at_ms),
        "by": one.by,
        "checkpoint": one.checkpoint,
    }


def _revision(measure: Measure, one: Revision) -> dict[str, Any]:
    change = one.change
    column = measure.columns[change.column] if change.column >= 0 else None
    unit = column.unit if column is not None else "count"
    return {
        "freeze": one.freeze.name,
        "period": change.period,
        "row": change.row,
        "column": column.id if column is not None else "n",
        "frozen": plain(change.was, unit),
        "now": plain(change.now, unit),
    }


def frozen(line: FreezeLine, made: Frozen) -> dict[str, Any]:
    """One measure as it was frozen: values exact, in the record's own units (grams)."""
    return {
        **freeze(line),
        "title": made.title,
        "definition": made.definition,
        "marking": made.marking or None,
        "doubts": made.doubts,
        "periods": [
            {
                "period": period,
                "rows": [{"key": row.key, **_kept(made, row)} for row in table.rows],
                "total": _kept(made, table.total),
            }
            for period, table in made.tables.items()
        ],
    }


def _kept(made: Frozen, row: Tally) -> dict[str, Any]:
    columns = zip(made.columns, made.units, row.values, strict=True)
    return {"values": {name: plain(value, unit) for name, unit, value in columns}, "n": row.n}
