"""A real database file per test, and one source for traffic to come from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maoc_tui.store import sources
from maoc_tui.store.database import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    database = Database.open(tmp_path / "maoc.db", create=True)
    yield database
    database.close()


@pytest.fixture
def source(db: Database) -> int:
    """A source to store traffic under."""
    with db.writing() as conn:
        return sources.register(conn, "watch.nmea", "file", "nmea", "00" * 32)
