"""The lines of a window to fill in: banner, one field a line, what they mean, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from maoc_tui import resources
from maoc_tui.domain.text import printable
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.field import LONGEST, FieldInput
from maoc_tui.ui.lines import Line

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """Shown in the empty field."""
    shown: bool = True
    """Whether it is there from the start; see Form.show_field."""
    kept: bool = True
    """Whether what is typed is kept as a draft; not where it is to be typed by hand each time."""


class FieldsWindow(ModalScreen[Any], inherit_bindings=False):
    """Fields in a window, and what is said beside, between and under them."""

    CSS_PATH = str(resources.layout("form.tcss"))

    def __init__(self, title: str, fields: Sequence[Field], banner: Sequence[Line]) -> None:
        super().__init__()
        self._title, self._fields, self._banner = title, tuple(fields), tuple(banner)
        self._offered: Values = {}
        self._taken: set[str] = set()
        """Fields whose offer was taken once: emptied again, they are passed by."""

    def compose(self) -> ComposeResult:
        """Banner, fields, note, foot."""
        before = self.brought_back()
        with Vertical(classes="window form"):
            yield Static(Content(self.title_line()), classes="window--title")
            if self._banner:
                yield Banner(id="form-banner")
            with VerticalScroll(classes="form--fields", can_focus=False):
                for field in self._fields:
                    yield from self._line(field, before.get(field.name, field.value))
            yield Banner(id="form-said")
            yield Banner(id="form-note")
            yield Static(Content(self.foot()), classes="window--foot")

    @staticmethod
    def _line(field: Field, value: str) -> ComposeResult:
        with Horizontal(classes="form--line", id=f"line-{field.name}") as line:
            line.display = field.shown
            yield Static(Content(field.label), classes="form--label")
            yield FieldInput(
                printable(value, LONGEST),
                printable(field.hint, 200),
                compact=True,
                select_on_focus=False,
                max_length=LONGEST,
                id=f"field-{field.name}",
            )
            yield Static(classes="form--beside", id=f"beside-{field.name}")

    def on_mount(self) -> None:
        """Fill the banner, start in the first empty field."""
        if self._banner:
            self.query_one("#form-banner", Banner).show(self._banner)
        inputs = list(self.query(Input))
        for one in inputs:
            one.cursor_blink = False
        next((one for one in inputs if not one.value), inputs[0]).focus()
        self.typed()

    @property
    def values(self) -> Values:
        """What stands in the fields."""
        return {field.name: self.query_one(f"#field-{field.name}", Input).value for field in self._fields}

    def note(self, lines: Sequence[Line]) -> None:
        """Say something under the fields; where it takes several lines the fields make room."""
        self.set_class(len(lines) > 1, "-noted")
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)
        self.query_one("#form-note", Banner).show(lines)

    def say(self, line: Line) -> None:
        """Say between fields and note what the fields mean as they stand."""
        said = self.query_one("#form-said", Banner)
        said.display = bool(line)
        said.show([line])

    def beside(self, name: str, text: str) -> None:
        """Say at the end of a field's line what its value stands for; "" for nothing."""
        said = self.query_one(f"#beside-{name}", Static)
        said.display = bool(text)
        said.update(Content(text))

    def offer(self, values: Mapping[str, str]) -> None:
        """Offer values for fields that stand empty, in place of their hints: Enter takes one, once."""
        before = self._offered
        self._offered = {name: value for name, value in values.items() if name not in self._taken}
        for field in self._fields:
            one = self.query_one(f"#field-{field.name}", Input)
            offered = self._offered.get(field.name, "")
            one.placeholder = printable(offered or field.hint, 200)
            if offered or field.name in before:
                self.beside(field.name, "Enter takes it" if offered and not one.value else "")

    def untaken(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Labels of the fields that stand empty though a value is offered."""
        return tuple(one.label for one in self._fields if one.name in self._offered and not values[one.name])

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field; what stands in it stays."""
        self.query_one(f"#line-{name}").display = shown

    # -- what subclasses give ------------------------------------------------------------------

    def brought_back(self) -> Mapping[str, str]:
        """What stands in fields instead of what is proposed."""
        return {}

    def title_line(self) -> str:
        """The title."""
        return self._title

    def foot(self) -> str:
        """The keys that do something."""
        return ""

    def typed(self) -> None:
        """Something was typed; shows nothing by default."""
        self.say(())
