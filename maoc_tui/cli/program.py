"""Opening the terminal program on a database."""

from __future__ import annotations

import sys
from collections.abc import Callable

from maoc_tui.cli.answers import database_path
from maoc_tui.settings import load


def open_program(db: str | None) -> None:
    """Open the program; a database that is not there yet is made."""
    from maoc_tui.app import MaocApp
    from maoc_tui.domain.clock import Clock

    path, settings, clock = database_path(db), load(), Clock()

    def opener(said: Callable[[str], None]) -> object:
        from maoc_tui.desk.room import Room

        return Room.open(path, create=True, clock=clock, settings=settings, said=said)

    app = MaocApp(opener, clock=clock, settings=settings)
    app.run()
    sys.exit(app.return_code)
