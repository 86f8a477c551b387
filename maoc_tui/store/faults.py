"""What the database's errors mean to a person: one sentence and one way out, never SQL or values.

Nothing here retries: after a failed write the record is read again and the person asked.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import exc

from maoc_tui.problems import StoreProblem

_SPACE = "Free space on that disk (not by deleting records), then do it again."
_KEPT = "Copy the file and its -wal away first, then restore the newest backup."
_RIGHTS = "Have its owner give you write access to the file and its folder, or choose another with --db."

_NOT_SAVED, _NOT_READ = "the last step was not saved", "the record could not be read"
_SENTENCES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        "The database {path} is held by another program for longer than 5 seconds; the last step was not saved.",
        "Try again; if it stays so, end the program that holds it.",
    ),
    (
        ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"),
        "The disk under {path} is full; the last step was not saved.",
        _SPACE,
    ),
    (
        ("SQLITE_READONLY", "SQLITE_PERM"),
        "The database {path} may only be read here; the last step was not saved.",
        _RIGHTS,
    ),
    (
        ("SQLITE_NOTADB",),
        "{path} is not a database, or it is encrypted with another key.",
        "Choose another file with --db.",
    ),
    (("SQLITE_CORRUPT",), "The database {path} is damaged.", _KEPT),
    (
        ("SQLITE_CANTOPEN",),
        "The database {path} cannot be opened.",
        "Check that the file and its folder exist and are yours.",
    ),
    (
        ("SQLITE_IOERR",),
        "The disk under {path} failed; the last step was not saved.",
        "Check the disk before going on; leave and start again to see what is recorded.",
    ),
    (
        ("SQLITE_CONSTRAINT",),
        "This contradicts what is already recorded; the last step was not saved.",
        "Look at the record again; somebody may have entered the same.",
    ),
    (("SQLITE_TOOBIG",), "The entry is too long to be stored; the last step was not saved.", "Shorten it."),
    (
        ("SQLITE_NOMEM",),
        "There is not enough memory; the last step was not saved.",
        "Close other programs and do it again.",
    ),
    (
        ("SQLITE_INTERRUPT", "SQLITE_ABORT"),
        "The operation was broken off; the last step was not saved.",
        "Do it again.",
    ),
)

_TEXTS = (
    ("malformed", "SQLITE_CORRUPT"),
    ("not a database", "SQLITE_NOTADB"),
    ("Could not decode", "SQLITE_CORRUPT"),
    ("disk is full", "SQLITE_FULL"),
    ("readonly", "SQLITE_READONLY"),
    ("is locked", "SQLITE_BUSY"),
    ("unable to open", "SQLITE_CANTOPEN"),
    ("disk I/O", "SQLITE_IOERR"),
)


def error_name(error: BaseException) -> str:
    """The SQLite result code behind an error (``SQLITE_BUSY``), or "" when there is none."""
    origin = error.orig if isinstance(error, exc.DBAPIError) and error.orig is not None else error
    name = getattr(origin, "sqlite_errorname", None)
    if name and name != "SQLITE_ERROR":
        return str(name)
    return next((code for part, code in _TEXTS if part in str(origin)), "")


def _is_full(path: Path) -> bool:
    """Whether the disk has no room for so much as the journal's index: SQLite then reports a failed disk."""
    try:
        return shutil.disk_usage(path.parent).free < 1 << 16
    except OSError:
        return False


def explain(error: BaseException, path: Path, *, writing: bool = True) -> StoreProblem:
    """The problem to show for an error of the database or its driver.

    Without ``writing`` it was being read, and what was done before stands: nothing is said not to be saved.
    """
    told = _explained(error, path)
    return told if writing else StoreProblem(told.message.replace(_NOT_SAVED, _NOT_READ), told.way_out)


def _explained(error: BaseException, path: Path) -> StoreProblem:
    if isinstance(error, exc.TimeoutError):
        return StoreProblem(
            "Too many things at once wait for the database.", "Wait a moment and do it again."
        )
    name = error_name(error)
    if not name and isinstance(error, OverflowError | UnicodeError):
        return StoreProblem(
            "A value cannot be stored as it is; the last step was not saved.", "Check what was entered."
        )
    if name.startswith("SQLITE_IOERR") and _is_full(path):
        name = "SQLITE_FULL"
    for starts, message, way_out in _SENTENCES:
        if name and name.startswith(starts):
            return StoreProblem(message.format(path=path), way_out)
    return StoreProblem(
        f"The database {path} did not accept the operation; the last step was not saved.",
        "Do it again; if it stays so, run maoc doctor.",
    )
