"""Drafts of log lines, kept in files beside the settings so that a dropped line loses no more than two seconds.

A draft lies in a file of its own, readable by its owner only, until its line is in the record or its text is taken
away. While the program that wrote it lives, it holds a lock; what nobody holds was left behind by a dropped line and
is offered again, to the same officer on the same record.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from maoc_tui.settings import config_folder

_LONGEST = 20_000
"""Bytes of a draft's file."""


@dataclass(frozen=True, slots=True)
class LogDraft:
    """A log line that is not in the record yet."""

    id: str
    """Sent with the line, so that it stands once however often it is sent."""
    ref: str
    """Of the operation."""
    name: str
    text: str
    at_ms: int
    """When it was last changed, by the watch clock."""
    who: str
    """Who typed it: nobody else is offered it."""
    record: str
    """Path of the record it was typed for."""
    typed_ms: int = 0
    """When its first word was typed: a time of day there is meant as of then. 0 for not known."""


def new_id() -> str:
    """A name for a line, before it has a number."""
    return uuid4().hex


class LogDrafts:
    """The drafts of this program, and those that others left behind."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or config_folder() / "drafts"
        self._session = uuid4().hex[:12]
        self._lock: int | None = None

    def keep(self, draft: LogDraft) -> None:
        """Write a draft over what it was before; a folder that cannot be written to is no reason to stop typing."""
        with suppress(OSError):
            self._hold()
            path = self._path(draft.id)
            fresh = path.with_suffix(".new")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(asdict(draft), stream)
            fresh.replace(path)

    def drop(self, name: str) -> None:
        """The line is in the record, or is not wanted any more."""
        with suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def left_behind(self, who: str, record: str) -> tuple[LogDraft, ...]:
        """Drafts of this officer on this record whose program is gone, the newest first; they are this program's now.

        Drafts of records that are gone, such as a demonstration's, are cleared away.
        """
        found = []
        for path in sorted(self._folder.glob("log-*.json")):
            session = path.stem.split("-")[1]
            if session == self._session or not self._gone(session):
                continue
            draft = _read(path)
            if draft is None or not Path(draft.record).exists():
                path.unlink(missing_ok=True)
            elif (draft.who, draft.record) == (who, record):
                with suppress(OSError):
                    self._hold()
                    path.rename(self._path(draft.id))
                    found.append(draft)
        return tuple(sorted(found, key=lambda draft: draft.at_ms, reverse=True))

    def close(self) -> None:
        """This program ends: its drafts are free to be offered again, its lock is no longer needed."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            if not any(self._folder.glob(f"log-{self._session}-*.json")):
                self._lock_path(self._session).unlink(missing_ok=True)

    def _hold(self) -> None:
        """Take the lock that tells others this program lives."""
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self._lock_path(self._session), os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._lock = handle

    def _gone(self, session: str) -> bool:
        """Whether nobody holds a session's lock any more."""
        try:
            handle = os.open(self._lock_path(session), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"log-{self._session}-{name}.json"

    def _lock_path(self, session: str) -> Path:
        return self._folder / f"log-{session}.lock"


def _read(path: Path) -> LogDraft | None:
    """A draft as written; None for a file that is none."""
    try:
        with path.open(encoding="utf-8") as stream:
            raw = json.loads(stream.read(_LONGEST))
        texts = {name: str(raw[name]) for name in ("id", "ref", "name", "text", "who", "record")}
        at_ms = int(raw["at_ms"])
        return LogDraft(**texts, at_ms=at_ms, typed_ms=int(raw.get("typed_ms", at_ms)))
    except (OSError, ValueError, KeyError, TypeError):
        return None
