"""Live sources run from inside the program: started, stopped and listed by name."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem

if TYPE_CHECKING:
    from maoc_tui.ui.desk_app import DeskApp
    from maoc_tui.ui.lines import Line

ENDS_WITHIN_S = 2.0
"""A source returns this soon after it was told to stop, or the program ends without it."""


@dataclass(slots=True)
class _Running:
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)


class Feeding:
    """The live sources that this program runs, each in a worker thread of its own."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._running: dict[str, _Running] = {}

    def command(self, argument: str) -> None:
        """``run NAME``, ``stop NAME`` or ``list``; raises BadInput for anything else."""
        word, _, name = argument.strip().partition(" ")
        name = name.strip()
        if word == "run" and name:
            self.run(name)
        elif word == "stop" and name:
            self.stop(name)
        elif word in ("", "list") and not name:
            self._app.read(self._app.desk.feed_lines, self._show_list)
        else:
            raise BadInput("A feed is run or stopped by its name.", "Type :feed run NAME or :feed stop NAME.")

    def run(self, name: str) -> None:
        """Start to listen to a source; raises BadInput when this program does already."""
        if name in self._running:
            raise BadInput(
                f"{printable(name, 40)} is running.", f"To end it: :feed stop {printable(name, 40)}"
            )
        one = self._running[name] = _Running()

        def work() -> None:
            try:
                self._app.desk.run_feed(name, one.stop)
            finally:
                one.ended.set()

        self._app.read(
            work, lambda _: self._ended(name, one), lambda problem: self._failed(name, one, problem)
        )
        self._app.say(f"Listening to {printable(name, 40)}.")

    def stop(self, name: str) -> None:
        """Stop listening to a source; raises BadInput when this program does not."""
        if name not in self._running:
            running = ", ".join(printable(known, 40) for known in self._running) or "none"
            raise BadInput(f"{printable(name, 40)} does not run in this program.", f"Running: {running}.")
        self._running[name].stop.set()

    def stop_all(self) -> None:
        """Stop every source and wait until its last write is done."""
        running, self._running = self._running, {}
        for one in running.values():
            one.stop.set()
        for one in running.values():
            one.ended.wait(ENDS_WITHIN_S)

    def _ended(self, name: str, one: _Running) -> None:
        if self._running.get(name) is one:
            del self._running[name]
            self._app.say(f"{printable(name, 40)} has been stopped.")
            self._app.look_now()

    def _failed(self, name: str, one: _Running, problem: Problem) -> None:
        if self._running.get(name) is one:
            del self._running[name]
        self._app.say_problem(problem)

    def _show_list(self, lines: tuple[Any, ...]) -> None:
        from maoc_tui.ui.dialogs import Sheet

        told = [told for line in lines for told in self._lines(line)] or [(("No source is known.", "dim"),)]
        self._app.push_screen(Sheet("Live sources", told))

    def _lines(self, line: Any) -> tuple[Line, ...]:
        if line.rejects_file is None:
            return (self._line(line),)
        where = printable(f"rejected records: {line.rejects_file}", 1000)
        return (self._line(line), ((f"{'':<15}{where}", "dim"),))

    def _line(self, line: Any) -> Line:
        state, here = line.state, line.state.name in self._running
        return (
            (f"{printable(state.name, 20):<14} ", "strong"),
            (
                f"{printable(state.text, 60)}",
                "good" if state.ok else "warn" if state.fixes or here else "dim",
            ),
            (" · running here" if here else "", "good"),
            (f" · {printable(line.service.title, 60)}" if hasattr(line.service, "title") else "", "dim"),
        )
