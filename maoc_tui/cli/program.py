"""Opening the terminal program on a database."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from maoc_tui.cli.answers import database_path, given
from maoc_tui.problems import BadInput
from maoc_tui.settings import kept


def open_program(db: str | None) -> None:
    """Open the program; a database that is not there yet is made. Whoever signs out makes room for the next.

    A fault in the settings is told on the screen and stops nothing but what it concerns.
    """
    from maoc_tui.domain.clock import Clock

    settings, clock = kept(), Clock()
    asked, read_only = given("as_login") or "", bool(given("read_only"))

    def door() -> object:
        from maoc_tui.desk.door import Door

        return Door.of(database_path(db, settings), settings, clock, asked=asked, read_only=read_only)

    sys.exit(run(Opening(door), clock, settings))


class Opening:
    """The door, brought in only when the first frame has been shown."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._door: Any = None

    def __call__(self, said: Any) -> Any:
        """Open the record; SignInNeeded until somebody came in."""
        if self._door is None:
            self._door = self._make()
        return self._door(said)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or self._door is None:
            raise AttributeError(name)
        return getattr(self._door, name)


def require_terminal() -> None:
    """Refuse to draw where nobody can type: raises BadInput when this is not a terminal."""
    streams = (sys.__stdin__, sys.__stderr__)  # Textual reads the one and draws on the other
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise BadInput(
            "The program needs a terminal.",
            "Over SSH call it with ssh -t; in a script use the commands (maoc --help) with --json.",
        )


def run(door: Any, clock: Any, settings: Any, banner: str = "") -> int:
    """Run the program over one door, anew as often as another officer takes over; its return code.

    With --plain, or where the settings say so, as lines of text.
    """
    if given("plain") or settings.plain:
        from maoc_tui.cli import plain

        for number in (
            signal.SIGTERM,
            signal.SIGHUP,
        ):  # a polite kill or a lost line ends it as quitting does
            signal.signal(number, _leave)
        return plain.run(door, clock, settings, banner)
    require_terminal()
    if (mouse := given("mouse")) is not None:
        settings = replace(settings, mouse=mouse)
    from maoc_tui.app import MaocApp
    from maoc_tui.ui.entering import AGAIN

    while True:
        app = MaocApp(door, clock=clock, settings=settings, banner=banner)
        app.run()
        if app.return_code != AGAIN:
            return app.return_code or 0


def _leave(number: int, _: object) -> None:
    from maoc_tui.cli.plain_terminal import Left

    raise Left(128 + number)
