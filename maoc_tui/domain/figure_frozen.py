"""Frozen tables as JSON: exact, so that a figure that was frozen differs only where the record does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from maoc_tui.domain.figures import TOTAL, Table, Tally, Value


@dataclass(frozen=True, slots=True)
class Frozen:
    """One measure as it was frozen."""

    title: str
    definition: str
    columns: tuple[str, ...]
    units: tuple[str, ...]
    titles: Mapping[str, str]
    """Key of a row to what it is called."""
    tables: Mapping[str, Table]
    """Period to its table: the period frozen, and of a year its months."""
    marking: str
    """Of everything it rests on, in words; "" where it rests on nothing."""
    cites: tuple[tuple[str, str, str], ...]
    """Statements it rests on: table, id, reference."""
    doubts: int
    """How many were not settled."""


def as_text(made: Frozen) -> str:
    """The frozen form; equal figures give equal text."""
    tables = {period: _table(table) for period, table in made.tables.items()}
    raw = {
        "title": made.title, "definition": made.definition, "columns": made.columns, "units": made.units,
        "titles": dict(made.titles),
        "tables": tables, "marking": made.marking, "cites": made.cites, "doubts": made.doubts,
    }  # fmt: skip
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Frozen:
    """What was frozen."""
    raw = json.loads(text)
    return Frozen(
        title=raw["title"],
        definition=raw["definition"],
        columns=tuple(raw["columns"]),
        units=tuple(raw["units"]),
        titles=raw["titles"],
        tables={period: _thawed(table) for period, table in raw["tables"].items()},
        marking=raw["marking"],
        cites=tuple((kind, identifier, ref) for kind, identifier, ref in raw["cites"]),
        doubts=raw["doubts"],
    )


def _table(table: Table) -> list[list[Any]]:
    return [[row.key, [_plain(value) for value in row.values], row.n] for row in (*table.rows, table.total)]


def _thawed(rows: list[list[Any]]) -> Table:
    made = [Tally(key, tuple(map(_value, values)), n) for key, values, n in rows]
    assert made[-1].key == TOTAL
    return Table(tuple(made[:-1]), made[-1])


def _plain(value: Value) -> int | float | str | None:
    return str(value) if isinstance(value, Fraction) else value


def _value(value: int | float | str | None) -> Value:
    return Fraction(value) if isinstance(value, str) else value
