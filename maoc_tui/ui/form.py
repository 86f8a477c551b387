"""A window to fill in: one line a field, what is wrong or doubtful said in place, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from textual.content import Content
from textual.widgets import Input, Static

from maoc_tui.commands import FORM
from maoc_tui.domain.drafts import Draft
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import format as fmt
from maoc_tui.ui.clash import Saw
from maoc_tui.ui.drafts import named_in
from maoc_tui.ui.field import LONGEST, FieldInput
from maoc_tui.ui.form_clash import ClashWindow
from maoc_tui.ui.form_fields import Field, Values
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line

__all__ = ["Field", "Form", "Values"]


class Form(ClashWindow, inherit_bindings=False):
    """Fields in a window. Enter goes on, the save key saves, Esc closes and keeps what was typed.

    What is typed is a draft from the first key, in the record within two seconds: of this officer and of this form,
    by its name ``draft``. So that nothing typed for one boat is offered for another, that names the record and
    whatever else is proposed that what is typed hangs on; the first reference in it is what the draft is about.

    Subclasses give ``check`` (what to warn of before saving) and ``save``; both run in a worker and may
    raise Problem. The window closes with what ``save`` returned, after the commit.
    """

    BINDINGS = bindings(FORM, priority=True)
    VERB, DOING = "save", "saving"
    """What the save key does, as the foot and the note say it."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        banner: Sequence[Line] = (),
        draft: str,
        saw: Saw = MappingProxyType({}),
    ) -> None:
        """``saw`` is what stands in the record, by field, where saving takes the place of that."""
        super().__init__(title, fields, banner, saw)
        self._name = draft, named_in(draft)
        self._draft: Draft | None = None
        """What was typed; None before the first key."""
        self._offers = False
        """A draft was brought back, and neither kept nor thrown away yet."""
        self._warned: Values | None = None
        self._busy = False

    def brought_back(self) -> Mapping[str, str]:
        """What was typed here before and not sent."""
        app: Any = self.app
        self._draft = app.drafts.offered(*self._name)
        self._offers = self._draft is not None
        if self._draft is not None:
            self._clash.came_back(self._draft.saw)
        return self._draft.values if self._draft else {}

    def title_line(self) -> str:
        """The title, with when a draft that came back was typed."""
        if self._draft is None:
            return self._title
        app: Any = self.app
        return f"{self._title} · draft from {fmt.minute(self._draft.at_ms, app.local)}"

    def foot(self) -> str:
        """The keys, those first that decide on a draft that came back."""
        if self._offers and self._draft is not None:
            app: Any = self.app
            at = fmt.minute(self._draft.at_ms, app.local)
            return f"Draft of {at}: Enter keeps it · Del throws it away · Ctrl+S {self.VERB} · Esc close"
        return f"Enter next · Ctrl+S {self.VERB} · Esc close"

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say again what the fields mean."""
        event.stop()
        if len(self.query(FieldInput)) == len(self._fields):  # it neither opens nor closes just now
            self.typed()
            self._keep()

    def _keep(self) -> None:
        """Keep what is typed where it differs from what is proposed; nothing is kept where nothing does."""
        app: Any = self.app
        typed, before = self._typed(), self._draft
        if typed == (before.values if before else {}):
            return
        self._settle_offer()
        if typed:
            self._draft = app.drafts.keep(before or self._begun(), typed)
        elif before is not None:
            self._draft = None
            app.drafts.drop(before)

    def _begun(self) -> Draft:
        app: Any = self.app
        saw = {} if callable(self._clash.saw) else self._clash.saw
        draft: Draft = app.drafts.begun(*self._name, saw)
        return draft

    def _typed(self) -> Values:
        values = self.values
        proposed = {field.name: printable(field.value, LONGEST) for field in self._fields if field.kept}
        return {name: values[name] for name, value in proposed.items() if values[name] != value}

    def _settle_offer(self) -> bool:
        """The draft that was brought back counts as typed from now on; whether there was one to be decided on."""
        offered, self._offers = self._offers, False
        if offered:
            self.query_one(".window--foot", Static).update(Content(self.foot()))
        return offered

    # -- what subclasses give ------------------------------------------------------------------

    def check(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What to warn of before saving, in a worker; nothing by default."""
        return ()

    def save(self, values: Mapping[str, str]) -> Any:
        """Save, in a worker; returns what the window closes with."""
        raise NotImplementedError

    # -- keys ----------------------------------------------------------------------------------

    def action_field_done(self) -> None:
        """Enter keeps a draft that came back, or takes what is offered and goes on; from the last field it saves."""
        if self._settle_offer():
            return
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A draft is thrown away only as it comes back: later the key deletes what is typed."""
        return self._offers if action == "drop_draft" else super().check_action(action, parameters)

    def action_drop_draft(self) -> None:
        """Throw the draft away that came back: what is proposed stands in the fields again."""
        for field in self._fields:
            if field.kept:
                self.query_one(f"#field-{field.name}", Input).value = printable(field.value, LONGEST)
        self._keep()
        self.query_one(".window--title", Static).update(Content(self.title_line()))

    def action_leave_form(self) -> None:
        """Close; what was typed is there again next time, what was only proposed is proposed anew."""
        if not self._busy:
            self._when_typed(tuple(self.query(Input)), self._leave)

    def _leave(self) -> None:
        self._keep()
        if self._draft is not None:
            app: Any = self.app
            app.drafts.leave(self._draft)
        self.dismiss(None)

    def action_save(self) -> None:
        """Warn once of what speaks against it, then save."""
        if not self._busy:
            self._busy = True
            self._when_typed(tuple(self.query(Input)), self._save)

    def _save(self) -> None:
        self._settle_offer()
        self._keep()
        values = self.values
        self.note((((f"{self.DOING} …", "dim"),),))
        app: Any = self.app
        checked = self._warned == values
        app.read(lambda: self._work(values, checked), self._answered, self._failed)

    def _work(self, values: Values, checked: bool) -> tuple[str, Any]:
        if not checked and (warnings := self.check(values)):
            return "warned", (values, warnings)
        app: Any = self.app
        from maoc_tui.desk.clash import having_seen

        with app.drafts.sending(self._draft), having_seen(self._clash.seen(values)) as sight:
            saved = self.save(values)
        return "saved", (saved, sight.taken)

    def _answered(self, answer: tuple[str, Any]) -> None:
        self._busy = False
        outcome, value = answer
        if outcome == "saved":
            if self._draft is not None:
                app: Any = self.app
                app.drafts.drop(self._draft)
            saved, taken = value
            self.dismiss(saved)
            if taken:
                self.app.call_after_refresh(self._tell_taken, taken)
            return
        self._warned, warnings = value
        lines: list[Line] = [(("▲ ", "warn"), (printable(text, 300), "warn")) for text in warnings]
        self.note([*lines, (("Ctrl+S again saves all the same.", "strong"),)])

    def _failed(self, problem: Problem) -> None:
        self._busy = False
        app: Any = self.app
        if self._draft is not None:
            self._draft = app.drafts.keep(self._draft)
        if problem.code == "clash":
            self._clashed(problem)
            return
        if problem.code == "confirm":
            app.with_passphrase(self.action_save)
        self.note([((printable(problem.message, 300), "bad"),), ((printable(problem.way_out, 300), "text"),)])
