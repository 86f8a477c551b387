"""The record's database: opened after checks, read and written in explicit transactions from any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from maoc_tui.domain.gate import GateContext
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.store import checks, driver, faults, gate, own_words, schema, search_index, sending

READ_ONLY_WAY_OUT = "Start again without --read-only, and without read_only in the settings."
ContextOf = Callable[[Viewer], GateContext]
"""How a viewer's partner stands now; asked before each transaction on the viewer's behalf."""


class Database:
    """One open database file. Errors of the database leave as StoreProblem, never as SQL."""

    def __init__(self, path: Path, engine: Engine, watcher: Any, key: bytes | None = None) -> None:
        self.path = path
        self.key = key
        """Opens the file when it is encrypted; None when it is not."""
        self.context_of: ContextOf | None = None
        """Set by whoever knows the register of partners; without it only all-seeing viewers may read."""
        self.before_writing: Callable[[], None] = lambda: None
        """Asked before each write of an officer; raises when whoever was let in is no more."""
        self.read_only = False
        """Refuses every write, whoever asks; what the program notes of its own use is written all the same."""
        self._engine = engine
        own_words.guard(engine)
        self._gated: dict[int, Engine] = {}
        self._making = Lock()
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
                opened = cls(path, engine, watcher, key)
            if state.schema < schema.newest():
                with opened.bookkeeping():
                    pass  # what stood there before it could be searched is indexed now
            return opened
        except BaseException:
            watcher.close()
            engine.dispose()
            raise

    def reading(self, viewer: Viewer) -> AbstractContextManager[Connection]:
        """A read transaction on behalf of ``viewer``: one unchanging state, and no way to write.

        It shows what the viewer may see and nothing else, whatever is asked. Raises NotPermitted without a register.
        """
        if viewer.all_seeing:
            return self._transaction(self._engine, maoc_begin=driver.READ, maoc_viewer=viewer)
        return self._reading_gated(viewer)

    def reading_whole(self) -> AbstractContextManager[Connection]:
        """A read transaction of the system itself, past the gate: for what is never shown as it is read."""
        return self._transaction(self._engine, maoc_begin=driver.READ)

    @contextmanager
    def _reading_gated(self, viewer: Viewer) -> Iterator[Connection]:
        contexts = self._contexts(viewer)
        with (
            self._transaction(self._gate(len(contexts)), maoc_begin=gate.BEGIN, maoc_viewer=viewer) as conn,
            gate.seated(conn, contexts),
        ):
            yield conn

    def _contexts(self, viewer: Viewer) -> tuple[GateContext, ...]:
        """How the viewer stands and, while seeing as another, how whoever looks stands too."""
        if self.context_of is None:
            raise NotPermitted(
                "Nobody may read: the register of partners is not open.", "Open the record as a whole."
            )
        behind = viewer.behind
        if behind is None or behind.all_seeing:
            return (self.context_of(viewer),)
        return (self.context_of(viewer), self.context_of(behind))

    def _gate(self, viewers: int) -> Engine:
        with self._making:
            if viewers not in self._gated:
                self._gated[viewers] = gate.engine(self.path, self.key, viewers)
            return self._gated[viewers]

    def writing(self, speaks_for: str = "") -> AbstractContextManager[Connection]:
        """A write transaction: alone from its first statement, on disk when left, undone by an error.

        With ``speaks_for`` no statement of another partner can be written in it (store.own_words). Raises
        NotPermitted in read-only mode.
        """
        self._refuse_read_only()
        self.before_writing()
        options = {own_words.SPEAKS_FOR: speaks_for} if speaks_for else {}
        return self._transaction(self._engine, maoc_begin=driver.WRITE, maoc_acts=True, **options)

    def bookkeeping(self) -> AbstractContextManager[Connection]:
        """A write transaction for what the program notes of its own use: sign-ins, the journal; read-only or not."""
        return self._transaction(self._engine, maoc_begin=driver.WRITE)

    def writing_traffic(self) -> AbstractContextManager[Connection]:
        """A write transaction for traffic only: a power cut may lose the last ones, never tear them."""
        self._refuse_read_only()
        return self._transaction(self._engine, maoc_begin=driver.WRITE_TRAFFIC)

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise NotPermitted("Nothing may be written in read-only mode.", READ_ONLY_WAY_OUT)

    @contextmanager
    def _transaction(self, engine: Engine, **options: Any) -> Iterator[Connection]:
        writing = options["maoc_begin"] in (driver.WRITE, driver.WRITE_TRAFFIC)
        try:
            with engine.connect().execution_options(**options) as conn, conn.begin():
                yield conn
                if options.get("maoc_acts"):
                    sending.settle(conn)
                if writing:
                    search_index.settle(conn)
        except (SQLAlchemyError, driver.module().Error, OverflowError, UnicodeError) as error:
            raise faults.explain(error, self.path, writing=writing) from error

    def data_version(self) -> int:
        """A number that differs from the last one when something was committed since, by anybody."""
        with self._watching:
            try:
                return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
            except driver.module().Error as error:
                raise faults.explain(error, self.path, writing=False) from error

    def check(self) -> None:
        """Read every page, whatever the size (about 1 s per GB); StoreProblem at the first damage.

        On a connection of its own: one that is older than a write of another calls a sound search index damaged.
        """
        try:
            with closing(driver.connect(self.path, self.key)) as connection:
                checks.look_for_damage(connection, self.path)
        except driver.module().Error as error:
            raise faults.explain(error, self.path, writing=False) from error

    def close(self) -> None:
        """Close every connection; the last program to do so folds the journal into the file."""
        for engine in (*self._gated.values(), self._engine):
            engine.dispose()
        with self._watching:
            self._watcher.close()
