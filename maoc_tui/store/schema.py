"""The schema's way from empty to now: Alembic migrations, one transaction, a copy of the file before.

Importing Alembic costs as much as drawing the first screen, so a database that is up to date never meets it:
``PRAGMA user_version`` holds the number of the newest migration.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData

from maoc_tui import __version__
from maoc_tui.problems import StoreProblem
from maoc_tui.store import bulk, driver, faults, keyring
from maoc_tui.store.checks import APPLICATION_ID, State

MIGRATIONS = Path(__file__).parent / "migrations"


@lru_cache(maxsize=1)
def newest() -> int:
    """The number of the newest migration this program has."""
    names = (re.match(r"(\d{4})_\w+\.py$", file.name) for file in (MIGRATIONS / "versions").iterdir())
    return max(int(name[1]) for name in names if name)


def metadata() -> MetaData:
    """Every table of the store: all modules here with ``tables`` in their name."""
    from sqlmodel import SQLModel

    import maoc_tui.store as package

    for module in pkgutil.iter_modules(package.__path__):
        if "tables" in module.name:
            importlib.import_module(f"{package.__name__}.{module.name}")
    return SQLModel.metadata


def prepare(engine: Engine, path: Path, state: State, key: bytes | None = None) -> None:
    """Bring an empty or older database to the newest schema; an older one is copied first."""
    if not state.empty:
        copy = path.with_name(f"{path.stem}-schema-{state.schema:04d}-{_stamp()}{path.suffix}")
        back_up(path, copy, key)
    run = _upgrade()
    with engine.connect().execution_options(maoc_begin=driver.WRITE) as conn, conn.begin():
        _migrate(conn, run)
    if state.empty:
        with engine.connect() as conn:
            _checkpoint(conn)


def back_up(path: Path, target: Path, key: bytes | None = None) -> None:
    """Write a whole copy of a database that may be in use to a new private file; or StoreProblem.

    It is on the disk when this returns, which VACUUM INTO alone does not see to. The copy of an encrypted record has
    the same key, and a copy of its keys file beside it.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreProblem(
            f"The copy {target} cannot be made ({error.strerror}); nothing was changed.",
            "Make room or give access to that folder, then start again.",
        ) from None
    try:
        with closing(driver.connect(path, key)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        keyring.copy(path, target)
        settle(target)
    except BaseException as error:
        target.unlink(missing_ok=True)
        keyring.file_of(target).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreProblem(
                f"The copy {target} did not reach the disk ({error.strerror}); nothing was changed.",
                "Check the disk and the room on it, then do it again.",
            ) from None
        if isinstance(error, driver.module().Error):
            raise faults.explain(error, target) from error
        raise


def settle(path: Path) -> None:
    """Make a file and its name, or a folder and the names in it, survive a power cut. Raises OSError."""
    for one in (path,) if path.is_dir() else (path, path.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _upgrade() -> Callable[[Connection], None]:
    """What brings a connection's database to the newest schema; all slow imports are done when this returns."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    metadata()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)

    def upgrade(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs("head", revision)

    def run(conn: Connection) -> None:
        config.attributes["connection"] = conn
        with EnvironmentContext(config, scripts, fn=upgrade):
            scripts.run_env()

    return run


def _migrate(conn: Connection, run: Callable[[Connection], None]) -> None:
    run(conn)
    fresh = conn.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID
    conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    conn.exec_driver_sql(f"PRAGMA user_version={newest()}")
    if fresh:
        _describe(conn)


def _describe(conn: Connection) -> None:
    """Write into a new database what it is."""
    from maoc_tui.store.tables_traffic import Meta, table

    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [("program", f"maoc-tui {__version__}"), ("created", made)]
    bulk.add(conn, table(Meta), ("name", "value"), rows)


def _checkpoint(conn: Connection) -> None:
    """Put a new database wholly into its own file, before anybody else can have opened it."""
    cursor = conn.connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
