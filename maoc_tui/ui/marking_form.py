"""The part of a form in which a statement is marked: one line, the caveat of H3, and who will read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from maoc_tui.commands import FORM, MARKING_LINE
from maoc_tui.domain.marking import Marking, default, who_reads
from maoc_tui.domain.marking_entry import parse, wants_caveat
from maoc_tui.domain.marking_presets import following
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui.clash import Saw
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.marking import Readers
    from maoc_tui.ui.live import LiveDesk

MARKING = Field("marking", "marking", hint='B2 H2 rel ES,FR – F3 presets – H3 "words" – empty: H2, ')
CAVEAT = Field("caveat", "H3 caveat", hint="the restriction H3 stands for, in words", shown=False)


class MarkedForm(Form):
    """A form that ends with a marking; under it stands in words who will read what is saved."""

    BINDINGS = bindings(FORM, MARKING_LINE, priority=True)
    EMPTY = "yours only"
    """Who reads what is marked with nothing, in the hint."""

    def __init__(
        self,
        desk: LiveDesk,
        title: str,
        fields: Sequence[Field],
        *,
        banner: Sequence[Line] = (),
        draft: str,
        proposed: str = "",
        saw: Saw = MappingProxyType({}),
    ) -> None:
        """``proposed`` is the marking that stands in its field from the start, as typed."""
        self._desk = desk
        self._readers: Readers | None = None
        """The partners as they stand; None until they were read."""
        marking = replace(MARKING, value=proposed, hint=MARKING.hint + self.EMPTY)
        super().__init__(title, [*fields, marking, CAVEAT], banner=banner, draft=draft, saw=saw)

    def on_mount(self) -> None:
        """Read how the partners stand, to say who will see what is saved."""
        super().on_mount()
        app: Any = self.app
        app.read(self._read_readers, self._take_readers, lambda _: None)

    def _read_readers(self) -> Readers | None:
        from maoc_tui.desk import marking

        room = self._desk.open()
        return marking.readers(room, self._desk.viewer) if hasattr(room, "register") else None

    def _take_readers(self, found: Readers | None) -> None:
        self._readers = found
        if self.is_mounted:
            self.typed()

    def action_marking_preset(self) -> None:
        """The next preset of who may read it, written out as codes."""
        if self._readers is None:
            return
        field = self.query_one("#field-marking", Input)
        name, text = following(field.value, self._readers.members, self._desk.viewer.partner)
        field.value = text
        field.cursor_position = len(text)
        self.beside("marking", name)

    def mark(self, values: Mapping[str, str]) -> Marking | None:
        """The marking typed; None is the default one. Raises BadInput for what is none."""
        text = values["marking"]
        caveat = values["caveat"] if wants_caveat(text) else ""
        return parse(text, self._desk.viewer.partner, caveat) if text.strip() else None

    def typed(self) -> None:
        """Ask for the caveat as soon as H3 is typed; say who will read it."""
        values = self.values
        self.show_field("caveat", wants_caveat(values["marking"]))
        try:
            marking = self.mark(values) or self.usual(values)
        except BadInput as problem:
            self.say(((printable(problem.message, 200), "dim"),))
            return
        if marking is None:
            self.say((("Whoever is asked will see this.", "dim"),))
            return
        caveat = "; ".join(sorted(marking.caveats))
        restricted = ((f" H3: {printable(caveat, 200)}", "warn"),) if caveat else ()
        self.say(((self._sentence(marking), "strong"), *restricted))

    def usual(self, _: Mapping[str, str]) -> Marking | None:
        """How it is marked when nothing is typed; None where that hangs on what is not typed yet."""
        return default(self._desk.viewer.partner)

    def _sentence(self, marking: Marking) -> str:
        """Who will see it and who will not, as partners stand now."""
        return self._readers.audience(marking).sentence if self._readers else who_reads(marking)


class MarkedAct(MarkedForm):
    """Fields and a marking that go to one act of a desk."""

    def __init__(
        self,
        desk: LiveDesk,
        title: str,
        fields: Sequence[Field],
        do: Callable[[Mapping[str, str], Marking | None], Any],
        *,
        banner: Sequence[Line] = (),
        audience: Marking | None = None,
        draft: str = "",
    ) -> None:
        """``draft`` names the form where the title does not say all that what is typed hangs on.

        ``audience`` is proposed; while it stands as proposed, ``do`` gets None and the desk marks as it does."""
        self._proposed = as_typed(audience) if audience is not None else ""
        super().__init__(desk, title, fields, banner=banner, draft=draft or title, proposed=self._proposed)
        self._do = do

    def save(self, values: Mapping[str, str]) -> Any:
        """Do it."""
        same = bool(self._proposed) and values["marking"].strip() == self._proposed
        return self._do(values, None if same else self.mark(values))


def as_typed(marking: Marking) -> str:
    """A marking as it would be typed: ``B2 H2 rel ES,FR``."""
    parts = [str(marking.grade) if marking.grade is not None else ""]
    parts += [code.name for code in sorted(marking.handling)]
    parts += [marking.tlp.label if marking.tlp is not None else ""]
    parts += [f'"{caveat}"' for caveat in sorted(marking.caveats)]
    parts += [f"rel {','.join(sorted(marking.releasable_to))}" if marking.releasable_to else ""]
    return " ".join(filter(None, parts))
