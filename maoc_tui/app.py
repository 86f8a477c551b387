"""The program in the terminal: wiring only. Screens, panels and what they do live in ui/."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual.screen import Screen

from maoc_tui import resources, user_files
from maoc_tui.domain.clock import Clock
from maoc_tui.problems import Problem
from maoc_tui.settings import Settings, settings_file
from maoc_tui.ui import guard, keys, repaint, themes
from maoc_tui.ui.actions import Actions
from maoc_tui.ui.desk_app import LOOK_EVERY_S
from maoc_tui.ui.live import LiveDesk, Said


def _watch() -> Screen[Any]:
    from maoc_tui.ui.watch import WatchScreen

    return WatchScreen()


def _targets() -> Screen[Any]:
    from maoc_tui.ui.targets import TargetsScreen

    return TargetsScreen()


def _chart() -> Screen[Any]:
    from maoc_tui.ui.chart_screen import ChartScreen

    return ChartScreen()


def _liaison() -> Screen[Any]:
    from maoc_tui.ui.liaison import LiaisonScreen

    return LiaisonScreen()


FIRST_FRAME_S = 1.0
"""Where no frame has been shown by then, the record is opened without."""


def _requests() -> Screen[Any]:
    from maoc_tui.ui.requests import RequestsScreen

    return RequestsScreen()


def _operations() -> Screen[Any]:
    from maoc_tui.ui.operations import OperationsScreen

    return OperationsScreen()


def _assets() -> Screen[Any]:
    from maoc_tui.ui.assets import AssetsScreen

    return AssetsScreen()


def _briefs() -> Screen[Any]:
    from maoc_tui.ui.briefs import BriefsScreen

    return BriefsScreen()


def _figures() -> Screen[Any]:
    from maoc_tui.ui.figures import FiguresScreen

    return FiguresScreen()


def _inbox() -> Screen[Any]:
    from maoc_tui.ui.alerts import AlertsScreen

    return AlertsScreen()


def _watch_log() -> Screen[Any]:
    from maoc_tui.ui.watch_log import WatchLogScreen

    return WatchLogScreen()


class MaocApp(Actions, inherit_bindings=False):
    """The watch desk in a terminal."""

    _begun = False
    BINDINGS = keys.always()
    CSS_PATH: ClassVar[list[str]] = [str(resources.layout(name)) for name in ("maoc.tcss", "watch.tcss")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "watch": _watch,
        "targets": _targets,
        "chart": _chart,
        "operations": _operations,
        "liaison": _liaison,
        "assets": _assets,
        "requests": _requests,
        "briefs": _briefs,
        "figures": _figures,
        "inbox": _inbox,
        "watch_log": _watch_log,
    }
    DEFAULT_MODE = "watch"
    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar[set[Any]] = set()
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        room_opener: Callable[[Said], Any],
        clock: Clock,
        settings: Settings,
        banner: str = "",
        *,
        desk: LiveDesk | None = None,
    ) -> None:
        """``room_opener`` runs in a worker after the first frame and returns the desk's Room.

        It is given a function to say what it is doing, which may be called from any thread.
        """
        guard.install()
        chosen = themes.wanted(settings.theme)  # NO_COLOR outranks what was chosen
        repaint.install()
        super().__init__(desk or LiveDesk(room_opener), clock, settings, banner)
        for theme in themes.themes():
            self.register_theme(theme)
        self.theme = chosen

    def run(self, **given: Any) -> Any:
        """Run without the mouse unless it was asked for: the terminal keeps its own way to select text."""
        return super().run(**{"mouse": self.settings.mouse, **given})

    def on_mount(self) -> None:
        """Take the user's own keys; say what of the settings cannot be understood."""
        own, refused = keys.kept(self.settings.keys)
        self.set_keymap(own)
        faults = (*self.settings.faults, *user_files.of_keys(settings_file(), refused))
        self.settings = replace(self.settings, keys=own, faults=faults)
        if faults:
            self.call_after_refresh(self.show_problem, user_files.problem(faults))

    def on_ready(self) -> None:
        """All is built; the record is opened once the first frame is shown, at once where there is none."""
        self._take_signals()
        if self.is_headless:
            self._begin()
        else:
            self.set_timer(FIRST_FRAME_S, self._begin)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Show a frame; opening the record begins with the first, which it would hold up."""
        super()._display(screen, renderable)
        if not self._begun and renderable is not None and not self._batch_count:
            self.call_next(self._begin)

    def _begin(self) -> None:
        """Bring in what the first frame does without, open the record, keep looking."""
        if self._begun:
            return
        self._begun = True
        for screen in self.screen_stack[:1]:
            if (complete := getattr(screen, "complete", None)) is not None:
                screen.call_next(complete)
        self.look_now()
        self.set_interval(LOOK_EVERY_S, self.look_now)
        self.set_interval(1.0, self.tick)
        self.tick()

    def _take_signals(self) -> None:
        """A polite kill or a lost line ends the program as quitting does."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, lambda number=number: self.exit(return_code=128 + number))

    def on_unmount(self) -> None:
        """End the live sources, keep what is being typed, then close the record."""
        self.feeds.stop_all()
        self.drafts.close()
        self.desk.close()

    def _fatal_error(self) -> None:
        """One sentence and a private report instead of a traceback with every local variable."""
        from maoc_tui import crash

        problem: Problem = crash.report(self._exception or RuntimeError())
        self._exit_renderables.append(problem.message)
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """Errors that would draw themselves are treated like all others."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()
