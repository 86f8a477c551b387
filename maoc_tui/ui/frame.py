"""The frame of every screen: top bar, body, bottom bar, and the line to type on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from maoc_tui.commands import CHART, EVERYWHERE, commands_of
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui.actions import Actions
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.status import Status
from maoc_tui.ui.topbar import TopBar

if TYPE_CHECKING:
    from maoc_tui.commands import Command
    from maoc_tui.ui.prompt import Prompt


class DeskScreen(Screen[None], inherit_bindings=False):
    """A screen of the watch: subclasses give the body and take what flows down.

    The app calls ``show_moment(moment)``, ``show_chosen(key)``, ``show_subject(subject)`` and
    ``show_status(status)`` on the screen in front; a screen defines those it needs.
    """

    BINDINGS = bindings(EVERYWHERE)
    PLACES: ClassVar[tuple[str, ...]] = ()
    """Where this screen's own commands apply."""

    app: Actions
    open_line: Prompt | None = None
    """The line to type on, while it is open."""
    marked = ""
    """The strictest handling code of what was shown last (H2); a screen of statements keeps it up to date."""
    _before_line: Widget | None = None

    def __init__(self) -> None:
        super().__init__()
        self.top_bar = TopBar()
        self.key_bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Top bar, body, bottom bar."""
        yield self.top_bar
        yield from self.body()
        yield self.key_bar

    def body(self) -> ComposeResult:
        """The widgets between the two bars."""
        return ()

    @property
    def is_whole(self) -> bool:
        """Both bars are there: the screen has been built and is not being taken down."""
        return self.top_bar.is_mounted and self.key_bar.is_mounted and self.is_running

    def on_mount(self) -> None:
        """Frame the whole screen while another partner's view is shown."""
        if self.app.seeing_as:
            self.add_class("-seen-as")
            self.border_title = f" SEEN AS {self.app.seeing_as} – nothing can be changed – Esc leaves "

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer the keys of the panel that has them."""
        self.key_bar.offer(self.offered(event.widget), self.app.settings.keys)

    def offered(self, panel: Widget) -> tuple[Command, ...]:
        """The commands that apply while a panel has the keys."""
        place = getattr(panel, "PLACE", "")
        others = [name for name in self.PLACES if name != CHART]
        return commands_of(*((place,) if place else others), EVERYWHERE)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was in front."""
        if not self.is_whole:
            return
        if self.focused is not None:
            self.key_bar.offer(self.offered(self.focused), self.app.settings.keys)
        self.show_status(self.app.status())
        self.catch_up()
        if self.app.fault is not None and self.app.moment is None:
            self.show_fault(self.app.fault)

    def on_screen_suspend(self) -> None:
        """A window or another screen is in front: the keys of this one do not work."""
        if self.is_whole:
            self.key_bar.offer((), self.app.settings.keys)

    def catch_up(self) -> None:
        """Show the shared state again."""
        for method, value in (
            ("show_moment", self.app.moment),
            ("show_chosen", self.app.chosen),
            ("show_subject", self.app.subject),
        ):
            show = getattr(self, method, None)
            if show is not None:
                show(value)

    def show_fault(self, problem: Problem) -> None:
        """No record could be opened: the panels say why. A screen does it with those it has."""

    def show_status(self, status: Status) -> None:
        """Bring the top bar up to date."""
        self.top_bar.show(replace(status, highest=self.highest_marking()))
        self.key_bar.stand(status.reason)

    def highest_marking(self) -> str:
        """The strictest handling code of what stands on this screen; "" where nothing carries a marking."""
        return self.marked

    def show_marking(self) -> None:
        """What stands here has changed: the top bar says its marking at once."""
        if self.is_whole:
            self.top_bar.show(replace(self.app.status(), highest=self.highest_marking()))

    def say(self, text: str, bad: bool = False, for_s: float | None = None) -> None:
        """Say what was done, or why not, in the bottom bar."""
        self.key_bar.say(text, bad, for_s)

    def unsay(self, _: None = None) -> None:
        """What the bottom bar said has been read."""
        self.key_bar.say("")

    # -- the line to type on -------------------------------------------------------------------

    def ask_line(self, purpose: str, sign: str, text: str = "", hint: str = "") -> None:
        """Open the line to type on, in place of the bottom bar."""
        self._before_line = self.focused
        self.query("Prompt").remove()
        self.key_bar.display = False
        from maoc_tui.ui.prompt import Prompt

        self.open_line = Prompt(purpose, sign, text, hint)
        self.mount(self.open_line)

    def hold_line(self, purpose: str) -> None:
        """Keep what is typed from now on for a line that opens as soon as it is known what it is for."""
        from maoc_tui.ui.prompt import Prompt

        self._before_line = self.focused
        self.open_line = Prompt(purpose, "", "", "")

    def held_text(self) -> str:
        """What was typed ahead for the line that is to open."""
        return self.open_line.typed_ahead if self.open_line is not None else ""

    def open_held(self, sign: str, text: str = "", hint: str = "") -> None:
        """Open the line that keys were kept for."""
        if self.open_line is not None:
            self.key_bar.display = False
            self.open_line.begin(sign, text, hint)
            self.mount(self.open_line)

    def let_line_go(self) -> None:
        """The line does not open after all."""
        self.open_line = None

    def prompts(self) -> list[Prompt]:
        """The line to type on, when it is open."""
        return list(self.query("Prompt"))  # type: ignore[arg-type]

    def close_line(self) -> None:
        """Close the line to type on; the keys go where they went before."""
        self.open_line = None
        self.query("Prompt").remove()
        self.key_bar.display = True
        if self._before_line is not None and self._before_line.is_mounted:
            self._before_line.focus()

    def on_prompt_left(self, event: Prompt.Left) -> None:
        """Esc: nothing is done."""
        self.close_line()
        if event.purpose == "log":
            self.app.log_left()

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """How a log line being typed will be taken."""
        if event.purpose != "log":
            return
        try:
            said, wrong = self.app.log_typed(event.text), False
        except BadInput as problem:
            said, wrong = f"{problem.message} {problem.way_out}".strip(), True
        for prompt in self.prompts():
            prompt.note(said, bad=wrong)

    async def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Do what was typed after the colon, or write the log line."""
        if event.purpose == "log":
            self.close_line()
            self.app.log_entered(event.text)
            return
        if event.purpose != "command":
            return
        self.close_line()
        if event.text.strip():
            self.app.last_line = event.text.strip()
            await self.app.run_line(event.text)

    def on_prompt_earlier(self, event: Prompt.Earlier) -> None:
        """Bring the command typed before back into the line."""
        if event.purpose == "command" and self.app.last_line:
            self.prompts()[0].fill(self.app.last_line)

    def action_command_line(self) -> None:
        """Type a command by its name."""
        self.ask_line("command", ":", hint="zone 36 00N 005 20W · filter flag:VE · help")

    # -- commands that apply everywhere --------------------------------------------------------

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.app.action_go_back()

    def action_panel_next(self) -> None:
        """Give the keys to the next panel."""
        self.focus_next()

    def action_panel_previous(self) -> None:
        """Give the keys to the panel before."""
        self.focus_previous()
