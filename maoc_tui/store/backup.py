"""A copy of the record that is known to be whole, and a record made of such a copy.

The copy is taken while others write (VACUUM INTO reads one unchanging state). Beside it stands a list of what it
holds: rows and a digest per table, how long the journal is and where it ends. Whoever proves or restores a copy
compares every row with that list.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from maoc_tui import __version__
from maoc_tui.domain.text import printable
from maoc_tui.problems import StoreProblem
from maoc_tui.store import driver, faults, keyring
from maoc_tui.store.encrypting import contents
from maoc_tui.store.journal_chain import short
from maoc_tui.store.journal_verify import verify_driver
from maoc_tui.store.schema import back_up, settle

_FORMAT = 1
_MOST = 1 << 53
_BESIDE = ("-wal", "-shm", "-journal")
"""Ends of the names of files that SQLite would take for a part of the record they lie beside."""
_ANOTHER = "Take another copy; keep this one to find out what happened to it."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds."""

    made_ms: int
    program: str
    schema: int
    encrypted: bool
    entries: int
    """Of the journal."""
    tip: str
    """Digest of its last entry, in hex: what a witness may write down."""
    rows: Mapping[str, int]
    digests: Mapping[str, str]
    """Table to the digest of all its rows; "" to that of the schema's text."""

    def __post_init__(self) -> None:
        """Raises ValueError where what was written down cannot be that."""
        counts = (self.made_ms, self.schema, self.entries, *self.rows.values())
        if not all(type(count) is int and 0 <= count < _MOST for count in counts):
            raise ValueError("a count is none")
        if not all(isinstance(text, str) for text in (self.program, *self.digests.values())):
            raise ValueError("a text is none")
        if set(self.digests) - {""} != set(self.rows):
            raise ValueError("tables without digests")
        bytes.fromhex(self.tip)

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())

    @property
    def anchor(self) -> str:
        """Where its journal ends, as a witness writes it down: ``18204 · 7f3a-91c2``."""
        return short(self.entries, bytes.fromhex(self.tip))


def manifest_of(copy: Path) -> Path:
    """Where the list of what a copy holds stands."""
    return copy.with_name(copy.name + ".json")


def make(record: Path, copy: Path, key: bytes | None, made_ms: int) -> Manifest:
    """Copy a record that may be in use, prove the copy, and write down what it holds.

    Raises StoreProblem; there is no copy then. Nothing that is there already is written over.
    """
    if manifest_of(copy).exists():
        raise StoreProblem(f"{manifest_of(copy)} is there already.", "Choose another folder.")
    back_up(record, copy, key)
    try:
        found, faulty = _read(copy, key, made_ms)
        if faulty:
            raise StoreProblem(
                f"The copy is not whole: {faulty[0]}; it was taken away.", "Run maoc doctor, check the disk."
            )
        _write(manifest_of(copy), json.dumps({"format": _FORMAT, **asdict(found)}, indent=1, sort_keys=True))
    except BaseException:
        copy.unlink(missing_ok=True)
        keyring.file_of(copy).unlink(missing_ok=True)
        raise
    return found


def load(copy: Path) -> Manifest:
    """What stands written down of a copy; StoreProblem where that is missing or cannot be read."""
    path = manifest_of(copy)
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw.pop("format") != _FORMAT:
            raise ValueError("another format")
        return Manifest(**raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreProblem(
            f"The list of what the copy holds, {path}, cannot be read ({error.__class__.__name__}).",
            "A copy and its list belong together; take another copy, or look at this one with: maoc --db COPY doctor.",
        ) from None


def proved(copy: Path, key: bytes | None) -> tuple[Manifest, tuple[str, ...]]:
    """What stands written down of a copy, and in what it is not so; nothing when it is as it was made."""
    wanted = load(copy)
    if _beside(copy):
        return wanted, (f"{_beside(copy)[0].name} lies beside it, which would change it when it is opened",)
    found, faulty = _read(copy, key, wanted.made_ms)
    return wanted, (*faulty, *_differences(wanted, found))


def restore(copy: Path, target: Path, key: bytes | None) -> Manifest:
    """Make a record of a proved copy under a name that nothing has, and prove it again there.

    Raises StoreProblem for a copy that is not as it was made; there is no record then.
    """
    wanted, faulty = proved(copy, key)
    if faulty:
        raise StoreProblem(f"The copy {copy} is not as it was made: {'; '.join(faulty[:3])}.", _ANOTHER)
    if keyring.file_of(target).exists() or _beside(target):
        raise StoreProblem(f"Files of another record lie beside {target}.", "Give a name that nothing has.")
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise StoreProblem(
            f"{target} cannot be made ({error.strerror}).", "Give a name that nothing has."
        ) from None
    try:
        with os.fdopen(handle, "wb") as out, copy.open("rb") as source:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        keyring.copy(copy, target)
        settle(target.parent)
        found, faulty = _read(target, key, wanted.made_ms)
        faulty += _differences(wanted, found)
        if faulty:
            raise StoreProblem(
                f"What was restored differs from the copy: {'; '.join(faulty[:3])}.", "Check the disk."
            )
    except BaseException as error:
        target.unlink(missing_ok=True)
        keyring.file_of(target).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreProblem(
                f"{target} cannot be written ({error.strerror}).", "Make room on that disk."
            ) from None
        raise
    return found


def _read(path: Path, key: bytes | None, made_ms: int) -> tuple[Manifest, tuple[str, ...]]:
    """What a file that nobody writes holds, and what is wrong with it by itself."""
    try:
        with closing(driver.connect(path, key)) as connection:
            connection.execute("PRAGMA query_only=ON")
            faulty = tuple(_faults(connection, key))
            digests = contents(connection)
            rows = {name: _count(connection, name) for name in digests if name}
            schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
            journal = verify_driver(connection, None, None)
    except driver.module().Error as error:
        raise faults.explain(error, path) from error
    if journal.broken is not None:
        faulty += (f"the journal is broken at entry {journal.broken.seq}",)
    made = Manifest(
        made_ms,
        f"maoc-tui {__version__}",
        schema,
        key is not None,
        journal.entries,
        journal.tip.hex(),
        rows,
        digests,
    )
    return made, faulty


def _beside(path: Path) -> list[Path]:
    return [found for end in _BESIDE if (found := Path(f"{path}{end}")).exists()]


def _faults(connection: Any, key: bytes | None) -> Iterator[str]:
    if key is not None and connection.execute("PRAGMA cipher_integrity_check").fetchall():
        yield "its pages were changed"
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        yield "the file is damaged"
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        yield "a row names another that is not there"


def _count(connection: Any, name: str) -> int:
    quoted = '"' + name.replace('"', '""') + '"'
    return int(connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # noqa: S608  a name of the schema


def _differences(wanted: Manifest, found: Manifest) -> tuple[str, ...]:
    """Tables that hold something else than is written down."""
    said = []
    for name in sorted({*wanted.digests, *found.digests}):
        if wanted.digests.get(name) != found.digests.get(name):
            what = f"table {printable(name, 60)}" if name else "the schema"
            rows = (
                f" ({wanted.rows.get(name, 0)} rows written down, {found.rows.get(name, 0)} there)"
                if name
                else ""
            )
            said.append(f"{what} differs{rows}")
    if (wanted.entries, wanted.tip) != (found.entries, found.tip):
        said.append("the journal ends elsewhere")
    return tuple(said)


def _write(path: Path, text: str) -> None:
    """Write a new private file, on the disk when this returns. Raises StoreProblem; what is there stays."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise _unwritten(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        settle(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritten(path, error) from None


def _unwritten(path: Path, error: OSError) -> StoreProblem:
    return StoreProblem(
        f"{path} cannot be written ({error.strerror}).", "Make room or choose another folder."
    )
