"""The part of a form in which a statement is marked: one line, the caveat of H3, and who will read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.marking import Marking, default, who_reads
from maoc_tui.domain.marking_entry import parse, wants_caveat
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.ui.live import LiveDesk

MARKING = Field("marking", "marking", hint='B2 H2 rel ES,FR – empty: H2, originator only – H3 "words"')
CAVEAT = Field("caveat", "H3 caveat", hint="the restriction H3 stands for, in words", shown=False)


class MarkedForm(Form):
    """A form that ends with a marking; under it stands in words who will read what is saved."""

    def __init__(
        self, desk: LiveDesk, title: str, fields: Sequence[Field], *, banner: Sequence[Line] = (), draft: str
    ) -> None:
        self._desk = desk
        super().__init__(title, [*fields, MARKING, CAVEAT], banner=banner, draft=draft)

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
            marking = self.mark(values) or default(self._desk.viewer.partner)
        except BadInput as problem:
            self.say(((printable(problem.message, 200), "dim"),))
            return
        caveat = "; ".join(sorted(marking.caveats))
        restricted = ((f" H3: {printable(caveat, 200)}", "warn"),) if caveat else ()
        self.say(((who_reads(marking), "strong"), *restricted))
