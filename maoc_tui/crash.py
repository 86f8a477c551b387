"""The last resort: a fault becomes one sentence and a private report without any values in it."""

from __future__ import annotations

import json
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from maoc_tui import __version__
from maoc_tui.problems import Problem


def report(error: BaseException, folder: Path | None = None) -> Problem:
    """Write where the fault happened (files, lines, names; no values, no message) and say so.

    The report is readable by its owner only. The error's own message is left out on purpose: it may
    quote what was being read.
    """
    frames = traceback.extract_tb(error.__traceback__)
    content = {
        "version": __version__,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "error": type(error).__name__,
        "frames": [{"file": Path(f.filename).name, "line": f.lineno, "in": f.name} for f in frames],
    }
    path = _write(content, folder)
    where = f"A report without any of your data is in {path}." if path else "No report could be written."
    return Problem(f"Something went wrong in the program. Whatever was shown as saved is saved. {where}")


def _write(content: dict[str, object], folder: Path | None) -> Path | None:
    from maoc_tui.settings import data_folder

    try:
        place = folder or data_folder()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = place / f"fault-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.json"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(content, stream, indent=1)
    except OSError:
        return None
    return path
