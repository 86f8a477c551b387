"""The records of a test run are those the migrations make: what makes them quick changes nothing in them."""

from pathlib import Path
from typing import Any

import quick_records

from maoc_tui.store import driver, schema
from maoc_tui.store.database import Database


def contents(path: Path) -> dict[str, Any]:
    """Every statement of the schema, and every row but those that tell when the record was made."""
    with driver.module().connect(path) as connection:
        tables = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        ).fetchall()
        names = [name for kind, name, _of, _sql in tables if kind == "table" and name != "meta"]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        return {"tables": tables, **rows, "schema": connection.execute("PRAGMA user_version").fetchone()}


def test_a_record_made_quickly_is_the_one_the_migrations_make(tmp_path, monkeypatch):
    Database.open(tmp_path / "first.db", create=True)  # if no test before this one made any
    Database.open(tmp_path / "quick.db", create=True)
    assert quick_records._said
    monkeypatch.setattr(schema, "_upgrade", quick_records._upgrade)
    monkeypatch.setattr(driver, "engine", quick_records._engine)
    Database.open(tmp_path / "slow.db", create=True)
    assert contents(tmp_path / "quick.db") == contents(tmp_path / "slow.db")
