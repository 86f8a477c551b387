"""A disk under the program's own SQLite that remembers, and fails when it is told to.

It is a VFS (sqlite.org/c3ref/vfs.html) laid over the system's through ctypes: the program, its driver and its
SQLCipher pages are the real ones. Only writes, truncations, syncs and the coming and going of files pass through
here; reads and locks are the system's own. What a power cut may leave is in ``platter``.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_DELETE, IOERR_SHMSIZE = 778, 1034, 1546, 2570, 4874
FULL, CANTOPEN = 13, 14
CODES = {
    "write": IOERR_WRITE, "sync": IOERR_FSYNC, "truncate": IOERR_TRUNCATE, "create": CANTOPEN, "delete": IOERR_DELETE,
    "share": IOERR_SHMSIZE,
}  # fmt: skip
"""What SQLite is answered when an operation of that kind fails."""

_SIMPLE = CFUNCTYPE(c_int, c_void_p)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_SHARE = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int, c_void_p)
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class _Methods(Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", c_int), ("close", _SIMPLE), ("read", c_void_p), ("write", _WRITE), ("truncate", _TRUNCATE),
        ("sync", _SYNC), ("before_share", c_void_p * 7), ("share", _SHARE), ("after_share", c_void_p * 5),
    )  # fmt: skip


class _File(Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class _Vfs(Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", _OPEN), ("delete", _DELETE), ("others", c_void_p * 16),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done to a file, or a mark that a test set: ``kind`` is a key of CODES, or "mark"."""

    kind: str
    file: str = ""
    offset: int = 0
    """Where a write begins, or the size after a truncation; for a deletion whether it is on the disk at once."""
    data: bytes = b""
    mark: Any = None


@dataclass
class Disk:
    """What was done to the files of one folder, in order."""

    folder: Path
    log: list[Event] = field(default_factory=list)
    fails: Callable[[str, str], int] = lambda kind, file: 0
    """Asked before each operation with its kind and the file's name; a result code of SQLite to fail with, or 0."""
    lies: bool = False
    """Whether it says that it has written what it has not: the planted fault of tests that look for losses."""

    def mark(self, mark: Any) -> None:
        """Note that something had been acknowledged by now."""
        self.log.append(Event("mark", mark=mark))

    def _asked(self, kind: str, file: str, offset: int = 0, data: bytes = b"") -> int:
        code = self.fails(kind, file)
        if not code and kind != "share":
            self.log.append(Event(kind, file, offset, data))
        return code


def failing_at(k: int, code: int = 0) -> Callable[[str, str], int]:
    """A rule that fails the k-th operation from now (1 is the next) and none after it; ``reached`` tells whether."""
    seen = count(1)

    def fails(kind: str, _file: str) -> int:
        if next(seen) != k:
            return 0
        fails.reached = True  # type: ignore[attr-defined]
        return code or CODES[kind]

    fails.reached = False  # type: ignore[attr-defined]
    return fails


class _Layer:
    """The VFS itself: made once for the process and never taken away, since SQLite keeps pointers into it."""

    def __init__(self) -> None:
        from sqlcipher3 import _sqlite3

        self.library = ctypes.CDLL(_sqlite3.__file__)
        self.library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        self.system = self.library.sqlite3_vfs_find(None)
        self.disk: Disk | None = None
        self.files: dict[int, tuple[Disk, str, _Methods]] = {}
        self.vfs = _Vfs.from_buffer_copy(self.system.contents)
        self.vfs.name = b"remembered"
        self.vfs.open, self.vfs.delete = _OPEN(self._open), _DELETE(self._delete)
        self.kinds: dict[int, tuple[_Methods, _Methods]] = {}
        """The system's methods, by where they stand: a copy of theirs, and one with ours in it."""
        self.library.sqlite3_vfs_register(ctypes.byref(self.vfs), 0)

    def use(self, on: bool) -> None:
        """Make this the disk of every connection that is opened from now on, or the system's again."""
        chosen = ctypes.byref(self.vfs) if on else self.system
        assert self.library.sqlite3_vfs_register(chosen, 1) == 0

    def _name(self, raw: bytes | None) -> str:
        path = os.fsdecode(raw) if raw else ""
        inside = self.disk is not None and path and Path(path).parent == self.disk.folder
        return Path(path).name if inside else ""

    def _open(self, _vfs: int, name: int, file: int, flags: int, out: int) -> int:
        raw = ctypes.cast(name, c_char_p).value if name else None
        known, disk = self._name(raw), self.disk
        new = bool(known) and not Path(os.fsdecode(raw or b"")).exists()
        if new and disk is not None and (code := disk._asked("create", known)):
            ctypes.cast(file, POINTER(c_void_p))[0] = None
            return code
        code = int(self.system.contents.open(ctypes.addressof(self.system.contents), name, file, flags, out))
        if code == 0 and known and disk is not None:
            self.files[file] = (disk, known, self._watch(file))
        return code

    def _watch(self, address: int) -> _Methods:
        """Put our writing in the place of the system's for one open file; the system's methods."""
        opened = ctypes.cast(address, POINTER(_File)).contents
        place = ctypes.addressof(opened.methods.contents)
        if place not in self.kinds:
            native, ours = (_Methods.from_buffer_copy(opened.methods.contents) for _ in range(2))
            ours.close, ours.write = _SIMPLE(self._close), _WRITE(self._write)
            ours.truncate, ours.sync = _TRUNCATE(self._truncate), _SYNC(self._sync)
            if native.version > 1 and native.share:
                ours.share = _SHARE(self._share)
            self.kinds[place] = (native, ours)
        native, ours = self.kinds[place]
        opened.methods = ctypes.pointer(ours)
        return native

    def _close(self, file: int) -> int:
        _, _, native = self.files.pop(file)
        return int(native.close(file))

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        disk, name, native = self.files[file]
        code = disk._asked("write", name, offset, ctypes.string_at(data, size))
        return code or (0 if disk.lies else int(native.write(file, data, size, offset)))

    def _truncate(self, file: int, size: int) -> int:
        disk, name, native = self.files[file]
        return disk._asked("truncate", name, size) or int(native.truncate(file, size))

    def _sync(self, file: int, flags: int) -> int:
        """Nothing need really reach the disk of a test."""
        disk, name, _ = self.files[file]
        return disk._asked("sync", name)

    def _share(self, file: int, region: int, size: int, extend: int, out: int) -> int:
        disk, name, native = self.files[file]
        return disk._asked("share", name) or int(native.share(file, region, size, extend, out))

    def _delete(self, _vfs: int, raw: bytes, durable: int) -> int:
        known = self._name(raw)
        if known and self.disk is not None and (code := self.disk._asked("delete", known, durable)):
            return code
        return int(self.system.contents.delete(ctypes.addressof(self.system.contents), raw, durable))


_layer: list[_Layer] = []


@contextmanager
def remembered(folder: Path) -> Iterator[Disk]:
    """Every connection opened meanwhile, by any thread, writes through a disk that remembers files of ``folder``."""
    if not _layer:
        _layer.append(_Layer())
    layer = _layer[0]
    layer.disk = Disk(folder.resolve())
    layer.use(True)
    try:
        yield layer.disk
    finally:
        layer.use(False)
        layer.disk = None
