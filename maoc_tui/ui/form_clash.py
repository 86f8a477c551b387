"""The part of a form that tells what somebody else changed meanwhile, and lets the officer choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from maoc_tui.ui.clash import Clashing, Saw, clash_lines, taken_over
from maoc_tui.ui.form_fields import Field, FieldsWindow
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.clash import ClashField


class ClashWindow(FieldsWindow, inherit_bindings=False):
    """Fields of an entry that somebody else may change while they are filled in."""

    def __init__(self, title: str, fields: Sequence[Field], banner: Sequence[Line], saw: Saw) -> None:
        super().__init__(title, fields, banner)
        self._clash = Clashing(saw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Theirs are taken where there are any."""
        if action == "take_theirs":
            return bool(self._clash.told)
        return super().check_action(action, parameters)

    def _clashed(self, clash: Any) -> None:
        """Somebody changed the same meanwhile: tell both values; saved again, what stands here takes its place."""
        self._clash.tell(clash)
        self.note(clash_lines(clash))

    def action_take_theirs(self) -> None:
        """In a field that two changed: theirs instead of yours, and back; anywhere else in all such fields."""
        here = (self.focused.id or "").removeprefix("field-") if self.focused is not None else ""
        for name in [here] if here in self._clash.told else self._clash.told:
            for field in self.query(f"#field-{name}").results(Input):
                field.value = self._clash.other(name, field.value)

    def _tell_taken(self, taken: list[ClashField]) -> None:
        app: Any = self.app
        bar = getattr(app.screen_stack[0], "key_bar", None)
        done = bar.confirmed if bar is not None else ""
        app.say("  ".join(filter(None, (done, taken_over(taken)))))
