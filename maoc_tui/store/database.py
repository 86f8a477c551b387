"""The record's database: opened after checks, read and written in explicit transactions from any thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import checks, driver, faults, schema


class Database:
    """One open database file. Errors of the database leave as StoreProblem, never as SQL."""

    def __init__(self, path: Path, engine: Engine, watcher: Any, key: bytes | None = None) -> None:
        self.path = path
        self.key = key
        """Opens the file when it is encrypted; None when it is not."""
        self._engine = engine
        self._watcher = watcher
        self._watching = Lock()

    @classmethod
    def open(cls, path: Path, *, create: bool = False, key: bytes | None = None) -> Database:
        """Open a database after the start-up checks, migrated to the newest schema; StoreProblem otherwise.

        With ``create`` a missing file is made (0600) with its folders (0700). The file is followed to where
        it really lies, so that everybody who opens it meets the same journal.
        """
        path = Path(path).expanduser().resolve()
        checks.place(path, create=create, key=key)
        try:
            return cls._opened(path, create, key)
        except (SQLAlchemyError, driver.module().Error) as error:
            raise faults.explain(error, path) from error

    @classmethod
    def _opened(cls, path: Path, create: bool, key: bytes | None) -> Database:
        watcher = driver.connect(path, key)
        engine = driver.engine(path, key)
        try:
            state = checks.probe(watcher, path, schema.newest())
            if state.empty and not create:
                raise checks.nothing_there(path)
            if state.schema < schema.newest():
                schema.prepare(engine, path, state, key)
            with engine.connect():
                return cls(path, engine, watcher, key)
        except BaseException:
            watcher.close()
            engine.dispose()
            raise

    def reading(self, viewer: Viewer) -> AbstractContextManager[Connection]:
        """A read transaction on behalf of ``viewer``: one unchanging state, and no way to write."""
        return self._transaction(maoc_begin=driver.READ, maoc_viewer=viewer)

    def writing(self) -> AbstractContextManager[Connection]:
        """A write transaction: alone from its first statement, on disk when left, undone by an error."""
        return self._transaction(maoc_begin=driver.WRITE)

    def writing_traffic(self) -> AbstractContextManager[Connection]:
        """A write transaction for traffic only: a power cut may lose the last ones, never tear them."""
        return self._transaction(maoc_begin=driver.WRITE_TRAFFIC)

    @contextmanager
    def _transaction(self, **options: Any) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**options) as conn, conn.begin():
                yield conn
        except (SQLAlchemyError, driver.module().Error, OverflowError, UnicodeError) as error:
            raise faults.explain(error, self.path) from error

    def data_version(self) -> int:
        """A number that differs from the last one when something was committed since, by anybody."""
        with self._watching:
            try:
                return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
            except driver.module().Error as error:
                raise faults.explain(error, self.path) from error

    def check(self) -> None:
        """Read every page, whatever the size (about 1 s per GB); StoreProblem at the first damage."""
        with self._watching:
            try:
                checks.look_for_damage(self._watcher, self.path)
            except driver.module().Error as error:
                raise faults.explain(error, self.path) from error

    def close(self) -> None:
        """Close every connection; the last program to do so folds the journal into the file."""
        self._engine.dispose()
        with self._watching:
            self._watcher.close()
