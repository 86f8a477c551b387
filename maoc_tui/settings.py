"""The user's settings: one TOML file in the config folder, every error naming file, line and field.

A command refuses a file with a fault (``load``). The terminal program and the doctor go on with what can be
understood of it (``kept``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from maoc_tui.problems import BadInput
from maoc_tui.user_files import Document, Fault, read

_APP = "maoc-tui"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """One live source to poll."""

    name: str
    url: str
    """Address polled; may hold {lat}, {lon}, {radius}."""
    kind: str
    """digitraffic, aishub, ais-catcher, readsb, v2 or opensky."""
    every_s: float = 60.0
    user: str = ""
    """Sent as Digitraffic-User where the service asks for it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose. Unknown keys are refused, so that a typing error is never silent."""

    db: Path | None = None
    """The database file; the data folder's maoc.db when not given."""
    theme: str = "night"
    """One of layouts/themes.toml."""
    dashboard: str = "auto"
    """One of layouts/dashboards or of the user's own, or auto by terminal size."""
    chart_symbols: str = "braille"
    """braille, block or ascii."""
    export_folder: Path | None = None
    """Where copies and exports go; the data folder's out/ when not given."""
    feeds: tuple[FeedSettings, ...] = ()
    lock_minutes: int = 10
    """The screen locks itself when no key was pressed for so long; 2 to 30."""
    read_only: bool = False
    """Nothing may be written."""
    bell: bool = True
    """The terminal's bell rings once when a clock passes half of its time, and once at its end."""
    keys: dict[str, str] = field(default_factory=dict)
    """Command id to keys, to rebind."""
    plain: bool = False
    """Lines of text instead of screens: for screen readers and braille displays."""
    mouse: bool = False
    """The program takes the mouse; otherwise it is left to the terminal, to select text with."""
    faults: tuple[Fault, ...] = ()
    """What could not be understood of the file; no key of it."""


CHOICES = {
    "theme": ("night", "dusk", "day", "high-contrast", "colour-safe", "no-colour"),
    "chart_symbols": ("braille", "block", "ascii"),
}


def config_folder() -> Path:
    """The folder of settings.toml and the user's own dashboards."""
    import platformdirs

    return Path(os.environ.get("MAOC_CONFIG") or platformdirs.user_config_path(_APP))


def data_folder() -> Path:
    """The folder of the live database and its files."""
    import platformdirs

    return Path(os.environ.get("MAOC_DATA") or platformdirs.user_data_path(_APP))


def default_database(settings: Settings) -> Path:
    """Where the record lives: MAOC_DB, then the settings, then the data folder.

    Raises BadInput where the settings may name one in words that cannot be understood.
    """
    if env := os.environ.get("MAOC_DB"):
        return Path(env)
    if fault := _in_doubt("db", settings.faults, given=settings.db is not None):
        raise BadInput(  # never another record than the one that was meant
            f"{fault}; no record is opened, since this may be what names it.",
            "Mend that, move the file away, or give --db.",
        )
    return settings.db or data_folder() / "maoc.db"


def settings_file() -> Path:
    """Where the settings are read from."""
    return config_folder() / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """Read the settings file; no file means defaults. Raises BadInput naming file, line and field."""
    found = kept(path)
    if found.faults:
        raise found.faults[0].problem()
    return found


def kept(path: Path | None = None) -> Settings:
    """What can be understood of the settings file, with its faults.

    Where ``read_only`` may stand in what cannot be understood, nothing may be written.
    """
    document = read(path or settings_file())
    values: dict[str, Any] = {}
    faults = list(document.faults)
    for key, value in document.table.items():
        try:
            values[key] = _value(document, key, value, faults)
        except _Wrong as wrong:
            faults.append(document.fault(wrong.field, wrong.reason))
    if _in_doubt("read_only", faults, given="read_only" in values):
        values["read_only"] = True
    return Settings(**values, faults=tuple(faults))


def _in_doubt(name: str, faults: Iterable[Fault], given: bool) -> Fault | None:
    """The fault behind which ``name`` may stand: one that ends in its name, or, where it was not ``given``, any
    whose words are not those of another setting.
    """
    for fault in faults:
        top, last = re.split(r"[.\[]", fault.field)[0], fault.field.rpartition(".")[2]
        if last == name or (not given and top not in _KNOWN):
            return fault
    return None


class _Wrong(Exception):
    """A field that cannot be understood, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


_KNOWN = tuple(sorted(f.name for f in fields(Settings) if f.name != "faults"))
_SWITCHES = ("read_only", "bell", "plain", "mouse")


def _value(document: Document, key: str, value: Any, faults: list[Fault]) -> Any:
    """The value of one key; of a table and a list, what can be understood, the rest added to the faults."""
    if key not in _KNOWN:
        raise _Wrong(key, f"unknown key; there are {', '.join(_KNOWN)}")
    if key == "feeds":
        items = enumerate(_typed(key, value, list), 1)
        return tuple(_each(document, faults, ((f"feeds[{n}]", item, _feed) for n, item in items)).values())
    if key == "keys":
        items = _typed(key, value, dict).items()
        found = _each(document, faults, ((f"keys.{name}", keys, _key) for name, keys in items))
        return {name.removeprefix("keys."): keys for name, keys in found.items()}
    if key == "lock_minutes":
        return _minutes(key, value)
    if key in _SWITCHES:
        if not isinstance(value, bool):
            raise _Wrong(key, "must be true or false")
        return value
    text = _text(key, value)
    if key in ("db", "export_folder"):
        return Path(text).expanduser()
    if key in CHOICES and text not in CHOICES[key]:
        raise _Wrong(key, f"{text!r} is none of {', '.join(CHOICES[key])}")
    return text


def _each(document: Document, faults: list[Fault], parts: Iterator[tuple[str, Any, Any]]) -> dict[str, Any]:
    """What can be understood of several values by field, each by its own reader."""
    found = {}
    for where, value, reader in parts:
        try:
            found[where] = reader(where, value)
        except _Wrong as wrong:
            faults.append(document.fault(wrong.field, wrong.reason))
    return found


def _text(key: str, value: Any) -> str:
    return str(_typed(key, value, str))


def _key(where: str, value: Any) -> str:
    """The keys of a command; a setting that slipped under [keys] would be lost without a word."""
    if where in ("keys.db", "keys.read_only"):
        raise _Wrong(where, "is no command; write it above [keys]")
    return _text(where, value)


def _minutes(key: str, value: Any) -> int:
    if not 2 <= _typed(key, value, int) <= 30:
        raise _Wrong(key, f"is {value}; give 2 to 30 minutes")
    return int(value)


def _feed(where: str, item: Any) -> FeedSettings:
    table = _typed(where, item, dict)
    known = {f.name: f for f in fields(FeedSettings)}
    for key, value in table.items():
        if key not in known:
            raise _Wrong(f"{where}.{key}", f"unknown key; there are {', '.join(known)}")
        _typed(f"{where}.{key}", value, (int, float) if key == "every_s" else str)
    for key in ("name", "url", "kind"):
        if not table.get(key):
            raise _Wrong(f"{where}.{key}", "is missing; give each feed a name, a url and a kind")
    return FeedSettings(**table)


def _typed(key: str, value: Any, kind: type | tuple[type, ...]) -> Any:
    if isinstance(value, bool) or not isinstance(value, kind):
        names = " or ".join(_WORDS[k] for k in (kind if isinstance(kind, tuple) else (kind,)))
        raise _Wrong(key, f"must be {names}, not {_WORDS.get(type(value), type(value).__name__)}")
    return value


_WORDS: dict[type, str] = {
    str: "text", int: "a whole number", float: "a number", dict: "a table", list: "a list of tables",
    bool: "true or false",
}  # fmt: skip
