"""Copies out of the program: always a file, and an offer to the terminal's clipboard, said as it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maoc_tui.domain.contacts import key_text
from maoc_tui.problems import Problem
from maoc_tui.settings import Settings, data_folder
from maoc_tui.ui import format as fmt
from maoc_tui.ui.detail import detail_lines

if TYPE_CHECKING:
    from maoc_tui.domain.marking import Marking
    from maoc_tui.ui.desk_app import DeskApp
    from maoc_tui.ui.moment import Moment


def contact_text(moment: Moment, key: int, subject: object, now_ms: int) -> str:
    """The detail of a contact as plain text, in UTC, with the time of copying."""
    lines = detail_lines(moment, key, subject, now_ms, False)  # type: ignore[arg-type]
    body = "\n".join("".join(text for text, _ in line).rstrip() for line in lines)
    return f"{key_text(key)}  copied {fmt.full_time(now_ms)}\n{body}\nZones: {moment.picture.zone_dataset}\n"


def copy_contact(app: DeskApp, moment: Moment, key: int) -> None:
    """Write a contact's detail to a file, offer it to the clipboard, and say what was done."""
    now = app.clock.now_ms()
    text = contact_text(moment, key, app.subject, now)
    name = f"{fmt.file_time(now)}-{key_text(key).replace(':', '-').replace('~', '')}.txt"
    copy_text(app, text, name, Taken("contact", key_text(key)))


@dataclass(frozen=True, slots=True)
class Taken:
    """What a copy is of, for the journal."""

    kind: str
    ref: str
    marking: Marking | None = None
    """None for traffic, which is nobody's."""


def copy_text(
    app: DeskApp, text: str, name: str, of: Taken, after: Callable[[], None] = lambda: None
) -> None:
    """Write any text to a file of this name, offer it to the clipboard, and say what was done; then call ``after``.

    Nothing is written before whoever asks may take it, and the journal says so. What comes out of the demonstration
    says so in its first line and in its name.
    """
    settings = app.settings
    if app.banner.startswith("DEMO"):
        text, name = f"{app.banner}\n{text}", f"demo-{name}"

    def written(path: Path) -> None:
        app.copy_to_clipboard(text)
        after()
        app.say(f"Written: {path.name} in {path.parent}; also offered to the terminal's clipboard.")

    def taken() -> Path:
        app.desk.take_out(of.kind, of.ref, of.marking)
        return write_copy(settings, text, name)

    app.read(taken, written)


def write_copy(settings: Settings, text: str, name: str) -> Path:
    """Write a copy, readable by its owner only, never over another; raises Problem."""
    folder = settings.export_folder or data_folder() / "out"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = _free(folder / name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise Problem(
            f"The copy could not be written to {folder} ({error.strerror}).",
            "Set export_folder in settings.toml.",
        ) from None
    return path


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
