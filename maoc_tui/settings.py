"""The user's settings: one TOML file in the config folder, every error naming the file and the key."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from maoc_tui.problems import BadInput

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
    """watch, narrow, or auto by terminal size."""
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
    """Where the record lives: MAOC_DB, then the settings, then the data folder."""
    if env := os.environ.get("MAOC_DB"):
        return Path(env)
    return settings.db or data_folder() / "maoc.db"


def load(path: Path | None = None) -> Settings:
    """Read the settings file; no file means defaults. Raises BadInput naming file and key."""
    path = path or config_folder() / "settings.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path}: cannot be read ({error.__class__.__name__}).", "Check the file's rights."
        ) from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"{path}: not valid TOML: {error}.", "Mend that line, or move the file away."
        ) from None
    return _settings(path, raw)


def _settings(path: Path, raw: dict[str, Any]) -> Settings:
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in known:
            raise BadInput(f"{path}: unknown key {key!r}.", f"Known keys: {', '.join(sorted(known))}.")
        values[key] = _value(path, key, value)
    return Settings(**values)


def _value(path: Path, key: str, value: Any) -> Any:
    if key == "feeds":
        return tuple(_feed(path, i, item) for i, item in enumerate(_typed(path, key, value, list), 1))
    if key == "keys":
        table = _typed(path, key, value, dict)
        return {name: _typed(path, f"keys.{name}", keys, str) for name, keys in table.items()}
    if key == "lock_minutes":
        return _minutes(path, key, value)
    if key in ("read_only", "bell"):
        if not isinstance(value, bool):
            raise BadInput(f"{path}: {key} must be true or false.", "Mend that key.")
        return value
    text = _typed(path, key, value, str)
    if key in ("db", "export_folder"):
        return Path(text).expanduser()
    if key in CHOICES and text not in CHOICES[key]:
        raise BadInput(f"{path}: {key} is {text!r}.", f"Choose one of {', '.join(CHOICES[key])}.")
    return text


def _minutes(path: Path, key: str, value: Any) -> int:
    if not 2 <= _typed(path, key, value, int) <= 30:
        raise BadInput(f"{path}: {key} is {value}.", "Give 2 to 30 minutes.")
    return int(value)


def _feed(path: Path, number: int, item: Any) -> FeedSettings:
    where = f"feeds[{number}]"
    table = _typed(path, where, item, dict)
    known = {f.name: f for f in fields(FeedSettings)}
    for key, value in table.items():
        if key not in known:
            raise BadInput(f"{path}: unknown key {where}.{key}.", f"Known keys: {', '.join(known)}.")
        _typed(path, f"{where}.{key}", value, (int, float) if key == "every_s" else str)
    for key in ("name", "url", "kind"):
        if not table.get(key):
            raise BadInput(f"{path}: {where}.{key} is missing.", "Give each feed a name, a url and a kind.")
    return FeedSettings(**table)


def _typed(path: Path, key: str, value: Any, kind: type | tuple[type, ...]) -> Any:
    if isinstance(value, bool) or not isinstance(value, kind):
        names = "/".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
        raise BadInput(f"{path}: {key} must be {names}, not {type(value).__name__}.", "Mend that key.")
    return value
