"""Screens in front of everything: signing in, the lock, and the demo's only question.

Each is a whole screen in a mode of its own: nothing lies beneath it, no other screen's keys reach it, and the
clock goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from maoc_tui import resources
from maoc_tui.domain.purpose import UNSAID
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui.topbar import TopBar

if TYPE_CHECKING:
    from maoc_tui.ui.entering import Entering

_LONGEST = 256


class Entrance(Screen[None], inherit_bindings=False):
    """The clock, a title, fields, and what is wrong."""

    CSS_PATH = str(resources.layout("entrance.tcss"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "field_next", show=False),
        Binding("shift+tab,up", "field_previous", show=False),
    ]
    AUTO_FOCUS = "Input, OptionList"
    TITLE_TEXT: ClassVar[str] = ""
    FOOT: ClassVar[str] = ""
    app: Entering

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self._busy = False

    def compose(self) -> ComposeResult:
        """Clock, title, body, what is wrong, keys."""
        yield TopBar()
        with Vertical(id="entrance"):
            yield Static(Content(self.TITLE_TEXT), classes="entrance--title")
            yield Static(Content(printable(self._text, 400)), classes="entrance--text")
            yield from self.body()
            yield Static(classes="entrance--said")
            yield Static(Content(self.foot()), classes="entrance--foot")

    def body(self) -> ComposeResult:
        """What is asked."""
        return ()

    def foot(self) -> str:
        """The keys that do something here."""
        return self.FOOT

    def on_mount(self) -> None:
        """Keep the clock going."""
        self._tick()
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        for bar in self.query(TopBar):
            bar.show_clock(self.app.clock.now_ms(), self.app.local)

    @staticmethod
    def line(name: str, label: str, *, secret: bool = False, hint: str = "") -> ComposeResult:
        """A field with its label; ``hint`` stands in it while it is empty."""
        with Horizontal(classes="entrance--line"):
            yield Static(Content(label), classes="entrance--label")
            field = Input(
                password=secret, compact=True, max_length=_LONGEST, id=name, select_on_focus=False,
                placeholder=hint,
            )  # fmt: skip
            field.cursor_blink = False
            yield field

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.query_one(f"#{name}", Input).value

    def clear(self, name: str) -> None:
        """Empty a field and give it the keys."""
        field = self.query_one(f"#{name}", Input)
        field.value = ""
        field.focus()

    def tell(self, text: str, doing: bool = False) -> None:
        """Say what is wrong, or what is being done."""
        said = self.query_one(".entrance--said", Static)
        said.set_class(doing, "-doing")
        said.update(Content(printable(text, 400)))

    def refused(self, problem: Problem) -> None:
        """The passphrase was not taken: say why, and ask again."""
        self._busy = False
        if self.is_mounted:
            self.clear("passphrase")
            self.tell(f"{problem.message} {problem.way_out}".strip())

    def action_field_next(self) -> None:
        """The next field."""
        self.focus_next(Input)

    def action_field_previous(self) -> None:
        """The field before."""
        self.focus_previous(Input)


class SignIn(Entrance):
    """Login, passphrase, and what the session is for; with ``login`` given, that officer alone."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False)]
    TITLE_TEXT = "Sign in"
    FOOT = "Enter signs in · Tab next field · Ctrl+Q leaves the program"

    def __init__(self, text: str = "", login: str = "") -> None:
        super().__init__(text)
        self._login = login
        self._purpose_asked = False

    def body(self) -> ComposeResult:
        """Login, passphrase, purpose."""
        if self._login:
            yield Static(Content(f"Login       {printable(self._login, 40)}"), classes="entrance--text")
        else:
            yield from self.line("login", "Login")
        yield from self.line("passphrase", "Passphrase", secret=True)
        yield from self.line("purpose", "Purpose", hint=f"Enter for: {UNSAID}")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field; what the session is for is asked once, and may be left empty."""
        event.stop()
        if event.input.id == "login":
            self.query_one("#passphrase", Input).focus()
            return
        login, passphrase = self._login or self.value("login"), self.value("passphrase")
        if self._busy or not login.strip() or not passphrase:
            return
        if event.input.id == "passphrase" and not self._purpose_asked:
            self._purpose_asked = True
            self.query_one("#purpose", Input).focus()
            return
        self._busy = True
        self.tell("one moment …", doing=True)
        self.app.come_in(login, passphrase, self.value("purpose"), self.refused)

    def action_leave(self) -> None:
        """Leave the program; from the lock, go back to it."""
        if self.app.desk.lockable and not self._login:
            self.app.lock("again")
        else:
            self.app.exit()


class Lock(Entrance):
    """The passphrase of whoever is signed in; nothing else does anything."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "other", show=False)]
    TITLE_TEXT = "Locked"
    FOOT = "Enter opens it"

    def body(self) -> ComposeResult:
        """The passphrase."""
        yield from self.line("passphrase", "Passphrase", secret=True)

    def foot(self) -> str:
        """Enter, and the way in for somebody else where the line is not one officer's."""
        return self.FOOT if self.app.desk.asked else f"{self.FOOT} · Ctrl+O another officer signs in"

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._busy and self.value("passphrase"):
            self._busy = True
            self.tell("one moment …", doing=True)
            self.app.unlock(self.value("passphrase"), self.refused)

    def action_other(self) -> None:
        """Ask who else wants to work here; the one before stays signed in until somebody else has."""
        self.app.ask_other()


class Chooser(Entrance):
    """The demo's only question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
        Binding("q,ctrl+q", "leave", show=False),
    ]
    TITLE_TEXT = "Who are you today?"
    FOOT = "j k choose · Enter goes on · q leaves"

    def __init__(self, choices: Sequence[Any]) -> None:
        super().__init__("The demo asks for no passphrase; what you see depends on who you are.")
        self._choices = tuple(choices)

    def body(self) -> ComposeResult:
        """Everybody one may be."""
        lines = [
            f"{printable(one.partner, 6):<6} {printable(one.name, 24):<24} {printable(one.what, 60)}"
            for one in self._choices
        ]
        options = OptionList(*map(Content, lines), id="choices", compact=True, markup=False)
        options.highlighted = 0
        yield options

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.app.be(self._choices[event.option_index])

    def action_down(self) -> None:
        """The next one."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """The one before."""
        self.query_one(OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit()
