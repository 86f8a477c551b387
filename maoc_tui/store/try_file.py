"""Tries to open an encrypted record, kept beside it: the record itself cannot be written before it is open."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from maoc_tui.problems import StoreProblem

Tries = dict[str, Any]
_MOST = 1_000
"""Logins remembered; the ones tried longest ago go first."""


def file_of(db: Path) -> Path:
    """Where the tries of a record are."""
    return db.with_name(db.name + ".tries.json")


@contextmanager
def tries(db: Path) -> Iterator[Tries]:
    """The tries by login's hash: ``[failures in a row, ms of the last]``, held by this process alone, then kept.

    The file holds its own salt, so that it says nothing about logins without being tried out.
    """
    path = file_of(db)
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            kept = _read(stream.read())
            yield kept
            _forget(kept)
            stream.seek(0)
            stream.truncate()
            stream.write(json.dumps(kept))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise StoreProblem(
            f"The file {path} cannot be written ({error.strerror}), and no try to sign in may go uncounted.",
            "Make room or give access to that folder, then try again.",
        ) from None


def who(kept: Tries, login: str) -> str:
    """What stands for a login in the file."""
    return blake2b(login.encode(), digest_size=16, key=bytes.fromhex(kept["salt"])).hexdigest()


def _read(text: str) -> Tries:
    try:
        kept = json.loads(text) if text else {}
        salt = kept.get("salt") or os.urandom(16).hex()
        return {"salt": salt, "by": {w: [int(n), int(at)] for w, (n, at) in kept.get("by", {}).items()}}
    except (ValueError, TypeError, AttributeError):
        return {"salt": os.urandom(16).hex(), "by": {}}


def _forget(kept: Tries) -> None:
    newest = sorted(kept["by"].items(), key=lambda item: item[1][1])[-_MOST:]
    kept["by"] = dict(newest)
