"""Migrations: the same tables on every path, a copy first, all or nothing."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import StoreProblem
from maoc_tui.store import driver, schema, sources
from maoc_tui.store.database import Database
from maoc_tui.store.tables_traffic import Source, table

ROOT = Path(__file__).parents[2]


def pragma(conn: Connection, name: str) -> object:
    return conn.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_migrations_make_exactly_the_tables_of_the_models(db: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    metadata = schema.metadata()
    with db.reading(WATCH) as conn:
        opts = {"compare_type": True, "include_name": lambda name, *_: name not in INDEX}
        context = MigrationContext.configure(conn, opts=opts)
        assert compare_metadata(context, metadata) == []
        assert set(inspect(conn).get_table_names()) == {*metadata.tables, *INDEX, "alembic_version"}
        assert (
            conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            == f"{schema.newest():04d}"
        )
        assert pragma(conn, "user_version") == schema.newest()


def test_an_up_to_date_database_never_loads_the_migration_tool(db: Database) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom maoc_tui.store.database import Database\n"
        "Database.open(Path(sys.argv[1])).close()\nprint('alembic' in sys.modules, 'sqlmodel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(db.path)],
        capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    assert done.stdout == "False False\n"
    assert done.stderr == ""


def go_back(db: Database) -> None:
    """Make a database look as it was before the newest migration that only adds tables."""
    with db.writing() as conn:
        sources.register(conn, "kept", "file", "nmea")
    db.close()
    bare = driver.connect(db.path)
    for (name,) in bare.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
        if name not in {*TRAFFIC, *INDEX} or name == "search_index":
            bare.execute(f"DROP TABLE {name}")
    bare.execute("UPDATE alembic_version SET version_num='0001'")
    bare.execute("PRAGMA user_version=1")
    bare.close()


TRAFFIC = {
    "meta", "source", "contact", "contact_identity", "track_inbox", "track_block", "track_day", "zone_event",
    "feed_state", "alembic_version",
}  # fmt: skip
INDEX = {
    "search_index",
    *(f"search_index_{part}" for part in ("config", "content", "data", "docsize", "idx")),
}
"""The search index and what SQLite keeps it in: no tables of the models."""


def test_an_older_database_is_copied_then_brought_up(db: Database) -> None:
    go_back(db)
    again = Database.open(db.path)
    with again.reading(WATCH) as conn:
        assert set(inspect(conn).get_table_names()) == {*schema.metadata().tables, *INDEX, "alembic_version"}
        assert [s.name for s in sources.all_sources(conn)] == ["kept"]
    again.close()
    (copy,) = db.path.parent.glob("maoc-schema-0001-*.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    bare = driver.connect(copy)
    assert bare.execute("PRAGMA user_version").fetchone()[0] == 1
    assert bare.execute("SELECT name FROM source").fetchone()[0] == "kept"
    bare.close()


def test_a_migration_that_fails_leaves_the_old_schema(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    go_back(db)

    def late_failure(conn: Connection, run: Callable[[Connection], None]) -> None:
        schema_migrate(conn, run)
        raise RuntimeError("the power of the third statement")

    schema_migrate = schema._migrate
    monkeypatch.setattr(schema, "_migrate", late_failure)
    with pytest.raises(RuntimeError):
        Database.open(db.path)
    bare = driver.connect(db.path)
    assert bare.execute("PRAGMA user_version").fetchone()[0] == 1
    names = {name for (name,) in bare.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    assert names == TRAFFIC
    bare.close()


def test_a_copy_that_cannot_be_made_stops_the_migration(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_back(db)
    monkeypatch.setattr(schema, "_stamp", lambda: "now")
    (db.path.parent / "maoc-schema-0001-now.db").touch()
    with pytest.raises(StoreProblem, match="cannot be made"):
        Database.open(db.path)


def test_programs_that_make_the_same_database_at_once_all_succeed(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom maoc_tui.store.database import Database\n"
        "db = Database.open(Path(sys.argv[1]), create=True)\n"
        "with db.writing() as conn: print(conn.exec_driver_sql('SELECT count(*) FROM meta').scalar())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "new" / "maoc.db")]
    env = {"PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env) for _ in range(3)
    ]
    assert [program.communicate()[0] for program in running] == [b"2\n"] * 3


def test_a_source_table_is_usable_through_its_model(db: Database) -> None:
    with db.writing() as conn:
        sources.register(conn, "x", "file", "nmea")
        assert conn.execute(table(Source).select()).one().name == "x"
