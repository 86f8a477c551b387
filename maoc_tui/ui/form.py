"""A window to fill in: one line a field, what is wrong or doubtful said in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from maoc_tui import resources
from maoc_tui.commands import FORM
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import format as fmt
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.field import LONGEST, FieldInput
from maoc_tui.ui.keys import bindings
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


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed in a form that was closed unsaved."""

    values: Values
    """Only of the fields in which something else stood than was proposed."""
    at_ms: int
    """When it was closed."""


class Form(ModalScreen[Any], inherit_bindings=False):
    """Fields in a window. Enter goes on, the save key saves, Esc closes and keeps what was typed.

    Subclasses give ``check`` (what to warn of before saving) and ``save``; both run in a worker and may
    raise Problem. The window closes with what ``save`` returned, after the commit.
    """

    CSS_PATH = str(resources.layout("form.tcss"))
    BINDINGS = bindings(FORM, priority=True)
    VERB, DOING = "save", "saving"
    """What the save key does, as the foot and the note say it."""
    drafts: ClassVar[dict[str, Draft]] = {}
    """What was typed in forms that were closed unsaved, by form."""

    def __init__(
        self, title: str, fields: Sequence[Field], *, banner: Sequence[Line] = (), draft: str
    ) -> None:
        super().__init__()
        self._title, self._fields, self._banner, self._draft = title, tuple(fields), tuple(banner), draft
        self._kept = self.drafts.get(draft)
        self._offered: Values = {}
        self._taken: set[str] = set()
        """Fields whose offer was taken once: emptied again, they are passed by."""
        self._warned: Values | None = None
        self._busy = False
        self.version: int | None = None
        """Of what would be replaced, once somebody else was told to have changed it meanwhile."""

    def compose(self) -> ComposeResult:
        """Banner, fields, note, foot."""
        kept = self._kept.values if self._kept else {}
        with Vertical(classes="window form"):
            yield Static(Content(self._titled()), classes="window--title")
            if self._banner:
                yield Banner(id="form-banner")
            with VerticalScroll(classes="form--fields", can_focus=False):
                for field in self._fields:
                    yield from self._line(field, kept.get(field.name, field.value))
            yield Banner(id="form-said")
            yield Banner(id="form-note")
            yield Static(Content(f"Enter next · Ctrl+S {self.VERB} · Esc close"), classes="window--foot")

    def _titled(self) -> str:
        if self._kept is None:
            return self._title
        app: Any = self.app
        return f"{self._title} · draft from {fmt.minute(self._kept.at_ms, app.local)}"

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

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say again what the fields mean."""
        event.stop()
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

    def typed(self) -> None:
        """Something was typed; shows nothing by default."""
        self.say(())

    def check(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What to warn of before saving, in a worker; nothing by default."""
        return ()

    def save(self, values: Mapping[str, str]) -> Any:
        """Save, in a worker; returns what the window closes with."""
        raise NotImplementedError

    # -- keys ----------------------------------------------------------------------------------

    def action_field_done(self) -> None:
        """Enter takes what is offered and goes to the next field, and saves from the last."""
        self._take_offer(self.focused)
        shown = [one for one in self.query(Input) if one.parent is not None and one.parent.display]
        if self.focused is shown[-1]:
            self.action_save()
        else:
            self.focus_next(Input)

    def _take_offer(self, field: Any) -> None:
        name = (field.id or "").removeprefix("field-") if isinstance(field, Input) else ""
        if name in self._offered and not field.value:
            field.value = self._offered.pop(name)
            self._taken.add(name)
            self.beside(name, "")

    def _when_typed(self, inputs: Sequence[Input], done: Callable[[], None]) -> None:
        """Do something once every field has taken in the keys struck before."""
        if not inputs:
            done()
        else:
            inputs[0].call_later(self._when_typed, inputs[1:], done)

    def action_field_next(self) -> None:
        """The next field."""
        self.focus_next(Input)

    def action_field_previous(self) -> None:
        """The field before."""
        self.focus_previous(Input)

    def action_leave_form(self) -> None:
        """Close; what was typed is there again next time, what was only proposed is proposed anew."""
        if not self._busy:
            self._when_typed(tuple(self.query(Input)), self._leave)

    def _leave(self) -> None:
        proposed = {field.name: printable(field.value, LONGEST) for field in self._fields}
        typed = {name: value for name, value in self.values.items() if value != proposed[name]}
        self.drafts.pop(self._draft, None)
        if typed:
            app: Any = self.app
            self.drafts[self._draft] = Draft(typed, app.clock.now_ms())
        self.dismiss(None)

    def action_save(self) -> None:
        """Warn once of what speaks against it, then save."""
        if not self._busy:
            self._busy = True
            self._when_typed(tuple(self.query(Input)), self._save)

    def _save(self) -> None:
        values = self.values
        self.note((((f"{self.DOING} …", "dim"),),))
        app: Any = self.app
        checked = self._warned == values
        app.read(lambda: self._work(values, checked), self._answered, self._failed)

    def _work(self, values: Values, checked: bool) -> tuple[str, Any]:
        if not checked and (warnings := self.check(values)):
            return "warned", (values, warnings)
        return "saved", self.save(values)

    def _answered(self, answer: tuple[str, Any]) -> None:
        self._busy = False
        outcome, value = answer
        if outcome == "saved":
            self.drafts.pop(self._draft, None)
            self.dismiss(value)
            return
        self._warned, warnings = value
        lines: list[Line] = [(("▲ ", "warn"), (printable(text, 300), "warn")) for text in warnings]
        self.note([*lines, (("Ctrl+S again saves all the same.", "strong"),)])

    def _failed(self, problem: Problem) -> None:
        self._busy = False
        if problem.code == "clash":
            self._clashed(problem)
            return
        if problem.code == "confirm":
            app: Any = self.app
            app.with_passphrase(self.action_save)
        self.note([((printable(problem.message, 300), "bad"),), ((printable(problem.way_out, 300), "text"),)])

    def _clashed(self, clash: Any) -> None:
        """Somebody changed the same meanwhile: tell both values; saved again, what stands here takes its place."""
        from maoc_tui.ui.clash import clash_lines

        self.version = clash.version
        self.note(clash_lines(clash))
