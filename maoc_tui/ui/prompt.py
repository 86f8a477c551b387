"""A line to type on at the foot of a screen: the filter (``/``) and commands by name (``:``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from maoc_tui.ui.field import FieldInput


class _Field(FieldInput):
    """The text field itself; Esc belongs to the prompt."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("up", "earlier", show=False),
    ]

    def on_mount(self) -> None:
        """A cursor that does not blink: nothing is sent over a slow line while nobody types."""
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Leave the line as if nothing had been typed."""
        self.post_message(Prompt.Left(self._purpose))

    def action_earlier(self) -> None:
        """Bring back the line typed before."""
        self.post_message(Prompt.Earlier(self._purpose))

    @property
    def _purpose(self) -> str:
        prompt = next((node for node in self.ancestors if isinstance(node, Prompt)), None)
        return prompt.purpose if prompt else ""


class Prompt(Vertical):
    """Sign and field with a note beside it; what is wrong with the text stands above, in two lines at most."""

    @dataclass
    class Typed(Message):
        """The text changed."""

        purpose: str
        text: str

    @dataclass
    class Entered(Message):
        """Enter was pressed."""

        purpose: str
        text: str

    @dataclass
    class Left(Message):
        """Esc was pressed: nothing is to be done."""

        purpose: str

    @dataclass
    class Earlier(Message):
        """The text before this one is wanted."""

        purpose: str

    def __init__(self, purpose: str, sign: str, text: str, hint: str) -> None:
        super().__init__()
        self.purpose = purpose
        self._sign, self._text, self._hint = sign, text, hint
        self._enter = False
        self._to_say: dict[str, str] = {}
        """What is to be said as soon as the line is there."""

    @property
    def typed_ahead(self) -> str:
        """What was typed before the line opened."""
        return self._text

    def begin(self, sign: str, text: str, hint: str) -> None:
        """Say what the line is for; what was typed ahead follows the text it begins with."""
        self._sign, self._text, self._hint = sign, text + self._text, hint

    def compose(self) -> ComposeResult:
        yield Static(classes="prompt--fault")
        with Horizontal():
            yield Static(Content(self._sign), classes="prompt--sign")
            yield _Field(compact=True, select_on_focus=False, max_length=2000)
            yield Static(Content(self._hint), classes="prompt--note")

    def on_mount(self) -> None:
        """Take what was typed ahead, then the keys."""
        self.fill(self._text)
        for where, text in self._to_say.items():
            self._say(where, text)
        self.query_one(_Field).focus()
        if self._enter:
            self.post_message(self.Entered(self.purpose, self._text))

    def take_key(self, key: str, character: str | None) -> bool:
        """Take a key that was on its way elsewhere when the line opened: a slow line sends them in bursts."""
        printable = bool(character and character.isprintable())
        if self._enter or not (printable or key == "enter"):
            return self._enter
        fields = self.query(_Field)
        if self.is_mounted and fields:
            if printable:
                fields.first().insert_text_at_cursor(str(character))
            else:
                self.post_message(self.Entered(self.purpose, fields.first().value))
        elif printable:
            self._text += str(character)
        else:
            self._enter = True
        return True

    def note(self, text: str, bad: bool = False) -> None:
        """Say beside the field how many match or what a field takes; above it what is wrong, and the way out."""
        self._say(".prompt--fault", text if bad else "")
        self._say(".prompt--note", "" if bad else text)

    def _say(self, where: str, text: str) -> None:
        if not self.query(where):
            self._to_say[where] = text
            return
        said = self.query_one(where, Static)
        said.update(Content(text))
        said.display = bool(text)

    def fill(self, text: str) -> None:
        """Put text into the field, the cursor at its end."""
        field = self.query_one(_Field)
        field.value = text
        field.cursor_position = len(text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self.purpose, event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(self.purpose, event.value))
