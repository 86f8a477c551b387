"""Traffic files into the record from inside the program."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

from maoc_tui.problems import BadInput
from maoc_tui.ui.desk_app import DeskApp
from maoc_tui.ui.dialogs import Progress
from maoc_tui.ui.format import count


def read_files(app: DeskApp, files: str) -> None:
    """Read the files named in a line of text, with progress; raises BadInput when none is named."""
    try:
        paths = [Path(name).expanduser() for name in shlex.split(files)]
    except ValueError:
        raise BadInput("A quotation mark is not closed.", "Close it, or leave it out.") from None
    if not paths:
        raise BadInput("No file is named.", "Type :ingest and the files, such as :ingest ~/traffic.nmea")

    def work(say: Callable[[str], None], stopped: Callable[[], bool]) -> str:
        def progress(name: str, done: int, size: int, records: int) -> None:
            share = f"{100 * done // size} %" if size else "done"
            say(f"{name}: {share}, {count(records)} records")

        result = app.desk.ingest(paths, progress, stopped)
        app.call_from_thread(app.look_now)
        return str(result.text())

    app.push_screen(Progress("Reading traffic", work))
