"""Which programs on this machine still run: each holds a lock while it has something open.

The lock is an empty file in the user's own folder; it goes with the program, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from maoc_tui.settings import config_folder


class Alive:
    """This program among the others."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or config_folder() / "running"
        self.name = uuid4().hex
        """Of this program, for as long as it runs."""
        self._lock: int | None = None

    def hold(self) -> None:
        """Be known to run from now on; a folder that cannot be written to is no reason to stop."""
        if self._lock is None:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                handle = os.open(self._path(self.name), os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._lock = handle

    def gone(self, name: str) -> bool:
        """Whether another program does not run any more."""
        if name == self.name:
            return False
        try:
            handle = os.open(self._path(name), os.O_RDWR)
        except OSError:
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True

    def close(self) -> None:
        """This program ends; what others that were killed left of theirs is cleared away."""
        if self._lock is not None:
            self._path(self.name).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None
        for path in self._folder.glob("*.lock"):
            if self.gone(path.stem):
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"
