"""Official areas as imported, kept whole beside the dataset they went into: a small SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import shapely

from maoc_tui.geo.official import OfficialArea, Source
from maoc_tui.problems import StoreProblem

_TABLE = """CREATE TABLE area (kind TEXT, states TEXT, status TEXT, name TEXT, territory TEXT,
    source TEXT, edition TEXT, licence TEXT, attribution TEXT, shape BLOB) STRICT"""
_COLUMNS = "kind, states, status, name, territory, source, edition, licence, attribution, shape"


def save(path: Path, areas: Sequence[OfficialArea]) -> None:
    """Write the areas to a new file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_TABLE)
        connection.executemany("INSERT INTO area VALUES (?,?,?,?,?,?,?,?,?,?)", map(_row, areas))


def load(path: Path) -> tuple[OfficialArea, ...]:
    """The areas of a file. Raises StoreProblem when it is missing or damaged."""
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM area ORDER BY rowid").fetchall()  # noqa: S608
        return tuple(_area(*row) for row in rows)
    except (sqlite3.Error, shapely.errors.GEOSException, TypeError, ValueError) as error:
        raise StoreProblem(
            f"The official areas in {path} cannot be read ({error.__class__.__name__}).",
            "Import the files again with --alone.",
        ) from None


def digest(areas: Sequence[OfficialArea]) -> str:
    """Eight hexadecimal figures that name a set of official areas."""
    total = hashlib.sha256()
    for row in sorted(repr(_row(area)) for area in areas):
        total.update(row.encode())
    return total.hexdigest()[:8]


def _row(area: OfficialArea) -> tuple[object, ...]:
    held = area.source
    about = (held.title, held.edition, held.licence, held.attribution)
    fields = (area.kind, "/".join(area.states), area.status, area.name, area.territory)
    return (*fields, *about, shapely.to_wkb(area.shape))


def _area(
    kind: str, states: str, status: str, name: str, territory: str,
    source: str, edition: str, licence: str, attribution: str, shape: bytes,
) -> OfficialArea:  # fmt: skip
    held = Source(source, edition, licence, attribution)
    codes = tuple(states.split("/")) if states else ()
    return OfficialArea(kind, codes, status, name, territory, held, shapely.from_wkb(shape))
