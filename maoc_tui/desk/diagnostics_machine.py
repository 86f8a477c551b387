"""What diagnostics tell of the program, the machine, the terminal and the settings: words of ours, never the user's.

Every value here is a version, a yes or no, a number the program itself defines, or one of a closed list of words. A
path, a name or an address is never copied; that it was given is all that is said.
"""

from __future__ import annotations

import json
import locale
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from typing import Any

from maoc_tui import __version__
from maoc_tui.settings import CHOICES, Settings

LIBRARIES = (
    "alembic", "argon2-cffi", "astral", "click", "cryptography", "geopy", "httpx", "numpy", "orjson", "platformdirs",
    "pyais", "pyshp", "rich", "shapely", "sqlalchemy", "sqlcipher3", "sqlmodel", "textual", "typst",
)  # fmt: skip
FAULTS = 5
"""So many of the newest fault reports are taken in."""
_SCALE = ("none", "ones", "tens", "hundreds", "thousands", "ten thousands", "hundred thousands", "millions")
_WORD = re.compile(r"[A-Za-z_<][A-Za-z0-9_<>.]{0,59}")
_TERM = re.compile(r"[a-z0-9][a-z0-9.+-]{0,29}")
_VERSION = re.compile(r"[0-9A-Za-z._+!-]{1,40}")
_FAULT_BYTES = 1 << 20


def coarse(number: int) -> str:
    """How many there are, by powers of ten only: ``none``, ``ones``, ``tens`` …"""
    return _SCALE[min(len(str(number)), len(_SCALE) - 1)] if number > 0 else _SCALE[0]


def program() -> dict[str, Any]:
    """Versions of the program and of what it is made of."""
    from maoc_tui.problems import StoreProblem
    from maoc_tui.store import driver

    try:
        sqlite = str(driver.module().sqlite_version)
    except StoreProblem:
        sqlite = "too old"
    return {
        "maoc_tui": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite,
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str:
    try:
        return _only(_VERSION, metadata.version(name))
    except metadata.PackageNotFoundError:
        return "not there"


def machine(place: Path) -> dict[str, Any]:
    """The system, and the disk under the record's folder; no host name, no user, no path."""
    try:
        free = coarse(shutil.disk_usage(place).free // 1_000_000)
    except OSError:
        free = "unknown"
    return {
        "system": platform.system(),
        "release": _only(_VERSION, platform.release()),
        "processor": _only(_VERSION, platform.machine()),
        "cores": coarse(os.cpu_count() or 0),
        "free_megabytes": free,
    }


def terminal() -> dict[str, Any]:
    """What the terminal can do, as far as the environment tells."""
    columns, lines = shutil.get_terminal_size((0, 0))
    return {
        "term": _only(_TERM, os.environ.get("TERM", "")),
        "true_colour": os.environ.get("COLORTERM", "") in ("truecolor", "24bit"),
        "no_colour": bool(os.environ.get("NO_COLOR")),
        "screen": sys.stdout.isatty(),
        "columns": columns,
        "lines": lines,
        "encoding": _only(_VERSION, locale.getpreferredencoding(False)),
        "over_ssh": bool(os.environ.get("SSH_CONNECTION")),
        "multiplexer": bool(os.environ.get("TMUX") or os.environ.get("STY")),
        "textual_switches": any(name.startswith("TEXTUAL") for name in os.environ),
    }


def settings(chosen: Settings, kinds: Iterable[str]) -> dict[str, Any]:
    """What was chosen, where the choice is one of ours; of all else only whether it was given.

    ``kinds`` are the kinds of live sources the program knows.
    """
    usual, told = Settings(), dict[str, Any]()
    for one in fields(Settings):
        value = getattr(chosen, one.name)
        closed = isinstance(value, bool | int) or value in CHOICES.get(one.name, ())
        told[one.name] = value if closed else "as shipped" if value == getattr(usual, one.name) else "own"
    known = set(kinds)
    told["feeds"] = sorted(feed.kind if feed.kind in known else "other" for feed in chosen.feeds)
    told["keys"] = coarse(len(chosen.keys))
    return told


def faults(folder: Path) -> list[dict[str, Any]]:
    """The newest fault reports, each taken apart and put together again of nothing but names in programs."""
    found = sorted(folder.glob("fault-*.json"))[-FAULTS:]
    return [told for path in reversed(found) if (told := _fault(path)) is not None]


def _fault(path: Path) -> dict[str, Any] | None:
    try:
        if path.stat().st_size > _FAULT_BYTES:
            return None
        raw = json.loads(path.read_text("utf-8"))
        frames = [_frame(frame) for frame in raw["frames"]]
        version, error = _only(_VERSION, raw["version"]), _only(_WORD, raw["error"])
        return {"version": version, "error": error, "day": _day(raw["at"]), "frames": frames}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _frame(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A place in a program: the file's last name, the line, the function."""
    line = raw["line"]
    known = isinstance(line, int) and not isinstance(line, bool) and 0 < line < 1_000_000
    return {"file": _only(_WORD, raw["file"]), "line": line if known else 0, "in": _only(_WORD, raw["in"])}


def _day(text: str) -> str:
    return _only(re.compile(r"\d{4}-\d\d-\d\d"), text[:10])


def _only(form: re.Pattern[str], text: Any) -> str:
    """The text where it has a form that no name or sentence has; ``?`` otherwise."""
    return text if isinstance(text, str) and form.fullmatch(text) else "?"
