"""What the program's own commands do, on every screen."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from maoc_tui.commands import BY_ID, BY_WORD, EVERYWHERE, LIST, PLACES, Command, key_text, keys_of
from maoc_tui.domain.purpose import LONGEST, UNSAID
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui.undoing import Undoing

LEAVE_WITHIN_S = 5.0
"""The key that leaves counts as struck twice within this."""


class Actions(Undoing):
    """The actions named ``app.…`` in the table of commands."""

    _came_from = "watch"
    _leave_until = 0.0
    """Until then the key that leaves, struck again, leaves."""
    last_line = ""
    """The command typed last, to bring back with the up key."""

    def action_go(self, mode: str) -> None:
        """Bring another screen to the front."""
        if mode != self.current_mode:
            self._came_from = self.current_mode
            self.switch_mode(mode)
            self.look_now()

    def action_watch(self, text: str = "") -> None:
        """The Watch screen; ``take``, ``hand``, ``sign`` and ``leave`` do that to the watch itself."""
        from maoc_tui.ui.watch_acts import do

        if text.strip():
            do(self, text)
        else:
            self.action_go("watch")

    def action_go_back(self) -> None:
        """Bring the screen before to the front."""
        self.action_go(self._came_from)

    def show_on_chart(self, lat: float, lon: float) -> None:
        """Bring the chart to the front with a position (degrees) in its middle; for any screen."""
        self.action_go("chart")
        self.call_after_refresh(lambda: self.screen_stack[0].centre_on(lat, lon))

    def show_target(self, ref: str, key: int = 0) -> None:
        """Let a target be the one shown, its contact selected; none is selected where it is not heard."""
        self.chosen = key
        self.target_shown = ref

    def show_overlay(self, overlay: Any) -> None:
        """Bring the chart to the front with what a desk reckoned laid over it."""
        shown = self.moment.picture if self.moment is not None else None
        heard = (shown.target == overlay.target).nonzero()[0] if shown is not None else ()
        self.show_target(overlay.target, int(shown.key[heard[0]]) if shown is not None and len(heard) else 0)
        self.action_go("chart")
        self.call_after_refresh(lambda: self.screen_stack[0].lay(overlay))

    def action_fan(self, text: str = "") -> None:
        """How far a target can have gone, on the chart."""
        from maoc_tui.ui.reaching import show_fan

        show_fan(self, text)

    def action_closest(self, text: str = "") -> None:
        """How close two objects come, and when."""
        from maoc_tui.ui.closest_asking import ask_closest

        ask_closest(self, text)

    def action_chart_fan(self) -> None:
        """The same by its key, which also takes it away again."""
        from maoc_tui.ui.chart_panel import ChartPanel

        for chart in self.screen_stack[0].query(ChartPanel):
            if chart.scene.overlay is not None and chart.scene.overlay.fan:
                chart.lay(None)
                return
        self.action_fan()

    def action_help(self, _: str = "") -> None:
        """Show every key and word of this screen."""
        from maoc_tui.ui.dialogs import Sheet
        from maoc_tui.ui.help import help_lines

        places = (*getattr(self.screen, "PLACES", ()), EVERYWHERE)
        self.push_screen(Sheet("Keys", help_lines((*places, LIST), self.settings.keys)))

    def action_manual(self, chapter: str = "") -> None:
        """Show the manual, or one chapter of it; raises BadInput for one that is not there."""
        from maoc_tui.ui.help import chapter_lines
        from maoc_tui.ui.manual import Manual

        name = chapter.strip()
        if name:
            chapter_lines(name)
        self.push_screen(Manual(name))

    def action_palette(self) -> None:
        """Find a command by any word of it."""
        from textual.command import CommandPalette

        from maoc_tui.ui.palette import Ours

        self.push_screen(CommandPalette({Ours}, placeholder="What do you want to do?"))

    def action_local_time(self, _: str = "") -> None:
        """Show times in UTC or in this terminal's zone."""
        self.local = not self.local
        self.say("Times are local now; the offset stands beside each." if self.local else "Times are UTC.")

    def action_theme(self, name: str = "") -> None:
        """Take the next theme, or the one named."""
        from maoc_tui.ui.themes import names

        known = names()
        if name and name not in known:
            raise BadInput(f"There is no theme {printable(name, 20)!r}.", f"Themes: {', '.join(known)}.")
        self.theme = name or known[(known.index(self.theme) + 1) % len(known)]
        self.say(f"Theme {self.theme}.")

    def action_search(self, text: str = "") -> None:
        """One search over everything the viewer may see."""
        from maoc_tui.ui.search_window import open_search

        open_search(self, text)

    def action_views(self, _: str = "") -> None:
        """Saved views."""
        from maoc_tui.ui.kept_windows import open_views

        open_views(self)

    def action_recent(self, _: str = "", *, pins: bool = False) -> None:
        """The records opened last, or the pins."""
        from maoc_tui.ui.kept_windows import open_marks

        open_marks(self, pins)

    def action_pins(self, _: str = "") -> None:
        """The records pinned."""
        self.action_recent(pins=True)

    def action_blank(self) -> None:
        """Blank the screen except the clock."""
        from maoc_tui.ui.blank import Blank

        self.clear_notifications()
        self.push_screen(Blank())

    def action_ingest(self, files: str = "") -> None:
        """Read traffic files into the record, with progress."""
        from maoc_tui.ui.reading import read_files

        read_files(self, files)

    def action_overrides(self, _: str = "") -> None:
        """List what was entered by hand over the zones, and withdraw from there."""
        from maoc_tui.ui.zone_list import show_overrides

        show_overrides(self)

    def action_zone_area(self, _: str = "") -> None:
        """Enter an area by hand, over every dataset."""
        from maoc_tui.ui.zone_forms import AreaDialog
        from maoc_tui.ui.zone_list import open_form

        open_form(self, AreaDialog(self.desk), "saved")

    def action_feed(self, what: str = "") -> None:
        """Run or stop a live source, or list them."""
        self.feeds.command(what)

    def action_redraw(self, _: str = "") -> None:
        """Write every cell of the terminal anew."""
        if self._driver is not None:
            self._driver.write("\x1b[?25l\x1b[2J")
        self.screen.refresh()

    async def action_quit(self, _: str = "") -> None:
        """Leave the program; a key, which may have been struck by mistake, has to be struck twice."""
        by_key = self.last_key in keys_of(BY_ID["quit"], self.settings.keys).replace(" ", "").split(",")
        if by_key and time.monotonic() > self._leave_until:
            self._leave_until = time.monotonic() + LEAVE_WITHIN_S
            self.say(f"{key_text(self.last_key)} again to leave", for_s=LEAVE_WITHIN_S)
        else:
            self.exit()

    def key_struck(self, key: str) -> None:
        """Any other key than the one that leaves takes the wish to leave back."""
        if key != self.last_key:
            self._leave_until = 0.0
        super().key_struck(key)

    # -- what the session is for ---------------------------------------------------------------

    def action_purpose(self, text: str = "") -> None:
        """Say what the session is for from now on; without words tell what was said."""
        said = partial(self.desk.state_purpose, text) if text.strip() else lambda: None
        self.read(said, self._tell_purpose, self.say_problem)

    def _tell_purpose(self, _: Any) -> None:
        who = self.desk.viewer.behind or self.desk.viewer
        self.say(f"Purpose of this session: {printable(who.purpose or UNSAID, LONGEST)}.")

    # -- commands by name ----------------------------------------------------------------------

    async def run_line(self, line: str) -> None:
        """Do what was typed after the colon, or say that it is no command."""
        word, _, argument = line.strip().partition(" ")
        if word in BY_WORD:
            await self.run_command(BY_WORD[word], argument.strip())
        else:
            self.say(f"{printable(word, 40)!r} is no command; ? lists the words.", bad=True)

    async def run_command(self, command: Command, argument: str = "") -> None:
        """Do a command where it applies: the panel with the keys, its screen, or the program."""
        try:
            await self._run(command, argument)
        except Problem as problem:
            self.say_problem(problem)

    async def _run(self, command: Command, argument: str) -> None:
        name, _, rest = command.action.removeprefix("app.").partition("(")
        given = [rest.rstrip(")").strip("'")] if rest else [argument] if argument else []
        for node in self._doers(command):
            method = getattr(node, f"action_{name}", None)
            if method is not None:
                result: Any = method(*given)
                if hasattr(result, "__await__"):
                    await result
                return
        raise BadInput(f"{command.title} does not apply here.", _where(command))

    def _doers(self, command: Command) -> list[Any]:
        if command.action.startswith("app."):
            return [self]
        screen = self.screen
        return [node for node in (self.focused, screen) if node is not None]


def _where(command: Command) -> str:
    """Where a command does apply, as a way out."""
    places = " or ".join(PLACES[place][0].lower() + PLACES[place][1:] for place in command.where)
    keys = [f"{BY_ID[name].keys} opens it" for name in ("watch", "targets", "chart") if name in command.where]
    return f"It is a command {places}{'; ' + keys[0] if len(keys) == 1 else ''}."
