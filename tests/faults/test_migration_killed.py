"""Killed, or without power, at any statement of a migration: the old record or the new one, never half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from disk import Event, remembered
from platter import Platter, cuts, files_of, laid
from sqlalchemy import Engine, event

from maoc_tui.store import driver, schema, sources
from maoc_tui.store.database import Database

OLD = 5
POWER_CUTS = 60


def old_record(path: Path) -> None:
    """A record as version 5 of the tables made it, with a source in it."""
    path.touch(mode=0o600)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)

    def run(conn: Any) -> None:
        config.attributes["connection"] = conn
        with EnvironmentContext(config, scripts, fn=lambda at, _: scripts._upgrade_revs(f"{OLD:04d}", at)):
            scripts.run_env()

    engine = driver.engine(path)
    with engine.connect().execution_options(maoc_begin=driver.WRITE) as conn, conn.begin():
        schema._migrate(conn, run)
        conn.exec_driver_sql(f"PRAGMA user_version={OLD}")
        sources.register(conn, "kept", "file", "nmea")
    engine.dispose()


@contextmanager
def each_statement(act: Any) -> Iterator[None]:
    """Call ``act`` after every statement of anybody."""

    def done(*_: Any) -> None:
        act()

    event.listen(Engine, "after_cursor_execute", done)
    try:
        yield
    finally:
        event.remove(Engine, "after_cursor_execute", done)


def migrated(path: Path) -> Sequence[Event]:
    """What the disk was told while the record was brought up to date, each statement marked."""
    with remembered(path.parent) as disk, each_statement(lambda: disk.mark("statement")):
        Database.open(path).close()
    return disk.log


def tables(path: Path) -> tuple[int, frozenset[tuple[str, str]], str]:
    """Version, everything in the schema with its text, and whether the file is whole."""
    with closing(driver.connect(path)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        rows = connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall()
        whole = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return version, frozenset((str(name), str(sql)) for name, sql in rows), whole


def kills(start: dict[str, bytes], log: Sequence[Event]) -> Iterator[dict[str, bytes]]:
    """What a kill after each statement leaves; the same files once."""
    platter, changed = Platter(start), True
    for one in log:
        platter.take(one)
        if one.kind == "mark" and changed:
            yield platter.kept()
        changed = one.kind != "mark"


def halves(folder: Path) -> tuple[int, list[tuple[int, int]]]:
    """How many images of kills and power cuts were looked at, and which are neither the old nor the new record."""
    path = folder / "maoc.db"
    old_record(path)
    start, before = files_of(folder, "maoc"), tables(path)
    log = migrated(path)
    after = tables(path)
    assert (before[0], after[0]) == (OLD, schema.newest())
    (place := folder / "after").mkdir()
    images = [*kills(start, log), *(image for _, image in cuts(start, log, POWER_CUTS, Random(3)))]
    wrong = []
    for n, image in enumerate(images):
        laid(image, place)
        if (found := tables(place / "maoc.db")) not in (before, after):
            wrong.append((n, found[0]))
        if len(wrong) > 2:
            break
    return sum(one.kind == "mark" for one in log), wrong


def test_a_migration_killed_anywhere_leaves_the_old_record_or_the_new(tmp_path: Path) -> None:
    statements, wrong = halves(tmp_path)
    assert statements > 200
    assert wrong == []


def test_the_twin_that_commits_each_statement_leaves_half_a_schema(tmp_path: Path) -> None:
    with patch.object(driver, "WRITE", driver.WRITE[:-1]):
        assert halves(tmp_path)[1]


def test_what_was_cut_off_is_brought_up_at_the_next_start_with_the_guards_of_a_new_record(
    tmp_path: Path,
) -> None:
    old_record(tmp_path / "maoc.db")
    start = files_of(tmp_path, "maoc")
    log = migrated(tmp_path / "maoc.db")
    Database.open(tmp_path / "new.db", create=True).close()
    (place := tmp_path / "after").mkdir()
    images = [image for _, image in cuts(start, log, 3, Random(11))]
    for image in images:
        laid(image, place)
        Database.open(place / "maoc.db").close()
        assert tables(place / "maoc.db") == tables(tmp_path / "new.db"), "triggers to the letter"
        with closing(driver.connect(place / "maoc.db")) as connection:
            assert connection.execute("SELECT name FROM source").fetchall() == [("kept",)]
